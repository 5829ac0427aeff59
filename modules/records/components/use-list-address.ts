'use client';

import { parseAsArrayOf, parseAsNativeArrayOf, parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import type { ViewState } from '@/modules/views/schema';
import { type ListDefinition, type ListState, naturalDirection, readListState } from '../domain';

type Values = Record<string, string | string[] | null>;

function parsersOf(definition: ListDefinition) {
  const filters = Object.keys(definition.filters).map((key) => [key, parseAsNativeArrayOf(parseAsString)]);
  return {
    ...(Object.fromEntries(filters) as Record<string, ReturnType<typeof parseAsNativeArrayOf<string>>>),
    q: parseAsString,
    sort: parseAsString,
    dir: parseAsString,
    cols: parseAsArrayOf(parseAsString),
    view: parseAsString,
    open: parseAsString,
  };
}

/** What a list's address says, and how to change it. */
export type ListAddress = {
  state: ListState;
  /** Ids of the columns shown, or null for the list's own choice. */
  columns: string[] | null;
  view: string | null;
  open: string | null;
  setState: (change: Partial<ListState>) => void;
  setColumns: (columns: string[] | null) => void;
  setView: (id: string | null) => void;
  setOpen: (id: string | null) => void;
  /** Puts the state of a view (null: of no view) into the address. */
  applyView: (view: { id: string; state: ViewState } | null) => void;
};

/**
 * The list's state as its address holds it; nothing is kept beside it. What equals the default is left out of the
 * address. Opening a record is a step back leads out of; changes of the list replace the step.
 */
export function useListAddress(definition: ListDefinition): ListAddress {
  const parsers = useMemo(() => parsersOf(definition), [definition]);
  const [values, setValues] = useQueryStates(parsers, { history: 'replace', shallow: true, scroll: false });
  const given = values as Values;
  const key = JSON.stringify(given);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the values are new on every render; their text is what counts
  const state = useMemo(() => readListState(definition, given), [definition, key]);

  const write = useCallback(
    (next: ListState, more: Values = {}) => {
      const filters = Object.fromEntries(
        Object.keys(definition.filters).map((name) => [name, next.filters[name] ?? null]),
      );
      const isOwnOrder = next.sort === definition.sorts[0] && next.dir === naturalDirection(next.sort);
      void setValues({
        ...filters,
        q: next.q || null,
        sort: isOwnOrder ? null : next.sort,
        dir: next.dir === naturalDirection(next.sort) ? null : next.dir,
        ...more,
      } as Parameters<typeof setValues>[0]);
    },
    [definition, setValues],
  );

  return {
    state,
    columns: (given.cols as string[] | null) ?? null,
    view: (given.view as string | null) ?? null,
    open: (given.open as string | null) ?? null,
    setState: (change) => write({ ...state, ...change }),
    setColumns: (cols) => void setValues({ cols } as Parameters<typeof setValues>[0]),
    setView: (view) => void setValues({ view } as Parameters<typeof setValues>[0]),
    setOpen: (open) =>
      void setValues({ open } as Parameters<typeof setValues>[0], { history: open ? 'push' : 'replace' }),
    applyView: (view) => {
      const { filters = {}, columns, ...rest } = view?.state ?? {};
      write(readListState(definition, { ...filters, ...rest }), {
        view: view?.id ?? null,
        cols: columns ?? null,
      });
    },
  };
}
