import { z } from 'zod';
import { isTimeZone } from '@/lib/time-zone';
import { peopleList } from '@/modules/people/domain';
import { countQuerySchema } from '@/modules/records/schema';
import {
  campaignStatuses,
  conditions,
  delayMinutes,
  edgesLimit,
  exitConditions,
  formats,
  leftOutReasons,
  queueStatuses,
  recipientStatuses,
  stepsLimit,
  stopScopes,
  zonesOf,
} from './domain';

const id = z.guid('Not an id');
const moment = z.iso.datetime({
  offset: true,
  error: 'A date and time with its zone, such as 2026-11-21T15:04:00Z',
});
const name = (max: number) => z.string().trim().min(1, 'Needs a name').max(max, `At most ${max} characters`);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 09:00');
// RFC 5322, 2.2: a line break in a header field begins another field
const headerText = (max: number) =>
  z
    .string()
    .max(max, `At most ${max} characters`)
    .refine((value) => !/[\r\n]/.test(value), 'Can’t hold a line break');
const limit = z.coerce
  .number('A number')
  .int('A whole number')
  .min(1, 'At least 1')
  .max(200, 'At most 200')
  .default(50);
const cursor = z.string().max(2000, 'Not a cursor').optional();
const asArray = (value: unknown) => (typeof value === 'string' ? [value] : value);

/** Parameters of the routes below `/api/campaigns/[id]`. A malformed id is nobody's: 404, as a stranger's. */
export const recipientParams = z.strictObject({ id: z.string(), rid: z.string() });
export const emailParams = z.strictObject({ id: z.string(), eid: z.string() });

/** Query of `GET /api/campaigns`. */
export const listCampaignsQuery = z.strictObject({
  status: z.preprocess(asArray, z.array(z.enum(campaignStatuses, 'Not a status'))).optional(),
  q: z.string().trim().max(200, 'At most 200 characters').default(''),
  cursor,
  limit,
});
export type ListCampaigns = z.output<typeof listCampaignsQuery>;

/** Body of `POST /api/campaigns`: a draft with one empty mail, in the workspace's zone. */
export const createCampaignSchema = z.strictObject({
  name: name(120),
  format: z.enum(formats, 'text or html').default('text'),
});
export type CreateCampaign = z.output<typeof createCampaignSchema>;

const settings = {
  name: name(120),
  sender_id: id.nullable(),
  /** `unsubscribe`, `bounce` and `complaint` always end it; `reply` may be left out. */
  exit_conditions: z
    .array(z.enum(exitConditions, `One of ${exitConditions.join(', ')}`))
    .refine(
      (given) => ['unsubscribe', 'bounce', 'complaint'].every((each) => given.some((one) => one === each)),
      'An unsubscribe, a bounce and a complaint always end it',
    )
    .transform((given) => [...new Set(given)]),
  stop_scope: z.enum(stopScopes, `One of ${stopScopes.join(', ')}`),
  hours_start: time,
  hours_end: time,
  /** ISO: 1 is Monday. */
  days: z
    .array(z.number().int().min(1, '1 is Monday').max(7, '7 is Sunday'))
    .min(1, 'At least one day')
    .transform((given) => [...new Set(given)].sort()),
  zone_of: z.enum(zonesOf, `One of ${zonesOf.join(', ')}`),
  time_zone: z.string().max(64).refine(isTimeZone, 'Choose a time zone such as America/Chicago'),
  skip_holidays: z.boolean(),
  starts_at: moment.nullable(),
};
/** Body of `PATCH /api/campaigns/[id]`: what changes. Sender and format: drafts only. `format` is changed with the steps. */
export const updateCampaignSchema = z
  .strictObject(z.object(settings).partial().shape)
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing')
  .refine((given) => !given.hours_start || !given.hours_end || given.hours_start < given.hours_end, {
    message: 'Must be after the beginning',
    path: ['hours_end'],
  });
export type UpdateCampaign = z.output<typeof updateCampaignSchema>;

