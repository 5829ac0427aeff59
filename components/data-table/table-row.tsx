'use client';

import Link from 'next/link';
import { type MouseEvent, memo, type ReactNode } from 'react';
import { cn } from '@/lib/utils';
import { Checkbox } from '../ui/checkbox';
import type { DataTableColumn } from './types';
import { CHECKBOX_WIDTH } from './types';
import type { ToggleRow } from './use-selection';

/** What stays the same for all rows of a table, so that a row re-renders only when it changed itself. */
export type RowKit<T> = {
  columns: readonly DataTableColumn<T>[];
  getRowLabel: (row: T) => string;
  rowHref?: (row: T) => string;
  rowActions?: (row: T) => ReactNode;
  selectable: boolean;
  height: number;
  onToggle: ToggleRow;
  /** A plain press on the row or its link; returns true when it was handled here. */
  onPress: (row: T) => boolean;
  onFocusRow: (id: string) => void;
};

const CONTROLS = 'a,button,input,select,textarea,label,[role=menuitem],[role=option]';

/** A press that asks for a new tab or a download belongs to the browser. */
export function isPlainPress(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function TableRowInner<T>({
  kit,
  row,
  id,
  index,
  selected,
  active,
  tabbable,
}: {
  kit: RowKit<T>;
  row: T;
  id: string;
  index: number;
  selected: boolean;
  active: boolean;
  tabbable: boolean;
}) {
  // The row's own ground again, for cells that others slide under.
  const ground =
    'bg-background group-hover/row:bg-muted group-data-active/row:bg-muted group-aria-selected/row:bg-selected!';
  const href = kit.rowHref?.(row);
  const label = kit.getRowLabel(row);
  return (
    <tr
      // The focus ring is drawn by the cells: sticky ones would cover an outline of the row.
      data-row-id={id}
      data-active={active || undefined}
      aria-rowindex={index + 2}
      aria-selected={kit.selectable ? selected : undefined}
      tabIndex={tabbable ? 0 : -1}
      style={{ height: kit.height }}
      className="group/row bg-background outline-none [&:focus-visible>td]:shadow-[inset_0_2px_0_var(--ring),inset_0_-2px_0_var(--ring)] hover:bg-muted data-active:bg-muted aria-selected:bg-selected!"
      onFocus={() => kit.onFocusRow(id)}
      onClick={(event) => {
        const target = event.target as Element;
        // Portals bubble through React's tree: only presses on the row itself count.
        if (!event.currentTarget.contains(target) || target.closest(CONTROLS)) return;
        if (getSelection()?.toString()) return;
        if (isPlainPress(event)) kit.onPress(row);
        else if (href && (event.metaKey || event.ctrlKey)) open(href, '_blank', 'noopener');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        event.preventDefault();
        kit.onPress(row);
      }}
    >
      {kit.selectable ? (
        <td className={cn('sticky left-0 z-10 border-b pl-6', ground)}>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: widens the press area; the box names itself */}
          <label className="-m-2 flex p-2">
            <Checkbox
              aria-label={`Select ${label}`}
              checked={selected}
              onChange={(event) => {
                // React raises a checkbox's change from the click, which carries the modifier keys.
                const { nativeEvent } = event;
                kit.onToggle(
                  id,
                  event.target.checked,
                  nativeEvent instanceof MouseEvent && nativeEvent.shiftKey,
                );
              }}
            />
          </label>
        </td>
      ) : null}
      {kit.columns.map((column, position) => {
        const content = column.cell(row);
        const isFirst = position === 0;
        return (
          <td
            key={column.id}
            style={isFirst ? { left: kit.selectable ? CHECKBOX_WIDTH : 0 } : undefined}
            className={cn(
              'overflow-hidden whitespace-nowrap border-b px-2',
              column.align === 'end' && 'text-right',
              isFirst &&
                cn('sticky z-10 font-medium in-data-scrolled:shadow-[1px_0_0_var(--border)]', ground),
              isFirst && !kit.selectable && 'pl-6',
            )}
          >
            {isFirst && href ? (
              <Link
                href={href}
                prefetch={false}
                tabIndex={-1}
                className="block truncate hover:underline"
                onClick={(event) => {
                  if (isPlainPress(event) && kit.onPress(row)) event.preventDefault();
                }}
              >
                {content}
              </Link>
            ) : (
              <div className="truncate">{content}</div>
            )}
          </td>
        );
      })}
      <td className={cn('border-b', kit.rowActions && 'pointer-events-none sticky right-0')}>
        {kit.rowActions ? (
          <div
            className={cn(
              'pointer-events-none absolute inset-y-px right-0 flex items-center gap-0.5 pr-4 pl-3 opacity-0 transition-opacity duration-120',
              'group-focus-within/row:pointer-events-auto group-focus-within/row:opacity-100 group-hover/row:pointer-events-auto group-hover/row:opacity-100 has-aria-expanded:opacity-100',
              ground,
            )}
          >
            {kit.rowActions(row)}
          </div>
        ) : null}
      </td>
    </tr>
  );
}

/** One record. Memoised: scrolling and dragging a column edge must not re-render thousands of cells. */
export const TableRow = memo(TableRowInner) as typeof TableRowInner;
