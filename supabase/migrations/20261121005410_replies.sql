-- Why: a mail that answers one of ours ends what it answers, once, however often it is read; what only looks like an answer waits
-- for a person.
-- Touches: inbound_emails (two indexes), email_queue (an index); functions match_inbound, apply_inbound_emails for machines;
-- decide_inbound_email, list_inbound_emails, get_inbound_email for members.

-- The same mail in two of the team's mailboxes is one mail.
create unique index inbound_emails_message_key on public.inbound_emails (workspace_id, message_id) where message_id is not null;
create index inbound_emails_thread_idx on public.inbound_emails (workspace_id, mailbox_id, provider_thread_id);
create index email_queue_gmail_thread_idx on public.email_queue (workspace_id, mailbox_id, provider_thread_id) where provider_thread_id is not null;

-- Which of our mails each message answers, by the strongest sign: our token in an address or a message id; a message id of ours
-- that it names, or a thread of ours that it stands in; the address we wrote to; another address of whom we wrote to.
-- messages: [{ id, thread, sender, tokens, message_ids, received_at }]. Those that answer nothing of ours are left out.
create function public.match_inbound(mailbox uuid, messages jsonb) returns jsonb
language sql stable set search_path = ''
as $$
  with box as (select m.id, m.workspace_id, m.address from public.mailboxes m where m.id = mailbox),
  said as (
    select x.* from jsonb_to_recordset(messages)
      as x (id text, thread text, sender text, tokens text[], message_ids text[], received_at timestamptz)),
  fresh as (
    select s.*, b.id as mailbox_id, b.workspace_id from said s cross join box b
     where not exists (select 1 from public.inbound_emails i
                        where i.workspace_id = b.workspace_id and i.mailbox_id = b.id and i.provider_message_id = s.id)
       -- what one of us wrote answers nothing
       and not exists (select 1 from public.mailboxes o where o.workspace_id = b.workspace_id and o.address = s.sender)),
  matched as (
    select distinct on (f.id) f.id, c.by, c.q, c.place
      from fresh f
      cross join lateral (
        (select 1 as place, 'token' as by, q.id as q, q.message_id = any (f.message_ids) as is_exact, q.sent_at
           from public.email_queue q where q.thread_token = any (f.tokens) and q.workspace_id = f.workspace_id)
        union all
        (select 2, 'header', q.id, true, q.sent_at
           from public.email_queue q where q.message_id = any (f.message_ids) and q.workspace_id = f.workspace_id)
        union all
        (select 3, 'header', q.id, false, q.sent_at from public.email_queue q
          where q.workspace_id = f.workspace_id and q.mailbox_id = f.mailbox_id and q.provider_thread_id = f.thread and q.sent_at is not null)
        union all
        (select 4, 'header', i.email_queue_id, false, i.received_at from public.inbound_emails i
          where i.workspace_id = f.workspace_id and i.mailbox_id = f.mailbox_id and i.provider_thread_id = f.thread
            and i.kind = 'reply' and i.email_queue_id is not null)
        union all
        (select 5, 'sender', q.id, false, q.sent_at from public.emails e
           join public.email_queue q on q.workspace_id = e.workspace_id and q.email_id = e.id
          where e.workspace_id = f.workspace_id and e.address = f.sender and q.sent_at between f.received_at - interval '90 days' and f.received_at)
        union all
        (select 6, 'person', q.id, false, q.sent_at from public.emails e
           join public.person_emails l on l.workspace_id = e.workspace_id and l.email_id = e.id
           join public.email_queue q on q.workspace_id = l.workspace_id and q.person_id = l.person_id
          where e.workspace_id = f.workspace_id and e.address = f.sender and q.sent_at between f.received_at - interval '90 days' and f.received_at)
      ) c
      join public.email_queue q on q.id = c.q and q.workspace_id = f.workspace_id and q.purpose <> 'test' and lower(q.from_address) <> f.sender
     order by f.id, c.place, c.is_exact desc nulls last, c.sent_at desc nulls last)
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'matched_by', m.by, 'email_queue_id', q.id, 'subject', q.subject,
    'recipient_id', r.id, 'campaign_id', coalesce(q.campaign_id, r.campaign_id), 'person_id', coalesce(r.person_id, q.person_id))), '[]')
    from matched m
    join public.email_queue q on q.id = m.q
    -- a single mail that went on a campaign's thread belongs to its recipient
    left join public.campaign_recipients r on r.workspace_id = q.workspace_id
         and (r.id = q.recipient_id or q.recipient_id is null and r.thread_token = q.thread_token)
