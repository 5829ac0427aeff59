import { z } from 'zod';
import type {
  EmailBrief,
  EmailDetail,
  LinkedInBrief,
  LinkedInDetail,
  PhoneBrief,
  PhoneDetail,
} from '@/modules/contact-points/domain';
import { tagsSchema } from '@/modules/records/schema';
import { leadStatuses } from './domain';

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

const personFields = {
  first_name: field(200),
  last_name: field(200),
  title: field(300),
  lead_status: z.enum(leadStatuses, `One of ${leadStatuses.join(', ')}`),
  tags: tagsSchema,
  contact_types: tagsSchema,
  city: field(200),
  state: field(100),
  assigned_to: z.guid('A member’s id').nullable(),
};

/** An organization by id, or by name: the one of exactly that name, else a new one. */
const organizationRef = z
  .strictObject({
    id: z.guid('Not an id').optional(),
    name: z.string().trim().min(1, 'Can’t be empty').max(300, 'At most 300 characters').optional(),
    title: field(300).optional(),
  })
  .refine((given) => (given.id === undefined) !== (given.name === undefined), 'An id or a name');

/** A new person. A name, or at least one way to reach them. */
export const createPersonSchema = z
  .strictObject({
    ...z.object(personFields).partial().shape,
    organizations: z.array(organizationRef).max(20, 'At most 20').default([]),
    phones: z.array(z.strictObject({ value, label })).max(20, 'At most 20').default([]),
    emails: z.array(z.strictObject({ value, label })).max(20, 'At most 20').default([]),
    linkedin: z.array(z.strictObject({ value, label })).max(5, 'At most 5').default([]),
  })
  .refine(
    (person) =>
      person.first_name ||
      person.last_name ||
      person.phones.length + person.emails.length + person.linkedin.length > 0,
    { message: 'A name, an e-mail, a phone or a LinkedIn profile is needed', path: ['first_name'] },
  );
export type CreatePerson = z.infer<typeof createPersonSchema>;

/** A change of a person: only the fields that change. */
export const updatePersonSchema = z
  .strictObject(z.object(personFields).partial().shape)
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type UpdatePerson = z.infer<typeof updatePersonSchema>;

/** Links a person to an organization. */
export const linkOrganizationSchema = z.strictObject({
  organization: organizationRef,
  title: field(300).optional(),
  is_primary: z.boolean().default(false),
});

/** Changes a link between a person and an organization. */
export const updateOrganizationLinkSchema = z
  .strictObject({
    link: z.guid('Not an id'),
    title: field(300).optional(),
    is_primary: z.literal(true, 'Only true').optional(),
  })
  .refine((given) => Object.keys(given).length > 1, 'This changes nothing');

/** Links a person to a property. */
export const linkPropertySchema = z.strictObject({
  property: z.guid('Not an id'),
  role: z.enum(['owner', 'manager', 'trustee', 'special_servicer', 'developer'], 'Not a role'),
});

/** Which link to take away, as the query of a DELETE. */
export const linkQuery = z.strictObject({ link: z.guid('Not an id') });

/** A person in the list. */
export type PersonRow = {
  id: string;
  name: string | null;
  title: string | null;
  lead_status: string;
  contact_types: string[];
  tags: string[];
  sources: string[];
  assigned_to: string | null;
  city: string | null;
  state: string | null;
  last_activity_at: string | null;
  created_at: string;
  organization: { id: string; name: string; kind: string | null } | null;
  emails: EmailBrief[];
  phones: PhoneBrief[];
  linkedin: LinkedInBrief[];
};

/** A person with all that hangs on them, as their page shows it. */
export type PersonDetail = {
  id: string;
  first_name: string | null;
  last_name: string | null;
  display_name: string | null;
  title: string | null;
  lead_status: string;
  contact_types: string[];
  tags: string[];
  sources: string[];
  assigned_to: string | null;
  city: string | null;
  state: string | null;
  details: Record<string, unknown>;
  last_activity_at: string | null;
  created_at: string;
  edited_at: string | null;
  edited_by: string | null;
  deleted_at: string | null;
  phones: PhoneDetail[];
  emails: EmailDetail[];
  linkedin: LinkedInDetail[];
  /** The owner that stands on them, where there is one. */
  owner: { id: string; name: string } | null;
  organizations: {
    link_id: string;
    id: string;
    name: string;
    kind: string | null;
    title: string | null;
    is_primary: boolean;
    city: string | null;
    state: string | null;
  }[];
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

/** Somebody who could be the same person. */
export type Suggestion = {
  id: string;
  reason: string;
  person: { id: string; name: string | null; title: string | null };
};
