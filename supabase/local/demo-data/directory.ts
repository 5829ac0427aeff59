/** Makes the demo's market: properties, the firms that own and run them, and the people behind those. */
import { firstNames, lastNames } from './names';
import type { Random } from './random';
import {
  communityEndings,
  landmarks,
  type Market,
  markets,
  organizationTags,
  peopleTags,
  propertyTags,
  streets,
} from './words';

type Role = 'owner' | 'manager' | 'trustee' | 'special_servicer' | 'developer';
type Place = { market: Market; city: Market['cities'][number] };

export type DemoOrganization = {
  id: string;
  name: string;
  kind: string;
  category: string | null;
  website: string;
  domain: string;
  address: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  aum: string | null;
  year_founded: string;
  investment_prefs: string | null;
  about: string;
  industry: string | null;
  status: string;
  tags: string[];
  sources: string[];
  areaCode: string;
};

export type DemoPerson = {
  id: string;
  first_name: string;
  last_name: string;
  title: string | null;
  lead_status: string;
  contact_types: string[];
  tags: string[];
  sources: string[];
  city: string;
  state: string;
  organization: DemoOrganization | null;
  areaCode: string;
};

export type DemoProperty = {
  id: string;
  name: string;
  address: string;
  city: string;
  county: string;
  state: string;
  zip: string;
  market: string;
  submarket: string;
  units: number;
  sqft: number;
  completion_date: string;
  latitude: number;
  longitude: number;
  tags: string[];
  sources: string[];
  areaCode: string;
  people: { person: DemoPerson; role: Role }[];
  organizations: { organization: DemoOrganization; role: Role }[];
};

export type DemoDirectory = {
  organizations: DemoOrganization[];
  people: DemoPerson[];
  properties: DemoProperty[];
};

const leadStatuses = { new: 50, warm: 22, hot: 9, customer: 5, lost: 9, do_not_contact: 3 } as const;

/** How many of each kind there are, what they are called behind a landmark's name, and who works there. */
const firms = {
  owner_llc: {
    count: 38,
    endings: ['Holdings LLC', 'Apartments LLC', 'Residential LP', 'Owner LLC', 'Investors LLC'],
    titles: ['Managing Member', 'Principal', 'Manager', 'General Partner'],
    types: ['owner'],
    staff: [1, 1],
    about: 'Holds apartment buildings in {city}.',
  },
  property_manager: {
    count: 14,
    endings: ['Property Management', 'Residential Services', 'Management Group', 'Living'],
    titles: ['Regional Manager', 'Director of Operations', 'Community Manager', 'Asset Manager'],
    types: [],
    staff: [2, 3],
    about: 'Runs apartment communities for their owners around {city}.',
  },
  developer: {
    count: 12,
    endings: ['Development', 'Urban Partners', 'Builders', 'Communities'],
    titles: ['Development Director', 'Founder', 'VP Acquisitions', 'Project Executive'],
    types: ['developer'],
    staff: [2, 3],
    about: 'Builds infill apartments in {city}, mostly in opportunity zones.',
  },
  family_office: {
    count: 10,
    endings: ['Family Office', 'Family Holdings', 'Private Capital'],
    titles: ['Chief Investment Officer', 'Director of Real Estate', 'Principal', 'Family Office Manager'],
    types: ['investor'],
    staff: [2, 3],
    about: 'Invests for one family out of {city}, with a preference for income property.',
  },
  fund: {
    count: 8,
    endings: ['Opportunity Fund', 'Real Estate Fund II', 'Capital Partners', 'Income Fund'],
    titles: ['Managing Partner', 'Fund Manager', 'VP Investor Relations'],
    types: ['fund'],
    staff: [2, 3],
    about: 'Raises and places equity in multifamily across the Sun Belt from {city}.',
  },
  investor: {
    count: 4,
    endings: ['Equity', 'Investments'],
    titles: ['Principal', 'Partner'],
    types: ['investor'],
    staff: [1, 2],
    about: 'Buys small multifamily in and around {city}.',
  },
  lender: {
    count: 2,
    endings: ['Commercial Lending', 'Loan Servicing'],
    titles: ['Special Servicer', 'Asset Resolution Officer'],
    types: [],
    staff: [2, 2],
    about: 'Services and resolves commercial loans.',
  },
  law_firm: {
    count: 1,
    endings: ['Law Group'],
    titles: ['Partner', 'Trustee'],
    types: [],
    staff: [2, 2],
    about: 'Trusts, estates and real property in {city}.',
  },
  brokerage: {
    count: 1,
    endings: ['Multifamily Advisors'],
    titles: ['Senior Associate', 'Managing Director'],
    types: [],
    staff: [2, 2],
    about: 'Brokers apartment sales in {city}.',
  },
} as const;

