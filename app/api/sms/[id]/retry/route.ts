import { kickCron } from '@/lib/http/cron';
import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { textParams } from '@/modules/texts/schema';
import { retryText } from '@/modules/texts/service';

/** Has a text sent again that failed, or of which nobody knows whether it went: the text. */
export const POST = route({ access: 'member', params: textParams }, async ({ ctx, params }) => {
  const text = await retryText(ctx, params.id);
  kickCron('drain-sms-queue', ctx.log);
  return ok(text);
});
