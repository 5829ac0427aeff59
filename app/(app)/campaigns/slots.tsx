'use client';

import type { ReactNode } from 'react';
import { type CampaignSlots, CampaignSlotsContext } from '@/modules/campaigns/components/campaign-slots';
import { peopleFilters } from '@/modules/people/components/people-filters';

const slots: CampaignSlots = { peopleFilters };

/** What other rooms of the product put on the campaigns' pages. */
export function CampaignSlotsProvider({ children }: { children: ReactNode }) {
  return <CampaignSlotsContext value={slots}>{children}</CampaignSlotsContext>;
}
