'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Phone, Undo2, X } from 'lucide-react';
import Link from 'next/link';
import { use, useCallback, useEffect, useRef, useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { useShortcut } from '@/components/shortcuts';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatDateTime } from '@/lib/format';
import { isNarrowed, type ListState } from '@/modules/records/domain';
import type { NextAnswer } from '../schema';
import { deskFilter } from './desk-list';
import { keepDraft } from './outcome-draft';
import { PowerNumber } from './power-number';
import { SittingCount } from './sitting-count';
import { numberKey } from './use-number';
import { type SavedOutcome, useUndoOutcome } from './use-outcome';
import { useSitting } from './use-sitting';

/** What stands on the screen. `turn` tells one showing of a number from the next. */
type Shown =
  | { kind: 'asking' }
  | { kind: 'none'; opensAt: string | null }
  | { kind: 'failed'; message: string; requestId: string | null }
  | { kind: 'number'; phoneId: string; turn: number };

/**
 * One number after the other, by keys alone. `n` or Enter the next, `c` calls, `x` hangs up, 1 to 9 save an outcome, `s` passes over,
 * `m` notes, `e` e-mail, `f` next step, `t` text, `z` takes the last outcome back, Escape leaves.
 * @param state the list's filter: the next number comes from it
 */
export function PowerMode({
  state,
  isAdmin,
  count,
  onLeave,
}: {
  state: Pick<ListState, 'q' | 'filters'>;
  isAdmin: boolean;
  count: number | undefined;
  onLeave: () => void;
}) {
  const client = useQueryClient();
  const undo = useUndoOutcome();
  const { tally, count: tell, passed, passedCount, pass, forgetPassed } = useSitting();
  const [shown, setShown] = useState<Shown>({ kind: 'asking' });
  const [saved, setSaved] = useState<SavedOutcome | null>(null);
  const turn = useRef(0);
  const asked = useRef(0);
  /** The call whose outcome was taken back last. */
  const back = useRef<string | null>(null);
  const filter = JSON.stringify(deskFilter(state));

  const show = useCallback((phoneId: string) => {
    turn.current += 1;
    setShown({ kind: 'number', phoneId, turn: turn.current });
  }, []);

  const next = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    setShown({ kind: 'asking' });
    try {
      const answer = await api<NextAnswer>('POST', '/api/calls/next', {
        filter: JSON.parse(filter),
        skip: passed.current,
      });
      if (mine !== asked.current) return;
      if ('none' in answer) {
        setShown({ kind: 'none', opensAt: answer.opens_at });
        return;
      }
      // what was seen of it earlier is not what stands there now
      client.removeQueries({ queryKey: numberKey(answer.row.id) });
      show(answer.row.id);
    } catch (error) {
      if (mine !== asked.current) return;
      setShown({
        kind: 'failed',
        message: error instanceof ApiError ? error.message : 'Try again.',
        requestId: error instanceof ApiError ? error.requestId : null,
      });
    }
  }, [client, filter, passed, show]);

  // once when it opens; development mounts twice
  const isStarted = useRef(false);
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    void next();
  }, [next]);

  /** What was taken back is on the screen again, with all that was written; once, by whichever way it came. */
  const bringBack = useCallback(
    (last: SavedOutcome) => {
      if (back.current === last.callId) return;
      back.current = last.callId;
      setSaved(null);
      tell(-1, last.reached);
      asked.current += 1;
      keepDraft(last.phoneId, last.draft);
      void client.invalidateQueries({ queryKey: numberKey(last.phoneId), refetchType: 'none' });
      show(last.phoneId);
    },
    [client, show, tell],
  );
  const takeBack = useCallback(
    async (last: SavedOutcome) => {
      setSaved(null);
      if (await undo(last.callId)) bringBack(last);
      else setSaved(last);
    },
    [bringBack, undo],
  );
  useShortcut('z', 'Take the last outcome back', () => saved && void takeBack(saved), {
    group: 'Power mode',
    enabled: saved !== null,
  });
  useShortcut('Escape', 'Leave power mode', onLeave, { group: 'Power mode' });

  // its own line, which offers the same, has left the screen
  const isGone = saved !== null && !(shown.kind === 'number' && shown.phoneId === saved.phoneId);
  return (
    // Escape in a field leaves the field, not the mode
    <section
      aria-label="Power mode"
      className="flex min-h-0 flex-1 flex-col max-md:fixed max-md:inset-0 max-md:z-50 max-md:bg-background"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Escape' || !(event.target instanceof HTMLElement)) return;
        if (!event.target.matches('input,textarea,select')) return;
        event.stopPropagation();
        event.target.blur();
      }}
    >
      <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b px-6 py-2 max-md:px-4">
        <h1 className="font-semibold text-xl tracking-[-0.01em] max-md:text-lg">Power mode</h1>
        <p className="text-muted-foreground text-sm tabular-nums max-md:hidden">
          {count === undefined
            ? null
            : `${count > 10_000 ? '10,000+' : count.toLocaleString('en-US')} on the list`}
          {isNarrowed(state) ? ', filtered' : ''}
        </p>
        <SittingCount tally={tally} />
        {isGone && saved ? (
          <Button variant="ghost" size="sm" onClick={() => void takeBack(saved)}>
            <Undo2 aria-hidden /> <span className="max-md:sr-only">Undo last</span>
            <Kbd className="max-md:hidden">Z</Kbd>
          </Button>
        ) : null}
        <Button variant="ghost" size="sm" onClick={onLeave}>
          <X aria-hidden /> <span className="max-md:sr-only">Leave</span>{' '}
          <Kbd className="max-md:hidden">Esc</Kbd>
        </Button>
      </header>
      {shown.kind === 'number' ? (
        <PowerNumber
          key={`${shown.phoneId}:${shown.turn}`}
          phoneId={shown.phoneId}
          isAdmin={isAdmin}
          onSaved={(last) => {
            setSaved(last);
            tell(1, last.reached);
          }}
          onUndo={saved ? () => void takeBack(saved) : null}
          onUndone={bringBack}
          onNext={() => void next()}
          onPass={() => {
            pass(shown.phoneId);
            void next();
          }}
        />
      ) : shown.kind === 'asking' ? (
        <DelayedSkeleton className="mx-auto grid w-full max-w-5xl gap-4 px-6 py-8">
          <Skeleton className="h-8 w-64" />
          {[48, 64, 40, 72].map((width) => (
            <Skeleton key={width} className="h-4" style={{ width: `${width}%` }} />
          ))}
        </DelayedSkeleton>
      ) : shown.kind === 'failed' ? (
        <ErrorState
          title="The next number could not be asked for"
          description={shown.message}
          requestId={shown.requestId}
          onRetry={() => void next()}
        />
      ) : (
        <NothingNow
          opensAt={shown.opensAt}
          passedCount={passedCount}
          isFiltered={isNarrowed(state)}
          onLeave={onLeave}
          onAgain={() => {
            forgetPassed();
            void next();
          }}
        />
      )}
    </section>
  );
}

