'use client';

import { ArrowRight, Check, SkipForward, Undo2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useMediaQuery } from '@/components/data-table/use-media-query';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { ErrorState } from '@/components/error-state';
import { useShortcut } from '@/components/shortcuts';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import { type CallOutcome, outcomeWord } from '../domain';
import type { DeskBundle } from '../schema';
import { CallButton, CallSentence, canOverride } from './call-line';
import { ClaimBar } from './claim-bar';
import { LocalTimeNow, NumberCell, WhyCell } from './number-cells';
import { PeopleSection, PropertiesSection } from './number-facts';
import { HistorySection, HoldsSection } from './number-history';
import { OutcomeFields, OutcomeGrid } from './outcome-fields';
import { TextButton } from './text-button';
import { useCall } from './use-call';
import { useClaim } from './use-claim';
import { useCountdown } from './use-countdown';
import { useNumber } from './use-number';
import { type SavedOutcome, useOutcome } from './use-outcome';

const nextAfterS = 5;
const group = 'Power mode';

type Doings = {
  onSaved: (saved: SavedOutcome) => void;
  /** Takes the last outcome back; null where there is none. */
  onUndo: (() => void) | null;
  onUndone: (saved: SavedOutcome) => void;
  onNext: () => void;
  onPass: () => void;
};

/** A number that fills the screen: claimed while it stands here. */
export function PowerNumber({ phoneId, isAdmin, ...doings }: Doings & { phoneId: string; isAdmin: boolean }) {
  const { data: bundle, error, refetch } = useNumber(phoneId);
  if (bundle) return <Screen bundle={bundle} isAdmin={isAdmin} {...doings} />;
  return error ? (
    <ErrorState
      title="This number could not be loaded"
      description={error.message}
      requestId={error instanceof ApiError ? error.requestId : null}
      onRetry={() => void refetch()}
    />
  ) : (
    <DelayedSkeleton className="mx-auto w-full max-w-5xl px-6 py-8">
      <Skeleton className="h-8 w-64" />
    </DelayedSkeleton>
  );
}

