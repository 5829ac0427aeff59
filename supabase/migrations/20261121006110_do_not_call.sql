-- Why: a number that must not be called is one list, with who put it there, when and why; it comes from a desk, a file or an API, and whoever
-- marks a number stops its texts with the same statement. Only a person takes one off, and says why.
-- Touches: trigger stamp_suppression of phones; functions list_do_not_call, add_do_not_call, lift_do_not_call.

-- Who did it and when stand with the mark, however it is set; "do not call" takes texts with it, and gives back only what it took.
create function private.stamp_suppression() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  was boolean := tg_op = 'UPDATE' and old.do_not_call;
  opted_out boolean := tg_op = 'UPDATE' and old.sms_opted_out_at is not null;
begin
  if new.do_not_call and not was then
    new.do_not_call_at := coalesce(new.do_not_call_at, now());
    new.do_not_call_by := coalesce(new.do_not_call_by, auth.uid());
    if new.sms_opted_out_at is null then
      new.sms_opted_out_at := new.do_not_call_at;
      new.sms_opt_out_source := 'do_not_call';
    end if;
  elsif was and not new.do_not_call then
    new.do_not_call_at := null;
    new.do_not_call_by := null;
    new.do_not_call_reason := null;
    if new.sms_opt_out_source = 'do_not_call' then
      new.sms_opted_out_at := null;
      new.sms_opt_out_source := null;
    end if;
  end if;
  if new.sms_opted_out_at is null then
    new.sms_opt_out_source := null;
  elsif not opted_out and new.sms_opt_out_source is null then
    new.sms_opt_out_source := case when coalesce(current_setting('app.import_id', true), '') <> '' then 'import' else 'person' end;
  end if;
  return new;
end $$;
create trigger stamp_suppression before insert or update of do_not_call, do_not_call_at, do_not_call_by, sms_opted_out_at, sms_opt_out_source on public.phones
  for each row execute function private.stamp_suppression();

