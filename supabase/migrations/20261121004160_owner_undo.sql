-- Why: taking an import back must not take along what people did with its owners, people and properties since: contacts,
-- conversations, cards, tasks and files go with the record they hang on.
-- Touches: functions of 20261121001200_import_undo.sql; private.keep_worked_on.

-- Marks those of pg_temp.undo on which something hangs that people make: a row of a table that names them and that no import
-- writes. For people and organizations, on the owner who stands on them as well.
create function private.keep_worked_on(w uuid, subject_column text) returns void
language plpgsql set search_path = ''
as $$
declare
  worked text[];
begin
  for worked in
    select array[t.relname, a.attname] from pg_catalog.pg_class t
      join pg_catalog.pg_attribute a on a.attrelid = t.oid and not a.attisdropped
       and (a.attname = subject_column or a.attname = 'owner_id' and subject_column in ('person_id', 'organization_id'))
     where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and t.relname not in ('owners', 'properties', 'merge_suggestions')
       and not exists (select 1 from pg_catalog.pg_attribute i where i.attrelid = t.oid and i.attname = 'import_id' and not i.attisdropped)
  loop
    if worked[2] = subject_column then
      execute format($q$
        update pg_temp.undo u set reason = 'Somebody worked on it' where u.action = 'created' and u.reason is null
           and exists (select 1 from public.%I x where x.workspace_id = $1 and x.%I = u.id) $q$, worked[1], subject_column) using w;
    else
      execute format($q$
        update pg_temp.undo u set reason = 'Somebody worked on it' where u.action = 'created' and u.reason is null
           and exists (select 1 from public.owners o join public.%I x on x.workspace_id = o.workspace_id and x.owner_id = o.id
                        where o.workspace_id = $1 and o.%I = u.id) $q$, worked[1], subject_column) using w;
    end if;
  end loop;
end $$;

-- Takes back up to `max_entities` records of an import; call it until `remaining` is 0. Records that somebody edited,
-- wrote about or linked by hand, or that another list names as well, are kept whole and listed in imports.kept.
create or replace function public.undo_import_chunk(import uuid, lease uuid, max_entities integer) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  list public.imports;
  subject text;
  subjects text[] := array['people', 'organizations', 'properties', 'owners', 'phones', 'emails', 'linkedin_profiles'];
  singular jsonb := '{"people": "person", "organizations": "organization", "properties": "property"}';
  left_over integer;
begin
  update public.imports i set lease_until = now() + interval '20 seconds'
   where i.id = import and i.lease_token = lease and i.status = 'undoing' returning * into list;
  if not found then raise exception 'This import is worked on by somebody else' using errcode = 'PT409'; end if;
  perform set_config('app.import_id', import::text, true);
  perform pg_advisory_xact_lock(hashtextextended('import:' || list.workspace_id::text, 0));

  -- one kind a call, people first: a point goes only when nobody is left behind it
  select s.name into subject from unnest(subjects) with ordinality s(name, n)
   where exists (select 1 from public.import_entities e where e.import_id = import and e.kind = s.name and e.undo_result is null)
   order by s.n limit 1;
  if subject is null then return jsonb_build_object('remaining', 0); end if;

  drop table if exists pg_temp.undo;
  create temp table undo on commit drop as
    select e.id as entry, e.entity_id as id, e.action, e.claims, e.before, null::text as reason
      from public.import_entities e where e.import_id = import and e.kind = subject and e.undo_result is null
     order by e.entity_id limit max_entities;
  analyze pg_temp.undo;

  if singular ? subject then
    perform private.undo_import_records(list.workspace_id, import, subject, singular ->> subject);
  elsif subject = 'owners' then
    update pg_temp.undo u set reason = 'It owns a property that stays'
     where u.action = 'created' and exists (select 1 from public.properties p where p.workspace_id = list.workspace_id and p.owner_id = u.id);
    perform private.keep_worked_on(list.workspace_id, 'owner_id');
    delete from public.owners o using pg_temp.undo u
     where o.workspace_id = list.workspace_id and o.id = u.id and u.action = 'created' and u.reason is null;
  else
    perform private.undo_import_points(list.workspace_id, subject);
  end if;

  update public.import_entities e
     set undo_result = case when u.reason is not null then 'kept' when u.action = 'created' then 'removed' else 'restored' end
    from pg_temp.undo u where e.id = u.entry;
  select count(*) into left_over from public.import_entities e where e.import_id = import and e.undo_result is null;
  update public.imports i set processed_rows = (select count(*) from public.import_entities e where e.import_id = import) - left_over where i.id = import;
  if left_over = 0 then
    delete from public.merge_suggestions m where m.workspace_id = list.workspace_id and m.import_id = import;
  end if;
  return jsonb_build_object('remaining', left_over);
end $$;

create or replace function private.undo_import_records(w uuid, import uuid, subject text, singular text) returns void
language plpgsql set search_path = ''
as $$
declare
  link text[];
