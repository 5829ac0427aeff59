-- Why: a person writes one text: what it may say of whom it goes to, which of our numbers it goes from, and one row for one id, however often it is sent in.
-- Touches: functions private.text_fields, text_row, text_draft, queue_text, cancel_text, retry_text; public ones of the last four.

-- What a text may say of these people, as { person: { first_name, … } }: see textFieldWords of modules/texts/domain.ts. The property is one that
-- the person stands on, else one of an owner they are or speak for, as in private.merge_fields.
create function private.text_fields(workspace uuid, people uuid[], writer uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_object_agg(p.id, jsonb_build_object(
    'first_name', p.first_name, 'last_name', p.last_name, 'full_name', p.display_name, 'title', p.title, 'company', org.name,
    'city', p.city, 'state', p.state, 'property_name', place.name, 'property_address', place.address,
    'property_city', place.city, 'market', place.market, 'units', place.units, 'owner_name', party.display_name,
    'sender_name', (select nullif(f.full_name, '') from public.profiles f where f.user_id = writer))), '{}')
    from public.people p
    left join lateral (
      select o.name from public.person_organizations l
        join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
       where l.workspace_id = workspace and l.person_id = p.id order by l.is_primary desc, l.created_at, o.id limit 1) org on true
    left join lateral (
      select o.id, o.display_name from (
        select o.id, o.display_name, 1 as rank from public.owners o where o.workspace_id = workspace and o.person_id = p.id
        union all
        select o.id, o.display_name, 2 from public.owner_contacts k join public.owners o on o.workspace_id = k.workspace_id and o.id = k.owner_id
         where k.workspace_id = workspace and k.person_id = p.id
        union all
        select o.id, o.display_name, 3 from public.person_organizations l
          join public.owners o on o.workspace_id = l.workspace_id and o.organization_id = l.organization_id
         where l.workspace_id = workspace and l.person_id = p.id) o
       order by o.rank, o.id limit 1) party on true
    left join lateral (
      select x.* from (
        select pr.*, 1 as rank from public.property_people l join public.properties pr on pr.workspace_id = l.workspace_id and pr.id = l.property_id
         where l.workspace_id = workspace and l.person_id = p.id and pr.deleted_at is null
        union all
        select pr.*, 2 from public.properties pr where pr.workspace_id = workspace and pr.owner_id = party.id and pr.deleted_at is null) x
       order by x.rank, x.normalized_name, x.id limit 1) place on true
   where p.workspace_id = workspace and p.id = any (people)
$$;

-- A text as threads and lists show it: TextMessage of modules/texts/answers.ts.
create function private.text_row(m public.sms_messages) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', m.id, 'direction', m.direction, 'purpose', m.purpose, 'body', m.body, 'segments', m.segments, 'status', m.status,
    'at', coalesce(m.received_at, m.sent_at, m.created_at), 'run_at', m.run_at, 'is_paused', m.is_paused, 'decision', m.decision, 'delivery', m.delivery,
    'delivered_at', m.delivered_at, 'error_code', m.error_code, 'last_error', m.last_error, 'keyword', m.keyword,
    'media', (select coalesce(jsonb_agg(jsonb_build_object('content_type', x ->> 'content_type')), '[]') from jsonb_array_elements(m.media) x),
    'person', (select jsonb_build_object('id', p.id, 'name', p.display_name) from public.people p where p.workspace_id = m.workspace_id and p.id = m.person_id),
    'created_by', (select jsonb_build_object('id', f.user_id, 'name', f.full_name) from public.profiles f where f.user_id = m.created_by),
    'phone_number_id', m.phone_number_id,
    'batch', (select jsonb_build_object('id', b.id, 'name', b.name) from public.sms_batches b where b.workspace_id = m.workspace_id and b.id = m.batch_id))
$$;

-- All that writing a text to a number asks: who it is for (the one named, else the only one behind it), their fields, the number of ours it goes
-- from, and the gate's facts. Answers { person_id, fields, number_id, kept, facts: { phone, person, number } }; kept: a text of that id is there.
create function private.text_draft(workspace uuid, text_id uuid, phone uuid, person uuid, number uuid, template uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  whom uuid := person;
  ours public.phone_numbers;
  kept public.sms_messages;
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.phones p where p.workspace_id = workspace and p.id = phone)
     or person is not null and not exists (select 1 from public.person_phones l where l.workspace_id = workspace and l.phone_id = phone and l.person_id = person)
     or number is not null and not exists (select 1 from public.phone_numbers n where n.workspace_id = workspace and n.id = number and n.archived_at is null and 'sms' = any (n.features))
     or template is not null and not exists (select 1 from public.outreach_templates t where t.workspace_id = workspace and t.id = template) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  if template is not null then perform private.require_tier(workspace, 'pro', 'sms_templates'); end if;
  select * into kept from public.sms_messages m
   where m.id = text_id and m.workspace_id = workspace and m.direction = 'out' and m.created_by is not distinct from auth.uid();
  if whom is null then
    select x.ids[1] into whom from (
      select array_agg(h.id) as ids from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
       where l.workspace_id = workspace and l.phone_id = phone) x where cardinality(x.ids) = 1;
  end if;
  select * into ours from public.phone_numbers n where n.workspace_id = workspace and n.id = coalesce(number, private.text_sender(workspace, phone));
  return jsonb_build_object('person_id', whom, 'number_id', ours.id, 'kept', case when kept.id is not null then private.text_row(kept) end,
    'fields', coalesce(private.text_fields(workspace, array[whom], auth.uid()) -> whom::text,
      jsonb_build_object('sender_name', (select nullif(f.full_name, '') from public.profiles f where f.user_id = auth.uid()))),
    'facts', jsonb_build_object(
      'phone', private.phone_facts(workspace, array[phone], auth.uid()) -> phone::text,
      'person', (select jsonb_build_object('is_deleted', h.deleted_at is not null, 'is_do_not_contact', h.lead_status = 'do_not_contact',
          'organization_is_do_not_contact', exists (
            select 1 from public.person_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
             where l.workspace_id = workspace and l.person_id = h.id and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null))
          from public.people h where h.workspace_id = workspace and h.id = whom),
      'number', case when ours.id is not null then jsonb_build_object('status', ours.status, 'breaker', ours.breaker, 'is_archived', ours.archived_at is not null) end));
