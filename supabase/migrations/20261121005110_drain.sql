-- Why: mails leave by claims that two drains can't make of one mail, nor within a domain's pace. Claim, facts and finish are three
-- calls: the claim is committed before the provider is asked, the facts are read after it, and only who holds the lease may finish.
-- Touches: email_queue.cap_day, sending_domains.wait_reason (new); email_queue_due_idx (a mail whose text is not written is not due); functions claim_emails,
-- email_facts, finish_emails, sweep_emails, note_waiting_emails, move_stranded_emails, complete_campaigns (machines alone);
-- private.set_mails_paused says why.
-- What was sent is settled by private.mails_went_out (20261121005300), which events of the provider call as well.

-- the day whose cap the mail was counted in; taken back where it didn't go
alter table public.email_queue add column cap_day date;
-- why next_send_at is later than the domain's pace asks for
alter table public.sending_domains add column wait_reason text check (wait_reason in ('domain_cap', 'rate_limited'));
drop index public.email_queue_due_idx;
create index email_queue_due_idx on public.email_queue (domain_id, run_at, id) where status = 'queued' and not is_paused and body_text is not null;
-- what has no domain any more
create index email_queue_homeless_idx on public.email_queue (run_at, id) where domain_id is null and via = 'sparkpost' and status in ('staged', 'queued');

create or replace function private.set_mails_paused(workspace uuid, campaign uuid, paused boolean) returns void
language sql security definer set search_path = ''
as $$
  with locked as materialized (
    select q.id from public.email_queue q where q.workspace_id = workspace and q.campaign_id = campaign and q.purpose = 'campaign'
       and q.status in ('staged', 'queued') and q.is_paused <> paused order by q.id for update
  )
  update public.email_queue q
     set is_paused = paused,
         decision = case when paused and q.status = 'queued' then jsonb_build_object('verdict', 'hold', 'reason', 'campaign_paused', 'at', now()) end
    from locked where q.id = locked.id
$$;

-- What a domain may send on a day: its cap, or less while it warms up. `warmup`: the caps of its days, from the first on.
create function private.cap_of_day(daily_cap integer, warmup_started_on date, day date, warmup integer[]) returns integer
language sql immutable set search_path = ''
as $$
  select case when warmup_started_on is null then daily_cap
    else least(daily_cap, coalesce(warmup[greatest(day - warmup_started_on + 1, 1)], daily_cap)) end
$$;

-- Claims the first due mail of each due domain, or up to `burst` of a domain without a pace, and moves the domain on by its interval
-- and jitter. Of a domain whose breaker was open, one mail: the probe. A domain at its cap waits for the next day of the workspace.
-- `only_workspace`: the drain of one workspace; `at`: the time by a clock other than the database's.
-- Answers { lease, mails: [{ id, domain_id, slot, previous_slot }], busy }; busy: other drains hold what is due.
create function public.claim_emails(lease_seconds integer, warmup integer[], batch integer default 50, burst integer default 1,
  only_workspace uuid default null, at timestamptz default null) returns jsonb
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  moment timestamptz := coalesce(at, now());
  lease uuid := gen_random_uuid();
  locked uuid[];
  claimed jsonb;
  is_busy boolean;
