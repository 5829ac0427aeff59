'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { bulkLimit, type Entity } from '../domain';
import type { BulkChange } from '../schema';
import type { RecordRow } from './list-config';
import { patchRows } from './use-records';

/** What a failed call may say to a person. */
export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : 'Something went wrong. Try again.';

function applied<Row extends RecordRow>(row: Row, change: BulkChange): Row | null {
  if (change.deleted) return null;
  const { add_tags = [], remove_tags = [], deleted: _, ...rest } = change;
  const tags = [...new Set([...row.tags, ...add_tags])].filter((tag) => !remove_tags.includes(tag)).sort();
  return { ...row, ...rest, tags };
}

/**
 * Changes many records at once: shown at once, put back with the reason when refused, undone from the message.
 * @returns `run(ids, change, done)`; `done` words what happened to the counted records: "deleted", "are now Warm"
 */
export function useBulk(entity: Entity, one: string, many: string) {
  const client = useQueryClient();
  return useCallback(
    async (ids: ReadonlySet<string>, change: BulkChange, done: string) => {
      if (ids.size > bulkLimit) {
        notify.error(`At most ${formatNumber(bulkLimit)} ${many} can be changed at once`);
        return;
      }
      const refresh = () => client.invalidateQueries({ queryKey: [entity] });
      const undo = async (bulk: string) => {
        try {
          const { restored, kept } = await api<{ restored: number; kept: number }>(
            'POST',
            `/api/${entity}/bulk/${bulk}/undo`,
          );
          notify.success(`${formatCount(restored, one, many)} put back`, {
            description:
              kept > 0 ? `${formatCount(kept, one, many)} changed since and stayed as they are.` : undefined,
          });
          await refresh();
        } catch (error) {
          notify.error('Not undone', { description: messageOf(error) });
        }
      };
      const putBack = patchRows(client, entity, ids, (row) => applied(row, change));
      try {
        const { id, changed } = await api<{ id: string | null; changed: number }>(
          'POST',
          `/api/${entity}/bulk`,
          {
            ids: [...ids],
            change,
          },
        );
        if (id === null) notify.info(`Nothing to change: they were so already`);
        else {
          notify.success(`${formatCount(changed, one, many)} ${done}`, {
            action: { label: 'Undo', onClick: () => void undo(id) },
          });
        }
        await refresh();
      } catch (error) {
        putBack();
        notify.error('Nothing was changed', { description: messageOf(error) });
      }
    },
    [client, entity, one, many],
  );
}
