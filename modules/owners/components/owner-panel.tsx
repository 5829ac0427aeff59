'use client';

import { SidePanel } from '@/components/side-panel';
import { RecordFrame } from '@/modules/records/components/record-frame';
import { OwnerView } from './owner-view';
import { useOwner } from './use-owner';

/** An owner beside the list. */
export function OwnerPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useOwner(id);
  const name = query.data?.owner.display_name ?? 'Owner';
  return (
    <SidePanel label={name} title={name} href={`/owners/${id}`} onClose={onClose}>
      <RecordFrame query={query} one="owner">
        {(bundle) => <OwnerView bundle={bundle} at={query.dataUpdatedAt} isPanel />}
      </RecordFrame>
    </SidePanel>
  );
}
