'use client';

import { useState } from 'react';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { Field, useFieldControl } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError } from '@/lib/api-client';
import { namedTogether, otherSharers, type PointKind, type Sharers } from '@/modules/contact-points/domain';
import type { LinkedEntity } from '../domain';
import { messageOf } from './use-bulk';
import { usePointLookup } from './use-point-lookup';
import { useRecordWrites } from './use-record';

export const kindWords: Record<PointKind, string> = { phone: 'Phone', email: 'E-mail', linkedin: 'LinkedIn' };
const examples: Record<PointKind, string> = {
  phone: '(212) 555-0142',
  email: 'name@company.example',
  linkedin: 'linkedin.com/in/name',
};

/** "2 people have this number too. …", after a point that exists was linked. */
export function sayShared(kind: PointKind, display: string, sharers: Sharers, self: string): void {
  const others = otherSharers(sharers, self);
  if (others.length === 0) return;
  notify.info(`${display} is shared`, {
    description: `${namedTogether(others.map(({ name }) => name ?? 'somebody without a name'))} ${others.length === 1 ? 'has' : 'have'} this ${kindWords[kind].toLowerCase()} too. Its state holds for all of them.`,
  });
}

/**
 * Adds a contact point, or puts another value in the place of one. What was typed is looked up when the field is left,
 * so that a shared point is no surprise.
 * @param edited the point to change; without it a new one is added
 */
export function PointForm({
  owner,
  one,
  kinds,
  edited,
  onClose,
}: {
  owner: { entity: LinkedEntity; id: string };
  one: string;
  kinds: readonly PointKind[];
  edited?: { kind: PointKind; id: string; value: string; display: string; label: string | null };
  onClose: () => void;
}) {
  const [kind, setKind] = useState<PointKind>(edited?.kind ?? kinds[0] ?? 'phone');
  const [value, setValue] = useState(edited?.display ?? '');
  const [label, setLabel] = useState(edited?.label ?? '');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const lookup = usePointLookup(owner.id);
  const { call } = useRecordWrites(owner.entity, owner.id, one);
  const isUnchanged = edited !== undefined && value.trim() === edited.display;

  async function submit() {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      const given = label.trim() || null;
      const linked = edited
        ? await call<{ sharers: Sharers }>('PATCH', 'points', {
            kind,
            point: edited.id,
            label: given,
            ...(!isUnchanged && { value }),
          })
        : await call<{ sharers: Sharers }>('POST', 'points', { kind, value, label: given });
      if (!isUnchanged) sayShared(kind, value.trim(), linked.sharers, owner.id);
      onClose();
    } catch (cause) {
      setError((cause instanceof ApiError && cause.fields.value) || messageOf(cause));
    } finally {
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
      <div className="grid grid-cols-[112px_minmax(0,1fr)] gap-2">
        <Field label="Kind">
          <KindSelect kinds={kinds} value={kind} disabled={edited !== undefined} onChange={setKind} />
        </Field>
        <Field label="Value" error={error ?? lookup.error ?? undefined} help={lookup.words ?? undefined}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={value}
              placeholder={examples[kind]}
              inputMode={kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'url'}
              onChange={(event) => {
                setValue(event.target.value);
                setError(null);
                lookup.clear();
              }}
              onBlur={() => !isUnchanged && void lookup.ask(kind, value)}
            />
          )}
        </Field>
      </div>
      <Field label="Label" optional>
        {(control) => (
          <Input
            {...control}
            value={label}
            maxLength={100}
            placeholder="Work, mobile, assistant"
            onChange={(event) => setLabel(event.target.value)}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button variant="outline" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" size="sm" loading={busy} disabled={value.trim() === ''}>
          {edited ? 'Save' : 'Add'}
        </Button>
      </div>
    </form>
  );
}

function KindSelect({
  kinds,
  value,
  disabled,
  onChange,
}: {
  kinds: readonly PointKind[];
  value: PointKind;
  disabled: boolean;
  onChange: (kind: PointKind) => void;
}) {
  return (
    <NativeSelect
      {...useFieldControl()}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as PointKind)}
    >
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {kindWords[kind]}
        </option>
      ))}
    </NativeSelect>
  );
}
