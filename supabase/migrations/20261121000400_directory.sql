-- Why: the people, organizations and properties of a market, and the contact points that they share.
-- Touches: people, organizations, owners, properties, phones, emails, linkedin_profiles and the links between them.

create table public.people (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  first_name text check (length(first_name) <= 200 and first_name <> ''),
  last_name text check (length(last_name) <= 200 and last_name <> ''),
  display_name text generated always as (coalesce(first_name || ' ' || last_name, first_name, last_name)) stored,
  -- '~' sorts behind every letter: people without a name come last
  normalized_name text collate "C" generated always as (
    coalesce(nullif(private.normalize_text(coalesce(first_name || ' ' || last_name, first_name, last_name)), ''), '~')) stored,
  title text check (length(title) <= 300),
  lead_status text not null default 'new' check (lead_status in ('new', 'warm', 'hot', 'customer', 'lost', 'do_not_contact')),
  contact_types text[] not null default '{}',
  tags text[] not null default '{}',
  sources text[] not null default '{}',
  assigned_to uuid,
  user_id uuid references auth.users (id) on delete set null,
  city text check (length(city) <= 200),
  state text check (length(state) <= 100),
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  -- how a list that gives no phone, e-mail or profile names this person, so that the list can be imported again
  source_key text,
  -- column → 'person' where a person typed the value: an import never overwrites those
  field_sources jsonb not null default '{}',
  edited_at timestamptz,
  edited_by uuid,
  last_activity_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (workspace_id, id),
  foreign key (workspace_id, assigned_to) references public.workspace_members (workspace_id, user_id) on delete set null (assigned_to)
);

create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text not null check (length(btrim(name)) between 1 and 300),
  normalized_name text collate "C" generated always as (private.normalize_text(name)) stored,
  kind text check (kind in ('family_office', 'developer', 'fund', 'investor', 'law_firm', 'owner_llc', 'property_manager', 'lender', 'brokerage', 'other')),
  category text check (length(category) <= 100),
  website text check (length(website) <= 500),
  domain text check (length(domain) <= 253),
  address text check (length(address) <= 500),
  city text check (length(city) <= 200),
  state text check (length(state) <= 100),
  zip text check (length(zip) <= 20),
  country text check (length(country) <= 100),
  aum text check (length(aum) <= 200),
  year_founded text check (length(year_founded) <= 50),
  investment_prefs text,
  about text,
  industry text check (length(industry) <= 200),
  status text not null default 'active' check (status in ('active', 'blocked', 'do_not_contact')),
  tags text[] not null default '{}',
  sources text[] not null default '{}',
  assigned_to uuid,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  field_sources jsonb not null default '{}',
  edited_at timestamptz,
  edited_by uuid,
  last_activity_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (workspace_id, id),
  foreign key (workspace_id, assigned_to) references public.workspace_members (workspace_id, user_id) on delete set null (assigned_to)
);

-- The party that owns properties: one person or one organization, once.
create table public.owners (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  kind text not null check (kind in ('individual', 'llc', 'pm_company')),
  person_id uuid,
  organization_id uuid,
  legal_name text check (length(legal_name) <= 300),
  display_name text not null check (length(display_name) between 1 and 300),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  check (num_nonnulls(person_id, organization_id) = 1),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade
);
create unique index owners_person_key on public.owners (workspace_id, person_id) where person_id is not null;
create unique index owners_organization_key on public.owners (workspace_id, organization_id) where organization_id is not null;

create table public.properties (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  name text check (length(name) <= 300 and name <> ''),
  address text check (length(address) <= 500 and address <> ''),
  city text check (length(city) <= 200),
  county text check (length(county) <= 200),
  state text check (length(state) <= 100),
  zip text check (length(zip) <= 20),
  market text check (length(market) <= 200),
  submarket text check (length(submarket) <= 200),
  normalized_name text collate "C" not null generated always as (private.normalize_text(name)) stored,
  -- the city belongs to the address: 100 Main Street stands in more towns than one
  normalized_address text collate "C" not null generated always as (
    btrim(private.normalize_address(address) || ' | ' || private.normalize_text(city))) stored,
  units integer check (units between 0 and 1000000),
  sqft bigint check (sqft between 0 and 10000000000),
  completion_date text check (length(completion_date) <= 50),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  owner_id uuid,
  tags text[] not null default '{}',
  sources text[] not null default '{}',
  assigned_to uuid,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  field_sources jsonb not null default '{}',
  edited_at timestamptz,
  edited_by uuid,
  last_activity_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (workspace_id, id),
  check (name is not null or address is not null),
  foreign key (workspace_id, owner_id) references public.owners (workspace_id, id) on delete set null (owner_id),
  foreign key (workspace_id, assigned_to) references public.workspace_members (workspace_id, user_id) on delete set null (assigned_to)
);
create unique index properties_identity_key on public.properties (workspace_id, normalized_name, normalized_address)
  where deleted_at is null;

