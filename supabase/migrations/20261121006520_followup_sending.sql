-- Why: the mail after a call goes the way of a person's own mails, through the caller's mailbox, or the way of a campaign's, through a sending
-- domain: claimed, asked about, finished and found again as they are. Its hours are nobody's but the caller's; what an address, a person
-- and a domain say holds, and a reply or a later conversation makes it needless. It is no deed of the caller's, so it ends no promise.
-- Touches: functions claim_direct_emails, direct_email_facts, note_sent_emails, email_facts, private.mark_direct_sent, private.mails_went_out,
-- private.list_person_mail, private.retry_direct_email, private.whom_it_concerns, private.apply_failures, private.followup_standing (new);
-- trigger close_next_steps of activities.

drop trigger close_next_steps on public.activities;
create trigger close_next_steps after insert on public.activities for each row
  when (new.kind in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit') and (new.campaign_id is null or new.direction = 'in')
        and not new.details ? 'followup_of')
  execute function private.close_next_steps();

-- What happened since the call that a mail follows: { exit_reason: undone | answered, has_replied }. Somebody who was spoken with
-- since, at the same number or another one of theirs, has heard what the mail would say.
create function private.followup_standing(workspace uuid, mail uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'exit_reason', case
      when c.undone_at is not null then 'undone'
      when exists (select 1 from public.calls o
                    where o.workspace_id = c.workspace_id and o.outcome_at > c.outcome_at and o.undone_at is null and o.id <> c.id and o.reached is distinct from 'wrong_person'
                      and (o.phone_id = c.phone_id or o.person_id = q.person_id)
                      and o.outcome in ('answered', 'follow_up', 'pending_signup', 'closed', 'rejected', 'do_not_call')) then 'answered' end,
    'has_replied', exists (select 1 from public.inbound_emails i where i.workspace_id = c.workspace_id and i.person_id = q.person_id
                              and i.received_at > c.outcome_at and i.kind in ('reply', 'possible'))
      or exists (select 1 from public.sms_messages m where m.workspace_id = c.workspace_id and m.phone_id = c.phone_id
                    and m.direction = 'in' and m.received_at > c.outcome_at))
    from public.email_queue q join public.calls c on c.workspace_id = q.workspace_id and c.followup_email_id = q.id
   where q.workspace_id = workspace and q.id = mail
$$;

-- Takes mails that are due in mailboxes that are connected: [{ id, lease_token }]. A hold that ran out becomes unknown, or sent where the
-- mailbox shows that it was.
create or replace function public.claim_direct_emails(batch integer, lease_seconds integer) returns jsonb
language plpgsql set search_path = ''
as $$
declare claimed jsonb;
begin
  update public.email_queue q set status = 'unknown', lease_token = null, lease_until = null, last_error = 'The run that sent it ended before it said what came of it'
   where q.id in (select x.id from public.email_queue x where x.status = 'sending' and x.purpose in ('direct', 'followup') and x.via = 'gmail' and x.lease_until < now()
                   order by x.id for update skip locked);
  perform private.mark_direct_sent(array(
    select q.id from public.email_queue q where q.status = 'unknown' and q.purpose in ('direct', 'followup') and q.via = 'gmail' and q.provider_message_id is not null limit 100));
  with due as (
    select q.id from public.email_queue q join public.mailboxes m on m.workspace_id = q.workspace_id and m.id = q.mailbox_id
     where q.domain_id is null and q.status = 'queued' and not q.is_paused and q.purpose in ('direct', 'followup') and q.via = 'gmail' and q.run_at <= now()
       and m.status = 'connected'
     order by q.run_at, q.id limit batch for update of q skip locked
  ), taken as (
    update public.email_queue q set status = 'sending', lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => lease_seconds),
           attempts = least(q.attempts + 1, 100)
      from due where q.id = due.id returning q.id, q.lease_token
  )
  select coalesce(jsonb_agg(to_jsonb(t)), '[]') into claimed from taken t;
  return claimed;
