-- Why: a chunk of a list becomes people, organizations, properties, contact points and links in one transaction, by a
-- stated cascade of identity. The dry run is this same function with the writing left out.
-- Touches: functions only, for the service role: the import runs in the background, as no signed-in person.
--
-- Identity of a person, first match wins: e-mail equal; LinkedIn URL equal; phone equal and names alike; for somebody
-- with no contact point at all, the same name in the same place of the same kind of list. Equal name and organization is
-- only suggested. Organizations: equal normalised name, and state where both have one. Properties: equal name and address.

-- Two spellings of one name: equal, or one last name with first names of which one begins the other ('Rob', 'Robert')
-- or that differ by a letter or two. Both already normalised. Anything further is another person at the same number.
create function private.names_alike(a text, b text) returns boolean
language sql immutable parallel safe strict set search_path = ''
as $$
  select a = b or (
    a ~ ' ' and b ~ ' '
    and (regexp_match(a, '[^ ]+$'))[1] = (regexp_match(b, '[^ ]+$'))[1]
    and length(split_part(a, ' ', 1)) >= 3 and length(split_part(b, ' ', 1)) >= 3
    and (starts_with(split_part(a, ' ', 1), split_part(b, ' ', 1))
         or starts_with(split_part(b, ' ', 1), split_part(a, ' ', 1))
         or extensions.similarity(split_part(a, ' ', 1), split_part(b, ' ', 1)) >= 0.5))
$$;

-- What a record's columns become under what a file says of it: only the columns that change, as JSON.
-- `claims`: column → the file's value. `said`: column → every value the chunk gave, so that a losing one is kept.
-- A value that a person typed stays; sets grow; details gain keys; whatever loses is kept in details.alternates.
create function private.merge_claims(current_row jsonb, claims jsonb, said jsonb) returns jsonb
language plpgsql immutable parallel safe set search_path = ''
as $$
declare
  changes jsonb := '{}';
  details jsonb := coalesce(current_row -> 'details', '{}');
  alternates jsonb := coalesce(details -> 'alternates', '{}');
  item record;
  present jsonb;
  final jsonb;
  losing jsonb;
begin
  for item in
    select c.key, c.value from jsonb_each(claims) c
     where jsonb_typeof(c.value) <> 'null' and (c.value is distinct from current_row -> c.key or said ? c.key)
  loop
    present := coalesce(current_row -> item.key, 'null');
    if item.key = 'details' then
      details := details || item.value;
    elsif jsonb_typeof(item.value) = 'array' then
      final := present || coalesce((select jsonb_agg(v order by n) from jsonb_array_elements(item.value) with ordinality x(v, n) where not present @> v), '[]');
      if final <> present then changes := changes || jsonb_build_object(item.key, final); end if;
    elsif item.key = 'lead_status' then
      -- a list may warm up somebody new; it never overrules what a person decided
      if present = '"new"' and current_row #>> '{field_sources,lead_status}' is distinct from 'person' and item.value <> present then
        changes := changes || jsonb_build_object(item.key, item.value);
      end if;
    else
      final := case when current_row #>> array['field_sources', item.key] in ('person', 'website') and present <> 'null' then present else item.value end;
      if final <> present then changes := changes || jsonb_build_object(item.key, final); end if;
      if item.key <> 'owner_id' then
        select coalesce(jsonb_agg(distinct v), '[]') into losing
          from (select present as v union all select item.value union all select jsonb_array_elements(coalesce(said -> item.key, '[]'))) x
         where v <> 'null' and v <> final and not coalesce(alternates -> item.key, '[]') @> v;
        if losing <> '[]' then
          alternates := alternates || jsonb_build_object(item.key,
            (select jsonb_agg(v) from (select v from jsonb_array_elements(coalesce(alternates -> item.key, '[]') || losing) v limit 20) x));
        end if;
      end if;
    end if;
  end loop;
  if alternates <> '{}' then details := details || jsonb_build_object('alternates', alternates); end if;
  if details <> coalesce(current_row -> 'details', '{}') then changes := changes || jsonb_build_object('details', details); end if;
  return changes;
end $$;

-- The larger of two effects on one record, over the rows of a file.
create function private.stronger_action(a text, b text) returns text
language sql immutable parallel safe set search_path = ''
as $$
  select case when array_position(array['skipped', 'linked', 'updated', 'created'], a) >= array_position(array['skipped', 'linked', 'updated', 'created'], b) then a else b end
$$;

create function public.import_chunk(import uuid, lease uuid, records jsonb, apply boolean) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  w uuid;
  list public.imports;
  last_of_chunk integer := (select max((r ->> 'line')::integer) from jsonb_array_elements(records) r);
  moved integer;
