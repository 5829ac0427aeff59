'use client';

import { useMemo } from 'react';
import type { DataTableColumn } from './types';

const DEFAULT_WIDTH = 160;
const DEFAULT_MIN_WIDTH = 72;
const DEFAULT_MAX_WIDTH = 640;

/** One visible column with its width, in CSS pixels, and what changes it. */
export type LaidOutColumn<T> = {
  column: DataTableColumn<T>;
  width: number;
  minWidth: number;
  maxWidth: number;
  resize: (width: number) => void;
  resetSize: () => void;
};

/**
 * Lays the columns out: which are shown and how wide they are. Rows stay out of it, so that dragging an edge
 * re-renders the header and the `<col>` elements only.
 * @param hidden ids of hidden columns
 * @param sizes widths in CSS pixels that differ from the columns' own
 */
export function useColumns<T>(
  columns: readonly DataTableColumn<T>[],
  hidden: readonly string[],
  sizes: Record<string, number>,
  onSizesChange: (sizes: Record<string, number>) => void,
): { laidOut: LaidOutColumn<T>[]; totalWidth: number } {
  return useMemo(() => {
    const laidOut = columns
      .filter(({ id }) => !hidden.includes(id))
      .map((column): LaidOutColumn<T> => {
        const { id, size = DEFAULT_WIDTH, minSize = DEFAULT_MIN_WIDTH, maxSize = DEFAULT_MAX_WIDTH } = column;
        const within = (width: number) => Math.max(minSize, Math.min(maxSize, width));
        return {
          column,
          width: within(sizes[id] ?? size),
          minWidth: minSize,
          maxWidth: maxSize,
          resize: (width) => onSizesChange({ ...sizes, [id]: within(width) }),
          resetSize: () => {
            const { [id]: _, ...others } = sizes;
            onSizesChange(others);
          },
        };
      });
    return { laidOut, totalWidth: laidOut.reduce((sum, { width }) => sum + width, 0) };
  }, [columns, hidden, sizes, onSizesChange]);
}
