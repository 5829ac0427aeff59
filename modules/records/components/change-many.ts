import type { QueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { bulkLimit, type Entity } from '../domain';
import type { BulkChange } from '../schema';
import type { RecordRow } from './list-config';
import { messageOf } from './use-bulk';
import { patchRows } from './use-records';

function applied<Row extends RecordRow>(row: Row, change: BulkChange): Row | null {
  if (change.deleted) return null;
  const { add_tags = [], remove_tags = [], deleted: _, ...rest } = change;
  const tags = [...new Set([...row.tags, ...add_tags])].filter((tag) => !remove_tags.includes(tag)).sort();
  return { ...row, ...rest, tags };
}

/** What is changed, and how it is called: "person", "people". */
export type Bulk = { client: QueryClient; entity: Entity; one: string; many: string };

/**
 * Changes many records at once: shown at once, put back with the reason when refused, undone from the message.
 * @param done words what happened to the counted records: "deleted", "are now Warm"
 */
export async function changeMany(
  { client, entity, one, many }: Bulk,
  ids: ReadonlySet<string>,
  change: BulkChange,
  done: string,
): Promise<void> {
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
    const { id, changed } = await api<{ id: string | null; changed: number }>('POST', `/api/${entity}/bulk`, {
      ids: [...ids],
      change,
    });
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
}
