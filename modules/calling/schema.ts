import { z } from 'zod';
import type { Decision } from '@/modules/gate/domain';
import { leadStatuses } from '@/modules/people/domain';
import { type Claim, type HoldReason, outcomes, reachedWords } from './domain';
import type { CallFollowup } from './followup-words';

const id = z.guid('Not an id');
const asArray = (value: unknown) => (typeof value === 'string' ? [value] : value);
const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(asArray, z.array(item).max(50, 'At most 50 values')).optional();
const word = z.string().trim().min(1, 'Can’t be empty').max(200, 'At most 200 characters');
const yes = z.union([z.literal('yes'), z.literal(true)], 'yes').transform(() => true as const);
const outcome = z.enum(outcomes, `One of ${outcomes.join(', ')}`);

const filterShape = {
  /** Part of a number, a name, an organization, a property or an address. */
  q: z.string().trim().max(200, 'At most 200 characters').optional(),
  state: listOf(word),
  /** A role on its properties (`owner`, `manager`, …) or a kind of contact (`investor`, …). */
  role: listOf(word),
  last_outcome: listOf(outcome),
  lead_status: listOf(z.enum(leadStatuses, `One of ${leadStatuses.join(', ')}`)),
  min_properties: z.coerce
    .number('A number')
    .int('A whole number')
    .min(1, 'At least 1')
    .max(1_000_000)
    .optional(),
  never_called: yes.optional(),
  /** `due`: promised calls whose time has come; `any`: those whose time is still to come as well. */
  follow_up: z.enum(['due', 'any'], 'due or any').optional(),
  /** `now`: only where it is within calling hours. */
  open: z.literal('now', 'now').optional(),
  /** Only numbers that are held, in place of those that are not. */
  held: yes.optional(),
  /** A saved view of people: only their numbers. */
  people_view: id.optional(),
};

/** What the desk's functions take as their filter: the filters as they are, those not given left out. */
export type DeskFilter = z.output<typeof deskFilterSchema>;

/** A filter of the desk as the body of `next` and a saved view hold it. */
export const deskFilterSchema = z.strictObject(filterShape);

/** `GET /api/calls/desk`: filters (repeated for several values), `cursor`, `limit` (1 to 200). */
export const deskQuerySchema = z
  .strictObject({
    ...filterShape,
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number('A number').int().min(1, 'At least 1').max(200, 'At most 200').default(50),
  })
  .transform(({ cursor, limit, ...filter }) => ({ filter, cursor, limit }));
export type DeskQuery = z.output<typeof deskQuerySchema>;

/** `POST /api/calls/next`: `skip` are the numbers passed over in this sitting. */
export const nextCallSchema = z.strictObject({
  filter: deskFilterSchema.default({}),
  skip: z.array(id).max(1000, 'At most 1000 numbers').default([]),
});
export type NextCall = z.output<typeof nextCallSchema>;

/** `POST /api/phones/[id]/claim`. `take_over`: an admin takes it from whoever has it. */
export const claimSchema = z.strictObject({ take_over: z.boolean().default(false) });

const nextStep = z.iso.datetime({ offset: true, error: 'Not a date' });

/** `POST /api/phones/[id]/calls`: what a call came to. With `call_id`, of a call that was placed from here; the same twice is once. */
export const recordOutcomeSchema = z
  .strictObject({
    call_id: id.optional(),
    outcome,
    reached: z
      .enum(Object.keys(reachedWords) as [keyof typeof reachedWords, ...(keyof typeof reachedWords)[]])
      .optional(),
    /** The person who was confirmed, or who is the wrong one. */
    person_id: id.optional(),
    notes: z.string().max(20_000, 'At most 20,000 characters').default(''),
    email_captured: z.email('Not an e-mail address').max(254).optional(),
    next_step_at: nextStep.optional(),
    /** Why a number is not to be called. */
    reason: z.string().trim().max(500, 'At most 500 characters').optional(),
  })
  .superRefine((given, check) => {
    if (given.outcome === 'follow_up' && !given.next_step_at)
      check.addIssue({ code: 'custom', path: ['next_step_at'], message: 'Say when' });
    if (given.reached === 'confirmed' && !given.person_id)
      check.addIssue({ code: 'custom', path: ['person_id'], message: 'Say who it was' });
    if (given.next_step_at && Date.parse(given.next_step_at) <= Date.now())
      check.addIssue({ code: 'custom', path: ['next_step_at'], message: 'This has passed' });
  });
export type RecordOutcome = z.output<typeof recordOutcomeSchema>;

/** `POST /api/phones/[id]/holds`: set aside by hand, until a time or until somebody lifts it. */
export const holdByHandSchema = z.strictObject({ until: nextStep.nullable().default(null) });

