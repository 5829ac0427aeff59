-- Why: the lists people work in, at a million rows: one round trip, keyset paging, no offset and no full count.
-- Touches: functions only.
--
-- They run with the definer's rights because array and LIKE operators are not leakproof: under row level security their
-- indexes would go unused. Membership is checked first, and every query filters by workspace. The SQL is put together
-- from literals, not parameters, so that the planner sees which status or tag is rare.

-- `p.tags && '{a,b}'` for a filter's array, or nothing where the filter doesn't name the key.
create function private.filter_array(filter jsonb, key text) returns text[]
language sql immutable parallel safe set search_path = ''
as $$
  select case when jsonb_typeof(filter -> key) = 'array' and filter -> key <> '[]'
              then array(select jsonb_array_elements_text(filter -> key)) end
$$;

-- The part of a WHERE that people, organizations and properties share. `t` is the alias of the table in all of them.
create function private.filter_common(workspace uuid, filter jsonb) returns text
language plpgsql stable set search_path = ''
as $$
declare
  clause text := '';
  wanted text[];
  key text;
begin
  foreach key in array array['tags', 'sources'] loop
    wanted := private.filter_array(filter, key);
    if wanted is not null then clause := clause || format(' and t.%I && %L::text[]', key, wanted); end if;
  end loop;
  foreach key in array array['city', 'state'] loop
    wanted := private.filter_array(filter, key);
    if wanted is not null then clause := clause || format(' and t.%I = any (%L::text[])', key, wanted); end if;
  end loop;
  wanted := private.filter_array(filter, 'assigned_to');
  if wanted is not null then
    clause := clause || format(' and (t.assigned_to::text = any (%L::text[])%s)', wanted,
      case when 'none' = any (wanted) then ' or t.assigned_to is null' else '' end);
    -- the index on assigned_to serves the usual case, one colleague
    if cardinality(wanted) = 1 and wanted[1] <> 'none' then
      clause := clause || format(' and t.assigned_to = %L::uuid', wanted[1]);
    end if;
  end if;
  wanted := private.filter_array(filter, 'ids');
  if wanted is not null then clause := clause || format(' and t.id = any (%L::uuid[])', wanted); end if;
  return clause;
end $$;

create function private.people_where(workspace uuid, filter jsonb) returns text
language plpgsql stable set search_path = ''
as $$
declare
  clause text := private.filter_common(workspace, filter);
  wanted text[];
  point text;
  table_of jsonb := '{"email": "person_emails", "phone": "person_phones", "linkedin": "person_linkedin"}';
begin
  wanted := private.filter_array(filter, 'lead_status');
  if wanted is not null then clause := clause || format(' and t.lead_status = any (%L::text[])', wanted); end if;
  wanted := private.filter_array(filter, 'contact_types');
  if wanted is not null then clause := clause || format(' and t.contact_types && %L::text[]', wanted); end if;
  foreach point in array coalesce(private.filter_array(filter, 'has'), '{}') loop
    clause := clause || format(' and exists (select 1 from public.%I l where l.workspace_id = t.workspace_id and l.person_id = t.id)', table_of ->> point);
  end loop;
  foreach point in array coalesce(private.filter_array(filter, 'has_no'), '{}') loop
    clause := clause || format(' and not exists (select 1 from public.%I l where l.workspace_id = t.workspace_id and l.person_id = t.id)', table_of ->> point);
  end loop;
  wanted := private.filter_array(filter, 'organization_kind');
  if wanted is not null then
    clause := clause || format(' and exists (select 1 from public.person_organizations l join public.organizations o
      on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
      where l.workspace_id = t.workspace_id and l.person_id = t.id and o.kind = any (%L::text[]))', wanted);
  end if;
  if coalesce(filter ->> 'q', '') <> '' then
    clause := clause || format(' and t.id = any (%L::uuid[])',
      array(select distinct m.person_id from private.match_people(workspace, left(filter ->> 'q', 200), 200) m));
  end if;
  return clause;
end $$;

