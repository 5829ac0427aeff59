import { z } from 'zod';

/** The outcomes that a mail may follow, in the order of the screens. */
export const followupOutcomes = ['pending_signup', 'no_answer', 'invalid_number'] as const;
export type FollowupOutcome = (typeof followupOutcomes)[number];

/** The least and the most of each rule; the hours are those of 47 CFR 64.1200(c)(1), and may only be narrower. */
export const callingLimits = { opens: '08:00', closes: '21:00', delayMinutes: 20_160 } as const;

const count = (least: number, most: number) =>
  z
    .number('Enter a number')
    .int('Enter a whole number')
    .min(least, `At least ${least.toLocaleString('en-US')}`)
    .max(most, `At most ${most.toLocaleString('en-US')}`);

const time = z
  .string('Enter a time')
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time, such as 09:00')
  .refine((value) => value >= callingLimits.opens, 'Not before 8:00 am: calls are only allowed from then on')
  .refine((value) => value <= callingLimits.closes, 'Not after 9:00 pm: calls are only allowed until then');

const spoken = (empty: string) => z.string(empty).trim().min(1, empty).max(1000, 'At most 1,000 characters');

/** What an admin may change of the rules of calls and texts; what is left out stays. Times are `HH:MM`, of the called party's place. */
export const updateCallingSettingsSchema = z
  .strictObject({
    hours_start: time,
    hours_end: time,
    lockout_number_minutes: count(0, 43_200),
    lockout_person_minutes: count(0, 525_600),
    calls_per_day: count(1, 20),
    texts_per_day: count(1, 50),
    stop_scope: z.enum(['person', 'owner', 'property'], 'person, owner or property'),
    is_recording: z.boolean('Yes or no'),
    greeting: spoken('Enter what callers hear first'),
    voicemail_greeting: spoken('Enter what callers hear before they leave a message'),
  })
  .partial()
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type UpdateCallingSettings = z.output<typeof updateCallingSettingsSchema>;

/** The rules as they hold. */
export type CallingSettings = Required<UpdateCallingSettings>;

const followupRule = z
  .strictObject({
    outcome: z.enum(followupOutcomes, 'pending_signup, no_answer or invalid_number'),
    template_id: z.guid('Choose a template'),
    via: z.enum(['gmail', 'sender'], 'gmail or sender'),
    sender_id: z.guid('Choose a sender').nullable().default(null),
    delay_minutes: count(0, callingLimits.delayMinutes),
    is_enabled: z.boolean('Yes or no').default(true),
  })
  .refine((rule) => (rule.via === 'sender') === (rule.sender_id !== null), {
    path: ['sender_id'],
    error: (issue) =>
      (issue.input as { via: string }).via === 'sender' ? 'Choose a sender' : 'A mailbox needs no sender',
  });
export type FollowupRuleInput = z.output<typeof followupRule>;

/** All rules of follow-up mails at once: an outcome that isn't among them has none. */
export const saveFollowupsSchema = z.strictObject({
  rules: z
    .array(followupRule)
    .max(followupOutcomes.length)
    .refine(
      (rules) => new Set(rules.map((rule) => rule.outcome)).size === rules.length,
      'One rule for each outcome',
    ),
});
export type SaveFollowups = z.output<typeof saveFollowupsSchema>;

/** What GET and PUT of `/api/calling/followups` answer. */
export type FollowupSetup = {
  /** `is_archived`: its template or its sender was put away; nothing follows until another is chosen. */
  rules: (FollowupRuleInput & { template_name: string; is_archived: boolean })[];
  templates: { id: string; name: string; subject: string; body: string }[];
  senders: { id: string; name: string; local_part: string }[];
  /** The caller's own, through which their follow-ups go. */
  mailbox: { address: string; status: 'connected' | 'reconnect' } | null;
  /** Whether there is an active domain that a sender's mail can go through. */
  has_domain: boolean;
};