function Screen({
  bundle,
  isAdmin,
  onSaved,
  onUndo,
  onUndone,
  onNext,
  onPass,
}: Doings & { bundle: DeskBundle; isAdmin: boolean }) {
  const { row } = bundle;
  const isPhone = useMediaQuery('(max-width: 767px)') === true;
  const claim = useClaim(row.id);
  const { seen } = claim;
  useEffect(() => seen(row.claim), [seen, row.claim]);
  const line = useCall(bundle);
  const [saved, setSaved] = useState<SavedOutcome | null>(null);
  const form = useOutcome({
    phoneId: row.id,
    callId: line.callId,
    isSaidThere: true,
    onSaved: (given) => {
      claim.done();
      setSaved(given);
      onSaved(given);
      // whoever saved from a field has done with it
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    },
  });
  // taken back from its line among the earlier calls
  const isUndone =
    saved !== null && bundle.calls.some(({ id, undone_at }) => id === saved.callId && undone_at !== null);
  const tellUndone = useEffectEvent(() => saved && onUndone(saved));
  useEffect(() => {
    if (isUndone) tellUndone();
  }, [isUndone]);
  const countdown = useCountdown(saved !== null, nextAfterS, onNext);
  const refs = {
    notes: useRef<HTMLTextAreaElement>(null),
    email: useRef<HTMLInputElement>(null),
    nextStep: useRef<HTMLInputElement>(null),
  };
  const isMine = claim.state.kind === 'mine';
  const isLocked = !isMine || saved !== null || form.isSaving;
  const mayCall =
    isMine && saved === null && (bundle.gate.verdict === 'send' || (isAdmin && canOverride(bundle.gate)));
  const choose = (outcome: CallOutcome) => {
    form.change({ outcome });
    void form.save();
  };
  const goOn = () => (saved ? onNext() : onPass());

  useShortcut('n', saved ? 'Next number' : 'Next number, passing this one over', goOn, { group });
  useShortcut('Enter', saved ? 'Next number' : 'Next number, passing this one over', goOn, { group });
  useShortcut('s', 'Pass over', onPass, { group, enabled: saved === null });
  useShortcut('c', 'Call', () => void line.dial(bundle.gate.verdict !== 'send'), {
    group,
    enabled: mayCall && !line.isOn,
  });
  useShortcut('x', 'Hang up', () => void line.hangUp(), { group, enabled: line.isOn });
  useShortcut('m', 'Notes', () => refs.notes.current?.focus(), { group, enabled: !isLocked });
  useShortcut('e', 'E-mail they gave', () => refs.email.current?.focus(), { group, enabled: !isLocked });
  useShortcut('f', 'Next step', () => refs.nextStep.current?.focus(), { group, enabled: !isLocked });
  useShortcut('.', 'Wait', countdown.stop, { group, enabled: countdown.left !== null });

  const submitOn = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
  };
  const outcomeForm = (
    <form
      aria-label="Outcome"
      inert={saved !== null}
      className={cn(saved && 'opacity-60')}
      onKeyDown={submitOn}
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <OutcomeFields
        bundle={bundle}
        form={form}
        refs={refs}
        isLocked={isLocked}
        onOutcome={choose}
        hasGrid={!isPhone}
        hasHints
      />
      {/* Enter in a field of one line saves, as in any form */}
      <button type="submit" hidden aria-hidden tabIndex={-1} />
    </form>
  );

  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid w-full max-w-6xl gap-x-10 gap-y-6 px-6 py-5 max-md:px-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
          <div className="grid content-start gap-5">
            <div className="grid gap-2">
              <h2 className="font-semibold text-xl">
                <NumberCell row={row} />
              </h2>
              <p className="flex flex-wrap gap-x-2 text-muted-foreground text-sm">
                <WhyCell row={row} />
                <span aria-hidden>·</span>
                <LocalTimeNow row={row} />
              </p>
              <div className="flex flex-wrap items-center gap-2 max-md:hidden">
                <CallButton
                  line={line}
                  isAllowed={isMine && saved === null}
                  isAdmin={isAdmin}
                  decision={bundle.gate}
                  isBig
                />
                <TextButton bundle={bundle} isBig />
                {saved ? null : (
                  <Button variant="ghost" size="lg" onClick={onPass}>
                    <SkipForward aria-hidden /> Pass over <Kbd>S</Kbd>
                  </Button>
                )}
              </div>
              <ClaimBar
                state={claim.state}
                isAdmin={isAdmin}
                onTakeOver={claim.takeOver}
                onTryAgain={claim.tryAgain}
              />
              {saved ? null : <CallSentence line={line} decision={bundle.gate} />}
            </div>
            <PeopleSection bundle={bundle} />
            <PropertiesSection properties={bundle.properties} />
            <HoldsSection holds={saved ? [] : bundle.holds} />
            <div className="max-lg:hidden">
              <HistorySection bundle={bundle} />
            </div>
          </div>
          <div className="grid content-start gap-5">
            {saved ? (
              <SavedLine
                saved={saved}
                left={countdown.left}
                onNext={onNext}
                onStop={countdown.stop}
                onUndo={onUndo}
              />
            ) : null}
            {outcomeForm}
            <div className="lg:hidden">
              <HistorySection bundle={bundle} />
            </div>
          </div>
        </div>
      </div>
      <div className="grid shrink-0 gap-2 border-t bg-sidebar px-4 py-2 md:hidden">
        {saved ? null : (
          <OutcomeGrid chosen={form.draft.outcome} isLocked={isLocked} onOutcome={choose} isForThumbs />
        )}
        <div className="flex gap-2 [&>button]:h-12 [&>button]:flex-1 [&>button]:text-base">
          {saved ? (
            <>
              {onUndo ? (
                <Button variant="outline" onClick={onUndo}>
                  <Undo2 aria-hidden /> Undo
                </Button>
              ) : null}
              <Button onClick={onNext}>
                <ArrowRight aria-hidden /> Next{countdown.left === null ? '' : ` in ${countdown.left}`}
              </Button>
            </>
          ) : (
            <>
              <Button variant="outline" onClick={onPass}>
                <SkipForward aria-hidden /> Pass over
              </Button>
              <TextButton bundle={bundle} />
              <CallButton line={line} isAllowed={isMine} isAdmin={isAdmin} decision={bundle.gate} />
            </>
          )}
        </div>
      </div>
    </>
  );
}

/** What was saved, and when the next number comes. */
function SavedLine({
  saved,
  left,
  onNext,
  onStop,
  onUndo,
}: {
  saved: SavedOutcome;
  left: number | null;
  onNext: () => void;
  onStop: () => void;
  onUndo: (() => void) | null;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-selected px-4 py-3 text-sm">
      <Check aria-hidden className="size-4 shrink-0 text-primary-text" />
      <p role="status" className="min-w-0 flex-1 basis-72">
        <span className="font-medium">{outcomeWord(saved.draft.outcome ?? '')}</span> is saved.{' '}
        <span className="text-muted-foreground tabular-nums">
          {left === null ? 'The next number waits for you.' : `Next number in ${left} s.`}
        </span>
        {saved.said ? <span className="block text-muted-foreground">{saved.said}</span> : null}
      </p>
      <div className="ml-auto flex items-center gap-2 max-md:hidden">
        {onUndo ? (
          <Button variant="ghost" size="sm" onClick={onUndo}>
            Undo <Kbd>Z</Kbd>
          </Button>
        ) : null}
        {left === null ? null : (
          <Button variant="ghost" size="sm" onClick={onStop}>
            Wait <Kbd>.</Kbd>
          </Button>
        )}
        <Button size="sm" onClick={onNext}>
          Next <Kbd className="border-current/30 bg-transparent text-inherit">N</Kbd>
        </Button>
      </div>
    </div>
  );
}
