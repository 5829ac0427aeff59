import { formatDateTime } from '@/lib/format';
import { reasonSentence } from '@/modules/gate/reasons';
import type { EmailRow } from '../answers';
import { type Look, lookOf, mailLooks } from './labels';

/**
 * Why a mail waits, will not go, or what is the matter with it: one sentence, or null where nothing is to be said.
 * @param timeZone the reader's
 */
export function whyLine(row: EmailRow, timeZone: string): string | null {
  const { decision, status } = row;
  if (status === 'sent' || status === 'sending' || status === 'staged') return null;
  if (status === 'failed') return row.last_error ?? 'The provider refused it.';
  if (status === 'unknown')
    return 'The connection broke while it was sent: it may have gone out. It is not sent again by itself.';
  if (row.needs_writing && status === 'queued') return 'A part of it is still to be written.';
  if (decision && decision.verdict !== 'send') {
    const until = decision.until ? ` Held until ${formatDateTime(decision.until, timeZone)}.` : '';
    return `${reasonSentence(decision.reason)}${until}`;
  }
  if (row.is_paused) return 'The campaign is paused.';
  return row.run_at ? `Goes out from ${formatDateTime(row.run_at, timeZone)} on.` : null;
}

/** What became of a sent mail, the weightiest sign first, with when; null for one that was not sent. */
export function fateOf(row: EmailRow): { at: string; look: Look } | null {
  const signs: readonly [string | null, Look['label'], Look['glyph'], Look['tone']][] = [
    [row.complained_at, 'Reported as spam', 'ban', 'danger'],
    [row.bounced_at, 'Bounced', 'cross', 'danger'],
    [row.unsubscribed_at, 'Unsubscribed', 'ban', 'warning'],
    [row.replied_at, 'Replied', 'check', 'positive'],
    [row.clicked_at, 'Clicked', 'full', 'info'],
    [row.opened_at, 'Opened', 'full', 'info'],
    [row.delivered_at, 'Delivered', 'full', 'neutral'],
    [row.sent_at, 'Sent', 'half', 'neutral'],
  ];
  for (const [at, label, glyph, tone] of signs) if (at) return { at, look: { label, glyph, tone } };
  return null;
}

/** Where a mail stands: in the queue, or what became of it once it was sent. */
export const mailLook = (row: EmailRow): Look =>
  (row.status === 'sent' ? fateOf(row)?.look : null) ?? lookOf(mailLooks, row.status);
