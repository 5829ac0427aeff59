'use client';

import { useRef, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError, api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import type { Sharers } from '@/modules/contact-points/domain';
import { useOptions } from '@/modules/records/components/use-record';
import { ownerKinds, ownerKindWords } from '../domain';
import type { CreatedOwner } from '../schema';

type Party = { kind: 'person' | 'organization'; id: string; name: string };
type PointField = 'email' | 'phone';
/** What is known of a point that was typed: who has it, or why it can't be one. */
type Known = { parties: Party[]; error?: string };

const nothing: Known = { parties: [] };
const byWords = { email: 'e-mail', phone: 'phone', name: 'name' } as const;

/** Quick creation of an owner. A known e-mail or phone says at once whom it finds, and asks where several share it. */
export function CreateOwner({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
  const options = useOptions('owners');
  const [known, setKnown] = useState<Record<PointField, Known>>({ email: nothing, phone: nothing });
  const [party, setParty] = useState<Party | null>(null);
  const latest = useRef({ email: 0, phone: 0 });

  async function look(field: PointField, value: string) {
    latest.current[field] += 1;
    const mine = latest.current[field];
    setParty(null);
    setKnown((now) => ({ ...now, [field]: nothing }));
    if (value.trim() === '') return;
    try {
      const query = new URLSearchParams({ kind: field, value: value.trim() });
      const { sharers } = await api<{ sharers: Sharers | null }>(
        'GET',
        `/api/contact-points/lookup?${query}`,
      );
      if (mine !== latest.current[field]) return;
      const parties = [
        ...(sharers?.people ?? []).map(({ id, name }) => ({
          kind: 'person' as const,
          id,
          name: name ?? 'No name',
        })),
        ...(sharers?.organizations ?? []).map(({ id, name }) => ({
          kind: 'organization' as const,
          id,
          name: name ?? 'No name',
        })),
      ];
      setKnown((now) => ({ ...now, [field]: { parties } }));
    } catch (cause) {
      // saving asks again: only a wrong value is worth a word now
      const error = cause instanceof ApiError ? cause.fields.value : undefined;
      if (error && mine === latest.current[field])
        setKnown((now) => ({ ...now, [field]: { parties: [], error } }));
    }
  }

  const { onSubmit, pending, failure, errors } = useApiForm(
    (given) =>
      api<CreatedOwner>('POST', '/api/owners', {
        name: given.name,
        kind: given.kind,
        email: given.email || null,
        phone: given.phone || null,
        ...(given.assigned_to && { assigned_to: given.assigned_to }),
        ...(party && { [`${party.kind}_id`]: party.id }),
      }),
    ({ id, created, name, found }) => {
      const who = name ?? 'This owner';
      if (!created) notify.info(`${who} is an owner already`, { description: 'Nothing was made twice.' });
      else if (found)
        notify.success(`${who} is an owner now`, {
          description: `The ${byWords[found.by]} was known: it is ${found.kind === 'person' ? 'their' : 'its'} record that was taken.`,
        });
      else notify.success(`${who} is an owner now`);
      onDone(id);
    },
  );

  const pointHelp = (field: PointField) => {
    const { parties } = known[field];
    const [one] = parties;
    if (!one) return undefined;
    if (parties.length === 1) return `${one.name} has this already: they become the owner.`;
    return (
      <span className="grid gap-1">
        <span>{`${parties.length} share this. Which of them is the owner?`}</span>
        <span className="flex flex-wrap gap-1">
          {parties.slice(0, 8).map((each) => (
            <button
              key={each.id}
              type="button"
              aria-pressed={party?.id === each.id}
              onClick={() => setParty(party?.id === each.id ? null : each)}
              className="inline-flex h-7 items-center rounded-md border px-2 text-foreground hover:bg-accent aria-pressed:border-primary aria-pressed:bg-accent max-md:h-10"
            >
              {each.name}
            </button>
          ))}
        </span>
      </span>
    );
  };

  const point = (field: PointField, label: string, placeholder: string) => (
    <Field label={label} optional error={errors[field] ?? known[field].error} help={pointHelp(field)}>
      {(control) => (
        <Input
          {...control}
          name={field}
          autoComplete="off"
          inputMode={field === 'phone' ? 'tel' : 'email'}
          placeholder={placeholder}
          onChange={() => {
            latest.current[field] += 1;
            setKnown((now) => (now[field] === nothing ? now : { ...now, [field]: nothing }));
          }}
          onBlur={(event) => void look(field, event.target.value)}
        />
      )}
    </Field>
  );

  return (
    <FormDialog
      title="New owner"
      submitLabel="Create owner"
      pending={pending}
      onSubmit={(event) => void onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={failure} />
      <Field label="Name" error={errors.name}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            name="name"
            autoComplete="off"
            placeholder="Ada Park, or Palm Court LLC"
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind" error={errors.kind}>
          {(control) => (
            <NativeSelect {...control} name="kind" defaultValue="individual">
              {ownerKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {ownerKindWords[kind]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="Assigned to" error={errors.assigned_to}>
          {(control) => (
            <NativeSelect {...control} name="assigned_to" defaultValue="">
              <option value="">Nobody</option>
              {(options?.members ?? []).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      {point('email', 'E-mail', 'ada@company.example')}
      {point('phone', 'Phone', '(212) 555-0142')}
    </FormDialog>
  );
}
