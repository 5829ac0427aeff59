-- Why: documents hang on owners, properties and cards: uploaded straight to private storage, seen by their workspace alone.
-- Touches: files, storage_removals (new), bucket crm-files and its policies, list_files; the topic `files`.

create table public.files (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- where the object stands in the bucket: made here, never by whoever uploads
  path text not null generated always as (workspace_id::text || '/' || id::text) stored unique,
  title text not null check (length(btrim(title)) between 1 and 255),
  -- what its first bytes say it is, whatever the browser called it; null until it has been looked at
  mime text check (length(mime) <= 200),
  size_bytes bigint check (size_bytes between 0 and 52428800),
  -- the object says the same of itself, and a browser may show it: a picture or a PDF
  is_viewable boolean not null default false,
  person_id uuid,
  organization_id uuid,
  owner_id uuid,
  property_id uuid,
  verification_id uuid,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- null: announced; the object may not be there yet
  uploaded_at timestamptz,
  deleted_at timestamptz,
  unique (workspace_id, id),
  constraint files_about_somebody check (num_nonnulls(person_id, organization_id, owner_id, property_id, verification_id) >= 1),
  check (uploaded_at is null or (mime is not null and size_bytes is not null)),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_id) references public.owners (workspace_id, id) on delete cascade,
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  foreign key (workspace_id, verification_id) references public.verifications (workspace_id, id) on delete set null (verification_id)
);
create index files_person_idx on public.files (workspace_id, person_id) where person_id is not null;
create index files_organization_idx on public.files (workspace_id, organization_id) where organization_id is not null;
create index files_owner_idx on public.files (workspace_id, owner_id) where owner_id is not null;
create index files_property_idx on public.files (workspace_id, property_id) where property_id is not null;
create index files_verification_idx on public.files (workspace_id, verification_id) where verification_id is not null;
create index files_created_by_idx on public.files (created_by);
create index files_pending_idx on public.files (created_at) where uploaded_at is null;
create index files_deleted_idx on public.files (deleted_at) where deleted_at is not null;

-- Objects that must go because their row went, however it went. `due_at`: when; `until_at`: an upload address may still be good until
-- then, so the object is removed once more after it.
create table public.storage_removals (
  id uuid primary key default gen_random_uuid(),
  path text not null unique,
  bucket text not null default 'crm-files',
  due_at timestamptz not null default now(),
  until_at timestamptz not null default now()
);
create index storage_removals_due_idx on public.storage_removals (due_at);
alter table public.storage_removals enable row level security;
create policy storage_removals_nobody on public.storage_removals for all to authenticated using (false) with check (false);

create function private.queue_removal() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.storage_removals (path, until_at)
  -- an upload address is good for two hours
  values (old.path, case when old.uploaded_at is null then old.created_at + interval '130 minutes' else now() end)
  on conflict (path) do nothing;
  return null;
end $$;
create trigger queue_removal after delete on public.files for each row execute function private.queue_removal();

-- How many files a card may hold (lib/tiers.ts says the same). One card's uploads take turns here, and what is only announced counts: two
-- at once can't both be the third.
create function private.cap_files() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.verification_id is null or new.deleted_at is not null or private.has_tier(new.workspace_id, 'pro') then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('files of ' || new.verification_id, 0));
  if (select count(*) from public.files f where f.workspace_id = new.workspace_id and f.verification_id = new.verification_id
        and f.deleted_at is null and f.id <> new.id) >= 3 then
    perform private.require_tier(new.workspace_id, 'pro', 'files_uncapped');
  end if;
  return new;
end $$;
create trigger fill_subjects_of_card before insert on public.files
  for each row when (new.verification_id is not null) execute function private.fill_subjects_of_card();
create trigger limit_files before insert on public.files for each row execute function private.cap_files();
create trigger limit_files_restored before update of deleted_at on public.files
  for each row when (old.deleted_at is not null and new.deleted_at is null) execute function private.cap_files();
create trigger set_updated_at before update on public.files for each row execute function private.set_updated_at();
create trigger audit after delete or update of title, uploaded_at, deleted_at on public.files
  for each row execute function private.audit();

alter table public.files enable row level security;
-- what a file really is, the server says after looking: through register_file alone
grant select, insert (id, workspace_id, title, person_id, organization_id, owner_id, property_id, verification_id, created_by),
  update (title, deleted_at) on public.files to authenticated;
create policy files_select on public.files for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy files_insert on public.files for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
create policy files_update on public.files for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));

do $$
declare event text;
begin
  foreach event in array array['insert', 'update', 'delete'] loop
    execute format('create trigger broadcast_%1$s after %1$s on public.files referencing %2$s table as changed for each statement
      execute function private.broadcast_changes(''files'', ''person_id'', ''organization_id'', ''owner_id'', ''property_id'', ''verification_id'')',
      event, case event when 'delete' then 'old' else 'new' end);
  end loop;
end $$;

insert into storage.buckets (id, name, public, file_size_limit) values ('crm-files', 'crm-files', false, 52428800)
on conflict (id) do nothing;
create policy crm_files_bucket_select on storage.objects for select to authenticated
  using (bucket_id = 'crm-files' and (storage.foldername(name))[1] = any (array(select private.my_workspace_ids()::text)));
-- only what was announced, by whoever announced it: no other key, and no second time
create policy crm_files_bucket_insert on storage.objects for insert to authenticated
  with check (bucket_id = 'crm-files' and (storage.foldername(name))[1] = any (array(select private.my_workspace_ids()::text))
    and exists (select 1 from public.files f where f.path = name and f.uploaded_at is null and f.deleted_at is null
                  and f.created_by = (select auth.uid())));

