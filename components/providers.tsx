'use client';

import dynamic from 'next/dynamic';
import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';

// Nobody needs a message in the first paint; sonner queues what is said before it is there.
const Toaster = dynamic(() => import('./ui/toaster').then((module) => module.Toaster), { ssr: false });

/** Everything the whole tree needs in the browser: theme and messages. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
      <Toaster />
    </ThemeProvider>
  );
}
