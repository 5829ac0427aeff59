'use client';

import type { ReactNode } from 'react';
import { CopyButton } from '@/components/copy-button';
import { SettingsSection } from '@/components/settings-section';
import type { ProviderSetup } from '../schema';

/** What SparkPost has to be told, so that deliveries, bounces, complaints and unsubscribes come back. */
export function SettingsSetup({ setup }: { setup: ProviderSetup }) {
  const password = <code className="font-mono text-xs">SPARKPOST_WEBHOOK_PASSWORD</code>;
  return (
    <SettingsSection
      wide
      title="SparkPost’s webhook"
      description="Without it nobody learns of bounces, complaints and unsubscribes. Add it at SparkPost under Configuration, Webhooks, for all events, with basic authentication."
    >
      <dl className="divide-y rounded-lg border text-sm">
        <Row name="Target URL">
          <span className="wrap-anywhere font-mono text-xs">{setup.webhookUrl}</span>
          <CopyButton value={setup.webhookUrl} label="Copy the URL" />
        </Row>
        {setup.webhookUser ? (
          <>
            <Row name="User">
              <span className="wrap-anywhere font-mono text-xs">{setup.webhookUser}</span>
              <CopyButton value={setup.webhookUser} label="Copy the user" />
            </Row>
            <Row name="Password">
              <span className="text-muted-foreground">The value of {password} on the server</span>
            </Row>
          </>
        ) : (
          <Row name="User and password">
            <span className="text-warning-text">
              Set <code className="font-mono text-xs">SPARKPOST_WEBHOOK_USER</code> and {password}: until then
              every event is refused.
            </span>
          </Row>
        )}
      </dl>
    </SettingsSection>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5">
      <dt className="w-40 shrink-0 text-muted-foreground">{name}</dt>
      <dd className="flex min-w-0 flex-1 basis-56 items-center gap-1">{children}</dd>
    </div>
  );
}
