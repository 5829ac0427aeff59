import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** A key as printed on the keyboard. */
export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        'inline-flex h-5 min-w-5 select-none items-center justify-center rounded-sm border bg-background px-1 font-sans text-muted-foreground text-xs',
        className,
      )}
      {...props}
    />
  );
}
