import { kickCron } from '@/lib/http/cron';
import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { acceptEmails } from '@/modules/campaigns/review';
import { acceptSchema } from '@/modules/campaigns/schema';
import { idParams } from '@/modules/records/schema';

/** Queues mails in review, by ids or all: `{ accepted }`. */
export const POST = route(
  { access: 'member', params: idParams, body: acceptSchema },
  async ({ ctx, params, body }) => {
    const answer = await acceptEmails(ctx, params.id, body);
    if (answer.accepted > 0) kickCron('drain-email-queue', ctx.log);
    return ok(answer);
  },
);
