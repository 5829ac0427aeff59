'use client';

import { useQuery } from '@tanstack/react-query';
import { ApiError, api } from '@/lib/api-client';
import type { OwnerBundle } from '../schema';

/** An owner with all that its page shows; the server may have sent it with the document. */
export function useOwner(id: string, start?: { bundle: OwnerBundle; at: number }) {
  return useQuery({
    queryKey: ['owners', 'detail', id],
    queryFn: ({ signal }) => api<OwnerBundle>('GET', `/api/owners/${id}/bundle`, undefined, { signal }),
    retry: (count, error) => count < 1 && !(error instanceof ApiError && error.status === 404),
    ...(start && { initialData: start.bundle, initialDataUpdatedAt: start.at }),
  });
}
