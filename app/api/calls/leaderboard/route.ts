import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getLeaderboard } from '@/modules/calling/history-queries';
import { leaderboardQuerySchema } from '@/modules/calling/history-schema';

/** What was called in a span of days: `{ time_zone, from, to, today, totals, callers, days }`; each figure opens its rows in the history. */
export const GET = route({ access: 'query', query: leaderboardQuerySchema }, async ({ ctx, query }) =>
  ok(await getLeaderboard(ctx.supabase, ctx.workspaceId, query)),
);
