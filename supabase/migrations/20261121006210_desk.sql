-- Why: one list of numbers for all callers, each with everybody and everything behind it and the reason why it is next.
-- Touches: functions list_call_targets, count_call_targets, call_desk (new); private.view_filter, desk_where, desk_numbers, desk_rows, desk_calls.
--
-- As lists do (20261121003100): a page is found first, as ids, by a small statement of literals; its rows are put together by one that
-- is planned once a connection.

-- What several filters leave is too rare to be met by walking the order: half a million rows were read for fifty.
create index call_targets_found_idx on public.call_targets using gin (workspace_id, states, roles, lead_statuses, last_outcome) where is_callable;
create index call_targets_properties_idx on public.call_targets (workspace_id, property_count) where is_callable;
create index call_targets_outcome_idx on public.call_targets (workspace_id, last_outcome, rule, rank, phone_id) include (property_count) where is_callable;

-- The filter that a saved view of people stands for, as the people list's own functions take it.
create function private.view_filter(workspace uuid, view uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare state jsonb;
begin
  select v.state into state from public.saved_views v
   where v.workspace_id = workspace and v.id = view and v.entity = 'people' and (v.is_shared or v.created_by = auth.uid());
  if state is null then raise exception 'Not found' using errcode = 'PT404'; end if;
  return jsonb_build_object('q', coalesce(state ->> 'q', ''))
    || (select coalesce(jsonb_object_agg(f.key, f.value) filter (where f.key !~ '^has_'), '{}')
          || jsonb_build_object('has', coalesce(jsonb_agg(substr(f.key, 5)) filter (where f.key ~ '^has_' and f.value ->> 0 <> 'no'), '[]'),
                                'has_no', coalesce(jsonb_agg(substr(f.key, 5)) filter (where f.key ~ '^has_' and f.value ->> 0 = 'no'), '[]'))
          from jsonb_each(coalesce(state -> 'filters', '{}')) f);
end $$;

-- The filter of the desk as a WHERE of d, a call target: { q, state, role, last_outcome, lead_status: text[], min_properties, never_called,
-- follow_up: due | any, open: now, held, people_view }. Without a word of theirs, what is held and what is promised for later is left out.
create function private.desk_where(workspace uuid, filter jsonb) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare
  clause text := format('d.workspace_id = %L and d.is_callable', workspace);
  present text := extract(epoch from now())::text;
  wanted text[];
  settings public.calling_settings;
  fragment text := left(filter ->> 'q', 200);
begin
  if (filter ->> 'held')::boolean then clause := clause || format(' and d.held_until > %L', now());
  elsif filter ->> 'follow_up' = 'any' then clause := clause || ' and d.rule = 1';
  elsif filter ->> 'follow_up' = 'due' then clause := clause || format(' and d.rule = 1 and d.rank <= %s and (d.held_until is null or d.held_until <= %L)', present, now());
  else clause := clause || format(' and (d.rule <> 1 or d.rank <= %s) and (d.held_until is null or d.held_until <= %L)', present, now());
  end if;
  if (filter ->> 'never_called')::boolean then clause := clause || ' and d.rule = 2'; end if;
  wanted := private.filter_array(filter, 'state');
  if wanted is not null then clause := clause || format(' and d.states && %L::text[]', wanted); end if;
  wanted := private.filter_array(filter, 'role');
  if wanted is not null then clause := clause || format(' and d.roles && %L::text[]', wanted); end if;
  wanted := private.filter_array(filter, 'lead_status');
  if wanted is not null then clause := clause || format(' and d.lead_statuses && %L::text[]', wanted); end if;
  wanted := private.filter_array(filter, 'last_outcome');
  -- one alone must be a plain equation: only then does the index that has all of these take part
  if cardinality(wanted) = 1 then clause := clause || format(' and d.last_outcome = %L', wanted[1]);
  elsif wanted is not null then clause := clause || format(' and d.last_outcome = any (%L::text[])', wanted); end if;
  if filter ? 'min_properties' then
    clause := clause || format(' and d.property_count >= %s', (filter ->> 'min_properties')::integer);
    -- those never called stand in the order of their properties
    clause := clause || format(' and (d.rule <> 2 or d.rank <= %s)', -(filter ->> 'min_properties')::integer);
  end if;
  if filter ->> 'open' = 'now' then
    settings := private.calling_settings(workspace);
    clause := clause || format(' and d.zones <@ %L::text[]', private.open_call_zones(workspace, settings.hours_start, settings.hours_end));
  end if;
  if filter ? 'people_view' then
    clause := clause || format(' and d.phone_id in (select l.phone_id from public.people t
        join public.person_phones l on l.workspace_id = t.workspace_id and l.person_id = t.id
       where t.workspace_id = %L and t.deleted_at is null %s)', workspace, private.people_where(workspace, private.view_filter(workspace, (filter ->> 'people_view')::uuid)));
  end if;
  if coalesce(fragment, '') <> '' then
    clause := clause || format(' and d.phone_id = any (%L::uuid[])',
      array(select private.match_phones(workspace, fragment, 200))
      || case when private.phone_fragment(fragment) is null then private.numbers_of(workspace,
           array(select m.person_id from private.match_people(workspace, fragment, 200) m),
           array(select private.match_organizations(workspace, fragment, 200)), array(select private.match_properties(workspace, fragment, 200))) else '{}' end);
  end if;
  return clause;
end $$;

-- Numbers as the desk shows them, in the order of the ids.
create function private.desk_rows(workspace uuid, ids uuid[]) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  settings public.calling_settings := private.calling_settings(workspace);
  open_now text[] := private.open_call_zones(workspace, settings.hours_start, settings.hours_end);
  result json;
begin
  select coalesce(json_agg(json_build_object(
      'id', p.id, 'e164', p.e164, 'line_type', p.line_type, 'status', p.status, 'do_not_call', p.do_not_call, 'do_not_call_reason', p.do_not_call_reason,
      'sms_opted_out', p.sms_opted_out_at is not null,
      'people', people.list, 'people_count', coalesce(d.people_count, 0), 'properties', properties.list, 'property_count', coalesce(d.property_count, 0),
      'organizations', organizations.list, 'states', coalesce(d.states, '{}'), 'last_outcome', d.last_outcome, 'last_called_at', d.last_called_at,
      'last_called_by', case when d.last_called_by is not null then json_build_object('id', d.last_called_by, 'name', caller.full_name) end,
      'call_count', coalesce(d.call_count, p.call_count), 'follow_up_at', d.follow_up_at, 'rule', coalesce(d.rule, 2), 'rank', coalesce(d.rank, 0)::text,
      'zones', coalesce(d.zones, '{}'), 'is_open', coalesce(d.zones, '{}') <@ open_now,
      'opens_at', case when not coalesce(d.zones, '{}') <@ open_now then private.next_opening(now(), d.zones, settings.hours_start, settings.hours_end) end,
      'held', held.one, 'claim', claim.one) order by x.position), '[]')
    into result
    from unnest(ids) with ordinality as x(id, position)
    join public.phones p on p.workspace_id = workspace and p.id = x.id
    left join public.call_targets d on d.workspace_id = workspace and d.phone_id = x.id
    left join public.profiles caller on caller.user_id = d.last_called_by
    cross join lateral (
      select coalesce(json_agg(json_build_object('id', y.id, 'name', coalesce(y.display_name, 'No name'), 'lead_status', y.lead_status, 'roles', y.roles)), '[]') as list
        from (select h.id, h.display_name, h.lead_status,
                     h.contact_types || array(select distinct r.role from public.property_people r where r.workspace_id = workspace and r.person_id = h.id) as roles
                from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
               where l.workspace_id = workspace and l.phone_id = x.id order by l.is_primary desc, h.normalized_name, h.id limit 5) y) people
    cross join lateral (
      select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name)), '[]') as list
        from (select o.id, o.name from public.organization_phones l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
               where l.workspace_id = workspace and l.phone_id = x.id order by o.normalized_name limit 3) o) organizations
    cross join lateral (
      select coalesce(json_agg(json_build_object('id', b.id, 'name', coalesce(b.name, b.address), 'city', b.city, 'state', b.state)), '[]') as list
        from (select b.* from (
                select l.property_id from public.property_phones l where l.workspace_id = workspace and l.phone_id = x.id
                union select r.property_id from public.person_phones l
                        join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
                        join public.property_people r on r.workspace_id = l.workspace_id and r.person_id = l.person_id
                       where l.workspace_id = workspace and l.phone_id = x.id
                union select b.id from (select o.id from public.person_phones l
                          join public.owners o on o.workspace_id = l.workspace_id and o.person_id = l.person_id and o.deleted_at is null
                         where l.workspace_id = workspace and l.phone_id = x.id offset 0) o
                       cross join lateral (select b.id from public.properties b where b.workspace_id = workspace and b.owner_id = o.id limit 100) b
                union select r.property_id from public.organization_phones l
                        join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
                        join public.property_organizations r on r.workspace_id = l.workspace_id and r.organization_id = l.organization_id
                       where l.workspace_id = workspace and l.phone_id = x.id
                union select b.id from (select o.id from public.organization_phones l
                          join public.owners o on o.workspace_id = l.workspace_id and o.organization_id = l.organization_id and o.deleted_at is null
                         where l.workspace_id = workspace and l.phone_id = x.id offset 0) o
                       cross join lateral (select b.id from public.properties b where b.workspace_id = workspace and b.owner_id = o.id limit 100) b) s
               -- by the key of each: the planner can't know how few they are
               cross join lateral (select b.id, b.name, b.address, b.city, b.state, b.normalized_name from public.properties b
                 where b.workspace_id = workspace and b.id = s.property_id and b.deleted_at is null limit 1) b
               where d.property_count > 0
               order by b.normalized_name, b.id limit 3) b) properties
    left join lateral (
      select json_build_object('reason', h.reason, 'until', nullif(d.held_until, 'infinity')) as one
        from (select h.reason, h.until, h.created_at from public.call_holds h
               where h.workspace_id = workspace and h.phone_id = x.id and h.lifted_at is null and d.held_until > now()
              union all
              select h.reason, h.until, h.created_at from public.person_phones l join public.call_holds h on h.workspace_id = workspace and h.person_id = l.person_id and h.lifted_at is null
               where l.workspace_id = workspace and l.phone_id = x.id and d.held_until > now()
              union all
              -- asked for of the few that are held alone
              select h.reason, h.until, h.created_at from (select 1 where d.held_until > now()) k cross join lateral private.call_places(workspace, array[x.id]) b
                join public.call_holds h on h.workspace_id = workspace and h.property_id = b.property_id and h.lifted_at is null) h
       where h.until is null or h.until > now()
       order by h.until desc nulls first, h.created_at limit 1) held on true
    left join lateral (
      select json_build_object('user_id', c.user_id, 'name', f.full_name, 'expires_at', c.expires_at) as one
        from public.call_claims c left join public.profiles f on f.user_id = c.user_id
       where c.workspace_id = workspace and c.phone_id = x.id and c.expires_at > now()) claim on true;
  return result;
