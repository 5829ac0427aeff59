-- Why: sending costs what a mail costs, however many were sent before. An address was found by the index of fragments, sixty milliseconds
-- a mail among a hundred thousand; a campaign's sent mails were all read to see whether one recipient had a later one; and each sent
-- mail was written twice, and each of its people and owners asked about in statements of its own.
-- Touches: functions email_facts, finish_emails, private.mails_went_out; triggers close_next_steps and touch_last_activity of
-- activities: what somebody promised to do next isn't done by a campaign's mail; what was sent as a set touches its people as a set.

drop trigger close_next_steps on public.activities;
create trigger close_next_steps after insert on public.activities for each row
  when (new.kind in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit') and (new.campaign_id is null or new.direction = 'in'))
  execute function private.close_next_steps();
drop trigger touch_last_activity on public.activities;
create trigger touch_last_activity after insert on public.activities for each row
  when (coalesce(current_setting('app.mails_went_out', true), '') = '') execute function private.touch_last_activity();

-- All that the gate decides on and a mail is made of, for the mails of a lease. Read after the claim was committed.
create or replace function public.email_facts(mails uuid[], lease uuid) returns jsonb
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
  left join lateral (
    select x.id, x.status, x.since from public.emails x where x.workspace_id = q.workspace_id and x.id = q.email_id
    union all
    select x.id, x.status, x.since from public.emails x where q.email_id is null and x.workspace_id = q.workspace_id and x.address = lower(q.to_address)
  ) e on true
  left join public.sending_domains d on d.workspace_id = q.workspace_id and d.id = q.domain_id
  where q.id = any (mails) and q.lease_token = lease and q.status = 'sending'
$$;

-- Mails of which it is now known that the provider took them, whatever we thought: [{ id, at, provider_message_id, decision, attempt }]. Those that
-- are marked as sent already stay as they are. Moves the recipients on and writes the activities, each once: the finish of a drain
-- and a provider's event that is faster than it may both call this. Answers the ids that it marked.
-- The drain tells its decision and that this was an attempt. Locks recipients by id, then mails by id.
create or replace function private.mails_went_out(mails jsonb) returns setof uuid
language plpgsql security definer set search_path = ''
as $$
declare marked uuid[];
begin
  perform set_config('app.mails_went_out', 'yes', true);
  perform 1 from public.campaign_recipients r
    where r.id in (select q.recipient_id from jsonb_to_recordset(mails) as m(id uuid)
                     join public.email_queue q on q.id = m.id where q.recipient_id is not null and q.status <> 'sent')
    order by r.id for no key update;
  with locked as materialized (
    select q.id, q.workspace_id, m.at, m.provider_message_id, m.decision, m.attempt
      from jsonb_to_recordset(mails) as m(id uuid, at timestamptz, provider_message_id text, decision jsonb, attempt integer)
      join public.email_queue q on q.id = m.id
     where q.status <> 'sent' order by q.id for no key update of q
  ), gone as (
    update public.email_queue q
       set status = 'sent', sent_at = coalesce(q.sent_at, l.at), lease_token = null, lease_until = null, last_error = null,
           provider_message_id = coalesce(q.provider_message_id, l.provider_message_id),
           decision = coalesce(l.decision, q.decision), attempts = q.attempts + coalesce(l.attempt, 0)
      from locked l where q.id = l.id and q.status <> 'sent'
    returning q.id, q.workspace_id, q.campaign_id, q.recipient_id, q.step_id, q.person_id, q.email_id, q.subject, q.body_text,
              q.sent_at, q.purpose, q.created_by
  ), moved as (
    update public.campaign_recipients r
       set current_step_id = g.step_id, next_email_at = g.sent_at
      from gone g
     where r.workspace_id = g.workspace_id and r.id = g.recipient_id and r.status = 'active'
       -- news of an older mail doesn't take a recipient back
       and not exists (select 1 from public.email_queue o
                        where o.workspace_id = r.workspace_id and o.recipient_id = r.id
                          and o.id <> g.id and o.status = 'sent' and o.sent_at > g.sent_at)
    returning r.id
  ), told as (
    insert into public.activities (workspace_id, kind, channel, direction, subject, body, occurred_at, performed_by, person_id, email_id,
                                   campaign_id, details)
    select g.workspace_id, 'email', 'email', 'out', nullif(g.subject, ''), g.body_text, g.sent_at, g.created_by, g.person_id, g.email_id,
           g.campaign_id, jsonb_build_object('email_queue_id', g.id)
      from gone g where g.person_id is not null and g.purpose <> 'test'
    returning id
  ), touched as materialized (
    select g.workspace_id, g.person_id, max(g.sent_at) as at from gone g where g.person_id is not null and g.purpose <> 'test' group by 1, 2
  ), met as (
    update public.people p set last_activity_at = t.at from touched t
     where p.workspace_id = t.workspace_id and p.id = t.person_id and coalesce(p.last_activity_at, '-infinity') < t.at
    returning 1
  ), contacted as (
    update public.owners o set last_activity_at = greatest(o.last_activity_at, t.at), last_contacted_at = greatest(o.last_contacted_at, t.at)
      from touched t where o.workspace_id = t.workspace_id and o.person_id = t.person_id
    returning 1
  )
  select array_agg(g.id) into marked from gone g;
  perform set_config('app.mails_went_out', '', true);
  return query select unnest(coalesce(marked, '{}'));
end $$;

-- What became of the mails of a lease: [{ id, outcome, provider_message_id, error, decision, run_at, attempt, spread }].
-- outcome: sent | failed | unknown | requeue | drop; spread: campaign | zone, where all that wait like it wait until then too.
-- domains: [{ id, errors, succeeded, errors_after, trip, wait_until, error, slot, previous_slot }]: errors of the provider before
-- the last success and after it; slot: given back, where nothing went out by it.
-- breaker: { threshold, rest_seconds }. Answers how many of the mails were still this lease's.
create or replace function public.finish_emails(lease uuid, results jsonb, domains jsonb, breaker jsonb, at timestamptz default null) returns integer
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
  perform private.mails_went_out(jsonb_agg(jsonb_build_object('id', x.id, 'at', moment, 'provider_message_id', x.provider_message_id,
            'decision', x.decision, 'attempt', x.attempt)))
     from jsonb_to_recordset(results) as x(id uuid, outcome text, provider_message_id text, decision jsonb, attempt integer)
    where x.outcome = 'sent' and x.id = any (mine) having count(*) > 0;

  with finished as (
    update public.email_queue q
       set status = case x.outcome when 'requeue' then 'queued' when 'drop' then 'cancelled' else x.outcome end,
           lease_token = null, lease_until = null,
           decision = coalesce(x.decision, q.decision),
           last_error = coalesce(left(x.error, 2000), q.last_error),
           run_at = coalesce(x.run_at, q.run_at),
           attempts = q.attempts + coalesce(x.attempt, 0),
           is_paused = x.outcome = 'requeue' and q.purpose = 'campaign'
             and exists (select 1 from public.campaigns c where c.workspace_id = q.workspace_id and c.id = q.campaign_id and c.status = 'paused')
      from jsonb_to_recordset(results) as x(id uuid, outcome text, error text, decision jsonb, run_at timestamptz, attempt integer)
     where q.id = x.id and q.id = any (mine) and x.outcome <> 'sent'
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
           where f.outcome <> 'unknown' and f.cap_day is not null group by 1, 2, 3) x
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
  return cardinality(mine);
end $$;
