-- Why: who called whom, what came of it, and what each caller did in a span of days: figures and the calls that they count come from one text of SQL.
-- An outcome that was taken back counts nowhere.
-- Touches: functions list_call_history, call_leaderboard (new).

-- The calls that a figure counts, as a condition on `c`. What came in and was taken by nobody is nobody's call.
create function private.call_figure_sql(figure text) returns text
language plpgsql immutable set search_path = ''
as $$
declare counted constant text := $q$(c.undone_at is null and (c.direction = 'out' or c.user_id is not null))$q$;
begin
  return case figure
    when 'calls' then counted
    -- somebody was spoken with
    when 'connects' then counted || $q$ and (c.reached is not null or c.outcome in ('answered', 'follow_up', 'pending_signup', 'closed', 'rejected'))$q$
    when 'talk' then counted || $q$ and c.duration_seconds > 0$q$
    when 'promised' then counted || $q$ and c.next_step_at is not null$q$
    when 'mails' then counted || $q$ and exists (select 1 from public.email_queue q where q.workspace_id = c.workspace_id and q.id = c.followup_email_id and q.status = 'sent')$q$
  end;
end $$;

-- What calls are narrowed to: { figure, caller (an id, or `none`), outcomes, direction, reached, from, to (days of the workspace's zone, both counted), person, phone, q }.
create function private.call_clause(workspace uuid, filter jsonb, zone text) returns text
language plpgsql stable set search_path = ''
as $$
declare
  clause text := format('c.workspace_id = %L::uuid', workspace);
  phones uuid[];
  people uuid[];
begin
  if filter ->> 'figure' is not null then
    if private.call_figure_sql(filter ->> 'figure') is null then raise exception 'There is no figure of this name' using errcode = 'PT400'; end if;
    clause := clause || format(' and (%s)', private.call_figure_sql(filter ->> 'figure'));
  end if;
  if filter ->> 'caller' = 'none' then clause := clause || ' and c.user_id is null';
  elsif filter ->> 'caller' is not null then clause := clause || format(' and c.user_id = %L::uuid', filter ->> 'caller'); end if;
  if jsonb_array_length(coalesce(filter -> 'outcomes', '[]')) > 0 then
    clause := clause || format(' and (c.outcome = any (%L::text[])%s)', array(select jsonb_array_elements_text(filter -> 'outcomes')),
      case when filter -> 'outcomes' ? 'none' then ' or c.outcome is null' else '' end);
  end if;
  if filter ->> 'direction' is not null then clause := clause || format(' and c.direction = %L', filter ->> 'direction'); end if;
  if filter ->> 'reached' is not null then clause := clause || format(' and c.reached = %L', filter ->> 'reached'); end if;
  if filter ->> 'from' is not null then
    clause := clause || format(' and c.started_at >= %L::timestamptz', private.local_midnight((filter ->> 'from')::date, zone));
  end if;
  if filter ->> 'to' is not null then
    clause := clause || format(' and c.started_at < %L::timestamptz', private.local_midnight((filter ->> 'to')::date + 1, zone));
  end if;
  if filter ->> 'phone' is not null then clause := clause || format(' and c.phone_id = %L::uuid', filter ->> 'phone'); end if;
  people := case when filter ->> 'person' is not null then array[(filter ->> 'person')::uuid] end;
  if filter ->> 'q' is not null then
    phones := array(select private.match_phones(workspace, filter ->> 'q', 500));
    if people is null then people := array(select private.match_people_by_name(workspace, filter ->> 'q', 500)); end if;
  end if;
  if people is not null then
    -- who was confirmed; else whoever it may have been
    clause := clause || format(' and (c.person_id = any (%1$L::uuid[]) or c.phone_id = any (%3$L::uuid[])
      or c.person_id is null and c.phone_id in (select l.phone_id from public.person_phones l where l.workspace_id = %2$L::uuid and l.person_id = any (%1$L::uuid[])))',
      people, workspace, coalesce(phones, '{}'));
  end if;
  return clause;
end $$;

-- A call as the history shows it.
create function private.history_row(c public.calls) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', c.id, 'direction', c.direction, 'via', c.via, 'status', c.status, 'started_at', c.started_at,
    'duration_seconds', c.duration_seconds, 'outcome', c.outcome, 'reached', c.reached, 'notes', left(c.notes, 500), 'next_step_at', c.next_step_at,
    'email_captured', c.email_captured, 'has_recording', c.recording_sid is not null, 'is_voicemail', c.is_voicemail, 'undone_at', c.undone_at,
    'phone', (select jsonb_build_object('id', p.id, 'e164', p.e164, 'do_not_call', p.do_not_call) from public.phones p where p.workspace_id = c.workspace_id and p.id = c.phone_id),
    'by', (select jsonb_build_object('id', p.user_id, 'name', p.full_name) from public.profiles p where p.user_id = c.user_id),
    'number', (select jsonb_build_object('id', n.id, 'e164', n.e164, 'label', n.label) from public.phone_numbers n where n.workspace_id = c.workspace_id and n.id = c.phone_number_id),
    'person', (select jsonb_build_object('id', p.id, 'name', coalesce(p.display_name, 'No name')) from public.people p where p.workspace_id = c.workspace_id and p.id = c.person_id),
    -- whoever it may have been
    'people', case when c.person_id is null then coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name)) from (
        select p.id, coalesce(p.display_name, 'No name') as name from public.person_phones l
          join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
         where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id order by l.is_primary desc, p.normalized_name, p.id limit 4) x), '[]') else '[]' end,
    'followup', private.call_followup(c))
