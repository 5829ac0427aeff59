/** What is read of e-mails, as the API answers it. */
import type { CountedGroup, EmailCounts } from './domain';

type Named = { id: string; name: string };

/** What the gate said last of a mail: `email_queue.decision`. */
export type MailDecision = {
  verdict: 'send' | 'hold' | 'drop';
  reason: string;
  until?: string;
  at?: string;
};

/** A mail as lists show it. `at`: when it went, else when it may go, else when it was written. */
export type OutboxRow = {
  id: string;
  at: string;
  status: 'staged' | 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'cancelled';
  purpose: 'campaign' | 'test' | 'direct' | 'followup';
  via: 'sparkpost' | 'gmail';
  is_paused: boolean;
  to_address: string;
  from_name: string;
  from_address: string;
  subject: string;
  is_written: boolean;
  run_at: string | null;
  time_zone: string | null;
  attempts: number;
  decision: MailDecision | null;
  last_error: string | null;
  sent_at: string | null;
  delivered_at: string | null;
  opened_at: string | null;
  clicked_at: string | null;
  replied_at: string | null;
  bounced_at: string | null;
  bounce_kind: 'hard' | 'soft' | 'block' | 'admin' | null;
  complained_at: string | null;
  unsubscribed_at: string | null;
  variant: number;
  step: string | null;
  person: Named | null;
  campaign: Named | null;
  domain: string | null;
};

/** One mail with its body and what was told of it. */
export type OutboxEmail = OutboxRow & {
  body_text: string | null;
  body_html: string | null;
  reply_to: string | null;
  message_id: string | null;
  is_edited: boolean;
  events: { id: string; type: string; occurred_at: string }[];
};

/** A page of the outbox. */
export type OutboxPage = { time_zone: string; rows: OutboxRow[]; nextCursor: string | null };

/** A sending domain, with what it sent today and in the last 30 days. */
export type DomainState = {
  id: string;
  domain: string;
  status: 'active' | 'paused';
  paused_reason: string | null;
  interval_seconds: number;
  jitter_seconds: number;
  daily_cap: number;
  warmup_started_on: string | null;
  breaker: 'closed' | 'open' | 'half_open';
  breaker_until: string | null;
  consecutive_errors: number;
  last_error: string | null;
  next_send_at: string;
  sent_today: number;
  counts: EmailCounts;
};

/** What a domain may send on a day, by its warm-up: `day` of `days`; both null once it is warm. */
export type DomainCap = { cap: number; day: number | null; days: number | null };
export type DomainHealth = DomainState & { today: DomainCap };

/** So many mails wait for a domain on a day, `YYYY-MM-DD`; the overdue ones count for today. */
export type Queued = { domain_id: string | null; day: string; count: number };
export type QueuedStep = Queued & { step_id: string };

/** Hours as a campaign keeps them. */
export type Hours = { hours_start: string; hours_end: string; days: number[]; skip_holidays: boolean };

export type AnalyticsEdge = {
  to: string;
  days: number;
  hours: number;
  minutes: number;
  condition: 'no_reply' | 'opened' | 'clicked' | 'replied' | 'always';
};
export type AnalyticsStep = { id: string; name: string; subjects: string[]; edges: AnalyticsEdge[] };

/** When a campaign's last mail goes, as far as it can be told. */
export type Forecast =
  /** `day` is `YYYY-MM-DD`; `mails`: how many go until then where nobody answers. */
  | { kind: 'ends'; day: string; mails: number }
  /** Nothing is left to send. */
  | { kind: 'done' }
  /** No active domain, or no hours in which anything goes. */
  | { kind: 'stuck' }
  /** Further away than two years, or round in a circle. */
  | { kind: 'endless' };

/** One of the next days: what each domain can send, and what of what waits would go. */
export type WeekDay = {
  day: string;
  is_open: boolean;
  capacity: number;
  planned: number;
  domains: { id: string; capacity: number; planned: number }[];
};
export type SendingOutlook = {
  time_zone: string;
  today: string;
  domains: DomainHealth[];
  week: WeekDay[];
  /** What waits and doesn't go within the week. */
  later: number;
};

/** All that a campaign's page tells of its mails. */
export type CampaignAnalytics = {
  time_zone: string;
  today: string;
  campaign: Hours & {
    id: string;
    name: string;
    status: string;
    time_zone: string;
    zone_of: 'campaign' | 'recipient';
    starts_at: string | null;
    launched_at: string | null;
    completed_at: string | null;
    staging_total: number | null;
    staging_done: number;
  };
  steps: AnalyticsStep[];
  counts: CountedGroup[];
  by_day: { day: string; sent: number; opened: number; replied: number }[];
  /** How many recipients are in which state, or left for which reason. */
  recipients: Record<string, number>;
  domains: DomainHealth[];
  forecast: Forecast;
};
