import { CopyButton } from '@/components/copy-button';
import { SettingsSection } from '@/components/settings-section';
import type { PhoneNumbers } from '../answers';

const rows = [
  { key: 'voice', label: 'A call comes in' },
  { key: 'call_status', label: 'Call status changes' },
  { key: 'sms', label: 'A message comes in' },
  { key: 'sms_status', label: 'Message status callback' },
] as const;

/** What Twilio has to be told where it was not told by itself, so that calls, texts and their states come in. */
export function NumberWebhooks({
  webhooks,
  browserProblem,
}: {
  webhooks: PhoneNumbers['webhooks'];
  browserProblem: string | null;
}) {
  return (
    <SettingsSection
      wide
      title="Twilio’s webhooks"
      description="Numbers added here are pointed to these by themselves. Where one was changed since, or goes through a messaging service, enter them at Twilio’s console under the number: all by HTTP POST."
    >
      <dl className="divide-y rounded-lg border text-sm">
        {rows.map(({ key, label }) => (
          <div key={key} className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5">
            <dt className="w-48 shrink-0 text-muted-foreground">{label}</dt>
            <dd className="flex min-w-0 flex-1 basis-56 items-center gap-1">
              <span className="wrap-anywhere font-mono text-xs">{webhooks[key]}</span>
              <CopyButton value={webhooks[key]} label={`Copy the address: ${label.toLowerCase()}`} />
            </dd>
          </div>
        ))}
      </dl>
      {browserProblem ? <p className="mt-3 text-muted-foreground text-sm">{browserProblem}</p> : null}
    </SettingsSection>
  );
}
