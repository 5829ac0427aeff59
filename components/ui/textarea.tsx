import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** Several lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      data-slot="textarea"
      className={cn(
        'field field-sizing-content min-h-16 w-full px-2.5 py-1.5 text-sm max-md:text-lg',
        className,
      )}
      {...props}
    />
  );
}
