'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { type CampaignSlots, CampaignSlotsContext } from '@/modules/campaigns/components/campaign-slots';
import { peopleFilters } from '@/modules/people/components/people-filters';

const SendingWeek = dynamic(
  () => import('@/modules/email-analytics/components/sending-week').then((module) => module.SendingWeek),
  { ssr: false },
);
const DraftForecast = dynamic(
  () => import('@/modules/email-analytics/components/draft-forecast').then((module) => module.DraftForecast),
  { ssr: false },
);
const Analytics = dynamic(
  () =>
    import('@/modules/email-analytics/components/campaign-analytics').then(
      (module) => module.CampaignAnalytics,
    ),
  { ssr: false },
);

const slots: CampaignSlots = { SendingWeek, DraftForecast, Analytics, peopleFilters };

/** What other rooms of the product put on the campaigns' pages. */
export function CampaignSlotsProvider({ children }: { children: ReactNode }) {
  return <CampaignSlotsContext value={slots}>{children}</CampaignSlotsContext>;
}