begin
  -- the rows are locked first and read anew then: what another drain has just counted or taken is seen
  select array_agg(x.id) into locked from (
    select d.id from public.sending_domains d
     where d.status = 'active' and d.next_send_at <= moment and (d.breaker = 'closed' or (d.breaker = 'open' and d.breaker_until <= moment))
       and (only_workspace is null or d.workspace_id = only_workspace)
       and exists (select 1 from public.email_queue q where q.domain_id = d.id and q.status = 'queued' and not q.is_paused
                     and q.body_text is not null and q.run_at <= moment)
     order by d.next_send_at limit greatest(batch / greatest(burst, 1), 1) for update of d skip locked) x;
  if locked is null then
    select exists (select 1 from public.sending_domains d
      where d.status = 'active' and d.next_send_at <= moment and (d.breaker = 'closed' or (d.breaker = 'open' and d.breaker_until <= moment))
       and (only_workspace is null or d.workspace_id = only_workspace)
        and exists (select 1 from public.email_queue q where q.domain_id = d.id and q.status = 'queued' and not q.is_paused
                      and q.body_text is not null and q.run_at <= moment)) into is_busy;
    return jsonb_build_object('lease', lease, 'mails', '[]'::jsonb, 'busy', is_busy);
  end if;
  with domains as materialized (
    select d.id, d.workspace_id, d.next_send_at, z.day, z.zone,
           d.interval_seconds + d.jitter_seconds = 0 as unpaced,
           private.cap_of_day(d.daily_cap, d.warmup_started_on, z.day, warmup)
             - coalesce((select s.sent from public.sending_domain_days s where s.workspace_id = d.workspace_id and s.domain_id = d.id and s.day = z.day), 0) as room,
           case when d.breaker <> 'closed' or d.interval_seconds + d.jitter_seconds > 0 then 1 else burst end as wanted
      from unnest(locked) as l(id) join public.sending_domains d on d.id = l.id,
           lateral (select y.zone, (moment at time zone y.zone)::date as day from (select private.workspace_zone(d.workspace_id) as zone) y) z
  ), capped as (
    update public.sending_domains d set next_send_at = private.local_midnight(x.day + 1, x.zone), wait_reason = 'domain_cap'
      from domains x where d.id = x.id and x.room <= 0 returning d.id
  ), taken as materialized (
    select q.id, x.id as domain_id, x.workspace_id, x.day, x.next_send_at as previous_slot
      from domains x cross join lateral (
        select q.id from public.email_queue q
         where q.domain_id = x.id and q.status = 'queued' and not q.is_paused and q.body_text is not null and q.run_at <= moment
         order by q.run_at, q.id limit least(greatest(x.room, 0), x.wanted) for update skip locked) q
  ), leased as (
    update public.email_queue q
       set status = 'sending', lease_token = lease, lease_until = moment + make_interval(secs => lease_seconds), cap_day = t.day,
           message_id = coalesce(q.message_id, '<' || coalesce(q.thread_token, replace(q.id::text, '-', '')) || '.'
             || left(replace(q.id::text, '-', ''), 12) || '@' || split_part(q.from_address, '@', 2) || '>')
      from taken t where q.id = t.id returning q.id
  ), moved as (
    update public.sending_domains d
       set next_send_at = case when x.unpaced then d.next_send_at
             else moment + make_interval(secs => d.interval_seconds + random() * d.jitter_seconds) end,
           breaker = case d.breaker when 'open' then 'half_open' else d.breaker end, breaker_until = null, wait_reason = null
      from domains x where d.id = x.id and x.room > 0 and exists (select 1 from taken t where t.domain_id = d.id)
    returning d.id, d.next_send_at
  ), counted as (
    insert into public.sending_domain_days as s (workspace_id, domain_id, day, sent)
    select t.workspace_id, t.domain_id, t.day, count(*) from taken t group by 1, 2, 3
    on conflict (workspace_id, domain_id, day) do update set sent = s.sent + excluded.sent
    returning 1
  )
  select coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'domain_id', t.domain_id, 'slot', m.next_send_at, 'previous_slot', t.previous_slot))
                     from taken t join leased l on l.id = t.id join moved m on m.id = t.domain_id), '[]'),
         -- a domain that had reached its cap made way for others
         exists (select 1 from capped)
    into claimed, is_busy;
  return jsonb_build_object('lease', lease, 'mails', claimed, 'busy', is_busy);
end $$;

