-- Why: what became of a campaign's mails, each number with the rows it counts; the outbox, which is those rows; what domains sent,
-- how they stand and what waits for them.
-- Touches: indexes of email_queue; functions campaign_analytics, list_outbox, get_outbox_email, sending_outlook.
--
-- A figure and its rows come from one text of SQL, `private.email_figure_sql`: they can't disagree. Days are those of the
-- workspace's time zone.

-- The few mails that something happened to, among the many to which nothing did.
create index email_queue_notable_idx on public.email_queue (workspace_id, coalesce(sent_at, run_at, created_at) desc, id)
  where status in ('failed', 'unknown', 'cancelled') or replied_at is not null or bounced_at is not null
     or complained_at is not null or unsubscribed_at is not null;
-- The health of a domain is counted from the index alone: mails are wide.
drop index public.email_queue_domain_idx;
create index email_queue_domain_idx on public.email_queue (workspace_id, domain_id, sent_at) include (delivered_at, bounced_at, complained_at)
  where domain_id is not null;

-- Whether a figure counts the mail `q`. A mail that waits is queued, and held as well where the gate last told it to wait.
create function private.email_figure_sql(figure text) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  return case figure
    when 'staged' then $q$q.status = 'staged'$q$
    when 'queued' then $q$q.status in ('queued', 'sending')$q$
    when 'held' then $q$q.status = 'queued' and q.decision ->> 'verdict' = 'hold'$q$
    when 'sent' then $q$q.sent_at is not null$q$
    when 'delivered' then $q$q.delivered_at is not null$q$
    when 'opened' then $q$q.opened_at is not null$q$
    when 'clicked' then $q$q.clicked_at is not null$q$
    when 'replied' then $q$q.replied_at is not null$q$
    when 'bounced' then $q$q.bounced_at is not null$q$
    when 'complained' then $q$q.complained_at is not null$q$
    when 'unsubscribed' then $q$q.unsubscribed_at is not null$q$
    when 'dropped' then $q$q.status = 'cancelled'$q$
    when 'failed' then $q$q.status = 'failed'$q$
    when 'unknown' then $q$q.status = 'unknown'$q$
  end;
end $$;
create function private.email_figures() returns text[]
language sql immutable set search_path = '' as $$
  select '{staged,queued,held,sent,delivered,opened,clicked,replied,bounced,complained,unsubscribed,dropped,failed,unknown}'::text[] $$;
-- The figures as columns of a grouped `q`, and as one object of the sums of such columns, zeros left out.
create function private.email_counts_sql(figures text[]) returns text
language sql immutable set search_path = '' as $$
  select string_agg(format('count(*) filter (where %s) as %I', private.email_figure_sql(f), f), ', ' order by n)
  from unnest(figures) with ordinality as f(f, n) $$;
create function private.email_sums_sql(figures text[]) returns text
language sql immutable set search_path = '' as $$
  select 'jsonb_strip_nulls(jsonb_build_object(' || string_agg(format('%L, nullif(sum(c.%I), 0)', f, f), ', ' order by n) || '))'
  from unnest(figures) with ordinality as f(f, n) $$;

-- When the days of { days } begin, in the workspace's zone, today the last; null where it asks for all time.
create function private.days_begin(zone text, days integer, seen_at timestamptz) returns timestamptz
language sql stable set search_path = '' as $$
  select case when days is not null then private.local_midnight((seen_at at time zone zone)::date - least(greatest(days, 1), 366) + 1, zone) end $$;

-- A domain as pages tell of it, with what it sent today and in the last 30 days.
create function private.domain_states(workspace uuid, zone text, seen_at timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  figures constant text[] := '{sent,delivered,bounced,complained}';
  answer jsonb;
begin
  execute format($q$
    select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'domain', d.domain, 'status', d.status, 'paused_reason', d.paused_reason,
        'interval_seconds', d.interval_seconds, 'jitter_seconds', d.jitter_seconds, 'daily_cap', d.daily_cap,
        'warmup_started_on', d.warmup_started_on, 'breaker', d.breaker, 'breaker_until', d.breaker_until,
        'consecutive_errors', d.consecutive_errors, 'last_error', d.last_error, 'next_send_at', d.next_send_at,
        'sent_today', coalesce(t.sent, 0), 'counts', c.counts) order by d.domain), '[]')
      from public.sending_domains d
      left join public.sending_domain_days t on t.workspace_id = $1 and t.domain_id = d.id and t.day = $3
      cross join lateral (select %2$s as counts from (select %1$s from public.email_queue q
        where q.workspace_id = $1 and q.domain_id = d.id and q.sent_at >= $2) c) c
     where d.workspace_id = $1 $q$, private.email_counts_sql(figures), private.email_sums_sql(figures))
    into answer using workspace, private.days_begin(zone, 30, seen_at), (seen_at at time zone zone)::date;
  return answer;
