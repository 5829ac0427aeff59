-- Why: mails that wait for tomorrow by yesterday's rule are asked about again when somebody changes the rule: a campaign's hours, days, zone
-- or beginning, and a domain's cap or pace.
-- Touches: triggers ask_gate_again of campaigns and sending_domains.

create function private.ask_gate_again() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  with waiting as materialized (
    select q.id from public.email_queue q
     where q.workspace_id = new.workspace_id and q.campaign_id = new.id and q.status = 'queued'
       and q.decision ->> 'reason' in ('outside_hours', 'not_a_sending_day', 'holiday', 'not_started')
     order by q.id for update
  )
  update public.email_queue q set run_at = greatest(now(), new.starts_at) from waiting where q.id = waiting.id;
  return null;
end $$;
create trigger ask_gate_again after update of hours_start, hours_end, days, zone_of, time_zone, skip_holidays, starts_at on public.campaigns
  for each row when ((old.hours_start, old.hours_end, old.days, old.zone_of, old.time_zone, old.skip_holidays, old.starts_at)
    is distinct from (new.hours_start, new.hours_end, new.days, new.zone_of, new.time_zone, new.skip_holidays, new.starts_at))
  execute function private.ask_gate_again();

-- The next claim counts anew.
create function private.forget_cap() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.wait_reason = 'domain_cap' then
    new.next_send_at := least(new.next_send_at, now());
    new.wait_reason := null;
  end if;
  return new;
end $$;
create trigger forget_cap before update of daily_cap, warmup_started_on on public.sending_domains
  for each row when ((old.daily_cap, old.warmup_started_on) is distinct from (new.daily_cap, new.warmup_started_on))
  execute function private.forget_cap();