-- All that the gate decides on and a mail is made of, for the mails of a lease. Read after the claim was committed.
create function public.email_facts(mails uuid[], lease uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', q.id, 'workspace_id', q.workspace_id, 'purpose', q.purpose, 'domain_id', q.domain_id, 'campaign_id', q.campaign_id,
    'to_address', q.to_address, 'from_name', q.from_name, 'from_address', q.from_address, 'reply_to', q.reply_to,
    'subject', q.subject, 'body_text', q.body_text, 'body_html', q.body_html, 'message_id', q.message_id, 'in_reply_to', q.in_reply_to,
    'thread_token', q.thread_token, 'unsubscribe_token', q.unsubscribe_token, 'attempts', q.attempts, 'time_zone', q.time_zone,
    'workspace_zone', w.time_zone, 'postal_address', coalesce(s.postal_address, ''),
    'address', case when e.id is not null then jsonb_build_object('status', e.status, 'since', e.since) end,
    'person', case when p.id is not null then jsonb_build_object('is_deleted', p.deleted_at is not null,
      'is_do_not_contact', p.lead_status = 'do_not_contact',
      'organization_is_do_not_contact', exists (
        select 1 from public.person_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
         where l.workspace_id = p.workspace_id and l.person_id = p.id and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null)) end,
    'recipient', case when r.id is not null then jsonb_build_object('exit_reason', r.exit_reason, 'has_replied', r.replied_at is not null) end,
    'campaign', case when c.id is not null then jsonb_build_object('status', c.status, 'starts_at', c.starts_at,
      'exits_on_reply', 'reply' = any (c.exit_conditions), 'start', c.hours_start, 'end', c.hours_end, 'days', c.days,
      'skip_holidays', c.skip_holidays, 'zone_of', c.zone_of, 'time_zone', c.time_zone) end,
    'domain', case when d.id is not null then jsonb_build_object('status', d.status, 'breaker', d.breaker) end)), '[]')
  from public.email_queue q
  join public.workspaces w on w.id = q.workspace_id
  left join public.campaigns c on c.workspace_id = q.workspace_id and c.id = q.campaign_id
  left join public.senders s on s.workspace_id = c.workspace_id and s.id = c.sender_id
  left join public.campaign_recipients r on r.workspace_id = q.workspace_id and r.campaign_id = q.campaign_id and r.id = q.recipient_id
  left join public.people p on p.workspace_id = q.workspace_id and p.id = q.person_id
  -- a test goes to an address that may stand in the directory as well
  left join public.emails e on e.workspace_id = q.workspace_id and (e.id = q.email_id or (q.email_id is null and e.address = lower(q.to_address)))
  left join public.sending_domains d on d.workspace_id = q.workspace_id and d.id = q.domain_id
  where q.id = any (mails) and q.lease_token = lease and q.status = 'sending'
$$;

-- What became of the mails of a lease: [{ id, outcome, provider_message_id, error, decision, run_at, attempt, spread }].
-- outcome: sent | failed | unknown | requeue | drop; spread: campaign | zone, where all that wait like it wait until then too.
-- domains: [{ id, errors, succeeded, errors_after, trip, wait_until, error, slot, previous_slot }]: errors of the provider before
-- the last success and after it; slot: given back, where nothing went out by it.
-- breaker: { threshold, rest_seconds }. Answers how many of the mails were still this lease's.
create function public.finish_emails(lease uuid, results jsonb, domains jsonb, breaker jsonb, at timestamptz default null) returns integer
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  moment timestamptz := coalesce(at, now());
  mine uuid[];
  done jsonb;
  one record;
  consecutive integer;
  now_in text;
