-- Why: sequences of e-mails that can't send twice, can't send to whom they must not, and can say of each mail why it went or not.
-- Touches: senders, sending_domains, sending_domain_days, mailboxes, mailbox_tokens, campaigns, campaign_steps, campaign_edges,
-- campaign_launches, campaign_recipients, email_queue, email_events, inbound_emails (new); campaign_id of activities;
-- batch_id of provider_events; topics `campaigns` and `emails`.

-- A domain that mails are sent from. Its row is what a drain locks: pace, cap and breaker are the domain's.
create table public.sending_domains (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  domain text not null check (domain = lower(btrim(domain)) and domain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$' and length(domain) <= 253),
  status text not null default 'active' check (status in ('active', 'paused')),
  paused_reason text check (length(paused_reason) <= 500),
  -- how long after a mail the next one may go: the interval, and up to `jitter_seconds` more, by chance
  interval_seconds integer not null default 210 check (interval_seconds between 0 and 86400),
  jitter_seconds integer not null default 30 check (jitter_seconds between 0 and 3600),
  next_send_at timestamptz not null default now(),
  -- the cap of a day once the domain is warm; while it warms up, the day's cap is what modules/sending/domain.ts says of it
  daily_cap integer not null default 120 check (daily_cap between 1 and 1000000),
  warmup_started_on date,
  -- the breaker: closed while nothing is wrong; open from the tenth provider error in a row until breaker_until; then one probe
  breaker text not null default 'closed' check (breaker in ('closed', 'open', 'half_open')),
  breaker_until timestamptz,
  consecutive_errors integer not null default 0 check (consecutive_errors >= 0),
  last_error text check (length(last_error) <= 2000),
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, domain),
  check ((breaker = 'open') = (breaker_until is not null))
);
create index sending_domains_next_idx on public.sending_domains (next_send_at) where status = 'active';
create index sending_domains_created_by_idx on public.sending_domains (created_by);

-- What a domain sent on a day of the workspace's calendar: what its cap is held against.
create table public.sending_domain_days (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  domain_id uuid not null,
  day date not null,
  sent integer not null default 0 check (sent >= 0),
  unique (workspace_id, id),
  unique (workspace_id, domain_id, day),
  foreign key (workspace_id, domain_id) references public.sending_domains (workspace_id, id) on delete cascade
);

-- A Gmail account that replies are read from and single mails are sent through.
create table public.mailboxes (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  user_id uuid,
  address text not null check (address = lower(btrim(address)) and address like '%_@_%' and length(address) <= 254),
  status text not null default 'connected' check (status in ('connected', 'reconnect', 'disconnected')),
  -- where the next sync begins; null: all of it is read anew
  history_id text check (history_id ~ '^[0-9]{1,20}$'),
  synced_at timestamptz,
  last_error text check (length(last_error) <= 2000),
  lease_token uuid,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, address),
  check ((lease_token is null) = (lease_until is null)),
  foreign key (workspace_id, user_id) references public.workspace_members (workspace_id, user_id) on delete set null (user_id)
);
create index mailboxes_user_idx on public.mailboxes (workspace_id, user_id);
create index mailboxes_sync_idx on public.mailboxes (synced_at nulls first) where status = 'connected';

-- Encrypted with the mailbox's id as associated data, and for machines alone.
create table public.mailbox_tokens (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  mailbox_id uuid not null,
  refresh_token text not null,
  access_token text,
  access_expires_at timestamptz,
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, mailbox_id),
  foreign key (workspace_id, mailbox_id) references public.mailboxes (workspace_id, id) on delete cascade
);

-- Who a campaign's mails are from: the name and what stands before the @ of whichever domain sends.
create table public.senders (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 100 and name !~ '[\r\n]'),
  local_part text not null check (local_part ~ '^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$'),
  -- where replies go; a mailbox of the workspace where one is named, else this address, else the sending address
  mailbox_id uuid,
  reply_to text check (reply_to = lower(btrim(reply_to)) and reply_to like '%_@_%' and length(reply_to) <= 254),
  signature text not null default '' check (length(signature) <= 2000),
  -- 16 CFR 316.2(p), CAN-SPAM: every commercial mail carries the sender's postal address
  postal_address text not null check (length(btrim(postal_address)) between 5 and 300),
  archived_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, mailbox_id) references public.mailboxes (workspace_id, id) on delete set null (mailbox_id)
);
create unique index senders_local_part_key on public.senders (workspace_id, local_part) where archived_at is null;
create index senders_mailbox_idx on public.senders (workspace_id, mailbox_id) where mailbox_id is not null;
create index senders_created_by_idx on public.senders (created_by);

