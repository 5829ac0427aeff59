import 'server-only';
import { env } from '@/lib/env';
import { unwrap } from '@/lib/errors';
import type { Log } from '@/lib/logger';
import { sendText, type TwilioResult, twilioProblem } from '@/lib/providers/twilio';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import type { Decision } from '@/modules/gate/domain';
import { reasonSentence } from '@/modules/gate/reasons';
import { breakerPolicy, type Finish, finishOf, tally } from '@/modules/sending/domain';
import { decideText, type TextFactsRow } from './facts';
import { segmentsOf } from './segments';
import { writeBatches } from './writing';

/** Longer than the provider may take to answer, so that a lease runs out only where its holder is gone. */
const leaseSeconds = 60;
/** Less than this and what was begun might not end in time, in milliseconds. */
const spareMs = 30_000;
/** What is due is held by other drains: they have it for a few milliseconds, or for as long as the provider takes. */
const busyWaitMs = 25;
/** What is held for longer is left to the next run: whoever holds it may be gone. */
const longestBusyMs = 20_000;
/** A number that has its turn within this is waited for: the next run of the cron comes a minute later. */
const turnWaitMs = 5_000;
/** A held text that nothing names a time for is asked about again after this long. */
const askAgainMs = 600_000;
const finishTries = 5;
/** Twilio's: the number has written STOP, to Twilio itself. */
const optedOutCode = '21610';

/** What a drain works with; the cron wrapper hands it in. */
export type DrainContext = { admin: Client; log: Log; timeLeftMs: () => number };

export type DrainOptions = {
  /** One workspace's texts alone. */
  workspaceId?: string;
  /** A clock other than the database's, for whoever must move it. */
  clock?: () => Date;
  /** How many of our numbers send at once. */
  batch?: number;
  /** How many texts of a number that has no pace are under way at once. */
  burst?: number;
};

type Claimed = { id: string; number_id: string; slot: string; previous_slot: string };
type Claim = { lease: string; texts: Claimed[]; busy: boolean; next_in_ms: number | null };

/** A row of `text_facts`. */
type Row = TextFactsRow & {
  id: string;
  purpose: 'direct' | 'bulk' | 'auto';
  body: string;
  attempts: number;
  to: string;
  from: string;
};

/** An element of `finish_texts`'s results. */
type TextFinish = Omit<Finish, 'provider_message_id' | 'spread'> & {
  provider_sid?: string;
  segments?: number;
  error_code?: string;
};

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** In the words that mails are finished by. */
function asSendResult(result: TwilioResult) {
  if (result.kind === 'accepted') return { kind: result.kind, providerMessageId: result.sid };
  if (result.kind === 'recipient_refused') return { kind: result.kind, message: result.message };
  return result;
}

