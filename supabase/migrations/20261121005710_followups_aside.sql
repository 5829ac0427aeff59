-- Why: a follow-up that can't be made ended the whole run, or its recipient without a word; it is kept aside now, as a mail that was dropped
-- with what is wrong. Whoever got a mail of unknown fate again, by a person's word, got no follow-up ever after. And a follow-up that was written
-- while its campaign was resumed could stay paused for ever.
-- Touches: function finish_followups.

-- What comes next for the recipients of a lease: [{ id, action, next_email_at, error, step_id, mail: { step_id, subject, body_text, body_html,
-- run_at, in_reply_to, missing } }]; action: wait | send | complete | fail. A mail that lacks fields, or that can't be made (error; step_id: which
-- one, where that is known), is written down as dropped, with what is wrong, and ends its recipient as failed.
-- Answers { queued, waiting, completed, failed }.
create or replace function public.finish_followups(lease uuid, results jsonb, at timestamptz default null) returns jsonb
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  moment timestamptz := coalesce(at, now());
  mine uuid[];
  counts jsonb;
begin
  -- a campaign that is paused or resumed meanwhile waits, or is waited for: it would not see the mails that come now
  perform 1 from public.campaigns c
    where c.id in (select r.campaign_id from jsonb_to_recordset(results) as x(id uuid, action text)
                     join public.campaign_recipients r on r.id = x.id where x.action = 'send')
    order by c.id for share;
  select coalesce(array_agg(l.id), '{}') into mine from (
    select r.id from jsonb_to_recordset(results) as x(id uuid) join public.campaign_recipients r on r.id = x.id
     where r.lease_token = lease and r.status = 'active' order by r.id for update of r) l;
  with given as materialized (
    select x.id, x.action, x.next_email_at, x.mail, x.error, s.step_id, gen_random_uuid() as mail_id,
           x.action = 'send' and x.mail ->> 'missing' is not null as lacks,
           -- a way may lead round to a mail again
           1 + coalesce((select max(q.round) from public.email_queue q
             where q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id and q.recipient_id = r.id and q.step_id = s.step_id), 0) as round
      from jsonb_to_recordset(results) as x(id uuid, action text, next_email_at timestamptz, mail jsonb, error text, step_id uuid)
      join public.campaign_recipients r on r.id = x.id,
           lateral (select coalesce((x.mail ->> 'step_id')::uuid, x.step_id, r.current_step_id) as step_id) s
     where x.id = any (mine)
  ), written as (
    insert into public.email_queue (id, workspace_id, campaign_id, recipient_id, step_id, round, variant, person_id, email_id, to_address, domain_id,
      from_name, from_address, reply_to, subject, body_text, body_html, status, is_paused, decision, last_error, run_at, time_zone,
      in_reply_to, thread_token)
    select g.mail_id, r.workspace_id, r.campaign_id, r.id, g.step_id, g.round, r.variant, r.person_id, r.email_id, e.address,
           r.domain_id, last.from_name, split_part(last.from_address, '@', 1) || '@' || coalesce(d.domain, split_part(last.from_address, '@', 2)),
           last.reply_to, coalesce(g.mail ->> 'subject', ''), g.mail ->> 'body_text', g.mail ->> 'body_html',
           case when g.lacks or g.action = 'fail' then 'cancelled' else 'queued' end, g.action = 'send' and not g.lacks and c.status = 'paused',
           case when g.lacks then jsonb_build_object('verdict', 'drop', 'reason', 'missing_fields', 'fields', g.mail -> 'missing', 'at', moment)
                when g.action = 'fail' then jsonb_build_object('verdict', 'drop', 'reason', 'broken', 'at', moment) end,
           left(g.error, 2000), coalesce((g.mail ->> 'run_at')::timestamptz, moment), last.time_zone, g.mail ->> 'in_reply_to', r.thread_token
      from given g
      join public.campaign_recipients r on r.id = g.id
      join public.campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id
      join public.emails e on e.workspace_id = r.workspace_id and e.id = r.email_id
      left join public.sending_domains d on d.workspace_id = r.workspace_id and d.id = r.domain_id
      cross join lateral (select q.from_name, q.from_address, q.reply_to, q.time_zone from public.email_queue q
        where q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id and q.recipient_id = r.id
        order by q.sent_at desc nulls last limit 1) last
     where g.action in ('send', 'fail') and g.round <= 20
       -- what is under way or of unknown fate comes first, unless somebody had it sent again: that one has gone, or it wouldn't be asked
       and not exists (select 1 from public.email_queue q where q.workspace_id = r.workspace_id and q.campaign_id = r.campaign_id
                          and q.recipient_id = r.id and (q.status in ('staged', 'queued', 'sending')
                            or q.status = 'unknown' and not exists (select 1 from public.email_queue again
                                 where again.workspace_id = q.workspace_id and again.recipient_id = q.recipient_id and again.step_id = q.step_id
                                   and again.round > q.round)))
    on conflict do nothing
    returning status
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
  select jsonb_build_object('queued', (select count(*) from written w where w.status = 'queued'), 'waiting', count(*) filter (where m.action = 'wait'),
    'completed', count(*) filter (where m.exit_reason = 'completed'), 'failed', count(*) filter (where m.exit_reason = 'failed')) into counts
  from moved m;
  return counts;
end $$;
