import 'server-only';
import { cookies } from 'next/headers';
import { env } from '@/lib/env';
import { AppError, fromDatabase, unwrap } from '@/lib/errors';
import { findMember, hasRole, type MemberContext, type Role } from '@/lib/http/context';
import type { UserContext } from '@/lib/http/route';
import { workspaceCookie } from '@/lib/http/workspace-cookie';
import type { Tier } from '@/lib/tiers';
import type { CreateWorkspace, MemberRole, UpdateWorkspace } from './schema';

const oneYearS = 31_536_000;
const workspaceColumns = 'id, name, slug, tier, time_zone';

/** Puts the browser into a workspace. The cookie is no secret and no proof: membership is asked on every request. */
export async function enterWorkspace(workspaceId: string): Promise<void> {
  (await cookies()).set(workspaceCookie, workspaceId, {
    path: '/',
    sameSite: 'lax',
    secure: env().APP_URL.startsWith('https:'),
    maxAge: oneYearS,
  });
}

/** Makes a workspace with the caller as its owner, and enters it. The slug is derived from the name. */
export async function createWorkspace({ supabase }: UserContext, { name, time_zone }: CreateWorkspace) {
  const made = unwrap(
    await supabase.rpc('create_workspace', { workspace_name: name, workspace_time_zone: time_zone }),
  ) as { id: string; name: string; slug: string };
  await enterWorkspace(made.id);
  return made;
}

/**
 * The caller as a member of the workspace that a path names, whichever the request came from.
 * @throws {AppError} `not_found` for one the caller is no member of, `forbidden` below the role asked for.
 */
export async function memberOf(ctx: UserContext, id: string, least: Role): Promise<MemberContext> {
  const { member, error } = await findMember(ctx.supabase, id);
  if (error) throw fromDatabase(error);
  if (!member) throw new AppError('not_found', { userMessage: 'Not found' });
  if (!hasRole(member.role, least))
    throw new AppError('forbidden', { userMessage: `This needs the role ${least}` });
  return { ...ctx, ...member };
}

/** Enters a workspace: this browser's pages are shown in it from now on. */
export async function switchWorkspace({ workspaceId }: MemberContext): Promise<void> {
  await enterWorkspace(workspaceId);
}

/**
 * Changes name, slug or time zone.
 * @throws {AppError} `conflict` at `slug` where it is taken.
 */
export async function updateWorkspace({ supabase, workspaceId }: MemberContext, change: UpdateWorkspace) {
  const table = supabase.from('workspaces');
  if (Object.keys(change).length === 0) {
    return unwrap(await table.select(workspaceColumns).eq('id', workspaceId).single());
  }
  return unwrap(await table.update(change).eq('id', workspaceId).select(workspaceColumns).single());
}

/** Puts the workspace on a tier. Nothing that is there goes away with a lower one; it can't be added to. */
export async function setTier({ supabase, workspaceId }: MemberContext, tier: Tier) {
  return unwrap(await supabase.rpc('set_workspace_tier', { workspace: workspaceId, new_tier: tier }));
}

/**
 * Leaves the workspace; the next page shows another one, or the welcome page.
 * @throws {AppError} `last_owner` for its only owner.
 */
export async function leaveWorkspace({ supabase, workspaceId, userId }: MemberContext): Promise<void> {
  await removeMember({ supabase, workspaceId }, userId);
  (await cookies()).delete(workspaceCookie);
}

/**
 * Makes a member the owner and steps down to admin.
 * @throws {AppError} `not_found` where they are no member.
 */
export async function transferOwnership(
  { supabase, workspaceId }: MemberContext,
  newOwner: string,
): Promise<void> {
  unwrap(await supabase.rpc('transfer_ownership', { workspace: workspaceId, new_owner: newOwner }));
}

/**
 * Changes a member's role.
 * @throws {AppError} `not_found` for a stranger, `last_owner`, `forbidden` where an admin touches an owner's role.
 */
export async function changeRole({ supabase, workspaceId }: MemberContext, userId: string, role: MemberRole) {
  return unwrap(
    await supabase
      .from('workspace_members')
      .update({ role })
      .eq('workspace_id', workspaceId)
      .eq('user_id', userId)
      .select('user_id, role')
      .single(),
  );
}

/**
 * Takes a member out. Their records, notes and log entries stay.
 * @throws {AppError} `not_found` for a stranger, `last_owner`, `forbidden` where an admin removes an owner.
 */
export async function removeMember(
  { supabase, workspaceId }: Pick<MemberContext, 'supabase' | 'workspaceId'>,
  userId: string,
): Promise<void> {
  unwrap(
    await supabase
      .from('workspace_members')
      .delete()
      .eq('workspace_id', workspaceId)
      .eq('user_id', userId)
      .select('user_id')
      .single(),
  );
}
