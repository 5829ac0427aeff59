'use client';

import { useLiveRefresh } from '@/lib/use-live-refresh';

/** Renders the page anew when something was logged or a card moved: every move is on a timeline as well. */
export function MetricsLive() {
  useLiveRefresh('timeline', 5000);
  return null;
}
