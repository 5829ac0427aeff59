'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { Combobox, MultiSelect } from '@/components/ui/combobox';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError, api } from '@/lib/api-client';
import type { PointKind, Sharers } from '@/modules/contact-points/domain';
import { loadRecords } from '@/modules/records/components/load-records';
import { sayShared } from '@/modules/records/components/point-form';
import { messageOf } from '@/modules/records/components/use-bulk';
import { useOptions } from '@/modules/records/components/use-record';
import { leadStatuses, leadStatusWords } from '../domain';
import { emptyDraft, type PersonDraft, toBody, useDraft } from './person-draft';
import { PointInputs } from './point-inputs';

type Failure = { message: string; fields: Record<string, string> };

/**
 * The form for a new person. A draft outlives closing it. Phones and e-mails that exist are linked, and the form says
 * before saving who has them.
 * @param onDone gets the new person's id
 */
export function CreatePerson({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
  const client = useQueryClient();
  const options = useOptions('people');
  const { draft, setDraft, clearDraft } = useDraft();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<PersonDraft>) => setDraft({ ...draft, ...part });
  const error = (field: string) => failure?.fields[field];

  async function save() {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const { body, rows } = toBody(draft);
    try {
      const created = await api<{
        id: string;
        points: { kind: PointKind; display: string; is_new: boolean; sharers: Sharers }[];
      }>('POST', '/api/people', body);
      clearDraft();
      notify.success('The person was added');
      for (const point of created.points) {
        if (!point.is_new) sayShared(point.kind, point.display, point.sharers, created.id);
      }
      await client.invalidateQueries({ queryKey: ['people'] });
      onDone(created.id);
    } catch (cause) {
      const fields = cause instanceof ApiError ? cause.fields : {};
      // empty lines were not sent: errors go back to the lines they came from
      const placed = Object.entries(fields).map(([path, message]) => {
        const [key = '', index = '', ...rest] = path.split('.');
        const line = rows[key]?.[Number(index)];
        return [line === undefined ? path : [key, line, ...rest].join('.'), message] as const;
      });
      setFailure({ message: messageOf(cause), fields: Object.fromEntries(placed) });
      setBusy(false);
    }
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const text = (key: 'first_name' | 'last_name' | 'title' | 'city' | 'state', label: string, more = {}) => (
    <Field label={label} error={error(key)}>
      {(control) => (
        <Input
          {...control}
          {...more}
          value={draft[key]}
          onChange={(event) => change({ [key]: event.target.value })}
        />
      )}
    </Field>
  );

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-xl">
        <DialogHeader>
          <DialogTitle>New person</DialogTitle>
          <DialogDescription>A name, or one way to reach them, is enough.</DialogDescription>
        </DialogHeader>
        <form
          className="flex min-h-0 flex-1 flex-col"
          noValidate
          onSubmit={submit}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit(event);
          }}
        >
          <DialogBody className="grid content-start gap-4">
            <div className="grid gap-4 sm:grid-cols-2">
              {text('first_name', 'First name', { autoFocus: true })}
              {text('last_name', 'Last name')}
            </div>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label="Organization" error={error('organizations.0.name') ?? error('organizations.0')}>
                {(control) => (
                  <Combobox
                    {...control}
                    clearable
                    creatable
                    placeholder="Find or name one"
                    searchPlaceholder="Find or name one"
                    loadOptions={loadRecords.organizations}
                    value={draft.organization?.value ?? null}
                    valueLabel={draft.organization?.label}
                    onChange={(_, option) => change({ organization: option })}
                  />
                )}
              </Field>
              {text('title', 'Title', { placeholder: 'Managing partner' })}
            </div>
            <PointInputs
              kind="email"
              label="E-mail"
              errors={failure?.fields}
              values={draft.emails}
              onChange={(emails) => change({ emails })}
            />
            <PointInputs
              kind="phone"
              label="Phone"
              errors={failure?.fields}
              values={draft.phones}
              onChange={(phones) => change({ phones })}
            />
            <PointInputs
              kind="linkedin"
              label="LinkedIn"
              errors={failure?.fields}
              values={draft.linkedin}
              onChange={(linkedin) => change({ linkedin })}
              single
            />
            <div className="grid gap-4 sm:grid-cols-2">
              {text('city', 'City')}
              {text('state', 'State')}
              <Field label="Lead status">
                {(control) => (
                  <NativeSelect
                    {...control}
                    value={draft.lead_status}
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
                    value={draft.assigned_to}
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
            <Field label="Tags" error={error('tags')}>
              {(control) => (
                <MultiSelect
                  {...control}
                  creatable
                  placeholder="Add tags"
                  searchPlaceholder="Find or add a tag"
                  options={(options?.values.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
                  value={draft.tags}
                  onChange={(tags) => change({ tags })}
                />
              )}
            </Field>
            {failure && Object.keys(failure.fields).length === 0 ? (
              <p role="alert" className="text-destructive-text text-sm">
                {failure.message}
              </p>
            ) : null}
          </DialogBody>
          <DialogFooter>
            <Button
              variant="ghost"
              className="mr-auto"
              disabled={JSON.stringify(draft) === JSON.stringify(emptyDraft)}
              onClick={clearDraft}
            >
              Clear
            </Button>
            <Button variant="outline" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Add person
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
