import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** A region that scrolls by itself; focusable, so that the keyboard can scroll it too. */
export function ScrollArea({ className, label, ...props }: ComponentProps<'section'> & { label: string }) {
  return (
    <section
      data-slot="scroll-area"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region without focusable content must take focus (WCAG 2.1.1)
      tabIndex={0}
      className={cn('focus-inset overflow-auto overscroll-contain [scrollbar-width:thin]', className)}
      {...props}
    />
  );
}
