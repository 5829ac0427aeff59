'use client';

import * as RadioGroupPrimitive from 'radix-ui/radio-group';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** One of a few, all visible. */
export function RadioGroup({ className, ...props }: ComponentProps<typeof RadioGroupPrimitive.Root>) {
  return (
    <RadioGroupPrimitive.Root data-slot="radio-group" className={cn('grid gap-2', className)} {...props} />
  );
}

/** One choice of a {@link RadioGroup}; label it with `htmlFor` or wrap it in a label. */
export function RadioGroupItem({ className, ...props }: ComponentProps<typeof RadioGroupPrimitive.Item>) {
  return (
    <RadioGroupPrimitive.Item
      data-slot="radio-group-item"
      className={cn(
        'inline-flex size-4 shrink-0 items-center justify-center rounded-full! border border-control bg-card transition-colors duration-120',
        'data-[state=checked]:border-primary data-[state=checked]:bg-primary disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
      {...props}
    >
      <RadioGroupPrimitive.Indicator className="size-1.5 rounded-full bg-primary-foreground" />
    </RadioGroupPrimitive.Item>
  );
}
