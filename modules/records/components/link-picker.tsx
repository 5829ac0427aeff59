'use client';

import { OptionList } from '@/components/ui/option-list';
import { Popover, PopoverAnchor, PopoverContent } from '@/components/ui/popover';
import type { LinkedEntity } from '../domain';
import { loadRecords } from './load-records';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Finds a record to link, or names a new one. Opens at its parent, which must be positioned.
 * @param creatable a name that nothing has may be picked too
 */
export function LinkPicker({
  entity,
  label,
  creatable = false,
  onPick,
  onClose,
}: {
  entity: LinkedEntity;
  label: string;
  creatable?: boolean;
  onPick: (picked: { id: string; label: string } | { name: string }) => void;
  onClose: () => void;
}) {
  return (
    <Popover open onOpenChange={(open) => !open && onClose()}>
      <PopoverAnchor className="absolute inset-0 -z-10" />
      <PopoverContent align="end" className="w-80 max-w-[calc(100vw-24px)] p-0" aria-label={label}>
        <OptionList
          label={label}
          placeholder={label}
          creatable={creatable}
          loadOptions={loadRecords[entity]}
          value={[]}
          emptyText="Type to find one"
          onPick={({ value, label: picked }) => {
            onClose();
            onPick(uuid.test(value) ? { id: value, label: picked } : { name: value });
          }}
        />
      </PopoverContent>
    </Popover>
  );
}