begin
  -- recipients before mails, as everywhere
  perform 1 from jsonb_to_recordset(results) as x(id uuid)
    join public.email_queue q on q.id = x.id
    join public.campaign_recipients r on r.workspace_id = q.workspace_id and r.campaign_id = q.campaign_id and r.id = q.recipient_id
   order by r.id for update of r;
  select coalesce(array_agg(l.id), '{}') into mine from (
    select q.id from jsonb_to_recordset(results) as x(id uuid) join public.email_queue q on q.id = x.id
     where q.lease_token = lease and q.status = 'sending' order by q.id for update of q) l;

  -- one that had failed, and that a person had sent again, is under way again
  update public.campaign_recipients r set status = 'active', exit_reason = null, exited_at = null
    from jsonb_to_recordset(results) as x(id uuid, outcome text) join public.email_queue q on q.id = x.id
   where x.outcome = 'sent' and x.id = any (mine) and r.workspace_id = q.workspace_id and r.campaign_id = q.campaign_id and r.id = q.recipient_id
     and r.exit_reason = 'failed';
  perform private.mails_went_out(jsonb_agg(jsonb_build_object('id', x.id, 'at', moment, 'provider_message_id', x.provider_message_id)))
     from jsonb_to_recordset(results) as x(id uuid, outcome text, provider_message_id text)
    where x.outcome = 'sent' and x.id = any (mine) having count(*) > 0;

  with finished as (
    update public.email_queue q
       set status = case x.outcome when 'requeue' then 'queued' when 'drop' then 'cancelled' else x.outcome end,
           lease_token = null, lease_until = null,
           decision = coalesce(x.decision, q.decision),
           last_error = case when x.outcome = 'sent' then null else coalesce(left(x.error, 2000), q.last_error) end,
           run_at = coalesce(x.run_at, q.run_at),
           attempts = q.attempts + coalesce(x.attempt, 0),
           is_paused = x.outcome = 'requeue' and q.purpose = 'campaign'
             and exists (select 1 from public.campaigns c where c.workspace_id = q.workspace_id and c.id = q.campaign_id and c.status = 'paused')
      from jsonb_to_recordset(results) as x(id uuid, outcome text, error text, decision jsonb, run_at timestamptz, attempt integer)
     where q.id = x.id and q.id = any (mine)
    returning q.id, q.workspace_id, q.campaign_id, q.recipient_id, q.domain_id, q.cap_day, x.outcome, q.decision ->> 'reason' as reason
  ), ended as (
    update public.campaign_recipients r
       set status = 'done', exited_at = moment, next_email_at = null, lease_token = null, lease_until = null,
           exit_reason = case when f.outcome = 'failed' then 'failed' else
             case f.reason when 'suppressed_unsubscribed' then 'unsubscribed' when 'suppressed_bounced' then 'bounced'
               when 'suppressed_complained' then 'complained' when 'suppressed' then 'suppressed' when 'do_not_contact' then 'do_not_contact'
               when 'organization_do_not_contact' then 'do_not_contact' when 'replied' then 'replied'
               when 'campaign_cancelled' then 'cancelled' else 'manual' end end
      from finished f
     where r.workspace_id = f.workspace_id and r.campaign_id = f.campaign_id and r.id = f.recipient_id
       and f.outcome in ('failed', 'drop') and r.status in ('staged', 'active')
    returning 1
  )
  select coalesce(jsonb_agg(to_jsonb(f)), '[]') into done from finished f;

  -- domains in one order, and their days after them, as claims do
  for one in
    select x.* from jsonb_to_recordset(domains) as x(id uuid, errors integer, succeeded boolean, errors_after integer, trip boolean,
      wait_until timestamptz, error text, slot timestamptz, previous_slot timestamptz)
    join public.sending_domains d on d.id = x.id order by d.id for update of d
  loop
    select case when one.succeeded then one.errors_after else d.consecutive_errors + one.errors end,
           d.breaker into consecutive, now_in from public.sending_domains d where d.id = one.id;
    update public.sending_domains d
       set consecutive_errors = consecutive,
           last_error = coalesce(left(one.error, 2000), case when one.succeeded then null else d.last_error end),
           next_send_at = greatest(one.wait_until, case when d.next_send_at = one.slot then one.previous_slot else d.next_send_at end),
           wait_reason = case when one.wait_until is not null then 'rate_limited' else d.wait_reason end,
           breaker = s.breaker, breaker_until = s.until
      from (select case when one.trip or consecutive >= (finish_emails.breaker ->> 'threshold')::integer
                          or (now_in = 'half_open' and not one.succeeded) then 'open'
                        when one.succeeded and now_in = 'half_open' then 'closed' else now_in end as breaker) b,
           lateral (select b.breaker, case when b.breaker <> 'open' then null
             -- somebody else's probe or opening stands
             when now_in = 'open' and not one.trip and one.errors = 0 and one.errors_after = 0 then
               (select y.breaker_until from public.sending_domains y where y.id = one.id)
             -- a probe that never left is followed by another one at once
             when now_in = 'half_open' and one.errors = 0 and not one.trip then coalesce(one.wait_until, moment)
             else moment + make_interval(secs => (finish_emails.breaker ->> 'rest_seconds')::integer) end as until) s
     where d.id = one.id;
  end loop;
  update public.sending_domain_days s set sent = greatest(s.sent - x.count, 0)
    from (select f.workspace_id, f.domain_id, f.cap_day, count(*)::integer as count
            from jsonb_to_recordset(done) as f(workspace_id uuid, domain_id uuid, cap_day date, outcome text)
           where f.outcome not in ('sent', 'unknown') and f.cap_day is not null group by 1, 2, 3) x
   where s.workspace_id = x.workspace_id and s.domain_id = x.domain_id and s.day = x.cap_day;

  -- a campaign that is closed until then doesn't cost a claim a mail
  for one in
    select distinct on (q.campaign_id, q.time_zone) q.workspace_id, q.campaign_id, q.time_zone, x.spread, x.run_at, x.decision
      from jsonb_to_recordset(results) as x(id uuid, spread text, run_at timestamptz, decision jsonb)
      join public.email_queue q on q.id = x.id where x.spread is not null and x.run_at > moment and q.campaign_id is not null
     order by q.campaign_id, q.time_zone, x.run_at
  loop
    with waiting as materialized (
      select q.id from public.email_queue q
       where q.workspace_id = one.workspace_id and q.campaign_id = one.campaign_id and q.status = 'queued' and q.run_at < one.run_at
         and q.purpose = 'campaign' and (one.spread = 'campaign' or q.time_zone is not distinct from one.time_zone)
         for update skip locked
    )
    update public.email_queue q set run_at = one.run_at, decision = one.decision from waiting where q.id = waiting.id;
  end loop;
  return jsonb_array_length(done);
