-- Why: one text to many is chosen once, written for each of them, and then in the queue like any other; who gets none is counted by why.
-- Touches: sms_batches.template_id; functions private.chosen_people, text_candidates, lock_text_batch, create_text_batch, set_text_batch,
-- text_batch_people; public.read_unwritten_texts, write_texts (machines), create_text_batch, set_text_batch, preview_text_batch.

alter table public.sms_batches add column template_id uuid;
alter table public.sms_batches add foreign key (workspace_id, template_id) references public.outreach_templates (workspace_id, id) on delete set null (template_id);
create index sms_batches_template_idx on public.sms_batches (workspace_id, template_id) where template_id is not null;
create index sms_batches_sending_idx on public.sms_batches (created_at) where status in ('sending', 'paused');

-- Who was chosen: by id, or as the people list filters them.
create function private.chosen_people(workspace uuid, people uuid[], filter jsonb) returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
declare
  most constant integer := 25000;
  chosen uuid[];
begin
  if filter is not null then
    execute format('select array_agg(x.id) from (select t.id from public.people t where t.workspace_id = %L and t.deleted_at is null %s
      order by t.normalized_name, t.id limit %s) x', workspace, private.people_where(workspace, filter), most + 1) into chosen;
  else
    chosen := array(select p.id from public.people p where p.workspace_id = workspace and p.id = any (people) and p.deleted_at is null);
    -- a stranger's
    if cardinality(chosen) < (select count(distinct x) from unnest(people) x) then raise exception 'Not found' using errcode = 'PT404'; end if;
  end if;
  if cardinality(chosen) > most then
    raise exception 'These are more than % people: narrow the filter', to_char(most, 'FM999,999') using errcode = 'PT400';
  end if;
  return coalesce(chosen, '{}');
end $$;

-- Of each person the number that a text goes to (the primary one first), or why none does. A number that several share gets one text, for whoever
-- has it as primary; the others are `number_shared`.
create function private.text_candidates(workspace uuid, people uuid[])
returns table (person_id uuid, phone_id uuid, reason text)
language sql stable security definer set search_path = '' rows 1000
as $$
  with each_person as (
    select p.id, a.best, a.is_primary,
           case when p.lead_status = 'do_not_contact' or d.avoided then 'do_not_contact'
                when a.known = 0 then 'no_number'
                when a.best is not null then null
                when a.opted_out > 0 then 'opted_out'
                when a.forbidden > 0 then 'do_not_call'
                when a.landlines > 0 then 'landline'
                else 'number_invalid' end as reason
      from unnest(people) as x(id)
      join public.people p on p.workspace_id = workspace and p.id = x.id
      cross join lateral (
        select count(*) as known, (array_agg(n.id order by l.is_primary desc, (n.line_type = 'mobile') desc nulls last, l.created_at, n.id) filter (where u.usable))[1] as best,
               bool_or(l.is_primary) filter (where u.usable) as is_primary,
               count(*) filter (where n.sms_opted_out_at is not null and not n.do_not_call) as opted_out, count(*) filter (where n.do_not_call) as forbidden,
               count(*) filter (where n.line_type = 'landline' and n.status = 'active') as landlines
          from public.person_phones l join public.phones n on n.workspace_id = l.workspace_id and n.id = l.phone_id
          cross join lateral (select n.status = 'active' and not n.do_not_call and n.sms_opted_out_at is null and n.line_type is distinct from 'landline' as usable) u
         where l.workspace_id = workspace and l.person_id = p.id) a
      cross join lateral (select exists (
        select 1 from public.person_organizations l
          join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
         where l.workspace_id = workspace and l.person_id = p.id and o.status in ('blocked', 'do_not_contact')) as avoided) d
  )
  select e.id, e.best, coalesce(e.reason,
      case when row_number() over (partition by e.reason is null, e.best order by e.is_primary desc, e.id) > 1 then 'number_shared' end)
    from each_person e
$$;

