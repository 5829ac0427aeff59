'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useShortcut } from '../shortcuts';
import { CardView } from './card-view';
import type { Paging } from './load-more';
import type { RowKit } from './table-row';
import { type RevealRow, TableView } from './table-view';
import { TableToolbar } from './toolbar';
import { type DataTableProps, ROW_HEIGHT } from './types';
import { useColumns } from './use-columns';
import { useMediaQuery } from './use-media-query';
import { useSelection } from './use-selection';
import { useTableSettings } from './use-table-settings';

const NOTHING_SELECTED: ReadonlySet<string> = new Set();
const PHONE = '(max-width: 767px)';

/**
 * A list of records: a table on wide screens, two-line cards on phones. The page controls data, sort and selection;
 * widths and density stay in this browser. Keys: `j`/`k` move, `x` selects (with Shift a range), Enter opens, `e` edits.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, getRowId, getRowLabel, rowHref, onOpen, onEdit, rowActions, onSelectionChange } = props;
  const router = useRouter();
  const isPhone = useMediaQuery(PHONE);
  const [settings, updateSettings] = useTableSettings(props.id);
  const [activeId, setActiveId] = useState<string | null>(null);
  const reveal = useRef<RevealRow | null>(null);

  const selection = props.selection ?? NOTHING_SELECTED;
  const selectable = onSelectionChange !== undefined;
  const hidden = props.hiddenColumns ?? settings.hidden;
  const setSizes = useCallback(
    (sizes: Record<string, number>) => updateSettings({ sizes }),
    [updateSettings],
  );
  const { laidOut, totalWidth } = useColumns(props.columns, hidden, settings.sizes, setSizes);
  const ids = useMemo(() => rows.map(getRowId), [rows, getRowId]);
  const { toggle, toggleAll, clear } = useSelection(ids, props.selection, onSelectionChange);

  // Rows are memoised on the kit, so its parts must not change with every render of the page.
  const latest = useRef({ onOpen, rowHref });
  latest.current = { onOpen, rowHref };
  const onPress = useCallback(
    (row: T) => {
      const { onOpen, rowHref } = latest.current;
      if (onOpen) onOpen(row);
      else if (rowHref) router.push(rowHref(row));
      else return false;
      return true;
    },
    [router],
  );
  const visibleKey = laidOut.map(({ column }) => column.id).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: laidOut is new on every render; which columns it names is what counts
  const columns = useMemo(() => laidOut.map(({ column }) => column), [visibleKey, props.columns]);
  const height = ROW_HEIGHT[settings.density];
  const kit = useMemo<RowKit<T>>(
    () => ({
      columns,
      getRowLabel,
      rowHref,
      rowActions,
      selectable,
      height,
      onToggle: toggle,
      onPress,
      onFocusRow: setActiveId,
    }),
    [columns, getRowLabel, rowHref, rowActions, selectable, height, toggle, onPress],
  );

  const activeIndex = activeId === null ? -1 : ids.indexOf(activeId);
  const activeRow = activeIndex >= 0 ? rows[activeIndex] : undefined;
  const move = (step: number) => {
    const next = activeIndex < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, activeIndex + step));
    const id = ids[next];
    if (id === undefined) return;
    setActiveId(id);
    reveal.current?.(next);
  };
  const inList = { group: 'List', enabled: rows.length > 0 };
  useShortcut('j', 'Next row', () => move(1), inList);
  useShortcut('k', 'Previous row', () => move(-1), inList);
  useShortcut(
    'x',
    'Select the row (Shift: a range)',
    (event) => {
      if (activeId !== null && activeRow !== undefined)
        toggle(activeId, !selection.has(activeId), event.shiftKey);
    },
    { group: 'List', enabled: selectable && rows.length > 0 },
  );
  useShortcut('Enter', 'Open the row', () => activeRow !== undefined && onPress(activeRow), inList);
  useShortcut('e', 'Edit the row', () => activeRow !== undefined && onEdit?.(activeRow), {
    group: 'List',
    enabled: onEdit !== undefined && rows.length > 0,
  });
  useShortcut('Escape', 'Clear the selection', clear, { group: 'List', enabled: selection.size > 0 });

  const isLoading = props.isLoading ?? false;
  const instead = isLoading ? null : (props.error ?? (rows.length === 0 ? props.empty : null));
  const paging: Paging = {
    hasMore: (props.hasMore ?? false) && !instead,
    isFetchingMore: props.isFetchingMore ?? false,
    error: props.loadMoreError,
    onEndReached: props.onEndReached,
  };

  return (
    <div data-slot="data-table" className="flex min-h-0 flex-1 flex-col">
      <TableToolbar
        toolbar={props.toolbar}
        bulkActions={selection.size > 0 ? props.bulkActions?.(selection) : null}
        selectedCount={selection.size}
        onClear={clear}
        columns={props.columns}
        hidden={hidden}
        onHiddenChange={(next) =>
          props.onHiddenColumnsChange ? props.onHiddenColumnsChange(next) : updateSettings({ hidden: next })
        }
        density={settings.density}
        onDensityChange={(density) => updateSettings({ density })}
      />
      {/* Until the width is known both are rendered and CSS shows the right one, so nothing flickers on hydration. */}
      {isPhone !== true ? (
        <TableView
          label={props.label}
          rows={rows}
          getRowId={getRowId}
          kit={kit}
          laidOut={laidOut}
          totalWidth={totalWidth}
          selection={selection}
          activeId={activeRow === undefined ? null : activeId}
          revealRef={reveal}
          sort={props.sort}
          onSortChange={props.onSortChange}
          onToggleAll={toggleAll}
          isLoading={isLoading}
          isRefreshing={props.isRefreshing ?? false}
          instead={instead}
          paging={paging}
          className={isPhone === null ? 'max-md:hidden' : undefined}
        />
      ) : null}
      {isPhone !== false ? (
        <CardView
          label={props.label}
          rows={rows}
          getRowId={getRowId}
          kit={kit}
          mobileRow={props.mobileRow}
          selection={selection}
          isLoading={isLoading}
          instead={instead}
          paging={paging}
          className={isPhone === null ? 'md:hidden' : undefined}
        />
      ) : null}
    </div>
  );
}