create function private.organizations_where(workspace uuid, filter jsonb) returns text
language plpgsql stable set search_path = ''
as $$
declare
  clause text := private.filter_common(workspace, filter);
  wanted text[];
  point text;
  table_of jsonb := '{"email": "organization_emails", "phone": "organization_phones"}';
begin
  wanted := private.filter_array(filter, 'kind');
  if wanted is not null then clause := clause || format(' and t.kind = any (%L::text[])', wanted); end if;
  wanted := private.filter_array(filter, 'status');
  if wanted is not null then clause := clause || format(' and t.status = any (%L::text[])', wanted); end if;
  wanted := private.filter_array(filter, 'category');
  if wanted is not null then clause := clause || format(' and t.category = any (%L::text[])', wanted); end if;
  foreach point in array coalesce(private.filter_array(filter, 'has'), '{}') loop
    clause := clause || format(' and exists (select 1 from public.%I l where l.workspace_id = t.workspace_id and l.organization_id = t.id)', table_of ->> point);
  end loop;
  foreach point in array coalesce(private.filter_array(filter, 'has_no'), '{}') loop
    clause := clause || format(' and not exists (select 1 from public.%I l where l.workspace_id = t.workspace_id and l.organization_id = t.id)', table_of ->> point);
  end loop;
  if coalesce(filter ->> 'q', '') <> '' then
    clause := clause || format(' and t.id = any (%L::uuid[])',
      array(select private.match_organizations(workspace, left(filter ->> 'q', 200), 200)));
  end if;
  return clause;
end $$;

create function private.properties_where(workspace uuid, filter jsonb) returns text
language plpgsql stable set search_path = ''
as $$
declare
  clause text := private.filter_common(workspace, filter);
  wanted text[];
  key text;
begin
  foreach key in array array['market', 'submarket', 'county'] loop
    wanted := private.filter_array(filter, key);
    if wanted is not null then clause := clause || format(' and t.%I = any (%L::text[])', key, wanted); end if;
  end loop;
  wanted := private.filter_array(filter, 'has');
  if 'owner' = any (wanted) then clause := clause || ' and t.owner_id is not null'; end if;
  if 'phone' = any (wanted) then
    clause := clause || ' and exists (select 1 from public.property_phones l where l.workspace_id = t.workspace_id and l.property_id = t.id)';
  end if;
  wanted := private.filter_array(filter, 'has_no');
  if 'owner' = any (wanted) then clause := clause || ' and t.owner_id is null'; end if;
  if 'phone' = any (wanted) then
    clause := clause || ' and not exists (select 1 from public.property_phones l where l.workspace_id = t.workspace_id and l.property_id = t.id)';
  end if;
  if coalesce(filter ->> 'q', '') <> '' then
    clause := clause || format(' and t.id = any (%L::uuid[])',
      array(select private.match_properties(workspace, left(filter ->> 'q', 200), 200)));
  end if;
  return clause;
end $$;

-- The expression of a sort, with its type for the cursor; each has an index that walks it in both directions.
create function private.sort_expression(entity text, sort text) returns text[]
language sql immutable set search_path = ''
as $$
  select case
    when sort = 'name' then array['t.normalized_name', 'text']
    when sort = 'created' then array['t.created_at', 'timestamptz']
    when sort = 'last_activity' then array['coalesce(t.last_activity_at, ''-infinity'')', 'timestamptz']
    when sort = 'units' and entity = 'properties' then array['coalesce(t.units, -1)', 'integer']
  end
$$;

-- One page of a table in a stated order: rows of (id, sort_value), one more than asked for where there is a next page.
create function private.page_sql(entity text, workspace uuid, filter jsonb, sort text, descending boolean,
  after_value text, after_id uuid, page_size integer) returns text
language plpgsql stable set search_path = ''
as $$
declare
  expression text[] := private.sort_expression(entity, sort);
  clause text;
  direction text := case when descending then 'desc' else 'asc' end;
