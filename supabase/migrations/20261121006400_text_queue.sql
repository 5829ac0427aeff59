-- Why: texts leave as mails do: a claim that two drains can't both make of one text, committed before the provider is asked; facts that
-- are read after it; and a finish that only the lease's holder may write. What is claimed by is our number's row: its pace, cap and breaker.
-- Touches: sms_messages (claimed_at, template_id, asked_at; indexes), phone_numbers.capped_until; functions
-- private.text_turn, text_sender, texts_went_out, tell_of_texts, text_facts_of; public.claim_texts, text_facts, finish_texts, sweep_texts, note_waiting_texts (machines).

alter table public.sms_messages add column claimed_at timestamptz;
-- when the provider was last asked what became of it
alter table public.sms_messages add column asked_at timestamptz;
alter table public.sms_messages add column template_id uuid;
alter table public.sms_messages add foreign key (workspace_id, template_id) references public.outreach_templates (workspace_id, id) on delete set null (template_id);
create index sms_messages_template_idx on public.sms_messages (workspace_id, template_id) where template_id is not null;
-- until when the day's cap holds its texts; null: it doesn't
alter table public.phone_numbers add column capped_until timestamptz;

-- An answer to STOP has five minutes; one that a person writes goes before those of batches.
create function private.text_turn(purpose text) returns integer
language sql immutable set search_path = ''
as $$ select case purpose when 'auto' then 0 when 'direct' then 1 else 2 end $$;
-- One text at a time is under way to a number of theirs, whichever of ours it comes from.
create unique index sms_messages_sending_key on public.sms_messages (workspace_id, phone_id) where status = 'sending';
-- A text of a batch is written when it has its segments.
drop index public.sms_messages_due_idx;
create index sms_messages_due_idx on public.sms_messages (phone_number_id, private.text_turn(purpose), run_at, id)
  where status = 'queued' and not is_paused and (purpose <> 'bulk' or segments is not null);
create index sms_messages_unwritten_idx on public.sms_messages (workspace_id, batch_id, id) where status = 'queued' and purpose = 'bulk' and segments is null;

-- A changed cap is a new question.
create function private.lift_number_cap() returns trigger
language plpgsql set search_path = ''
as $$ begin new.capped_until := null; return new; end $$;
create trigger lift_number_cap before update of daily_cap on public.phone_numbers for each row
  when (new.daily_cap is distinct from old.daily_cap) execute function private.lift_number_cap();

-- Which of ours a text to a number goes from: the one they last wrote to or had a text from, else the default sender, else the oldest. Null: we have none.
create function private.text_sender(workspace uuid, phone uuid) returns uuid
language sql stable security definer set search_path = ''
as $$
  select coalesce(
    (select m.phone_number_id from public.sms_messages m
       join public.phone_numbers n on n.workspace_id = m.workspace_id and n.id = m.phone_number_id and n.archived_at is null and 'sms' = any (n.features)
      where m.workspace_id = workspace and m.phone_id = phone and m.status in ('sent', 'received', 'unknown', 'queued', 'sending')
      order by m.created_at desc limit 1),
    (select n.id from public.phone_numbers n where n.workspace_id = workspace and n.archived_at is null and 'sms' = any (n.features)
      order by n.is_default_sender desc, n.created_at, n.id limit 1))
$$;

-- Writes a text to the timelines it belongs to: of the person it is to or from; where nobody is said, of everybody behind the number,
-- marked as shared where they are several; where nobody is, of its organizations and properties.
create function private.tell_of_texts(workspace uuid, texts uuid[]) returns void
language sql security definer set search_path = ''
as $$
  with said as materialized (
    select m.* from public.sms_messages m where m.workspace_id = workspace and m.id = any (texts) and m.purpose <> 'auto'
  ), people as materialized (
    select m.id, m.person_id as subject from said m where m.person_id is not null
    union
    select m.id, l.person_id from said m join public.person_phones l on l.workspace_id = workspace and l.phone_id = m.phone_id
      join public.people h on h.workspace_id = workspace and h.id = l.person_id and h.deleted_at is null
     where m.person_id is null
  ), subjects as (
    select p.id, p.subject as person_id, null::uuid as organization_id, null::uuid as property_id, count(*) over (partition by p.id) as n from people p
    union all
    select m.id, null, l.organization_id, null, 1 from said m join public.organization_phones l on l.workspace_id = workspace and l.phone_id = m.phone_id
     where not exists (select 1 from people p where p.id = m.id)
    union all
    select m.id, null, null, l.property_id, 1 from said m join public.property_phones l on l.workspace_id = workspace and l.phone_id = m.phone_id
     where not exists (select 1 from people p where p.id = m.id)
  )
  insert into public.activities (workspace_id, kind, channel, direction, body, occurred_at, performed_by, person_id, organization_id, property_id, phone_id, details)
  select workspace, 'sms', 'sms', m.direction, m.body, coalesce(m.received_at, m.sent_at, now()), m.created_by, s.person_id, s.organization_id, s.property_id,
         m.phone_id, jsonb_strip_nulls(jsonb_build_object('sms_id', m.id, 'batch_id', m.batch_id, 'keyword', m.keyword,
           'shared', case when s.n > 1 then true end, 'media', nullif(jsonb_array_length(m.media), 0)))
    from subjects s join said m on m.id = s.id
$$;

