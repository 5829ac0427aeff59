import { isUnitedStates, normalizeCountry, normalizeState, normalizeZip } from '@/lib/contact-points/address';
import { parseLocation } from '@/lib/contact-points/location';
import { joinName, type NameParts, splitName } from '@/lib/contact-points/name';
import {
  emptyOrganization,
  emptyPerson,
  limits,
  quoted,
  type Row,
  readDetails,
  type Slot,
} from '@/modules/imports/domain';
import { addEmails, addPhones, nameKey } from '@/modules/imports/presets/merge';
import type { Draft } from '@/modules/imports/presets/preset';
import { propertyReader } from '@/modules/imports/presets/property-record';
import { roleOf } from '@/modules/imports/presets/roles';
import type { RecordOrganization, RecordPerson } from '@/modules/imports/schema';

export const NOBODY = 'No name, e-mail or organization in this row';

/**
 * Why a row with nobody in it is refused, with the first cell that might have named somebody.
 *
 * @param reason the sentence without its full stop
 * @param row the row
 */
export function refused(reason: string, row: Row): Draft {
  const first = row.problems[0];
  const also = first ? ` In “${first.column}”: ${first.message}` : '';
  return { people: [], organizations: [], property: null, failed: `${reason}.${also}` };
}

/**
 * Reads a person's name from a row.
 *
 * @param row the row
 * @param slots the columns of the name in two parts, and of the full name; the parts win
 * @returns whom they name, or null; a name that is too long is a problem and null
 */
export function readName(row: Row, slots: { first: Slot; last: Slot; full: Slot }): NameParts | null {
  const cell = (slot: Slot) => (slot[0] === undefined ? null : (row.cells[slot[0].index] ?? null));
  let parts = joinName(cell(slots.first), cell(slots.last));
  for (const column of parts === null ? slots.full : []) {
    parts = splitName(row.cells[column.index] ?? '');
    if (parts !== null) break;
  }
  if (parts === null || parts.kind === 'organization') return parts;
  if (
    (parts.first_name?.length ?? 0) <= limits.personName &&
    (parts.last_name?.length ?? 0) <= limits.personName
  )
    return parts;
  const column = slots.first[0] ?? slots.last[0] ?? slots.full[0];
  if (column) {
    const value = row.cells[column.index] ?? '';
    row.problem('people', column, value, `${quoted(value)} is longer than ${limits.personName} characters.`);
  }
  return null;
}

/** Where the details of a row's columns go when what they belong to isn't in the row. */
function keepDetails(draft: Draft, ...given: [keyof typeof order, Record<string, unknown>][]): void {
  for (const [home, details] of given) {
    if (Object.keys(details).length === 0) continue;
    const target = order[home]
      .map((place) => place(draft))
      .find((party) => party !== null && party !== undefined);
    if (target) target.details = { ...target.details, ...details };
  }
}

const person = (draft: Draft) => draft.people[0];
const organization = (draft: Draft) => draft.organizations[0];
const property = (draft: Draft) => draft.property;
const order = {
  person: [person, organization, property],
  organization: [organization, person, property],
  property: [property, person, organization],
} as const;

/** What a preset adds to a row read by the common rules. */
export type ContactRules = {
  /** Runs on a row that names somebody. */
  finish?: (draft: Draft, row: Row) => void;
};

/**
 * The reading of a list with one contact a row: a person, the person's firm, and a property where the list names one.
 *
 * Without a person's name the points belong to the firm; without a firm as well, an e-mail address makes a person of its own and
 * a number alone goes to the row's property, or fails the row: nobody is invented.
 *
 * @param slot gives the columns that feed a field
 * @param rules what the preset adds
 */
