import { PhoneCall } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/empty-state';
import { PageHeader } from '@/components/page-header';
import { buttonVariants } from '@/components/ui/button';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { cn } from '@/lib/utils';
import { type CallOutcome, outcomes, outcomeWord } from '../domain';
import {
  addDays,
  type CallFigures,
  callFigures,
  callFigureWords,
  type HistoryState,
  type Leaderboard as LeaderboardData,
} from '../history';
import { CallFigureLink } from './call-figure-link';
import { CallsTabs } from './calls-tabs';
import { LeaderboardRange } from './leaderboard-range';

const dayWords = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
const short = { month: 'short', day: 'numeric' } as const;

/** What the callers did in a span of days: each figure opens exactly its calls. */
export function Leaderboard({ data }: { data: LeaderboardData }) {
  const { from, to, totals, callers } = data;
  const span = from === to ? dayWords(from, short) : `${dayWords(from, short)} to ${dayWords(to, short)}`;
  const days = [];
  const known = new Map(data.days.map((day) => [day.day, day]));
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(known.get(day) ?? { ...nothing, day });
  return (
    <>
      <PageHeader
        title="Calls"
        tabs={<CallsTabs />}
        filters={<LeaderboardRange from={from} to={to} today={data.today} />}
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-md:px-4">
        {totals.calls === 0 ? (
          <EmptyState
            icon={PhoneCall}
            title={from === to && to === data.today ? 'Nobody has called today' : 'No calls on these days'}
            description="What each caller did stands here: calls, connects, outcomes, talk time, and what was promised and sent."
            action={
              <Link href="/calls" className={buttonVariants({ variant: 'outline' })}>
                Open the desk
              </Link>
            }
          />
        ) : (
          <div className="grid max-w-7xl gap-7">
            <Totals figures={totals} state={{ from, to }} of={span} />
            <section aria-labelledby="by-caller" className="min-w-0">
              <h2 id="by-caller" className="mb-2 font-semibold">
                By caller
              </h2>
              <Figures
                first="Caller"
                rows={callers.map((caller) => ({
                  key: caller.id ?? 'none',
                  name: caller.name ?? 'Former member',
                  figures: caller,
                  state: { from, to, caller: caller.id ?? 'none' },
                }))}
              />
            </section>
            <section aria-labelledby="by-day" className="min-w-0">
              <h2 id="by-day" className="mb-2 font-semibold">
                By day
                <span className="ml-2 font-normal text-muted-foreground text-sm">
                  in {data.time_zone.replaceAll('_', ' ')}
                </span>
              </h2>
              {days.length > 1 ? <DayBars days={days} /> : null}
              <Figures
                first="Day"
                rows={days
                  .toReversed()
                  .filter((day) => day.calls > 0)
                  .map((day) => ({
                    key: day.day,
                    name: dayWords(day.day, { weekday: 'short', ...short }),
                    figures: day,
                    state: { from: day.day, to: day.day },
                  }))}
              />
            </section>
          </div>
        )}
      </div>
    </>
  );
}

const nothing: CallFigures = { calls: 0, connects: 0, talk: 0, promised: 0, mails: 0, outcomes: {} };

/** How many of the calls reached somebody. */
const share = ({ calls, connects }: CallFigures) =>
  calls === 0 ? '' : `${Math.round((100 * connects) / calls)}% of calls`;

function Totals({ figures, state, of }: { figures: CallFigures; state: Partial<HistoryState>; of: string }) {
  return (
    <ul aria-label={`In all, ${of}`} className="grid grid-cols-5 gap-3 max-lg:grid-cols-3 max-md:grid-cols-2">
      {callFigures.map((figure) => (
        <li
          key={figure}
          className="flex min-h-22 flex-col rounded-lg border bg-card px-4 py-3 max-md:last:col-span-2"
        >
          <span className="text-muted-foreground text-sm">{callFigureWords[figure].label}</span>
          <CallFigureLink
            figure={figure}
            value={figures[figure]}
            state={state}
            of={of}
            className="mt-0.5 self-start font-semibold text-xl tabular-nums"
          />
          <span className="text-muted-foreground text-xs tabular-nums">
            {figure === 'connects' ? share(figures) : figure === 'calls' ? of : ''}
          </span>
        </li>
      ))}
    </ul>
  );
}

