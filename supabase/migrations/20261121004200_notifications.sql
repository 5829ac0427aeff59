-- Why: what a person should know of comes to them: in the app at once, by mail once a day where they want it.
-- Touches: notifications, notification_preferences (new); functions private.notify, private.zone_or_utc, private.next_local_time,
-- list_notifications, read_notifications, save_notification_preferences, claim_digests, finish_digest; the topic `notifications`.

create table public.notifications (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  user_id uuid not null,
  -- what it is about, in the words of modules/notifications
  kind text not null check (kind ~ '^[a-z][a-z_]{1,39}$'),
  title text not null check (length(title) between 1 and 300),
  body text check (length(body) <= 2000),
  -- a page of ours: a path, never another site
  link text not null default '/notifications' check (link ~ '^/([^/\\]|$)' and length(link) <= 500),
  -- says which event it tells of: the same one twice is told once
  dedupe_key text not null check (length(dedupe_key) between 1 and 200),
  task_id uuid,
  verification_id uuid,
  read_at timestamptz,
  emailed_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  constraint notifications_once unique (workspace_id, user_id, dedupe_key),
  foreign key (workspace_id, user_id) references public.workspace_members (workspace_id, user_id) on delete cascade,
  foreign key (workspace_id, verification_id) references public.verifications (workspace_id, id) on delete cascade
);
create index notifications_person_idx on public.notifications (workspace_id, user_id, created_at desc, id);
create index notifications_unread_idx on public.notifications (workspace_id, user_id, created_at desc, id) where read_at is null;
create index notifications_verification_idx on public.notifications (workspace_id, verification_id) where verification_id is not null;

-- What somebody wants to be told of in a workspace; without a row everything, in the app alone.
create table public.notification_preferences (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  user_id uuid not null,
  muted_kinds text[] not null default '{}' check (cardinality(muted_kinds) <= 50),
  email_digest text not null default 'off' check (email_digest in ('off', 'daily')),
  -- when the next mail is due: eight in the morning of the person's zone; null: none is
  next_digest_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, user_id),
  foreign key (workspace_id, user_id) references public.workspace_members (workspace_id, user_id) on delete cascade
);
create index notification_preferences_due_idx on public.notification_preferences (next_digest_at) where next_digest_at is not null;
create trigger set_updated_at before update on public.notification_preferences
  for each row execute function private.set_updated_at();

-- A zone as the database knows it; a name that it doesn't know must not stop the work for everybody else.
create function private.zone_or_utc(zone text) returns text
language plpgsql stable set search_path = ''
as $$
begin
  perform now() at time zone zone;
  return coalesce(zone, 'UTC');
exception when invalid_parameter_value then return 'UTC';
end $$;

-- The next time a clock of the zone shows that hour, after an instant. Days of 23 and 25 hours are counted right.
create function private.next_local_time(zone text, hour time, after timestamptz) returns timestamptz
language sql stable set search_path = ''
as $$
  select case when today > after then today else (local_day + 1 + hour) at time zone safe end
  from (select private.zone_or_utc(zone) as safe) z,
       lateral (select (after at time zone safe)::date as local_day) d,
       lateral (select (local_day + hour) at time zone safe as today) t
$$;

create function private.plan_digest() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.email_digest = 'off' then new.next_digest_at := null;
  elsif tg_op = 'INSERT' or old.email_digest = 'off' then
    select private.next_local_time(p.time_zone, '08:00', now()) into new.next_digest_at
      from public.profiles p where p.user_id = new.user_id;
  end if;
  return new;
end $$;
create trigger plan_digest before insert or update of email_digest on public.notification_preferences
  for each row execute function private.plan_digest();

-- Tells somebody something once: a second call with the same key does nothing. Nobody is told what they muted, and
-- nobody who has left. Returns whether it was new.
create function private.notify(workspace uuid, person uuid, of_kind text, what text, more text, leads_to text, once_key text,
                               of_task uuid default null, of_card uuid default null) returns boolean
language sql security definer set search_path = ''
as $$
  with made as (
    insert into public.notifications (workspace_id, user_id, kind, title, body, link, dedupe_key, task_id, verification_id)
    select workspace, m.user_id, of_kind, left(what, 300), left(more, 2000), leads_to, once_key, of_task, of_card
      from public.workspace_members m
     where m.workspace_id = workspace and m.user_id = person
       and not exists (select 1 from public.notification_preferences n
                        where n.workspace_id = workspace and n.user_id = person and of_kind = any (n.muted_kinds))
    on conflict on constraint notifications_once do nothing
    returning 1)
  select exists (select 1 from made)
$$;

alter table public.notifications enable row level security;
alter table public.notification_preferences enable row level security;
grant select, update (read_at) on public.notifications to authenticated;
create policy notifications_select on public.notifications for select to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any (array(select private.my_workspace_ids())));
create policy notifications_update on public.notifications for update to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any (array(select private.my_workspace_ids())))
  with check (user_id = (select auth.uid()) and workspace_id = any (array(select private.my_workspace_ids())));

grant select on public.notification_preferences to authenticated;
create policy notification_preferences_select on public.notification_preferences for select to authenticated
  using (user_id = (select auth.uid()) and workspace_id = any (array(select private.my_workspace_ids())));

create trigger broadcast_insert after insert on public.notifications referencing new table as changed
  for each statement execute function private.broadcast_changes('notifications', 'user_id');
create trigger broadcast_update after update on public.notifications referencing new table as changed
  for each statement execute function private.broadcast_changes('notifications', 'user_id');
