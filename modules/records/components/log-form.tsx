'use client';

import { useState } from 'react';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useFocusBack } from '@/components/ui/focus-return';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { ApiError, api } from '@/lib/api-client';
import { loggedOutcomes, outcomeWords } from '@/modules/activities/domain';
import type { Subject } from '../domain';
import { messageOf } from './use-bulk';
import type { FormKind } from './use-record-story';

const titles: Record<FormKind, string> = {
  linkedin: 'Log a LinkedIn message',
  meeting: 'Log a meeting',
  visit: 'Log a visit',
};

/** Now, as a datetime-local field holds it: in the browser's zone, to the minute. */
function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Logs what happened outside Freehold and is no outreach over a channel: a meeting, a visit, a LinkedIn message. */
export function LogForm({
  kind,
  subject,
  id,
  onClose,
  onDone,
}: {
  kind: FormKind;
  subject: Subject;
  id: string;
  onClose: () => void;
  onDone: () => void;
}) {
  useFocusBack();
  const [given, setGiven] = useState({
    direction: 'out',
    outcome: '',
    subject: '',
    body: '',
    at: localNow(),
  });
  const [failure, setFailure] = useState<{ message: string; fields: Record<string, string> } | null>(null);
  const [busy, setBusy] = useState(false);
  const isDirected = kind === 'linkedin';
  const set = (key: keyof typeof given) => (event: { target: { value: string } }) =>
    setGiven({ ...given, [key]: event.target.value });

  async function save() {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await api('POST', '/api/activities', {
        kind,
        [`${subject}_id`]: id,
        direction: given.direction,
        outcome: given.outcome || null,
        subject: given.subject || null,
        body: given.body || null,
        ...(given.at && { occurred_at: new Date(given.at).toISOString() }),
      });
      notify.success('Logged');
      onDone();
    } catch (error) {
      setFailure({ message: messageOf(error), fields: error instanceof ApiError ? error.fields : {} });
      setBusy(false);
    }
  }

  return (
    <form
      aria-label={titles[kind]}
      className="grid gap-3 rounded-lg border p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <h3 className="font-medium text-sm">{titles[kind]}</h3>
      <div className="grid gap-3 sm:grid-cols-2">
        {isDirected ? (
          <Field label="Direction">
            {(control) => (
              <NativeSelect {...control} autoFocus value={given.direction} onChange={set('direction')}>
                <option value="out">We wrote</option>
                <option value="in">They wrote</option>
              </NativeSelect>
            )}
          </Field>
        ) : null}
        <Field label="When" error={failure?.fields.occurred_at}>
          {(control) => <Input {...control} type="datetime-local" value={given.at} onChange={set('at')} />}
        </Field>
        <Field label="Outcome" optional>
          {(control) => (
            <NativeSelect {...control} value={given.outcome} onChange={set('outcome')}>
              <option value="">Not said</option>
              {loggedOutcomes.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {outcomeWords[outcome]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      {isDirected ? null : (
        <Field label="About" optional error={failure?.fields.subject}>
          {(control) => (
            <Input {...control} autoFocus maxLength={500} value={given.subject} onChange={set('subject')} />
          )}
        </Field>
      )}
      <Field label="What was said" optional error={failure?.fields.body}>
        {(control) => <Textarea {...control} rows={3} value={given.body} onChange={set('body')} />}
      </Field>
      {failure && Object.keys(failure.fields).length === 0 ? (
        <p role="alert" className="text-destructive-text text-xs">
          {failure.message}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button variant="outline" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" size="sm" loading={busy}>
          Log it
        </Button>
      </div>
    </form>
  );
}
