import 'server-only';
import MailComposer from 'nodemailer/lib/mail-composer';
import { unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';
import { missingGmailSettings } from '@/lib/providers/gmail';
import { GmailError } from '@/lib/providers/gmail-errors';
import { type Decision, decide } from '@/modules/gate/domain';
import type { MailFacts } from '@/modules/gate/email';
import { messageIdOf } from './domain';
import { openMailbox, type SealedTokens } from './tokens';

const batch = 10;
/** Longer than a send may take, with the question for its Message-ID after it. */
const leaseSeconds = 120;
/** Less than this and a batch might not end in time. */
const spareMs = 60_000;
const attemptsAtMost = 5;
const restMs = 60_000;
const holdMs = 15 * 60_000;

/** A claimed mail with everything that is asked and sent, as `direct_email_facts` says. */
type Mail = {
  id: string;
  workspace_id: string;
  mailbox_id: string;
  attempts: number;
  to_address: string;
  from_name: string;
  from_address: string;
  subject: string;
  body_text: string;
  message_id: string;
  in_reply_to: string | null;
  thread_token: string;
  provider_thread_id: string | null;
  references: string[];
  token: SealedTokens | null;
  mailbox_status: string;
  facts: Omit<MailFacts, 'isProviderSet'>;
};

type Outcome = {
  status: 'sent' | 'queued' | 'failed' | 'unknown' | 'cancelled';
  decision?: Decision;
  error?: string;
  run_at?: string;
  provider_message_id?: string;
  provider_thread_id?: string;
  message_id?: string;
};

/**
 * Sends the mails that people wrote to people, through their own mailboxes. Each is claimed, and the claim committed,
 * before the gate is asked and Gmail is called; what may have gone out is never sent again by itself.
 * @returns how many were sent, put off, dropped, failed, and may have been sent
 */
export async function sendDirectMails(ctx: CronContext) {
  const counts = { sent: 0, queued: 0, failed: 0, unknown: 0, cancelled: 0 };
  if (missingGmailSettings().length > 0) return counts;
  while (ctx.timeLeftMs() > spareMs) {
    const claims = unwrap(
      await ctx.admin.rpc('claim_direct_emails', { batch, lease_seconds: leaseSeconds }),
    ) as unknown as { id: string; lease_token: string }[];
    if (claims.length === 0) break;
    const mails = unwrap(
      await ctx.admin.rpc('direct_email_facts', { mails: claims.map(({ id }) => id) }),
    ) as unknown as Mail[];
    await Promise.all(
      mails.map(async (mail) => {
        const outcome = await sendOne(ctx, mail);
        const lease = claims.find(({ id }) => id === mail.id)?.lease_token ?? '';
        const isMine = unwrap(await ctx.admin.rpc('finish_direct_email', { mail: mail.id, lease, outcome }));
        if (isMine) counts[outcome.status] += 1;
      }),
    );
  }
  return counts;
}

const later = (ms: number) => new Date(Date.now() + ms).toISOString();

async function sendOne(ctx: CronContext, mail: Mail): Promise<Outcome> {
  const now = new Date();
  const decision = decide({ ...mail.facts, isProviderSet: mail.token !== null }, now);
  if (mail.mailbox_status === 'disconnected') {
    const dropped = { verdict: 'drop', reason: 'mailbox_disconnected', at: now.toISOString() } as const;
    return { status: 'cancelled', decision: dropped };
  }
  if (decision.verdict === 'drop') return { status: 'cancelled', decision };
  if (decision.verdict === 'hold') {
    return { status: 'queued', decision, run_at: decision.until ?? later(holdMs) };
  }
  try {
    const raw = await compose(mail);
    const account = openMailbox(ctx, { id: mail.mailbox_id, workspaceId: mail.workspace_id }, mail.token);
    const sent = await account.send(raw, mail.provider_thread_id).catch((error: unknown) => {
      // the thread was deleted: the mail goes without it
      const isGone = error instanceof GmailError && error.kind === 'gone';
      if (!isGone || mail.provider_thread_id === null) throw error;
      return account.send(raw, null);
    });
    // Gmail may have named it otherwise; who answers names it so
    const envelope = await account.envelope(sent.id).catch(() => null);
    const messageId = envelope && messageIdOf(envelope.headers);
    return {
      status: 'sent',
      decision,
      provider_message_id: sent.id,
      provider_thread_id: sent.threadId,
      ...(messageId && { message_id: messageId }),
    };
  } catch (error) {
    return failed(ctx, mail, error);
  }
}

async function failed(ctx: CronContext, mail: Mail, error: unknown): Promise<Outcome> {
  ctx.log.warn({ err: error, emailId: mail.id }, 'a mail could not be sent through Gmail');
  if (!(error instanceof GmailError)) return { status: 'failed', error: 'The mail could not be written' };
  const said = error.message;
  switch (error.kind) {
    case 'revoked':
      // it waits until its mailbox is connected again
      unwrap(await ctx.admin.rpc('ask_to_reconnect', { mailbox: mail.mailbox_id, failure: said }));
      return { status: 'queued', error: said };
    case 'unknown':
      return { status: 'unknown', error: said };
    case 'retry_later':
    case 'unavailable':
      if (mail.attempts >= attemptsAtMost) return { status: 'failed', error: said };
      return {
        status: 'queued',
        error: said,
        run_at: later(error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : restMs * mail.attempts),
      };
    default:
      return { status: 'failed', error: said };
  }
}

/** The mail as RFC 5322, with what makes it stand in its thread. */
function compose(mail: Mail): Promise<Buffer> {
  const references = [...mail.references, ...(mail.in_reply_to ? [mail.in_reply_to] : [])];
  return new Promise((resolve, reject) => {
    new MailComposer({
      from: { name: mail.from_name, address: mail.from_address },
      to: mail.to_address,
      subject: mail.subject,
      text: mail.body_text,
      messageId: mail.message_id,
      ...(mail.in_reply_to && { inReplyTo: mail.in_reply_to }),
      ...(references.length > 0 && { references: [...new Set(references)] }),
      headers: { 'X-Freehold-Mail': mail.id, 'X-Freehold-Thread': mail.thread_token },
    })
      .compile()
      .build((error, built) => (error ? reject(error) : resolve(built)));
  });
}