create table public.phones (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  e164 text not null check (e164 ~ '^\+[1-9][0-9]{5,14}$'),
  status text not null default 'active' check (status in ('active', 'invalid', 'disconnected')),
  line_type text check (line_type in ('mobile', 'landline', 'voip')),
  time_zone text check (length(time_zone) <= 64),
  do_not_call boolean not null default false,
  do_not_call_reason text check (length(do_not_call_reason) <= 500),
  do_not_call_at timestamptz,
  sms_opted_out_at timestamptz,
  call_count integer not null default 0 check (call_count >= 0),
  last_called_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, e164) include (id),
  check (do_not_call = (do_not_call_at is not null))
);

create table public.emails (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- RFC 5321 4.5.3.1.3 allows 254 characters
  address text not null check (address = lower(btrim(address)) and address like '%_@_%' and length(address) <= 254),
  status text not null default 'active'
    check (status in ('active', 'soft_bounced', 'hard_bounced', 'complained', 'unsubscribed', 'suppressed')),
  reason text check (length(reason) <= 500),
  since timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, address) include (id)
);

create table public.linkedin_profiles (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  url text not null check (url ~ '^https://www\.linkedin\.com/' and length(url) <= 500),
  profile_name text,
  profile_title text,
  profile_company text,
  profile_location text,
  profile_image_url text,
  connection_status text not null default 'none' check (connection_status in ('none', 'pending', 'connected')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, url)
);

-- Links. Each names both ends by workspace, so none can reach into another tenant; import_id says which import made it.
create table public.person_organizations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  person_id uuid not null,
  organization_id uuid not null,
  title text check (length(title) <= 300),
  is_primary boolean not null default false,
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, person_id, organization_id),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade
);
create index person_organizations_organization_idx on public.person_organizations (workspace_id, organization_id);
create unique index person_organizations_one_primary on public.person_organizations (workspace_id, person_id) where is_primary;

create table public.property_people (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  property_id uuid not null,
  person_id uuid not null,
  role text not null check (role in ('owner', 'manager', 'trustee', 'special_servicer', 'developer')),
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, property_id, person_id, role),
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade
);
create index property_people_person_idx on public.property_people (workspace_id, person_id);

create table public.property_organizations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  property_id uuid not null,
  organization_id uuid not null,
  role text not null check (role in ('owner', 'manager', 'trustee', 'special_servicer', 'developer')),
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, property_id, organization_id, role),
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade
);
create index property_organizations_organization_idx on public.property_organizations (workspace_id, organization_id);

create table public.person_phones (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  person_id uuid not null,
  phone_id uuid not null,
  label text check (length(label) <= 100),
  is_primary boolean not null default false,
  source text,
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, person_id, phone_id),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete cascade
);
create index person_phones_phone_idx on public.person_phones (workspace_id, phone_id);
create unique index person_phones_one_primary on public.person_phones (workspace_id, person_id) where is_primary;

create table public.person_emails (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  person_id uuid not null,
  email_id uuid not null,
  label text check (length(label) <= 100),
  is_primary boolean not null default false,
  source text,
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, person_id, email_id),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, email_id) references public.emails (workspace_id, id) on delete cascade
);
create index person_emails_email_idx on public.person_emails (workspace_id, email_id);
create unique index person_emails_one_primary on public.person_emails (workspace_id, person_id) where is_primary;

create table public.person_linkedin (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  person_id uuid not null,
  linkedin_id uuid not null,
  label text check (length(label) <= 100),
  is_primary boolean not null default false,
  source text,
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, person_id, linkedin_id),
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade,
  foreign key (workspace_id, linkedin_id) references public.linkedin_profiles (workspace_id, id) on delete cascade
);
create index person_linkedin_linkedin_idx on public.person_linkedin (workspace_id, linkedin_id);
create unique index person_linkedin_one_primary on public.person_linkedin (workspace_id, person_id) where is_primary;

create table public.organization_phones (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  organization_id uuid not null,
  phone_id uuid not null,
  label text check (length(label) <= 100),
  is_primary boolean not null default false,
  source text,
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, organization_id, phone_id),
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade,
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete cascade
);
create index organization_phones_phone_idx on public.organization_phones (workspace_id, phone_id);
create unique index organization_phones_one_primary on public.organization_phones (workspace_id, organization_id) where is_primary;

