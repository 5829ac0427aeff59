import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Role } from '@/lib/http/context';
import type { Account } from '@/lib/http/page-account';
import type { Client } from '@/lib/supabase/server';
import type { AuditQuery } from './schema';
import type { AuditEntry, HomeSummary, Invitation, Member } from './types';

/**
 * Who the caller is, their workspaces and the open invitations to their address.
 * @throws {AppError} `unauthenticated` where the account is gone.
 */
export async function getAccount(supabase: Client): Promise<Account> {
  const account = unwrap(await supabase.rpc('my_account')) as Account | null;
  if (!account) throw new AppError('unauthenticated', { userMessage: 'Sign in to go on' });
  return account;
}

/** Everybody in the workspace, those who joined first on top. */
export async function listMembers(supabase: Client, workspaceId: string): Promise<Member[]> {
  const rows = unwrap(
    await supabase
      .from('workspace_members')
      .select('user_id, role, created_at, profiles!workspace_members_user_id_fkey!inner(full_name, email)')
      .eq('workspace_id', workspaceId)
      .order('created_at')
      .order('user_id')
      .limit(1000),
  );
  return rows.map(({ user_id, role, created_at, profiles }) => ({
    user_id,
    role: role as Role,
    joined_at: created_at,
    full_name: profiles.full_name,
    email: profiles.email,
  }));
}

/** Invitations that can still be used, and those that ran out and can be sent again. Admins see rows, others none. */
export async function listInvitations(supabase: Client, workspaceId: string): Promise<Invitation[]> {
  const rows = unwrap(
    await supabase
      .from('invitations')
      .select(
        'id, email, role, expires_at, accepted_at, created_at, profiles!invitations_invited_by_fkey(full_name, email)',
      )
      .eq('workspace_id', workspaceId)
      .is('revoked_at', null)
      .or('email.is.null,accepted_at.is.null')
      .order('created_at', { ascending: false })
      .limit(200),
  );
  return rows.map(({ profiles, role, accepted_at, ...row }) => ({
    ...row,
    role: role as Invitation['role'],
    last_used_at: accepted_at,
    invited_by: profiles ? profiles.full_name || profiles.email : null,
    is_expired: Date.parse(row.expires_at) <= Date.now(),
  }));
}

/** One page of the audit log, newest first. Admins see rows, others none. */
export async function listAuditLog(supabase: Client, workspaceId: string, query: AuditQuery) {
  const items = unwrap(
    await supabase.rpc('list_audit_log', {
      workspace: workspaceId,
      of_entity: query.entity,
      before_at: query.before_at,
      after_id: query.after_id,
      page_size: query.limit,
    }),
  ) as unknown as AuditEntry[];
  const last = items.length === query.limit ? items.at(-1) : undefined;
  return { items, next: last ? { before_at: last.at, after_id: last.id } : null };
}

/** What Home shows, in one round trip. */
export async function getHomeSummary(supabase: Client, workspaceId: string): Promise<HomeSummary> {
  return unwrap(await supabase.rpc('home_summary', { workspace: workspaceId })) as unknown as HomeSummary;
}
