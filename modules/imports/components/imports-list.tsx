'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Import } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { ApiError, api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import type { ImportSummary } from '@/modules/imports/queries';
import { DropZone } from './drop-zone';
import { isAtWork, progressLine, statusLooks } from './labels';

type Page = { rows: ImportSummary[]; nextCursor: string | null };

const WHILE_AT_WORK_MS = 2_000;

/**
 * All imports of the workspace, newest first, below the place to drop the next one.
 * @param initial the first page, as the server read it
 * @param presetLabels what each kind of list is called
 */
export function ImportsList({
  initial,
  presetLabels,
}: {
  initial: Page;
  presetLabels: Record<string, string>;
}) {
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: ['imports', 'list'],
    queryFn: ({ pageParam, signal }) =>
      api<Page>('GET', `/api/imports${pageParam ? `?cursor=${pageParam}` : ''}`, undefined, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    initialData: { pages: [initial], pageParams: [''] },
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.rows.some((row) => isAtWork(row.status)))
        ? WHILE_AT_WORK_MS
        : false,
  });
  const refresh = () => void client.invalidateQueries({ queryKey: ['imports', 'list'] });
  useLive('imports', refresh);
  const rows = query.data.pages.flatMap((page) => page.rows);

  return (
    <>
      <PageHeader title="Imports" />
      <div className="w-full max-w-6xl px-6 py-6 max-md:px-4">
        <DropZone onRefused={refresh} />
        {query.isError && rows.length === 0 ? (
          <ErrorState
            title="The imports can’t be shown"
            onRetry={() => void query.refetch()}
            requestId={query.error instanceof ApiError ? query.error.requestId : null}
          />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={Import}
            title="No lists yet"
            description="Drop a property list or a contact list above. You see what would be created, updated and linked before anything is written, and every import can be undone."
          />
        ) : (
          <ul aria-label="Imports" className="mt-6 divide-y rounded-lg border">
            {rows.map((row) => (
              <ImportLine key={row.id} row={row} presetLabel={presetLabels[row.preset] ?? row.preset} />
            ))}
          </ul>
        )}
        {query.hasNextPage ? (
          <div className="mt-4 text-center">
            <Button
              variant="outline"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show earlier imports
            </Button>
          </div>
        ) : null}
      </div>
    </>
  );
}

function ImportLine({ row, presetLabel }: { row: ImportSummary; presetLabel: string }) {
  const look = statusLooks[row.status];
  const line = progressLine(row);
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-3 hover:bg-accent md:grid-cols-[minmax(0,1fr)_9rem_8rem]">
      <div className="min-w-0">
        <Link href={`/imports/${row.id}`} className="block truncate font-medium after:absolute after:inset-0">
          {row.fileName}
        </Link>
        <p className="truncate text-muted-foreground text-sm max-md:line-clamp-2 max-md:whitespace-normal">
          {[
            row.status === 'uploaded' ? null : presetLabel,
            row.totalRows === null ? null : formatCount(row.totalRows, 'row'),
            line,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div className="max-md:justify-self-end">
        <StatusBadge {...look} />
        {isAtWork(row.status) && row.totalRows ? (
          <Progress
            className="mt-1"
            label={look.label}
            value={
              row.status === 'undoing'
                ? row.undoTotal === null || row.undoRemaining === null
                  ? null
                  : (1 - row.undoRemaining / Math.max(1, row.undoTotal)) * 100
                : (row.processedRows / row.totalRows) * 100
            }
          />
        ) : null}
      </div>
      <div className="text-muted-foreground text-sm max-md:col-span-2 md:text-right">
        <span className="truncate md:block">{row.createdBy ?? 'Command line'}</span>
        <RelativeTime at={row.createdAt} className="md:block max-md:before:content-['·_']" />
      </div>
    </li>
  );
}