end $$;

-- Leases that ran out become unknown: whether the mail went, the provider's events will tell; it is never sent again by itself. A
-- probe that was lost with them may be tried again. Campaigns whose time has come are sending. Answers how many leases there were.
create function public.sweep_emails(only_workspace uuid default null, at timestamptz default null) returns integer
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare moment timestamptz := coalesce(at, now()); swept integer;
begin
  with stale as materialized (
    select q.id from public.email_queue q where q.status = 'sending' and q.lease_until < moment
       and (only_workspace is null or q.workspace_id = only_workspace) order by q.id limit 1000 for update skip locked
  )
  update public.email_queue q set status = 'unknown', lease_token = null, lease_until = null, last_error = 'Whoever was sending it went away'
    from stale where q.id = stale.id;
  get diagnostics swept = row_count;
  update public.sending_domains d set breaker = 'open', breaker_until = moment
   where d.breaker = 'half_open' and (only_workspace is null or d.workspace_id = only_workspace)
     and not exists (select 1 from public.email_queue q where q.status = 'sending' and q.domain_id = d.id);
  update public.campaigns c set status = 'sending' where c.status = 'scheduled' and coalesce(c.starts_at, moment) <= moment
     and (only_workspace is null or c.workspace_id = only_workspace);
  return swept;
end $$;