$$;

-- Calls, the latest first, after (after_at, after_id): { time_zone, rows }, one more than page_size where there are more.
create function private.list_call_history(workspace uuid, filter jsonb, after_at timestamptz, after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  zone text;
  rows jsonb;
begin
  perform private.assert_member(workspace);
  zone := private.workspace_zone(workspace);
  execute format($q$
    with page as materialized (
      select c.id, row_number() over (order by c.started_at desc, c.id) as n from public.calls c
       where %1$s %2$s order by c.started_at desc, c.id limit %3$s)
    select coalesce(jsonb_agg(private.history_row(c) order by x.n), '[]') from page x join public.calls c on c.workspace_id = %4$L::uuid and c.id = x.id $q$,
    private.call_clause(workspace, filter, zone),
    case when after_at is not null then format('and c.started_at <= %1$L::timestamptz and (c.started_at < %1$L::timestamptz or c.id > %2$L::uuid)', after_at, after_id) end,
    least(greatest(page_size, 1), 1000) + 1, workspace) into rows;
  return jsonb_build_object('time_zone', zone, 'rows', rows);
end $$;

-- What was done from one day to another, of the workspace's zone: { time_zone, from, to, totals, callers: [{ id, name }], days: [{ day }] }, each with
-- { calls, connects, talk (seconds), promised, mails, outcomes: { outcome: count } }. Without a first day: so many days, the last of them counted.
create function private.call_leaderboard(workspace uuid, from_day date, to_day date, days integer, seen_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  zone text;
  today date;
  answer jsonb;
begin
  perform private.assert_member(workspace);
  zone := private.workspace_zone(workspace);
  today := (seen_at at time zone zone)::date;
  to_day := coalesce(to_day, today);
  from_day := coalesce(from_day, to_day - (least(greatest(days, 1), 366) - 1));
  if from_day > to_day then raise exception 'The first day is after the last' using errcode = 'PT400'; end if;
  if to_day - from_day > 366 then raise exception 'At most a year' using errcode = 'PT400'; end if;
  execute format($q$
    with counted as materialized (
      select c.user_id, (c.started_at at time zone %2$L)::date as day, c.outcome, case when %5$s then c.duration_seconds end as talk,
             (%4$s) as is_connect, (%6$s) as is_promised, (%7$s) as is_mailed
        from public.calls c where %1$s and (%3$s)
    ), sums as (
      select grouping(c.user_id) as g_user, grouping(c.day) as g_day, c.user_id, c.day, count(*) as calls, count(*) filter (where c.is_connect) as connects,
             coalesce(sum(c.talk), 0) as talk, count(*) filter (where c.is_promised) as promised, count(*) filter (where c.is_mailed) as mails
        from counted c group by grouping sets ((), (c.user_id), (c.day))
    ), ends as (
      select e.g_user, e.g_day, e.user_id, e.day, jsonb_object_agg(e.outcome, e.n) as outcomes from (
        select grouping(c.user_id) as g_user, grouping(c.day) as g_day, c.user_id, c.day, c.outcome, count(*) as n
          from counted c where c.outcome is not null group by grouping sets ((c.outcome), (c.user_id, c.outcome), (c.day, c.outcome))) e
       group by 1, 2, 3, 4
    ), lines as (
      select s.*, jsonb_build_object('calls', s.calls, 'connects', s.connects, 'talk', s.talk, 'promised', s.promised, 'mails', s.mails,
               'outcomes', coalesce(e.outcomes, '{}')) as figures
        from sums s left join ends e on e.g_user = s.g_user and e.g_day = s.g_day and e.user_id is not distinct from s.user_id and e.day is not distinct from s.day
    )
    select jsonb_build_object(
      'totals', (select l.figures from lines l where l.g_user = 1 and l.g_day = 1),
      'callers', coalesce((select jsonb_agg(l.figures || jsonb_build_object('id', l.user_id, 'name', p.full_name) order by l.calls desc, p.full_name, l.user_id)
                             from lines l left join public.profiles p on p.user_id = l.user_id where l.g_user = 0), '[]'),
      'days', coalesce((select jsonb_agg(l.figures || jsonb_build_object('day', l.day) order by l.day) from lines l where l.g_day = 0), '[]')) $q$,
    private.call_clause(workspace, jsonb_build_object('from', from_day, 'to', to_day), zone), zone, private.call_figure_sql('calls'),
    private.call_figure_sql('connects'), private.call_figure_sql('talk'), private.call_figure_sql('promised'), private.call_figure_sql('mails')) into answer;
  return answer || jsonb_build_object('time_zone', zone, 'from', from_day, 'to', to_day, 'today', today);
end $$;

grant execute on function private.list_call_history(uuid, jsonb, timestamptz, uuid, integer), private.call_leaderboard(uuid, date, date, integer, timestamptz) to authenticated;
create function public.list_call_history(workspace uuid, filter jsonb default '{}', after_at timestamptz default null, after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$ select private.list_call_history(workspace, filter, after_at, after_id, page_size) $$;
create function public.call_leaderboard(workspace uuid, from_day date default null, to_day date default null, days integer default 7) returns jsonb
language sql stable set search_path = '' as $$ select private.call_leaderboard(workspace, from_day, to_day, days, now()) $$;
grant execute on function public.list_call_history(uuid, jsonb, timestamptz, uuid, integer), public.call_leaderboard(uuid, date, date, integer) to authenticated;
