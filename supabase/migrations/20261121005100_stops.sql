-- Why: one place where outreach stops. Whoever suppresses an address or marks a person (an event of the provider, an import, somebody
-- at a desk) stops what was going to be sent with the same statement; pausing, resuming and cancelling act on every waiting mail.
-- Touches: functions private.exit_recipients, stop_scope, stop_outreach, gate_reason; public.pause_campaign, resume_campaign,
-- cancel_campaign; triggers stop_outreach on emails and people.
-- Locks are taken in one order everywhere: recipients by id, then mails by id.

-- What the gate calls the end of a recipient.
create function private.gate_reason(exit_reason text) returns text
language sql immutable set search_path = ''
as $$
  select case exit_reason when 'replied' then 'replied' when 'unsubscribed' then 'suppressed_unsubscribed'
    when 'bounced' then 'suppressed_bounced' when 'complained' then 'suppressed_complained' when 'suppressed' then 'suppressed'
    when 'do_not_contact' then 'do_not_contact' when 'cancelled' then 'campaign_cancelled' else 'exited' end
$$;

-- Ends recipients that are under way or staged, and drops their waiting mails with the reason. A mail that is being sent is the
-- gate's: it asks after its claim. `why` is kept with the mails' decision. Answers how many recipients were ended.
create function private.exit_recipients(workspace uuid, recipients uuid[], reason text, why jsonb default '{}') returns integer
language plpgsql security definer set search_path = ''
as $$
declare ended integer;
begin
  with locked as materialized (
    select r.id from public.campaign_recipients r
     where r.workspace_id = workspace and r.id = any (recipients) and r.status in ('staged', 'active') order by r.id for update
  )
  update public.campaign_recipients r
     set status = 'done', exit_reason = reason, exited_at = now(), next_email_at = null, lease_token = null, lease_until = null
    from locked where r.id = locked.id;
  get diagnostics ended = row_count;
  with locked as materialized (
    select q.id from public.campaign_recipients r
      join public.email_queue q on q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id and q.recipient_id = r.id
     where r.workspace_id = workspace and r.id = any (recipients) and r.status = 'done' and q.status in ('staged', 'queued')
     order by q.id for update of q
  )
  update public.email_queue q
     set status = 'cancelled', decision = coalesce(why, '{}') || jsonb_build_object('verdict', 'drop', 'reason', private.gate_reason(reason), 'at', now())
    from locked where q.id = locked.id;
  return ended;
end $$;

-- Whom a stop concerns: the person; everybody of the owners they are or speak for; or everybody of their properties as well.
create function private.stop_scope(workspace uuid, person uuid, scope text) returns setof uuid
language sql stable security definer set search_path = ''
as $$
  with owned as (
    select o.id from public.owners o where scope in ('owner', 'property') and o.workspace_id = workspace and o.person_id = person
    union select c.owner_id from public.owner_contacts c where scope in ('owner', 'property') and c.workspace_id = workspace and c.person_id = person
    union select o.id from public.person_organizations l join public.owners o on o.workspace_id = l.workspace_id and o.organization_id = l.organization_id
           where scope in ('owner', 'property') and l.workspace_id = workspace and l.person_id = person
  ), places as (
    select l.property_id as id from public.property_people l where scope = 'property' and l.workspace_id = workspace and l.person_id = person
    union select p.id from owned join public.properties p on p.workspace_id = workspace and p.owner_id = owned.id where scope = 'property'
  ), owners as (
    select id from owned
    union select p.owner_id from places join public.properties p on p.workspace_id = workspace and p.id = places.id where p.owner_id is not null
  )
  select person
  union select o.person_id from owners join public.owners o on o.workspace_id = workspace and o.id = owners.id where o.person_id is not null
  union select c.person_id from owners join public.owner_contacts c on c.workspace_id = workspace and c.owner_id = owners.id
  union select l.person_id from owners join public.owners o on o.workspace_id = workspace and o.id = owners.id
          join public.person_organizations l on l.workspace_id = workspace and l.organization_id = o.organization_id
  union select l.person_id from places join public.property_people l on l.workspace_id = workspace and l.property_id = places.id
$$;

-- Ends every recipient that is one of those people, in all campaigns; a reply passes over campaigns that it is not to end.
create function private.stop_outreach(workspace uuid, person uuid, scope text, reason text) returns integer
language plpgsql security definer set search_path = ''
as $$
begin
  return private.exit_recipients(workspace, array(
    select r.id from private.stop_scope(workspace, person, scope) as s(id)
      join public.campaign_recipients r on r.workspace_id = workspace and r.person_id = s.id
      join public.campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id
     where r.status in ('staged', 'active') and (reason <> 'replied' or 'reply' = any (c.exit_conditions))),
    reason, jsonb_build_object('person_id', person, 'scope', scope));
end $$;