create trigger broadcast_delete after delete on public.notifications referencing old table as changed
  for each statement execute function private.broadcast_changes('notifications', 'user_id');

-- The caller's own, newest first, and how many of all are unread (counted up to 100: the bell says "99+").
create function private.list_notifications(workspace uuid, unread_only boolean, before_at timestamptz, after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return jsonb_build_object(
    'unread', (select count(*) from (select 1 from public.notifications n
                where n.workspace_id = workspace and n.user_id = auth.uid() and n.read_at is null limit 100) u),
    'rows', (select coalesce(jsonb_agg(to_jsonb(x) order by x.created_at desc, x.id), '[]') from (
      select n.id, n.kind, n.title, n.body, n.link, n.read_at, n.created_at from public.notifications n
       where n.workspace_id = workspace and n.user_id = auth.uid() and (not unread_only or n.read_at is null)
         and (before_at is null or n.created_at < before_at or (n.created_at = before_at and n.id > after_id))
       order by n.created_at desc, n.id limit greatest(0, least(page_size, 101))) x));
end $$;
grant execute on function private.list_notifications(uuid, boolean, timestamptz, uuid, integer) to authenticated;

create function public.list_notifications(workspace uuid, unread_only boolean default false, before_at timestamptz default null,
                                          after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$
  select private.list_notifications(workspace, unread_only, before_at, after_id, page_size) $$;
grant execute on function public.list_notifications(uuid, boolean, timestamptz, uuid, integer) to authenticated;

-- Marks all of the caller's as read that had come by then: what comes in the meantime was not seen. Returns how many.
create function public.read_notifications(workspace uuid, until timestamptz default now()) returns integer
language plpgsql set search_path = ''
as $$
declare marked integer;
begin
  perform private.assert_member(workspace);
  update public.notifications n set read_at = now()
   where n.workspace_id = workspace and n.user_id = auth.uid() and n.read_at is null and n.created_at <= until;
  get diagnostics marked = row_count;
  return marked;
end $$;
grant execute on function public.read_notifications(uuid, timestamptz) to authenticated;

-- The caller's own preferences: given ones replace what there was, left out ones stay. Answers { muted_kinds, email_digest }.
create function private.save_notification_preferences(workspace uuid, muted text[], digest text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  insert into public.notification_preferences as kept (workspace_id, user_id, muted_kinds, email_digest)
  values (workspace, auth.uid(), coalesce(muted, '{}'), coalesce(digest, 'off'))
  on conflict (workspace_id, user_id) do update
    set muted_kinds = coalesce(muted, kept.muted_kinds), email_digest = coalesce(digest, kept.email_digest);
  return (select jsonb_build_object('muted_kinds', n.muted_kinds, 'email_digest', n.email_digest) from public.notification_preferences n
           where n.workspace_id = workspace and n.user_id = auth.uid());
end $$;
grant execute on function private.save_notification_preferences(uuid, text[], text) to authenticated;
create function public.save_notification_preferences(workspace uuid, muted text[] default null, digest text default null) returns jsonb
language sql set search_path = '' as $$ select private.save_notification_preferences(workspace, muted, digest) $$;
grant execute on function public.save_notification_preferences(uuid, text[], text) to authenticated;

-- For the cron alone: takes people whose daily mail is due, moves each on to the next morning, and says what to write. A mail is
-- claimed before it is sent: a run that dies in between leaves it out rather than send it twice.
create function public.claim_digests(batch integer default 50) returns jsonb
language sql set search_path = ''
as $$
  with due as (
    select n.workspace_id, n.user_id from public.notification_preferences n
     where n.next_digest_at <= now() order by n.next_digest_at limit batch for update skip locked
  ), moved as (
    update public.notification_preferences n
       set next_digest_at = private.next_local_time(p.time_zone, '08:00', now())
      from due d join public.profiles p on p.user_id = d.user_id
     where n.workspace_id = d.workspace_id and n.user_id = d.user_id
    returning n.workspace_id, n.user_id, p.email, p.full_name, p.time_zone
  )
  select coalesce(jsonb_agg(jsonb_build_object('workspace_id', m.workspace_id, 'user_id', m.user_id, 'email', m.email,
    'full_name', m.full_name, 'time_zone', m.time_zone, 'workspace_name', w.name, 'until', now(),
    'total', (select count(*) from public.notifications n where n.workspace_id = m.workspace_id and n.user_id = m.user_id
                 and n.read_at is null and n.emailed_at is null),
    'items', (select coalesce(jsonb_agg(to_jsonb(x) order by x.created_at desc), '[]') from (
      select n.title, n.body, n.link, n.created_at from public.notifications n
       where n.workspace_id = m.workspace_id and n.user_id = m.user_id and n.read_at is null and n.emailed_at is null
       order by n.created_at desc limit 30) x))), '[]')
  from moved m join public.workspaces w on w.id = m.workspace_id
$$;

-- After the mail went out (its notifications are not mailed again), or was refused (it is due again at once).
create function public.finish_digest(workspace uuid, person uuid, until timestamptz, was_sent boolean) returns void
language plpgsql set search_path = ''
as $$
begin
  if was_sent then
    update public.notifications n set emailed_at = now()
     where n.workspace_id = workspace and n.user_id = person and n.read_at is null and n.emailed_at is null and n.created_at <= until;
  else
    update public.notification_preferences n set next_digest_at = now()
     where n.workspace_id = workspace and n.user_id = person and n.email_digest = 'daily';
  end if;
end $$;
