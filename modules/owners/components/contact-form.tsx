'use client';

import { type FormEvent, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { notify } from '@/components/notify';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { ApiError } from '@/lib/api-client';
import { loadRecords } from '@/modules/records/components/load-records';
import { messageOf } from '@/modules/records/components/use-bulk';
import { useRecordWrites } from '@/modules/records/components/use-record';
import { contactRoles, contactRoleWords, preferredChannels, preferredChannelWords } from '../domain';
import type { FoundParty, OwnerContact } from '../schema';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Adds somebody who speaks for an owner, known or new; or changes what they are to it. */
export function ContactForm({
  owner,
  contact,
  person,
  onClose,
}: {
  owner: string;
  contact?: OwnerContact;
  /** Whom to begin with, for a new contact. */
  person?: { value: string; label: string };
  onClose: () => void;
}) {
  const { call } = useRecordWrites('owners', owner, 'owner');
  const [picked, setPicked] = useState(person ?? null);
  const [given, setGiven] = useState({
    email: '',
    phone: '',
    role: contact?.role ?? 'pm',
    preferred_channel: contact?.preferred_channel ?? '',
    notes: contact?.notes ?? '',
  });
  const [failure, setFailure] = useState<{ message: string; fields: Record<string, string> } | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (key: keyof typeof given) => (event: { target: { value: string } }) =>
    setGiven({ ...given, [key]: event.target.value });
  const isNew = picked !== null && !uuid.test(picked.value);

  async function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (busy) return;
    if (!contact && !picked) {
      setFailure({ message: '', fields: { name: 'Say who' } });
      return;
    }
    setBusy(true);
    setFailure(null);
    const about = {
      role: given.role,
      preferred_channel: given.preferred_channel || null,
      notes: given.notes || null,
    };
    try {
      if (contact) await call('PATCH', 'contacts', { contact: contact.id, ...about });
      else {
        const who = isNew
          ? { name: picked?.value, email: given.email || null, phone: given.phone || null }
          : { person_id: picked?.value };
        const { found } = await call<{ found: FoundParty | null }>('POST', 'contacts', { ...who, ...about });
        if (found) notify.info(`${found.name ?? 'Somebody'} was known already and is the contact now`);
      }
      onClose();
    } catch (error) {
      setFailure({ message: messageOf(error), fields: error instanceof ApiError ? error.fields : {} });
      setBusy(false);
    }
  }

  const errors = failure?.fields ?? {};
  return (
    <FormDialog
      title={contact ? `Edit ${contact.name ?? 'the contact'}` : 'Add a contact'}
      submitLabel={contact ? 'Save' : 'Add contact'}
      dirty={picked !== (person ?? null)}
      pending={busy}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      {contact ? null : (
        <Field
          label="Person"
          error={errors.name ?? errors.person_id}
          help={isNew ? 'Somebody new, unless the e-mail or phone is known.' : undefined}
        >
          {(control) => (
            <Combobox
              {...control}
              creatable
              loadOptions={loadRecords.people}
              placeholder="Find or add a person"
              searchPlaceholder="Name, phone or e-mail"
              value={picked?.value ?? null}
              valueLabel={picked?.label}
              onChange={(value, option) => {
                setFailure(null);
                setPicked(value === null ? null : { value, label: option?.label ?? value });
              }}
            />
          )}
        </Field>
      )}
      {isNew ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="E-mail" optional error={errors.email}>
            {(control) => (
              <Input
                {...control}
                name="email"
                inputMode="email"
                autoComplete="off"
                value={given.email}
                onChange={set('email')}
              />
            )}
          </Field>
          <Field label="Phone" optional error={errors.phone}>
            {(control) => (
              <Input
                {...control}
                name="phone"
                inputMode="tel"
                autoComplete="off"
                value={given.phone}
                onChange={set('phone')}
              />
            )}
          </Field>
        </div>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Role" error={errors.role}>
          {(control) => (
            <NativeSelect {...control} name="role" value={given.role} onChange={set('role')}>
              {contactRoles.map((role) => (
                <option key={role} value={role}>
                  {contactRoleWords[role]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="Preferred channel" error={errors.preferred_channel}>
          {(control) => (
            <NativeSelect
              {...control}
              name="preferred_channel"
              value={given.preferred_channel}
              onChange={set('preferred_channel')}
            >
              <option value="">Not said</option>
              {preferredChannels.map((channel) => (
                <option key={channel} value={channel}>
                  {preferredChannelWords[channel]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      <Field label="Notes" optional error={errors.notes}>
        {(control) => (
          <Textarea {...control} name="notes" rows={2} value={given.notes} onChange={set('notes')} />
        )}
      </Field>
      {failure?.message && Object.keys(errors).length === 0 ? (
        <p role="alert" className="text-destructive-text text-sm">
          {failure.message}
        </p>
      ) : null}
    </FormDialog>
  );
}
