'use client';

import { useEffect, useRef } from 'react';
import type { LiveTopic } from './realtime-client';
import { useLive } from './use-live';

/**
 * Calls when something changed: at once after a quiet time, then at most so often. What a server counts is worth more
 * than being told of every call of a busy hour.
 * @param what whose changes, as of useLive
 * @param atMostEveryMs the least time between two calls
 * @param refresh such as the router's `refresh`
 * @param isAsked which changes it is for, by the ids that useLive tells; unless given, all but a poll's, which says "maybe"
 */
export function useLiveRefresh(
  what: LiveTopic,
  atMostEveryMs: number,
  refresh: () => void,
  isAsked: (ids: string[] | null) => boolean = (ids) => ids !== null,
): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive(what, (ids) => {
    if (timer.current || !isAsked(ids)) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        last.current = Date.now();
        refresh();
      },
      Math.max(0, last.current + atMostEveryMs - Date.now()),
    );
  });
}
