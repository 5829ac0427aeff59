-- Why: what a chunk will do is worked out once for each record instead of in nine passes over all of them, and what is new is
-- neither looked up nor compared. What a chunk means is unchanged.
-- Touches: functions of 20261121001100_import_chunk.sql: import_plan(), import_apply(), import_record().

-- `link`: the links of the chunk, and whether they are there yet. `entity`: each record with its claims, its present row, the
-- columns that change (null: all that is claimed, of a new record) and the action.
create or replace function private.import_plan(w uuid, import uuid, preset text) returns void
language plpgsql set search_path = ''
as $$
declare
  ids constant text := private.id_prefix() || '5';
begin
  create temp table owner_party on commit drop as
    with named as (
      select distinct on (t.id) t.id as property_id, t.line, party.person_id, party.organization_id, coalesce(party.person_id, party.organization_id) as party, party.name, party.kind
        from pg_temp.prop t
        join (
          select o.line, o.n as ord, null::uuid as person_id, o.id as organization_id, o.data ->> 'name' as name,
                 case when o.data ->> 'kind' = 'property_manager' then 'pm_company' else 'llc' end as kind
            from pg_temp.org o where o.data -> 'property_roles' ? 'owner'
          union all
          select p.line, 1000 + p.n, p.id, null, concat_ws(' ', p.data ->> 'first_name', p.data ->> 'last_name'), 'individual'
            from pg_temp.person p where p.data -> 'property_roles' ? 'owner' and p.org_id is null and p.name_key <> ''
        ) party on party.line = t.line
       order by t.id, t.line, party.ord),
    found as (
      select g.party, coalesce(x.id, y.id, e.entity_id, (ids || lpad(to_hex(g.line), 7, '0'))::uuid) as id, coalesce(x.id, y.id) is null as is_new
        from (select n.party, n.person_id, n.organization_id, min(n.line) as line from named n group by 1, 2, 3) g
        left join lateral (select o.id from public.owners o where o.workspace_id = w and o.person_id = g.person_id offset 0) x on true
        left join lateral (select o.id from public.owners o where o.workspace_id = w and o.organization_id = g.organization_id offset 0) y on true
        left join private.import_promised(import, array(select distinct n.party::text from named n)) e on e.kind = 'owners' and e.key = g.party::text)
    select n.*, f.id, f.is_new from named n join found f on f.party = n.party;

  -- a: the record, b: the point or the other record. `role` is a role on a property or a title in an organization. What ties
  -- something new is new.
  create temp table link on commit drop as
    select distinct on (s.kind collate "C", a, b, s.key_role collate "C") s.* from (
      select x.owner || '_' || case x.kind when 'linkedin_profiles' then 'linkedin' else x.kind end as kind,
             case x.owner when 'person' then p.id when 'organization' then o.id else t.id end as a, x.id as b,
             '' as key_role, x.label as role, x.line, x.ord, true as is_new,
             not (x.is_new or case x.owner when 'person' then p.is_new when 'organization' then o.is_new else t.is_new end) as may_exist
        from pg_temp.point x
        left join pg_temp.person p on x.owner = 'person' and p.line = x.line and p.n = x.n
        left join pg_temp.org o on x.owner = 'organization' and o.line = x.line and o.n = x.n
        left join pg_temp.prop t on x.owner = 'property' and t.line = x.line
      union all
      select 'person_organizations', p.id, p.org_id, '', p.data ->> 'title', p.line, p.n, true, not p.is_new from pg_temp.person p where p.org_id is not null
      union all
      select 'property_people', t.id, p.id, r.role, r.role, p.line, p.n, true, not (t.is_new or p.is_new)
        from pg_temp.person p join pg_temp.prop t on t.line = p.line, jsonb_array_elements_text(p.data -> 'property_roles') r(role)
      union all
      select 'property_organizations', t.id, o.id, r.role, r.role, o.line, o.n, true, not (t.is_new or o.is_new)
        from pg_temp.org o join pg_temp.prop t on t.line = o.line, jsonb_array_elements_text(o.data -> 'property_roles') r(role)
      union all
      select 'owners', o.property_id, o.id, '', null, o.line, 0, true, true from pg_temp.owner_party o
    ) s order by s.kind collate "C", a, b, s.key_role collate "C", line, ord;
  analyze pg_temp.link (kind, a, may_exist);
  update pg_temp.link l set is_new = false from public.person_phones x where l.kind = 'person_phones' and l.may_exist and x.workspace_id = w and x.person_id = l.a and x.phone_id = l.b;
  update pg_temp.link l set is_new = false from public.person_emails x where l.kind = 'person_emails' and l.may_exist and x.workspace_id = w and x.person_id = l.a and x.email_id = l.b;
  update pg_temp.link l set is_new = false from public.person_linkedin x where l.kind = 'person_linkedin' and l.may_exist and x.workspace_id = w and x.person_id = l.a and x.linkedin_id = l.b;
  update pg_temp.link l set is_new = false from public.organization_phones x where l.kind = 'organization_phones' and l.may_exist and x.workspace_id = w and x.organization_id = l.a and x.phone_id = l.b;
  update pg_temp.link l set is_new = false from public.organization_emails x where l.kind = 'organization_emails' and l.may_exist and x.workspace_id = w and x.organization_id = l.a and x.email_id = l.b;
  update pg_temp.link l set is_new = false from public.property_phones x where l.kind = 'property_phones' and l.may_exist and x.workspace_id = w and x.property_id = l.a and x.phone_id = l.b;
  update pg_temp.link l set is_new = false from public.person_organizations x where l.kind = 'person_organizations' and l.may_exist and x.workspace_id = w and x.person_id = l.a and x.organization_id = l.b;
  update pg_temp.link l set is_new = false from public.property_people x where l.kind = 'property_people' and l.may_exist and x.workspace_id = w and x.property_id = l.a and x.person_id = l.b and x.role = l.role;
  update pg_temp.link l set is_new = false from public.property_organizations x where l.kind = 'property_organizations' and l.may_exist and x.workspace_id = w and x.property_id = l.a and x.organization_id = l.b and x.role = l.role;
  update pg_temp.link l set is_new = false from public.properties x where l.kind = 'owners' and x.workspace_id = w and x.id = l.a and x.owner_id is not null;

  -- every time a record is named, with what is said of it there; and, of records named more than once, every value of a column
  create temp table mention with (toast_tuple_target = 8160) on commit drop as
    select s.kind, s.id, s.pos, s.line, s.is_new, s.key, s.data - array['phones', 'emails', 'linkedin_url', 'organization', 'property_roles'] as data,
           count(*) over (partition by s.kind, s.id) as times
      from (
        select 'people' as kind, id, pos, line, is_new, null as key, data from pg_temp.person
        union all select 'organizations', id, pos, line, is_new, 'name:' || key, data from pg_temp.org
        union all select 'properties', id, pos, line, is_new, name_key || ' @ ' || address_key, data from pg_temp.prop
      ) s;
  create temp table value_said with (toast_tuple_target = 8160) on commit drop as
    select m.kind, m.id, v.key collate "C" as field, v.value, m.pos, jsonb_typeof(v.value) as type
      from pg_temp.mention m, jsonb_each(m.data) v
     where m.times > 1 and v.value not in ('null', '[]', '{}', '""');

  create temp table entity with (toast_tuple_target = 8160, fillfactor = 60) on commit drop as
    with named as (
      select m.kind, m.id, bool_or(m.is_new) as is_new, min(m.line) as line, array_agg(distinct m.key collate "C") filter (where m.key is not null) as keys,
             max(m.times) as times, (array_agg(m.data))[1] as data
        from pg_temp.mention m group by 1, 2),
    people_keys as (
      select p.id, array_agg(distinct k.key collate "C") as keys from pg_temp.person p join pg_temp.person_key k on k.pos = p.pos group by 1),
    said_often as (
      select f.kind, f.id, jsonb_object_agg(f.field, f.value) as claims,
             coalesce(jsonb_object_agg(f.field, f.all_values) filter (where jsonb_array_length(f.all_values) > 1), '{}') as said
        from (
          select s.kind, s.id, s.field, (array_agg(s.value order by s.pos))[1] as value, jsonb_agg(distinct s.value) as all_values
            from pg_temp.value_said s where s.type not in ('array', 'object') group by 1, 2, 3
          union all
          -- sets grow together
          select s.kind, s.id, s.field, jsonb_agg(distinct x.value), '[]'
            from pg_temp.value_said s, jsonb_array_elements(s.value) x where s.type = 'array' group by 1, 2, 3
          union all
          -- of equal keys in an aggregate the last stays: the first row of the file
          select s.kind, s.id, s.field, jsonb_object_agg(x.key, x.value order by s.pos desc), '[]'
            from pg_temp.value_said s, jsonb_each(s.value) x where s.type = 'object' group by 1, 2, 3
        ) f group by f.kind, f.id)
    select n.kind, n.id, n.is_new, n.line, coalesce(n.keys, k.keys) collate "default" as keys,
           jsonb_build_object('sources', jsonb_build_array(preset))
             || coalesce(case when n.times > 1 then o.claims
                  when exists (select 1 from jsonb_each(n.data) v where v.value in ('null', '[]', '{}', '""'))
                  then (select jsonb_object_agg(v.key, v.value) from jsonb_each(n.data) v where v.value not in ('null', '[]', '{}', '""'))
                  else n.data end, '{}')
             || case when p.id is null then '{}' else jsonb_build_object('owner_id', p.id) end as claims,
           coalesce(o.said, '{}') as said, null::jsonb as present, null::jsonb as changes, case when n.is_new then 'created' else 'skipped' end as action
      from named n
      left join said_often o on o.kind = n.kind and o.id = n.id
      left join people_keys k on n.kind = 'people' and k.id = n.id
      left join pg_temp.owner_party p on n.kind = 'properties' and p.property_id = n.id
    union all
    select v.kind, v.id, v.is_new, v.line, array[v.value], '{}', '{}', null, '{}', case when v.is_new then 'created' else 'skipped' end from pg_temp.point_value v
    union all
    select 'owners', o.id, bool_or(o.is_new), min(o.line), array[o.party::text], '{}', '{}', null, '{}', case when bool_or(o.is_new) then 'created' else 'skipped' end
      from pg_temp.owner_party o group by o.id, o.party;
  create unique index on pg_temp.entity (kind, id);
  analyze pg_temp.entity (kind, id, is_new);

  -- within one file the first row that speaks of a column wins, over all its chunks
  update pg_temp.entity e set claims = (e.claims || earlier.claims) || jsonb_build_object('details', coalesce(e.claims -> 'details', '{}') || coalesce(earlier.claims -> 'details', '{}')),
         said = case when earlier.claims @> e.claims then e.said else (
                  select coalesce(jsonb_object_agg(x.key, coalesce(e.said -> x.key, '[]') || coalesce(e.claims -> x.key, '[]')), '{}')
                    from jsonb_object_keys(e.claims) x(key)
                   where jsonb_typeof(e.claims -> x.key) not in ('array', 'object') and e.claims -> x.key is distinct from earlier.claims -> x.key
                      or e.said ? x.key) end
    from public.import_entities earlier
   where earlier.import_id = import and earlier.kind = e.kind and earlier.entity_id = e.id and e.kind in ('people', 'organizations', 'properties');

  -- what is new and undisputed is what the file says; what is there already changes nothing
  update pg_temp.entity e set present = t.present, changes = case
      when t.present is null and e.said = '{}' then null
      when t.present @> e.claims and e.said = '{}' then '{}'
      else private.merge_claims(coalesce(t.present, '{"lead_status": "new", "tags": [], "sources": [], "contact_types": []}'), e.claims, e.said) end
    from (
      select x.id, x.kind, to_jsonb(r) as present from pg_temp.entity x join public.people r on r.workspace_id = w and r.id = x.id where x.kind = 'people' and not x.is_new
      union all
      select x.id, x.kind, to_jsonb(r) from pg_temp.entity x join public.organizations r on r.workspace_id = w and r.id = x.id where x.kind = 'organizations' and not x.is_new
      union all
      select x.id, x.kind, to_jsonb(r) from pg_temp.entity x join public.properties r on r.workspace_id = w and r.id = x.id where x.kind = 'properties' and not x.is_new
      union all
      select x.id, x.kind, null from pg_temp.entity x where x.is_new and x.said <> '{}'
    ) t
   where t.kind = e.kind and t.id = e.id;

  update pg_temp.entity e set action = case when e.changes <> '{}' then 'updated' else 'linked' end
   where not e.is_new
     and (e.changes <> '{}' or e.id in (select l.a from pg_temp.link l where l.is_new union all select l.b from pg_temp.link l where l.is_new));
