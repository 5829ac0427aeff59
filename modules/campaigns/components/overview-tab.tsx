'use client';

import type { ComponentType } from 'react';
import { formatNumber } from '@/lib/format';
import { writeAddress } from '@/modules/records/components/use-list-address';
import type { CampaignDetail } from '../answers';
import { lookOf, mailLooks } from './labels';

/** What became of the campaign so far; each number opens its mails. */
export function OverviewTab({
  campaign,
  Analytics,
}: {
  campaign: CampaignDetail;
  Analytics?: ComponentType<{ campaignId: string }>;
}) {
  if (Analytics) {
    return (
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5 max-md:px-4">
        <Analytics campaignId={campaign.id} />
      </div>
    );
  }
  return (
    <dl className="grid max-w-3xl grid-cols-2 gap-3 px-6 py-5 max-md:px-4 sm:grid-cols-4">
      {Object.keys(mailLooks).map((status) => (
        <div key={status} className="rounded-lg border bg-card p-3">
          <dt className="text-muted-foreground text-xs">{lookOf(mailLooks, status).label}</dt>
          <dd className="mt-1">
            <button
              type="button"
              className="focus-inset font-semibold text-lg tabular-nums hover:underline"
              onClick={() => writeAddress({ tab: 'emails', status }, 'pushState')}
            >
              {formatNumber(campaign.emails[status] ?? 0)}
            </button>
          </dd>
        </div>
      ))}
    </dl>
  );
}
