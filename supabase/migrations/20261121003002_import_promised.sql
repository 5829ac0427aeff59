-- Why: what a dry run promised was looked up by thousands of keys in one overlap of arrays, which GIN checks key by key for every
-- row that any list ever noted under one of them: seconds a chunk once the same list had been checked before.
-- Touches: import_entities_keys_idx; private.import_promised(), import_chunk() (says whether it writes). A run
-- that writes keeps no keys and finds the records themselves: it doesn't look at all.

-- Every look-up reads the whole list of entries that wait to be put into a GIN index: nothing may wait in one that is asked
-- for each key of each row.
alter index public.import_entities_keys_idx set (fastupdate = off);
select pg_catalog.gin_clean_pending_list('public.import_entities_keys_idx');

create or replace function private.import_promised(import uuid, wanted text[])
returns table (kind text, key text, entity_id uuid, claims jsonb, ord timestamptz)
language plpgsql stable set search_path = ''
as $$
begin
  if current_setting('app.import_applies', true) = import_promised.import::text then return; end if;
  return query
    select e.kind, k.key, e.entity_id, e.claims, e.created_at + e.line * interval '1 microsecond'
      from unnest(wanted) k(key)
     cross join lateral (
       select x.kind, x.entity_id, x.claims, x.created_at, x.line from public.import_entities x
        where x.import_id = import_promised.import and x.action = 'created' and x.keys <> '{}' and x.keys @> array[k.key] offset 0) e;
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
  perform set_config('app.import_applies', case when apply then import::text else '' end, true);
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
