/** What has become of a mail, in words. Pure; runs in the browser. */
import { reasonSentence } from '@/modules/gate/reasons';
import type { OutboxRow } from './types';

/** A state with its shape and colour, and why it is so where there is something to say. */
export type MailState = {
  label: string;
  glyph: 'empty' | 'half' | 'full' | 'check' | 'cross' | 'ban';
  tone: 'neutral' | 'info' | 'warning' | 'danger' | 'positive';
  why: string | null;
  /** When it is looked at again, ISO 8601. */
  until: string | null;
};

const state = (
  label: string,
  glyph: MailState['glyph'],
  tone: MailState['tone'] = 'neutral',
  why: string | null = null,
  until: string | null = null,
): MailState => ({ label, glyph, tone, why, until });

/** The latest and weightiest thing that happened to a mail that went. */
function sentState(mail: OutboxRow): MailState {
  if (mail.complained_at) return state('Reported as spam', 'ban', 'danger');
  if (mail.bounced_at) {
    const why = {
      hard: 'The address doesn’t exist: nothing is sent to it any more.',
      soft: 'The mailbox didn’t take it this time.',
      block:
        'The recipient’s mail server refused it: this says more of the sending domain than of the address.',
      admin: 'The recipient’s mail server refused it.',
    }[mail.bounce_kind ?? 'hard'];
    return state('Bounced', 'cross', 'danger', why);
  }
  if (mail.unsubscribed_at) return state('Unsubscribed', 'ban', 'warning');
  if (mail.replied_at) return state('Replied', 'check', 'positive');
  if (mail.clicked_at) return state('Clicked', 'full', 'info');
  if (mail.opened_at) return state('Opened', 'full', 'info');
  if (mail.delivered_at) return state('Delivered', 'full');
  return state('Sent', 'half');
}

/** What has become of a mail; of one that waits or won't go also why, in the gate's words. */
export function mailState(mail: OutboxRow): MailState {
  const { decision } = mail;
  const why = decision && decision.reason !== 'ok' ? reasonSentence(decision.reason) : null;
  switch (mail.status) {
    case 'staged':
      return mail.is_written
        ? state('In review', 'empty', 'neutral', 'Somebody has to accept it first.')
        : state('Being written', 'empty', 'neutral', mail.last_error ?? 'Its text is not written yet.');
    case 'queued':
      if (mail.is_paused) return state('Paused', 'half', 'warning', 'The campaign is paused.');
      if (decision?.verdict === 'hold') return state('Held', 'half', 'warning', why, decision.until ?? null);
      if (!mail.is_written)
        return state('Being written', 'empty', 'neutral', mail.last_error ?? 'Its text is not written yet.');
      return state('Queued', 'empty');
    case 'sending':
      return state('Being sent', 'half', 'info');
    case 'sent':
      return sentState(mail);
    case 'failed':
      return state('Failed', 'cross', 'danger', mail.last_error ?? why);
    case 'unknown':
      return state(
        'Not known',
        'half',
        'warning',
        'It may have been sent: no clear answer came, so it isn’t sent again by itself.',
      );
    case 'cancelled':
      return state('Not sent', 'ban', 'neutral', why ?? mail.last_error ?? 'Somebody took it out.');
  }
}
