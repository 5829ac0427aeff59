import type { StatusGlyph, StatusTone } from '@/components/status-badge';
import { formatDateTime, formatDay } from '@/lib/format';
import { reasonSentence } from '@/modules/gate/reasons';
import type { TextMessage } from '../answers';

/** A state in words, with the shape that tells it apart without colour. */
export type TextLook = { label: string; glyph: StatusGlyph; tone: StatusTone };

type Told = Pick<
  TextMessage,
  | 'direction'
  | 'status'
  | 'run_at'
  | 'is_paused'
  | 'decision'
  | 'delivery'
  | 'error_code'
  | 'last_error'
  | 'purpose'
>;

/** What the provider's codes mean. Source: twilio.com/docs/api/errors */
const codes: Readonly<Record<string, string>> = {
  21211: 'The number can’t be texted.',
  21408: 'The account may not send to that country.',
  21610: 'The number has opted out of texts.',
  21612: 'It can’t be reached from our number.',
  21614: 'The number takes no texts.',
  30001: 'The provider’s queue is full.',
  30002: 'The provider has suspended the account.',
  30003: 'The phone can’t be reached: it may be off or out of range.',
  30004: 'The number blocks our texts.',
  30005: 'The number is not in service.',
  30006: 'The number is a landline or can’t be reached by its carrier.',
  30007: 'The carrier has held it to be spam.',
  30008: 'The carrier doesn’t say why.',
  30034: 'Our number isn’t registered with the carriers (A2P 10DLC).',
};

/** "8:00 AM MST" today, else with the day: "Tomorrow, 8:00 AM MST"; in the zone whose clock counts. */
export function whenWords(at: string, timeZone: string): string {
  const [, time = ''] = /(\d+:\d\d.*)$/.exec(formatDateTime(at, timeZone)) ?? [];
  const day = formatDay(at, timeZone);
  return day === 'Today' ? time : `${day}, ${time}`;
}

const wentWrong = ({ delivery }: Told) =>
  delivery === 'undelivered' || delivery === 'failed' || delivery === 'canceled';

/** Where a text stands, in a word or two. */
export function textLook(text: Told): TextLook {
  if (text.direction === 'in') return { label: 'Received', glyph: 'full', tone: 'info' };
  switch (text.status) {
    case 'queued':
      return isHeld(text)
        ? { label: 'Held', glyph: 'half', tone: 'warning' }
        : { label: 'Queued', glyph: 'empty', tone: 'neutral' };
    case 'sending':
      return { label: 'Being sent', glyph: 'half', tone: 'info' };
    case 'failed':
      return { label: 'Not sent', glyph: 'cross', tone: 'danger' };
    case 'unknown':
      return { label: 'Not known whether it went', glyph: 'half', tone: 'warning' };
    case 'cancelled':
      return { label: 'Not sent', glyph: 'ban', tone: 'neutral' };
    default:
  }
  if (wentWrong(text)) return { label: 'Not delivered', glyph: 'cross', tone: 'danger' };
  if (text.delivery === 'delivered' || text.delivery === 'read')
    return { label: 'Delivered', glyph: 'check', tone: 'positive' };
  return { label: 'Sent', glyph: 'full', tone: 'neutral' };
}

/** Whether it waits for something other than a time. */
const isHeld = ({ status, decision, is_paused: isPaused }: Told) =>
  status === 'queued' && (isPaused || (decision?.verdict === 'hold' && !decision.until));

/**
 * Why a text waits, didn't go or didn't arrive, in a sentence; null where nothing is to be said.
 * @param timeZone the reader's, for times that no other zone counts for
 */
export function textReason(text: Told, timeZone: string): string | null {
  const { status, decision } = text;
  if (text.direction === 'in') return null;
  if (status === 'queued') {
    if (text.is_paused) return 'Its batch is paused.';
    if (decision?.verdict === 'hold') {
      const sentence = reasonSentence(decision.reason);
      return decision.until
        ? `Goes at ${whenWords(decision.until, decision.zone ?? timeZone)}. ${sentence}`
        : sentence;
    }
    return text.run_at && Date.parse(text.run_at) > Date.now()
      ? `Goes at ${whenWords(text.run_at, timeZone)}.`
      : null;
  }
  if (status === 'cancelled')
    return decision?.verdict === 'drop'
      ? reasonSentence(decision.reason)
      : (text.last_error ?? 'It was cancelled.');
  if (status === 'unknown')
    return 'The connection broke before the provider answered: it may have gone out. It is not sent again by itself.';
  const why = (text.error_code && codes[text.error_code]) || text.last_error;
  if (status === 'failed') return why ?? 'The provider refused it.';
  return wentWrong(text) ? (why ?? 'The carrier doesn’t say why.') : null;
}

/** Whether a person may send it once more. */
export const mayRetry = (text: Told) =>
  text.direction === 'out' &&
  text.purpose !== 'auto' &&
  (text.status === 'failed' || text.status === 'unknown');

/** Whether it can still be kept from going. */
export const mayCancel = (text: Told) => text.direction === 'out' && text.status === 'queued';
