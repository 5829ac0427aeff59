import { cron } from '@/lib/http/cron';
import { queueFollowups } from '@/modules/calling/followups';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('queue-followups', (ctx) => queueFollowups(ctx));
