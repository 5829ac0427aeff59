/** What happened in the demo's workspace over the last twelve weeks. */
import {
  callNotes,
  emails,
  linkedinMessages,
  meetings,
  type Outcome,
  organizationNotes,
  personNotes,
  propertyNotes,
  replies,
  texts,
} from './conversations';
import type { DemoDirectory, DemoPerson, DemoProperty } from './directory';
import type { DemoPoints } from './points';
import type { Random } from './random';

export type DemoActivity = {
  id: string;
  kind: string;
  channel: string | null;
  direction: string | null;
  subject: string | null;
  body: string | null;
  outcome: string | null;
  sentiment: string | null;
  next_step_at: string | null;
  occurred_at: string;
  performed_by: string;
  person_id: string | null;
  organization_id: string | null;
  property_id: string | null;
  phone_id: string | null;
  email_id: string | null;
  linkedin_id: string | null;
};
export type DemoNote = {
  id: string;
  body: string;
  author_id: string;
  person_id: string | null;
  organization_id: string | null;
  property_id: string | null;
  created_at: string;
};

const DAY_MS = 86_400_000;
const touches = { new: 0.6, warm: 4, hot: 7, customer: 6, lost: 3, do_not_contact: 2 } as const;
const outcomes: Readonly<Record<string, Readonly<Record<Outcome, number>>>> = {
  early: {
    no_answer: 34,
    left_vm: 26,
    answered: 10,
    follow_up: 12,
    interested: 8,
    not_interested: 6,
    meeting_set: 2,
    invalid_number: 2,
    do_not_call: 0,
  },
  warm: {
    no_answer: 16,
    left_vm: 14,
    answered: 14,
    follow_up: 20,
    interested: 24,
    not_interested: 0,
    meeting_set: 12,
    invalid_number: 0,
    do_not_call: 0,
  },
  cold: {
    no_answer: 30,
    left_vm: 15,
    answered: 10,
    follow_up: 0,
    interested: 0,
    not_interested: 38,
    meeting_set: 0,
    invalid_number: 3,
    do_not_call: 4,
  },
};

/** The demo's past: activities and notes. */
export type DemoPast = { activities: DemoActivity[]; notes: DemoNote[] };

/**
 * @param now milliseconds; everything lies in the twelve weeks before it
 * @param colleagues user ids of those who did it all
 */
