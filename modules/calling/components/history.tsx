'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, PhoneOff } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTransition } from 'react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { useFeature } from '@/components/tier';
import { Button, buttonVariants } from '@/components/ui/button';
import { Tooltip } from '@/components/ui/tooltip';
import { ApiError, api } from '@/lib/api-client';
import { dayKey, formatDay } from '@/lib/format';
import { featureRefusal } from '@/lib/tiers';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import {
  type HistoryPage,
  type HistoryRow,
  type HistoryState,
  historyHref,
  historySearch,
  readHistoryState,
} from '../history';
import { CallsTabs } from './calls-tabs';
import { type Caller, HistoryFilters } from './history-filters';
import { HistoryLine } from './history-line';

const atMostEveryMs = 4000;

/** An address's parameters, with those that stand there several times. */
function paramsOf(search: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(search.keys())].map((key) => [key, search.getAll(key)]));
}

/**
 * Every call, out and in, with what came of it and the mail that follows; narrowed by the address.
 * @param first the first page, as the server has read it for `firstSearch`
 */
export function History({
  first,
  firstSearch,
  callers,
  names,
}: {
  first: HistoryPage;
  firstSearch: string;
  callers: readonly Caller[];
  names: { person?: string; phone?: string };
}) {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();
  const state = readHistoryState(paramsOf(new URLSearchParams(useSearchParams())));
  const search = historySearch(state);
  const query = useInfiniteQuery({
    queryKey: ['calls', 'history', search],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(search);
      if (pageParam) asked.set('cursor', pageParam);
      return api<HistoryPage>('GET', `/api/calls/history?${asked}`, undefined, { signal });
    },
    getNextPageParam: (page) => page.next_cursor,
    ...(search === firstSearch && { initialData: { pages: [first], pageParams: [null] }, staleTime: 3000 }),
  });
  useLiveRefresh(
    'calls',
    atMostEveryMs,
    () => {
      // pages that were opened deep down are not read anew under somebody's eyes
      if ((query.data?.pages.length ?? 0) <= 1) void query.refetch();
    },
    () => true,
  );
  const go = (change: Partial<HistoryState>) =>
    startGoing(() => router.push(historyHref({ ...state, ...change }), { scroll: false }));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const zone = query.data?.pages[0]?.time_zone ?? first.time_zone;
  return (
    <>
      <PageHeader
        title="Calls"
        tabs={<CallsTabs />}
        secondary={<Export search={search} />}
        filters={<HistoryFilters state={state} callers={callers} names={names} go={go} isGoing={isGoing} />}
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-4 max-md:px-4">
        {query.isPending ? (
          <p role="status" className="appear-late py-10 text-center text-muted-foreground text-sm">
            Loading
          </p>
        ) : rows.length === 0 && !query.isError ? (
          <Nothing isNarrowed={search !== ''} />
        ) : rows.length > 0 ? (
          <Days rows={rows} zone={zone} />
        ) : null}
        {query.isError ? (
          <ErrorState
            title={rows.length > 0 ? 'The next calls could not be loaded' : 'The calls could not be loaded'}
            onRetry={() => void (rows.length > 0 ? query.fetchNextPage() : query.refetch())}
            requestId={query.error instanceof ApiError ? query.error.requestId : null}
            className="py-6"
          />
        ) : query.hasNextPage ? (
          <div className="mt-3 flex justify-center">
            <Button
              variant="outline"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show more
            </Button>
          </div>
        ) : null}
      </div>
    </>
  );
}

function Days({ rows, zone }: { rows: readonly HistoryRow[]; zone: string }) {
  const days: [string, HistoryRow[]][] = [];
  for (const row of rows) {
    const day = dayKey(row.started_at, zone);
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(row);
    else days.push([day, [row]]);
  }
  return (
    <div className="grid max-w-7xl gap-4">
      {days.map(([day, calls]) => (
        <section key={day} aria-label={day}>
          <h2 className="mb-1.5 font-medium text-muted-foreground text-xs" suppressHydrationWarning>
            {formatDay(calls[0]?.started_at ?? day, zone)}
          </h2>
          <ol className="divide-y rounded-lg border bg-card">
            {calls.map((call) => (
              <HistoryLine key={call.id} call={call} zone={zone} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Export({ search }: { search: string }) {
  const mayExport = useFeature('calls_export');
  if (!mayExport)
    return (
      <Tooltip content={`${featureRefusal('calls_export')}.`}>
        <Button variant="outline" aria-disabled className="opacity-60">
          <Download aria-hidden /> Export
        </Button>
      </Tooltip>
    );
  return (
    <a
      href={`/api/calls/history/export${search ? `?${search}` : ''}`}
      download
      className={buttonVariants({ variant: 'outline' })}
    >
      <Download aria-hidden /> Export
    </a>
  );
}

function Nothing({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <EmptyState
      icon={PhoneOff}
      title={isNarrowed ? 'No call fits these filters' : 'Nobody has called yet'}
      description={
        isNarrowed
          ? 'Look at other days, or at every call.'
          : 'Every call stands here, out and in, with what came of it and the e-mail that follows.'
      }
      action={
        <Link href={isNarrowed ? historyHref() : '/calls'} className={buttonVariants({ variant: 'outline' })}>
          {isNarrowed ? 'Clear the filters' : 'Open the desk'}
        </Link>
      }
    />
  );
}
