'use client';

import { useQuery } from '@tanstack/react-query';
import { use } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import type { Leaderboard } from '../history';
import { CallFigureLink } from './call-figure-link';
import type { Tally } from './use-sitting';

/** What the caller did in this sitting, and today in all; today's figures open their calls. */
export function SittingCount({ tally }: { tally: Tally }) {
  const me = use(CurrentUserContext);
  const { data } = useQuery({
    queryKey: ['calls', 'today'],
    queryFn: ({ signal }) => api<Leaderboard>('GET', '/api/calls/leaderboard?days=1', undefined, { signal }),
  });
  const own = data?.callers.find(({ id }) => id === me);
  const day = data && me ? { caller: me, from: data.today, to: data.today } : null;
  return (
    <p className="ml-auto flex items-baseline gap-3 text-sm tabular-nums">
      <span>
        {formatCount(tally.calls, 'call')}
        <span className="text-muted-foreground max-md:sr-only"> this session</span>
      </span>
      <span>
        {tally.reached} <span className="text-muted-foreground">reached</span>
      </span>
      {day ? (
        <span className="max-md:hidden">
          <span className="text-muted-foreground">Today </span>
          <CallFigureLink figure="calls" value={own?.calls ?? 0} state={day} of="today" />
          <span className="text-muted-foreground">, reached </span>
          <CallFigureLink figure="connects" value={own?.connects ?? 0} state={day} of="today" />
        </span>
      ) : null}
    </p>
  );
}
