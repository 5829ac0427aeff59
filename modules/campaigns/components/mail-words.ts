import { formatDateTime } from '@/lib/format';
import { reasonSentence } from '@/modules/gate/reasons';
import type { EmailRow } from '../answers';

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

/** The latest of what became of a sent mail, in a word, with when; the strongest sign first. */
export function fateOf(row: EmailRow): { word: string; at: string } | null {
  const signs: readonly [string, string | null][] = [
    ['Complained', row.complained_at],
    ['Unsubscribed', row.unsubscribed_at],
    ['Bounced', row.bounced_at],
    ['Replied', row.replied_at],
    ['Clicked', row.clicked_at],
    ['Opened', row.opened_at],
    ['Delivered', row.delivered_at],
    ['Sent', row.sent_at],
  ];
  for (const [word, at] of signs) if (at) return { word, at };
  return null;
}
