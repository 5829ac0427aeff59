-- Why: what became of each text is written by whoever holds its lease, and only once; a lease that ran out leaves a text of which nobody
-- knows whether it went, which no machine sends again.
-- Touches: functions private.opt_out_of_texts; public.finish_texts, sweep_texts, note_waiting_texts, complete_text_batches, claim_unknown_texts,
-- settle_texts (machines).

-- A number that may not be texted any more, by its own word. What a person or an import has set stays theirs; of what do-not-call brought with
-- it STOP makes the number's own. Answers how many were opted out.
create function private.opt_out_of_texts(workspace uuid, phones uuid[]) returns integer
language sql security definer set search_path = ''
as $$
  with locked as materialized (
    select p.id from public.phones p where p.workspace_id = workspace and p.id = any (phones)
       and (p.sms_opted_out_at is null or p.do_not_call and p.sms_opt_out_source = 'do_not_call') order by p.id for update
  ), changed as (
    update public.phones p set sms_opted_out_at = now(), sms_opt_out_source = 'keyword' from locked l where p.id = l.id returning 1
  )
  select count(*)::integer from changed
$$;

-- What became of the texts of a lease: [{ id, outcome, provider_sid, segments, error, error_code, decision, run_at, attempt }].
-- outcome: sent | failed | unknown | requeue | drop. numbers: [{ id, errors, succeeded, errors_after, trip, wait_until, error, slot, previous_slot }]
-- as finish_emails has them. opted_out: those of the texts whose number the provider says has opted out. Answers how many were still this lease's.
create function public.finish_texts(lease uuid, results jsonb, numbers jsonb, breaker jsonb, opted_out uuid[] default '{}', at timestamptz default null) returns integer
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  moment timestamptz := coalesce(at, now());
  mine uuid[];
  one record;
  consecutive integer;
  now_in text;
begin
  -- numbers before texts, as a claim has them
  perform 1 from jsonb_to_recordset(numbers) as x(id uuid) join public.phone_numbers n on n.id = x.id order by n.id for update of n;
  select coalesce(array_agg(l.id), '{}') into mine from (
    select m.id from jsonb_to_recordset(results) as x(id uuid) join public.sms_messages m on m.id = x.id
     where m.lease_token = lease and m.status = 'sending' order by m.id for update of m) l;

  -- what didn't go is given back to the day's cap
  update public.phone_number_days s set sent = greatest(s.sent - y.count, 0)
    from (select m.workspace_id, m.phone_number_id, (m.claimed_at at time zone private.workspace_zone(m.workspace_id))::date as day, count(*)::integer as count
            from jsonb_to_recordset(results) as x(id uuid, outcome text) join public.sms_messages m on m.id = x.id
           where m.id = any (mine) and x.outcome not in ('sent', 'unknown') and m.provider_sid is null and m.purpose <> 'auto' group by 1, 2, 3) y
   where s.workspace_id = y.workspace_id and s.phone_number_id = y.phone_number_id and s.day = y.day;
  update public.phone_numbers n set capped_until = null
    from jsonb_to_recordset(results) as x(id uuid, outcome text) join public.sms_messages m on m.id = x.id
   where m.id = any (mine) and x.outcome not in ('sent', 'unknown') and n.id = m.phone_number_id and n.capped_until is not null;

  update public.sms_messages m
     set segments = coalesce(x.segments, m.segments), decision = coalesce(x.decision, m.decision), attempts = m.attempts + coalesce(x.attempt, 0),
         error_code = coalesce(left(x.error_code, 20), m.error_code)
    from jsonb_to_recordset(results) as x(id uuid, segments smallint, decision jsonb, attempt integer, error_code text)
   where m.id = x.id and m.id = any (mine);
  -- a callback may have been faster than the answer: the provider has it then, whatever the answer was
  perform private.texts_went_out(jsonb_agg(jsonb_build_object('id', x.id, 'at', moment, 'provider_sid', x.provider_sid)))
     from jsonb_to_recordset(results) as x(id uuid, outcome text, provider_sid text) join public.sms_messages m on m.id = x.id
    where m.id = any (mine) and (x.outcome = 'sent' or m.provider_sid is not null) having count(*) > 0;
  update public.sms_messages m
     set status = case x.outcome when 'requeue' then 'queued' when 'drop' then 'cancelled' else x.outcome end,
         lease_token = null, lease_until = null, last_error = coalesce(left(x.error, 2000), m.last_error), run_at = coalesce(x.run_at, m.run_at),
         is_paused = x.outcome = 'requeue' and exists (select 1 from public.sms_batches b
           where b.workspace_id = m.workspace_id and b.id = m.batch_id and b.status = 'paused')
    from jsonb_to_recordset(results) as x(id uuid, outcome text, error text, run_at timestamptz)
   where m.id = x.id and m.id = any (mine) and m.status = 'sending';
  for one in
    select m.workspace_id, array_agg(distinct m.phone_id) as phones from public.sms_messages m where m.id = any (mine) and m.id = any (opted_out) group by 1
  loop
    perform private.opt_out_of_texts(one.workspace_id, one.phones);
  end loop;

  for one in
    select x.* from jsonb_to_recordset(numbers) as x(id uuid, errors integer, succeeded boolean, errors_after integer, trip boolean,
      wait_until timestamptz, error text, slot timestamptz, previous_slot timestamptz)
    join public.phone_numbers n on n.id = x.id order by n.id
  loop
    select case when one.succeeded then one.errors_after else n.consecutive_errors + one.errors end, n.breaker
      into consecutive, now_in from public.phone_numbers n where n.id = one.id;
    update public.phone_numbers n
       set consecutive_errors = consecutive,
           last_error = coalesce(left(one.error, 2000), case when one.succeeded then null else n.last_error end),
           next_send_at = greatest(one.wait_until, case when n.next_send_at = one.slot then one.previous_slot else n.next_send_at end),
           breaker = s.breaker, breaker_until = s.until
      from (select case when one.trip or consecutive >= (finish_texts.breaker ->> 'threshold')::integer
                          or (now_in = 'half_open' and not one.succeeded) then 'open'
                        when one.succeeded and now_in = 'half_open' then 'closed' else now_in end as breaker) b,
           lateral (select b.breaker, case when b.breaker <> 'open' then null
             -- somebody else's probe or opening stands
             when now_in = 'open' and not one.trip and one.errors = 0 and one.errors_after = 0 then
               (select y.breaker_until from public.phone_numbers y where y.id = one.id)
             -- a probe that never left is followed by another one at once
             when now_in = 'half_open' and one.errors = 0 and not one.trip then coalesce(one.wait_until, moment)
             else moment + make_interval(secs => (finish_texts.breaker ->> 'rest_seconds')::integer) end as until) s
     where n.id = one.id;
  end loop;
  return cardinality(mine);
