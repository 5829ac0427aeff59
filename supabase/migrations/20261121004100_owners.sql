-- Why: operators work from owners: who they are, who speaks for them, when they were last reached and what is next.
-- Touches: owners (list columns, deletion), owner_contacts (new), next_step_closed_by of activities, last_activity_at.

alter table public.owners
  -- '~' sorts behind every letter
  add column normalized_name text collate "C" generated always as (coalesce(nullif(private.normalize_text(display_name), ''), '~')) stored,
  add column tags text[] not null default '{}',
  add column assigned_to uuid,
  add column created_by uuid references public.profiles (user_id) on delete set null,
  add column last_activity_at timestamptz,
  -- when somebody last spoke or wrote with them: notes and moved cards are activity, but no contact
  add column last_contacted_at timestamptz,
  -- the earliest next step that is still open
  add column next_step_at timestamptz,
  add column deleted_at timestamptz,
  -- the properties it let go of when it was deleted, so that it gets them back
  add column let_go uuid[] not null default '{}',
  add foreign key (workspace_id, assigned_to) references public.workspace_members (workspace_id, user_id) on delete set null (assigned_to);
grant update (tags, assigned_to, deleted_at) on public.owners to authenticated;

create index owners_name_idx on public.owners (workspace_id, normalized_name, id, kind, assigned_to) where deleted_at is null;
create index owners_created_idx on public.owners (workspace_id, created_at, id) where deleted_at is null;
create index owners_activity_idx on public.owners (workspace_id, coalesce(last_activity_at, '-infinity'), id) where deleted_at is null;
-- soonest first and latest first both have the owners without a next step at their end
create index owners_next_step_idx on public.owners (workspace_id, coalesce(next_step_at, 'infinity'), id) where deleted_at is null;
create index owners_next_step_last_idx on public.owners (workspace_id, coalesce(next_step_at, '-infinity'), id) where deleted_at is null;
create index owners_contacted_idx on public.owners (workspace_id, last_contacted_at) where deleted_at is null;
create index owners_name_trgm_idx on public.owners using gin (workspace_id, normalized_name extensions.gin_trgm_ops) where deleted_at is null;
create index owners_tags_idx on public.owners using gin (workspace_id, tags) where deleted_at is null;
create index owners_assigned_idx on public.owners (workspace_id, assigned_to) where assigned_to is not null;
create index owners_created_by_idx on public.owners (created_by);
create index owners_deleted_idx on public.owners (workspace_id, id) where deleted_at is not null;

-- what the database keeps about an owner is no change that somebody made to it
drop trigger audit on public.owners;
create trigger audit after insert or delete or update of kind, person_id, organization_id, legal_name, display_name, tags, assigned_to, deleted_at
  on public.owners for each row when (coalesce(current_setting('app.import_id', true), '') = '') execute function private.audit();

-- Who speaks for an owner, and how they like to be reached.
create table public.owner_contacts (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  owner_id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('owner', 'pm', 'assistant', 'broker')),
  preferred_channel text check (preferred_channel in ('sms', 'email', 'phone', 'in_app')),
  notes text check (length(notes) <= 5000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, owner_id, person_id),
  foreign key (workspace_id, owner_id) references public.owners (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade
);
create index owner_contacts_person_idx on public.owner_contacts (workspace_id, person_id);
create trigger set_updated_at before update on public.owner_contacts for each row execute function private.set_updated_at();
create trigger audit after insert or update or delete on public.owner_contacts for each row execute function private.audit();
alter table public.owner_contacts enable row level security;
grant select, insert, update (role, preferred_channel, notes), delete on public.owner_contacts to authenticated;
create policy owner_contacts_select on public.owner_contacts for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy owner_contacts_insert on public.owner_contacts for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())));
create policy owner_contacts_update on public.owner_contacts for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));
create policy owner_contacts_delete on public.owner_contacts for delete to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));

-- Deletion. A deleted owner owns nothing; brought back, it owns again what nobody else was given meanwhile.
create function private.let_go_of_properties() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  with freed as (
    update public.properties set owner_id = null where workspace_id = new.workspace_id and owner_id = new.id returning id)
  select coalesce(array_agg(id), '{}') into new.let_go from freed;
  return new;
end $$;
create trigger let_go_of_properties before update of deleted_at on public.owners
  for each row when (old.deleted_at is null and new.deleted_at is not null) execute function private.let_go_of_properties();

