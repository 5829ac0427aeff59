-- Why: an owner is made once, opened whole in one round trip, and reached through one form that knows everybody behind it.
-- Touches: functions only.

-- Live parties behind an e-mail or a phone.
create function private.parties_of_point(workspace uuid, point_kind text, value text)
returns table (party_kind text, party uuid, name text, normalized_name text)
language plpgsql stable set search_path = ''
as $$
begin
  if point_kind = 'email' then
    return query
      select 'person', p.id, p.display_name, p.normalized_name from public.emails e
        join public.person_emails l on l.workspace_id = e.workspace_id and l.email_id = e.id
        join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
       where e.workspace_id = workspace and e.address = value
      union all
      select 'organization', o.id, o.name, o.normalized_name from public.emails e
        join public.organization_emails l on l.workspace_id = e.workspace_id and l.email_id = e.id
        join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
       where e.workspace_id = workspace and e.address = value;
  else
    return query
      select 'person', p.id, p.display_name, p.normalized_name from public.phones e
        join public.person_phones l on l.workspace_id = e.workspace_id and l.phone_id = e.id
        join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
       where e.workspace_id = workspace and e.e164 = value
      union all
      select 'organization', o.id, o.name, o.normalized_name from public.phones e
        join public.organization_phones l on l.workspace_id = e.workspace_id and l.phone_id = e.id
        join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
       where e.workspace_id = workspace and e.e164 = value;
  end if;
end $$;
grant execute on function private.parties_of_point(uuid, text, text) to authenticated;

