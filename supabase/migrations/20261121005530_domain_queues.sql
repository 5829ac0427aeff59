-- Why: what waits for a domain is counted from the index of due mails, which has only those that are written; the few that a model
-- has still to write are counted from theirs.
-- Touches: function private.domain_queues.
create or replace function private.domain_queues(workspace uuid, zone text, today date) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('domain_id', w.domain_id, 'day', w.day, 'count', w.counted)), '[]') from (
    select u.domain_id, u.day, sum(u.counted) as counted from (
      select d.id as domain_id, q.day, q.counted
        from public.sending_domains d
        cross join lateral (select greatest(today, (q.run_at at time zone zone)::date) as day, count(*) as counted from public.email_queue q
          where q.domain_id = d.id and q.status = 'queued' and not q.is_paused and q.body_text is not null group by 1) q
       where d.workspace_id = workspace
      union all
      select q.domain_id, greatest(today, (q.run_at at time zone zone)::date), count(*)
        from public.email_queue q
       where q.workspace_id = workspace and q.domain_id is not null and q.status = 'queued' and not q.is_paused
         and q.body_text is null and q.purpose = 'campaign' group by 1, 2) u
     group by 1, 2) w
$$;
