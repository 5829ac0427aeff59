import type { ReactNode } from 'react';
import { cn } from '@/lib/utils';

/**
 * Shows a skeleton only when the wait is longer than 150 ms. The delay is CSS, so it also works as a Suspense
 * fallback that the server streams.
 * @param label what is loading, for screen readers
 */
export function DelayedSkeleton({
  label = 'Loading',
  className,
  children,
}: {
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div role="status" aria-busy className={cn('appear-late', className)}>
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
