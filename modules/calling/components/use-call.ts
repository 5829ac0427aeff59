'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { notify } from '@/components/notify';
import { ApiError, api } from '@/lib/api-client';
import type { DeskBundle } from '../schema';

/** A call that was placed from here, as far as its live line needs it. Instants are ISO 8601. */
export type LiveCall = {
  id: string;
  status: string;
  answered_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
  error?: string | null;
};

const ended: ReadonlySet<string> = new Set([
  'completed',
  'busy',
  'no_answer',
  'failed',
  'canceled',
  'logged',
]);
/** Whether the provider has it still on the line. */
export const isOnLine = (call: Pick<LiveCall, 'status'>) => !ended.has(call.status);

const pollEveryMs = 1500;

/**
 * Calls a number: our own phone first, or the browser, or a `tel:` link where nothing is configured. The gate is asked
 * on the server at that very moment.
 * @returns the call while one is on, `dial`, `hangUp`, and why it was refused
 */
export function useCall(bundle: DeskBundle) {
  const client = useQueryClient();
  const phoneId = bundle.row.id;
  const [callId, setCallId] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isDialling, setDialling] = useState(false);
  const via = bundle.can.dial;

  // another number: its own call
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number is what it hangs on
  useEffect(() => {
    setCallId(null);
    setRefusal(null);
  }, [phoneId]);

  const { data: call = null } = useQuery({
    queryKey: ['calls', 'call', callId],
    queryFn: ({ signal }) =>
      api<{ call: LiveCall }>('GET', `/api/calls/${callId}`, undefined, { signal }).then(
        (answer) => answer.call,
      ),
    enabled: callId !== null && via !== 'manual',
    refetchInterval: ({ state }) => (state.data && !isOnLine(state.data) ? false : pollEveryMs),
  });

  const dial = useCallback(
    async (override = false) => {
      setDialling(true);
      setRefusal(null);
      try {
        const answer = await api<{ call: LiveCall; tel?: string }>('POST', `/api/phones/${phoneId}/dial`, {
          via,
          ...(override && { override }),
        });
        setCallId(answer.call.id);
        client.setQueryData(['calls', 'call', answer.call.id], answer.call);
        if (answer.tel)
          window.location.assign(answer.tel.startsWith('tel:') ? answer.tel : `tel:${answer.tel}`);
      } catch (error) {
        setRefusal(error instanceof ApiError ? error.message : 'The call was not placed. Try again.');
      } finally {
        setDialling(false);
      }
    },
    [client, phoneId, via],
  );

  const hangUp = useCallback(async () => {
    if (!callId) return;
    try {
      await api('POST', `/api/calls/${callId}/hang-up`);
    } catch (error) {
      notify.error('Still on the line', {
        description: error instanceof ApiError ? error.message : 'Try again.',
      });
    }
    void client.invalidateQueries({ queryKey: ['calls', 'call', callId] });
  }, [callId, client]);

  return { call, callId, dial, hangUp, refusal, isDialling, via };
}

/** A number's call, as its parts share it. */
export type CallLine = ReturnType<typeof useCall>;
