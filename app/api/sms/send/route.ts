import { kickCron } from '@/lib/http/cron';
import { created } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { sendTextSchema } from '@/modules/texts/schema';
import { sendOneText } from '@/modules/texts/service';

/** Queues one text, which goes at once where nothing holds it: 201 `{ text, decision }`. */
export const POST = route({ access: 'member', body: sendTextSchema }, async ({ ctx, body }) => {
  const sent = await sendOneText(ctx, body);
  if (sent.decision.verdict === 'send') kickCron('drain-sms-queue', ctx.log);
  return created(sent);
});
