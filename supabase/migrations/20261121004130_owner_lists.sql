-- Why: the owners list and its figures at a hundred thousand owners: one round trip, keyset paging, no full count.
-- Touches: functions; what saved views and bulk changes may be of.

alter table public.saved_views drop constraint saved_views_entity_check,
  add constraint saved_views_entity_check check (entity in ('people', 'organizations', 'properties', 'owners'));
alter table public.bulk_changes drop constraint bulk_changes_entity_check,
  add constraint bulk_changes_entity_check check (entity in ('people', 'organizations', 'properties', 'owners'));

-- The end of today where the workspace is: what is due today is due until then.
create function private.end_of_today(workspace uuid) returns timestamptz
language plpgsql stable security definer set search_path = ''
as $$
declare zone text := (select w.time_zone from public.workspaces w where w.id = workspace);
begin
  return (date_trunc('day', now() at time zone zone) + interval '1 day') at time zone zone;
end $$;

-- Phones, e-mails and profiles of a person or organization, as lists carry them.
create function private.brief_points(workspace uuid, party_kind text, party uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  if party_kind = 'person' then
    return jsonb_build_object(
      'emails', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'address', e.address, 'status', e.status, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at, e.address), '[]')
        from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id where l.workspace_id = workspace and l.person_id = party),
      'phones', (select coalesce(jsonb_agg(jsonb_build_object('id', ph.id, 'e164', ph.e164, 'status', ph.status, 'line_type', ph.line_type, 'time_zone', ph.time_zone, 'do_not_call', ph.do_not_call,
          'sms_opted_out', ph.sms_opted_out_at is not null, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at, ph.e164), '[]')
        from public.person_phones l join public.phones ph on ph.workspace_id = l.workspace_id and ph.id = l.phone_id where l.workspace_id = workspace and l.person_id = party),
      'linkedin', (select coalesce(jsonb_agg(jsonb_build_object('id', li.id, 'url', li.url, 'connection_status', li.connection_status, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at), '[]')
        from public.person_linkedin l join public.linkedin_profiles li on li.workspace_id = l.workspace_id and li.id = l.linkedin_id where l.workspace_id = workspace and l.person_id = party));
  end if;
  return jsonb_build_object(
    'emails', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'address', e.address, 'status', e.status, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at, e.address), '[]')
      from public.organization_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id where l.workspace_id = workspace and l.organization_id = party),
    'phones', (select coalesce(jsonb_agg(jsonb_build_object('id', ph.id, 'e164', ph.e164, 'status', ph.status, 'line_type', ph.line_type, 'time_zone', ph.time_zone, 'do_not_call', ph.do_not_call,
        'sms_opted_out', ph.sms_opted_out_at is not null, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at, ph.e164), '[]')
      from public.organization_phones l join public.phones ph on ph.workspace_id = l.workspace_id and ph.id = l.phone_id where l.workspace_id = workspace and l.organization_id = party),
    'linkedin', '[]'::jsonb);
end $$;

-- Owners a fragment may mean: by their name, by an e-mail or phone of the party or of somebody who speaks for it.
create function private.match_owners(workspace uuid, query text, max_rows integer) returns setof uuid
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  fragment text := private.normalize_text(query);
  starts text := ltrim(private.like_fragment(fragment), '%');
  found uuid[] := '{}';
  points uuid[];
