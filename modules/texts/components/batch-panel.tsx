'use client';

import { Ban, Pause, Play } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { use, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ErrorState } from '@/components/error-state';
import { RelativeTime } from '@/components/relative-time';
import { SidePanel } from '@/components/side-panel';
import { StatusBadge } from '@/components/status-badge';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import { formatCount, formatDateTime, formatNumber } from '@/lib/format';
import { writeAddress } from '@/modules/records/components/use-list-address';
import type { BatchRow, TextRow } from '../answers';
import { batchStates, batchStateWords } from '../domain';
import { batchLook, batchProgress } from './batch-words';
import { leftOutWord } from './bulk-preview';
import { textLook, textReason } from './text-words';
import { useBatch, useBatchTexts, useBatchWrites } from './use-batches';
import { peopleWords } from './who-words';

/** A text to many: how far it is, what became of each, and stopping it. Each count opens its texts (`of` in the address). */
export function BatchPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: batch, error, refetch } = useBatch(id);
  return (
    <SidePanel
      label={batch?.name ?? 'Text to many'}
      title={batch?.name ?? ''}
      actions={batch ? <BatchActions batch={batch} /> : null}
      onClose={onClose}
    >
      {batch ? (
        <Body batch={batch} />
      ) : error ? (
        <ErrorState
          title="It could not be loaded"
          description={error.message}
          onRetry={() => void refetch()}
          requestId={error instanceof ApiError ? error.requestId : null}
        />
      ) : (
        <div className="grid gap-3 p-5">
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="h-24" />
        </div>
      )}
    </SidePanel>
  );
}

function BatchActions({ batch }: { batch: BatchRow }) {
  const tell = useBatchWrites(batch);
  const [asking, setAsking] = useState(false);
  if (batch.status === 'completed' || batch.status === 'cancelled') return null;
  return (
    <>
      {batch.status === 'paused' ? (
        <Button
          size="sm"
          onClick={() =>
            void tell('resume', 'sending', {
              done: 'Sending goes on',
              description: 'What is due goes in the hours of its place.',
              failure: 'Not resumed',
            })
          }
        >
          <Play aria-hidden /> Resume
        </Button>
      ) : (
        <Button
          size="sm"
          variant="outline"
          onClick={() =>
            void tell('pause', 'paused', {
              done: 'Paused',
              description: 'Nothing more goes out. Answers still come in.',
              failure: 'Not paused',
            })
          }
        >
          <Pause aria-hidden /> Pause
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
        <Ban aria-hidden /> Cancel
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Cancel ${batch.name}?`}
        description={`${formatCount(batch.counts.queued, 'text that waits is', 'texts that wait are')} not sent. What has gone out stays. This can’t be undone; pausing can.`}
        confirmLabel="Cancel the texts"
        cancelLabel="Keep them"
        destructive
        onConfirm={() => tell('cancel', 'cancelled', { done: 'Cancelled', failure: 'Not cancelled' })}
      />
    </>
  );
}

function Body({ batch }: { batch: BatchRow }) {
  const address = useSearchParams();
  const timeZone = use(TimeZoneContext);
  const of = address.get('of');
  const { done, share } = batchProgress(batch);
  const words = `${formatNumber(done)} of ${formatCount(batch.total, 'text')} done`;
  const left = Object.entries(batch.left_out).filter(([, count]) => count > 0);
  const counts: [string, string, number][] = [
    ...batchStates.map((state): [string, string, number] => [
      state,
      batchStateWords[state],
      batch.counts[state],
    ]),
    ['replied', 'Answered', batch.replied],
  ];
  return (
    <div className="px-5 py-4 max-md:px-4 max-md:pb-20">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
        <StatusBadge {...batchLook(batch.status)} className="text-foreground" />
        <span>
          {batch.created_by?.name ? `${batch.created_by.name}, ` : null}
          <RelativeTime at={batch.created_at} />
        </span>
        {batch.phone_number ? <span>{`from ${batch.phone_number.label}`}</span> : null}
        {batch.starts_at ? <span>{`not before ${formatDateTime(batch.starts_at, timeZone)}`}</span> : null}
      </p>
      <p className="wrap-anywhere mt-3 whitespace-pre-wrap rounded-lg bg-secondary px-3 py-2 text-sm">
        {batch.body}
      </p>
      <p className="mt-4 text-sm tabular-nums">{words}</p>
      <Progress className="mt-1" label={words} value={share} />
      <fieldset className="mt-4 flex flex-wrap gap-1.5">
        <legend className="sr-only">Texts by what became of them</legend>
        {counts
          .filter(([state, , count]) => count > 0 || state === of)
          .map(([state, label, count]) => (
            <Button
              key={state}
              variant="outline"
              size="sm"
              aria-pressed={of === state}
              className="font-normal aria-pressed:border-primary aria-pressed:bg-selected"
              onClick={() => writeAddress({ of: of === state ? null : state })}
            >
              {label}
              <span className="text-muted-foreground tabular-nums">{formatNumber(count)}</span>
            </Button>
          ))}
      </fieldset>
      {left.length > 0 ? (
        <p className="mt-3 text-muted-foreground text-sm">
          {`Left out when it was made: ${left
            .map(([reason, count]) => `${leftOutWord(reason).toLowerCase()} ${formatNumber(count)}`)
            .join(', ')}.`}
        </p>
      ) : null}
      <BatchTexts id={batch.id} of={of} timeZone={timeZone} />
    </div>
  );
}

function BatchTexts({ id, of, timeZone }: { id: string; of: string | null; timeZone: string }) {
  const texts = useBatchTexts(id, of);
  const rows = texts.data?.pages.flatMap((page) => page.rows) ?? [];
  if (texts.isPending) return <Skeleton className="mt-4 h-32" />;
  if (texts.isError && rows.length === 0) {
    return (
      <ErrorState
        headingLevel={3}
        title="Its texts could not be loaded"
        description={texts.error.message}
        onRetry={() => void texts.refetch()}
        requestId={texts.error instanceof ApiError ? texts.error.requestId : null}
      />
    );
  }
  return (
    <>
      <ul aria-label="Texts" className="mt-4 divide-y rounded-lg border">
        {rows.map((row) => (
          <BatchText key={row.id} row={row} timeZone={timeZone} />
        ))}
        {rows.length === 0 ? (
          <li className="px-4 py-3 text-muted-foreground text-sm">No text of it is in this state.</li>
        ) : null}
      </ul>
      {texts.hasNextPage ? (
        <div className="mt-3 text-center">
          <Button
            variant="outline"
            size="sm"
            loading={texts.isFetchingNextPage}
            onClick={() => void texts.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      ) : null}
    </>
  );
}

function BatchText({ row, timeZone }: { row: TextRow; timeZone: string }) {
  const reason = textReason(row, timeZone);
  const name = row.person?.name ?? peopleWords(row.phone);
  const person = row.person ?? row.phone.people[0];
  return (
    <li className="px-3 py-2 text-sm">
      <p className="flex flex-wrap items-center gap-x-2">
        {person ? (
          <Link href={`/people/${person.id}`} prefetch={false} className="font-medium hover:underline">
            {name}
          </Link>
        ) : (
          <span className="font-medium">{name}</span>
        )}
        <span className="text-muted-foreground text-xs tabular-nums">{row.phone.display}</span>
        <StatusBadge {...textLook(row)} className="ml-auto" />
      </p>
      <p className="wrap-anywhere line-clamp-2 text-muted-foreground">{row.body}</p>
      {reason ? <p className="text-xs">{reason}</p> : null}
    </li>
  );
}
