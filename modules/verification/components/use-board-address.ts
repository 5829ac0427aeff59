'use client';

import { parseAsNativeArrayOf, parseAsString, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { type BoardFilters, boardFilterKeys, readBoardState } from '../domain';

const parsers = {
  ...(Object.fromEntries(boardFilterKeys.map((key) => [key, parseAsNativeArrayOf(parseAsString)])) as Record<
    (typeof boardFilterKeys)[number],
    ReturnType<typeof parseAsNativeArrayOf<string>>
  >),
  pipeline: parseAsString,
  q: parseAsString,
  card: parseAsString,
};

/** The board's state as its address holds it. Opening a card is a step that "back" leads out of. */
export function useBoardAddress() {
  const [values, setValues] = useQueryStates(parsers, { history: 'replace', shallow: true, scroll: false });
  const key = JSON.stringify(values);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the values are new on every render; their text is what counts
  const state = useMemo(() => readBoardState(values), [key]);
  return {
    state,
    card: values.card,
    setCard: (card: string | null) => void setValues({ card }, { history: card ? 'push' : 'replace' }),
    setPipeline: (pipeline: string | null) => void setValues({ pipeline }),
    setQuery: (q: string) => void setValues({ q: q || null }),
    setFilters: (filters: BoardFilters) =>
      void setValues(Object.fromEntries(boardFilterKeys.map((name) => [name, filters[name] ?? null]))),
  };
}