begin
  if private.phone_fragment(query) is not null then
    points := array(select private.match_phones(workspace, query, max_rows));
    found := array(
      select o.id from public.person_phones l
        join public.owners o on o.workspace_id = l.workspace_id and o.person_id = l.person_id and o.deleted_at is null
       where l.workspace_id = workspace and l.phone_id = any (points)
      union select o.id from public.organization_phones l
        join public.owners o on o.workspace_id = l.workspace_id and o.organization_id = l.organization_id and o.deleted_at is null
       where l.workspace_id = workspace and l.phone_id = any (points)
      union select c.owner_id from public.person_phones l
        join public.owner_contacts c on c.workspace_id = l.workspace_id and c.person_id = l.person_id
       where l.workspace_id = workspace and l.phone_id = any (points)
      limit max_rows);
  end if;
  if fragment = '' then return query select unnest(found); return; end if;
  -- a name may be of figures too: 123 Main Holdings
  found := found || array(
    select o.id from public.owners o
     where o.workspace_id = workspace and o.deleted_at is null and o.normalized_name like starts and o.id <> all (found)
     order by o.normalized_name limit max_rows);
  if cardinality(found) < max_rows and length(fragment) >= 3 then
    found := found || array(
      select t from unnest(private.fragment_ids('owners', 'normalized_name', workspace, fragment, max_rows, 'and t.deleted_at is null')) t
       where t <> all (found) limit max_rows - cardinality(found));
  end if;
  points := array(select private.match_emails(workspace, query, max_rows));
  if points <> '{}' then
    found := found || array(
      select o.id from public.person_emails l
        join public.owners o on o.workspace_id = l.workspace_id and o.person_id = l.person_id and o.deleted_at is null
       where l.workspace_id = workspace and l.email_id = any (points)
      union select o.id from public.organization_emails l
        join public.owners o on o.workspace_id = l.workspace_id and o.organization_id = l.organization_id and o.deleted_at is null
       where l.workspace_id = workspace and l.email_id = any (points)
      union select c.owner_id from public.person_emails l
        join public.owner_contacts c on c.workspace_id = l.workspace_id and c.person_id = l.person_id
       where l.workspace_id = workspace and l.email_id = any (points)
      limit max_rows);
  end if;
  return query select distinct x from unnest(found) x;
end $$;

-- next_step: overdue, today (or before), week (within seven days), none. contacted: 30d, earlier, never.
create function private.owners_where(workspace uuid, filter jsonb) returns text
language plpgsql stable set search_path = ''
as $$
declare
  clause text := private.filter_common(workspace, filter) || private.filter_columns(filter, '{kind}');
  wanted text[];
  has_card constant text := '(exists (select 1 from public.properties p join public.verifications v
      on v.workspace_id = p.workspace_id and v.property_id = p.id and v.result = ''open'' and v.deleted_at is null
    where p.workspace_id = t.workspace_id and p.owner_id = t.id and p.deleted_at is null))';
begin
  wanted := private.filter_array(filter, 'next_step');
  if wanted is not null then
    clause := clause || ' and (' || (
      select string_agg(case w
        when 'overdue' then format('coalesce(t.next_step_at, ''infinity'') < %L', now())
        when 'today' then format('coalesce(t.next_step_at, ''infinity'') < %L', private.end_of_today(workspace))
        when 'week' then format('coalesce(t.next_step_at, ''infinity'') < %L', private.end_of_today(workspace) + interval '6 days')
        when 'none' then 't.next_step_at is null' else 'false' end, ' or ') from unnest(wanted) w) || ')';
  end if;
  wanted := private.filter_array(filter, 'contacted');
  if wanted is not null then
    clause := clause || ' and (' || (
      select string_agg(case w
        when '30d' then format('t.last_contacted_at >= %L', now() - interval '30 days')
        when 'earlier' then format('t.last_contacted_at < %L', now() - interval '30 days')
        when 'never' then 't.last_contacted_at is null' else 'false' end, ' or ') from unnest(wanted) w) || ')';
  end if;
  wanted := private.filter_array(filter, 'has');
  if 'card' = any (wanted) then clause := clause || ' and ' || has_card; end if;
  if 'property' = any (wanted) then
    clause := clause || ' and exists (select 1 from public.properties p where p.workspace_id = t.workspace_id and p.owner_id = t.id and p.deleted_at is null)';
  end if;
  wanted := private.filter_array(filter, 'has_no');
  if 'card' = any (wanted) then clause := clause || ' and not ' || has_card; end if;
  if 'property' = any (wanted) then
    clause := clause || ' and not exists (select 1 from public.properties p where p.workspace_id = t.workspace_id and p.owner_id = t.id and p.deleted_at is null)';
  end if;
  if coalesce(filter ->> 'q', '') <> '' then
    clause := clause || format(' and t.id = any (%L::uuid[])', array(select private.match_owners(workspace, left(filter ->> 'q', 200), 200)));
  end if;
  return clause;
end $$;