end $$;

-- The new links of one kind, which is the name of their table. `more`: further columns → an expression over `l` and, where the
-- first of a record is its primary, `is_first`.
create function private.import_links(w uuid, import uuid, kind text, a_column text, b_column text, key_columns text, more jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  execute format($q$
    insert into public.%1$I (id, workspace_id, %2$I, %3$I, import_id, %4$s)
    select (%8$L || lpad(to_hex(row_number() over ()), 7, '0'))::uuid, %6$L, l.a, l.b, %7$L, %5$s
      from pg_temp.link l where l.kind = %1$L and l.is_new
    on conflict (workspace_id, %9$s) do nothing $q$,
    kind, a_column, b_column, (select string_agg(quote_ident(m.key), ', ' order by m.key) from jsonb_each_text(more) m),
    (select string_agg(m.value, ', ' order by m.key) from jsonb_each_text(more) m), w, import, private.id_prefix() || '6', key_columns);
end $$;

create or replace function private.import_apply(w uuid, import uuid, preset text) returns void
language plpgsql set search_path = ''
as $$
declare
  link text[];
  is_primary text;
begin
  -- in the order of the file, a microsecond apart: "the oldest" then means the same thing at every later import. Column by
  -- column: jsonb_populate_record() takes ten times as long.
  insert into public.organizations (id, workspace_id, name, kind, category, website, domain, address, city, state, zip, country, aum, year_founded,
      investment_prefs, about, industry, tags, sources, details, created_at)
    select r.id, w, c ->> 'name', c ->> 'kind', c ->> 'category', c ->> 'website', c ->> 'domain', c ->> 'address', c ->> 'city', c ->> 'state', c ->> 'zip', c ->> 'country',
           c ->> 'aum', c ->> 'year_founded', c ->> 'investment_prefs', c ->> 'about', c ->> 'industry', array(select jsonb_array_elements_text(c -> 'tags')),
           array(select jsonb_array_elements_text(c -> 'sources')), coalesce(c -> 'details', '{}'), now() + r.line * interval '1 microsecond'
      from (select e.id, e.line, coalesce(e.changes, e.claims) as c from pg_temp.entity e where e.kind = 'organizations' and e.present is null) r order by r.line;
  insert into public.people (id, workspace_id, first_name, last_name, title, lead_status, contact_types, tags, sources, city, state, details, source_key, created_at)
    select r.id, w, c ->> 'first_name', c ->> 'last_name', c ->> 'title', coalesce(c ->> 'lead_status', 'new'), array(select jsonb_array_elements_text(c -> 'contact_types')),
           array(select jsonb_array_elements_text(c -> 'tags')), array(select jsonb_array_elements_text(c -> 'sources')), c ->> 'city', c ->> 'state', coalesce(c -> 'details', '{}'),
           substr((select k from unnest(r.keys) k where k like 'source:%' limit 1), 8), now() + r.line * interval '1 microsecond'
      from (select e.id, e.line, e.keys, coalesce(e.changes, e.claims) as c from pg_temp.entity e where e.kind = 'people' and e.present is null) r order by r.line;
  insert into public.owners (id, workspace_id, kind, person_id, organization_id, legal_name, display_name)
    select distinct on (o.id) o.id, w, o.kind, o.person_id, o.organization_id, case when o.organization_id is not null then o.name end, left(o.name, 300)
      from pg_temp.owner_party o where o.is_new order by o.id, o.line
    on conflict do nothing;
  insert into public.properties (id, workspace_id, name, address, city, county, state, zip, market, submarket, units, sqft, completion_date, latitude, longitude,
      owner_id, tags, sources, details, created_at)
    select r.id, w, c ->> 'name', c ->> 'address', c ->> 'city', c ->> 'county', c ->> 'state', c ->> 'zip', c ->> 'market', c ->> 'submarket', (c ->> 'units')::integer,
           (c ->> 'sqft')::bigint, c ->> 'completion_date', (c ->> 'latitude')::double precision, (c ->> 'longitude')::double precision, (c ->> 'owner_id')::uuid,
           array(select jsonb_array_elements_text(c -> 'tags')), array(select jsonb_array_elements_text(c -> 'sources')), coalesce(c -> 'details', '{}'),
           now() + r.line * interval '1 microsecond'
      from (select e.id, e.line, coalesce(e.changes, e.claims) as c from pg_temp.entity e where e.kind = 'properties' and e.present is null) r order by r.line;

  update public.organizations t set (name, kind, category, website, domain, address, city, state, zip, country, aum, year_founded, investment_prefs, about, industry, tags, sources, details)
      = (r.name, r.kind, r.category, r.website, r.domain, r.address, r.city, r.state, r.zip, r.country, r.aum, r.year_founded, r.investment_prefs, r.about, r.industry, r.tags, r.sources, r.details)
    from pg_temp.entity e, jsonb_populate_record(null::public.organizations, e.present || e.changes) r
   where e.kind = 'organizations' and e.present is not null and e.changes <> '{}' and t.workspace_id = w and t.id = e.id;
  update public.people t set (first_name, last_name, title, lead_status, contact_types, tags, sources, city, state, details)
      = (r.first_name, r.last_name, r.title, r.lead_status, r.contact_types, r.tags, r.sources, r.city, r.state, r.details)
    from pg_temp.entity e, jsonb_populate_record(null::public.people, e.present || e.changes) r
   where e.kind = 'people' and e.present is not null and e.changes <> '{}' and t.workspace_id = w and t.id = e.id;
  update public.properties t set (name, address, city, county, state, zip, market, submarket, units, sqft, completion_date, latitude, longitude, owner_id, tags, sources, details)
      = (r.name, r.address, r.city, r.county, r.state, r.zip, r.market, r.submarket, r.units, r.sqft, r.completion_date, r.latitude, r.longitude, r.owner_id, r.tags, r.sources, r.details)
    from pg_temp.entity e, jsonb_populate_record(null::public.properties, e.present || e.changes) r
   where e.kind = 'properties' and e.present is not null and e.changes <> '{}' and t.workspace_id = w and t.id = e.id;

  -- a form may have made the same point a moment ago: whoever came first made the row, and the links follow it
  insert into public.phones (id, workspace_id, e164, line_type)
    select distinct on (p.value) p.id, w, p.value, p.line_type from pg_temp.point p where p.kind = 'phones' and p.is_new order by p.value, p.line
    on conflict (workspace_id, e164) do nothing;
  insert into public.emails (id, workspace_id, address)
    select v.id, w, v.value from pg_temp.point_value v where v.kind = 'emails' and v.is_new
    on conflict (workspace_id, address) do nothing;
  insert into public.linkedin_profiles (id, workspace_id, url)
    select v.id, w, v.value from pg_temp.point_value v where v.kind = 'linkedin_profiles' and v.is_new
    on conflict (workspace_id, url) do nothing;

  foreach link slice 1 in array array[
    ['person_phones', 'person_id', 'phone_id'], ['person_emails', 'person_id', 'email_id'], ['person_linkedin', 'person_id', 'linkedin_id'],
    ['organization_phones', 'organization_id', 'phone_id'], ['organization_emails', 'organization_id', 'email_id'],
    ['property_phones', 'property_id', 'phone_id'], ['person_organizations', 'person_id', 'organization_id']]
  loop
    -- the first of each kind becomes the primary one, where there is none yet
    is_primary := format('row_number() over (partition by l.a order by l.line, l.ord) = 1
      and not exists (select 1 from public.%I x where x.workspace_id = %L and x.%I = l.a and x.is_primary)', link[1], w, link[2]);
    perform private.import_links(w, import, link[1], link[2], link[3], link[2] || ', ' || link[3],
      jsonb_build_object('is_primary', is_primary, 'created_at', 'now() + l.line * interval ''1 microsecond''')
        || case link[1] when 'person_organizations' then '{"title": "left(l.role, 300)"}'::jsonb
           else jsonb_build_object('label', 'left(l.role, 100)', 'source', quote_literal(preset)) end);
  end loop;
  perform private.import_links(w, import, 'property_people', 'property_id', 'person_id', 'property_id, person_id, role', '{"role": "l.role"}');
  perform private.import_links(w, import, 'property_organizations', 'property_id', 'organization_id', 'property_id, organization_id, role', '{"role": "l.role"}');

  -- from each new person to those of their firm, one index look-up each: a join would be planned for tables without statistics
  insert into public.merge_suggestions (workspace_id, person_id, other_person_id, reason, import_id)
    select w, p.id, other.id, 'Same name and organization', import
      from (select distinct id, org_id, name_key from pg_temp.person where is_new and org_id is not null and name_key like '% %') p
     cross join lateral (
       select l.person_id from public.person_organizations l
        where l.workspace_id = w and l.organization_id = p.org_id and l.person_id <> p.id offset 0) colleague
     cross join lateral (
       select t.id from public.people t
        where t.workspace_id = w and t.id = colleague.person_id and t.normalized_name = p.name_key and t.deleted_at is null offset 0) other
     where other.id < p.id or other.id not in (select x.id from pg_temp.person x where x.is_new)
    on conflict do nothing;
end $$;

-- Keeps what happened: a result for each row, and for each record what the file claims and how it was before.
create or replace function private.import_record(w uuid, import uuid, records jsonb, apply boolean) returns void
language plpgsql set search_path = ''
as $$
declare
  ids constant text := private.id_prefix() || '7';
begin
  insert into public.import_entities as kept (id, workspace_id, import_id, kind, entity_id, keys, action, line, claims, before)
    select (ids || lpad(to_hex(row_number() over ()), 7, '0'))::uuid, w, import, e.kind, e.id, case when apply then '{}' else coalesce(e.keys, '{}') end, e.action, e.line,
           e.claims,
           case when e.present is not null then (select coalesce(jsonb_object_agg(c.key, coalesce(e.present -> c.key, 'null')), '{}') from jsonb_object_keys(e.changes) c(key)) else '{}' end
      from pg_temp.entity e
    on conflict (import_id, kind, entity_id) do update
      set action = private.stronger_action(kept.action, excluded.action),
          claims = excluded.claims,
          keys = case when excluded.keys = '{}' then kept.keys else array(select distinct unnest(kept.keys || excluded.keys)) end,
          -- the first image is the one from before the import
          before = excluded.before || kept.before
      where kept.claims is distinct from excluded.claims or excluded.before <> '{}' or not kept.keys @> excluded.keys
         or private.stronger_action(kept.action, excluded.action) <> kept.action;

  insert into public.import_rows (id, workspace_id, import_id, line, result, reason, problems, raw, entities)
    select (ids || lpad(to_hex(r.line), 7, '0'))::uuid, w, import, r.line, coalesce(done.result, case when r.rec ->> 'failed' is null then 'skipped' else 'failed' end),
           coalesce(r.rec ->> 'failed', case when coalesce(done.result, 'skipped') = 'skipped' then 'Everything in this row was here already' end),
           coalesce(r.rec -> 'problems', '[]'), nullif(r.rec -> 'raw', 'null'), coalesce(done.entities, '{}')
      from (select (x ->> 'line')::integer as line, x as rec from jsonb_array_elements(records) x) r
      left join (
        select s.line, (array['skipped', 'linked', 'updated', 'created'])[max(array_position(array['skipped', 'linked', 'updated', 'created'], s.action))] as result,
               jsonb_build_object(
                 'people', coalesce(jsonb_agg(distinct s.id) filter (where s.kind = 'people'), '[]'),
                 'organizations', coalesce(jsonb_agg(distinct s.id) filter (where s.kind = 'organizations'), '[]'),
                 'properties', coalesce(jsonb_agg(distinct s.id) filter (where s.kind = 'properties'), '[]')) as entities
          from (
            -- a record is created or updated by the row that names it first; later rows may still link it
            select m.kind, m.id, m.line, case when e.line = m.line or e.action = 'skipped' then e.action when l.line is not null then 'linked' else 'skipped' end as action
              from pg_temp.mention m
              join pg_temp.entity e on e.kind = m.kind and e.id = m.id
              left join (select distinct x.line, x.end_id from (
                  select line, a as end_id from pg_temp.link where is_new union all select line, b from pg_temp.link where is_new) x) l
                on l.line = m.line and l.end_id = m.id
          ) s group by s.line
      ) done on done.line = r.line
    on conflict (import_id, line) do nothing;
end $$;
