'use client';

import { RecordForm } from '@/modules/records/components/record-form';
import { useRecord, useRecordWrites } from '@/modules/records/components/use-record';
import type { PropertyDetail } from '../schema';
import { mainFields, moreFields } from './property-fields';

/** The form for a property's own fields. Only what differs is sent. */
export function EditProperty({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: property } = useRecord<PropertyDetail>('properties', id);
  const { save } = useRecordWrites('properties', id, 'property');
  if (!property) return null;
  return (
    <RecordForm
      entity="properties"
      title={`Edit ${property.name ?? property.address ?? 'property'}`}
      description="What you type here is never overwritten by an import."
      submitLabel="Save"
      fields={mainFields}
      more={moreFields}
      defaults={property}
      send={async (values) => {
        if (Object.keys(values).length > 0) await save(values);
      }}
      onDone={onClose}
      onClose={onClose}
    />
  );
}
