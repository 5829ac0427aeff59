import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listMetricRows } from '@/modules/metrics/queries';
import { metricRowsQuery } from '@/modules/metrics/schema';

/** The rows that a figure counts: `{ rows, summary, people, nextCursor }`. */
export const GET = route({ access: 'query', query: metricRowsQuery }, async ({ ctx, query }) => {
  const { figure, cursor, limit, ...state } = query;
  return ok(await listMetricRows(ctx.supabase, ctx.workspaceId, figure, state, { cursor, limit }));
});
