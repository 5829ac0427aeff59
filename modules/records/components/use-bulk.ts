'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { notify } from '@/components/notify';
import type { Entity } from '../domain';
import type { BulkChange } from '../schema';

/** What a failed call may say to a person. */
export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : 'Something went wrong. Try again.';

/** Changes many records at once; how it is done is fetched when it is. @returns `run(ids, change, done)`, see `changeMany` */
export function useBulk(entity: Entity, one: string, many: string) {
  const client = useQueryClient();
  return useCallback(
    async (ids: ReadonlySet<string>, change: BulkChange, done: string) => {
      try {
        const { changeMany } = await import('./change-many');
        await changeMany({ client, entity, one, many }, ids, change, done);
      } catch (error) {
        notify.error('Nothing was changed', { description: messageOf(error) });
      }
    },
    [client, entity, one, many],
  );
}
