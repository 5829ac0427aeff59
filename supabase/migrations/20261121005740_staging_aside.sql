-- Why: one recipient whose values a template can't be filled with kept everybody of the campaign from being written to.
-- Touches: function stage_emails.

-- Keeps the first mails of a chunk: mails: [{ recipient_id, id, domain_id, variant, from_name, from_address, reply_to, subject, body_text,
-- body_html, missing, error }]. Whoever mustn't be written to any more, or is under way in another campaign by now, is left out; a mail that
-- lacks a field, or can't be made for this recipient (error: why), isn't sent, and says so. Answers how many were handled, or null where the lease is somebody else's.
create or replace function public.stage_emails(workspace uuid, campaign uuid, lease uuid, launch uuid, mails jsonb, lease_seconds integer) returns integer
language plpgsql set search_path = ''
as $$
declare
  entry uuid;
  handled integer;
  remaining boolean;
begin
  update public.campaigns c set lease_until = now() + make_interval(secs => lease_seconds)
   where c.workspace_id = workspace and c.id = campaign and c.lease_token = lease and c.status = 'staged';
  if not found then return null; end if;
  -- two campaigns of a workspace that are launched together must not both take the same person
  perform pg_advisory_xact_lock(hashtextextended('stage_emails:' || workspace::text, 0));
  select (l.snapshot ->> 'entryStepId')::uuid into entry from public.campaign_launches l where l.workspace_id = workspace and l.id = launch;

  with given as materialized (
    select x.*, x.missing is null and x.error is null as is_sound from jsonb_to_recordset(mails) as x(recipient_id uuid, id uuid, domain_id uuid, variant smallint, from_name text, from_address text,
      reply_to text, subject text, body_text text, body_html text, missing jsonb, error text)
  ), locked as materialized (
    select r.id, r.person_id, r.email_id, r.thread_token from public.campaign_recipients r
     where r.workspace_id = workspace and r.campaign_id = campaign and r.status = 'selected' and r.id = any (array(select g.recipient_id from given g))
     order by r.id for update
  ), avoided as materialized (
    select distinct l.person_id from public.person_organizations l
      join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
     where l.workspace_id = workspace and o.status in ('blocked', 'do_not_contact') and l.person_id = any (array(select k.person_id from locked k))
  ), running as materialized (
    select c.id from public.campaigns c
     where c.workspace_id = workspace and c.id <> campaign and c.status in ('staged', 'scheduled', 'sending', 'paused')
  ), busy as materialized (
    select k.id from locked k join public.campaign_recipients r on r.workspace_id = workspace and r.person_id = k.person_id
     where r.status in ('staged', 'active') and r.campaign_id in (select id from running)
    union
    select k.id from locked k join public.campaign_recipients r on r.workspace_id = workspace and r.email_id = k.email_id
     where r.status in ('staged', 'active') and r.campaign_id in (select id from running)
  ), judged as materialized (
    select k.id, k.person_id, k.email_id, k.thread_token, e.address,
           p.deleted_at is null and p.lead_status <> 'do_not_contact' and a.person_id is null and e.status in ('active', 'soft_bounced') and b.id is null as goes,
           coalesce((select ph.time_zone from public.person_phones l join public.phones ph on ph.workspace_id = l.workspace_id and ph.id = l.phone_id
                      where l.workspace_id = workspace and l.person_id = k.person_id and ph.time_zone is not null
                      order by l.is_primary desc, l.created_at limit 1), private.state_zone(p.state)) as zone
      from locked k
      join public.people p on p.workspace_id = workspace and p.id = k.person_id
      join public.emails e on e.workspace_id = workspace and e.id = k.email_id
      left join avoided a on a.person_id = k.person_id
      left join busy b on b.id = k.id
  ), written as (
    insert into public.email_queue (id, workspace_id, campaign_id, recipient_id, step_id, variant, person_id, email_id, to_address, domain_id, from_name,
      from_address, reply_to, subject, body_text, body_html, status, decision, last_error, time_zone, thread_token, message_id)
    select g.id, workspace, campaign, j.id, entry, g.variant, j.person_id, j.email_id, j.address, g.domain_id, g.from_name,
           g.from_address, g.reply_to, g.subject, g.body_text, g.body_html, case when g.is_sound then 'staged' else 'cancelled' end,
           case when g.error is not null then jsonb_build_object('verdict', 'drop', 'reason', 'broken', 'at', now())
                when g.missing is not null then jsonb_build_object('verdict', 'drop', 'reason', 'missing_fields', 'fields', g.missing, 'at', now()) end,
           left(g.error, 2000),
           j.zone, j.thread_token,
           '<' || j.thread_token || '.' || left(replace(g.id::text, '-', ''), 12) || '@' || split_part(g.from_address, '@', 2) || '>'
      from given g join judged j on j.id = g.recipient_id where j.goes
    on conflict do nothing
  ), taken as (
    update public.campaign_recipients r
       set status = case when g.is_sound then 'staged' else 'done' end,
           exit_reason = case when not g.is_sound then 'failed' end, exited_at = case when not g.is_sound then now() end,
           launch_id = launch, domain_id = g.domain_id, variant = g.variant
      from given g join judged j on j.id = g.recipient_id
     where r.workspace_id = workspace and r.id = j.id and j.goes returning r.id
  ), dropped as (
    delete from public.campaign_recipients r using judged j where r.workspace_id = workspace and r.id = j.id and not j.goes returning r.person_id
  ), left_out as (
    insert into public.campaign_left_out (workspace_id, campaign_id, person_id)
    select workspace, campaign, d.person_id from dropped d on conflict do nothing
  )
  select count(*) into handled from judged;

  select exists (select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign and r.status = 'selected') into remaining;
  update public.campaigns c
     set staging_done = case when remaining then least(c.staging_done + handled, c.staging_total - 1) else c.staging_total end, staging_error = null,
         lease_token = case when remaining then c.lease_token end, lease_until = case when remaining then c.lease_until end,
         -- nobody was left to write to
         status = case when remaining or exists (select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign
             and r.status = 'staged') then c.status else 'completed' end,
         completed_at = case when remaining or exists (select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign
             and r.status = 'staged') then c.completed_at else now() end
   where c.workspace_id = workspace and c.id = campaign;
  return handled;
end $$;
