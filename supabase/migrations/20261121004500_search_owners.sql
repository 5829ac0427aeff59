-- Why: an owner is what people look for most, so any fragment that finds a person or an organization finds the owner too.
-- Touches: functions private.search_owners (new), search (owners beside the rest), get_person and get_organization (the owner that
-- stands on them).

-- Owners by their own name, and those that stand on what was found already: people, organizations, phones. One that goes by another
-- name than its party is found by both. E-mails of organizations are looked up where nothing else was found, for they cost a walk.
create function private.search_owners(workspace uuid, query text, max_rows integer, people uuid[], organizations uuid[], phones uuid[])
returns json
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  fragment text := private.normalize_text(query);
  starts text := ltrim(private.like_fragment(fragment), '%');
  found uuid[] := '{}';
begin
  if fragment <> '' then
    found := array(
      select o.id from public.owners o
       where o.workspace_id = workspace and o.deleted_at is null and o.normalized_name like starts
       order by o.normalized_name limit max_rows);
  end if;
  if cardinality(found) < max_rows then
    found := found || array(
      select x.id from (
        select o.id from public.owners o where o.workspace_id = workspace and o.person_id = any (people) and o.deleted_at is null
        union select o.id from public.owners o where o.workspace_id = workspace and o.organization_id = any (organizations) and o.deleted_at is null
        union select o.id from public.organization_phones l
          join public.owners o on o.workspace_id = workspace and o.organization_id = l.organization_id and o.deleted_at is null
         where l.workspace_id = workspace and l.phone_id = any (phones)) x
       where x.id <> all (found) limit max_rows - cardinality(found));
  end if;
  if cardinality(found) < max_rows and length(fragment) >= 3 then
    found := found || array(
      select t from unnest(private.fragment_ids('owners', 'normalized_name', workspace, fragment, max_rows, 'and t.deleted_at is null')) t
       where t <> all (found) limit max_rows - cardinality(found));
  end if;
  if found = '{}' and people = '{}' then
    found := array(
      select distinct o.id from public.organization_emails l
        join public.owners o on o.workspace_id = workspace and o.organization_id = l.organization_id and o.deleted_at is null
       where l.workspace_id = workspace and l.email_id in (select private.match_emails(workspace, query, max_rows)) limit max_rows);
  end if;
  return (
    select coalesce(json_agg(to_json(r) order by r.position), '[]') from (
      select o.id, o.display_name as name, o.kind, coalesce(p.city, g.city) as city, coalesce(p.state, g.state) as state, f.ordinality as position
        from unnest(found) with ordinality f(id, ordinality)
        join public.owners o on o.workspace_id = workspace and o.id = f.id
        left join public.people p on p.workspace_id = workspace and p.id = o.person_id
        left join public.organizations g on g.workspace_id = workspace and g.id = o.organization_id) r);
end $$;

create or replace function private.search(workspace uuid, query text, max_rows integer) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  text_query text := left(btrim(query), 200);
  phones uuid[];
  people json;
  organizations json;
  properties json;
