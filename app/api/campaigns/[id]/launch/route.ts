import { kickCron } from '@/lib/http/cron';
import { accepted } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { launchCampaign } from '@/modules/campaigns/launch';
import { idParams } from '@/modules/records/schema';

/** Launches: the first mails are written in the background, for review. 409 with `current.problems` where something forbids it. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  const launched = await launchCampaign(ctx, params.id);
  kickCron('stage-campaigns', ctx.log);
  return accepted(launched);
});
