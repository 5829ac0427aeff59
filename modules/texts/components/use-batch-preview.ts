'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '@/lib/api-client';
import type { BatchPreview } from '../answers';

/** Whom a text to many is for. */
export type Chosen = { ids: string[] };

const settleMs = 400;

/** Who gets a text and who doesn't, as the server sees it a moment after the last letter. */
export function useBatchPreview(people: Chosen, body: string, from: string) {
  const [settled, setSettled] = useState(body);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(body), settleMs);
    return () => clearTimeout(timer);
  }, [body]);
  const text = settled.trim();
  return useQuery({
    queryKey: ['text-preview', 'many', people, text, from],
    enabled: text !== '',
    retry: false,
    queryFn: ({ signal }) =>
      api<BatchPreview>(
        'POST',
        '/api/sms/batches/preview',
        { people, body: text, phone_number_id: from || null },
        { signal },
      ),
    placeholderData: (before) => (text === '' ? undefined : before),
  });
}

/** Those who are left out for a reason, at most 100. */
export function useLeftOutPeople(people: Chosen, body: string, from: string, reason: string | null) {
  return useQuery({
    queryKey: ['text-preview', 'many', 'left-out', people, body.trim(), from, reason],
    enabled: reason !== null,
    queryFn: async ({ signal }) =>
      (
        await api<BatchPreview>(
          'POST',
          '/api/sms/batches/preview',
          { people, body: body.trim(), phone_number_id: from || null, reason },
          { signal },
        )
      ).people ?? [],
  });
}
