import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from '@/lib/utils';

/**
 * The top of a page: title, count and view tabs on one line with the one primary action at its right; filters below.
 * @param title what the page is, or what the record is called
 * @param count how many there are, already worded ("1,204"); omit while unknown
 * @param back where the record came from, for detail pages
 */
export function PageHeader({
  title,
  count,
  back,
  tabs,
  filters,
  secondary,
  action,
  className,
}: {
  title: ReactNode;
  count?: ReactNode;
  back?: { href: string; label: string };
  tabs?: ReactNode;
  filters?: ReactNode;
  secondary?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <header className={cn('shrink-0 border-b', className)}>
      {back ? (
        <Link
          href={back.href}
          className="mt-2 ml-5 inline-flex h-6 items-center gap-0.5 rounded-sm pr-1.5 text-muted-foreground text-xs hover:text-foreground max-md:ml-3 max-md:h-10"
        >
          <ChevronLeft aria-hidden className="size-3.5" />
          {back.label}
        </Link>
      ) : null}
      <div
        className={cn(
          'flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 px-6 py-2 max-md:px-4',
          back && 'pt-0',
        )}
      >
        <div className="flex min-w-0 items-baseline gap-2">
          <h1 className="truncate font-semibold text-xl tracking-[-0.01em]">{title}</h1>
          {count === undefined || count === null ? null : (
            <span className="text-muted-foreground text-sm tabular-nums">{count}</span>
          )}
        </div>
        {tabs ? <div className="min-w-0 flex-1 max-md:order-last max-md:basis-full">{tabs}</div> : null}
        <div className={cn('ml-auto flex shrink-0 items-center gap-2')}>
          {secondary}
          {action}
        </div>
      </div>
      {filters ? <div className="px-6 pb-2 max-md:px-4">{filters}</div> : null}
    </header>
  );
}