create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 120),
  channel text not null default 'email' check (channel in ('email')),
  format text not null default 'text' check (format in ('text', 'html')),
  status text not null default 'draft'
    check (status in ('draft', 'staged', 'scheduled', 'sending', 'completed', 'paused', 'cancelled')),
  sender_id uuid,
  entry_step_id uuid,
  -- what ends it for a recipient; only a reply may be let pass, since the others forbid the next mail anyway
  exit_conditions text[] not null default '{reply,unsubscribe,bounce,complaint}'
    check (exit_conditions <@ '{reply,unsubscribe,bounce,complaint}'::text[] and exit_conditions @> '{unsubscribe,bounce,complaint}'::text[]),
  -- whom a reply stops: the person, everybody of the same owner, everybody of the same property
  stop_scope text not null default 'person' check (stop_scope in ('person', 'owner', 'property')),
  hours_start time not null default '09:00',
  hours_end time not null default '17:00',
  -- ISO: 1 is Monday
  days smallint[] not null default '{1,2,3,4,5}' check (days <@ '{1,2,3,4,5,6,7}'::smallint[] and cardinality(days) > 0),
  -- whose clock: the campaign's, or the recipient's where it is known
  zone_of text not null default 'campaign' check (zone_of in ('campaign', 'recipient')),
  time_zone text not null check (length(time_zone) between 1 and 64),
  skip_holidays boolean not null default false,
  starts_at timestamptz,
  -- counts the saves of the draft: whoever saves says which one they saw
  version integer not null default 1,
  -- while its first mails are written: how far it is, and who writes them until when
  staging_total integer check (staging_total >= 0),
  staging_done integer not null default 0 check (staging_done >= 0),
  staging_error text check (length(staging_error) <= 2000),
  lease_token uuid,
  lease_until timestamptz,
  launched_at timestamptz,
  completed_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (workspace_id, id),
  check (hours_start < hours_end),
  check (status = 'draft' or launched_at is not null),
  check (deleted_at is null or status in ('draft', 'completed', 'cancelled')),
  check ((lease_token is null) = (lease_until is null)),
  foreign key (workspace_id, sender_id) references public.senders (workspace_id, id) on delete set null (sender_id)
);
create index campaigns_list_idx on public.campaigns (workspace_id, created_at desc, id) where deleted_at is null;
create index campaigns_sender_idx on public.campaigns (workspace_id, sender_id) where sender_id is not null;
create index campaigns_live_idx on public.campaigns (status) where status in ('staged', 'scheduled', 'sending');
create index campaigns_created_by_idx on public.campaigns (created_by);

-- The draft's mails and the ways between them. What a recipient runs on is the copy that its launch keeps.
create table public.campaign_steps (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  name text not null check (length(btrim(name)) between 1 and 80),
  position integer not null default 0,
  -- one, or two for A/B; the empty text: "Re: " and the subject of the mail before
  subjects text[] not null default '{""}' check (cardinality(subjects) between 1 and 2),
  -- [{ id, kind: "fixed" | "ai", content }]: fixed text (or HTML), or what the model is told to write
  sections jsonb not null default '[]' check (jsonb_typeof(sections) = 'array'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, campaign_id, id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade
);
alter table public.campaigns add foreign key (workspace_id, entry_step_id, id)
  references public.campaign_steps (workspace_id, id, campaign_id) on delete set null (entry_step_id);

create table public.campaign_edges (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  from_step_id uuid not null,
  to_step_id uuid not null,
  -- asked in this order: the first whose time has come and whose condition holds is taken
  position integer not null default 0,
  delay_days integer not null default 0 check (delay_days between 0 and 365),
  delay_hours integer not null default 0 check (delay_hours between 0 and 23),
  delay_minutes integer not null default 0 check (delay_minutes between 0 and 59),
  condition text not null default 'no_reply' check (condition in ('no_reply', 'opened', 'clicked', 'replied', 'always')),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  -- a mail that leads to itself at once would be sent for ever
  check (from_step_id <> to_step_id or delay_days + delay_hours + delay_minutes > 0),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id, from_step_id) references public.campaign_steps (workspace_id, campaign_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id, to_step_id) references public.campaign_steps (workspace_id, campaign_id, id) on delete cascade
);
create index campaign_edges_from_idx on public.campaign_edges (workspace_id, campaign_id, from_step_id, position);
create index campaign_edges_to_idx on public.campaign_edges (workspace_id, campaign_id, to_step_id);

