import type { ReactNode } from 'react';
import { env } from '@/lib/env';
import { CallsSlotsProvider } from './slots';

/** What the pages of calling share: how numbers are written, and what they borrow from other rooms. */
export default function CallsLayout({ children }: { children: ReactNode }) {
  return (
    <CallsSlotsProvider country={env().DEFAULT_COUNTRY}>
      <div className="flex min-h-0 flex-1 flex-col">{children}</div>
    </CallsSlotsProvider>
  );
}
