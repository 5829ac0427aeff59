import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { CreateDomain, CreateSender, UpdateDomain, UpdateSender } from './schema';

const none = () => new AppError('not_found', { userMessage: 'Not found' });

/**
 * A domain that campaigns may send from.
 * @throws {AppError} `conflict` at `domain` where the workspace has it
 */
export async function createDomain(ctx: Context, input: CreateDomain): Promise<{ id: string }> {
  const row = { ...input, workspace_id: ctx.workspaceId, created_by: ctx.userId };
  return unwrap(await ctx.supabase.from('sending_domains').insert(row).select('id').single());
}

/**
 * Changes a domain's pace, pauses it or lets it send again. Whoever resumes it means all of it: the reason of the pause goes.
 * @throws {AppError} `not_found`
 */
export async function updateDomain(ctx: Context, id: string, input: UpdateDomain): Promise<void> {
  const change = input.status === 'active' ? { ...input, paused_reason: null } : input;
  const scope = { workspace_id: ctx.workspaceId, id };
  const changed = unwrap(await ctx.supabase.from('sending_domains').update(change).match(scope).select('id'));
  if (changed.length === 0) throw none();
}

/**
 * Removes a domain. Its waiting mails move to the others by themselves; what it sent stays in the history.
 * @throws {AppError} `not_found`
 */
export async function removeDomain(ctx: Context, id: string): Promise<void> {
  const scope = { workspace_id: ctx.workspaceId, id };
  const gone = unwrap(await ctx.supabase.from('sending_domains').delete().match(scope).select('id'));
  if (gone.length === 0) throw none();
}

/**
 * Lets a domain that was stopped by errors try one mail now.
 * @throws {AppError} `not_found`
 */
export async function retryDomain(ctx: Context, id: string): Promise<void> {
  unwrap(await ctx.supabase.rpc('retry_sending_domain', { workspace: ctx.workspaceId, domain: id }));
}

/**
 * A name that mails are from.
 * @throws {AppError} `conflict` at `local_part` where another sender has it; `not_found` for a mailbox of another workspace
 */
export async function createSender(ctx: Context, input: CreateSender): Promise<{ id: string }> {
  const row = { ...input, workspace_id: ctx.workspaceId, created_by: ctx.userId };
  return unwrap(await ctx.supabase.from('senders').insert(row).select('id').single());
}

/**
 * Changes a sender, archives it or brings it back. What was launched keeps the copy it was launched with.
 * @throws {AppError} `not_found`, `conflict`
 */
export async function updateSender(ctx: Context, id: string, input: UpdateSender): Promise<void> {
  const { archived, ...change } = input;
  const archive = archived !== undefined && { archived_at: archived ? new Date().toISOString() : null };
  const query = ctx.supabase.from('senders').update({ ...change, ...archive });
  const changed = unwrap(await query.match({ workspace_id: ctx.workspaceId, id }).select('id'));
  if (changed.length === 0) throw none();
}