end $$;

-- One page of the desk, one row more than asked for where there is a next page. `after`: rule, rank and phone of the last row before it.
create function private.list_call_targets(workspace uuid, filter jsonb, after_rule integer, after_rank text, after_id uuid, page_size integer) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare found uuid[];
begin
  perform private.assert_member(workspace);
  execute format('select coalesce(array_agg(x.phone_id), ''{}'') from (
      select d.phone_id from public.call_targets d where %s %s order by d.rule, d.rank, d.phone_id limit %s) x',
    private.desk_where(workspace, filter),
    case when after_id is not null then format(' and (d.rule, d.rank, d.phone_id) > (%s::smallint, %L::double precision, %L::uuid)', after_rule, after_rank, after_id) else '' end,
    least(page_size, 200) + 1) into found;
  return private.desk_rows(workspace, found);
end $$;

-- How many numbers a filter finds, counted no further than 10,001.
create function private.count_call_targets(workspace uuid, filter jsonb) returns integer
language plpgsql stable security definer set search_path = ''
as $$
declare found integer;
begin
  perform private.assert_member(workspace);
  execute format('select count(*) from (select 1 from public.call_targets d where %s limit 10001) x', private.desk_where(workspace, filter)) into found;
  return found;
end $$;

-- Calls as panels and answers show them.
create function private.desk_calls(workspace uuid, calls uuid[]) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  result json;
  is_admin boolean := exists (select 1 from public.workspace_members m where m.workspace_id = workspace and m.user_id = auth.uid() and m.role in ('owner', 'admin'));
