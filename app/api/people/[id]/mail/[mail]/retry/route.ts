import { kickCron } from '@/lib/http/cron';
import { accepted } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { mailParams } from '@/modules/mailboxes/schema';
import { retryDirectMail } from '@/modules/mailboxes/service';

/** Has one's own mail that failed, or may not have gone out, sent again. */
export const POST = route({ access: 'member', params: mailParams }, async ({ ctx, params }) => {
  await retryDirectMail(ctx, params.mail);
  kickCron('send-direct-emails', ctx.log);
  return accepted({ id: params.mail });
});