begin
  perform private.assert_member(workspace);
  if text_query = '' then return '{"people":[],"organizations":[],"properties":[],"owners":[]}'; end if;
  phones := array(select private.match_phones(workspace, text_query, max_rows));

  select coalesce(json_agg(to_json(r) order by r.position), '[]') into people from (
    select p.id, p.display_name as name, p.title, m.matched, m.value, m.position,
           (select o.name from public.person_organizations l
              join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
             where l.workspace_id = workspace and l.person_id = p.id order by l.is_primary desc, o.name limit 1) as organization,
           coalesce(m.value, (select e.address from public.person_emails l
              join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
             where l.workspace_id = workspace and l.person_id = p.id order by l.is_primary desc limit 1)) as email
    from (select distinct on (x.person_id) x.person_id, x.matched, x.value, x.ordinality as position
            from private.match_people(workspace, text_query, max_rows, phones) with ordinality x
           order by x.person_id, x.ordinality) m
    join public.people p on p.workspace_id = workspace and p.id = m.person_id
    order by m.position limit max_rows) r;

  select coalesce(json_agg(to_json(r) order by r.position), '[]') into organizations from (
    select o.id, o.name, o.kind, o.city, o.state, m.ordinality as position
    from private.match_organizations(workspace, text_query, max_rows) with ordinality as m(id, ordinality)
    join public.organizations o on o.workspace_id = workspace and o.id = m.id) r;

  select coalesce(json_agg(to_json(r) order by r.position), '[]') into properties from (
    select p.id, coalesce(p.name, p.address) as name, p.address, p.city, p.state, m.position
    from (
      select x.id, min(x.position) as position from (
        select t.id, t.ordinality as position
          from private.match_properties(workspace, text_query, max_rows) with ordinality as t(id, ordinality)
        union all
        select l.property_id, max_rows + 1
          from public.property_phones l
         where l.workspace_id = workspace
           and l.phone_id = any (phones)
      ) x group by x.id
    ) m
    join public.properties p on p.workspace_id = workspace and p.id = m.id and p.deleted_at is null
    order by m.position limit max_rows) r;

  return json_build_object('people', people, 'organizations', organizations, 'properties', properties,
    'owners', private.search_owners(workspace, text_query, max_rows,
      array(select (x ->> 'id')::uuid from json_array_elements(people) x),
      array(select (x ->> 'id')::uuid from json_array_elements(organizations) x), phones));
end $$;

-- A person with all that hangs on them. Null: no such person here. A deleted one is found, with deleted_at set.
create or replace function public.get_person(workspace uuid, person uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select to_jsonb(p) - 'workspace_id' - 'normalized_name' - 'source_key' || private.record_points(workspace, 'person', p.id)
    || jsonb_build_object(
      'owner', (select jsonb_build_object('id', w.id, 'name', w.display_name) from public.owners w
        where w.workspace_id = workspace and w.person_id = p.id and w.deleted_at is null),
      'organizations', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', o.id, 'name', o.name, 'kind', o.kind, 'title', l.title, 'is_primary', l.is_primary, 'city', o.city, 'state', o.state)
          order by l.is_primary desc, l.created_at, o.name), '[]')
        from public.person_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
        where l.workspace_id = workspace and l.person_id = p.id),
      'properties', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', t.id, 'name', coalesce(t.name, t.address), 'address', t.address, 'city', t.city, 'state', t.state, 'units', t.units, 'role', l.role) order by t.normalized_name, l.role), '[]')
        from (select * from public.property_people l where l.workspace_id = workspace and l.person_id = p.id limit 200) l
        join public.properties t on t.workspace_id = l.workspace_id and t.id = l.property_id and t.deleted_at is null))
  from public.people p where p.workspace_id = workspace and p.id = person
$$;

create or replace function public.get_organization(workspace uuid, organization uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select to_jsonb(o) - 'workspace_id' - 'normalized_name' || private.record_points(workspace, 'organization', o.id)
    || jsonb_build_object(
      'owner', (select jsonb_build_object('id', w.id, 'name', w.display_name) from public.owners w
        where w.workspace_id = workspace and w.organization_id = o.id and w.deleted_at is null),
      'people', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', p.id, 'name', p.display_name, 'title', coalesce(l.title, p.title), 'lead_status', p.lead_status) order by p.normalized_name), '[]')
        from (select * from public.person_organizations l where l.workspace_id = workspace and l.organization_id = o.id limit 200) l
        join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null),
      'properties', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', t.id, 'name', coalesce(t.name, t.address), 'address', t.address, 'city', t.city, 'state', t.state, 'units', t.units, 'role', l.role) order by t.normalized_name, l.role), '[]')
        from (select * from public.property_organizations l where l.workspace_id = workspace and l.organization_id = o.id limit 200) l
        join public.properties t on t.workspace_id = l.workspace_id and t.id = l.property_id and t.deleted_at is null))
  from public.organizations o where o.workspace_id = workspace and o.id = organization
$$;
