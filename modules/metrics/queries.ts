import 'server-only';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { decodeCursor, encodeCursor } from '@/modules/records/cursor';
import { defaultDays, type Figure, type MetricRows, type MetricState, type Metrics } from './domain';

/**
 * The figures of the last days, today included, in one round trip; the database checks membership.
 * @param days how many
 * @throws {AppError} `not_found` for a stranger
 */
export async function getMetrics(
  supabase: Client,
  workspaceId: string,
  days = defaultDays,
): Promise<Metrics> {
  return unwrap(await supabase.rpc('owners_metrics', { workspace: workspaceId, days })) as unknown as Metrics;
}

/** The order of the rows; a cursor of another list is none of this one. */
const order = { sort: 'at', dir: 'desc' } as const;

/**
 * One page of the rows that a figure counts, by the conditions that it counts them by. One round trip.
 * @param options.cursor `nextCursor` of the page before
 * @throws {AppError} `not_found` for a stranger, `invalid` for a cursor that isn't of such a list
 */
export async function listMetricRows(
  supabase: Client,
  workspaceId: string,
  figure: Figure,
  state: Partial<MetricState>,
  options: { cursor?: string; limit: number } = { limit: 50 },
): Promise<MetricRows> {
  const after = options.cursor === undefined ? null : decodeCursor(options.cursor, order);
  const { days, period, week, by, result } = state;
  const page = unwrap(
    await supabase.rpc('metric_rows', {
      workspace: workspaceId,
      figure,
      filter: {
        ...(week ? { week } : { days: days ?? defaultDays, period: period ?? 'current' }),
        ...(by && { by }),
        ...(result && { hit: result === 'hit' }),
      },
      page_size: options.limit,
      ...(after && { after_at: after.value, after_id: after.id }),
    }),
  ) as unknown as Omit<MetricRows, 'nextCursor'>;
  const rows = page.rows.slice(0, options.limit);
  const last = page.rows.length > options.limit ? rows.at(-1) : undefined;
  return { ...page, rows, nextCursor: last ? encodeCursor({ ...order, value: last.at, id: last.id }) : null };
}
