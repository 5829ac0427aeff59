-- Why: lists come in as files: what each row became, what each record was before, and the way back.
-- Touches: imports, import_rows, import_entities, import_templates, merge_suggestions, the private bucket of uploaded files.

create table public.imports (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  file_name text not null check (length(file_name) between 1 and 255),
  -- in the bucket `imports`; made here, because the background reads it with rights that pass every policy
  file_path text not null generated always as (workspace_id::text || '/' || id::text || '.csv') stored,
  file_size bigint not null check (file_size >= 0),
  preset text not null check (preset in ('qozb', 'family_offices', 'contacts', 'gohighlevel', 'n8n_leads', 'eventbrite', 'generic')),
  mapping jsonb not null default '{}' check (jsonb_typeof(mapping) = 'object'),
  -- headers, samples, encoding, delimiter, warnings: what reading its beginning told
  inspection jsonb not null default '{}',
  -- uploaded → previewing → previewed → running → done; undoing → undone; failed at any point
  status text not null default 'uploaded' check (status in ('uploaded', 'previewing', 'previewed', 'running', 'done', 'failed', 'undoing', 'undone', 'cancelled')),
  error text,
  total_rows integer check (total_rows >= 0),
  -- the last line that is wholly done in the present phase: where a restart goes on
  last_line integer not null default 0,
  processed_rows integer not null default 0,
  -- { created: { people: 3, ... }, updated, linked, skipped, failed }, of the preview until the run replaces it
  counts jsonb not null default '{}',
  -- records kept by an undo, with the reason: [{ kind, id, name, reason }]
  kept jsonb not null default '[]',
  lease_token uuid,
  lease_until timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create index imports_workspace_created_idx on public.imports (workspace_id, created_at desc, id);
create index imports_waiting_idx on public.imports (created_at) where status in ('previewing', 'running', 'undoing');
create index imports_created_by_idx on public.imports (created_by);
create trigger set_updated_at before update on public.imports for each row execute function private.set_updated_at();

create table public.import_rows (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  import_id uuid not null,
  line integer not null check (line > 0),
  result text not null check (result in ('created', 'updated', 'linked', 'skipped', 'failed')),
  reason text,
  -- cells left out, [{ table, column, value, message }]; the rest of the row went in
  problems jsonb not null default '[]',
  -- the cells as they stood, kept only where something was refused
  raw jsonb,
  -- { people: [id], organizations: [id], properties: [id] }
  entities jsonb not null default '{}',
  unique (workspace_id, id),
  unique (import_id, line),
  foreign key (workspace_id, import_id) references public.imports (workspace_id, id) on delete cascade
);
create index import_rows_result_idx on public.import_rows (workspace_id, import_id, result, line);
create index import_rows_refused_idx on public.import_rows (workspace_id, import_id, line) where raw is not null;

-- What the whole file says of one record: the fields it claims (the first row that speaks of a field wins within a file),
-- whether the record was there before, and its fields as they were.
create table public.import_entities (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  import_id uuid not null,
  kind text not null check (kind in ('people', 'organizations', 'properties', 'phones', 'emails', 'linkedin_profiles', 'owners')),
  entity_id uuid not null,
  -- by which this file finds the record again in a later chunk of a dry run, when nothing is written yet
  keys text[] not null default '{}',
  action text not null check (action in ('created', 'updated', 'linked', 'skipped')),
  line integer not null,
  claims jsonb not null default '{}',
  before jsonb not null default '{}',
  undo_result text check (undo_result in ('removed', 'restored', 'kept')),
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (import_id, kind, entity_id),
  foreign key (workspace_id, import_id) references public.imports (workspace_id, id) on delete cascade
);
create index import_entities_entity_idx on public.import_entities (workspace_id, entity_id, created_at desc);
create index import_entities_keys_idx on public.import_entities using gin (import_id, keys) where keys <> '{}';

create table public.import_templates (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 100),
  preset text not null,
  -- a hash of the file's headers: the same headers find the mapping again
  headers_key text not null,
  mapping jsonb not null check (jsonb_typeof(mapping) = 'object'),
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, headers_key)
);
create index import_templates_created_by_idx on public.import_templates (created_by);
create trigger set_updated_at before update on public.import_templates for each row execute function private.set_updated_at();

-- Two people of one name in one organization may be one person. That is for a person to say.
create table public.merge_suggestions (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  person_id uuid not null,
  other_person_id uuid not null,
  reason text not null,
  import_id uuid,
  dismissed_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, person_id, other_person_id),
  check (person_id <> other_person_id),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, other_person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, import_id) references public.imports (workspace_id, id) on delete set null (import_id)
);
create index merge_suggestions_other_idx on public.merge_suggestions (workspace_id, other_person_id);
create index merge_suggestions_import_idx on public.merge_suggestions (workspace_id, import_id);

alter table public.imports enable row level security;
alter table public.import_rows enable row level security;
alter table public.import_entities enable row level security;
alter table public.import_templates enable row level security;
alter table public.merge_suggestions enable row level security;

-- A member announces a file and maps it; how far it is, what it counted and who works on it is for the functions to say.
grant select, insert (id, workspace_id, file_name, file_size, preset, created_by) on public.imports to authenticated;
grant update (preset, mapping, inspection, status, error) on public.imports to authenticated;
grant select on public.import_rows, public.import_entities to authenticated;
grant select, insert, update, delete on public.import_templates to authenticated;
grant select, update (dismissed_at) on public.merge_suggestions to authenticated;

create policy imports_select on public.imports for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy imports_insert on public.imports for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
-- imports_update stands where phases do: only an import that rests and has written nothing may be mapped anew
create policy import_rows_select on public.import_rows for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy import_entities_select on public.import_entities for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy import_templates_select on public.import_templates for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy import_templates_insert on public.import_templates for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and created_by = (select auth.uid()));
create policy import_templates_update on public.import_templates for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));
create policy import_templates_delete on public.import_templates for delete to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy merge_suggestions_select on public.merge_suggestions for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy merge_suggestions_update on public.merge_suggestions for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));

-- One log entry for an import that ran and one for its undo, not one for each of its rows.
create function private.audit_import() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.audit_log (workspace_id, actor, action, entity, entity_id, after, request_id)
  values (new.workspace_id, coalesce(auth.uid(), new.created_by), 'imports.' || new.status, 'imports', new.id,
    jsonb_build_object('file_name', new.file_name, 'counts', new.counts), private.request_id());
  return null;
end $$;
create trigger audit after update of status on public.imports for each row
  when (old.status is distinct from new.status and new.status in ('running', 'done', 'failed', 'undoing', 'undone'))
  execute function private.audit_import();

insert into storage.buckets (id, name, public, file_size_limit) values ('imports', 'imports', false, 52428800)
on conflict (id) do nothing;
create policy imports_bucket_select on storage.objects for select to authenticated
  using (bucket_id = 'imports' and (storage.foldername(name))[1] = any (array(select private.my_workspace_ids()::text)));
create policy imports_bucket_insert on storage.objects for insert to authenticated
  with check (bucket_id = 'imports' and (storage.foldername(name))[1] = any (array(select private.my_workspace_ids()::text)));
