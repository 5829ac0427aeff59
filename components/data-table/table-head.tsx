'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { cn } from '@/lib/utils';
import { Checkbox } from '../ui/checkbox';
import type { DataTableSort } from './types';
import { CHECKBOX_WIDTH, HEADER_HEIGHT } from './types';
import type { LaidOutColumn } from './use-columns';

const RESIZE_STEP_PX = 16;

/** The header row: select all, sort, and a handle at each edge (drag, arrow keys, double-click resets). */
export function TableHead<T>({
  columns,
  sort,
  onSortChange,
  selectable,
  allSelected,
  someSelected,
  onToggleAll,
  hasActions,
}: {
  columns: readonly LaidOutColumn<T>[];
  sort: DataTableSort | null | undefined;
  onSortChange: ((sort: DataTableSort) => void) | undefined;
  selectable: boolean;
  allSelected: boolean;
  someSelected: boolean;
  onToggleAll: (selected: boolean) => void;
  hasActions: boolean;
}) {
  return (
    <thead className="sticky top-0 z-20 text-muted-foreground text-xs">
      <tr style={{ height: HEADER_HEIGHT }}>
        {selectable ? (
          <th scope="col" className="sticky left-0 z-10 border-b bg-background pl-6 text-left">
            <Checkbox
              aria-label="Select all loaded rows"
              checked={allSelected}
              indeterminate={someSelected && !allSelected}
              onCheckedChange={onToggleAll}
              className="block"
            />
          </th>
        ) : null}
        {columns.map((laidOut, index) => (
          <HeadCell
            key={laidOut.column.id}
            laidOut={laidOut}
            sort={sort}
            onSortChange={onSortChange}
            stickyLeft={index === 0 ? (selectable ? CHECKBOX_WIDTH : 0) : null}
            gutter={index === 0 && !selectable}
          />
        ))}
        {/* Takes the room that is left over, and is where row actions appear. */}
        <td className="border-b bg-background">
          {hasActions ? <span className="sr-only">Actions</span> : null}
        </td>
      </tr>
    </thead>
  );
}

function HeadCell<T>({
  laidOut,
  sort,
  onSortChange,
  stickyLeft,
  gutter,
}: {
  laidOut: LaidOutColumn<T>;
  sort: DataTableSort | null | undefined;
  onSortChange: ((sort: DataTableSort) => void) | undefined;
  stickyLeft: number | null;
  gutter: boolean;
}) {
  const { column } = laidOut;
  const sortKey = onSortChange ? column.sortKey : undefined;
  const direction = sortKey && sort?.key === sortKey ? sort.direction : null;
  const Arrow = direction === 'desc' ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={
        direction ? (direction === 'asc' ? 'ascending' : 'descending') : sortKey ? 'none' : undefined
      }
      style={stickyLeft === null ? undefined : { left: stickyLeft }}
      className={cn(
        'group/head relative border-b bg-background font-medium',
        stickyLeft !== null && 'sticky z-10',
        stickyLeft !== null && 'in-data-scrolled:shadow-[1px_0_0_var(--border)]',
      )}
    >
      {sortKey ? (
        <button
          type="button"
          onClick={() => onSortChange?.({ key: sortKey, direction: direction === 'asc' ? 'desc' : 'asc' })}
          className={cn(
            'focus-inset flex h-full w-full items-center gap-1 px-2 hover:text-foreground',
            gutter && 'pl-6',
            column.align === 'end' && 'flex-row-reverse',
            direction && 'text-foreground',
          )}
          style={{ height: HEADER_HEIGHT - 1 }}
        >
          <span className="truncate">{column.header}</span>
          <Arrow
            aria-hidden
            className={cn(
              'size-3 shrink-0 transition-opacity duration-120',
              direction ? 'opacity-100' : 'opacity-0 group-hover/head:opacity-60',
            )}
          />
        </button>
      ) : (
        <span
          className={cn(
            'block truncate px-2',
            gutter && 'pl-6',
            column.align === 'end' ? 'text-right' : 'text-left',
          )}
        >
          {column.header}
        </span>
      )}
      <ResizeHandle laidOut={laidOut} />
    </th>
  );
}

/** The edge of a column: dragged, moved by the arrow keys, put back by a double-click. */
function ResizeHandle<T>({ laidOut }: { laidOut: LaidOutColumn<T> }) {
  const { column, width, minWidth, maxWidth, resize, resetSize } = laidOut;
  /** Where the drag began: the pointer's x and the column's width. */
  const [drag, setDrag] = useState<{ x: number; width: number } | null>(null);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator with a value is the pattern for a movable edge; hr can't be one
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${column.header}`}
      aria-valuenow={Math.round(width)}
      aria-valuemin={minWidth}
      aria-valuemax={maxWidth}
      tabIndex={0}
      title="Drag to resize, double-click to reset"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        // from here on the pointer's events come here, wherever it goes
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ x: event.clientX, width });
      }}
      onPointerMove={(event) => drag && resize(drag.width + event.clientX - drag.x)}
      onLostPointerCapture={() => setDrag(null)}
      onDoubleClick={resetSize}
      onKeyDown={(event) => {
        const step =
          event.key === 'ArrowRight' ? RESIZE_STEP_PX : event.key === 'ArrowLeft' ? -RESIZE_STEP_PX : 0;
        if (step === 0) return;
        event.preventDefault();
        resize(width + step);
      }}
      className={cn(
        'absolute inset-y-1.5 -right-1 z-10 w-2 cursor-col-resize touch-none select-none',
        'before:absolute before:inset-y-0 before:left-[3px] before:w-px before:bg-border before:opacity-0 before:transition-opacity hover:before:opacity-100 group-hover/head:before:opacity-100 focus-visible:before:opacity-100',
        drag && 'before:w-0.5 before:bg-ring before:opacity-100',
      )}
    />
  );
}
