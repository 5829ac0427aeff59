-- Why: the conversation with a number, all texts of a workspace, and what became of one text to many, each in one round trip.
-- Touches: functions private.text_threads, text_state, text_batch_row; public.person_texts, phone_texts, list_texts, list_text_batches,
-- get_text_batch, list_batch_texts.

-- By what a batch counts a text and opens it: its place in the queue, or what the provider told of one that went.
create function private.text_state(status text, delivery text) returns text
language sql immutable set search_path = ''
as $$
  select case when status <> 'sent' then status when delivery in ('delivered', 'read') then 'delivered'
    when delivery in ('undelivered', 'canceled') then 'undelivered' when delivery = 'failed' then 'failed' else 'sent' end
$$;

-- Who stands behind a number.
create function private.phone_people(workspace uuid, phone uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'name', h.display_name) order by h.normalized_name, h.id), '[]')
    from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
   where l.workspace_id = workspace and l.phone_id = phone
$$;

-- Threads of these numbers, the last used first, and our numbers that send: { threads: [{ phone, messages, total, last_at, facts }], numbers }.
-- phones: { id, label }; messages: the newest 100, the oldest first. facts are the gate's.
create function private.text_threads(workspace uuid, phones jsonb, person uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with asked as materialized (
    select p.*, x.label, x.is_primary from jsonb_to_recordset(phones) as x(id uuid, label text, is_primary boolean)
      join public.phones p on p.workspace_id = workspace and p.id = x.id
  ), facts as materialized (select private.phone_facts(workspace, array(select a.id from asked a), auth.uid()) as of),
  threads as (
    select a.is_primary, a.created_at as known_at, t.last_at, jsonb_build_object(
      'phone', jsonb_build_object('id', a.id, 'e164', a.e164, 'label', a.label, 'line_type', a.line_type, 'status', a.status, 'do_not_call', a.do_not_call,
        'sms_opted_out_at', a.sms_opted_out_at, 'people', private.phone_people(workspace, a.id)),
      'messages', t.messages, 'total', t.total, 'last_at', t.last_at,
      'facts', jsonb_build_object('phone', (select f.of -> a.id::text from facts f),
        'person', (select jsonb_build_object('is_deleted', h.deleted_at is not null, 'is_do_not_contact', h.lead_status = 'do_not_contact', 'organization_is_do_not_contact', exists (
            select 1 from public.person_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
             where l.workspace_id = workspace and l.person_id = h.id and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null))
          from public.people h where h.workspace_id = workspace and h.id = person),
        'number', (select jsonb_build_object('id', n.id, 'status', n.status, 'breaker', n.breaker, 'is_archived', n.archived_at is not null)
          from public.phone_numbers n where n.workspace_id = workspace and n.id = private.text_sender(workspace, a.id)))) as thread
      from asked a cross join lateral (
        select coalesce(jsonb_agg(private.text_row(m) order by m.created_at, m.id), '[]') as messages, max(coalesce(m.received_at, m.sent_at, m.created_at)) as last_at,
               (select count(*) from public.sms_messages c where c.workspace_id = workspace and c.phone_id = a.id) as total
          from (select * from public.sms_messages m where m.workspace_id = workspace and m.phone_id = a.id order by m.created_at desc, m.id desc limit 100) m) t
  )
  select jsonb_build_object(
    'threads', (select coalesce(jsonb_agg(t.thread order by t.last_at desc nulls last, t.is_primary desc, t.known_at), '[]') from threads t),
    'numbers', (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'e164', n.e164, 'label', n.label, 'is_default_sender', n.is_default_sender, 'status', n.status)
        order by n.is_default_sender desc, n.created_at, n.id), '[]')
      from public.phone_numbers n where n.workspace_id = workspace and n.archived_at is null and 'sms' = any (n.features)))
$$;

create function private.person_texts(workspace uuid, person uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.people p where p.workspace_id = workspace and p.id = person) then raise exception 'Not found' using errcode = 'PT404'; end if;
  return private.text_threads(workspace, (select coalesce(jsonb_agg(jsonb_build_object('id', l.phone_id, 'label', l.label, 'is_primary', l.is_primary)), '[]')
    from public.person_phones l where l.workspace_id = workspace and l.person_id = person), person);
end $$;

create function private.phone_texts(workspace uuid, phone uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.phones p where p.workspace_id = workspace and p.id = phone) then raise exception 'Not found' using errcode = 'PT404'; end if;
  return private.text_threads(workspace, jsonb_build_array(jsonb_build_object('id', phone, 'is_primary', true)), null);
end $$;

-- A text with the number it went to or came from, for lists.
create function private.text_list_row(m public.sms_messages) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select private.text_row(m) || jsonb_build_object('sort_value', m.created_at,
    'phone', (select jsonb_build_object('id', p.id, 'e164', p.e164, 'people', private.phone_people(m.workspace_id, p.id))
                from public.phones p where p.workspace_id = m.workspace_id and p.id = m.phone_id))
$$;