end $$;

-- Leases that ran out: the provider has a text that it told of; of any other nobody knows. A probe that was lost may be tried again. And answers
-- to STOP, START and HELP that nothing could send in time, which leave the queue: `answerWithinMs` of the gate. Answers how many leases there were.
create function public.sweep_texts(only_workspace uuid default null, at timestamptz default null) returns integer
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare moment timestamptz := coalesce(at, now()); stale uuid[]; one record;
begin
  for one in
    select m.workspace_id, array_agg(m.id) as ids from public.sms_messages m
     where m.status = 'queued' and m.purpose = 'auto' and m.created_at < moment - interval '5 minutes' and (only_workspace is null or m.workspace_id = only_workspace)
     group by 1
  loop
    perform private.cancel_texts(one.workspace_id, one.ids, 'answer_late');
  end loop;
  select coalesce(array_agg(x.id), '{}') into stale from (
    select m.id from public.sms_messages m where m.status = 'sending' and m.lease_until < moment and (only_workspace is null or m.workspace_id = only_workspace)
     order by m.id limit 1000 for update skip locked) x;
  perform private.texts_went_out(jsonb_agg(jsonb_build_object('id', m.id, 'at', m.claimed_at)))
     from public.sms_messages m where m.id = any (stale) and m.provider_sid is not null having count(*) > 0;
  update public.sms_messages m set status = 'unknown', lease_token = null, lease_until = null, last_error = 'Whoever was sending it went away'
   where m.id = any (stale) and m.status = 'sending';
  update public.phone_numbers n set breaker = 'open', breaker_until = moment
   where n.breaker = 'half_open' and (only_workspace is null or n.workspace_id = only_workspace)
     and not exists (select 1 from public.sms_messages m where m.status = 'sending' and m.phone_number_id = n.id);
  return cardinality(stale);
end $$;

-- Due texts that no drain claims say what they wait for. Answers how many were written to.
create function public.note_waiting_texts(provider_is_set boolean, batch integer default 2000, only_workspace uuid default null, at timestamptz default null) returns integer
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare moment timestamptz := coalesce(at, now()); noted integer;
begin
  with waiting as materialized (
    select m.id, x.reason, x.until from public.phone_numbers n
      cross join lateral (select
        case when not provider_is_set then 'provider_unset' when n.status = 'paused' or n.archived_at is not null then 'number_paused'
             when n.breaker <> 'closed' then 'breaker_open' when n.capped_until > moment then 'number_cap'
             when n.next_send_at > moment + interval '10 seconds' then 'rate_limited' end as reason,
        case when n.status = 'paused' or not provider_is_set then null when n.breaker = 'open' then n.breaker_until
             when n.capped_until > moment then n.capped_until when n.next_send_at > moment then n.next_send_at end as until) x
      join public.sms_messages m on m.phone_number_id = n.id and m.status = 'queued' and not m.is_paused and (m.purpose <> 'bulk' or m.segments is not null)
       and m.run_at <= moment
     where x.reason is not null and (x.reason <> 'number_cap' or m.purpose <> 'auto')
       and (only_workspace is null or n.workspace_id = only_workspace) and (m.decision ->> 'reason') is distinct from x.reason
     order by m.id limit batch for update of m skip locked
  )
  update public.sms_messages m
     set decision = jsonb_strip_nulls(jsonb_build_object('verdict', 'hold', 'reason', waiting.reason, 'until', waiting.until, 'at', moment))
    from waiting where m.id = waiting.id;
  get diagnostics noted = row_count;
  return noted;
