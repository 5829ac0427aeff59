'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { writeAddress } from '@/modules/records/components/use-list-address';
import { type BoardFilters, boardFilterKeys, readBoardState } from '../domain';

/** The board's state as its address holds it. Opening a card is a step that "back" leads out of. */
export function useBoardAddress() {
  const given = useSearchParams();
  const state = useMemo(() => {
    const names = ['pipeline', 'q', ...boardFilterKeys];
    return readBoardState(Object.fromEntries(names.map((name) => [name, given.getAll(name)])));
  }, [given]);
  return {
    state,
    card: given.get('card'),
    setCard: (card: string | null) => writeAddress({ card }, card ? 'pushState' : 'replaceState'),
    setPipeline: (pipeline: string | null) => writeAddress({ pipeline, card: null }),
    setQuery: (q: string) => writeAddress({ q: q || null }),
    setFilters: (filters: BoardFilters) =>
      writeAddress(Object.fromEntries(boardFilterKeys.map((name) => [name, filters[name] ?? null]))),
  };
}
