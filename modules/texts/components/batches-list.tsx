'use client';

import { MessagesSquare } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { TierHint, useFeature } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import { writeAddress } from '@/modules/records/components/use-list-address';
import type { BatchRow } from '../answers';
import { batchStatuses, batchStatusWords } from '../domain';
import { batchLook, batchProgress } from './batch-words';
import { useBatches } from './use-batches';

/** What was written to many at once, with how far each is. @param choice what else can be listed */
export function BatchesList({ choice }: { choice: ReactNode }) {
  const address = useSearchParams();
  const isTheirs = useFeature('sms_bulk');
  const status = address.get('status') ?? '';
  const batches = useBatches(new URLSearchParams(status ? { status } : {}));
  const rows = batches.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 py-3 max-md:px-4">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {choice}
        <NativeSelect
          aria-label="State"
          className="w-44"
          value={status}
          onChange={({ target }) => writeAddress({ status: target.value || null })}
        >
          <option value="">Every state</option>
          {batchStatuses.map((each) => (
            <option key={each} value={each}>
              {batchStatusWords[each]}
            </option>
          ))}
        </NativeSelect>
      </div>
      {isTheirs ? null : <TierHint feature="sms_bulk" className="mb-3" />}
      {batches.isPending ? (
        <DelayedSkeleton label="Loading the batches" className="divide-y rounded-lg border">
          {['a', 'b', 'c'].map((row) => (
            <div key={row} className="flex items-center gap-6 px-4 py-3">
              <Skeleton className="h-4 w-56" />
              <Skeleton className="ml-auto h-4 w-32" />
            </div>
          ))}
        </DelayedSkeleton>
      ) : batches.isError && rows.length === 0 ? (
        <ErrorState
          title="The batches could not be loaded"
          description={batches.error.message}
          onRetry={() => void batches.refetch()}
          requestId={batches.error instanceof ApiError ? batches.error.requestId : null}
        />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={MessagesSquare}
          title={status ? 'No batch is in this state' : 'No text to many yet'}
          description={
            status
              ? undefined
              : 'Select people in their list and press “Text”: each gets it in the hours of their own place.'
          }
          action={
            status ? (
              <Button variant="outline" onClick={() => writeAddress({ status: null })}>
                Show all
              </Button>
            ) : (
              <Button asChild>
                <Link href="/people">Choose people</Link>
              </Button>
            )
          }
        />
      ) : (
        <ul
          aria-label="Batches"
          className={cn('divide-y rounded-lg border', batches.isPlaceholderData && 'opacity-60')}
        >
          {rows.map((row) => (
            <BatchLine key={row.id} row={row} />
          ))}
        </ul>
      )}
      {batches.hasNextPage ? (
        <div className="mt-4 text-center">
          <Button
            variant="outline"
            loading={batches.isFetchingNextPage}
            onClick={() => void batches.fetchNextPage()}
          >
            Show earlier
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function BatchLine({ row }: { row: BatchRow }) {
  const { done, share } = batchProgress(row);
  const words = `${formatNumber(done)} of ${formatCount(row.total, 'text')} done`;
  const left = Object.values(row.left_out).reduce((sum, count) => sum + count, 0);
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-2.5 hover:bg-accent md:grid-cols-[minmax(0,1fr)_7rem_11rem_9rem_8rem]">
      <div className="min-w-0">
        <button
          type="button"
          onClick={() => writeAddress({ batch: row.id }, 'pushState')}
          className="block w-full truncate text-left font-medium after:absolute after:inset-0"
        >
          {row.name}
        </button>
        <p className="truncate text-muted-foreground text-sm">{row.body}</p>
      </div>
      <StatusBadge {...batchLook(row.status)} className="max-md:justify-self-end" />
      <div className="max-md:col-span-2">
        <p className="text-sm tabular-nums">{words}</p>
        <Progress className="mt-1" label={words} value={share} />
      </div>
      <p className="text-sm tabular-nums max-md:col-span-2">
        {formatCount(row.replied, 'answer')}
        {left > 0 ? (
          <span className="block text-muted-foreground text-xs">{`${formatNumber(left)} left out`}</span>
        ) : null}
      </p>
      <p className="text-muted-foreground text-sm max-md:col-span-2 md:text-right">
        {row.created_by?.name ? `${row.created_by.name}, ` : ''}
        <RelativeTime at={row.created_at} />
      </p>
    </li>
  );
}
