import 'server-only';
import { env } from '@/lib/env';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { CronContext } from '@/lib/http/cron';
import { sendMail } from '@/lib/mail';
import { requireId } from '@/modules/records/service';
import { type Digest, digestMail } from './digest';
import type { NotificationPreferences } from './domain';
import type { Preferences } from './schema';

/** A mail server that doesn't answer holds a mail this long; less time than that and the next run sends it. */
const leastMailMs = 60_000;
const digestBatch = 20;

/** Marks one of the caller's notifications as read or unread. @throws {AppError} `not_found` */
export async function markNotification(ctx: Context, id: string, read: boolean): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('notifications')
      .update({ read_at: read ? new Date().toISOString() : null })
      .match({ workspace_id: ctx.workspaceId, user_id: ctx.userId, id: requireId(id) })
      .select('id'),
  );
  if (rows.length === 0) throw new AppError('not_found', { userMessage: 'Not found' });
}

/**
 * Marks all of the caller's as read.
 * @param until ISO 8601; what came after it stays unread
 * @returns how many were unread
 */
export async function readAll(ctx: Pick<Context, 'supabase' | 'workspaceId'>, until?: string) {
  return {
    marked: unwrap(await ctx.supabase.rpc('read_notifications', { workspace: ctx.workspaceId, until })),
  };
}

/** Changes what the caller is told of in this workspace; what is left out stays. */
export async function savePreferences(
  ctx: Pick<Context, 'supabase' | 'workspaceId'>,
  { muted_kinds, email_digest }: Preferences,
): Promise<NotificationPreferences> {
  return unwrap(
    await ctx.supabase.rpc('save_notification_preferences', {
      workspace: ctx.workspaceId,
      muted: muted_kinds,
      digest: email_digest,
    }),
  ) as unknown as NotificationPreferences;
}

/**
 * Sends the daily mails that are due: at eight in the morning of each person's zone. A mail is claimed before it is sent,
 * so that two runs never send it twice; one that the mail server refused is due again.
 * @returns how many were sent, refused, and had nothing to say
 */
export async function sendDigests({ admin, log, timeLeftMs }: CronContext) {
  const counts = { sent: 0, failed: 0, empty: 0 };
  const { SMTP_URL, APP_URL } = env();
  if (!SMTP_URL) return counts;
  const failed: Digest[] = [];
  while (timeLeftMs() > leastMailMs) {
    const digests = unwrap(await admin.rpc('claim_digests', { batch: digestBatch })) as unknown as Digest[];
    if (digests.length === 0) break;
    for (const digest of digests) {
      if (digest.total === 0) {
        counts.empty += 1;
        continue;
      }
      const hasTime = timeLeftMs() > leastMailMs;
      const outcome = hasTime ? await sendMail(digestMail(digest, APP_URL), log) : 'failed';
      if (outcome === 'sent') {
        counts.sent += 1;
        await finish(digest, true);
      } else {
        counts.failed += 1;
        failed.push(digest);
      }
    }
  }
  // not before the end: due at once, they would be claimed again by this very run
  for (const digest of failed) await finish(digest, false);
  return counts;

  async function finish({ workspace_id, user_id, until }: Digest, wasSent: boolean) {
    unwrap(
      await admin.rpc('finish_digest', {
        workspace: workspace_id,
        person: user_id,
        until,
        was_sent: wasSent,
      }),
    );
  }
}
