'use client';

import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { cn } from '@/lib/utils';
import { Skeleton } from '../ui/skeleton';
import { LoadMore, type Paging, useEndReached } from './load-more';
import { TableHead } from './table-head';
import { type RowKit, TableRow } from './table-row';
import { CHECKBOX_WIDTH, type DataTableSort, HEADER_HEIGHT } from './types';
import type { LaidOutColumn } from './use-columns';
import { useRowsInView } from './use-rows-in-view';

const SKELETON_ROWS = Array.from({ length: 14 }, (_, index) => index);
const ACTIONS_MIN_WIDTH = 24;

/** Lets the parent bring a row into view and focus it. */
export type RevealRow = (index: number) => void;

/** The rows as a table, on screens wide enough for one. Only what is in view is in the document. */
export function TableView<T>({
  label,
  rows,
  getRowId,
  kit,
  laidOut,
  totalWidth,
  selection,
  activeId,
  revealRef,
  sort,
  onSortChange,
  onToggleAll,
  isLoading,
  isRefreshing,
  instead,
  paging,
  className,
}: {
  label: string;
  rows: readonly T[];
  getRowId: (row: T) => string;
  kit: RowKit<T>;
  laidOut: LaidOutColumn<T>[];
  totalWidth: number;
  selection: ReadonlySet<string>;
  activeId: string | null;
  revealRef: RefObject<RevealRow | null>;
  sort: DataTableSort | null | undefined;
  onSortChange: ((sort: DataTableSort) => void) | undefined;
  onToggleAll: (selected: boolean) => void;
  isLoading: boolean;
  isRefreshing: boolean;
  instead: ReactNode;
  paging: Paging;
  className?: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const focusNext = useRef<string | null>(null);
  const { first, end, reveal } = useRowsInView(scroller, {
    count: rows.length,
    rowHeight: kit.height,
    headHeight: HEADER_HEIGHT,
    heightOnServer: 880,
  });
  useEndReached(end - 1, rows.length, paging);

  useEffect(() => {
    revealRef.current = (index) => {
      const row = rows[index];
      if (row === undefined) return;
      focusNext.current = getRowId(row);
      reveal(index);
    };
    return () => {
      revealRef.current = null;
    };
  }, [revealRef, rows, getRowId, reveal]);

  // The row may only enter the document after the scroll: focus it as soon as it is there.
  useEffect(() => {
    const id = focusNext.current;
    if (id === null) return;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`);
    if (!element) return;
    focusNext.current = null;
    element.focus({ preventScroll: true });
  });

  const before = first * kit.height;
  const after = (rows.length - end) * kit.height;
  const span = laidOut.length + (kit.selectable ? 2 : 1);
  const firstId = rows[0] === undefined ? null : getRowId(rows[0]);
  const minWidth = totalWidth + (kit.selectable ? CHECKBOX_WIDTH : 0) + ACTIONS_MIN_WIDTH;
  const loaded = rows.length;
  const selectedCount = selection.size;

  return (
    <div
      ref={scroller}
      className={cn('relative min-h-0 flex-1 overflow-auto overscroll-contain', className)}
      onScroll={(event) => {
        // Straight to the document: a hairline is not worth a render on every scroll event.
        const box = event.currentTarget;
        if (box.scrollLeft > 0) box.dataset.scrolled = '';
        else delete box.dataset.scrolled;
      }}
    >
      <div aria-hidden className="sticky top-0 left-0 z-30 h-0">
        {isRefreshing ? <div className="h-0.5 w-full animate-pulse bg-ring appear-late" /> : null}
      </div>
      <table
        aria-label={label}
        aria-rowcount={paging.hasMore ? -1 : loaded + 1}
        aria-busy={isLoading || isRefreshing}
        className="w-full table-fixed border-separate border-spacing-0 text-sm tabular-nums"
        style={{ minWidth }}
      >
        <colgroup>
          {kit.selectable ? <col style={{ width: CHECKBOX_WIDTH }} /> : null}
          {laidOut.map(({ column, width }) => (
            <col key={column.id} style={{ width }} />
          ))}
          <col />
        </colgroup>
        <TableHead
          columns={laidOut}
          sort={sort}
          onSortChange={onSortChange}
          selectable={kit.selectable}
          allSelected={loaded > 0 && selectedCount >= loaded}
          someSelected={selectedCount > 0}
          onToggleAll={onToggleAll}
          hasActions={kit.rowActions !== undefined}
        />
        <tbody>
          {isLoading ? (
            SKELETON_ROWS.map((index) => (
              <SkeletonRow key={index} index={index} kit={kit} laidOut={laidOut} />
            ))
          ) : instead ? null : (
            <>
              {before > 0 ? <Spacer height={before} span={span} /> : null}
              {rows.slice(first, end).map((row, position) => {
                const id = getRowId(row);
                return (
                  <TableRow
                    key={id}
                    kit={kit}
                    row={row}
                    id={id}
                    index={first + position}
                    selected={selection.has(id)}
                    active={activeId === id}
                    tabbable={(activeId ?? firstId) === id}
                  />
                );
              })}
              {after > 0 ? <Spacer height={after} span={span} /> : null}
            </>
          )}
        </tbody>
      </table>
      {isLoading ? (
        <p role="status" className="sr-only">
          Loading
        </p>
      ) : instead ? (
        <div className="sticky left-0 w-full">{instead}</div>
      ) : (
        <LoadMore paging={paging} />
      )}
    </div>
  );
}

/** Stands for the rows that are not in the document. */
function Spacer({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}

function SkeletonRow<T>({
  index,
  kit,
  laidOut,
}: {
  index: number;
  kit: RowKit<T>;
  laidOut: LaidOutColumn<T>[];
}) {
  return (
    <tr aria-hidden style={{ height: kit.height }} className="appear-late">
      {kit.selectable ? (
        <td className="border-b pl-6">
          <Skeleton className="size-4" />
        </td>
      ) : null}
      {laidOut.map(({ column }, position) => (
        <td key={column.id} className={cn('border-b px-2', position === 0 && !kit.selectable && 'pl-6')}>
          {/* Uneven on purpose, like words; the same on server and client. */}
          <Skeleton className="h-3" style={{ width: `${38 + ((index * 23 + position * 31) % 44)}%` }} />
        </td>
      ))}
      <td className="border-b" />
    </tr>
  );
}
