-- Why: an owner's page was put together by a statement that every connection planned anew for its first five requests, 40 ms each;
-- each contact's points were a call of their own, and the timeline carried whole rows through its unions to show fifty of them.
-- Touches: functions private.owner_timeline, get_owner_bundle and their public fronts; what they answer stays the same.

drop function public.list_owner_timeline(uuid, uuid, timestamptz, integer);
drop function public.get_owner_bundle(uuid, uuid, integer);
drop function private.get_owner_bundle(uuid, uuid, integer);
drop function private.owner_timeline(uuid, uuid, timestamptz, integer);

-- What happened with an owner: what is about it, and what is about the person or organization it stands on. As list_timeline,
-- with the property each entry is about and whether its next step is still open. The page is found first, as ids.
create function private.owner_timeline(workspace uuid, owner uuid, older_than timestamptz, page_size integer) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  party record;
  until_at timestamptz := coalesce(older_than, 'infinity');
begin
  perform private.assert_member(workspace);
  select o.person_id, o.organization_id into party from public.owners o where o.workspace_id = workspace and o.id = owner;
  return (
    with spots as (
      (select 'activity' as source, a.id, a.id as entry, a.occurred_at as at from public.activities a
        where a.workspace_id = workspace and a.owner_id = owner and a.occurred_at < until_at order by a.occurred_at desc limit page_size)
      union
      (select 'activity', a.id, a.id, a.occurred_at from public.activities a
        where a.workspace_id = workspace and a.person_id = party.person_id and a.occurred_at < until_at order by a.occurred_at desc limit page_size)
      union
      (select 'activity', a.id, a.id, a.occurred_at from public.activities a
        where a.workspace_id = workspace and a.organization_id = party.organization_id and a.occurred_at < until_at order by a.occurred_at desc limit page_size)
      union
      (select 'note', n.id, n.id, n.created_at from public.notes n
        where n.workspace_id = workspace and n.owner_id = owner and n.created_at < until_at order by n.created_at desc limit page_size)
      union
      (select 'note', n.id, n.id, n.created_at from public.notes n
        where n.workspace_id = workspace and n.person_id = party.person_id and n.created_at < until_at order by n.created_at desc limit page_size)
      union
      (select 'note', n.id, n.id, n.created_at from public.notes n
        where n.workspace_id = workspace and n.organization_id = party.organization_id and n.created_at < until_at order by n.created_at desc limit page_size)
      union
      (select 'import', i.id, e.id, e.created_at from public.import_entities e
         join public.imports i on i.workspace_id = e.workspace_id and i.id = e.import_id
        where e.workspace_id = workspace and e.entity_id = owner and e.action <> 'skipped' and i.status <> 'undone' and e.created_at < until_at
        order by e.created_at desc limit page_size)),
    page as materialized (select * from spots order by at desc, id limit page_size),
    entries as (
      select a.id, a.kind, s.at, a.channel, a.direction, a.subject, a.body, a.outcome, a.sentiment, a.next_step_at,
             a.next_step_closed_by is null as next_step_open, a.details, a.performed_by as actor_id, null::timestamptz as edited_at, a.property_id
        from page s join public.activities a on a.workspace_id = workspace and a.id = s.id where s.source = 'activity'
      union all
      select n.id, 'note', s.at, null, null, null, n.body, null, null, null, null, '{}', n.author_id, nullif(n.updated_at, n.created_at), n.property_id
        from page s join public.notes n on n.workspace_id = workspace and n.id = s.id where s.source = 'note'
      union all
      select i.id, 'import', s.at, null, null, i.file_name, null, null, null, null, null,
             jsonb_build_object('import_id', i.id, 'action', e.action, 'line', e.line), i.created_by, null, null
        from page s
        join public.imports i on i.workspace_id = workspace and i.id = s.id
        join public.import_entities e on e.workspace_id = workspace and e.id = s.entry where s.source = 'import')
    select coalesce(json_agg(json_build_object(
        'id', x.id, 'kind', x.kind, 'at', x.at, 'channel', x.channel, 'direction', x.direction, 'subject', x.subject, 'body', x.body,
        'outcome', x.outcome, 'sentiment', x.sentiment, 'next_step_at', x.next_step_at, 'next_step_open', x.next_step_open, 'details', x.details,
        'actor_id', x.actor_id, 'edited_at', x.edited_at, 'actor', f.full_name,
        'property', case when p.id is not null then json_build_object('id', p.id, 'name', coalesce(p.name, p.address)) end)
        order by x.at desc, x.id), '[]')
      from entries x
      left join public.profiles f on f.user_id = x.actor_id
      left join public.properties p on p.workspace_id = workspace and p.id = x.property_id and p.deleted_at is null);
end $$;

-- An owner with all that its page shows, in one round trip. Null: no such owner here. A deleted one is found, with deleted_at set.
create function private.get_owner_bundle(workspace uuid, owner uuid, timeline_size integer) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  found public.owners;
  party jsonb;
  contacts json;
  properties json;
  threads json;
