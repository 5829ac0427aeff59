'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ListX } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { Button, buttonVariants } from '@/components/ui/button';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError, api } from '@/lib/api-client';
import { cn } from '@/lib/utils';
import type { Assignee } from '@/modules/records/queries';
import {
  countedWords,
  defaultDays,
  type Figure,
  figureWords,
  formatDate,
  formatDays,
  formatMetric,
  isOutreach,
  type MetricRows as MetricPage,
  type MetricPerson,
  type MetricState,
  metricHref,
  metricSearch,
  offeredDays,
  weekStart,
} from '../domain';
import { CardLine, OutreachLine } from './metric-row';
import { personWords } from './people-chart';

/**
 * The rows that a figure counts, with what they come to, by days or week, person and result: all in the address.
 * @param first the first page, as the server has read it
 * @param members the colleagues one may ask for, those who left aside
 */
export function MetricRows({
  figure,
  state,
  first,
  members,
}: {
  figure: Figure;
  state: MetricState;
  first: MetricPage;
  members: readonly Assignee[];
}) {
  const words = figureWords[figure];
  const search = new URLSearchParams(metricSearch(state));
  search.set('figure', figure);
  const query = useInfiniteQuery({
    queryKey: ['metric-rows', search.toString()],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(search);
      if (pageParam) asked.set('cursor', pageParam);
      return api<MetricPage>('GET', `/api/owners/metrics/rows?${asked}`, undefined, { signal });
    },
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [first], pageParams: [null] },
  });
  const rows = query.data.pages.flatMap((page) => page.rows);
  const { summary = first.summary, from, to } = query.data.pages[0] ?? first;
  const value = summary ? formatMetric(figure, summary.value) : null;
  return (
    <>
      <PageHeader
        title={words.title}
        back={{ href: '/reports', label: 'Reports' }}
        count={
          summary && value !== null ? (
            <>
              <strong className="font-semibold text-foreground">{value}</strong> ·{' '}
              {countedWords(figure, summary)}
            </>
          ) : undefined
        }
        filters={<Filters figure={figure} state={state} people={peopleOf(figure, first, members)} />}
      />
      <div className="max-w-5xl px-6 py-4 max-md:px-4">
        <p className="mb-3 text-muted-foreground text-sm">
          {formatDays(from, to)}
          {state.period === 'previous' && figure !== 'contact_rate'
            ? ', as it stood when these days ended'
            : ''}
          . {words.definition}
        </p>
        {rows.length === 0 && !query.isError ? (
          <Nothing figure={figure} state={state} />
        ) : (
          <ol
            aria-label={`What the ${words.title.toLowerCase()} counts, the latest first`}
            className="divide-y rounded-lg border bg-card"
          >
            {rows.map((row) =>
              isOutreach(row) ? (
                <OutreachLine key={row.id} row={row} />
              ) : (
                <CardLine key={row.id} row={row} figure={figure} />
              ),
            )}
          </ol>
        )}
        {query.isError ? (
          <ErrorState
            title={
              query.isFetchNextPageError
                ? 'The next rows could not be loaded'
                : 'The rows could not be counted anew'
            }
            onRetry={() => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch())}
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
              Show earlier ones
            </Button>
          </div>
        ) : null}
      </div>
    </>
  );
}

/** Whom the rows can be narrowed to: who is counted here, the most first, then the other colleagues. */
function peopleOf(
  figure: Figure,
  { people = [] }: MetricPage,
  members: readonly Assignee[],
): Pick<MetricPerson, 'id' | 'name'>[] {
  const others = [...members, ...(figure === 'contact_rate' ? [] : [{ id: null, name: null }])];
  return [...people, ...others.filter(({ id }) => !people.some((person) => person.id === id))];
}

function Nothing({ figure, state }: { figure: Figure; state: MetricState }) {
  const { start } = figureWords[figure];
  const isNarrowed = state.by !== null || state.result !== null;
  return (
    <EmptyState
      icon={ListX}
      title={isNarrowed ? 'Nothing counted fits these filters' : 'Nothing was counted in this time'}
      description={isNarrowed ? 'Look at everybody and every result, or at another time.' : start.text}
      action={
        isNarrowed ? (
          <Link
            href={metricHref(figure, { ...state, by: null, result: null })}
            className={buttonVariants({ variant: 'outline' })}
          >
            Clear the filters
          </Link>
        ) : (
          <Link href={start.href} className={buttonVariants({ variant: 'outline' })}>
            {start.label}
          </Link>
        )
      }
    />
  );
}

/** Values of the first choice: days, with a minus for those before, or a week. */
function timesOf(state: MetricState): { value: string; label: string; state: Partial<MetricState> }[] {
  const lengths = [...new Set([...offeredDays, state.days])].sort((a, b) => a - b);
  const monday = state.week ? weekStart(state.week) : null;
  return [
    ...lengths.map((days) => ({
      value: String(days),
      label: `Last ${days} days`,
      state: { days, period: 'current' as const, week: null },
    })),
    ...lengths.map((days) => ({
      value: `-${days}`,
      label: `The ${days} days before`,
      state: { days, period: 'previous' as const, week: null },
    })),
    ...(state.week && monday
      ? [
          {
            value: state.week,
            label: `Week of ${formatDate(monday)}`,
            state: { days: defaultDays, week: state.week },
          },
        ]
      : []),
  ];
}

function Filters({
  figure,
  state,
  people,
}: {
  figure: Figure;
  state: MetricState;
  people: readonly Pick<MetricPerson, 'id' | 'name'>[];
}) {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();
  const { hit, miss, byPerson } = figureWords[figure];
  const times = timesOf(state);
  const go = (change: Partial<MetricState>) =>
    startGoing(() => router.push(metricHref(figure, { ...state, ...change }), { scroll: false }));
  const isKnown = people.some(({ id }) => (id ?? 'none') === state.by);
  return (
    <div
      aria-busy={isGoing}
      className={cn('flex flex-wrap gap-2 transition-opacity duration-120', isGoing && 'opacity-60')}
    >
      <NativeSelect
        aria-label="Time"
        className="w-44 max-md:w-full"
        value={state.week ?? `${state.period === 'previous' ? '-' : ''}${state.days}`}
        onChange={(event) => go(times.find(({ value }) => value === event.target.value)?.state ?? {})}
      >
        {times.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label={byPerson}
        className="w-44 max-md:w-full"
        value={state.by ?? ''}
        onChange={(event) => go({ by: event.target.value || null })}
      >
        <option value="">Everybody</option>
        {people.map((person) => (
          <option key={person.id ?? 'none'} value={person.id ?? 'none'}>
            {personWords(person)}
          </option>
        ))}
        {state.by && !isKnown ? (
          <option value={state.by}>
            {state.by === 'none' ? 'Unassigned' : 'Somebody with nothing here'}
          </option>
        ) : null}
      </NativeSelect>
      {figure === 'cycle_time_days' ? null : (
        <NativeSelect
          aria-label="Result"
          className="w-44 max-md:w-full"
          value={state.result ?? ''}
          onChange={(event) => go({ result: (event.target.value || null) as MetricState['result'] })}
        >
          <option value="">Every result</option>
          <option value="hit">{hit}</option>
          <option value="miss">{miss}</option>
        </NativeSelect>
      )}
    </div>
  );
}
