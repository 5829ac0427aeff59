import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { requireId } from '@/modules/records/service';
import { htmlToText, sanitizeHtml } from './html';
import type { Accept, EditEmail } from './schema';

/** Queues mails in review. @returns how many @throws {AppError} `conflict` while they are still being written */
export async function acceptEmails(ctx: Context, id: string, given: Accept): Promise<{ accepted: number }> {
  const accepted = unwrap(
    await ctx.supabase.rpc('accept_campaign_emails', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      ...('ids' in given && { emails: given.ids }),
    }),
  );
  return { accepted };
}

/**
 * Changes a mail in review: the text of a plain one, the HTML of the others, which is made safe and its plain part made
 * anew, so that both parts say the same.
 * @throws {AppError} `not_found`; `conflict` for one that is not in review any more; `invalid` for a body of the other kind
 */
export async function editEmail(ctx: Context, id: string, emailId: string, given: EditEmail): Promise<void> {
  if (given.body_html !== undefined || given.body_text !== undefined) await assertFormat(ctx, id, given);
  const html = given.body_html === undefined ? undefined : sanitizeHtml(given.body_html);
  const change = { ...given, ...(html !== undefined && { body_html: html, body_text: htmlToText(html) }) };
  unwrap(
    await ctx.supabase.rpc('edit_campaign_email', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      email: requireId(emailId),
      change,
    }),
  );
}

async function assertFormat(ctx: Context, id: string, given: EditEmail): Promise<void> {
  const campaign = unwrap(
    await ctx.supabase
      .from('campaigns')
      .select('format')
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', requireId(id))
      .maybeSingle(),
  );
  if (!campaign) throw new AppError('not_found', { userMessage: 'Not found' });
  const [other, message] =
    campaign.format === 'html'
      ? (['body_text', 'This campaign is HTML: its plain text follows from it'] as const)
      : (['body_html', 'This campaign is plain text'] as const);
  if (given[other] !== undefined)
    throw new AppError('invalid', { userMessage: message, fields: { [other]: message } });
}

/** Doesn't send a mail that hasn't gone, and ends its recipient. @throws {AppError} `conflict` for one that has */
export async function removeEmail(ctx: Context, id: string, emailId: string): Promise<void> {
  unwrap(
    await ctx.supabase.rpc('remove_campaign_email', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      email: requireId(emailId),
    }),
  );
}

/**
 * Doesn't send mails that haven't gone, and ends their recipients, all at once.
 * @returns how many; those that have gone meanwhile are passed over
 * @throws {AppError} `not_found` where one of them isn't this campaign's
 */
export async function removeEmails(
  ctx: Context,
  id: string,
  emailIds: string[],
): Promise<{ removed: number }> {
  const removed = unwrap(
    await ctx.supabase.rpc('remove_campaign_emails', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      emails: emailIds,
    }),
  );
  return { removed };
}

/**
 * Sends a mail again that failed, or of which nobody knows whether it went.
 * @returns the new mail's id
 * @throws {AppError} `conflict` where it was sent again already, or the recipient has left
 */
export async function retryEmail(ctx: Context, id: string, emailId: string): Promise<{ id: string }> {
  const retried = unwrap(
    await ctx.supabase.rpc('retry_campaign_email', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      email: requireId(emailId),
    }),
  );
  return { id: retried };
}

/** Pauses, resumes or cancels. @returns the status it has now @throws {AppError} `conflict` where that makes no sense */
export async function steerCampaign(
  ctx: Context,
  id: string,
  what: 'pause' | 'resume' | 'cancel',
): Promise<{ status: string }> {
  const given = { workspace: ctx.workspaceId, campaign: requireId(id) };
  return { status: unwrap(await ctx.supabase.rpc(`${what}_campaign`, given)) };
}
