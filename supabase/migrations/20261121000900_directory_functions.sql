-- Why: what people do with one record: open it whole in one round trip, link a contact point that may exist already,
-- change many at once and take it back.
-- Touches: bulk_changes; functions that run with the caller's rights, under row level security.

-- Who else stands behind a point: { people, organizations, properties }, at most 20 of each.
create function private.point_sharers(workspace uuid, kind text, point uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  column_name text := kind || '_id';
  result jsonb := '{}';
  sharer text[];
  rows_found jsonb;
begin
  foreach sharer slice 1 in array array[
    array['people', 'person', case kind when 'linkedin' then 'person_linkedin' else 'person_' || kind || 's' end],
    array['organizations', 'organization', 'organization_' || kind || 's'],
    array['properties', 'property', 'property_' || kind || 's']]
  loop
    if to_regclass('public.' || sharer[3]) is null then continue; end if;
    execute format(
      'select coalesce(jsonb_agg(jsonb_build_object(''id'', t.id, ''name'', %s, ''label'', l.label) order by l.is_primary desc, l.created_at), ''[]'')
         from (select * from public.%I l where l.workspace_id = $1 and l.%I = $2 limit 20) l
         join public.%I t on t.workspace_id = l.workspace_id and t.id = l.%I and t.deleted_at is null',
      case sharer[2] when 'person' then 't.display_name' when 'organization' then 't.name' else 'coalesce(t.name, t.address)' end,
      sharer[3], column_name, sharer[1], sharer[2] || '_id') into rows_found using workspace, point;
    result := result || jsonb_build_object(sharer[1], rows_found);
  end loop;
  return result;
end $$;
grant execute on function private.point_sharers(uuid, text, uuid) to authenticated;

create function private.record_points(workspace uuid, owner_kind text, owner uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  result jsonb := '{}';
  point text[];
  rows_found jsonb;
begin
  foreach point slice 1 in array array[
    array['phones', 'phone', owner_kind || '_phones', 'phones'],
    array['emails', 'email', owner_kind || '_emails', 'emails'],
    array['linkedin', 'linkedin', owner_kind || '_linkedin', 'linkedin_profiles']]
  loop
    if to_regclass('public.' || point[3]) is null then continue; end if;
    execute format(
      'select coalesce(jsonb_agg(to_jsonb(t) - ''workspace_id'' || jsonb_build_object(''link_id'', l.id, ''label'', l.label, ''is_primary'', l.is_primary,
           ''source'', l.source, ''sharers'', private.point_sharers($1, %L, t.id)) order by l.is_primary desc, l.created_at, t.id), ''[]'')
         from public.%I l join public.%I t on t.workspace_id = l.workspace_id and t.id = l.%I
        where l.workspace_id = $1 and l.%I = $2',
      point[2], point[3], point[4], point[2] || '_id', owner_kind || '_id') into rows_found using workspace, owner;
    result := result || jsonb_build_object(point[1], rows_found);
  end loop;
  return result;
end $$;
grant execute on function private.record_points(uuid, text, uuid) to authenticated;

-- A person with all that hangs on them. Null: no such person here. A deleted one is found, with deleted_at set.
create function public.get_person(workspace uuid, person uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select to_jsonb(p) - 'workspace_id' - 'normalized_name' - 'source_key' || private.record_points(workspace, 'person', p.id)
    || jsonb_build_object(
      'organizations', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', o.id, 'name', o.name, 'kind', o.kind, 'title', l.title, 'is_primary', l.is_primary, 'city', o.city, 'state', o.state)
          order by l.is_primary desc, l.created_at, o.name), '[]')
        from public.person_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
        where l.workspace_id = workspace and l.person_id = p.id),
      'properties', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', t.id, 'name', coalesce(t.name, t.address), 'address', t.address, 'city', t.city, 'state', t.state, 'units', t.units, 'role', l.role) order by t.normalized_name, l.role), '[]')
        from (select * from public.property_people l where l.workspace_id = workspace and l.person_id = p.id limit 200) l
        join public.properties t on t.workspace_id = l.workspace_id and t.id = l.property_id and t.deleted_at is null))
  from public.people p where p.workspace_id = workspace and p.id = person
