-- Why: half of an import's time went into rewriting the chunk's own tables and into indexes that grow at random places.
-- What a chunk means is unchanged: these functions say the same as 20261121001100_import_chunk.sql, in fewer passes.
-- Touches: private.normalize_text(), private.normalize_address() (equal results); import_chunk() and its import_resolve_*();
-- the primary keys of import_rows and import_entities; analyze_import_tables().

-- Most names are plain words already: those need no dictionary and no replacing.
create or replace function private.normalize_text(value text) returns text
language plpgsql immutable parallel safe set search_path = ''
as $$
begin
  if value !~ '[^A-Za-z0-9 ]|  ' then return btrim(lower(value)); end if;
  return btrim(regexp_replace(lower(extensions.unaccent('extensions.unaccent'::regdictionary, coalesce(value, ''))), '[^a-z0-9\u0080-\uffff]+', ' ', 'g'));
end $$;

create or replace function private.normalize_address(value text) returns text
language plpgsql immutable parallel safe set search_path = ''
as $$
declare
  address text := ' ' || private.normalize_text(value) || ' ';
  word text[];
begin
  if address ~ ' (street|avenue|boulevard|road|drive|lane|court|place|parkway|highway|north|south|east|west) ' then
    foreach word slice 1 in array array[
      ['street', 'st'], ['avenue', 'ave'], ['boulevard', 'blvd'], ['road', 'rd'], ['drive', 'dr'], ['lane', 'ln'], ['court', 'ct'],
      ['place', 'pl'], ['parkway', 'pkwy'], ['highway', 'hwy'], ['north', 'n'], ['south', 's'], ['east', 'e'], ['west', 'w']]
    loop
      address := replace(address, ' ' || word[1] || ' ', ' ' || word[2] || ' ');
    end loop;
  end if;
  return btrim(address);
end $$;

-- These two grow faster than any other table: one index on the id is enough for both of its uses.
alter table public.import_rows drop constraint import_rows_pkey, drop constraint import_rows_workspace_id_id_key, add primary key (workspace_id, id);
alter table public.import_entities drop constraint import_entities_pkey, drop constraint import_entities_workspace_id_id_key, add primary key (workspace_id, id);

-- The first 24 digits of the ids that one step of an import gives out, before a digit for the kind and seven that count: UUIDs
-- of version 7 (RFC 9562, 6.2 method 1), which grow, so that what comes in together lies together in every index. Links are
-- twice as fast to write as with random ids.
create function private.id_prefix() returns text
language plpgsql volatile set search_path = ''
as $$
declare random text := replace(gen_random_uuid()::text, '-', '');
begin
  return lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(random, 1, 3) || '8' || substr(random, 4, 3) || right(random, 4);
end $$;

