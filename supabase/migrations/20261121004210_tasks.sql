-- Why: what somebody is to do next, about anybody or anything, on one list.
-- Touches: tasks (new); notifications.task_id, activities.next_step_task_id; list_tasks; the topic `tasks`.

create table public.tasks (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  title text not null check (length(btrim(title)) between 1 and 300),
  due_at timestamptz,
  status text not null default 'open' check (status in ('open', 'done', 'dismissed')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  assigned_to uuid,
  person_id uuid,
  organization_id uuid,
  owner_id uuid,
  property_id uuid,
  verification_id uuid,
  -- where it came from: a person wrote it, or a next step fell due
  source text not null default 'person' check (source in ('person', 'next_step')),
  activity_id uuid,
  done_at timestamptz,
  done_by uuid references public.profiles (user_id) on delete set null,
  created_by uuid references public.profiles (user_id) on delete set null,
  -- when its assignee is to be told that it is due: at its time, then once each day of theirs; null: never
  remind_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (workspace_id, id),
  unique (workspace_id, activity_id),
  constraint tasks_about_somebody check (num_nonnulls(person_id, organization_id, owner_id, property_id, verification_id) >= 1),
  foreign key (workspace_id, assigned_to) references public.workspace_members (workspace_id, user_id) on delete set null (assigned_to),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_id) references public.owners (workspace_id, id) on delete cascade,
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  -- its property is filled in, so it goes on being about something
  foreign key (workspace_id, verification_id) references public.verifications (workspace_id, id) on delete set null (verification_id),
  foreign key (workspace_id, activity_id) references public.activities (workspace_id, id) on delete set null (activity_id)
);
create index tasks_person_idx on public.tasks (workspace_id, person_id, status) where person_id is not null;
create index tasks_organization_idx on public.tasks (workspace_id, organization_id, status) where organization_id is not null;
create index tasks_owner_idx on public.tasks (workspace_id, owner_id, status) where owner_id is not null;
create index tasks_property_idx on public.tasks (workspace_id, property_id, status) where property_id is not null;
create index tasks_verification_idx on public.tasks (workspace_id, verification_id, status) where verification_id is not null;
create index tasks_assigned_idx on public.tasks (workspace_id, assigned_to, coalesce(due_at, 'infinity'), id) where status = 'open' and deleted_at is null;
create index tasks_member_idx on public.tasks (workspace_id, assigned_to) where assigned_to is not null;
create index tasks_remind_idx on public.tasks (workspace_id, remind_at) where remind_at is not null;
create index tasks_done_by_idx on public.tasks (done_by);
create index tasks_created_by_idx on public.tasks (created_by);

alter table public.notifications
  add foreign key (workspace_id, task_id) references public.tasks (workspace_id, id) on delete cascade;
create index notifications_task_idx on public.notifications (workspace_id, task_id) where task_id is not null;

-- The task that a next step became when it fell due: it is no longer open then.
alter table public.activities add column next_step_task_id uuid,
  add foreign key (workspace_id, next_step_task_id) references public.tasks (workspace_id, id) on delete set null (next_step_task_id);
create index activities_next_step_task_idx on public.activities (workspace_id, next_step_task_id) where next_step_task_id is not null;

-- Who finished it and when, and when its assignee is to hear of it, follow from the rest.
create function private.keep_task() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  new.title := btrim(new.title);
  if new.status <> 'done' then new.done_at := null; new.done_by := null;
  elsif tg_op = 'INSERT' or old.status <> 'done' then new.done_at := now(); new.done_by := auth.uid();
  end if;
  if new.status <> 'open' or new.deleted_at is not null or new.assigned_to is null then new.remind_at := null;
  elsif tg_op = 'INSERT' then new.remind_at := coalesce(new.remind_at, new.due_at);
  elsif (new.due_at, new.assigned_to, new.status, new.deleted_at) is distinct from (old.due_at, old.assigned_to, old.status, old.deleted_at) then
    new.remind_at := new.due_at;
  end if;
  return new;
