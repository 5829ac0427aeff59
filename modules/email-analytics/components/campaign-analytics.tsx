'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { cn } from '@/lib/utils';
import { exitReasonWords, recipientStatusWords } from '@/modules/campaigns/domain';
import { type CountedGroup, sumCounts } from '../domain';
import type { CampaignAnalytics as Analytics } from '../types';
import { BreakdownTable, CampaignFigures } from './campaign-figures';
import { DayChart } from './day-chart';
import { ForecastLine } from './forecast-line';

/** Counting anew is worth more than being told of each mail of a busy hour. */
const atMostEveryMs = 5000;
const page = 'max-w-6xl';

/**
 * What became of a campaign's mails: figures, days, steps, subjects, domains, recipients and the day it ends. Each number
 * opens the mails it counts.
 * @param start what the server has read; without it the figures are fetched
 */
export function CampaignAnalytics({ campaignId, start }: { campaignId: string; start?: Analytics }) {
  const client = useQueryClient();
  const key = ['campaign-analytics', campaignId];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      api<Analytics>('GET', `/api/campaigns/${campaignId}/analytics`, undefined, { signal }),
    ...(start && { initialData: start, staleTime: 5000 }),
  });
  useLiveRefresh(
    'emails',
    atMostEveryMs,
    () => void client.invalidateQueries({ queryKey: key }),
    (ids) => ids === null || ids.includes(campaignId),
  );
  if (data) {
    return (
      <div className={page}>
        <Told analytics={data} />
      </div>
    );
  }
  if (error) {
    return (
      <ErrorState
        title="The figures could not be counted"
        onRetry={() => void refetch()}
        requestId={error instanceof ApiError ? error.requestId : null}
      />
    );
  }
  return <CampaignAnalyticsSkeleton />;
}

function Told({ analytics }: { analytics: Analytics }) {
  const { campaign, counts, steps, domains } = analytics;
  const total = sumCounts(counts);
  if (counts.length === 0) {
    return (
      <EmptyState
        icon={ChartColumn}
        title="Nothing to count yet"
        description={
          campaign.status === 'draft'
            ? 'Once the campaign is launched, this shows what became of each e-mail.'
            : 'The first e-mails are being written.'
        }
      />
    );
  }
  const of = (matches: (group: CountedGroup) => boolean) => sumCounts(counts.filter(matches));
  const subjects = steps.flatMap((step) =>
    step.subjects.length > 1
      ? step.subjects.map((subject, variant) => ({
          key: `${step.id}-${variant}`,
          label: `${variant === 0 ? 'A' : 'B'}: ${subject || 'Re: the first subject'}`,
          state: { step: step.id, variant: variant === 1 ? (1 as const) : (0 as const) },
          counts: of((group) => group.step_id === step.id && group.variant === variant),
        }))
      : [],
  );
  const used = domains.filter(({ id }) => counts.some((group) => group.domain_id === id));
  return (
    <div className="grid gap-6">
      <ForecastLine analytics={analytics} />
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[3fr_2fr]">
        <CampaignFigures counts={total} campaign={campaign.id} />
        <div className="grid gap-6">
          <DayChart days={analytics.by_day} today={analytics.today} />
          <Recipients recipients={analytics.recipients} />
        </div>
      </div>
      <BreakdownTable
        title="By e-mail"
        of="E-mail"
        campaign={campaign.id}
        lines={steps.map((step) => ({
          key: step.id,
          label: step.name,
          state: { step: step.id },
          counts: of((group) => group.step_id === step.id),
        }))}
      />
      {subjects.length > 0 ? (
        <BreakdownTable title="By subject" of="Subject" campaign={campaign.id} lines={subjects} />
      ) : null}
      {used.length > 0 ? (
        <BreakdownTable
          title="By domain"
          of="Domain"
          campaign={campaign.id}
          lines={used.map(({ id, domain }) => ({
            key: id,
            label: domain,
            state: { domain: id },
            counts: of((group) => group.domain_id === id),
          }))}
        />
      ) : null}
    </div>
  );
}

const stateWords: Readonly<Record<string, string>> = { ...recipientStatusWords, ...exitReasonWords };
const stateOrder = Object.keys(stateWords);

function Recipients({ recipients }: { recipients: Readonly<Record<string, number>> }) {
  const states = Object.entries(recipients).sort(
    ([one], [other]) => stateOrder.indexOf(one) - stateOrder.indexOf(other),
  );
  return (
    <section aria-label="Recipients">
      <h3 className="mb-1 font-medium text-sm">
        Recipients{' '}
        <span className="font-normal text-muted-foreground tabular-nums">
          {formatNumber(states.reduce((sum, [, count]) => sum + count, 0))}
        </span>
      </h3>
      <ul className="grid gap-0.5 text-sm">
        {states.map(([state, count]) => (
          <li key={state} className="flex justify-between gap-3">
            <span className="text-muted-foreground">{stateWords[state] ?? state}</span>
            <span className="tabular-nums">{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The figures on their way. */
export function CampaignAnalyticsSkeleton() {
  return (
    <div role="status" aria-busy className={cn('appear-late relative grid gap-3', page)}>
      <span className="sr-only">Counting</span>
      <Skeleton className="h-4 w-80 max-w-full" />
      {['sent', 'delivered', 'opened', 'clicked', 'replied'].map((figure) => (
        <Skeleton key={figure} className="h-6 w-full max-w-2xl" />
      ))}
      <Skeleton className="mt-3 h-40 w-full" />
    </div>
  );
}
