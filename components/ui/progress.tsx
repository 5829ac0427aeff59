import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/**
 * How far a piece of work has come.
 * @param value share done, 0..100; null while the total is unknown
 */
export function Progress({
  value,
  label,
  className,
  ...props
}: ComponentProps<'div'> & { value: number | null; label: string }) {
  const share = value === null ? null : Math.min(100, Math.max(0, value));
  return (
    <div
      data-slot="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share)}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-secondary', className)}
      {...props}
    >
      <div
        className={cn(
          'h-full rounded-full bg-primary transition-[width] duration-180 ease-out',
          share === null && 'w-1/3 animate-pulse',
        )}
        style={share === null ? undefined : { width: `${share}%` }}
      />
    </div>
  );
}
