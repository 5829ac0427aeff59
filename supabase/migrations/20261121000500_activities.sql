-- Why: one timeline for everything that happened with somebody, and the notes people write beside it; lists people keep.
-- Touches: activities, notes, saved_views, last_activity_at of the directory.

create table public.activities (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  kind text not null check (kind in ('note', 'call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit', 'site_event',
    'stage_change', 'status_change', 'import', 'merge', 'system')),
  channel text check (channel in ('call', 'sms', 'email', 'in_app', 'dm', 'linkedin', 'web')),
  direction text check (direction in ('out', 'in')),
  subject text check (length(subject) <= 500),
  body text check (length(body) <= 100000),
  outcome text check (outcome in ('no_answer', 'left_vm', 'interested', 'not_interested', 'follow_up', 'meeting_set',
    'answered', 'invalid_number', 'closed', 'rejected', 'do_not_call', 'pending_signup')),
  sentiment text check (sentiment in ('pos', 'neu', 'neg')),
  next_step_at timestamptz,
  occurred_at timestamptz not null default now(),
  performed_by uuid references public.profiles (user_id) on delete set null,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  person_id uuid,
  organization_id uuid,
  owner_id uuid,
  property_id uuid,
  phone_id uuid,
  email_id uuid,
  linkedin_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  check (num_nonnulls(person_id, organization_id, owner_id, property_id) >= 1),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_id) references public.owners (workspace_id, id) on delete cascade,
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete set null (phone_id),
  foreign key (workspace_id, email_id) references public.emails (workspace_id, id) on delete set null (email_id),
  foreign key (workspace_id, linkedin_id) references public.linkedin_profiles (workspace_id, id) on delete set null (linkedin_id)
);
create index activities_person_idx on public.activities (workspace_id, person_id, occurred_at desc, id) where person_id is not null;
create index activities_organization_idx on public.activities (workspace_id, organization_id, occurred_at desc, id) where organization_id is not null;
create index activities_owner_idx on public.activities (workspace_id, owner_id, occurred_at desc, id) where owner_id is not null;
create index activities_property_idx on public.activities (workspace_id, property_id, occurred_at desc, id) where property_id is not null;
create index activities_recent_idx on public.activities (workspace_id, occurred_at desc, id);
create index activities_phone_idx on public.activities (workspace_id, phone_id) where phone_id is not null;
create index activities_email_idx on public.activities (workspace_id, email_id) where email_id is not null;
create index activities_linkedin_idx on public.activities (workspace_id, linkedin_id) where linkedin_id is not null;
create index activities_performed_by_idx on public.activities (performed_by);

create table public.notes (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  body text not null check (length(btrim(body)) between 1 and 20000),
  author_id uuid references public.profiles (user_id) on delete set null,
  person_id uuid,
  organization_id uuid,
  owner_id uuid,
  property_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  check (num_nonnulls(person_id, organization_id, owner_id, property_id) >= 1),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_id) references public.owners (workspace_id, id) on delete cascade,
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade
);
create index notes_person_idx on public.notes (workspace_id, person_id, created_at desc) where person_id is not null;
create index notes_organization_idx on public.notes (workspace_id, organization_id, created_at desc) where organization_id is not null;
create index notes_owner_idx on public.notes (workspace_id, owner_id, created_at desc) where owner_id is not null;
create index notes_property_idx on public.notes (workspace_id, property_id, created_at desc) where property_id is not null;
create index notes_author_idx on public.notes (author_id);

create table public.saved_views (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  entity text not null check (entity in ('people', 'organizations', 'properties')),
  name text not null check (length(btrim(name)) between 1 and 80),
  -- the list's own state as its address holds it: filters, sort, columns
  state jsonb not null default '{}' check (jsonb_typeof(state) = 'object'),
  is_shared boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, entity, created_by, name),
  foreign key (workspace_id, created_by) references public.workspace_members (workspace_id, user_id) on delete cascade
);
create index saved_views_created_by_idx on public.saved_views (workspace_id, created_by);

create trigger set_updated_at before update on public.activities for each row execute function private.set_updated_at();
create trigger set_updated_at before update on public.notes for each row execute function private.set_updated_at();
create trigger set_updated_at before update on public.saved_views for each row execute function private.set_updated_at();
-- activities and notes are append-mostly: what a correction replaced is kept in the log
create trigger audit after update or delete on public.activities for each row execute function private.audit();
create trigger audit after update or delete on public.notes for each row execute function private.audit();

-- Notes and activities both count as "last activity" of everything they are about.
create function private.touch_last_activity() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare happened timestamptz := case when tg_table_name = 'notes' then new.created_at else (to_jsonb(new) ->> 'occurred_at')::timestamptz end;
begin
  update public.people set last_activity_at = happened
   where workspace_id = new.workspace_id and id = new.person_id and coalesce(last_activity_at, '-infinity') < happened;
  update public.organizations set last_activity_at = happened
   where workspace_id = new.workspace_id and id = new.organization_id and coalesce(last_activity_at, '-infinity') < happened;
  update public.properties set last_activity_at = happened
   where workspace_id = new.workspace_id and id = new.property_id and coalesce(last_activity_at, '-infinity') < happened;
  return null;
end $$;
create trigger touch_last_activity after insert on public.activities for each row execute function private.touch_last_activity();
create trigger touch_last_activity after insert on public.notes for each row execute function private.touch_last_activity();

alter table public.activities enable row level security;
alter table public.notes enable row level security;
alter table public.saved_views enable row level security;

grant select, insert, delete on public.activities, public.notes, public.saved_views to authenticated;
-- who did or wrote it, where and about whom stays as it was
grant update (kind, channel, direction, subject, body, outcome, sentiment, next_step_at, occurred_at, details) on public.activities to authenticated;
grant update (body) on public.notes to authenticated;
grant update (name, state, is_shared) on public.saved_views to authenticated;

create policy activities_select on public.activities for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy activities_insert on public.activities for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and performed_by = (select auth.uid()));
create policy activities_update on public.activities for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));
create policy activities_delete on public.activities for delete to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));

create policy notes_select on public.notes for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy notes_insert on public.notes for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and author_id = (select auth.uid()));
create policy notes_update on public.notes for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())) and author_id = (select auth.uid()))
  with check (workspace_id = any (array(select private.my_workspace_ids())) and author_id = (select auth.uid()));
create policy notes_delete on public.notes for delete to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids()))
    and (author_id = (select auth.uid()) or workspace_id = any (array(select private.my_workspace_ids('admin')))));

create policy saved_views_select on public.saved_views for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())) and (is_shared or created_by = (select auth.uid())));
create policy saved_views_insert on public.saved_views for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
create policy saved_views_update on public.saved_views for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()))
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
create policy saved_views_delete on public.saved_views for delete to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids()))
    and (created_by = (select auth.uid()) or (is_shared and workspace_id = any (array(select private.my_workspace_ids('admin'))))));