begin
  if expression is null then raise exception 'sort: unknown order %', sort using errcode = 'PT400'; end if;
  clause := case entity
    when 'people' then private.people_where(workspace, filter)
    when 'organizations' then private.organizations_where(workspace, filter)
    when 'properties' then private.properties_where(workspace, filter) end;
  if after_id is not null then
    clause := clause || format(' and (%s, t.id) %s (%L::%s, %L::uuid)', expression[1],
      case when descending then '<' else '>' end, after_value, expression[2], after_id);
  end if;
  return format(
    'select t.*, (%s)::text as sort_value, row_number() over (order by %s %s, t.id %s) as position
       from public.%I t where t.workspace_id = %L and t.deleted_at is null %s
      order by %s %s, t.id %s limit %s',
    expression[1], expression[1], direction, direction, entity, workspace, clause,
    expression[1], direction, direction, page_size + 1);
end $$;

create function private.list_people(workspace uuid, filter jsonb, sort text, descending boolean,
  after_value text, after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare result jsonb;
begin
  perform private.assert_member(workspace);
  execute format($q$
    with page as materialized (%s)
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', p.id, 'name', p.display_name, 'title', p.title, 'lead_status', p.lead_status, 'contact_types', p.contact_types,
      'tags', p.tags, 'sources', p.sources, 'assigned_to', p.assigned_to, 'city', p.city, 'state', p.state,
      'last_activity_at', p.last_activity_at, 'created_at', p.created_at, 'sort_value', p.sort_value,
      'organization', (select jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind)
         from public.person_organizations l join public.organizations o
           on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
        where l.workspace_id = p.workspace_id and l.person_id = p.id order by l.is_primary desc, l.created_at limit 1),
      -- each with how many more stand behind it, 9 at the most
      'emails', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'address', e.address, 'status', e.status, 'label', l.label, 'is_primary', l.is_primary,
          'others', (select count(*) from (select 1 from public.person_emails o where o.workspace_id = l.workspace_id and o.email_id = e.id and o.person_id <> l.person_id limit 9) x))
          order by l.is_primary desc, l.created_at, e.address), '[]')
        from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
        where l.workspace_id = p.workspace_id and l.person_id = p.id),
      'phones', (select coalesce(jsonb_agg(jsonb_build_object('id', ph.id, 'e164', ph.e164, 'status', ph.status, 'line_type', ph.line_type,
          'do_not_call', ph.do_not_call, 'sms_opted_out', ph.sms_opted_out_at is not null, 'label', l.label, 'is_primary', l.is_primary,
          'others', (select count(*) from (select 1 from public.person_phones o where o.workspace_id = l.workspace_id and o.phone_id = ph.id and o.person_id <> l.person_id limit 9) x))
          order by l.is_primary desc, l.created_at, ph.e164), '[]')
        from public.person_phones l join public.phones ph on ph.workspace_id = l.workspace_id and ph.id = l.phone_id
        where l.workspace_id = p.workspace_id and l.person_id = p.id),
      'linkedin', (select coalesce(jsonb_agg(jsonb_build_object('id', li.id, 'url', li.url, 'connection_status', li.connection_status, 'label', l.label, 'is_primary', l.is_primary,
          'others', (select count(*) from (select 1 from public.person_linkedin o where o.workspace_id = l.workspace_id and o.linkedin_id = li.id and o.person_id <> l.person_id limit 9) x))
          order by l.is_primary desc, l.created_at), '[]')
        from public.person_linkedin l join public.linkedin_profiles li on li.workspace_id = l.workspace_id and li.id = l.linkedin_id
        where l.workspace_id = p.workspace_id and l.person_id = p.id))
      order by p.position), '[]')
    from page p $q$,
    private.page_sql('people', workspace, filter, sort, descending, after_value, after_id, page_size)) into result;
  return result;
end $$;