-- Makes a batch of the people chosen: { id, name, body, phone_number_id, template_id, starts_at }. Its texts wait unwritten until write_texts has
-- filled each in. The same id twice is one batch. Answers its id.
create function private.create_text_batch(workspace uuid, draft jsonb, people uuid[], filter jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  batch uuid := (draft ->> 'id')::uuid;
  number uuid := (draft ->> 'phone_number_id')::uuid;
  template uuid := (draft ->> 'template_id')::uuid;
  chosen uuid[];
begin
  perform private.assert_member(workspace);
  perform private.require_tier(workspace, 'premium', 'sms_bulk');
  if number is not null and not exists (select 1 from public.phone_numbers n where n.workspace_id = workspace and n.id = number and n.archived_at is null and 'sms' = any (n.features))
     or template is not null and not exists (select 1 from public.outreach_templates t where t.workspace_id = workspace and t.id = template) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  if not exists (select 1 from public.phone_numbers n where n.workspace_id = workspace and n.archived_at is null and 'sms' = any (n.features)) then
    raise exception 'Add a number that sends texts first, in Settings → Numbers' using errcode = 'PT409', hint = 'conflict';
  end if;
  insert into public.sms_batches (id, workspace_id, name, body, phone_number_id, template_id, starts_at, created_by)
  values (batch, workspace, draft ->> 'name', draft ->> 'body', number, template, (draft ->> 'starts_at')::timestamptz, auth.uid()) on conflict (id) do nothing;
  if not found then
    if exists (select 1 from public.sms_batches b where b.workspace_id = workspace and b.id = batch and b.created_by is not distinct from auth.uid()) then return batch; end if;
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  chosen := private.chosen_people(workspace, people, filter);
  with candidates as materialized (select c.* from private.text_candidates(workspace, chosen) c),
  -- asked once for all whom we never wrote to nor had a text from
  usual as materialized (select coalesce(number, private.text_sender(workspace, null)) as id),
  made as (
    insert into public.sms_messages (workspace_id, direction, purpose, batch_id, phone_id, phone_number_id, person_id, template_id, body, status, run_at, created_by)
    select workspace, 'out', 'bulk', batch, c.phone_id, case when number is null and exists (select 1 from public.sms_messages o where o.workspace_id = create_text_batch.workspace and o.phone_id = c.phone_id)
             then private.text_sender(workspace, c.phone_id) else u.id end, c.person_id, template, draft ->> 'body', 'queued',
           greatest(now(), (draft ->> 'starts_at')::timestamptz), auth.uid()
      from candidates c cross join usual u where c.reason is null
    returning 1
  )
  update public.sms_batches b
     set total = (select count(*) from made),
         left_out = (select coalesce(jsonb_object_agg(x.reason, x.n), '{}') from (select c.reason, count(*) as n from candidates c where c.reason is not null group by 1) x)
   where b.workspace_id = workspace and b.id = batch;
  return batch;
end $$;

-- Pauses, resumes or cancels a batch. No drain sees the texts of one that is paused; the gate holds those that one has claimed already.
create function private.set_text_batch(workspace uuid, batch uuid, becomes text) returns text
language plpgsql security definer set search_path = ''
as $$
declare was text;
begin
  perform private.assert_member(workspace);
  select b.status into was from public.sms_batches b where b.workspace_id = workspace and b.id = batch for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if was = becomes then return was; end if;
  if was not in ('sending', 'paused') then
    raise exception 'A batch that is % can’t be changed any more', was using errcode = 'PT409', hint = 'conflict';
  end if;
  update public.sms_batches b set status = becomes where b.workspace_id = workspace and b.id = batch;
  if becomes = 'cancelled' then
    perform private.cancel_texts(workspace, array(select m.id from public.sms_messages m
      where m.workspace_id = workspace and m.batch_id = batch and m.status = 'queued'), 'batch_cancelled', jsonb_build_object('by', auth.uid()));
    return becomes;
  end if;
  with locked as materialized (
    select m.id from public.sms_messages m where m.workspace_id = workspace and m.batch_id = batch and m.status = 'queued' order by m.id for update
  )
  update public.sms_messages m
     set is_paused = becomes = 'paused',
         decision = case when becomes = 'paused' then jsonb_build_object('verdict', 'hold', 'reason', 'batch_paused', 'at', now()) end
    from locked where m.id = locked.id;
  return becomes;
end $$;

-- Texts of batches that are not written yet, of one batch: { batch, workspace, body, rows: [{ id, fields, is_first }] }; null where there are none.
-- is_first: we never wrote to that number.
create function public.read_unwritten_texts(page_size integer default 500, only_workspace uuid default null) returns jsonb
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
declare chosen public.sms_batches; ids uuid[]; fields jsonb;
begin
  select b.* into chosen from public.sms_batches b
   where b.status in ('sending', 'paused') and (only_workspace is null or b.workspace_id = only_workspace)
     and exists (select 1 from public.sms_messages m where m.workspace_id = b.workspace_id and m.batch_id = b.id and m.status = 'queued' and m.purpose = 'bulk' and m.segments is null)
   order by b.created_at, b.id limit 1;
  if not found then return null; end if;
  ids := array(select m.id from public.sms_messages m
    where m.workspace_id = chosen.workspace_id and m.batch_id = chosen.id and m.status = 'queued' and m.purpose = 'bulk' and m.segments is null order by m.id limit page_size);
  fields := private.text_fields(chosen.workspace_id, array(select m.person_id from public.sms_messages m where m.id = any (ids)), chosen.created_by);
  return jsonb_build_object('batch', chosen.id, 'workspace', chosen.workspace_id, 'body', chosen.body,
    'rows', (select jsonb_agg(jsonb_build_object('id', m.id, 'fields', coalesce(fields -> m.person_id::text, '{}'), 'is_first', not exists (
        select 1 from public.sms_messages o where o.workspace_id = m.workspace_id and o.phone_id = m.phone_id and o.direction = 'out' and o.purpose <> 'auto'
           and o.status in ('sent', 'unknown', 'sending'))) order by m.id)
      from public.sms_messages m where m.id = any (ids)));
end $$;

-- Writes texts of a batch: [{ id, body, segments }], or [{ id, left_out }] for one that can't be written, which leaves it. Two who write the same
-- texts write them once. Answers how many were still to be written.
create function public.write_texts(batch uuid, texts jsonb) returns integer
language plpgsql set search_path = ''
as $$
declare mine uuid[]; reasons jsonb;
begin
  -- the batch before its texts
  perform 1 from public.sms_batches b where b.id = batch for update;
  mine := array(select m.id from jsonb_to_recordset(texts) as x(id uuid) join public.sms_messages m on m.id = x.id
    where m.batch_id = write_texts.batch and m.status = 'queued' and m.segments is null order by m.id for update of m);
  update public.sms_messages m set body = x.body, segments = x.segments
    from jsonb_to_recordset(texts) as x(id uuid, body text, segments smallint) where m.id = x.id and m.id = any (mine) and x.segments is not null;
  select jsonb_object_agg(y.left_out, y.n) into reasons from (
    select x.left_out, count(*) as n from jsonb_to_recordset(texts) as x(id uuid, left_out text) where x.id = any (mine) and x.left_out is not null group by 1) y;
  delete from public.sms_messages m using jsonb_to_recordset(texts) as x(id uuid, left_out text) where m.id = x.id and m.id = any (mine) and x.left_out is not null;
  if reasons is not null then
    update public.sms_batches b
       set total = greatest(b.total - (select sum(v.value::integer) from jsonb_each_text(reasons) v), 0),
           left_out = b.left_out || (select jsonb_object_agg(v.key, v.value::integer + coalesce((b.left_out ->> v.key)::integer, 0)) from jsonb_each_text(reasons) v)
     where b.id = batch;
  end if;
  return cardinality(mine);
end $$;

-- What a batch would do, before it is made, for the people chosen: { rows: [{ person, phone, reason, is_first, fields }] } from the smallest id after
-- `after_id` on; `fields` only of those who get a text. total: how many were chosen.
create function private.preview_text_batch(workspace uuid, people uuid[], filter jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare chosen uuid[]; fields jsonb; result jsonb;
begin
  perform private.assert_member(workspace);
  chosen := private.chosen_people(workspace, people, filter);
  with candidates as materialized (select c.* from private.text_candidates(workspace, chosen) c)
  select jsonb_build_object(
    'left_out', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.display_name, 'reason', c.reason) order by p.normalized_name, p.id), '[]')
       from candidates c join public.people p on p.workspace_id = workspace and p.id = c.person_id where c.reason is not null),
    'people', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.display_name, 'phone', n.e164, 'is_first', not exists (
        select 1 from public.sms_messages o where o.workspace_id = workspace and o.phone_id = c.phone_id and o.direction = 'out' and o.purpose <> 'auto'
           and o.status in ('sent', 'unknown', 'sending'))) order by p.normalized_name, p.id), '[]')
       from candidates c join public.people p on p.workspace_id = workspace and p.id = c.person_id
       join public.phones n on n.workspace_id = workspace and n.id = c.phone_id where c.reason is null),
    'fields', private.text_fields(workspace, array(select c.person_id from candidates c where c.reason is null), auth.uid())) into result;
  return result;
end $$;

grant execute on function private.create_text_batch(uuid, jsonb, uuid[], jsonb), private.set_text_batch(uuid, uuid, text),
  private.preview_text_batch(uuid, uuid[], jsonb) to authenticated;
create function public.create_text_batch(workspace uuid, draft jsonb, people uuid[] default null, filter jsonb default null) returns uuid
language sql set search_path = '' as $$ select private.create_text_batch(workspace, draft, people, filter) $$;
create function public.set_text_batch(workspace uuid, batch uuid, becomes text) returns text
language plpgsql set search_path = ''
as $$
begin
  if becomes not in ('sending', 'paused', 'cancelled') then raise exception 'Not a state' using errcode = 'PT400'; end if;
  return private.set_text_batch(workspace, batch, becomes);
end $$;
create function public.preview_text_batch(workspace uuid, people uuid[] default null, filter jsonb default null) returns jsonb
language sql stable set search_path = '' as $$ select private.preview_text_batch(workspace, people, filter) $$;
grant execute on function public.create_text_batch(uuid, jsonb, uuid[], jsonb), public.set_text_batch(uuid, uuid, text),
  public.preview_text_batch(uuid, uuid[], jsonb) to authenticated;
