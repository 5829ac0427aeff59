'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { NavCount } from '@/components/app-shell';
import { api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import type { NotificationPage } from '@/modules/notifications/domain';

/**
 * What waits for the person at the screen, by the address of its page; kept right while the page is open.
 * @param userId theirs: what is another's is none of this tab's business
 */
export function useCounts(userId: string): Readonly<Record<string, NavCount>> {
  const client = useQueryClient();
  const { data: unread = 0 } = useQuery({
    queryKey: ['notifications', 'unread'],
    queryFn: async ({ signal }) =>
      (await api<NotificationPage>('GET', '/api/notifications?limit=0', undefined, { signal })).unread,
    staleTime: 60_000,
  });
  useLive('notifications', (ids) => {
    // without a socket this is called every few seconds: then the number alone is asked for
    if (ids === null) void client.invalidateQueries({ queryKey: ['notifications', 'unread'] });
    else if (ids.includes(userId)) void client.invalidateQueries({ queryKey: ['notifications'] });
  });
  if (unread === 0) return {};
  // the API counts no further than a hundred
  if (unread > 99) return { '/notifications': { shown: '99+', words: '99 and more unread' } };
  return { '/notifications': { shown: String(unread), words: `${unread} unread` } };
}