$$;

create function public.get_organization(workspace uuid, organization uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select to_jsonb(o) - 'workspace_id' - 'normalized_name' || private.record_points(workspace, 'organization', o.id)
    || jsonb_build_object(
      'people', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', p.id, 'name', p.display_name, 'title', coalesce(l.title, p.title), 'lead_status', p.lead_status) order by p.normalized_name), '[]')
        from (select * from public.person_organizations l where l.workspace_id = workspace and l.organization_id = o.id limit 200) l
        join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null),
      'properties', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', t.id, 'name', coalesce(t.name, t.address), 'address', t.address, 'city', t.city, 'state', t.state, 'units', t.units, 'role', l.role) order by t.normalized_name, l.role), '[]')
        from (select * from public.property_organizations l where l.workspace_id = workspace and l.organization_id = o.id limit 200) l
        join public.properties t on t.workspace_id = l.workspace_id and t.id = l.property_id and t.deleted_at is null))
  from public.organizations o where o.workspace_id = workspace and o.id = organization
$$;

create function public.get_property(workspace uuid, property uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select to_jsonb(t) - 'workspace_id' - 'normalized_name' - 'normalized_address' || private.record_points(workspace, 'property', t.id)
    || jsonb_build_object(
      'owner', (select jsonb_build_object('id', w.id, 'name', w.display_name, 'kind', w.kind, 'person_id', w.person_id, 'organization_id', w.organization_id)
        from public.owners w where w.workspace_id = workspace and w.id = t.owner_id),
      'people', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', p.id, 'name', p.display_name, 'title', p.title, 'lead_status', p.lead_status, 'role', l.role,
            'phone', (select ph.e164 from public.person_phones x join public.phones ph on ph.workspace_id = x.workspace_id and ph.id = x.phone_id where x.workspace_id = workspace and x.person_id = p.id order by x.is_primary desc limit 1),
            'email', (select e.address from public.person_emails x join public.emails e on e.workspace_id = x.workspace_id and e.id = x.email_id where x.workspace_id = workspace and x.person_id = p.id order by x.is_primary desc limit 1))
          order by l.role, p.normalized_name), '[]')
        from public.property_people l join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
        where l.workspace_id = workspace and l.property_id = t.id),
      'organizations', (select coalesce(jsonb_agg(jsonb_build_object('link_id', l.id, 'id', o.id, 'name', o.name, 'kind', o.kind, 'role', l.role) order by l.role, o.normalized_name), '[]')
        from public.property_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
        where l.workspace_id = workspace and l.property_id = t.id))
  from public.properties t where t.workspace_id = workspace and t.id = property
$$;

-- Links a phone, e-mail or profile to a person, organization or property, making the point where it is new.
-- Returns the point with its link and everybody else behind it, so that the screen can say who shares it.
create function public.link_point(workspace uuid, owner_kind text, owner uuid, kind text, value text,
  link_label text default null, primary_point boolean default false, phone_line_type text default null) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  point uuid;
  link uuid;
  link_table text := case kind when 'linkedin' then 'person_linkedin' else owner_kind || '_' || kind || 's' end;
  is_new boolean := false;