end $$;

-- What is asked of the gate and what is sent, as it stands now: after the claim was committed.
create or replace function public.direct_email_facts(mails uuid[]) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', q.id, 'workspace_id', q.workspace_id, 'mailbox_id', q.mailbox_id, 'attempts', q.attempts, 'to_address', q.to_address, 'from_name', q.from_name,
    'from_address', q.from_address, 'subject', q.subject, 'body_text', q.body_text, 'message_id', q.message_id, 'in_reply_to', q.in_reply_to,
    'thread_token', q.thread_token, 'provider_thread_id', q.provider_thread_id,
    'references', coalesce((select jsonb_agg(x.message_id order by x.at) from (
        select y.message_id, y.at from (
          select o.message_id, o.sent_at as at from public.email_queue o
           where o.thread_token = q.thread_token and o.workspace_id = q.workspace_id and o.status = 'sent' and o.message_id is not null
          union all
          select i.message_id, i.received_at from public.email_queue o
            join public.inbound_emails i on i.workspace_id = o.workspace_id and i.email_queue_id = o.id and i.kind in ('reply', 'possible')
           where o.thread_token = q.thread_token and o.workspace_id = q.workspace_id and i.message_id is not null) y
        order by y.at desc limit 20) x), '[]'),
    'token', (select jsonb_build_object('refresh_token', t.refresh_token, 'access_token', t.access_token, 'access_expires_at', t.access_expires_at)
                from public.mailbox_tokens t where t.workspace_id = q.workspace_id and t.mailbox_id = q.mailbox_id),
    'mailbox_status', m.status,
    'facts', jsonb_build_object('purpose', q.purpose, 'isThroughMailbox', true,
      -- an address may be told of in a call before it stands in the directory
      'address', (select jsonb_build_object('status', e.status, 'since', e.since) from public.emails e
                   where e.workspace_id = q.workspace_id and (e.id = q.email_id or q.email_id is null and e.address = lower(q.to_address))),
      'person', (select jsonb_build_object('isDeleted', p.deleted_at is not null, 'isDoNotContact', p.lead_status = 'do_not_contact',
          'organizationIsDoNotContact', exists (select 1 from public.person_organizations l
             join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
            where l.workspace_id = p.workspace_id and l.person_id = p.id and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null))
        from public.people p where p.workspace_id = q.workspace_id and p.id = q.person_id),
      'recipient', case when q.purpose = 'followup' then (select jsonb_build_object('exitReason', s.standing -> 'exit_reason', 'hasReplied', s.standing -> 'has_replied')
          from (select private.followup_standing(q.workspace_id, q.id) as standing) s where s.standing is not null) end, 'campaign', null, 'recipientZone', null, 'workspaceZone', w.time_zone, 'domain', null,
      'hasBody', q.body_text is not null))), '[]')
  from public.email_queue q
  join public.workspaces w on w.id = q.workspace_id
  join public.mailboxes m on m.workspace_id = q.workspace_id and m.id = q.mailbox_id
 where q.id = any (mails) and q.status = 'sending'$$;

-- What a sync found among the sent mails of a mailbox: [{ id, provider_message_id, provider_thread_id, message_id }], ids of ours. What was
-- unknown was sent, then.
create or replace function public.note_sent_emails(mailbox uuid, rows jsonb) returns integer
language plpgsql set search_path = ''
as $$
declare noted integer;
begin
  update public.email_queue q set provider_message_id = x.provider_message_id, provider_thread_id = x.provider_thread_id,
         message_id = coalesce(x.message_id, q.message_id)
    from jsonb_to_recordset(rows) as x (id uuid, provider_message_id text, provider_thread_id text, message_id text)
   where q.id = x.id and q.mailbox_id = note_sent_emails.mailbox and q.purpose in ('direct', 'followup') and q.status in ('sending', 'unknown') and q.provider_message_id is null;
  get diagnostics noted = row_count;
  perform private.mark_direct_sent(array(
    select q.id from jsonb_to_recordset(rows) as x (id uuid) join public.email_queue q on q.id = x.id
     where q.mailbox_id = note_sent_emails.mailbox and q.status = 'unknown'));
  return noted;
