-- Why: the figures a team steers by (contact rate, approval rate, cycle time), each of which opens the rows it counts.
-- Touches: indexes of activities and stage_moves; functions owners_metrics, metric_rows.
--
-- A figure and its rows come from one text of SQL, `private.metric_sql`: they can't disagree. Days and weeks are those of the
-- workspace's time zone. What a person did counts when it happened, also where it was logged later.

-- What the contact rate counts, in the order its rows are shown in; read without touching the table.
create index activities_outcomes_idx on public.activities (workspace_id, occurred_at desc, id) include (performed_by, outcome)
  where outcome is not null and performed_by is not null and kind in ('call', 'sms', 'email', 'in_app', 'dm', 'linkedin', 'meeting');
create index stage_moves_made_idx on public.stage_moves (workspace_id, at desc) include (verification_id) where from_stage_id is null;

-- The instant at which a day begins in a zone. Where clocks go back over midnight it begins the first time that midnight is
-- shown, where they go forward over it at the change: AT TIME ZONE takes the second and the change.
create function private.local_midnight(day date, zone text) returns timestamptz
language plpgsql immutable set search_path = ''
as $$
declare midnight timestamptz := day::timestamp at time zone zone;
begin
  return case when ((midnight - interval '1 hour') at time zone zone)::date = day then midnight - interval '1 hour' else midnight end;
end $$;

-- The workspace's zone, or UTC where the database doesn't know it: figures must not fail with a name.
create function private.workspace_zone(workspace uuid) returns text
language plpgsql stable set search_path = ''
as $$
declare zone text;
begin
  select w.time_zone into zone from public.workspaces w where w.id = workspace;
  perform now() at time zone zone;
  return coalesce(zone, 'UTC');
exception when invalid_parameter_value then
  return 'UTC';
end $$;