create function private.take_properties_back() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.properties set owner_id = new.id
   where workspace_id = new.workspace_id and id = any (old.let_go) and owner_id is null;
  update public.owners set let_go = '{}' where workspace_id = new.workspace_id and id = new.id and let_go <> '{}';
  return null;
end $$;
create trigger take_properties_back after update of deleted_at on public.owners
  for each row when (old.deleted_at is not null and new.deleted_at is null) execute function private.take_properties_back();

-- Whatever names a deleted owner as the owner of a property (a list, a person linking a role) brings it back.
create function private.revive_owners() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.owners o set deleted_at = null
   where o.deleted_at is not null
     and exists (select 1 from changed c where c.workspace_id = o.workspace_id and c.owner_id = o.id);
  return null;
end $$;
create trigger revive_owners_insert after insert on public.properties referencing new table as changed
  for each statement execute function private.revive_owners();
create trigger revive_owners_update after update on public.properties referencing new table as changed
  for each statement execute function private.revive_owners();

-- An owner goes with the person or organization it stands on, and comes back with it.
create function private.follow_party() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- named column by column, so that each has its index
  if tg_table_name = 'people' then
    update public.owners o set deleted_at = new.deleted_at
     where o.workspace_id = new.workspace_id and o.person_id = new.id and o.deleted_at is not distinct from old.deleted_at;
  else
    update public.owners o set deleted_at = new.deleted_at
     where o.workspace_id = new.workspace_id and o.organization_id = new.id and o.deleted_at is not distinct from old.deleted_at;
  end if;
  return null;
end $$;
create trigger follow_party after update of deleted_at on public.people
  for each row when (old.deleted_at is distinct from new.deleted_at) execute function private.follow_party();
create trigger follow_party after update of deleted_at on public.organizations
  for each row when (old.deleted_at is distinct from new.deleted_at) execute function private.follow_party();

-- As before, but by the index: a list that renames thousands of people must not read every owner for each.
create or replace function private.rename_owner() returns trigger
language plpgsql set search_path = ''
as $$
declare
  was text := coalesce(to_jsonb(old) ->> 'display_name', to_jsonb(old) ->> 'name');
  called text := left(coalesce(to_jsonb(new) ->> 'display_name', to_jsonb(new) ->> 'name', 'Unnamed'), 300);
begin
  if tg_table_name = 'people' then
    update public.owners o set display_name = called where o.workspace_id = new.workspace_id and o.person_id = new.id and o.display_name = was;
  else
    update public.owners o set display_name = called where o.workspace_id = new.workspace_id and o.organization_id = new.id and o.display_name = was;
  end if;
  return null;
end $$;

-- Next steps. One is open until an outreach with the same owner (else the same person, organization or property) closes it.
alter table public.activities add column next_step_closed_by uuid,
  add foreign key (workspace_id, next_step_closed_by) references public.activities (workspace_id, id) on delete set null (next_step_closed_by);
create index activities_closed_by_idx on public.activities (workspace_id, next_step_closed_by) where next_step_closed_by is not null;
create index activities_owner_step_idx on public.activities (workspace_id, owner_id, next_step_at)
  where next_step_at is not null and next_step_closed_by is null and owner_id is not null;
create index activities_person_step_idx on public.activities (workspace_id, person_id)
  where next_step_at is not null and next_step_closed_by is null and person_id is not null;
create index activities_organization_step_idx on public.activities (workspace_id, organization_id)
  where next_step_at is not null and next_step_closed_by is null and organization_id is not null;
create index activities_property_step_idx on public.activities (workspace_id, property_id)
  where next_step_at is not null and next_step_closed_by is null and property_id is not null;

-- that a step was closed is no correction of what was written
drop trigger audit on public.activities;
create trigger audit after delete or update of kind, channel, direction, subject, body, outcome, sentiment, next_step_at, occurred_at, details
  on public.activities for each row execute function private.audit();

create function private.close_next_steps() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  subject text := case when new.owner_id is not null then 'owner_id' when new.person_id is not null then 'person_id'
    when new.organization_id is not null then 'organization_id' else 'property_id' end;
