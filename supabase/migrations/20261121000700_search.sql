-- Why: any fragment of a name, e-mail, phone, organization, property or address is found as people type.
-- Touches: trigram indexes on the directory; private.match_*(); search().
--
-- LIKE is not leakproof, so under row level security Postgres won't use its index. These functions therefore run with the
-- definer's rights, check membership first and filter by workspace themselves.

create index people_name_trgm_idx on public.people using gin (workspace_id, normalized_name extensions.gin_trgm_ops) where deleted_at is null;
create index organizations_name_trgm_idx on public.organizations using gin (workspace_id, normalized_name extensions.gin_trgm_ops) where deleted_at is null;
create index properties_name_trgm_idx on public.properties using gin (workspace_id, normalized_name extensions.gin_trgm_ops) where deleted_at is null;
create index properties_address_trgm_idx on public.properties using gin (workspace_id, normalized_address extensions.gin_trgm_ops) where deleted_at is null;
create index emails_address_trgm_idx on public.emails using gin (workspace_id, address extensions.gin_trgm_ops);
create index phones_e164_trgm_idx on public.phones using gin (workspace_id, e164 extensions.gin_trgm_ops);
-- what a last name begins with is what people type most, after a first name
create index people_last_name_idx on public.people (workspace_id, (private.normalize_text(last_name)) text_pattern_ops) where deleted_at is null;