begin
  select coalesce(json_agg(json_build_object(
      'id', c.id, 'phone_id', c.phone_id, 'activity_id', c.activity_id, 'direction', c.direction, 'via', c.via, 'status', c.status, 'started_at', c.started_at,
      'duration_seconds', c.duration_seconds, 'outcome', c.outcome, 'reached', c.reached,
      'person', case when h.id is not null then json_build_object('id', h.id, 'name', coalesce(h.display_name, 'No name')) end,
      'by', case when c.user_id is not null then json_build_object('id', c.user_id, 'name', f.full_name) end,
      'notes', c.notes, 'next_step_at', c.next_step_at, 'email_captured', c.email_captured, 'has_recording', c.recording_sid is not null,
      'is_voicemail', c.is_voicemail, 'undone_at', c.undone_at, 'followup', private.call_followup(c),
      'can_undo', c.outcome is not null and c.undone_at is null and (is_admin or c.user_id = auth.uid() and c.outcome_at > now() - interval '1 hour'))
      order by c.started_at desc, c.id), '[]') into result
    from public.calls c
    left join public.people h on h.workspace_id = c.workspace_id and h.id = c.person_id
    left join public.profiles f on f.user_id = c.user_id
   where c.workspace_id = workspace and c.id = any (calls);
  return result;
