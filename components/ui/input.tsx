import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** One line of text. Give it an id and a {@link Label}, or use it inside a Field. */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return (
    <input
      data-slot="input"
      type={type}
      // 16 px on phones: below that, Safari zooms the page on focus.
      className={cn(
        'field h-8 w-full min-w-0 px-2.5 text-sm max-md:h-10 max-md:text-lg',
        'file:mr-2 file:border-0 file:bg-transparent file:font-medium file:text-sm',
        className,
      )}
      {...props}
    />
  );
}