end $$;
create trigger keep_task before insert or update of title, due_at, status, assigned_to, deleted_at on public.tasks
  for each row execute function private.keep_task();
create trigger fill_subjects_of_card before insert on public.tasks
  for each row when (new.verification_id is not null) execute function private.fill_subjects_of_card();
-- a reminder is no change that somebody made
create trigger set_updated_at before update of title, due_at, status, priority, assigned_to, deleted_at on public.tasks
  for each row execute function private.set_updated_at();
create trigger audit after insert or delete or update of title, due_at, status, priority, assigned_to, deleted_at on public.tasks
  for each row execute function private.audit();

alter table public.tasks enable row level security;
-- deleting is setting deleted_at: it can be taken back
grant select, insert (id, workspace_id, title, due_at, status, priority, assigned_to, person_id, organization_id, owner_id, property_id,
    verification_id, created_by),
  update (title, due_at, status, priority, assigned_to, deleted_at) on public.tasks to authenticated;
create policy tasks_select on public.tasks for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy tasks_insert on public.tasks for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
create policy tasks_update on public.tasks for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));

do $$
declare event text;
begin
  foreach event in array array['insert', 'update', 'delete'] loop
    execute format('create trigger broadcast_%1$s after %1$s on public.tasks referencing %2$s table as changed for each statement
      execute function private.broadcast_changes(''tasks'', ''assigned_to'', ''person_id'', ''organization_id'', ''owner_id'', ''property_id'', ''verification_id'')',
      event, case event when 'delete' then 'old' else 'new' end);
  end loop;
end $$;

-- A member's name as colleagues see it.
create function private.person_name(person uuid) returns text
language sql stable security definer set search_path = ''
as $$ select coalesce(nullif(p.full_name, ''), p.email) from public.profiles p where p.user_id = person $$;

