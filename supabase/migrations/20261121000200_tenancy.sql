-- Why: workspaces are the tenants; who is in one, with what role, and who changed what.
-- Touches: profiles, workspaces, workspace_members, invitations, audit_log, a trigger on auth.users.

create table public.profiles (
  user_id uuid primary key references auth.users (id) on delete cascade,
  full_name text not null default '' check (length(full_name) <= 200),
  email text not null,
  time_zone text not null default 'America/New_York' check (length(time_zone) <= 64),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger set_updated_at before update on public.profiles
  for each row execute function private.set_updated_at();

create table public.workspaces (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(btrim(name)) between 1 and 100),
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$'),
  tier text not null default 'beta' check (tier in ('beta', 'pro', 'premium')),
  time_zone text not null default 'America/New_York' check (length(time_zone) <= 64),
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger set_updated_at before update on public.workspaces
  for each row execute function private.set_updated_at();

create table public.workspace_members (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  user_id uuid not null references public.profiles (user_id) on delete cascade,
  role text not null default 'member' check (role in ('owner', 'admin', 'member')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index workspace_members_user_id_idx on public.workspace_members (user_id);
create trigger set_updated_at before update on public.workspace_members
  for each row execute function private.set_updated_at();

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- null: an invitation by link, good for anybody who holds it until it expires or is revoked
  email text check (email = lower(btrim(email)) and email like '%_@_%'),
  role text not null default 'member' check (role in ('admin', 'member')),
  token_hash text not null unique,
  invited_by uuid references public.profiles (user_id) on delete set null,
  expires_at timestamptz not null default now() + interval '7 days',
  accepted_at timestamptz,
  revoked_at timestamptz,
  -- when the invited person asked for the mail once more, and when it was sent for that
  mail_requested_at timestamptz,
  mail_sent_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create index invitations_mail_requested_idx on public.invitations (mail_requested_at) where mail_requested_at is not null;
create unique index invitations_one_open_per_email on public.invitations (workspace_id, email)
  where email is not null and accepted_at is null and revoked_at is null;
create index invitations_invited_by_idx on public.invitations (invited_by);

create table public.audit_log (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  actor uuid references public.profiles (user_id) on delete set null,
  action text not null,
  entity text not null,
  entity_id uuid,
  before jsonb,
  after jsonb,
  request_id text,
  at timestamptz not null default now(),
  unique (workspace_id, id)
);
create index audit_log_workspace_at_idx on public.audit_log (workspace_id, at desc, id);
create index audit_log_entity_idx on public.audit_log (workspace_id, entity_id, at desc);
create index audit_log_actor_idx on public.audit_log (actor);

-- Membership, asked once a statement: policies say `workspace_id = any (array(select private.my_workspace_ids()))`.
create function private.my_workspace_ids(min_role text default 'member') returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select m.workspace_id from public.workspace_members m
  where m.user_id = auth.uid()
    and array_position(array['member', 'admin', 'owner'], m.role) >= array_position(array['member', 'admin', 'owner'], min_role)
$$;
grant execute on function private.my_workspace_ids(text) to authenticated;

create function private.my_colleague_ids() returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select them.user_id from public.workspace_members me
  join public.workspace_members them on them.workspace_id = me.workspace_id
  where me.user_id = auth.uid()
$$;
grant execute on function private.my_colleague_ids() to authenticated;

-- For functions that run with the definer's rights: the first line of each. Not a member: 404, never 403.
create function private.assert_member(workspace uuid, min_role text default 'member') returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
  if auth.role() = 'service_role' then return; end if;
  if not exists (select 1 from private.my_workspace_ids() w where w = workspace) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  if not exists (select 1 from private.my_workspace_ids(min_role) w where w = workspace) then
    raise exception 'This needs the role %', min_role using errcode = 'PT403';
  end if;
end $$;
grant execute on function private.assert_member(uuid, text) to authenticated;

create function private.create_profile() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.profiles (user_id, email, full_name, time_zone)
  values (new.id, lower(coalesce(new.email, '')),
          left(coalesce(new.raw_user_meta_data ->> 'full_name', ''), 200),
          left(coalesce(nullif(new.raw_user_meta_data ->> 'time_zone', ''), 'America/New_York'), 64))
  on conflict (user_id) do update set email = excluded.email;
  return new;
end $$;
create trigger create_profile after insert or update of email on auth.users
  for each row execute function private.create_profile();

-- A workspace always has an owner. The lock on the workspace row makes two owners who leave at once take turns.
create function private.keep_an_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.role <> 'owner' or (tg_op = 'UPDATE' and new.role = 'owner') then return null; end if;
  -- no stronger lock than that: each has a key share on the row by now, from the log entry
  perform 1 from public.workspaces w where w.id = old.workspace_id for no key update;
  if found and not exists (
    select 1 from public.workspace_members m where m.workspace_id = old.workspace_id and m.role = 'owner'
  ) then
    raise exception 'The last owner of a workspace can''t leave or be demoted. Make somebody else an owner first.'
      using errcode = 'PT409', hint = 'last_owner';
  end if;
  return null;
end $$;
create constraint trigger keep_an_owner after update or delete on public.workspace_members
  deferrable initially deferred for each row execute function private.keep_an_owner();

-- Only an owner makes or unmakes owners. Machines (no signed-in user) are the functions below, which check for themselves.
create function private.guard_owner_role() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if auth.uid() is not null and auth.uid() <> old.user_id
     and (old.role = 'owner' or (tg_op = 'UPDATE' and new.role = 'owner'))
     and not exists (select 1 from private.my_workspace_ids('owner') w where w = old.workspace_id) then
    raise exception 'Only an owner can change an owner''s role' using errcode = 'PT403';
  end if;
  if tg_op = 'UPDATE' then
    if auth.uid() = old.user_id and new.role = 'owner' and old.role <> 'owner' then
      raise exception 'Only an owner can change an owner''s role' using errcode = 'PT403';
    end if;
    return new;
  end if;
  return old;
end $$;
create trigger guard_owner_role before update or delete on public.workspace_members
  for each row execute function private.guard_owner_role();

-- One row a change, with only the columns that differ, in the change's own transaction.
-- An import writes one entry for itself, not one for each of its rows.
create function private.audit() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  old_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  new_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  subject jsonb := coalesce(new_row, old_row);
  ignored text[] := array['updated_at', 'edited_at', 'edited_by', 'field_sources', 'last_activity_at', 'token_hash', 'mail_requested_at',
    'mail_sent_at', 'normalized_name'];
  workspace uuid := case when tg_table_name = 'workspaces' then (subject ->> 'id')::uuid else (subject ->> 'workspace_id')::uuid end;
begin
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key)
      into old_row, new_row
      from jsonb_each(old_row) o
     where o.value is distinct from new_row -> o.key and o.key <> all (ignored);
    if old_row is null then return null; end if;
  end if;
  -- the workspace itself may be going, and its log with it
  if tg_op = 'DELETE' and not exists (select 1 from public.workspaces w where w.id = workspace) then return null; end if;
  insert into public.audit_log (workspace_id, actor, action, entity, entity_id, before, after, request_id)
  values (workspace, auth.uid(),
          tg_table_name || '.' || case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'updated' else 'deleted' end,
          tg_table_name, coalesce(subject ->> 'id', subject ->> 'user_id')::uuid,
          old_row - ignored, new_row - ignored, private.request_id());
  return null;
end $$;

create trigger audit after insert or update on public.workspaces for each row execute function private.audit();
create trigger audit after insert or update or delete on public.workspace_members for each row execute function private.audit();
create trigger audit after insert or update or delete on public.invitations for each row execute function private.audit();

alter table public.profiles enable row level security;
alter table public.workspaces enable row level security;
alter table public.workspace_members enable row level security;
alter table public.invitations enable row level security;
alter table public.audit_log enable row level security;

grant select, update (full_name, time_zone) on public.profiles to authenticated;
create policy profiles_select on public.profiles for select to authenticated
  using (user_id = (select auth.uid()) or user_id = any (array(select private.my_colleague_ids())));
create policy profiles_update on public.profiles for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

grant select, update (name, slug, time_zone, settings) on public.workspaces to authenticated;
create policy workspaces_select on public.workspaces for select to authenticated
  using (id = any (array(select private.my_workspace_ids())));
create policy workspaces_update on public.workspaces for update to authenticated
  using (id = any (array(select private.my_workspace_ids('admin'))))
  with check (id = any (array(select private.my_workspace_ids('admin'))));

grant select, update (role), delete on public.workspace_members to authenticated;
create policy workspace_members_select on public.workspace_members for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy workspace_members_update on public.workspace_members for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids('admin'))))
  with check (workspace_id = any (array(select private.my_workspace_ids('admin'))));
create policy workspace_members_delete on public.workspace_members for delete to authenticated
  using (user_id = (select auth.uid()) or workspace_id = any (array(select private.my_workspace_ids('admin'))));

grant select (id, workspace_id, email, role, invited_by, expires_at, accepted_at, revoked_at, created_at),
      insert (workspace_id, email, role, token_hash, invited_by, expires_at), update (revoked_at, token_hash, expires_at)
  on public.invitations to authenticated;
create policy invitations_select on public.invitations for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids('admin'))));
create policy invitations_insert on public.invitations for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids('admin'))) and invited_by = (select auth.uid()));
create policy invitations_update on public.invitations for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids('admin'))))
  with check (workspace_id = any (array(select private.my_workspace_ids('admin'))));

-- Append-only: written by triggers, read by admins, changed by nobody.
grant select on public.audit_log to authenticated;
revoke update, delete, truncate on public.audit_log from service_role;
create policy audit_log_select on public.audit_log for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids('admin'))));