end $$;

-- What is known of mails that went out: they are sent, and stand on the person's timeline. Each once.
create or replace function private.mark_direct_sent(mails uuid[]) returns void
language sql security definer set search_path = ''
as $$
  with sent as (
    update public.email_queue q set status = 'sent', sent_at = now(), lease_token = null, lease_until = null, last_error = null,
           decision = coalesce(q.decision, jsonb_build_object('verdict', 'send', 'reason', 'ok', 'at', now()))
     where q.id = any (mails) and q.purpose in ('direct', 'followup') and q.via = 'gmail' and q.status <> 'sent'
    returning q.*
  ), told as (
    insert into public.email_events (workspace_id, email_queue_id, event_id, type, occurred_at)
    select s.workspace_id, s.id, 'direct:' || s.id, 'sent', s.sent_at from sent s on conflict (workspace_id, event_id) do nothing
  )
  insert into public.activities (workspace_id, kind, channel, direction, subject, body, occurred_at, performed_by, person_id, email_id, details)
  select s.workspace_id, 'email', 'email', 'out', s.subject, left(s.body_text, 20000), s.sent_at, s.created_by, s.person_id, s.email_id,
         jsonb_strip_nulls(jsonb_build_object('email_queue_id', s.id, 'followup_of',
           (select c.id from public.calls c where s.purpose = 'followup' and c.workspace_id = s.workspace_id and c.followup_email_id = s.id)))
    from sent s where s.person_id is not null$$;

-- All that the gate decides on and a mail is made of, for the mails of a lease. Read after the claim was committed.
create or replace function public.email_facts(mails uuid[], lease uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', q.id, 'workspace_id', q.workspace_id, 'purpose', q.purpose, 'domain_id', q.domain_id, 'campaign_id', q.campaign_id,
    'to_address', q.to_address, 'from_name', q.from_name, 'from_address', q.from_address, 'reply_to', q.reply_to,
    'subject', q.subject, 'body_text', q.body_text, 'body_html', q.body_html, 'message_id', q.message_id, 'in_reply_to', q.in_reply_to,
    'thread_token', q.thread_token, 'unsubscribe_token', q.unsubscribe_token, 'attempts', q.attempts, 'time_zone', q.time_zone,
    'workspace_zone', w.time_zone, 'postal_address', coalesce(s.postal_address, own.postal_address, ''),
    'address', case when e.id is not null then jsonb_build_object('status', e.status, 'since', e.since) end,
    'person', case when p.id is not null then jsonb_build_object('is_deleted', p.deleted_at is not null,
      'is_do_not_contact', p.lead_status = 'do_not_contact',
      'organization_is_do_not_contact', exists (
        select 1 from public.person_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
         where l.workspace_id = p.workspace_id and l.person_id = p.id and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null)) end,
    'recipient', case when r.id is not null then jsonb_build_object('exit_reason', r.exit_reason, 'has_replied', r.replied_at is not null)
      when q.purpose = 'followup' then private.followup_standing(q.workspace_id, q.id) end,
    'campaign', case when c.id is not null then jsonb_build_object('status', c.status, 'starts_at', c.starts_at,
      'exits_on_reply', 'reply' = any (c.exit_conditions), 'start', c.hours_start, 'end', c.hours_end, 'days', c.days,
      'skip_holidays', c.skip_holidays, 'zone_of', c.zone_of, 'time_zone', c.time_zone) end,
    'domain', case when d.id is not null then jsonb_build_object('status', d.status, 'breaker', d.breaker) end)), '[]')
  from public.email_queue q
  join public.workspaces w on w.id = q.workspace_id
  left join public.campaigns c on c.workspace_id = q.workspace_id and c.id = q.campaign_id
  left join public.senders s on s.workspace_id = c.workspace_id and s.id = c.sender_id
  left join public.senders own on own.workspace_id = q.workspace_id and own.id = q.sender_id
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
  where q.id = any (mails) and q.lease_token = lease and q.status = 'sending'$$;

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
           g.campaign_id, jsonb_strip_nulls(jsonb_build_object('email_queue_id', g.id, 'followup_of',
             (select c.id from public.calls c where g.purpose = 'followup' and c.workspace_id = g.workspace_id and c.followup_email_id = g.id)))
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

