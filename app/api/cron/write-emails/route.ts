import { cron } from '@/lib/http/cron';
import { writeDueEmails } from '@/modules/email-writing/service';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('write-emails', (ctx) => writeDueEmails(ctx));
