'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLive } from '@/lib/use-live';

/** Counting anew is worth more than being told of every call of a busy hour. */
const atMostEveryMs = 5000;

/** Renders the page anew when something was logged or a card moved: every move is on a timeline as well. */
export function MetricsLive() {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive('timeline', (ids) => {
    // a poll that says "maybe" is no reason to count every few seconds
    if (!ids || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      router.refresh();
    }, atMostEveryMs);
  });
  return null;
}
