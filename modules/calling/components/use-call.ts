'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { use, useCallback, useEffect, useRef, useState } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { notify } from '@/components/notify';
import { ApiError, api } from '@/lib/api-client';
import type { DeskBundle, DeskCall } from '../schema';

/** A call that was placed from here, as far as its live line needs it. Instants are ISO 8601. */
export type LiveCall = {
  id: string;
  status: string;
  /** It goes on: it can be hung up. */
  is_live: boolean;
  answered_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
  error?: string | null;
};

const pollEveryMs = 1500;
/** An older call is not what an outcome of now is about. */
const waitsForMs = 3_600_000;

/** They called, and somebody of ours spoke with them. */
const wasTaken = (call: DeskCall) =>
  call.direction === 'in' &&
  !call.is_voicemail &&
  (call.status === 'in_progress' || call.status === 'completed');

/** A call of the caller, either way, that has no outcome yet. */
const isWaiting = (call: DeskCall, me: string | null) =>
  (call.direction === 'out' || wasTaken(call)) &&
  call.outcome === null &&
  call.undone_at === null &&
  call.by?.id === me &&
  Date.now() - Date.parse(call.started_at) < waitsForMs;

function refusalOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  // the browser's own word for a microphone that it was not allowed, or doesn't have
  if (error instanceof DOMException)
    return 'The microphone can’t be used. Allow it for this page, then call again.';
  return 'The call was not placed. Try again.';
}

/**
 * Calls a number: our own phone first, or the browser, or a `tel:` link where nothing is configured. The gate is asked
 * on the server at that very moment.
 * @returns the call while one is on, `dial`, `hangUp`, and why it was refused
 */
export function useCall(bundle: DeskBundle) {
  const client = useQueryClient();
  const phoneId = bundle.row.id;
  const me = use(CurrentUserContext);
  const [dialled, setDialled] = useState<string | null>(null);
  // after a reload: the call that waits for its outcome
  const callId = dialled ?? bundle.calls.find((call) => isWaiting(call, me))?.id ?? null;
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isDialling, setDialling] = useState(false);
  const via = bundle.can.dial;
  /** Takes this browser off the line. */
  const leaveLine = useRef<(() => void) | null>(null);

  // another number: its own call
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number is what it hangs on
  useEffect(() => {
    setDialled(null);
    setRefusal(null);
  }, [phoneId]);

  const { data: call = null } = useQuery({
    queryKey: ['calls', 'call', callId],
    queryFn: ({ signal }) => api<LiveCall>('GET', `/api/calls/${callId}`, undefined, { signal }),
    enabled: callId !== null && via !== 'manual',
    refetchInterval: ({ state }) => (state.data?.is_live === false ? false : pollEveryMs),
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
        setDialled(answer.call.id);
        client.setQueryData(['calls', 'call', answer.call.id], answer.call);
        if (via === 'browser') {
          const { joinCall } = await import('./browser-call');
          leaveLine.current = await joinCall(answer.call.id, (problem) => {
            leaveLine.current = null;
            if (problem) setRefusal(problem);
            void client.invalidateQueries({ queryKey: ['calls', 'call', answer.call.id] });
          });
        }
        if (answer.tel)
          window.location.assign(answer.tel.startsWith('tel:') ? answer.tel : `tel:${answer.tel}`);
      } catch (error) {
        setRefusal(refusalOf(error));
      } finally {
        setDialling(false);
      }
    },
    [client, phoneId, via],
  );

  const hangUp = useCallback(async () => {
    if (!callId) return;
    leaveLine.current?.();
    try {
      await api('POST', `/api/calls/${callId}/hang-up`);
    } catch (error) {
      notify.error('Still on the line', {
        description: error instanceof ApiError ? error.message : 'Try again.',
      });
    }
    void client.invalidateQueries({ queryKey: ['calls', 'call', callId] });
  }, [callId, client]);

  /** A call is on that can be hung up from here. */
  const isOn = call?.is_live === true && via !== 'manual';
  return { call, callId, dial, hangUp, isOn, refusal, isDialling, via };
}

/** A number's call, as its parts share it. */
export type CallLine = ReturnType<typeof useCall>;