-- Numbers on the list, the latest first, by keyset; `query` is a part of a number, of a reason, or a person's name.
-- { rows: [{ id, e164, reason, at, by, people, people_count }], total (without a cursor only) }
create function private.list_do_not_call(workspace uuid, query text, after_at timestamptz, after_id uuid, max_rows integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  wanted text := btrim(coalesce(query, ''));
  digits text := private.phone_fragment(wanted);
  pattern text := '%' || replace(replace(replace(wanted, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  named uuid[];
  answer jsonb;
begin
  perform private.assert_member(workspace);
  if wanted <> '' and digits is null then
    named := array(select distinct l.phone_id from private.match_people(workspace, wanted, 500) m(id)
                     join public.person_phones l on l.workspace_id = workspace and l.person_id = m.id);
  end if;
  with page as (
    select p.id, p.e164, p.do_not_call_reason, p.do_not_call_at, p.do_not_call_by from public.phones p
     where p.workspace_id = workspace and p.do_not_call
       and (after_at is null or p.do_not_call_at <= after_at and (p.do_not_call_at < after_at or p.id > after_id))
       and (wanted = '' or p.e164 like '%' || digits || '%' or p.do_not_call_reason ilike pattern or p.id = any (named))
     order by p.do_not_call_at desc, p.id limit max_rows
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'e164', x.e164, 'reason', x.do_not_call_reason, 'at', x.do_not_call_at,
      'by', case when f.user_id is not null then jsonb_build_object('id', f.user_id, 'name', coalesce(nullif(f.full_name, ''), f.email)) end,
      'people', coalesce(h.list, '[]'), 'people_count', h.total)
      order by x.do_not_call_at desc, x.id), '[]') into answer
    from page x
    left join public.profiles f on f.user_id = x.do_not_call_by
    cross join lateral (
      select count(*) as total, jsonb_agg(jsonb_build_object('id', y.id, 'name', y.display_name) order by y.display_name) filter (where y.n <= 3) as list
        from (select a.id, a.display_name, row_number() over (order by a.display_name, a.id) as n
                from public.person_phones l join public.people a on a.workspace_id = l.workspace_id and a.id = l.person_id
               where l.workspace_id = workspace and l.phone_id = x.id and a.deleted_at is null) y) h;
  return jsonb_build_object('rows', answer, 'total', case when after_at is null then (
    select count(*) from public.phones p
     where p.workspace_id = workspace and p.do_not_call
       and (wanted = '' or p.e164 like '%' || digits || '%' or p.do_not_call_reason ilike pattern or p.id = any (named))) end);
end $$;
create function public.list_do_not_call(workspace uuid, query text default null, after_at timestamptz default null, after_id uuid default null, max_rows integer default 51)
returns jsonb language sql stable set search_path = ''
as $$ select private.list_do_not_call(workspace, query, after_at, after_id, least(max_rows, 5001)) $$;

-- Puts numbers on the list: [{ e164, reason }], made where they are new. One that is on it already stays as it is, with its own reason.
-- Answers [{ e164, id, is_added }].
create function private.add_do_not_call(workspace uuid, numbers jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  added uuid[];
  answer jsonb;
begin
  perform private.assert_member(workspace);
  perform set_config('app.is_logged', 'yes', true);
  with given as materialized (
    select distinct on (n.e164) n.e164, nullif(btrim(n.reason), '') as reason from jsonb_to_recordset(numbers) as n(e164 text, reason text) order by n.e164
  ), marked as (
    insert into public.phones as p (workspace_id, e164, do_not_call, do_not_call_at, do_not_call_reason)
    select workspace, g.e164, true, now(), g.reason from given g order by g.e164
    on conflict (workspace_id, e164) do update
      set do_not_call = true, do_not_call_at = excluded.do_not_call_at, do_not_call_reason = excluded.do_not_call_reason where not p.do_not_call
    -- xmax tells a new row from one that was there
    returning p.id, p.e164, p.do_not_call_reason, p.do_not_call_at, p.xmax = 0 as is_new
  ), actor as materialized (select auth.uid() as id, private.request_id() as request), logged as (
    insert into public.audit_log (workspace_id, actor, action, entity, entity_id, before, after, request_id)
    select workspace, a.id, case when m.is_new then 'phones.created' else 'phones.updated' end, 'phones', m.id,
           case when not m.is_new then '{"do_not_call": false}'::jsonb end,
           jsonb_build_object('e164', m.e164, 'do_not_call', true, 'do_not_call_at', m.do_not_call_at, 'do_not_call_reason', m.do_not_call_reason), a.request
      from marked m, actor a
  )
  select array_agg(m.id) into added from marked m;
  perform set_config('app.is_logged', '', true);
  select coalesce(jsonb_agg(jsonb_build_object('e164', p.e164, 'id', p.id, 'is_added', m.id is not null)), '[]') into answer
    from (select distinct n.e164 from jsonb_to_recordset(numbers) as n(e164 text)) g
    join public.phones p on p.workspace_id = workspace and p.e164 = g.e164
    left join unnest(added) as m(id) on m.id = p.id;
  return answer;
end $$;
create function public.add_do_not_call(workspace uuid, numbers jsonb) returns jsonb
language sql set search_path = '' as $$ select private.add_do_not_call(workspace, numbers) $$;

-- Takes a number off the list; why is kept in the log. False: it isn't on it.
create function private.lift_do_not_call(workspace uuid, phone uuid, reason text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare was public.phones;
begin
  perform private.assert_member(workspace);
  if auth.uid() is null then raise exception 'Only a person may take a number off the do-not-call list' using errcode = 'PT403'; end if;
  select * into was from public.phones p where p.workspace_id = workspace and p.id = phone for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if not was.do_not_call then return false; end if;
  update public.phones p set do_not_call = false where p.workspace_id = workspace and p.id = phone;
  insert into public.audit_log (workspace_id, actor, action, entity, entity_id, before, after, request_id)
  values (workspace, auth.uid(), 'phones.lifted', 'phones', phone, jsonb_build_object('do_not_call_reason', was.do_not_call_reason),
          jsonb_build_object('lifted_because', reason), private.request_id());
  return true;
end $$;
create function public.lift_do_not_call(workspace uuid, phone uuid, reason text) returns boolean
language sql set search_path = '' as $$ select private.lift_do_not_call(workspace, phone, reason) $$;

grant execute on function private.list_do_not_call(uuid, text, timestamptz, uuid, integer), private.add_do_not_call(uuid, jsonb),
  private.lift_do_not_call(uuid, uuid, text), public.list_do_not_call(uuid, text, timestamptz, uuid, integer), public.add_do_not_call(uuid, jsonb),
  public.lift_do_not_call(uuid, uuid, text) to authenticated;