/** No number can be called now: why, until when, and what to do. */
function NothingNow({
  opensAt,
  passedCount,
  isFiltered,
  onLeave,
  onAgain,
}: {
  opensAt: string | null;
  passedCount: number;
  isFiltered: boolean;
  onLeave: () => void;
  onAgain: () => void;
}) {
  const zone = use(TimeZoneContext);
  useShortcut('n', 'Ask again', onAgain, { group: 'Power mode' });
  useShortcut('Enter', 'Ask again', onAgain, { group: 'Power mode' });
  return (
    <EmptyState
      icon={Phone}
      title="Nothing to call now"
      description={
        <>
          {opensAt
            ? `The first number can be called from ${formatDateTime(opensAt, zone)}: until then numbers rest after a call, or it is outside calling hours where they are.`
            : isFiltered
              ? 'No number of this list is free. Widen the filter, or leave power mode and look at those that rest.'
              : 'Every number was called, is held, or must not be called.'}
          {passedCount > 0 ? ` You passed over ${formatCount(passedCount, 'number')}.` : ''}
        </>
      }
      action={
        passedCount > 0 ? (
          <Button onClick={onAgain}>Bring back those passed over</Button>
        ) : (
          <Button onClick={onLeave}>Back to the list</Button>
        )
      }
      secondary={
        <Button variant="outline" asChild>
          <Link href="/imports">Import a list</Link>
        </Button>
      }
    />
  );
}
