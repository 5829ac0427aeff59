import type { Log } from '../logger';
import type { Client } from '../supabase/server';
import type { Tier } from '../tiers';

export const roles = ['member', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** What every service takes first: who acts, in which workspace, with which client, under which request id. */
export type Context = {
  /** Acts as the caller: row level security applies. */
  supabase: Client;
  workspaceId: string;
  userId: string;
  requestId: string;
  log: Log;
};

/** A context with what `request_context()` in the database says of the caller. */
export type MemberContext = Context & {
  role: Role;
  tier: Tier;
  workspace: { name: string; slug: string; timeZone: string; settings: Record<string, unknown> };
};

/** Whether a role reaches the least one asked for. */
export const hasRole = (role: Role, least: Role) => roles.indexOf(role) >= roles.indexOf(least);

type ContextRow = {
  user_id: string;
  workspace_id: string;
  role: Role;
  tier: Tier;
  name: string;
  slug: string;
  time_zone: string;
  settings: Record<string, unknown>;
};

/**
 * Who the client's session is in a workspace, or null where they are no member of it. One round trip; the Data API
 * verifies the session, so the user id that comes back is proven.
 * @param workspaceId null: the workspace they joined first.
 */
export async function findMember(supabase: Client, workspaceId: string | null) {
  const { data, error } = await supabase.rpc('request_context', { workspace: workspaceId ?? undefined });
  if (error) return { member: null, error };
  const row = data as ContextRow | null;
  if (!row) return { member: null, error: null };
  const member = {
    userId: row.user_id,
    workspaceId: row.workspace_id,
    role: row.role,
    tier: row.tier,
    workspace: { name: row.name, slug: row.slug, timeZone: row.time_zone, settings: row.settings },
  };
  return { member, error: null };
}