-- The steps, edges and settings as they stood at a launch, kept once for all its recipients and never changed.
create table public.campaign_launches (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  -- { entryStepId, format, sender: {…}, steps: [{ id, name, subjects, sections, edges: [{ to, days, hours, minutes, condition }] }] }
  snapshot jsonb not null check (jsonb_typeof(snapshot) = 'object'),
  launched_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, campaign_id, id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade
);
create index campaign_launches_launched_by_idx on public.campaign_launches (launched_by);

create table public.campaign_recipients (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  person_id uuid not null,
  email_id uuid not null,
  -- selected: chosen for the draft; staged: its first mail is written; active: it is under way; done: see exit_reason
  status text not null default 'selected' check (status in ('selected', 'staged', 'active', 'done')),
  launch_id uuid,
  -- steps of the launch's copy, so no keys of campaign_steps; the last one sent, and when to look for the next
  current_step_id uuid,
  next_email_at timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  -- every mail to one recipient comes from one domain and stands in one thread
  domain_id uuid,
  thread_token text not null default replace(gen_random_uuid()::text, '-', '') check (thread_token ~ '^[0-9a-f]{32}$'),
  variant smallint not null default 0 check (variant between 0 and 1),
  exit_reason text check (exit_reason in ('completed', 'replied', 'unsubscribed', 'bounced', 'complained', 'manual',
    'suppressed', 'do_not_contact', 'cancelled', 'failed')),
  exited_at timestamptz,
  replied_at timestamptz,
  reply_count integer not null default 0 check (reply_count >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, campaign_id, id),
  unique (workspace_id, campaign_id, person_id),
  -- never the same address twice in one campaign, whoever shares it
  unique (workspace_id, campaign_id, email_id),
  check ((status = 'done') = (exit_reason is not null)),
  check ((exit_reason is null) = (exited_at is null)),
  check (status = 'selected' or exit_reason is not null or launch_id is not null),
  check (next_email_at is null or status = 'active'),
  check ((lease_token is null) = (lease_until is null)),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, email_id) references public.emails (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id, launch_id) references public.campaign_launches (workspace_id, campaign_id, id),
  foreign key (workspace_id, domain_id) references public.sending_domains (workspace_id, id) on delete set null (domain_id)
);
create index campaign_recipients_person_idx on public.campaign_recipients (workspace_id, person_id);
create index campaign_recipients_email_idx on public.campaign_recipients (workspace_id, email_id);
create index campaign_recipients_status_idx on public.campaign_recipients (workspace_id, campaign_id, status, id);
create index campaign_recipients_launch_idx on public.campaign_recipients (workspace_id, campaign_id, launch_id) where launch_id is not null;
create index campaign_recipients_domain_idx on public.campaign_recipients (workspace_id, domain_id) where domain_id is not null;
create unique index campaign_recipients_thread_key on public.campaign_recipients (thread_token);
-- what the scheduler of follow-ups walks
create index campaign_recipients_due_idx on public.campaign_recipients (next_email_at, id) where next_email_at is not null;