begin
  -- exactly once: a chunk counts only for the holder of the lease, and only after the chunk before it
  update public.imports i
     set last_line = last_of_chunk, processed_rows = i.processed_rows + jsonb_array_length(records), lease_until = now() + interval '20 seconds'
   where i.id = import and i.lease_token = lease and i.last_line < (records #>> '{0,line}')::integer
  returning * into list;
  if not found then raise exception 'This import is worked on by somebody else' using errcode = 'PT409'; end if;
  w := list.workspace_id;
  perform set_config('app.import_id', import::text, true);
  -- imports of one workspace take turns, chunk by chunk, so that two never invent the same person
  perform pg_advisory_xact_lock(hashtextextended('import:' || w::text, 0));
  drop table if exists pg_temp.rec, pg_temp.org, pg_temp.point, pg_temp.prop, pg_temp.person, pg_temp.person_key,
    pg_temp.mention, pg_temp.value_said, pg_temp.entity, pg_temp.link, pg_temp.owner_party;

  create temp table rec on commit drop as
    select (r ->> 'line')::integer as line, r as rec from jsonb_array_elements(records) r where r ->> 'failed' is null;

  perform private.import_resolve_organizations(w, import);
  perform private.import_resolve_points(w, import);
  perform private.import_resolve_properties(w, import);
  perform private.import_resolve_people(w, import, list.preset);
  perform private.import_plan(w, import, list.preset);
  if apply then perform private.import_apply(w, import, list.preset); end if;
  perform private.import_record(w, import, records, apply);
  return jsonb_build_object('last_line', last_of_chunk, 'processed_rows', list.processed_rows);
end $$;

-- Records that a dry run has promised to make in an earlier chunk, by the keys under which a later row may name them.
-- A run that writes keeps no keys: there the records themselves are found.
create function private.import_promised(import uuid, wanted text[])
returns table (kind text, key text, entity_id uuid, claims jsonb, ord timestamptz)
language sql stable set search_path = ''
as $$
  select e.kind, k.key, e.entity_id, e.claims, e.created_at + e.line * interval '1 microsecond'
    from public.import_entities e, unnest(e.keys) k(key)
   where e.import_id = import and e.action = 'created' and e.keys <> '{}' and e.keys && wanted and k.key = any (wanted)
$$;

create function private.import_resolve_organizations(w uuid, import uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  create temp table org on commit drop as
    select rec.line, (o.n - 1)::integer as n, row_number() over (order by rec.line, o.n) as pos,
           private.normalize_text(o.value ->> 'name') as key, upper(o.value ->> 'state') as state, o.value as data,
           null::uuid as id, false as is_new
    from pg_temp.rec, jsonb_array_elements(rec.rec -> 'organizations') with ordinality o(value, n);
  create index on pg_temp.org (line, n);
  analyze pg_temp.org;

  create temp table org_group on commit drop as
    select key, state, min(pos) as pos, null::uuid as id, false as is_new from pg_temp.org group by 1, 2;
  create temp table org_cand on commit drop as
    -- one index look-up a name, here and below: while a first list comes in, the tables' statistics are those of empty ones
    select o.id, k.key, upper(o.state) as state, o.created_at as ord
      from (select distinct key from pg_temp.org) k
     cross join lateral (
       select x.id, x.state, x.created_at from public.organizations x
        where x.workspace_id = w and x.normalized_name = k.key and x.deleted_at is null offset 0) o
    union all
    -- what a dry run has promised to make in an earlier chunk
    select e.entity_id, substr(e.key, 6), upper(e.claims ->> 'state'), e.ord
      from private.import_promised(import, array(select distinct 'name:' || x.key from pg_temp.org x)) e where e.kind = 'organizations';

  create index on pg_temp.org_group (key);
  create index on pg_temp.org_cand (key);
  analyze pg_temp.org_group;
  analyze pg_temp.org_cand;

  -- the same state; else, for the first state that is named, the one whose state isn't known; without a state, the oldest
  update pg_temp.org_group g set id = (
    select c.id from pg_temp.org_cand c where c.key = g.key and (g.state is null or c.state = g.state) order by c.ord, c.id limit 1);
  update pg_temp.org_group g set id = (
    select c.id from pg_temp.org_cand c where c.key = g.key and c.state is null order by c.ord, c.id limit 1)
   where g.id is null and g.state is not null
     and g.pos = (select min(x.pos) from pg_temp.org_group x where x.key = g.key and x.id is null and x.state is not null);
  update pg_temp.org_group g set id = gen_random_uuid(), is_new = true where g.id is null and g.state is not null;
  update pg_temp.org_group g set (id, is_new) = (
    select x.id, false from pg_temp.org_group x where x.key = g.key and x.state is not null order by x.pos limit 1)
   where g.id is null;
  update pg_temp.org_group g set id = gen_random_uuid(), is_new = true where g.id is null;

  update pg_temp.org o set id = g.id from pg_temp.org_group g where g.key = o.key and g.state is not distinct from o.state;
  update pg_temp.org o set is_new = true where o.id in (select id from pg_temp.org_group where is_new);
  drop table pg_temp.org_group, pg_temp.org_cand;
end $$;

-- Every contact point the chunk names, with the one row of its table that it stands for.
create function private.import_resolve_points(w uuid, import uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  create temp table point on commit drop as
    select s.*, null::uuid as id, false as is_new from (
      select rec.line, 'person' as owner, p.n - 1 as n, 'phones' as kind, x.value ->> 'e164' as value, x.value ->> 'label' as label, x.value ->> 'line_type' as line_type, x.n as ord
        from pg_temp.rec, jsonb_array_elements(rec.rec -> 'people') with ordinality p(value, n), jsonb_array_elements(p.value -> 'phones') with ordinality x(value, n)
      union all
      select rec.line, 'person', p.n - 1, 'emails', x.value ->> 'address', x.value ->> 'label', null, x.n
        from pg_temp.rec, jsonb_array_elements(rec.rec -> 'people') with ordinality p(value, n), jsonb_array_elements(p.value -> 'emails') with ordinality x(value, n)
      union all
      select rec.line, 'person', p.n - 1, 'linkedin_profiles', p.value ->> 'linkedin_url', null, null, 1
        from pg_temp.rec, jsonb_array_elements(rec.rec -> 'people') with ordinality p(value, n) where p.value ->> 'linkedin_url' is not null
      union all
      select rec.line, 'organization', o.n - 1, 'phones', x.value ->> 'e164', x.value ->> 'label', x.value ->> 'line_type', x.n
        from pg_temp.rec, jsonb_array_elements(rec.rec -> 'organizations') with ordinality o(value, n), jsonb_array_elements(o.value -> 'phones') with ordinality x(value, n)
      union all
      select rec.line, 'organization', o.n - 1, 'emails', x.value ->> 'address', x.value ->> 'label', null, x.n
        from pg_temp.rec, jsonb_array_elements(rec.rec -> 'organizations') with ordinality o(value, n), jsonb_array_elements(o.value -> 'emails') with ordinality x(value, n)
      union all
      select rec.line, 'property', 0, 'phones', x.value ->> 'e164', x.value ->> 'label', x.value ->> 'line_type', x.n
        from pg_temp.rec, jsonb_array_elements(rec.rec #> '{property,phones}') with ordinality x(value, n)
    ) s;
  create index on pg_temp.point (line, owner, n);
  analyze pg_temp.point;
  update pg_temp.point p set id = t.id from public.phones t where p.kind = 'phones' and t.workspace_id = w and t.e164 = p.value;
  update pg_temp.point p set id = t.id from public.emails t where p.kind = 'emails' and t.workspace_id = w and t.address = p.value;
  update pg_temp.point p set id = t.id from public.linkedin_profiles t where p.kind = 'linkedin_profiles' and t.workspace_id = w and t.url = p.value;
  update pg_temp.point p set id = e.entity_id, is_new = true
    from private.import_promised(import, array(select distinct x.value from pg_temp.point x where x.id is null)) e
   where p.id is null and e.kind = p.kind and e.key = p.value;
  update pg_temp.point p set id = g.id, is_new = true
    from (select kind, value, gen_random_uuid() as id from pg_temp.point where id is null group by kind, value) g
   where p.id is null and g.kind = p.kind and g.value = p.value;
end $$;

create function private.import_resolve_properties(w uuid, import uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  create temp table prop on commit drop as
    select rec.line, rec.line::bigint as pos, rec.rec -> 'property' as data,
           private.normalize_text(rec.rec #>> '{property,name}') as name_key,
           btrim(private.normalize_address(rec.rec #>> '{property,address}') || ' | ' || private.normalize_text(rec.rec #>> '{property,city}')) as address_key,
           null::uuid as id, false as is_new
    from pg_temp.rec where jsonb_typeof(rec.rec -> 'property') = 'object';
  create index on pg_temp.prop (line);
  analyze pg_temp.prop;
  update pg_temp.prop p set id = t.id from public.properties t
   where t.workspace_id = w and t.deleted_at is null and t.normalized_name = p.name_key and t.normalized_address = p.address_key;
  update pg_temp.prop p set id = e.entity_id, is_new = true
    from private.import_promised(import, array(select distinct x.name_key || ' @ ' || x.address_key from pg_temp.prop x where x.id is null)) e
   where p.id is null and e.kind = 'properties' and e.key = p.name_key || ' @ ' || p.address_key;
  update pg_temp.prop p set id = g.id, is_new = true
    from (select name_key, address_key, gen_random_uuid() as id from pg_temp.prop where id is null group by 1, 2) g
   where p.id is null and g.name_key = p.name_key and g.address_key = p.address_key;
end $$;

create function private.import_resolve_people(w uuid, import uuid, preset text) returns void
language plpgsql set search_path = ''
as $$
declare
  mention record;
  match record;
begin
  create temp table person on commit drop as
    select rec.line, (p.n - 1)::integer as n, row_number() over (order by rec.line, p.n) as pos, p.value as data,
           private.normalize_text(coalesce((p.value ->> 'first_name') || ' ' || (p.value ->> 'last_name'), p.value ->> 'first_name', p.value ->> 'last_name')) as name_key,
           (select o.id from pg_temp.org o where o.line = rec.line and o.n = (p.value ->> 'organization')::integer) as org_id,
           null::text as source_key, null::uuid as id, false as is_new
    from pg_temp.rec, jsonb_array_elements(rec.rec -> 'people') with ordinality p(value, n);
  create index on pg_temp.person (line, n);
  create index on pg_temp.person (pos);
  analyze pg_temp.person;

  -- nothing to know them by but where the list puts them: name and organization, else name and property, else name and town
  update pg_temp.person p set source_key = encode(sha256(convert_to(concat_ws('|', preset, p.name_key,
      coalesce('org ' || (select o.key from pg_temp.org o where o.line = p.line and o.n = (p.data ->> 'organization')::integer),
               'property ' || (select t.name_key || ' @ ' || t.address_key from pg_temp.prop t where t.line = p.line),
               'place ' || private.normalize_text(concat_ws(' ', p.data ->> 'city', p.data ->> 'state')))), 'utf8')), 'hex')
   where not exists (select 1 from pg_temp.point x where x.owner = 'person' and x.line = p.line and x.n = p.n);

  create temp table person_key on commit drop as
    select p.pos, p.name_key, p.source_key is null as by_point,
           case x.kind when 'emails' then 1 when 'linkedin_profiles' then 2 else 3 end as rank, x.ord, x.kind || ':' || x.value as key, x.id as point_id
      from pg_temp.person p join pg_temp.point x on x.owner = 'person' and x.line = p.line and x.n = p.n
    union all
    select p.pos, p.name_key, false, 4, 1, 'source:' || p.source_key, null from pg_temp.person p where p.source_key is not null;
  analyze pg_temp.person_key;

  -- who is known by one of these keys, under which name, and since when
  create temp table known on commit drop as
    select k.key, t.id as person_id, t.normalized_name as name_key, l.created_at as since
      from (select distinct key, point_id from pg_temp.person_key where rank = 1) k
     cross join lateral (select x.person_id, x.created_at from public.person_emails x where x.workspace_id = w and x.email_id = k.point_id offset 0) l
     cross join lateral (select x.id, x.normalized_name from public.people x where x.workspace_id = w and x.id = l.person_id and x.deleted_at is null offset 0) t
    union all
    select k.key, t.id, t.normalized_name, l.created_at
      from (select distinct key, point_id from pg_temp.person_key where rank = 2) k
     cross join lateral (select x.person_id, x.created_at from public.person_linkedin x where x.workspace_id = w and x.linkedin_id = k.point_id offset 0) l
     cross join lateral (select x.id, x.normalized_name from public.people x where x.workspace_id = w and x.id = l.person_id and x.deleted_at is null offset 0) t
    union all
    select k.key, t.id, t.normalized_name, l.created_at
      from (select distinct key, point_id from pg_temp.person_key where rank = 3) k
     cross join lateral (select x.person_id, x.created_at from public.person_phones x where x.workspace_id = w and x.phone_id = k.point_id offset 0) l
     cross join lateral (select x.id, x.normalized_name from public.people x where x.workspace_id = w and x.id = l.person_id and x.deleted_at is null offset 0) t
    union all
    select k.key, t.id, t.normalized_name, t.created_at
      from (select distinct key from pg_temp.person_key where rank = 4) k
     cross join lateral (
       select x.id, x.normalized_name, x.created_at from public.people x
        where x.workspace_id = w and x.source_key = substr(k.key, 8) and x.deleted_at is null offset 0) t
    union all
    select e.key, e.entity_id, private.normalize_text(concat_ws(' ', e.claims ->> 'first_name', e.claims ->> 'last_name')), e.ord
      from private.import_promised(import, array(select distinct k.key from pg_temp.person_key k)) e where e.kind = 'people';
  create index on pg_temp.known (key);
  create index on pg_temp.person_key (pos);
  analyze pg_temp.known;

  -- nobody else in the chunk and nobody known shares a key with them: somebody new
  update pg_temp.person p set id = gen_random_uuid()
   where not exists (
     select 1 from pg_temp.person_key k
      where k.pos = p.pos and (
        exists (select 1 from pg_temp.known x where x.key = k.key)
        or k.key in (select y.key from pg_temp.person_key y group by y.key having count(distinct y.pos) > 1)));

  -- The rest in the order of the file, one by one: who a row means depends on what the rows before it said, and a later,
  -- better key must not change an earlier answer, or the same list would read differently the second time.
  for mention in
    select p.pos, p.line, p.name_key, p.org_id, t.id as property_id
      from pg_temp.person p left join pg_temp.prop t on t.line = p.line where p.id is null order by p.pos
  loop
    select x.person_id, x.name_key into match
      from pg_temp.person_key k join pg_temp.known x on x.key = k.key
     where k.pos = mention.pos and (k.rank <> 3 or private.names_alike(x.name_key, mention.name_key))
     -- of several, whoever stands in this very place already, then of the same name, then known the longest
     order by k.rank, k.ord,
       exists (select 1 from public.property_people l where l.workspace_id = w and l.property_id = mention.property_id and l.person_id = x.person_id) desc,
       exists (select 1 from public.person_organizations l where l.workspace_id = w and l.organization_id = mention.org_id and l.person_id = x.person_id) desc,
       x.name_key = mention.name_key desc, x.since, x.person_id
     limit 1;
    if not found then
      select gen_random_uuid() as person_id, mention.name_key as name_key into match;
    end if;
    update pg_temp.person p set id = match.person_id where p.pos = mention.pos;
    insert into pg_temp.known
      select k.key, match.person_id, match.name_key, now() + mention.line * interval '1 microsecond'
        from pg_temp.person_key k
       where k.pos = mention.pos and not exists (select 1 from pg_temp.known x where x.key = k.key and x.person_id = match.person_id);
  end loop;
  -- in a dry run, what an earlier chunk promised is still to be made
  update pg_temp.person p set is_new = true
   where not p.is_new and not exists (select 1 from public.people t where t.workspace_id = w and t.id = p.id);
  update pg_temp.org o set is_new = true
   where not o.is_new and not exists (select 1 from public.organizations t where t.workspace_id = w and t.id = o.id);
  drop table pg_temp.known;
end $$;

-- What the chunk will do: `link` (the links that aren't there yet) and `entity` (each record with its claims, its
-- present row, the columns that change and the action).
create function private.import_plan(w uuid, import uuid, preset text) returns void
language plpgsql set search_path = ''
as $$
begin
  create temp table owner_party on commit drop as
    select distinct on (t.id) t.id as property_id, t.line, party.person_id, party.organization_id, party.name, party.kind, null::uuid as id, false as is_new
      from pg_temp.prop t
      join (
        select o.line, o.n as ord, null::uuid as person_id, o.id as organization_id, o.data ->> 'name' as name,
               case when o.data ->> 'kind' = 'property_manager' then 'pm_company' else 'llc' end as kind
          from pg_temp.org o where o.data -> 'property_roles' ? 'owner'
        union all
        select p.line, 1000 + p.n, p.id, null, concat_ws(' ', p.data ->> 'first_name', p.data ->> 'last_name'), 'individual'
          from pg_temp.person p where p.data -> 'property_roles' ? 'owner' and p.org_id is null and p.name_key <> ''
      ) party on party.line = t.line
     order by t.id, t.line, party.ord;
  update pg_temp.owner_party o set id = (
    select x.id from public.owners x where x.workspace_id = w and x.person_id = o.person_id) where o.person_id is not null;
  update pg_temp.owner_party o set id = (
    select x.id from public.owners x where x.workspace_id = w and x.organization_id = o.organization_id) where o.organization_id is not null;
  update pg_temp.owner_party o set id = e.entity_id, is_new = true
    from private.import_promised(import, array(select distinct coalesce(x.person_id, x.organization_id)::text from pg_temp.owner_party x where x.id is null)) e
   where o.id is null and e.kind = 'owners' and e.key = coalesce(o.person_id, o.organization_id)::text;
  update pg_temp.owner_party o set id = g.id, is_new = true
    from (select coalesce(person_id, organization_id) as party, gen_random_uuid() as id from pg_temp.owner_party where id is null group by 1) g
   where o.id is null and g.party = coalesce(o.person_id, o.organization_id);

  -- a: the record, b: the point or the other record. `role` is a role on a property or a title in an organization.
  create temp table link on commit drop as
    select distinct on (kind, a, b, key_role) s.* from (
      select x.owner || '_' || case x.kind when 'linkedin_profiles' then 'linkedin' else x.kind end as kind,
             case x.owner when 'person' then p.id when 'organization' then o.id else t.id end as a, x.id as b,
             '' as key_role, x.label as role, x.line, x.ord, true as is_new
        from pg_temp.point x
        left join pg_temp.person p on x.owner = 'person' and p.line = x.line and p.n = x.n
        left join pg_temp.org o on x.owner = 'organization' and o.line = x.line and o.n = x.n
        left join pg_temp.prop t on x.owner = 'property' and t.line = x.line
      union all
      select 'person_organizations', p.id, p.org_id, '', p.data ->> 'title', p.line, p.n, true from pg_temp.person p where p.org_id is not null
      union all
      select 'property_people', t.id, p.id, r.role, r.role, p.line, p.n, true
        from pg_temp.person p join pg_temp.prop t on t.line = p.line, jsonb_array_elements_text(p.data -> 'property_roles') r(role)
      union all
      select 'property_organizations', t.id, o.id, r.role, r.role, o.line, o.n, true
        from pg_temp.org o join pg_temp.prop t on t.line = o.line, jsonb_array_elements_text(o.data -> 'property_roles') r(role)
      union all
      select 'owners', o.property_id, o.id, '', null, o.line, 0, true from pg_temp.owner_party o
    ) s order by kind, a, b, key_role, line, ord;
  create index on pg_temp.link (kind, a, b);
  analyze pg_temp.link;
  update pg_temp.link l set is_new = false from public.person_phones x where l.kind = 'person_phones' and x.workspace_id = w and x.person_id = l.a and x.phone_id = l.b;
  update pg_temp.link l set is_new = false from public.person_emails x where l.kind = 'person_emails' and x.workspace_id = w and x.person_id = l.a and x.email_id = l.b;
  update pg_temp.link l set is_new = false from public.person_linkedin x where l.kind = 'person_linkedin' and x.workspace_id = w and x.person_id = l.a and x.linkedin_id = l.b;
  update pg_temp.link l set is_new = false from public.organization_phones x where l.kind = 'organization_phones' and x.workspace_id = w and x.organization_id = l.a and x.phone_id = l.b;
  update pg_temp.link l set is_new = false from public.organization_emails x where l.kind = 'organization_emails' and x.workspace_id = w and x.organization_id = l.a and x.email_id = l.b;
  update pg_temp.link l set is_new = false from public.property_phones x where l.kind = 'property_phones' and x.workspace_id = w and x.property_id = l.a and x.phone_id = l.b;
  update pg_temp.link l set is_new = false from public.person_organizations x where l.kind = 'person_organizations' and x.workspace_id = w and x.person_id = l.a and x.organization_id = l.b;
  update pg_temp.link l set is_new = false from public.property_people x where l.kind = 'property_people' and x.workspace_id = w and x.property_id = l.a and x.person_id = l.b and x.role = l.role;
  update pg_temp.link l set is_new = false from public.property_organizations x where l.kind = 'property_organizations' and x.workspace_id = w and x.property_id = l.a and x.organization_id = l.b and x.role = l.role;
  update pg_temp.link l set is_new = false from public.properties x where l.kind = 'owners' and x.workspace_id = w and x.id = l.a and x.owner_id is not null;

  -- every time a record is named, with what is said of it there; and, of records named more than once, every value of a column
  create temp table mention on commit drop as
    select s.kind, s.id, s.pos, s.data - array['phones', 'emails', 'linkedin_url', 'organization', 'property_roles'] as data,
           count(*) over (partition by s.kind, s.id) as times
      from (
        select 'people' as kind, id, pos, data from pg_temp.person
        union all select 'organizations', id, pos, data from pg_temp.org
        union all select 'properties', id, pos, data from pg_temp.prop
      ) s;
  create temp table value_said on commit drop as
    select m.kind, m.id, v.key as field, v.value, m.pos
      from pg_temp.mention m, jsonb_each(m.data) v
     where m.times > 1 and v.value not in ('null', '[]', '{}', '""');

  create temp table entity on commit drop as
    select s.kind, s.id, bool_or(s.is_new) as is_new, min(s.line) as line,
           case when s.kind in ('people', 'organizations', 'properties') then jsonb_build_object('sources', jsonb_build_array(preset)) else '{}' end as claims, '{}'::jsonb as said,
           null::jsonb as present, '{}'::jsonb as changes, array_agg(distinct s.key) filter (where s.key is not null) as keys,
           case when bool_or(s.is_new) then 'created' else 'skipped' end as action
      from (
        select 'people' as kind, p.id, p.is_new, p.line, k.key from pg_temp.person p left join pg_temp.person_key k on k.pos = p.pos
        union all select 'organizations', id, is_new, line, 'name:' || key from pg_temp.org
        union all select 'properties', id, is_new, line, name_key || ' @ ' || address_key from pg_temp.prop
        union all select kind, id, is_new, line, value from pg_temp.point
        union all select 'owners', id, is_new, line, coalesce(person_id, organization_id)::text from pg_temp.owner_party
      ) s group by s.kind, s.id;
  create unique index on pg_temp.entity (kind, id);
  analyze pg_temp.entity;

  update pg_temp.entity e set claims = e.claims || c.claims, said = c.said
    from (
      select f.kind, f.id, jsonb_object_agg(f.field, f.value) as claims,
             coalesce(jsonb_object_agg(f.field, f.all_values) filter (where jsonb_array_length(f.all_values) > 1), '{}') as said
        from (
          select s.kind, s.id, s.field, (array_agg(s.value order by s.pos))[1] as value, jsonb_agg(distinct s.value) as all_values
            from pg_temp.value_said s where jsonb_typeof(s.value) not in ('array', 'object') group by 1, 2, 3
          union all
          -- sets grow together
          select s.kind, s.id, s.field, jsonb_agg(distinct x.value), '[]'
            from pg_temp.value_said s, jsonb_array_elements(s.value) x where jsonb_typeof(s.value) = 'array' group by 1, 2, 3
          union all
          -- of equal keys in an aggregate the last stays: the first row of the file
          select s.kind, s.id, s.field, jsonb_object_agg(x.key, x.value order by s.pos desc), '[]'
            from pg_temp.value_said s, jsonb_each(s.value) x where jsonb_typeof(s.value) = 'object' group by 1, 2, 3
        ) f group by f.kind, f.id
    ) c
   where c.kind = e.kind and c.id = e.id;
  update pg_temp.entity e
     set claims = e.claims
           || coalesce((select jsonb_object_agg(v.key, v.value) from jsonb_each(m.data) v where v.value not in ('null', '[]', '{}', '""')), '{}')
    from pg_temp.mention m where m.times = 1 and m.kind = e.kind and m.id = e.id;
  update pg_temp.entity e set claims = e.claims || jsonb_build_object('owner_id', o.id)
    from pg_temp.owner_party o where e.kind = 'properties' and e.id = o.property_id;
  -- within one file the first row that speaks of a column wins, over all its chunks
  update pg_temp.entity e set claims = (e.claims || earlier.claims) || jsonb_build_object('details', coalesce(e.claims -> 'details', '{}') || coalesce(earlier.claims -> 'details', '{}')),
         said = case when earlier.claims @> e.claims then e.said else (
                  select coalesce(jsonb_object_agg(x.key, coalesce(e.said -> x.key, '[]') || coalesce(e.claims -> x.key, '[]')), '{}')
                    from jsonb_object_keys(e.claims) x(key)
                   where jsonb_typeof(e.claims -> x.key) not in ('array', 'object') and e.claims -> x.key is distinct from earlier.claims -> x.key
                      or e.said ? x.key) end
    from public.import_entities earlier
   where earlier.import_id = import and earlier.kind = e.kind and earlier.entity_id = e.id and e.kind in ('people', 'organizations', 'properties');

  update pg_temp.entity e set present = (select to_jsonb(t) from public.people t where t.workspace_id = w and t.id = e.id)
   where e.kind = 'people' and not e.is_new;
  update pg_temp.entity e set present = (select to_jsonb(t) from public.organizations t where t.workspace_id = w and t.id = e.id)
   where e.kind = 'organizations' and not e.is_new;
  update pg_temp.entity e set present = (select to_jsonb(t) from public.properties t where t.workspace_id = w and t.id = e.id)
   where e.kind = 'properties' and not e.is_new;
  -- what is new and undisputed is what the file says; what is there already changes nothing
  update pg_temp.entity e set changes = case
      when e.present is null and e.said = '{}' then e.claims
      when e.present @> e.claims and e.said = '{}' then '{}'
      else private.merge_claims(coalesce(e.present, '{"lead_status": "new", "tags": [], "sources": [], "contact_types": []}'), e.claims, e.said) end
   where e.kind in ('people', 'organizations', 'properties');

  update pg_temp.entity e set action = case when e.changes <> '{}' then 'updated' else 'linked' end
   where not e.is_new
     and (e.changes <> '{}' or e.id in (select l.a from pg_temp.link l where l.is_new union all select l.b from pg_temp.link l where l.is_new));
end $$;

create function private.import_apply(w uuid, import uuid, preset text) returns void
language plpgsql set search_path = ''
as $$
begin
  -- in the order of the file, a microsecond apart: "the oldest" then means the same thing at every later import
  insert into public.organizations (id, workspace_id, name, kind, category, website, domain, address, city, state, zip, country, aum, year_founded,
      investment_prefs, about, industry, tags, sources, details, created_at)
    select e.id, w, r.name, r.kind, r.category, r.website, r.domain, r.address, r.city, r.state, r.zip, r.country, r.aum, r.year_founded,
           r.investment_prefs, r.about, r.industry, coalesce(r.tags, '{}'), coalesce(r.sources, '{}'), coalesce(r.details, '{}'), now() + e.line * interval '1 microsecond'
      from pg_temp.entity e, jsonb_populate_record(null::public.organizations, e.changes) r
     where e.kind = 'organizations' and e.present is null order by e.line;
  insert into public.people (id, workspace_id, first_name, last_name, title, lead_status, contact_types, tags, sources, city, state, details, source_key, created_at)
    select e.id, w, r.first_name, r.last_name, r.title, coalesce(r.lead_status, 'new'), coalesce(r.contact_types, '{}'), coalesce(r.tags, '{}'), coalesce(r.sources, '{}'),
           r.city, r.state, coalesce(r.details, '{}'), substr((select k from unnest(e.keys) k where k like 'source:%' limit 1), 8), now() + e.line * interval '1 microsecond'
      from pg_temp.entity e, jsonb_populate_record(null::public.people, e.changes) r
     where e.kind = 'people' and e.present is null order by e.line;
  insert into public.owners (id, workspace_id, kind, person_id, organization_id, legal_name, display_name)
    select distinct on (o.id) o.id, w, o.kind, o.person_id, o.organization_id, case when o.organization_id is not null then o.name end, o.name
      from pg_temp.owner_party o where o.is_new order by o.id, o.line
    on conflict do nothing;
  insert into public.properties (id, workspace_id, name, address, city, county, state, zip, market, submarket, units, sqft, completion_date, latitude, longitude,
      owner_id, tags, sources, details, created_at)
    select e.id, w, r.name, r.address, r.city, r.county, r.state, r.zip, r.market, r.submarket, r.units, r.sqft, r.completion_date, r.latitude, r.longitude,
           r.owner_id, coalesce(r.tags, '{}'), coalesce(r.sources, '{}'), coalesce(r.details, '{}'), now() + e.line * interval '1 microsecond'
      from pg_temp.entity e, jsonb_populate_record(null::public.properties, e.changes) r
     where e.kind = 'properties' and e.present is null order by e.line;

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
    select distinct p.id, w, p.value from pg_temp.point p where p.kind = 'emails' and p.is_new
    on conflict (workspace_id, address) do nothing;
  insert into public.linkedin_profiles (id, workspace_id, url)
    select distinct p.id, w, p.value from pg_temp.point p where p.kind = 'linkedin_profiles' and p.is_new
    on conflict (workspace_id, url) do nothing;

  -- the first of each kind becomes the primary one, where there is none yet
  insert into public.person_phones (workspace_id, person_id, phone_id, label, is_primary, source, import_id, created_at)
    select w, l.a, l.b, left(l.role, 100), row_number() over (partition by l.a order by l.line, l.ord) = 1
             and not exists (select 1 from public.person_phones x where x.workspace_id = w and x.person_id = l.a and x.is_primary), preset, import, now() + l.line * interval '1 microsecond'
      from pg_temp.link l where l.kind = 'person_phones' and l.is_new on conflict do nothing;
  insert into public.person_emails (workspace_id, person_id, email_id, label, is_primary, source, import_id, created_at)
    select w, l.a, l.b, left(l.role, 100), row_number() over (partition by l.a order by l.line, l.ord) = 1
             and not exists (select 1 from public.person_emails x where x.workspace_id = w and x.person_id = l.a and x.is_primary), preset, import, now() + l.line * interval '1 microsecond'
      from pg_temp.link l where l.kind = 'person_emails' and l.is_new on conflict do nothing;
  insert into public.person_linkedin (workspace_id, person_id, linkedin_id, is_primary, source, import_id, created_at)
    select w, l.a, l.b, row_number() over (partition by l.a order by l.line, l.ord) = 1
             and not exists (select 1 from public.person_linkedin x where x.workspace_id = w and x.person_id = l.a and x.is_primary), preset, import, now() + l.line * interval '1 microsecond'
      from pg_temp.link l where l.kind = 'person_linkedin' and l.is_new on conflict do nothing;
  insert into public.organization_phones (workspace_id, organization_id, phone_id, label, is_primary, source, import_id, created_at)
    select w, l.a, l.b, left(l.role, 100), row_number() over (partition by l.a order by l.line, l.ord) = 1
             and not exists (select 1 from public.organization_phones x where x.workspace_id = w and x.organization_id = l.a and x.is_primary), preset, import, now() + l.line * interval '1 microsecond'
      from pg_temp.link l where l.kind = 'organization_phones' and l.is_new on conflict do nothing;
  insert into public.organization_emails (workspace_id, organization_id, email_id, label, is_primary, source, import_id, created_at)
    select w, l.a, l.b, left(l.role, 100), row_number() over (partition by l.a order by l.line, l.ord) = 1
             and not exists (select 1 from public.organization_emails x where x.workspace_id = w and x.organization_id = l.a and x.is_primary), preset, import, now() + l.line * interval '1 microsecond'
      from pg_temp.link l where l.kind = 'organization_emails' and l.is_new on conflict do nothing;
  insert into public.property_phones (workspace_id, property_id, phone_id, label, is_primary, source, import_id, created_at)
    select w, l.a, l.b, left(l.role, 100), row_number() over (partition by l.a order by l.line, l.ord) = 1
             and not exists (select 1 from public.property_phones x where x.workspace_id = w and x.property_id = l.a and x.is_primary), preset, import, now() + l.line * interval '1 microsecond'
      from pg_temp.link l where l.kind = 'property_phones' and l.is_new on conflict do nothing;
  insert into public.person_organizations (workspace_id, person_id, organization_id, title, is_primary, import_id, created_at)
    select w, l.a, l.b, left(l.role, 300), row_number() over (partition by l.a order by l.line, l.ord) = 1
             and not exists (select 1 from public.person_organizations x where x.workspace_id = w and x.person_id = l.a and x.is_primary), import, now() + l.line * interval '1 microsecond'
      from pg_temp.link l where l.kind = 'person_organizations' and l.is_new on conflict do nothing;
  insert into public.property_people (workspace_id, property_id, person_id, role, import_id)
    select w, l.a, l.b, l.role, import from pg_temp.link l where l.kind = 'property_people' and l.is_new on conflict do nothing;
  insert into public.property_organizations (workspace_id, property_id, organization_id, role, import_id)
    select w, l.a, l.b, l.role, import from pg_temp.link l where l.kind = 'property_organizations' and l.is_new on conflict do nothing;

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
create function private.import_record(w uuid, import uuid, records jsonb, apply boolean) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into public.import_entities as kept (workspace_id, import_id, kind, entity_id, keys, action, line, claims, before)
    select w, import, e.kind, e.id, case when apply then '{}' else coalesce(e.keys, '{}') end, e.action, e.line,
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

  insert into public.import_rows (workspace_id, import_id, line, result, reason, problems, raw, entities)
    select w, import, r.line, coalesce(done.result, case when r.rec ->> 'failed' is null then 'skipped' else 'failed' end),
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
              from (
                select 'people' as kind, id, line from pg_temp.person
                union all select 'organizations', id, line from pg_temp.org
                union all select 'properties', id, line from pg_temp.prop
              ) m
              join pg_temp.entity e on e.kind = m.kind and e.id = m.id
              left join (select distinct x.line, x.end_id from (
                  select line, a as end_id from pg_temp.link where is_new union all select line, b from pg_temp.link where is_new) x) l
                on l.line = m.line and l.end_id = m.id
          ) s group by s.line
      ) done on done.line = r.line
    on conflict (import_id, line) do nothing;
end $$;

-- { created: { people: 3, ... }, updated, linked, skipped, failed } of an import so far.
create function public.import_counts(import uuid) returns jsonb
language sql stable set search_path = ''
as $$
  with tables(name) as (select unnest(array['people', 'organizations', 'properties', 'phones', 'emails', 'linkedin_profiles', 'owners'])),
  acted as (select e.action, e.kind, count(*) as n from public.import_entities e where e.import_id = import group by 1, 2),
  refused as (
    select x.name, count(*) as n from (
      -- a number, address or profile that isn't one; a note on another cell refuses no record
      select p ->> 'table' as name from public.import_rows r, jsonb_array_elements(r.problems) p
       where r.import_id = import and p ->> 'table' in ('phones', 'emails', 'linkedin_profiles')
      union all
      -- a row that was refused whole is a record of the kind the list is about
      select case i.preset when 'qozb' then 'properties' else 'people' end from public.import_rows r join public.imports i on i.id = r.import_id
       where r.import_id = import and r.result = 'failed') x group by 1)
  select jsonb_object_agg(a.action, (select jsonb_object_agg(t.name, coalesce(
      case a.action when 'failed' then (select n from refused where refused.name = t.name)
                    else (select n from acted where acted.action = a.action and acted.kind = t.name) end, 0)) from tables t))
  from (values ('created'), ('updated'), ('linked'), ('skipped'), ('failed')) a(action)
$$;
grant execute on function public.import_counts(uuid) to authenticated;