-- What follows from texts that the provider has: [{ id, at, provider_sid }]. A text that went already stays as it is.
create function private.texts_went_out(items jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare one record;
begin
  for one in
    with locked as materialized (
      select m.id from jsonb_to_recordset(items) as x(id uuid) join public.sms_messages m on m.id = x.id
       where m.direction = 'out' and m.status <> 'sent' order by m.id for update of m
    ), sent as (
      update public.sms_messages m
         set status = 'sent', sent_at = coalesce(m.sent_at, x.at), provider_sid = coalesce(x.provider_sid, m.provider_sid), lease_token = null,
             lease_until = null, last_error = null
        from jsonb_to_recordset(items) as x(id uuid, at timestamptz, provider_sid text) join locked l on l.id = x.id
       where m.id = l.id returning m.id, m.workspace_id
    )
    select s.workspace_id, array_agg(s.id order by s.id) as ids from sent s group by s.workspace_id
  loop
    perform private.tell_of_texts(one.workspace_id, one.ids);
  end loop;
end $$;

-- Claims the first due text of each of our numbers, or up to `burst` of a number without a pace, and moves the number on by its interval.
-- Of a number whose breaker was open, one text: the probe. A number at its cap sends only what must be answered, which no cap counts. Answers
-- { lease, texts: [{ id, number_id, slot, previous_slot }], busy, next_in_ms }. One text at a time is under way to a number of theirs, from whichever of ours: what goes
-- first arrives first, and the next is counted against their cap. busy: other drains hold what is due; next_in_ms: until the next of our numbers has its turn,
-- null where nothing else is due.
create function public.claim_texts(lease_seconds integer, batch integer default 20, burst integer default 10, only_workspace uuid default null,
  at timestamptz default null) returns jsonb
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  moment timestamptz := coalesce(at, now());
  lease uuid := gen_random_uuid();
  locked uuid[];
  due uuid[];
  free uuid[];
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
    -- and so are those of theirs, before it is asked what is under way to them: two drains with two of ours would not see each other
    due := array(select x.id from unnest(locked) as l(id) cross join lateral (
      select m.id from public.sms_messages m
       where m.phone_number_id = l.id and m.status = 'queued' and not m.is_paused and (m.purpose <> 'bulk' or m.segments is not null) and m.run_at <= moment
         and not exists (select 1 from public.sms_messages o where o.workspace_id = m.workspace_id and o.phone_id = m.phone_id and o.status = 'sending')
       order by private.text_turn(m.purpose), m.run_at, m.id limit greatest(burst, 1)) x);
    free := array(select p.id from public.phones p
      where p.id in (select m.phone_id from public.sms_messages m where m.id = any (due)) order by p.id for no key update skip locked);
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
           where m.id = any (due) and m.phone_number_id = x.id and m.phone_id = any (free) and m.status = 'queued' and not m.is_paused
             and (x.room > 0 or m.purpose = 'auto')
             and not exists (select 1 from public.sms_messages o where o.workspace_id = m.workspace_id and o.phone_id = m.phone_id and o.status = 'sending')
           order by private.text_turn(m.purpose), m.run_at, m.id limit case when x.room > 0 then least(x.room, x.wanted) else x.wanted end
           for update skip locked) m
       order by m.phone_id, private.text_turn(m.purpose), m.run_at, m.id
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

-- All that the gate decides on, for texts of one workspace: of each its row, its number's, its batch's, and what private.phone_facts says.
create function private.text_facts_of(workspace uuid, texts uuid[], at timestamptz) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with said as materialized (select m.* from public.sms_messages m where m.workspace_id = workspace and m.id = any (texts)),
  facts as materialized (select private.phone_facts(workspace, array(select distinct s.phone_id from said s), null, at) as of)
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', m.id, 'workspace_id', m.workspace_id, 'purpose', m.purpose, 'body', m.body, 'attempts', m.attempts,
    'to', p.e164, 'from', n.e164, 'phone', (select f.of -> m.phone_id::text from facts f),
    'person', case when h.id is not null then jsonb_build_object('is_deleted', h.deleted_at is not null, 'is_do_not_contact', h.lead_status = 'do_not_contact',
      'organization_is_do_not_contact', exists (
        select 1 from public.person_organizations l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
         where l.workspace_id = workspace and l.person_id = h.id and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null)) end,
    -- whoever wrote since one of many was chosen for them has answered; who asks for HELP hasn't
    'is_answered', m.purpose = 'bulk' and exists (select 1 from public.sms_messages i
       where i.workspace_id = workspace and i.phone_id = m.phone_id and i.direction = 'in' and i.received_at > m.created_at and coalesce(i.keyword, 'stop') = 'stop'),
    'created_at', m.created_at,
    'batch', case when b.id is not null then jsonb_build_object('status', b.status) end,
    'number', jsonb_build_object('status', n.status, 'breaker', n.breaker, 'is_archived', n.archived_at is not null))), '[]')
    from said m
    join public.phones p on p.workspace_id = workspace and p.id = m.phone_id
    join public.phone_numbers n on n.workspace_id = workspace and n.id = m.phone_number_id
    left join public.people h on h.workspace_id = workspace and h.id = m.person_id
    left join public.sms_batches b on b.workspace_id = workspace and b.id = m.batch_id
$$;

-- The same for the texts of a lease, of whatever workspaces. Read after the claim was committed.
create function public.text_facts(texts uuid[], lease uuid, at timestamptz default null) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare one record; facts jsonb := '[]';
begin
  for one in
    select m.workspace_id, array_agg(m.id) as ids from public.sms_messages m
     where m.id = any (texts) and m.lease_token = lease and m.status = 'sending' group by m.workspace_id
  loop
    facts := facts || private.text_facts_of(one.workspace_id, one.ids, coalesce(at, now()));
  end loop;
  return facts;
end $$;