begin
  execute format($q$
    update pg_temp.undo u set reason = case
        when t.edited_at is not null then 'Edited since by ' || coalesce(nullif((select p.full_name from public.profiles p where p.user_id = t.edited_by), ''), 'a colleague')
        when exists (select 1 from public.notes n where n.workspace_id = $1 and n.%2$I = t.id) then 'Somebody wrote a note about it'
        when exists (select 1 from public.activities a where a.workspace_id = $1 and a.%2$I = t.id) then 'It has activities'
        when exists (select 1 from public.import_entities o join public.imports i on i.id = o.import_id
                      where o.workspace_id = $1 and o.entity_id = t.id and o.import_id <> $2
                        -- one that was stopped or failed half-way has written as well; a preview has not
                        and (i.phase = 'run' or i.phase = 'undo' and o.undo_result is null))
          then 'Another list names it as well' end
      from public.%1$I t where t.workspace_id = $1 and t.id = u.id and u.action = 'created' $q$, subject, singular || '_id')
  using w, import;

  -- tasks, files, cards, contacts and conversations are people's work, on the record or on the owner who stands on it
  perform private.keep_worked_on(w, singular || '_id');

  -- what somebody linked by hand counts as an edit; what this import linked to a record that was there before goes
  for link in
    select array[l.relname, a.attname] from pg_catalog.pg_class l
      join pg_catalog.pg_attribute a on a.attrelid = l.oid and a.attname = singular || '_id'
      join pg_catalog.pg_attribute i on i.attrelid = l.oid and i.attname = 'import_id'
     where l.relnamespace = 'public'::regnamespace and l.relkind = 'r' and l.relname not in ('import_entities', 'import_rows', 'merge_suggestions')
  loop
    execute format($q$
      update pg_temp.undo u set reason = 'Somebody linked something to it'
       where u.action = 'created' and u.reason is null
         and exists (select 1 from public.%I l where l.workspace_id = $1 and l.%I = u.id and l.import_id is null) $q$, link[1], link[2]) using w;
    execute format($q$
      delete from public.%I l using pg_temp.undo u where l.workspace_id = $1 and l.%I = u.id and l.import_id = $2 and u.action <> 'created' $q$, link[1], link[2])
    using w, import;
  end loop;

  execute format($q$
    update public.imports i set kept = i.kept || (
      select coalesce(jsonb_agg(jsonb_build_object('kind', %1$L, 'id', u.id, 'name', %2$s, 'reason', u.reason)), '[]')
        from pg_temp.undo u join public.%1$I t on t.workspace_id = $1 and t.id = u.id where u.reason is not null)
    where i.id = $2 $q$, subject, case subject when 'people' then 't.display_name' when 'organizations' then 't.name' else 'coalesce(t.name, t.address)' end)
  using w, import;
  execute format('delete from public.%I t using pg_temp.undo u where t.workspace_id = $1 and t.id = u.id and u.action = ''created'' and u.reason is null', subject) using w;

  if subject = 'people' then
    update public.people t set (first_name, last_name, title, lead_status, contact_types, tags, sources, city, state, details)
        = (r.first_name, r.last_name, r.title, r.lead_status, r.contact_types, r.tags, r.sources, r.city, r.state, r.details)
      from pg_temp.undo u, public.people now_row, jsonb_populate_record(null::public.people, to_jsonb(now_row) || private.unmerge_claims(to_jsonb(now_row), u.before, u.claims)) r
     where u.before <> '{}' and u.action <> 'created' and now_row.workspace_id = w and now_row.id = u.id and t.workspace_id = w and t.id = u.id;
  elsif subject = 'organizations' then
    update public.organizations t set (name, kind, category, website, domain, address, city, state, zip, country, aum, year_founded, investment_prefs, about, industry, tags, sources, details)
        = (r.name, r.kind, r.category, r.website, r.domain, r.address, r.city, r.state, r.zip, r.country, r.aum, r.year_founded, r.investment_prefs, r.about, r.industry, r.tags, r.sources, r.details)
      from pg_temp.undo u, public.organizations now_row, jsonb_populate_record(null::public.organizations, to_jsonb(now_row) || private.unmerge_claims(to_jsonb(now_row), u.before, u.claims)) r
     where u.before <> '{}' and u.action <> 'created' and now_row.workspace_id = w and now_row.id = u.id and t.workspace_id = w and t.id = u.id;
  else
    update public.properties t set (name, address, city, county, state, zip, market, submarket, units, sqft, completion_date, latitude, longitude, owner_id, tags, sources, details)
        = (r.name, r.address, r.city, r.county, r.state, r.zip, r.market, r.submarket, r.units, r.sqft, r.completion_date, r.latitude, r.longitude, r.owner_id, r.tags, r.sources, r.details)
      from pg_temp.undo u, public.properties now_row, jsonb_populate_record(null::public.properties, to_jsonb(now_row) || private.unmerge_claims(to_jsonb(now_row), u.before, u.claims)) r
     where u.before <> '{}' and u.action <> 'created' and now_row.workspace_id = w and now_row.id = u.id and t.workspace_id = w and t.id = u.id;
  end if;
end $$;
