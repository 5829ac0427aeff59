'use client';

import { RecordForm } from '@/modules/records/components/record-form';
import { useRecord, useRecordWrites } from '@/modules/records/components/use-record';
import type { OrganizationDetail } from '../schema';
import { mainFields, moreFields, placeFields } from './organization-fields';

const fields = [...mainFields, ...placeFields];

/** The form for an organization's own fields. Only what differs is sent. */
export function EditOrganization({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: organization } = useRecord<OrganizationDetail>('organizations', id);
  const { save } = useRecordWrites('organizations', id, 'organization');
  if (!organization) return null;
  return (
    <RecordForm
      entity="organizations"
      title={`Edit ${organization.name}`}
      description="What you type here is never overwritten by an import."
      submitLabel="Save"
      fields={fields}
      more={moreFields}
      defaults={organization}
      send={async ({ name, ...values }) => {
        const change = { ...values, ...(name !== undefined && { name: name ?? '' }) };
        if (Object.keys(change).length > 0) await save(change);
      }}
      onDone={onClose}
      onClose={onClose}
    />
  );
}
