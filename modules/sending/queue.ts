import 'server-only';
import { env } from '@/lib/env';
import { unwrap } from '@/lib/errors';
import type { Log } from '@/lib/logger';
import {
  type MailToSend,
  type SendResult,
  sendTransmission,
  sparkpostProblem,
} from '@/lib/providers/sparkpost';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { type Decision, decide } from '@/modules/gate/domain';
import type { MailFacts } from '@/modules/gate/email';
import { reasonSentence } from '@/modules/gate/reasons';
import { composeMail } from './compose';
import { breakerPolicy, type DomainTally, type Finish, finishOf, tally, warmupCaps } from './domain';

/** Longer than the provider may take to answer, so that a lease runs out only where its holder is gone. */
const leaseSeconds = 120;
/** Less than this and a batch that was begun might not end in time, in milliseconds. */
const spareMs = 45_000;
/** What is due is held by other drains: they have it for a few milliseconds. */
const busyWaitMs = 25;
/** A held mail that nothing names a time for is asked about again after this long. */
const askAgainMs = 600_000;
const finishTries = 5;

/** What a drain works with; the cron wrapper hands it in. */
export type DrainContext = { admin: Client; log: Log; timeLeftMs: () => number };

export type DrainOptions = {
  /** One workspace's mails alone. */
  workspaceId?: string;
  /** A clock other than the database's, for whoever must move it. */
  clock?: () => Date;
  /** How many mails are under way at once. */
  batch?: number;
  /** How many of one batch may be of one domain that has no pace. */
  burst?: number;
};

type Claimed = { id: string; domain_id: string; slot: string; previous_slot: string };
type Claim = { lease: string; mails: Claimed[]; busy: boolean };

/** A row of `email_facts`. */
type Row = {
  id: string;
  workspace_id: string;
  purpose: MailFacts['purpose'];
  to_address: string;
  from_name: string;
  from_address: string;
  reply_to: string | null;
  subject: string;
  body_text: string | null;
  body_html: string | null;
  message_id: string | null;
  in_reply_to: string | null;
  thread_token: string | null;
  unsubscribe_token: string;
  attempts: number;
  time_zone: string | null;
  workspace_zone: string;
  postal_address: string;
  address: MailFacts['address'];
  person: { is_deleted: boolean; is_do_not_contact: boolean; organization_is_do_not_contact: boolean } | null;
  recipient: { exit_reason: string | null; has_replied: boolean } | null;
  campaign: {
    status: string;
    starts_at: string | null;
    exits_on_reply: boolean;
    start: string;
    end: string;
    days: number[];
    skip_holidays: boolean;
    zone_of: 'campaign' | 'recipient';
    time_zone: string;
  } | null;
  domain: MailFacts['domain'];
};

function factsOf(row: Row): MailFacts {
  const { person, recipient, campaign } = row;
  return {
    purpose: row.purpose,
    address: row.address,
    person: person && {
      isDeleted: person.is_deleted,
      isDoNotContact: person.is_do_not_contact,
      organizationIsDoNotContact: person.organization_is_do_not_contact,
    },
    recipient: recipient && { exitReason: recipient.exit_reason, hasReplied: recipient.has_replied },
    campaign: campaign && {
      status: campaign.status,
      startsAt: campaign.starts_at,
      exitsOnReply: campaign.exits_on_reply,
      window: {
        start: campaign.start,
        end: campaign.end,
        days: campaign.days,
        skipHolidays: campaign.skip_holidays,
      },
      zoneOf: campaign.zone_of,
      timeZone: campaign.time_zone,
    },
    recipientZone: row.time_zone,
    workspaceZone: row.workspace_zone,
    domain: row.domain,
    hasBody: row.body_text !== null,
    isProviderSet: true,
  };
}

function mailOf(row: Row): MailToSend {
  return composeMail(
    {
      id: row.id,
      workspaceId: row.workspace_id,
      to: row.to_address,
      fromName: row.from_name,
      fromAddress: row.from_address,
      replyTo: row.reply_to,
      subject: row.subject,
      bodyText: row.body_text ?? '',
      bodyHtml: row.body_html,
      messageId: row.message_id,
      inReplyTo: row.in_reply_to,
      threadToken: row.thread_token,
      unsubscribeToken: row.unsubscribe_token,
    },
    { appUrl: env().APP_URL, postalAddress: row.postal_address },
  );
}