-- Every mail that goes out of here: of a campaign, a test of one, or from one person to one person.
create table public.email_queue (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  purpose text not null default 'campaign' check (purpose in ('campaign', 'test', 'direct')),
  via text not null default 'sparkpost' check (via in ('sparkpost', 'gmail')),
  campaign_id uuid,
  recipient_id uuid,
  step_id uuid,
  -- counts the times that a person had a failed or unknown mail sent again
  round smallint not null default 1 check (round between 1 and 20),
  variant smallint not null default 0 check (variant between 0 and 1),
  person_id uuid,
  email_id uuid,
  to_address text not null check (to_address !~ '[\r\n]' and to_address like '%_@_%' and length(to_address) <= 254),
  domain_id uuid,
  mailbox_id uuid,
  from_name text not null default '' check (from_name !~ '[\r\n]' and length(from_name) <= 100),
  from_address text not null check (from_address !~ '[\r\n]' and from_address like '%_@_%' and length(from_address) <= 254),
  reply_to text check (reply_to !~ '[\r\n]' and length(reply_to) <= 320),
  -- RFC 5322 2.2: a line break in a header field begins another field
  subject text not null default '' check (subject !~ '[\r\n]' and length(subject) <= 500),
  -- null: a model writes it just before it goes
  body_text text check (length(body_text) <= 200000),
  body_html text check (length(body_html) <= 400000),
  is_edited boolean not null default false,
  status text not null default 'staged' check (status in ('staged', 'queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled')),
  -- its campaign is paused: the mail keeps its place, and no drain sees it
  is_paused boolean not null default false,
  run_at timestamptz,
  time_zone text check (length(time_zone) between 1 and 64),
  attempts smallint not null default 0 check (attempts between 0 and 100),
  lease_token uuid,
  lease_until timestamptz,
  -- what the gate said last: { verdict: "send" | "hold" | "drop", reason, until?, at }
  decision jsonb check (jsonb_typeof(decision) = 'object'),
  message_id text check (message_id ~ '^<[^<>\s]+@[^<>\s]+>$' and length(message_id) <= 300),
  in_reply_to text check (in_reply_to !~ '[\r\n]' and length(in_reply_to) <= 300),
  thread_token text check (thread_token ~ '^[0-9a-f]{32}$'),
  provider_thread_id text check (length(provider_thread_id) <= 100),
  unsubscribe_token uuid not null default gen_random_uuid(),
  provider_message_id text check (length(provider_message_id) <= 300),
  last_error text check (length(last_error) <= 2000),
  sent_at timestamptz,
  -- what became of it, each once and never taken back
  delivered_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  replied_at timestamptz,
  bounced_at timestamptz,
  bounce_kind text check (bounce_kind in ('hard', 'soft', 'admin')),
  complained_at timestamptz,
  unsubscribed_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  -- the same step is never written twice for one recipient, however many schedulers run
  unique (workspace_id, recipient_id, step_id, round),
  check ((via = 'gmail') = (mailbox_id is not null)),
  check ((purpose = 'campaign') = (recipient_id is not null)),
  check (recipient_id is null or (campaign_id is not null and step_id is not null and person_id is not null and email_id is not null)),
  check (status <> 'queued' or run_at is not null),
  -- a lease stands exactly while somebody is sending it
  check ((status = 'sending') = (lease_token is not null)),
  check ((lease_token is null) = (lease_until is null)),
  check (status <> 'sent' or sent_at is not null),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  foreign key (workspace_id, campaign_id, recipient_id) references public.campaign_recipients (workspace_id, campaign_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, email_id) references public.emails (workspace_id, id) on delete cascade,
  foreign key (workspace_id, domain_id) references public.sending_domains (workspace_id, id) on delete set null (domain_id),
  foreign key (workspace_id, mailbox_id) references public.mailboxes (workspace_id, id)
);
create unique index email_queue_message_key on public.email_queue (message_id) where message_id is not null;
create unique index email_queue_unsubscribe_key on public.email_queue (unsubscribe_token);
-- what a claim reads: the first of each domain
create index email_queue_due_idx on public.email_queue (domain_id, run_at, id) where status = 'queued' and not is_paused;
create index email_queue_leases_idx on public.email_queue (lease_until) where status = 'sending';
create index email_queue_unknown_idx on public.email_queue (updated_at) where status = 'unknown';
create index email_queue_campaign_idx on public.email_queue (workspace_id, campaign_id, status, run_at, id) where campaign_id is not null;
create index email_queue_recipient_idx on public.email_queue (workspace_id, campaign_id, recipient_id) where recipient_id is not null;
create index email_queue_person_idx on public.email_queue (workspace_id, person_id, created_at desc) where person_id is not null;
create index email_queue_email_idx on public.email_queue (workspace_id, email_id) where email_id is not null;
create index email_queue_domain_idx on public.email_queue (workspace_id, domain_id, sent_at) where domain_id is not null;
create index email_queue_mailbox_idx on public.email_queue (workspace_id, mailbox_id) where mailbox_id is not null;
create index email_queue_thread_idx on public.email_queue (thread_token) where thread_token is not null;
create index email_queue_provider_idx on public.email_queue (provider_message_id) where provider_message_id is not null;
create index email_queue_outbox_idx on public.email_queue (workspace_id, coalesce(sent_at, run_at, created_at) desc, id);
create index email_queue_created_by_idx on public.email_queue (created_by);

