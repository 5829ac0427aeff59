import { z } from 'zod';
import { loggedKinds, loggedOutcomes, timelineSubjects } from './domain';

const id = z.guid('Not an id');
const moment = z.iso.datetime({
  offset: true,
  error: 'A date and time with its zone, such as 2026-11-21T15:04:00Z',
});

const subjects = {
  person_id: id.optional(),
  organization_id: id.optional(),
  property_id: id.optional(),
  owner_id: id.optional(),
  verification_id: id.optional(),
};
const isAbout = (given: { [key in keyof typeof subjects]?: string }) =>
  Boolean(
    given.person_id ?? given.organization_id ?? given.property_id ?? given.owner_id ?? given.verification_id,
  );
const aboutSomebody = {
  message:
    'Say whom or what it is about: person_id, organization_id, property_id, owner_id or verification_id',
  path: ['person_id'],
};

/** The query of a timeline. `before` is the `nextBefore` of the page above. */
export const timelineQuery = z.strictObject({
  subject: z.enum(timelineSubjects, `One of ${timelineSubjects.join(', ')}`),
  id,
  before: moment.optional(),
  limit: z.coerce.number('A number').int().min(1, 'At least 1').max(99, 'At most 99').default(30),
});

const body = z.string().trim().min(1, 'Write something').max(20_000, 'At most 20,000 characters');

export const createNoteSchema = z.strictObject({ body, ...subjects }).refine(isAbout, aboutSomebody);
export const updateNoteSchema = z.strictObject({ body });

/** Something that happened, logged by hand. */
export const createActivitySchema = z
  .strictObject({
    kind: z.enum(loggedKinds, `One of ${loggedKinds.join(', ')}`),
    direction: z.enum(['out', 'in'], 'out or in').default('out'),
    outcome: z.enum(loggedOutcomes, `One of ${loggedOutcomes.join(', ')}`).nullish(),
    subject: z.string().trim().max(500, 'At most 500 characters').nullish(),
    body: z.string().trim().max(100_000, 'At most 100,000 characters').nullish(),
    occurred_at: moment.optional(),
    next_step_at: moment.nullish(),
    phone_id: id.nullish(),
    email_id: id.nullish(),
    linkedin_id: id.nullish(),
    ...subjects,
  })
  .refine(isAbout, aboutSomebody)
  .refine((given) => !given.occurred_at || Date.parse(given.occurred_at) <= Date.now() + 60_000, {
    message: 'This is in the future',
    path: ['occurred_at'],
  });
export type CreateActivity = z.infer<typeof createActivitySchema>;

/** The query of the workspace's activities, newest first; `before` pages on. */
export const listActivitiesQuery = z.strictObject({
  ...subjects,
  kind: z.enum(loggedKinds, `One of ${loggedKinds.join(', ')}`).optional(),
  before: moment.optional(),
  limit: z.coerce.number('A number').int().min(1, 'At least 1').max(200, 'At most 200').default(50),
});
