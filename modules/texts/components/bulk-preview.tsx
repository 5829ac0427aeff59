'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { formatCount, formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import type { BatchPreview } from '../answers';
import { type LeftOutReason, leftOutWords, textFieldWord } from '../domain';
import { type Chosen, useLeftOutPeople } from './use-batch-preview';

/** Why somebody gets no text, in words; a reason that this page doesn't know yet, as it is. */
export const leftOutWord = (reason: string): string => leftOutWords[reason as LeftOutReason] ?? reason;

/** Who gets a text to many, how it reads, and who is left out: each count opens its names. */
export function BulkPreview({
  people,
  body,
  from,
  preview,
}: {
  people: Chosen;
  body: string;
  from: string;
  preview: UseQueryResult<BatchPreview>;
}) {
  const [reason, setReason] = useState<string | null>(null);
  const names = useLeftOutPeople(people, body, from, reason);
  const { data, error, isFetching } = preview;
  if (body.trim() === '') {
    return (
      <p className="text-muted-foreground text-sm">Who gets it shows here as soon as there are words.</p>
    );
  }
  if (error && !data) {
    return (
      <p role="alert" className="text-destructive-text text-sm">
        {error.message}{' '}
        <Button variant="ghost" size="sm" onClick={() => void preview.refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  if (!data) return <Skeleton className="h-20" />;
  const reasons = Object.entries(data.left_out).filter(([, count]) => count > 0);
  const left = reasons.reduce((sum, [, count]) => sum + count, 0);
  const goes = data.total - left;
  const missing = Object.entries(data.missing).filter(([, count]) => count > 0);
  return (
    <section
      aria-label="Who gets it"
      className={cn('rounded-lg border text-sm transition-opacity', isFetching && 'opacity-70')}
    >
      <p className="px-3 py-2">
        <span className="font-medium">{`${formatCount(goes, 'text')}`}</span>
        <span className="text-muted-foreground">
          {goes > 0
            ? `, ${formatCount(data.segments.all, 'segment')} in all, at most ${data.segments.most} each.`
            : ': nobody of those chosen can get it.'}
        </span>
      </p>
      {data.samples.slice(0, 2).map(({ person, phone, text }) => (
        <div key={`${person.id}:${phone}`} className="border-t px-3 py-2">
          <p className="text-muted-foreground text-xs">
            {person.name ?? 'No name'} · <span className="tabular-nums">{phone}</span>
          </p>
          <p className="wrap-anywhere line-clamp-4 whitespace-pre-wrap">{text}</p>
        </div>
      ))}
      {left > 0 ? (
        <div className="border-t px-3 py-2">
          <p className="mb-1.5 text-muted-foreground">
            {`${formatNumber(left)} ${left === 1 ? 'is' : 'are'} left out`}
          </p>
          <fieldset className="flex flex-wrap gap-1.5">
            <legend className="sr-only">Why they are left out</legend>
            {reasons.map(([each, count]) => (
              <Button
                key={each}
                type="button"
                variant="outline"
                size="sm"
                aria-pressed={reason === each}
                className="font-normal aria-pressed:border-primary aria-pressed:bg-selected"
                onClick={() => setReason(reason === each ? null : each)}
              >
                {leftOutWord(each)}
                <span className="text-muted-foreground tabular-nums">{formatNumber(count)}</span>
              </Button>
            ))}
          </fieldset>
          {reason ? (
            names.data ? (
              <ul aria-label={leftOutWord(reason)} className="mt-2 grid max-h-40 gap-0.5 overflow-y-auto">
                {names.data.map(({ id, name, detail }) => (
                  <li key={id} className="flex flex-wrap gap-x-2">
                    <Link
                      href={`/people/${id}`}
                      target="_blank"
                      className="underline-offset-2 hover:underline"
                    >
                      {name ?? 'No name'}
                    </Link>
                    {detail ? <span className="text-muted-foreground">{detail}</span> : null}
                  </li>
                ))}
              </ul>
            ) : names.error ? (
              <p role="alert" className="mt-2 text-destructive-text">
                {names.error.message}
              </p>
            ) : (
              <Skeleton className="mt-2 h-5 w-1/2" />
            )
          ) : null}
          {missing.length > 0 ? (
            <p className="mt-1.5 text-muted-foreground text-xs">
              {`Without a value: ${missing
                .map(([field, count]) => `${textFieldWord(field)} ${formatNumber(count)}`)
                .join(', ')}. Give the field something to write instead, and they get it too.`}
            </p>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
