import { z } from 'zod';

const count = (least: number, most: number, unit: string) =>
  z.coerce
    .number('Enter a number')
    .int('Enter a whole number')
    .min(least, `At least ${least} ${unit}`)
    .max(most, `At most ${most.toLocaleString('en-US')} ${unit}`);

/** As a person writes it, or copies it from a browser's address: `https://Mail.Acme.example/` */
const domain = z
  .string('Enter a domain')
  .trim()
  .toLowerCase()
  .transform((value) => value.replace(/^[a-z]+:\/\//, '').replace(/[/.]+$/, ''))
  .refine(
    (value) =>
      value.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(value),
    'Enter a domain, such as mail.company.example',
  );

const pace = {
  interval_seconds: count(0, 86_400, 'seconds'),
  jitter_seconds: count(0, 3600, 'seconds'),
  daily_cap: count(1, 1_000_000, 'e-mails'),
  /** The first day of a warm-up, `YYYY-MM-DD` of the workspace's calendar; null for a warm domain. */
  warmup_started_on: z.iso.date('Not a date').nullable(),
};

/** A new sending domain; what is left out is what the table says: 210 s and up to 30 more, 120 a day, warm. */
export const createDomainSchema = z.strictObject({ domain, ...z.object(pace).partial().shape });
export type CreateDomain = z.infer<typeof createDomainSchema>;

/** What an admin may change of a domain. */
export const updateDomainSchema = z
  .strictObject({
    ...z.object(pace).partial().shape,
    status: z.enum(['active', 'paused'], 'active or paused').optional(),
    paused_reason: z.string().trim().max(500, 'At most 500 characters').nullable().optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type UpdateDomain = z.infer<typeof updateDomainSchema>;

/** A field of a mail's header: a line break in it would begin another (RFC 5322, 2.2). */
const headerText = (most: number, empty: string) =>
  z
    .string(empty)
    .trim()
    .min(1, empty)
    .max(most, `At most ${most} characters`)
    .refine((value) => !/[\r\n]/.test(value), 'Without line breaks');

const emptyToNull = z.literal('').transform(() => null);

const sender = {
  name: headerText(100, 'Enter a name'),
  local_part: z
    .string('Enter what stands before the @')
    .trim()
    .toLowerCase()
    .regex(
      /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/,
      'Small letters, digits, dots, hyphens: what stands before the @',
    ),
  mailbox_id: z.union([emptyToNull, z.guid('Not a mailbox').nullable()]),
  reply_to: z.union([
    emptyToNull,
    z.email('Not an e-mail address').max(254, 'At most 254 characters').toLowerCase().nullable(),
  ]),
  signature: z.string().trim().max(2000, 'At most 2,000 characters'),
  postal_address: z
    .string('Enter a postal address')
    .trim()
    .min(5, 'Enter a postal address: the law asks for one in every commercial e-mail')
    .max(300, 'At most 300 characters'),
};

/** A new sender. */
export const createSenderSchema = z.strictObject({
  ...sender,
  mailbox_id: sender.mailbox_id.default(null),
  reply_to: sender.reply_to.default(null),
  signature: sender.signature.default(''),
});
export type CreateSender = z.infer<typeof createSenderSchema>;

/** What an admin may change of a sender; an archived one is offered to no new campaign. */
export const updateSenderSchema = z
  .strictObject({ ...z.object(sender).partial().shape, archived: z.boolean().optional() })
  .refine((given) => Object.keys(given).length > 0, 'This changes nothing');
export type UpdateSender = z.infer<typeof updateSenderSchema>;

/** A sending domain as its settings show it. */
export type SendingDomain = {
  id: string;
  domain: string;
  status: 'active' | 'paused';
  paused_reason: string | null;
  interval_seconds: number;
  jitter_seconds: number;
  next_send_at: string;
  daily_cap: number;
  warmup_started_on: string | null;
  breaker: 'closed' | 'open' | 'half_open';
  breaker_until: string | null;
  consecutive_errors: number;
  last_error: string | null;
  sent_today: number;
  queued: number;
};

/** A sender as its settings show it; `mailbox` is the address of `mailbox_id`. */
export type Sender = {
  id: string;
  name: string;
  local_part: string;
  mailbox_id: string | null;
  mailbox: string | null;
  reply_to: string | null;
  signature: string;
  postal_address: string;
  archived_at: string | null;
};

/** What `sending_settings` answers. `today`: `YYYY-MM-DD` of the workspace's calendar. */
export type SendingSettings = {
  today: string;
  domains: SendingDomain[];
  senders: Sender[];
  mailboxes: { id: string; address: string; status: 'connected' | 'reconnect' }[];
};

/** How the provider is set up, as far as a person has to know; secrets stay on the server. */
export type ProviderSetup = {
  /** The sentence that names what is unset, or null. */
  problem: string | null;
  webhookUrl: string;
  /** Null where user or password is unset: every event is refused then. */
  webhookUser: string | null;
  isEu: boolean;
};
