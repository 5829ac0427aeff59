import { cron } from '@/lib/http/cron';
import { reconcileTexts } from '@/modules/texts/reconcile';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('reconcile-texts', reconcileTexts);