export function contactReader(slot: (key: string) => Slot, rules: ContactRules = {}): (row: Row) => Draft {
  const names = {
    first: slot('person.first_name'),
    last: slot('person.last_name'),
    full: slot('person.name'),
  };
  const readOrganization = organizationReader(slot);
  const readProperty = propertyReader(slot);
  const at = {
    title: slot('person.title'),
    role: slot('person.role'),
    source: slot('person.source'),
    email: slot('person.email'),
    phone: slot('person.phone'),
    linkedin: slot('person.linkedin'),
    leadStatus: slot('person.lead_status'),
    location: slot('person.location'),
    city: slot('person.city'),
    state: slot('person.state'),
    tags: slot('person.tags'),
    json: slot('person.details_json'),
    personDetails: slot('person.details'),
    organizationDetails: slot('organization.details'),
    propertyDetails: slot('property.details'),
    propertyRole: slot('property.role'),
    propertyCity: slot('property.city'),
    propertyState: slot('property.state'),
  };

  return (row) => {
    const name = readName(row, names);
    const found = readOrganization(row, name?.kind === 'organization' ? name.name : null);
    const emails = row.emails(at.email);
    const phones = row.phones(at.phone);
    const linkedIn = row.linkedIn(at.linkedin);
    const draft: Draft = { people: [], organizations: [], property: readProperty(row), failed: null };
    const named = name !== null && name.kind !== 'organization' ? name : null;
    const firm = found.organization;
    if (firm) draft.organizations.push(firm);

    if (named || (!firm && emails.length > 0)) {
      const someone: RecordPerson = {
        ...emptyPerson(),
        first_name: named?.first_name ?? null,
        last_name: named?.last_name ?? null,
        title: row.text(at.title, 'people', limits.title),
        tags: row.tags(at.tags),
        phones,
        emails,
        linkedin_url: linkedIn,
        organization: firm ? 0 : null,
      };
      const word = row.raw(at.leadStatus)?.trim().toLowerCase();
      if (word === 'warm' || word === 'hot') someone.lead_status = word;
      const place = parseLocation(row.raw(at.location));
      const home = draft.property ? null : at;
      someone.city =
        row.text(at.city, 'people', limits.city) ??
        place.city ??
        (home && row.text(home.propertyCity, 'people', limits.city));
      someone.state =
        normalizeState(row.text(at.state, 'people', limits.state)) ??
        place.state ??
        (home && normalizeState(row.text(home.propertyState, 'people', limits.state)));
      if (!firm) {
        addPhones(someone.phones, found.phones);
        addEmails(someone.emails, found.emails);
        if (found.address !== null) someone.details = { ...someone.details, Address: found.address };
        someone.city ??= found.city;
        someone.state ??= found.state;
      }
      if (place.country !== null && !isUnitedStates(place.country)) {
        someone.details = { ...someone.details, Country: place.country };
      }
      draft.people.push(someone);
    } else if (firm) {
      addPhones(firm.phones, phones);
      addEmails(firm.emails, emails);
      firm.tags.push(...row.tags(at.tags).filter((tag) => !firm.tags.includes(tag)));
      if (linkedIn !== null) firm.details = { ...firm.details, LinkedIn: linkedIn };
    } else if (draft.property) {
      addPhones(draft.property.phones, [...phones, ...found.phones]);
    } else {
      return refused(NOBODY, row);
    }

    if (draft.property) {
      const role = roleOf(row.raw(at.propertyRole) ?? 'owner') ?? 'owner';
      for (const party of [...draft.people, ...draft.organizations]) party.property_roles.push(role);
    }
    keepDetails(draft, ['person', jsonDetails(row, at.json)], ['person', row.details(at.personDetails)]);
    keepDetails(
      draft,
      ['person', row.details(at.source)],
      ['organization', row.details(at.organizationDetails)],
    );
    keepDetails(draft, ['property', row.details(at.propertyDetails)]);
    if (at.role.length > 0) applyRole(draft, row, at.role, at.source);
    rules.finish?.(draft, row);
    return draft;
  };
}

function jsonDetails(row: Row, slot: Slot): Record<string, unknown> {
  const details: Record<string, unknown> = {};
  for (const column of slot) {
    const cell = row.raw([column]);
    if (cell !== null) Object.assign(details, readDetails(cell, column.header));
  }
  return details;
}

const kinds: [RegExp, string, string | null][] = [
  [/\bfamily office|\b[sm]fo\b/i, 'family_office', 'investor'],
  [/\bdevelop(?:er|ers|ment)\b/i, 'developer', 'developer'],
  [/\bfunds?\b|\bqof\b/i, 'fund', 'fund'],
  [/\binvestors?\b|\blimited partner\b/i, 'investor', 'investor'],
  [/\blaw firm\b|\battorney\b|\blawyer\b|\blegal counsel\b/i, 'law_firm', null],
  [/\bbroker(?:s|age)?\b/i, 'brokerage', 'broker'],
  [/\blender\b|\bbank\b/i, 'lender', 'lender'],
];

