-- Why: one property's way from a lead to a signature is a card on a board, and every step of it is kept.
-- Touches: pipelines, pipeline_stages, verifications, stage_moves (new); verification_id of activities and notes; a first
-- pipeline for every workspace; what the topics `board` and `timeline` tell.

create table public.pipelines (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  kind text not null default 'verification' check (kind in ('verification', 'deal')),
  name text not null check (length(btrim(name)) between 1 and 80),
  is_default boolean not null default false,
  -- where the rule of the score moves a card to; null: this pipeline has no such rule
  approve_stage_id uuid,
  archived_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  check (not is_default or archived_at is null)
);
create unique index pipelines_one_default on public.pipelines (workspace_id, kind) where is_default;
create unique index pipelines_name_key on public.pipelines (workspace_id, kind, lower(name)) where archived_at is null;
create index pipelines_created_by_idx on public.pipelines (created_by);

create table public.pipeline_stages (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  pipeline_id uuid not null,
  name text not null check (length(btrim(name)) between 1 and 60),
  position integer not null,
  -- what standing here means for the card
  result text not null default 'open' check (result in ('open', 'won', 'lost')),
  -- how many days a card may stand here; null: as long as it likes
  sla_days integer check (sla_days between 1 and 365),
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, id, pipeline_id),
  unique (workspace_id, id, pipeline_id, result),
  foreign key (workspace_id, pipeline_id) references public.pipelines (workspace_id, id) on delete cascade
);
create index pipeline_stages_pipeline_idx on public.pipeline_stages (workspace_id, pipeline_id, position);
create unique index pipeline_stages_name_key on public.pipeline_stages (workspace_id, pipeline_id, lower(name)) where archived_at is null;

alter table public.pipelines add foreign key (workspace_id, approve_stage_id, id)
  references public.pipeline_stages (workspace_id, id, pipeline_id) on delete set null (approve_stage_id);
create index pipelines_approve_stage_idx on public.pipelines (workspace_id, approve_stage_id) where approve_stage_id is not null;

create table public.verifications (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  property_id uuid not null,
  owner_id uuid,
  pipeline_id uuid not null,
  stage_id uuid not null,
  -- the stage's result, held equal by the reference below: what a card is can't differ from where it stands
  result text not null,
  status text not null generated always as (case result when 'open' then 'active' else result end) stored,
  -- its place within the stage, the least at the top
  rank numeric not null,
  -- counts the moves: whoever moves a card says which one they saw
  version integer not null default 1,
  lost_reason text check (length(btrim(lost_reason)) between 1 and 1000),
  score numeric(5, 2) check (score between 0 and 100),
  score_inputs jsonb not null default '{}' check (jsonb_typeof(score_inputs) = 'object'),
  assigned_to uuid,
  stage_entered_at timestamptz not null default now(),
  sla_breached_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (workspace_id, id),
  -- asked at the end of a statement, so that a whole stage can be numbered anew
  constraint verifications_rank_key unique (workspace_id, stage_id, rank) deferrable initially immediate,
  constraint verifications_lost_reason check (result <> 'lost' or lost_reason is not null),
  foreign key (workspace_id, property_id) references public.properties (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_id) references public.owners (workspace_id, id) on delete set null (owner_id),
  foreign key (workspace_id, pipeline_id) references public.pipelines (workspace_id, id),
  foreign key (workspace_id, stage_id, pipeline_id, result)
    references public.pipeline_stages (workspace_id, id, pipeline_id, result) on update cascade,
  foreign key (workspace_id, assigned_to) references public.workspace_members (workspace_id, user_id) on delete set null (assigned_to)
);
create unique index verifications_one_active on public.verifications (workspace_id, property_id, pipeline_id)
  where result = 'open' and deleted_at is null;
create index verifications_property_idx on public.verifications (workspace_id, property_id);
create index verifications_pipeline_idx on public.verifications (workspace_id, pipeline_id, stage_id);
create index verifications_owner_idx on public.verifications (workspace_id, owner_id) where owner_id is not null;
create index verifications_assigned_idx on public.verifications (workspace_id, assigned_to) where assigned_to is not null;
create index verifications_created_by_idx on public.verifications (created_by);
-- what the search for breaches walks
create index verifications_waiting_idx on public.verifications (stage_id, stage_entered_at)
  where result = 'open' and sla_breached_at is null and deleted_at is null;

-- Where a card went, by whom and when: cycle times and the history of breaches are counted from here.
create table public.stage_moves (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  verification_id uuid not null,
  -- null: the card was made
  from_stage_id uuid,
  to_stage_id uuid not null,
  moved_by uuid references public.profiles (user_id) on delete set null,
  -- the rule of the score did it, whoever changed what it looks at
  by_rule boolean not null default false,
  reason text check (length(reason) <= 1000),
  at timestamptz not null default now(),
  unique (workspace_id, id),
  foreign key (workspace_id, verification_id) references public.verifications (workspace_id, id) on delete cascade,
  foreign key (workspace_id, from_stage_id) references public.pipeline_stages (workspace_id, id) on delete cascade,
  foreign key (workspace_id, to_stage_id) references public.pipeline_stages (workspace_id, id) on delete cascade
);
create index stage_moves_verification_idx on public.stage_moves (workspace_id, verification_id, at);
create index stage_moves_from_idx on public.stage_moves (workspace_id, from_stage_id) where from_stage_id is not null;
create index stage_moves_to_idx on public.stage_moves (workspace_id, to_stage_id, at);
create index stage_moves_moved_by_idx on public.stage_moves (moved_by);