-- What a task or a file is about, the most telling of its subjects: { kind, id, name }. A card goes by its property.
create function private.subject_of(workspace uuid, card uuid, owner uuid, person uuid, organization uuid, property uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(
    case when card is not null then (
      select jsonb_build_object('kind', 'verification', 'id', v.id, 'name', coalesce(p.name, p.address))
        from public.verifications v join public.properties p on p.workspace_id = workspace and p.id = v.property_id
       where v.workspace_id = workspace and v.id = card) end,
    case when owner is not null then (select jsonb_build_object('kind', 'owner', 'id', o.id, 'name', o.display_name)
      from public.owners o where o.workspace_id = workspace and o.id = owner) end,
    case when person is not null then (select jsonb_build_object('kind', 'person', 'id', p.id, 'name', coalesce(p.display_name, 'No name'))
      from public.people p where p.workspace_id = workspace and p.id = person) end,
    case when organization is not null then (select jsonb_build_object('kind', 'organization', 'id', o.id, 'name', o.name)
      from public.organizations o where o.workspace_id = workspace and o.id = organization) end,
    case when property is not null then (select jsonb_build_object('kind', 'property', 'id', p.id, 'name', coalesce(p.name, p.address))
      from public.properties p where p.workspace_id = workspace and p.id = property) end)
$$;

-- Where a subject has its page.
create function private.subject_link(subject jsonb) returns text
language sql immutable set search_path = ''
as $$
  select case subject ->> 'kind'
    when 'verification' then '/verification?card=' when 'owner' then '/owners/' when 'person' then '/people/'
    when 'organization' then '/organizations/' when 'property' then '/properties/' end || (subject ->> 'id')
$$;

-- Whether a record that something hangs on was deleted: it is in nobody's lists until it is restored.
create function private.is_subject_deleted(workspace uuid, card uuid, owner uuid, person uuid, organization uuid, property uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select (card is not null and exists (select 1 from public.verifications x where x.workspace_id = workspace and x.id = card and x.deleted_at is not null))
      or (owner is not null and exists (select 1 from public.owners x where x.workspace_id = workspace and x.id = owner and x.deleted_at is not null))
      or (person is not null and exists (select 1 from public.people x where x.workspace_id = workspace and x.id = person and x.deleted_at is not null))
      or (organization is not null and exists (select 1 from public.organizations x where x.workspace_id = workspace and x.id = organization and x.deleted_at is not null))
      or (property is not null and exists (select 1 from public.properties x where x.workspace_id = workspace and x.id = property and x.deleted_at is not null))
$$;

-- The column that names a subject, of one that is there. 400 for what is no subject, 404 for one of another workspace.
create function private.subject_column(workspace uuid, subject text, subject_id uuid) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare found boolean;
begin
  if subject not in ('person', 'organization', 'owner', 'property', 'verification') then
    raise exception 'Nothing hangs on a %', subject using errcode = 'PT400';
  end if;
  execute format('select exists (select 1 from public.%I x where x.workspace_id = $1 and x.id = $2)',
    case subject when 'person' then 'people' when 'property' then 'properties' else subject || 's' end) into found using workspace, subject_id;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  return subject || '_id';
end $$;

-- Tasks of a subject, or of an assignee: the open ones by when they are due, then the others, the last finished first.
-- With `after`, the open ones that come behind { due_at, id }.
create function private.list_tasks(workspace uuid, subject text, subject_id uuid, assignee uuid, of_status text, after jsonb, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare result jsonb; narrowed text := 't.workspace_id = $1 and t.deleted_at is null';
begin
  perform private.assert_member(workspace);
  if subject is not null then
    narrowed := narrowed || format(' and t.%I = $2', private.subject_column(workspace, subject, subject_id));
  else
    narrowed := narrowed || ' and not private.is_subject_deleted($1, t.verification_id, t.owner_id, t.person_id, t.organization_id, t.property_id)';
  end if;
  if assignee is not null then narrowed := narrowed || ' and t.assigned_to = $3'; end if;
  execute format($q$
    select coalesce(jsonb_agg(to_jsonb(x) - 'sorted' order by x.sorted), '[]') from (
      select t.id, t.title, t.due_at, t.status, t.priority, t.assigned_to, private.person_name(t.assigned_to) as assignee, t.source, t.created_at,
             t.done_at, private.person_name(t.done_by) as done_by,
             private.subject_of($1, t.verification_id, t.owner_id, t.person_id, t.organization_id, t.property_id) as about,
             row_number() over (order by t.status = 'open' desc, t.group_due, t.closed desc, t.id) as sorted
        from ((select t.*, coalesce(t.due_at, 'infinity') as group_due, null::timestamptz as closed from public.tasks t
                where %1$s and t.status = 'open' and $4 in ('open', 'all')
                  and ($5 is null or (coalesce(t.due_at, 'infinity'), t.id) > (coalesce(($5 ->> 'due_at')::timestamptz, 'infinity'), ($5 ->> 'id')::uuid))
                order by coalesce(t.due_at, 'infinity'), t.id limit $6)
              union all
              (select t.*, null, coalesce(t.done_at, t.updated_at) from public.tasks t
                where %1$s and t.status <> 'open' and $4 in ('closed', 'all') and $5 is null
                order by coalesce(t.done_at, t.updated_at) desc, t.id limit 20)) t) x $q$, narrowed)
  into result using workspace, subject_id, assignee, of_status, after, greatest(1, least(page_size, 201));
  return result;
end $$;
grant execute on function private.list_tasks(uuid, text, uuid, uuid, text, jsonb, integer) to authenticated;

create function public.list_tasks(workspace uuid, subject text default null, subject_id uuid default null, mine boolean default false,
                                  of_status text default 'all', after jsonb default null, page_size integer default 100) returns jsonb
language sql stable set search_path = ''
as $$ select private.list_tasks(workspace, subject, subject_id, case when mine then auth.uid() end, of_status, after, page_size) $$;
grant execute on function public.list_tasks(uuid, text, uuid, boolean, text, jsonb, integer) to authenticated;
