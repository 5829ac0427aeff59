-- Why: a card has a timeline of its own, and a note brought back belongs to its card again.
-- Touches: functions list_timeline, restore_note.

-- One timeline: activities, notes, and the imports that spoke of the record, the newest first. Page on with `before`.
create or replace function public.list_timeline(workspace uuid, subject text, subject_id uuid, before timestamptz default null, page_size integer default 30) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare result jsonb;
begin
  if subject not in ('person', 'organization', 'property', 'owner', 'verification') then
    raise exception 'There is no timeline of a %', subject using errcode = 'PT400';
  end if;
  execute format($q$
    select coalesce(jsonb_agg(to_jsonb(x) order by x.at desc, x.id), '[]') from (
      (select a.id, a.kind, a.occurred_at as at, a.channel, a.direction, a.subject, a.body, a.outcome, a.sentiment, a.next_step_at, a.details,
              a.performed_by as actor_id, (select p.full_name from public.profiles p where p.user_id = a.performed_by) as actor, null::timestamptz as edited_at
         from public.activities a
        where a.workspace_id = $1 and a.%1$I = $2 and a.occurred_at < coalesce($3, 'infinity') order by a.occurred_at desc limit $4)
      union all
      (select n.id, 'note', n.created_at, null, null, null, n.body, null, null, null, '{}',
              n.author_id, (select p.full_name from public.profiles p where p.user_id = n.author_id), nullif(n.updated_at, n.created_at)
         from public.notes n
        where n.workspace_id = $1 and n.%1$I = $2 and n.created_at < coalesce($3, 'infinity') order by n.created_at desc limit $4)
      union all
      (select i.id, 'import', e.created_at, null, null, i.file_name, null, null, null, null,
              jsonb_build_object('import_id', i.id, 'action', e.action, 'line', e.line),
              i.created_by, (select p.full_name from public.profiles p where p.user_id = i.created_by), null
         from public.import_entities e join public.imports i on i.workspace_id = e.workspace_id and i.id = e.import_id
        where e.workspace_id = $1 and e.entity_id = $2 and e.action <> 'skipped' and i.status <> 'undone'
          and e.created_at < coalesce($3, 'infinity') order by e.created_at desc limit $4)
      order by 3 desc limit $4) x $q$, subject || '_id')
  into result using workspace, subject_id, before, least(page_size, 100);
  return result;
end $$;

create or replace function private.restore_note(workspace uuid, note uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare kept jsonb;
begin
  perform private.assert_member(workspace);
  select a.before into kept from public.audit_log a
   where a.workspace_id = workspace and a.entity_id = note and a.action = 'notes.deleted' and a.actor = auth.uid()
   order by a.at desc limit 1;
  if kept is null then return null; end if;
  insert into public.notes (id, workspace_id, body, author_id, person_id, organization_id, owner_id, property_id, verification_id, created_at, updated_at)
  values (note, workspace, kept ->> 'body', (kept ->> 'author_id')::uuid, (kept ->> 'person_id')::uuid, (kept ->> 'organization_id')::uuid,
    (kept ->> 'owner_id')::uuid, (kept ->> 'property_id')::uuid, (kept ->> 'verification_id')::uuid, (kept ->> 'created_at')::timestamptz,
    -- a deletion and its undoing are no edit
    coalesce((select max(a.at) from public.audit_log a where a.workspace_id = workspace and a.entity_id = note and a.action = 'notes.updated'),
      (kept ->> 'created_at')::timestamptz))
  on conflict (id) do nothing;
  return note;
end $$;
