/** The words and rules of the calling desk that screens and server share. Pure, browser-safe, without zod. */
import { formatCount, formatRelative } from '@/lib/format';

/** What a call came to, in the order of the keys 1 to 9. */
export const outcomes = [
  'answered',
  'no_answer',
  'left_vm',
  'follow_up',
  'pending_signup',
  'closed',
  'rejected',
  'invalid_number',
  'do_not_call',
] as const;
export type CallOutcome = (typeof outcomes)[number];

/** An outcome as screens show it. */
export type OutcomeDefinition = {
  word: string;
  /** What it does to the number and to whom it leads, in one sentence. */
  effect: string;
  /** The field that it can't do without. */
  needs?: 'next_step_at';
  /** Whether somebody was spoken to: only then it says who. */
  reaches: boolean;
  /** Whether the number is off everybody's list until somebody brings it back. */
  ends: boolean;
};

/** What each outcome is called, needs and does. */
export const outcomeDefinitions: Readonly<Record<CallOutcome, OutcomeDefinition>> = {
  answered: {
    word: 'Answered',
    effect: 'The number, the person and their properties rest.',
    reaches: true,
    ends: false,
  },
  no_answer: { word: 'No answer', effect: 'The number rests, then comes back.', reaches: false, ends: false },
  left_vm: {
    word: 'Left voicemail',
    effect: 'The number, everybody behind it and their properties rest.',
    reaches: false,
    ends: false,
  },
  follow_up: {
    word: 'Follow up',
    effect: 'The number comes first on the list at the time promised.',
    needs: 'next_step_at',
    reaches: true,
    ends: false,
  },
  pending_signup: {
    word: 'Pending sign-up',
    effect: 'The number, the person and their properties rest.',
    reaches: true,
    ends: false,
  },
  closed: {
    word: 'Closed',
    effect: 'Off the list until somebody brings it back.',
    reaches: true,
    ends: true,
  },
  rejected: {
    word: 'Rejected',
    effect: 'Off the list until somebody brings it back.',
    reaches: true,
    ends: true,
  },
  invalid_number: {
    word: 'Invalid number',
    effect: 'The number is marked for all who share it and leaves the list.',
    reaches: false,
    ends: true,
  },
  do_not_call: {
    word: 'Do not call',
    effect: 'No call and no text to this number any more; what is queued is cancelled.',
    reaches: true,
    ends: true,
  },
};

/** An outcome's words; an unknown one, from a newer version, as it is. */
export const outcomeWord = (outcome: string): string =>
  Object.hasOwn(outcomeDefinitions, outcome) ? outcomeDefinitions[outcome as CallOutcome].word : outcome;

/** Whom the caller spoke to. */
export const reachedWords = {
  confirmed: 'The person themselves',
  somebody_else: 'Somebody else',
  wrong_person: 'Wrong person',
} as const;
export type Reached = keyof typeof reachedWords;

/** Why a number, a person or a property is held, as it stands in `call_holds.reason`. */
export const holdWords = {
  called: 'Called a short while ago',
  person_called: 'The person was called a short while ago',
  property_called: 'Somebody of the property was called a short while ago',
  owner_confirmed: 'The owner was confirmed on another number',
  closed: 'Closed',
  rejected: 'Rejected',
  wrong_person: 'Not the person’s number',
  by_hand: 'Set aside by hand',
} as const;
export type HoldReason = keyof typeof holdWords;

/** Who has a number at the moment. `expires_at`: ISO 8601. */
export type Claim = { user_id: string; name: string; expires_at: string };

/** How often an open page renews its claim, which stands for two minutes; milliseconds. */
export const renewMs = 30_000;

/** What the order of the list is made of. */
export type WhyNext = {
  rule: 1 | 2 | 3;
  last_outcome: string | null;
  last_called_at: string | null;
  follow_up_at: string | null;
  property_count: number;
};

/** "2:00 pm" today, "Nov 20, 2:00 pm" on another day of the zone. */
function promisedWords(at: string, now: Date, zone: string): string {
  const when = new Date(at);
  const day = (instant: Date) => instant.toLocaleDateString('en-US', { timeZone: zone });
  const time = when
    .toLocaleTimeString('en-US', { timeZone: zone, hour: 'numeric', minute: '2-digit' })
    .replace(/[\s\u202f]?([AP]M)$/, (_, half: string) => ` ${half.toLowerCase()}`);
  if (day(when) === day(now)) return time;
  return `${when.toLocaleDateString('en-US', { timeZone: zone, month: 'short', day: 'numeric' })}, ${time}`;
}

/**
 * Why a number is next, in the words of the list's three rules: promised calls that are due, oldest first; never called, most
 * properties first; called before without an end, longest ago first.
 * @param zone the reader's, an IANA name
 * @returns such as "Promised for 2:00 pm", "Never called, behind 7 properties", "No answer 3 days ago"
 */
export function whyNext(row: WhyNext, now: Date, zone: string): string {
  if (row.rule === 1 && row.follow_up_at) return `Promised for ${promisedWords(row.follow_up_at, now, zone)}`;
  if (row.last_called_at) {
    const ago = formatRelative(row.last_called_at, zone, now);
    return `${row.last_outcome ? outcomeWord(row.last_outcome) : 'Called'} ${ago}`;
  }
  return row.property_count > 0
    ? `Never called, behind ${formatCount(row.property_count, 'property', 'properties')}`
    : 'Never called';
}
