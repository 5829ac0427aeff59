import { z } from 'zod';
import type { TimelinePage } from '@/modules/activities/domain';
import type {
  EmailBrief,
  EmailDetail,
  LinkedInBrief,
  LinkedInDetail,
  PhoneBrief,
  PhoneDetail,
} from '@/modules/contact-points/domain';
import { tagsSchema } from '@/modules/records/schema';
import { contactRoles, type OwnerKind, ownerKinds, preferredChannels } from './domain';

const point = z.string().trim().max(500, 'At most 500 characters').nullish();
const kind = z.enum(ownerKinds, `One of ${ownerKinds.join(', ')}`);
const assigned_to = z.guid('A member’s id').nullable();
const name = (max: number) =>
  z.string().trim().min(1, 'Can’t be empty').max(max, `At most ${max} characters`);

/** A new owner. `person_id` or `organization_id` says who it is where an e-mail or phone is shared by several. */
export const createOwnerSchema = z
  .strictObject({
    name: name(300),
    kind: kind.default('individual'),
    email: point,
    phone: point,
    assigned_to: assigned_to.optional(),
    person_id: z.guid('Not an id').optional(),
    organization_id: z.guid('Not an id').optional(),
  })
  .refine((given) => !(given.person_id && given.organization_id), {
    message: 'An owner is one person or one organization',
    path: ['person_id'],
  });
export type CreateOwner = z.infer<typeof createOwnerSchema>;

/** A change of an owner: only the fields that change. */
export const updateOwnerSchema = z
  .strictObject({
    display_name: name(300).optional(),
    legal_name: z
      .string()
      .trim()
      .max(300, 'At most 300 characters')
      .transform((value) => value || null)
      .nullable()
      .optional(),
    kind: kind.optional(),
    tags: tagsSchema.optional(),
    assigned_to: assigned_to.optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type UpdateOwner = z.infer<typeof updateOwnerSchema>;

const contactFields = {
  role: z.enum(contactRoles, `One of ${contactRoles.join(', ')}`),
  preferred_channel: z.enum(preferredChannels, `One of ${preferredChannels.join(', ')}`).nullable(),
  notes: z
    .string()
    .trim()
    .max(5000, 'At most 5,000 characters')
    .transform((value) => value || null)
    .nullable(),
};

/** Somebody who speaks for an owner: a person who is here already, or a new one by name with how to reach them. */
export const addContactSchema = z
  .strictObject({
    person_id: z.guid('Not an id').optional(),
    name: name(300).optional(),
    email: point,
    phone: point,
    role: contactFields.role.default('owner'),
    preferred_channel: contactFields.preferred_channel.default(null),
    notes: contactFields.notes.default(null),
  })
  .refine((given) => (given.person_id === undefined) !== (given.name === undefined), {
    message: 'A person who is here already, or the name of a new one',
    path: ['name'],
  });
export type AddContact = z.infer<typeof addContactSchema>;

/** Changes what a contact is to the owner. */
export const updateContactSchema = z
  .strictObject({ contact: z.guid('Not an id'), ...z.object(contactFields).partial().shape })
  .refine((given) => Object.keys(given).length > 1, 'This changes nothing');
export type UpdateContact = z.infer<typeof updateContactSchema>;

/** Which contact to take away, as the query of a DELETE. */
export const contactQuery = z.strictObject({ contact: z.guid('Not an id') });

/** Opens the conversation with an owner, about a property or about none in particular. */
export const openThreadSchema = z.strictObject({ property_id: z.guid('Not an id').nullish() });

/** How a new owner's party was found: by what, and who it is. */
export type FoundParty = {
  by: 'email' | 'phone' | 'name';
  kind: 'person' | 'organization';
  id: string;
  name: string | null;
};

/** An owner just asked for. `created` is false where the party was an owner already. */
export type CreatedOwner = { id: string; created: boolean; name: string | null; found: FoundParty | null };

/** An owner in the list; counts go no further than 100. */
export type OwnerRow = {
  id: string;
  name: string;
  kind: OwnerKind;
  tags: string[];
  assigned_to: string | null;
  person_id: string | null;
  organization_id: string | null;
  next_step_at: string | null;
  last_activity_at: string | null;
  last_contacted_at: string | null;
  created_at: string;
  property_count: number;
  card_count: number;
  emails: EmailBrief[];
  phones: PhoneBrief[];
  linkedin: LinkedInBrief[];
};

/** The figures above the list; each is what the list finds with the filter of its name. */
export type OwnerFigures = { owners: number; contacted: number; due: number; with_card: number };

/** Somebody who speaks for an owner. */
export type OwnerContact = {
  id: string;
  person_id: string;
  name: string | null;
  title: string | null;
  role: string;
  preferred_channel: string | null;
  notes: string | null;
  emails: EmailBrief[];
  phones: PhoneBrief[];
  linkedin: LinkedInBrief[];
};

/** A property of an owner, with its card: the one under way, else the latest. */
export type OwnedProperty = {
  id: string;
  name: string;
  address: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  units: number | null;
  card: {
    id: string;
    stage: string;
    result: 'open' | 'won' | 'lost';
    score: number | null;
    assigned_to: string | null;
    stage_entered_at: string;
    sla_breached_at: string | null;
  } | null;
};

/** A conversation with an owner. */
export type OwnerThread = {
  id: string;
  conversation_id: string;
  subject: string;
  property_id: string | null;
  last_message_at: string | null;
  last_message: string | null;
};

/** Somebody who works at the organization that owns: `title` is what they are there. */
export type OwnerStaff = Omit<OwnerContact, 'id' | 'role' | 'preferred_channel' | 'notes'>;

/** An owner with all that its page shows. */
export type OwnerBundle = {
  owner: {
    id: string;
    kind: OwnerKind;
    person_id: string | null;
    organization_id: string | null;
    legal_name: string | null;
    display_name: string;
    tags: string[];
    assigned_to: string | null;
    created_by: string | null;
    last_activity_at: string | null;
    last_contacted_at: string | null;
    next_step_at: string | null;
    created_at: string;
    updated_at: string;
    deleted_at: string | null;
  };
  party: {
    kind: 'person' | 'organization';
    id: string;
    name: string | null;
    title: string | null;
    city: string | null;
    state: string | null;
    deleted_at: string | null;
    phones: PhoneDetail[];
    emails: EmailDetail[];
    linkedin?: LinkedInDetail[];
  };
  contacts: OwnerContact[];
  /** Who works at the organization that owns, and is no contact of the owner yet. */
  staff: OwnerStaff[];
  properties: OwnedProperty[];
  threads: OwnerThread[];
  open_tasks: number;
  /** The latest 50 entries. */
  timeline: TimelinePage;
};
