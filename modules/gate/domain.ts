/**
 * The one place that says whether a message may go or a number be dialled. It is asked after the thing was claimed and that
 * claim committed, on facts read after the commit, so that a reply, a STOP or an unsubscription in between is seen. Pure.
 */
import { decideMail, type MailFacts } from './email';
import { type CallFacts, decideCall, decideText, type TextFacts } from './phone';
import type { Reason, Verdict } from './reasons';

/** What is kept: `email_queue.decision`, `calls.decision`, `sms_messages.decision`. */
export type Decision = {
  verdict: Verdict;
  reason: Reason;
  /** For a hold: when to ask again, ISO 8601; left out where something else must happen first. */
  until?: string;
  /** The zone whose clock was read. */
  zone?: string;
  /** `zone_unknown`: that zone stands in for one that nobody knows. */
  note?: Extract<Reason, 'zone_unknown'>;
  /** What would have held it, had an administrator not said to go on. */
  overridden?: Reason;
  at: string;
};

/** All that a decision is made of, by channel; what has none is a mail. */
export type GateFacts = MailFacts | CallFacts | TextFacts;

/**
 * Whether it may go now: what forbids it for good is looked at first, then what forbids it for now.
 * @param facts read after the claim was committed
 * @param now the instant that hours, days, rests and caps are held against
 * @returns the verdict with its reason; for a hold the time to ask again. For a dial, a hold says "not now"
 */
export function decide(facts: GateFacts, now: Date): Decision {
  if (facts.channel === 'call') return decideCall(facts, now);
  if (facts.channel === 'text') return decideText(facts, now);
  return decideMail(facts, now);
}