/** A part of a mail: fixed text (or HTML, by the campaign's format), or what the model is told to write. */
export const sectionSchema = z.strictObject({
  id,
  kind: z.enum(['fixed', 'ai'], 'fixed or ai'),
  content: z.string().max(50_000, 'At most 50,000 characters'),
});
export type Section = z.output<typeof sectionSchema>;

export const stepSchema = z.strictObject({
  /** Made by the caller, so that the screen knows it before the answer comes. */
  id,
  name: name(80),
  /** One, or two for A/B. Empty: "Re: " and the subject of the first mail. */
  subjects: z.array(headerText(300)).min(1, 'A subject').max(2, 'At most two subjects'),
  sections: z.array(sectionSchema).max(20, 'At most 20 sections'),
});
export type Step = z.output<typeof stepSchema>;

const whole = (max: number) =>
  z.number().int('A whole number').min(0, 'At least 0').max(max, `At most ${max}`);
export const edgeSchema = z.strictObject({
  from: id,
  to: id,
  days: whole(365).default(0),
  hours: whole(23).default(0),
  minutes: whole(59).default(0),
  condition: z.enum(conditions, `One of ${conditions.join(', ')}`).default('no_reply'),
});
export type Edge = z.output<typeof edgeSchema>;

/**
 * Body of `PUT /api/campaigns/[id]/steps`: the whole graph, and the version that it was made from. Edges of one step are
 * asked in the order given. A draft may be unfinished (unreachable steps, empty mails): launching refuses that.
 */
export const saveStepsSchema = z
  .strictObject({
    version: z.number().int().min(1),
    format: z.enum(formats, 'text or html').optional(),
    entry_step_id: id.nullable(),
    steps: z.array(stepSchema).max(stepsLimit, `At most ${stepsLimit} e-mails`),
    edges: z.array(edgeSchema).max(edgesLimit, `At most ${edgesLimit} ways`),
  })
  .superRefine(({ entry_step_id, steps, edges }, issues) => {
    const known = new Set(steps.map((step) => step.id));
    const complain = (path: (string | number)[], message: string) =>
      issues.addIssue({ code: 'custom', path, message });
    for (const [at, step] of steps.entries()) {
      if (steps.findIndex((each) => each.id === step.id) < at)
        complain(['steps', at, 'id'], 'Is there twice');
    }
    if (entry_step_id && !known.has(entry_step_id)) complain(['entry_step_id'], 'No e-mail of this campaign');
    for (const [at, edge] of edges.entries()) {
      if (!known.has(edge.from)) complain(['edges', at, 'from'], 'No e-mail of this campaign');
      if (!known.has(edge.to)) complain(['edges', at, 'to'], 'No e-mail of this campaign');
      if (edge.from === edge.to && delayMinutes(edge) === 0) {
        complain(['edges', at, 'to'], 'An e-mail can’t lead to itself at once');
      }
    }
  });
export type SaveSteps = z.output<typeof saveStepsSchema>;

const ids = z
  .array(id)
  .min(1, 'Say who')
  .max(1000, 'At most 1,000 at once')
  .transform((given) => [...new Set(given)]);

/** Body of `POST /api/campaigns/[id]/recipients`: people by id, by a saved view of people, or by what the people list filters by (`{ lead_status: ['hot'], has_email: 'yes' }`). */
export const addRecipientsSchema = z.union(
  [
    z.strictObject({ ids }),
    z.strictObject({ view_id: id }),
    z.strictObject({ filter: countQuerySchema(peopleList), q: z.string().trim().max(200).default('') }),
  ],
  'Give ids, view_id or filter',
);
export type AddRecipients = z.output<typeof addRecipientsSchema>;

/** Body of `DELETE /api/campaigns/[id]/recipients`: recipients (not people) by id, or all of a draft's. */
export const removeRecipientsSchema = z.union(
  [z.strictObject({ ids }), z.strictObject({ all: z.literal(true) })],
  'Give ids or all',
);
export type RemoveRecipients = z.output<typeof removeRecipientsSchema>;

/** Body of `PATCH /api/campaigns/[id]/recipients/[rid]`: another of the person's addresses. */
export const updateRecipientSchema = z.strictObject({ email_id: id });

