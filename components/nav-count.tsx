import { cn } from '@/lib/utils';
import type { NavCount } from './app-shell';

/** How many wait behind a destination; the link says it in words. */
export function CountBadge({ count, className }: { count: NavCount; className?: string }) {
  return (
    <>
      <span
        aria-hidden
        className={cn(
          'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-info-soft px-1 font-medium text-[11px] text-info-text tabular-nums',
          className,
        )}
      >
        {count.shown}
      </span>
      <span className="sr-only">, {count.words}</span>
    </>
  );
}

/** That something waits, where a number has no room. */
export function CountDot() {
  return (
    <span
      aria-hidden
      className="-top-0.5 -right-0.5 absolute size-2 rounded-full border border-sidebar bg-info-text"
    />
  );
}
