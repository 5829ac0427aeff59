-- Why: one form logs what was said with whoever stands behind an owner, a person, a property or a card, and what comes next.
-- Touches: functions only.

-- Whom an outreach about something can go to, each with their points and the state of these: for an owner the party itself, who
-- speaks for it and who works there; for a property or card its owner and the people and organizations with a role.
-- { name, owner_id, property_id, time_zone, next_step, contacts, templates }; null: no such subject here.
create function private.outreach_targets(workspace uuid, subject text, subject_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  owner uuid;
  property uuid;
  person uuid;
  organization uuid;
  title text;
  contacts jsonb;
begin
  perform private.assert_member(workspace);
  if subject = 'verification' then
    select v.property_id, coalesce(v.owner_id, p.owner_id), coalesce(p.name, p.address) into property, owner, title
      from public.verifications v join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id
     where v.workspace_id = workspace and v.id = subject_id and v.deleted_at is null;
  elsif subject = 'property' then
    select p.id, p.owner_id, coalesce(p.name, p.address) into property, owner, title
      from public.properties p where p.workspace_id = workspace and p.id = subject_id;
  elsif subject = 'owner' then
    select o.id, o.display_name into owner, title from public.owners o where o.workspace_id = workspace and o.id = subject_id;
  elsif subject = 'person' then
    select p.id, coalesce(p.display_name, 'No name') into person, title from public.people p where p.workspace_id = workspace and p.id = subject_id;
    owner := private.owner_of_person(workspace, person);
  elsif subject = 'organization' then
    select o.id, o.name into organization, title from public.organizations o where o.workspace_id = workspace and o.id = subject_id;
    select o.id into owner from public.owners o where o.workspace_id = workspace and o.organization_id = organization and o.deleted_at is null;
  else
    raise exception 'There is no outreach to a %', subject using errcode = 'PT400';
  end if;
  if title is null then return null; end if;

  with said as (
    -- the party that owns, and who speaks for it; of a person alone the person, whoever else stands behind their owner
    select 1 as place, case when o.person_id is null then 'organization' else 'person' end as kind, coalesce(o.person_id, o.organization_id) as id, 'owner' as role, null::text as preferred, null::text as notes
      from public.owners o where o.workspace_id = workspace and o.id = owner and person is null and organization is null
    union all
    select 2, 'person', c.person_id, c.role, c.preferred_channel, c.notes
      from public.owner_contacts c where c.workspace_id = workspace and c.owner_id = owner and (person is null or c.person_id = person)
    union all
    select 0, 'person', person, null, null, null where person is not null
    union all
    select 0, 'organization', organization, null, null, null where organization is not null
    union all
    (select 3, 'person', l.person_id, coalesce(l.title, 'works there'), null, null
       from public.person_organizations l
      where l.workspace_id = workspace and l.organization_id = coalesce(organization, (select o.organization_id from public.owners o where o.workspace_id = workspace and o.id = owner and person is null))
      order by l.created_at limit 20)
    union all
    (select 4, 'person', l.person_id, l.role, null, null from public.property_people l where l.workspace_id = workspace and l.property_id = property limit 20)
    union all
    (select 5, 'organization', l.organization_id, l.role, null, null from public.property_organizations l where l.workspace_id = workspace and l.property_id = property limit 20)),
  once as (select distinct on (s.kind, s.id) s.* from said s order by s.kind, s.id, s.preferred is null, s.place),
  named as (
    select o.*, coalesce(p.display_name, x.name, 'No name') as name
      from once o
      left join public.people p on o.kind = 'person' and p.workspace_id = workspace and p.id = o.id and p.deleted_at is null
      left join public.organizations x on o.kind = 'organization' and x.workspace_id = workspace and x.id = o.id and x.deleted_at is null
     where p.id is not null or x.id is not null)
  select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'id', n.id, 'name', n.name, 'role', n.role, 'preferred_channel', n.preferred, 'notes', n.notes)
      || private.brief_points(workspace, n.kind, n.id) order by n.place, n.name), '[]') into contacts from named n;

  return jsonb_build_object('name', title, 'owner_id', owner, 'property_id', property,
    'time_zone', (select w.time_zone from public.workspaces w where w.id = workspace),
    'next_step_at', (select o.next_step_at from public.owners o where o.workspace_id = workspace and o.id = owner),
    'contacts', contacts,
    -- a property's own number, which is nobody's yet
    'phones', (select coalesce(jsonb_agg(jsonb_build_object('id', ph.id, 'e164', ph.e164, 'status', ph.status, 'line_type', ph.line_type, 'time_zone', ph.time_zone, 'do_not_call', ph.do_not_call,
        'sms_opted_out', ph.sms_opted_out_at is not null, 'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, l.created_at), '[]')
      from public.property_phones l join public.phones ph on ph.workspace_id = l.workspace_id and ph.id = l.phone_id
     where l.workspace_id = workspace and l.property_id = property),
    'templates', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'key', t.key, 'name', t.name, 'channel', t.channel, 'subject', t.subject, 'body', t.body, 'outcome', t.outcome,
        'next_step_days', t.next_step_days) order by t.position, t.created_at), '[]')
      from public.outreach_templates t where t.workspace_id = workspace and t.archived_at is null));
