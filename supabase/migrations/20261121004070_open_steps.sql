-- Why: a next step that was taken waits on no card any more, and a deleted owner is not named on one.
-- Touches: functions private.card_next_step_sql, private.card_from_sql. They hold SQL that is put together when a board is
-- read: columns of later migrations are there by then.

create or replace function private.card_next_step_sql() returns text
language sql immutable set search_path = ''
as $f$
  select $q$least(
    (select min(a.next_step_at) from public.activities a
      where a.workspace_id = v.workspace_id and a.property_id = v.property_id and a.next_step_at is not null and a.next_step_closed_by is null),
    (select min(a.next_step_at) from public.activities a
      where a.workspace_id = v.workspace_id and a.owner_id = o.id and a.property_id is null and a.next_step_at is not null and a.next_step_closed_by is null))$q$
$f$;

create or replace function private.card_from_sql() returns text
language sql immutable set search_path = ''
as $f$
  select $q$public.verifications v
    join public.pipeline_stages s on s.workspace_id = v.workspace_id and s.id = v.stage_id
    join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id
    left join public.owners o on o.workspace_id = v.workspace_id and o.id = coalesce(v.owner_id, p.owner_id) and o.deleted_at is null$q$
$f$;
