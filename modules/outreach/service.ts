import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { TimelineEntry } from '@/modules/activities/domain';
import { requireId } from '@/modules/records/service';
import type { CreateTemplate, LogOutreach, UpdateTemplate } from './schema';

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });

/** An outreach just logged: the entry of the timelines it stands on, and what it is about. */
export type LoggedOutreach = TimelineEntry & {
  owner_id: string | null;
  person_id: string | null;
  organization_id: string | null;
  property_id: string | null;
  verification_id: string | null;
};

/**
 * Logs an outreach; earlier next steps with the same owner are closed by it.
 * @throws {AppError} `not_found` where something it names isn't in this workspace
 */
export async function logOutreach(ctx: Context, outreach: LogOutreach): Promise<LoggedOutreach> {
  const entry = unwrap(
    await ctx.supabase.rpc('log_outreach', { workspace: ctx.workspaceId, outreach }),
  ) as unknown as Omit<LoggedOutreach, 'is_mine'>;
  return { ...entry, is_mine: true };
}

/**
 * Takes an outreach back that the caller logged; the next steps it closed are open again.
 * @throws {AppError} `forbidden` for a colleague's; `not_found`
 */
export async function undoOutreach(ctx: Context, id: string): Promise<void> {
  const activity = { workspace_id: ctx.workspaceId, id: requireId(id) };
  const rows = unwrap(
    await ctx.supabase
      .from('activities')
      .delete()
      .match({ ...activity, performed_by: ctx.userId })
      .in('kind', ['call', 'sms', 'email', 'in_app', 'dm', 'linkedin'])
      .select('id'),
  );
  if (rows.length > 0) return;
  const seen = unwrap(await ctx.supabase.from('activities').select('id').match(activity));
  if (seen.length === 0) throw notFound();
  throw new AppError('forbidden', { userMessage: 'Only who logged it can take it back' });
}

/** Adds a template of the workspace's own, behind the others. @throws {AppError} `conflict` at the name; `tier_required` */
export async function createTemplate(ctx: Context, template: CreateTemplate): Promise<{ id: string }> {
  const last = unwrap(
    await ctx.supabase
      .from('outreach_templates')
      .select('position')
      .eq('workspace_id', ctx.workspaceId)
      .order('position', { ascending: false })
      .limit(1),
  );
  return unwrap(
    await ctx.supabase
      .from('outreach_templates')
      .insert({
        ...template,
        workspace_id: ctx.workspaceId,
        created_by: ctx.userId,
        position: (last[0]?.position ?? 0) + 1,
      })
      .select('id')
      .single(),
  );
}

/** Changes or archives a template. @throws {AppError} `conflict` at the name; `tier_required`; `not_found` */
export async function updateTemplate(
  ctx: Context,
  id: string,
  { archived, ...change }: UpdateTemplate,
): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('outreach_templates')
      .update({
        ...change,
        ...(archived !== undefined && { archived_at: archived ? new Date().toISOString() : null }),
      })
      .match({ workspace_id: ctx.workspaceId, id: requireId(id) })
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}
