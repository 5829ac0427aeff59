'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** What was done in this tab since power mode was first opened in it. */
export type Tally = { calls: number; reached: number };

const tallyKey = 'freehold-calls-sitting';
const passedKey = 'freehold-calls-passed';
/** The API takes no more numbers that were passed over. */
const mostPassed = 1000;

function kept<T>(key: string, otherwise: T): T {
  try {
    const text = sessionStorage.getItem(key);
    return text ? (JSON.parse(text) as T) : otherwise;
  } catch {
    return otherwise;
  }
}

function keep(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing: it counts as long as the page lives
  }
}

/** The count of a sitting, and the numbers that were passed over in it; both survive a reload of the tab. */
export function useSitting() {
  const [tally, setTally] = useState<Tally>({ calls: 0, reached: 0 });
  const passed = useRef<string[]>([]);
  const [passedCount, setPassedCount] = useState(0);
  useEffect(() => {
    setTally(kept<Tally>(tallyKey, { calls: 0, reached: 0 }));
    passed.current = kept<string[]>(passedKey, []);
    setPassedCount(passed.current.length);
  }, []);

  const count = useCallback((change: 1 | -1, wasReached: boolean) => {
    setTally((before) => {
      const next = {
        calls: Math.max(0, before.calls + change),
        reached: Math.max(0, before.reached + (wasReached ? change : 0)),
      };
      keep(tallyKey, next);
      return next;
    });
  }, []);
  const pass = useCallback((phoneId: string) => {
    passed.current = [...passed.current.filter((id) => id !== phoneId), phoneId].slice(-mostPassed);
    keep(passedKey, passed.current);
    setPassedCount(passed.current.length);
  }, []);
  const forgetPassed = useCallback(() => {
    passed.current = [];
    keep(passedKey, []);
    setPassedCount(0);
  }, []);

  return { tally, count, passed, passedCount, pass, forgetPassed };
}