export function makePast(
  random: Random,
  directory: DemoDirectory,
  points: DemoPoints,
  now: number,
  colleagues: readonly string[],
): DemoPast {
  const past: DemoPast = { activities: [], notes: [] };
  const pointOf = (table: keyof DemoPoints['links'], owner: string) =>
    points.links[table].find((one) => one.owner === owner && one.is_primary)?.point ?? null;
  const propertiesOf = new Map<DemoPerson, DemoProperty[]>();
  for (const property of directory.properties) {
    for (const { person } of property.people)
      propertiesOf.set(person, [...(propertiesOf.get(person) ?? []), property]);
  }
  /** Some moment of office hours in the Americas, so many days ago; today, within the last hours. */
  const moment = (daysAgo: number) => {
    if (daysAgo === 0) return new Date(now - random.int(4, 420) * 60_000).toISOString();
    const day = new Date(now - daysAgo * DAY_MS);
    // what falls on a weekend happened on the Friday before
    const sinceFriday = [2, 0, 0, 0, 0, 0, 1][day.getUTCDay()] ?? 0;
    day.setUTCDate(day.getUTCDate() - sinceFriday);
    day.setUTCHours(random.int(14, 22), random.int(0, 59), random.int(0, 59), 0);
    return day.toISOString();
  };
  const spoken = (text: string, person: DemoPerson, property: DemoProperty | undefined) =>
    text
      .replaceAll('{first}', person.first_name)
      .replaceAll('{property}', property?.name ?? 'the property')
      .replaceAll('{city}', property?.city ?? person.city)
      .replaceAll('{organization}', person.organization?.name ?? 'their office');

  function note(
    body: string,
    subject: Partial<Pick<DemoNote, 'person_id' | 'organization_id' | 'property_id'>>,
  ) {
    past.notes.push({
      id: random.uuid(),
      body,
      author_id: random.pick(colleagues),
      person_id: null,
      organization_id: null,
      property_id: null,
      created_at: moment(random.int(1, 82)),
      ...subject,
    });
  }

  for (const person of directory.people) {
    const status = person.lead_status as keyof typeof touches;
    const count = Math.round(touches[status] * (0.4 + random.next() * 1.2));
    const property = propertiesOf.get(person)?.[0];
    const colleague = random.pick(colleagues);
    const mood =
      status === 'hot' || status === 'customer' || status === 'warm'
        ? 'warm'
        : status === 'lost' || status === 'do_not_contact'
          ? 'cold'
          : 'early';
    for (let n = 0; n < count; n += 1) {
      const phone = pointOf('person_phones', person.id);
      const email = pointOf('person_emails', person.id);
      const profile = pointOf('person_linkedin', person.id);
      const kind = random.weighted({
        call: phone ? 46 : 0,
        email: email ? 30 : 0,
        sms: phone ? 9 : 0,
        linkedin: profile ? 7 : 0,
        meeting: mood === 'warm' ? 8 : 1,
      });
      const activity: DemoActivity = {
        id: random.uuid(),
        kind,
        channel: kind === 'meeting' ? null : kind,
        direction: kind === 'meeting' ? null : 'out',
        subject: null,
        body: null,
        outcome: null,
        sentiment: null,
        next_step_at: null,
        occurred_at: moment(random.chance(0.03) ? 0 : random.int(1, 83)),
        performed_by: colleague,
        person_id: person.id,
        organization_id: person.organization?.id ?? null,
        property_id: property?.id ?? null,
        phone_id: kind === 'call' || kind === 'sms' ? phone : null,
        email_id: kind === 'email' ? email : null,
        linkedin_id: kind === 'linkedin' ? profile : null,
      };
      fill(random, activity, outcomes[mood] ?? outcomes.early, mood, (text) =>
        spoken(text, person, property),
      );
      if (activity.outcome === 'follow_up' || activity.outcome === 'meeting_set')
        activity.next_step_at = new Date(now + random.int(1, 12) * DAY_MS).toISOString();
      past.activities.push(activity);
    }
    if (random.chance(mood === 'early' ? 0.12 : 0.5))
      note(spoken(random.pick(personNotes), person, property), { person_id: person.id });
  }
  for (const property of directory.properties)
    if (random.chance(0.25)) note(random.pick(propertyNotes), { property_id: property.id });
  for (const organization of directory.organizations)
    if (random.chance(0.25)) note(random.pick(organizationNotes), { organization_id: organization.id });
  return past;
}

function fill(
  random: Random,
  activity: DemoActivity,
  weights: Readonly<Record<Outcome, number>> | undefined,
  mood: string,
  spoken: (text: string) => string,
): void {
  if (activity.kind === 'call' && weights) {
    const outcome = random.weighted(weights);
    activity.outcome = outcome;
    activity.body = spoken(random.pick(callNotes[outcome]));
    if (outcome === 'interested' || outcome === 'meeting_set') activity.sentiment = 'pos';
    if (outcome === 'not_interested' || outcome === 'do_not_call') activity.sentiment = 'neg';
  } else if (activity.kind === 'email') {
    const answered = random.chance(mood === 'warm' ? 0.35 : 0.08);
    const wanted =
      mood === 'cold'
        ? replies.filter(({ sentiment }) => sentiment !== 'pos')
        : replies.filter(({ sentiment }) => sentiment !== 'neg');
    const mail = answered ? random.pick(wanted) : random.pick(emails);
    activity.direction = answered ? 'in' : 'out';
    activity.subject = spoken(mail.subject);
    activity.body = spoken(mail.body);
    if (answered) activity.sentiment = replies.find(({ body }) => body === mail.body)?.sentiment ?? null;
  } else if (activity.kind === 'sms') {
    const text = random.pick(texts);
    activity.direction = text.direction;
    activity.body = spoken(text.body);
  } else {
    activity.body = spoken(random.pick(activity.kind === 'meeting' ? meetings : linkedinMessages));
  }
}
