-- Why: a card counts its open tasks, and a next step that became a task is counted there and no longer waits.
-- Touches: functions private.card_next_step_sql, private.card_sql. They hold SQL that is put together when a board is read:
-- tables and columns of later migrations are there by then.

create or replace function private.card_next_step_sql() returns text
language sql immutable set search_path = ''
as $f$
  select $q$least(
    (select min(a.next_step_at) from public.activities a
      where a.workspace_id = v.workspace_id and a.property_id = v.property_id
        and a.next_step_at is not null and a.next_step_closed_by is null and a.next_step_task_id is null),
    (select min(a.next_step_at) from public.activities a
      where a.workspace_id = v.workspace_id and a.owner_id = o.id and a.property_id is null
        and a.next_step_at is not null and a.next_step_closed_by is null and a.next_step_task_id is null))$q$
$f$;

create or replace function private.card_sql() returns text
language sql immutable set search_path = ''
as $f$
  select $q$json_build_object(
    'id', v.id, 'stage_id', v.stage_id, 'rank', v.rank::text, 'version', v.version, 'score', v.score, 'assigned_to', v.assigned_to,
    'stage_entered_at', v.stage_entered_at, 'lost_reason', v.lost_reason,
    'property', json_build_object('id', p.id, 'name', coalesce(p.name, p.address), 'address', p.address, 'city', p.city),
    'owner', case when o.id is not null then json_build_object('id', o.id, 'name', o.display_name) end,
    'next_step_at', $q$ || private.card_next_step_sql() || $q$,
    'open_tasks', (select count(*) from public.tasks k
      where k.workspace_id = v.workspace_id and k.verification_id = v.id and k.status = 'open' and k.deleted_at is null))$q$
$f$;
