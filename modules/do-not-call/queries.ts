import 'server-only';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { decodeCursor, encodeCursor } from '@/modules/records/cursor';
import { displayPhone } from '@/modules/records/queries';
import type { DoNotCallPage, DoNotCallRow, ListDoNotCall } from './schema';

const order = { sort: 'at', dir: 'desc' } as const;

/**
 * A page of the numbers that must not be called, the latest first, in one round trip; the database checks membership.
 * @throws {AppError} `not_found` for a stranger; `invalid` at `cursor`
 */
export async function listDoNotCall(
  supabase: Client,
  workspaceId: string,
  { q, cursor, limit }: ListDoNotCall,
): Promise<DoNotCallPage> {
  const after = cursor === undefined ? null : decodeCursor(cursor, order);
  const { rows, total } = unwrap(
    await supabase.rpc('list_do_not_call', {
      workspace: workspaceId,
      ...(q && { query: q }),
      ...(after && { after_at: after.value, after_id: after.id }),
      max_rows: limit + 1,
    }),
  ) as unknown as { rows: Omit<DoNotCallRow, 'display'>[]; total: number | null };
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    rows: page.map((row) => ({ ...row, display: displayPhone(row.e164) })),
    next_cursor: last ? encodeCursor({ ...order, value: last.at, id: last.id }) : null,
    total,
  };
}
