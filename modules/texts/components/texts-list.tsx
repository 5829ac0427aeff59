'use client';

import { MessageSquare } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { type ReactNode, use, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import type { DataTableColumn } from '@/components/data-table/types';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError } from '@/lib/api-client';
import { writeAddress } from '@/modules/records/components/use-list-address';
import type { TextRow } from '../answers';
import { textStatuses, textStatusWords } from '../domain';
import { textLook, textReason } from './text-words';
import { useAllTexts } from './use-batches';
import type { TextSubject } from './use-texts';
import { peopleWords } from './who-words';

const TextComposerDialog = dynamic(
  () => import('./text-composer-dialog').then((module) => module.TextComposerDialog),
  { ssr: false },
);

const nameOf = (row: TextRow) => row.person?.name ?? peopleWords(row.phone);

/** Whose conversation a row opens: the person's it is known to be with, else the number's. */
const subjectOf = (row: TextRow): TextSubject =>
  row.person
    ? { kind: 'person', id: row.person.id, name: row.person.name ?? row.phone.display }
    : { kind: 'phone', id: row.phone.id, name: peopleWords(row.phone) };

/** Every text either way, the newest first, with what became of it and why. @param choice what else can be listed */
export function TextsList({ choice }: { choice: ReactNode }) {
  const address = useSearchParams();
  const timeZone = use(TimeZoneContext);
  const [open, setOpen] = useState<{ subject: TextSubject; phone: string } | null>(null);
  const status = address.get('status') ?? '';
  const direction = address.get('direction') ?? '';
  const search = new URLSearchParams();
  if (status) search.set('status', status);
  if (direction) search.set('direction', direction);
  const texts = useAllTexts(search);
  const rows = texts.data?.pages.flatMap((page) => page.rows) ?? [];
  const isNarrowed = status !== '' || direction !== '';

  const columns: DataTableColumn<TextRow>[] = [
    { id: 'who', header: 'Who', size: 168, minSize: 128, cell: nameOf },
    {
      id: 'number',
      header: 'Number',
      size: 128,
      cell: ({ phone }) => <span className="tabular-nums">{phone.display}</span>,
    },
    { id: 'text', header: 'Text', size: 344, cell: ({ body }) => body },
    { id: 'state', header: 'State', size: 128, cell: (row) => <StatusBadge {...textLook(row)} /> },
    {
      id: 'when',
      header: 'When',
      size: 96,
      cell: ({ at }) => <RelativeTime at={at} className="text-muted-foreground" />,
    },
    {
      id: 'why',
      header: 'Why',
      size: 248,
      cell: (row) => {
        const line = textReason(row, timeZone);
        return line ? (
          <span className="text-muted-foreground" title={line}>
            {line}
          </span>
        ) : null;
      },
    },
    {
      id: 'by',
      header: 'By',
      size: 112,
      cell: ({ batch, created_by: by, direction: way }) => (way === 'in' ? null : (by?.name ?? batch?.name)),
    },
  ];
  return (
    <>
      <DataTable<TextRow>
        id="texts"
        label="Texts"
        columns={columns}
        rows={rows}
        getRowId={(row) => row.id}
        getRowLabel={(row) => `${nameOf(row)}: ${row.body}`}
        onOpen={(row) => setOpen({ subject: subjectOf(row), phone: row.phone.id })}
        mobileRow={(row) => ({
          title: (
            <span className="flex min-w-0 items-baseline gap-2">
              <span className="truncate">{nameOf(row)}</span>
              <RelativeTime at={row.at} className="shrink-0 font-normal text-muted-foreground text-xs" />
            </span>
          ),
          detail: textReason(row, timeZone) ?? row.body,
          aside: <StatusBadge {...textLook(row)} />,
        })}
        toolbar={
          <div className="flex flex-wrap items-center gap-2">
            {choice}
            <NativeSelect
              aria-label="Which way"
              className="w-36"
              value={direction}
              onChange={({ target }) => writeAddress({ direction: target.value || null })}
            >
              <option value="">Both ways</option>
              <option value="in">From them</option>
              <option value="out">From us</option>
            </NativeSelect>
            <NativeSelect
              aria-label="State"
              className="w-44"
              value={status}
              onChange={({ target }) => writeAddress({ status: target.value || null })}
            >
              <option value="">Every state</option>
              {textStatuses.map((each) => (
                <option key={each} value={each}>
                  {textStatusWords[each]}
                </option>
              ))}
            </NativeSelect>
          </div>
        }
        isLoading={texts.isPending}
        isRefreshing={texts.isPlaceholderData}
        error={
          texts.isError && rows.length === 0 ? (
            <ErrorState
              title="The texts could not be loaded"
              description={texts.error.message}
              onRetry={() => void texts.refetch()}
              requestId={texts.error instanceof ApiError ? texts.error.requestId : null}
            />
          ) : undefined
        }
        empty={
          <EmptyState
            icon={MessageSquare}
            title={isNarrowed ? 'No text matches' : 'No texts yet'}
            description={
              isNarrowed
                ? 'No text is in this state.'
                : 'Every text stands here, either way: what was sent, what waits and why, and what came in.'
            }
            action={
              isNarrowed ? (
                <Button variant="outline" onClick={() => writeAddress({ status: null, direction: null })}>
                  Show all
                </Button>
              ) : (
                <Button asChild>
                  <a href="/people">Choose people to text</a>
                </Button>
              )
            }
            secondary={
              isNarrowed ? undefined : (
                <Button asChild variant="outline">
                  <a href="/settings/numbers">Set up your numbers</a>
                </Button>
              )
            }
          />
        }
        hasMore={texts.hasNextPage}
        isFetchingMore={texts.isFetchingNextPage}
        onEndReached={() => void texts.fetchNextPage()}
      />
      {open ? (
        <TextComposerDialog subject={open.subject} phoneId={open.phone} onClose={() => setOpen(null)} />
      ) : null}
    </>
  );
}
