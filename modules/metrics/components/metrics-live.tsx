'use client';

import { useRouter } from 'next/navigation';
import { useLiveRefresh } from '@/lib/use-live-refresh';

/** Renders the page anew when something was logged or a card moved: every move is on a timeline as well. */
export function MetricsLive() {
  const { refresh } = useRouter();
  useLiveRefresh('timeline', 5000, refresh);
  return null;
}