type Line = { key: string; name: string; figures: CallFigures; state: Partial<HistoryState> };

/** Figures in lines: those that every call has, then the outcomes that were given at all. */
function Figures({ first, rows }: { first: string; rows: readonly Line[] }) {
  const given = outcomes.filter((outcome) => rows.some(({ figures }) => figures.outcomes[outcome]));
  const top = Math.max(1, ...rows.map(({ figures }) => figures.calls));
  const cell = 'text-right tabular-nums';
  return (
    <Table label={`Figures by ${first.toLowerCase()}`}>
      <TableHeader>
        <TableRow>
          <TableHead className="sticky left-0 z-1 bg-muted">{first}</TableHead>
          {callFigures.map((figure) => (
            <TableHead key={figure} title={callFigureWords[figure].hint} className={cell}>
              {callFigureWords[figure].label}
            </TableHead>
          ))}
          {given.map((outcome) => (
            <TableHead key={outcome} className={cn(cell, 'whitespace-nowrap')}>
              {outcomeWord(outcome)}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map(({ key, name, figures, state }) => (
          <TableRow key={key}>
            <TableCell className="sticky left-0 z-1 min-w-36 bg-background">
              <span className="block truncate font-medium">{name}</span>
              <span aria-hidden className="mt-1 block h-1 rounded-full bg-muted">
                <span
                  className="block h-1 rounded-full bg-primary"
                  style={{ width: `${(100 * figures.calls) / top}%` }}
                />
              </span>
            </TableCell>
            {callFigures.map((figure) => (
              <TableCell key={figure} className={cell}>
                <CallFigureLink figure={figure} value={figures[figure]} state={state} of={name} />
              </TableCell>
            ))}
            {given.map((outcome) => (
              <TableCell key={outcome} className={cell}>
                <CallFigureLink
                  figure="calls"
                  label={outcomeWord(outcome)}
                  value={figures.outcomes[outcome] ?? 0}
                  state={{ ...state, outcomes: [outcome] satisfies CallOutcome[] }}
                  of={name}
                />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** Calls by day as bars, those that reached somebody within them; the figures themselves stand in the table below. */
function DayBars({ days }: { days: readonly (CallFigures & { day: string })[] }) {
  const top = Math.max(1, ...days.map(({ calls }) => calls));
  return (
    <div aria-hidden className="mb-3">
      <ol className="flex h-24 items-end gap-0.5 border-b">
        {days.map(({ day, calls, connects }) => (
          <li
            key={day}
            title={`${dayWords(day, { weekday: 'short', ...short })}: ${calls} calls, ${connects} connects`}
            className="flex h-full min-w-0 flex-1 items-end justify-center"
          >
            <span
              className="relative block w-full max-w-12 rounded-t-sm bg-control/30"
              style={{ height: `${(100 * calls) / top}%` }}
            >
              <span
                className="absolute inset-x-0 bottom-0 block rounded-t-sm bg-primary"
                style={{ height: calls === 0 ? 0 : `${(100 * connects) / calls}%` }}
              />
            </span>
          </li>
        ))}
      </ol>
      <div className="mt-1 flex justify-between text-muted-foreground text-xs tabular-nums">
        <span>{dayWords(days[0]?.day ?? '', short)}</span>
        <span className="flex gap-3">
          <span className="flex items-center gap-1.5">
            <span className="size-2 rounded-xs bg-control/30" /> Calls
          </span>
          <span className="flex items-center gap-1.5">
            <span className="size-2 rounded-xs bg-primary" /> Connects
          </span>
        </span>
        <span>{dayWords(days.at(-1)?.day ?? '', short)}</span>
      </div>
    </div>
  );
}
