import { z } from 'zod';
import { outreachChannels, outreachOutcomes, outreachSubjects, sentiments } from './domain';

const id = z.guid('Not an id');
const moment = z.iso.datetime({
  offset: true,
  error: 'A date and time with its zone, such as 2026-11-21T15:04:00Z',
});
const field = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max.toLocaleString('en-US')} characters`)
    .transform((value) => value || null)
    .nullish();
const channel = z.enum(outreachChannels, `One of ${outreachChannels.join(', ')}`);
const outcome = z.enum(outreachOutcomes, `One of ${outreachOutcomes.join(', ')}`);

const subjects = {
  owner_id: id.optional(),
  person_id: id.optional(),
  organization_id: id.optional(),
  property_id: id.optional(),
  verification_id: id.optional(),
};
const maxAheadMs = 5 * 365 * 24 * 3_600_000;

/** An outreach as it is logged. What it is about leads to the rest: a card to its property and owner, an owner to its party. */
export const logOutreachSchema = z
  .strictObject({
    ...subjects,
    /** Somebody who speaks for the owner, by the id of that link. */
    contact_id: id.nullish(),
    channel,
    direction: z.enum(['out', 'in'], 'out or in').default('out'),
    subject: field(500),
    body: field(100_000),
    outcome: outcome.nullish(),
    sentiment: z.enum(sentiments, `One of ${sentiments.join(', ')}`).nullish(),
    next_step_at: moment.nullish(),
    occurred_at: moment.optional(),
    phone_id: id.nullish(),
    email_id: id.nullish(),
    linkedin_id: id.nullish(),
    template_id: id.nullish(),
  })
  .refine(
    (given) => Object.keys(subjects).some((key) => given[key as keyof typeof subjects]) || given.contact_id,
    {
      message:
        'Say whom or what it is about: owner_id, person_id, organization_id, property_id or verification_id',
      path: ['owner_id'],
    },
  )
  .refine((given) => !given.occurred_at || Date.parse(given.occurred_at) <= Date.now() + 60_000, {
    message: 'This is in the future',
    path: ['occurred_at'],
  })
  .refine(
    (given) =>
      !given.next_step_at ||
      Date.parse(given.next_step_at) > Date.parse(given.occurred_at ?? '') - 60_000 ||
      !given.occurred_at,
    {
      message: 'The next step comes after this',
      path: ['next_step_at'],
    },
  )
  .refine((given) => !given.next_step_at || Date.parse(given.next_step_at) < Date.now() + maxAheadMs, {
    message: 'Within five years',
    path: ['next_step_at'],
  });
export type LogOutreach = z.output<typeof logOutreachSchema>;

/** The query of the composer's contacts and templates. */
export const targetsQuery = z.strictObject({
  subject: z.enum(outreachSubjects, `One of ${outreachSubjects.join(', ')}`),
  id,
});

/** The query of outreach logged, newest first; `before` pages on. */
export const listOutreachQuery = z.strictObject({
  ...subjects,
  channel: channel.optional(),
  before: moment.optional(),
  limit: z.coerce.number('A number').int().min(1, 'At least 1').max(200, 'At most 200').default(100),
});

const templateFields = {
  name: z.string().trim().min(1, 'A template needs a name').max(80, 'At most 80 characters'),
  channel: channel.nullable(),
  subject: z
    .string()
    .trim()
    .max(500, 'At most 500 characters')
    .transform((value) => value || null)
    .nullable(),
  body: z.string().trim().min(1, 'Write something').max(20_000, 'At most 20,000 characters'),
  outcome: outcome.nullable(),
  next_step_days: z.int('A whole number').min(0, 'Not below zero').max(365, 'At most 365').nullable(),
};

/** A template of the workspace's own. */
export const createTemplateSchema = z.strictObject({
  ...templateFields,
  channel: templateFields.channel.default(null),
  subject: templateFields.subject.default(null),
  outcome: templateFields.outcome.default(null),
  next_step_days: templateFields.next_step_days.default(null),
});
export type CreateTemplate = z.output<typeof createTemplateSchema>;

/** A change of a template; `archived` takes it out of the composer and brings it back. */
export const updateTemplateSchema = z
  .strictObject({ ...z.object(templateFields).partial().shape, archived: z.boolean().optional() })
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type UpdateTemplate = z.output<typeof updateTemplateSchema>;
