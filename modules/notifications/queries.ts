import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import type { Notification, NotificationPage, NotificationPreferences } from './domain';
import type { ListNotifications } from './schema';

const mark = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))~([0-9a-f-]{36})$/i;

/**
 * The caller's own notifications, the newest first, and how many are unread. One round trip; the function checks
 * membership.
 * @throws {AppError} `not_found` for a workspace that isn't the caller's; `invalid` for a forged `after`
 */
export async function listNotifications(
  supabase: Client,
  workspaceId: string,
  { unread, after, limit }: ListNotifications,
): Promise<NotificationPage> {
  const [, beforeAt, afterId] = after === undefined ? [] : (mark.exec(after) ?? []);
  if (after !== undefined && !afterId) {
    const message = 'Not the end of a page';
    throw new AppError('invalid', { userMessage: message, fields: { after: message } });
  }
  const page = unwrap(
    await supabase.rpc('list_notifications', {
      workspace: workspaceId,
      unread_only: unread === 'yes',
      before_at: beforeAt,
      after_id: afterId,
      page_size: limit === 0 ? 0 : limit + 1,
    }),
  ) as unknown as { rows: Notification[]; unread: number };
  const rows = page.rows.slice(0, limit);
  const last = page.rows.length > limit ? rows.at(-1) : undefined;
  return { rows, unread: page.unread, next: last ? `${last.created_at}~${last.id}` : null };
}

/** What the caller wants to be told of in a workspace. */
export async function getPreferences(
  supabase: Client,
  workspaceId: string,
  userId: string,
): Promise<NotificationPreferences> {
  const row = unwrap(
    await supabase
      .from('notification_preferences')
      .select('muted_kinds, email_digest')
      .match({ workspace_id: workspaceId, user_id: userId })
      .maybeSingle(),
  );
  return {
    muted_kinds: row?.muted_kinds ?? [],
    email_digest: row?.email_digest === 'daily' ? 'daily' : 'off',
  };
}
