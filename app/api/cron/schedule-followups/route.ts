import { cron } from '@/lib/http/cron';
import { scheduleFollowups } from '@/modules/sending/followups';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('schedule-followups', (ctx) => scheduleFollowups(ctx));
