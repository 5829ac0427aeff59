'use client';

import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { DataTableColumn } from './types';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnVisibilityFeature });
const NO_ROWS: never[] = [];

/** One visible column with its width and the handlers of its resize handle. */
export type LaidOutColumn<T> = {
  column: DataTableColumn<T>;
  width: number;
  minWidth: number;
  maxWidth: number;
  isResizing: boolean;
  startResize: (event: unknown) => void;
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
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const definitions = useMemo<ColumnDef<typeof features, object>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        size: column.size ?? 160,
        minSize: column.minSize ?? 72,
        maxSize: column.maxSize ?? 640,
      })),
    [columns],
  );
  const columnVisibility = useMemo(() => Object.fromEntries(hidden.map((id) => [id, false])), [hidden]);
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    columnResizeMode: 'onChange',
    state: { columnVisibility, columnSizing: sizes },
    onColumnSizingChange: (updater) =>
      onSizesChange(typeof updater === 'function' ? updater(sizes) : updater),
  });

  const laidOut: LaidOutColumn<T>[] = [];
  let totalWidth = 0;
  for (const header of table.getHeaderGroups()[0]?.headers ?? []) {
    const column = byId.get(header.column.id);
    if (!column) continue;
    const width = header.getSize();
    const minWidth = column.minSize ?? 72;
    const maxWidth = column.maxSize ?? 640;
    totalWidth += width;
    laidOut.push({
      column,
      width,
      minWidth,
      maxWidth,
      isResizing: header.column.getIsResizing(),
      startResize: header.getResizeHandler(),
      resize: (next) =>
        onSizesChange({ ...sizes, [column.id]: Math.max(minWidth, Math.min(maxWidth, next)) }),
      resetSize: () => header.column.resetSize(),
    });
  }
  return { laidOut, totalWidth };
}
