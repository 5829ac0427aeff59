import { randomUUID } from 'node:crypto';
import { unwrap } from '@/lib/errors';
import type { Log } from '@/lib/logger';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { capOfDay } from '@/modules/sending/domain';
import { renderStep } from './render';
import type { Fields, Snapshot } from './schema';

/** What the worker is handed: nothing of it belongs to a request. */
export type StagingDeps = {
  /** The service role. Every call names one campaign by its workspace, its id and its lease. */
  admin: Client;
  log: Log;
  /** Milliseconds until the work must be handed back. */
  timeLeftMs: () => number;
};

/** How long a silent worker keeps a campaign to itself; each chunk renews it. */
const leaseSeconds = 30;
/** After a failure, until it is tried again. */
const restSeconds = 60;
/** Mails a call: what the Data API takes in well under a second. */
const chunkSize = 1_000;
/** Smaller than any recipient's id. */
const beforeAll = '00000000-0000-0000-0000-000000000000';
/** Less than this and a chunk might not end in time. */
const spareMs = 20_000;

type Domain = { id: string; domain: string; daily_cap: number; warmup_started_on: string | null };
type Claim = {
  campaign: string;
  workspace: string;
  lease: string;
  launch: string;
  snapshot: Snapshot;
  /** How many were handled before. */
  done: number;
  /** Of the workspace's calendar. */
  today: string;
  domains: Domain[];
};
type Recipient = { id: string; thread_token: string; fields: Fields };

/**
 * Writes the first mails of launched campaigns, in chunks, until none waits or the time is up. Safe to kill at any point
 * and to run twice at once: a campaign is worked on by whoever holds its lease, and a recipient who has a mail is passed over.
 * @returns how many campaigns were worked on, mails handled, and campaigns that failed
 */
export async function stageCampaigns(
  deps: StagingDeps,
): Promise<{ campaigns: number; emails: number; failed: number }> {
  const counts = { campaigns: 0, emails: 0, failed: 0 };
  while (deps.timeLeftMs() > spareMs) {
    const claimed = unwrap(await deps.admin.rpc('claim_staging', { lease_seconds: leaseSeconds }));
    if (!claimed) break;
    const claim = claimed as unknown as Claim;
    counts.campaigns += 1;
    try {
      counts.emails += await stageCampaign(deps, claim);
    } catch (error) {
      counts.failed += 1;
      deps.log.error({ err: error, campaign: claim.campaign }, 'staging a campaign failed');
      const message = error instanceof Error ? error.message : String(error);
      await release(deps.admin, claim, message);
    }
  }
  return counts;
}

async function release(admin: Client, claim: Claim, message: string | null): Promise<void> {
  unwrap(
    await admin.rpc('release_staging', {
      workspace: claim.workspace,
      campaign: claim.campaign,
      lease: claim.lease,
      // null, for a claim that is given back in order: the generated types know no null
      error: message as string,
      wait_seconds: restSeconds,
    }),
  );
}

async function stageCampaign({ admin, timeLeftMs }: StagingDeps, claim: Claim): Promise<number> {
  if (claim.domains.length === 0) throw new Error('There is no domain to send from that is in use');
  const chooseDomain = rotation(claim.domains, claim.today);
  const read = (after: string) =>
    admin
      .rpc('read_staging', {
        workspace: claim.workspace,
        campaign: claim.campaign,
        page_size: chunkSize,
        after_id: after,
      })
      .then((answer) => unwrap(answer) as unknown as Recipient[]);
  let handled = 0;
  let chunk = await read(beforeAll);
  while (chunk.length > 0) {
    if (timeLeftMs() < spareMs) {
      await release(admin, claim, null);
      return handled;
    }
    // the next chunk is read while this one is written; whoever is in neither is found by the last, empty read
    const next = read(chunk.at(-1)?.id ?? beforeAll);
    const offset = claim.done + handled;
    const mails = firstMails(claim, chunk, (index) => chooseDomain(offset + index));
    const [written, following] = await Promise.all([
      admin
        .rpc('stage_emails', {
          workspace: claim.workspace,
          campaign: claim.campaign,
          lease: claim.lease,
          launch: claim.launch,
          mails: mails as unknown as Json,
          lease_seconds: leaseSeconds,
        })
        .then(unwrap),
      next,
    ]);
    // somebody cancelled it, or works on it with a lease of their own
    if (written === null) return handled;
    handled += written;
    chunk = following;
  }
  return handled;
}

