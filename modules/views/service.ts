import 'server-only';
import type { z } from 'zod';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { requireId } from '@/modules/records/service';
import type { createViewSchema, updateViewSchema, View, ViewState } from './schema';

const columns = 'id, name, state, is_shared, created_by';

function shown(
  row: { id: string; name: string; state: unknown; is_shared: boolean; created_by: string },
  userId: string,
): View {
  const { created_by, state, ...view } = row;
  return { ...view, state: state as ViewState, is_mine: created_by === userId };
}

/** Keeps a list's state under a name. @throws {AppError} `conflict` at `name` where the caller has one of that name */
export async function createView(ctx: Context, view: z.infer<typeof createViewSchema>): Promise<View> {
  const rows = unwrap(
    await ctx.supabase
      .from('saved_views')
      .insert({ ...view, workspace_id: ctx.workspaceId, created_by: ctx.userId })
      .select(columns),
  );
  if (!rows[0]) throw new AppError('not_found', { userMessage: 'Not found' });
  return shown(rows[0], ctx.userId);
}

/**
 * Changes a view's name, state or sharing; only its maker may.
 * @throws {AppError} `forbidden` for another's shared view; `not_found`; `conflict` at `name`
 */
export async function updateView(
  ctx: Context,
  id: string,
  change: z.infer<typeof updateViewSchema>,
): Promise<View> {
  const rows = unwrap(
    await ctx.supabase
      .from('saved_views')
      .update(change)
      .match({ workspace_id: ctx.workspaceId, id: requireId(id) })
      .select(columns),
  );
  if (!rows[0]) return refuse(ctx, id);
  return shown(rows[0], ctx.userId);
}

/** Deletes a view: its maker, or an admin where it is shared. @throws {AppError} `forbidden`; `not_found` */
export async function deleteView(ctx: Context, id: string): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('saved_views')
      .delete()
      .match({ workspace_id: ctx.workspaceId, id: requireId(id) })
      .select('id'),
  );
  if (!rows[0]) await refuse(ctx, id);
}

/** A view that is seen but may not be changed is forbidden; any other is not there. */
async function refuse(ctx: Context, id: string): Promise<never> {
  const seen = unwrap(
    await ctx.supabase.from('saved_views').select('id').match({ workspace_id: ctx.workspaceId, id }),
  );
  if (seen.length === 0) throw new AppError('not_found', { userMessage: 'Not found' });
  throw new AppError('forbidden', { userMessage: 'Only the person who made this view can change it' });
}
