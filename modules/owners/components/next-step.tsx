'use client';

import { CalendarClock } from 'lucide-react';
import { RelativeTime } from '@/components/relative-time';
import { cn } from '@/lib/utils';

/** When the next step with an owner is due; past that, in the colour of what is late, with the word. */
export function NextStep({ at, now }: { at: string | null; now: number }) {
  if (!at) return null;
  const isLate = Date.parse(at) < now;
  return (
    <span className={cn('inline-flex items-center gap-1 align-middle', isLate && 'text-warning-text')}>
      <CalendarClock aria-hidden className="size-3.5 shrink-0" />
      {isLate ? <span className="sr-only">Overdue: </span> : null}
      <RelativeTime at={at} />
    </span>
  );
}
