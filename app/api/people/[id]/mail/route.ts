import { kickCron } from '@/lib/http/cron';
import { accepted, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getPersonMail } from '@/modules/mailboxes/queries';
import { directMailSchema } from '@/modules/mailboxes/schema';
import { queueDirectMail } from '@/modules/mailboxes/service';
import { idParams } from '@/modules/records/schema';

/** What was written with a person, thread by thread. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getPersonMail(ctx.supabase, ctx.workspaceId, params.id)),
);

/** Writes to a person through one's own mailbox; it goes at once, behind the answer. */
export const POST = route(
  { access: 'member', params: idParams, body: directMailSchema },
  async ({ ctx, params, body }) => {
    const queued = await queueDirectMail(ctx, params.id, body);
    kickCron('send-direct-emails', ctx.log);
    return accepted(queued);
  },
);
