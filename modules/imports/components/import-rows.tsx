'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { ErrorState } from '@/components/error-state';
import { StatusBadge } from '@/components/status-badge';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import type { ImportRowView } from '@/modules/imports/queries';
import type { ImportCounts, RowFilter } from '@/modules/imports/schema';
import { resultLooks } from './labels';

type Page = { rows: ImportRowView[]; nextAfter: number | null };

const filters: (RowFilter | null)[] = [null, 'created', 'updated', 'linked', 'skipped', 'failed', 'problems'];

/** What a row did, and what a checked one will do. */
const done = {
  created: 'Created',
  updated: 'Updated',
  linked: 'Linked',
  skipped: 'Nothing new',
  failed: 'Refused',
};
const promised = { ...done, created: 'To create', updated: 'To update', linked: 'To link' };

/** Words for the columns that a record's change names. */
const columnWords: Record<string, string> = {
  first_name: 'first name',
  last_name: 'last name',
  lead_status: 'lead status',
  contact_types: 'contact types',
  owner_id: 'owner',
  completion_date: 'completion date',
  year_founded: 'year founded',
  investment_prefs: 'investment preferences',
};

/**
 * What became of each row, by result, with the records it names and the reasons.
 * @param version changes when a phase ends, so that an earlier phase's rows aren't shown for it
 */
export function ImportRows({
  id,
  counts,
  isPromise,
  version,
}: {
  id: string;
  counts: NonNullable<ImportCounts['rows']>;
  isPromise: boolean;
  version: string;
}) {
  const [filter, setFilter] = useState<RowFilter | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['imports', 'rows', id, version, filter],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ after: String(pageParam), ...(filter && { result: filter }) });
      return api<Page>('GET', `/api/imports/${id}/rows?${search}`, undefined, { signal });
    },
    initialPageParam: 0,
    getNextPageParam: (last) => last.nextAfter,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = filters.reduce((sum, key) => sum + (key && key !== 'problems' ? (counts[key] ?? 0) : 0), 0);

  return (
    <section aria-labelledby="rows-title" className="mt-8">
      <h3 id="rows-title" className="sr-only">
        Rows
      </h3>
      <div className="flex flex-wrap items-center gap-1">
        {filters.map((key) => {
          const words = isPromise ? promised : done;
          const label = key === null ? 'All rows' : key === 'problems' ? 'Cells to check' : words[key];
          const count = key === null ? total : (counts[key] ?? 0);
          if (count === 0 && key !== null) return null;
          return (
            <button
              key={label}
              type="button"
              aria-pressed={filter === key}
              onClick={() => setFilter(key)}
              className={cn(
                'h-7 rounded-md px-2 font-medium text-sm transition-colors duration-120 hover:bg-accent max-md:h-10 max-md:px-3',
                filter === key ? 'bg-selected' : 'text-muted-foreground',
              )}
            >
              {label}{' '}
              <span className="font-normal text-muted-foreground tabular-nums">{formatNumber(count)}</span>
            </button>
          );
        })}
        {filter === 'problems' ? (
          <a
            href={`/api/imports/${id}/rejected.csv?include=all`}
            download
            className="ml-auto inline-flex items-center gap-1.5 text-primary-text text-sm underline-offset-4 hover:underline"
          >
            <Download aria-hidden className="size-4" />
            Download rows to put right
          </a>
        ) : null}
      </div>
      {query.isPending ? (
        <DelayedSkeleton label="Loading the rows" className="mt-3 space-y-2">
          {['a', 'b', 'c', 'd', 'e'].map((key) => (
            <Skeleton key={key} className="h-10 w-full" />
          ))}
        </DelayedSkeleton>
      ) : query.isError && rows.length === 0 ? (
        <ErrorState
          title="The rows can’t be shown"
          onRetry={() => void query.refetch()}
          requestId={query.error instanceof ApiError ? query.error.requestId : null}
        />
      ) : (
        <ul aria-label="Rows" className="mt-3 divide-y rounded-lg border text-sm">
          {rows.map((row) => (
            <RowLine key={row.line} row={row} isPromise={isPromise} />
          ))}
        </ul>
      )}
      {query.hasNextPage ? (
        <div className="mt-3 text-center">
          <Button
            variant="outline"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {query.isFetchNextPageError ? 'Try again' : 'Show more rows'}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function RowLine({ row, isPromise }: { row: ImportRowView; isPromise: boolean }) {
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-4 gap-y-1 px-4 py-2 md:grid-cols-[5rem_7rem_minmax(0,1fr)]">
      <span className="text-muted-foreground tabular-nums">Line {row.line}</span>
      <StatusBadge
        {...resultLooks[row.result]}
        label={(isPromise ? promised : done)[row.result]}
        className="h-5 self-start max-md:justify-self-end"
      />
      <div className="min-w-0 max-md:col-span-2">
        {row.reason ? (
          <p className={row.result === 'failed' ? 'text-destructive-text' : 'text-muted-foreground'}>
            {row.reason}
          </p>
        ) : null}
        {row.records.length > 0 ? (
          <p className="flex flex-wrap gap-x-3">
            {row.records.map((record, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of an ended phase don't change
              <span key={index}>
                {record.id ? (
                  <Link href={`/${record.kind}/${record.id}`} className="hover:underline">
                    {record.name || 'Without a name'}
                  </Link>
                ) : (
                  record.name || 'Without a name'
                )}{' '}
                <span className="text-muted-foreground">{effect(record, row, isPromise)}</span>
              </span>
            ))}
          </p>
        ) : null}
        {row.problems.map((problem) => (
          <p key={`${problem.column} ${problem.message}`} className="text-muted-foreground">
            <span className="text-warning-text">{problem.column}:</span> {problem.message}
          </p>
        ))}
      </div>
    </li>
  );
}

/** What happens to one record of a row, and why, in a few words. */
function effect(record: ImportRowView['records'][number], row: ImportRowView, isPromise: boolean): string {
  if (record.line !== null && record.line !== row.line) return `as on line ${record.line}`;
  switch (record.action) {
    case 'created':
      return isPromise ? 'new' : 'created';
    case 'updated': {
      const columns = record.changed.map((column) => columnWords[column] ?? column);
      return `${isPromise ? 'would change' : 'changed'} ${columns.join(', ')}`;
    }
    case 'linked':
      return isPromise ? 'here already, would be linked' : 'was here, newly linked';
    default:
      return 'unchanged';
  }
}