end $$;

-- How many mails wait for each domain on which day, the overdue ones today; those of paused campaigns aside.
create function private.domain_queues(workspace uuid, zone text, today date) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('domain_id', d.id, 'day', w.day, 'count', w.counted)), '[]')
    from public.sending_domains d
    cross join lateral (select greatest(today, (q.run_at at time zone zone)::date) as day, count(*) as counted from public.email_queue q
      where q.domain_id = d.id and q.status = 'queued' and not q.is_paused group by 1) w
   where d.workspace_id = workspace
$$;

-- The figures of a campaign by step, variant and domain, its recipients by state, the last four weeks by day, and what a forecast
-- of its end needs: what waits on which domain for which day, who is looked at again when, and what else waits for those domains.
create function private.campaign_analytics(workspace uuid, campaign uuid, seen_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  figures constant text[] := private.email_figures();
  zone text;
  today date;
  asked public.campaigns;
  counted jsonb;
  steps jsonb;
begin
  perform private.assert_member(workspace);
  select * into asked from public.campaigns c where c.workspace_id = workspace and c.id = campaign and c.deleted_at is null;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  zone := private.workspace_zone(workspace);
  today := (seen_at at time zone zone)::date;
  -- all is told from one reading of the mails
  execute format($q$
    with told as materialized (
      select q.step_id, q.variant, q.domain_id, (q.sent_at at time zone $3)::date as sent_on,
             case when q.status in ('staged', 'queued', 'sending') then greatest($4, (coalesce(q.run_at, $5) at time zone $3)::date) end as due_on, %1$s
        from public.email_queue q where q.workspace_id = $1 and q.campaign_id = $2 and q.purpose = 'campaign' group by 1, 2, 3, 4, 5)
    select jsonb_build_object(
      'counts', (select coalesce(jsonb_agg(g.sums || jsonb_build_object('step_id', g.step_id, 'variant', g.variant, 'domain_id', g.domain_id)), '[]') from (
        select c.step_id, c.variant, c.domain_id, %2$s as sums from told c group by 1, 2, 3) g),
      'by_day', (select coalesce(jsonb_agg(jsonb_build_object('day', g.sent_on, 'sent', g.sent, 'opened', g.opened, 'replied', g.replied) order by g.sent_on), '[]') from (
        select c.sent_on, sum(c.sent) as sent, sum(c.opened) as opened, sum(c.replied) as replied from told c where c.sent_on > $4 - 28 group by 1) g),
      'waiting', (select coalesce(jsonb_agg(jsonb_build_object('step_id', g.step_id, 'domain_id', g.domain_id, 'day', g.due_on, 'count', g.waiting)), '[]') from (
        select c.step_id, c.domain_id, c.due_on, sum(c.staged + c.queued) as waiting from told c where c.due_on is not null group by 1, 2, 3) g)) $q$,
    private.email_counts_sql(figures), private.email_sums_sql(figures))
    into counted using workspace, campaign, zone, today, coalesce(asked.starts_at, seen_at);
  select l.snapshot -> 'steps' into steps from public.campaign_launches l
   where l.workspace_id = workspace and l.campaign_id = campaign order by l.created_at desc limit 1;
  if steps is null then
    select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'subjects', s.subjects, 'edges', (
        select coalesce(jsonb_agg(jsonb_build_object('to', e.to_step_id, 'days', e.delay_days, 'hours', e.delay_hours, 'minutes', e.delay_minutes,
          'condition', e.condition) order by e.position, e.id), '[]')
          from public.campaign_edges e where e.workspace_id = workspace and e.campaign_id = campaign and e.from_step_id = s.id)) order by s.position, s.id)
      into steps from public.campaign_steps s where s.workspace_id = workspace and s.campaign_id = campaign;
  end if;
  return counted || jsonb_build_object(
    'time_zone', zone, 'today', today,
    'campaign', jsonb_build_object('id', asked.id, 'name', asked.name, 'status', asked.status, 'starts_at', asked.starts_at,
      'launched_at', asked.launched_at, 'completed_at', asked.completed_at, 'hours_start', to_char(asked.hours_start, 'HH24:MI'),
      'hours_end', to_char(asked.hours_end, 'HH24:MI'), 'days', asked.days, 'time_zone', asked.time_zone, 'zone_of', asked.zone_of,
      'skip_holidays', asked.skip_holidays, 'staging_total', asked.staging_total, 'staging_done', asked.staging_done),
    'steps', coalesce((select jsonb_agg((s.step - 'sections') || jsonb_build_object('edges', coalesce(s.step -> 'edges', '[]')) order by s.n)
      from jsonb_array_elements(steps) with ordinality s(step, n)), '[]'),
    'recipients', (select coalesce(jsonb_object_agg(r.state, r.counted), '{}') from (
      select coalesce(r.exit_reason, r.status) as state, count(*) as counted from public.campaign_recipients r
       where r.workspace_id = workspace and r.campaign_id = campaign group by 1) r),
    -- whose next mail isn't written yet, by the day on which it is looked for
    'under_way', (select coalesce(jsonb_agg(jsonb_build_object('step_id', w.current_step_id, 'domain_id', w.domain_id, 'day', w.day, 'count', w.counted)), '[]') from (
      select r.current_step_id, r.domain_id, greatest(today, (r.next_email_at at time zone zone)::date) as day, count(*) as counted
        from public.campaign_recipients r
       where r.workspace_id = workspace and r.campaign_id = campaign and r.status = 'active' and r.next_email_at is not null and r.current_step_id is not null
       group by 1, 2, 3) w),
    'queues', private.domain_queues(workspace, zone, today),
    'domains', private.domain_states(workspace, zone, seen_at));
