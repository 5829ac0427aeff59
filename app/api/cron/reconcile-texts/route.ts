import { cron } from '@/lib/http/cron';
import { sweepCalls } from '@/modules/telephony/sweep';
import { reconcileTexts } from '@/modules/texts/reconcile';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

/** Asks the provider for texts, and for calls, of which it should have told by now. */
export const GET = cron('reconcile-texts', async (ctx) => ({
  ...(await reconcileTexts(ctx)),
  ...(await sweepCalls(ctx)),
}));
