'use client';

import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { CampaignAnalytics } from '../types';
import { ForecastLine } from './forecast-line';

/**
 * When the last mail of a draft would go. What can't be told is left out: the launch doesn't hang on it.
 * @param saves how often the draft was saved: each changes the forecast
 */
export function DraftForecast({ campaignId, saves }: { campaignId: string; saves: number }) {
  const { data } = useQuery({
    queryKey: ['campaign-analytics', campaignId, saves],
    queryFn: ({ signal }) =>
      api<CampaignAnalytics>('GET', `/api/campaigns/${campaignId}/analytics`, undefined, { signal }),
    placeholderData: (before) => before,
    // who is written to is chosen on another step, and is no save of the draft
    staleTime: 0,
  });
  return data ? <ForecastLine analytics={data} /> : null;
}
