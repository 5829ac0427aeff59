-- Why: an organization that is not to be contacted any more stopped nobody until the gate was asked of each mail, days later: until then
-- the screens said that its people would be written to. And a campaign whose beginning was moved forward kept its mails waiting for the old one.
-- Touches: functions private.exit_recipients (`why` may name the reason more closely), private.ask_gate_again; trigger stop_outreach of organizations.

-- Ends recipients that are under way or staged, and drops their waiting mails with the reason. A mail that is being sent is the
-- gate's: it asks after its claim. `why` is kept with the mails' decision, and its reason holds. Answers how many recipients were ended.
create or replace function private.exit_recipients(workspace uuid, recipients uuid[], reason text, why jsonb default '{}') returns integer
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
     set status = 'cancelled', decision = jsonb_build_object('verdict', 'drop', 'reason', private.gate_reason(reason), 'at', now()) || coalesce(why, '{}')
    from locked where q.id = locked.id;
  return ended;
end $$;

-- Everybody of the organization, by the same links that the gate and a campaign's choice of people read.
create function private.stop_organization() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.exit_recipients(new.workspace_id, array(
    select r.id from public.person_organizations l
      join public.campaign_recipients r on r.workspace_id = l.workspace_id and r.person_id = l.person_id
     where l.workspace_id = new.workspace_id and l.organization_id = new.id and r.status in ('staged', 'active')),
    'do_not_contact', jsonb_build_object('reason', 'organization_do_not_contact', 'organization_id', new.id));
  return null;
end $$;
create trigger stop_outreach after update of status on public.organizations for each row
  when (new.status in ('blocked', 'do_not_contact') and old.status not in ('blocked', 'do_not_contact') and new.deleted_at is null)
  execute function private.stop_organization();

create or replace function private.ask_gate_again() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  with waiting as materialized (
    select q.id from public.email_queue q
     where q.workspace_id = new.workspace_id and q.campaign_id = new.id and q.status = 'queued' and q.purpose = 'campaign'
       and (q.decision ->> 'reason' in ('outside_hours', 'not_a_sending_day', 'holiday', 'not_started')
            -- accepted, and not asked about before the old beginning
            or q.run_at = old.starts_at and new.starts_at is distinct from old.starts_at)
     order by q.id for update
  )
  update public.email_queue q set run_at = greatest(now(), new.starts_at) from waiting where q.id = waiting.id;
  return null;
end $$;