-- A page of all texts, the newest first. One row more than asked for where there is a next page.
create function private.list_texts(workspace uuid, wanted_direction text, wanted_status text, after_value timestamptz, after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return (select coalesce(jsonb_agg(private.text_list_row(m) order by m.created_at desc, m.id), '[]') from (
    select * from public.sms_messages m
     where m.workspace_id = workspace and (wanted_direction is null or m.direction = wanted_direction) and (wanted_status is null or m.status = wanted_status)
       and (after_id is null or m.created_at < after_value or m.created_at = after_value and m.id > after_id)
     order by m.created_at desc, m.id limit page_size + 1) m);
end $$;

-- Whether the number wrote to us after a text that went.
create function private.has_replied(m public.sms_messages) returns boolean
language sql stable security definer set search_path = ''
as $$
  select m.sent_at is not null and exists (select 1 from public.sms_messages i
    where i.workspace_id = m.workspace_id and i.phone_id = m.phone_id and i.direction = 'in' and i.received_at > m.sent_at)
$$;

-- A batch as lists show it: BatchRow of modules/texts/answers.ts. replied: numbers that wrote to us after its text.
create function private.text_batch_row(b public.sms_batches) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with texts as materialized (
    select private.text_state(m.status, m.delivery) as state, count(*) as n,
           count(*) filter (where m.sent_at is not null and exists (
             select 1 from public.sms_messages i where i.workspace_id = b.workspace_id and i.phone_id = m.phone_id and i.direction = 'in' and i.received_at > m.sent_at)) as replied
      from public.sms_messages m where m.workspace_id = b.workspace_id and m.batch_id = b.id group by 1
  )
  select jsonb_build_object('id', b.id, 'name', b.name, 'body', b.body, 'status', b.status, 'total', b.total, 'left_out', b.left_out,
    'counts', (select jsonb_object_agg(k.state, coalesce(t.n, 0)) from unnest('{queued,sending,sent,delivered,undelivered,failed,unknown,cancelled}'::text[]) k(state)
       left join texts t on t.state = k.state),
    'replied', (select coalesce(sum(t.replied), 0) from texts t),
    'phone_number', (select jsonb_build_object('id', n.id, 'label', n.label) from public.phone_numbers n where n.workspace_id = b.workspace_id and n.id = b.phone_number_id),
    'starts_at', b.starts_at, 'created_at', b.created_at, 'sort_value', b.created_at,
    'created_by', (select jsonb_build_object('id', f.user_id, 'name', f.full_name) from public.profiles f where f.user_id = b.created_by))
$$;

create function private.list_text_batches(workspace uuid, wanted_status text, after_value timestamptz, after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return (select coalesce(jsonb_agg(private.text_batch_row(b) order by b.created_at desc, b.id), '[]') from (
    select * from public.sms_batches b
     where b.workspace_id = workspace and (wanted_status is null or b.status = wanted_status)
       and (after_id is null or b.created_at < after_value or b.created_at = after_value and b.id > after_id)
     order by b.created_at desc, b.id limit page_size + 1) b);
end $$;

create function private.get_text_batch(workspace uuid, batch uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare found_batch jsonb;
begin
  perform private.assert_member(workspace);
  select private.text_batch_row(b) - 'sort_value' into found_batch from public.sms_batches b where b.workspace_id = workspace and b.id = batch;
  if found_batch is null then raise exception 'Not found' using errcode = 'PT404'; end if;
  return found_batch;
end $$;

-- A page of a batch's texts, the newest first; `state`: one that its counts have, or `replied`.
create function private.list_batch_texts(workspace uuid, batch uuid, state text, after_value timestamptz, after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.sms_batches b where b.workspace_id = workspace and b.id = batch) then raise exception 'Not found' using errcode = 'PT404'; end if;
  return (select coalesce(jsonb_agg(private.text_list_row(m) order by m.created_at desc, m.id), '[]') from (
    select * from public.sms_messages m
     where m.workspace_id = workspace and m.batch_id = batch
       and (state is null or state = 'replied' and private.has_replied(m) or private.text_state(m.status, m.delivery) = state)
       and (after_id is null or m.created_at < after_value or m.created_at = after_value and m.id > after_id)
     order by m.created_at desc, m.id limit page_size + 1) m);
end $$;

grant execute on function private.person_texts(uuid, uuid), private.phone_texts(uuid, uuid), private.list_texts(uuid, text, text, timestamptz, uuid, integer),
  private.list_text_batches(uuid, text, timestamptz, uuid, integer), private.get_text_batch(uuid, uuid),
  private.list_batch_texts(uuid, uuid, text, timestamptz, uuid, integer) to authenticated;
create function public.person_texts(workspace uuid, person uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.person_texts(workspace, person) $$;
create function public.phone_texts(workspace uuid, phone uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.phone_texts(workspace, phone) $$;
create function public.list_texts(workspace uuid, wanted_direction text default null, wanted_status text default null, after_value timestamptz default null,
  after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = ''
as $$ select private.list_texts(workspace, wanted_direction, wanted_status, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.list_text_batches(workspace uuid, wanted_status text default null, after_value timestamptz default null, after_id uuid default null,
  page_size integer default 50) returns jsonb
language sql stable set search_path = ''
as $$ select private.list_text_batches(workspace, wanted_status, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.get_text_batch(workspace uuid, batch uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.get_text_batch(workspace, batch) $$;
create function public.list_batch_texts(workspace uuid, batch uuid, state text default null, after_value timestamptz default null, after_id uuid default null,
  page_size integer default 50) returns jsonb
language sql stable set search_path = ''
as $$ select private.list_batch_texts(workspace, batch, state, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
grant execute on function public.person_texts(uuid, uuid), public.phone_texts(uuid, uuid), public.list_texts(uuid, text, text, timestamptz, uuid, integer),
  public.list_text_batches(uuid, text, timestamptz, uuid, integer), public.get_text_batch(uuid, uuid),
  public.list_batch_texts(uuid, uuid, text, timestamptz, uuid, integer) to authenticated;
