import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getMetrics } from '@/modules/metrics/queries';
import { metricsQuery } from '@/modules/metrics/schema';

/** Contact rate, approval rate and cycle time, each with the days before, by week and by person. */
export const GET = route({ access: 'query', query: metricsQuery }, async ({ ctx, query }) =>
  ok(await getMetrics(ctx.supabase, ctx.workspaceId, query.days)),
);
