'use client';

import { useQueryClient } from '@tanstack/react-query';
import { use, useCallback, useEffect, useRef, useState } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { ApiError, api } from '@/lib/api-client';
import { type Claim, renewMs } from '../domain';

/**
 * How a number stands to the caller: being asked for, theirs, somebody else's (`by` is null where that isn't known), or
 * out of reach for another reason, in words.
 */
export type ClaimState =
  | { kind: 'asking' }
  | { kind: 'mine'; expiresAt: string }
  | { kind: 'theirs'; by: Claim | null; wasMine: boolean }
  | { kind: 'failed'; message: string };

/** Claims and releases of one number go out one after the other, whichever component asked. */
const queues = new Map<string, Promise<unknown>>();

function inTurn<T>(phoneId: string, act: () => Promise<T>): Promise<T> {
  const turn = (queues.get(phoneId) ?? Promise.resolve()).then(act, act);
  const settled = turn.catch(() => undefined);
  queues.set(phoneId, settled);
  void settled.then(() => {
    if (queues.get(phoneId) === settled) queues.delete(phoneId);
  });
  return turn;
}

/** How many components have a number open: a page may close it and open it again while a claim is on its way. */
const open = new Map<string, number>();
const countOpen = (phoneId: string, change: 1 | -1) => open.set(phoneId, (open.get(phoneId) ?? 0) + change);

/** Gives a number back. It goes out even where the tab is being closed; a claim that isn't given back ends by itself. */
export function releaseClaim(phoneId: string): void {
  void inTurn(phoneId, () =>
    api('DELETE', `/api/phones/${phoneId}/claim`, undefined, { keepalive: true }),
  ).catch(() => undefined);
}

const holderOf = (error: unknown): Claim | null | undefined => {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined;
  const { current } = error;
  return typeof current === 'object' && current !== null && 'user_id' in current ? (current as Claim) : null;
};

/**
 * Claims a number while it is open: at once, again every 30 s while the page is seen, given back when it is closed.
 * @param phoneId null: nothing is open
 * @returns the state; `takeOver` for admins; `done` after an outcome, which ends the claim by itself
 */
export function useClaim(phoneId: string | null) {
  const client = useQueryClient();
  const me = use(CurrentUserContext);
  const [state, setState] = useState<ClaimState>({ kind: 'asking' });
  const isDone = useRef(false);
  const had = useRef(false);

  const ask = useCallback(
    async (id: string, isStill: () => boolean, takeOver = false) => {
      try {
        const { claim } = await inTurn(id, () =>
          api<{ claim: Claim }>('POST', `/api/phones/${id}/claim`, takeOver ? { take_over: true } : {}),
        );
        if (!isStill()) {
          // it came when nobody wanted it any more
          if (!open.get(id)) releaseClaim(id);
          return;
        }
        had.current = true;
        setState({ kind: 'mine', expiresAt: claim.expires_at });
      } catch (error) {
        if (!isStill()) return;
        const by = holderOf(error);
        if (by !== undefined) {
          setState({ kind: 'theirs', by, wasMine: had.current });
          had.current = false;
          void client.invalidateQueries({ queryKey: ['calls'] });
          return;
        }
        // a claim that stands outlasts a hiccup of the network
        if (had.current && error instanceof ApiError && (error.status === 0 || error.status >= 500)) return;
        setState({ kind: 'failed', message: error instanceof ApiError ? error.message : 'Try again.' });
      }
    },
    [client],
  );

  useEffect(() => {
    setState({ kind: 'asking' });
    isDone.current = false;
    had.current = false;
    if (!phoneId) return;
    let isOpen = true;
    countOpen(phoneId, 1);
    const renew = () => {
      if (document.visibilityState === 'visible' && !isDone.current)
        void ask(phoneId, () => isOpen && !isDone.current);
    };
    const release = () => {
      if (had.current && !isDone.current) releaseClaim(phoneId);
      had.current = false;
    };
    const restored = (event: PageTransitionEvent) => event.persisted && renew();
    renew();
    const timer = setInterval(renew, renewMs);
    document.addEventListener('visibilitychange', renew);
    window.addEventListener('pagehide', release);
    window.addEventListener('pageshow', restored);
    return () => {
      isOpen = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
      window.removeEventListener('pagehide', release);
      window.removeEventListener('pageshow', restored);
      countOpen(phoneId, -1);
      release();
    };
  }, [phoneId, ask]);

  /** What others’ pages tell: the claim as the number’s bundle has it now. */
  const seen = useCallback(
    (claim: Claim | null) => {
      if (!had.current || isDone.current || !claim || claim.user_id === me) return;
      had.current = false;
      setState({ kind: 'theirs', by: claim, wasMine: true });
    },
    [me],
  );
  const takeOver = useCallback(
    () => (phoneId ? ask(phoneId, () => !isDone.current, true) : Promise.resolve()),
    [ask, phoneId],
  );
  const tryAgain = useCallback(
    () => (phoneId ? ask(phoneId, () => !isDone.current) : Promise.resolve()),
    [ask, phoneId],
  );
  const done = useCallback(() => {
    isDone.current = true;
    had.current = false;
  }, []);

  return { state, seen, takeOver, tryAgain, done };
}
