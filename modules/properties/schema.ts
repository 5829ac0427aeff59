import { z } from 'zod';
import type { PhoneBrief, PhoneDetail } from '@/modules/contact-points/domain';
import { personRef } from '@/modules/organizations/schema';
import { tagsSchema } from '@/modules/records/schema';
import { roles } from './domain';

/** A text field: trimmed; an empty one clears the value. */
const field = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters`)
    .transform((value) => value || null)
    .nullable();

const label = z.string().trim().max(100, 'At most 100 characters').nullish();
const value = z.string().trim().min(1, 'Can’t be empty').max(500, 'At most 500 characters');
const role = z.enum(roles, `One of ${roles.join(', ')}`);
const whole = (max: number) =>
  z
    .int('A whole number')
    .min(0, 'Not below zero')
    .max(max, `At most ${max.toLocaleString('en-US')}`)
    .nullable();
const degrees = (max: number) =>
  z.number('A number').min(-max, `From -${max} to ${max}`).max(max, `From -${max} to ${max}`).nullable();

const fields = {
  name: field(300),
  address: field(500),
  city: field(200),
  county: field(200),
  state: field(100),
  zip: field(20),
  market: field(200),
  submarket: field(200),
  units: whole(1_000_000),
  sqft: whole(10_000_000_000),
  completion_date: field(50),
  latitude: degrees(90),
  longitude: degrees(180),
  tags: tagsSchema,
  assigned_to: z.guid('A member’s id').nullable(),
};

/** An organization by id, or by name: the one of exactly that name, else a new one. */
const organizationRef = z
  .strictObject({
    id: z.guid('Not an id').optional(),
    name: z.string().trim().min(1, 'Can’t be empty').max(300, 'At most 300 characters').optional(),
  })
  .refine((given) => (given.id === undefined) !== (given.name === undefined), 'An id or a name');

/** A new property: a name or an address, its own phones, and who stands behind it in which role. */
export const createPropertySchema = z
  .strictObject({
    ...z.object(fields).partial().shape,
    people: z
      .array(z.strictObject({ person: personRef, role }))
      .max(20, 'At most 20')
      .default([]),
    organizations: z
      .array(z.strictObject({ organization: organizationRef, role }))
      .max(20, 'At most 20')
      .default([]),
    phones: z.array(z.strictObject({ value, label })).max(20, 'At most 20').default([]),
  })
  .refine((property) => property.name || property.address, {
    message: 'A name or an address is needed',
    path: ['name'],
  });
export type CreateProperty = z.infer<typeof createPropertySchema>;

/** A change of a property: only the fields that change. */
export const updatePropertySchema = z
  .strictObject(z.object(fields).partial().shape)
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type UpdateProperty = z.infer<typeof updatePropertySchema>;

/** Links a person to a property in a role. */
export const linkPersonSchema = z.strictObject({ person: personRef, role });
/** Links an organization to a property in a role. */
export const linkOrganizationSchema = z.strictObject({ organization: organizationRef, role });

/** Which link to take away, as the query of a DELETE. */
export const linkQuery = z.strictObject({ link: z.guid('Not an id') });

/** Who owns a property, and the record that stands behind it. */
export type OwnerBrief = {
  id: string;
  name: string;
  kind: string;
  person_id: string | null;
  organization_id: string | null;
};

/** A property in the list; `parties` are at most 20 people, then at most 20 organizations. */
export type PropertyRow = {
  id: string;
  name: string;
  address: string | null;
  city: string | null;
  county: string | null;
  state: string | null;
  zip: string | null;
  market: string | null;
  submarket: string | null;
  units: number | null;
  sqft: number | null;
  completion_date: string | null;
  tags: string[];
  sources: string[];
  assigned_to: string | null;
  last_activity_at: string | null;
  created_at: string;
  owner: OwnerBrief | null;
  parties: { kind: 'person' | 'organization'; id: string; name: string | null; roles: string[] }[];
  phones: PhoneBrief[];
};

/** A property with all that hangs on it, as its page shows it. `name` is null where only the address is known. */
export type PropertyDetail = {
  id: string;
  name: string | null;
  address: string | null;
  city: string | null;
  county: string | null;
  state: string | null;
  zip: string | null;
  market: string | null;
  submarket: string | null;
  units: number | null;
  sqft: number | null;
  completion_date: string | null;
  latitude: number | null;
  longitude: number | null;
  tags: string[];
  sources: string[];
  assigned_to: string | null;
  details: Record<string, unknown>;
  last_activity_at: string | null;
  created_at: string;
  edited_at: string | null;
  edited_by: string | null;
  deleted_at: string | null;
  owner: OwnerBrief | null;
  phones: PhoneDetail[];
  people: {
    link_id: string;
    id: string;
    name: string | null;
    title: string | null;
    lead_status: string;
    role: string;
    /** The primary phone in E.164, and as the workspace's country writes it. */
    phone: string | null;
    phone_display: string | null;
    email: string | null;
  }[];
  organizations: { link_id: string; id: string; name: string; kind: string | null; role: string }[];
};