class Drain {
  readonly counts = {
    sent: 0,
    held: 0,
    dropped: 0,
    failed: 0,
    unknown: 0,
    retried: 0,
    swept: 0,
    written: 0,
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

  /** What must be right before texts are claimed. @returns whether any can be sent at all */
  async prepare(): Promise<boolean> {
    const { admin, log } = this.ctx;
    this.counts.swept = unwrap(await admin.rpc('sweep_texts', this.scope));
    const problem = twilioProblem();
    unwrap(await admin.rpc('note_waiting_texts', { provider_is_set: problem === null, ...this.scope }));
    if (problem) log.warn({ problem }, 'no text can be sent');
    return problem === null;
  }

  /** Writes some texts of batches. @returns whether there are more */
  async write(): Promise<boolean> {
    const written = await writeBatches(this.ctx, this.options.workspaceId);
    this.counts.written += written;
    return written > 0;
  }

  async claim(): Promise<Claim> {
    const { batch = 20, burst = 10 } = this.options;
    const args = { lease_seconds: leaseSeconds, batch, burst, ...this.scope };
    return unwrap(await this.ctx.admin.rpc('claim_texts', args)) as unknown as Claim;
  }

  /** Works a claim, which is committed by now: asks the gate, sends, and writes down what became of each text. */
  async work({ lease, texts }: Claim): Promise<void> {
    const numberOf = new Map(texts.map((text) => [text.id, text.number_id]));
    const answers: { numberId: string; result: TwilioResult }[] = [];
    const optedOut: string[] = [];
    const rows = await this.facts(lease, texts);
    const finishes = await Promise.all(
      rows.map(async (row): Promise<TextFinish> => {
        const judged = this.judge(row);
        if (judged.finish) return judged.finish;
        const result = await sendText({
          to: row.to,
          from: row.from,
          body: row.body,
          statusCallback: `${env().APP_URL.replace(/\/$/, '')}/api/webhooks/twilio/sms-status?id=${row.id}`,
        });
        answers.push({ numberId: numberOf.get(row.id) ?? '', result });
        const code = result.kind === 'recipient_refused' ? result.code : null;
        if (code === optedOutCode) optedOut.push(row.id);
        const { provider_message_id, spread, ...finish } = finishOf(
          row.id,
          asSendResult(result),
          row.attempts,
          judged.decision,
          this.now(),
        );
        return {
          ...finish,
          segments: judged.segments,
          ...(provider_message_id && { provider_sid: provider_message_id }),
          ...(code && { error_code: code }),
        };
      }),
    );
    await this.finish(lease, finishes, this.tallies(texts, answers), optedOut);
    for (const { outcome, decision } of finishes) this.count(outcome, decision);
  }

  /** What the gate decides on. Where it can't be read nothing was sent, and the texts go back. */
  private async facts(lease: string, texts: Claimed[]): Promise<Row[]> {
    const ids = texts.map((text) => text.id);
    const facts = await this.ctx.admin.rpc('text_facts', { texts: ids, lease, ...this.at });
    if (facts.error) {
      const decision: Decision = { verdict: 'hold', reason: 'provider_error', at: this.now().toISOString() };
      const back = ids.map((id): TextFinish => ({ id, outcome: 'requeue', decision }));
      await this.finish(lease, back, this.tallies(texts, []), []);
    }
    return unwrap(facts) as unknown as Row[];
  }

  /** Asks the gate about one text. One that can't be judged stays aside with what is wrong: others of the claim are on their way. */
  private judge(row: Row): { finish: TextFinish } | { finish: null; decision: Decision; segments: number } {
    const now = this.now();
    try {
      const { segments } = segmentsOf(row.body);
      const decision = decideText(row, { purpose: row.purpose, segments, isProviderSet: true }, now);
      if (decision.verdict === 'send') return { finish: null, decision, segments };
      if (decision.verdict === 'drop') return { finish: { id: row.id, outcome: 'drop', decision, segments } };
      const run_at = decision.until ?? new Date(now.getTime() + askAgainMs).toISOString();
      // what a paused batch holds comes back with the batch
      const waits = decision.reason !== 'batch_paused' && { run_at };
      return { finish: { id: row.id, outcome: 'requeue', decision, segments, ...waits } };
    } catch (error) {
      this.ctx.log.error({ err: error, text: row.id }, 'a text could not be judged');
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

  /** What the claim says of each of our numbers. One that nothing went out by gets its turn back. */
  private tallies(texts: Claimed[], answers: { numberId: string; result: TwilioResult }[]): object[] {
    const slots = new Map(texts.map((text) => [text.number_id, text]));
    return [...slots].map(([id, { slot, previous_slot }]) => {
      const results = answers
        .filter((answer) => answer.numberId === id)
        .map(({ result }) => asSendResult(result));
      const turn = results.length === 0 ? { slot, previous_slot } : {};
      return { id, ...tally(results, this.now()), ...turn };
    });
  }

  /** Tried again where the database is away or lets another one go first: who holds the lease may finish as often as it likes. */
  private async finish(
    lease: string,
    results: TextFinish[],
    numbers: object[],
    optedOut: string[],
  ): Promise<void> {
    const args = {
      lease,
      results: results as unknown as Json,
      numbers: numbers as unknown as Json,
      breaker: breakerPolicy,
      opted_out: optedOut,
      ...this.at,
    };
    for (let tries = 1; ; tries += 1) {
      const answer = await this.ctx.admin.rpc('finish_texts', args);
      if (!answer.error) {
        const lost = results.length - answer.data;
        if (lost > 0) this.ctx.log.warn({ lease, lost }, 'leases ran out before their texts were finished');
        return;
      }
      this.ctx.log.warn({ lease, err: answer.error, tries }, 'texts could not be finished');
      if (tries === finishTries) throw new Error(`Texts could not be finished: ${answer.error.message}`);
      await pause(100 * 2 ** tries);
    }
  }

  /** Whether one of our numbers has its turn soon. A clock that somebody moves doesn't go on while it is waited for. */
  isSoon({ next_in_ms: ms }: Claim): boolean {
    return ms !== null && ms <= turnWaitMs && !this.options.clock;
  }

  async complete(): Promise<void> {
    this.counts.completed = unwrap(await this.ctx.admin.rpc('complete_text_batches'));
  }
}

/**
 * Sends the texts that are due, each of our numbers by its own pace, until nothing is due soon or the time is nearly up; and
 * writes the texts of batches beside. Any number of drains may run at once, and be killed at any point: a text is claimed by
 * one of them, the claim is committed before the provider is asked, and a text whose drain went away becomes `unknown` and is
 * not sent again by itself.
 * @returns how many were sent, held, dropped, refused, left unknown or put off
 */
export async function drainTexts(
  ctx: DrainContext,
  options: DrainOptions = {},
): Promise<Record<string, number>> {
  const drain = new Drain(ctx, options);
  const canSend = await drain.prepare();
  let hasUnwritten = true;
  let waitedMs = 0;
  while (ctx.timeLeftMs() > spareMs) {
    const claim = canSend ? await drain.claim() : null;
    if (claim && claim.texts.length > 0) {
      await drain.work(claim);
      waitedMs = 0;
    }
    // between two claims a number rests anyway
    if (hasUnwritten) hasUnwritten = await drain.write();
    else if (!claim) break;
    else if (claim.texts.length > 0) continue;
    else if (claim.busy && waitedMs < longestBusyMs) {
      const ms = Math.max(busyWaitMs, waitedMs / 4);
      await pause(ms);
      waitedMs += ms;
    } else if (drain.isSoon(claim)) await pause(claim.next_in_ms ?? 0);
    else break;
  }
  await drain.complete();
  return drain.counts;
}
