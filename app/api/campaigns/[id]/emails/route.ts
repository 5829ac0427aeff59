import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listEmails } from '@/modules/campaigns/queries';
import { listEmailsQuery } from '@/modules/campaigns/schema';
import { idParams } from '@/modules/records/schema';

/** One page of a campaign's mails with what the gate said of each: `{ rows, nextCursor }`. */
export const GET = route(
  { access: 'query', params: idParams, query: listEmailsQuery },
  async ({ ctx, params, query }) => ok(await listEmails(ctx.supabase, ctx.workspaceId, params.id, query)),
);