end $$;

-- The owner that a person is, or else the only one they speak for.
create function private.owner_of_person(workspace uuid, person uuid) returns uuid
language plpgsql stable set search_path = ''
as $$
declare owners uuid[];
begin
  owners := array(select o.id from public.owners o where o.workspace_id = workspace and o.person_id = person and o.deleted_at is null);
  if cardinality(owners) = 0 then
    owners := array(select c.owner_id from public.owner_contacts c join public.owners o on o.workspace_id = c.workspace_id and o.id = c.owner_id and o.deleted_at is null
      where c.workspace_id = workspace and c.person_id = person limit 2);
  end if;
  return case when cardinality(owners) = 1 then owners[1] end;
end $$;
grant execute on function private.outreach_targets(uuid, text, uuid), private.owner_of_person(uuid, uuid) to authenticated;
create function public.outreach_targets(workspace uuid, subject text, subject_id uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.outreach_targets(workspace, subject, subject_id) $$;

-- Logs an outreach: { owner_id, person_id, organization_id, property_id, verification_id (at least one), contact_id, channel, direction,
-- subject, body, outcome, sentiment, next_step_at, occurred_at, phone_id, email_id, linkedin_id, template_id }. What it names leads
-- to the rest, so that it stands on every timeline it belongs to: a card to its property and owner, a property to its owner, an
-- owner to its party. Earlier next steps with the same owner are closed by it. Returns the entry as timelines have it.
create function public.log_outreach(workspace uuid, outreach jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  card uuid := (outreach ->> 'verification_id')::uuid;
  owner uuid := (outreach ->> 'owner_id')::uuid;
  property uuid := (outreach ->> 'property_id')::uuid;
  person uuid := (outreach ->> 'person_id')::uuid;
  organization uuid := (outreach ->> 'organization_id')::uuid;
  contact public.owner_contacts;
  party record;
  logged public.activities;
begin
  if card is not null then
    select coalesce(owner, v.owner_id, p.owner_id), v.property_id into owner, property
      from public.verifications v join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id
     where v.workspace_id = workspace and v.id = card and v.deleted_at is null;
    if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  end if;
  if outreach ->> 'contact_id' is not null then
    select c.* into contact from public.owner_contacts c
     where c.workspace_id = workspace and c.id = (outreach ->> 'contact_id')::uuid and (owner is null or c.owner_id = owner);
    if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
    owner := contact.owner_id;
    person := contact.person_id;
  end if;
  if owner is null and property is not null then
    select p.owner_id into owner from public.properties p where p.workspace_id = workspace and p.id = property;
  end if;
  if owner is null and person is not null then owner := private.owner_of_person(workspace, person); end if;
  if owner is null and organization is not null then
    select o.id into owner from public.owners o where o.workspace_id = workspace and o.organization_id = organization and o.deleted_at is null;
  end if;
  if owner is not null then
    select o.person_id, o.organization_id into party from public.owners o where o.workspace_id = workspace and o.id = owner;
    person := coalesce(person, party.person_id);
    organization := coalesce(organization, party.organization_id);
  end if;

  insert into public.activities (workspace_id, kind, channel, direction, subject, body, outcome, sentiment, next_step_at, occurred_at, performed_by, details,
    person_id, organization_id, owner_id, property_id, verification_id, phone_id, email_id, linkedin_id)
  values (workspace, outreach ->> 'channel', outreach ->> 'channel', outreach ->> 'direction', outreach ->> 'subject', outreach ->> 'body',
    outreach ->> 'outcome', outreach ->> 'sentiment', (outreach ->> 'next_step_at')::timestamptz, coalesce((outreach ->> 'occurred_at')::timestamptz, now()),
    (select auth.uid()), case when outreach ->> 'template_id' is null then '{}' else jsonb_build_object('template_id', outreach ->> 'template_id') end,
    person, organization, owner, property, card, (outreach ->> 'phone_id')::uuid, (outreach ->> 'email_id')::uuid, (outreach ->> 'linkedin_id')::uuid)
  returning * into logged;
  return jsonb_build_object('id', logged.id, 'kind', logged.kind, 'at', logged.occurred_at, 'channel', logged.channel, 'direction', logged.direction,
    'subject', logged.subject, 'body', logged.body, 'outcome', logged.outcome, 'sentiment', logged.sentiment, 'next_step_at', logged.next_step_at,
    'details', logged.details, 'actor_id', logged.performed_by, 'actor', (select p.full_name from public.profiles p where p.user_id = logged.performed_by),
    'edited_at', null, 'owner_id', logged.owner_id, 'property_id', logged.property_id, 'person_id', logged.person_id,
    'organization_id', logged.organization_id, 'verification_id', logged.verification_id);
end $$;
grant execute on function public.outreach_targets(uuid, text, uuid), public.log_outreach(uuid, jsonb) to authenticated;
