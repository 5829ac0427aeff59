import { cron } from '@/lib/http/cron';
import { stageCampaigns } from '@/modules/campaigns/staging';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('stage-campaigns', ({ admin, log, timeLeftMs }) =>
  stageCampaigns({ admin, log, timeLeftMs }),
);
