'use client';

import Link from 'next/link';
import { type ReactNode, useRef, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormNotice, FormProblem } from '@/components/form-notice';
import { MultiSelect } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { ApiError } from '@/lib/api-client';
import type { Existing } from '@/lib/errors';
import { useApiForm } from '@/lib/use-api-form';
import type { PointKind } from '@/modules/contact-points/domain';
import { type Entity, recordHref } from '../domain';
import { usePointLookup } from './use-point-lookup';
import { useOptions } from './use-record';

/** A field of a record's form; its name is the API's. */
export type FormField = {
  name: string;
  label: string;
  /** `number` is sent as a number, `area` has several lines, `phone` and `email` say who has them already. */
  kind?: 'text' | 'number' | 'area' | 'phone' | 'email';
  /** Makes it a select. */
  options?: readonly { value: string; label: string }[];
  placeholder?: string;
  /** Takes the form's whole width. */
  isWide?: boolean;
};

/** What is sent: fields by name (empty is null), tags, and the colleague in charge. */
export type FormValues = Record<string, string | number | string[] | null>;

/** The value as the API takes it; what can't be a number goes as it is, for the server to complain about. */
function sent(field: FormField, text: string): string | number | null {
  const value = text.trim();
  if (value === '') return null;
  const digits = value.replace(/[,\s]/g, '');
  return field.kind === 'number' && /^\d+$/.test(digits) ? Number(digits) : value;
}

/**
 * The form of an organization or a property, new or known: its fields, tags, the colleague in charge. The server's
 * complaints stand at their fields; a record that is there already is named with the way to it.
 * @param more fields behind "More fields"
 * @param defaults what the fields hold at first; of a known record only what differs from it is sent
 * @param send rejects with an ApiError; `isMeant` says that a double was asked for
 * @param canDouble whether a record may stand beside the one that is there already
 */
