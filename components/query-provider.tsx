'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

const FRESH_FOR_MS = 30_000;

/** TanStack Query for interactive lists. Pages behind the session stand in it; others don't pay for it. */
export function QueryProvider({ children }: { children: ReactNode }) {
  // One client per browser session; never shared between requests on the server.
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: FRESH_FOR_MS, retry: 1 } } }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
