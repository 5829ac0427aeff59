-- Why: what falls due comes to whoever it concerns: next steps become tasks, due tasks and overdue cards tell their assignee. Each
-- function works one batch in one statement; rows that another run has are skipped, so any number of runs finish the work together,
-- and a run that is killed leaves whole batches to the next.
-- Touches: functions open_due_next_steps, remind_due_tasks, mark_sla_breaches (crons alone); an index and the audit trigger of activities.

create index activities_next_step_due_idx on public.activities (workspace_id, next_step_at)
  where next_step_at is not null and next_step_task_id is null;
-- that a next step became a task is no correction of what was logged
drop trigger audit on public.activities;
create trigger audit after delete or update of kind, channel, direction, subject, body, outcome, sentiment, next_step_at, occurred_at, details
  on public.activities for each row execute function private.audit();

-- Open next steps that fell due become tasks of whoever logged them, or else of whom the record is assigned to, who is told. Pro.
create function public.open_due_next_steps(batch integer default 500) returns integer
language sql set search_path = ''
as $$
  with due as materialized (
    select a.id from public.workspaces w join public.activities a on a.workspace_id = w.id
     where w.tier <> 'beta' and a.next_step_at <= now() and a.next_step_task_id is null and a.next_step_closed_by is null
       and not private.is_subject_deleted(a.workspace_id, a.verification_id, a.owner_id, a.person_id, a.organization_id, a.property_id)
     limit batch for update of a skip locked
  ), told as materialized (
    select a.*, private.subject_of(a.workspace_id, a.verification_id, a.owner_id, a.person_id, a.organization_id, a.property_id) as about,
           case when m.user_id is not null then m.user_id else coalesce(
             (select v.assigned_to from public.verifications v where v.workspace_id = a.workspace_id and v.id = a.verification_id),
             (select x.assigned_to from public.owners x where x.workspace_id = a.workspace_id and x.id = a.owner_id),
             (select x.assigned_to from public.people x where x.workspace_id = a.workspace_id and x.id = a.person_id),
             (select x.assigned_to from public.organizations x where x.workspace_id = a.workspace_id and x.id = a.organization_id),
             (select x.assigned_to from public.properties x where x.workspace_id = a.workspace_id and x.id = a.property_id)) end as whose
      from due join public.activities a on a.id = due.id
      left join public.workspace_members m on m.workspace_id = a.workspace_id and m.user_id = a.performed_by
  ), days as materialized (
    select p.user_id, private.zone_or_utc(p.time_zone) as zone from public.profiles p where p.user_id in (select t.whose from told t)
  ), made as (
    insert into public.tasks (workspace_id, title, due_at, assigned_to, person_id, organization_id, owner_id, property_id, verification_id,
                              source, activity_id, created_by, remind_at)
    select t.workspace_id, left('Follow up with ' || coalesce(t.about ->> 'name', 'them') || coalesce(': ' || nullif(btrim(t.subject), ''), ''), 300),
           t.next_step_at, t.whose, t.person_id, t.organization_id, t.owner_id, t.property_id, t.verification_id, 'next_step', t.id, t.performed_by,
           -- today they hear of it from here
           ((now() at time zone coalesce(d.zone, 'UTC'))::date + 1)::timestamp at time zone coalesce(d.zone, 'UTC')
      from told t left join days d on d.user_id = t.whose
    on conflict (workspace_id, activity_id) do update set activity_id = excluded.activity_id
    returning id, workspace_id, activity_id, assigned_to, title
  ), linked as (
    update public.activities a set next_step_task_id = made.id from made where a.id = made.activity_id returning 1
  ), notified as (
    insert into public.notifications (workspace_id, user_id, kind, title, body, link, dedupe_key, task_id, verification_id)
    select made.workspace_id, made.assigned_to, 'next_step_due', 'Next step due: ' || left(made.title, 280), left(nullif(btrim(t.body), ''), 300),
           coalesce(private.subject_link(t.about), '/tasks'), 'task:' || made.id || ':' || (now() at time zone d.zone)::date, made.id, t.verification_id
      from made join told t on t.id = made.activity_id join days d on d.user_id = made.assigned_to
     where not exists (select 1 from public.notification_preferences n where n.workspace_id = made.workspace_id and n.user_id = made.assigned_to
                          and 'next_step_due' = any (n.muted_kinds))
    on conflict on constraint notifications_once do nothing
    returning 1
  )
  select count(*)::integer from linked
