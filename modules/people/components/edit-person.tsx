'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { notify } from '@/components/notify';
import { MultiSelect } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError } from '@/lib/api-client';
import { messageOf } from '@/modules/records/components/use-bulk';
import { useOptions, useRecord, useRecordWrites } from '@/modules/records/components/use-record';
import { optionsOf } from '@/modules/records/domain';
import { contactTypeWords, leadStatuses, leadStatusWords } from '../domain';
import type { PersonDetail } from '../schema';

/** The form for a person's own fields, as soon as they are there. Only what differs is sent. */
export function EditPerson({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: person, error } = useRecord<PersonDetail>('people', id);
  useEffect(() => {
    if (!error) return;
    notify.error('This person can’t be edited now', { description: error.message });
    onClose();
  }, [error, onClose]);
  return person ? <EditForm person={person} onClose={onClose} /> : null;
}

const textFields = ['first_name', 'last_name', 'title', 'city', 'state'] as const;

function EditForm({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const options = useOptions('people');
  const { save } = useRecordWrites('people', person.id, 'person');
  const before = {
    first_name: person.first_name ?? '',
    last_name: person.last_name ?? '',
    title: person.title ?? '',
    city: person.city ?? '',
    state: person.state ?? '',
    lead_status: person.lead_status,
    assigned_to: person.assigned_to ?? '',
    tags: person.tags,
    contact_types: person.contact_types,
  };
  const [given, setGiven] = useState(before);
  const [failure, setFailure] = useState<{ message: string; fields: Record<string, string> } | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<typeof given>) => setGiven({ ...given, ...part });
  const changed = Object.entries(given).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof typeof before]),
  );

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (changed.length === 0) return onClose();
    setBusy(true);
    setFailure(null);
    try {
      await save(Object.fromEntries(changed.map(([key, value]) => [key, value === '' ? null : value])));
      notify.success('Saved');
      onClose();
    } catch (error) {
      setFailure({ message: messageOf(error), fields: error instanceof ApiError ? error.fields : {} });
      setBusy(false);
    }
  }

  const text = (key: (typeof textFields)[number], label: string, more = {}) => (
    <Field label={label} error={failure?.fields[key]}>
      {(control) => (
        <Input
          {...control}
          {...more}
          value={given[key]}
          onChange={(event) => change({ [key]: event.target.value })}
        />
      )}
    </Field>
  );

  return (
    <FormDialog
      title="Edit person"
      description="What you type here is never overwritten by an import."
      submitLabel="Save"
      dirty={changed.length > 0}
      pending={busy}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {text('first_name', 'First name', { autoFocus: true })}
        {text('last_name', 'Last name')}
        {text('title', 'Title')}
        <Field label="Contact type" error={failure?.fields.contact_types}>
          {(control) => (
            <MultiSelect
              {...control}
              creatable
              placeholder="Add"
              options={optionsOf(contactTypeWords)}
              labels={contactTypeWords}
              value={given.contact_types}
              onChange={(contact_types) => change({ contact_types })}
            />
          )}
        </Field>
        {text('city', 'City')}
        {text('state', 'State')}
        <Field label="Lead status">
          {(control) => (
            <NativeSelect
              {...control}
              value={given.lead_status}
              onChange={(event) => change({ lead_status: event.target.value })}
            >
              {leadStatuses.map((status) => (
                <option key={status} value={status}>
                  {leadStatusWords[status]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="Assigned to">
          {(control) => (
            <NativeSelect
              {...control}
              value={given.assigned_to}
              onChange={(event) => change({ assigned_to: event.target.value })}
            >
              <option value="">Nobody</option>
              {options?.members.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      <Field label="Tags" error={failure?.fields.tags}>
        {(control) => (
          <MultiSelect
            {...control}
            creatable
            placeholder="Add tags"
            options={(options?.values.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
            value={given.tags}
            onChange={(tags) => change({ tags })}
          />
        )}
      </Field>
      {failure && Object.keys(failure.fields).length === 0 ? (
        <p role="alert" className="text-destructive-text text-sm">
          {failure.message}
        </p>
      ) : null}
    </FormDialog>
  );
}
