import { z } from 'zod';

const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters`)
    .regex(/^[^\r\n]*$/, 'A single line');

/** Body of `POST /api/mailboxes/connect`. */
export const connectSchema = z.strictObject({ address: z.email('An e-mail address').max(254).optional() });

/** What Google sends back; more may come along (`authuser`, `prompt`). */
export const callbackQuery = z.object({
  code: z.string().max(2000).optional(),
  state: z.string().max(200).optional(),
  error: z.string().max(200).optional(),
});

/** Query of `GET /api/inbound-emails`. `after` is the `next` of the page before. */
export const listInboundQuery = z.strictObject({
  shown: z.enum(['replies', 'possible', 'other'], 'replies, possible or other').default('replies'),
  campaign: z.guid('An id').optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number('A number').int().min(1, 'At least 1').max(100, 'At most 100').default(50),
});

/** Body of `POST /api/inbound-emails/[id]/decision`. */
export const decisionSchema = z.strictObject({
  verdict: z.enum(['confirm', 'dismiss', 'reopen'], 'confirm, dismiss or reopen'),
});

/**
 * Body of `POST /api/people/[id]/mail`. The same `id` twice is one mail. `answers` is a mail that came in, `follows` one
 * of ours: either puts it into that thread.
 */
export const directMailSchema = z.strictObject({
  id: z.guid('An id'),
  mailbox_id: z.guid('Choose a mailbox'),
  email_id: z.guid('Choose an address'),
  subject: oneLine(500).min(1, 'Say what it is about'),
  body: z.string().trim().min(1, 'Write something').max(100_000, 'At most 100,000 characters'),
  answers: z.guid('An id').optional(),
  follows: z.guid('An id').optional(),
});

export const mailParams = z.strictObject({ id: z.string(), mail: z.string() });

export type ListInbound = z.infer<typeof listInboundQuery>;
export type DirectMail = z.infer<typeof directMailSchema>;

/** A mailbox as the settings show it. Times are ISO 8601. */
export type MailboxRow = {
  id: string;
  address: string;
  status: 'connected' | 'reconnect' | 'disconnected';
  synced_at: string | null;
  last_error: string | null;
  user_id: string | null;
  user_name: string | null;
  is_mine: boolean;
  /** Replies of the last 30 days. */
  replies: number;
};

/** `GET /api/mailboxes`; `missing` names the settings without which none can be connected. */
export type MailboxPage = { mailboxes: MailboxRow[]; missing: string[] };

type Named = { id: string; name: string | null };

/** A mail that came in, as lists show it. */
export type InboundRow = {
  id: string;
  kind: 'reply' | 'possible' | 'auto_reply' | 'delivery_failure' | 'dismissed';
  matched_by: 'token' | 'header' | 'sender' | 'person' | null;
  from_name: string | null;
  from_address: string;
  subject: string | null;
  snippet: string;
  received_at: string;
  person: Named | null;
  campaign: Named | null;
  decided_at: string | null;
  decided_by: string | null;
};

/** A page of them, the newest first; `possible` counts those that wait, up to 100. */
export type InboundPage = { rows: InboundRow[]; possible: number; next: string | null };

/** `GET /api/inbound-emails/[id]`. The HTML is sanitised, and is for a sandboxed frame alone. */
export type InboundDetail = InboundRow & {
  body_text: string | null;
  body_html: string | null;
  /** Names of the files that came along, which are in the mailbox alone. */
  attachments: string[];
  mailbox: string;
  answers: { subject: string; body_text: string | null; sent_at: string | null; from_address: string } | null;
};

/** A mail within a thread. */
export type ThreadMessage = {
  id: string;
  direction: 'in' | 'out';
  /** Of one that came in its kind, of ours `campaign` or `direct`. */
  kind: string;
  status: string;
  at: string;
  subject: string | null;
  body_text: string | null;
  has_html: boolean;
  /** Of one that came in: names of its files, which are in the mailbox alone. */
  attachments?: string[];
  from_name: string | null;
  from_address: string;
  to_address: string | null;
  /** Of ours: why the gate held or dropped it, and what the provider said. */
  reason?: string | null;
  error?: string | null;
  is_mine?: boolean;
  campaign?: Named | null;
  opened_at?: string | null;
  bounced_at?: string | null;
};

/** `GET /api/people/[id]/mail`. */
export type PersonMail = {
  threads: { id: string; subject: string | null; last_at: string; messages: ThreadMessage[] }[];
  addresses: { id: string; address: string; status: string }[];
  /** The caller's own. */
  mailboxes: { id: string; address: string; status: 'connected' | 'reconnect' }[];
};
