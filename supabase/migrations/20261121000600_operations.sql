-- Why: crons that never overlap and provider events that are handled once, both visible afterwards; who the caller is.
-- Touches: cron_runs, provider_events, current_user_id().

create table public.cron_runs (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  started_at timestamptz not null default now(),
  lease_until timestamptz not null,
  finished_at timestamptz,
  counts jsonb not null default '{}',
  error text
);
create unique index cron_runs_one_running on public.cron_runs (name) where finished_at is null;
create index cron_runs_name_started_idx on public.cron_runs (name, started_at desc);

create table public.provider_events (
  id uuid primary key default gen_random_uuid(),
  provider text not null,
  event_id text not null,
  type text not null,
  payload jsonb not null,
  claimed_at timestamptz not null default now(),
  received_at timestamptz not null default now(),
  handled_at timestamptz,
  error text,
  unique (provider, event_id)
);

-- Neither belongs to a workspace: machines alone read and write them.
alter table public.cron_runs enable row level security;
alter table public.provider_events enable row level security;
create policy cron_runs_nobody on public.cron_runs for all to authenticated using (false) with check (false);
create policy provider_events_nobody on public.provider_events for all to authenticated using (false) with check (false);

-- The id of a new run, or null while another run of the name holds its lease. A run whose lease ran out was killed.
create function public.begin_cron_run(cron_name text, lease_seconds integer) returns uuid
language plpgsql set search_path = ''
as $$
declare run uuid;
begin
  update public.cron_runs set finished_at = now(), error = 'lease ran out'
   where name = cron_name and finished_at is null and lease_until < now();
  insert into public.cron_runs (name, lease_until) values (cron_name, now() + make_interval(secs => lease_seconds))
  on conflict (name) where finished_at is null do nothing
  returning id into run;
  return run;
end $$;

-- Takes the events that are new, or whose last handling failed a minute ago and more; returns the ids it took.
create function public.claim_provider_events(events jsonb) returns setof text
language sql set search_path = ''
as $$
  insert into public.provider_events as kept (provider, event_id, type, payload)
  select e.provider, e.event_id, e.type, e.payload
  from jsonb_to_recordset(events) as e(provider text, event_id text, type text, payload jsonb)
  on conflict (provider, event_id) do update set claimed_at = now()
    where kept.handled_at is null and kept.claimed_at < now() - interval '1 minute'
  returning kept.event_id
$$;

create function public.current_user_id() returns uuid
language sql stable set search_path = '' as $$ select auth.uid() $$;
grant execute on function public.current_user_id() to authenticated;