create table public.organization_emails (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  organization_id uuid not null,
  email_id uuid not null,
  label text check (length(label) <= 100),
  is_primary boolean not null default false,
  source text,
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, organization_id, email_id),
  foreign key (workspace_id, organization_id) references public.organizations (workspace_id, id) on delete cascade,
  foreign key (workspace_id, email_id) references public.emails (workspace_id, id) on delete cascade
);
create index organization_emails_email_idx on public.organization_emails (workspace_id, email_id);
create unique index organization_emails_one_primary on public.organization_emails (workspace_id, organization_id) where is_primary;

create table public.property_phones (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  property_id uuid not null,
  phone_id uuid not null,
  label text check (length(label) <= 100),
  is_primary boolean not null default false,
  source text,
  import_id uuid,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, property_id, phone_id),
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  foreign key (workspace_id, phone_id) references public.phones (workspace_id, id) on delete cascade
);
create index property_phones_phone_idx on public.property_phones (workspace_id, phone_id);
create unique index property_phones_one_primary on public.property_phones (workspace_id, property_id) where is_primary;

-- Every order a list offers has an index that walks it; the filters people use most lead one of their own. The columns
-- behind `id` let a filtered walk pass over rows inside the index: two statuses in one state read 90 buffers instead of
-- 3,362 at a million people.
create index people_name_idx on public.people (workspace_id, normalized_name, id, lead_status, state, assigned_to) where deleted_at is null;
create index people_created_idx on public.people (workspace_id, created_at, id) where deleted_at is null;
create index people_activity_idx on public.people (workspace_id, coalesce(last_activity_at, '-infinity'), id, lead_status, state) where deleted_at is null;
create index people_status_name_idx on public.people (workspace_id, lead_status, normalized_name, id) where deleted_at is null;
create index people_state_name_idx on public.people (workspace_id, state, normalized_name, id) where deleted_at is null;
create index people_city_name_idx on public.people (workspace_id, city, normalized_name, id) where deleted_at is null;
create index people_assigned_idx on public.people (workspace_id, assigned_to, normalized_name, id) where assigned_to is not null;
create index people_tags_idx on public.people using gin (workspace_id, tags) where deleted_at is null;
create index people_sources_idx on public.people using gin (workspace_id, sources) where deleted_at is null;
create unique index people_source_key_key on public.people (workspace_id, source_key) where source_key is not null and deleted_at is null;
create index people_user_id_idx on public.people (user_id) where user_id is not null;

create index organizations_name_idx on public.organizations (workspace_id, normalized_name, id) where deleted_at is null;
create index organizations_created_idx on public.organizations (workspace_id, created_at, id) where deleted_at is null;
create index organizations_activity_idx on public.organizations (workspace_id, coalesce(last_activity_at, '-infinity'), id) where deleted_at is null;
create index organizations_kind_name_idx on public.organizations (workspace_id, kind, normalized_name, id) where deleted_at is null;
create index organizations_state_name_idx on public.organizations (workspace_id, state, normalized_name, id) where deleted_at is null;
create index organizations_tags_idx on public.organizations using gin (workspace_id, tags) where deleted_at is null;
create index organizations_sources_idx on public.organizations using gin (workspace_id, sources) where deleted_at is null;
create index organizations_assigned_idx on public.organizations (workspace_id, assigned_to) where assigned_to is not null;

create index properties_name_idx on public.properties (workspace_id, normalized_name, id) where deleted_at is null;
create index properties_created_idx on public.properties (workspace_id, created_at, id) where deleted_at is null;
create index properties_activity_idx on public.properties (workspace_id, coalesce(last_activity_at, '-infinity'), id) where deleted_at is null;
create index properties_units_idx on public.properties (workspace_id, coalesce(units, -1), id) where deleted_at is null;
create index properties_state_name_idx on public.properties (workspace_id, state, normalized_name, id) where deleted_at is null;
create index properties_market_name_idx on public.properties (workspace_id, market, normalized_name, id) where deleted_at is null;
create index properties_tags_idx on public.properties using gin (workspace_id, tags) where deleted_at is null;
create index properties_sources_idx on public.properties using gin (workspace_id, sources) where deleted_at is null;
create index properties_owner_idx on public.properties (workspace_id, owner_id) where owner_id is not null;
create index properties_assigned_idx on public.properties (workspace_id, assigned_to) where assigned_to is not null;