end $$;

-- All that the panel of a number shows, for whoever has been let in: { row, people, properties, organizations, facts, calls, holds, texts, numbers,
-- own_phone }. Null where there is no such number.
create function private.desk_bundle(workspace uuid, phone uuid) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare result json;
begin
  with places as materialized (select distinct l.property_id from private.call_places(workspace, array[phone]) l)
  select json_build_object(
    'row', private.desk_rows(workspace, array[phone]) -> 0,
    'facts', private.phone_facts(workspace, array[phone], auth.uid()) -> phone::text,
    'own_phone', (select f.phone_e164 from public.profiles f where f.user_id = auth.uid()),
    'people', (select coalesce(json_agg(json_build_object(
        'id', h.id, 'name', coalesce(h.display_name, 'No name'), 'title', h.title, 'lead_status', h.lead_status,
        'roles', h.contact_types || array(select distinct r.role from public.property_people r where r.workspace_id = workspace and r.person_id = h.id),
        'city', h.city, 'state', h.state, 'label', l.label,
        'emails', (select coalesce(json_agg(json_build_object('id', e.id, 'address', e.address, 'status', e.status, 'is_primary', k.is_primary) order by k.is_primary desc, k.created_at), '[]')
          from public.person_emails k join public.emails e on e.workspace_id = k.workspace_id and e.id = k.email_id where k.workspace_id = workspace and k.person_id = h.id),
        'phones', (select coalesce(json_agg(json_build_object('id', t.id, 'e164', t.e164, 'status', t.status, 'do_not_call', t.do_not_call) order by k.is_primary desc, k.created_at), '[]')
          from public.person_phones k join public.phones t on t.workspace_id = k.workspace_id and t.id = k.phone_id
         where k.workspace_id = workspace and k.person_id = h.id and k.phone_id <> phone),
        'organization', (select json_build_object('id', o.id, 'name', o.name) from public.person_organizations k
          join public.organizations o on o.workspace_id = k.workspace_id and o.id = k.organization_id and o.deleted_at is null
         where k.workspace_id = workspace and k.person_id = h.id order by k.is_primary desc, k.created_at limit 1),
        'owner_id', private.owner_of_person(workspace, h.id),
        'assigned_to', case when h.assigned_to is not null then (select json_build_object('id', f.user_id, 'name', f.full_name) from public.profiles f where f.user_id = h.assigned_to) end,
        'notes_count', (select count(*) from (select 1 from public.notes n where n.workspace_id = workspace and n.person_id = h.id limit 100) n))
        order by l.is_primary desc, h.normalized_name, h.id), '[]')
      from (select * from public.person_phones l where l.workspace_id = workspace and l.phone_id = phone limit 200) l
      join public.people h on h.workspace_id = workspace and h.id = l.person_id and h.deleted_at is null),
    'properties', (select coalesce(json_agg(json_build_object('id', b.id, 'name', coalesce(b.name, b.address), 'address', b.address, 'city', b.city, 'state', b.state, 'units', b.units,
        'owner', case when o.id is not null then json_build_object('id', o.id, 'name', o.display_name) end) order by b.normalized_name, b.id), '[]')
      from (select * from places limit 200) s join public.properties b on b.workspace_id = workspace and b.id = s.property_id
      left join public.owners o on o.workspace_id = workspace and o.id = b.owner_id and o.deleted_at is null),
    'organizations', (select coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'kind', o.kind, 'status', o.status) order by o.normalized_name), '[]')
      from public.organization_phones l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
     where l.workspace_id = workspace and l.phone_id = phone),
    'calls', private.desk_calls(workspace, array(select c.id from public.calls c where c.workspace_id = workspace and c.phone_id = phone order by c.started_at desc limit 20)),
    'holds', (select coalesce(json_agg(json_build_object('id', y.id, 'reason', y.reason, 'until', y.until, 'about', y.about, 'by', f.full_name, 'created_at', y.created_at)
        order by y.until desc nulls first, y.created_at), '[]')
      from (
        select h.*, json_build_object('kind', 'phone', 'id', h.phone_id, 'name', null) as about
          from public.call_holds h where h.workspace_id = workspace and h.phone_id = phone
        union all
        select h.*, json_build_object('kind', 'person', 'id', p.id, 'name', p.display_name)
          from public.person_phones l join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
          join public.call_holds h on h.workspace_id = workspace and h.person_id = p.id where l.workspace_id = workspace and l.phone_id = phone
        union all
        select h.*, json_build_object('kind', 'property', 'id', b.id, 'name', coalesce(b.name, b.address))
          from places s join public.properties b on b.workspace_id = workspace and b.id = s.property_id
          join public.call_holds h on h.workspace_id = workspace and h.property_id = b.id) y
      left join public.profiles f on f.user_id = y.created_by
     where y.lifted_at is null and (y.until is null or y.until > now())),
    'texts', (select coalesce(json_agg(json_build_object('id', m.id, 'direction', m.direction, 'body', m.body, 'status', m.status, 'delivery', m.delivery,
        'at', coalesce(m.sent_at, m.received_at, m.run_at, m.created_at)) order by m.created_at desc), '[]')
      from (select * from public.sms_messages m where m.workspace_id = workspace and m.phone_id = phone order by m.created_at desc limit 20) m),
    'numbers', (select coalesce(json_agg(json_build_object('id', n.id, 'e164', n.e164, 'label', n.label, 'features', n.features, 'is_default_sender', n.is_default_sender)
        order by n.is_default_sender desc, n.created_at), '[]')
      from public.phone_numbers n where n.workspace_id = workspace and n.archived_at is null and n.status = 'active'))
    into result
    from public.phones p where p.workspace_id = workspace and p.id = phone;
  return result;
