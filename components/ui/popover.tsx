'use client';

import * as PopoverPrimitive from 'radix-ui/popover';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** A small surface beside its trigger. */
export const Popover = PopoverPrimitive.Root;
/** The element that opens the popover; pass `asChild` with a Button. */
export const PopoverTrigger = PopoverPrimitive.Trigger;
/** Where the popover stands, when that is not its trigger. */
export const PopoverAnchor = PopoverPrimitive.Anchor;
/** Closes the popover. */
export const PopoverClose = PopoverPrimitive.Close;

/** Classes shared by every floating surface: menu, popover, select. */
export const floatingClasses =
  'z-50 rounded-lg border bg-popover text-foreground shadow-float outline-none duration-120 ease-out data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 data-[side=bottom]:slide-in-from-top-1 data-[side=top]:slide-in-from-bottom-1';

/** The surface. */
export function PopoverContent({
  className,
  align = 'start',
  sideOffset = 4,
  ...props
}: ComponentProps<typeof PopoverPrimitive.Content>) {
  return (
    <PopoverPrimitive.Portal>
      <PopoverPrimitive.Content
        data-slot="popover-content"
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(floatingClasses, 'w-72 p-3', className)}
        {...props}
      />
    </PopoverPrimitive.Portal>
  );
}