-- What was written with a person, as threads, the newest first: { threads, addresses, mailboxes (the caller's own) }.
create or replace function private.list_person_mail(workspace uuid, person uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.people p where p.workspace_id = workspace and p.id = person) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  return (
    with ours as (
      select q.* from public.email_queue q
       where q.workspace_id = workspace and q.person_id = person
         and (q.status = 'sent' and q.purpose = 'campaign' or q.purpose = 'direct'
              or q.purpose = 'followup' and q.status <> 'cancelled')
       order by q.created_at desc limit 200
    ), came as (
      select i.*, coalesce(q.thread_token, i.id::text) as thread from public.inbound_emails i
        left join public.email_queue q on q.workspace_id = i.workspace_id and q.id = i.email_queue_id
       where i.workspace_id = workspace and i.person_id = person and i.kind <> 'dismissed'
       order by i.received_at desc limit 200
    ), messages as (
      select coalesce(o.thread_token, o.id::text) as thread, coalesce(o.sent_at, o.run_at, o.created_at) as at, o.subject, jsonb_build_object(
        'id', o.id, 'direction', 'out', 'kind', o.purpose, 'status', o.status, 'at', coalesce(o.sent_at, o.run_at, o.created_at), 'subject', o.subject,
        'body_text', left(o.body_text, 20000), 'has_html', o.body_html is not null, 'from_name', o.from_name, 'from_address', o.from_address,
        'to_address', o.to_address, 'reason', o.decision ->> 'reason', 'error', o.last_error, 'is_mine', coalesce(o.created_by = auth.uid(), false),
        'campaign', (select jsonb_build_object('id', c.id, 'name', c.name) from public.campaigns c where c.workspace_id = workspace and c.id = o.campaign_id),
        'opened_at', o.opened_at, 'bounced_at', o.bounced_at) as message
        from ours o
      union all
      select c.thread, c.received_at, c.subject, jsonb_build_object('id', c.id, 'direction', 'in', 'kind', c.kind, 'status', 'received', 'at', c.received_at,
        'subject', c.subject, 'body_text', left(c.body_text, 20000), 'has_html', c.body_html is not null, 'attachments', c.attachments, 'from_name', c.from_name,
        'from_address', c.from_address, 'to_address', (select m.address from public.mailboxes m where m.id = c.mailbox_id)) from came c
    ), threads as (
      select m.thread, max(m.at) as last_at, (array_agg(m.subject order by m.at))[1] as subject, jsonb_agg(m.message order by m.at) as messages
        from messages m group by m.thread order by max(m.at) desc limit 30
    )
    select jsonb_build_object(
      'threads', coalesce((select jsonb_agg(jsonb_build_object('id', t.thread, 'subject', t.subject, 'last_at', t.last_at, 'messages', t.messages)
                                  order by t.last_at desc) from threads t), '[]'),
      'addresses', coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'address', e.address, 'status', e.status) order by l.is_primary desc, l.created_at)
                               from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
                              where l.workspace_id = workspace and l.person_id = person), '[]'),
      'mailboxes', coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'address', m.address, 'status', m.status) order by m.status, m.created_at)
                               from public.mailboxes m where m.workspace_id = workspace and m.user_id = auth.uid() and m.status <> 'disconnected'), '[]')));
end $$;

