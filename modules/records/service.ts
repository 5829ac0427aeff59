import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { Entity } from './domain';
import type { BulkChange } from './schema';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * An id from an address, as it is.
 * @throws {AppError} `not_found` where it can't be one: nobody's record, as a stranger's
 */
export function requireId(id: string): string {
  if (!uuid.test(id)) throw new AppError('not_found', { userMessage: 'Not found' });
  return id;
}

/**
 * Changes many records at once; records of other workspaces and deleted ones are passed over.
 * @returns how many differ now, and the id that takes it back (null where nothing differs)
 */
export async function bulkChange(
  ctx: Context,
  entity: Entity,
  ids: string[],
  change: BulkChange,
): Promise<{ id: string | null; changed: number }> {
  const result = unwrap(
    await ctx.supabase.rpc('bulk_update', { workspace: ctx.workspaceId, entity, ids, change }),
  );
  return result as unknown as { id: string | null; changed: number };
}

/**
 * Takes a bulk change back, once; values changed by somebody since stay.
 * @returns how many records are as before, and how many were kept
 * @throws {AppError} `not_found` for another's change, one undone already, or a stranger's
 */
export async function undoBulkChange(ctx: Context, id: string): Promise<{ restored: number; kept: number }> {
  const result = unwrap(
    await ctx.supabase.rpc('undo_bulk', { workspace: ctx.workspaceId, bulk: requireId(id) }),
  );
  return result as unknown as { restored: number; kept: number };
}

/**
 * Deletes a record softly, or brings it back. Both may be repeated.
 * @throws {AppError} `not_found`; `conflict` where a record of the same identity took its place meanwhile
 */
export async function setDeleted(ctx: Context, entity: Entity, id: string, deleted: boolean): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from(entity)
      .update({ deleted_at: deleted ? new Date().toISOString() : null })
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', requireId(id))
      .select('id'),
  );
  if (rows.length === 0) throw new AppError('not_found', { userMessage: 'Not found' });
}
