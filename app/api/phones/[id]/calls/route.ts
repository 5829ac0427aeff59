import { kickCron } from '@/lib/http/cron';
import { created } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { recordOutcomeSchema } from '@/modules/calling/schema';
import { recordOutcome } from '@/modules/calling/service';
import { idParams } from '@/modules/records/schema';

/** Keeps what a call came to: `{ call, siblings }`. The mail that follows is written at once. */
export const POST = route(
  { access: 'member', params: idParams, body: recordOutcomeSchema },
  async ({ ctx, params, body }) => {
    const recorded = await recordOutcome(ctx, params.id, body);
    if (recorded.call.followup) kickCron('queue-followups', ctx.log);
    return created(recorded);
  },
);
