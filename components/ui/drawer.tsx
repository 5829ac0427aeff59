'use client';

import type { ComponentProps } from 'react';
import { Drawer as DrawerPrimitive } from 'vaul';
import { cn } from '@/lib/utils';
import { overlayClasses } from './dialog';
import { useFocusReturn } from './focus-return';

/** A panel from the bottom that follows the thumb, for phones. */
export const Drawer = DrawerPrimitive.Root;
/** The element that opens the drawer. */
export const DrawerTrigger = DrawerPrimitive.Trigger;
/** Closes the drawer. */
export const DrawerClose = DrawerPrimitive.Close;

/** The panel, with its handle. */
export function DrawerContent({
  className,
  children,
  onCloseAutoFocus,
  ...props
}: ComponentProps<typeof DrawerPrimitive.Content>) {
  const focus = useFocusReturn(onCloseAutoFocus);
  return (
    <DrawerPrimitive.Portal>
      <DrawerPrimitive.Overlay className={overlayClasses} />
      <DrawerPrimitive.Content
        data-slot="drawer-content"
        className={cn(
          'fixed inset-x-0 bottom-0 z-50 flex max-h-[85dvh] flex-col rounded-t-lg border-t bg-popover pb-[env(safe-area-inset-bottom)] outline-none',
          className,
        )}
        onCloseAutoFocus={focus.onCloseAutoFocus}
        {...props}
      >
        {focus.note}
        <div aria-hidden className="mx-auto my-2 h-1 w-9 shrink-0 rounded-full bg-input" />
        {children}
      </DrawerPrimitive.Content>
    </DrawerPrimitive.Portal>
  );
}

/** Names the drawer; every drawer has one. */
export function DrawerTitle({ className, ...props }: ComponentProps<typeof DrawerPrimitive.Title>) {
  return <DrawerPrimitive.Title className={cn('px-4 py-1 font-semibold text-lg', className)} {...props} />;
}