$$;

-- What follows from replies, for mails that have just become one. Locks: recipients, then mails (as every stop does).
create function private.apply_replies(workspace uuid, mails uuid[]) returns void
language plpgsql security definer set search_path = ''
as $$
declare stop record;
begin
  with counted as (
    select i.recipient_id, count(*) as n, min(i.received_at) as first_at from public.inbound_emails i
     where i.workspace_id = workspace and i.id = any (mails) and i.recipient_id is not null group by i.recipient_id
  ), locked as materialized (
    select r.id from public.campaign_recipients r join counted c on c.recipient_id = r.id
     where r.workspace_id = workspace order by r.id for update of r
  )
  update public.campaign_recipients r
     set replied_at = least(r.replied_at, c.first_at), reply_count = r.reply_count + c.n
    from locked l join counted c on c.recipient_id = l.id where r.id = l.id;

  for stop in
    select distinct coalesce(r.person_id, i.person_id) as person, coalesce(c.stop_scope, 'person') as scope
      from public.inbound_emails i
      left join public.campaign_recipients r on r.workspace_id = i.workspace_id and r.id = i.recipient_id
      left join public.campaigns c on c.workspace_id = i.workspace_id and c.id = i.campaign_id
     where i.workspace_id = workspace and i.id = any (mails) and coalesce(r.person_id, i.person_id) is not null
       and (c.id is null or 'reply' = any (c.exit_conditions))
     order by 1, 2
  loop
    perform private.stop_outreach(workspace, stop.person, stop.scope, 'replied');
  end loop;

  with first as (
    select i.email_queue_id, min(i.received_at) as at from public.inbound_emails i
     where i.workspace_id = workspace and i.id = any (mails) and i.email_queue_id is not null group by i.email_queue_id
  ), locked as materialized (
    select q.id from public.email_queue q join first f on f.email_queue_id = q.id where q.workspace_id = workspace order by q.id for update of q
  )
  update public.email_queue q set replied_at = least(q.replied_at, f.at) from locked l join first f on f.email_queue_id = l.id where q.id = l.id;

  insert into public.email_events (workspace_id, email_queue_id, event_id, type, occurred_at, details)
  select workspace, i.email_queue_id, 'inbound:' || i.id, 'replied', i.received_at, jsonb_build_object('inbound_email_id', i.id)
    from public.inbound_emails i where i.workspace_id = workspace and i.id = any (mails) and i.email_queue_id is not null
  on conflict (workspace_id, event_id) do nothing;

  insert into public.activities (workspace_id, kind, channel, direction, subject, body, occurred_at, person_id, email_id, campaign_id, details)
  select workspace, 'email', 'email', 'in', left(i.subject, 500), left(i.body_text, 20000), i.received_at, i.person_id, e.id, i.campaign_id,
         jsonb_build_object('inbound_email_id', i.id, 'email_queue_id', i.email_queue_id)
    from public.inbound_emails i
    left join public.emails e on e.workspace_id = i.workspace_id and e.address = i.from_address
   where i.workspace_id = workspace and i.id = any (mails) and i.person_id is not null;

  perform private.notify(workspace, w.person, 'reply', private.sender_of(i) || coalesce(' replied to ' || c.name, ' replied'),
      left(concat_ws(': ', nullif(i.subject, ''), i.body_text), 300), '/campaigns/replies?mail=' || i.id, 'reply:' || i.id)
    from public.inbound_emails i
    left join public.campaigns c on c.workspace_id = i.workspace_id and c.id = i.campaign_id
    cross join lateral private.whom_it_concerns(i) as w (person)
   where i.workspace_id = workspace and i.id = any (mails);
end $$;

-- Who wrote it, as people are told: the person's name where we know them.
create function private.sender_of(mail public.inbound_emails) returns text
language sql stable security definer set search_path = ''
as $$
  select coalesce((select p.display_name from public.people p where p.workspace_id = mail.workspace_id and p.id = mail.person_id),
                  nullif(mail.from_name, ''), mail.from_address)
$$;

