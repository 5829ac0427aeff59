import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { steerCampaign } from '@/modules/campaigns/review';
import { idParams } from '@/modules/records/schema';

/** Holds everything that waits: `{ status }`. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) =>
  ok(await steerCampaign(ctx, params.id, 'pause')),
);
