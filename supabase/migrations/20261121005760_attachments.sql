-- Why: what somebody sends along with an answer stays in the mailbox, and whoever reads the answer is told of it.
-- Touches: inbound_emails.attachments (new); functions apply_inbound_emails, private.inbound_row, private.list_person_mail.

-- Names of the files; the files themselves are not kept.
alter table public.inbound_emails
  add column attachments text[] not null default '{}' check (cardinality(attachments) <= 50);

-- Keeps mails that were read and matched, each once, and does what follows from those that are new. A mail is known by its id in the
-- mailbox and by its Message-ID. rows: as the columns of inbound_emails, and of a delivery failure
-- { failure: { kind: "hard" | "soft" | "delayed", address, said } }. Answers { kept, replies, possible, failures }.
create or replace function public.apply_inbound_emails(mailbox uuid, rows jsonb) returns jsonb
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
      subject, body_text, body_html, received_at, kind, matched_by, email_queue_id, recipient_id, campaign_id, person_id, attachments)
    select box.workspace_id, box.id, x.provider_message_id, x.provider_thread_id, x.message_id, x.from_address, x.from_name,
           x.subject, x.body_text, x.body_html, x.received_at, x.kind, x.matched_by, x.email_queue_id, x.recipient_id, x.campaign_id, x.person_id,
           coalesce(x.attachments, '{}')
      from jsonb_to_recordset(rows) as x (provider_message_id text, provider_thread_id text, message_id text, from_address text, from_name text,
        subject text, body_text text, body_html text, received_at timestamptz, kind text, matched_by text, email_queue_id uuid,
        recipient_id uuid, campaign_id uuid, person_id uuid, attachments text[])
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

-- One mail as lists show it; `body` only where it is opened.
create or replace function private.inbound_row(i public.inbound_emails, with_body boolean default false) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', i.id, 'kind', i.kind, 'matched_by', i.matched_by, 'from_name', i.from_name, 'from_address', i.from_address,
    'subject', i.subject, 'snippet', left(regexp_replace(coalesce(i.body_text, ''), '\s+', ' ', 'g'), 240), 'received_at', i.received_at,
    'person', (select jsonb_build_object('id', p.id, 'name', p.display_name) from public.people p
                where p.workspace_id = i.workspace_id and p.id = i.person_id),
    'campaign', (select jsonb_build_object('id', c.id, 'name', c.name) from public.campaigns c
                  where c.workspace_id = i.workspace_id and c.id = i.campaign_id),
    'decided_at', i.decided_at, 'decided_by', (select p.full_name from public.profiles p where p.user_id = i.decided_by))
    || case when with_body then jsonb_build_object('body_text', i.body_text, 'body_html', i.body_html, 'attachments', i.attachments, 'mailbox',
      (select m.address from public.mailboxes m where m.id = i.mailbox_id),
      'answers', (select jsonb_build_object('subject', q.subject, 'body_text', left(q.body_text, 20000), 'sent_at', q.sent_at, 'from_address', q.from_address)
                    from public.email_queue q where q.workspace_id = i.workspace_id and q.id = i.email_queue_id)) else '{}' end
$$;

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
