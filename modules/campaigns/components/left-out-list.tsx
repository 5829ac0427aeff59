'use client';

import { useQueryClient } from '@tanstack/react-query';
import { UserX } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { DelayedSkeleton } from '@/components/delayed-skeleton';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { AddedRecipients, CampaignDetail, LeftOut } from '../answers';
import { leftOutReasons } from '../domain';
import { leftOutWord } from './left-out-words';
import { refreshCampaign, useLeftOut } from './use-campaign';

const addedAtOnce = 100;

/** Whom the campaign leaves out although they were chosen, by reason, with what can be done about it. */
export function LeftOutList({ campaign }: { campaign: CampaignDetail }) {
  const client = useQueryClient();
  const [reason, setReason] = useState<string | null>(null);
  const query = useLeftOut(campaign.id, reason);
  const counts = query.data?.pages[0]?.counts ?? {};
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const ready = counts.ready ?? 0;
  const [adding, setAdding] = useState(false);

  /** Adds all of them, not those alone that the list has loaded: whoever is in leaves the list, so each page is its first. */
  async function addReady() {
    const at = `/api/campaigns/${campaign.id}`;
    let added = 0;
    setAdding(true);
    try {
      for (;;) {
        const page = await api<LeftOut>('GET', `${at}/left-out?reason=ready&limit=${addedAtOnce}`);
        if (page.rows.length === 0) break;
        const ids = page.rows.map(({ person }) => person.id);
        const answer = await api<AddedRecipients>('POST', `${at}/recipients`, { ids });
        added += answer.added;
        if (answer.added === 0) break;
      }
      notify.success(`${formatCount(added, 'person', 'people')} added`);
    } catch (error) {
      const so = added > 0 ? `Only ${formatCount(added, 'person', 'people')} added` : 'Nobody was added';
      notify.error(so, { description: messageOf(error) });
    }
    setAdding(false);
    await refreshCampaign(client, campaign.id);
  }
  if (query.isPending) {
    return (
      <DelayedSkeleton label="Loading who was left out" className="grid gap-3 px-6 py-3 max-md:px-4">
        <Skeleton className="h-7 w-96" />
        <Skeleton className="h-40" />
      </DelayedSkeleton>
    );
  }
  if (query.isError && rows.length === 0) {
    return (
      <ErrorState
        title="Who was left out could not be loaded"
        description={query.error.message}
        onRetry={() => void query.refetch()}
        requestId={query.error instanceof ApiError ? query.error.requestId : null}
      />
    );
  }
  if (rows.length === 0 && reason === null) {
    return (
      <EmptyState
        icon={UserX}
        title="Nobody was left out"
        description="Whoever is chosen and can’t be written to is listed here, with the reason."
      />
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6 max-md:px-4">
      <fieldset className="flex flex-wrap gap-1.5 pb-3">
        <legend className="sr-only">Why they were left out</legend>
        {leftOutReasons
          .filter((each) => (counts[each] ?? 0) > 0)
          .map((each) => (
            <Button
              key={each}
              variant="outline"
              size="sm"
              aria-pressed={reason === each}
              className="font-normal aria-pressed:border-primary aria-pressed:bg-selected"
              onClick={() => setReason(reason === each ? null : each)}
            >
              {leftOutWord(each)}
              <span className="text-muted-foreground tabular-nums">{formatNumber(counts[each] ?? 0)}</span>
            </Button>
          ))}
        {ready > 0 ? (
          <Button size="sm" loading={adding} onClick={() => void addReady()}>
            Add the {formatCount(ready, 'person', 'people')} who can be written to now
          </Button>
        ) : null}
      </fieldset>
      <ul aria-label="Left out" className="divide-y rounded-lg border">
        {rows.map(({ person, reason: why, campaign: other }) => (
          <li key={person.id} className="flex min-h-10 flex-wrap items-center gap-x-4 px-4 py-2 text-sm">
            <Link href={`/people/${person.id}`} className="min-w-40 font-medium hover:underline">
              {person.name ?? 'No name'}
            </Link>
            <span className="text-muted-foreground">
              {leftOutWord(why)}
              {other ? (
                <>
                  :{' '}
                  <Link href={`/campaigns/${other.id}`} className="underline underline-offset-2">
                    {other.name}
                  </Link>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <div className="mt-4 text-center">
          <Button
            variant="outline"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      ) : null}
    </div>
  );
}
