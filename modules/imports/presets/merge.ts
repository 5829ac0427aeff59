import type { RecordEmail, RecordOrganization, RecordPerson, RecordPhone } from '@/modules/imports/schema';

/** A name for comparing: small letters and digits, accents and punctuation gone. */
export function nameKey(name: string): string {
  const plain = /^[ -~]*$/.test(name) ? name : name.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Adds numbers to a list that doesn't hold them yet. */
export function addPhones(into: RecordPhone[], from: readonly RecordPhone[]): void {
  for (const phone of from) if (!into.some((known) => known.e164 === phone.e164)) into.push(phone);
}

/** Adds addresses to a list that doesn't hold them yet. */
export function addEmails(into: RecordEmail[], from: readonly RecordEmail[]): void {
  for (const email of from) if (!into.some((known) => known.address === email.address)) into.push(email);
}

function addAll<T>(into: T[], from: readonly T[]): void {
  for (const item of from) if (!into.includes(item)) into.push(item);
}

const filledColumns = [
  'kind',
  'category',
  'website',
  'domain',
  'address',
  'city',
  'state',
  'zip',
  'country',
  'aum',
  'year_founded',
  'investment_prefs',
  'about',
  'industry',
] as const;

/**
 * Puts a firm to those of its row: the same name, and the same state where both have one, is the same firm; its values fill
 * what the first mention left open.
 *
 * @param organizations the row's firms so far; grows by at most one
 * @param organization the firm to put
 * @returns the index at which it stands
 */
export function putOrganization(
  organizations: RecordOrganization[],
  organization: RecordOrganization,
): number {
  if (organizations.length === 0) return organizations.push(organization) - 1;
  const key = nameKey(organization.name);
  const at = organizations.findIndex(
    (known) =>
      nameKey(known.name) === key &&
      (known.state === null || organization.state === null || known.state === organization.state),
  );
  const known = organizations[at];
  if (known === undefined) return organizations.push(organization) - 1;
  for (const column of filledColumns) known[column] ??= organization[column];
  known.details = { ...organization.details, ...known.details };
  addPhones(known.phones, organization.phones);
  addEmails(known.emails, organization.emails);
  addAll(known.tags, organization.tags);
  addAll(known.property_roles, organization.property_roles);
  return at;
}

/** Whether two mentions with the same name in one row are one person: nothing they give tells them apart. */
function samePerson(one: RecordPerson, two: RecordPerson): boolean {
  const key = nameKey(`${one.first_name ?? ''} ${one.last_name ?? ''}`);
  if (key !== nameKey(`${two.first_name ?? ''} ${two.last_name ?? ''}`)) return false;
  const sharesEmail = one.emails.some((email) => two.emails.some((other) => other.address === email.address));
  if (key === '') return sharesEmail;
  const sharesPhone = one.phones.some((phone) => two.phones.some((other) => other.e164 === phone.e164));
  if (sharesEmail || sharesPhone || (one.organization !== null && one.organization === two.organization))
    return true;
  const silent = (person: RecordPerson) => person.emails.length === 0 && person.phones.length === 0;
  return silent(one) || silent(two);
}

/**
 * Puts a person to those of its row: the same name with points that agree is the same person in another role.
 *
 * @param people the row's people so far; grows by at most one
 * @param person the person to put
 */
export function putPerson(people: RecordPerson[], person: RecordPerson): void {
  const known = people.find((one) => samePerson(one, person));
  if (known === undefined) {
    people.push(person);
    return;
  }
  known.title ??= person.title;
  known.city ??= person.city;
  known.state ??= person.state;
  known.linkedin_url ??= person.linkedin_url;
  known.lead_status ??= person.lead_status;
  known.organization ??= person.organization;
  known.details = { ...person.details, ...known.details };
  addPhones(known.phones, person.phones);
  addEmails(known.emails, person.emails);
  addAll(known.tags, person.tags);
  addAll(known.contact_types, person.contact_types);
  addAll(known.property_roles, person.property_roles);
}