export function RecordForm<Answer>({
  entity,
  title,
  description,
  submitLabel,
  fields,
  more = [],
  defaults = {},
  isNew = false,
  canDouble = false,
  children,
  send,
  onDone,
  onClose,
}: {
  entity: Entity;
  title: string;
  description?: string;
  submitLabel: string;
  fields: readonly FormField[];
  more?: readonly FormField[];
  defaults?: Readonly<Record<string, unknown>>;
  isNew?: boolean;
  canDouble?: boolean;
  children?: ReactNode;
  send: (values: FormValues, isMeant: boolean) => Promise<Answer>;
  onDone: (answer: Answer) => void | Promise<void>;
  onClose: () => void;
}) {
  const options = useOptions(entity);
  const tagsBefore = (defaults.tags as string[] | undefined) ?? [];
  const assignedBefore = (defaults.assigned_to as string | null | undefined) ?? null;
  const [tags, setTags] = useState<readonly string[]>(tagsBefore);
  const [assignedTo, setAssignedTo] = useState(assignedBefore ?? '');
  const [existing, setExisting] = useState<Existing | null>(null);
  const isMeant = useRef(false);

  const { onSubmit, pending, failure, errors } = useApiForm(async (given) => {
    const values: FormValues = {};
    for (const field of [...fields, ...more]) {
      const value = sent(field, given[field.name] ?? '');
      const before = defaults[field.name] ?? null;
      if (isNew ? value !== null : value !== before) values[field.name] = value;
    }
    if (tags.join('\u0000') !== tagsBefore.join('\u0000')) values.tags = [...tags];
    if ((assignedTo || null) !== assignedBefore) values.assigned_to = assignedTo || null;
    setExisting(null);
    try {
      return await send(values, isMeant.current);
    } catch (error) {
      if (error instanceof ApiError) setExisting(error.existing);
      throw error;
    } finally {
      isMeant.current = false;
    }
  }, onDone);

  const input = (field: FormField, isFirst: boolean) => (
    <FormInput
      key={field.name}
      field={field}
      isFirst={isFirst}
      value={defaults[field.name]}
      error={errors[field.name]}
    />
  );
  const isMoreWrong = more.some(({ name }) => errors[name]);
  return (
    <FormDialog
      title={title}
      description={description}
      submitLabel={submitLabel}
      pending={pending}
      dirty={tags.join('\u0000') !== tagsBefore.join('\u0000') || (assignedTo || null) !== assignedBefore}
      onSubmit={(event) => void onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={failure} />
      {existing ? (
        <FormNotice tone="problem">
          <Link href={recordHref(entity, existing.id)} className="font-medium underline underline-offset-2">
            Open {existing.name}
          </Link>
          {canDouble ? (
            <>
              , or{' '}
              <button
                type="submit"
                className="font-medium underline underline-offset-2"
                onClick={() => {
                  isMeant.current = true;
                }}
              >
                add another one
              </button>
            </>
          ) : null}
          .
        </FormNotice>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map((field, index) => input(field, index === 0))}
      </div>
      {children}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Tags" error={errors.tags}>
          {(control) => (
            <MultiSelect
              {...control}
              creatable
              placeholder="Add tags"
              searchPlaceholder="Find or add a tag"
              options={(options?.values.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
              value={tags}
              onChange={setTags}
            />
          )}
        </Field>
        <Field label="Assigned to" error={errors.assigned_to}>
          {(control) => (
            <NativeSelect
              {...control}
              value={assignedTo}
              onChange={(event) => setAssignedTo(event.target.value)}
            >
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
      {more.length > 0 ? (
        <details open={!isNew || isMoreWrong} className="group/more">
          <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-sm hover:text-foreground">
            More fields
          </summary>
          <div className="mt-3 grid gap-4 sm:grid-cols-2">{more.map((field) => input(field, false))}</div>
        </details>
      ) : null}
    </FormDialog>
  );
}

function FormInput({
  field,
  isFirst,
  value,
  error,
}: {
  field: FormField;
  isFirst: boolean;
  value: unknown;
  error: string | undefined;
}) {
  const { name, label, kind = 'text', options, placeholder, isWide } = field;
  const start = value === null || value === undefined ? '' : String(value);
  const className = isWide || kind === 'area' ? 'sm:col-span-2' : undefined;
  if (kind === 'phone' || kind === 'email') {
    return <PointField name={name} label={label} kind={kind} error={error} className={className} />;
  }
  return (
    <Field label={label} error={error} className={className}>
      {(control) =>
        options ? (
          <NativeSelect {...control} name={name} defaultValue={start}>
            <option value="">Not known</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </NativeSelect>
        ) : kind === 'area' ? (
          <Textarea {...control} name={name} defaultValue={start} rows={3} placeholder={placeholder} />
        ) : (
          <Input
            {...control}
            name={name}
            autoFocus={isFirst}
            autoComplete="off"
            inputMode={kind === 'number' ? 'numeric' : undefined}
            defaultValue={start}
            placeholder={placeholder}
          />
        )
      }
    </Field>
  );
}

/** A phone or an e-mail of a new record, which says who has it already. */
function PointField({
  name,
  label,
  kind,
  error,
  className,
}: {
  name: string;
  label: string;
  kind: Extract<PointKind, 'phone' | 'email'>;
  error: string | undefined;
  className: string | undefined;
}) {
  const lookup = usePointLookup(null);
  return (
    <Field
      label={label}
      error={error ?? lookup.error ?? undefined}
      help={lookup.words ?? undefined}
      className={className}
    >
      {(control) => (
        <Input
          {...control}
          name={name}
          autoComplete="off"
          inputMode={kind === 'phone' ? 'tel' : 'email'}
          placeholder={kind === 'phone' ? '(212) 555-0142' : 'office@company.example'}
          onChange={lookup.clear}
          onBlur={(event) => void lookup.ask(kind, event.target.value)}
        />
      )}
    </Field>
  );
}