-- Due mails that no drain claims say what they wait for. Answers how many were written to.
create function public.note_waiting_emails(provider_is_set boolean, batch integer default 2000, only_workspace uuid default null, at timestamptz default null) returns integer
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare moment timestamptz := coalesce(at, now()); noted integer;
begin
  with waiting as materialized (
    select q.id, x.reason, x.until from public.sending_domains d
      cross join lateral (select
        case when not provider_is_set then 'provider_unset' when d.status = 'paused' then 'domain_paused'
             when d.breaker <> 'closed' then 'breaker_open' when d.next_send_at > moment then d.wait_reason end as reason,
        case when d.status = 'paused' or not provider_is_set then null when d.breaker = 'open' then d.breaker_until
             when d.next_send_at > moment then d.next_send_at end as until) x
      join public.email_queue q on q.domain_id = d.id and q.status = 'queued' and not q.is_paused and q.body_text is not null and q.run_at <= moment
     where x.reason is not null and (only_workspace is null or d.workspace_id = only_workspace) and (q.decision ->> 'reason') is distinct from x.reason
     order by q.id limit batch for update of q skip locked
  )
  update public.email_queue q
     set decision = jsonb_strip_nulls(jsonb_build_object('verdict', 'hold', 'reason', waiting.reason, 'until', waiting.until, 'at', moment))
    from waiting where q.id = waiting.id;
  get diagnostics noted = row_count;
  return noted;
end $$;

-- First mails whose domain is paused, and all mails whose domain was deleted, go by another one of the workspace that is active; by its
-- cap, so that a large one takes more. A follow-up of a paused domain waits: its thread began there. Answers how many were moved.
create function public.move_stranded_emails(batch integer default 500) returns integer
language plpgsql set search_path = ''
as $$
declare moved integer;
begin
  with stranded as materialized (
    (select q.id from public.email_queue q
      where q.domain_id is null and q.via = 'sparkpost' and q.status in ('staged', 'queued')
        and exists (select 1 from public.sending_domains d where d.workspace_id = q.workspace_id and d.status = 'active')
      order by q.run_at, q.id limit batch)
    union all
    (select q.id from public.sending_domains p
       join public.email_queue q on q.domain_id = p.id and q.status = 'queued' and not q.is_paused and q.body_text is not null
       left join public.campaign_recipients r on r.workspace_id = q.workspace_id and r.campaign_id = q.campaign_id and r.id = q.recipient_id
      where p.status = 'paused' and r.current_step_id is null
        and exists (select 1 from public.sending_domains d where d.workspace_id = p.workspace_id and d.status = 'active')
      limit batch)
  ), chosen as materialized (
    select s.id, d.id as domain_id, d.domain, row_number() over (partition by s.id order by random() ^ (1.0 / d.daily_cap) desc) as place
      from stranded s join public.email_queue q on q.id = s.id
      join public.sending_domains d on d.workspace_id = q.workspace_id and d.status = 'active'
  ), owners as materialized (
    select r.id, c.domain_id from chosen c join public.email_queue q on q.id = c.id
      join public.campaign_recipients r on r.workspace_id = q.workspace_id and r.campaign_id = q.campaign_id and r.id = q.recipient_id
     where c.place = 1 order by r.id for update of r
  ), resettled as (
    update public.campaign_recipients r set domain_id = owners.domain_id from owners where r.id = owners.id returning r.id
  ), locked as materialized (
    select q.id from chosen c join public.email_queue q on q.id = c.id
     where c.place = 1 and q.status in ('staged', 'queued') and (select count(*) from resettled) >= 0 order by q.id for update of q
  )
  update public.email_queue q
     set domain_id = c.domain_id, from_address = split_part(q.from_address, '@', 1) || '@' || c.domain, message_id = null
    from chosen c, locked where c.place = 1 and locked.id = c.id and q.id = c.id;
  get diagnostics moved = row_count;
  return moved;
end $$;

-- Campaigns with nobody left to write to. Answers how many were completed.
create function public.complete_campaigns() returns integer
language plpgsql set search_path = ''
as $$
declare completed integer;
begin
  update public.campaigns c set status = 'completed', completed_at = now()
   where c.status = 'sending' and not exists (
     select 1 from public.campaign_recipients r
      where r.workspace_id = c.workspace_id and r.campaign_id = c.id and r.status in ('selected', 'staged', 'active'));
  get diagnostics completed = row_count;
  return completed;
end $$;
