'use client';

import { X } from 'lucide-react';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { cn } from '@/lib/utils';
import { SearchField } from '@/modules/records/components/search-field';
import { outcomes, outcomeWord, reachedWords } from '../domain';
import { callFigureWords, type HistoryState } from '../history';

/** Somebody whose calls can be asked for. */
export type Caller = { id: string; name: string };

/** What the history is narrowed to; what has no field of its own stands as a chip that takes it away. */
export function HistoryFilters({
  state,
  callers,
  names,
  go,
  isGoing,
}: {
  state: HistoryState;
  callers: readonly Caller[];
  names: { person?: string; phone?: string };
  go: (change: Partial<HistoryState>) => void;
  isGoing: boolean;
}) {
  const chips = (
    [
      ['figure', state.figure && state.figure !== 'calls' ? callFigureWords[state.figure].label : null],
      ['person', state.person && (names.person ?? 'One person')],
      ['phone', state.phone && (names.phone ?? 'One number')],
    ] as const
  ).filter(([, label]) => label);
  const isUnknown =
    state.caller !== null && state.caller !== 'none' && !callers.some(({ id }) => id === state.caller);
  return (
    <div
      aria-busy={isGoing}
      className={cn(
        'flex flex-wrap items-center gap-2 transition-opacity duration-120',
        isGoing && 'opacity-60',
      )}
    >
      <SearchField label="Search by name or number" value={state.q} onChange={(q) => go({ q })} />
      <NativeSelect
        aria-label="Caller"
        className="w-40 max-md:w-[calc(50%-0.25rem)]"
        value={state.caller ?? ''}
        onChange={(event) => go({ caller: event.target.value || null })}
      >
        <option value="">Every caller</option>
        {callers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {isUnknown ? <option value={state.caller ?? ''}>Former member</option> : null}
        <option value="none">Nobody</option>
      </NativeSelect>
      <NativeSelect
        aria-label="Outcome"
        className="w-40 max-md:w-[calc(50%-0.25rem)]"
        value={state.outcomes.length > 1 ? 'several' : (state.outcomes[0] ?? '')}
        onChange={({ target }) =>
          go({ outcomes: target.value ? [target.value as HistoryState['outcomes'][number]] : [] })
        }
      >
        <option value="">Every outcome</option>
        {state.outcomes.length > 1 ? (
          <option value="several" disabled>
            {state.outcomes.length} outcomes
          </option>
        ) : null}
        {outcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {outcomeWord(outcome)}
          </option>
        ))}
        <option value="none">Without one</option>
      </NativeSelect>
      <NativeSelect
        aria-label="Direction"
        className="w-28 max-md:w-[calc(50%-0.25rem)]"
        value={state.direction ?? ''}
        onChange={({ target }) => go({ direction: (target.value || null) as HistoryState['direction'] })}
      >
        <option value="">In and out</option>
        <option value="out">Out</option>
        <option value="in">In</option>
      </NativeSelect>
      <NativeSelect
        aria-label="Who was reached"
        className="w-44 max-md:w-[calc(50%-0.25rem)]"
        value={state.reached ?? ''}
        onChange={({ target }) => go({ reached: (target.value || null) as HistoryState['reached'] })}
      >
        <option value="">Whoever was reached</option>
        {Object.entries(reachedWords).map(([reached, words]) => (
          <option key={reached} value={reached}>
            {words}
          </option>
        ))}
      </NativeSelect>
      <DayRange from={state.from} to={state.to} onChange={go} />
      {chips.map(([key, label]) => (
        <button
          key={key}
          type="button"
          onClick={() => go({ [key]: null })}
          className="inline-flex h-7 max-w-60 items-center gap-1 rounded-md border px-2 text-sm hover:bg-accent max-md:h-10"
        >
          <span className="truncate">{label}</span>
          <X aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
          <span className="sr-only">: remove this filter</span>
        </button>
      ))}
    </div>
  );
}

/** A first and a last day, each of which may be open. A first day after the last moves the last. */
export function DayRange({
  from,
  to,
  onChange,
}: {
  from: string | null;
  to: string | null;
  onChange: (range: { from: string | null; to: string | null }) => void;
}) {
  return (
    <fieldset className="flex items-center gap-1.5 max-md:w-full">
      <legend className="sr-only">Days</legend>
      <Input
        type="date"
        aria-label="First day"
        className="w-36 max-md:w-[calc(50%-0.25rem)]"
        value={from ?? ''}
        onChange={({ target }) => {
          const first = target.value || null;
          onChange({ from: first, to: first && to && to < first ? first : to });
        }}
      />
      <span className="text-muted-foreground text-sm">to</span>
      <Input
        type="date"
        aria-label="Last day"
        className="w-36 max-md:w-[calc(50%-0.25rem)]"
        value={to ?? ''}
        onChange={({ target }) => {
          const last = target.value || null;
          onChange({ from: last && from && from > last ? last : from, to: last });
        }}
      />
    </fieldset>
  );
}
