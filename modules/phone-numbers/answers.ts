/** What the routes of our own numbers answer. Types alone: screens, queries and tests share them. */

/** A number of ours, as Settings shows it. */
export type PhoneNumberRow = {
  id: string;
  e164: string;
  /** In the national format. */
  display: string;
  label: string;
  features: ('sms' | 'voice')[];
  is_default_sender: boolean;
  /** Whose phone rings when it is called; null: the assignee of whoever calls. */
  assigned_to: { id: string; name: string | null } | null;
  status: 'active' | 'paused';
  paused_reason: string | null;
  interval_ms: number;
  daily_cap: number;
  /** Texts that went out today, by the workspace's calendar. */
  sent_today: number;
  breaker: 'closed' | 'open' | 'half_open';
  last_error: string | null;
  archived_at: string | null;
};

/** `GET /api/phone-numbers`. */
export type PhoneNumbers = {
  rows: PhoneNumberRow[];
  /** What must be set before calls and texts go: a sentence with the variables' names; null where nothing is missing. */
  problem: string | null;
  /** Whether the browser can call by itself, and what is missing where it can't. */
  browser_problem: string | null;
  /** Where the provider has to be told to send what happens. */
  webhooks: { voice: string; sms: string; call_status: string; sms_status: string };
};

/** `GET /api/phone-numbers?available=1`: numbers of the provider's account that are not here yet. */
export type AvailableNumbers = {
  rows: { sid: string; e164: string; display: string; name: string; features: ('sms' | 'voice')[] }[];
};
