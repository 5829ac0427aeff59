import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils';

/** A small, static table. Lists of records use DataTable. */
export function Table({ className, label, ...props }: ComponentProps<'table'> & { label: string }) {
  return (
    // `relative`: text for screen readers alone is placed absolutely, and would widen the page instead of scrolling in here
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must take focus (WCAG 2.1.1)
      tabIndex={0}
      className="focus-inset relative w-full overflow-x-auto rounded-lg border"
    >
      <table data-slot="table" className={cn('w-full text-sm tabular-nums', className)} {...props} />
    </section>
  );
}

/** Column headings. */
export function TableHeader({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('bg-muted text-muted-foreground [&_tr]:border-b', className)} {...props} />;
}

/** The rows. */
export function TableBody({ className, ...props }: ComponentProps<'tbody'>) {
  return <tbody className={cn('[&_tr:not(:last-child)]:border-b', className)} {...props} />;
}

/** One row. */
export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('transition-colors duration-120', className)} {...props} />;
}

/** One heading. */
export function TableHead({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn('h-9 whitespace-nowrap px-3 text-left font-medium text-xs', className)}
      {...props}
    />
  );
}

/** One cell. */
export function TableCell({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('h-10 px-3 py-1.5 align-middle', className)} {...props} />;
}
