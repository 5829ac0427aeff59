'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import type { SendingOutlook, WeekDay } from '../types';

const dayWords = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));

/**
 * The next seven days: what the domains can send, and how much of what is queued goes on each; by domain in a table.
 * @param start what the server has read; without it the week is fetched
 */
export function SendingWeek({ start }: { start?: SendingOutlook }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['sending-outlook'],
    queryFn: ({ signal }) => api<SendingOutlook>('GET', '/api/sending-outlook', undefined, { signal }),
    ...(start && { initialData: start, staleTime: 10_000 }),
    refetchInterval: 60_000,
  });
  if (error && !data) {
    return (
      <ErrorState
        title="The next seven days could not be read"
        onRetry={() => void refetch()}
        requestId={error instanceof ApiError ? error.requestId : null}
        className="py-6"
      />
    );
  }
  if (!data) {
    return (
      <div role="status" aria-busy className="appear-late">
        <span className="sr-only">Reading the next seven days</span>
        <Skeleton className="h-24 w-full" />
      </div>
    );
  }
  if (data.domains.length === 0) return null;
  const top = Math.max(1, ...data.week.map(({ capacity }) => capacity));
  const planned = data.week.reduce((sum, day) => sum + day.planned, 0);
  return (
    <section aria-labelledby="sending-week" className="min-w-0">
      <h2 id="sending-week" className="mb-2 font-semibold">
        Next seven days
        <span className="ml-2 font-normal text-muted-foreground text-sm tabular-nums">
          {planned === 0 ? 'nothing queued' : `${formatCount(planned, 'e-mail')} to go`}
          {data.later > 0 ? `, ${formatNumber(data.later)} later` : ''}
        </span>
      </h2>
      <ol className="grid grid-cols-7 divide-x overflow-hidden rounded-lg border bg-card">
        {data.week.map((day, index) => (
          <li key={day.day} className="min-w-0 px-3 py-2 max-md:px-1.5">
            <Day day={day} top={top} isToday={index === 0} />
          </li>
        ))}
      </ol>
      <details className="mt-1 text-sm">
        <summary className="inline-flex min-h-6 items-center rounded-sm text-muted-foreground text-xs hover:text-foreground max-md:min-h-10">
          By domain
        </summary>
        <div className="mt-1">
          <Table label="Planned e-mails and capacity of each domain">
            <TableHeader>
              <TableRow>
                <TableHead>Domain</TableHead>
                {data.week.map(({ day }) => (
                  <TableHead key={day} className="text-right">
                    {dayWords(day, { weekday: 'short', day: 'numeric' })}
                  </TableHead>
                ))}
              </TableRow>
            </TableHeader>
            <TableBody>
              {data.domains.map(({ id, domain, status }) => (
                <TableRow key={id}>
                  <TableCell>
                    {domain}
                    {status === 'paused' ? <span className="text-muted-foreground"> · paused</span> : null}
                  </TableCell>
                  {data.week.map((day) => {
                    const own = day.domains.find((each) => each.id === id);
                    return (
                      <TableCell key={day.day} className="whitespace-nowrap text-right">
                        {own && own.capacity > 0 ? (
                          <>
                            {formatNumber(own.planned)}
                            <span className="text-muted-foreground"> / {formatNumber(own.capacity)}</span>
                          </>
                        ) : null}
                      </TableCell>
                    );
                  })}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      </details>
    </section>
  );
}

function Day({ day, top, isToday }: { day: WeekDay; top: number; isToday: boolean }) {
  const room = (100 * day.capacity) / top;
  const share = day.capacity > 0 ? (room * day.planned) / day.capacity : 0;
  const name = isToday ? 'Today' : dayWords(day.day, { weekday: 'short' });
  return (
    <>
      <p className={cn('truncate text-xs', isToday ? 'font-medium' : 'text-muted-foreground')}>
        {name}
        <span className="max-md:hidden"> {dayWords(day.day, { month: 'short', day: 'numeric' })}</span>
      </p>
      <svg aria-hidden viewBox="0 0 100 6" preserveAspectRatio="none" className="my-1.5 h-1.5 w-full">
        <rect width="100" height="6" className="fill-muted" />
        <rect width={room} height="6" className="fill-control opacity-30" />
        <rect width={share} height="6" className="fill-primary" />
      </svg>
      <p className="text-sm tabular-nums">
        {day.capacity > 0 ? (
          <>
            <span className="font-medium">{formatNumber(day.planned)}</span>
            <span className="text-muted-foreground text-xs max-md:block">
              {' '}
              of {formatNumber(day.capacity)}
            </span>
          </>
        ) : (
          <span className="text-muted-foreground text-xs">
            {day.is_open ? (isToday ? 'Over' : 'No room') : 'Closed'}
          </span>
        )}
      </p>
    </>
  );
}
