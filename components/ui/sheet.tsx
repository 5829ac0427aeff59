'use client';

import { X } from 'lucide-react';
import * as SheetPrimitive from 'radix-ui/dialog';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';
import { Button } from './button';
import { overlayClasses } from './dialog';
import { useFocusReturn } from './focus-return';

/** A modal panel at the right edge: forms and details that keep the list in view. */
export const Sheet = SheetPrimitive.Root;
/** The element that opens the sheet; pass `asChild` with a Button. */
export const SheetTrigger = SheetPrimitive.Trigger;
/** Closes the sheet; pass `asChild` with a Button. */
export const SheetClose = SheetPrimitive.Close;

/** The panel; 480 px wide, the whole screen on a phone. */
export function SheetContent({
  className,
  children,
  onCloseAutoFocus,
  ...props
}: ComponentProps<typeof SheetPrimitive.Content>) {
  const focus = useFocusReturn(onCloseAutoFocus);
  return (
    <SheetPrimitive.Portal>
      <SheetPrimitive.Overlay className={overlayClasses} />
      <SheetPrimitive.Content
        data-slot="sheet-content"
        className={cn(
          'fixed inset-y-0 right-0 z-50 flex w-full flex-col border-l bg-popover shadow-float outline-none duration-150 ease-out sm:max-w-[480px]',
          'data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:slide-out-to-right-8 data-[state=open]:slide-in-from-right-8 data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0',
          className,
        )}
        onCloseAutoFocus={focus.onCloseAutoFocus}
        {...props}
      >
        {focus.note}
        {children}
        <SheetPrimitive.Close asChild>
          <Button variant="ghost" size="icon-sm" className="absolute top-3 right-3" aria-label="Close">
            <X className="text-muted-foreground" />
          </Button>
        </SheetPrimitive.Close>
      </SheetPrimitive.Content>
    </SheetPrimitive.Portal>
  );
}

/** Title and description at the top. */
export function SheetHeader({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('flex flex-col gap-1 border-b px-5 py-4 pr-12', className)} {...props} />;
}

/** The part that scrolls. */
export function SheetBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('relative min-h-0 flex-1 overflow-y-auto px-5 py-4', className)} {...props} />;
}

/** The buttons: Cancel, then the primary at the right. */
export function SheetFooter({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div className={cn('flex items-center justify-end gap-2 border-t px-5 py-3', className)} {...props} />
  );
}

/** Names the panel; every sheet has one. */
export function SheetTitle({ className, ...props }: ComponentProps<typeof SheetPrimitive.Title>) {
  return <SheetPrimitive.Title className={cn('font-semibold text-lg leading-6', className)} {...props} />;
}

/** One sentence under the title. */
export function SheetDescription({ className, ...props }: ComponentProps<typeof SheetPrimitive.Description>) {
  return <SheetPrimitive.Description className={cn('text-muted-foreground text-sm', className)} {...props} />;
}
