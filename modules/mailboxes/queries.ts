import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import { missingGmailSettings } from '@/lib/providers/gmail';
import type { Client } from '@/lib/supabase/server';
import { requireId } from '@/modules/records/service';
import { safeMailHtml } from './mime';
import type {
  InboundDetail,
  InboundPage,
  InboundRow,
  ListInbound,
  MailboxPage,
  MailboxRow,
  PersonMail,
} from './schema';

/** The workspace's mailboxes, the caller's own first, and which settings are missing. */
export async function listMailboxes(supabase: Client, workspaceId: string): Promise<MailboxPage> {
  const mailboxes = unwrap(
    await supabase.rpc('list_mailboxes', { workspace: workspaceId }),
  ) as unknown as MailboxRow[];
  return { mailboxes, missing: missingGmailSettings() };
}

const mark = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))~([0-9a-f-]{36})$/i;

/**
 * What came in, the newest first. One round trip; the function checks membership.
 * @throws {AppError} `invalid` for a forged `after`
 */
export async function listInbound(
  supabase: Client,
  workspaceId: string,
  { shown, campaign, after, limit }: ListInbound,
): Promise<InboundPage> {
  const [, before, beforeId] = after === undefined ? [] : (mark.exec(after) ?? []);
  if (after !== undefined && !beforeId) {
    const message = 'Not the end of a page';
    throw new AppError('invalid', { userMessage: message, fields: { after: message } });
  }
  const page = unwrap(
    await supabase.rpc('list_inbound_emails', {
      workspace: workspaceId,
      shown,
      of_campaign: campaign,
      before_at: before,
      before_id: beforeId,
      page_size: limit + 1,
    }),
  ) as unknown as { rows: InboundRow[]; possible: number };
  const rows = page.rows.slice(0, limit);
  const last = page.rows.length > limit ? rows.at(-1) : undefined;
  return { rows, possible: page.possible, next: last ? `${last.received_at}~${last.id}` : null };
}

/** One mail with its text; its HTML is sanitised once more, whatever is kept. @throws {AppError} `not_found` */
export async function getInbound(supabase: Client, workspaceId: string, id: string): Promise<InboundDetail> {
  const mail = unwrap(
    await supabase.rpc('get_inbound_email', { workspace: workspaceId, mail: requireId(id) }),
  ) as unknown as InboundDetail;
  return { ...mail, body_html: mail.body_html && safeMailHtml(mail.body_html) };
}

/** What was written with a person, thread by thread. @throws {AppError} `not_found` */
export async function getPersonMail(
  supabase: Client,
  workspaceId: string,
  person: string,
): Promise<PersonMail> {
  return unwrap(
    await supabase.rpc('list_person_mail', { workspace: workspaceId, person: requireId(person) }),
  ) as unknown as PersonMail;
}
