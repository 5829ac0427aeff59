import { kickCron } from '@/lib/http/cron';
import { accepted } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { retryEmail } from '@/modules/campaigns/review';
import { emailParams } from '@/modules/campaigns/schema';

/** Sends a mail again that failed or may not have gone: `{ id }` of the new one. */
export const POST = route({ access: 'member', params: emailParams }, async ({ ctx, params }) => {
  const retried = await retryEmail(ctx, params.id, params.eid);
  kickCron('drain-email-queue', ctx.log);
  return accepted(retried);
});
