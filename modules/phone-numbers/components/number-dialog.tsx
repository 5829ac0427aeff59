'use client';

import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import type { Assignee } from '@/modules/records/queries';
import type { PhoneNumberRow } from '../answers';

/** What is no number goes as it was typed: the server says at the field what it expects. */
const numberOrText = (text: string | undefined) =>
  text !== undefined && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : (text ?? '');

const kinds = [
  { value: 'sms', label: 'Texts' },
  { value: 'voice', label: 'Calls' },
] as const;

/** A change of one of our numbers: its name, what it is for, who is rung, how fast and how much it sends. */
export function NumberDialog({
  number,
  members,
  onSaved,
  onClose,
}: {
  number: PhoneNumberRow;
  members: readonly Assignee[];
  onSaved: () => void;
  onClose: () => void;
}) {
  const [features, setFeatures] = useState<readonly string[]>(number.features);
  const form = useApiForm(
    (values) => {
      const seconds = numberOrText(values.seconds);
      return api('PATCH', `/api/phone-numbers/${number.id}`, {
        label: values.label,
        features,
        assigned_to: values.assigned_to || null,
        interval_ms: typeof seconds === 'number' ? Math.round(seconds * 1000) : seconds,
        daily_cap: numberOrText(values.daily_cap),
      });
    },
    () => {
      notify.success('Number saved');
      onSaved();
      onClose();
    },
  );
  return (
    <FormDialog
      title={`${number.label}, ${number.display}`}
      submitLabel="Save"
      pending={form.pending}
      dirty={features !== number.features}
      onSubmit={(event) => void form.onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={form.failure} />
      <Field label="Name" error={form.errors.label} help="As it is chosen where a text is written.">
        {(control) => (
          <Input {...control} name="label" maxLength={80} autoComplete="off" defaultValue={number.label} />
        )}
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 font-medium text-sm">Used for</legend>
        {kinds.map(({ value, label }) => (
          <div key={value} className="flex items-center gap-2">
            <Checkbox
              id={`number-${value}`}
              checked={features.includes(value)}
              onCheckedChange={(isOn) =>
                setFeatures((now) => (isOn ? [...now, value] : now.filter((each) => each !== value)))
              }
            />
            <Label htmlFor={`number-${value}`} className="font-normal">
              {label}
            </Label>
          </div>
        ))}
        {form.errors.features ? (
          <p role="alert" className="text-destructive-text text-xs">
            {form.errors.features}
          </p>
        ) : null}
      </fieldset>
      <Field
        label="Rings"
        error={form.errors.assigned_to}
        help="Whose phone rings when somebody calls it; then voicemail."
      >
        {(control) => (
          <NativeSelect {...control} name="assigned_to" defaultValue={number.assigned_to?.id ?? ''}>
            <option value="">Whoever the caller is assigned to</option>
            {members.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Seconds between texts"
          error={form.errors.interval_ms}
          help="A number of the United States carries one a second."
        >
          {(control) => (
            <Input
              {...control}
              name="seconds"
              inputMode="decimal"
              className="tabular-nums"
              defaultValue={number.interval_ms / 1000}
            />
          )}
        </Field>
        <Field
          label="Texts a day, at most"
          error={form.errors.daily_cap}
          help="What is above waits for the next day."
        >
          {(control) => (
            <Input
              {...control}
              name="daily_cap"
              inputMode="numeric"
              className="tabular-nums"
              defaultValue={number.daily_cap}
            />
          )}
        </Field>
      </div>
    </FormDialog>
  );
}
