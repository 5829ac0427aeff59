-- Why: a function in SQL is planned at each call. The desk asks for the places of each number on a page, which planned one statement
-- fifty times: 2 ms each, beside 0.1 ms of reading.
-- Touches: private.call_places.

create or replace function private.call_places(workspace uuid, phones uuid[]) returns table (phone_id uuid, property_id uuid, role text)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
  with people as materialized (
    select l.phone_id, l.person_id from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
     where l.workspace_id = workspace and l.phone_id = any (phones)
  ), organizations as materialized (
    select l.phone_id, l.organization_id from public.organization_phones l
      join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
     where l.workspace_id = workspace and l.phone_id = any (phones)
  ), found as (
    select l.phone_id, l.property_id, null::text as role from public.property_phones l where l.workspace_id = workspace and l.phone_id = any (phones)
    union select h.phone_id, l.property_id, l.role from people h join public.property_people l on l.workspace_id = workspace and l.person_id = h.person_id
    union select o.phone_id, l.property_id, l.role from organizations o
      join public.property_organizations l on l.workspace_id = workspace and l.organization_id = o.organization_id
    union select h.phone_id, p.id, 'owner' from people h join public.owners w on w.workspace_id = workspace and w.person_id = h.person_id and w.deleted_at is null
      join public.properties p on p.workspace_id = workspace and p.owner_id = w.id
    union select o.phone_id, p.id, 'owner' from organizations o
      join public.owners w on w.workspace_id = workspace and w.organization_id = o.organization_id and w.deleted_at is null
      join public.properties p on p.workspace_id = workspace and p.owner_id = w.id
  )
  -- by the key of each: what is found is few, which the planner can't know of owners, and it would read all properties
  select f.phone_id, f.property_id, f.role from found f
   cross join lateral (select 1 from public.properties p where p.workspace_id = workspace and p.id = f.property_id and p.deleted_at is null offset 0) p;
end $$;
