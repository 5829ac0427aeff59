-- Why: the same mail sent twice at the same moment is one mail, and both hear so.
-- Touches: function private.queue_direct_email.

-- Queues a mail: { id, mailbox_id, person_id, email_id, subject, body, answers (a mail that came in), follows (one of ours) }. The same id
-- twice is one mail. The mailbox must be the caller's own.
create or replace function private.queue_direct_email(workspace uuid, mail jsonb) returns jsonb
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
    auth.uid())
  on conflict (id) do nothing;
  if not found and not exists (select 1 from public.email_queue q where q.workspace_id = workspace and q.id = new_id and q.created_by = auth.uid()) then
    raise exception 'This id is taken' using errcode = 'PT409';
  end if;
  return jsonb_build_object('id', new_id);
end $$;
