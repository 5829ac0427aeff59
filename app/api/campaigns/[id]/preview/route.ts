import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { previewStep } from '@/modules/campaigns/launch';
import { previewSchema } from '@/modules/campaigns/schema';
import { idParams } from '@/modules/records/schema';

/** A mail as one recipient would get it, with the fields it lacks. */
export const POST = route(
  { access: 'member', params: idParams, body: previewSchema },
  async ({ ctx, params, body }) => ok(await previewStep(ctx, params.id, body)),
);
