import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { saveStepsSchema } from '@/modules/campaigns/schema';
import { saveSteps } from '@/modules/campaigns/service';
import { idParams } from '@/modules/records/schema';

/** Saves the whole graph of a draft: `{ version }`. 409 where somebody saved since the version it was made from. */
export const PUT = route(
  { access: 'member', params: idParams, body: saveStepsSchema },
  async ({ ctx, params, body }) => ok(await saveSteps(ctx, params.id, body)),
);
