'use client';

import { Import, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useCallback, useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { FilterBar } from '@/components/filter-bar';
import { PageHeader } from '@/components/page-header';
import { useShortcut } from '@/components/shortcuts';
import { Button } from '@/components/ui/button';
import { ViewTabs } from '@/components/view-tabs';
import { ApiError } from '@/lib/api-client';
import { countLabel, isNarrowed, naturalDirection, recordHref } from '../domain';
import type { BulkBar as BulkBarOfRows } from './bulk-bar';
import type { ListHelpers, ListStart, RecordListConfig, RecordRow } from './list-config';
import { SearchField } from './search-field';
import { useBulk } from './use-bulk';
import { useFilterFields } from './use-filter-fields';
import { useListAddress } from './use-list-address';
import { useCount, useRecords } from './use-records';
import { useViews } from './use-views';

// Stands beside a selection alone; `dynamic` forgets that the row's type is the caller's to say.
const BulkBar = dynamic(() => import('./bulk-bar').then((module) => module.BulkBar), {
  ssr: false,
}) as unknown as typeof BulkBarOfRows;

const nothingSelected: ReadonlySet<string> = new Set();
const getRowId = (row: RecordRow) => row.id;

/**
 * The list page of a kind of record: title, saved views, search, filters, table, bulk changes, and the record beside it.
 * The address holds everything that is shown; `start` is what the server read for it. Keys: `/` search, `f` filter,
 * `c` create, and the table's own.
 */
export function RecordList<Row extends RecordRow>({
  config,
  start,
}: {
  config: RecordListConfig<Row>;
  start: ListStart<Row>;
}) {
  const { definition, many, one } = config;
  const { entity } = definition;
  const address = useListAddress(definition);
  const { state, setOpen } = address;
  const [selection, setSelection] = useState<ReadonlySet<string>>(nothingSelected);
  const [dialog, setDialog] = useState<{ kind: 'create' } | { kind: 'edit'; id: string } | null>(null);
  const closeForm = () => {
    setDialog(null);
    address.clearNew();
  };

  const records = useRecords(entity, state, start);
  const count = useCount(entity, state);
  const views = useViews(definition, address, start.views);
  const bulk = useBulk(entity, one, many);
  const fields = useFilterFields(definition, config.filters, start.members);

  const helpers = useMemo<ListHelpers>(() => {
    const names = new Map(start.members.map(({ id, name }) => [id, name]));
    return { memberName: (id) => (id === null ? '' : (names.get(id) ?? '')) };
  }, [start.members]);
  const columns = useMemo(() => config.columns(helpers), [config, helpers]);
  const hidden = useMemo(() => {
    const shown = address.columns;
    return columns
      .filter((column, index) => index > 0 && (shown ? !shown.includes(column.id) : column.optional))
      .map(({ id }) => id);
  }, [columns, address.columns]);
  const rows = useMemo(() => records.data?.pages.flatMap((page) => page.rows) ?? [], [records.data]);
  const mobileRow = useCallback((row: Row) => config.mobileRow(row, helpers), [config, helpers]);
  const href = useCallback((row: Row) => recordHref(entity, row.id), [entity]);

  const create = () => setDialog({ kind: 'create' });
  useShortcut('c', `New ${one}`, create, { group: 'List' });
  const { fetchNextPage } = records;
  const onEndReached = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  const error = records.error;
  const isPaging = records.isFetchNextPageError;
  const narrowed = isNarrowed(state);
  const { Figures, Panel, CreateDialog, EditDialog } = config;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        title={config.title}
        count={count === undefined ? undefined : countLabel(count)}
        tabs={<ViewTabs {...views} />}
        action={
          <Button onClick={create}>
            <Plus aria-hidden />
            New {one}
          </Button>
        }
      />
      {Figures ? (
        <Figures filters={state.filters} onFilter={(filters) => address.setState({ q: '', filters })} />
      ) : null}
      <DataTable<Row>
        id={entity}
        label={config.title}
        columns={columns}
        rows={rows}
        getRowId={getRowId}
        getRowLabel={config.rowLabel}
        rowHref={href}
        onOpen={(row) => setOpen(row.id)}
        onEdit={(row) => setDialog({ kind: 'edit', id: row.id })}
        rowActions={config.rowActions}
        mobileRow={mobileRow}
        sort={{ key: state.sort, direction: state.dir }}
        onSortChange={({ key, direction }) =>
          // the first press on a column sorts it the way it is usually read
          address.setState({ sort: key, dir: key === state.sort ? direction : naturalDirection(key) })
        }
        selection={selection}
        onSelectionChange={setSelection}
        bulkActions={(selected) => (
          <BulkBar
            config={config}
            members={start.members}
            selected={selected}
            onChange={(change, done) => {
              if (change.deleted) setSelection(nothingSelected);
              void bulk(selected, change, done);
            }}
          />
        )}
        hiddenColumns={hidden}
        onHiddenColumnsChange={(ids) =>
          address.setColumns(columns.filter(({ id }) => !ids.includes(id)).map(({ id }) => id))
        }
        toolbar={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <SearchField label={`Search ${many}`} value={state.q} onChange={(q) => address.setState({ q })} />
            <FilterBar
              fields={fields}
              value={state.filters}
              onChange={(filters) => address.setState({ filters })}
            />
          </div>
        }
        isLoading={records.isPending}
        isRefreshing={records.isPlaceholderData}
        error={
          error && !isPaging ? (
            <ErrorState
              title={`The ${many} could not be loaded`}
              description={error.message}
              requestId={error instanceof ApiError ? error.requestId : null}
              onRetry={() => void records.refetch()}
            />
          ) : undefined
        }
        empty={
          narrowed ? (
            <EmptyState
              icon={config.icon}
              title={`No ${many} match`}
              description={
                state.q ? `Nothing matches “${state.q}” with these filters.` : 'No record fits these filters.'
              }
              action={
                <Button variant="outline" onClick={() => address.setState({ q: '', filters: {} })}>
                  Clear search and filters
                </Button>
              }
            />
          ) : (
            <EmptyState
              icon={config.icon}
              title={`No ${many} yet`}
              description={config.about}
              action={
                <Button onClick={create}>
                  <Plus aria-hidden /> New {one}
                </Button>
              }
              secondary={
                <Button variant="outline" asChild>
                  <Link href="/imports">
                    <Import aria-hidden /> Import a list
                  </Link>
                </Button>
              }
            />
          )
        }
        hasMore={records.hasNextPage}
        isFetchingMore={records.isFetchingNextPage}
        loadMoreError={isPaging && error ? error.message : null}
        onEndReached={onEndReached}
      />
      {address.open ? <Panel key={address.open} id={address.open} onClose={() => setOpen(null)} /> : null}
      {dialog?.kind === 'create' || address.wantsNew ? (
        <CreateDialog
          onClose={closeForm}
          onDone={(id) => {
            closeForm();
            setOpen(id);
          }}
        />
      ) : null}
      {dialog?.kind === 'edit' ? <EditDialog id={dialog.id} onClose={() => setDialog(null)} /> : null}
    </div>
  );
}
