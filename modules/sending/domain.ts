/** The numbers by which mail is sent: warm-up, retries, the breaker; and what an answer of the provider does to a mail. Pure. */
import type { SendResult } from '@/lib/providers/sparkpost';
import type { Decision } from '@/modules/gate/domain';

/**
 * What a new domain may send on each of its days, from the first on: ten, and three tenths more every day. A domain that
 * nobody has had mail from and that sends hundreds at once is taken for a spammer's; providers ask for a slow beginning.
 * The domain's own cap holds where it is lower; after the last day it alone.
 * @see https://support.sparkpost.com/docs/deliverability/ip-warm-up-overview
 */
export const warmupCaps: readonly number[] = Array.from({ length: 45 }, (_, day) =>
  Math.ceil(10 * 1.3 ** day),
);

/**
 * How many mails a domain may send on a day.
 * @param dailyCap its cap once it is warm
 * @param warmupStartedOn the first day of its warm-up, `YYYY-MM-DD`; null for a warm domain
 * @param day the day of the workspace's calendar, `YYYY-MM-DD`
 */
export function capOfDay(dailyCap: number, warmupStartedOn: string | null, day: string): number {
  if (warmupStartedOn === null) return dailyCap;
  const days = Math.round((Date.parse(day) - Date.parse(warmupStartedOn)) / 86_400_000);
  return Math.min(dailyCap, warmupCaps[Math.max(days, 0)] ?? dailyCap);
}

/** The breaker of a domain opens with the tenth error in a row, and lets one mail try again after five minutes. */
export const breakerPolicy = { threshold: 10, rest_seconds: 300 };

/** How long a mail waits after each error of the provider before it is tried again, in seconds; after the last it has failed. */
const retryDelays = [60, 300, 1800, 7200];
/** A 429 that names no time. */
const defaultWaitSeconds = 60;

/** What becomes of a claimed mail: an element of `finish_emails`'s results. */
export type Finish = {
  id: string;
  outcome: 'sent' | 'failed' | 'unknown' | 'requeue' | 'drop';
  decision: Decision;
  provider_message_id?: string;
  error?: string;
  /** When it is due again, ISO 8601. */
  run_at?: string;
  /** 1 where it counts as an attempt. */
  attempt?: number;
  /** All that wait like it wait until `run_at` too: those of its campaign, or those of it in the same zone. */
  spread?: 'campaign' | 'zone';
};

const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();

/**
 * What an answer of the provider does to a mail.
 * @param attempts how many attempts failed before this one
 * @param sent the gate's decision, by which it was sent
 * @param now when the answer came
 */
export function finishOf(
  id: string,
  result: SendResult,
  attempts: number,
  sent: Decision,
  now: Date,
): Finish {
  const waiting = (reason: Decision['reason'], until: string): Decision => ({
    verdict: 'hold',
    reason,
    until,
    at: now.toISOString(),
  });
  switch (result.kind) {
    case 'accepted':
      return {
        id,
        outcome: 'sent',
        decision: sent,
        provider_message_id: result.providerMessageId,
        attempt: 1,
      };
    case 'recipient_refused':
      return { id, outcome: 'failed', decision: sent, error: result.message, attempt: 1 };
    case 'unknown':
      return { id, outcome: 'unknown', decision: sent, error: result.message, attempt: 1 };
    case 'retry_later': {
      const until = later(now, result.retryAfterSeconds ?? defaultWaitSeconds);
      return {
        id,
        outcome: 'requeue',
        decision: waiting('rate_limited', until),
        error: result.message,
        run_at: until,
      };
    }
    case 'not_authorized':
      // no fault of the mail's: it waits with its domain
      return {
        id,
        outcome: 'requeue',
        decision: waiting('breaker_open', later(now, breakerPolicy.rest_seconds)),
        error: result.message,
      };
    case 'provider_error': {
      const delay = retryDelays[attempts];
      if (delay === undefined) {
        return { id, outcome: 'failed', decision: sent, error: result.message, attempt: 1 };
      }
      const until = later(now, delay);
      const decision = waiting('provider_error', until);
      return { id, outcome: 'requeue', decision, error: result.message, run_at: until, attempt: 1 };
    }
  }
}

/** What a batch tells of one domain: what `finish_emails` moves its breaker and its pace by. */
export type DomainTally = {
  /** Errors of the provider before any success. */
  errors: number;
  succeeded: boolean;
  /** Errors after the last success. */
  errors_after: number;
  /** The key, or the domain, was refused: nothing else will go either. */
  trip: boolean;
  /** Until when the provider asked to wait, ISO 8601. */
  wait_until: string | null;
  error: string | null;
};

/**
 * Sums up the answers for one domain. A recipient's own fault says nothing of the domain, neither good nor bad; nor does
 * a request to wait. A mail whose fate is unknown counts as an error: nobody answered.
 * @param results in the order in which they came
 * @param now when the last one came
 */
export function tally(results: SendResult[], now: Date): DomainTally {
  const sum: DomainTally = {
    errors: 0,
    succeeded: false,
    errors_after: 0,
    trip: false,
    wait_until: null,
    error: null,
  };
  for (const result of results) {
    if (result.kind === 'accepted') {
      sum.succeeded = true;
      sum.errors_after = 0;
    } else if (result.kind === 'retry_later') {
      const until = later(now, result.retryAfterSeconds ?? defaultWaitSeconds);
      if (sum.wait_until === null || until > sum.wait_until) sum.wait_until = until;
    } else if (result.kind !== 'recipient_refused') {
      sum[sum.succeeded ? 'errors_after' : 'errors'] += 1;
      sum.trip ||= result.kind === 'not_authorized';
      sum.error = result.message;
    }
  }
  return sum;
}
