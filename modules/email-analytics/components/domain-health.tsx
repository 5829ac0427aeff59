'use client';

import { useQuery } from '@tanstack/react-query';
import { Globe } from 'lucide-react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { StatusBadge } from '@/components/status-badge';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { ApiError, api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import {
  bounceLimits,
  complaintLimits,
  type EmailFigure,
  figureRate,
  formatRate,
  healthLevel,
} from '../domain';
import type { DomainHealth as Health, SendingOutlook } from '../types';
import { FigureLink } from './figure-link';

const badges = {
  unknown: { label: 'Nothing sent', glyph: 'empty', tone: 'neutral' },
  good: { label: 'Good', glyph: 'check', tone: 'positive' },
  warning: { label: 'Watch', glyph: 'half', tone: 'warning' },
  danger: { label: 'In danger', glyph: 'cross', tone: 'danger' },
} as const;

/** What stands in a domain's way, or how its last 30 days look. */
function stateOf(domain: Health) {
  if (domain.status === 'paused') {
    return { label: 'Paused', glyph: 'ban', tone: 'neutral', why: domain.paused_reason } as const;
  }
  if (domain.breaker !== 'closed') {
    return {
      label: domain.breaker === 'open' ? 'Stopped after errors' : 'Trying again',
      glyph: 'cross',
      tone: 'danger',
      why: domain.last_error,
    } as const;
  }
  const levels = [
    healthLevel(figureRate(domain.counts, 'complained'), complaintLimits),
    healthLevel(figureRate(domain.counts, 'bounced'), bounceLimits),
  ];
  const level = levels.includes('danger')
    ? 'danger'
    : levels.includes('warning')
      ? 'warning'
      : (domain.counts.sent ?? 0) > 0
        ? 'good'
        : 'unknown';
  return { ...badges[level], why: null };
}

/**
 * How each sending domain stands: the last 30 days with the shares that mail providers judge it by, today's cap and its
 * warm-up. Numbers open their mails.
 */
export function DomainHealth({ start }: { start?: SendingOutlook }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['sending-outlook'],
    queryFn: ({ signal }) => api<SendingOutlook>('GET', '/api/sending-outlook', undefined, { signal }),
    ...(start && { initialData: start, staleTime: 10_000 }),
  });
  if (error && !data) {
    return (
      <ErrorState
        title="The domains’ health could not be read"
        onRetry={() => void refetch()}
        requestId={error instanceof ApiError ? error.requestId : null}
        className="py-6"
      />
    );
  }
  if (!data) return <Skeleton className="appear-late h-32 w-full" />;
  if (data.domains.length === 0) {
    return (
      <EmptyState
        icon={Globe}
        title="No sending domain yet"
        description="Campaigns send from domains of your own, in turn."
        className="py-8"
      />
    );
  }
  return (
    <div className="min-w-0">
      <Table label="Health of the sending domains, last 30 days">
        <TableHeader>
          <TableRow>
            <TableHead>Domain</TableHead>
            <TableHead>Health</TableHead>
            <TableHead className="text-right">Sent</TableHead>
            <TableHead className="text-right">Bounced</TableHead>
            <TableHead className="text-right">Complaints</TableHead>
            <TableHead className="text-right">Today</TableHead>
            <TableHead>Warm-up</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {data.domains.map((domain) => (
            <Line key={domain.id} domain={domain} />
          ))}
        </TableBody>
      </Table>
      <p className="mt-2 text-muted-foreground text-xs">
        Last 30 days. Mail providers put a sender’s mail among spam from {complaintLimits.warning}% complaints
        on and refuse it from {complaintLimits.danger}% on; from {bounceLimits.warning}% bounces on an account
        is looked at, from {bounceLimits.danger}% on it may be stopped.
      </p>
    </div>
  );
}

function Line({ domain }: { domain: Health }) {
  const { why, ...badge } = stateOf(domain);
  const { cap, day, days } = domain.today;
  return (
    <TableRow>
      <TableCell className="font-medium">{domain.domain}</TableCell>
      <TableCell>
        <StatusBadge {...badge} />
        {why ? <p className="max-w-64 text-muted-foreground text-xs">{why}</p> : null}
      </TableCell>
      <TableCell className="text-right">
        <FigureLink
          figure="sent"
          count={domain.counts.sent ?? 0}
          state={{ domain: domain.id, days: 30 }}
          of={domain.domain}
        />
      </TableCell>
      <Rate domain={domain} figure="bounced" limits={bounceLimits} />
      <Rate domain={domain} figure="complained" limits={complaintLimits} />
      <TableCell className="whitespace-nowrap text-right">
        {formatNumber(domain.sent_today)}
        <span className="text-muted-foreground"> of {formatNumber(cap)}</span>
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {day !== null && days !== null ? (
          <span>
            Day {day} of {days}
          </span>
        ) : (
          <span className="text-muted-foreground">Warm</span>
        )}
      </TableCell>
    </TableRow>
  );
}

function Rate({
  domain,
  figure,
  limits,
}: {
  domain: Health;
  figure: EmailFigure;
  limits: { readonly warning: number; readonly danger: number };
}) {
  const rate = figureRate(domain.counts, figure);
  const level = healthLevel(rate, limits);
  return (
    <TableCell className="whitespace-nowrap text-right">
      <FigureLink
        figure={figure}
        count={domain.counts[figure] ?? 0}
        state={{ domain: domain.id, days: 30 }}
        of={domain.domain}
      />
      {rate === null ? null : (
        <span
          className={
            level === 'danger'
              ? 'ml-1.5 text-destructive-text text-xs'
              : level === 'warning'
                ? 'ml-1.5 text-warning-text text-xs'
                : 'ml-1.5 text-muted-foreground text-xs'
          }
        >
          {formatRate(rate)}
        </span>
      )}
    </TableCell>
  );
}
