'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { notify } from '@/components/notify';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import { api } from '@/lib/api-client';
import type { Sharers } from '@/modules/contact-points/domain';
import { splitName } from '@/modules/records/components/link-form';
import { loadRecords } from '@/modules/records/components/load-records';
import { sayShared } from '@/modules/records/components/point-form';
import { type FormField, RecordForm } from '@/modules/records/components/record-form';
import { mainFields, moreFields } from './property-fields';

type Created = { id: string; points: { display: string; is_new: boolean; sharers: Sharers }[] };
type OwnerKind = 'organizations' | 'people';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const fields: readonly FormField[] = [
  ...mainFields,
  { name: 'phones.0.value', label: 'Phone of the property', kind: 'phone', isWide: true },
];

/**
 * The form for a new property. One of its name and address is shown instead of made twice.
 * @param onDone gets the new property's id
 */
export function CreateProperty({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
  const client = useQueryClient();
  const [kind, setKind] = useState<OwnerKind>('organizations');
  const [owner, setOwner] = useState<{ value: string; label: string } | null>(null);

  const parties = () => {
    if (!owner) return {};
    const isKnown = uuid.test(owner.value);
    if (kind === 'organizations') {
      const organization = isKnown ? { id: owner.value } : { name: owner.value };
      return { organizations: [{ organization, role: 'owner' }] };
    }
    return { people: [{ person: isKnown ? { id: owner.value } : splitName(owner.value), role: 'owner' }] };
  };

  return (
    <RecordForm<Created>
      entity="properties"
      title="New property"
      description="A name or an address is enough."
      submitLabel="Add property"
      fields={fields}
      more={moreFields}
      isNew
      send={({ 'phones.0.value': phone, ...values }) =>
        api('POST', '/api/properties', {
          ...values,
          ...(phone && { phones: [{ value: phone }] }),
          ...parties(),
        })
      }
      onDone={async ({ id, points }) => {
        notify.success('The property was added');
        for (const { is_new, display, sharers } of points)
          if (!is_new) sayShared('phone', display, sharers, id);
        await client.invalidateQueries({ queryKey: ['properties'] });
        onDone(id);
      }}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Owned by">
          {(control) => (
            <NativeSelect
              {...control}
              value={kind}
              onChange={(event) => {
                setKind(event.target.value as OwnerKind);
                setOwner(null);
              }}
            >
              <option value="organizations">An organization</option>
              <option value="people">A person</option>
            </NativeSelect>
          )}
        </Field>
        <Field
          label="Owner"
          help={owner && !uuid.test(owner.value) ? 'Somebody new: a record of their own is made.' : undefined}
        >
          {(control) => (
            <Combobox
              {...control}
              key={kind}
              clearable
              creatable
              placeholder="Not known yet"
              searchPlaceholder="Find or name the owner"
              loadOptions={loadRecords[kind]}
              value={owner?.value ?? null}
              valueLabel={owner?.label}
              onChange={(value, option) =>
                setOwner(value === null ? null : { value, label: option?.label ?? value })
              }
            />
          )}
        </Field>
      </div>
    </RecordForm>
  );
}
