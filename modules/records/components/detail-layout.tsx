import type { ReactNode } from 'react';
import { cn } from '@/lib/utils';

/**
 * A record's page or panel: what it is, what hangs on it, and what happened. On a wide page the two stand side by side;
 * in a panel and on a phone one below the other.
 * @param facts contact points, organizations and the like
 * @param story the timeline
 */
export function DetailLayout({
  isPanel,
  header,
  facts,
  story,
}: {
  isPanel: boolean;
  header: ReactNode;
  facts: ReactNode;
  story: ReactNode;
}) {
  if (isPanel) {
    return (
      // room at the foot for the bottom bar of a phone
      <div className="px-5 py-4 max-md:px-4 max-md:pb-20">
        {header}
        <div className="mt-4">{facts}</div>
        <div className="mt-6">{story}</div>
      </div>
    );
  }
  return (
    <div className="grid gap-x-10 px-6 py-5 max-md:px-4 lg:grid-cols-[minmax(0,1fr)_352px] lg:grid-rows-[auto_1fr]">
      <div className="min-w-0">{header}</div>
      <aside aria-label="Details" className="min-w-0 max-lg:mt-4 lg:row-span-2">
        {facts}
      </aside>
      <div className="mt-6 min-w-0">{story}</div>
    </div>
  );
}

/** One group of facts, with what can be added to it at the right of its title. */
export function DetailSection({
  title,
  count,
  action,
  children,
  className,
}: {
  title: string;
  count?: number;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section aria-label={title} className={cn('border-b py-3 first:pt-0 last:border-b-0', className)}>
      <div className="flex h-7 items-center gap-2">
        <h2 className="font-medium text-sm">{title}</h2>
        {count ? <span className="text-muted-foreground text-xs tabular-nums">{count}</span> : null}
        <div className="ml-auto">{action}</div>
      </div>
      {children}
    </section>
  );
}

/** One fact: what it is at the left, its value beside it. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-h-7 grid-cols-[104px_minmax(0,1fr)] items-start gap-2 text-sm">
      <dt className="pt-1 text-muted-foreground max-md:pt-2.5">{label}</dt>
      <dd className="min-w-0 [&:not(:has(button,select))]:pt-1 max-md:[&:not(:has(button,select))]:pt-2.5">
        {children}
      </dd>
    </div>
  );
}
