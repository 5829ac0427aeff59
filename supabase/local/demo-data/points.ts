/** The phones, e-mails and profiles of the demo's market: shared ones, bounced ones, and ones not to be called. */
import { bounceReasons, doNotCallReasons } from './conversations';
import type { DemoDirectory, DemoOrganization, DemoPerson, DemoProperty } from './directory';
import type { Random } from './random';

export type DemoPhone = {
  id: string;
  e164: string;
  status: string;
  line_type: string | null;
  do_not_call: boolean;
  do_not_call_reason: string | null;
  do_not_call_days_ago: number | null;
  sms_opted_out_days_ago: number | null;
};
export type DemoEmail = {
  id: string;
  address: string;
  status: string;
  reason: string | null;
  since_days_ago: number | null;
};
export type DemoProfile = {
  id: string;
  url: string;
  profile_name: string;
  profile_title: string | null;
  connection_status: string;
};

/** One link from a record to a point; `owner` is the id of the record. */
export type DemoLink = { owner: string; point: string; label: string | null; is_primary: boolean };

export type DemoPoints = {
  phones: DemoPhone[];
  emails: DemoEmail[];
  profiles: DemoProfile[];
  links: Record<
    | 'person_phones'
    | 'person_emails'
    | 'person_linkedin'
    | 'organization_phones'
    | 'organization_emails'
    | 'property_phones',
    DemoLink[]
  >;
};

/** Numbers 555-0100 to 555-0199 are set aside for fiction in every North American area code. */
function numberBook(random: Random) {
  const taken = new Set<string>();
  return (areaCode: string): string | null => {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const number = `+1${areaCode}555${String(random.int(100, 199)).padStart(4, '0')}`;
      if (taken.has(number)) continue;
      taken.add(number);
      return number;
    }
    return null;
  };
}

/** The contact points of a market. */
export function makePoints(random: Random, { people, organizations, properties }: DemoDirectory): DemoPoints {
  const points: DemoPoints = {
    phones: [],
    emails: [],
    profiles: [],
    links: {
      person_phones: [],
      person_emails: [],
      person_linkedin: [],
      organization_phones: [],
      organization_emails: [],
      property_phones: [],
    },
  };
  const nextNumber = numberBook(random);

  function phone(areaCode: string, lineType: string | null): DemoPhone | null {
    const e164 = nextNumber(areaCode);
    if (!e164) return null;
    const stops = random.chance(0.025);
    const made: DemoPhone = {
      id: random.uuid(),
      e164,
      status: random.weighted({ active: 95, invalid: 3, disconnected: 2 }),
      line_type: lineType,
      do_not_call: stops,
      do_not_call_reason: stops ? random.pick(doNotCallReasons) : null,
      do_not_call_days_ago: stops ? random.int(3, 55) : null,
      sms_opted_out_days_ago: lineType === 'mobile' && random.chance(0.03) ? random.int(2, 50) : null,
    };
    points.phones.push(made);
    return made;
  }
  function email(address: string): DemoEmail {
    const status = random.weighted({
      active: 90,
      hard_bounced: 4,
      soft_bounced: 2,
      unsubscribed: 2,
      complained: 1,
      suppressed: 1,
    });
    const reason = {
      hard_bounced: random.pick(bounceReasons),
      soft_bounced: 'Mailbox full',
      unsubscribed: 'Unsubscribed by link',
      complained: 'Marked as spam',
      suppressed: 'Asked in a letter',
      active: null,
    }[status];
    const made = {
      id: random.uuid(),
      address,
      status,
      reason,
      since_days_ago: status === 'active' ? null : random.int(1, 58),
    };
    points.emails.push(made);
    return made;
  }
  const link = (table: keyof DemoPoints['links'], owner: string, point: string, label: string | null) => {
    const links = points.links[table];
    links.push({ owner, point, label, is_primary: !links.some((one) => one.owner === owner) });
  };

  const office = new Map<DemoOrganization, DemoPhone>();
  for (const organization of organizations) {
    if (random.chance(0.8)) {
      const main = phone(organization.areaCode, 'landline');
      if (main) {
        office.set(organization, main);
        link('organization_phones', organization.id, main.id, 'Main');
      }
    }
    if (random.chance(0.65)) {
      const desk = random.pick(['info', 'office', 'leasing', 'hello']);
      link('organization_emails', organization.id, email(`${desk}@${organization.domain}`).id, null);
    }
  }

  const slug = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const household: { person: DemoPerson; phone: DemoPhone }[] = [];
  for (const person of people) {
    const shared = person.organization && office.get(person.organization);
    if (random.chance(0.62)) {
      const mobile = phone(person.areaCode, 'mobile');
      if (mobile) {
        link('person_phones', person.id, mobile.id, 'Mobile');
        if (!person.organization) household.push({ person, phone: mobile });
      }
    }
    // colleagues answer one office line
    if (shared && random.chance(0.6)) link('person_phones', person.id, shared.id, 'Office');
    if (random.chance(0.84)) {
      const domain =
        person.organization?.domain ?? random.pick(['mailbox.example', 'inboxhome.example', 'post.example']);
      link(
        'person_emails',
        person.id,
        email(`${slug(person.first_name)}.${slug(person.last_name)}@${domain}`).id,
        person.organization ? 'Work' : null,
      );
    }
    if (random.chance(0.5)) {
      const profile: DemoProfile = {
        id: random.uuid(),
        url: `https://www.linkedin.com/in/${slug(person.first_name)}-${slug(person.last_name)}-${random.int(1000, 9999)}-example`,
        profile_name: `${person.first_name} ${person.last_name}`,
        profile_title: person.title,
        connection_status: random.weighted({ none: 60, pending: 20, connected: 20 }),
      };
      points.profiles.push(profile);
      link('person_linkedin', person.id, profile.id, null);
    }
  }
  // two who answer the same home number
  for (const { person, phone: home } of household.slice(0, 6)) {
    const other = people.find(
      (one) =>
        !one.organization &&
        one !== person &&
        one.state === person.state &&
        !points.links.person_phones.some((l) => l.owner === one.id),
    );
    if (other) link('person_phones', other.id, home.id, 'Home');
  }

  for (const property of properties) linkPropertyPhone(random, property, office, phone, link);
  return points;
}

/** Most communities have a leasing line of their own; some are answered at the manager's office. */
function linkPropertyPhone(
  random: Random,
  property: DemoProperty,
  office: Map<DemoOrganization, DemoPhone>,
  phone: (areaCode: string, lineType: string | null) => DemoPhone | null,
  link: (table: 'property_phones', owner: string, point: string, label: string | null) => void,
): void {
  const manager = property.organizations.find(({ role }) => role === 'manager')?.organization;
  const desk = manager && office.get(manager);
  if (desk && random.chance(0.3)) {
    link('property_phones', property.id, desk.id, 'Manager');
    return;
  }
  const line = random.chance(0.6) ? phone(property.areaCode, random.chance(0.5) ? 'landline' : null) : null;
  if (line) link('property_phones', property.id, line.id, 'Leasing office');
}
