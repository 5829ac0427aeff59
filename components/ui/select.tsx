'use client';

import { Check, ChevronDown } from 'lucide-react';
import * as SelectPrimitive from 'radix-ui/select';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';
import { floatingClasses } from './popover';

/** One of a closed list. For long or growing lists use Combobox; inside dense forms use NativeSelect. */
export const Select = SelectPrimitive.Root;
/** Shows the chosen value. */
export const SelectValue = SelectPrimitive.Value;
/** Groups options under a SelectLabel. */
export const SelectGroup = SelectPrimitive.Group;

/** The closed control. */
export function SelectTrigger({
  className,
  children,
  ...props
}: ComponentProps<typeof SelectPrimitive.Trigger>) {
  return (
    <SelectPrimitive.Trigger
      data-slot="select-trigger"
      className={cn(
        'field flex h-8 w-full items-center justify-between gap-2 px-2.5 text-left text-sm data-placeholder:text-muted-foreground max-md:h-10 [&>span]:truncate',
        className,
      )}
      {...props}
    >
      {children}
      <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
    </SelectPrimitive.Trigger>
  );
}

/** The open list. */
export function SelectContent({
  className,
  children,
  ...props
}: ComponentProps<typeof SelectPrimitive.Content>) {
  return (
    <SelectPrimitive.Portal>
      <SelectPrimitive.Content
        data-slot="select-content"
        position="popper"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          floatingClasses,
          'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden',
          className,
        )}
        {...props}
      >
        <SelectPrimitive.Viewport className="p-1">{children}</SelectPrimitive.Viewport>
      </SelectPrimitive.Content>
    </SelectPrimitive.Portal>
  );
}

/** One option. */
export function SelectItem({ className, children, ...props }: ComponentProps<typeof SelectPrimitive.Item>) {
  return (
    <SelectPrimitive.Item
      className={cn(
        'relative flex min-h-8 cursor-default select-none items-center rounded-sm pr-8 pl-2 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-accent max-md:min-h-10',
        className,
      )}
      {...props}
    >
      <SelectPrimitive.ItemText>{children}</SelectPrimitive.ItemText>
      <SelectPrimitive.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="size-4 text-muted-foreground" />
      </SelectPrimitive.ItemIndicator>
    </SelectPrimitive.Item>
  );
}

/** A small heading above a group of options. */
export function SelectLabel({ className, ...props }: ComponentProps<typeof SelectPrimitive.Label>) {
  return (
    <SelectPrimitive.Label
      className={cn('px-2 py-1.5 text-muted-foreground text-xs', className)}
      {...props}
    />
  );
}
