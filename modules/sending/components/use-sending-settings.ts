'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { ApiError, api } from '@/lib/api-client';
import type { SendingSettings } from '../schema';

const queryKey = ['sending', 'settings'];

/** How often the page asks again: what domains send and how they stand moves by itself. */
const refreshEveryMs = 20_000;

/**
 * The settings of sending, as the server gave them with the page and as they are since; and their writes.
 * @param start what the page was rendered with, and when, in milliseconds since the epoch
 */
export function useSendingSettings(start: { settings: SendingSettings; at: number }) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<SendingSettings>('GET', '/api/sending-domains', undefined, { signal }),
    initialData: start.settings,
    initialDataUpdatedAt: start.at,
    refetchInterval: refreshEveryMs,
  });
  const refresh = () => client.invalidateQueries({ queryKey });

  /** Shows a change at once; where the server refuses it, everything stands as before, and the reason is said. */
  async function attempt(
    failure: string,
    change: (now: SendingSettings) => SendingSettings,
    call: () => Promise<unknown>,
  ): Promise<boolean> {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData<SendingSettings>(queryKey);
    client.setQueryData<SendingSettings>(queryKey, (now) => now && change(now));
    try {
      await call();
      return true;
    } catch (error) {
      client.setQueryData(queryKey, before);
      notify.error(failure, { description: error instanceof ApiError ? error.message : 'Try again.' });
      return false;
    } finally {
      void refresh();
    }
  }

  return { settings: data, refresh, attempt };
}

export type SendingWrites = Omit<ReturnType<typeof useSendingSettings>, 'settings'>;
