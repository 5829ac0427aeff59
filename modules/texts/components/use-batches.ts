'use client';

import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { useLiveRefresh } from '@/lib/use-live-refresh';
import type { PhoneNumbers } from '@/modules/phone-numbers/answers';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { BatchRow, TextRow } from '../answers';

/** A page of a list of texts. */
export type TextPage<Row> = { rows: Row[]; next_cursor: string | null };

const refreshEveryMs = 1_000;

/** Has what a page shows asked for again as texts move, at most once a second: a batch moves many. */
function useFresh(key: readonly string[]) {
  const client = useQueryClient();
  useLiveRefresh(
    'texts',
    refreshEveryMs,
    () => void client.invalidateQueries({ queryKey: key }),
    () => true,
  );
}

function usePages<Row>(key: readonly string[], path: string, search: URLSearchParams) {
  return useInfiniteQuery({
    queryKey: [...key, search.toString()],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(search);
      if (pageParam) asked.set('cursor', pageParam);
      return api<TextPage<Row>>('GET', `${path}?${asked}`, undefined, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page: TextPage<Row>) => page.next_cursor,
    placeholderData: (before: InfiniteData<TextPage<Row>, string> | undefined) => before,
  });
}

/** All texts of the workspace, the newest first. @param search `direction` and `status` as the API reads them */
export function useAllTexts(search: URLSearchParams) {
  useFresh(['texts', 'all']);
  return usePages<TextRow>(['texts', 'all'], '/api/sms', search);
}

/** All batches, the newest first. */
export function useBatches(search: URLSearchParams) {
  useFresh(['texts', 'batches']);
  return usePages<BatchRow>(['texts', 'batches'], '/api/sms/batches', search);
}

/** One batch with its counts. */
export function useBatch(id: string) {
  useFresh(['texts', 'batch']);
  return useQuery({
    queryKey: ['texts', 'batch', id, 'detail'],
    queryFn: ({ signal }) => api<BatchRow>('GET', `/api/sms/batches/${id}`, undefined, { signal }),
  });
}

/** The texts of a batch. @param status one of its counts, or null for all */
export function useBatchTexts(id: string, status: string | null) {
  return usePages<TextRow>(
    ['texts', 'batch', id, 'messages'],
    `/api/sms/batches/${id}/messages`,
    new URLSearchParams(status ? { status } : {}),
  );
}

/** Pauses, resumes or cancels a batch: shown at once, put back where it is refused. */
export function useBatchWrites(batch: BatchRow) {
  const client = useQueryClient();
  const busy = useRef(false);
  const key = ['texts', 'batch', batch.id, 'detail'];
  return async function tell(
    what: 'pause' | 'resume' | 'cancel',
    shown: string,
    words: { done: string; description?: string; failure: string },
  ): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    await client.cancelQueries({ queryKey: key });
    client.setQueryData<BatchRow>(key, (now) => now && { ...now, status: shown });
    try {
      await api('POST', `/api/sms/batches/${batch.id}/${what}`);
      notify.success(words.done, { description: words.description });
    } catch (error) {
      client.setQueryData(key, batch);
      notify.error(words.failure, { description: messageOf(error) });
    }
    busy.current = false;
    await client.invalidateQueries({ queryKey: ['texts'] });
  };
}

/** Our numbers that send texts, the default sender first. */
export function useSendingNumbers() {
  return useQuery({
    queryKey: ['phone-numbers'],
    queryFn: ({ signal }) => api<PhoneNumbers>('GET', '/api/phone-numbers', undefined, { signal }),
    select: ({ rows, problem }) => ({
      problem,
      numbers: rows
        .filter(({ features, archived_at: at }) => at === null && features.includes('sms'))
        .sort((a, b) => Number(b.is_default_sender) - Number(a.is_default_sender)),
    }),
  });
}
