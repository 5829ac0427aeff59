-- Why: several texts to one number in one claim were each judged as if the others weren't there: more than its cap went, and in any order.
-- Touches: public.claim_texts.

-- Claims the first due text of each of our numbers, or up to `burst` of a number without a pace, and moves the number on by its interval.
-- Of a number whose breaker was open, one text: the probe. A number at its cap sends only what must be answered, which no cap counts. Answers
-- { lease, texts: [{ id, number_id, slot, previous_slot }], busy, next_in_ms }. One text at a time is under way to a number of theirs: what goes first arrives first, and the
-- next is counted against their cap. busy: other drains hold what is due; next_in_ms: until the
-- next of our numbers has its turn, null where nothing else is due.
create or replace function public.claim_texts(lease_seconds integer, batch integer default 20, burst integer default 10, only_workspace uuid default null,
  at timestamptz default null) returns jsonb
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  moment timestamptz := coalesce(at, now());
  lease uuid := gen_random_uuid();
  locked uuid[];
  claimed jsonb;
  is_busy boolean := false;
  next_at timestamptz;
begin
  -- the rows are locked first and read anew then: what another drain has just counted or taken is seen
  select array_agg(x.id) into locked from (
    select n.id from public.phone_numbers n
     where n.status = 'active' and n.archived_at is null and n.next_send_at <= moment
       and (n.breaker = 'closed' or (n.breaker = 'open' and n.breaker_until <= moment))
       and (only_workspace is null or n.workspace_id = only_workspace)
       and exists (select 1 from public.sms_messages m where m.phone_number_id = n.id and m.status = 'queued' and not m.is_paused
                     and (m.purpose <> 'bulk' or m.segments is not null) and m.run_at <= moment
                     and (n.capped_until is null or n.capped_until <= moment or m.purpose = 'auto'))
     order by n.next_send_at limit greatest(batch, 1) for update of n skip locked) x;
  if locked is not null then
    with numbers as materialized (
      select n.id, n.workspace_id, n.next_send_at, z.day, z.zone, n.interval_ms = 0 as unpaced,
             n.daily_cap - coalesce((select s.sent from public.phone_number_days s where s.workspace_id = n.workspace_id and s.phone_number_id = n.id and s.day = z.day), 0) as room,
             case when n.breaker <> 'closed' or n.interval_ms > 0 then 1 else burst end as wanted
        from unnest(locked) as l(id) join public.phone_numbers n on n.id = l.id,
             lateral (select y.zone, (moment at time zone y.zone)::date as day from (select private.workspace_zone(n.workspace_id) as zone) y) z
    ), taken as materialized (
      select distinct on (m.phone_id) m.id, m.purpose, x.id as number_id, x.workspace_id, x.day, x.next_send_at as previous_slot
        from numbers x cross join lateral (
          select m.id, m.purpose, m.phone_id, m.run_at from public.sms_messages m
           where m.phone_number_id = x.id and m.status = 'queued' and not m.is_paused and (m.purpose <> 'bulk' or m.segments is not null)
             and m.run_at <= moment and (x.room > 0 or m.purpose = 'auto')
             and not exists (select 1 from public.sms_messages o where o.workspace_id = m.workspace_id and o.phone_id = m.phone_id and o.status = 'sending')
           order by (m.purpose = 'bulk'), m.run_at, m.id limit case when x.room > 0 then least(x.room, x.wanted) else x.wanted end
           for update skip locked) m
       order by m.phone_id, (m.purpose = 'bulk'), m.run_at, m.id
    ), leased as (
      update public.sms_messages m set status = 'sending', lease_token = lease, lease_until = moment + make_interval(secs => lease_seconds), claimed_at = moment
        from taken t where m.id = t.id returning m.id
    ), moved as (
      update public.phone_numbers n
         set next_send_at = case when x.unpaced then n.next_send_at else moment + make_interval(secs => n.interval_ms / 1000.0) end,
             breaker = case n.breaker when 'open' then 'half_open' else n.breaker end, breaker_until = null
        from numbers x where n.id = x.id and exists (select 1 from taken t where t.number_id = n.id)
      returning n.id, n.next_send_at
    ), counted as (
      insert into public.phone_number_days as s (workspace_id, phone_number_id, day, sent)
      select t.workspace_id, t.number_id, t.day, count(*) from taken t where t.purpose <> 'auto' group by 1, 2, 3
      on conflict (workspace_id, phone_number_id, day) do update set sent = s.sent + excluded.sent
      returning 1
    )
    select coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'number_id', t.number_id, 'slot', m.next_send_at, 'previous_slot', t.previous_slot))
                       from taken t join leased l on l.id = t.id join moved m on m.id = t.number_id), '[]')
      into claimed;
    -- whatever is left of the day's cap is asked after what was just taken
    update public.phone_numbers n set capped_until = private.local_midnight(z.day + 1, z.zone)
      from unnest(locked) as l(id), lateral (select y.zone, (moment at time zone y.zone)::date as day
             from (select private.workspace_zone((select p.workspace_id from public.phone_numbers p where p.id = l.id)) as zone) y) z
     where n.id = l.id and (n.capped_until is null or n.capped_until <= moment) and n.daily_cap <= coalesce((select s.sent
             from public.phone_number_days s where s.workspace_id = n.workspace_id and s.phone_number_id = n.id and s.day = z.day), 0);
    is_busy := claimed = '[]';
  end if;
  if claimed is null or claimed = '[]' then
    select min(n.next_send_at) into next_at from public.phone_numbers n
     where n.status = 'active' and n.archived_at is null and (n.breaker = 'closed' or (n.breaker = 'open' and n.breaker_until <= moment))
       and (only_workspace is null or n.workspace_id = only_workspace)
       and exists (select 1 from public.sms_messages m where m.phone_number_id = n.id and m.status = 'queued' and not m.is_paused
                     and (m.purpose <> 'bulk' or m.segments is not null) and m.run_at <= moment
                     and (n.capped_until is null or n.capped_until <= moment or m.purpose = 'auto'));
    is_busy := is_busy or next_at <= moment;
  end if;
  return jsonb_build_object('lease', lease, 'texts', coalesce(claimed, '[]'), 'busy', coalesce(is_busy, false),
    'next_in_ms', case when next_at > moment then ceil(extract(epoch from next_at - moment) * 1000)::integer end);
end $$;