-- The one party that a point means: of the kind that is looked for where there is one, and where several share it, the one of
-- the name. { kind, id, name }, or { several: [names] } where it can't be told, or null where nobody has it.
create function private.party_of_point(workspace uuid, point_kind text, value text, wanted_kind text, called text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  found jsonb;
  named jsonb;
begin
  if value is null then return null; end if;
  select coalesce(jsonb_agg(jsonb_build_object('kind', p.party_kind, 'id', p.party, 'name', p.name) order by p.name) filter (where p.party_kind = wanted_kind),
                  jsonb_agg(jsonb_build_object('kind', p.party_kind, 'id', p.party, 'name', p.name) order by p.name)),
         coalesce(jsonb_agg(jsonb_build_object('kind', p.party_kind, 'id', p.party, 'name', p.name)) filter (where p.party_kind = wanted_kind and p.normalized_name = private.normalize_text(called)),
                  jsonb_agg(jsonb_build_object('kind', p.party_kind, 'id', p.party, 'name', p.name)) filter (where p.normalized_name = private.normalize_text(called)))
    into found, named
    from private.parties_of_point(workspace, point_kind, value) p;
  if jsonb_array_length(found) = 1 then return found -> 0; end if;
  if jsonb_array_length(named) = 1 then return named -> 0; end if;
  return case when found is not null then jsonb_build_object('several', (select jsonb_agg(f -> 'name') from jsonb_array_elements(found) f)) end;
end $$;
grant execute on function private.party_of_point(uuid, text, text, text, text) to authenticated;

-- Makes an owner: { name, first_name, last_name, kind, email, phone, line_type, assigned_to, person_id | organization_id }.
-- An e-mail or phone that is known finds the party, and so does the exact name of an organization; never the name of a person.
-- One owner a party: the one there is comes back. Two who make the same owner at once end with one.
-- Returns { id, created, found: null | { by: email|phone|name, kind, id, name } }, or { unclear: { field, names } } where an e-mail or
-- phone is behind several, or the two are behind different parties.
create function public.create_owner(workspace uuid, owner jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  wanted_kind constant text := case when owner ->> 'kind' = 'individual' then 'person' else 'organization' end;
  by_email jsonb;
  by_phone jsonb;
  party jsonb;
  found jsonb;
  party_id uuid;
  made uuid;
  is_new boolean := false;
  point record;
begin
  -- in one order for all, so that nobody waits for somebody who waits for them
  perform pg_advisory_xact_lock(hashtextextended(k, 0))
    from (select 'owner:' || workspace || ':' || x as k
            from unnest(array[owner ->> 'email', owner ->> 'phone', case when wanted_kind = 'organization' then private.normalize_text(owner ->> 'name') end]) x
           where x is not null order by 1) keys;

  if owner ->> 'person_id' is not null then
    select jsonb_build_object('kind', 'person', 'id', p.id, 'name', p.display_name) into party
      from public.people p where p.workspace_id = workspace and p.id = (owner ->> 'person_id')::uuid and p.deleted_at is null;
    if party is null then raise exception 'Not found' using errcode = 'PT404'; end if;
  elsif owner ->> 'organization_id' is not null then
    select jsonb_build_object('kind', 'organization', 'id', o.id, 'name', o.name) into party
      from public.organizations o where o.workspace_id = workspace and o.id = (owner ->> 'organization_id')::uuid and o.deleted_at is null;
    if party is null then raise exception 'Not found' using errcode = 'PT404'; end if;
  else
    by_email := private.party_of_point(workspace, 'email', owner ->> 'email', wanted_kind, owner ->> 'name');
    by_phone := private.party_of_point(workspace, 'phone', owner ->> 'phone', wanted_kind, owner ->> 'name');
    -- what one of the two can't tell the other may
    if by_email ? 'several' and not coalesce(by_phone ? 'id', false) then
      return jsonb_build_object('unclear', jsonb_build_object('field', 'email', 'names', by_email -> 'several'));
    elsif by_phone ? 'several' and not coalesce(by_email ? 'id', false) then
      return jsonb_build_object('unclear', jsonb_build_object('field', 'phone', 'names', by_phone -> 'several'));
    elsif by_email ->> 'id' <> by_phone ->> 'id' then
      return jsonb_build_object('unclear', jsonb_build_object('field', 'both', 'names', jsonb_build_array(by_email -> 'name', by_phone -> 'name')));
    end if;
    if by_email ? 'id' then found := by_email || '{"by": "email"}';
    elsif by_phone ? 'id' then found := by_phone || '{"by": "phone"}';
    elsif wanted_kind = 'organization' then
      select jsonb_build_object('by', 'name', 'kind', 'organization', 'id', o.id, 'name', o.name) into found
        from public.organizations o
       where o.workspace_id = workspace and o.deleted_at is null and o.normalized_name = private.normalize_text(owner ->> 'name')
       order by o.created_at, o.id limit 1;
    end if;
    party := found;
  end if;

  if party is null then
    if wanted_kind = 'person' then
      insert into public.people (workspace_id, first_name, last_name, contact_types, sources)
      values (workspace, owner ->> 'first_name', owner ->> 'last_name', '{owner}', '{manual}') returning id into party_id;
    else
      insert into public.organizations (workspace_id, name, kind, sources)
      values (workspace, owner ->> 'name', case owner ->> 'kind' when 'pm_company' then 'property_manager' else 'owner_llc' end, '{manual}')
      returning id into party_id;
    end if;
    party := jsonb_build_object('kind', wanted_kind, 'id', party_id, 'name', owner ->> 'name');
  end if;
  party_id := (party ->> 'id')::uuid;
  -- what is known of the party already stays; what is new is linked to it
  for point in select k.kind, owner ->> k.kind as value from (values ('email'), ('phone')) k(kind) where owner ->> k.kind is not null loop
    if not exists (select 1 from private.parties_of_point(workspace, point.kind, point.value) p where p.party = party_id) then
      perform public.link_point(workspace, party ->> 'kind', party_id, point.kind, point.value, null, false,
        case point.kind when 'phone' then owner ->> 'line_type' end);
    end if;
  end loop;

  insert into public.owners (workspace_id, kind, person_id, organization_id, legal_name, display_name, assigned_to, created_by)
  values (workspace,
    case when party ->> 'kind' = 'person' then 'individual' when owner ->> 'kind' = 'pm_company' then 'pm_company' else 'llc' end,
    case when party ->> 'kind' = 'person' then party_id end, case when party ->> 'kind' = 'organization' then party_id end,
    left(party ->> 'name', 300), left(coalesce(party ->> 'name', 'Unnamed'), 300), (owner ->> 'assigned_to')::uuid, (select auth.uid()))
  on conflict do nothing returning id into made;
  is_new := made is not null;
  if made is null then
    select o.id into made from public.owners o
     where o.workspace_id = workspace and case when party ->> 'kind' = 'person' then o.person_id = party_id else o.organization_id = party_id end;
    update public.owners o set deleted_at = null where o.workspace_id = workspace and o.id = made and o.deleted_at is not null;
  end if;
  return jsonb_build_object('id', made, 'created', is_new, 'name', party -> 'name', 'found', found);
end $$;

-- Adds somebody who speaks for an owner: { person_id | first_name, last_name, email, phone, line_type } with { role, preferred_channel,
-- notes }. A known e-mail or phone finds the person, as it does for owners. Repeating it changes role, channel and notes.
-- Returns { id, person_id, found }.
create function public.add_owner_contact(workspace uuid, owner uuid, contact jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  who uuid := (contact ->> 'person_id')::uuid;
  party jsonb;
  point record;
  made uuid;
begin
  if who is null then
    party := coalesce(
      nullif(private.party_of_point(workspace, 'email', contact ->> 'email', 'person', contact ->> 'name'), 'null'),
      private.party_of_point(workspace, 'phone', contact ->> 'phone', 'person', contact ->> 'name'));
    if party ? 'several' then
      return jsonb_build_object('unclear', jsonb_build_object('field', case when contact ->> 'email' is null then 'phone' else 'email' end, 'names', party -> 'several'));
    end if;
    -- an organization's own number is no person: somebody new shares it
    if party ->> 'kind' = 'organization' then party := null; end if;
    who := (party ->> 'id')::uuid;
  end if;
  if who is null then
    insert into public.people (workspace_id, first_name, last_name, sources)
    values (workspace, contact ->> 'first_name', contact ->> 'last_name', '{manual}') returning id into who;
  end if;
  for point in select k.kind, contact ->> k.kind as value from (values ('email'), ('phone')) k(kind) where contact ->> k.kind is not null loop
    if not exists (select 1 from private.parties_of_point(workspace, point.kind, point.value) p where p.party = who) then
      perform public.link_point(workspace, 'person', who, point.kind, point.value, null, false, case point.kind when 'phone' then contact ->> 'line_type' end);
    end if;
  end loop;
  insert into public.owner_contacts as c (workspace_id, owner_id, person_id, role, preferred_channel, notes)
  values (workspace, owner, who, contact ->> 'role', contact ->> 'preferred_channel', contact ->> 'notes')
  on conflict (workspace_id, owner_id, person_id) do update
    set role = excluded.role, preferred_channel = excluded.preferred_channel, notes = excluded.notes
  returning c.id into made;
  return jsonb_build_object('id', made, 'person_id', who, 'found', party);
end $$;

-- What happened with an owner: what is about it, and what is about the person or organization it stands on. As list_timeline,
-- with the property each entry is about and whether its next step is still open.
create function private.owner_timeline(workspace uuid, owner uuid, older_than timestamptz, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  party record;
begin
  perform private.assert_member(workspace);
  select o.person_id, o.organization_id into party from public.owners o where o.workspace_id = workspace and o.id = owner;
  return (
    with mine as (
      (select a.* from public.activities a where a.workspace_id = workspace and a.owner_id = owner and a.occurred_at < coalesce(older_than, 'infinity')
        order by a.occurred_at desc limit page_size)
      union
      (select a.* from public.activities a where a.workspace_id = workspace and a.person_id = party.person_id and a.occurred_at < coalesce(older_than, 'infinity')
        order by a.occurred_at desc limit page_size)
      union
      (select a.* from public.activities a where a.workspace_id = workspace and a.organization_id = party.organization_id and a.occurred_at < coalesce(older_than, 'infinity')
        order by a.occurred_at desc limit page_size)),
    written as (
      (select n.* from public.notes n where n.workspace_id = workspace and n.owner_id = owner and n.created_at < coalesce(older_than, 'infinity')
        order by n.created_at desc limit page_size)
      union
      (select n.* from public.notes n where n.workspace_id = workspace and n.person_id = party.person_id and n.created_at < coalesce(older_than, 'infinity')
        order by n.created_at desc limit page_size)
      union
      (select n.* from public.notes n where n.workspace_id = workspace and n.organization_id = party.organization_id and n.created_at < coalesce(older_than, 'infinity')
        order by n.created_at desc limit page_size)),
    entries as (
      select a.id, a.kind, a.occurred_at as at, a.channel, a.direction, a.subject, a.body, a.outcome, a.sentiment, a.next_step_at,
             a.next_step_closed_by is null as next_step_open, a.details, a.performed_by as actor_id, null::timestamptz as edited_at, a.property_id
        from mine a
      union all
      select n.id, 'note', n.created_at, null, null, null, n.body, null, null, null, null, '{}', n.author_id, nullif(n.updated_at, n.created_at), n.property_id
        from written n
      union all
      (select i.id, 'import', e.created_at, null, null, i.file_name, null, null, null, null, null,
              jsonb_build_object('import_id', i.id, 'action', e.action, 'line', e.line), i.created_by, null, null
         from public.import_entities e join public.imports i on i.workspace_id = e.workspace_id and i.id = e.import_id
        where e.workspace_id = workspace and e.entity_id = owner and e.action <> 'skipped' and i.status <> 'undone'
          and e.created_at < coalesce(older_than, 'infinity') order by e.created_at desc limit page_size)),
    page as (select * from entries order by at desc, id limit page_size)
    select coalesce(jsonb_agg(to_jsonb(x) - 'property_id' || jsonb_build_object(
        'actor', (select p.full_name from public.profiles p where p.user_id = x.actor_id),
        'property', (select jsonb_build_object('id', p.id, 'name', coalesce(p.name, p.address)) from public.properties p
           where p.workspace_id = workspace and p.id = x.property_id and p.deleted_at is null)) order by x.at desc, x.id), '[]')
      from page x);
end $$;
grant execute on function private.owner_timeline(uuid, uuid, timestamptz, integer) to authenticated;
create function public.list_owner_timeline(workspace uuid, owner uuid, before timestamptz default null, page_size integer default 30) returns jsonb
language sql stable set search_path = '' as $$ select private.owner_timeline(workspace, owner, before, least(page_size, 100)) $$;

-- An owner with all that its page shows, in one round trip. Null: no such owner here. A deleted one is found, with deleted_at set.
create function private.get_owner_bundle(workspace uuid, owner uuid, timeline_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  found public.owners;
  party_kind text;
  open_tasks integer := 0;
begin
  perform private.assert_member(workspace);
  select o.* into found from public.owners o where o.workspace_id = workspace and o.id = owner;
  if found.id is null then return null; end if;
  party_kind := case when found.person_id is null then 'organization' else 'person' end;
  -- by name: tasks come with a later migration
  if to_regclass('public.tasks') is not null then
    execute 'select count(*) from public.tasks t where t.workspace_id = $1 and t.owner_id = $2 and t.status = ''open''' into open_tasks using workspace, owner;
  end if;
  return jsonb_build_object(
    'owner', to_jsonb(found) - 'workspace_id' - 'normalized_name' - 'let_go',
    'party', jsonb_build_object('kind', party_kind, 'id', coalesce(found.person_id, found.organization_id))
      || case party_kind
           when 'person' then (select jsonb_build_object('name', p.display_name, 'title', p.title, 'city', p.city, 'state', p.state, 'deleted_at', p.deleted_at)
             from public.people p where p.workspace_id = workspace and p.id = found.person_id)
           else (select jsonb_build_object('name', o.name, 'title', null, 'city', o.city, 'state', o.state, 'deleted_at', o.deleted_at)
             from public.organizations o where o.workspace_id = workspace and o.id = found.organization_id) end
      || private.record_points(workspace, party_kind, coalesce(found.person_id, found.organization_id)),
    'contacts', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'person_id', p.id, 'name', p.display_name, 'title', p.title, 'role', c.role,
        'preferred_channel', c.preferred_channel, 'notes', c.notes) || private.brief_points(workspace, 'person', p.id)
        order by array_position(array['owner', 'pm', 'assistant', 'broker'], c.role), p.normalized_name, c.id), '[]')
      from (select * from public.owner_contacts c where c.workspace_id = workspace and c.owner_id = owner limit 100) c
      join public.people p on p.workspace_id = c.workspace_id and p.id = c.person_id and p.deleted_at is null),
    'properties', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', coalesce(t.name, t.address), 'address', t.address, 'city', t.city, 'state', t.state, 'zip', t.zip, 'units', t.units,
        'card', (select jsonb_build_object('id', v.id, 'stage', s.name, 'result', v.result, 'score', v.score, 'assigned_to', v.assigned_to, 'stage_entered_at', v.stage_entered_at, 'sla_breached_at', v.sla_breached_at)
          from public.verifications v join public.pipeline_stages s on s.workspace_id = v.workspace_id and s.id = v.stage_id
         where v.workspace_id = workspace and v.property_id = t.id and v.deleted_at is null
         order by v.result <> 'open', v.stage_entered_at desc limit 1)) order by t.normalized_name, t.id), '[]')
      from (select * from public.properties t where t.workspace_id = workspace and t.owner_id = owner and t.deleted_at is null order by t.normalized_name limit 200) t),
    'threads', (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'conversation_id', h.conversation_id, 'subject', c.subject, 'last_message_at', c.last_message_at, 'property_id', h.property_id,
        'last_message', (select m.body from public.messages m where m.workspace_id = workspace and m.conversation_id = c.id order by m.created_at desc, m.id desc limit 1))
        order by c.last_message_at desc nulls last, h.created_at desc), '[]')
      from public.owner_threads h join public.conversations c on c.workspace_id = h.workspace_id and c.id = h.conversation_id
     where h.workspace_id = workspace and h.owner_id = owner),
    'open_tasks', open_tasks,
    -- whose entries of the timeline are their own
    'viewer', auth.uid(),
    'timeline', private.owner_timeline(workspace, owner, null, timeline_size));
end $$;
grant execute on function private.get_owner_bundle(uuid, uuid, integer) to authenticated;
create function public.get_owner_bundle(workspace uuid, owner uuid, timeline_size integer default 51) returns jsonb
language sql stable set search_path = '' as $$ select private.get_owner_bundle(workspace, owner, least(greatest(timeline_size, 1), 100)) $$;

grant execute on function public.create_owner(uuid, jsonb), public.add_owner_contact(uuid, uuid, jsonb),
  public.list_owner_timeline(uuid, uuid, timestamptz, integer), public.get_owner_bundle(uuid, uuid, integer) to authenticated;
