'use client';

import { AtSign, CircleAlert, Mail, MessageSquare, MessagesSquare, Phone } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { cn } from '@/lib/utils';
import { wallTime } from '@/lib/wall-time';
import { outcomeWords } from '@/modules/activities/domain';
import {
  channelWords,
  type OutreachChannel,
  type OutreachTargets,
  outreachChannels,
  outreachOutcomes,
  sentiments,
  sentimentWords,
} from '@/modules/outreach/domain';
import { preferredChannelWords } from '@/modules/owners/domain';
import { wordOf } from '../domain';
import {
  contactKey,
  type OutreachDraft,
  pointsOf,
  propertyItself,
  quickSteps,
  withTemplate,
} from './outreach-draft';

const icons = { call: Phone, sms: MessageSquare, email: Mail, in_app: MessagesSquare, dm: AtSign } as const;
const roleWords: Readonly<Record<string, string>> = { pm: 'Property manager' };

/** The composer's fields: templates, channel, whom and over which point, what was said, how it ended, what comes next. */
export function OutreachFields({
  targets,
  draft,
  errors,
  onChange,
  onDraft,
}: {
  targets: OutreachTargets;
  draft: OutreachDraft;
  errors: Record<string, string>;
  onChange: (change: Partial<OutreachDraft>) => void;
  onDraft: (draft: OutreachDraft) => void;
}) {
  // when the form was opened: quick picks must not move while it is filled in
  const [now] = useState(() => Date.now());
  const [isEarlier, setEarlier] = useState(draft.happened !== '');
  const set = (key: keyof OutreachDraft) => (event: { target: { value: string } }) =>
    onChange({ [key]: event.target.value });
  const contact = targets.contacts.find((each) => contactKey(each) === draft.contact);
  const points = pointsOf(targets, draft.channel, draft.contact);
  const point = points.find(({ id }) => id === draft.point);
  const steps = quickSteps(now, targets.time_zone);
  const zone = targets.time_zone.replaceAll('_', ' ');
  return (
    <>
      {targets.templates.length > 0 ? (
        <div className="flex flex-wrap items-center gap-1.5">
          <span className="mr-1 text-muted-foreground text-xs">Start from</span>
          {targets.templates.map((template) => (
            <Button
              key={template.id}
              variant="outline"
              size="sm"
              aria-pressed={draft.template?.id === template.id}
              className="aria-pressed:border-primary aria-pressed:bg-accent"
              onClick={() => onDraft(withTemplate(draft, targets, template, now))}
            >
              {template.name}
            </Button>
          ))}
        </div>
      ) : null}
      <ChannelPicker value={draft.channel} onChange={(channel) => onChange({ channel })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Who" help={contact ? helpOf(contact) : undefined}>
          {(control) => (
            <NativeSelect {...control} name="contact" value={draft.contact} onChange={set('contact')}>
              {targets.contacts.map((each) => (
                <option key={contactKey(each)} value={contactKey(each)}>
                  {each.role ? `${each.name} (${wordOf(roleWords, each.role).toLowerCase()})` : each.name}
                </option>
              ))}
              {targets.phones.length > 0 ? (
                <option value={propertyItself}>The property’s own number</option>
              ) : null}
              <option value="">Nobody in particular</option>
            </NativeSelect>
          )}
        </Field>
        {draft.channel === 'in_app' ? null : (
          <Field
            label={draft.channel === 'email' ? 'Address' : draft.channel === 'dm' ? 'Profile' : 'Number'}
          >
            {(control) => (
              <NativeSelect {...control} name="point" value={draft.point} onChange={set('point')}>
                {points.map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.state.tone === 'ok' ? each.label : `${each.label} – ${each.state.words}`}
                  </option>
                ))}
                <option value="">{points.length > 0 ? 'Another one' : 'None known'}</option>
              </NativeSelect>
            )}
          </Field>
        )}
      </div>
      {point && point.state.tone !== 'ok' ? (
        <p
          role="status"
          className={cn(
            'flex items-start gap-1.5 rounded-md px-2.5 py-2 text-xs',
            point.state.tone === 'blocked'
              ? 'bg-destructive-soft text-destructive-text'
              : 'bg-warning-soft text-warning-text',
          )}
        >
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {`${point.label}: ${point.state.words}. Log what has happened; don’t use it again without being asked to.`}
        </p>
      ) : null}
      {draft.channel === 'call' ? null : (
        <Field label="Subject" optional error={errors.subject}>
          {(control) => (
            <Input
              {...control}
              name="subject"
              maxLength={500}
              value={draft.subject}
              onChange={set('subject')}
            />
          )}
        </Field>
      )}
      <Field
        label={draft.channel === 'call' ? 'Call notes' : 'What was written'}
        optional
        error={errors.body}
      >
        {(control) => (
          <Textarea {...control} autoFocus name="body" rows={4} value={draft.body} onChange={set('body')} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Direction">
          {(control) => (
            <NativeSelect {...control} name="direction" value={draft.direction} onChange={set('direction')}>
              <option value="out">{draft.channel === 'call' ? 'We called' : 'We wrote'}</option>
              <option value="in">{draft.channel === 'call' ? 'They called' : 'They wrote'}</option>
            </NativeSelect>
          )}
        </Field>
        <Field label="Outcome">
          {(control) => (
            <NativeSelect {...control} name="outcome" value={draft.outcome} onChange={set('outcome')}>
              <option value="">Not said</option>
              {outreachOutcomes.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {outcomeWords[outcome]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="Sentiment">
          {(control) => (
            <NativeSelect {...control} name="sentiment" value={draft.sentiment} onChange={set('sentiment')}>
              <option value="">Not said</option>
              {sentiments.map((sentiment) => (
                <option key={sentiment} value={sentiment}>
                  {sentimentWords[sentiment]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      <Field
        label="Next step"
        optional
        error={errors.next_step_at}
        help={`In the workspace’s time, ${zone}.`}
      >
        {(control) => (
          <div className="flex flex-wrap items-center gap-1.5">
            <Input
              {...control}
              name="next_step_at"
              type="datetime-local"
              className="w-52 max-md:w-full"
              value={draft.nextStep}
              onChange={set('nextStep')}
            />
            {steps.map(({ label, at }) => (
              <Button
                key={label}
                variant="outline"
                size="sm"
                aria-pressed={draft.nextStep === at}
                className="aria-pressed:border-primary aria-pressed:bg-accent"
                onClick={() => onChange({ nextStep: draft.nextStep === at ? '' : at })}
              >
                {label}
              </Button>
            ))}
          </div>
        )}
      </Field>
      {isEarlier ? (
        <Field label="When it happened" error={errors.occurred_at}>
          {(control) => (
            <Input
              {...control}
              name="occurred_at"
              type="datetime-local"
              className="w-52 max-md:w-full"
              value={draft.happened}
              onChange={set('happened')}
            />
          )}
        </Field>
      ) : (
        <button
          type="button"
          className="w-fit rounded-sm text-muted-foreground text-xs hover:text-foreground hover:underline max-md:min-h-10"
          onClick={() => {
            setEarlier(true);
            onChange({ happened: wallTime(now, targets.time_zone) });
          }}
        >
          It happened earlier
        </button>
      )}
    </>
  );
}

const helpOf = (contact: OutreachTargets['contacts'][number]) =>
  [
    contact.preferred_channel && `Prefers ${wordOf(preferredChannelWords, contact.preferred_channel)}`,
    contact.notes,
  ]
    .filter(Boolean)
    .join(' · ') || undefined;

/** One of five, all visible; arrows move between them, as between radio buttons. */
function ChannelPicker({
  value,
  onChange,
}: {
  value: OutreachChannel;
  onChange: (channel: OutreachChannel) => void;
}) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Channel</legend>
      {outreachChannels.map((channel) => {
        const Icon = icons[channel];
        return (
          <label
            key={channel}
            className="inline-flex h-8 cursor-pointer items-center gap-1.5 rounded-md border px-2.5 text-sm transition-colors duration-120 hover:bg-accent has-checked:border-primary has-checked:bg-accent has-focus-visible:outline-2 has-focus-visible:outline-ring max-md:h-10"
          >
            <input
              type="radio"
              name="channel"
              value={channel}
              checked={channel === value}
              onChange={() => onChange(channel)}
              className="sr-only"
            />
            <Icon aria-hidden className="size-4 text-muted-foreground" />
            {channelWords[channel]}
          </label>
        );
      })}
    </fieldset>
  );
}
