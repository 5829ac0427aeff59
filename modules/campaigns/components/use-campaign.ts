'use client';

import { type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import type { CampaignDetail, CampaignRow, EmailRow, LeftOut, Problems, RecipientRow } from '../answers';

/** A page of a list of the campaigns' API. */
export type Page<Row> = { rows: Row[]; nextCursor: string | null };

const WHILE_STAGING_MS = 1_000;

/** Whether the first mails of a launch are still being written. */
export const isStaging = ({ status, staging }: Pick<CampaignDetail, 'status' | 'staging'>) =>
  status === 'staged' && (staging.total === null || staging.done < staging.total);

/** Where everything of one campaign is kept in the cache. */
export const campaignKey = (id: string, ...rest: readonly unknown[]) => ['campaigns', id, ...rest];

/** Has everything of a campaign asked for again, and the list. */
export function refreshCampaign(client: QueryClient, id: string): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: campaignKey(id) }),
    client.invalidateQueries({ queryKey: ['campaigns', 'list'] }),
  ]);
}

/**
 * One campaign as the server has it; what happens to it and its mails comes by itself.
 * @param start as the page read it
 */
export function useCampaign(start: CampaignDetail) {
  const client = useQueryClient();
  const { id } = start;
  const query = useQuery({
    queryKey: campaignKey(id, 'detail'),
    queryFn: ({ signal }) => api<CampaignDetail>('GET', `/api/campaigns/${id}`, undefined, { signal }),
    initialData: start,
    // the numbers of a launch under way change faster than events are worth
    refetchInterval: ({ state }) => (state.data && isStaging(state.data) ? WHILE_STAGING_MS : false),
  });
  const onEvent = (ids: string[] | null) => {
    if (ids === null || ids.includes(id)) void client.invalidateQueries({ queryKey: campaignKey(id) });
  };
  useLive('campaigns', onEvent);
  useLive('emails', onEvent);
  return query;
}

/** All campaigns of the workspace, newest first. @param search `q` and `status` as the API reads them */
export function useCampaigns(search: string, start: { search: string; page: Page<CampaignRow>; at: number }) {
  return useInfiniteQuery({
    queryKey: ['campaigns', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      api<Page<CampaignRow>>('GET', `/api/campaigns?${withCursor(search, pageParam)}`, undefined, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    ...(search === start.search && {
      initialData: { pages: [start.page], pageParams: [''] },
      initialDataUpdatedAt: start.at,
    }),
  });
}

function withCursor(search: string, cursor: string): string {
  if (cursor === '') return search;
  return `${search}${search === '' ? '' : '&'}cursor=${encodeURIComponent(cursor)}`;
}

function usePages<Row>(id: string, what: 'recipients' | 'emails', search: string) {
  return useInfiniteQuery({
    queryKey: campaignKey(id, what, search),
    queryFn: ({ pageParam, signal }) =>
      api<Page<Row>>('GET', `/api/campaigns/${id}/${what}?${withCursor(search, pageParam)}`, undefined, {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
}

/** Recipients of a campaign, by name. @param search `status` and `q` as the API reads them */
export const useRecipients = (id: string, search = '') => usePages<RecipientRow>(id, 'recipients', search);

/** Mails of a campaign, by when they go or went. @param search `status`, `step`, `variant` and `q` as the API reads them */
export const useEmails = (id: string, search = '') => usePages<EmailRow>(id, 'emails', search);

/** Who was chosen and left out, by reason. @param reason null for all */
export function useLeftOut(id: string, reason: string | null) {
  const search = reason === null ? '' : `reason=${reason}`;
  return useInfiniteQuery({
    queryKey: campaignKey(id, 'left-out', search),
    queryFn: ({ pageParam, signal }) =>
      api<LeftOut>('GET', `/api/campaigns/${id}/left-out?${withCursor(search, pageParam)}`, undefined, {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
  });
}

/**
 * Everything that forbids the launch, as the server sees it now.
 * @param saves how often the draft was saved: an answer that was on its way meanwhile is an older draft's
 */
export function useProblems(id: string, saves: number) {
  return useQuery<Problems>({
    queryKey: campaignKey(id, 'problems', saves),
    queryFn: ({ signal }) => api<Problems>('GET', `/api/campaigns/${id}/problems`, undefined, { signal }),
    placeholderData: (before) => before,
    staleTime: 0,
  });
}
