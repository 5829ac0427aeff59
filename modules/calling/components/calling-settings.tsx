'use client';

import { type ReactNode, useState } from 'react';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { useApiForm } from '@/lib/use-api-form';
import type { CallingSettings } from '../settings-schema';

const scopes: Readonly<Record<CallingSettings['stop_scope'], string>> = {
  person: 'The person who answered',
  owner: 'Everybody of the same owner',
  property: 'Everybody of the same property',
};

/** What is no number goes as it was typed: the server says at the field what it expects. */
const numberOrText = (text: string | undefined) =>
  text !== undefined && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : (text ?? '');

const minutesOf = { day: 1440, hour: 60 } as const;

/** Minutes as people say them: "1 hour", "2 days", "1 hour and 30 minutes". */
export function minutesWords(minutes: number): string {
  if (!Number.isFinite(minutes) || minutes < 0) return '';
  if (minutes === 0) return 'Not at all';
  const days = Math.floor(minutes / minutesOf.day);
  const hours = Math.floor((minutes % minutesOf.day) / minutesOf.hour);
  const rest = minutes % minutesOf.hour;
  return [
    days > 0 && formatCount(days, 'day'),
    hours > 0 && formatCount(hours, 'hour'),
    rest > 0 && formatCount(rest, 'minute'),
  ]
    .filter(Boolean)
    .join(' and ');
}

const numbers = [
  'lockout_number_minutes',
  'lockout_person_minutes',
  'calls_per_day',
  'texts_per_day',
] as const;

/** Settings → Calling: hours, rests, caps, recording, what is said, and whom an answer takes out of campaigns. */
export function CallingSettingsForm({ settings, canEdit }: { settings: CallingSettings; canEdit: boolean }) {
  const [isRecording, setRecording] = useState(settings.is_recording);
  const form = useApiForm(
    (values) =>
      api('PUT', '/api/calling/settings', {
        ...Object.fromEntries(numbers.map((name) => [name, numberOrText(values[name])])),
        hours_start: values.hours_start,
        hours_end: values.hours_end,
        stop_scope: values.stop_scope,
        greeting: values.greeting,
        voicemail_greeting: values.voicemail_greeting,
        is_recording: isRecording,
      }),
    () => notify.success('Saved. They hold from the next call and text on.'),
  );
  const { errors } = form;
  return (
    <form method="post" noValidate onSubmit={form.onSubmit}>
      <FormProblem failure={form.failure} />
      <fieldset disabled={!canEdit} className="contents">
        <SettingsSection
          title="Hours"
          description="Calls and texts go only in these hours at the place of whoever is called. The law allows 8:00 am to 9:00 pm (47 CFR 64.1200); they can be narrower, never wider."
        >
          <Pair>
            <Field label="From" error={errors.hours_start}>
              {(control) => (
                <Input
                  {...control}
                  name="hours_start"
                  type="time"
                  min="08:00"
                  max="21:00"
                  step={900}
                  className="tabular-nums"
                  defaultValue={settings.hours_start}
                />
              )}
            </Field>
            <Field label="Until" error={errors.hours_end}>
              {(control) => (
                <Input
                  {...control}
                  name="hours_end"
                  type="time"
                  min="08:00"
                  max="21:00"
                  step={900}
                  className="tabular-nums"
                  defaultValue={settings.hours_end}
                />
              )}
            </Field>
          </Pair>
        </SettingsSection>
        <SettingsSection
          title="Rests and caps"
          description="How long nobody is called again, and how often one number may be called and texted within 24 hours."
        >
          <Pair>
            <MinutesField
              name="lockout_number_minutes"
              label="A number rests, minutes"
              error={errors.lockout_number_minutes}
              start={settings.lockout_number_minutes}
              after=", after each call"
            />
            <MinutesField
              name="lockout_person_minutes"
              label="A person reached rests, minutes"
              error={errors.lockout_person_minutes}
              start={settings.lockout_person_minutes}
              after=", and their properties with them"
            />
            <Field label="Calls a number in 24 hours" error={errors.calls_per_day}>
              {(control) => (
                <Input
                  {...control}
                  name="calls_per_day"
                  inputMode="numeric"
                  className="tabular-nums"
                  defaultValue={settings.calls_per_day}
                />
              )}
            </Field>
            <Field label="Texts a number in 24 hours" error={errors.texts_per_day}>
              {(control) => (
                <Input
                  {...control}
                  name="texts_per_day"
                  inputMode="numeric"
                  className="tabular-nums"
                  defaultValue={settings.texts_per_day}
                />
              )}
            </Field>
          </Pair>
        </SettingsSection>
        <SettingsSection
          title="An answer"
          description="Who answers a call or a text leaves the campaigns that wait for them."
        >
          <Field label="Who leaves" error={errors.stop_scope}>
            {(control) => (
              <NativeSelect {...control} name="stop_scope" defaultValue={settings.stop_scope}>
                {Object.entries(scopes).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
        </SettingsSection>
        <SettingsSection
          title="Recording and greetings"
          description="What is kept of a call, and what callers hear."
        >
          <div className="grid gap-5">
            <div>
              <div className="flex items-center gap-2">
                <Checkbox id="is-recording" checked={isRecording} onCheckedChange={setRecording} />
                <Label htmlFor="is-recording">Record calls</Label>
              </div>
              <p className="mt-1 text-muted-foreground text-xs">
                Several states, such as California, Florida and Washington, require everybody on the line to
                agree: say at the beginning that the call is recorded.
              </p>
            </div>
            <Field
              label="Greeting"
              error={errors.greeting}
              help="Read to whoever calls one of your numbers, while it rings with you."
            >
              {(control) => (
                <Textarea
                  {...control}
                  name="greeting"
                  rows={2}
                  maxLength={1000}
                  defaultValue={settings.greeting}
                />
              )}
            </Field>
            <Field
              label="Voicemail greeting"
              error={errors.voicemail_greeting}
              help="Read where nobody picks up, before the tone."
            >
              {(control) => (
                <Textarea
                  {...control}
                  name="voicemail_greeting"
                  rows={2}
                  maxLength={1000}
                  defaultValue={settings.voicemail_greeting}
                />
              )}
            </Field>
            {canEdit ? (
              <div className="flex justify-end">
                <Button type="submit" loading={form.pending} disabled={!form.isReady}>
                  Save
                </Button>
              </div>
            ) : null}
          </div>
        </SettingsSection>
      </fieldset>
    </form>
  );
}

const Pair = ({ children }: { children: ReactNode }) => (
  <div className="grid gap-4 sm:grid-cols-2">{children}</div>
);

function MinutesField({
  name,
  label,
  error,
  start,
  after,
}: {
  name: string;
  label: string;
  error?: string;
  start: number;
  after: string;
}) {
  const [text, setText] = useState(String(start));
  const words = text.trim() === '' ? '' : minutesWords(Number(text));
  return (
    <Field label={label} error={error} help={words ? `${words}${after}` : undefined}>
      {(control) => (
        <Input
          {...control}
          name={name}
          inputMode="numeric"
          className="tabular-nums"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
    </Field>
  );
}
