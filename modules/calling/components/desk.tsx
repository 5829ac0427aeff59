'use client';

import { Import, Phone, Zap } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { FilterBar } from '@/components/filter-bar';
import { PageHeader } from '@/components/page-header';
import { useShortcut } from '@/components/shortcuts';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { ViewTabs } from '@/components/view-tabs';
import { ApiError } from '@/lib/api-client';
import { SearchField } from '@/modules/records/components/search-field';
import { useListAddress, writeAddress } from '@/modules/records/components/use-list-address';
import { useViews } from '@/modules/records/components/use-views';
import { countLabel, isNarrowed } from '@/modules/records/domain';
import type { View } from '@/modules/views/schema';
import type { DeskRow } from '../schema';
import { CallsTabs } from './calls-tabs';
import { deskColumns, deskMobileRow } from './desk-columns';
import { useDeskFilters } from './desk-filters';
import { deskList, withSingles } from './desk-list';
import { phoneLabel } from './phone-text';
import { type DeskStart, useDesk, useDeskCount } from './use-desk';

const DeskPanel = dynamic(() => import('./desk-panel').then((module) => module.DeskPanel), { ssr: false });
const PowerMode = dynamic(() => import('./power-mode').then((module) => module.PowerMode), { ssr: false });

/** The address of a number's card, and of power mode; both keep the list as it stands. */
const openNumber = (id: string | null) => writeAddress({ number: id }, id ? 'pushState' : 'replaceState');
const setPower = (isOn: boolean) =>
  writeAddress({ mode: isOn ? 'power' : null, number: null }, isOn ? 'pushState' : 'replaceState');

/** Moves the focus to the row below or above, from nowhere to the first. */
function stepTo(direction: 'next' | 'previous'): void {
  const row = document.activeElement?.closest('tr[data-row-id]');
  const beside = direction === 'next' ? row?.nextElementSibling : row?.previousElementSibling;
  const to = row ? beside : document.querySelector('tr[data-row-id]');
  if (to instanceof HTMLElement && to.dataset.rowId) to.focus();
}

const rowId = (row: DeskRow) => row.id;
const rowLabel = (row: DeskRow) => phoneLabel(row.e164);
const rowHref = (row: DeskRow) => `/calls?number=${row.id}`;

/**
 * The calling desk: numbers in the order of its rules, one of them open beside the list, or one after the other in power
 * mode. The address holds everything that is shown. Keys: `p` power mode, and the list's own.
 * @param isAdmin may take a number over
 */
export function Desk({
  start,
  views: startViews,
  peopleViews,
  isAdmin,
}: {
  start: DeskStart | null;
  views: View[];
  peopleViews: { id: string; name: string }[];
  isAdmin: boolean;
}) {
  const address = useListAddress(deskList);
  const { state } = address;
  const given = useSearchParams();
  const number = given.get('number');
  const isPower = given.get('mode') === 'power';
  const desk = useDesk(state, start, !isPower);
  const count = useDeskCount(state);
  const views = useViews(deskList, address, startViews);
  const fields = useDeskFilters(peopleViews);
  const rows = useMemo(() => {
    // a number that came up between two pages would stand twice
    const all = desk.data?.pages.flatMap((page) => page.rows) ?? [];
    return [...new Map(all.map((row) => [row.id, row])).values()];
  }, [desk.data]);
  useShortcut('p', 'Power mode', () => setPower(true), { group: 'List', enabled: !isPower });
  useShortcut('ArrowDown', 'Next row', () => stepTo('next'), { group: 'List', enabled: !isPower });
  useShortcut('ArrowUp', 'Previous row', () => stepTo('previous'), { group: 'List', enabled: !isPower });
  const { fetchNextPage } = desk;
  const onEndReached = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const { error, isFetchNextPageError: isPaging } = desk;
  const isHeld = state.filters.held !== undefined;

  if (isPower)
    return <PowerMode state={state} isAdmin={isAdmin} count={count} onLeave={() => setPower(false)} />;
  return (
    <>
      <PageHeader
        title="Calls"
        count={count === undefined ? undefined : countLabel(count)}
        tabs={<CallsTabs />}
        action={
          <Button onClick={() => setPower(true)}>
            <Zap aria-hidden />
            Power mode
            <Kbd className="border-current/30 bg-transparent text-inherit max-md:hidden">P</Kbd>
          </Button>
        }
      />
      <DataTable<DeskRow>
        id="calls"
        label="Numbers to call"
        columns={deskColumns}
        rows={rows}
        getRowId={rowId}
        getRowLabel={rowLabel}
        rowHref={rowHref}
        onOpen={(row) => openNumber(row.id)}
        mobileRow={deskMobileRow}
        toolbar={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <SearchField label="Search numbers" value={state.q} onChange={(q) => address.setState({ q })} />
            <ViewTabs {...views} />
            <FilterBar
              fields={fields}
              value={state.filters}
              onChange={(filters) => address.setState({ filters: withSingles(filters) })}
            />
          </div>
        }
        isLoading={desk.isPending}
        isRefreshing={desk.isPlaceholderData}
        error={
          error && !isPaging && rows.length === 0 ? (
            <ErrorState
              title="The numbers could not be loaded"
              description={error.message}
              requestId={error instanceof ApiError ? error.requestId : null}
              onRetry={() => void desk.refetch()}
            />
          ) : undefined
        }
        empty={
          isNarrowed(state) ? (
            <EmptyState
              icon={Phone}
              title={isHeld ? 'No number rests' : 'No numbers match'}
              description={
                state.q ? `Nothing matches “${state.q}” with these filters.` : 'No number fits these filters.'
              }
              action={
                <Button variant="outline" onClick={() => address.setState({ q: '', filters: {} })}>
                  Clear search and filters
                </Button>
              }
            />
          ) : (
            <EmptyState
              icon={Phone}
              title="Nothing to call"
              description="Every number of your people and properties stands here once, the next one to call first. Numbers that rest after a call come back by themselves."
              action={
                <Button asChild>
                  <Link href="/imports">
                    <Import aria-hidden /> Import a list
                  </Link>
                </Button>
              }
              secondary={
                <Button variant="outline" onClick={() => address.setState({ filters: { held: ['yes'] } })}>
                  Show numbers that rest
                </Button>
              }
            />
          )
        }
        hasMore={desk.hasNextPage}
        isFetchingMore={desk.isFetchingNextPage}
        loadMoreError={isPaging && error ? error.message : null}
        onEndReached={onEndReached}
      />
      {number ? (
        <DeskPanel key={number} phoneId={number} isAdmin={isAdmin} onClose={() => openNumber(null)} />
      ) : null}
    </>
  );
}
