'use client';

import { type ComponentProps, use, useSyncExternalStore } from 'react';
import { formatDateTime, formatRelative } from '@/lib/format';
import { TimeZoneContext } from './time-zone';

const MINUTE_MS = 60_000;

const listeners = new Set<() => void>();
let ticker: ReturnType<typeof setInterval> | undefined;

/** One timer for all times on the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticker ??= setInterval(() => {
    for (const each of listeners) each();
  }, MINUTE_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  };
}

const thisMinute = () => Math.floor(Date.now() / MINUTE_MS);

/**
 * When something happened: relative under a week, the date beyond; the absolute time with its zone on hover.
 * @param at ISO 8601 with an offset
 * @param timeZone IANA name; the person's own zone unless given
 */
export function RelativeTime({
  at,
  timeZone,
  ...props
}: Omit<ComponentProps<'time'>, 'dateTime' | 'title' | 'children'> & { at: string; timeZone?: string }) {
  const own = use(TimeZoneContext);
  const zone = timeZone ?? own;
  useSyncExternalStore(subscribe, thisMinute, thisMinute);
  return (
    // The minute may turn between the server's render and hydration; the next tick puts the words right.
    <time dateTime={at} title={formatDateTime(at, zone)} suppressHydrationWarning {...props}>
      {formatRelative(at, zone)}
    </time>
  );
}
