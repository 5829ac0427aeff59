'use client';

import { RecordForm } from '@/modules/records/components/record-form';
import { useRecordWrites } from '@/modules/records/components/use-record';
import { useOwner } from './use-owner';

const fields = [
  { name: 'display_name', label: 'Name', isWide: true },
  { name: 'legal_name', label: 'Legal name', isWide: true },
];

/** The form for an owner's own fields. Only what differs is sent. */
export function EditOwner({ id, onClose }: { id: string; onClose: () => void }) {
  const { data } = useOwner(id);
  const { save } = useRecordWrites('owners', id, 'owner');
  if (!data) return null;
  return (
    <RecordForm
      entity="owners"
      title={`Edit ${data.owner.display_name}`}
      submitLabel="Save"
      fields={fields}
      defaults={data.owner}
      send={async (values) => {
        if (Object.keys(values).length > 0) await save(values);
      }}
      onDone={onClose}
      onClose={onClose}
    />
  );
}