end $$;

-- Puts a text of a person's into the queue: { id, phone_id, person_id, phone_number_id, template_id, body, segments, run_at, decision }. The same
-- id twice is one text. Whether it may go is asked when it goes.
create function private.queue_text(workspace uuid, draft jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  kept public.sms_messages;
  text_id uuid := (draft ->> 'id')::uuid;
begin
  -- whose it all is, and whether the tier has the template
  perform private.text_draft(workspace, text_id, (draft ->> 'phone_id')::uuid, (draft ->> 'person_id')::uuid, (draft ->> 'phone_number_id')::uuid,
    (draft ->> 'template_id')::uuid);
  insert into public.sms_messages (id, workspace_id, direction, purpose, phone_id, phone_number_id, person_id, template_id, body, segments, status, run_at, decision, created_by)
  values (text_id, workspace, 'out', 'direct', (draft ->> 'phone_id')::uuid, (draft ->> 'phone_number_id')::uuid, (draft ->> 'person_id')::uuid,
          (draft ->> 'template_id')::uuid, draft ->> 'body', (draft ->> 'segments')::smallint, 'queued', coalesce((draft ->> 'run_at')::timestamptz, now()),
          draft -> 'decision', auth.uid())
  on conflict (id) do nothing;
  select * into kept from public.sms_messages m
   where m.workspace_id = workspace and m.id = text_id and m.direction = 'out' and m.created_by is not distinct from auth.uid();
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  return private.text_row(kept);
end $$;

-- Takes a text that waits out of the queue; one that was taken out already stays so.
create function private.cancel_text(workspace uuid, text_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare was public.sms_messages;
begin
  perform private.assert_member(workspace);
  select * into was from public.sms_messages m where m.workspace_id = workspace and m.id = text_id and m.direction = 'out' for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if was.status not in ('queued', 'cancelled') then
    raise exception 'This text is on its way or has gone' using errcode = 'PT409', hint = 'conflict';
  end if;
  perform private.cancel_texts(workspace, array[text_id], 'cancelled', jsonb_build_object('by', auth.uid()));
  return (select private.text_row(m) from public.sms_messages m where m.workspace_id = workspace and m.id = text_id);
end $$;

-- A person's word that a text goes again: one that failed, or one of which nobody knows whether it went.
create function private.retry_text(workspace uuid, text_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare was public.sms_messages;
begin
  perform private.assert_member(workspace);
  select * into was from public.sms_messages m where m.workspace_id = workspace and m.id = text_id and m.direction = 'out' for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  -- an answer to STOP goes once, and at once
  if was.status not in ('failed', 'unknown') or was.phone_number_id is null or was.purpose = 'auto' then
    raise exception 'Only a text that failed, or of which nobody knows whether it went, can be sent again' using errcode = 'PT409', hint = 'conflict';
  end if;
  if was.purpose = 'bulk' then perform private.require_tier(workspace, 'premium', 'sms_bulk'); end if;
  update public.sms_batches b set status = 'sending' where b.workspace_id = workspace and b.id = was.batch_id and b.status = 'completed';
  update public.sms_messages m
     set status = 'queued', run_at = now(), attempts = 0, last_error = null, error_code = null, decision = null, asked_at = null,
         is_paused = exists (select 1 from public.sms_batches b where b.workspace_id = workspace and b.id = was.batch_id and b.status = 'paused')
   where m.workspace_id = workspace and m.id = text_id;
  return (select private.text_row(m) from public.sms_messages m where m.workspace_id = workspace and m.id = text_id);
end $$;

grant execute on function private.text_draft(uuid, uuid, uuid, uuid, uuid, uuid), private.queue_text(uuid, jsonb), private.cancel_text(uuid, uuid),
  private.retry_text(uuid, uuid) to authenticated;
create function public.text_draft(workspace uuid, phone uuid, text_id uuid default null, person uuid default null, number uuid default null, template uuid default null) returns jsonb
language sql stable set search_path = '' as $$ select private.text_draft(workspace, text_id, phone, person, number, template) $$;
create function public.queue_text(workspace uuid, draft jsonb) returns jsonb
language sql set search_path = '' as $$ select private.queue_text(workspace, draft) $$;
create function public.cancel_text(workspace uuid, text_id uuid) returns jsonb
language sql set search_path = '' as $$ select private.cancel_text(workspace, text_id) $$;
create function public.retry_text(workspace uuid, text_id uuid) returns jsonb
language sql set search_path = '' as $$ select private.retry_text(workspace, text_id) $$;
grant execute on function public.text_draft(uuid, uuid, uuid, uuid, uuid, uuid), public.queue_text(uuid, jsonb), public.cancel_text(uuid, uuid),
  public.retry_text(uuid, uuid) to authenticated;
