-- Why: a drain begins by saying why mails wait whose domain is stopped, and ends by completing campaigns; both read every queued mail and
-- every recipient where nothing was stopped and nobody was through. Now they read the stopped domains, and one recipient a campaign.
-- And a scheduler sorted all that was due to take the first two hundred, whose order its index has.
-- Touches: functions note_waiting_emails, complete_campaigns; how claim_followups is planned.

alter function public.claim_followups(integer, integer, uuid, timestamptz) set enable_sort = off;
alter function public.claim_followups(integer, integer, uuid, timestamptz) set enable_bitmapscan = off;

-- Due mails that no drain claims say what they wait for. Answers how many were written to.
create or replace function public.note_waiting_emails(provider_is_set boolean, batch integer default 2000, only_workspace uuid default null, at timestamptz default null) returns integer
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare moment timestamptz := coalesce(at, now()); noted integer;
begin
  with stopped as materialized (
    select d.id,
           case when not provider_is_set then 'provider_unset' when d.status = 'paused' then 'domain_paused'
                when d.breaker <> 'closed' then 'breaker_open' else d.wait_reason end as reason,
           case when d.status = 'paused' or not provider_is_set then null when d.breaker = 'open' then d.breaker_until
                when d.next_send_at > moment then d.next_send_at end as until
      from public.sending_domains d
     where (only_workspace is null or d.workspace_id = only_workspace)
       and (not provider_is_set or d.status = 'paused' or d.breaker <> 'closed' or (d.wait_reason is not null and d.next_send_at > moment))
  ), waiting as materialized (
    select q.id, s.reason, s.until from stopped s cross join lateral (
      select q.id from public.email_queue q
       where q.domain_id = s.id and q.status = 'queued' and not q.is_paused and q.body_text is not null and q.run_at <= moment
         and (q.decision ->> 'reason') is distinct from s.reason
       order by q.run_at, q.id limit batch for update skip locked) q
     limit batch
  )
  update public.email_queue q
     set decision = jsonb_strip_nulls(jsonb_build_object('verdict', 'hold', 'reason', waiting.reason, 'until', waiting.until, 'at', moment))
    from waiting where q.id = waiting.id;
  get diagnostics noted = row_count;
  return noted;
end $$;

-- Campaigns with nobody left to write to. Answers how many were completed.
create or replace function public.complete_campaigns() returns integer
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare completed integer;
begin
  with over as materialized (
    select c.id from public.campaigns c
      left join lateral (
        (select 1 as some from public.campaign_recipients r where r.workspace_id = c.workspace_id and r.campaign_id = c.id and r.status = 'active' limit 1)
        union all
        (select 1 from public.campaign_recipients r where r.workspace_id = c.workspace_id and r.campaign_id = c.id and r.status = 'staged' limit 1)
        union all
        (select 1 from public.campaign_recipients r where r.workspace_id = c.workspace_id and r.campaign_id = c.id and r.status = 'selected' limit 1)
        limit 1) left_over on true
     where c.status = 'sending' and left_over.some is null
  )
  update public.campaigns c set status = 'completed', completed_at = now()
    from over where c.id = over.id and c.status = 'sending';
  get diagnostics completed = row_count;
  return completed;
end $$;