end $$;

-- Batches of which nothing waits any more. Answers how many were completed.
create function public.complete_text_batches() returns integer
language plpgsql set search_path = ''
as $$
declare completed integer;
begin
  update public.sms_batches b set status = 'completed'
   where b.status = 'sending' and not exists (select 1 from public.sms_messages m
     where m.workspace_id = b.workspace_id and m.batch_id = b.id and m.status in ('queued', 'sending'));
  get diagnostics completed = row_count;
  return completed;
end $$;

-- Texts of which nobody knows whether they went, those first that were asked about longest ago: each at most every four minutes, for
-- as long as a day. Answers [{ id, to, from, body, since }].
create function public.claim_unknown_texts(wanted integer default 100) returns jsonb
language sql set search_path = ''
as $$
  with chosen as materialized (
    select m.id from public.sms_messages m
     where m.status = 'unknown' and m.updated_at > now() - interval '2 days' and coalesce(m.asked_at, '-infinity') < now() - interval '4 minutes'
     order by m.asked_at nulls first, m.id limit wanted for update skip locked
  ), asked as (
    update public.sms_messages m set asked_at = now() from chosen c where m.id = c.id
    returning m.id, m.workspace_id, m.phone_id, m.phone_number_id, m.body, m.claimed_at, m.created_at
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'to', p.e164, 'from', n.e164, 'body', a.body, 'since', coalesce(a.claimed_at, a.created_at))), '[]')
    from asked a join public.phones p on p.workspace_id = a.workspace_id and p.id = a.phone_id
    join public.phone_numbers n on n.workspace_id = a.workspace_id and n.id = a.phone_number_id
$$;

-- What the provider says of texts: [{ id, sid, delivery, rank, error_code, at }]; `id` ours, where the provider was told it, else the sid is
-- looked for. A text that nobody knew of is known now; delivery only goes on, whatever comes late or twice. Answers the sids that are not ours.
create function public.settle_texts(told jsonb) returns jsonb
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare one record; known jsonb;
begin
  select coalesce(jsonb_agg(to_jsonb(y)), '[]') into known from (
    select distinct on (m.id) m.id, x.sid, x.delivery, x.rank, x.error_code, coalesce(x.at, now()) as at
      from jsonb_to_recordset(told) as x(id uuid, sid text, delivery text, rank smallint, error_code text, at timestamptz)
      cross join lateral (
        select m.id from public.sms_messages m where m.provider_sid = x.sid and m.direction = 'out'
        union all
        -- the answer that had the sid is still on its way, or was lost
        select m.id from public.sms_messages m where m.id = x.id and m.provider_sid is null and m.direction = 'out'
        limit 1) m
     order by m.id, x.rank desc, x.delivery desc) y;
  perform 1 from jsonb_to_recordset(known) as s(id uuid) join public.sms_messages m on m.id = s.id order by m.id for update of m;
  update public.sms_messages m
     set provider_sid = coalesce(m.provider_sid, s.sid),
         delivery = case when (s.rank, s.delivery) > (m.delivery_rank, coalesce(m.delivery, '')) then s.delivery else m.delivery end,
         delivery_rank = greatest(m.delivery_rank, s.rank),
         delivered_at = case when s.delivery in ('delivered', 'read') then coalesce(m.delivered_at, s.at) else m.delivered_at end,
         error_code = case when (s.rank, s.delivery) <= (m.delivery_rank, coalesce(m.delivery, '')) then m.error_code
                           when s.delivery in ('failed', 'undelivered') then coalesce(left(s.error_code, 20), m.error_code)
                           when s.delivery in ('delivered', 'read') then null else m.error_code end
    from jsonb_to_recordset(known) as s(id uuid, sid text, delivery text, rank smallint, error_code text, at timestamptz)
   where m.id = s.id and (m.provider_sid is null or (s.rank, s.delivery) > (m.delivery_rank, coalesce(m.delivery, '')));
  -- one that is being sent is finished by whoever sends it
  perform private.texts_went_out(jsonb_agg(jsonb_build_object('id', m.id, 'at', coalesce(m.claimed_at, s.at), 'provider_sid', s.sid)))
     from jsonb_to_recordset(known) as s(id uuid, sid text, at timestamptz) join public.sms_messages m on m.id = s.id
    where m.status not in ('sent', 'sending') having count(*) > 0;
  -- 21610: they have opted out at the provider
  for one in
    select m.workspace_id, array_agg(distinct m.phone_id) as phones from jsonb_to_recordset(known) as s(id uuid, error_code text)
      join public.sms_messages m on m.id = s.id where s.error_code = '21610' group by 1
  loop
    perform private.opt_out_of_texts(one.workspace_id, one.phones);
  end loop;
  return coalesce((select jsonb_agg(x.sid) from jsonb_to_recordset(told) as x(sid text)
    where not exists (select 1 from public.sms_messages m where m.provider_sid = x.sid)), '[]');
end $$;
