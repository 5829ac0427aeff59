'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import type { ViewState } from '@/modules/views/schema';
import { type ListShape, type ListState, naturalDirection, readListState } from '../domain';

/** Parameters by name; an empty list or null takes one out of the address. */
export type AddressChange = Record<string, string | readonly string[] | null>;

/** Changes some parameters of the address. The router hears of it, but asks the server for nothing: rows come from the API. */
export function writeAddress(
  change: AddressChange,
  step: 'pushState' | 'replaceState' = 'replaceState',
): void {
  // the address as it is now, not as it was rendered: two changes may come before the next render
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(change)) {
    url.searchParams.delete(name);
    for (const each of typeof value === 'string' ? [value] : (value ?? []))
      url.searchParams.append(name, each);
  }
  if (url.href !== window.location.href) window.history[step](null, '', url);
}

/** What a list's address says, and how to change it. */
export type ListAddress = {
  state: ListState;
  /** Ids of the columns shown, or null for the list's own choice. */
  columns: string[] | null;
  view: string | null;
  open: string | null;
  /** `?new=1`: the form for a new record is asked for, by a link from another page. */
  wantsNew: boolean;
  setState: (change: Partial<ListState>) => void;
  setColumns: (columns: string[] | null) => void;
  setView: (id: string | null) => void;
  setOpen: (id: string | null) => void;
  /** Takes `?new=1` out again. */
  clearNew: () => void;
  /** Puts the state of a view (null: of no view) into the address. */
  applyView: (view: { id: string; state: ViewState } | null) => void;
};

/**
 * The list's state as its address holds it; nothing is kept beside it. What equals the default is left out of the
 * address. Opening a record is a step back leads out of; changes of the list replace the step.
 */
export function useListAddress(definition: ListShape): ListAddress {
  const given = useSearchParams();
  const state = useMemo(() => {
    const filters = Object.keys(definition.filters).map((name) => [name, given.getAll(name)]);
    const single = ['q', 'sort', 'dir'].map((name) => [name, given.get(name)]);
    return readListState(definition, Object.fromEntries([...filters, ...single]));
  }, [definition, given]);
  const cols = given.get('cols');
  const columns = useMemo(() => cols?.split(',').filter(Boolean) ?? null, [cols]);

  const writeState = (next: ListState, more: AddressChange = {}) => {
    const filters = Object.keys(definition.filters).map((name) => [name, next.filters[name] ?? null]);
    const isOwnOrder = next.sort === definition.sorts[0] && next.dir === naturalDirection(next.sort);
    writeAddress({
      ...Object.fromEntries(filters),
      q: next.q || null,
      sort: isOwnOrder ? null : next.sort,
      dir: next.dir === naturalDirection(next.sort) ? null : next.dir,
      ...more,
    });
  };

  return {
    state,
    columns,
    view: given.get('view'),
    open: given.get('open'),
    wantsNew: given.has('new'),
    setState: (change) => writeState({ ...state, ...change }),
    setColumns: (ids) => writeAddress({ cols: ids?.join(',') ?? null }),
    setView: (view) => writeAddress({ view }),
    setOpen: (open) => writeAddress({ open }, open ? 'pushState' : 'replaceState'),
    clearNew: () => writeAddress({ new: null }),
    applyView: (view) => {
      const { filters = {}, columns: kept, ...rest } = view?.state ?? {};
      writeState(readListState(definition, { ...filters, ...rest }), {
        view: view?.id ?? null,
        cols: kept?.join(',') ?? null,
      });
    },
  };
}
