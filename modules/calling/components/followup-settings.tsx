'use client';

import Link from 'next/link';
import { useState } from 'react';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import type { FollowupOutcome, FollowupRuleInput, FollowupSetup } from '../settings-schema';
import { minutesWords } from './calling-settings';

const outcomes: readonly { outcome: FollowupOutcome; label: string; help: string }[] = [
  {
    outcome: 'pending_signup',
    label: 'Pending sign-up',
    help: 'They want to go on: the mail with what they need.',
  },
  { outcome: 'no_answer', label: 'No answer', help: 'Nobody picked up: the mail says that you tried.' },
  {
    outcome: 'invalid_number',
    label: 'Invalid number',
    help: 'Where they have an address: the mail asks for a number that works.',
  },
];

const delays = [0, 5, 15, 60, 240, 1440, 2880, 10_080];

type Draft = Partial<Omit<FollowupRuleInput, 'outcome'>>;

/** Settings → Calling: which mail follows which outcome by itself, through what, and when. */
export function FollowupSettings({ start, canEdit }: { start: FollowupSetup; canEdit: boolean }) {
  const [setup, setSetup] = useState(start);
  const [drafts, setDrafts] = useState<Partial<Record<FollowupOutcome, Draft>>>({});
  const ruleOf = (outcome: FollowupOutcome): Draft => ({
    via: 'gmail',
    sender_id: null,
    delay_minutes: 5,
    is_enabled: false,
    ...setup.rules.find((rule) => rule.outcome === outcome),
    ...drafts[outcome],
  });
  /** One with no template is no rule yet. */
  const given = outcomes.flatMap(({ outcome }) => {
    const {
      template_id,
      via = 'gmail',
      sender_id = null,
      delay_minutes = 5,
      is_enabled = false,
    } = ruleOf(outcome);
    return template_id || is_enabled
      ? [{ outcome, template_id: template_id ?? '', via, sender_id, delay_minutes, is_enabled }]
      : [];
  });
  const form = useApiForm(
    () => api<FollowupSetup>('PUT', '/api/calling/followups', { rules: given }),
    (saved) => {
      setSetup(saved);
      setDrafts({});
      notify.success('Saved. They hold from the next outcome on.');
    },
  );
  const errorOf = (outcome: FollowupOutcome, field: string) => {
    const at = given.findIndex((rule) => rule.outcome === outcome);
    return at === -1 ? undefined : form.errors[`rules.${at}.${field}`];
  };
  // the fields are named by their place among the rules, which no field of the form is
  const failure = Object.keys(form.errors).some((name) => name.startsWith('rules.'))
    ? { message: '', requestId: null }
    : form.failure;
  return (
    <SettingsSection
      title="Follow-up e-mails"
      description="Which e-mail goes out by itself after a call, to whoever was called. It waits, so an outcome saved by mistake can be undone."
    >
      <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-3">
        <FormProblem failure={failure} />
        {setup.mailbox?.status === 'connected' ? null : (
          <p className="text-muted-foreground text-sm">
            {setup.mailbox
              ? `Your mailbox ${setup.mailbox.address} has to be connected again.`
              : 'You have no mailbox connected: what follows your calls through Gmail waits until you have.'}{' '}
            <Link href="/settings/mailboxes" className="underline underline-offset-2">
              Mailboxes
            </Link>
          </p>
        )}
        {setup.templates.length === 0 ? (
          <p className="text-muted-foreground text-sm">
            No template for e-mails yet.{' '}
            <Link href="/settings/templates" className="underline underline-offset-2">
              Write one
            </Link>
          </p>
        ) : null}
        <fieldset disabled={!canEdit} className="grid divide-y rounded-lg border">
          <legend className="sr-only">Rules by outcome</legend>
          {outcomes.map((each) => (
            <Rule
              key={each.outcome}
              {...each}
              setup={setup}
              rule={ruleOf(each.outcome)}
              errorOf={(field) => errorOf(each.outcome, field)}
              onChange={(change) =>
                setDrafts((now) => ({ ...now, [each.outcome]: { ...now[each.outcome], ...change } }))
              }
            />
          ))}
        </fieldset>
        {canEdit ? (
          <div className="flex justify-end">
            <Button type="submit" loading={form.pending} disabled={!form.isReady}>
              Save
            </Button>
          </div>
        ) : null}
      </form>
    </SettingsSection>
  );
}

function Rule({
  outcome,
  label,
  help,
  setup,
  rule,
  errorOf,
  onChange,
}: {
  outcome: FollowupOutcome;
  label: string;
  help: string;
  setup: FollowupSetup;
  rule: Draft;
  errorOf: (field: string) => string | undefined;
  onChange: (change: Draft) => void;
}) {
  const { template_id = '', via, sender_id, delay_minutes = 5, is_enabled = false } = rule;
  const isArchived = setup.rules.find((each) => each.outcome === outcome)?.is_archived ?? false;
  const isKnown = template_id === '' || setup.templates.some(({ id }) => id === template_id);
  const choices = delays.includes(delay_minutes) ? delays : [...delays, delay_minutes].sort((a, b) => a - b);
  return (
    <div className="px-4 py-3">
      <div className="flex items-center gap-2">
        <Checkbox
          id={`followup-${outcome}`}
          checked={is_enabled}
          onCheckedChange={(checked) => onChange({ is_enabled: checked })}
        />
        <Label htmlFor={`followup-${outcome}`}>{label}</Label>
      </div>
      <p className="mt-0.5 ml-6 text-muted-foreground text-xs">{help}</p>
      {is_enabled || template_id ? (
        <div className="mt-3 grid gap-3 sm:grid-cols-3">
          <Field label="E-mail" error={errorOf('template_id')}>
            {(control) => (
              <NativeSelect
                {...control}
                value={template_id}
                onChange={({ target }) => onChange({ template_id: target.value })}
              >
                <option value="">Choose a template</option>
                {isKnown ? null : <option value={template_id}>The one put away</option>}
                {setup.templates.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
          <Field label="Through" error={errorOf('sender_id') ?? errorOf('via')}>
            {(control) => (
              <NativeSelect
                {...control}
                value={via === 'sender' ? (sender_id ?? '') : 'gmail'}
                onChange={({ target }) =>
                  onChange(
                    target.value === 'gmail'
                      ? { via: 'gmail', sender_id: null }
                      : { via: 'sender', sender_id: target.value },
                  )
                }
              >
                <option value="gmail">The caller’s own Gmail</option>
                {setup.senders.map(({ id, name, local_part }) => (
                  <option key={id} value={id}>
                    {`${name} (${local_part}@…)`}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
          <Field label="Goes" error={errorOf('delay_minutes')}>
            {(control) => (
              <NativeSelect
                {...control}
                value={delay_minutes}
                onChange={({ target }) => onChange({ delay_minutes: Number(target.value) })}
              >
                {choices.map((minutes) => (
                  <option key={minutes} value={minutes}>
                    {minutes === 0 ? 'At once' : `${minutesWords(minutes)} later`}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
        </div>
      ) : null}
      {isArchived ? (
        <p className="mt-2 text-warning-text text-xs">
          Its template or its sender was put away: nothing follows until another is chosen.
        </p>
      ) : null}
      {via === 'sender' && !setup.has_domain ? (
        <p className="mt-2 text-warning-text text-xs">
          No sending domain is active: what goes through a sender waits.{' '}
          <Link href="/settings/sending" className="underline underline-offset-2">
            Sending
          </Link>
        </p>
      ) : null}
    </div>
  );
}
