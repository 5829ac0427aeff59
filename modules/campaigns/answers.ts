/** What the routes of campaigns answer. Types alone: screens, queries and tests share them. */

import type { Edge, Step } from './schema';

/** The parts of a campaign's recipients, by where they are. */
export type RecipientCounts = {
  selected: number;
  staged: number;
  active: number;
  done: number;
  total: number;
};
/** How far the writing of the first mails is; `error`: why it stopped, it is tried again. */
export type Staging = { total: number | null; done: number; error: string | null };

/** A row of `GET /api/campaigns` → `{ rows, nextCursor }`. */
export type CampaignRow = {
  id: string;
  name: string;
  status: string;
  format: string;
  sender_name: string | null;
  steps: number;
  recipients: RecipientCounts;
  staging: Staging;
  /** Mails that went out, and recipients who replied. */
  sent: number;
  replied: number;
  starts_at: string | null;
  launched_at: string | null;
  completed_at: string | null;
  created_at: string;
  created_by: { id: string; name: string } | null;
};

/** A sender that can be chosen. */
export type SenderChoice = { id: string; name: string; local_part: string; archived: boolean };

/** `GET /api/campaigns/[id]`. After the launch, `steps` and `edges` are those of the launch's copy. */
export type CampaignDetail = {
  id: string;
  name: string;
  status: string;
  format: 'text' | 'html';
  sender_id: string | null;
  entry_step_id: string | null;
  exit_conditions: string[];
  stop_scope: string;
  hours_start: string;
  hours_end: string;
  days: number[];
  zone_of: string;
  time_zone: string;
  skip_holidays: boolean;
  starts_at: string | null;
  version: number;
  staging: Staging;
  launched_at: string | null;
  completed_at: string | null;
  created_at: string;
  created_by: { id: string; name: string } | null;
  steps: Step[];
  edges: Edge[];
  senders: SenderChoice[];
  recipients: RecipientCounts;
  /** Mails by status, and how many of the staged ones somebody edited. */
  emails: Record<string, number>;
  left_out: number;
};

/** A row of `GET /api/campaigns/[id]/recipients` → `{ rows, nextCursor }`, by name. */
export type RecipientRow = {
  id: string;
  person: { id: string; name: string | null };
  email: { id: string; address: string; status: string };
  /** The person's other addresses, the usable ones of which can be chosen. */
  other_emails: { id: string; address: string; status: string }[];
  status: string;
  variant: number;
  current_step_id: string | null;
  next_email_at: string | null;
  exit_reason: string | null;
  exited_at: string | null;
  replied_at: string | null;
};

/** What `POST …/recipients` answers: how many were taken, and how many not by reason. */
export type AddedRecipients = { added: number; left_out: Record<string, number> };

/** `GET …/left-out`: how many by reason, and a page of rows by name. `cursor` asks for the next. */
export type LeftOut = {
  counts: Record<string, number>;
  rows: {
    person: { id: string; name: string | null };
    reason: string;
    campaign: { id: string; name: string } | null;
  }[];
  nextCursor: string | null;
};

/** What the gate last said of a mail. */
export type Decision = { verdict: 'send' | 'hold' | 'drop'; reason: string; until?: string; at?: string };

/** A row of `GET …/emails` → `{ rows, nextCursor }`, by when they go or went. */
export type EmailRow = {
  id: string;
  recipient_id: string | null;
  person: { id: string; name: string | null } | null;
  step_id: string | null;
  step_name: string | null;
  round: number;
  variant: number;
  to_address: string;
  from_name: string;
  from_address: string;
  subject: string;
  /** A section is still to be written by the model. */
  needs_writing: boolean;
  is_edited: boolean;
  is_paused: boolean;
  status: string;
  run_at: string | null;
  time_zone: string | null;
  attempts: number;
  decision: Decision | null;
  last_error: string | null;
  sent_at: string | null;
  delivered_at: string | null;
  opened_at: string | null;
  clicked_at: string | null;
  replied_at: string | null;
  bounced_at: string | null;
  bounce_kind: string | null;
  complained_at: string | null;
  unsubscribed_at: string | null;
};
/** `GET …/emails/[eid]`. */
export type EmailDetail = EmailRow & {
  body_text: string | null;
  body_html: string | null;
  reply_to: string | null;
};

/** `POST …/preview`: the mail as the recipient would get it, with footer. `missing`: fields without value and fallback. */
export type Preview = {
  subject: string;
  text: string;
  html: string | null;
  missing: string[];
  needs_writing: boolean;
  from: string | null;
  to: string;
  person: { id: string; name: string | null } | null;
};

/** One thing that forbids the launch. */
export type Problem = {
  code:
    | 'no_steps'
    | 'no_entry'
    | 'unknown_step'
    | 'unreachable_step'
    | 'cycle_without_delay'
    | 'empty_step'
    | 'no_subject'
    | 'bad_template'
    | 'missing_fields'
    | 'no_recipients'
    | 'too_many_recipients'
    | 'no_sender'
    | 'no_domain'
    | 'provider_unset'
    | 'ai_unset'
    | 'tier'
    | 'not_draft';
  message: string;
  steps: string[];
  /** For `missing_fields`: how many recipients, and the first of them with what they lack. */
  count?: number;
  recipients?: { id: string; name: string | null; fields: string[] }[];
  /** For `tier`: the feature of lib/tiers.ts. For `provider_unset` and `ai_unset`: the settings that are unset. */
  feature?: string;
  settings?: string[];
};
/** `GET …/problems`. */
export type Problems = { problems: Problem[] };

/** `POST …/test-send`: the queue's row, sent within seconds. */
export type TestSent = { id: string };
