import { cron } from '@/lib/http/cron';
import { syncInboxes } from '@/modules/mailboxes/sync';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('sync-inbox', syncInboxes);
