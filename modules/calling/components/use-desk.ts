'use client';

import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import type { ListState } from '@/modules/records/domain';
import type { DeskPage, DeskRow } from '../schema';
import { deskSearch } from './desk-list';

/** What the server hands to the desk, so that it stands at once. `at`: epoch milliseconds. */
export type DeskStart = { search: string; page: DeskPage; at: number };

const liveEveryMs = 800;
const countFreshMs = 30_000;

/** Claims and holds run out by the clock alone, which nobody is told of. */
const againEveryMs = 60_000;

/**
 * The desk's rows for a state, page after page, kept right while others call.
 * @param start what came with the document
 * @param isSeen false while power mode stands in its place: then only what it shows is kept right
 */
export function useDesk(state: Pick<ListState, 'q' | 'filters'>, start: DeskStart | null, isSeen: boolean) {
  const client = useQueryClient();
  const search = deskSearch(state);
  const rows = useInfiniteQuery({
    queryKey: ['calls', 'desk', search],
    queryFn: ({ pageParam, signal }) => {
      const given = new URLSearchParams(search);
      if (pageParam !== null) given.set('cursor', pageParam);
      return api<DeskPage>('GET', `/api/calls/desk?${given}`, undefined, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    enabled: isSeen,
    refetchInterval: againEveryMs,
    ...(start &&
      search === start.search && {
        initialData: { pages: [start.page], pageParams: [null] },
        initialDataUpdatedAt: start.at,
      }),
  });
  useLiveRefresh(
    'calls',
    liveEveryMs,
    () =>
      void client.invalidateQueries({
        queryKey: ['calls'],
        // what is merely counted can wait for its minute: fifty callers change it all the time
        predicate: ({ queryKey }) => queryKey[1] !== 'count' && queryKey[1] !== 'today',
      }),
    // without a socket this is asked every few seconds, and the answer may have changed
    () => true,
  );
  return rows;
}

/** How many numbers the filters find; undefined until known. */
export function useDeskCount(state: Pick<ListState, 'q' | 'filters'>): number | undefined {
  const search = deskSearch(state);
  const { data } = useQuery({
    queryKey: ['calls', 'count', search],
    queryFn: ({ signal }) =>
      api<{ count: number }>('GET', `/api/calls/desk/count?${search}`, undefined, { signal }),
    staleTime: countFreshMs,
    refetchInterval: againEveryMs,
    placeholderData: keepPreviousData,
  });
  return data?.count;
}

/**
 * Takes a number out of every loaded page before the server has answered.
 * @returns puts it back exactly where it was
 */
export function takeOff(client: QueryClient, phoneId: string): () => void {
  const filter = { queryKey: ['calls', 'desk'] };
  const before = client.getQueriesData<InfiniteData<DeskPage>>(filter);
  client.setQueriesData<InfiniteData<DeskPage>>(
    filter,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          rows: page.rows.filter((row: DeskRow) => row.id !== phoneId),
        })),
      },
  );
  return () => {
    for (const [key, data] of before) client.setQueryData(key, data);
  };
}
