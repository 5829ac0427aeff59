import { cron } from '@/lib/http/cron';
import { markSlaBreaches } from '@/modules/tasks/reminders';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('sla-breaches', markSlaBreaches);
