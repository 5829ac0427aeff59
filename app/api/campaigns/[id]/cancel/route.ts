import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { steerCampaign } from '@/modules/campaigns/review';
import { idParams } from '@/modules/records/schema';

/** Ends it for everybody; what waits is never sent: `{ status }`. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) =>
  ok(await steerCampaign(ctx, params.id, 'cancel')),
);
