'use client';

import { CircleAlert, Lock } from 'lucide-react';
import { use, useState } from 'react';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/utils';
import { clockIn } from './local-time';
import type { ClaimState } from './use-claim';

/** Who has the number, where it isn't the caller: said at once, with what can be done. */
export function ClaimBar({
  state,
  isAdmin,
  onTakeOver,
  onTryAgain,
}: {
  state: ClaimState;
  isAdmin: boolean;
  onTakeOver: () => Promise<void>;
  onTryAgain: () => Promise<void>;
}) {
  const zone = use(TimeZoneContext);
  const [isBusy, setBusy] = useState(false);
  const act = (doIt: () => Promise<void>) => async () => {
    setBusy(true);
    await doIt();
    setBusy(false);
  };
  if (state.kind === 'asking' || state.kind === 'mine') return null;
  const isLost = state.kind === 'theirs' && state.wasMine;
  const name = state.kind === 'theirs' ? (state.by?.name ?? 'Somebody else') : null;
  return (
    <div
      role="alert"
      className={cn(
        'flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-md px-3 py-2 text-sm',
        state.kind === 'failed' || isLost
          ? 'bg-destructive-soft text-destructive-text'
          : 'bg-warning-soft text-warning-text',
      )}
    >
      {state.kind === 'failed' ? (
        <CircleAlert aria-hidden className="size-4 shrink-0" />
      ) : (
        <Lock aria-hidden className="size-4 shrink-0" />
      )}
      <p className="min-w-0 flex-1 basis-48">
        {state.kind === 'failed'
          ? `The number could not be claimed. ${state.message}`
          : isLost
            ? `${name} has this number now. What you typed is kept, but only they can save an outcome.`
            : `${name} is on it${state.by ? ` until ${clockIn(Date.parse(state.by.expires_at), zone)} at least` : ''}.`}
      </p>
      {state.kind === 'theirs' && isAdmin ? (
        <Button variant="outline" size="sm" loading={isBusy} onClick={act(onTakeOver)}>
          Take over
        </Button>
      ) : (
        <Button variant="outline" size="sm" loading={isBusy} onClick={act(onTryAgain)}>
          Try again
        </Button>
      )}
    </div>
  );
}