create trigger set_updated_at before update on public.pipelines for each row execute function private.set_updated_at();
create trigger set_updated_at before update on public.pipeline_stages for each row execute function private.set_updated_at();
create trigger set_updated_at before update on public.verifications for each row execute function private.set_updated_at();
create trigger audit after insert or update or delete on public.pipelines for each row execute function private.audit();
create trigger audit after insert or update or delete on public.pipeline_stages for each row execute function private.audit();
-- a card's place within its stage, and what is counted from its inputs, are no changes that somebody made to it
create trigger audit after insert or delete or update of owner_id, assigned_to, score_inputs, stage_id, lost_reason, deleted_at
  on public.verifications for each row execute function private.audit();

alter table public.pipelines enable row level security;
alter table public.pipeline_stages enable row level security;
alter table public.verifications enable row level security;
alter table public.stage_moves enable row level security;

-- Read by every member, written by functions alone: a move has rules, an order, and a history that can't be left out.
grant select on public.pipelines, public.pipeline_stages, public.verifications, public.stage_moves to authenticated;
revoke update, delete, truncate on public.stage_moves from service_role;
create policy pipelines_select on public.pipelines for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy pipeline_stages_select on public.pipeline_stages for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy verifications_select on public.verifications for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy stage_moves_select on public.stage_moves for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));

-- A pipeline with the stages that a verification goes through, unless others are named. Returns its id.
create function private.make_pipeline(workspace uuid, pipeline_name text, standard boolean, maker uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare made uuid;
begin
  insert into public.pipelines (workspace_id, name, is_default, created_by)
  values (workspace, btrim(pipeline_name), standard, maker) returning id into made;
  insert into public.pipeline_stages (workspace_id, pipeline_id, name, position, result)
  select workspace, made, s.name, s.position, s.result
    from (values ('Lead', 1, 'open'), ('Contacted', 2, 'open'), ('Doc Review', 3, 'open'), ('Approved', 4, 'open'),
                 ('Denied', 5, 'lost'), ('Negotiation', 6, 'open'), ('Signed', 7, 'won')) s(name, position, result);
  update public.pipelines p set approve_stage_id = s.id
    from public.pipeline_stages s
   where p.id = made and s.workspace_id = workspace and s.pipeline_id = made and s.name = 'Approved';
  return made;
end $$;

create function private.make_default_pipeline() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.make_pipeline(new.id, 'Verification', true, auth.uid());
  return null;
end $$;
create trigger make_default_pipeline after insert on public.workspaces
  for each row execute function private.make_default_pipeline();
select private.make_pipeline(w.id, 'Verification', true, null) from public.workspaces w;

-- What happened on a card happened to its property and its owner as well: they are filled in where nobody named them.
alter table public.activities add column verification_id uuid,
  add foreign key (workspace_id, verification_id) references public.verifications (workspace_id, id) on delete set null (verification_id);
alter table public.notes add column verification_id uuid,
  add foreign key (workspace_id, verification_id) references public.verifications (workspace_id, id) on delete set null (verification_id);
do $$
declare t text; old_check text;
begin
  foreach t in array array['activities', 'notes'] loop
    select c.conname into strict old_check from pg_catalog.pg_constraint c
     where c.conrelid = format('public.%I', t)::regclass and c.contype = 'c' and pg_catalog.pg_get_constraintdef(c.oid) like '%num_nonnulls(%';
    execute format('alter table public.%I drop constraint %I, add constraint %I
      check (num_nonnulls(person_id, organization_id, owner_id, property_id, verification_id) >= 1)', t, old_check, t || '_about_somebody');
  end loop;
end $$;
create index activities_verification_idx on public.activities (workspace_id, verification_id, occurred_at desc, id) where verification_id is not null;
create index notes_verification_idx on public.notes (workspace_id, verification_id, created_at desc) where verification_id is not null;

create function private.fill_subjects_of_card() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  select coalesce(new.property_id, v.property_id), coalesce(new.owner_id, v.owner_id, p.owner_id)
    into new.property_id, new.owner_id
    from public.verifications v join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id
   where v.workspace_id = new.workspace_id and v.id = new.verification_id;
  return new;
end $$;
create trigger fill_subjects_of_card before insert on public.activities
  for each row when (new.verification_id is not null) execute function private.fill_subjects_of_card();
create trigger fill_subjects_of_card before insert on public.notes
  for each row when (new.verification_id is not null) execute function private.fill_subjects_of_card();

-- The board hears of cards by their ids, and of changed pipelines and stages by the pipeline's.
do $$
declare t text; event text; changed text; ids text;
begin
  foreach t in array array['verifications', 'pipelines', 'pipeline_stages', 'activities', 'notes'] loop
    foreach event in array array['insert', 'update', 'delete'] loop
      changed := case event when 'delete' then 'old' else 'new' end;
      ids := case t when 'pipeline_stages' then $i$'board', 'pipeline_id'$i$
        when 'verifications' then $i$'board', 'id'$i$ when 'pipelines' then $i$'board', 'id'$i$
        else $i$'timeline', 'person_id', 'organization_id', 'property_id', 'owner_id', 'verification_id'$i$ end;
      if t in ('activities', 'notes') then execute format('drop trigger broadcast_%s on public.%I', event, t); end if;
      execute format('create trigger broadcast_%1$s after %1$s on public.%2$I referencing %3$s table as changed
        for each statement execute function private.broadcast_changes(%4$s)', event, t, changed, ids);
    end loop;
  end loop;
end $$;
