import { ChartColumn } from 'lucide-react';
import Link from 'next/link';
import { NavLink } from '@/components/nav-link';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/utils';
import {
  chartTop,
  countedWords,
  type Figure,
  figures,
  figureWords,
  formatDays,
  formatMetric,
  type Metric,
  type Metrics,
  metricHref,
} from '../domain';
import { MetricChange } from './metric-change';

const hasRows = (metric: Metric) =>
  metric.count + metric.previous.count + metric.weeks.reduce((sum, week) => sum + week.count, 0) > 0;

const box = 'flex min-h-26 flex-col rounded-lg border bg-card px-4 py-3';

/** The three figures in short, each of which opens the rows it counts. */
export function MetricStrip({ metrics }: { metrics: Metrics }) {
  const isNew = figures.every((figure) => !hasRows(metrics[figure]));
  return (
    <section aria-labelledby="figures" className="min-w-0">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 id="figures" className="font-semibold">
          Last {metrics.days} days
          <span className="ml-2 font-normal text-muted-foreground text-sm tabular-nums">
            {formatDays(metrics.from, metrics.to)}
          </span>
        </h2>
        <Link href="/reports" className="text-muted-foreground text-sm hover:text-foreground hover:underline">
          All reports
        </Link>
      </div>
      {isNew ? (
        <NoFigures />
      ) : (
        <ul className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
          {figures.map((figure) => (
            <li key={figure}>
              <FigureCard figure={figure} metric={metrics[figure]} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function FigureCard({ figure, metric }: { figure: Figure; metric: Metric }) {
  const { title, start } = figureWords[figure];
  const value = formatMetric(figure, metric.value);
  return (
    <NavLink
      href={value === null ? start.href : metricHref(figure)}
      className={cn(box, 'h-full transition-colors duration-120 hover:bg-accent')}
    >
      <span className="text-muted-foreground text-sm">{title}</span>
      {value === null ? (
        <>
          <span className="mt-1 font-medium">Nothing to count yet</span>
          <span className="text-muted-foreground text-xs">{start.text}</span>
        </>
      ) : (
        <>
          <span className="flex items-end justify-between gap-3">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-semibold text-xl tabular-nums">{value}</span>
              <MetricChange figure={figure} now={metric} before={metric.previous} />
            </span>
            <Sparkline figure={figure} metric={metric} />
          </span>
          <span className="mt-auto pt-1 text-muted-foreground text-xs tabular-nums">
            {countedWords(figure, metric)}
          </span>
        </>
      )}
    </NavLink>
  );
}

/** The twelve weeks as a row of bars: the shape alone, the report has the numbers. */
function Sparkline({ figure, metric }: { figure: Figure; metric: Metric }) {
  const top = chartTop(
    figure,
    metric.weeks.map(({ value }) => value),
  );
  return (
    <svg
      aria-hidden
      viewBox="0 0 70 28"
      width="70"
      height="28"
      className="mb-1 shrink-0 fill-control opacity-70"
    >
      {metric.weeks.map(({ week, value }, index) => {
        const height = value === null ? 1 : Math.max(1, (value / top) * 28);
        return <rect key={week} x={index * 6} y={28 - height} width="4" height={height} rx="1" />;
      })}
    </svg>
  );
}

function NoFigures() {
  return (
    <div className="flex items-start gap-3 rounded-lg border border-dashed px-4 py-4">
      <ChartColumn aria-hidden strokeWidth={1.5} className="mt-0.5 size-5 shrink-0 text-muted-foreground" />
      <p className="text-muted-foreground text-sm">
        How often outreach leads on, how many cards are won and how long it takes.{' '}
        <Link href="/owners" className="text-primary-text underline underline-offset-2">
          Log a call with its outcome
        </Link>{' '}
        or{' '}
        <Link href="/verification" className="text-primary-text underline underline-offset-2">
          put a property on the board
        </Link>{' '}
        for the first figure.
      </p>
    </div>
  );
}

/** The strip on its way. */
export function MetricStripSkeleton() {
  return (
    <div role="status" aria-busy className="appear-late relative">
      <span className="sr-only">Loading the figures</span>
      <Skeleton className="mb-3 h-4 w-40" />
      <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
        {figures.map((figure) => (
          <div key={figure} className={box}>
            <Skeleton className="h-4 w-24" />
            <Skeleton className="mt-2 h-6 w-20" />
            <Skeleton className="mt-auto h-3 w-28" />
          </div>
        ))}
      </div>
    </div>
  );
}
