import { instantOf, wallTime, wallTimeAfter } from '@/lib/wall-time';
import {
  channelOfPreference,
  type OutreachChannel,
  type OutreachContact,
  type OutreachPoint,
  type OutreachSubject,
  type OutreachTargets,
  type OutreachTemplate,
  pointsFor,
} from '@/modules/outreach/domain';
import type { Outreach } from './use-log-outreach';

/** What the composer's fields hold. Times are wall times of the workspace's zone; `contact` is `<kind>:<id>`. */
export type OutreachDraft = {
  channel: OutreachChannel;
  direction: 'out' | 'in';
  contact: string;
  point: string;
  subject: string;
  body: string;
  outcome: string;
  sentiment: string;
  nextStep: string;
  happened: string;
  template: OutreachTemplate | null;
};

const morning = '09:00';
export const propertyItself = 'property';
export const contactKey = ({ kind, id }: OutreachContact) => `${kind}:${id}`;

/** Whom a draft goes to: a contact, or the property's own phones. */
export function recipientOf(targets: OutreachTargets, contact: string) {
  return contact === propertyItself
    ? { phones: targets.phones }
    : targets.contacts.find((each) => contactKey(each) === contact);
}

/** The points a draft's channel offers, those that may be used first. */
export function pointsOf(
  targets: OutreachTargets,
  channel: OutreachChannel,
  contact: string,
): OutreachPoint[] {
  const recipient = recipientOf(targets, contact);
  return recipient ? pointsFor(channel, recipient) : [];
}

/** The fields as the composer opens: the first who can be reached, the way they prefer. */
export function newDraft(targets: OutreachTargets, channel?: OutreachChannel): OutreachDraft {
  const reachable = targets.contacts.find(
    (contact) => contact.phones.length + contact.emails.length + contact.linkedin.length > 0,
  );
  const first = reachable ?? targets.contacts[0];
  const contact = first ? contactKey(first) : targets.phones.length > 0 ? propertyItself : '';
  const preferred = first?.preferred_channel ? channelOfPreference[first.preferred_channel] : undefined;
  const chosen = channel ?? preferred ?? 'call';
  return {
    channel: chosen,
    direction: 'out',
    contact,
    point: pointsOf(targets, chosen, contact)[0]?.id ?? '',
    subject: '',
    body: '',
    outcome: '',
    sentiment: '',
    nextStep: '',
    happened: '',
    template: null,
  };
}

/** The draft with a change; another channel or contact brings its own point. */
export function changeDraft(
  draft: OutreachDraft,
  targets: OutreachTargets,
  change: Partial<OutreachDraft>,
): OutreachDraft {
  const next = { ...draft, ...change };
  if (change.channel !== undefined || change.contact !== undefined)
    next.point = pointsOf(targets, next.channel, next.contact)[0]?.id ?? '';
  return next;
}

/** The draft with a template's wording. Own words stay, below it; the wording of another template gives place. */
export function withTemplate(
  draft: OutreachDraft,
  targets: OutreachTargets,
  template: OutreachTemplate,
  now: number,
): OutreachDraft {
  const own = draft.template ? draft.body.replace(draft.template.body, '').trim() : draft.body.trim();
  const today = wallTime(now, targets.time_zone);
  return changeDraft(draft, targets, {
    template,
    ...(template.channel && template.channel !== draft.channel && { channel: template.channel }),
    subject: template.subject ?? draft.subject,
    body: [template.body, own].filter(Boolean).join('\n\n'),
    outcome: template.outcome ?? draft.outcome,
    nextStep:
      template.next_step_days === null
        ? draft.nextStep
        : wallTimeAfter(today, template.next_step_days, morning),
  });
}

/** The next steps that are picked with one press, in the workspace's zone at nine in the morning. */
export function quickSteps(now: number, timeZone: string): { label: string; at: string }[] {
  const today = wallTime(now, timeZone);
  const weekday = new Date(`${today.slice(0, 10)}T00:00Z`).getUTCDay();
  return [
    { label: 'Tomorrow', at: wallTimeAfter(today, 1, morning) },
    { label: 'In 3 days', at: wallTimeAfter(today, 3, morning) },
    // Monday
    { label: 'Next week', at: wallTimeAfter(today, (8 - weekday) % 7 || 7, morning) },
  ];
}

/** The draft as it is sent. */
export function outreachOf(
  draft: OutreachDraft,
  targets: OutreachTargets,
  subject: OutreachSubject,
): Outreach {
  const [kind, id] = draft.contact.split(':');
  const point = pointsOf(targets, draft.channel, draft.contact).find((each) => each.id === draft.point);
  const instant = (local: string) => instantOf(local, targets.time_zone) ?? local;
  return {
    channel: draft.channel,
    direction: draft.direction,
    subject: draft.subject || null,
    body: draft.body || null,
    outcome: (draft.outcome || null) as Outreach['outcome'],
    sentiment: (draft.sentiment || null) as Outreach['sentiment'],
    ...(draft.nextStep && { next_step_at: instant(draft.nextStep) }),
    ...(draft.happened && { occurred_at: instant(draft.happened) }),
    ...(kind && id && id !== subject.id && { [`${kind}_id`]: id }),
    ...(point && { [point.column]: point.id }),
    ...(draft.template && { template_id: draft.template.id }),
  };
}
