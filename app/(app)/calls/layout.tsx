import type { ReactNode } from 'react';

/** What the pages of calling share: each fills the window and scrolls within itself. */
export default function CallsLayout({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 flex-1 flex-col">{children}</div>;
}
