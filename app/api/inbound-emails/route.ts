import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listInbound } from '@/modules/mailboxes/queries';
import { listInboundQuery } from '@/modules/mailboxes/schema';

/** Replies, possible replies, or what else came in: `?shown=possible&campaign=<id>&after=<next>`. */
export const GET = route({ access: 'query', query: listInboundQuery }, async ({ ctx, query }) =>
  ok(await listInbound(ctx.supabase, ctx.workspaceId, query)),
);