$$;

-- Open tasks that are due tell their assignee: once each day of theirs, until they are done. Pro.
create function public.remind_due_tasks(batch integer default 1000) returns integer
language sql set search_path = ''
as $$
  with due as materialized (
    select t.id from public.workspaces w join public.tasks t on t.workspace_id = w.id
     where w.tier <> 'beta' and t.remind_at <= now()
       and not private.is_subject_deleted(t.workspace_id, t.verification_id, t.owner_id, t.person_id, t.organization_id, t.property_id)
     limit batch for update of t skip locked
  ), told as materialized (
    select t.* from due join public.tasks t on t.id = due.id
  ), days as materialized (
    select p.user_id, private.zone_or_utc(p.time_zone) as zone from public.profiles p where p.user_id in (select t.assigned_to from told t)
  ), notified as (
    insert into public.notifications (workspace_id, user_id, kind, title, body, link, dedupe_key, task_id, verification_id)
    select t.workspace_id, t.assigned_to, 'task_due',
           case when (t.due_at at time zone d.zone)::date < (now() at time zone d.zone)::date then 'Task overdue: ' else 'Task due: ' end || left(t.title, 280),
           s.about ->> 'name', coalesce(private.subject_link(s.about), '/tasks'),
           'task:' || t.id || ':' || (now() at time zone d.zone)::date, t.id, t.verification_id
      from told t join days d on d.user_id = t.assigned_to,
           lateral (select private.subject_of(t.workspace_id, t.verification_id, t.owner_id, t.person_id, t.organization_id, t.property_id) as about) s
     where not exists (select 1 from public.notification_preferences n where n.workspace_id = t.workspace_id and n.user_id = t.assigned_to
                          and 'task_due' = any (n.muted_kinds))
    on conflict on constraint notifications_once do nothing
    returning 1
  ), moved as (
    update public.tasks t set remind_at = ((now() at time zone d.zone)::date + 1)::timestamp at time zone d.zone
      from told join days d on d.user_id = told.assigned_to where t.id = told.id
    returning 1
  )
  select count(*)::integer from moved
$$;

-- Cards that stand longer in their stage than it allows are marked, and their assignee told, or the admins where there is none. Premium.
create function public.mark_sla_breaches(batch integer default 500) returns integer
language sql set search_path = ''
as $$
  with due as materialized (
    select v.id from public.workspaces w
      join public.pipeline_stages s on s.workspace_id = w.id
      join public.verifications v on v.workspace_id = s.workspace_id and v.stage_id = s.id
      join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id
     where w.tier = 'premium' and s.sla_days is not null and s.archived_at is null
       and v.result = 'open' and v.sla_breached_at is null and v.deleted_at is null and p.deleted_at is null
       and v.stage_entered_at < now() - make_interval(days => s.sla_days)
     limit batch for update of v skip locked
  ), marked as (
    update public.verifications v set sla_breached_at = now() from due where v.id = due.id
    returning v.id, v.workspace_id, v.stage_id, v.property_id, v.assigned_to, v.stage_entered_at
  ), notified as (
    insert into public.notifications (workspace_id, user_id, kind, title, body, link, dedupe_key, verification_id)
    select c.workspace_id, m.user_id, 'sla_breach',
           left(coalesce(p.name, p.address), 200) || ' is over its time in ' || s.name,
           'It may stand there for ' || s.sla_days || case when s.sla_days = 1 then ' day.' else ' days.' end
             || case when c.assigned_to is null then ' Nobody is assigned to it.' else '' end,
           '/verification?card=' || c.id, 'sla:' || c.id || ':' || extract(epoch from c.stage_entered_at), c.id
      from marked c
      join public.pipeline_stages s on s.workspace_id = c.workspace_id and s.id = c.stage_id
      join public.properties p on p.workspace_id = c.workspace_id and p.id = c.property_id
      join public.workspace_members m on m.workspace_id = c.workspace_id
       and (m.user_id = c.assigned_to or (c.assigned_to is null and m.role in ('admin', 'owner')))
     where not exists (select 1 from public.notification_preferences n where n.workspace_id = c.workspace_id and n.user_id = m.user_id
                          and 'sla_breach' = any (n.muted_kinds))
    on conflict on constraint notifications_once do nothing
    returning 1
  )
  select count(*)::integer from marked
$$;
