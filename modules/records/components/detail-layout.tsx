import type { ReactNode } from 'react';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { cn } from '@/lib/utils';

/** What a panel shows one of: what happened, or the details. */
export type RecordPart = 'story' | 'facts';

/**
 * A record's page or panel: what it is, how to reach whom, what else hangs on it, and what happened. On a wide page details
 * and timeline stand side by side, on a phone one below the other, and in a panel they are tabs.
 * @param contact contact points and the parties behind them
 * @param facts organizations, details and the like
 * @param story the timeline
 * @param part which of the two a panel shows
 */
export function DetailLayout({
  isPanel,
  header,
  contact,
  facts,
  story,
  part,
  onPart,
}: {
  isPanel: boolean;
  header: ReactNode;
  contact: ReactNode;
  facts: ReactNode;
  story: ReactNode;
  part: RecordPart;
  onPart: (part: RecordPart) => void;
}) {
  if (isPanel) {
    return (
      // room at the foot for the bottom bar of a phone
      <div className="px-5 py-4 max-md:px-4 max-md:pb-20">
        {header}
        <div className="mt-4">{contact}</div>
        <Tabs value={part} onValueChange={(next) => onPart(next as RecordPart)}>
          <TabsList aria-label="Parts of the record">
            <TabsTrigger value="story">Timeline</TabsTrigger>
            <TabsTrigger value="facts">Details</TabsTrigger>
          </TabsList>
          <TabsContent value="story">{story}</TabsContent>
          <TabsContent value="facts">{facts}</TabsContent>
        </Tabs>
      </div>
    );
  }
  return (
    <div className="grid gap-x-10 px-6 py-5 max-md:px-4 lg:grid-cols-[minmax(0,1fr)_352px] lg:grid-rows-[auto_1fr]">
      <div className="min-w-0">{header}</div>
      <aside aria-label="Details" className="min-w-0 max-lg:mt-4 lg:row-span-2">
        {contact}
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
