'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { PointKind } from '@/modules/contact-points/domain';
import { usePointLookup } from '@/modules/records/components/use-point-lookup';

const keys = { email: 'emails', phone: 'phones', linkedin: 'linkedin' } as const;
const examples = { email: 'name@company.example', phone: '(212) 555-0142', linkedin: 'linkedin.com/in/name' };
const inputModes = { email: 'email', phone: 'tel', linkedin: 'url' } as const;

/** One or several phones, e-mails or profiles of a new person; each says who has it already. */
export function PointInputs({
  kind,
  label,
  values,
  errors = {},
  single = false,
  onChange,
}: {
  kind: PointKind;
  label: string;
  values: readonly string[];
  /** Errors by field path, such as `phones.1.value`. */
  errors?: Readonly<Record<string, string>>;
  single?: boolean;
  onChange: (values: string[]) => void;
}) {
  return (
    <div className="grid gap-2">
      {values.map((value, index) => (
        <PointInput
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          key={index}
          kind={kind}
          label={index === 0 ? label : `${label} ${index + 1}`}
          value={value}
          error={errors[`${keys[kind]}.${index}.value`]}
          onChange={(next) => onChange(values.map((each, at) => (at === index ? next : each)))}
          onRemove={values.length > 1 ? () => onChange(values.filter((_, at) => at !== index)) : undefined}
        />
      ))}
      {single ? null : (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2 justify-self-start text-muted-foreground"
          disabled={values.at(-1)?.trim() === ''}
          onClick={() => onChange([...values, ''])}
        >
          <Plus aria-hidden /> Another {label.toLowerCase()}
        </Button>
      )}
    </div>
  );
}

function PointInput({
  kind,
  label,
  value,
  error,
  onChange,
  onRemove,
}: {
  kind: PointKind;
  label: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  onRemove: (() => void) | undefined;
}) {
  const lookup = usePointLookup(null);
  return (
    <Field label={label} error={error ?? lookup.error ?? undefined} help={lookup.words ?? undefined}>
      {(control) => (
        <span className="flex gap-1">
          <Input
            {...control}
            value={value}
            inputMode={inputModes[kind]}
            placeholder={examples[kind]}
            autoComplete="off"
            onChange={(event) => {
              onChange(event.target.value);
              lookup.clear();
            }}
            onBlur={() => void lookup.ask(kind, value)}
          />
          {onRemove ? (
            <Button variant="ghost" size="icon" aria-label={`Remove ${label}`} onClick={onRemove}>
              <X aria-hidden className="text-muted-foreground" />
            </Button>
          ) : null}
        </span>
      )}
    </Field>
  );
}
