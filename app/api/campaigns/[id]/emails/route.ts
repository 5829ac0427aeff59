import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listEmails } from '@/modules/campaigns/queries';
import { removeEmails } from '@/modules/campaigns/review';
import { listEmailsQuery, removeEmailsSchema } from '@/modules/campaigns/schema';
import { idParams } from '@/modules/records/schema';

/** One page of a campaign's mails with what the gate said of each: `{ rows, nextCursor }`. */
export const GET = route(
  { access: 'query', params: idParams, query: listEmailsQuery },
  async ({ ctx, params, query }) => ok(await listEmails(ctx.supabase, ctx.workspaceId, params.id, query)),
);

/** Doesn't send those that haven't gone, and ends their recipients: `{ removed }`. */
export const DELETE = route(
  { access: 'member', params: idParams, body: removeEmailsSchema },
  async ({ ctx, params, body }) => ok(await removeEmails(ctx, params.id, body.ids)),
);