/** What the words of a role or a source say of a contact: "OZ Funds", "developers.csv", "Family Office". */
export function kindsOf(text: string): { kind: string | null; types: string[] } {
  const words = text.replace(/[_.]+/g, ' ');
  const hits = kinds.filter(([pattern]) => pattern.test(words));
  return {
    kind: hits[0]?.[1] ?? null,
    types: [...new Set(hits.flatMap(([, , type]) => type ?? []))],
  };
}

/** A role that is a job becomes the title; one that says what the contact is ("Investor") becomes type and kind. */
function applyRole(draft: Draft, row: Row, role: Slot, source: Slot): void {
  const word = row.text(role, 'people', limits.title);
  const fromRole = kindsOf(word ?? '');
  const said = fromRole.kind !== null ? fromRole : kindsOf(row.raw(source) ?? '');
  const someone = draft.people[0];
  const firm = draft.organizations[0];
  if (someone) {
    for (const type of said.types)
      if (!someone.contact_types.includes(type)) someone.contact_types.push(type);
    const bare =
      word !== null &&
      fromRole.kind !== null &&
      word.split(' ').length <= 2 &&
      !/\b(?:head|vp|director|of)\b/i.test(word);
    if (!bare) someone.title ??= word;
  }
  if (firm) firm.kind ??= said.kind;
}

/** What a row says of its firm. Points and place stand apart, for rows where the firm has no name. */
type FoundOrganization = {
  organization: RecordOrganization | null;
  phones: RecordOrganization['phones'];
  emails: RecordOrganization['emails'];
  address: string | null;
  city: string | null;
  state: string | null;
};

function organizationReader(
  slot: (key: string) => Slot,
): (row: Row, named: string | null) => FoundOrganization {
  const at = {
    name: slot('organization.name'),
    kind: slot('organization.kind'),
    category: slot('organization.category'),
    website: slot('organization.website'),
    email: slot('organization.email'),
    phone: slot('organization.phone'),
    address: slot('organization.address'),
    city: slot('organization.city'),
    state: slot('organization.state'),
    zip: slot('organization.zip'),
    country: slot('organization.country'),
    aum: slot('organization.aum'),
    founded: slot('organization.year_founded'),
    prefs: slot('organization.investment_prefs'),
    about: slot('organization.about'),
    industry: slot('organization.industry'),
    tags: slot('organization.tags'),
  };
  return (row, named) => {
    const written = row.text(at.name, 'organizations', limits.name);
    const name = written ?? (named !== null && named.length <= limits.name ? named : null);
    const website = row.website(at.website);
    const phones = row.phones(at.phone);
    const emails = row.emails(at.email);
    const address = row.text(at.address, 'organizations', limits.address);
    const city = row.text(at.city, 'organizations', limits.city);
    const state = normalizeState(row.text(at.state, 'organizations', limits.state));
    if (name === null) return { organization: null, phones, emails, address, city, state };
    const country = normalizeCountry(row.text(at.country, 'organizations', limits.country));
    const organization: RecordOrganization = {
      ...emptyOrganization(name),
      kind: at.kind.length === 0 ? null : kindsOf(row.raw(at.kind) ?? '').kind,
      category: row.text(at.category, 'organizations', limits.category),
      website: website?.url ?? null,
      domain: website?.domain ?? null,
      address,
      city,
      state,
      zip: zipOf(row, at.zip, country),
      country,
      aum: row.text(at.aum, 'organizations', limits.aum),
      year_founded: row.text(at.founded, 'organizations', limits.yearFounded)?.replace(/\.0$/, '') ?? null,
      investment_prefs: row.longText(at.prefs, 'organizations'),
      about: row.longText(at.about, 'organizations'),
      industry: row.text(at.industry, 'organizations', limits.industry),
      tags: row.tags(at.tags),
      phones,
      emails,
    };
    // A trust or firm in the name column beside another firm is kept, though it is no person.
    if (named !== null && nameKey(named) !== nameKey(name)) organization.details = { Contact: named };
    return { organization, phones, emails, address, city, state };
  };
}

/**
 * A row's postal code.
 *
 * @param row the row
 * @param slot its columns
 * @param country the row's country, null for the US
 */
export function zipOf(row: Row, slot: Slot, country: string | null): string | null {
  return normalizeZip(row.text(slot, 'organizations', limits.zip), country);
}