/**
 * The whole market of the demo: some 90 organizations, 220 people and 140 properties over six markets.
 * @param random a fresh sequence gives the same market every time
 */
export function makeDirectory(random: Random): DemoDirectory {
  const people: DemoPerson[] = [];
  const takenNames = new Set<string>();

  const placeIn = (market: Market): Place => ({ market, city: random.pick(market.cities) });

  function person(
    place: Place,
    organization: DemoOrganization | null,
    title: string | null,
    types: readonly string[],
  ): DemoPerson {
    let first = random.pick(firstNames);
    let last = random.pick(lastNames);
    while (takenNames.has(`${first} ${last}`))
      [first, last] = [random.pick(firstNames), random.pick(lastNames)];
    takenNames.add(`${first} ${last}`);
    const made: DemoPerson = {
      id: random.uuid(),
      first_name: first,
      last_name: last,
      title,
      lead_status: random.weighted(leadStatuses),
      contact_types: [...types],
      tags: random.chance(0.4) ? random.some(peopleTags, random.int(1, 2)) : [],
      sources: organization?.sources ?? [random.weighted({ eventbrite: 5, contacts: 4, manual: 2 })],
      city: place.city.city,
      state: place.market.state,
      organization,
      areaCode: random.pick(place.market.areaCodes),
    };
    people.push(made);
    return made;
  }

  const organizations: DemoOrganization[] = [];
  const names = random.some(landmarks, landmarks.length);
  for (const [kind, firm] of Object.entries(firms)) {
    for (let n = 0; n < firm.count; n += 1) {
      const place = placeIn(random.pick(markets));
      const landmark = names[organizations.length % names.length] ?? random.pick(landmarks);
      const name = `${landmark} ${random.pick(firm.endings)}`;
      const domain = `${name.toLowerCase().replace(/[^a-z]+/g, '')}.example`;
      const isCapital = kind === 'family_office' || kind === 'fund';
      const organization: DemoOrganization = {
        id: random.uuid(),
        name,
        kind,
        category: kind === 'family_office' ? random.weighted({ SFO: 7, MFO: 3 }) : null,
        website: `https://www.${domain}`,
        domain,
        address: `${random.int(100, 4900)} ${random.pick(streets)}`,
        city: place.city.city,
        state: place.market.state,
        zip: place.city.zip,
        country: 'United States',
        aum: isCapital ? `$${random.pick([40, 65, 90, 120, 180, 250, 400, 750])}M` : null,
        year_founded: String(random.int(1974, 2021)),
        investment_prefs: isCapital
          ? random.pick([
              'Multifamily of 80 units and more, value-add, eight-year hold',
              'Opportunity zone ground-up, co-general partner',
              'Stabilized income property, no development',
              'Net lease and master lease, five years and longer',
            ])
          : null,
        about: firm.about.replace('{city}', place.city.city),
        industry: isCapital ? 'Investment management' : 'Real estate',
        status: random.weighted({ active: 94, blocked: 3, do_not_contact: 3 }),
        tags: random.chance(0.3) ? random.some(organizationTags, 1) : [],
        sources: [
          kind === 'family_office'
            ? 'family_offices'
            : kind === 'fund' || kind === 'investor'
              ? 'contacts'
              : 'qozb',
        ],
        areaCode: random.pick(place.market.areaCodes),
      };
      organizations.push(organization);
      const staff = random.int(firm.staff[0], firm.staff[1]);
      for (let one = 0; one < staff; one += 1)
        person(place, organization, random.pick(firm.titles), firm.types);
    }
  }

  const properties = makeProperties(random, organizations, people);
  // people who own or invest in their own name, known from an event or a list
  for (let n = people.length; n < 220; n += 1) {
    const place = placeIn(random.pick(markets));
    const types = random.pick([['investor'], ['owner'], ['investor', 'owner'], []]);
    const independent = person(place, null, random.chance(0.3) ? 'Private investor' : null, types);
    if (!types.includes('owner') || random.chance(0.4)) continue;
    const near = properties.filter(
      (property) =>
        property.state === independent.state &&
        property.organizations.length === 0 &&
        property.people.length === 0,
    );
    if (near.length > 0) random.pick(near).people.push({ person: independent, role: 'owner' });
  }
  return { organizations, people, properties };
}

