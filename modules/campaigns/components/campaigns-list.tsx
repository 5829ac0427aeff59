'use client';

import { useQueryClient } from '@tanstack/react-query';
import { AtSign, PenLine, Plus, Send, Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { use, useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { RelativeTime } from '@/components/relative-time';
import { useShortcut } from '@/components/shortcuts';
import { StatusBadge } from '@/components/status-badge';
import { TierHint, useFeature } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import { cn } from '@/lib/utils';
import { SearchField } from '@/modules/records/components/search-field';
import { writeAddress } from '@/modules/records/components/use-list-address';
import type { CampaignRow } from '../answers';
import { CampaignSlotsContext } from './campaign-slots';
import { CampaignTabs } from './campaign-tabs';
import { type CampaignsStart, campaignGroups, campaignsSearch } from './campaigns-address';
import { campaignLooks, lookOf } from './labels';
import { isStaging, useCampaigns } from './use-campaign';

const NewCampaign = dynamic(() => import('./new-campaign').then((module) => module.NewCampaign), {
  ssr: false,
});

/** All campaigns with how far each is and what it brought. */
export function CampaignsList({ start }: { start: CampaignsStart }) {
  const client = useQueryClient();
  const router = useRouter();
  const address = useSearchParams();
  const { SendingWeek } = use(CampaignSlotsContext);
  const canLaunch = useFeature('campaigns');
  const [creating, setCreating] = useState(false);
  const q = address.get('q') ?? '';
  const group = address.get('show') ?? '';
  const query = useCampaigns(campaignsSearch({ q, group }), start);
  const refresh = () => void client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
  useLive('campaigns', refresh);
  useLive('emails', refresh);
  const create = () => setCreating(true);
  useShortcut('c', 'New campaign', create, { group: 'List' });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const isNarrowed = q !== '' || group !== '';
  const isNew = !isNarrowed && rows.length === 0 && query.isSuccess;
  const isDialogOpen = creating || address.has('new');

  return (
    <>
      <PageHeader
        title="Campaigns"
        tabs={<CampaignTabs />}
        action={
          <Button onClick={create}>
            <Plus aria-hidden />
            New campaign
          </Button>
        }
      />
      <div className="w-full max-w-6xl px-6 py-4 max-md:px-4">
        {canLaunch ? null : <TierHint feature="campaigns" className="mb-4" />}
        {isNew ? (
          <FirstSteps onCreate={create} />
        ) : (
          <>
            {SendingWeek ? <SendingWeek /> : null}
            <div className="mt-4 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
              <SearchField
                label="Search campaigns"
                value={q}
                onChange={(value) => writeAddress({ q: value || null })}
              />
              <fieldset className="flex items-center gap-0.5">
                <legend className="sr-only">Which campaigns</legend>
                {campaignGroups.map(({ value, label }) => (
                  <button
                    key={value}
                    type="button"
                    aria-pressed={group === value}
                    onClick={() => writeAddress({ show: value || null })}
                    className="focus-inset inline-flex h-7 items-center whitespace-nowrap rounded-md px-2 text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent hover:text-foreground aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-foreground max-md:h-10"
                  >
                    {label}
                  </button>
                ))}
              </fieldset>
            </div>
            {query.isPending ? (
              <LoadingRows />
            ) : query.isError && rows.length === 0 ? (
              <ErrorState
                title="The campaigns could not be loaded"
                description={query.error.message}
                onRetry={() => void query.refetch()}
                requestId={query.error instanceof ApiError ? query.error.requestId : null}
              />
            ) : rows.length === 0 ? (
              <EmptyState
                icon={Send}
                title="No campaigns match"
                description={q ? `Nothing matches “${q}” here.` : 'No campaign is in this state.'}
                action={
                  <Button variant="outline" onClick={() => writeAddress({ q: null, show: null })}>
                    Show all campaigns
                  </Button>
                }
              />
            ) : (
              <ul
                aria-label="Campaigns"
                className={cn('divide-y rounded-lg border', query.isPlaceholderData && 'opacity-60')}
              >
                {rows.map((row) => (
                  <CampaignLine key={row.id} row={row} />
                ))}
              </ul>
            )}
            {query.hasNextPage ? (
              <div className="mt-4 text-center">
                <Button
                  variant="outline"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  Show earlier campaigns
                </Button>
              </div>
            ) : null}
          </>
        )}
      </div>
      {isDialogOpen ? (
        <NewCampaign
          onClose={() => {
            setCreating(false);
            writeAddress({ new: null });
          }}
          onDone={(id) => router.push(`/campaigns/${id}`)}
        />
      ) : null}
    </>
  );
}

/** What a campaign is at, in a line: what is there of a draft, how far the rest is. */
function progressOf(row: CampaignRow): { words: string; share: number | null } {
  const { recipients, staging } = row;
  const people = formatCount(recipients.total, 'person', 'people');
  if (row.status === 'draft') return { words: `${formatCount(row.steps, 'e-mail')}, ${people}`, share: null };
  if (isStaging(row)) {
    const total = staging.total ?? recipients.total;
    return {
      words: `Writing ${formatNumber(staging.done)} of ${formatCount(total, 'e-mail')}`,
      share: total === 0 ? 0 : (staging.done / total) * 100,
    };
  }
  if (row.status === 'staged')
    return { words: `${formatCount(recipients.staged, 'e-mail')} to review`, share: null };
  return {
    words: `${formatNumber(recipients.done)} of ${people} done`,
    share: recipients.total === 0 ? 100 : (recipients.done / recipients.total) * 100,
  };
}

function CampaignLine({ row }: { row: CampaignRow }) {
  const look = lookOf(campaignLooks, row.status);
  const { words, share } = progressOf(row);
  const when = row.completed_at ?? row.launched_at ?? row.created_at;
  const verb = row.completed_at ? 'Ended' : row.launched_at ? 'Launched' : 'Made';
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 px-4 py-2.5 hover:bg-accent md:grid-cols-[minmax(0,1fr)_7rem_11rem_10rem_8rem]">
      <div className="min-w-0">
        <Link
          href={`/campaigns/${row.id}`}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {row.name}
        </Link>
        <p className="truncate text-muted-foreground text-sm">
          {[row.sender_name && `From ${row.sender_name}`, row.created_by?.name].filter(Boolean).join(' · ') ||
            'No sender yet'}
        </p>
      </div>
      <StatusBadge {...look} className="max-md:justify-self-end" />
      <div className="max-md:col-span-2">
        <p className="text-sm tabular-nums">{words}</p>
        {share === null ? null : <Progress className="mt-1" label={words} value={share} />}
      </div>
      <dl className="flex gap-5 text-sm tabular-nums max-md:col-span-2">
        {row.status === 'draft' ? null : (
          <>
            <Figure label="Sent" value={row.sent} />
            <Figure label="Replied" value={row.replied} />
          </>
        )}
      </dl>
      <p className="text-muted-foreground text-sm max-md:col-span-2 md:text-right">
        {verb} <RelativeTime at={when} />
      </p>
    </li>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="flex flex-col-reverse max-md:flex-row max-md:gap-1">
      <dt className="text-muted-foreground text-xs max-md:text-sm">{label}</dt>
      <dd>{formatNumber(value)}</dd>
    </div>
  );
}

function LoadingRows() {
  return (
    <DelayedSkeleton label="Loading the campaigns" className="divide-y rounded-lg border">
      {['a', 'b', 'c', 'd'].map((row) => (
        <div key={row} className="flex items-center gap-6 px-4 py-3">
          <div className="flex-1">
            <Skeleton className="h-4 w-48" />
            <Skeleton className="mt-1.5 h-3 w-32" />
          </div>
          <Skeleton className="h-4 w-20" />
          <Skeleton className="h-4 w-32" />
        </div>
      ))}
    </DelayedSkeleton>
  );
}

const lessons = [
  {
    icon: AtSign,
    title: 'Connect a domain',
    text: 'Say which domains your e-mails go out from, and who they are from.',
    href: '/settings/sending',
    link: 'Sending settings',
  },
  {
    icon: PenLine,
    title: 'Write',
    text: 'One e-mail, or a sequence that goes on where no reply came.',
    href: null,
    link: null,
  },
  {
    icon: Users,
    title: 'Choose people',
    text: 'By a saved view or a filter. You read every first e-mail before it goes.',
    href: '/people',
    link: 'See people',
  },
] as const;

/** The page before the first campaign: what there is to do, in its order. */
function FirstSteps({ onCreate }: { onCreate: () => void }) {
  return (
    <div className="mx-auto max-w-3xl py-12">
      <h2 className="text-center font-semibold text-lg">Write to many as you would to one</h2>
      <p className="mx-auto mt-1 max-w-md text-balance text-center text-muted-foreground">
        A campaign sends at the right hours, stops at a reply, and says of every e-mail why it went or did
        not.
      </p>
      <ol className="mt-8 grid gap-4 md:grid-cols-3">
        {lessons.map(({ icon: Icon, title, text, href, link }, index) => (
          <li key={title} className="rounded-lg border bg-card p-4">
            <p className="flex items-center gap-2 font-medium">
              <Icon aria-hidden strokeWidth={1.5} className="size-4 text-muted-foreground" />
              {index + 1}. {title}
            </p>
            <p className="mt-1 text-muted-foreground text-sm">{text}</p>
            {href ? (
              <Link href={href} className="mt-2 inline-block text-primary-text text-sm hover:underline">
                {link}
              </Link>
            ) : null}
          </li>
        ))}
      </ol>
      <div className="mt-6 text-center">
        <Button onClick={onCreate}>
          <Plus aria-hidden /> New campaign
        </Button>
      </div>
    </div>
  );
}
