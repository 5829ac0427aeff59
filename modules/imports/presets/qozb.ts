import { normalizeCountry, normalizeState } from '@/lib/contact-points/address';
import { emptyOrganization, emptyPerson, limits, type Row, type Slot } from '@/modules/imports/domain';
import { NOBODY, readName, refused, zipOf } from '@/modules/imports/presets/contact-record';
import { propertyFields } from '@/modules/imports/presets/fields';
import { addPhones, nameKey, putOrganization, putPerson } from '@/modules/imports/presets/merge';
import type { Draft, Preset } from '@/modules/imports/presets/preset';
import { propertyReader } from '@/modules/imports/presets/property-record';
import { type QozbRole, qozbRoles, roleFields } from '@/modules/imports/presets/roles';
import type { RecordOrganization, RecordPerson } from '@/modules/imports/schema';

/** What a firm is by the role it has on a property; trustees and special servicers are of every kind. */
const kindOfRole: Record<QozbRole, string | null> = {
  owner: 'owner_llc',
  manager: 'property_manager',
  trustee: null,
  special_servicer: null,
};

const roleWord: Record<QozbRole, string> = {
  owner: 'Owner',
  manager: 'Manager',
  trustee: 'Trustee',
  special_servicer: 'Special servicer',
};

function roleReader(role: QozbRole, slot: (key: string) => Slot): (row: Row, draft: Draft) => void {
  const of = (tail: string) => slot(`${role}.${tail}`);
  const names = { first: of('first_name'), last: of('last_name'), full: of('name') };
  const at = {
    firm: of('organization'),
    title: of('title'),
    email: of('email'),
    phone: of('phone'),
    address: of('address'),
    city: of('city'),
    state: of('state'),
    zip: of('zip'),
    country: of('country'),
    website: of('website'),
  };
  const used = [...Object.values(at), ...Object.values(names)].flat();

  return (row, draft) => {
    if (used.every((column) => row.cells[column.index] === '')) return;
    const name = readName(row, names);
    const named = name !== null && name.kind !== 'organization' ? name : null;
    const trust = name?.kind === 'organization' && name.name.length <= limits.name ? name.name : null;
    const firmName = row.text(at.firm, 'organizations', limits.name) ?? trust;
    const emails = row.emails(at.email);
    const phones = row.phones(at.phone);
    const website = row.website(at.website);
    const address = row.text(at.address, 'organizations', limits.address);
    const city = row.text(at.city, 'organizations', limits.city);
    const state = normalizeState(row.text(at.state, 'organizations', limits.state));
    const roles = draft.property ? [role] : [];

    let firmAt: number | null = null;
    if (firmName !== null) {
      const country = normalizeCountry(row.text(at.country, 'organizations', limits.country));
      const firm: RecordOrganization = {
        ...emptyOrganization(firmName),
        kind: kindOfRole[role],
        website: website?.url ?? null,
        domain: website?.domain ?? null,
        address,
        city,
        state,
        zip: zipOf(row, at.zip, country),
        country,
        property_roles: roles,
      };
      if (trust !== null && nameKey(trust) !== nameKey(firmName)) firm.details = { Contact: trust };
      if (!named) {
        firm.phones = phones;
        firm.emails = emails;
      }
      firmAt = putOrganization(draft.organizations, firm);
    }

    if (named || (firmAt === null && emails.length > 0)) {
      const someone: RecordPerson = {
        ...emptyPerson(),
        first_name: named?.first_name ?? null,
        last_name: named?.last_name ?? null,
        title: row.text(at.title, 'people', limits.title),
        phones,
        emails,
        organization: firmAt,
        property_roles: [...roles],
      };
      if (firmAt === null) {
        someone.city = city;
        someone.state = state;
        if (address !== null) someone.details = { ...someone.details, Address: address };
        if (website !== null) someone.details = { ...someone.details, Website: website.url };
      }
      putPerson(draft.people, someone);
    } else if (firmAt === null && draft.property) {
      // Nobody is named: what is left is the property's.
      addPhones(
        draft.property.phones,
        phones.map((phone) => ({ ...phone, label: phone.label ?? roleWord[role] })),
      );
      const left = { address, website: website?.url ?? null };
      for (const [key, value] of Object.entries(left)) {
        if (value !== null) draft.property.details[`${roleWord[role]} ${key}`] = value;
      }
    }
  };
}

/** Development projects in qualified opportunity zones: a property a row, with up to four roles, each a firm and its contact. */
export const qozb: Preset = {
  id: 'qozb',
  label: 'QOZB projects',
  description:
    'Properties with their owner, manager, trustee and special servicer, each a firm and its contact.',
  signature: [
    'property name',
    'market',
    'submarket',
    'owner contact first name',
    'manager contact first name',
    'trustee contact first name',
    'special servicer contact first name',
  ],
  fields: [
    ...propertyFields.filter((field) => field.key !== 'property.role'),
    ...qozbRoles.flatMap(roleFields),
  ],
  known: { 'phone number': 'property.phone', phone: 'property.phone', name: 'property.name' },
  rest: 'property.details',
  compile: (slot) => {
    const readProperty = propertyReader(slot);
    const readRoles = qozbRoles.map((role) => roleReader(role, slot));
    const details = slot('property.details');
    return (row) => {
      const draft: Draft = { people: [], organizations: [], property: readProperty(row), failed: null };
      for (const read of readRoles) read(row, draft);
      const home = draft.property ?? draft.organizations[0] ?? draft.people[0];
      if (!home) return refused(`No property. ${NOBODY}`, row);
      home.details = { ...row.details(details), ...home.details };
      return draft;
    };
  },
};