create or replace function private.sort_expression(entity text, sort text) returns text[]
language sql immutable set search_path = ''
as $$
  select case
    when sort = 'name' then array['t.normalized_name', 'text']
    when sort = 'created' then array['t.created_at', 'timestamptz']
    when sort = 'last_activity' then array['coalesce(t.last_activity_at, ''-infinity'')', 'timestamptz']
    when sort = 'units' and entity = 'properties' then array['coalesce(t.units, -1)', 'integer']
    when sort = 'next_step' and entity = 'owners' then array['coalesce(t.next_step_at, ''infinity'')', 'timestamptz']
  end
$$;

create or replace function private.find_page(entity text, workspace uuid, filter jsonb, sort text, descending boolean,
  after_value text, after_id uuid, page_size integer, out ids uuid[], out sort_values text[])
language plpgsql stable set search_path = ''
as $$
declare
  expression text[] := private.sort_expression(entity, sort);
  clause text;
begin
  if expression is null then raise exception 'sort: unknown order %', sort using errcode = 'PT400'; end if;
  -- what has no next step stands at the end in both directions
  if sort = 'next_step' and descending then expression[1] := replace(expression[1], '''infinity''', '''-infinity'''); end if;
  clause := case entity
    when 'people' then private.people_where(workspace, filter)
    when 'organizations' then private.organizations_where(workspace, filter)
    when 'properties' then private.properties_where(workspace, filter)
    when 'owners' then private.owners_where(workspace, filter) end;
  if after_id is not null then
    clause := clause || format(' and (%s, t.id) %s (%L::%s, %L::uuid)', expression[1],
      case when descending then '<' else '>' end, after_value, expression[2], after_id);
  end if;
  execute format(
    'select coalesce(array_agg(x.id), ''{}''), array_agg(x.sort_value) from (
       select t.id, (%1$s)::text as sort_value from public.%2$I t where t.workspace_id = %3$L and t.deleted_at is null %4$s
        order by %1$s %5$s, t.id %5$s limit %6$s) x',
    expression[1], entity, workspace, clause, case when descending then 'desc' else 'asc' end, page_size + 1)
  into ids, sort_values;
end $$;

create or replace function private.count_rows(entity text, workspace uuid, filter jsonb, at_most integer) returns integer
language plpgsql stable security definer set search_path = ''
as $$
declare found integer;
begin
  perform private.assert_member(workspace);
  execute format('select count(*) from (select 1 from public.%I t where t.workspace_id = %L and t.deleted_at is null %s limit %s) x',
    entity, workspace, case entity
      when 'people' then private.people_where(workspace, filter)
      when 'organizations' then private.organizations_where(workspace, filter)
      when 'properties' then private.properties_where(workspace, filter)
      when 'owners' then private.owners_where(workspace, filter) end, at_most) into found;
  return found;
end $$;

