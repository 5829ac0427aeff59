'use client';

import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import { type Entity, filterSearch, type ListState, listSearch } from '../domain';
import type { FilterOptions, Page } from '../queries';
import type { ListStart, RecordRow } from './list-config';

const countFreshMs = 60_000;
const optionsFreshMs = 300_000;

type Pages<Row> = InfiniteData<Page<Row>, string | null>;

/** The rows of a state, page after page; the first one may have come with the document. */
export function useRecords<Row extends RecordRow>(entity: Entity, state: ListState, start: ListStart<Row>) {
  const search = listSearch(state);
  const isStart = search === start.search;
  return useInfiniteQuery({
    queryKey: [entity, 'list', search],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      return api<Page<Row>>('GET', `/api/${entity}?${search}${cursor}`, undefined, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    ...(isStart && {
      initialData: { pages: [start.page], pageParams: [null] },
      initialDataUpdatedAt: start.at,
    }),
  });
}

/** How many records the filters find; undefined until known. */
export function useCount(entity: Entity, state: Pick<ListState, 'q' | 'filters'>): number | undefined {
  const search = filterSearch(state).toString();
  const { data } = useQuery({
    queryKey: [entity, 'count', search],
    queryFn: ({ signal }) =>
      api<{ count: number }>('GET', `/api/${entity}/count?${search}`, undefined, { signal }),
    staleTime: countFreshMs,
  });
  return data?.count;
}

/** What the filters and the tag fields of an entity offer; asked once and kept for a few minutes. */
export function fetchOptions(client: QueryClient, entity: Entity): Promise<FilterOptions> {
  return client.fetchQuery({
    queryKey: [entity, 'options'],
    queryFn: () => api<FilterOptions>('GET', `/api/${entity}/options`),
    staleTime: optionsFreshMs,
  });
}

/**
 * Changes rows in every loaded page of an entity's lists, before the server has answered.
 * @param change gets each row of `ids`; null takes it out of the list
 * @returns puts all lists back exactly as they were
 */
export function patchRows<Row extends RecordRow>(
  client: QueryClient,
  entity: Entity,
  ids: ReadonlySet<string>,
  change: (row: Row) => Row | null,
): () => void {
  const filter = { queryKey: [entity, 'list'] };
  const before = client.getQueriesData<Pages<Row>>(filter);
  client.setQueriesData<Pages<Row>>(
    filter,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          rows: page.rows.flatMap((row) => {
            const next = ids.has(row.id) ? change(row) : row;
            return next ? [next] : [];
          }),
        })),
      },
  );
  return () => {
    for (const [key, data] of before) client.setQueryData(key, data);
  };
}
