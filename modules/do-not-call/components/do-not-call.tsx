'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Download, PhoneOff, Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { notify } from '@/components/notify';
import { PageHeader } from '@/components/page-header';
import { RelativeTime } from '@/components/relative-time';
import { useShortcut } from '@/components/shortcuts';
import { Button, buttonVariants } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { SearchField } from '@/modules/records/components/search-field';
import type { DoNotCallPage, DoNotCallRow } from '../schema';

const AddDialog = dynamic(() => import('./add-dialog').then((module) => module.AddDialog), { ssr: false });
const LiftDialog = dynamic(() => import('./lift-dialog').then((module) => module.LiftDialog), { ssr: false });
const ImportDialog = dynamic(() => import('./import-dialog').then((module) => module.ImportDialog), {
  ssr: false,
});

const atMostEveryMs = 4000;
const exportAddress = '/api/do-not-call/export';

/**
 * The do-not-call list: each number with why, who and when; searched by the address. Key: `n` adds one.
 * @param first the first page, as the server has read it for `firstQuery`
 */
export function DoNotCall({
  first,
  firstQuery,
  tabs,
}: {
  first: DoNotCallPage;
  firstQuery: string;
  tabs: ReactNode;
}) {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'add' | 'import' | null>(null);
  const [lifting, setLifting] = useState<DoNotCallRow | null>(null);
  const q = search.get('q') ?? '';
  const query = useInfiniteQuery({
    queryKey: ['do-not-call', q],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ ...(q && { q }), ...(pageParam && { cursor: pageParam }) });
      return api<DoNotCallPage>('GET', `/api/do-not-call?${asked}`, undefined, { signal });
    },
    getNextPageParam: (page) => page.next_cursor,
    ...(q === firstQuery && { initialData: { pages: [first], pageParams: [null] }, staleTime: 3000 }),
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
  useShortcut('n', 'Add a number to the do-not-call list', () => setOpen('add'), { group: 'List' });

  const readAnew = () => void queries.invalidateQueries({ queryKey: ['do-not-call'] });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = query.data?.pages[0]?.total ?? null;

  /** Puts one back that was just taken off. */
  async function putBack({ id, reason, display }: DoNotCallRow): Promise<void> {
    try {
      await api('POST', '/api/do-not-call', { phone_id: id, reason: reason ?? 'Put back' });
      notify.success(`${display} is on the list again`);
    } catch (error) {
      notify.error(`${display} was not put back`, {
        description: error instanceof ApiError ? error.message : 'Add it by hand.',
      });
    }
    readAnew();
  }

  return (
    <>
      <PageHeader
        title="Calls"
        tabs={tabs}
        action={<Button onClick={() => setOpen('add')}>Add a number</Button>}
        filters={
          <div className="flex flex-wrap items-center gap-2">
            <SearchField
              label="Number, name or reason"
              value={q}
              onChange={(text) =>
                router.replace(text ? `${pathname}?${new URLSearchParams({ q: text })}` : pathname, {
                  scroll: false,
                })
              }
            />
            {total === null || (total === 0 && !q) ? null : (
              <span role="status" className="text-muted-foreground text-sm tabular-nums">
                {q ? `${formatNumber(total)} found` : formatCount(total, 'number')}
              </span>
            )}
            <div className="ml-auto flex items-center gap-2">
              <Button variant="ghost" onClick={() => setOpen('import')}>
                <Upload aria-hidden /> Import
              </Button>
              <a href={exportAddress} download className={buttonVariants({ variant: 'ghost' })}>
                <Download aria-hidden /> Export
              </a>
            </div>
          </div>
        }
      />
      <div className="max-w-7xl px-6 py-4 max-md:px-4">
        {query.isPending ? (
          <Loading />
        ) : rows.length === 0 && !query.isError ? (
          <Nothing q={q} onAdd={() => setOpen('add')} onImport={() => setOpen('import')} />
        ) : rows.length > 0 ? (
          <ol aria-label="Numbers that must not be called" className="divide-y rounded-lg border bg-card">
            {rows.map((row) => (
              <Line key={row.id} row={row} onLift={() => setLifting(row)} />
            ))}
          </ol>
        ) : null}
        {query.isError ? (
          <ErrorState
            title={rows.length > 0 ? 'The next numbers could not be loaded' : 'The list could not be loaded'}
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
      {open === 'add' ? <AddDialog onDone={readAnew} onClose={() => setOpen(null)} /> : null}
      {open === 'import' ? <ImportDialog onDone={readAnew} onClose={() => setOpen(null)} /> : null}
      {lifting ? (
        <LiftDialog
          row={lifting}
          onClose={() => setLifting(null)}
          onDone={() => {
            readAnew();
            notify.success(`${lifting.display} may be called again`, {
              action: { label: 'Undo', onClick: () => void putBack(lifting) },
            });
          }}
        />
      ) : null}
    </>
  );
}

function Line({ row, onLift }: { row: DoNotCallRow; onLift: () => void }) {
  const more = row.people_count - row.people.length;
  return (
    <li className="grid min-h-13 grid-cols-[10.5rem_minmax(0,1fr)_11rem_auto] items-center gap-x-4 gap-y-0.5 px-4 py-2 text-sm hover:bg-accent max-md:grid-cols-[minmax(0,1fr)_auto] max-md:px-3 max-md:py-2.5">
      <p className="flex items-center gap-1 font-medium tabular-nums">
        <span className="truncate">{row.display}</span>
        <CopyButton value={row.e164} label={`Copy ${row.display}`} />
      </p>
      <div className="min-w-0 max-md:order-last max-md:col-span-2">
        <p className="line-clamp-2 break-words">
          {row.reason ?? <span className="text-muted-foreground">No reason given</span>}
        </p>
        {row.people.length > 0 ? (
          <p className="truncate text-muted-foreground text-xs">
            {row.people.map(({ id, name }, index) => (
              <span key={id}>
                {index > 0 ? ', ' : ''}
                <Link
                  href={`/people/${id}`}
                  prefetch={false}
                  className="hover:text-foreground hover:underline"
                >
                  {name}
                </Link>
              </span>
            ))}
            {more > 0 ? ` and ${formatNumber(more)} more` : ''}
          </p>
        ) : null}
      </div>
      <p className="min-w-0 truncate text-muted-foreground text-xs max-md:order-last max-md:col-span-2">
        {row.by ? `${row.by.name}, ` : ''}
        <RelativeTime at={row.at} className="tabular-nums" />
      </p>
      <Button variant="outline" aria-label={`Take off the list: ${row.display}`} onClick={onLift}>
        Take off
      </Button>
    </li>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading" className="appear-late divide-y rounded-lg border bg-card">
      {[0, 1, 2, 3, 4].map((line) => (
        <div key={line} className="flex h-13 items-center gap-4 px-4">
          <span className="h-3 w-32 rounded bg-accent" />
          <span className="h-3 flex-1 rounded bg-accent" />
          <span className="h-3 w-24 rounded bg-accent" />
        </div>
      ))}
    </div>
  );
}

function Nothing({ q, onAdd, onImport }: { q: string; onAdd: () => void; onImport: () => void }) {
  if (q)
    return (
      <EmptyState
        icon={PhoneOff}
        title={`Nothing on the list fits “${q}”`}
        description="A number that isn’t here may be called and texted, as far as this list goes."
        action={
          <Link href="/calls/do-not-call" className={buttonVariants({ variant: 'outline' })}>
            Clear the search
          </Link>
        }
        secondary={
          <Button variant="outline" onClick={onAdd}>
            Add a number
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={PhoneOff}
      title="No number is on the do-not-call list"
      description="Numbers here are neither called nor texted, whoever they are linked to. The outcome “Do not call” puts them here as well."
      action={<Button onClick={onAdd}>Add a number</Button>}
      secondary={
        <Button variant="outline" onClick={onImport}>
          Import a list
        </Button>
      }
    />
  );
}
