'use client';

import { Trash2 } from 'lucide-react';
import { RelativeTime } from '@/components/relative-time';
import { Button } from '@/components/ui/button';

/** Says that a record is deleted, and brings it back. */
export function DeletedBanner({ one, at, onRestore }: { one: string; at: string; onRestore: () => void }) {
  return (
    <div
      role="status"
      className="mb-4 flex flex-wrap items-center gap-2 rounded-lg bg-destructive-soft px-3 py-2 text-sm"
    >
      <Trash2 aria-hidden className="size-4 text-destructive-text" />
      <p className="min-w-0 flex-1">
        This {one} was deleted <RelativeTime at={at} />. It is in no list and no search.
      </p>
      <Button variant="outline" size="sm" onClick={onRestore}>
        Restore
      </Button>
    </div>
  );
}