-- What the provider told of a mail, one row an event, in whatever order it came.
create table public.email_events (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  email_queue_id uuid not null,
  -- the provider's own id of the event
  event_id text not null check (length(event_id) between 1 and 200),
  type text not null check (type in ('sent', 'delivered', 'bounced', 'delayed', 'rejected', 'complained', 'unsubscribed', 'opened', 'clicked', 'replied')),
  occurred_at timestamptz not null,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, event_id),
  foreign key (workspace_id, email_queue_id) references public.email_queue (workspace_id, id) on delete cascade
);
create index email_events_email_idx on public.email_events (workspace_id, email_queue_id, occurred_at);

-- Mails that came in and have to do with one of ours. Others in a mailbox are nobody's business and are not kept.
create table public.inbound_emails (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  mailbox_id uuid not null,
  -- the provider's id of the message, and of its thread
  provider_message_id text not null check (length(provider_message_id) between 1 and 100),
  provider_thread_id text check (length(provider_thread_id) <= 100),
  message_id text check (length(message_id) <= 1000),
  from_address text not null check (length(from_address) <= 320),
  from_name text check (length(from_name) <= 300),
  subject text check (length(subject) <= 1000),
  body_text text check (length(body_text) <= 200000),
  body_html text check (length(body_html) <= 400000),
  received_at timestamptz not null,
  -- reply: by a token or a header; possible: only looks like one, and waits for a person; the others answer nothing
  kind text not null check (kind in ('reply', 'possible', 'auto_reply', 'delivery_failure', 'dismissed')),
  matched_by text check (matched_by in ('token', 'header', 'sender', 'person')),
  email_queue_id uuid,
  recipient_id uuid,
  campaign_id uuid,
  person_id uuid,
  decided_by uuid references public.profiles (user_id) on delete set null,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  -- read twice, kept once
  unique (workspace_id, mailbox_id, provider_message_id),
  foreign key (workspace_id, mailbox_id) references public.mailboxes (workspace_id, id) on delete cascade,
  foreign key (workspace_id, email_queue_id) references public.email_queue (workspace_id, id) on delete set null (email_queue_id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete set null (campaign_id),
  foreign key (workspace_id, recipient_id) references public.campaign_recipients (workspace_id, id) on delete set null (recipient_id),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete set null (person_id)
);
create index inbound_emails_kind_idx on public.inbound_emails (workspace_id, kind, received_at desc, id);
create index inbound_emails_person_idx on public.inbound_emails (workspace_id, person_id, received_at desc) where person_id is not null;
create index inbound_emails_queue_idx on public.inbound_emails (workspace_id, email_queue_id) where email_queue_id is not null;
create index inbound_emails_recipient_idx on public.inbound_emails (workspace_id, recipient_id) where recipient_id is not null;
create index inbound_emails_campaign_idx on public.inbound_emails (workspace_id, campaign_id) where campaign_id is not null;
create index inbound_emails_decided_by_idx on public.inbound_emails (decided_by);

alter table public.activities add column campaign_id uuid,
  add foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete set null (campaign_id);
create index activities_campaign_idx on public.activities (workspace_id, campaign_id) where campaign_id is not null;
alter table public.provider_events add column batch_id text;
create unique index provider_events_batch_idx on public.provider_events (provider, batch_id, event_id) where batch_id is not null;

do $$
declare t text;
begin
  foreach t in array array['sending_domains', 'mailboxes', 'mailbox_tokens', 'senders', 'campaigns', 'campaign_steps', 'campaign_recipients',
                           'email_queue', 'inbound_emails'] loop
    execute format('create trigger set_updated_at before update on public.%I for each row execute function private.set_updated_at()', t);
  end loop;
  foreach t in array array['sending_domains', 'sending_domain_days', 'mailboxes', 'mailbox_tokens', 'senders', 'campaigns', 'campaign_steps',
                           'campaign_edges', 'campaign_launches', 'campaign_recipients', 'email_queue', 'email_events', 'inbound_emails'] loop
    execute format('alter table public.%I enable row level security', t);
    if t = 'mailbox_tokens' then
      execute 'create policy mailbox_tokens_nobody on public.mailbox_tokens for all to authenticated using (false) with check (false)';
    else
      execute format('grant select on public.%I to authenticated', t);
      execute format('create policy %I on public.%I for select to authenticated
        using (workspace_id = any (array(select private.my_workspace_ids())))', t || '_select', t);
    end if;
  end loop;
end $$;
-- a machine's own columns change too often to be anybody's change
create trigger audit after insert or delete or update of domain, status, paused_reason, interval_seconds, jitter_seconds, daily_cap, warmup_started_on
  on public.sending_domains for each row execute function private.audit();
create trigger audit after insert or delete or update of user_id, address, status on public.mailboxes for each row execute function private.audit();
create trigger audit after insert or update or delete on public.senders for each row execute function private.audit();
create trigger audit after insert or delete or update of name, status, sender_id, exit_conditions, stop_scope, hours_start, hours_end, days,
  zone_of, time_zone, skip_holidays, starts_at, deleted_at on public.campaigns for each row execute function private.audit();

-- Senders and domains are the admins' to keep; their pace and breaker are the machine's.
grant insert (id, workspace_id, name, local_part, mailbox_id, reply_to, signature, postal_address, created_by),
  update (name, local_part, mailbox_id, reply_to, signature, postal_address, archived_at) on public.senders to authenticated;
create policy senders_insert on public.senders for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids('admin'))) and created_by = (select auth.uid()));
create policy senders_update on public.senders for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids('admin'))))
  with check (workspace_id = any (array(select private.my_workspace_ids('admin'))));