create or replace function private.filter_options(entity text, workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  result jsonb := '{}';
  values_found jsonb;
  key text;
begin
  perform private.assert_member(workspace);
  foreach key in array case entity when 'properties' then array['state', 'city', 'market'] when 'organizations' then array['state', 'city', 'category']
    when 'owners' then '{}'::text[] else array['state', 'city'] end loop
    execute format('select coalesce(jsonb_agg(v order by n desc, v), ''[]'') from (select t.%1$I as v, count(*) as n
      from (select %1$I from public.%2$I where workspace_id = %3$L and deleted_at is null and %1$I is not null limit 20000) t
      group by 1 order by 2 desc limit 200) x', key, entity, workspace) into values_found;
    result := result || jsonb_build_object(key, values_found);
  end loop;
  foreach key in array case entity when 'owners' then array['tags'] else array['tags', 'sources'] end loop
    execute format('select coalesce(jsonb_agg(v order by n desc, v), ''[]'') from (select u as v, count(*) as n
      from (select %1$I from public.%2$I where workspace_id = %3$L and deleted_at is null and %1$I <> ''{}'' limit 20000) t, unnest(t.%1$I) u
      group by 1 order by 2 desc limit 200) x', key, entity, workspace) into values_found;
    result := result || jsonb_build_object(key, values_found);
  end loop;
  return result;
end $$;
create or replace function public.filter_options(workspace uuid, entity text) returns jsonb
language sql stable set search_path = '' as $$
  select private.filter_options(case when entity in ('people', 'organizations', 'properties', 'owners') then entity end, workspace) $$;

create function private.list_owners(workspace uuid, filter jsonb, sort text, descending boolean,
  after_value text, after_id uuid, page_size integer) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  page record;
  result json;
begin
  perform private.assert_member(workspace);
  page := private.find_page('owners', workspace, filter, sort, descending, after_value, after_id, page_size);
  with emails as (
    select o.id, json_agg(json_build_object('id', e.id, 'address', e.address, 'status', e.status, 'label', l.label, 'is_primary', l.is_primary)
        order by l.is_primary desc, l.created_at, e.address) as list
      from public.owners o
      join lateral (
        select x.email_id, x.label, x.is_primary, x.created_at from public.person_emails x where x.workspace_id = workspace and x.person_id = o.person_id
        union all
        select x.email_id, x.label, x.is_primary, x.created_at from public.organization_emails x where x.workspace_id = workspace and x.organization_id = o.organization_id) l on true
      join public.emails e on e.workspace_id = workspace and e.id = l.email_id
     where o.workspace_id = workspace and o.id = any (page.ids) group by o.id),
  phones as (
    select o.id, json_agg(json_build_object('id', ph.id, 'e164', ph.e164, 'status', ph.status, 'line_type', ph.line_type, 'do_not_call', ph.do_not_call,
        'sms_opted_out', ph.sms_opted_out_at is not null, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at, ph.e164) as list
      from public.owners o
      join lateral (
        select x.phone_id, x.label, x.is_primary, x.created_at from public.person_phones x where x.workspace_id = workspace and x.person_id = o.person_id
        union all
        select x.phone_id, x.label, x.is_primary, x.created_at from public.organization_phones x where x.workspace_id = workspace and x.organization_id = o.organization_id) l on true
      join public.phones ph on ph.workspace_id = workspace and ph.id = l.phone_id
     where o.workspace_id = workspace and o.id = any (page.ids) group by o.id),
  linkedin as (
    select o.id, json_agg(json_build_object('id', li.id, 'url', li.url, 'connection_status', li.connection_status, 'label', l.label, 'is_primary', l.is_primary)
        order by l.is_primary desc, l.created_at) as list
      from public.owners o
      join public.person_linkedin l on l.workspace_id = workspace and l.person_id = o.person_id
      join public.linkedin_profiles li on li.workspace_id = workspace and li.id = l.linkedin_id
     where o.workspace_id = workspace and o.id = any (page.ids) group by o.id)
  select coalesce(json_agg(json_build_object(
      'id', o.id, 'name', o.display_name, 'kind', o.kind, 'tags', o.tags, 'assigned_to', o.assigned_to,
      'person_id', o.person_id, 'organization_id', o.organization_id, 'next_step_at', o.next_step_at,
      'last_activity_at', o.last_activity_at, 'last_contacted_at', o.last_contacted_at, 'created_at', o.created_at, 'sort_value', x.sort_value,
      -- counted no further than 100
      'property_count', (select count(*) from (select 1 from public.properties p where p.workspace_id = workspace and p.owner_id = x.id and p.deleted_at is null limit 100) live),
      'card_count', (select count(*) from (select 1 from public.properties p
          join public.verifications v on v.workspace_id = p.workspace_id and v.property_id = p.id and v.result = 'open' and v.deleted_at is null
         where p.workspace_id = workspace and p.owner_id = x.id and p.deleted_at is null limit 100) live),
      'emails', coalesce(emails.list, '[]'), 'phones', coalesce(phones.list, '[]'), 'linkedin', coalesce(linkedin.list, '[]')) order by x.position), '[]')
    into result
    from unnest(page.ids, page.sort_values) with ordinality as x(id, sort_value, position)
    join public.owners o on o.workspace_id = workspace and o.id = x.id
    left join emails on emails.id = x.id
    left join phones on phones.id = x.id
    left join linkedin on linkedin.id = x.id;
  return result;
end $$;

-- The figures above the list: owners, those reached within 30 days, those with a step due by the end of today, those with a card
-- under way. Each is what the list finds with the filter of its name.
create function private.owner_figures(workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare today timestamptz;
begin
  perform private.assert_member(workspace);
  today := private.end_of_today(workspace);
  return jsonb_build_object(
    'owners', (select count(*) from public.owners o where o.workspace_id = workspace and o.deleted_at is null),
    'contacted', (select count(*) from public.owners o where o.workspace_id = workspace and o.deleted_at is null and o.last_contacted_at >= now() - interval '30 days'),
    'due', (select count(*) from public.owners o where o.workspace_id = workspace and o.deleted_at is null and coalesce(o.next_step_at, 'infinity') < today),
    'with_card', (select count(distinct p.owner_id) from public.verifications v
      join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id and p.deleted_at is null
      where v.workspace_id = workspace and v.result = 'open' and v.deleted_at is null and p.owner_id is not null));
end $$;

grant execute on function private.list_owners(uuid, jsonb, text, boolean, text, uuid, integer), private.owner_figures(uuid) to authenticated;
create function public.list_owners(workspace uuid, filter jsonb default '{}', sort text default 'name', descending boolean default false,
  after_value text default null, after_id uuid default null, page_size integer default 50) returns json
language sql stable set search_path = '' as $$
  select private.list_owners(workspace, filter, sort, descending, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.count_owners(workspace uuid, filter jsonb default '{}') returns integer
language sql stable set search_path = '' as $$ select private.count_rows('owners', workspace, filter, 10001) $$;
create function public.owner_figures(workspace uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.owner_figures(workspace) $$;
grant execute on function public.list_owners(uuid, jsonb, text, boolean, text, uuid, integer), public.count_owners(uuid, jsonb),
  public.owner_figures(uuid) to authenticated;

-- As before, for owners too. Applies { add_tags, remove_tags, assigned_to, lead_status | status, deleted } to many records at once.
-- Returns { id, changed }: `id` takes it back through undo_bulk().
create or replace function public.bulk_update(workspace uuid, entity text, ids uuid[], change jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  status_column text := case entity when 'people' then 'lead_status' when 'organizations' then 'status' end;
  sets text[] := '{}';
  columns text[] := '{}';
  key text;
  changed jsonb;
  bulk uuid;
begin
  if entity not in ('people', 'organizations', 'properties', 'owners') then raise exception 'Unknown kind of record' using errcode = 'PT400'; end if;
  if change ?| array['add_tags', 'remove_tags'] then
    columns := columns || 'tags'::text;
    sets := sets || format('tags = array(select distinct x from unnest(t.tags || %L::text[]) x where x <> all (%L::text[]) order by x)',
      coalesce(private.filter_array(change, 'add_tags'), '{}'), coalesce(private.filter_array(change, 'remove_tags'), '{}'));
  end if;
  if change ? 'assigned_to' then
    columns := columns || 'assigned_to'::text;
    sets := sets || format('assigned_to = %L::uuid', change ->> 'assigned_to');
  end if;
  if status_column is not null and change ? status_column then
    columns := columns || status_column;
    sets := sets || format('%I = %L', status_column, change ->> status_column);
  end if;
  if change ? 'deleted' then
    columns := columns || 'deleted_at'::text;
    sets := sets || case when (change ->> 'deleted')::boolean then 'deleted_at = now()' else 'deleted_at = null' end;
  end if;
  if columns = '{}' then raise exception 'This changes nothing' using errcode = 'PT400'; end if;

  execute format($q$
    with old as (
      select t.id, to_jsonb(t) as row from public.%1$I t
       where t.workspace_id = $1 and t.id = any ($2) and (t.deleted_at is null or %4$L) order by t.id for update
    ), new as (
      update public.%1$I t set %2$s from old where t.workspace_id = $1 and t.id = old.id returning t.id, to_jsonb(t) as row
    )
    select jsonb_object_agg(new.id, (select jsonb_object_agg(c, jsonb_build_array(old.row -> c, new.row -> c)) from unnest(%3$L::text[]) c))
      from old join new using (id)
     where exists (select 1 from unnest(%3$L::text[]) c where old.row -> c is distinct from new.row -> c) $q$,
    entity, array_to_string(sets, ', '), columns, coalesce((change ->> 'deleted')::boolean, true) = false)
  into changed using workspace, ids;
  if changed is null then return jsonb_build_object('id', null, 'changed', 0); end if;
  insert into public.bulk_changes (workspace_id, entity, change, rows, created_by)
  values (workspace, entity, change, changed, (select auth.uid())) returning id into bulk;
  return jsonb_build_object('id', bulk, 'changed', (select count(*) from jsonb_object_keys(changed)));
end $$;
