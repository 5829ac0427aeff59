import { type FieldGroup, type FieldType, field, type TargetField } from '@/modules/imports/presets/fields';
import { type PropertyRole, propertyRoles } from '@/modules/imports/schema';

/** The roles that a QOZB row may name, each with the words of its columns. */
export const qozbRoles = [
  'owner',
  'manager',
  'trustee',
  'special_servicer',
] as const satisfies readonly PropertyRole[];
export type QozbRole = (typeof qozbRoles)[number];

const roleGroups: Record<QozbRole, FieldGroup> = {
  owner: 'Owner',
  manager: 'Manager',
  trustee: 'Trustee',
  special_servicer: 'Special servicer',
};

/**
 * The target fields of one role of a QOZB row. Its columns are known with and without "Contact": exports differ.
 *
 * @param role the role
 */
export function roleFields(role: QozbRole): TargetField[] {
  const group = roleGroups[role];
  const word = group.toLowerCase();
  const names = (...tails: string[]) =>
    tails.flatMap((tail) => [`${word} contact ${tail}`, `${word} ${tail}`]);
  const of = (tail: string, label: string, type: FieldType, synonyms: string[]) =>
    field(group, `${role}.${tail}`, `${group}: ${label}`, type, synonyms);
  return [
    of('organization', 'firm', 'text', [
      word,
      ...names('company', 'firm', 'organization', 'company name'),
      `true ${word}`,
    ]),
    of('name', 'contact’s full name', 'name', [`${word} contact`, ...names('name', 'full name')]),
    of('first_name', 'contact’s first name', 'name', names('first name')),
    of('last_name', 'contact’s last name', 'name', names('last name')),
    of('title', 'contact’s title', 'text', names('title')),
    of('email', 'e-mail', 'email', names('email', 'email address')),
    of('phone', 'phone', 'phone', names('phone number', 'phone', 'mobile')),
    of('address', 'address', 'place', names('address', 'street address')),
    of('city', 'city', 'place', names('city')),
    of('state', 'state', 'place', names('state')),
    of('zip', 'ZIP', 'place', names('zip', 'zip code')),
    of('country', 'country', 'place', names('country')),
    of('website', 'website', 'website', names('website')),
  ];
}

const known = new Set<string>(propertyRoles);

/**
 * The role that a word names.
 *
 * @param text such as "Owner", "property manager", "Special Servicer"
 * @returns the role, or null
 */
export function roleOf(text: string): PropertyRole | null {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/^property_/, '');
  if (known.has(bare)) return propertyRoles.find((role) => role === bare) ?? null;
  if (/servicer/.test(bare)) return 'special_servicer';
  return propertyRoles.find((role) => bare.includes(role)) ?? null;
}