-- An address that must not be written to ends whoever would be written to there, and every mail that waits for it.
create function private.stop_address() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare reason text := case new.status when 'hard_bounced' then 'bounced' else new.status end;
begin
  perform private.exit_recipients(new.workspace_id, array(
    select r.id from public.campaign_recipients r
     where r.workspace_id = new.workspace_id and r.email_id = new.id and r.status in ('staged', 'active')), reason);
  update public.email_queue q
     set status = 'cancelled', decision = jsonb_build_object('verdict', 'drop', 'reason', private.gate_reason(reason), 'at', now())
   where q.workspace_id = new.workspace_id and q.email_id = new.id and q.status in ('staged', 'queued');
  return null;
end $$;
create trigger stop_outreach after update of status on public.emails for each row
  when (new.status is distinct from old.status and new.status in ('hard_bounced', 'complained', 'unsubscribed', 'suppressed'))
  execute function private.stop_address();

create function private.stop_person() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.stop_outreach(new.workspace_id, new.id, 'person', 'do_not_contact');
  return null;
end $$;
create trigger stop_outreach after update of lead_status on public.people for each row
  when (new.lead_status = 'do_not_contact' and old.lead_status is distinct from new.lead_status)
  execute function private.stop_person();

-- The campaign, locked, for one of the workspace's members.
create function private.lock_campaign(workspace uuid, campaign uuid) returns public.campaigns
language plpgsql security definer set search_path = ''
as $$
declare found_campaign public.campaigns;
begin
  perform private.assert_member(workspace);
  select * into found_campaign from public.campaigns c
   where c.workspace_id = workspace and c.id = campaign and c.deleted_at is null for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  return found_campaign;
end $$;

-- No drain sees the mails of a paused campaign; those that one has claimed already are held by the gate.
create function private.set_mails_paused(workspace uuid, campaign uuid, paused boolean) returns void
language sql security definer set search_path = ''
as $$
  with locked as materialized (
    select q.id from public.email_queue q where q.workspace_id = workspace and q.campaign_id = campaign and q.purpose = 'campaign'
       and q.status in ('staged', 'queued') and q.is_paused <> paused order by q.id for update
  )
  update public.email_queue q set is_paused = paused from locked where q.id = locked.id
$$;

create function private.pause_campaign(workspace uuid, campaign uuid) returns text
language plpgsql security definer set search_path = ''
as $$
declare was text := (private.lock_campaign(workspace, campaign)).status;
begin
  if was = 'paused' then return was; end if;
  if was not in ('scheduled', 'sending') then
    raise exception 'Only a campaign that is scheduled or sending can be paused; this one is %', was using errcode = 'PT409';
  end if;
  update public.campaigns c set status = 'paused' where c.workspace_id = workspace and c.id = campaign;
  perform private.set_mails_paused(workspace, campaign, true);
  return 'paused';
end $$;

create function private.resume_campaign(workspace uuid, campaign uuid) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  was public.campaigns := private.lock_campaign(workspace, campaign);
  becomes text := case when was.starts_at > now() then 'scheduled' else 'sending' end;
begin
  if was.status in ('scheduled', 'sending') then return was.status; end if;
  if was.status <> 'paused' then
    raise exception 'Only a paused campaign can be resumed; this one is %', was.status using errcode = 'PT409';
  end if;
  update public.campaigns c set status = becomes where c.workspace_id = workspace and c.id = campaign;
  perform private.set_mails_paused(workspace, campaign, false);
  return becomes;
end $$;

create function private.cancel_campaign(workspace uuid, campaign uuid) returns text
language plpgsql security definer set search_path = ''
as $$
declare was text := (private.lock_campaign(workspace, campaign)).status;
begin
  if was = 'cancelled' then return was; end if;
  if was not in ('staged', 'scheduled', 'sending', 'paused') then
    raise exception 'A campaign that is % can’t be cancelled', was using errcode = 'PT409';
  end if;
  update public.campaigns c set status = 'cancelled', lease_token = null, lease_until = null where c.workspace_id = workspace and c.id = campaign;
  perform private.exit_recipients(workspace, array(
    select r.id from public.campaign_recipients r
     where r.workspace_id = workspace and r.campaign_id = campaign and r.status in ('staged', 'active')), 'cancelled');
  -- whose first mail was not written yet
  update public.campaign_recipients r set status = 'done', exit_reason = 'cancelled', exited_at = now(), lease_token = null, lease_until = null
   where r.workspace_id = workspace and r.campaign_id = campaign and r.status = 'selected';
  return 'cancelled';
end $$;

do $$
declare what text;
begin
  foreach what in array array['pause_campaign', 'resume_campaign', 'cancel_campaign'] loop
    execute format('grant execute on function private.%I(uuid, uuid) to authenticated', what);
    execute format('create function public.%1$I(workspace uuid, campaign uuid) returns text language sql set search_path = ''''
      as $f$ select private.%1$I(workspace, campaign) $f$', what);
    execute format('grant execute on function public.%I(uuid, uuid) to authenticated', what);
  end loop;
end $$;