create or replace function public.import_chunk(import uuid, lease uuid, records jsonb, apply boolean) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  w uuid;
  list public.imports;
  last_of_chunk integer := (records #>> '{-1,line}')::integer;
begin
  -- exactly once: a chunk counts only for the holder of the lease, and only after the chunk before it
  update public.imports i
     set last_line = last_of_chunk, processed_rows = i.processed_rows + jsonb_array_length(records), lease_until = now() + interval '20 seconds'
   where i.id = import and i.lease_token = lease and i.last_line < (records #>> '{0,line}')::integer
  returning * into list;
  if not found then raise exception 'This import is worked on by somebody else' using errcode = 'PT409'; end if;
  w := list.workspace_id;
  perform set_config('app.import_id', import::text, true);
  -- A crash of the database may take the last chunks with it, whole and last first: their last_line goes with them, and the
  -- runner reads that before it goes on. The end of the phase waits for the disk, and with it for everything before.
  perform set_config('synchronous_commit', 'off', true);
  -- imports of one workspace take turns, chunk by chunk, so that two never invent the same person
  perform pg_advisory_xact_lock(hashtextextended('import:' || w::text, 0));
  drop table if exists pg_temp.rec, pg_temp.org, pg_temp.point, pg_temp.point_value, pg_temp.prop, pg_temp.person, pg_temp.person_key,
    pg_temp.mention, pg_temp.value_said, pg_temp.entity, pg_temp.link, pg_temp.owner_party;

  -- the target keeps a row of the file whole: by default, one over 2 kB would be compressed, and unpacked at every look
  create temp table rec with (toast_tuple_target = 8160) on commit drop as
    select (r ->> 'line')::integer as line, r as rec from jsonb_array_elements(records) r where r ->> 'failed' is null;

  perform private.import_resolve_organizations(w, import);
  perform private.import_resolve_properties(w, import);
  perform private.import_resolve_points(w, import);
  perform private.import_resolve_people(w, import, list.preset);
  perform private.import_plan(w, import, list.preset);
  if apply then perform private.import_apply(w, import, list.preset); end if;
  perform private.import_record(w, import, records, apply);
  return jsonb_build_object('last_line', last_of_chunk, 'processed_rows', list.processed_rows);
end $$;

create or replace function private.import_resolve_organizations(w uuid, import uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  ids constant text := private.id_prefix() || '1';
begin
  create temp table org with (fillfactor = 50) on commit drop as
    select rec.line, (o.n - 1)::integer as n, row_number() over (order by rec.line, o.n) as pos,
           private.normalize_text(o.value ->> 'name') as key, upper(o.value ->> 'state') as state, o.value as data,
           null::uuid as id, false as is_new
    from pg_temp.rec, jsonb_array_elements(rec.rec -> 'organizations') with ordinality o(value, n);
  -- before any row changes: an index that is made over updated rows can't be used until the transaction is over
  create index on pg_temp.org (line, n);

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
  create index on pg_temp.org_cand (key);

  create temp table org_group on commit drop as
    with named as (select o.key, o.state, min(o.pos) as pos from pg_temp.org o group by 1, 2),
    -- the same state; without a state, the oldest
    same as (
      select g.*, (select c.id from pg_temp.org_cand c where c.key = g.key and (g.state is null or c.state = g.state) order by c.ord, c.id limit 1) as id
        from named g),
    first_named as (
      select s.*, min(s.pos) filter (where s.id is null and s.state is not null) over (partition by s.key) as first_pos from same s),
    -- for the first state that is named, the one whose state isn't known; for the others, a new one
    found as (
      select f.key, f.state, f.pos, coalesce(f.id, case when f.pos = f.first_pos then
               (select c.id from pg_temp.org_cand c where c.key = f.key and c.state is null order by c.ord, c.id limit 1) end) as id
        from first_named f),
    made as (
      select f.*, case when f.id is null and f.state is not null then (ids || lpad(to_hex(f.pos), 7, '0'))::uuid end as new_id from found f),
    -- without a state, the first that is named with one
    borrowed as (
      select m.*, first_value(coalesce(m.id, m.new_id)) over by_state as stated_id, first_value(m.new_id is not null) over by_state as stated_is_new
        from made m window by_state as (partition by m.key order by m.state is null, m.pos))
    select b.key, b.state, coalesce(b.id, b.new_id, b.stated_id, (ids || lpad(to_hex(b.pos), 7, '0'))::uuid) as id,
           b.id is null and (b.new_id is not null or b.stated_id is null or b.stated_is_new) as is_new
      from borrowed b;

  update pg_temp.org o set id = g.id, is_new = g.is_new from pg_temp.org_group g where g.key = o.key and g.state is not distinct from o.state;
  analyze pg_temp.org (line, n, id);
  drop table pg_temp.org_group, pg_temp.org_cand;
end $$;

create or replace function private.import_resolve_properties(w uuid, import uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  ids constant text := private.id_prefix() || '2';
begin
  create temp table prop on commit drop as
    with named as (
      select rec.line, rec.rec -> 'property' as data, private.normalize_text(rec.rec #>> '{property,name}') as name_key,
             btrim(private.normalize_address(rec.rec #>> '{property,address}') || ' | ' || private.normalize_text(rec.rec #>> '{property,city}')) as address_key
        from pg_temp.rec where jsonb_typeof(rec.rec -> 'property') = 'object'),
    place as (
      select g.name_key, g.address_key, coalesce(t.id, e.entity_id, (ids || lpad(to_hex(g.line), 7, '0'))::uuid) as id, t.id is null as is_new
        from (select n.name_key, n.address_key, min(n.line) as line from named n group by 1, 2) g
        left join lateral (
          select x.id from public.properties x
           where x.workspace_id = w and x.deleted_at is null and x.normalized_name = g.name_key and x.normalized_address = g.address_key offset 0) t on true
        left join private.import_promised(import, array(select distinct n.name_key || ' @ ' || n.address_key from named n)) e
          on e.kind = 'properties' and e.key = g.name_key || ' @ ' || g.address_key)
    select n.line, n.line::bigint as pos, n.data, n.name_key, n.address_key, p.id, p.is_new
      from named n join place p on p.name_key = n.name_key and p.address_key = n.address_key;
  create index on pg_temp.prop (line);
  analyze pg_temp.prop (line, id);
end $$;

-- The people that the rows name, and every contact point with the one row of its table that it stands for.
create or replace function private.import_resolve_points(w uuid, import uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  ids constant text := private.id_prefix() || '3';
begin
  create temp table person with (fillfactor = 50) on commit drop as
    select rec.line, (p.n - 1)::integer as n, row_number() over (order by rec.line, p.n) as pos, p.value as data,
           private.normalize_text(coalesce((p.value ->> 'first_name') || ' ' || (p.value ->> 'last_name'), p.value ->> 'first_name', p.value ->> 'last_name')) as name_key,
           (select o.id from pg_temp.org o where o.line = rec.line and o.n = (p.value ->> 'organization')::integer) as org_id,
           null::text as source_key, null::uuid as id, false as is_new
    from pg_temp.rec, jsonb_array_elements(rec.rec -> 'people') with ordinality p(value, n);

  create temp table point_said on commit drop as
    select p.line, 'person' as owner, p.n, 'phones' as kind, x.value ->> 'e164' as value, x.value ->> 'label' as label, x.value ->> 'line_type' as line_type, x.n as ord
      from pg_temp.person p, jsonb_array_elements(p.data -> 'phones') with ordinality x(value, n)
    union all
    select p.line, 'person', p.n, 'emails', x.value ->> 'address', x.value ->> 'label', null, x.n
      from pg_temp.person p, jsonb_array_elements(p.data -> 'emails') with ordinality x(value, n)
    union all
    select p.line, 'person', p.n, 'linkedin_profiles', p.data ->> 'linkedin_url', null, null, 1 from pg_temp.person p where p.data ->> 'linkedin_url' is not null
    union all
    select o.line, 'organization', o.n, 'phones', x.value ->> 'e164', x.value ->> 'label', x.value ->> 'line_type', x.n
      from pg_temp.org o, jsonb_array_elements(o.data -> 'phones') with ordinality x(value, n)
    union all
    select o.line, 'organization', o.n, 'emails', x.value ->> 'address', x.value ->> 'label', null, x.n
      from pg_temp.org o, jsonb_array_elements(o.data -> 'emails') with ordinality x(value, n)
    union all
    select t.line, 'property', 0, 'phones', x.value ->> 'e164', x.value ->> 'label', x.value ->> 'line_type', x.n
      from pg_temp.prop t, jsonb_array_elements(t.data -> 'phones') with ordinality x(value, n);

  create temp table point_value on commit drop as
    select v.kind, v.value, v.line, coalesce(t.id, e.entity_id, (ids || lpad(to_hex(v.n), 7, '0'))::uuid) as id, t.id is null as is_new
      from (select s.kind, s.value, min(s.line) as line, row_number() over () as n from pg_temp.point_said s group by 1, 2) v
      left join lateral (
        select x.id from public.phones x where v.kind = 'phones' and x.workspace_id = w and x.e164 = v.value
        union all
        select x.id from public.emails x where v.kind = 'emails' and x.workspace_id = w and x.address = v.value
        union all
        select x.id from public.linkedin_profiles x where v.kind = 'linkedin_profiles' and x.workspace_id = w and x.url = v.value) t on true
      left join private.import_promised(import, array(select distinct s.value from pg_temp.point_said s)) e on e.kind = v.kind and e.key = v.value;

  create temp table point on commit drop as
    select s.line, s.owner, s.n, s.kind, s.value, s.label, s.line_type, s.ord, v.id, v.is_new
      from pg_temp.point_said s join pg_temp.point_value v on v.kind = s.kind and v.value = s.value;
  create index on pg_temp.person (line, n);
  create index on pg_temp.person (pos);
  create index on pg_temp.point (line, owner, n);
  analyze pg_temp.person (line, n, pos);
  analyze pg_temp.point (line, owner, n, kind, id);
  drop table pg_temp.point_said;
end $$;

create or replace function private.import_resolve_people(w uuid, import uuid, preset text) returns void
language plpgsql set search_path = ''
as $$
declare
  ids constant text := private.id_prefix() || '4';
  mention record;
  match record;
begin
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
  create index on pg_temp.person_key (pos);
  analyze pg_temp.person_key (pos, key, rank);

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
  analyze pg_temp.known (key);

  -- nobody else in the chunk and nobody known shares a key with them: somebody new
  update pg_temp.person p set id = (ids || lpad(to_hex(p.pos), 7, '0'))::uuid, is_new = true
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
     where k.pos = mention.pos and (k.rank <> 3 or x.name_key = mention.name_key or private.names_alike(x.name_key, mention.name_key))
     -- of several, whoever stands in this very place already, then of the same name, then known the longest
     order by k.rank, k.ord,
       exists (select 1 from public.property_people l where l.workspace_id = w and l.property_id = mention.property_id and l.person_id = x.person_id) desc,
       exists (select 1 from public.person_organizations l where l.workspace_id = w and l.organization_id = mention.org_id and l.person_id = x.person_id) desc,
       x.name_key = mention.name_key desc, x.since, x.person_id
     limit 1;
    if not found then
      select (ids || lpad(to_hex(mention.pos), 7, '0'))::uuid as person_id, mention.name_key as name_key into match;
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
  analyze pg_temp.person (line, n, pos, id);
  drop table pg_temp.known;
end $$;

-- The columns that an import's look-ups depend on, from a small sample of what came in. Naming them leaves the rest, and the
-- count of changes that calls autovacuum, as they were: whole statistics follow by themselves, off the import's way.
-- Definer: only a table's owner may analyze it. For the service role alone.
create or replace function private.analyze_import_tables() returns void
language plpgsql security definer set search_path = '' set default_statistics_target = 10
as $$
begin
  analyze public.people (workspace_id, id, normalized_name, source_key, deleted_at), public.organizations (workspace_id, id, normalized_name, deleted_at),
    public.properties (workspace_id, id, normalized_name, normalized_address, owner_id, deleted_at), public.owners (workspace_id, id, person_id, organization_id),
    public.phones (workspace_id, id, e164), public.emails (workspace_id, id, address), public.linkedin_profiles (workspace_id, id, url),
    public.person_phones (workspace_id, person_id, phone_id, is_primary), public.person_emails (workspace_id, person_id, email_id, is_primary),
    public.person_linkedin (workspace_id, person_id, linkedin_id, is_primary), public.organization_phones (workspace_id, organization_id, phone_id, is_primary),
    public.organization_emails (workspace_id, organization_id, email_id, is_primary), public.property_phones (workspace_id, property_id, phone_id, is_primary),
    public.person_organizations (workspace_id, person_id, organization_id, is_primary), public.property_people (workspace_id, property_id, person_id, role),
    public.property_organizations (workspace_id, property_id, organization_id, role), public.import_entities (import_id, kind, entity_id);
end $$;