create function private.list_organizations(workspace uuid, filter jsonb, sort text, descending boolean,
  after_value text, after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare result jsonb;
begin
  perform private.assert_member(workspace);
  execute format($q$
    with page as materialized (%s)
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', p.id, 'name', p.name, 'kind', p.kind, 'category', p.category, 'website', p.website, 'domain', p.domain,
      'city', p.city, 'state', p.state, 'aum', p.aum, 'status', p.status, 'tags', p.tags, 'sources', p.sources,
      'assigned_to', p.assigned_to, 'last_activity_at', p.last_activity_at, 'created_at', p.created_at, 'sort_value', p.sort_value,
      -- the live ones that the record's page shows, counted no further than 100
      'people_count', (select count(*) from (select 1 from public.person_organizations l join public.people x on x.workspace_id = l.workspace_id and x.id = l.person_id and x.deleted_at is null
        where l.workspace_id = p.workspace_id and l.organization_id = p.id limit 100) x),
      'property_count', (select count(distinct x.property_id) from (select l.property_id from public.property_organizations l join public.properties t on t.workspace_id = l.workspace_id and t.id = l.property_id and t.deleted_at is null
        where l.workspace_id = p.workspace_id and l.organization_id = p.id limit 100) x),
      'emails', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'address', e.address, 'status', e.status, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at), '[]')
        from public.organization_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
        where l.workspace_id = p.workspace_id and l.organization_id = p.id),
      'phones', (select coalesce(jsonb_agg(jsonb_build_object('id', ph.id, 'e164', ph.e164, 'status', ph.status, 'line_type', ph.line_type, 'do_not_call', ph.do_not_call, 'sms_opted_out', ph.sms_opted_out_at is not null, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at), '[]')
        from public.organization_phones l join public.phones ph on ph.workspace_id = l.workspace_id and ph.id = l.phone_id
        where l.workspace_id = p.workspace_id and l.organization_id = p.id))
      order by p.position), '[]')
    from page p $q$,
    private.page_sql('organizations', workspace, filter, sort, descending, after_value, after_id, page_size)) into result;
  return result;
end $$;

create function private.list_properties(workspace uuid, filter jsonb, sort text, descending boolean,
  after_value text, after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare result jsonb;
begin
  perform private.assert_member(workspace);
  execute format($q$
    with page as materialized (%s)
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', p.id, 'name', coalesce(p.name, p.address), 'address', p.address, 'city', p.city, 'county', p.county, 'state', p.state, 'zip', p.zip,
      'market', p.market, 'submarket', p.submarket, 'units', p.units, 'sqft', p.sqft, 'completion_date', p.completion_date,
      'tags', p.tags, 'sources', p.sources, 'assigned_to', p.assigned_to,
      'last_activity_at', p.last_activity_at, 'created_at', p.created_at, 'sort_value', p.sort_value,
      'owner', (select jsonb_build_object('id', o.id, 'name', o.display_name, 'kind', o.kind, 'person_id', o.person_id, 'organization_id', o.organization_id)
        from public.owners o where o.workspace_id = p.workspace_id and o.id = p.owner_id),
      -- who stands behind it, the people first; the owner has a column of its own
      'parties', (select coalesce(jsonb_agg(to_jsonb(x) - 'place' order by x.place, x.name), '[]') from (
        (select 'person' as kind, x.id, x.display_name as name, array_agg(l.role order by l.role) as roles, 1 as place
           from public.property_people l join public.people x on x.workspace_id = l.workspace_id and x.id = l.person_id and x.deleted_at is null
          where l.workspace_id = p.workspace_id and l.property_id = p.id group by x.id limit 20)
        union all
        (select 'organization', x.id, x.name, array_agg(l.role order by l.role), 2
           from public.property_organizations l join public.organizations x on x.workspace_id = l.workspace_id and x.id = l.organization_id and x.deleted_at is null
          where l.workspace_id = p.workspace_id and l.property_id = p.id group by x.id limit 20)) x),
      'phones', (select coalesce(jsonb_agg(jsonb_build_object('id', ph.id, 'e164', ph.e164, 'status', ph.status, 'line_type', ph.line_type, 'do_not_call', ph.do_not_call, 'sms_opted_out', ph.sms_opted_out_at is not null, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at), '[]')
        from public.property_phones l join public.phones ph on ph.workspace_id = l.workspace_id and ph.id = l.phone_id
        where l.workspace_id = p.workspace_id and l.property_id = p.id))
      order by p.position), '[]')
    from page p $q$,
    private.page_sql('properties', workspace, filter, sort, descending, after_value, after_id, page_size)) into result;
  return result;
end $$;

