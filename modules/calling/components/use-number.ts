'use client';

import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { DeskBundle } from '../schema';

/** What the cache calls a number's card. */
export const numberKey = (phoneId: string) => ['calls', 'number', phoneId] as const;

/** All that a number's card shows, kept right while it is open; a gate's "not now" is asked again each minute. */
export function useNumber(phoneId: string, initial?: DeskBundle) {
  return useQuery({
    queryKey: numberKey(phoneId),
    queryFn: ({ signal }) => api<DeskBundle>('GET', `/api/phones/${phoneId}/desk`, undefined, { signal }),
    refetchInterval: 60_000,
    ...(initial && { initialData: initial }),
  });
}
