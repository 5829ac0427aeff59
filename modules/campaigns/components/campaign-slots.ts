'use client';

import { type ComponentType, createContext } from 'react';
import type { ListFilter } from '@/modules/records/components/list-config';

/**
 * What other rooms put on the campaigns' pages: a room may not import another's components, so the app fills these in,
 * in `app/(app)/campaigns/slots.tsx`. What is absent is left out.
 */
export type CampaignSlots = {
  /** The next seven days of sends and what each domain can carry. */
  SendingWeek?: ComponentType;
  /** The day on which a draft's last mail would go, as it was saved last. */
  DraftForecast?: ComponentType<{ campaignId: string; saves: number }>;
  /** What became of a campaign's mails. */
  Analytics?: ComponentType<{ campaignId: string }>;
  /** The filters of the people list. */
  peopleFilters: readonly ListFilter[];
};

/** Nothing from elsewhere, unless the app says so. */
export const CampaignSlotsContext = createContext<CampaignSlots>({ peopleFilters: [] });