/** 1/φ: its multiples fall into [0, 1) as evenly as numbers can, however many there are of them. */
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * Which domain the nth recipient's mails come from: each in proportion to what it may send today, and well mixed, so that
 * a few recipients already spread over all of them.
 */
export function rotation(domains: readonly Domain[], today: string): (n: number) => Domain {
  let total = 0;
  const ends = domains.map((domain) => {
    total += capOfDay(domain.daily_cap, domain.warmup_started_on, today);
    return total;
  });
  return (n) => {
    const place = ((n * golden) % 1) * total;
    const index = ends.findIndex((end) => place < end);
    return domains[index === -1 ? domains.length - 1 : index] as Domain;
  };
}

/** A half of the recipients each, the same one whoever asks: by the last bit of the id. */
const variantOf = (recipientId: string, subjects: number) =>
  subjects > 1 ? Number.parseInt(recipientId.slice(-1), 16) % 2 : 0;

/**
 * The first mails of a chunk. One that can't be made is its recipient's alone, and kept aside with why.
 * @throws {unknown} where none can be made: then it is the campaign that is broken
 */
function firstMails(claim: Claim, chunk: Recipient[], chooseDomain: (index: number) => Domain) {
  const failures: unknown[] = [];
  const mails = chunk.map((recipient, index) => {
    const domain = chooseDomain(index);
    try {
      return firstMail(claim, recipient, domain);
    } catch (error) {
      failures.push(error);
      const why = error instanceof Error ? error.message : String(error);
      return { ...envelope(claim, recipient, domain), subject: '', body_text: '', error: why };
    }
  });
  if (failures.length === chunk.length) throw failures[0];
  return mails;
}

/** All of a recipient's first mail but its text. */
function envelope({ snapshot }: Claim, recipient: Recipient, { id, domain }: Domain) {
  const { sender, steps } = snapshot;
  const variant = variantOf(recipient.id, Math.max(1, ...steps.map((step) => step.subjects.length)));
  return {
    recipient_id: recipient.id,
    id: randomUUID(),
    domain_id: id,
    variant,
    from_name: sender.name,
    from_address: `${sender.localPart}@${domain}`,
    reply_to: replyTo(sender, recipient.thread_token),
  };
}

/** The first mail of a recipient as `stage_emails` takes it. */
function firstMail(claim: Claim, recipient: Recipient, domain: Domain) {
  const { snapshot } = claim;
  const outside = envelope(claim, recipient, domain);
  const mail = renderStep(snapshot, snapshot.entryStepId, recipient.fields, { variant: outside.variant });
  return {
    ...outside,
    subject: mail.subject,
    body_text: mail.needsWriting ? null : mail.bodyText,
    body_html: mail.needsWriting ? null : mail.bodyHtml,
    missing: mail.missing.length > 0 ? mail.missing : null,
  };
}

/**
 * Where replies go: the sender's mailbox, with the thread's token behind a plus (RFC 5233), so that a reply is known even
 * where a mail program drops every header; else the sender's address for replies; else nowhere special.
 */
export function replyTo(sender: Snapshot['sender'], threadToken: string): string | null {
  if (!sender.mailboxAddress) return sender.replyTo;
  const at = sender.mailboxAddress.lastIndexOf('@');
  return `${sender.mailboxAddress.slice(0, at)}+${threadToken}${sender.mailboxAddress.slice(at)}`;
}