/** Query of `GET /api/campaigns/[id]/recipients`. */
export const listRecipientsQuery = z.strictObject({
  status: z.enum(recipientStatuses, `One of ${recipientStatuses.join(', ')}`).optional(),
  q: z.string().trim().max(200, 'At most 200 characters').default(''),
  cursor,
  limit,
});
export type ListRecipients = z.output<typeof listRecipientsQuery>;

/** Query of `GET /api/campaigns/[id]/left-out`. */
export const listLeftOutQuery = z.strictObject({
  reason: z.enum(leftOutReasons, 'Not a reason').optional(),
  cursor,
  limit,
});
export type ListLeftOut = z.output<typeof listLeftOutQuery>;

/** Query of `GET /api/campaigns/[id]/emails`. */
export const listEmailsQuery = z.strictObject({
  status: z.enum(queueStatuses, `One of ${queueStatuses.join(', ')}`).optional(),
  step: id.optional(),
  variant: z.enum(['0', '1'], '0 or 1').transform(Number).optional(),
  q: z.string().trim().max(200, 'At most 200 characters').default(''),
  cursor,
  limit,
});
export type ListEmails = z.output<typeof listEmailsQuery>;

/** Body of `PATCH /api/campaigns/[id]/emails/[eid]`: a mail that nobody has accepted yet. HTML only where the campaign has it. */
export const editEmailSchema = z
  .strictObject({
    subject: headerText(500).pipe(z.string().trim().min(1, 'A subject')).optional(),
    body_text: z
      .string()
      .trim()
      .min(1, 'Can’t be empty')
      .max(200_000, 'At most 200,000 characters')
      .optional(),
    body_html: z
      .string()
      .trim()
      .min(1, 'Can’t be empty')
      .max(400_000, 'At most 400,000 characters')
      .optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type EditEmail = z.output<typeof editEmailSchema>;

/** Body of `POST /api/campaigns/[id]/accept`: mails by id, or all that are in review. */
export const acceptSchema = z.union(
  [z.strictObject({ ids }), z.strictObject({ all: z.literal(true) })],
  'Give ids or all',
);
export type Accept = z.output<typeof acceptSchema>;

/** Body of `DELETE /api/campaigns/[id]/emails`. */
export const removeEmailsSchema = z.strictObject({ ids });

/** Body of `POST /api/campaigns/[id]/preview`. Without a recipient: of the first one, else of made-up fields. */
export const previewSchema = z.strictObject({
  step_id: id,
  recipient_id: id.nullish(),
  variant: z.literal([0, 1], '0 or 1').default(0),
});
export type PreviewRequest = z.output<typeof previewSchema>;

/** Body of `POST /api/campaigns/[id]/test-send`. */
export const testSendSchema = z.strictObject({
  step_id: id,
  recipient_id: id.nullish(),
  variant: z.literal([0, 1], '0 or 1').default(0),
  to: z
    .string()
    .trim()
    .toLowerCase()
    .max(254, 'At most 254 characters')
    .pipe(z.email('Not an e-mail address')),
});
export type TestSend = z.output<typeof testSendSchema>;

/** The copy that a launch keeps in `campaign_launches.snapshot`. */
export type Snapshot = {
  entryStepId: string;
  format: 'text' | 'html';
  sender: {
    id: string;
    name: string;
    localPart: string;
    replyTo: string | null;
    mailboxId: string | null;
    mailboxAddress: string | null;
    signature: string;
    postalAddress: string;
  };
  steps: SnapshotStep[];
};
export type SnapshotStep = {
  id: string;
  name: string;
  subjects: string[];
  sections: Section[];
  /** In the order they are asked. */
  edges: SnapshotEdge[];
};
export type SnapshotEdge = {
  to: string;
  days: number;
  hours: number;
  minutes: number;
  condition: 'no_reply' | 'opened' | 'clicked' | 'replied' | 'always';
};

/** What a mail is filled with: `merge_fields` of one recipient. Null and the empty text: not known. */
export type Fields = Record<string, string | number | null>;
