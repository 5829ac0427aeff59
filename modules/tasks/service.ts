import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { requireId } from '@/modules/records/service';
import type { CreateTask, UpdateTask } from './schema';

const columns =
  'id, title, due_at, status, priority, assigned_to, source, created_at, done_at, person_id, organization_id, owner_id, property_id, verification_id';
const notFound = () => new AppError('not_found', { userMessage: 'Not found' });

/**
 * Adds a task; it is the caller's own where nobody is named.
 * @throws {AppError} `not_found` where a subject or the assignee isn't of this workspace; `conflict` for an id that is taken
 */
export async function createTask(ctx: Context, { assigned_to, ...task }: CreateTask) {
  return unwrap(
    await ctx.supabase
      .from('tasks')
      .insert({
        ...task,
        assigned_to: assigned_to === undefined ? ctx.userId : assigned_to,
        workspace_id: ctx.workspaceId,
        created_by: ctx.userId,
      })
      .select(columns)
      .single(),
  );
}

/**
 * Changes a task: its words, its time, whose it is, or whether it is open.
 * @param cardId the card it must hang on, where it was asked for through one
 * @throws {AppError} `not_found`
 */
export async function updateTask(ctx: Context, id: string, change: UpdateTask, cardId?: string) {
  const here = {
    workspace_id: ctx.workspaceId,
    id: requireId(id),
    ...(cardId && { verification_id: requireId(cardId) }),
  };
  const table = ctx.supabase.from('tasks');
  const found =
    Object.keys(change).length === 0
      ? table.select(columns).match(here).is('deleted_at', null)
      : table.update(change).match(here).is('deleted_at', null).select(columns);
  const [task] = unwrap(await found);
  if (!task) throw notFound();
  return task;
}

/** Deletes a task, or brings it back. Both may be repeated. @throws {AppError} `not_found` */
export async function setTaskDeleted(ctx: Context, id: string, deleted: boolean): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('tasks')
      .update({ deleted_at: deleted ? new Date().toISOString() : null })
      .match({ workspace_id: ctx.workspaceId, id: requireId(id) })
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}
