-- Why: what is said with an owner stands in one conversation for each owner and property, opened once however many press the button.
-- Touches: conversations, messages, owner_threads (new); open_thread, get_conversation; the topic `messages`.

create table public.conversations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  subject text not null check (length(btrim(subject)) between 1 and 300),
  channel text not null default 'in_app' check (channel in ('in_app', 'email', 'sms')),
  created_by uuid references public.profiles (user_id) on delete set null,
  last_message_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create index conversations_recent_idx on public.conversations (workspace_id, last_message_at desc nulls last, id);
create index conversations_created_by_idx on public.conversations (created_by);

-- Append-only: what was said stays said.
create table public.messages (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  conversation_id uuid not null,
  direction text not null check (direction in ('out', 'in')),
  body text not null check (length(btrim(body)) between 1 and 20000),
  author_id uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, conversation_id) references public.conversations (workspace_id, id) on delete cascade
);
create index messages_conversation_idx on public.messages (workspace_id, conversation_id, created_at desc, id);
create index messages_author_idx on public.messages (author_id);

create table public.owner_threads (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  owner_id uuid not null,
  property_id uuid,
  conversation_id uuid not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique nulls not distinct (workspace_id, owner_id, property_id),
  unique (workspace_id, conversation_id),
  foreign key (workspace_id, owner_id) references public.owners (workspace_id, id) on delete cascade,
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  foreign key (workspace_id, conversation_id) references public.conversations (workspace_id, id) on delete cascade
);
create index owner_threads_property_idx on public.owner_threads (workspace_id, property_id) where property_id is not null;

create trigger set_updated_at before update on public.conversations for each row execute function private.set_updated_at();
alter table public.conversations enable row level security;
alter table public.messages enable row level security;
alter table public.owner_threads enable row level security;
grant select, insert, update (subject) on public.conversations to authenticated;
grant select, insert on public.messages, public.owner_threads to authenticated;
revoke update, truncate on public.messages from service_role;
create policy conversations_select on public.conversations for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy conversations_insert on public.conversations for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
create policy conversations_update on public.conversations for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));
create policy messages_select on public.messages for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy messages_insert on public.messages for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and author_id = (select auth.uid()));
create policy owner_threads_select on public.owner_threads for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy owner_threads_insert on public.owner_threads for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())));

-- A message is something that happened with the owner: it stands on their timeline too.
create function private.note_message() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.conversations c set last_message_at = new.created_at
   where c.workspace_id = new.workspace_id and c.id = new.conversation_id and coalesce(c.last_message_at, '-infinity') < new.created_at;
  insert into public.activities (workspace_id, kind, channel, direction, body, occurred_at, performed_by, owner_id, property_id, person_id, organization_id, details)
  select new.workspace_id, 'in_app', 'in_app', new.direction, new.body, new.created_at, new.author_id, t.owner_id, t.property_id, o.person_id, o.organization_id,
         jsonb_build_object('conversation_id', new.conversation_id, 'message_id', new.id)
    from public.owner_threads t join public.owners o on o.workspace_id = t.workspace_id and o.id = t.owner_id
   where t.workspace_id = new.workspace_id and t.conversation_id = new.conversation_id;
  return null;
end $$;
create trigger note_message after insert on public.messages for each row execute function private.note_message();

create trigger broadcast_insert after insert on public.messages referencing new table as changed
  for each statement execute function private.broadcast_changes('messages', 'conversation_id');

-- The conversation with an owner, about one property or about none in particular: the one there is, else a new one. Two
-- who ask at once get the same. Returns { id, conversation_id, created }.
create function public.open_thread(workspace uuid, owner uuid, property uuid default null) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  thread public.owner_threads;
  title text;
  made uuid;
begin
  select concat_ws(' · ', o.display_name, (select coalesce(p.name, p.address) from public.properties p
      where p.workspace_id = workspace and p.id = property and p.deleted_at is null))
    into title from public.owners o
   where o.workspace_id = workspace and o.id = owner and o.deleted_at is null
     and (property is null or exists (select 1 from public.properties p where p.workspace_id = workspace and p.id = property and p.deleted_at is null));
  if title is null then raise exception 'Not found' using errcode = 'PT404'; end if;
  perform pg_advisory_xact_lock(hashtextextended(format('thread:%s:%s', owner, property), 0));
  select t.* into thread from public.owner_threads t
   where t.workspace_id = workspace and t.owner_id = owner and t.property_id is not distinct from property;
  if thread.id is not null then
    return jsonb_build_object('id', thread.id, 'conversation_id', thread.conversation_id, 'created', false);
  end if;
  insert into public.conversations (workspace_id, subject, created_by) values (workspace, left(title, 300), (select auth.uid())) returning id into made;
  insert into public.owner_threads (workspace_id, owner_id, property_id, conversation_id) values (workspace, owner, property, made) returning * into thread;
  return jsonb_build_object('id', thread.id, 'conversation_id', made, 'created', true);
end $$;

-- A conversation with a page of its messages, the newest first, `page_size` and one more where there are older ones; page on
-- with the last one's created_at and id. Null: no such conversation here.
create function private.get_conversation(workspace uuid, conversation uuid, before_at timestamptz, before_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return (
    select jsonb_build_object('id', c.id, 'subject', c.subject, 'channel', c.channel, 'created_at', c.created_at,
      'owner', (select jsonb_build_object('id', o.id, 'name', o.display_name, 'deleted_at', o.deleted_at) from public.owner_threads t
         join public.owners o on o.workspace_id = t.workspace_id and o.id = t.owner_id where t.workspace_id = workspace and t.conversation_id = c.id),
      'property', (select jsonb_build_object('id', p.id, 'name', coalesce(p.name, p.address)) from public.owner_threads t
         join public.properties p on p.workspace_id = t.workspace_id and p.id = t.property_id and p.deleted_at is null where t.workspace_id = workspace and t.conversation_id = c.id),
      'messages', (select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at desc, m.id desc), '[]') from (
        select m.id, m.direction, m.body, m.created_at, m.author_id, (select p.full_name from public.profiles p where p.user_id = m.author_id) as author
          from public.messages m
         where m.workspace_id = workspace and m.conversation_id = c.id and (before_at is null or (m.created_at, m.id) < (before_at, before_id))
         order by m.created_at desc, m.id desc limit page_size + 1) m))
    from public.conversations c where c.workspace_id = workspace and c.id = conversation);
end $$;
grant execute on function private.get_conversation(uuid, uuid, timestamptz, uuid, integer) to authenticated;
create function public.get_conversation(workspace uuid, conversation uuid, before_at timestamptz default null, before_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$
  select private.get_conversation(workspace, conversation, before_at, before_id, least(greatest(page_size, 1), 100)) $$;
grant execute on function public.open_thread(uuid, uuid, uuid), public.get_conversation(uuid, uuid, timestamptz, uuid, integer) to authenticated;
