import { kickCron } from '@/lib/http/cron';
import { accepted } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { queueTest } from '@/modules/campaigns/launch';
import { testSendSchema } from '@/modules/campaigns/schema';
import { idParams } from '@/modules/records/schema';

/** Sends one mail of the campaign to any address, as a test: `{ id }` of the queue's row. */
export const POST = route(
  { access: 'member', params: idParams, body: testSendSchema },
  async ({ ctx, params, body }) => {
    const queued = await queueTest(ctx, params.id, body);
    kickCron('drain-email-queue', ctx.log);
    return accepted(queued);
  },
);