/** A mail that doesn't go now: dropped, or back in the queue until the gate's time. */
function heldBack(row: Row, decision: Decision, now: Date): Finish {
  if (decision.verdict === 'drop') return { id: row.id, outcome: 'drop', decision };
  const isClosed = ['outside_hours', 'not_a_sending_day', 'holiday'].includes(decision.reason);
  const spread = decision.reason === 'not_started' ? 'campaign' : undefined;
  const ofZone = row.campaign?.zone_of === 'recipient' ? 'zone' : 'campaign';
  return {
    id: row.id,
    outcome: 'requeue',
    decision,
    // what a paused campaign holds comes back with the campaign
    ...(decision.reason !== 'campaign_paused' && {
      run_at: decision.until ?? new Date(now.getTime() + askAgainMs).toISOString(),
    }),
    ...(decision.until && (isClosed ? { spread: ofZone } : spread && { spread })),
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One answer of the provider, and whose domain it is about. */
type Answered = { domainId: string; result: SendResult };

class Drain {
  readonly counts = {
    sent: 0,
    held: 0,
    dropped: 0,
    failed: 0,
    unknown: 0,
    retried: 0,
    swept: 0,
    moved: 0,
    completed: 0,
  };
  private readonly ctx: DrainContext;
  private readonly options: DrainOptions;

  constructor(ctx: DrainContext, options: DrainOptions) {
    this.ctx = ctx;
    this.options = options;
  }

  now(): Date {
    return this.options.clock?.() ?? new Date();
  }

  /** The database's own clock, unless somebody moves it. */
  private get at() {
    return this.options.clock ? { at: this.options.clock().toISOString() } : {};
  }

  private get scope() {
    const { workspaceId } = this.options;
    return { ...this.at, ...(workspaceId && { only_workspace: workspaceId }) };
  }

  /** What must be right before mails are claimed. @returns whether any can be sent at all */
  async prepare(): Promise<boolean> {
    const { admin } = this.ctx;
    this.counts.swept = unwrap(await admin.rpc('sweep_emails', this.scope));
    const problem = sparkpostProblem();
    let moved = 0;
    do {
      moved = unwrap(await admin.rpc('move_stranded_emails'));
      this.counts.moved += moved;
    } while (moved > 0 && this.ctx.timeLeftMs() > spareMs);
    unwrap(await admin.rpc('note_waiting_emails', { provider_is_set: problem === null, ...this.scope }));
    if (problem) this.ctx.log.warn({ problem }, 'nothing can be sent');
    return problem === null;
  }

  async claim(): Promise<Claim> {
    const { batch = 50, burst = 8 } = this.options;
    const args = { lease_seconds: leaseSeconds, warmup: [...warmupCaps], batch, burst, ...this.scope };
    return unwrap(await this.ctx.admin.rpc('claim_emails', args)) as unknown as Claim;
  }

  /** Works a claim, which is committed by now: asks the gate, sends, and writes down what became of each mail. */
  async work({ lease, mails }: Claim): Promise<void> {
    const answers: Answered[] = [];
    const domainOf = new Map(mails.map((mail) => [mail.id, mail.domain_id]));
    const rows = await this.facts(lease, mails);
    const finishes = await Promise.all(
      rows.map(async (row) => {
        const judged = this.judge(row);
        if (judged.finish) return judged.finish;
        const result = await sendTransmission(judged.mail);
        answers.push({ domainId: domainOf.get(row.id) ?? '', result });
        return finishOf(row.id, result, row.attempts, judged.decision, this.now());
      }),
    );
    await this.finish(lease, finishes, this.tallies(mails, answers));
    for (const { outcome, decision } of finishes) this.count(outcome, decision);
  }

  /** What the gate decides on. Where it can't be read nothing was sent, and the mails go back. */
  private async facts(lease: string, mails: Claimed[]): Promise<Row[]> {
    const ids = mails.map((mail) => mail.id);
    const facts = await this.ctx.admin.rpc('email_facts', { mails: ids, lease });
    if (facts.error) {
      const decision: Decision = { verdict: 'hold', reason: 'provider_error', at: this.now().toISOString() };
      const back = ids.map((id): Finish => ({ id, outcome: 'requeue', decision }));
      await this.finish(lease, back, this.tallies(mails, []));
    }
    return unwrap(facts) as unknown as Row[];
  }

  /**
   * Asks the gate about one mail and makes it ready. One that can't be made stays aside with what is wrong with it: others of
   * the batch are on their way by then, and must not come to be thought unsent.
   */
  private judge(row: Row): { finish: Finish } | { finish: null; decision: Decision; mail: MailToSend } {
    const now = this.now();
    try {
      const decision = decide(factsOf(row), now);
      if (decision.verdict !== 'send') return { finish: heldBack(row, decision, now) };
      return { finish: null, decision, mail: mailOf(row) };
    } catch (error) {
      this.ctx.log.error({ err: error, mail: row.id }, 'a mail could not be made ready');
      const decision: Decision = { verdict: 'drop', reason: 'broken', at: now.toISOString() };
      return {
        finish: { id: row.id, outcome: 'failed', decision, error: `${reasonSentence('broken')} ${error}` },
      };
    }
  }

  private count(outcome: Finish['outcome'], { reason }: Decision): void {
    if (outcome === 'drop') this.counts.dropped += 1;
    else if (outcome !== 'requeue') this.counts[outcome] += 1;
    else if (['rate_limited', 'provider_error', 'breaker_open'].includes(reason)) this.counts.retried += 1;
    else this.counts.held += 1;
  }

  /** What the batch says of each of its domains. One that nothing went out by gets its turn back. */
  private tallies(mails: Claimed[], answers: Answered[]) {
    const slots = new Map(mails.map((mail) => [mail.domain_id, mail]));
    return [...slots].map(([id, { slot, previous_slot }]): DomainTally & Record<string, unknown> => {
      const results = answers.filter((answer) => answer.domainId === id).map((answer) => answer.result);
      const turn = results.length === 0 ? { slot, previous_slot } : {};
      return { id, ...tally(results, this.now()), ...turn };
    });
  }

  /** Tried again where the database is away or lets another one go first: who holds the lease may finish as often as it likes. */
  private async finish(lease: string, results: Finish[], domains: object[]): Promise<void> {
    const args = {
      lease,
      results: results as unknown as Json,
      domains: domains as unknown as Json,
      breaker: breakerPolicy,
      ...this.at,
    };
    for (let tries = 1; ; tries += 1) {
      const answer = await this.ctx.admin.rpc('finish_emails', args);
      if (!answer.error) {
        const lost = results.length - answer.data;
        if (lost > 0) this.ctx.log.warn({ lease, lost }, 'leases ran out before their mails were finished');
        return;
      }
      this.ctx.log.warn({ lease, err: answer.error, tries }, 'a batch could not be finished');
      if (tries === finishTries) throw new Error(`A batch could not be finished: ${answer.error.message}`);
      await pause(100 * 2 ** tries);
    }
  }

  async complete(): Promise<void> {
    this.counts.completed = unwrap(await this.ctx.admin.rpc('complete_campaigns'));
  }
}

/**
 * Sends what is due, batch after batch, until nothing is due any more or the time is nearly up. Any number of drains may
 * run at once, and be killed at any point: a mail is claimed by one of them, the claim is committed before the provider
 * is asked, and a mail whose drain went away becomes `unknown` and is not sent again by itself.
 * @returns how many were sent, held, dropped, refused, left unknown or put off
 */
export async function drainQueue(
  ctx: DrainContext,
  options: DrainOptions = {},
): Promise<Record<string, number>> {
  const drain = new Drain(ctx, options);
  if (await drain.prepare()) {
    while (ctx.timeLeftMs() > spareMs) {
      const claim = await drain.claim();
      if (claim.mails.length > 0) await drain.work(claim);
      else if (claim.busy) await pause(busyWaitMs);
      else break;
    }
  }
  await drain.complete();
  return drain.counts;
}
