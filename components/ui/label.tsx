import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** The words above a field; `htmlFor` names the control. */
export function Label({ className, ...props }: ComponentProps<'label'>) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the caller names the control with htmlFor
    <label
      data-slot="label"
      className={cn('select-none font-medium text-foreground text-sm', className)}
      {...props}
    />
  );
}