begin
  perform private.assert_member(workspace);
  select o.* into found from public.owners o where o.workspace_id = workspace and o.id = owner;
  if found.id is null then return null; end if;

  if found.person_id is null then
    select jsonb_build_object('kind', 'organization', 'id', o.id, 'name', o.name, 'title', null, 'city', o.city, 'state', o.state, 'deleted_at', o.deleted_at)
        || private.record_points(workspace, 'organization', o.id) into party
      from public.organizations o where o.workspace_id = workspace and o.id = found.organization_id;
  else
    select jsonb_build_object('kind', 'person', 'id', p.id, 'name', p.display_name, 'title', p.title, 'city', p.city, 'state', p.state, 'deleted_at', p.deleted_at)
        || private.record_points(workspace, 'person', p.id) into party
      from public.people p where p.workspace_id = workspace and p.id = found.person_id;
  end if;

  -- a set for each kind of contact point, as private.brief_points shows them
  with who as materialized (
    select c.id, c.role, c.preferred_channel, c.notes, p.id as person_id, p.display_name, p.title, p.normalized_name
      from (select * from public.owner_contacts c where c.workspace_id = workspace and c.owner_id = owner limit 100) c
      join public.people p on p.workspace_id = workspace and p.id = c.person_id and p.deleted_at is null),
  emails as (
    select l.person_id, json_agg(json_build_object('id', e.id, 'address', e.address, 'status', e.status, 'label', l.label, 'is_primary', l.is_primary)
        order by l.is_primary desc, l.created_at, e.address) as list
      from who join public.person_emails l on l.workspace_id = workspace and l.person_id = who.person_id
      join public.emails e on e.workspace_id = workspace and e.id = l.email_id group by l.person_id),
  phones as (
    select l.person_id, json_agg(json_build_object('id', ph.id, 'e164', ph.e164, 'status', ph.status, 'line_type', ph.line_type, 'time_zone', ph.time_zone,
        'do_not_call', ph.do_not_call, 'sms_opted_out', ph.sms_opted_out_at is not null, 'label', l.label, 'is_primary', l.is_primary)
        order by l.is_primary desc, l.created_at, ph.e164) as list
      from who join public.person_phones l on l.workspace_id = workspace and l.person_id = who.person_id
      join public.phones ph on ph.workspace_id = workspace and ph.id = l.phone_id group by l.person_id),
  linkedin as (
    select l.person_id, json_agg(json_build_object('id', li.id, 'url', li.url, 'connection_status', li.connection_status, 'label', l.label, 'is_primary', l.is_primary)
        order by l.is_primary desc, l.created_at) as list
      from who join public.person_linkedin l on l.workspace_id = workspace and l.person_id = who.person_id
      join public.linkedin_profiles li on li.workspace_id = workspace and li.id = l.linkedin_id group by l.person_id)
  select coalesce(json_agg(json_build_object('id', w.id, 'person_id', w.person_id, 'name', w.display_name, 'title', w.title, 'role', w.role,
      'preferred_channel', w.preferred_channel, 'notes', w.notes,
      'emails', coalesce(emails.list, '[]'), 'phones', coalesce(phones.list, '[]'), 'linkedin', coalesce(linkedin.list, '[]'))
      order by array_position(array['owner', 'pm', 'assistant', 'broker'], w.role), w.normalized_name, w.id), '[]')
    into contacts
    from who w
    left join emails on emails.person_id = w.person_id
    left join phones on phones.person_id = w.person_id
    left join linkedin on linkedin.person_id = w.person_id;

  select coalesce(json_agg(json_build_object('id', t.id, 'name', coalesce(t.name, t.address), 'address', t.address, 'city', t.city, 'state', t.state, 'zip', t.zip, 'units', t.units,
      'card', (select json_build_object('id', v.id, 'stage', s.name, 'result', v.result, 'score', v.score, 'assigned_to', v.assigned_to, 'stage_entered_at', v.stage_entered_at, 'sla_breached_at', v.sla_breached_at)
        from public.verifications v join public.pipeline_stages s on s.workspace_id = v.workspace_id and s.id = v.stage_id
       where v.workspace_id = workspace and v.property_id = t.id and v.deleted_at is null
       order by v.result <> 'open', v.stage_entered_at desc limit 1)) order by t.normalized_name, t.id), '[]')
    into properties
    from (select * from public.properties t where t.workspace_id = workspace and t.owner_id = owner and t.deleted_at is null order by t.normalized_name limit 200) t;

  select coalesce(json_agg(json_build_object('id', h.id, 'conversation_id', h.conversation_id, 'subject', c.subject, 'last_message_at', c.last_message_at, 'property_id', h.property_id,
      'last_message', (select m.body from public.messages m where m.workspace_id = workspace and m.conversation_id = c.id order by m.created_at desc, m.id desc limit 1))
      order by c.last_message_at desc nulls last, h.created_at desc), '[]')
    into threads
    from public.owner_threads h join public.conversations c on c.workspace_id = h.workspace_id and c.id = h.conversation_id
   where h.workspace_id = workspace and h.owner_id = owner;

  return json_build_object(
    'owner', to_jsonb(found) - 'workspace_id' - 'normalized_name' - 'let_go',
    'party', party, 'contacts', contacts, 'properties', properties, 'threads', threads,
    'open_tasks', (select count(*) from public.tasks t where t.workspace_id = workspace and t.owner_id = owner and t.status = 'open'),
    -- whose entries of the timeline are their own
    'viewer', auth.uid(),
    'timeline', private.owner_timeline(workspace, owner, null, timeline_size));
end $$;

grant execute on function private.owner_timeline(uuid, uuid, timestamptz, integer), private.get_owner_bundle(uuid, uuid, integer) to authenticated;
create function public.list_owner_timeline(workspace uuid, owner uuid, before timestamptz default null, page_size integer default 30) returns json
language sql stable set search_path = '' as $$ select private.owner_timeline(workspace, owner, before, least(page_size, 100)) $$;
create function public.get_owner_bundle(workspace uuid, owner uuid, timeline_size integer default 51) returns json
language sql stable set search_path = '' as $$ select private.get_owner_bundle(workspace, owner, least(greatest(timeline_size, 1), 100)) $$;
grant execute on function public.list_owner_timeline(uuid, uuid, timestamptz, integer), public.get_owner_bundle(uuid, uuid, integer) to authenticated;