-- What a person typed is marked in the row itself, whichever way it was written. Machines have no auth.uid().
create function private.track_edits() returns trigger
language plpgsql set search_path = ''
as $$
declare
  untracked text[] := array['id', 'workspace_id', 'display_name', 'normalized_name', 'normalized_address', 'field_sources',
    'edited_at', 'edited_by', 'last_activity_at', 'created_at', 'updated_at', 'deleted_at', 'source_key', 'sources', 'details', 'owner_id'];
  old_row jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
  typed jsonb;
begin
  select jsonb_object_agg(n.key, 'person') into typed
    from jsonb_each(to_jsonb(new)) n
   where n.key <> all (untracked)
     and n.value is distinct from coalesce(old_row -> n.key, 'null')
     and (tg_op = 'UPDATE' or n.value not in ('null', '[]', '{}'));
  if typed is not null then
    new.field_sources := new.field_sources || typed;
    new.edited_by := auth.uid();
    if tg_op = 'UPDATE' then new.edited_at := now(); end if;
  end if;
  return new;
end $$;

-- What keeps a point from being used only gets stricter by machine: a person alone may lift it, and the log says who.
create function private.keep_suppression() returns trigger
language plpgsql set search_path = ''
as $$
declare
  was jsonb := to_jsonb(old);
  becomes jsonb := case when tg_op = 'UPDATE' then to_jsonb(new) else '{}' end;
  -- how much a state forbids; those of one rank may follow each other
  ranks constant jsonb := '{"active": 0, "soft_bounced": 1, "hard_bounced": 2, "invalid": 2, "disconnected": 2, "unsubscribed": 3, "complained": 3, "suppressed": 3}';
begin
  if coalesce((ranks ->> (becomes ->> 'status'))::integer, 0) < (ranks ->> (was ->> 'status'))::integer
     or was -> 'do_not_call' = 'true' and becomes -> 'do_not_call' is distinct from 'true'
     or was ->> 'sms_opted_out_at' is not null and becomes ->> 'sms_opted_out_at' is null then
    -- the workspace itself may be going
    if tg_op = 'DELETE' and not exists (select 1 from public.workspaces w where w.id = old.workspace_id) then return old; end if;
    raise exception 'Only a person may lift what keeps a contact point from being used' using errcode = 'PT403';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_suppression before update or delete on public.phones
  for each row when (auth.uid() is null) execute function private.keep_suppression();
create trigger keep_suppression before update or delete on public.emails
  for each row when (auth.uid() is null) execute function private.keep_suppression();

do $$
declare t text;
begin
  foreach t in array array['people', 'organizations', 'properties'] loop
    execute format('create trigger track_edits before insert or update on public.%I for each row when (auth.uid() is not null) execute function private.track_edits()', t);
  end loop;
  foreach t in array array['people', 'organizations', 'properties', 'owners', 'phones', 'emails', 'linkedin_profiles'] loop
    execute format('create trigger set_updated_at before update on public.%I for each row execute function private.set_updated_at()', t);
    execute format($f$create trigger audit after insert or update or delete on public.%I
      for each row when (coalesce(current_setting('app.import_id', true), '') = '') execute function private.audit()$f$, t);
  end loop;
  foreach t in array array['people', 'organizations', 'owners', 'properties', 'phones', 'emails', 'linkedin_profiles',
    'person_organizations', 'property_people', 'property_organizations', 'person_phones', 'person_emails', 'person_linkedin',
    'organization_phones', 'organization_emails', 'property_phones'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('grant select, insert, delete on public.%I to authenticated', t);
    -- not where a row belongs, nor what the database keeps about it. A column added later is granted where it is added.
    execute format('grant update (%s) on public.%I to authenticated', (
      select string_agg(quote_ident(a.attname), ', ') from pg_catalog.pg_attribute a
       where a.attrelid = format('public.%I', t)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         and a.attname <> all (array['id', 'workspace_id', 'user_id', 'import_id', 'source_key', 'field_sources', 'edited_at', 'edited_by',
           'last_activity_at', 'created_at', 'updated_at'])), t);
    execute format('create policy %I on public.%I for select to authenticated using (workspace_id = any (array(select private.my_workspace_ids())))', t || '_select', t);
    execute format('create policy %I on public.%I for insert to authenticated with check (workspace_id = any (array(select private.my_workspace_ids())))', t || '_insert', t);
    execute format('create policy %I on public.%I for update to authenticated using (workspace_id = any (array(select private.my_workspace_ids()))) with check (workspace_id = any (array(select private.my_workspace_ids())))', t || '_update', t);
    execute format('create policy %I on public.%I for delete to authenticated using (workspace_id = any (array(select private.my_workspace_ids())))', t || '_delete', t);
  end loop;
end $$;
