import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listCallHistory } from '@/modules/calling/history-queries';
import { historyQuerySchema } from '@/modules/calling/history-schema';

/** Calls as narrowed, the latest first: `{ time_zone, rows, next_cursor }`. */
export const GET = route({ access: 'query', query: historyQuerySchema }, async ({ ctx, query }) =>
  ok(await listCallHistory(ctx.supabase, ctx.workspaceId, query.filter, query)),
);