function makeProperties(
  random: Random,
  organizations: DemoOrganization[],
  people: DemoPerson[],
): DemoProperty[] {
  const staffOf = (organization: DemoOrganization) =>
    people.filter((person) => person.organization === organization);
  const near = (kind: string, state: string) => {
    const all = organizations.filter((organization) => organization.kind === kind);
    const local = all.filter((organization) => organization.state === state);
    return local.length > 0 ? local : all;
  };
  const used = new Set<string>();
  const properties: DemoProperty[] = [];
  for (let n = 0; n < 140; n += 1) {
    const market = markets[n % markets.length] ?? random.pick(markets);
    const city = random.pick(market.cities);
    const isZone = random.chance(0.35);
    let name = '';
    while (name === '' || used.has(name)) {
      const landmark = random.pick(landmarks);
      name = random.chance(0.25) ? `The ${landmark}` : `${landmark} ${random.pick(communityEndings)}`;
    }
    used.add(name);
    const units = random.chance(0.2) ? random.int(180, 420) : random.int(24, 180);
    const property: DemoProperty = {
      id: random.uuid(),
      name,
      address: `${random.int(100, 8900)} ${random.pick(streets)}`,
      city: city.city,
      county: city.county,
      state: market.state,
      zip: city.zip,
      market: market.name,
      submarket: random.pick(city.submarkets),
      units,
      sqft: units * random.int(720, 980),
      completion_date: isZone
        ? `${random.int(2022, 2027)} Q${random.int(1, 4)}`
        : String(random.int(1964, 2018)),
      latitude: Number((city.at[0] + (random.next() - 0.5) * 0.09).toFixed(5)),
      longitude: Number((city.at[1] + (random.next() - 0.5) * 0.09).toFixed(5)),
      tags: [
        isZone ? 'opportunity zone' : 'multifamily',
        ...(random.chance(0.35) ? random.some(propertyTags.slice(1), 1) : []),
      ],
      sources: [random.chance(0.85) ? 'qozb' : 'manual'],
      areaCode: random.pick(market.areaCodes),
      people: [],
      organizations: [],
    };
    properties.push(property);
    if (random.chance(0.14)) continue;

    const join = (organization: DemoOrganization, role: Role) => {
      property.organizations.push({ organization, role });
      const contact = staffOf(organization)[0];
      if (contact) property.people.push({ person: contact, role });
    };
    join(random.pick(near(isZone && random.chance(0.3) ? 'fund' : 'owner_llc', market.state)), 'owner');
    if (random.chance(0.65)) join(random.pick(near('property_manager', market.state)), 'manager');
    if (isZone && random.chance(0.7)) join(random.pick(near('developer', market.state)), 'developer');
    if (random.chance(0.05)) join(random.pick(near('lender', market.state)), 'special_servicer');
    if (random.chance(0.05)) join(random.pick(near('law_firm', market.state)), 'trustee');
  }
  return properties;
}