grant insert (id, workspace_id, domain, interval_seconds, jitter_seconds, daily_cap, warmup_started_on, created_by),
  update (status, paused_reason, interval_seconds, jitter_seconds, daily_cap, warmup_started_on), delete on public.sending_domains to authenticated;
create policy sending_domains_insert on public.sending_domains for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids('admin'))) and created_by = (select auth.uid()));
create policy sending_domains_update on public.sending_domains for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids('admin'))))
  with check (workspace_id = any (array(select private.my_workspace_ids('admin'))));
create policy sending_domains_delete on public.sending_domains for delete to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids('admin'))));

-- A draft's settings are everybody's to change; what it becomes, functions alone decide.
grant insert (id, workspace_id, name, format, sender_id, exit_conditions, stop_scope, hours_start, hours_end, days, zone_of, time_zone,
    skip_holidays, starts_at, created_by),
  update (name, format, sender_id, exit_conditions, stop_scope, hours_start, hours_end, days, zone_of, time_zone, skip_holidays, starts_at)
  on public.campaigns to authenticated;
create policy campaigns_insert on public.campaigns for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and status = 'draft' and created_by = (select auth.uid()));
create policy campaigns_update on public.campaigns for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));

-- Format and sender stand in the launch's copy and in mails that people have read: they are the draft's alone.
create function private.keep_launched_campaign() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.status <> 'draft' and (new.format, new.sender_id) is distinct from (old.format, old.sender_id) then
    raise exception 'A campaign that was launched keeps its format and its sender' using errcode = 'PT409', hint = 'conflict';
  end if;
  return new;
end $$;
create trigger keep_launched_campaign before update on public.campaigns
  for each row execute function private.keep_launched_campaign();
create function private.keep_launch() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception 'What was launched stays as it was' using errcode = 'PT409', hint = 'conflict';
end $$;
create trigger keep_launch before update of snapshot on public.campaign_launches for each row execute function private.keep_launch();

do $$
declare t text; event text; changed text; args text;
begin
  foreach t in array array['campaigns', 'email_queue', 'inbound_emails'] loop
    args := case t when 'campaigns' then $i$'campaigns', 'id'$i$ else $i$'emails', 'campaign_id', 'person_id'$i$ end;
    foreach event in array array['insert', 'update'] loop
      execute format('create trigger broadcast_%1$s after %1$s on public.%2$I referencing new table as changed
        for each statement execute function private.broadcast_changes(%3$s)', event, t, args);
    end loop;
  end loop;
end $$;
