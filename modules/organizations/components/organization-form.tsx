'use client';

import { useQueryClient } from '@tanstack/react-query';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import type { PointKind, Sharers } from '@/modules/contact-points/domain';
import { sayShared } from '@/modules/records/components/point-form';
import { type FormField, RecordForm } from '@/modules/records/components/record-form';
import { mainFields, moreFields, placeFields } from './organization-fields';

type Created = {
  id: string;
  points: { kind: PointKind; display: string; is_new: boolean; sharers: Sharers }[];
};

const pointFields: readonly FormField[] = [
  { name: 'phones.0.value', label: 'Phone', kind: 'phone' },
  { name: 'emails.0.value', label: 'E-mail', kind: 'email' },
];
const fields = [...mainFields, ...pointFields, ...placeFields];

/**
 * The form for a new organization. One of the same name is shown before another is made.
 * @param onDone gets the new organization's id
 */
export function CreateOrganization({
  onClose,
  onDone,
}: {
  onClose: () => void;
  onDone: (id: string) => void;
}) {
  const client = useQueryClient();
  return (
    <RecordForm<Created>
      entity="organizations"
      title="New organization"
      submitLabel="Add organization"
      fields={fields}
      more={moreFields}
      isNew
      canDouble
      send={({ 'phones.0.value': phone, 'emails.0.value': email, ...values }, isMeant) =>
        api('POST', '/api/organizations', {
          name: '',
          ...values,
          ...(phone && { phones: [{ value: phone }] }),
          ...(email && { emails: [{ value: email }] }),
          allow_same_name: isMeant,
        })
      }
      onDone={async ({ id, points }) => {
        notify.success('The organization was added');
        for (const { is_new, kind, display, sharers } of points)
          if (!is_new) sayShared(kind, display, sharers, id);
        await client.invalidateQueries({ queryKey: ['organizations'] });
        onDone(id);
      }}
      onClose={onClose}
    />
  );
}
