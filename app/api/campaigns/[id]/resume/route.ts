import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { steerCampaign } from '@/modules/campaigns/review';
import { idParams } from '@/modules/records/schema';

/** Goes on from where it was paused: `{ status }`. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) =>
  ok(await steerCampaign(ctx, params.id, 'resume')),
);
