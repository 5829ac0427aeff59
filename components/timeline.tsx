'use client';

import type { LucideIcon } from 'lucide-react';
import { Fragment, type ReactNode, use, useLayoutEffect, useRef, useState } from 'react';
import { dayKey, formatDay } from '@/lib/format';
import { cn } from '@/lib/utils';
import { RelativeTime } from './relative-time';
import { TimeZoneContext } from './time-zone';
import { Button } from './ui/button';

/** One thing that happened, worded by the page. */
export type TimelineItem = {
  id: string;
  icon: LucideIcon;
  /** Who did it. */
  actor: string;
  /** What was done: "called", "added a note". */
  what: ReactNode;
  /** On what or with whom, when that is not the record itself. */
  target?: ReactNode;
  /** ISO 8601 with an offset. */
  at: string;
  /** What was written or said; folded to two lines. Line breaks are kept. */
  body?: string | null;
  /** Outcome, direction and the like, small, after the words. */
  meta?: ReactNode;
  /** Buttons shown while the item is hovered or holds the focus. */
  actions?: ReactNode;
  /** Optimistic item whose write is under way. */
  isPending?: boolean;
};

/**
 * What happened, newest first, one line a thing, with days as separators.
 * @param items newest first
 * @param composer stands above the items, one line until it is used
 * @param empty shown when nothing happened yet
 */
export function Timeline({
  items,
  label = 'Timeline',
  composer,
  empty,
  hasMore = false,
  isFetchingMore = false,
  onLoadMore,
  className,
}: {
  items: readonly TimelineItem[];
  label?: string;
  composer?: ReactNode;
  empty: ReactNode;
  hasMore?: boolean;
  isFetchingMore?: boolean;
  onLoadMore?: () => void;
  className?: string;
}) {
  const timeZone = use(TimeZoneContext);
  let lastDay = '';
  return (
    <section aria-label={label} className={cn('min-w-0', className)}>
      {composer}
      {items.length === 0 ? empty : null}
      <ol>
        {items.map((item) => {
          const day = dayKey(item.at, timeZone);
          const isNewDay = day !== lastDay;
          lastDay = day;
          return (
            <Fragment key={item.id}>
              {isNewDay ? (
                <li className="flex items-center gap-3 pt-4 pb-1 text-muted-foreground text-xs">
                  <span className="font-medium" suppressHydrationWarning>
                    {formatDay(item.at, timeZone)}
                  </span>
                  <span aria-hidden className="h-px flex-1 bg-border" />
                </li>
              ) : null}
              <TimelineRow item={item} />
            </Fragment>
          );
        })}
      </ol>
      {hasMore ? (
        <Button variant="ghost" size="sm" className="mt-2" loading={isFetchingMore} onClick={onLoadMore}>
          Show older
        </Button>
      ) : null}
    </section>
  );
}

function TimelineRow({ item }: { item: TimelineItem }) {
  const Icon = item.icon;
  return (
    <li
      className={cn(
        'group/item relative flex gap-3 rounded-md py-1.5 pr-1 transition-opacity duration-150',
        item.isPending && 'opacity-60',
      )}
      aria-busy={item.isPending || undefined}
    >
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-secondary text-muted-foreground"
      >
        <Icon className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex min-w-0 items-baseline gap-x-2 text-sm">
          <p className="min-w-0 flex-1 text-muted-foreground">
            <span className="font-medium text-foreground">{item.actor}</span> {item.what}
            {item.target ? <span className="text-foreground"> {item.target}</span> : null}
            {item.meta ? <span className="ml-2 inline-flex align-middle">{item.meta}</span> : null}
          </p>
          <RelativeTime
            at={item.at}
            className="shrink-0 whitespace-nowrap text-muted-foreground text-xs tabular-nums"
          />
        </div>
        {item.body ? <FoldedText>{item.body}</FoldedText> : null}
      </div>
      {item.actions ? (
        <div className="absolute top-0.5 right-1 flex gap-0.5 rounded-md border bg-card opacity-0 transition-opacity duration-120 focus-within:opacity-100 group-hover/item:opacity-100 has-aria-expanded:opacity-100 max-md:static max-md:self-start max-md:border-0 max-md:opacity-100">
          {item.actions}
        </div>
      ) : null}
    </li>
  );
}

/** Text folded to two lines, with a button when there is more. */
export function FoldedText({ children, className }: { children: string; className?: string }) {
  const text = useRef<HTMLParagraphElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [overflows, setOverflows] = useState(false);

  useLayoutEffect(() => {
    const element = text.current;
    if (!element || isOpen) return;
    const measure = () => setOverflows(element.scrollHeight > element.clientHeight + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [isOpen]);

  return (
    <div className={cn('mt-0.5', className)}>
      <p ref={text} className={cn('whitespace-pre-line text-sm wrap-anywhere', !isOpen && 'line-clamp-2')}>
        {children}
      </p>
      {overflows || isOpen ? (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="mt-0.5 min-h-6 text-muted-foreground text-xs hover:text-foreground hover:underline max-md:min-h-10"
        >
          {isOpen ? 'Show less' : 'Show more'}
        </button>
      ) : null}
    </div>
  );
}
