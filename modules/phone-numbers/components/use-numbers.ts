'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { ApiError, api } from '@/lib/api-client';
import type { PhoneNumberRow, PhoneNumbers } from '../answers';

const queryKey = ['phone-numbers'];

/** How often the page asks again: what numbers send and how they stand moves by itself. */
const refreshEveryMs = 20_000;

/**
 * Our own numbers, as the server gave them with the page and as they are since; and their writes.
 * @param start what the page was rendered with, and when, in milliseconds since the epoch
 */
export function useNumbers(start: { numbers: PhoneNumbers; at: number }) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<PhoneNumbers>('GET', '/api/phone-numbers', undefined, { signal }),
    initialData: start.numbers,
    initialDataUpdatedAt: start.at,
    refetchInterval: refreshEveryMs,
  });
  const refresh = () => client.invalidateQueries({ queryKey });

  /** Shows a change of a number at once; where the server refuses it, everything stands as before, and the reason is said. */
  async function change(
    number: PhoneNumberRow,
    given: Record<string, unknown>,
    shown: (row: PhoneNumberRow) => PhoneNumberRow,
    failure: string,
  ): Promise<boolean> {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData<PhoneNumbers>(queryKey);
    client.setQueryData<PhoneNumbers>(queryKey, (now) => now && { ...now, rows: now.rows.map(shown) });
    try {
      await api('PATCH', `/api/phone-numbers/${number.id}`, given);
      return true;
    } catch (error) {
      client.setQueryData(queryKey, before);
      notify.error(failure, { description: error instanceof ApiError ? error.message : 'Try again.' });
      return false;
    } finally {
      void refresh();
    }
  }

  return { numbers: data, refresh, change };
}
