-- Why: the first page of a workspace tells what is there and what happened lately, in one round trip.
-- Touches: function home_summary; an index of notes.

create index notes_recent_idx on public.notes (workspace_id, created_at desc, id);

-- Counts stop at 10,001 ("more than 10,000"); `recent` are the latest activities and notes with their first subject.
create function public.home_summary(workspace uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'people', public.count_people(workspace),
    'organizations', public.count_organizations(workspace),
    'properties', public.count_properties(workspace),
    'members', (select count(*) from public.workspace_members m where m.workspace_id = workspace),
    'imports', (
      select coalesce(jsonb_agg(to_jsonb(i) order by i.created_at desc, i.id), '[]') from (
        select i.id, i.file_name, i.status, i.total_rows, i.processed_rows, i.created_at, i.finished_at,
               (select coalesce(nullif(p.full_name, ''), p.email) from public.profiles p where p.user_id = i.created_by) as created_by
        from public.imports i where i.workspace_id = workspace order by i.created_at desc, i.id limit 5) i),
    'recent', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', r.id, 'kind', r.kind, 'direction', r.direction, 'outcome', r.outcome, 'at', r.at,
        'text', left(coalesce(r.subject, r.body, ''), 160),
        'actor', (select coalesce(nullif(p.full_name, ''), p.email) from public.profiles p where p.user_id = r.actor),
        'entity', case when r.person_id is not null then 'people' when r.organization_id is not null then 'organizations'
                       when r.property_id is not null then 'properties' end,
        'entity_id', coalesce(r.person_id, r.organization_id, r.property_id),
        'name', coalesce(
          (select t.display_name from public.people t where t.workspace_id = workspace and t.id = r.person_id),
          (select t.name from public.organizations t where t.workspace_id = workspace and t.id = r.organization_id),
          (select coalesce(t.name, t.address) from public.properties t where t.workspace_id = workspace and t.id = r.property_id)))
        order by r.at desc, r.id), '[]')
      from (
        select * from (
          (select a.id, a.kind, a.direction, a.outcome, a.occurred_at as at, a.subject, a.body, a.performed_by as actor,
                  a.person_id, a.organization_id, a.property_id
             from public.activities a where a.workspace_id = workspace order by a.occurred_at desc, a.id limit 12)
          union all
          (select n.id, 'note', null, null, n.created_at, null, n.body, n.author_id, n.person_id, n.organization_id, n.property_id
             from public.notes n where n.workspace_id = workspace order by n.created_at desc, n.id limit 12)) both_kinds
        order by at desc, id limit 12) r))
$$;
grant execute on function public.home_summary(uuid) to authenticated;
