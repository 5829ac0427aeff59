import type { StatusGlyph, StatusTone } from '@/components/status-badge';
import {
  campaignStatusWords,
  type ExitReason,
  exitReasonWords,
  queueStatusWords,
  recipientStatusWords,
} from '../domain';

/** A state in words, with the shape that tells it apart without colour. */
export type Look = { label: string; glyph: StatusGlyph; tone: StatusTone };

function withWords<State extends string>(
  words: Readonly<Record<State, string>>,
  shapes: Readonly<Record<State, readonly [StatusGlyph, StatusTone]>>,
): Readonly<Record<string, Look>> {
  const states = Object.keys(words) as State[];
  return Object.fromEntries(
    states.map((state) => [state, { label: words[state], glyph: shapes[state][0], tone: shapes[state][1] }]),
  );
}

/** What a campaign is at. */
export const campaignLooks = withWords(campaignStatusWords, {
  draft: ['empty', 'neutral'],
  staged: ['half', 'warning'],
  scheduled: ['half', 'info'],
  sending: ['full', 'positive'],
  completed: ['check', 'positive'],
  paused: ['half', 'neutral'],
  cancelled: ['ban', 'neutral'],
});

/** How far a recipient is. */
const recipientLooks = withWords(recipientStatusWords, {
  selected: ['empty', 'neutral'],
  staged: ['half', 'warning'],
  active: ['full', 'info'],
  done: ['check', 'positive'],
});

/** Where one mail stands in the queue. */
export const mailLooks = withWords(queueStatusWords, {
  staged: ['half', 'warning'],
  queued: ['empty', 'neutral'],
  sending: ['half', 'info'],
  sent: ['check', 'positive'],
  failed: ['cross', 'danger'],
  unknown: ['half', 'warning'],
  cancelled: ['ban', 'neutral'],
});

/**
 * A state by a name that the server sent: one that this page doesn't know yet is shown as it is.
 * @param looks one of the tables above
 */
export function lookOf(looks: Readonly<Record<string, Look>>, state: string): Look {
  return looks[state] ?? { label: state, glyph: 'empty', tone: 'neutral' };
}

/** Where a recipient is, or how it ended for them. */
export function recipientLook(status: string, exitReason: string | null): Look {
  if (!exitReason) return lookOf(recipientLooks, status);
  const label = exitReasonWords[exitReason as ExitReason] ?? exitReason;
  const isWell = exitReason === 'completed' || exitReason === 'replied' || exitReason === 'answered';
  return isWell ? { label, glyph: 'check', tone: 'positive' } : { label, glyph: 'ban', tone: 'neutral' };
}
