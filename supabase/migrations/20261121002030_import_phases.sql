-- Why: an import goes through phases (preview, run, undo), each worked in the background by whoever holds its lease; a
-- person starts and stops them, the results are read row by row.
-- Touches: imports (phase, undo_total, undo_remaining, its policy of updates); begin_import_phase(), cancel_import(), list_import_rows() for
-- members; claim_import(), renew_import_lease(), release_import(), clear_import_rows(), finish_import_phase() for the service role.

-- phase: the one that was started last; null before the first. A failed import goes on in it.
alter table public.imports
  add column phase text check (phase in ('preview', 'run', 'undo')),
  -- records that an undo has to look at, and those it hasn't yet
  add column undo_total integer check (undo_total >= 0),
  add column undo_remaining integer check (undo_remaining >= 0);

-- The mapping may change while nothing is at work and nothing is written; two colleagues may be at it at once.
create policy imports_update on public.imports for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids()))
    and status in ('uploaded', 'previewed', 'failed', 'cancelled')
    and (phase is null or phase = 'preview' or (phase = 'run' and last_line = 0)))
  with check (workspace_id = any (array(select private.my_workspace_ids())) and status in ('uploaded', 'failed'));

-- Starts a phase, or goes on with one that failed or was stopped half-way. What is written already is never started over.
create function private.begin_import_phase(workspace uuid, import uuid, next_phase text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  list public.imports;
  has_written boolean;
begin
  perform private.assert_member(workspace);
  select * into list from public.imports i where i.workspace_id = workspace and i.id = import for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if next_phase not in ('preview', 'run', 'undo') then raise exception 'There is no such phase' using errcode = 'PT400'; end if;
  if list.status in ('previewing', 'running', 'undoing') then
    raise exception 'This import is being worked on. Wait until it has finished, or stop it.' using errcode = 'PT409';
  end if;
  if list.status = 'undone' then raise exception 'This import was undone. Drop the file again to import it anew.' using errcode = 'PT409'; end if;
  has_written := list.phase = 'run' and (list.last_line > 0 or list.status = 'done') or list.phase = 'undo';

  if next_phase = 'undo' then
    if has_written is not true then raise exception 'This import has written nothing, so there is nothing to undo.' using errcode = 'PT409'; end if;
  elsif list.status = 'done' then
    raise exception 'This import is done. Drop the file again to import it once more.' using errcode = 'PT409';
  elsif list.phase = 'undo' then
    raise exception 'This import is half undone. Finish the undo first.' using errcode = 'PT409';
  elsif has_written and next_phase = 'preview' then
    raise exception 'This import has begun to write. Go on with it, or undo it.' using errcode = 'PT409';
  elsif list.inspection = '{}' or list.mapping = '{}' then
    raise exception 'Upload the file and map its columns first.' using errcode = 'PT409';
  end if;

  if list.phase is not distinct from next_phase and (list.status in ('failed', 'cancelled') or has_written) and list.last_line > 0 then
    update public.imports i set error = null, lease_token = null, lease_until = null, finished_at = null,
           status = case next_phase when 'preview' then 'previewing' when 'run' then 'running' else 'undoing' end
     where i.id = import;
  elsif next_phase = 'undo' then
    update public.imports i set phase = 'undo', status = 'undoing', error = null, lease_token = null, lease_until = null,
           undo_total = null, undo_remaining = null, started_at = now(), finished_at = null
     where i.id = import;
  else
    update public.imports i set phase = next_phase, status = case next_phase when 'preview' then 'previewing' else 'running' end,
           error = null, lease_token = null, lease_until = null, last_line = 0, processed_rows = 0, counts = '{}',
           started_at = now(), finished_at = null
     where i.id = import;
  end if;
end $$;
grant execute on function private.begin_import_phase(uuid, uuid, text) to authenticated;

create function public.begin_import_phase(workspace uuid, import uuid, next_phase text) returns void
language sql set search_path = '' as $$ select private.begin_import_phase(workspace, import, next_phase) $$;
grant execute on function public.begin_import_phase(uuid, uuid, text) to authenticated;

-- Stops a preview or a run after the chunk it is at; before either, sets the import aside. What was written stays and can be undone.
create function private.cancel_import(workspace uuid, import uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare list public.imports;
begin
  perform private.assert_member(workspace);
  select * into list from public.imports i where i.workspace_id = workspace and i.id = import for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if list.status = 'undoing' then raise exception 'An undo can’t be stopped half-way.' using errcode = 'PT409'; end if;
  if list.status in ('done', 'undone') then raise exception 'This import has finished already.' using errcode = 'PT409'; end if;
  update public.imports i
     set status = case list.status when 'previewing' then 'uploaded' else 'cancelled' end,
         phase = case list.status when 'previewing' then null else i.phase end,
         lease_token = null, lease_until = null, finished_at = now(), counts = case list.status when 'running' then public.import_counts(import) else i.counts end
   where i.id = import;
end $$;
grant execute on function private.cancel_import(uuid, uuid) to authenticated;

create function public.cancel_import(workspace uuid, import uuid) returns void
language sql set search_path = '' as $$ select private.cancel_import(workspace, import) $$;
grant execute on function public.cancel_import(uuid, uuid) to authenticated;

-- The import that waits longest, for this caller alone until the lease ends; nothing where none waits. Imports take turns:
-- who gave one back joins the end. `wanted`: this one or none.
create function public.claim_import(lease_seconds integer, wanted uuid default null) returns setof public.imports
language sql set search_path = ''
as $$
  update public.imports i set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => lease_seconds)
   where i.id = (
     select w.id from public.imports w
      where w.status in ('previewing', 'running', 'undoing') and (w.lease_until is null or w.lease_until <= now() or w.lease_token is null)
        and (wanted is null or w.id = wanted)
      order by w.lease_until nulls first, w.created_at, w.id limit 1 for update skip locked)
  returning i.*
$$;

-- False where the lease has gone to somebody else, or a person stopped the import.
create function public.renew_import_lease(import uuid, lease uuid, lease_seconds integer) returns boolean
language sql set search_path = ''
as $$
  with renewed as (
    update public.imports i set lease_until = now() + make_interval(secs => lease_seconds)
     where i.id = import and i.lease_token = lease returning 1)
  select exists (select 1 from renewed)
$$;

create function public.release_import(import uuid, lease uuid) returns void
language sql set search_path = ''
as $$ update public.imports i set lease_token = null, lease_until = now() where i.id = import and i.lease_token = lease $$;

-- Before a phase writes its first row: what an earlier preview noted goes, some rows at a time. Returns how many went.
create function public.clear_import_rows(import uuid, lease uuid, max_rows integer) returns integer
language plpgsql set search_path = ''
as $$
declare gone integer; entities integer;
begin
  perform from public.imports i where i.id = import and i.lease_token = lease and i.last_line = 0 and i.status in ('previewing', 'running') for update;
  if not found then raise exception 'This import is worked on by somebody else' using errcode = 'PT409'; end if;
  delete from public.import_rows r where r.id = any (array(select x.id from public.import_rows x where x.import_id = import limit max_rows));
  get diagnostics gone = row_count;
  delete from public.import_entities e where e.id = any (array(select x.id from public.import_entities x where x.import_id = import limit max_rows));
  get diagnostics entities = row_count;
  return gone + entities;
end $$;

-- Ends a phase for the holder of the lease: done, or failed with a sentence. False where the lease is gone.
create function public.finish_import_phase(import uuid, lease uuid, failure text default null) returns boolean
language plpgsql set search_path = ''
as $$
begin
  update public.imports i
     set status = case when failure is not null then 'failed' else case i.phase when 'preview' then 'previewed' when 'run' then 'done' else 'undone' end end,
         error = failure, finished_at = now(), lease_token = null, lease_until = null,
         undone_at = case when i.phase = 'undo' and failure is null then now() else i.undone_at end,
         counts = case when i.phase = 'undo' then i.counts else public.import_counts(import) || jsonb_build_object('rows', (
           select coalesce(jsonb_object_agg(s.result, s.n), '{}') from (
             select r.result, count(*) as n from public.import_rows r where r.workspace_id = i.workspace_id and r.import_id = import group by 1
             union all
             select 'problems', count(*) from public.import_rows r where r.workspace_id = i.workspace_id and r.import_id = import and r.raw is not null and r.result <> 'failed') s)) end
   where i.id = import and i.lease_token = lease;
  return found;
end $$;

-- A page of what became of the rows, each with the records it names. `shown`: a result, 'problems' (cells left out of a row
-- that went in), 'refused' (failed or with problems), or null for all. A record that a preview only promises has no id yet.
-- `with_cells`: the cells as they stood, in place of the records.
create function public.list_import_rows(workspace uuid, import uuid, shown text default null, after_line integer default 0, page_size integer default 50,
                                        with_cells boolean default false)
returns jsonb
language sql stable set search_path = ''
as $$
  with page as (
    select r.line, r.result, r.reason, r.problems, r.raw, r.entities
      from public.import_rows r
     where r.workspace_id = workspace and r.import_id = import and r.line > after_line
       and case when shown is null then true
                when shown = 'problems' then r.raw is not null and r.result <> 'failed'
                when shown = 'refused' then r.raw is not null
                else r.result = shown end
     order by r.line limit least(greatest(page_size, 1), 1000) + 1
  ),
  named as (
    select p.line, k.key as kind, (x.id)::uuid as id, x.n
      from page p, jsonb_each(p.entities) k, jsonb_array_elements_text(k.value) with ordinality x(id, n)
     where not with_cells
  ),
  told as (
    select n.line, jsonb_agg(jsonb_build_object(
             'kind', n.kind,
             'id', case when coalesce(h.id, o.id, t.id) is not null then n.id end,
             'name', coalesce(nullif(h.display_name, ''),
                              (select m.address from public.person_emails l join public.emails m on m.workspace_id = workspace and m.id = l.email_id
                                where l.workspace_id = workspace and l.person_id = h.id order by l.is_primary desc, l.created_at limit 1), o.name, t.name, t.address, e.claims ->> 'name',
                              nullif(concat_ws(' ', e.claims ->> 'first_name', e.claims ->> 'last_name'), ''), e.claims ->> 'address',
                              (select split_part(key, ':', 2) from unnest(e.keys) key where key like 'emails:%' limit 1), ''),
             'action', e.action,
             'line', e.line,
             'changed', (select coalesce(jsonb_agg(c.key order by c.key), '[]') from jsonb_object_keys(e.before) c(key))
           ) order by array_position(array['properties', 'organizations', 'people'], n.kind), n.n) as records
      from named n
      left join public.import_entities e on e.workspace_id = workspace and e.import_id = import and e.kind = n.kind and e.entity_id = n.id
      left join public.people h on n.kind = 'people' and h.workspace_id = workspace and h.id = n.id and h.deleted_at is null
      left join public.organizations o on n.kind = 'organizations' and o.workspace_id = workspace and o.id = n.id and o.deleted_at is null
      left join public.properties t on n.kind = 'properties' and t.workspace_id = workspace and t.id = n.id and t.deleted_at is null
     group by n.line
  )
  select coalesce(jsonb_agg(jsonb_build_object(
           'line', p.line, 'result', p.result, 'reason', p.reason, 'problems', p.problems,
           'raw', case when with_cells then p.raw end, 'records', coalesce(t.records, '[]')) order by p.line), '[]')
    from page p left join told t on t.line = p.line
$$;
grant execute on function public.list_import_rows(uuid, uuid, text, integer, integer, boolean) to authenticated;

-- While a first list comes in, the planner still thinks of the tables as empty, or of the workspace as unknown, and then
-- takes any index that begins with the workspace. Autovacuum looks once a minute; an import can't wait for that.
-- Definer: only a table's owner may analyze it. For the service role alone.
create function private.analyze_import_tables() returns void
language plpgsql security definer set search_path = ''
as $$
begin
  analyze public.people, public.organizations, public.properties, public.owners, public.phones, public.emails, public.linkedin_profiles,
    public.person_phones, public.person_emails, public.person_linkedin, public.organization_phones, public.organization_emails,
    public.property_phones, public.person_organizations, public.property_people, public.property_organizations, public.import_entities;
end $$;

create function public.analyze_import_tables() returns void
language sql set search_path = '' as $$ select private.analyze_import_tables() $$;
