import Link from 'next/link';
import { NavLink } from '@/components/nav-link';
import { buttonVariants } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import {
  countedWords,
  type Figure,
  figures,
  figureWords,
  formatDays,
  formatMetric,
  type Metrics,
  metricHref,
} from '../domain';
import { MetricChange } from './metric-change';
import { MetricsLive } from './metrics-live';
import { PeopleChart } from './people-chart';
import { WeekChart } from './week-chart';

/** The report: each figure with what it means, the days before, twelve weeks and who. */
export function MetricReport({ metrics }: { metrics: Metrics }) {
  return (
    <div className="grid max-w-5xl gap-6 px-6 py-6 max-md:px-4">
      <MetricsLive />
      <p className="text-muted-foreground text-sm">
        {formatDays(metrics.from, metrics.to)}, {metrics.time_zone.replaceAll('_', ' ')} time. Every number
        and bar opens the rows it counts.
      </p>
      {figures.map((figure) => (
        <FigureReport key={figure} figure={figure} metrics={metrics} />
      ))}
    </div>
  );
}

function FigureReport({ figure, metrics }: { figure: Figure; metrics: Metrics }) {
  const metric = metrics[figure];
  const { slug, title, definition, start } = figureWords[figure];
  const value = formatMetric(figure, metric.value);
  const before = formatMetric(figure, metric.previous.value);
  const hasWeeks = metric.weeks.some(({ count }) => count > 0);
  return (
    <section aria-labelledby={slug} className="rounded-lg border bg-card px-5 py-4 max-md:px-4">
      <h2 id={slug} className="font-semibold">
        {title}
      </h2>
      <p className="max-w-2xl text-muted-foreground text-sm">{definition}</p>
      {value === null ? (
        <div className="mt-3">
          <p className="font-medium">Nothing to count in these {metrics.days} days</p>
          <p className="mb-3 text-muted-foreground text-sm">{start.text}</p>
          <Link href={start.href} className={buttonVariants({ variant: 'outline' })}>
            {start.label}
          </Link>
        </div>
      ) : (
        <p className="mt-2 flex flex-wrap items-baseline gap-x-3 gap-y-1 tabular-nums">
          <NavLink
            href={metricHref(figure, { days: metrics.days })}
            className="font-semibold text-xl underline-offset-4 hover:underline"
            aria-label={`${title}: ${value}, ${countedWords(figure, metric)}. Open the rows`}
          >
            {value}
          </NavLink>
          <MetricChange figure={figure} now={metric} before={metric.previous} />
          <span className="text-muted-foreground text-sm">{countedWords(figure, metric)}</span>
          {before === null ? null : (
            <NavLink
              href={metricHref(figure, { days: metrics.days, period: 'previous' })}
              className="text-muted-foreground text-sm underline-offset-2 hover:text-foreground hover:underline"
            >
              {before} in {formatDays(metrics.previous_from, metrics.previous_to)}
            </NavLink>
          )}
        </p>
      )}
      {hasWeeks ? (
        <div className="mt-4 grid items-start gap-x-10 gap-y-5 lg:grid-cols-[3fr_2fr]">
          <WeekChart figure={figure} weeks={metric.weeks} />
          {metric.people.length > 0 ? (
            <PeopleChart figure={figure} people={metric.people} days={metrics.days} />
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

/** The report on its way. */
export function MetricReportSkeleton() {
  return (
    <div role="status" aria-busy className="appear-late relative grid max-w-5xl gap-6 px-6 py-6 max-md:px-4">
      <span className="sr-only">Counting</span>
      <Skeleton className="h-4 w-72" />
      {figures.map((figure) => (
        <div key={figure} className="rounded-lg border bg-card px-5 py-4">
          <Skeleton className="h-4 w-28" />
          <Skeleton className="mt-3 h-6 w-40" />
          <Skeleton className="mt-5 h-36 w-full" />
        </div>
      ))}
    </div>
  );
}
