-- Why: one person writes to one person through their own mailbox, in the thread that stands, with the same gate and the same care
-- for what may have been sent already.
-- Touches: functions queue_direct_email, retry_direct_email, list_person_mail for members; claim_direct_emails, direct_email_facts,
-- finish_direct_email, note_sent_emails for machines.

-- Queues a mail: { id, mailbox_id, person_id, email_id, subject, body, answers (a mail that came in), follows (one of ours) }. The same id
-- twice is one mail. The mailbox must be the caller's own.
create function private.queue_direct_email(workspace uuid, mail jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  new_id uuid := (mail ->> 'id')::uuid;
  box public.mailboxes;
  point public.emails;
  answered public.inbound_emails;
  before public.email_queue;
  token text;
begin
  perform private.assert_member(workspace);
  if exists (select 1 from public.email_queue q where q.workspace_id = workspace and q.id = new_id and q.created_by = auth.uid()) then
    return jsonb_build_object('id', new_id);
  end if;
  select * into box from public.mailboxes m where m.workspace_id = workspace and m.id = (mail ->> 'mailbox_id')::uuid and m.user_id = auth.uid();
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if box.status <> 'connected' then
    raise exception 'Connect % again in Settings, Mailboxes', box.address using errcode = 'PT409';
  end if;
  select e.* into point from public.person_emails l
    join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
    join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
   where l.workspace_id = workspace and l.person_id = (mail ->> 'person_id')::uuid and l.email_id = (mail ->> 'email_id')::uuid;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if mail ->> 'answers' is not null then
    select * into answered from public.inbound_emails i
     where i.workspace_id = workspace and i.id = (mail ->> 'answers')::uuid and i.person_id = (mail ->> 'person_id')::uuid;
    if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  end if;
  select * into before from public.email_queue q
   where q.workspace_id = workspace and q.id = coalesce((mail ->> 'follows')::uuid, answered.email_queue_id)
     and q.person_id = (mail ->> 'person_id')::uuid;
  if mail ->> 'follows' is not null and not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  token := coalesce(before.thread_token, replace(gen_random_uuid()::text, '-', ''));
  insert into public.email_queue (id, workspace_id, purpose, via, person_id, email_id, to_address, mailbox_id, from_name, from_address, subject, body_text,
    status, run_at, thread_token, message_id, in_reply_to, provider_thread_id, created_by)
  values (new_id, workspace, 'direct', 'gmail', (mail ->> 'person_id')::uuid, point.id, point.address, box.id,
    coalesce((select left(regexp_replace(p.full_name, '[\r\n]+', ' ', 'g'), 100) from public.profiles p where p.user_id = auth.uid()), ''),
    box.address, mail ->> 'subject', mail ->> 'body', 'queued', now(), token,
    '<' || token || '.' || left(replace(new_id::text, '-', ''), 12) || '@' || split_part(box.address, '@', 2) || '>',
    (select x.id from (values (coalesce(answered.message_id, before.message_id))) x (id) where length(x.id) <= 300 and x.id !~ '[\r\n]'),
    -- a thread is known in its own mailbox alone
    coalesce(case when answered.mailbox_id = box.id then answered.provider_thread_id end,
             case when before.mailbox_id = box.id then before.provider_thread_id end),
    auth.uid());
  return jsonb_build_object('id', new_id);
end $$;

-- A person has a failed mail, or one that may not have gone out, sent again: their own.
create function private.retry_direct_email(workspace uuid, mail uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  update public.email_queue q set status = 'queued', run_at = now(), attempts = 0, last_error = null, decision = null, round = q.round + 1
   where q.workspace_id = workspace and q.id = mail and q.purpose = 'direct' and q.created_by = auth.uid() and q.status in ('failed', 'unknown') and q.round < 20;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
end $$;

-- What was written with a person, as threads, the newest first: { threads, addresses, mailboxes (the caller's own) }.
create function private.list_person_mail(workspace uuid, person uuid) returns jsonb
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
         and (q.status = 'sent' and q.purpose = 'campaign' or q.purpose = 'direct')
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
        'subject', c.subject, 'body_text', left(c.body_text, 20000), 'has_html', c.body_html is not null, 'from_name', c.from_name,
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

grant execute on function private.queue_direct_email(uuid, jsonb), private.retry_direct_email(uuid, uuid), private.list_person_mail(uuid, uuid) to authenticated;
create function public.queue_direct_email(workspace uuid, mail jsonb) returns jsonb
language sql set search_path = '' as $$ select private.queue_direct_email(workspace, mail) $$;
create function public.retry_direct_email(workspace uuid, mail uuid) returns void
language sql set search_path = '' as $$ select private.retry_direct_email(workspace, mail) $$;
create function public.list_person_mail(workspace uuid, person uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.list_person_mail(workspace, person) $$;
grant execute on function public.queue_direct_email(uuid, jsonb), public.retry_direct_email(uuid, uuid), public.list_person_mail(uuid, uuid) to authenticated;

-- What is known of mails that went out: they are sent, and stand on the person's timeline. Each once.
create function private.mark_direct_sent(mails uuid[]) returns void
language sql security definer set search_path = ''
as $$
  with sent as (
    update public.email_queue q set status = 'sent', sent_at = now(), lease_token = null, lease_until = null, last_error = null,
           decision = coalesce(q.decision, jsonb_build_object('verdict', 'send', 'reason', 'ok', 'at', now()))
     where q.id = any (mails) and q.purpose = 'direct' and q.status <> 'sent'
    returning q.*
  ), told as (
    insert into public.email_events (workspace_id, email_queue_id, event_id, type, occurred_at)
    select s.workspace_id, s.id, 'direct:' || s.id, 'sent', s.sent_at from sent s on conflict (workspace_id, event_id) do nothing
  )
  insert into public.activities (workspace_id, kind, channel, direction, subject, body, occurred_at, performed_by, person_id, email_id, details)
  select s.workspace_id, 'email', 'email', 'out', s.subject, left(s.body_text, 20000), s.sent_at, s.created_by, s.person_id, s.email_id,
         jsonb_build_object('email_queue_id', s.id)
    from sent s where s.person_id is not null
$$;

-- Takes mails that are due in mailboxes that are connected: [{ id, lease_token }]. A hold that ran out becomes unknown, or sent where the
-- mailbox shows that it was.
create function public.claim_direct_emails(batch integer, lease_seconds integer) returns jsonb
language plpgsql set search_path = ''
as $$
declare claimed jsonb;
begin
  update public.email_queue q set status = 'unknown', lease_token = null, lease_until = null, last_error = 'The run that sent it ended before it said what came of it'
   where q.id in (select x.id from public.email_queue x where x.status = 'sending' and x.purpose = 'direct' and x.lease_until < now()
                   order by x.id for update skip locked);
  perform private.mark_direct_sent(array(
    select q.id from public.email_queue q where q.status = 'unknown' and q.purpose = 'direct' and q.provider_message_id is not null limit 100));
  with due as (
    select q.id from public.email_queue q join public.mailboxes m on m.workspace_id = q.workspace_id and m.id = q.mailbox_id
     where q.domain_id is null and q.status = 'queued' and not q.is_paused and q.purpose = 'direct' and q.via = 'gmail' and q.run_at <= now()
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
create function public.direct_email_facts(mails uuid[]) returns jsonb
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
    'facts', jsonb_build_object('purpose', 'direct',
      'address', (select jsonb_build_object('status', e.status, 'since', e.since) from public.emails e where e.workspace_id = q.workspace_id and e.id = q.email_id),
      'person', (select jsonb_build_object('isDeleted', p.deleted_at is not null, 'isDoNotContact', p.lead_status = 'do_not_contact',
          'organizationIsDoNotContact', exists (select 1 from public.person_organizations l
             join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
            where l.workspace_id = p.workspace_id and l.person_id = p.id and o.status = 'do_not_contact' and o.deleted_at is null))
        from public.people p where p.workspace_id = q.workspace_id and p.id = q.person_id),
      'recipient', null, 'campaign', null, 'recipientZone', null, 'workspaceZone', w.time_zone, 'domain', null,
      'hasBody', q.body_text is not null))), '[]')
  from public.email_queue q
  join public.workspaces w on w.id = q.workspace_id
  join public.mailboxes m on m.workspace_id = q.workspace_id and m.id = q.mailbox_id
 where q.id = any (mails) and q.status = 'sending'
$$;

-- Ends the hold on a mail with what came of it: { status, decision, error, run_at, provider_message_id, provider_thread_id, message_id }. False: it
-- is no longer this run's.
create function public.finish_direct_email(mail uuid, lease uuid, outcome jsonb) returns boolean
language plpgsql set search_path = ''
as $$
begin
  update public.email_queue q
     set provider_message_id = coalesce(outcome ->> 'provider_message_id', q.provider_message_id),
         provider_thread_id = coalesce(outcome ->> 'provider_thread_id', q.provider_thread_id),
         message_id = coalesce(outcome ->> 'message_id', q.message_id),
         decision = coalesce(outcome -> 'decision', q.decision), last_error = left(outcome ->> 'error', 2000),
         run_at = coalesce((outcome ->> 'run_at')::timestamptz, q.run_at),
         status = case when outcome ->> 'status' = 'sent' then q.status else outcome ->> 'status' end,
         lease_token = case when outcome ->> 'status' = 'sent' then q.lease_token end,
         lease_until = case when outcome ->> 'status' = 'sent' then q.lease_until end
   where q.id = mail and q.lease_token = lease;
  if not found then return false; end if;
  if outcome ->> 'status' = 'sent' then perform private.mark_direct_sent(array[mail]); end if;
  return true;
end $$;

-- What a sync found among the sent mails of a mailbox: [{ id, provider_message_id, provider_thread_id, message_id }], ids of ours. What was
-- unknown was sent, then.
create function public.note_sent_emails(mailbox uuid, rows jsonb) returns integer
language plpgsql set search_path = ''
as $$
declare noted integer;
begin
  update public.email_queue q set provider_message_id = x.provider_message_id, provider_thread_id = x.provider_thread_id,
         message_id = coalesce(x.message_id, q.message_id)
    from jsonb_to_recordset(rows) as x (id uuid, provider_message_id text, provider_thread_id text, message_id text)
   where q.id = x.id and q.mailbox_id = note_sent_emails.mailbox and q.purpose = 'direct' and q.status in ('sending', 'unknown') and q.provider_message_id is null;
  get diagnostics noted = row_count;
  perform private.mark_direct_sent(array(
    select q.id from jsonb_to_recordset(rows) as x (id uuid) join public.email_queue q on q.id = x.id
     where q.mailbox_id = note_sent_emails.mailbox and q.status = 'unknown'));
  return noted;
end $$;
