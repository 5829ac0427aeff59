/** What the mail after a call is doing, in words. Pure, browser-safe. */
import { dayKey, formatDay } from '@/lib/format';
import { reasonSentence } from '@/modules/gate/reasons';

/** The state of the mail that follows a call: `private.call_followup`. Instants are ISO 8601. */
export type CallFollowup = {
  /** The mail; null where none is written. */
  id: string | null;
  /** `planned`: about to be written; `none`: none goes, `reason` says why; else as the queue has it. */
  status: 'planned' | 'none' | 'staged' | 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'cancelled';
  via: 'gmail' | 'sender' | 'sparkpost' | null;
  run_at: string | null;
  sent_at: string | null;
  opened_at: string | null;
  replied_at: string | null;
  bounced_at: string | null;
  /** A reason of the gate, or why no mail was written. */
  reason: string | null;
  /** For `missing_fields`: which. */
  fields: string[] | null;
  error: string | null;
  to: string | null;
};

const problems = {
  nobody: 'Nobody is known to be the one it is about. Say who was reached.',
  wrong_person: 'The wrong person answered.',
  no_address: 'No e-mail address is known.',
  sent_before: 'The same mail went there within the last 7 days.',
  no_template: 'Its template was put away. Choose another one in Settings, Calling.',
  no_mailbox:
    'The caller has no mailbox connected. Connect one in Settings, Mailboxes: within a day of the call it goes then.',
  no_sender: 'Its sender was put away. Choose another one in Settings, Calling.',
  no_domain: 'No sending domain is active. Add one in Settings, Sending.',
} as const;

/** Why no mail was written after a call: what `read_call_followups` says, and what can't be made of it. */
export type FollowupProblem = keyof typeof problems | 'missing_fields' | 'broken';

function sentenceOf({ reason, fields }: CallFollowup): string {
  if (!reason) return 'Nobody knows why.';
  if (Object.hasOwn(problems, reason)) return problems[reason as keyof typeof problems];
  if (reason === 'missing_fields' && fields?.length)
    return `Not known of this person: ${fields.map((field) => field.replaceAll('_', ' ')).join(', ')}.`;
  return reasonSentence(reason);
}

/** When a mail goes: "at 2:05 pm", on another day "tomorrow at 2:05 pm", "Monday, Nov 16 at 2:05 pm". */
function whenOf(at: string, timeZone: string, now: number): string {
  const time = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit' })
    .format(new Date(at))
    .replace(/\s?([AP])M$/, (_, half: string) => ` ${half.toLowerCase()}m`);
  const isToday = dayKey(at, timeZone) === dayKey(now, timeZone);
  const day = formatDay(at, timeZone, now).replace('Tomorrow', 'tomorrow');
  return isToday ? `at ${time}` : `${day} at ${time}`;
}

/** How a follow-up looks: `wait` is to come, `ok` went, `bad` needs somebody, `off` won’t go and that is as it should be. */
export type FollowupTone = 'wait' | 'ok' | 'bad' | 'off';

/**
 * The state of a follow-up mail as every screen says it.
 * @param followup of a call; null where none follows it
 * @param timeZone the workspace's, IANA
 * @param now for tests and for the server
 * @returns a few words, and the sentence that explains them (null where there is nothing to explain)
 */
export function followupState(
  followup: CallFollowup | null,
  timeZone: string,
  now: number = Date.now(),
): { words: string; detail: string | null; tone: FollowupTone } | null {
  if (!followup) return null;
  const to = followup.to && `To ${followup.to}`;
  switch (followup.status) {
    case 'none':
      return { words: 'Not sent', detail: sentenceOf(followup), tone: 'bad' };
    case 'cancelled': {
      const isUndone = followup.reason === 'outcome_undone';
      return {
        words: isUndone ? 'Cancelled' : 'Not sent',
        detail: sentenceOf(followup),
        tone: isUndone || followup.reason === 'replied' || followup.reason === 'answered' ? 'off' : 'bad',
      };
    }
    case 'failed':
      return { words: 'Failed', detail: followup.error ?? sentenceOf(followup), tone: 'bad' };
    case 'unknown':
      return { words: 'May have been sent', detail: followup.error, tone: 'bad' };
    case 'sent':
      if (followup.bounced_at) return { words: 'Bounced', detail: to, tone: 'bad' };
      if (followup.replied_at) return { words: 'Replied', detail: to, tone: 'ok' };
      if (followup.opened_at) return { words: 'Opened', detail: to, tone: 'ok' };
      return { words: 'Sent', detail: to, tone: 'ok' };
    case 'sending':
      return { words: 'Being sent', detail: to, tone: 'wait' };
    default: {
      const isDue = !followup.run_at || Date.parse(followup.run_at) <= now;
      const words = isDue ? 'Goes now' : `Goes ${whenOf(followup.run_at ?? '', timeZone, now)}`;
      const held = followup.reason && followup.reason !== 'ok' ? sentenceOf(followup) : null;
      return { words: held && isDue ? 'Waits' : words, detail: held ?? to, tone: 'wait' };
    }
  }
}