-- A file as pages show it.
create function private.file_row(f public.files) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', f.id, 'path', f.path, 'title', f.title, 'mime', f.mime, 'size_bytes', f.size_bytes, 'is_viewable', f.is_viewable,
    'created_at', f.created_at, 'uploaded_at', f.uploaded_at, 'created_by', f.created_by, 'uploader', private.person_name(f.created_by))
$$;

-- What storage itself knows of an announced object: { size, mime }, or null where it never arrived. Only for who announced it.
create function private.find_upload(workspace uuid, file uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return (select jsonb_build_object('id', f.id, 'path', f.path, 'title', f.title, 'size', (o.metadata ->> 'size')::bigint, 'mime', o.metadata ->> 'mimetype',
                                    'arrived', o.id is not null)
            from public.files f left join storage.objects o on o.bucket_id = 'crm-files' and o.name = f.path
           where f.workspace_id = workspace and f.id = file and f.created_by = auth.uid() and f.uploaded_at is null and f.deleted_at is null);
end $$;
grant execute on function private.find_upload(uuid, uuid) to authenticated;
create function public.find_upload(workspace uuid, file uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.find_upload(workspace, file) $$;
grant execute on function public.find_upload(uuid, uuid) to authenticated;

-- Takes an upload in. `seen_type` is what its first bytes are; size and the type it will be served as come from storage alone, so a browser
-- is never handed anything but a picture or a PDF to show. Null: there is no such upload.
create function private.register_file(workspace uuid, file uuid, seen_type text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare object jsonb; kept public.files;
begin
  perform private.assert_member(workspace);
  select o.metadata into object from public.files f join storage.objects o on o.bucket_id = 'crm-files' and o.name = f.path
   where f.workspace_id = workspace and f.id = file and f.created_by = auth.uid() and f.uploaded_at is null and f.deleted_at is null;
  if object is null then return null; end if;
  update public.files f
     set mime = left(seen_type, 200), size_bytes = (object ->> 'size')::bigint, uploaded_at = now(),
         is_viewable = seen_type = object ->> 'mimetype'
           and seen_type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf')
   where f.workspace_id = workspace and f.id = file and f.uploaded_at is null
  returning f.* into kept;
  return private.file_row(kept);
end $$;
grant execute on function private.register_file(uuid, uuid, text) to authenticated;
create function public.register_file(workspace uuid, file uuid, seen_type text) returns jsonb
language sql set search_path = '' as $$ select private.register_file(workspace, file, seen_type) $$;
grant execute on function public.register_file(uuid, uuid, text) to authenticated;

-- Gives up an upload that is not to be kept: the row goes, and its object with the next cleaning.
create function private.drop_upload(workspace uuid, file uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  delete from public.files f where f.workspace_id = workspace and f.id = file and f.created_by = auth.uid() and f.uploaded_at is null;
end $$;
grant execute on function private.drop_upload(uuid, uuid) to authenticated;
create function public.drop_upload(workspace uuid, file uuid) returns void
language sql set search_path = '' as $$ select private.drop_upload(workspace, file) $$;
grant execute on function public.drop_upload(uuid, uuid) to authenticated;

-- The files of a subject, the newest first.
create function private.list_files(workspace uuid, subject text, subject_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare result jsonb;
begin
  perform private.assert_member(workspace);
  execute format($q$
    select coalesce(jsonb_agg(x.shown order by x.created_at desc, x.id), '[]') from (
      select private.file_row(f) as shown, f.created_at, f.id from public.files f
       where f.workspace_id = $1 and f.%I = $2 and f.uploaded_at is not null and f.deleted_at is null
       order by f.created_at desc, f.id limit 500) x $q$, private.subject_column(workspace, subject, subject_id)) into result using workspace, subject_id;
  return result;
end $$;
grant execute on function private.list_files(uuid, text, uuid) to authenticated;
create function public.list_files(workspace uuid, subject text, subject_id uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.list_files(workspace, subject, subject_id) $$;
grant execute on function public.list_files(uuid, text, uuid) to authenticated;

-- For the cron alone: what was announced an hour ago and never came, and what was deleted a day ago, goes for good. Returns how many.
create function public.expire_files(batch integer default 500) returns integer
language plpgsql set search_path = ''
as $$
declare pending integer; deleted integer;
begin
  delete from public.files f where f.id in (
    select x.id from public.files x where x.uploaded_at is null and x.created_at < now() - interval '1 hour' limit batch for update skip locked);
  get diagnostics pending = row_count;
  delete from public.files f where f.id in (
    select x.id from public.files x where x.deleted_at < now() - interval '1 day' limit batch for update skip locked);
  get diagnostics deleted = row_count;
  return pending + deleted;
end $$;

-- For the cron alone: objects to remove now. Each is put off by ten minutes meanwhile, so that another run takes others, and a run that
-- dies leaves them to a later one.
create function public.claim_removals(batch integer default 200) returns text[]
language sql set search_path = ''
as $$
  with due as (
    select r.path from public.storage_removals r where r.due_at <= now() order by r.due_at limit batch for update skip locked
  ), claimed as (
    update public.storage_removals r set due_at = now() + interval '10 minutes' from due where r.path = due.path returning r.path)
  select coalesce(array_agg(c.path), '{}') from claimed c
$$;

-- After their objects went: forgotten, unless an upload address could still bring one back.
create function public.finish_removals(paths text[]) returns void
language sql set search_path = ''
as $$
  update public.storage_removals r set due_at = r.until_at where r.path = any (paths) and r.until_at > now();
  delete from public.storage_removals r where r.path = any (paths) and r.until_at <= now();
$$;
