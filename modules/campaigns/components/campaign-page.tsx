'use client';

import dynamic from 'next/dynamic';
import { ErrorState } from '@/components/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError } from '@/lib/api-client';
import type { Assignee } from '@/modules/records/queries';
import type { CampaignDetail } from '../answers';
import type { Zones } from './campaign-settings';
import { useCampaign } from './use-campaign';

const loading = () => <Skeleton className="m-6 h-40" />;
const CampaignEditor = dynamic(() => import('./campaign-editor').then((module) => module.CampaignEditor), {
  loading,
});
const LaunchedPage = dynamic(() => import('./launched-page').then((module) => module.LaunchedPage), {
  loading,
});

/**
 * One campaign: its editor while it is a draft, and what becomes of it from the launch on.
 * @param start as the server read it
 * @param members colleagues, for the filter of people
 */
export function CampaignPage({
  start,
  members,
  zones,
}: {
  start: CampaignDetail;
  members: readonly Assignee[];
  zones: Zones;
}) {
  const query = useCampaign(start);
  const campaign = query.data;
  if (query.error instanceof ApiError && query.error.status === 404) {
    return (
      <ErrorState
        headingLevel={1}
        title="This campaign is gone"
        description="Somebody deleted it. What was sent stays on each person’s timeline."
      />
    );
  }
  return campaign.status === 'draft' ? (
    <CampaignEditor campaign={campaign} members={members} zones={zones} />
  ) : (
    <LaunchedPage campaign={campaign} zones={zones} />
  );
}
