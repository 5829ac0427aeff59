'use client';

import type { ProviderSetup, SendingSettings } from '../schema';
import { SettingsDomains } from './settings-domains';
import { SettingsSenders } from './settings-senders';
import { SettingsSetup } from './settings-setup';
import { useSendingSettings } from './use-sending-settings';

/** Settings → Sending: what is missing, the domains with their state, the senders, what the provider has to be told. */
export function SendingSettingsView({
  start,
  setup,
  canEdit,
}: {
  start: { settings: SendingSettings; at: number };
  setup: ProviderSetup;
  canEdit: boolean;
}) {
  const { settings, ...writes } = useSendingSettings(start);
  return (
    <>
      {canEdit ? null : (
        <p className="mb-4 text-muted-foreground text-sm">
          Only admins and owners change these. Ask one of them.
        </p>
      )}
      {setup.problem ? (
        <p
          role="status"
          className="mb-6 max-w-4xl rounded-md bg-warning-soft px-3 py-2 text-sm text-warning-text"
        >
          {setup.problem} Domains and senders can be set up already.
        </p>
      ) : null}
      <SettingsDomains
        domains={settings.domains}
        today={settings.today}
        isEu={setup.isEu}
        writes={writes}
        canEdit={canEdit}
      />
      <SettingsSenders settings={settings} writes={writes} canEdit={canEdit} />
      <SettingsSetup setup={setup} />
    </>
  );
}
