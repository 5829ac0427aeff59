'use client';

import * as SwitchPrimitive from 'radix-ui/switch';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** A setting that takes effect at once; use a checkbox inside forms that are submitted. */
export function Switch({ className, ...props }: ComponentProps<typeof SwitchPrimitive.Root>) {
  return (
    <SwitchPrimitive.Root
      data-slot="switch"
      className={cn(
        'inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-transparent px-0.5 transition-colors duration-150 ease-out',
        'data-[state=checked]:bg-primary data-[state=unchecked]:bg-control disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
      {...props}
    >
      <SwitchPrimitive.Thumb className="size-4 rounded-full bg-white transition-transform duration-150 ease-out data-[state=checked]:translate-x-3.5" />
    </SwitchPrimitive.Root>
  );
}
