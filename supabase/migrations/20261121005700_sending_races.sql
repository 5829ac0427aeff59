-- Why: four ways in which a mail was lost, doubled in the books or sent to whom it must not be: a mail whose address was corrected after it was
-- queued was held against the new address alone; one that was never begun counted as sent when somebody used its link; one that was
-- under way while its campaign was resumed could stay paused for ever; and a campaign that was cancelled in the middle of a drain and
-- the drain could wait for each other.
-- Touches: functions email_facts, private.mails_went_out, private.set_mails_paused, private.lock_campaign.

-- The campaign, locked, for one of the workspace's members. Its key doesn't change, so rows that refer to it may come meanwhile: a
-- drain that holds its recipients writes their activities.
create or replace function private.lock_campaign(workspace uuid, campaign uuid) returns public.campaigns
language plpgsql security definer set search_path = ''
as $$
declare found_campaign public.campaigns;
begin
  perform private.assert_member(workspace);
  select * into found_campaign from public.campaigns c
   where c.workspace_id = workspace and c.id = campaign and c.deleted_at is null for no key update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  return found_campaign;
end $$;

-- No drain sees the mails of a paused campaign; those that one has claimed already are held by the gate. Whoever is just putting such a
-- mail back is waited for: it was told of the campaign as it stood.
create or replace function private.set_mails_paused(workspace uuid, campaign uuid, paused boolean) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform 1 from public.email_queue q where q.workspace_id = workspace and q.campaign_id = campaign and q.purpose = 'campaign'
     and (q.status = 'sending' or q.status in ('staged', 'queued') and q.is_paused <> paused) order by q.id for update;
  -- a statement of its own, which sees what they left
  update public.email_queue q
     set is_paused = paused,
         decision = case when paused and q.status = 'queued' then jsonb_build_object('verdict', 'hold', 'reason', 'campaign_paused', 'at', now()) end
   where q.workspace_id = workspace and q.campaign_id = campaign and q.purpose = 'campaign'
     and q.status in ('staged', 'queued') and q.is_paused <> paused;
end $$;

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
  -- a test goes to an address that may stand in the directory as well, and a recipient's may have been corrected since: the strictest counts
  left join lateral (
    select y.* from (
      select x.id, x.status, x.since from public.emails x where x.workspace_id = q.workspace_id and x.id = q.email_id
      union all
      select x.id, x.status, x.since from public.emails x where x.workspace_id = q.workspace_id and x.address = lower(q.to_address)) y
     order by private.email_status_rank(y.status) desc, y.since desc nulls last limit 1
  ) e on true
  left join public.sending_domains d on d.workspace_id = q.workspace_id and d.id = q.domain_id
  where q.id = any (mails) and q.lease_token = lease and q.status = 'sending'
$$;

-- Mails of which it is now known that the provider took them, whatever we thought: [{ id, at, provider_message_id, decision, attempt }]. Those that
-- are marked as sent already stay as they are. Moves the recipients on and writes the activities, each once: the finish of a drain
-- and a provider's event that is faster than it may both call this. Answers the ids that it marked.
-- A mail that nobody has begun to send can't have gone out, whatever a link in it says.
-- The drain tells its decision and that this was an attempt. Locks recipients by id, then mails by id.
create or replace function private.mails_went_out(mails jsonb) returns setof uuid
language plpgsql security definer set search_path = ''
as $$
declare marked uuid[];
begin
  perform set_config('app.mails_went_out', 'yes', true);
  perform 1 from public.campaign_recipients r
    where r.id in (select q.recipient_id from jsonb_to_recordset(mails) as m(id uuid)
                     join public.email_queue q on q.id = m.id where q.recipient_id is not null and q.status not in ('staged', 'sent'))
    order by r.id for no key update;
  with locked as materialized (
    select q.id, q.workspace_id, m.at, m.provider_message_id, m.decision, m.attempt
      from jsonb_to_recordset(mails) as m(id uuid, at timestamptz, provider_message_id text, decision jsonb, attempt integer)
      join public.email_queue q on q.id = m.id
     where q.status in ('sending', 'unknown') or q.status in ('queued', 'failed', 'cancelled') and q.attempts > 0
     order by q.id for no key update of q
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
