'use client';

import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { useShortcut } from '@/components/shortcuts';
import { SidePanel } from '@/components/side-panel';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import type { DeskBundle } from '../schema';
import { CallButton, CallSentence, canOverride } from './call-line';
import { ClaimBar } from './claim-bar';
import { LocalTimeNow, NumberCell } from './number-cells';
import { PeopleSection, PropertiesSection } from './number-facts';
import { HistorySection, HoldsSection } from './number-history';
import { OutcomeFields } from './outcome-fields';
import { phoneLabel } from './phone-text';
import { TextButton } from './text-button';
import { useCall } from './use-call';
import { useClaim } from './use-claim';
import { useNumber } from './use-number';
import { useOutcome } from './use-outcome';

/**
 * A number beside the list: it is the caller's while it is open. Everything that a call needs, and what it came to.
 * Fills the screen on a phone. Keys: `c` calls, `x` hangs up, 1 to 9 and letters for the
 * outcome, Cmd/Ctrl-Enter saves, Escape closes.
 */
export function DeskPanel({
  phoneId,
  isAdmin,
  onClose,
}: {
  phoneId: string;
  isAdmin: boolean;
  onClose: () => void;
}) {
  const { data: bundle, error, refetch } = useNumber(phoneId);
  const claim = useClaim(phoneId);
  const { seen } = claim;
  const onIt = bundle?.row.claim;
  useEffect(() => seen(onIt ?? null), [seen, onIt]);

  if (bundle) return <OpenNumber bundle={bundle} claim={claim} isAdmin={isAdmin} onClose={onClose} />;
  return (
    <SidePanel label="Number" title="Number" onClose={onClose}>
      {error instanceof ApiError && error.status === 404 ? (
        <EmptyState
          title="There is no such number"
          description="The link may be old, or belong to another workspace."
        />
      ) : error ? (
        <ErrorState
          title="This number could not be loaded"
          description={error.message}
          requestId={error instanceof ApiError ? error.requestId : null}
          onRetry={() => void refetch()}
        />
      ) : (
        <DelayedSkeleton className="grid gap-3 p-5">
          {[48, 64, 40, 72, 56].map((width) => (
            <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
          ))}
        </DelayedSkeleton>
      )}
    </SidePanel>
  );
}

function OpenNumber({
  bundle,
  claim,
  isAdmin,
  onClose,
}: {
  bundle: DeskBundle;
  claim: ReturnType<typeof useClaim>;
  isAdmin: boolean;
  onClose: () => void;
}) {
  const { row } = bundle;
  const { done } = claim;
  const line = useCall(bundle);
  const onSaved = useCallback(() => {
    done();
    onClose();
  }, [done, onClose]);
  const form = useOutcome({ phoneId: row.id, callId: line.callId, onSaved });
  const refs = {
    notes: useRef<HTMLTextAreaElement>(null),
    email: useRef<HTMLInputElement>(null),
    nextStep: useRef<HTMLInputElement>(null),
  };
  const isMine = claim.state.kind === 'mine';
  const mayCall = isMine && (bundle.gate.verdict === 'send' || (isAdmin && canOverride(bundle.gate)));
  useShortcut('c', 'Call', () => void line.dial(bundle.gate.verdict !== 'send'), {
    group: 'Number',
    enabled: mayCall && !line.isOn,
  });
  useShortcut('x', 'Hang up', () => void line.hangUp(), { group: 'Number', enabled: line.isOn });
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
  };
  return (
    <SidePanel
      label={`Number ${phoneLabel(row.e164)}`}
      title={<NumberCell row={row} />}
      onClose={onClose}
      // what saves and calls stands at its foot, where a phone's navigation would cover it
      className="max-md:z-50"
      footer={
        <div className="flex items-center gap-2">
          <Button
            type="submit"
            form="outcome"
            variant={form.draft.outcome === null ? 'outline' : 'default'}
            loading={form.isSaving}
            disabled={!isMine || form.draft.outcome === null}
          >
            Save outcome
          </Button>
          <span className="text-muted-foreground text-xs max-md:hidden">
            <Kbd>Ctrl</Kbd> <Kbd>↵</Kbd>
          </span>
          <div className="ml-auto flex items-center gap-2">
            <TextButton bundle={bundle} />
            <CallButton line={line} isAllowed={isMine} isAdmin={isAdmin} decision={bundle.gate} />
          </div>
        </div>
      }
    >
      <div className="grid gap-5 px-5 py-4 max-md:px-4">
        <div className="grid gap-2">
          <p className="flex flex-wrap gap-x-2 text-muted-foreground text-sm">
            <LocalTimeNow row={row} />
            {row.call_count > 0 ? <span>· called {formatCount(row.call_count, 'time')}</span> : null}
          </p>
          <ClaimBar
            state={claim.state}
            isAdmin={isAdmin}
            onTakeOver={claim.takeOver}
            onTryAgain={claim.tryAgain}
          />
          <CallSentence line={line} decision={bundle.gate} />
        </div>
        <PeopleSection bundle={bundle} />
        <PropertiesSection properties={bundle.properties} />
        <HoldsSection holds={bundle.holds} />
        <form
          id="outcome"
          aria-label="Outcome"
          className="border-t pt-4"
          onKeyDown={onKeyDown}
          onSubmit={(event) => {
            event.preventDefault();
            void form.save();
          }}
        >
          <OutcomeFields
            bundle={bundle}
            form={form}
            refs={refs}
            isLocked={!isMine}
            onOutcome={(outcome) => form.change({ outcome: form.draft.outcome === outcome ? null : outcome })}
          />
        </form>
        <HistorySection bundle={bundle} />
      </div>
    </SidePanel>
  );
}
