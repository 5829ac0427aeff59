-- Why: recipients advance along the edges of their launch's copy. A scheduler claims those that are due with a lease, says of each what
-- comes next, and writes mail and recipient in one statement: however many run at once, the next mail is written once.
-- Touches: functions claim_followups, finish_followups (machines alone).

-- Claims recipients whose next mail is to be looked at, of campaigns that are under way. Answers { lease, launches: { id: snapshot },
-- rows: [{ id, workspace_id, launch_id, step_id, variant, sent_at, is_opened, is_clicked, is_replied, time_zone, first_subject, first_message_id,
-- fields }] }. sent_at and what became of it: of the last mail.
create function public.claim_followups(lease_seconds integer, batch integer default 200, only_workspace uuid default null, at timestamptz default null) returns jsonb
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  moment timestamptz := coalesce(at, now());
  lease uuid := gen_random_uuid();
  claimed uuid[];
  fields jsonb := '{}';
  result jsonb;
  one record;
begin
  with due as materialized (
    select r.id from public.campaign_recipients r
      join public.campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id and c.status in ('scheduled', 'sending')
     where r.next_email_at <= moment and r.status = 'active' and r.current_step_id is not null and (r.lease_until is null or r.lease_until < moment)
       and (only_workspace is null or r.workspace_id = only_workspace)
     order by r.next_email_at, r.id limit batch for update of r skip locked
  ), leased as (
    update public.campaign_recipients r set lease_token = lease, lease_until = moment + make_interval(secs => lease_seconds)
      from due where r.id = due.id returning r.id
  )
  select array_agg(l.id) into claimed from leased l;
  if claimed is null then return jsonb_build_object('lease', lease, 'launches', '{}'::jsonb, 'rows', '[]'::jsonb); end if;
  for one in select r.workspace_id, array_agg(r.id) as ids from public.campaign_recipients r where r.id = any (claimed) group by 1 loop
    fields := fields || public.merge_fields(one.workspace_id, one.ids);
  end loop;
  select jsonb_agg(jsonb_build_object('id', r.id, 'workspace_id', r.workspace_id, 'launch_id', r.launch_id, 'step_id', r.current_step_id,
           'variant', r.variant, 'sent_at', coalesce(last.sent_at, r.next_email_at),
           'is_opened', last.opened_at is not null or last.clicked_at is not null, 'is_clicked', last.clicked_at is not null,
           'is_replied', r.replied_at is not null, 'time_zone', c.time_zone, 'first_subject', first.subject,
           'first_message_id', first.message_id, 'fields', coalesce(fields -> r.id::text, '{}'))) into result
    from public.campaign_recipients r
    join public.campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id
    left join lateral (select q.sent_at, q.opened_at, q.clicked_at from public.email_queue q
      where q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id and q.recipient_id = r.id and q.step_id = r.current_step_id
        and q.status = 'sent' order by q.sent_at desc limit 1) last on true
    left join lateral (select q.subject, q.message_id from public.email_queue q
      where q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id and q.recipient_id = r.id
        and q.status = 'sent' order by q.sent_at limit 1) first on true
   where r.id = any (claimed);
  return jsonb_build_object('lease', lease, 'rows', result, 'launches', (
    select jsonb_object_agg(l.id, l.snapshot) from public.campaign_launches l
     where l.id in (select r.launch_id from public.campaign_recipients r where r.id = any (claimed))));
end $$;

-- What comes next for the recipients of a lease: [{ id, action, next_email_at, mail: { step_id, subject, body_text, body_html, run_at,
-- in_reply_to, missing } }]; action: wait | send | complete | fail. A mail that lacks fields is written down as dropped, with what it lacks,
-- and ends its recipient as failed. Answers { queued, waiting, completed, failed }.
create function public.finish_followups(lease uuid, results jsonb, at timestamptz default null) returns jsonb
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  moment timestamptz := coalesce(at, now());
  mine uuid[];
  counts jsonb;
begin
  select coalesce(array_agg(l.id), '{}') into mine from (
    select r.id from jsonb_to_recordset(results) as x(id uuid) join public.campaign_recipients r on r.id = x.id
     where r.lease_token = lease and r.status = 'active' order by r.id for update of r) l;
  with given as materialized (
    select x.id, x.mail is not null and x.mail ->> 'missing' is not null as lacks, x.action, x.next_email_at, x.mail, gen_random_uuid() as mail_id,
           -- a way may lead round to a mail again
           1 + coalesce((select max(q.round) from public.email_queue q
             where q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id and q.recipient_id = r.id and q.step_id = (x.mail ->> 'step_id')::uuid), 0) as round
      from jsonb_to_recordset(results) as x(id uuid, action text, next_email_at timestamptz, mail jsonb)
      join public.campaign_recipients r on r.id = x.id where x.id = any (mine)
  ), written as (
    insert into public.email_queue (id, workspace_id, campaign_id, recipient_id, step_id, round, variant, person_id, email_id, to_address, domain_id,
      from_name, from_address, reply_to, subject, body_text, body_html, status, is_paused, decision, run_at, time_zone, in_reply_to, thread_token)
    select g.mail_id, r.workspace_id, r.campaign_id, r.id, (g.mail ->> 'step_id')::uuid, g.round, r.variant, r.person_id, r.email_id, e.address,
           r.domain_id, last.from_name, split_part(last.from_address, '@', 1) || '@' || coalesce(d.domain, split_part(last.from_address, '@', 2)),
           last.reply_to, g.mail ->> 'subject', g.mail ->> 'body_text', g.mail ->> 'body_html',
           case when g.lacks then 'cancelled' else 'queued' end, not g.lacks and c.status = 'paused',
           case when g.lacks then jsonb_build_object('verdict', 'drop', 'reason', 'missing_fields', 'fields', g.mail -> 'missing', 'at', moment) end,
           (g.mail ->> 'run_at')::timestamptz, last.time_zone, g.mail ->> 'in_reply_to', r.thread_token
      from given g
      join public.campaign_recipients r on r.id = g.id
      join public.campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id
      join public.emails e on e.workspace_id = r.workspace_id and e.id = r.email_id
      left join public.sending_domains d on d.workspace_id = r.workspace_id and d.id = r.domain_id
      cross join lateral (select q.from_name, q.from_address, q.reply_to, q.time_zone from public.email_queue q
        where q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id and q.recipient_id = r.id
        order by q.sent_at desc nulls last limit 1) last
     where g.action = 'send' and g.round <= 20
       -- what is under way or of unknown fate comes first
       and not exists (select 1 from public.email_queue q where q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id
                          and q.recipient_id = r.id and q.status in ('staged', 'queued', 'sending', 'unknown'))
    on conflict do nothing
    returning recipient_id
  ), moved as (
    update public.campaign_recipients r
       set lease_token = null, lease_until = null,
           next_email_at = case when g.action = 'wait' then g.next_email_at end,
           status = case when ended.reason is null then 'active' else 'done' end,
           exit_reason = ended.reason,
           exited_at = case when ended.reason is not null then moment end
      from given g, lateral (select case when g.action = 'complete' or (g.action = 'send' and g.round > 20) then 'completed'
                                         when g.action = 'fail' or g.lacks then 'failed' end as reason) ended
     where r.id = g.id
    returning g.action, r.exit_reason
  )
  select jsonb_build_object('queued', (select count(*) from written), 'waiting', count(*) filter (where m.action = 'wait'),
    'completed', count(*) filter (where m.exit_reason = 'completed'), 'failed', count(*) filter (where m.exit_reason = 'failed')) into counts
  from moved m;
  return counts;
end $$;
