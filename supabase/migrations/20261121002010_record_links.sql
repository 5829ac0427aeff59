-- Why: what the pages of people, organizations and properties do with links in one transaction: replace a point, look one up
-- before it is saved, link an organization by its name, bring a deleted note back.
-- Touches: functions only.

-- Who stands behind a value that somebody is about to save, or null where nobody does: { id, sharers }.
create function public.find_point(workspace uuid, kind text, value text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare point uuid;
begin
  if kind = 'phone' then
    select p.id into point from public.phones p where p.workspace_id = workspace and p.e164 = value;
  elsif kind = 'email' then
    select e.id into point from public.emails e where e.workspace_id = workspace and e.address = value;
  elsif kind = 'linkedin' then
    select l.id into point from public.linkedin_profiles l where l.workspace_id = workspace and l.url = value;
  end if;
  if point is null then return null; end if;
  return jsonb_build_object('id', point, 'sharers', private.point_sharers(workspace, kind, point));
end $$;

-- Changes one owner's link to a point: { label, is_primary: true, value }. A new value links another point in its place and
-- leaves the old point, with its state, to whoever else has it. Null: there is no such link.
create function public.update_point_link(workspace uuid, owner_kind text, owner uuid, kind text, point uuid, change jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  link_table text := case kind when 'linkedin' then 'person_linkedin' else owner_kind || '_' || kind || 's' end;
  owner_column text := owner_kind || '_id';
  point_column text := kind || '_id';
  link record;
  linked jsonb;
begin
  if owner_kind not in ('person', 'organization', 'property') or kind not in ('phone', 'email', 'linkedin')
     or (kind = 'linkedin' and owner_kind <> 'person') or to_regclass('public.' || link_table) is null then
    raise exception 'A % can''t have a %', owner_kind, kind using errcode = 'PT400';
  end if;
  execute format('select l.id, l.label, l.is_primary from public.%I l where l.workspace_id = $1 and l.%I = $2 and l.%I = $3 for update',
    link_table, owner_column, point_column) into link using workspace, owner, point;
  if link.id is null then return null; end if;

  if change ? 'value' then
    linked := public.link_point(workspace, owner_kind, owner, kind, change ->> 'value',
      case when change ? 'label' then change ->> 'label' else link.label end,
      link.is_primary or coalesce((change ->> 'is_primary')::boolean, false));
    if (linked ->> 'id')::uuid <> point then
      execute format('delete from public.%I where workspace_id = $1 and id = $2', link_table) using workspace, link.id;
    end if;
  else
    if (change ->> 'is_primary')::boolean then
      execute format('update public.%I set is_primary = false where workspace_id = $1 and %I = $2 and is_primary and id <> $3',
        link_table, owner_column) using workspace, owner, link.id;
      execute format('update public.%I set is_primary = true where workspace_id = $1 and id = $2', link_table) using workspace, link.id;
    end if;
    linked := jsonb_build_object('id', point, 'link_id', link.id, 'is_new', false, 'sharers', private.point_sharers(workspace, kind, point));
  end if;
  if change ? 'label' then
    execute format('update public.%I set label = $3 where workspace_id = $1 and id = $2', link_table)
      using workspace, (linked ->> 'link_id')::uuid, change ->> 'label';
  end if;
  return linked;
end $$;

-- Links a person to an organization: { id } or { name }, the one of exactly that name or a new one. A person's first
-- organization is the primary. Repeating it changes the title. Returns { link_id, organization_id }.
create function public.link_organization(workspace uuid, person uuid, organization jsonb, link_title text default null, primary_link boolean default false) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  found uuid := private.find_or_create_organization(workspace, organization);
  link uuid;
begin
  if primary_link then
    update public.person_organizations l set is_primary = false
     where l.workspace_id = workspace and l.person_id = person and l.is_primary;
  end if;
  insert into public.person_organizations as l (workspace_id, person_id, organization_id, title, is_primary)
  values (workspace, person, found, link_title, primary_link or not exists (
    select 1 from public.person_organizations x where x.workspace_id = workspace and x.person_id = person and x.is_primary))
  on conflict (workspace_id, person_id, organization_id) do update
    set title = coalesce(excluded.title, l.title), is_primary = l.is_primary or excluded.is_primary
  returning l.id into link;
  return jsonb_build_object('link_id', link, 'organization_id', found);
end $$;

-- Changes a link between a person and an organization: { title, is_primary: true }. False: there is no such link.
create function public.update_organization_link(workspace uuid, link uuid, change jsonb) returns boolean
language plpgsql set search_path = ''
as $$
declare person uuid;
begin
  select l.person_id into person from public.person_organizations l where l.workspace_id = workspace and l.id = link for update;
  if person is null then return false; end if;
  if (change ->> 'is_primary')::boolean then
    update public.person_organizations l set is_primary = false
     where l.workspace_id = workspace and l.person_id = person and l.is_primary and l.id <> link;
  end if;
  update public.person_organizations l
     set title = case when change ? 'title' then change ->> 'title' else l.title end,
         is_primary = l.is_primary or coalesce((change ->> 'is_primary')::boolean, false)
   where l.workspace_id = workspace and l.id = link;
  return true;
end $$;

-- Brings back a note that the caller deleted, as it was, from the audit log. Definer's rights: members can't read the log;
-- what comes back is only the caller's own deletion, and only while nothing it was about is gone. Null: nothing to bring back.
create function private.restore_note(workspace uuid, note uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare kept jsonb;
begin
  perform private.assert_member(workspace);
  select a.before into kept from public.audit_log a
   where a.workspace_id = workspace and a.entity_id = note and a.action = 'notes.deleted' and a.actor = auth.uid()
   order by a.at desc limit 1;
  if kept is null then return null; end if;
  insert into public.notes (id, workspace_id, body, author_id, person_id, organization_id, owner_id, property_id, created_at, updated_at)
  values (note, workspace, kept ->> 'body', (kept ->> 'author_id')::uuid, (kept ->> 'person_id')::uuid, (kept ->> 'organization_id')::uuid,
    (kept ->> 'owner_id')::uuid, (kept ->> 'property_id')::uuid, (kept ->> 'created_at')::timestamptz,
    -- a deletion and its undoing are no edit
    coalesce((select max(a.at) from public.audit_log a where a.workspace_id = workspace and a.entity_id = note and a.action = 'notes.updated'),
      (kept ->> 'created_at')::timestamptz))
  on conflict (id) do nothing;
  return note;
end $$;
grant execute on function private.restore_note(uuid, uuid) to authenticated;
create function public.restore_note(workspace uuid, note uuid) returns uuid
language sql set search_path = '' as $$ select private.restore_note(workspace, note) $$;

grant execute on function public.find_point(uuid, text, text), public.update_point_link(uuid, text, uuid, text, uuid, jsonb),
  public.link_organization(uuid, uuid, jsonb, text, boolean), public.update_organization_link(uuid, uuid, jsonb),
  public.restore_note(uuid, uuid) to authenticated;