-- Whose business a reply is: who made the campaign or wrote the mail, and who looks after the person.
create function private.whom_it_concerns(mail public.inbound_emails) returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select c.created_by from public.campaigns c where c.workspace_id = mail.workspace_id and c.id = mail.campaign_id and c.created_by is not null
  union select q.created_by from public.email_queue q
   where q.workspace_id = mail.workspace_id and q.id = mail.email_queue_id and q.purpose = 'direct' and q.created_by is not null
  union select p.assigned_to from public.people p where p.workspace_id = mail.workspace_id and p.id = mail.person_id and p.assigned_to is not null
$$;

-- Keeps mails that were read and matched, each once, and does what follows from those that are new. A mail is known by its id in the
-- mailbox and by its Message-ID. rows: as the columns of inbound_emails, and of a delivery failure
-- { failure: { kind: "hard" | "soft" | "delayed", address, said } }. Answers { kept, replies, possible, failures }.
create function public.apply_inbound_emails(mailbox uuid, rows jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  box public.mailboxes;
  made uuid[];
  counts jsonb;
begin
  select * into box from public.mailboxes m where m.id = mailbox;
  if not found then return '{"kept": 0, "replies": 0, "possible": 0, "failures": 0}'; end if;
  with kept as (
    insert into public.inbound_emails (workspace_id, mailbox_id, provider_message_id, provider_thread_id, message_id, from_address, from_name,
      subject, body_text, body_html, received_at, kind, matched_by, email_queue_id, recipient_id, campaign_id, person_id)
    select box.workspace_id, box.id, x.provider_message_id, x.provider_thread_id, x.message_id, x.from_address, x.from_name,
           x.subject, x.body_text, x.body_html, x.received_at, x.kind, x.matched_by, x.email_queue_id, x.recipient_id, x.campaign_id, x.person_id
      from jsonb_to_recordset(rows) as x (provider_message_id text, provider_thread_id text, message_id text, from_address text, from_name text,
        subject text, body_text text, body_html text, received_at timestamptz, kind text, matched_by text, email_queue_id uuid,
        recipient_id uuid, campaign_id uuid, person_id uuid)
     order by x.provider_message_id
    on conflict do nothing
    returning id, kind
  )
  select coalesce(array_agg(k.id), '{}'), jsonb_build_object('kept', count(*), 'replies', count(*) filter (where k.kind = 'reply'),
    'possible', count(*) filter (where k.kind = 'possible'), 'failures', count(*) filter (where k.kind = 'delivery_failure'))
    into made, counts from kept k;

  perform private.apply_replies(box.workspace_id, array(
    select i.id from public.inbound_emails i where i.workspace_id = box.workspace_id and i.id = any (made) and i.kind = 'reply'));
  perform private.apply_failures(box.workspace_id, made, rows);
  perform private.notify(box.workspace_id, w.person, 'reply', private.sender_of(i) || ' may have replied',
      left(concat_ws(': ', nullif(i.subject, ''), i.body_text), 300), '/campaigns/replies?shown=possible&mail=' || i.id, 'possible:' || i.id)
    from public.inbound_emails i cross join lateral private.whom_it_concerns(i) as w (person)
   where i.workspace_id = box.workspace_id and i.id = any (made) and i.kind = 'possible';
  return counts;
end $$;

-- What follows from delivery failures (RFC 3464). An address that doesn't exist is marked, which ends whoever would be written to there.
create function private.apply_failures(workspace uuid, mails uuid[], rows jsonb) returns void
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
      if failed.purpose = 'direct' then
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

-- A person's word on what only looks like a reply: 'confirm' (it is one, with all that follows), 'dismiss', or 'reopen' what was dismissed.
create function private.decide_inbound_email(workspace uuid, mail uuid, verdict text) returns text
language plpgsql security definer set search_path = ''
as $$
declare was text;
begin
  perform private.assert_member(workspace);
  select i.kind into was from public.inbound_emails i where i.workspace_id = workspace and i.id = mail for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if verdict = 'confirm' and was = 'reply' or verdict = 'dismiss' and was = 'dismissed' or verdict = 'reopen' and was = 'possible' then return was; end if;
  if not (verdict in ('confirm', 'dismiss') and was = 'possible' or verdict = 'reopen' and was = 'dismissed') then
    raise exception 'Somebody has decided on this mail already' using errcode = 'PT409';
  end if;
  update public.inbound_emails i
     set kind = case verdict when 'confirm' then 'reply' when 'dismiss' then 'dismissed' else 'possible' end,
         decided_by = case when verdict <> 'reopen' then auth.uid() end, decided_at = case when verdict <> 'reopen' then now() end
   where i.workspace_id = workspace and i.id = mail;
  if verdict = 'confirm' then perform private.apply_replies(workspace, array[mail]); end if;
  return case verdict when 'confirm' then 'reply' when 'dismiss' then 'dismissed' else 'possible' end;
end $$;

-- One mail as lists show it; `body` only where it is opened.
create function private.inbound_row(i public.inbound_emails, with_body boolean default false) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', i.id, 'kind', i.kind, 'matched_by', i.matched_by, 'from_name', i.from_name, 'from_address', i.from_address,
    'subject', i.subject, 'snippet', left(regexp_replace(coalesce(i.body_text, ''), '\s+', ' ', 'g'), 240), 'received_at', i.received_at,
    'person', (select jsonb_build_object('id', p.id, 'name', p.display_name) from public.people p
                where p.workspace_id = i.workspace_id and p.id = i.person_id),
    'campaign', (select jsonb_build_object('id', c.id, 'name', c.name) from public.campaigns c
                  where c.workspace_id = i.workspace_id and c.id = i.campaign_id),
    'decided_at', i.decided_at, 'decided_by', (select p.full_name from public.profiles p where p.user_id = i.decided_by))
    || case when with_body then jsonb_build_object('body_text', i.body_text, 'body_html', i.body_html, 'mailbox',
      (select m.address from public.mailboxes m where m.id = i.mailbox_id),
      'answers', (select jsonb_build_object('subject', q.subject, 'body_text', left(q.body_text, 20000), 'sent_at', q.sent_at, 'from_address', q.from_address)
                    from public.email_queue q where q.workspace_id = i.workspace_id and q.id = i.email_queue_id)) else '{}' end
