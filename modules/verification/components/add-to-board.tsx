'use client';

import { useQueryClient } from '@tanstack/react-query';
import { SquareKanban } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { messageOf } from '@/modules/records/components/use-bulk';
import { addLimit } from '../domain';
import type { AddedToBoard } from '../service';

/**
 * Puts properties on a board and says what came of it, with the way back.
 * @returns `add(ids, pipeline)`, which answers null where it was refused (and has said why)
 */
export function useAddToBoard() {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(
    async (ids: readonly string[], pipeline: string | null = null): Promise<AddedToBoard | null> => {
      if (ids.length > addLimit) {
        notify.error(`At most ${formatNumber(addLimit)} properties can be added at once`);
        return null;
      }
      const refresh = () =>
        Promise.all([
          client.invalidateQueries({ queryKey: ['board'] }),
          client.invalidateQueries({ queryKey: ['verification'] }),
          // an owner's page says where each of its properties stands
          client.invalidateQueries({ queryKey: ['owners', 'detail'] }),
        ]);
      try {
        const done = await api<AddedToBoard>('POST', '/api/verification', {
          property_ids: ids,
          pipeline_id: pipeline,
        });
        const { added, skipped } = done;
        const board = `/verification?pipeline=${done.pipeline_id}`;
        const first = added[0] ?? skipped[0];
        const undo = () =>
          void api('DELETE', '/api/verification', { ids: added })
            .then(refresh)
            .then(() => notify.success(`${formatCount(added.length, 'card')} taken off the board`))
            .catch((error) => notify.error('Not undone', { description: messageOf(error) }));
        if (added.length === 0) {
          notify.info(
            ids.length === 1 ? 'It is on the board already' : 'All of them are on the board already',
            {
              action: {
                label: 'Show',
                onClick: () => router.push(ids.length === 1 && first ? `${board}&card=${first}` : board),
              },
            },
          );
        } else {
          notify.success(
            ids.length === 1
              ? 'Added to the board'
              : `${formatCount(added.length, 'property', 'properties')} added to the board`,
            {
              description:
                skipped.length > 0
                  ? `${formatNumber(skipped.length)} had an active card already.`
                  : undefined,
              action: { label: 'Undo', onClick: undo },
            },
          );
        }
        await refresh();
        return done;
      } catch (error) {
        notify.error('Nothing was added to the board', { description: messageOf(error) });
        return null;
      }
    },
    [client, router],
  );
}

/** The properties list's own way onto the board: adds the selected rows. */
export function AddToBoardButton({ ids }: { ids: ReadonlySet<string> }) {
  const add = useAddToBoard();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      variant="outline"
      size="sm"
      loading={busy}
      onClick={async () => {
        setBusy(true);
        const done = await add([...ids]);
        setBusy(false);
        if (done && done.added.length > 0) router.push(`/verification?pipeline=${done.pipeline_id}`);
      }}
    >
      <SquareKanban aria-hidden /> Add to board
    </Button>
  );
}

/** An owner's way onto the board for one property. */
export function StartVerificationButton({ property }: { property: { id: string; name: string } }) {
  const add = useAddToBoard();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      className="size-6 max-md:size-10"
      loading={busy}
      aria-label={`Add ${property.name} to the board`}
      title="Add to the board"
      onClick={async () => {
        setBusy(true);
        await add([property.id]);
        setBusy(false);
      }}
    >
      <SquareKanban aria-hidden className="size-3.5 text-muted-foreground" />
    </Button>
  );
}
