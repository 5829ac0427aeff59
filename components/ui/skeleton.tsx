import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** A grey bar in the shape of what is coming. Hidden from screen readers: the region says it is busy. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="skeleton"
      aria-hidden
      className={cn('animate-pulse rounded-sm bg-secondary', className)}
      {...props}
    />
  );
}