$$;

-- A page of what came in, the newest first: { rows, possible }. `shown`: replies, possible, or other (out of office, failures, dismissed).
create function private.list_inbound_emails(workspace uuid, shown text, of_campaign uuid, before_at timestamptz, before_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare kinds text[] := case shown when 'replies' then '{reply}' when 'possible' then '{possible}' else '{auto_reply,delivery_failure,dismissed}' end;
begin
  perform private.assert_member(workspace);
  return jsonb_build_object(
    'possible', (select count(*) from (select 1 from public.inbound_emails i where i.workspace_id = workspace and i.kind = 'possible' limit 100) x),
    'rows', coalesce((select jsonb_agg(private.inbound_row(x) order by x.received_at desc, x.id) from (
      select i.* from public.inbound_emails i
       where i.workspace_id = workspace and i.kind = any (kinds) and (of_campaign is null or i.campaign_id = of_campaign)
         and (before_at is null or i.received_at < before_at or i.received_at = before_at and i.id > before_id)
       order by i.received_at desc, i.id limit page_size) x), '[]'));
end $$;

create function private.get_inbound_email(workspace uuid, mail uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare found_mail public.inbound_emails;
begin
  perform private.assert_member(workspace);
  select * into found_mail from public.inbound_emails i where i.workspace_id = workspace and i.id = mail;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  return private.inbound_row(found_mail, true);
end $$;

grant execute on function private.decide_inbound_email(uuid, uuid, text), private.get_inbound_email(uuid, uuid),
  private.list_inbound_emails(uuid, text, uuid, timestamptz, uuid, integer) to authenticated;
create function public.decide_inbound_email(workspace uuid, mail uuid, verdict text) returns text
language sql set search_path = '' as $$ select private.decide_inbound_email(workspace, mail, verdict) $$;
create function public.get_inbound_email(workspace uuid, mail uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.get_inbound_email(workspace, mail) $$;
create function public.list_inbound_emails(workspace uuid, shown text default 'replies', of_campaign uuid default null,
                                           before_at timestamptz default null, before_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$
  select private.list_inbound_emails(workspace, shown, of_campaign, before_at, before_id, page_size) $$;
grant execute on function public.decide_inbound_email(uuid, uuid, text), public.get_inbound_email(uuid, uuid),
  public.list_inbound_emails(uuid, text, uuid, timestamptz, uuid, integer) to authenticated;
