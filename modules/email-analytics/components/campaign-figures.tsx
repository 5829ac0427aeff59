import { NavLink } from '@/components/nav-link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import {
  bounceLimits,
  complaintLimits,
  type EmailCounts,
  type EmailFigure,
  emailFigureWords,
  figureRate,
  formatRate,
  healthLevel,
  type OutboxState,
  outboxHref,
} from '../domain';
import { FigureLink } from './figure-link';

const reached = ['sent', 'delivered', 'opened', 'clicked', 'replied'] as const;
const waiting = ['staged', 'queued', 'held'] as const;
const lost = ['bounced', 'complained', 'unsubscribed', 'dropped', 'failed', 'unknown'] as const;

/** Every figure of a campaign: how far its mails came as bars, then what waits and what was lost. */
export function CampaignFigures({ counts, campaign }: { counts: EmailCounts; campaign: string }) {
  const sent = counts.sent ?? 0;
  return (
    <div className="grid gap-4">
      <ul aria-label="How far the mails came" className="grid gap-1.5">
        {reached.map((figure) => (
          <li key={figure}>
            <Bar figure={figure} counts={counts} top={sent} campaign={campaign} />
          </li>
        ))}
      </ul>
      <div className="grid gap-x-8 gap-y-3 sm:grid-cols-[1fr_2fr]">
        <Group label="Waiting" figures={waiting} counts={counts} campaign={campaign} />
        <Group label="Lost on the way" figures={lost} counts={counts} campaign={campaign} />
      </div>
    </div>
  );
}

function Bar({
  figure,
  counts,
  top,
  campaign,
}: {
  figure: EmailFigure;
  counts: EmailCounts;
  top: number;
  campaign: string;
}) {
  const { label, definition } = emailFigureWords[figure];
  const count = counts[figure] ?? 0;
  const rate = figureRate(counts, figure);
  const share = top > 0 ? count / top : 0;
  return (
    <NavLink
      href={outboxHref({ campaign, figure })}
      title={definition}
      aria-label={`${label}: ${formatNumber(count)}${rate === null ? '' : `, ${formatRate(rate)}`}. Open the mails`}
      className="group grid h-8 grid-cols-[5rem_minmax(0,1fr)_7rem] items-center gap-3 rounded-sm text-sm tabular-nums max-md:h-10 max-md:grid-cols-[4.5rem_minmax(0,1fr)_6rem]"
    >
      <span className="text-muted-foreground group-hover:text-foreground">{label}</span>
      <svg aria-hidden viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-full">
        <rect width="100" height="8" rx="1" className="fill-muted" />
        <rect
          width={count > 0 ? Math.max(100 * share, 0.6) : 0}
          height="8"
          rx="1"
          className={cn(
            'opacity-75 transition-opacity duration-120 group-hover:opacity-100',
            figure === 'replied' ? 'fill-primary' : 'fill-control',
          )}
        />
      </svg>
      <span className="text-right">
        <span className="font-medium">{formatNumber(count)}</span>
        <span className="inline-block w-13 text-muted-foreground text-xs">
          {rate === null || count === 0 ? '' : formatRate(rate)}
        </span>
      </span>
    </NavLink>
  );
}

/** The tint of a share that endangers the domain. */
function rateTone(counts: EmailCounts, figure: EmailFigure): string {
  const limits = figure === 'complained' ? complaintLimits : figure === 'bounced' ? bounceLimits : null;
  const level = limits ? healthLevel(figureRate(counts, figure), limits) : 'unknown';
  return level === 'danger'
    ? 'text-destructive-text'
    : level === 'warning'
      ? 'text-warning-text'
      : 'text-muted-foreground';
}

function Group({
  label,
  figures,
  counts,
  campaign,
}: {
  label: string;
  figures: readonly EmailFigure[];
  counts: EmailCounts;
  campaign: string;
}) {
  return (
    <section aria-label={label}>
      <h3 className="mb-1 font-medium text-sm">{label}</h3>
      <dl className="flex flex-wrap gap-x-6 gap-y-2">
        {figures.map((figure) => {
          const rate = figureRate(counts, figure);
          return (
            <div key={figure} title={emailFigureWords[figure].definition} className="min-w-16">
              <dt className="text-muted-foreground text-xs">{emailFigureWords[figure].label}</dt>
              <dd className="text-sm tabular-nums">
                <FigureLink figure={figure} count={counts[figure] ?? 0} state={{ campaign }} />
                {rate !== null && counts[figure] ? (
                  <span className={cn('ml-1.5 text-xs', rateTone(counts, figure))}>{formatRate(rate)}</span>
                ) : null}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

const columns = [
  'queued',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'complained',
  'unsubscribed',
] as const;

/** The figures of a campaign's steps, subjects or domains, a line each; every number opens its mails. */
export function BreakdownTable({
  title,
  of,
  campaign,
  lines,
}: {
  title: string;
  of: string;
  campaign: string;
  lines: readonly { key: string; label: string; state: Partial<OutboxState>; counts: EmailCounts }[];
}) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-2 font-medium text-sm">{title}</h3>
      <Table label={title}>
        <TableHeader>
          <TableRow>
            <TableHead>{of}</TableHead>
            {columns.map((figure) => (
              <TableHead key={figure} className="text-right" title={emailFigureWords[figure].definition}>
                {emailFigureWords[figure].label}
              </TableHead>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {lines.map(({ key, label, state, counts }) => (
            <TableRow key={key}>
              <TableCell className="max-w-64 truncate" title={label}>
                {label}
              </TableCell>
              {columns.map((figure) => {
                const rate = figureRate(counts, figure);
                const count = counts[figure] ?? 0;
                return (
                  <TableCell key={figure} className="whitespace-nowrap text-right">
                    <FigureLink figure={figure} count={count} state={{ campaign, ...state }} of={label} />
                    {emailFigureWords[figure].of ? (
                      <span className={cn('inline-block w-11 text-xs', rateTone(counts, figure))}>
                        {rate === null || count === 0 ? '' : formatRate(rate)}
                      </span>
                    ) : null}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
