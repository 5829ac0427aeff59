'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { notify } from '@/components/notify';
import { ApiError, api } from '@/lib/api-client';
import type { Entity } from '../domain';
import type { FilterOptions } from '../queries';
import type { RecordRow } from './list-config';
import { messageOf } from './use-bulk';
import { fetchOptions, patchRows } from './use-records';

/** One record with all that hangs on it; the server may have sent it with the document. */
export function useRecord<Detail>(entity: Entity, id: string, start?: { detail: Detail; at: number }) {
  return useQuery({
    queryKey: [entity, 'detail', id],
    queryFn: ({ signal }) => api<Detail>('GET', `/api/${entity}/${id}`, undefined, { signal }),
    // a record that isn't there won't be there at the second asking
    retry: (count, error) => count < 1 && !(error instanceof ApiError && error.status === 404),
    ...(start && { initialData: start.detail, initialDataUpdatedAt: start.at }),
  });
}

/** Tags, places, sources and colleagues that fields of an entity offer. */
export function useOptions(entity: Entity): FilterOptions | undefined {
  const client = useQueryClient();
  return useQuery({ queryKey: [entity, 'options', 'shown'], queryFn: () => fetchOptions(client, entity) })
    .data;
}

/**
 * Writes to one record and what follows from it in lists and on the page.
 * @returns `save(change)` for its own fields, rejecting with a message that can be shown; `call` for what hangs on it
 *   (`points`, `organizations`); `refresh`; `remove` and `restore`
 */
export function useRecordWrites(entity: Entity, id: string, one: string) {
  const client = useQueryClient();
  const path = `/api/${entity}/${id}`;

  const refresh = useCallback(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [entity, 'detail', id] }),
        client.invalidateQueries({ queryKey: [entity, 'list'] }),
        client.invalidateQueries({ queryKey: [entity, 'count'] }),
        // an owner's page shows its party, its properties and their points
        client.invalidateQueries({ queryKey: ['owners', 'detail'] }),
      ]),
    [client, entity, id],
  );

  const save = useCallback(
    async (change: Record<string, unknown>) => {
      const detail = await api<Record<string, unknown>>('PATCH', path, change);
      client.setQueryData([entity, 'detail', id], detail);
      // rows carry the same fields under the same names; what they word differently comes with the refresh
      patchRows<RecordRow>(client, entity, new Set([id]), (row) => ({ ...row, ...change }));
      void client.invalidateQueries({ queryKey: [entity, 'list'] });
      void client.invalidateQueries({ queryKey: [entity, 'options'] });
    },
    [client, entity, id, path],
  );

  const call = useCallback(
    async <T>(method: 'POST' | 'PATCH' | 'DELETE', what: string, body?: unknown): Promise<T> => {
      const answer = await api<T>(method, `${path}/${what}`, body);
      await refresh();
      return answer;
    },
    [path, refresh],
  );

  const restore = useCallback(async () => {
    try {
      await api('POST', `${path}/restore`);
      notify.success(`The ${one} is back`);
    } catch (error) {
      notify.error(`The ${one} was not restored`, { description: messageOf(error) });
    }
    await refresh();
  }, [one, path, refresh]);

  const remove = useCallback(async () => {
    const putBack = patchRows<RecordRow>(client, entity, new Set([id]), () => null);
    try {
      await api('DELETE', path);
      notify.success(`The ${one} was deleted`, { action: { label: 'Undo', onClick: () => void restore() } });
    } catch (error) {
      putBack();
      notify.error(`The ${one} was not deleted`, { description: messageOf(error) });
    }
    await refresh();
  }, [client, entity, id, one, path, refresh, restore]);

  return { save, call, refresh, remove, restore };
}

/** Runs a write and says why when it fails; for buttons, which have no place of their own for an error. */
export async function orSay(what: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    notify.error(what, { description: messageOf(error) });
  }
}