-- The time that { days, period: current|previous, week: '2026-W47' } names, seen at an instant: the last `days` days with today,
-- as many before those, or an ISO week. `as_of`: up to when the moves of a card are looked at. The days before are told as they
-- stood when they ended, or cards of two months would be held against cards of one.
create function private.metric_window(zone text, seen_at timestamptz, filter jsonb, out from_at timestamptz, out until_at timestamptz, out as_of timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  today date := (seen_at at time zone zone)::date;
  days integer := least(greatest(coalesce((filter ->> 'days')::integer, 30), 1), 366);
  monday date;
begin
  as_of := 'infinity';
  if filter ->> 'week' is not null then
    monday := to_date(filter ->> 'week', 'IYYY-"W"IW');
    from_at := private.local_midnight(monday, zone);
    until_at := private.local_midnight(monday + 7, zone);
  elsif filter ->> 'period' = 'previous' then
    from_at := private.local_midnight(today - 2 * days + 1, zone);
    until_at := private.local_midnight(today - days + 1, zone);
    as_of := until_at;
  else
    from_at := private.local_midnight(today - days + 1, zone);
    until_at := private.local_midnight(today + 1, zone);
  end if;
end $$;

-- The rows that a figure counts in workspace $1 from $2 until before $3, by the moves before $4: (id, at, by_id, is_hit, days).
-- contact_rate: outreach with an outcome, logged by a person; a hit where it led on. Told by who did it.
-- approval_rate: cards by the day they were made; a hit where their last move left them in a won stage.
-- cycle_time_days: cards that stand in a won stage, by their first move into one; days since the move that made them.
-- Cards are told by their assignee; those off the board, or whose property is deleted, aren't counted.
create function private.metric_sql(figure text) returns text
language plpgsql immutable set search_path = ''
as $f$
declare
  won constant text := 'any (array(select t.id from public.pipeline_stages t where t.workspace_id = $1 and t.result = ''won''))';
  stands_won constant text := $q$coalesce((
    select l.to_stage_id from public.stage_moves l where l.workspace_id = $1 and l.verification_id = v.id and l.at < $4
     order by l.at desc, l.from_stage_id is null, l.id desc limit 1) = $q$ || won || ', false)';
begin
  case figure
    when 'contact_rate' then return $q$
      select a.id, a.occurred_at as at, a.performed_by as by_id, a.outcome in ('interested', 'meeting_set', 'follow_up') as is_hit, null::numeric as days
        from public.activities a
       where a.workspace_id = $1 and a.occurred_at >= $2 and a.occurred_at < $3 and a.outcome is not null and a.performed_by is not null
         and a.kind in ('call', 'sms', 'email', 'in_app', 'dm', 'linkedin', 'meeting')$q$;
    when 'approval_rate' then return $q$
      select v.id, m.at, v.assigned_to as by_id, $q$ || stands_won || $q$ as is_hit, null::numeric as days
        from public.stage_moves m
        join public.verifications v on v.workspace_id = m.workspace_id and v.id = m.verification_id and v.deleted_at is null and not v.property_deleted
       where m.workspace_id = $1 and m.from_stage_id is null and m.at >= $2 and m.at < $3$q$;
    when 'cycle_time_days' then return $q$
      select v.id, w.at, v.assigned_to as by_id, true as is_hit,
             (extract(epoch from w.at - (select min(f.at) from public.stage_moves f where f.workspace_id = $1 and f.verification_id = v.id)) / 86400)::numeric as days
        from public.stage_moves w
        join public.verifications v on v.workspace_id = w.workspace_id and v.id = w.verification_id and v.deleted_at is null and not v.property_deleted
       where w.workspace_id = $1 and w.at >= $2 and w.at < $3 and w.to_stage_id = $q$ || won || $q$
         and not exists (
           select 1 from public.stage_moves e where e.workspace_id = $1 and e.verification_id = v.id and (e.at, e.id) < (w.at, w.id)
              and e.to_stage_id = $q$ || won || $q$)
         and $q$ || stands_won;
    else raise exception 'There is no figure %', figure using errcode = 'PT400';
  end case;
end $f$;

-- A figure from what was counted: { value, hits, count }. `value` is per cent, or days; null where nothing was counted.
create function private.metric_value(figure text, counted numeric, hits numeric, days numeric) returns jsonb
language sql immutable set search_path = ''
as $$
  select jsonb_build_object('count', coalesce(counted, 0), 'hits', coalesce(hits, 0), 'value', round(
    case figure when 'cycle_time_days' then days / nullif(counted, 0) else 100 * hits / nullif(counted, 0) end, 2))
$$;

-- The figures of the last `days` days as seen at an instant, each with the days before, the last twelve weeks, and by person.
create function private.owners_metrics(workspace uuid, days integer, seen_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  zone text;
  today date;
  monday date;
  borders timestamptz[];
  shown record;
  before record;
  one text;
  figure jsonb;
  previous jsonb;
  answer jsonb;
begin
  perform private.assert_member(workspace);
  zone := private.workspace_zone(workspace);
  today := (seen_at at time zone zone)::date;
  monday := date_trunc('week', today::timestamp)::date;
  borders := array(select private.local_midnight(monday + 7 * n, zone) from generate_series(-11, 0) n order by n);
  select * into shown from private.metric_window(zone, seen_at, jsonb_build_object('days', days));
  select * into before from private.metric_window(zone, seen_at, jsonb_build_object('days', days, 'period', 'previous'));
  answer := jsonb_build_object('time_zone', zone, 'days', days, 'from', (shown.from_at at time zone zone)::date, 'to', today,
    'previous_from', (before.from_at at time zone zone)::date, 'previous_to', (shown.from_at at time zone zone)::date - 1);
  foreach one in array array['contact_rate', 'approval_rate', 'cycle_time_days'] loop
    execute format($q$
      select private.metric_value(%L, count(*), count(*) filter (where r.is_hit), sum(r.days)) from (%s) r $q$, one, private.metric_sql(one))
      into previous using workspace, before.from_at, before.until_at, before.as_of;
    execute format($q$
      with counted as materialized (
        select r.by_id, width_bucket(r.at, $5) as week, r.at >= $6 as is_shown, count(*) as counted, count(*) filter (where r.is_hit) as hits, sum(r.days) as days
          from (%2$s) r group by 1, 2, 3)
      select (select private.metric_value(%1$L, sum(c.counted), sum(c.hits), sum(c.days)) from counted c where c.is_shown) || jsonb_build_object(
        'weeks', (select jsonb_agg(w.week order by w.n) from (
          select n, jsonb_build_object('week', to_char($7 + 7 * (n - 12), 'IYYY-"W"IW'), 'starts_on', $7 + 7 * (n - 12))
                 || private.metric_value(%1$L, sum(c.counted), sum(c.hits), sum(c.days)) as week
            from generate_series(1, 12) n left join counted c on c.week = n group by n) w),
        'people', (select coalesce(jsonb_agg(p.person order by p.counted desc, p.person ->> 'name', p.by_id), '[]') from (
          select c.by_id, sum(c.counted) as counted, jsonb_build_object('id', c.by_id, 'name', private.person_name(c.by_id))
                 || private.metric_value(%1$L, sum(c.counted), sum(c.hits), sum(c.days)) as person
            from counted c where c.is_shown group by c.by_id) p)) $q$, one, private.metric_sql(one))
      into figure using workspace, least(shown.from_at, borders[1]), shown.until_at, shown.as_of, borders, shown.from_at, monday;
    answer := answer || jsonb_build_object(one, figure || jsonb_build_object('previous', previous));
  end loop;
  return answer;
end $$;

-- The rows that a figure counts, the latest first, after the row (after_at, after_id) where one is given: { rows, summary, people }.
-- `filter`: { days, period, week } as the window has it; by: a user's id or 'none'; hit: boolean. `rows` has one more than
-- page_size where there are more. `summary` is the figure itself, `people` tells it by person whatever `by` says; both come with
-- the first page alone.
create function private.metric_rows(workspace uuid, figure text, filter jsonb, after_at timestamptz, after_id uuid, page_size integer, seen_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  counted text;
  zone text;
  shown record;
  by_clause text := '';
  clause text;
  shape text;
  rows jsonb;
  told jsonb;
begin
  perform private.assert_member(workspace);
  counted := private.metric_sql(figure);
  zone := private.workspace_zone(workspace);
  select * into shown from private.metric_window(zone, seen_at, filter);
  if filter ->> 'by' = 'none' then by_clause := ' and r.by_id is null';
  elsif filter ->> 'by' is not null then by_clause := format(' and r.by_id = %L::uuid', filter ->> 'by'); end if;
  clause := by_clause;
  if filter ->> 'hit' is not null then clause := clause || format(' and r.is_hit = %L::boolean', filter ->> 'hit'); end if;
  if after_at is not null then
    clause := clause || format(' and r.at <= %1$L::timestamptz and (r.at < %1$L::timestamptz or r.id > %2$L::uuid)', after_at, after_id);
  end if;
  -- each row of the page is looked up by its key (OFFSET 0 keeps it so): joined as sets, a table the planner knows too little of is read whole
  shape := case figure when 'contact_rate' then $q$
    select x.at, x.id, jsonb_build_object('id', x.id, 'at', x.at, 'is_hit', x.is_hit, 'by', case when x.by_id is not null then jsonb_build_object('id', x.by_id, 'name', private.person_name(x.by_id)) end,
        'kind', a.kind, 'direction', a.direction, 'outcome', a.outcome, 'text', left(coalesce(a.subject, a.body, ''), 160), 'card_id', v.id,
        'owner', case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.display_name) end,
        'person', case when h.id is not null then jsonb_build_object('id', h.id, 'name', coalesce(h.display_name, 'No name')) end,
        'organization', case when g.id is not null then jsonb_build_object('id', g.id, 'name', g.name) end,
        'property', case when p.id is not null then jsonb_build_object('id', p.id, 'name', coalesce(p.name, p.address)) end) as found
      from page x
      cross join lateral (select * from public.activities a where a.workspace_id = $1 and a.id = x.id offset 0) a
      left join lateral (select * from public.owners o where o.workspace_id = $1 and o.id = a.owner_id offset 0) o on true
      left join lateral (select * from public.people h where h.workspace_id = $1 and h.id = a.person_id offset 0) h on true
      left join lateral (select * from public.organizations g where g.workspace_id = $1 and g.id = a.organization_id offset 0) g on true
      left join lateral (select * from public.properties p where p.workspace_id = $1 and p.id = a.property_id offset 0) p on true
      left join lateral (select v.id from public.verifications v where v.workspace_id = $1 and v.id = a.verification_id and v.deleted_at is null
        and not v.property_deleted offset 0) v on true $q$
    else $q$
    select x.at, x.id, jsonb_build_object('id', x.id, 'at', x.at, 'is_hit', x.is_hit, 'days', round(x.days, 2), 'by', case when x.by_id is not null then jsonb_build_object('id', x.by_id, 'name', private.person_name(x.by_id)) end,
        'made_at', (select min(m.at) from public.stage_moves m where m.workspace_id = $1 and m.verification_id = x.id),
        'stage', jsonb_build_object('name', s.name, 'result', s.result),
        'owner', case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.display_name) end,
        'property', jsonb_build_object('id', p.id, 'name', coalesce(p.name, p.address))) as found
      from page x
      cross join lateral (select * from public.verifications v where v.workspace_id = $1 and v.id = x.id offset 0) v
      cross join lateral (select * from public.pipeline_stages s where s.workspace_id = $1 and s.id = v.stage_id offset 0) s
      cross join lateral (select * from public.properties p where p.workspace_id = $1 and p.id = v.property_id offset 0) p
      left join lateral (select * from public.owners o where o.workspace_id = $1 and o.id = coalesce(v.owner_id, p.owner_id) offset 0) o on true $q$ end;
  execute format($q$
    with page as materialized (select r.* from (%s) r where true %s order by r.at desc, r.id limit %s), shaped as (%s)
    select coalesce(jsonb_agg(s.found order by s.at desc, s.id), '[]') from shaped s $q$, counted, clause, least(greatest(page_size, 1), 200) + 1, shape)
    into rows using workspace, shown.from_at, shown.until_at, shown.as_of;
  if after_at is null then
    execute format($q$
      with told as materialized (
        select r.by_id, count(*) as counted, count(*) filter (where r.is_hit) as hits, sum(r.days) as days from (%1$s) r group by 1)
      select jsonb_build_object(
        'summary', (select private.metric_value(%2$L, sum(r.counted), sum(r.hits), sum(r.days)) from told r where true %3$s),
        'people', (select coalesce(jsonb_agg(jsonb_build_object('id', r.by_id, 'name', private.person_name(r.by_id))
          || private.metric_value(%2$L, r.counted, r.hits, r.days) order by r.counted desc, private.person_name(r.by_id), r.by_id), '[]') from told r)) $q$,
      counted, figure, by_clause)
      into told using workspace, shown.from_at, shown.until_at, shown.as_of;
  end if;
  return jsonb_build_object('time_zone', zone, 'from', (shown.from_at at time zone zone)::date,
    'to', ((least(shown.until_at, seen_at) - interval '1 second') at time zone zone)::date, 'rows', rows) || coalesce(told, '{}');
end $$;

create function public.owners_metrics(workspace uuid, days integer default 30) returns jsonb
language sql stable set search_path = '' as $$ select private.owners_metrics(workspace, days, now()) $$;
create function public.metric_rows(workspace uuid, figure text, filter jsonb default '{}', after_at timestamptz default null, after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$ select private.metric_rows(workspace, figure, filter, after_at, after_id, page_size, now()) $$;
grant execute on function private.owners_metrics(uuid, integer, timestamptz), private.metric_rows(uuid, text, jsonb, timestamptz, uuid, integer, timestamptz),
  public.owners_metrics(uuid, integer), public.metric_rows(uuid, text, jsonb, timestamptz, uuid, integer) to authenticated;
