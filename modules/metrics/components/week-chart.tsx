import { NavLink } from '@/components/nav-link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Tooltip } from '@/components/ui/tooltip';
import { formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import {
  chartTop,
  countedWords,
  type Figure,
  figureWords,
  formatDate,
  formatMetric,
  type MetricWeek,
  metricHref,
} from '../domain';

/** The twelve weeks of a figure as bars, each of which opens the rows of its week, with the same as a table. */
export function WeekChart({ figure, weeks }: { figure: Figure; weeks: readonly MetricWeek[] }) {
  const { title } = figureWords[figure];
  const top = chartTop(
    figure,
    weeks.map(({ value }) => value),
  );
  return (
    <div className="min-w-0">
      <h3 className="mb-2 font-medium text-sm">
        By week
        {figure === 'approval_rate' ? (
          <span className="font-normal text-muted-foreground"> in which the card was made</span>
        ) : null}
      </h3>
      <ol aria-label={`${title} by week`} className="flex h-36 items-stretch gap-1 border-b">
        {weeks.map((week, index) => (
          <li key={week.week} className="relative flex min-w-0 flex-1">
            <Bar figure={figure} week={week} top={top} isRunning={index === weeks.length - 1} />
          </li>
        ))}
      </ol>
      <div aria-hidden className="mt-1 flex gap-1 text-muted-foreground text-xs tabular-nums">
        {weeks.map(({ week, starts_on }, index) => (
          <span
            key={week}
            className={cn(
              'flex-1 overflow-visible whitespace-nowrap text-center [direction:ltr]',
              // each third label has the room of its neighbours
              index % 3 === 2 ? '' : 'invisible',
            )}
          >
            <span className="-mx-4 inline-block">{formatDate(starts_on)}</span>
          </span>
        ))}
      </div>
      <details className="mt-2 text-sm">
        <summary className="inline-flex min-h-6 items-center rounded-sm text-muted-foreground text-xs hover:text-foreground max-md:min-h-10">
          Show as a table
        </summary>
        <WeekTable figure={figure} weeks={weeks} />
      </details>
    </div>
  );
}

function Bar({
  figure,
  week,
  top,
  isRunning,
}: {
  figure: Figure;
  week: MetricWeek;
  top: number;
  isRunning: boolean;
}) {
  if (week.value === null) {
    // no bar and nothing to open: the table says so as well
    return <span className="sr-only">{`Week of ${formatDate(week.starts_on)}: nothing to count`}</span>;
  }
  const isTime = figure === 'cycle_time_days';
  const when = `Week of ${formatDate(week.starts_on)}${isRunning ? ', so far' : ''}`;
  const counted = countedWords(figure, week);
  // what is read out is what stands over the bar (WCAG 2.5.3); the tooltip has the decimals
  const number = formatNumber(week.value, isTime && week.value < 10 ? 1 : 0);
  return (
    <Tooltip
      className="flex-1"
      content={
        <span className="tabular-nums">{`${when}: ${formatMetric(figure, week.value)}, ${counted}`}</span>
      }
    >
      <NavLink
        href={metricHref(figure, { week: week.week })}
        aria-label={`${when}: ${number}${isTime ? ' days' : '%'}, ${counted}. Open the rows`}
        className="group focus-inset flex min-w-0 flex-1 flex-col items-center justify-end rounded-t-sm"
      >
        <span className="pb-0.5 text-muted-foreground text-xs tabular-nums group-hover:text-foreground">
          {number}
          {/* twelve of them share a phone's width */}
          {isTime ? null : <span className="max-md:hidden">%</span>}
        </span>
        <span
          className={cn(
            'block w-full max-w-9 rounded-t-sm bg-control transition-opacity duration-120',
            isRunning ? 'opacity-40 group-hover:opacity-60' : 'opacity-75 group-hover:opacity-100',
          )}
          // 18 px are the number's
          style={{ height: `calc((100% - 18px) * ${Math.max(week.value / top, 0.015)})` }}
        />
      </NavLink>
    </Tooltip>
  );
}

function WeekTable({ figure, weeks }: { figure: Figure; weeks: readonly MetricWeek[] }) {
  const { title, hit, many } = figureWords[figure];
  const isRate = figure !== 'cycle_time_days';
  return (
    <div className="mt-1">
      <Table label={`${title} by week, as a table`}>
        <TableHeader>
          <TableRow>
            <TableHead>Week of</TableHead>
            <TableHead className="text-right">{title}</TableHead>
            {isRate ? <TableHead className="text-right">{hit}</TableHead> : null}
            <TableHead className="text-right first-letter:uppercase">{many}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {weeks.map((week) => (
            <TableRow key={week.week}>
              <TableCell>
                {week.count > 0 ? (
                  <NavLink
                    href={metricHref(figure, { week: week.week })}
                    className="underline-offset-2 hover:underline"
                  >
                    {formatDate(week.starts_on)}
                  </NavLink>
                ) : (
                  formatDate(week.starts_on)
                )}
              </TableCell>
              <TableCell className="text-right">{formatMetric(figure, week.value)}</TableCell>
              {isRate ? <TableCell className="text-right">{formatNumber(week.hits)}</TableCell> : null}
              <TableCell className="text-right">{formatNumber(week.count)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
