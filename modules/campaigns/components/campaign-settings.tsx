'use client';

import Link from 'next/link';
import { useId, useState } from 'react';
import { TimeZoneSelect } from '@/components/time-zone-select';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { cn } from '@/lib/utils';
import { instantOf, wallTime } from '@/lib/wall-time';
import type { CampaignDetail } from '../answers';
import { type StopScope, stopScopes, stopScopeWords } from '../domain';
import type { UpdateCampaign } from '../schema';

/** Time zones by region, from `timeZoneGroups()` on the server. */
export type Zones = readonly { region: string; zones: readonly string[] }[];

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * From whom, when and to what end: the settings of a campaign. Each change counts at once; the caller saves it.
 * @param isLaunched the sender is fixed from the launch on
 */
export function CampaignSettings({
  campaign,
  zones,
  isLaunched = false,
  onChange,
}: {
  campaign: CampaignDetail;
  zones: Zones;
  isLaunched?: boolean;
  onChange: (change: UpdateCampaign) => void;
}) {
  const { days, exit_conditions, senders } = campaign;
  const chosen = senders.find(({ id }) => id === campaign.sender_id);
  return (
    <div className="grid gap-5">
      <Field
        label="From"
        help={
          isLaunched
            ? 'Fixed since the launch.'
            : 'The address before the @; the domain is whichever is its turn.'
        }
      >
        {(control) =>
          senders.length === 0 ? (
            <p className="text-sm">
              No sender yet.{' '}
              <Link href="/settings/sending" className="text-primary-text underline underline-offset-2">
                Add one in the sending settings
              </Link>
            </p>
          ) : (
            <NativeSelect
              {...control}
              disabled={isLaunched}
              value={campaign.sender_id ?? ''}
              onChange={({ target }) => onChange({ sender_id: target.value || null })}
            >
              <option value="">Choose a sender</option>
              {senders
                .filter((sender) => !sender.archived || sender.id === chosen?.id)
                .map(({ id, name, local_part }) => (
                  <option key={id} value={id}>
                    {name} ({local_part}@)
                  </option>
                ))}
            </NativeSelect>
          )
        }
      </Field>
      <fieldset>
        <legend className="mb-1.5 font-medium text-sm">Sending days</legend>
        <div className="flex flex-wrap gap-1">
          {weekdays.map((name, index) => {
            const day = index + 1;
            const isOn = days.includes(day);
            return (
              <button
                key={name}
                type="button"
                aria-pressed={isOn}
                // at least one day is left
                disabled={isOn && days.length === 1}
                onClick={() =>
                  onChange({ days: isOn ? days.filter((each) => each !== day) : [...days, day].sort() })
                }
                className={cn(
                  'focus-inset h-8 w-11 rounded-md border text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent max-md:h-10',
                  isOn && 'border-primary bg-selected text-foreground',
                )}
              >
                {name}
              </button>
            );
          })}
        </div>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <TimeField
          label="Starting at"
          value={campaign.hours_start.slice(0, 5)}
          refusal={(time) => (time < campaign.hours_end.slice(0, 5) ? null : 'Must be before the end')}
          onChange={(hours_start) => onChange({ hours_start })}
        />
        <TimeField
          label="Until"
          help="From this minute on nothing goes."
          value={campaign.hours_end.slice(0, 5)}
          refusal={(time) => (time > campaign.hours_start.slice(0, 5) ? null : 'Must be after the beginning')}
          onChange={(hours_end) => onChange({ hours_end })}
        />
        <Field label="Whose clock">
          {(control) => (
            <NativeSelect
              {...control}
              value={campaign.zone_of}
              onChange={({ target }) =>
                onChange({ zone_of: target.value === 'recipient' ? 'recipient' : 'campaign' })
              }
            >
              <option value="campaign">The campaign’s</option>
              <option value="recipient">Each recipient’s, where it is known</option>
            </NativeSelect>
          )}
        </Field>
        <Field label="Time zone of the campaign">
          {(control) => (
            <TimeZoneSelect
              {...control}
              groups={zones}
              value={campaign.time_zone}
              onChange={({ target }) => onChange({ time_zone: target.value })}
            />
          )}
        </Field>
      </div>
      <CheckLine
        label="Not on federal holidays of the United States"
        checked={campaign.skip_holidays}
        onChange={(skip_holidays) => onChange({ skip_holidays })}
      />
      <StartField campaign={campaign} onChange={onChange} />
      <div className="grid gap-2">
        <CheckLine
          label="A reply ends it for the recipient"
          checked={exit_conditions.includes('reply')}
          onChange={(stops) =>
            onChange({
              exit_conditions: [...(stops ? (['reply'] as const) : []), 'unsubscribe', 'bounce', 'complaint'],
            })
          }
        />
        <p className="text-muted-foreground text-xs">
          An unsubscribe, a bounce and a complaint always end it.
        </p>
      </div>
      <Field label="A reply stops" help="Their queued e-mails of every campaign are taken back, too.">
        {(control) => (
          <NativeSelect
            {...control}
            value={campaign.stop_scope}
            onChange={({ target }) => onChange({ stop_scope: target.value as StopScope })}
          >
            {stopScopes.map((scope) => (
              <option key={scope} value={scope}>
                {stopScopeWords[scope]}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
    </div>
  );
}

function CheckLine({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 text-sm">
      <Checkbox id={id} checked={checked} onCheckedChange={onChange} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}

/** A time of the day that is handed on once it fits its neighbour. */
function TimeField({
  label,
  help,
  value,
  refusal,
  onChange,
}: {
  label: string;
  help?: string;
  value: string;
  refusal: (time: string) => string | null;
  onChange: (time: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value;
  const error = typed === null ? null : typed === '' ? 'A time such as 09:00' : refusal(typed);
  return (
    <Field label={label} help={help} error={error ?? undefined}>
      {(control) => (
        <Input
          {...control}
          type="time"
          value={shown}
          onChange={({ target }) => {
            const time = target.value;
            const fits = time !== '' && refusal(time) === null;
            setTyped(fits ? null : time);
            if (fits) onChange(time);
          }}
        />
      )}
    </Field>
  );
}

function StartField({
  campaign,
  onChange,
}: {
  campaign: CampaignDetail;
  onChange: (change: UpdateCampaign) => void;
}) {
  const { starts_at, time_zone } = campaign;
  return (
    <Field
      label="Begins"
      optional
      help={
        starts_at
          ? `By the clock of ${time_zone.replaceAll('_', ' ')}.`
          : 'Left empty, it begins as soon as the e-mails are accepted.'
      }
    >
      {(control) => (
        <Input
          {...control}
          type="datetime-local"
          className="max-w-64"
          value={starts_at ? wallTime(new Date(starts_at), time_zone) : ''}
          onChange={({ target }) =>
            onChange({ starts_at: target.value ? instantOf(target.value, time_zone) : null })
          }
        />
      )}
    </Field>
  );
}