begin
  if owner_kind not in ('person', 'organization', 'property') or kind not in ('phone', 'email', 'linkedin')
     or to_regclass('public.' || link_table) is null or (kind = 'linkedin' and owner_kind <> 'person') then
    raise exception 'A % can''t have a %', owner_kind, kind using errcode = 'PT400';
  end if;
  if kind = 'phone' then
    insert into public.phones (workspace_id, e164, line_type) values (workspace, value, phone_line_type)
    on conflict (workspace_id, e164) do nothing returning id into point;
    is_new := point is not null;
    if point is null then select p.id into point from public.phones p where p.workspace_id = workspace and p.e164 = value; end if;
  elsif kind = 'email' then
    insert into public.emails (workspace_id, address) values (workspace, value)
    on conflict (workspace_id, address) do nothing returning id into point;
    is_new := point is not null;
    if point is null then select e.id into point from public.emails e where e.workspace_id = workspace and e.address = value; end if;
  else
    insert into public.linkedin_profiles (workspace_id, url) values (workspace, value)
    on conflict (workspace_id, url) do nothing returning id into point;
    is_new := point is not null;
    if point is null then select p.id into point from public.linkedin_profiles p where p.workspace_id = workspace and p.url = value; end if;
  end if;

  if primary_point then
    execute format('update public.%I set is_primary = false where workspace_id = $1 and %I = $2 and is_primary', link_table, owner_kind || '_id')
      using workspace, owner;
  end if;
  execute format(
    'insert into public.%1$I as l (workspace_id, %2$I, %3$I, label, source, is_primary)
     values ($1, $2, $3, $4, ''manual'', $5 or not exists (select 1 from public.%1$I x where x.workspace_id = $1 and x.%2$I = $2 and x.is_primary))
     on conflict (workspace_id, %2$I, %3$I) do update set label = coalesce(excluded.label, l.label), is_primary = l.is_primary or excluded.is_primary
     returning l.id', link_table, owner_kind || '_id', kind || '_id') into link using workspace, owner, point, link_label, primary_point;
  return jsonb_build_object('id', point, 'link_id', link, 'is_new', is_new, 'sharers', private.point_sharers(workspace, kind, point));
end $$;

-- Takes a point from one owner of links. The point itself stays: its state (opted out, do not call) must outlive a link.
create function public.unlink_point(workspace uuid, owner_kind text, owner uuid, kind text, point uuid) returns boolean
language plpgsql set search_path = ''
as $$
declare
  link_table text := case kind when 'linkedin' then 'person_linkedin' else owner_kind || '_' || kind || 's' end;
  was_primary boolean;
begin
  if owner_kind not in ('person', 'organization', 'property') or kind not in ('phone', 'email', 'linkedin')
     or to_regclass('public.' || link_table) is null then return false; end if;
  execute format('delete from public.%I where workspace_id = $1 and %I = $2 and %I = $3 returning is_primary', link_table, owner_kind || '_id', kind || '_id')
    into was_primary using workspace, owner, point;
  if was_primary then
    execute format('update public.%1$I set is_primary = true where id = (select x.id from public.%1$I x where x.workspace_id = $1 and x.%2$I = $2 order by x.created_at limit 1)',
      link_table, owner_kind || '_id') using workspace, owner;
  end if;
  return was_primary is not null;
end $$;

-- Links an organization to a person by its id, or by its name: the one of exactly that name, else a new one.
create function private.find_or_create_organization(workspace uuid, organization jsonb) returns uuid
language plpgsql set search_path = ''
as $$
declare found uuid := (organization ->> 'id')::uuid;
begin
  if found is not null then return found; end if;
  select o.id into found from public.organizations o
   where o.workspace_id = workspace and o.deleted_at is null and o.normalized_name = private.normalize_text(organization ->> 'name')
   order by o.created_at, o.id limit 1;
  if found is null then
    insert into public.organizations (workspace_id, name, sources) values (workspace, btrim(organization ->> 'name'), '{manual}') returning id into found;
  end if;
  return found;
end $$;
grant execute on function private.find_or_create_organization(uuid, jsonb) to authenticated;

-- Makes a person with organizations and contact points in one transaction.
-- { first_name, last_name, title, lead_status, contact_types, tags, city, state, assigned_to,
--   organizations: [{ id | name, title }], phones: [{ value, label, line_type }], emails: [{ value, label }], linkedin: [{ value }] }
create function public.create_person(workspace uuid, person jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  created uuid;
  item record;
  linked jsonb := '[]';
begin
  insert into public.people (workspace_id, first_name, last_name, title, lead_status, contact_types, tags, city, state, assigned_to, sources)
  values (workspace, person ->> 'first_name', person ->> 'last_name', person ->> 'title', coalesce(person ->> 'lead_status', 'new'),
    coalesce(private.filter_array(person, 'contact_types'), '{}'), coalesce(private.filter_array(person, 'tags'), '{}'),
    person ->> 'city', person ->> 'state', (person ->> 'assigned_to')::uuid, '{manual}')
  returning id into created;
  for item in select e.value, e.ordinality from jsonb_array_elements(coalesce(person -> 'organizations', '[]')) with ordinality e loop
    insert into public.person_organizations (workspace_id, person_id, organization_id, title, is_primary)
    values (workspace, created, private.find_or_create_organization(workspace, item.value), item.value ->> 'title', item.ordinality = 1)
    on conflict do nothing;
  end loop;
  for item in
    select k.kind, e.value from (values ('phone', 'phones'), ('email', 'emails'), ('linkedin', 'linkedin')) k(kind, key),
      jsonb_array_elements(coalesce(person -> k.key, '[]')) with ordinality e order by k.kind, e.ordinality
  loop
    linked := linked || (public.link_point(workspace, 'person', created, item.kind, item.value ->> 'value', item.value ->> 'label', false, item.value ->> 'line_type')
      || jsonb_build_object('kind', item.kind, 'value', item.value ->> 'value'));
  end loop;
  return jsonb_build_object('id', created, 'points', linked);
end $$;

-- One timeline: activities, notes, and the imports that spoke of the record, the newest first. Page on with `before`.
create function public.list_timeline(workspace uuid, subject text, subject_id uuid, before timestamptz default null, page_size integer default 30) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare result jsonb;
begin
  if subject not in ('person', 'organization', 'property', 'owner') then
    raise exception 'There is no timeline of a %', subject using errcode = 'PT400';
  end if;
  execute format($q$
    select coalesce(jsonb_agg(to_jsonb(x) order by x.at desc, x.id), '[]') from (
      (select a.id, a.kind, a.occurred_at as at, a.channel, a.direction, a.subject, a.body, a.outcome, a.sentiment, a.next_step_at, a.details,
              a.performed_by as actor_id, (select p.full_name from public.profiles p where p.user_id = a.performed_by) as actor, null::timestamptz as edited_at
         from public.activities a
        where a.workspace_id = $1 and a.%1$I = $2 and a.occurred_at < coalesce($3, 'infinity') order by a.occurred_at desc limit $4)
      union all
      (select n.id, 'note', n.created_at, null, null, null, n.body, null, null, null, '{}',
              n.author_id, (select p.full_name from public.profiles p where p.user_id = n.author_id), nullif(n.updated_at, n.created_at)
         from public.notes n
        where n.workspace_id = $1 and n.%1$I = $2 and n.created_at < coalesce($3, 'infinity') order by n.created_at desc limit $4)
      union all
      (select i.id, 'import', e.created_at, null, null, i.file_name, null, null, null, null,
              jsonb_build_object('import_id', i.id, 'action', e.action, 'line', e.line),
              i.created_by, (select p.full_name from public.profiles p where p.user_id = i.created_by), null
         from public.import_entities e join public.imports i on i.workspace_id = e.workspace_id and i.id = e.import_id
        where e.workspace_id = $1 and e.entity_id = $2 and e.action <> 'skipped' and i.status <> 'undone'
          and e.created_at < coalesce($3, 'infinity') order by e.created_at desc limit $4)
      order by 3 desc limit $4) x $q$, subject || '_id')
  into result using workspace, subject_id, before, least(page_size, 100);
  return result;
end $$;

create table public.bulk_changes (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  entity text not null check (entity in ('people', 'organizations', 'properties')),
  change jsonb not null,
  -- record id → { column: [value before, value after] }
  rows jsonb not null,
  created_by uuid not null references public.profiles (user_id) on delete cascade,
  created_at timestamptz not null default now(),
  undone_at timestamptz,
  unique (workspace_id, id)
);
create index bulk_changes_created_by_idx on public.bulk_changes (created_by);
create index bulk_changes_workspace_idx on public.bulk_changes (workspace_id, created_at desc);
alter table public.bulk_changes enable row level security;
grant select, insert, update (undone_at) on public.bulk_changes to authenticated;
create policy bulk_changes_select on public.bulk_changes for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
create policy bulk_changes_insert on public.bulk_changes for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
create policy bulk_changes_update on public.bulk_changes for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()))
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));

