import { cron } from '@/lib/http/cron';
import { sendDirectMails } from '@/modules/mailboxes/direct';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('send-direct-emails', sendDirectMails);
