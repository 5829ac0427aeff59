import { cron } from '@/lib/http/cron';
import { sendDigests } from '@/modules/notifications/service';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('send-digests', sendDigests);
