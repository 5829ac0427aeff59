'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/**
 * Whether the page's scripts have taken over what the server drew. Until then a button does nothing when it is pressed,
 * so the few that a person may reach for at once stay disabled.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
