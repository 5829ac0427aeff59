import 'server-only';
import type { z } from 'zod';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { requireId } from '@/modules/records/service';
import { channelOf } from './domain';
import type { CreateActivity, createNoteSchema } from './schema';

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });
const noteColumns =
  'id, body, author_id, person_id, organization_id, property_id, owner_id, verification_id, created_at, updated_at';

/** Logs something that happened. @throws {AppError} `not_found` where a subject or point isn't in this workspace */
export async function createActivity(ctx: Context, activity: CreateActivity): Promise<{ id: string }> {
  const rows = unwrap(
    await ctx.supabase
      .from('activities')
      .insert({
        ...activity,
        channel: channelOf[activity.kind],
        workspace_id: ctx.workspaceId,
        performed_by: ctx.userId,
      })
      .select('id'),
  );
  if (!rows[0]) throw notFound();
  return rows[0];
}

/** Writes a note. @throws {AppError} `not_found` where a subject isn't in this workspace */
export async function createNote(ctx: Context, note: z.output<typeof createNoteSchema>) {
  const rows = unwrap(
    await ctx.supabase
      .from('notes')
      .insert({ ...note, workspace_id: ctx.workspaceId, author_id: ctx.userId })
      .select(noteColumns),
  );
  if (!rows[0]) throw notFound();
  return rows[0];
}

/**
 * Changes a note's text; the earlier version is kept in the audit log.
 * @throws {AppError} `forbidden` for another's note; `not_found`
 */
export async function updateNote(ctx: Context, id: string, change: { body: string }) {
  const rows = unwrap(
    await ctx.supabase
      .from('notes')
      .update(change)
      .match({ workspace_id: ctx.workspaceId, id: requireId(id) })
      .select(noteColumns),
  );
  return rows[0] ?? refuse(ctx, id, 'Only its author can change a note');
}

/** Deletes a note: its author, or an admin. @throws {AppError} `forbidden`; `not_found` */
export async function deleteNote(ctx: Context, id: string): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('notes')
      .delete()
      .match({ workspace_id: ctx.workspaceId, id: requireId(id) })
      .select('id'),
  );
  if (!rows[0]) await refuse(ctx, id, 'Only its author or an admin can delete a note');
}

/** Brings back a note that the caller deleted, as it was. @throws {AppError} `not_found` */
export async function restoreNote(ctx: Context, id: string): Promise<void> {
  const restored = unwrap(
    await ctx.supabase.rpc('restore_note', { workspace: ctx.workspaceId, note: requireId(id) }),
  );
  if (!restored) throw notFound();
}

/** A note that is seen but may not be changed is forbidden; any other is not there. */
async function refuse(ctx: Context, id: string, why: string): Promise<never> {
  const seen = unwrap(
    await ctx.supabase.from('notes').select('id').match({ workspace_id: ctx.workspaceId, id }),
  );
  if (seen.length === 0) throw notFound();
  throw new AppError('forbidden', { userMessage: why });
}
