import { formatNumber } from '@/lib/format';
import { type LeftOutReason, leftOutReasons, leftOutWords } from '../domain';

/** Why somebody was left out, in words; a reason that this page doesn't know yet, as it is. */
export const leftOutWord = (reason: string): string => leftOutWords[reason as LeftOutReason] ?? reason;

/** "14 were left out: no e-mail address 9, every address is suppressed 5"; null where nobody was. */
export function leftOutLine(counts: Readonly<Record<string, number>>): string | null {
  const known = leftOutReasons.filter((reason) => reason !== 'ready' && (counts[reason] ?? 0) > 0);
  const total = known.reduce((sum, reason) => sum + (counts[reason] ?? 0), 0);
  if (total === 0) return null;
  const parts = known.map((reason) => {
    const words = leftOutWord(reason);
    return `${words.charAt(0).toLowerCase()}${words.slice(1)} ${formatNumber(counts[reason] ?? 0)}`;
  });
  return `${formatNumber(total)} ${total === 1 ? 'was' : 'were'} left out: ${parts.join(', ')}.`;
}
