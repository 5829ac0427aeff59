import { cron } from '@/lib/http/cron';
import { drainQueue } from '@/modules/sending/queue';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('drain-email-queue', (ctx) => drainQueue(ctx));