end $$;

create function private.call_desk(workspace uuid, phone uuid) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare bundle json;
begin
  perform private.assert_member(workspace);
  bundle := private.desk_bundle(workspace, phone);
  if bundle is null then raise exception 'Not found' using errcode = 'PT404'; end if;
  return bundle;
end $$;

grant execute on function private.list_call_targets(uuid, jsonb, integer, text, uuid, integer), private.count_call_targets(uuid, jsonb), private.call_desk(uuid, uuid) to authenticated;
create function public.list_call_targets(workspace uuid, filter jsonb default '{}', after_rule integer default null, after_rank text default null, after_id uuid default null,
  page_size integer default 50) returns json
language sql stable set search_path = '' as $$ select private.list_call_targets(workspace, filter, after_rule, after_rank, after_id, page_size) $$;
create function public.count_call_targets(workspace uuid, filter jsonb default '{}') returns integer
language sql stable set search_path = '' as $$ select private.count_call_targets(workspace, filter) $$;
create function public.call_desk(workspace uuid, phone uuid) returns json
language sql stable set search_path = '' as $$ select private.call_desk(workspace, phone) $$;
grant execute on function public.list_call_targets(uuid, jsonb, integer, text, uuid, integer), public.count_call_targets(uuid, jsonb), public.call_desk(uuid, uuid) to authenticated;
