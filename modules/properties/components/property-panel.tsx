'use client';

import { SidePanel } from '@/components/side-panel';
import { RecordFrame } from '@/modules/records/components/record-frame';
import { useRecord } from '@/modules/records/components/use-record';
import type { PropertyDetail } from '../schema';
import { PropertyView } from './property-view';

/** A property beside the list. */
export function PropertyPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useRecord<PropertyDetail>('properties', id);
  const name = query.data?.name ?? query.data?.address ?? 'Property';
  return (
    <SidePanel label={name} title={name} href={`/properties/${id}`} onClose={onClose}>
      <RecordFrame query={query} one="property">
        {(property) => <PropertyView property={property} isPanel />}
      </RecordFrame>
    </SidePanel>
  );
}