-- Applies { add_tags, remove_tags, assigned_to, lead_status | status, deleted } to many records at once.
-- Returns { id, changed }: `id` takes it back through undo_bulk().
create function public.bulk_update(workspace uuid, entity text, ids uuid[], change jsonb) returns jsonb
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
  if entity not in ('people', 'organizations', 'properties') then raise exception 'Unknown kind of record' using errcode = 'PT400'; end if;
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

-- Puts back what a bulk change did, except where somebody has changed the same value since or taken the place of a deleted
-- record. Returns { restored, kept }.
create function public.undo_bulk(workspace uuid, bulk uuid) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  done public.bulk_changes;
  key text;
  restored integer;
  columns text[];
begin
  select * into done from public.bulk_changes b where b.workspace_id = workspace and b.id = bulk and b.undone_at is null for update;
  if not found then raise exception 'There is nothing to undo' using errcode = 'PT404'; end if;
  -- named here, never taken from the row: what is put together below is SQL
  columns := array(
    select c from unnest(array['tags', 'assigned_to', 'lead_status', 'status', 'deleted_at']) c
     where exists (select 1 from jsonb_each(done.rows) r where r.value ? c));
  if columns = '{}' then raise exception 'There is nothing to undo' using errcode = 'PT404'; end if;
  execute format($q$
    update public.%1$I t set %2$s
      from jsonb_each($1) r
     where t.workspace_id = $2 and t.id = r.key::uuid and %3$s %4$s $q$,
    done.entity,
    (select string_agg(case c
        when 'tags' then 'tags = array(select jsonb_array_elements_text(r.value #> ''{tags,0}''))'
        when 'assigned_to' then 'assigned_to = (r.value #>> ''{assigned_to,0}'')::uuid'
        when 'deleted_at' then 'deleted_at = (r.value #>> ''{deleted_at,0}'')::timestamptz'
        else format('%1$I = r.value #>> ''{%1$s,0}''', c) end, ', ') from unnest(columns) c),
    (select string_agg(format('to_jsonb(t) -> %1$L = r.value #> ''{%2$s,1}''', c, c), ' and ') from unnest(columns) c),
    -- a deleted record whose place another one has taken since stays deleted; the others come back
    case when 'deleted_at' <> all (columns) then '' when done.entity = 'properties' then
      'and not exists (select 1 from public.properties x where x.workspace_id = t.workspace_id and x.deleted_at is null and x.id <> t.id
         and x.normalized_name = t.normalized_name and x.normalized_address = t.normalized_address)'
    when done.entity = 'people' then
      'and not exists (select 1 from public.people x where x.workspace_id = t.workspace_id and x.deleted_at is null and x.id <> t.id
         and x.source_key = t.source_key)' end)
  using done.rows, workspace;
  get diagnostics restored = row_count;
  update public.bulk_changes set undone_at = now() where id = bulk;
  return jsonb_build_object('restored', restored, 'kept', (select count(*) from jsonb_object_keys(done.rows)) - restored);
end $$;

-- Who shares a point, for the card that opens on its icon.
create function public.get_point_sharers(workspace uuid, kind text, point uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.point_sharers(workspace, kind, point) $$;

grant execute on function private.filter_array(jsonb, text) to authenticated;
grant execute on function private.normalize_text(text), private.normalize_address(text), private.hash_token(text), private.request_id() to authenticated;
grant execute on function public.get_person(uuid, uuid), public.get_organization(uuid, uuid), public.get_property(uuid, uuid),
  public.link_point(uuid, text, uuid, text, text, text, boolean, text), public.unlink_point(uuid, text, uuid, text, uuid),
  public.create_person(uuid, jsonb), public.list_timeline(uuid, text, uuid, timestamptz, integer),
  public.bulk_update(uuid, text, uuid[], jsonb), public.undo_bulk(uuid, uuid), public.get_point_sharers(uuid, text, uuid) to authenticated;
