'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import type { LinkedEntity } from '../domain';
import { loadRecords } from './load-records';
import { messageOf } from './use-bulk';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What was picked: a record that is known, or the name of a new one. */
export type Picked = { id: string } | { name: string };

const nouns: Record<LinkedEntity, string> = {
  people: 'person',
  organizations: 'organization',
  properties: 'property',
};

/** The name of a new person as its parts: the last word is the last name. */
export function splitName(name: string): { first_name: string; last_name?: string } {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words.pop() : undefined;
  return { first_name: words.join(' '), ...(last !== undefined && { last_name: last }) };
}

/**
 * Links a record to the one looked at: which, and as what. A person or organization that isn't there yet is made by name.
 * @param entities kinds of record that can be linked; more than one are chosen from
 * @param roles options of the role; without them there is none
 * @param hasTitle whether the link carries a title
 * @param onLink rejects with an Error whose message can be shown
 */
export function LinkForm({
  entities,
  roles,
  hasTitle = false,
  onLink,
  onClose,
}: {
  entities: readonly LinkedEntity[];
  roles?: readonly { value: string; label: string }[];
  hasTitle?: boolean;
  onLink: (link: { entity: LinkedEntity; picked: Picked; role: string; title: string }) => Promise<unknown>;
  onClose: () => void;
}) {
  const [entity, setEntity] = useState<LinkedEntity>(entities[0] ?? 'people');
  const [picked, setPicked] = useState<{ value: string; label: string } | null>(null);
  const [role, setRole] = useState(roles?.[0]?.value ?? '');
  const [title, setTitle] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit() {
    if (busy) return;
    if (!picked) {
      setError(`Say which ${nouns[entity]}`);
      return;
    }
    setBusy(true);
    setError(null);
    try {
      const which = uuid.test(picked.value) ? { id: picked.value } : { name: picked.value };
      await onLink({ entity, picked: which, role, title: title.trim() });
      onClose();
    } catch (cause) {
      setError(messageOf(cause));
      setBusy(false);
    }
  }

  return (
    <form
      className="my-1.5 grid gap-3 rounded-lg border p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {entities.length > 1 || roles ? (
        <div className="grid grid-cols-2 gap-2">
          {entities.length > 1 ? (
            <Field label="Who">
              {(control) => (
                <NativeSelect
                  {...control}
                  value={entity}
                  onChange={(event) => {
                    setEntity(event.target.value as LinkedEntity);
                    setPicked(null);
                  }}
                >
                  {entities.map((each) => (
                    <option key={each} value={each}>
                      {`${nouns[each].charAt(0).toUpperCase()}${nouns[each].slice(1)}`}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </Field>
          ) : null}
          {roles ? (
            <Field label="As">
              {(control) => (
                <NativeSelect {...control} value={role} onChange={(event) => setRole(event.target.value)}>
                  {roles.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </Field>
          ) : null}
        </div>
      ) : null}
      <Field
        label={nouns[entity].charAt(0).toUpperCase() + nouns[entity].slice(1)}
        error={error ?? undefined}
        help={picked && !uuid.test(picked.value) ? `A new ${nouns[entity]} is made.` : undefined}
      >
        {(control) => (
          <Combobox
            {...control}
            key={entity}
            creatable={entity !== 'properties'}
            loadOptions={loadRecords[entity]}
            placeholder={`Find ${entity === 'organizations' ? 'an' : 'a'} ${nouns[entity]}`}
            searchPlaceholder="Name, phone, e-mail or address"
            value={picked?.value ?? null}
            valueLabel={picked?.label}
            onChange={(value, option) => {
              setError(null);
              setPicked(value === null ? null : { value, label: option?.label ?? value });
            }}
          />
        )}
      </Field>
      {hasTitle ? (
        <Field label="Title" optional>
          {(control) => (
            <Input
              {...control}
              maxLength={300}
              value={title}
              placeholder="Principal"
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button variant="outline" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" size="sm" loading={busy}>
          Add
        </Button>
      </div>
    </form>
  );
}
