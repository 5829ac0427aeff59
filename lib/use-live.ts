'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { type LiveTopic, listen } from './realtime-client';

const pollEveryMs = 4000;

/**
 * Calls back when something changed in the workspace: at once where the socket is connected, else every few seconds
 * while the tab is visible.
 * @param what whose changes: those of imports, of timelines (notes and activities), of tasks, of files, of one's
 * notifications, of the member list
 * @param onEvent gets the ids of the records that the change is about, or null where anything may have changed;
 * usually it invalidates queries
 * @returns whether events arrive by themselves; a page says so where it matters
 */
export function useLive(what: LiveTopic, onEvent: (ids: string[] | null) => void): 'live' | 'polling' {
  const [isLive, setIsLive] = useState(false);
  const notify = useEffectEvent(onEvent);

  useEffect(() => {
    setIsLive(false);
    return listen(what, { onEvent: (ids) => notify(ids), onState: setIsLive });
  }, [what]);

  useEffect(() => {
    if (isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') notify(null);
    }, pollEveryMs);
    return () => clearInterval(timer);
  }, [isLive]);

  return isLive ? 'live' : 'polling';
}
