import { cron } from '@/lib/http/cron';
import { drainTexts } from '@/modules/texts/queue';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('drain-sms-queue', (ctx) => drainTexts(ctx));
