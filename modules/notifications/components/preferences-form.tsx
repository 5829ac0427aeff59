'use client';

import { useState } from 'react';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { TierHint, useFeature } from '@/components/tier';
import { Label } from '@/components/ui/label';
import { Switch } from '@/components/ui/switch';
import { api } from '@/lib/api-client';
import type { Feature } from '@/lib/tiers';
import { type NotificationPreferences, notificationKindNames, notificationKinds } from '../domain';

/** What the person is told of in this workspace, and whether a mail a day sums it up. Each takes effect at once. */
export function PreferencesForm({ start, email }: { start: NotificationPreferences; email: string }) {
  const [kept, setKept] = useState(start);

  async function save(change: Partial<NotificationPreferences>) {
    const before = kept;
    setKept({ ...kept, ...change });
    try {
      setKept(await api<NotificationPreferences>('PUT', '/api/notifications/preferences', change));
    } catch (error) {
      setKept(before);
      notify.error('Not saved', { description: error instanceof Error ? error.message : 'Try again.' });
    }
  }

  return (
    <>
      <SettingsSection title="In the app" description="Yours alone, in this workspace.">
        <ul className="divide-y rounded-lg border">
          {notificationKindNames.map((kind) => (
            <Line
              key={kind}
              id={kind}
              label={notificationKinds[kind].label}
              help={notificationKinds[kind].help}
              feature={notificationKinds[kind].feature}
              checked={!kept.muted_kinds.includes(kind)}
              onChange={(on) =>
                void save({
                  muted_kinds: on
                    ? kept.muted_kinds.filter((each) => each !== kind)
                    : [...kept.muted_kinds, kind],
                })
              }
            />
          ))}
        </ul>
      </SettingsSection>
      <SettingsSection title="By mail">
        <ul className="divide-y rounded-lg border">
          <Line
            id="email_digest"
            label="Daily summary"
            help={`What is still unread, at 8 in the morning of your time zone, to ${email}.`}
            checked={kept.email_digest === 'daily'}
            onChange={(on) => void save({ email_digest: on ? 'daily' : 'off' })}
          />
        </ul>
      </SettingsSection>
    </>
  );
}

function Line({
  id,
  label,
  help,
  feature,
  checked,
  onChange,
}: {
  id: string;
  label: string;
  help: string;
  feature?: Feature;
  checked: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <li className="flex items-start justify-between gap-4 px-3 py-2.5">
      <div className="min-w-0">
        <Label htmlFor={id}>{label}</Label>
        <p id={`${id}-help`} className="text-muted-foreground text-sm">
          {help}
        </p>
        {feature ? <Locked feature={feature} /> : null}
      </div>
      <Switch
        id={id}
        aria-describedby={`${id}-help`}
        checked={checked}
        onCheckedChange={onChange}
        className="mt-0.5"
      />
    </li>
  );
}

/** Says so where the plan doesn't send this kind yet. */
function Locked({ feature }: { feature: Feature }) {
  return useFeature(feature) ? null : <TierHint feature={feature} className="mt-1" />;
}
