-- Why: what is written to owners again and again is worded once; the first three every workspace has.
-- Touches: outreach_templates (new), a trigger on workspaces.

create table public.outreach_templates (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  -- the presets that every workspace begins with; null: its own
  key text check (key in ('first_touch', 'follow_up', 'close_won')),
  name text not null check (length(btrim(name)) between 1 and 80),
  -- null: whatever channel is chosen already
  channel text check (channel in ('call', 'sms', 'email', 'in_app', 'dm')),
  subject text check (length(subject) <= 500),
  body text not null check (length(btrim(body)) between 1 and 20000),
  outcome text check (outcome in ('no_answer', 'left_vm', 'interested', 'not_interested', 'follow_up', 'meeting_set')),
  next_step_days integer check (next_step_days between 0 and 365),
  position integer not null default 0,
  archived_at timestamptz,
  created_by uuid references public.profiles (user_id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, key)
);
create index outreach_templates_position_idx on public.outreach_templates (workspace_id, position);
create unique index outreach_templates_name_key on public.outreach_templates (workspace_id, lower(name)) where archived_at is null;
create index outreach_templates_created_by_idx on public.outreach_templates (created_by);
create trigger set_updated_at before update on public.outreach_templates for each row execute function private.set_updated_at();
create trigger audit after insert or update or delete on public.outreach_templates for each row execute function private.audit();
alter table public.outreach_templates enable row level security;
grant select, insert, update (name, channel, subject, body, outcome, next_step_days, position, archived_at) on public.outreach_templates to authenticated;
create policy outreach_templates_select on public.outreach_templates for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));
create policy outreach_templates_insert on public.outreach_templates for insert to authenticated
  with check (workspace_id = any (array(select private.my_workspace_ids())) and key is null and created_by = (select auth.uid()));
create policy outreach_templates_update on public.outreach_templates for update to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())))
  with check (workspace_id = any (array(select private.my_workspace_ids())));

-- The presets are everybody's to use; changing them and adding one's own comes with a tier.
create function private.gate_templates() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_tier(new.workspace_id, 'pro', 'outreach_templates');
  return new;
end $$;
create trigger gate_templates_insert before insert on public.outreach_templates
  for each row when (new.key is null) execute function private.gate_templates();
create trigger gate_templates_update before update on public.outreach_templates
  for each row execute function private.gate_templates();

create function private.make_outreach_presets(workspace uuid) returns void
language sql security definer set search_path = ''
as $$
  insert into public.outreach_templates (workspace_id, key, name, channel, subject, body, outcome, next_step_days, position)
  values
    (workspace, 'first_touch', 'First touch', 'email', 'Intro — Sublease-friendly lease request',
     'Hi! We work with vetted mid-term professionals. Interested in a corporate lease? Happy to send references, insurance, and deposits.', 'follow_up', 3, 1),
    (workspace, 'follow_up', 'Follow-up', 'email', 'Following up — corporate lease proposal',
     'Just circling back on the proposal. We can adjust terms (deposit/length). Are you open to a quick call?', 'follow_up', 7, 2),
    (workspace, 'close_won', 'Close-won', 'email', 'Approved — next steps',
     'Great news! Attaching addendum & COI draft. Which day works to sign and schedule move-in readiness?', 'meeting_set', 1, 3)
  on conflict (workspace_id, key) do nothing
$$;
create function private.make_outreach_presets_of_new() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.make_outreach_presets(new.id);
  return null;
end $$;
create trigger make_outreach_presets after insert on public.workspaces
  for each row execute function private.make_outreach_presets_of_new();
select private.make_outreach_presets(w.id) from public.workspaces w;
