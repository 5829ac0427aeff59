import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listOutbox } from '@/modules/email-analytics/queries';
import { outboxQuery } from '@/modules/email-analytics/schema';

/** Mails that went, will go or won't, as narrowed: `{ rows, nextCursor }`. */
export const GET = route({ access: 'query', query: outboxQuery }, async ({ ctx, query }) => {
  const { cursor, limit, ...state } = query;
  return ok(await listOutbox(ctx.supabase, ctx.workspaceId, state, { cursor, limit }));
});