/** One number of the desk's list. Instants are ISO 8601. */
export type DeskRow = {
  /** The phone's. */
  id: string;
  e164: string;
  line_type: 'mobile' | 'landline' | 'voip' | null;
  status: 'active' | 'invalid' | 'disconnected';
  /** At most 5 of `people_count`. */
  people: { id: string; name: string; lead_status: string; roles: string[] }[];
  people_count: number;
  /** At most 3 of `property_count`. */
  properties: { id: string; name: string; city: string | null; state: string | null }[];
  property_count: number;
  /** At most 3. */
  organizations: { id: string; name: string }[];
  states: string[];
  last_outcome: string | null;
  last_called_at: string | null;
  last_called_by: { id: string; name: string } | null;
  call_count: number;
  follow_up_at: string | null;
  rule: 1 | 2 | 3;
  zones: string[];
  is_open: boolean;
  /** The first instant within hours in all of its zones; null where it is open. */
  opens_at: string | null;
  /** The hold that lasts longest; `until` null: until somebody lifts it. */
  held: { reason: HoldReason; until: string | null } | null;
  claim: Claim | null;
};

/** One page of the desk. */
export type DeskPage = { rows: DeskRow[]; next_cursor: string | null };

/** Somebody behind a number, with all that a caller needs to see. */
export type DeskPerson = {
  id: string;
  name: string;
  title: string | null;
  lead_status: string;
  /** Kinds of contact, and roles on the number's properties. */
  roles: string[];
  city: string | null;
  state: string | null;
  label: string | null;
  emails: { id: string; address: string; status: string; is_primary: boolean }[];
  /** Their other numbers. */
  phones: { id: string; e164: string; status: string; do_not_call: boolean }[];
  organization: { id: string; name: string } | null;
  owner_id: string | null;
  assigned_to: { id: string; name: string } | null;
  notes_count: number;
};

/** A property behind a number. */
export type DeskProperty = {
  id: string;
  name: string;
  address: string | null;
  city: string | null;
  state: string | null;
  units: number | null;
  owner: { id: string; name: string } | null;
};

/** A call as the panel's history shows it. */
export type DeskCall = {
  id: string;
  direction: 'out' | 'in';
  via: 'manual' | 'phone' | 'browser';
  status: string;
  started_at: string;
  duration_seconds: number | null;
  outcome: string | null;
  reached: string | null;
  person: { id: string; name: string } | null;
  by: { id: string; name: string } | null;
  notes: string;
  next_step_at: string | null;
  email_captured: string | null;
  has_recording: boolean;
  is_voicemail: boolean;
  undone_at: string | null;
  /** The mail that follows it; null where none does. */
  followup: CallFollowup | null;
  /** The caller may take its outcome back: theirs and within the hour, or an admin's to do. */
  can_undo: boolean;
};

/** A hold that stands, on the number, one of its people or one of its properties. */
export type DeskHold = {
  id: string;
  reason: HoldReason;
  until: string | null;
  about: { kind: 'phone' | 'person' | 'property'; id: string; name: string | null };
  by: string | null;
  created_at: string;
};

/** A text as the panel shows it. */
export type DeskText = {
  id: string;
  direction: 'out' | 'in';
  body: string;
  status: string;
  delivery: string | null;
  at: string;
};

/** All that the panel of a number shows, in one round trip. */
export type DeskBundle = {
  row: DeskRow & {
    do_not_call: boolean;
    do_not_call_reason: string | null;
    sms_opted_out: boolean;
  };
  people: DeskPerson[];
  properties: DeskProperty[];
  organizations: { id: string; name: string; kind: string | null; status: string }[];
  /** What the gate says of a call now. */
  gate: Decision;
  /** The last 20, latest first. */
  calls: DeskCall[];
  holds: DeskHold[];
  /** The last 20, latest first. */
  texts: DeskText[];
  /** Our own. */
  numbers: { id: string; e164: string; label: string; features: string[]; is_default_sender: boolean }[];
  can: { dial: 'phone' | 'browser' | 'manual'; text: boolean };
};

/** What `POST /api/calls/next` answers: a number that is the caller's now, or none, and when the next one opens. */
export type NextAnswer =
  | { row: { id: string; e164: string; claim: { user_id: string; name: string; expires_at: string } } }
  | { none: true; opens_at: string | null };

/** What an outcome's saving answers; `siblings`: other numbers of the owner that went off the list. */
export type RecordedCall = {
  call: DeskCall & { phone_id: string; activity_id: string | null };
  siblings: number;
  followup?: { state: string; run_at: string | null; to: string | null };
};

/** What taking an outcome back answers. `stays`: what had gone out already and can't be taken back. */
export type UndoneCall = { call: DeskCall & { phone_id: string }; stays: string[] };