begin
  -- by name, so that each case has its own small index
  execute format('update public.activities set next_step_closed_by = $1
    where workspace_id = $2 and %I = $3 and next_step_at is not null and next_step_closed_by is null and id <> $1 and occurred_at <= $4', subject)
  using new.id, new.workspace_id, coalesce(new.owner_id, new.person_id, new.organization_id, new.property_id), new.occurred_at;
  return null;
end $$;
create trigger close_next_steps after insert on public.activities for each row
  when (new.kind in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit')) execute function private.close_next_steps();

-- The earliest open next step of each owner whose activities changed. One that became a task is that task's matter.
create function private.keep_next_step() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.owners o set next_step_at = s.at
    from (select distinct c.workspace_id, c.owner_id from changed c where c.owner_id is not null and (tg_op = 'UPDATE' or c.next_step_at is not null)) t,
         lateral (
           select min(a.next_step_at) as at from public.activities a
            where a.workspace_id = t.workspace_id and a.owner_id = t.owner_id and a.next_step_at is not null and a.next_step_closed_by is null
              and to_jsonb(a) ->> 'next_step_task_id' is null) s
   where o.workspace_id = t.workspace_id and o.id = t.owner_id and o.next_step_at is distinct from s.at;
  return null;
end $$;
create trigger keep_next_step_insert after insert on public.activities referencing new table as changed
  for each statement execute function private.keep_next_step();
create trigger keep_next_step_update after update on public.activities referencing new table as changed
  for each statement execute function private.keep_next_step();
create trigger keep_next_step_delete after delete on public.activities referencing old table as changed
  for each statement execute function private.keep_next_step();

-- Notes and activities both count as "last activity" of everything they are about, and of the owner who stands on that party.
create or replace function private.touch_last_activity() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  happened timestamptz := case when tg_table_name = 'notes' then new.created_at else (to_jsonb(new) ->> 'occurred_at')::timestamptz end;
  is_contact boolean := coalesce(to_jsonb(new) ->> 'kind' in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit'), false);
begin
  update public.people set last_activity_at = happened
   where workspace_id = new.workspace_id and id = new.person_id and coalesce(last_activity_at, '-infinity') < happened;
  update public.organizations set last_activity_at = happened
   where workspace_id = new.workspace_id and id = new.organization_id and coalesce(last_activity_at, '-infinity') < happened;
  update public.properties set last_activity_at = happened
   where workspace_id = new.workspace_id and id = new.property_id and coalesce(last_activity_at, '-infinity') < happened;
  update public.owners set last_activity_at = greatest(last_activity_at, happened),
         last_contacted_at = case when is_contact then greatest(last_contacted_at, happened) else last_contacted_at end
   where workspace_id = new.workspace_id
     and (id = new.owner_id or person_id = new.person_id or organization_id = new.organization_id)
     and (coalesce(last_activity_at, '-infinity') < happened or is_contact and coalesce(last_contacted_at, '-infinity') < happened);
  return null;
end $$;

-- What is taken back was not the last activity either.
create function private.forget_last_activity() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  happened timestamptz := case when tg_table_name = 'notes' then old.created_at else (to_jsonb(old) ->> 'occurred_at')::timestamptz end;
  subject text[];
begin
  foreach subject slice 1 in array array[
    ['people', 'person_id'], ['organizations', 'organization_id'], ['properties', 'property_id'], ['owners', 'owner_id']]
  loop
    continue when to_jsonb(old) ->> subject[2] is null;
    execute format($q$
      update public.%1$I t set last_activity_at = (
        select max(x.at) from (
          select max(a.occurred_at) as at from public.activities a where a.workspace_id = $1 and a.%2$I = $2
          union all select max(n.created_at) from public.notes n where n.workspace_id = $1 and n.%2$I = $2) x)
       where t.workspace_id = $1 and t.id = $2 and t.last_activity_at = $3 $q$, subject[1], subject[2])
    using old.workspace_id, (to_jsonb(old) ->> subject[2])::uuid, happened;
  end loop;
  update public.owners t set last_contacted_at = (
      select max(a.occurred_at) from public.activities a where a.workspace_id = old.workspace_id and a.owner_id = old.owner_id
         and a.kind in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit'))
   where t.workspace_id = old.workspace_id and t.id = old.owner_id and t.last_contacted_at = happened;
  return null;
end $$;
create trigger forget_last_activity after delete on public.activities for each row execute function private.forget_last_activity();
create trigger forget_last_activity after delete on public.notes for each row execute function private.forget_last_activity();

-- What owners there are have lived through already.
update public.owners o set last_activity_at = x.at, last_contacted_at = x.contacted
  from (
    select w.id, max(a.occurred_at) as at,
           max(a.occurred_at) filter (where a.kind in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit')) as contacted
      from public.owners w
      join public.activities a on a.workspace_id = w.workspace_id
       and (a.owner_id = w.id or a.person_id = w.person_id or a.organization_id = w.organization_id)
     group by w.id) x
 where o.id = x.id;
