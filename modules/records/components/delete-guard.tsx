'use client';

import { type ReactNode, use, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { notify } from '@/components/notify';
import { formatCount } from '@/lib/format';
import type { Subject } from '../domain';
import { RecordSlotsContext } from './record-slots';
import { messageOf } from './use-bulk';

/**
 * Asks before a deletion that takes more than the records themselves; one that doesn't goes ahead, as it can be undone.
 * @param one "property", "properties": for the question
 * @returns `guard(ids, run)`, and the dialog to render
 */
export function useDeleteGuard(
  kind: Subject,
  one: string,
  many: string,
): { guard: (ids: readonly string[], run: () => void) => Promise<void>; dialog: ReactNode } {
  const { deletionWarning } = use(RecordSlotsContext);
  const [asking, setAsking] = useState<{ words: string; count: number; run: () => void } | null>(null);

  async function guard(ids: readonly string[], run: () => void) {
    try {
      const words = await deletionWarning(kind, ids);
      if (words === null) run();
      else setAsking({ words, count: ids.length, run });
    } catch (error) {
      notify.error('Nothing was deleted', { description: messageOf(error) });
    }
  }

  const dialog = asking ? (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && setAsking(null)}
      title={asking.count === 1 ? `Delete this ${one}?` : `Delete ${formatCount(asking.count, one, many)}?`}
      description={asking.words}
      confirmLabel="Delete"
      destructive
      onConfirm={() => {
        asking.run();
        setAsking(null);
      }}
    />
  ) : null;
  return { guard, dialog };
}
