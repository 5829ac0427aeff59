'use client';

import { useCallback, useRef } from 'react';

/** Selects and unselects rows; with `range` everything between the last touched row and this one. */
export type ToggleRow = (id: string, selected: boolean, range: boolean) => void;

/**
 * Selection with ranges, over the rows in their present order.
 * @param ids ids of the loaded rows, in order
 * @param selection what is selected now
 * @param onChange called with the next selection, a new set
 */
export function useSelection(
  ids: readonly string[],
  selection: ReadonlySet<string> | undefined,
  onChange: ((selection: Set<string>) => void) | undefined,
): { toggle: ToggleRow; toggleAll: (selected: boolean) => void; clear: () => void } {
  const anchor = useRef<string | null>(null);
  const latest = useRef({ ids, selection, onChange });
  latest.current = { ids, selection, onChange };

  const toggle = useCallback<ToggleRow>((id, selected, range) => {
    const { ids, selection, onChange } = latest.current;
    const next = new Set(selection);
    const from = range && anchor.current !== null ? ids.indexOf(anchor.current) : -1;
    const to = ids.indexOf(id);
    const touched = from >= 0 && to >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    for (const each of touched) {
      if (selected) next.add(each);
      else next.delete(each);
    }
    anchor.current = id;
    onChange?.(next);
  }, []);

  const toggleAll = useCallback((selected: boolean) => {
    const { ids, onChange } = latest.current;
    onChange?.(new Set(selected ? ids : []));
  }, []);

  const clear = useCallback(() => latest.current.onChange?.(new Set()), []);
  return { toggle, toggleAll, clear };
}