-- The LIKE pattern of a fragment, its own wildcards made harmless.
create function private.like_fragment(fragment text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$ select '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%' $$;

-- The digits of what looks like a phone number in any format, else null. A trunk or international prefix is dropped.
create function private.phone_fragment(query text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$
  select case when query ~ '^[\s0-9()+./-]+$' and length(regexp_replace(query, '\D', '', 'g')) >= 3
              then ltrim(regexp_replace(query, '\D', '', 'g'), '0') end
$$;

-- Rows whose column holds the fragment, by the trigram index alone.
create function private.trigram_ids(source text, key_column text, workspace uuid, fragment text, max_rows integer, live text)
returns setof uuid
language plpgsql stable set search_path = ''
set enable_seqscan = off set enable_indexscan = off set enable_indexonlyscan = off
as $$
begin
  return query execute format(
    'select t.id from public.%I t where t.workspace_id = %L and t.%I like %L %s limit %s',
    source, workspace, key_column, private.like_fragment(fragment), live, max_rows);
end $$;

-- Rows whose column holds the fragment. What is common is met within the first rows of the ordered index; the trigram
-- index, which collects every match before it gives out the first, is asked for what is rare. The planner can't choose:
-- it doesn't know which fragments are rare, and an ordered walk for one that nobody has reads all the rows.
-- `live`: what else a row must be, such as 'and t.deleted_at is null'.
create function private.fragment_ids(source text, key_column text, workspace uuid, fragment text, max_rows integer, live text default '')
returns uuid[]
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_sort = off
as $$
declare
  walked constant integer := 5000;
  found uuid[];
begin
  execute format(
    'select array(select x.id from (select t.id, t.%1$I as k from public.%2$I t where t.workspace_id = %3$L %4$s order by t.%1$I limit %5$s) x
      where x.k like %6$L limit %7$s)',
    key_column, source, workspace, live, walked, private.like_fragment(fragment), max_rows) into found;
  if cardinality(found) < max_rows then
    found := array(select t from private.trigram_ids(source, key_column, workspace, fragment, max_rows, live) t);
  end if;
  return found;
end $$;

create function private.match_people_by_name(workspace uuid, query text, max_rows integer) returns setof uuid
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  fragment text := private.normalize_text(query);
  starts text := ltrim(private.like_fragment(fragment), '%');
  found uuid[];
begin
  if fragment = '' then return; end if;
  -- the best matches first, each by walking a few rows of an ordered index: names, then last names, that begin so
  found := array(
    select p.id from public.people p
     where p.workspace_id = workspace and p.deleted_at is null and p.normalized_name like starts
     order by p.normalized_name limit max_rows);
  if cardinality(found) < max_rows then
    found := found || array(
      select p.id from public.people p
       where p.workspace_id = workspace and p.deleted_at is null and private.normalize_text(p.last_name) like starts
         and p.id <> all (found)
       limit max_rows - cardinality(found));
  end if;
  -- a trigram needs three letters; anything shorter has been answered by its beginnings
  if cardinality(found) < max_rows and length(fragment) >= 3 then
    found := found || array(
      select t from unnest(private.fragment_ids('people', 'normalized_name', workspace, fragment, max_rows, 'and t.deleted_at is null')) t
       where t <> all (found) limit max_rows - cardinality(found));
  end if;
  return query select unnest(found);
end $$;

create function private.match_emails(workspace uuid, query text, max_rows integer) returns setof uuid
language sql stable set search_path = ''
as $$
  select t from unnest(private.fragment_ids('emails', 'address', workspace, lower(btrim(query)), max_rows)) t
  where length(btrim(query)) >= 3 and position(' ' in btrim(query)) = 0
$$;

create function private.match_phones(workspace uuid, query text, max_rows integer) returns setof uuid
language sql stable set search_path = ''
as $$
  select t from unnest(private.fragment_ids('phones', 'e164', workspace, private.phone_fragment(query), max_rows)) t
  where private.phone_fragment(query) is not null
$$;

create function private.match_organizations(workspace uuid, query text, max_rows integer) returns setof uuid
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  fragment text := private.normalize_text(query);
  starts text := ltrim(private.like_fragment(fragment), '%');
  found uuid[];
begin
  if fragment = '' then return; end if;
  found := array(
    select o.id from public.organizations o
     where o.workspace_id = workspace and o.deleted_at is null and o.normalized_name like starts
     order by o.normalized_name limit max_rows);
  if cardinality(found) < max_rows and length(fragment) >= 3 then
    found := found || array(
      select t from unnest(private.fragment_ids('organizations', 'normalized_name', workspace, fragment, max_rows, 'and t.deleted_at is null')) t
       where t <> all (found) limit max_rows - cardinality(found));
  end if;
  return query select unnest(found);
end $$;

create function private.match_properties(workspace uuid, query text, max_rows integer) returns setof uuid
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  fragment text := private.normalize_text(query);
  address text := private.normalize_address(query);
  starts text := ltrim(private.like_fragment(fragment), '%');
  found uuid[];
begin
  if fragment = '' then return; end if;
  found := array(
    select p.id from public.properties p
     where p.workspace_id = workspace and p.deleted_at is null and p.normalized_name like starts
     order by p.normalized_name limit max_rows);
  if cardinality(found) < max_rows and length(fragment) >= 3 then
    found := found || array(
      select t from unnest(private.fragment_ids('properties', 'normalized_name', workspace, fragment, max_rows, 'and t.deleted_at is null')) t
       where t <> all (found) limit max_rows - cardinality(found));
  end if;
  if cardinality(found) < max_rows and length(address) >= 3 then
    found := found || array(
      select t from private.trigram_ids('properties', 'normalized_address', workspace, address, max_rows, 'and t.deleted_at is null') t
       where t <> all (found) limit max_rows - cardinality(found));
  end if;
  return query select unnest(found);
end $$;

-- Everybody a fragment may mean: by own name, by e-mail, by phone, by the name of their organization.
-- `known_phones`: the phones of the fragment, where the caller has looked them up already.
create function private.match_people(workspace uuid, query text, max_rows integer, known_phones uuid[] default null)
returns table (person_id uuid, matched text, value text)
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  points uuid[];
begin
  if private.phone_fragment(query) is not null then
    points := coalesce(known_phones, array(select private.match_phones(workspace, query, max_rows)));
    return query
      select l.person_id, 'phone', ph.e164
      from public.phones ph
      join public.person_phones l on l.workspace_id = ph.workspace_id and l.phone_id = ph.id
      join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
      where ph.workspace_id = workspace and ph.id = any (points)
      limit max_rows;
  end if;
  return query select m, 'name', null::text from private.match_people_by_name(workspace, query, max_rows) m;
  points := array(select private.match_emails(workspace, query, max_rows));
  if points <> '{}' then
    return query
      select l.person_id, 'email', e.address
      from public.emails e
      join public.person_emails l on l.workspace_id = e.workspace_id and l.email_id = e.id
      join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
      where e.workspace_id = workspace and e.id = any (points)
      limit max_rows;
  end if;
  points := array(select private.match_organizations(workspace, query, 20));
  if points <> '{}' then
    return query
      select l.person_id, 'organization', o.name
      from public.organizations o
      join public.person_organizations l on l.workspace_id = o.workspace_id and l.organization_id = o.id
      join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
      where o.workspace_id = workspace and o.id = any (points)
      limit max_rows;
  end if;
end $$;

create function private.search(workspace uuid, query text, max_rows integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  text_query text := left(btrim(query), 200);
  phones uuid[];
  people jsonb;
  organizations jsonb;
  properties jsonb;
begin
  perform private.assert_member(workspace);
  if text_query = '' then return '{"people":[],"organizations":[],"properties":[]}'; end if;
  phones := array(select private.match_phones(workspace, text_query, max_rows));

  select coalesce(jsonb_agg(to_jsonb(r) order by r.position), '[]') into people from (
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

  select coalesce(jsonb_agg(to_jsonb(r) order by r.position), '[]') into organizations from (
    select o.id, o.name, o.kind, o.city, o.state, m.ordinality as position
    from private.match_organizations(workspace, text_query, max_rows) with ordinality as m(id, ordinality)
    join public.organizations o on o.workspace_id = workspace and o.id = m.id) r;

  select coalesce(jsonb_agg(to_jsonb(r) order by r.position), '[]') into properties from (
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

  return jsonb_build_object('people', people, 'organizations', organizations, 'properties', properties);
end $$;
grant execute on function private.search(uuid, text, integer) to authenticated;

-- { people: [...], organizations: [...], properties: [...] }, at most `max_rows` of each, the best first.
create function public.search(workspace uuid, query text, max_rows integer default 8) returns jsonb
language sql stable set search_path = '' as $$ select private.search(workspace, query, least(max_rows, 50)) $$;
grant execute on function public.search(uuid, text, integer) to authenticated;