-- How many rows a filter finds, counted no further than `at_most`.
create function private.count_rows(entity text, workspace uuid, filter jsonb, at_most integer) returns integer
language plpgsql stable security definer set search_path = ''
as $$
declare found integer;
begin
  perform private.assert_member(workspace);
  execute format('select count(*) from (select 1 from public.%I t where t.workspace_id = %L and t.deleted_at is null %s limit %s) x',
    entity, workspace, case entity
      when 'people' then private.people_where(workspace, filter)
      when 'organizations' then private.organizations_where(workspace, filter)
      when 'properties' then private.properties_where(workspace, filter) end, at_most) into found;
  return found;
end $$;

-- What the filters offer: the values in use, most used first, from a sample where there are very many rows.
create function private.filter_options(entity text, workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  result jsonb := '{}';
  values_found jsonb;
  key text;
begin
  perform private.assert_member(workspace);
  foreach key in array case entity when 'properties' then array['state', 'city', 'market'] when 'organizations' then array['state', 'city', 'category'] else array['state', 'city'] end loop
    execute format('select coalesce(jsonb_agg(v order by n desc, v), ''[]'') from (select t.%1$I as v, count(*) as n
      from (select %1$I from public.%2$I where workspace_id = %3$L and deleted_at is null and %1$I is not null limit 20000) t
      group by 1 order by 2 desc limit 200) x', key, entity, workspace) into values_found;
    result := result || jsonb_build_object(key, values_found);
  end loop;
  foreach key in array array['tags', 'sources'] loop
    execute format('select coalesce(jsonb_agg(v order by n desc, v), ''[]'') from (select u as v, count(*) as n
      from (select %1$I from public.%2$I where workspace_id = %3$L and deleted_at is null and %1$I <> ''{}'' limit 20000) t, unnest(t.%1$I) u
      group by 1 order by 2 desc limit 200) x', key, entity, workspace) into values_found;
    result := result || jsonb_build_object(key, values_found);
  end loop;
  return result;
end $$;

grant execute on function private.list_people(uuid, jsonb, text, boolean, text, uuid, integer),
  private.list_organizations(uuid, jsonb, text, boolean, text, uuid, integer),
  private.list_properties(uuid, jsonb, text, boolean, text, uuid, integer),
  private.count_rows(text, uuid, jsonb, integer), private.filter_options(text, uuid) to authenticated;

-- Rows as JSON, one more than `page_size` where there is a next page; page on with the last row's sort_value and id.
create function public.list_people(workspace uuid, filter jsonb default '{}', sort text default 'name', descending boolean default false,
  after_value text default null, after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$
  select private.list_people(workspace, filter, sort, descending, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.list_organizations(workspace uuid, filter jsonb default '{}', sort text default 'name', descending boolean default false,
  after_value text default null, after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$
  select private.list_organizations(workspace, filter, sort, descending, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.list_properties(workspace uuid, filter jsonb default '{}', sort text default 'name', descending boolean default false,
  after_value text default null, after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$
  select private.list_properties(workspace, filter, sort, descending, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.count_people(workspace uuid, filter jsonb default '{}') returns integer
language sql stable set search_path = '' as $$ select private.count_rows('people', workspace, filter, 10001) $$;
create function public.count_organizations(workspace uuid, filter jsonb default '{}') returns integer
language sql stable set search_path = '' as $$ select private.count_rows('organizations', workspace, filter, 10001) $$;
create function public.count_properties(workspace uuid, filter jsonb default '{}') returns integer
language sql stable set search_path = '' as $$ select private.count_rows('properties', workspace, filter, 10001) $$;
create function public.filter_options(workspace uuid, entity text) returns jsonb
language sql stable set search_path = '' as $$
  select private.filter_options(case when entity in ('people', 'organizations', 'properties') then entity end, workspace) $$;
grant execute on function public.list_people(uuid, jsonb, text, boolean, text, uuid, integer),
  public.list_organizations(uuid, jsonb, text, boolean, text, uuid, integer),
  public.list_properties(uuid, jsonb, text, boolean, text, uuid, integer),
  public.count_people(uuid, jsonb), public.count_organizations(uuid, jsonb), public.count_properties(uuid, jsonb),
  public.filter_options(uuid, text) to authenticated;
