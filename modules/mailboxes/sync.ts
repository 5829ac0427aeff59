import 'server-only';
import { env } from '@/lib/env';
import { unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';
import {
  type GmailAccount,
  type GmailEnvelope,
  missingGmailSettings,
  revokeGmail,
  tokenKey,
} from '@/lib/providers/gmail';
import { GmailError } from '@/lib/providers/gmail-errors';
import { openToken } from '@/lib/token-cipher';
import {
  fieldsOf,
  type InboundMatch,
  kindOf,
  messageIdOf,
  natureOf,
  signsOf,
  signsOfReturned,
} from './domain';
import { type ParsedMail, parseMail, storable } from './mime';
import { openMailbox, type SealedTokens } from './tokens';

/** A mailbox as `claim_mailboxes` hands it out. */
type Claimed = SealedTokens & {
  id: string;
  workspace_id: string;
  address: string;
  history_id: string | null;
  synced_at: string | null;
  lease_token: string;
};

const mailboxesAtOnce = 4;
const requestsAtOnce = 5;
/** A run renews it with every page; one that was killed keeps a mailbox away from the next this long. */
const leaseSeconds = 90;
/** Less than this and a page might not end in time. */
const spareMs = 40_000;
/** What is read of a mailbox without a history to go on from: at least this much, at most that. */
const windowDays = { first: 7, most: 30 };
const pagesOfWindow = 20;
/** Above this only the beginning of a mail's text is kept. */
const largestRawBytes = 15 * 1024 * 1024;
/** Characters of a header field that are read: References is the longest that says anything. */
const headerAtMost = 20_000;
/** Characters of a Message-ID that are kept: more, and an index might not hold it. */
const messageIdAtMost = 500;
const dayMs = 86_400_000;

type Counts = {
  mailboxes: number;
  read: number;
  kept: number;
  replies: number;
  possible: number;
  failed: number;
};

/**
 * Reads what came into every connected mailbox since it was last read, and keeps what answers a mail of ours. Safe to run
 * twice at once and to kill anywhere: a mailbox is held by one run, how far it is is noted page by page, and what is read
 * again is kept once. Ends by giving back the permissions of mailboxes that were disconnected.
 */
export async function syncInboxes(ctx: CronContext): Promise<Counts> {
  const counts: Counts = { mailboxes: 0, read: 0, kept: 0, replies: 0, possible: 0, failed: 0 };
  if (missingGmailSettings().length > 0) return counts;
  const startedAt = new Date().toISOString();
  while (ctx.timeLeftMs() > spareMs) {
    const claimed = unwrap(
      await ctx.admin.rpc('claim_mailboxes', {
        not_since: startedAt,
        batch: mailboxesAtOnce,
        lease_seconds: leaseSeconds,
      }),
    ) as unknown as Claimed[];
    if (claimed.length === 0) break;
    await Promise.all(claimed.map((box) => syncOne(ctx, box, counts)));
  }
  await giveBack(ctx);
  return counts;
}

/** Syncs one mailbox; what goes wrong is noted on it, and tried again by the next run. */
async function syncOne(ctx: CronContext, box: Claimed, counts: Counts): Promise<void> {
  counts.mailboxes += 1;
  const finish = async (more: { next_history?: string; failure?: string }) =>
    unwrap(await ctx.admin.rpc('finish_mailbox_sync', { mailbox: box.id, lease: box.lease_token, ...more }));
  try {
    const account = openMailbox(ctx, { id: box.id, workspaceId: box.workspace_id }, box);
    await finish({ next_history: await readAll(ctx, box, account, counts) });
  } catch (error) {
    counts.failed += 1;
    ctx.log.warn({ err: error, mailboxId: box.id }, 'a mailbox could not be read');
    if (!(error instanceof GmailError)) {
      await finish({ failure: 'Something went wrong on our side' });
    } else if (error.kind === 'revoked') {
      unwrap(await ctx.admin.rpc('ask_to_reconnect', { mailbox: box.id, failure: error.message }));
    } else {
      await finish({ failure: error.message });
    }
  }
}

/** Reads page by page. @returns where the next sync goes on from; undefined where time was up and it is noted already */
async function readAll(ctx: CronContext, box: Claimed, account: GmailAccount, counts: Counts) {
  if (box.history_id === null) return readWindow(ctx, box, account, counts);
  const since = box.history_id;
  let page: string | undefined;
  // where the mailbox stood before the first page: what comes while pages are read is read by the next sync
  let end: string | undefined;
  try {
    for (;;) {
      const { ids, readTo, historyId, next } = await account.history(since, page);
      end ??= historyId;
      await readPage(ctx, box, account, ids, counts);
      if (next === null) return end;
      // only as far as was read: a run that ends here leaves the other pages to the next
      if (!(await isStillMine(ctx, box, readTo)) || ctx.timeLeftMs() < spareMs) return undefined;
      page = next;
    }
  } catch (error) {
    if (!isGone(error)) throw error;
    ctx.log.info({ mailboxId: box.id }, 'the history is gone: the last days are read anew');
    return readWindow(ctx, box, account, counts);
  }
}

/** Reads a window of days whole, for a mailbox that is new or whose history Google no longer knows. */
async function readWindow(
  ctx: CronContext,
  box: Claimed,
  account: GmailAccount,
  counts: Counts,
): Promise<string> {
  // asked before the messages are: what comes meanwhile is read by the next sync
  const { historyId } = await account.profile();
  const now = Date.now();
  const from = box.synced_at ? Date.parse(box.synced_at) - dayMs : now - windowDays.first * dayMs;
  const after = Math.floor(Math.max(from, now - windowDays.most * dayMs) / 1000);
  let page: string | undefined;
  for (let read = 0; read < pagesOfWindow; read += 1) {
    const { ids, next } = await account.search(`after:${after} -in:chats -in:drafts`, page);
    await readPage(ctx, box, account, ids, counts);
    if (next === null || !(await isStillMine(ctx, box, null))) return historyId;
    page = next;
  }
  ctx.log.warn(
    { mailboxId: box.id, after },
    'a mailbox had more mails than are read anew: the oldest were left out',
  );
  return historyId;
}

/** Renews the hold on a mailbox, and notes how far its history is read. @returns false where it was taken away */
async function isStillMine({ admin }: CronContext, box: Claimed, historyId: string | null): Promise<boolean> {
  const rows = unwrap(
    await admin
      .from('mailboxes')
      .update({
        lease_until: new Date(Date.now() + leaseSeconds * 1000).toISOString(),
        ...(historyId !== null && { history_id: historyId }),
      })
      .match({ workspace_id: box.workspace_id, id: box.id, lease_token: box.lease_token })
      .select('id'),
  );
  return rows.length > 0;
}

const isGone = (error: unknown) => error instanceof GmailError && error.kind === 'gone';

/** Does a few at a time, in their order. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += requestsAtOnce) {
    results.push(...(await Promise.all(items.slice(at, at + requestsAtOnce).map(work))));
  }
  return results;
}

/** What was deleted in the meantime is no failure. */
const unlessGone = async <T>(work: Promise<T>): Promise<T | null> =>
  work.catch((error: unknown) => {
    if (isGone(error)) return null;
    throw error;
  });

/** Labels of what is not mail that came in. */
const notMail = ['DRAFT', 'CHAT', 'SPAM', 'TRASH'];

type Read = { envelope: GmailEnvelope; parsed: ParsedMail | null; match: InboundMatch };

/** Reads a page of messages: their heads first, and the whole only of what answers a mail of ours. */
async function readPage(
  ctx: CronContext,
  box: Claimed,
  account: GmailAccount,
  ids: string[],
  counts: Counts,
) {
  const { admin } = ctx;
  const envelopes = (await inParallel(ids, (id) => unlessGone(account.envelope(id))))
    .filter((each) => each !== null)
    .filter(({ labels }) => !labels.some((label) => notMail.includes(label)))
    // whoever writes to us writes these: what Postgres can't keep would stop the whole mailbox
    .map((each) => ({
      ...each,
      headers: each.headers.map(({ name, value }) => ({ name, value: storable(value, headerAtMost) })),
    }));
  counts.read += envelopes.length;
  await noteSent(
    ctx,
    box,
    envelopes.filter(({ labels }) => labels.includes('SENT')),
  );
  const came = envelopes.filter(({ labels }) => !labels.includes('SENT'));
  if (came.length === 0) return;

  const match = async (asked: { id: string }[]) =>
    new Map(
      (
        unwrap(
          await admin.rpc('match_inbound', { mailbox: box.id, messages: asked }),
        ) as unknown as InboundMatch[]
      ).map((found) => [found.id, found]),
    );
  const askOf = (envelope: GmailEnvelope) => {
    const { sender, tokens, messageIds } = signsOf(envelope.headers);
    return {
      id: envelope.id,
      thread: envelope.threadId,
      sender,
      tokens,
      message_ids: messageIds,
      received_at: envelope.receivedAt.toISOString(),
    };
  };
  const matches = await match(came.map(askOf));
  const parsedOf = async (envelope: GmailEnvelope): Promise<ParsedMail | null> => {
    if (envelope.sizeBytes > largestRawBytes) return null;
    const raw = await unlessGone(account.raw(envelope.id));
    // a mail that can't be read is kept with the beginning that Gmail shows of it
    return raw && parseMail(raw).catch(() => null);
  };

  // a report of delivery names our mail inside: it is opened before it is known whether it is ours
  const reports = came.filter(
    ({ id, headers }) => !matches.has(id) && natureOf(headers) === 'delivery_failure',
  );
  const opened = new Map(
    await inParallel(reports, async (envelope) => [envelope.id, await parsedOf(envelope)] as const),
  );
  if (reports.length > 0) {
    const asked = reports.map((envelope) => {
      const { tokens, messageIds } = signsOfReturned(opened.get(envelope.id)?.returned ?? []);
      return { ...askOf(envelope), sender: '', tokens, message_ids: messageIds };
    });
    for (const [id, found] of await match(asked)) matches.set(id, found);
  }

  const read = await inParallel(
    came.filter(({ id }) => matches.has(id)),
    async (envelope) => ({
      envelope,
      parsed: opened.get(envelope.id) ?? (await parsedOf(envelope)),
      match: matches.get(envelope.id),
    }),
  );
  const rows = read
    .filter((each): each is Read => each.match !== undefined)
    .map(rowOf)
    .filter((row) => row !== null);
  // texts are long: a few at a time, so that one call stays small
  for (let at = 0; at < rows.length; at += 20) {
    const done = unwrap(
      await admin.rpc('apply_inbound_emails', { mailbox: box.id, rows: rows.slice(at, at + 20) }),
    ) as unknown as Record<'kept' | 'replies' | 'possible', number>;
    counts.kept += done.kept;
    counts.replies += done.replies;
    counts.possible += done.possible;
  }
}

/** A row of `apply_inbound_emails`; null for what is none of our business. */
function rowOf({ envelope, parsed, match }: Read) {
  const { headers } = envelope;
  const subject = storable(fieldsOf(headers, 'Subject')[0] ?? '', 1000);
  const nature = natureOf(headers);
  // a report that something was delivered reports no failure
  const isHarmless =
    nature === 'delivery_failure' && parsed !== null && parsed.returned.length > 0 && !parsed.failure;
  const kind = kindOf(match, isHarmless ? 'auto_reply' : nature, subject);
  if (kind === null) return null;
  const { sender, senderName } = signsOf(headers);
  return {
    provider_message_id: envelope.id,
    provider_thread_id: envelope.threadId || null,
    message_id: storable(fieldsOf(headers, 'Message-ID')[0]?.trim() ?? '', messageIdAtMost) || null,
    from_address: (sender || 'unknown').slice(0, 320),
    from_name: storable(senderName, 300) || null,
    subject,
    body_text: parsed?.text ?? storable(envelope.snippet, 1000),
    body_html: parsed?.html ?? null,
    attachments: parsed?.attachments ?? [],
    received_at: envelope.receivedAt.toISOString(),
    kind,
    matched_by: match.matched_by,
    email_queue_id: match.email_queue_id,
    recipient_id: match.recipient_id,
    campaign_id: match.campaign_id,
    person_id: match.person_id,
    failure: kind === 'delivery_failure' ? (parsed?.failure ?? null) : null,
  };
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What stands among the sent mails was sent, whatever the run that sent it could still say. */
async function noteSent({ admin }: CronContext, box: Claimed, envelopes: GmailEnvelope[]): Promise<void> {
  const rows = envelopes.flatMap(({ id, threadId, headers }) => {
    const ours = fieldsOf(headers, 'X-Freehold-Mail')[0]?.trim() ?? '';
    return uuid.test(ours)
      ? [
          {
            id: ours,
            provider_message_id: id,
            provider_thread_id: threadId,
            message_id: messageIdOf(headers),
          },
        ]
      : [];
  });
  if (rows.length > 0) unwrap(await admin.rpc('note_sent_emails', { mailbox: box.id, rows }));
}

/** Gives back the permissions of mailboxes that were disconnected, and forgets their tokens. */
async function giveBack({ admin, log }: CronContext): Promise<void> {
  if (!env().GOOGLE_CLIENT_ID) return;
  const rows = unwrap(await admin.rpc('list_revocations')) as unknown as {
    mailbox_id: string;
    workspace_id: string;
    refresh_token: string;
    is_shared: boolean;
  }[];
  for (const { mailbox_id, workspace_id, refresh_token, is_shared } of rows) {
    const token = openToken(refresh_token, { key: tokenKey(), boundTo: mailbox_id });
    try {
      if (token !== null && !is_shared) await revokeGmail(token);
      // connected again in the meantime: another token, which stays
      unwrap(await admin.from('mailbox_tokens').delete().match({ workspace_id, mailbox_id, refresh_token }));
    } catch (error) {
      log.warn({ err: error, mailboxId: mailbox_id }, 'a permission could not be given back yet');
    }
  }
}