-- A person has a failed mail, or one that may not have gone out, sent again: their own.
create or replace function private.retry_direct_email(workspace uuid, mail uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare box public.mailboxes;
begin
  perform private.assert_member(workspace);
  select m.* into box from public.email_queue q join public.mailboxes m on m.workspace_id = q.workspace_id and m.id = q.mailbox_id
   where q.workspace_id = workspace and q.id = mail and q.purpose in ('direct', 'followup') and q.via = 'gmail' and q.created_by = auth.uid();
  if found and (box.status <> 'connected' or box.user_id is distinct from auth.uid()) then
    raise exception 'Connect % again in Settings, Mailboxes', box.address using errcode = 'PT409';
  end if;
  update public.email_queue q set status = 'queued', run_at = now(), attempts = 0, last_error = null, decision = null, round = q.round + 1
   where q.workspace_id = workspace and q.id = mail and q.purpose in ('direct', 'followup') and q.via = 'gmail' and q.created_by = auth.uid() and q.status in ('failed', 'unknown') and q.round < 20;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
end $$;

create or replace function private.whom_it_concerns(mail public.inbound_emails) returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select c.created_by from public.campaigns c where c.workspace_id = mail.workspace_id and c.id = mail.campaign_id and c.created_by is not null
  union select q.created_by from public.email_queue q
   where q.workspace_id = mail.workspace_id and q.id = mail.email_queue_id and q.purpose in ('direct', 'followup') and q.created_by is not null
  union select p.assigned_to from public.people p where p.workspace_id = mail.workspace_id and p.id = mail.person_id and p.assigned_to is not null$$;

-- What a report of failure says of the address and of the mail.
create or replace function private.apply_failures(workspace uuid, mails uuid[], rows jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare failed record;
begin
  for failed in
    select i.id, i.email_queue_id, i.received_at, x.failure ->> 'kind' as kind, lower(x.failure ->> 'address') as address,
           left(x.failure ->> 'said', 500) as said, q.email_id, q.to_address, q.purpose, q.created_by, q.person_id
      from public.inbound_emails i
      join jsonb_to_recordset(rows) as x (provider_message_id text, failure jsonb) on x.provider_message_id = i.provider_message_id
      join public.email_queue q on q.workspace_id = i.workspace_id and q.id = i.email_queue_id
     where i.workspace_id = workspace and i.id = any (mails) and i.kind = 'delivery_failure' and x.failure is not null
     order by q.email_id, i.id
  loop
    -- another address of theirs that we did not write to is not ours to judge
    continue when failed.address is not null and failed.address <> failed.to_address;
    if failed.kind = 'hard' then
      update public.emails e set status = 'hard_bounced', reason = failed.said, since = failed.received_at
       where e.workspace_id = workspace and e.id = failed.email_id and e.status in ('active', 'soft_bounced');
    elsif failed.kind = 'soft' then
      update public.emails e set status = 'soft_bounced', reason = failed.said, since = failed.received_at
       where e.workspace_id = workspace and e.id = failed.email_id and e.status = 'active';
    end if;
    if failed.kind in ('hard', 'soft') then
      update public.email_queue q set bounced_at = coalesce(q.bounced_at, failed.received_at), bounce_kind = coalesce(q.bounce_kind, failed.kind)
       where q.workspace_id = workspace and q.id = failed.email_queue_id;
      if failed.purpose in ('direct', 'followup') and failed.created_by is not null then
        perform private.notify(workspace, failed.created_by, 'reply', 'Your mail to ' || failed.to_address || ' was not delivered', failed.said,
          coalesce('/people/' || failed.person_id, '/campaigns/replies'), 'failure:' || failed.id);
      end if;
    end if;
    insert into public.email_events (workspace_id, email_queue_id, event_id, type, occurred_at, details)
    values (workspace, failed.email_queue_id, 'inbound:' || failed.id, case failed.kind when 'delayed' then 'delayed' else 'bounced' end,
            failed.received_at, jsonb_build_object('inbound_email_id', failed.id, 'kind', failed.kind, 'reason', failed.said))
    on conflict (workspace_id, event_id) do nothing;
  end loop;
end $$;
