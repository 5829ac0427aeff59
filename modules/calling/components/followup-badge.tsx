'use client';

import { use } from 'react';
import { StatusBadge, type StatusGlyph, type StatusTone } from '@/components/status-badge';
import { TimeZoneContext } from '@/components/time-zone';
import { cn } from '@/lib/utils';
import { type CallFollowup, type FollowupTone, followupState } from '../followup-words';

const looks: Readonly<Record<FollowupTone, { glyph: StatusGlyph; tone: StatusTone }>> = {
  wait: { glyph: 'half', tone: 'info' },
  ok: { glyph: 'check', tone: 'positive' },
  bad: { glyph: 'cross', tone: 'warning' },
  off: { glyph: 'ban', tone: 'neutral' },
};

/**
 * What the e-mail after a call is doing: when it goes, that it went, or why it doesn't. Nothing where none follows.
 * @param timeZone in which its time is told; the person's own unless given
 */
export function FollowupBadge({
  followup,
  timeZone,
  className,
}: {
  followup: CallFollowup | null;
  timeZone?: string;
  className?: string;
}) {
  const own = use(TimeZoneContext);
  const state = followupState(followup, timeZone ?? own);
  if (!state) return null;
  return (
    <div className={cn('min-w-0', className)}>
      <StatusBadge
        label={state.words}
        {...looks[state.tone]}
        aria-label={`Follow-up e-mail: ${state.words}`}
        suppressHydrationWarning
      />
      {state.detail ? (
        <p
          title={state.detail}
          // a sentence is read whole; an address would break in its middle
          className={cn(
            'text-muted-foreground text-xs',
            state.detail.includes('@') ? 'truncate' : 'text-pretty',
          )}
        >
          {state.detail}
        </p>
      ) : null}
    </div>
  );
}
