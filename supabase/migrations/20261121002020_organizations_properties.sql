-- Why: organizations and properties are made by hand with their points, people and roles in one transaction; who owns a
-- property follows from the role that people link to it.
-- Touches: functions; triggers on property_people, property_organizations, people and organizations. All run with the
-- caller's rights, under row level security.

-- A person by id, or a new one by name. Never by likeness: two people may share a name.
create function private.person_of(workspace uuid, person jsonb) returns uuid
language plpgsql set search_path = ''
as $$
declare found uuid := (person ->> 'id')::uuid;
begin
  if found is null then
    insert into public.people (workspace_id, first_name, last_name, title, sources)
    values (workspace, person ->> 'first_name', person ->> 'last_name', person ->> 'title', '{manual}') returning id into found;
  end if;
  return found;
end $$;
grant execute on function private.person_of(uuid, jsonb) to authenticated;

-- The organization that a new one of this name would be a double of: the same normalised name, and the same state where
-- both name one (the rule of imports). Null: none.
create function public.find_organization(workspace uuid, organization_name text, organization_state text default null) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', o.id, 'name', o.name) from public.organizations o
   where o.workspace_id = workspace and o.deleted_at is null and o.normalized_name = private.normalize_text(organization_name)
     and (organization_state is null or o.state is null or upper(o.state) = upper(organization_state))
   order by o.created_at, o.id limit 1
$$;

-- The live property of this name and address, the identity that its unique index holds. Null: none.
create function public.find_property(workspace uuid, property_name text, property_address text, property_city text,
  except_id uuid default null) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', t.id, 'name', coalesce(t.name, t.address)) from public.properties t
   where t.workspace_id = workspace and t.deleted_at is null and t.id is distinct from except_id
     and t.normalized_name = private.normalize_text(property_name)
     and t.normalized_address = btrim(private.normalize_address(property_address) || ' | ' || private.normalize_text(property_city))
$$;

-- Links a person to an organization with a title. { id } or { first_name, last_name } of somebody new.
create function public.link_organization_person(workspace uuid, organization uuid, person jsonb, person_title text default null) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  who uuid := private.person_of(workspace, person || jsonb_strip_nulls(jsonb_build_object('title', person_title)));
  link uuid;
begin
  insert into public.person_organizations as l (workspace_id, person_id, organization_id, title, is_primary)
  values (workspace, who, organization, person_title,
    not exists (select 1 from public.person_organizations x where x.workspace_id = workspace and x.person_id = who and x.is_primary))
  on conflict (workspace_id, person_id, organization_id) do update set title = coalesce(excluded.title, l.title)
  returning l.id into link;
  return jsonb_build_object('link_id', link, 'id', who);
end $$;

-- Links a person or an organization to a property in a role. An organization may be named by { id } or { name }.
create function public.link_property_party(workspace uuid, property uuid, party_kind text, party jsonb, party_role text) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  who uuid;
  link uuid;
begin
  if party_kind = 'person' then
    who := private.person_of(workspace, party);
    insert into public.property_people as l (workspace_id, property_id, person_id, role) values (workspace, property, who, party_role)
    on conflict (workspace_id, property_id, person_id, role) do update set role = l.role returning l.id into link;
  elsif party_kind = 'organization' then
    who := private.find_or_create_organization(workspace, party);
    insert into public.property_organizations as l (workspace_id, property_id, organization_id, role) values (workspace, property, who, party_role)
    on conflict (workspace_id, property_id, organization_id, role) do update set role = l.role returning l.id into link;
  else
    raise exception 'A property has people and organizations' using errcode = 'PT400';
  end if;
  return jsonb_build_object('link_id', link, 'id', who);
end $$;