end $$;

-- The sending domains with what they sent, and how many mails wait for each on which day of the next weeks, with the hours of the
-- campaigns that are under way.
create function private.sending_outlook(workspace uuid, seen_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  zone text;
  today date;
begin
  perform private.assert_member(workspace);
  zone := private.workspace_zone(workspace);
  today := (seen_at at time zone zone)::date;
  return jsonb_build_object('time_zone', zone, 'today', today,
    'domains', private.domain_states(workspace, zone, seen_at),
    'queues', private.domain_queues(workspace, zone, today),
    'windows', (select coalesce(jsonb_agg(distinct jsonb_build_object('start', to_char(c.hours_start, 'HH24:MI'), 'end', to_char(c.hours_end, 'HH24:MI'),
        'days', c.days, 'skip_holidays', c.skip_holidays)), '[]')
      from public.campaigns c where c.workspace_id = workspace and c.status in ('scheduled', 'sending') and c.deleted_at is null));
end $$;

-- The conditions of { campaign, figure, step, variant, domain, person, purpose, days, to: part of an address } on the mail `q`.
create function private.outbox_clause(workspace uuid, filter jsonb, zone text, seen_at timestamptz) returns text
language plpgsql stable set search_path = ''
as $$
declare
  clause text := '';
  ids uuid[];
begin
  if filter ->> 'campaign' is not null then
    clause := clause || format(' and q.campaign_id = %L::uuid', filter ->> 'campaign');
    -- what a campaign's figures count; its test mails stand in the whole outbox
    if filter ->> 'figure' is not null then clause := clause || $q$ and q.purpose = 'campaign'$q$; end if;
  end if;
  if filter ->> 'figure' is not null then clause := clause || format(' and (%s)', private.email_figure_sql(filter ->> 'figure')); end if;
  if filter ->> 'step' is not null then clause := clause || format(' and q.step_id = %L::uuid', filter ->> 'step'); end if;
  if filter ->> 'variant' is not null then clause := clause || format(' and q.variant = %L::smallint', filter ->> 'variant'); end if;
  if filter ->> 'domain' is not null then clause := clause || format(' and q.domain_id = %L::uuid', filter ->> 'domain'); end if;
  if filter ->> 'person' is not null then clause := clause || format(' and q.person_id = %L::uuid', filter ->> 'person'); end if;
  if filter ->> 'purpose' is not null then clause := clause || format(' and q.purpose = %L', filter ->> 'purpose'); end if;
  if filter ->> 'days' is not null then
    clause := clause || format(' and q.sent_at >= %L::timestamptz', private.days_begin(zone, (filter ->> 'days')::integer, seen_at));
  end if;
  if filter ->> 'to' is not null then
    ids := array(select e.id from public.emails e where e.workspace_id = workspace
      and e.address like '%' || regexp_replace(lower(btrim(filter ->> 'to')), '([\\%_])', '\\\1', 'g') || '%' limit 200);
    clause := clause || format(' and q.email_id = any (%L::uuid[])', ids);
  end if;
  return clause;
end $$;

-- A page of mails after (after_at, after_id): { rows }, one more than page_size where there are more. `ascending`: the next to go first.
create function private.list_outbox(workspace uuid, filter jsonb, ascending boolean, after_at timestamptz, after_id uuid, page_size integer, seen_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  clause text;
  zone text;
  rows jsonb;
begin
  perform private.assert_member(workspace);
  zone := private.workspace_zone(workspace);
  clause := private.outbox_clause(workspace, filter, zone, seen_at);
  if after_at is not null then
    clause := clause || format(case when ascending
      then ' and coalesce(q.sent_at, q.run_at, q.created_at) >= %1$L::timestamptz and (coalesce(q.sent_at, q.run_at, q.created_at) > %1$L::timestamptz or q.id < %2$L::uuid)'
      else ' and coalesce(q.sent_at, q.run_at, q.created_at) <= %1$L::timestamptz and (coalesce(q.sent_at, q.run_at, q.created_at) < %1$L::timestamptz or q.id > %2$L::uuid)' end,
      after_at, after_id);
  end if;
  execute format($q$
    with page as materialized (
      select q.id, coalesce(q.sent_at, q.run_at, q.created_at) as at, row_number() over (%2$s) as n
        from public.email_queue q where q.workspace_id = %4$L::uuid %1$s %2$s limit %3$s)
    select coalesce(jsonb_agg(private.outbox_row(%4$L::uuid, e.mail, x.at) order by x.n), '[]')
      from page x cross join lateral (select q as mail from public.email_queue q where q.workspace_id = %4$L::uuid and q.id = x.id offset 0) e $q$,
    clause,
    case when ascending then 'order by coalesce(q.sent_at, q.run_at, q.created_at), q.id desc' else 'order by coalesce(q.sent_at, q.run_at, q.created_at) desc, q.id' end,
    least(greatest(page_size, 1), 200) + 1, workspace)
    into rows;
  return jsonb_build_object('time_zone', zone, 'rows', rows);
end $$;

-- A mail as lists show it.
create function private.outbox_row(workspace uuid, q public.email_queue, at timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', q.id, 'at', at, 'status', q.status, 'purpose', q.purpose, 'via', q.via, 'is_paused', q.is_paused,
    'to_address', q.to_address, 'from_name', q.from_name, 'from_address', q.from_address, 'subject', q.subject, 'is_written', q.body_text is not null or q.body_html is not null,
    'run_at', q.run_at, 'time_zone', q.time_zone, 'attempts', q.attempts, 'decision', q.decision, 'last_error', q.last_error, 'sent_at', q.sent_at,
    'delivered_at', q.delivered_at, 'opened_at', q.opened_at, 'clicked_at', q.clicked_at, 'replied_at', q.replied_at,
    'bounced_at', q.bounced_at, 'bounce_kind', q.bounce_kind, 'complained_at', q.complained_at, 'unsubscribed_at', q.unsubscribed_at,
    'variant', q.variant, 'step', (select s.name from public.campaign_steps s where s.workspace_id = workspace and s.id = q.step_id),
    'person', (select jsonb_build_object('id', p.id, 'name', coalesce(p.display_name, q.to_address)) from public.people p where p.workspace_id = workspace and p.id = q.person_id),
    'campaign', (select jsonb_build_object('id', c.id, 'name', c.name) from public.campaigns c where c.workspace_id = workspace and c.id = q.campaign_id),
    'domain', (select d.domain from public.sending_domains d where d.workspace_id = workspace and d.id = q.domain_id))
$$;

-- One mail with its body and what the provider told of it; null where there is none.
create function private.get_outbox_email(workspace uuid, email uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare q public.email_queue;
begin
  perform private.assert_member(workspace);
  select * into q from public.email_queue e where e.workspace_id = workspace and e.id = email;
  if not found then return null; end if;
  return private.outbox_row(workspace, q, coalesce(q.sent_at, q.run_at, q.created_at)) || jsonb_build_object(
    'body_text', q.body_text, 'body_html', q.body_html, 'reply_to', q.reply_to, 'message_id', q.message_id, 'is_edited', q.is_edited,
    'events', (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'type', v.type, 'occurred_at', v.occurred_at) order by v.occurred_at, v.id), '[]')
      from (select * from public.email_events v where v.workspace_id = workspace and v.email_queue_id = email order by v.occurred_at limit 100) v));
end $$;

create function public.campaign_analytics(workspace uuid, campaign uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.campaign_analytics(workspace, campaign, now()) $$;
create function public.sending_outlook(workspace uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.sending_outlook(workspace, now()) $$;
create function public.list_outbox(workspace uuid, filter jsonb default '{}', ascending boolean default false, after_at timestamptz default null, after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$ select private.list_outbox(workspace, filter, ascending, after_at, after_id, page_size, now()) $$;
create function public.get_outbox_email(workspace uuid, email uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.get_outbox_email(workspace, email) $$;
grant execute on function private.campaign_analytics(uuid, uuid, timestamptz), private.sending_outlook(uuid, timestamptz),
  private.list_outbox(uuid, jsonb, boolean, timestamptz, uuid, integer, timestamptz), private.get_outbox_email(uuid, uuid),
  public.campaign_analytics(uuid, uuid), public.sending_outlook(uuid), public.list_outbox(uuid, jsonb, boolean, timestamptz, uuid, integer),
  public.get_outbox_email(uuid, uuid) to authenticated;
