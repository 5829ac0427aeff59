import { z } from 'zod';
import type { EmailBrief, EmailDetail, PhoneBrief, PhoneDetail } from '@/modules/contact-points/domain';
import { organizationKinds } from '@/modules/records/domain';
import { tagsSchema } from '@/modules/records/schema';
import { organizationStatuses } from './domain';

/** A text field: trimmed; an empty one clears the value. */
const field = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters`)
    .transform((value) => value || null)
    .nullable();

const kinds = Object.keys(organizationKinds) as [string, ...string[]];
const name = z.string().trim().min(1, 'Give it a name').max(300, 'At most 300 characters');
const label = z.string().trim().max(100, 'At most 100 characters').nullish();
const value = z.string().trim().min(1, 'Can’t be empty').max(500, 'At most 500 characters');

const fields = {
  kind: z.enum(kinds, `One of ${kinds.join(', ')}`).nullable(),
  category: field(100),
  website: field(500),
  address: field(500),
  city: field(200),
  state: field(100),
  zip: field(20),
  country: field(100),
  aum: field(200),
  year_founded: field(50),
  investment_prefs: field(5000),
  about: field(5000),
  industry: field(200),
  status: z.enum(organizationStatuses, `One of ${organizationStatuses.join(', ')}`),
  tags: tagsSchema,
  assigned_to: z.guid('A member’s id').nullable(),
};

/** Somebody who is known by id, or somebody new by name. */
export const personRef = z
  .strictObject({
    id: z.guid('Not an id').optional(),
    first_name: field(200).optional(),
    last_name: field(200).optional(),
  })
  .refine(
    (given) => (given.id !== undefined) !== Boolean(given.first_name || given.last_name),
    'An id or a name',
  );

/** A new organization. One of the same name (and state) is refused unless `allow_same_name` says that it is meant. */
export const createOrganizationSchema = z.strictObject({
  name,
  ...z.object(fields).partial().shape,
  people: z
    .array(z.strictObject({ person: personRef, title: field(300).optional() }))
    .max(20, 'At most 20')
    .default([]),
  phones: z.array(z.strictObject({ value, label })).max(20, 'At most 20').default([]),
  emails: z.array(z.strictObject({ value, label })).max(20, 'At most 20').default([]),
  allow_same_name: z.boolean().default(false),
});
export type CreateOrganization = z.infer<typeof createOrganizationSchema>;

/** A change of an organization: only the fields that change. */
export const updateOrganizationSchema = z
  .strictObject({ name: name.optional(), ...z.object(fields).partial().shape })
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type UpdateOrganization = z.infer<typeof updateOrganizationSchema>;

/** Links a person to an organization with a title. */
export const linkPersonSchema = z.strictObject({ person: personRef, title: field(300).optional() });
export type LinkPerson = z.infer<typeof linkPersonSchema>;

/** Changes what somebody is at an organization. */
export const updatePersonLinkSchema = z.strictObject({ link: z.guid('Not an id'), title: field(300) });

/** Links an organization to a property in a role. */
export const linkPropertySchema = z.strictObject({
  property: z.guid('Not an id'),
  role: z.enum(['owner', 'manager', 'trustee', 'special_servicer', 'developer'], 'Not a role'),
});

/** Which link to take away, as the query of a DELETE. */
export const linkQuery = z.strictObject({ link: z.guid('Not an id') });

/** An organization in the list; counts stop at 100. */
export type OrganizationRow = {
  id: string;
  name: string;
  kind: string | null;
  category: string | null;
  website: string | null;
  domain: string | null;
  city: string | null;
  state: string | null;
  aum: string | null;
  status: string;
  tags: string[];
  sources: string[];
  assigned_to: string | null;
  last_activity_at: string | null;
  created_at: string;
  people_count: number;
  property_count: number;
  emails: EmailBrief[];
  phones: PhoneBrief[];
};

/** An organization with all that hangs on it, as its page shows it. */
export type OrganizationDetail = {
  id: string;
  name: string;
  kind: string | null;
  category: string | null;
  website: string | null;
  domain: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string | null;
  aum: string | null;
  year_founded: string | null;
  investment_prefs: string | null;
  about: string | null;
  industry: string | null;
  status: string;
  tags: string[];
  sources: string[];
  assigned_to: string | null;
  details: Record<string, unknown>;
  last_activity_at: string | null;
  created_at: string;
  edited_at: string | null;
  edited_by: string | null;
  deleted_at: string | null;
  phones: PhoneDetail[];
  emails: EmailDetail[];
  /** The owner that stands on it, where there is one. */
  owner: { id: string; name: string } | null;
  people: { link_id: string; id: string; name: string | null; title: string | null; lead_status: string }[];
  properties: {
    link_id: string;
    id: string;
    name: string;
    address: string | null;
    city: string | null;
    state: string | null;
    units: number | null;
    role: string;
  }[];
};