-- The phones and e-mails of a new record, linked in their order. Each with everybody else behind it.
create function private.link_points(workspace uuid, owner_kind text, owner uuid, record jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  item record;
  linked jsonb := '[]';
begin
  for item in
    select k.kind, e.value from (values ('phone', 'phones'), ('email', 'emails')) k(kind, key),
      jsonb_array_elements(coalesce(record -> k.key, '[]')) with ordinality e order by k.kind, e.ordinality
  loop
    linked := linked || (public.link_point(workspace, owner_kind, owner, item.kind, item.value ->> 'value', item.value ->> 'label', false, item.value ->> 'line_type')
      || jsonb_build_object('kind', item.kind, 'value', item.value ->> 'value'));
  end loop;
  return linked;
end $$;
grant execute on function private.link_points(uuid, text, uuid, jsonb) to authenticated;

-- Makes an organization with phones, e-mails and people: { name, kind, ..., phones: [{ value, label, line_type }],
-- emails: [{ value, label }], people: [{ id | first_name, last_name, title }] }.
create function public.create_organization(workspace uuid, organization jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  made uuid;
  item jsonb;
begin
  insert into public.organizations (workspace_id, name, kind, category, website, domain, address, city, state, zip, country, aum,
    year_founded, investment_prefs, about, industry, status, tags, assigned_to, sources)
  values (workspace, organization ->> 'name', organization ->> 'kind', organization ->> 'category', organization ->> 'website',
    organization ->> 'domain', organization ->> 'address', organization ->> 'city', organization ->> 'state', organization ->> 'zip',
    organization ->> 'country', organization ->> 'aum', organization ->> 'year_founded', organization ->> 'investment_prefs',
    organization ->> 'about', organization ->> 'industry', coalesce(organization ->> 'status', 'active'),
    coalesce(private.filter_array(organization, 'tags'), '{}'), (organization ->> 'assigned_to')::uuid, '{manual}')
  returning id into made;
  for item in select value from jsonb_array_elements(coalesce(organization -> 'people', '[]')) loop
    perform public.link_organization_person(workspace, made, item, item ->> 'title');
  end loop;
  return jsonb_build_object('id', made, 'points', private.link_points(workspace, 'organization', made, organization));
end $$;

-- Makes a property with its own phones and the parties behind it: { name, address, ..., phones: [...],
-- people: [{ id | first_name, last_name, role }], organizations: [{ id | name, role }] }.
-- Where one of its name and address exists, nothing is made and that one is returned: { existing: { id, name } }.
create function public.create_property(workspace uuid, property jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  made uuid;
  item record;
begin
  insert into public.properties (workspace_id, name, address, city, county, state, zip, market, submarket, units, sqft,
    completion_date, tags, assigned_to, sources)
  values (workspace, property ->> 'name', property ->> 'address', property ->> 'city', property ->> 'county', property ->> 'state',
    property ->> 'zip', property ->> 'market', property ->> 'submarket', (property ->> 'units')::integer, (property ->> 'sqft')::bigint,
    property ->> 'completion_date', coalesce(private.filter_array(property, 'tags'), '{}'), (property ->> 'assigned_to')::uuid, '{manual}')
  on conflict (workspace_id, normalized_name, normalized_address) where deleted_at is null do nothing
  returning id into made;
  if made is null then
    return jsonb_build_object('existing',
      public.find_property(workspace, property ->> 'name', property ->> 'address', property ->> 'city'));
  end if;
  -- organizations first: where a firm and its contact are both named as owner, the firm is the party that owns
  for item in
    select k.kind, e.value from (values (1, 'organization', 'organizations'), (2, 'person', 'people')) k(place, kind, key),
      jsonb_array_elements(coalesce(property -> k.key, '[]')) with ordinality e order by k.place, e.ordinality
  loop
    perform public.link_property_party(workspace, made, item.kind, item.value, item.value ->> 'role');
  end loop;
  return jsonb_build_object('id', made, 'points', private.link_points(workspace, 'property', made, property));
end $$;

-- Who owns a property follows its links in the role of owner. Imports name the owner themselves and have no auth.uid().
create function private.name_owner() returns trigger
language plpgsql set search_path = ''
as $$
declare
  person uuid := (to_jsonb(new) ->> 'person_id')::uuid;
  organization uuid := (to_jsonb(new) ->> 'organization_id')::uuid;
  party uuid;
begin
  if person is not null then
    insert into public.owners (workspace_id, kind, person_id, legal_name, display_name)
    select new.workspace_id, 'individual', p.id, p.display_name, coalesce(p.display_name, 'Unnamed') from public.people p
     where p.workspace_id = new.workspace_id and p.id = person
    on conflict do nothing;
    select o.id into party from public.owners o where o.workspace_id = new.workspace_id and o.person_id = person;
  else
    insert into public.owners (workspace_id, kind, organization_id, legal_name, display_name)
    select new.workspace_id, case when o.kind = 'property_manager' then 'pm_company' else 'llc' end, o.id, o.name, o.name
      from public.organizations o where o.workspace_id = new.workspace_id and o.id = organization
    on conflict do nothing;
    select o.id into party from public.owners o where o.workspace_id = new.workspace_id and o.organization_id = organization;
  end if;
  update public.properties set owner_id = party
   where workspace_id = new.workspace_id and id = new.property_id and owner_id is null;
  return null;
end $$;

-- The owner whose link is taken away gives place to the next one that is linked, or to nobody.
create function private.drop_owner() returns trigger
language plpgsql set search_path = ''
as $$
declare
  person uuid := (to_jsonb(old) ->> 'person_id')::uuid;
  organization uuid := (to_jsonb(old) ->> 'organization_id')::uuid;
begin
  update public.properties t set owner_id = (
    select o.id from public.owners o
     where o.workspace_id = old.workspace_id
       and (exists (select 1 from public.property_organizations l where l.workspace_id = old.workspace_id and l.property_id = old.property_id
                      and l.role = 'owner' and l.organization_id = o.organization_id)
         or exists (select 1 from public.property_people l where l.workspace_id = old.workspace_id and l.property_id = old.property_id
                      and l.role = 'owner' and l.person_id = o.person_id))
     order by o.organization_id is null, o.created_at limit 1)
   where t.workspace_id = old.workspace_id and t.id = old.property_id
     and t.owner_id in (select o.id from public.owners o where o.workspace_id = old.workspace_id
                          and (o.person_id = person or o.organization_id = organization));
  return null;
end $$;

-- An owner that was called as its party goes on being called so.
create function private.rename_owner() returns trigger
language plpgsql set search_path = ''
as $$
declare
  was text := coalesce(to_jsonb(old) ->> 'display_name', to_jsonb(old) ->> 'name');
  called text := coalesce(to_jsonb(new) ->> 'display_name', to_jsonb(new) ->> 'name', 'Unnamed');
begin
  update public.owners o set display_name = left(called, 300)
   where o.workspace_id = new.workspace_id and o.display_name = was
     and case when tg_table_name = 'people' then o.person_id else o.organization_id end = new.id;
  return null;
end $$;

create trigger name_owner after insert on public.property_people for each row
  when (new.role = 'owner' and auth.uid() is not null) execute function private.name_owner();
create trigger name_owner after insert on public.property_organizations for each row
  when (new.role = 'owner' and auth.uid() is not null) execute function private.name_owner();
create trigger drop_owner after delete on public.property_people for each row
  when (old.role = 'owner' and auth.uid() is not null) execute function private.drop_owner();
create trigger drop_owner after delete on public.property_organizations for each row
  when (old.role = 'owner' and auth.uid() is not null) execute function private.drop_owner();
create trigger rename_owner after update of first_name, last_name on public.people for each row
  when (old.display_name is distinct from new.display_name) execute function private.rename_owner();
create trigger rename_owner after update of name on public.organizations for each row
  when (old.name is distinct from new.name) execute function private.rename_owner();

grant execute on function public.find_organization(uuid, text, text), public.find_property(uuid, text, text, text, uuid),
  public.link_organization_person(uuid, uuid, jsonb, text), public.link_property_party(uuid, uuid, text, jsonb, text),
  public.create_organization(uuid, jsonb), public.create_property(uuid, jsonb) to authenticated;
