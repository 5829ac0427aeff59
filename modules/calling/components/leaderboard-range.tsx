'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import { cn } from '@/lib/utils';
import { addDays, leaderboardRanges } from '../history';
import { DayRange } from './history-filters';

/** Which days the leaderboard counts; it counts anew when somebody has called. */
export function LeaderboardRange({ from, to, today }: { from: string; to: string; today: string }) {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();
  useLiveRefresh('calls', 5000, router.refresh);
  const go = (range: { from: string | null; to: string | null }) => {
    const search = new URLSearchParams({ from: range.from ?? range.to ?? today, to: range.to ?? today });
    startGoing(() => router.push(`/calls/leaderboard?${search}`, { scroll: false }));
  };
  return (
    <div
      aria-busy={isGoing}
      className={cn(
        'flex flex-wrap items-center gap-2 transition-opacity duration-120',
        isGoing && 'opacity-60',
      )}
    >
      <nav aria-label="Days" className="flex items-center gap-0.5">
        {leaderboardRanges.map(({ key, label, days }) => (
          <Link
            key={key}
            href={`/calls/leaderboard?days=${days}`}
            scroll={false}
            prefetch={false}
            aria-current={to === today && from === addDays(today, 1 - days) ? 'true' : undefined}
            className="inline-flex h-7 items-center whitespace-nowrap rounded-md px-2 text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent hover:text-foreground aria-[current=true]:bg-accent aria-[current=true]:font-medium aria-[current=true]:text-foreground max-md:h-10"
          >
            {label}
          </Link>
        ))}
      </nav>
      <DayRange from={from} to={to} onChange={go} />
    </div>
  );
}
