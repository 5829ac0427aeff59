import type { StatusGlyph, StatusTone } from '@/components/status-badge';
import type { BatchRow } from '../answers';
import { type BatchStatus, batchStatusWords } from '../domain';

const shapes: Readonly<Record<BatchStatus, readonly [StatusGlyph, StatusTone]>> = {
  sending: ['full', 'positive'],
  paused: ['half', 'neutral'],
  completed: ['check', 'positive'],
  cancelled: ['ban', 'neutral'],
};

/** What a batch is at; a state that this page doesn't know yet, as it is. */
export function batchLook(status: string): { label: string; glyph: StatusGlyph; tone: StatusTone } {
  const shape = shapes[status as BatchStatus];
  return shape
    ? { label: batchStatusWords[status as BatchStatus], glyph: shape[0], tone: shape[1] }
    : { label: status, glyph: 'empty', tone: 'neutral' };
}

/** How far a batch is: texts that wait or are on their way are not done. */
export function batchProgress({ total, counts }: Pick<BatchRow, 'total' | 'counts'>): {
  done: number;
  share: number;
} {
  const done = Math.max(0, total - counts.queued - counts.sending);
  return { done, share: total === 0 ? 100 : (done / total) * 100 };
}
