-- Why: a list names the people of the organization that owns, with their numbers, and the owner's page said that nobody could be
-- reached, while the composer knew them. They stand on the page now, until somebody says what their role is.
-- Touches: function private.get_owner_bundle.

-- An owner with all that its page shows, in one round trip; of an organization also who works there and is no contact yet (`staff`). Null: no such owner here. A deleted one is found, with deleted_at set.
create or replace function private.get_owner_bundle(workspace uuid, owner uuid, timeline_size integer) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  found public.owners;
  party jsonb;
  contacts json;
  staff json;
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
    select c.id, c.role, c.preferred_channel, c.notes, p.id as person_id, p.display_name, coalesce(c.title, p.title) as title, p.normalized_name
      from ((select c.id, c.person_id, c.role, c.preferred_channel, c.notes, null as title
               from public.owner_contacts c where c.workspace_id = workspace and c.owner_id = owner limit 100)
            union all
            (select null, l.person_id, null, null, null, l.title
               from public.person_organizations l
              where l.workspace_id = workspace and l.organization_id = found.organization_id
                and not exists (select from public.owner_contacts c where c.workspace_id = workspace and c.owner_id = owner and c.person_id = l.person_id)
              order by l.created_at limit 20)) c
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
  select coalesce(json_agg(x.contact order by array_position(array['owner', 'pm', 'assistant', 'broker'], w.role), w.normalized_name, w.id) filter (where w.id is not null), '[]'),
         coalesce(json_agg(x.contact order by w.normalized_name, w.person_id) filter (where w.id is null), '[]')
    into contacts, staff
    from who w
    left join emails on emails.person_id = w.person_id
    left join phones on phones.person_id = w.person_id
    left join linkedin on linkedin.person_id = w.person_id
    cross join lateral (select json_build_object('id', w.id, 'person_id', w.person_id, 'name', w.display_name, 'title', w.title, 'role', w.role,
      'preferred_channel', w.preferred_channel, 'notes', w.notes,
      'emails', coalesce(emails.list, '[]'), 'phones', coalesce(phones.list, '[]'), 'linkedin', coalesce(linkedin.list, '[]')) as contact) x;

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
    'party', party, 'contacts', contacts, 'staff', staff, 'properties', properties, 'threads', threads,
    'open_tasks', (select count(*) from public.tasks t where t.workspace_id = workspace and t.owner_id = owner and t.status = 'open'),
    -- whose entries of the timeline are their own
    'viewer', auth.uid(),
    'timeline', private.owner_timeline(workspace, owner, null, timeline_size));
end $$;
