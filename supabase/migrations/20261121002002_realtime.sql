-- Why: an open page learns of a change when it happens: private topics `workspace:<id>:<what>`, guarded by membership.
-- Touches: a policy on realtime.messages; triggers on imports, activities, notes and workspace_members.
-- Source: https://supabase.com/docs/guides/realtime/broadcast#broadcast-from-the-database

create policy workspace_topics_select on realtime.messages for select to authenticated
  using (
    extension = 'broadcast'
    and split_part((select realtime.topic()), ':', 1) = 'workspace'
    and split_part((select realtime.topic()), ':', 2) = any (array(select private.my_workspace_ids()::text))
  );

-- One message a workspace and statement, however many rows it changed. It carries ids only: who may read the rows is
-- asked again when they are fetched. Trigger arguments: the topic's last part, then the columns whose ids go along.
create function private.broadcast_changes() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare message record;
begin
  for message in execute format(
    'select workspace_id, jsonb_agg(distinct id) as ids from (
       select c.workspace_id, u.id from changed c, unnest(array[%s]::uuid[]) as u(id) where u.id is not null limit 200) touched
     group by workspace_id',
    (select string_agg(format('c.%I', tg_argv[n]), ', ') from generate_series(1, tg_nargs - 1) as n))
  loop
    perform realtime.send(jsonb_build_object('ids', message.ids), 'changed',
                          'workspace:' || message.workspace_id || ':' || tg_argv[0], true);
  end loop;
  return null;
end $$;

create trigger broadcast_insert after insert on public.imports referencing new table as changed
  for each statement execute function private.broadcast_changes('imports', 'id');
create trigger broadcast_update after update on public.imports referencing new table as changed
  for each statement execute function private.broadcast_changes('imports', 'id');

create trigger broadcast_insert after insert on public.activities referencing new table as changed
  for each statement execute function private.broadcast_changes('timeline', 'person_id', 'organization_id', 'property_id');
create trigger broadcast_update after update on public.activities referencing new table as changed
  for each statement execute function private.broadcast_changes('timeline', 'person_id', 'organization_id', 'property_id');
create trigger broadcast_delete after delete on public.activities referencing old table as changed
  for each statement execute function private.broadcast_changes('timeline', 'person_id', 'organization_id', 'property_id');

create trigger broadcast_insert after insert on public.notes referencing new table as changed
  for each statement execute function private.broadcast_changes('timeline', 'person_id', 'organization_id', 'property_id');
create trigger broadcast_update after update on public.notes referencing new table as changed
  for each statement execute function private.broadcast_changes('timeline', 'person_id', 'organization_id', 'property_id');
create trigger broadcast_delete after delete on public.notes referencing old table as changed
  for each statement execute function private.broadcast_changes('timeline', 'person_id', 'organization_id', 'property_id');

create trigger broadcast_insert after insert on public.workspace_members referencing new table as changed
  for each statement execute function private.broadcast_changes('members', 'user_id');
create trigger broadcast_update after update on public.workspace_members referencing new table as changed
  for each statement execute function private.broadcast_changes('members', 'user_id');
create trigger broadcast_delete after delete on public.workspace_members referencing old table as changed
  for each statement execute function private.broadcast_changes('members', 'user_id');
