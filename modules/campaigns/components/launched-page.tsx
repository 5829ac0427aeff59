'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { use } from 'react';
import { PageHeader } from '@/components/page-header';
import { StatusBadge } from '@/components/status-badge';
import { Skeleton } from '@/components/ui/skeleton';
import { formatNumber } from '@/lib/format';
import { writeAddress } from '@/modules/records/components/use-list-address';
import type { CampaignDetail } from '../answers';
import { RunningActions } from './campaign-actions';
import type { Zones } from './campaign-settings';
import { CampaignSlotsContext } from './campaign-slots';
import { campaignLooks, lookOf } from './labels';
import { StagingProgress } from './staging-progress';
import { isStaging } from './use-campaign';

const loading = () => <Skeleton className="m-6 h-40" />;
const ReviewList = dynamic(() => import('./review-list').then((module) => module.ReviewList), {
  ssr: false,
  loading,
});
const EmailsTab = dynamic(() => import('./emails-tab').then((module) => module.EmailsTab), {
  ssr: false,
  loading,
});
const RecipientsTab = dynamic(() => import('./recipients-tab').then((module) => module.RecipientsTab), {
  ssr: false,
  loading,
});
const SettingsTab = dynamic(() => import('./settings-tab').then((module) => module.SettingsTab), {
  ssr: false,
  loading,
});

/** A campaign from its launch on: the review of its first mails, then what became of them. */
export function LaunchedPage({ campaign, zones }: { campaign: CampaignDetail; zones: Zones }) {
  const address = useSearchParams();
  const { Analytics } = use(CampaignSlotsContext);
  const staged = campaign.emails.staged ?? 0;
  const isWriting = isStaging(campaign);
  const hasReview = staged > 0 || isWriting;
  const mails = Object.entries(campaign.emails).reduce(
    (sum, [status, count]) => (status === 'edited' ? sum : sum + count),
    0,
  );
  const tabs = [
    ...(hasReview ? [{ id: 'review', label: 'Review', count: staged }] : []),
    { id: 'overview', label: 'Overview', count: null },
    { id: 'emails', label: 'E-mails', count: mails },
    { id: 'recipients', label: 'Recipients', count: campaign.recipients.total },
    { id: 'settings', label: 'Settings', count: null },
  ];
  const current = tabs.find(({ id }) => id === address.get('tab'))?.id ?? tabs[0]?.id;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        back={{ href: '/campaigns', label: 'Campaigns' }}
        title={campaign.name}
        count={<StatusBadge {...lookOf(campaignLooks, campaign.status)} className="text-foreground" />}
        tabs={
          <nav aria-label="Campaign" className="flex items-center gap-0.5 overflow-x-auto">
            {tabs.map(({ id, label, count }) => (
              <button
                key={id}
                type="button"
                aria-current={current === id ? 'page' : undefined}
                onClick={() => writeAddress({ tab: id, status: null, reason: null }, 'pushState')}
                className="focus-inset inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-md px-2 text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent hover:text-foreground aria-[current=page]:bg-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground max-md:h-10"
              >
                {label}
                {count === null ? null : (
                  <span className="font-normal text-muted-foreground text-xs tabular-nums">
                    {formatNumber(count)}
                  </span>
                )}
              </button>
            ))}
          </nav>
        }
        action={<RunningActions campaign={campaign} />}
      />
      {current === 'review' ? (
        isWriting ? (
          <StagingProgress campaign={campaign} />
        ) : (
          <ReviewList campaign={campaign} />
        )
      ) : null}
      {current === 'overview' && Analytics ? (
        <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-md:px-4">
          <Analytics campaignId={campaign.id} />
        </div>
      ) : null}
      {current === 'emails' ? <EmailsTab campaign={campaign} /> : null}
      {current === 'recipients' ? <RecipientsTab campaign={campaign} /> : null}
      {current === 'settings' ? <SettingsTab campaign={campaign} zones={zones} /> : null}
    </div>
  );
}
