import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** The browser's own select in the product's look: no script, the phone's own picker, registers with forms. */
export function NativeSelect({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative block', className)}>
      <select
        data-slot="native-select"
        className="field h-8 w-full appearance-none truncate pr-8 pl-2.5 text-sm max-md:h-10 max-md:text-lg [&>option]:bg-popover"
        {...props}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
    </span>
  );
}
