-- Why: a model writes parts of mails for each recipient, ahead of their time; a drain never waits for it, and what it can't write
-- waits with the reason.
-- Touches: writing_token, writing_until, writing_attempts, write_after of email_queue; functions claim_unwritten_emails,
-- finish_written_emails, note_unwritten_emails (machines alone).

alter table public.email_queue
  -- who writes it until when, how often it was tried in vain, and when it is tried again
  add column writing_token uuid,
  add column writing_until timestamptz,
  add column writing_attempts smallint not null default 0 check (writing_attempts >= 0),
  add column write_after timestamptz,
  add check ((writing_token is null) = (writing_until is null));
create index email_queue_unwritten_idx on public.email_queue (coalesce(run_at, created_at), id)
  where body_text is null and status in ('staged', 'queued') and purpose = 'campaign';

-- Claims mails that nobody has written: those in review, and those that are due within `horizon_minutes`. The earliest first; a
-- claim that ran out is anybody's. { mails: [{ id, token, workspace_id, recipient_id, launch_id, step_id, attempts, fields }],
-- launches: { id: snapshot } }
create function public.claim_unwritten_emails(batch integer, lease_seconds integer, horizon_minutes integer) returns jsonb
language plpgsql set search_path = ''
as $$
declare answer jsonb;
begin
  with due as materialized (
    select q.id from public.email_queue q
     where q.body_text is null and q.status in ('staged', 'queued') and q.purpose = 'campaign' and not q.is_paused
       and (q.status = 'staged' or q.run_at <= now() + make_interval(mins => horizon_minutes))
       and (q.writing_until is null or q.writing_until <= now()) and (q.write_after is null or q.write_after <= now())
     order by coalesce(q.run_at, q.created_at), q.id for update skip locked limit least(greatest(batch, 1), 100)
  ), claimed as (
    update public.email_queue q set writing_token = gen_random_uuid(), writing_until = now() + make_interval(secs => lease_seconds)
      from due where q.id = due.id
    returning q.id, q.writing_token, q.workspace_id, q.recipient_id, q.campaign_id, q.step_id, q.writing_attempts
  ), placed as materialized (
    select c.*, r.launch_id from claimed c
      join public.campaign_recipients r on r.workspace_id = c.workspace_id and r.campaign_id = c.campaign_id and r.id = c.recipient_id
  ), known as materialized (
    select w.workspace_id, private.merge_fields(w.workspace_id, w.recipients) as fields
      from (select p.workspace_id, array_agg(p.recipient_id) as recipients from placed p group by 1) w
  )
  select jsonb_build_object(
    'mails', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'token', p.writing_token, 'workspace_id', p.workspace_id,
        'recipient_id', p.recipient_id, 'launch_id', p.launch_id, 'step_id', p.step_id, 'attempts', p.writing_attempts,
        'fields', k.fields -> p.recipient_id::text)), '[]')
      from placed p join known k on k.workspace_id = p.workspace_id),
    'launches', (select coalesce(jsonb_object_agg(l.id, l.snapshot), '{}') from public.campaign_launches l
      where exists (select 1 from placed p where p.workspace_id = l.workspace_id and p.launch_id = l.id)))
    into answer;
  return answer;
end $$;

-- Keeps what was written, or why not: [{ id, token, body_text, body_html } or { id, token, error, wait_seconds }]. A mail that
-- somebody wrote by hand meanwhile stays as it is. Answers how many were written.
create function public.finish_written_emails(results jsonb) returns integer
language plpgsql set search_path = ''
as $$
declare written integer;
begin
  with given as (
    select * from jsonb_to_recordset(results) as r(id uuid, token uuid, body_text text, body_html text, error text, wait_seconds integer)
  ), kept as (
    update public.email_queue q set
        body_text = g.body_text, body_html = g.body_html, writing_token = null, writing_until = null,
        last_error = left(g.error, 2000),
        writing_attempts = case when g.body_text is null then least(q.writing_attempts + 1, 1000) else q.writing_attempts end,
        write_after = case when g.body_text is null then now() + make_interval(secs => coalesce(g.wait_seconds, 60)) end,
        decision = case when g.body_text is null and q.status = 'queued'
          then jsonb_build_object('verdict', 'hold', 'reason', 'no_body', 'until', now() + make_interval(secs => coalesce(g.wait_seconds, 60)), 'at', now())
          else q.decision end
      from given g
     where q.id = g.id and q.writing_token = g.token and q.body_text is null and q.status in ('staged', 'queued')
    returning q.body_text
  )
  select count(*) filter (where k.body_text is not null) into written from kept k;
  return written;
end $$;

-- Says of the mails that would be written now why nobody does. Answers how many wait.
create function public.note_unwritten_emails(problem text, horizon_minutes integer) returns integer
language plpgsql set search_path = ''
as $$
declare waiting integer;
begin
  with due as materialized (
    select q.id from public.email_queue q
     where q.body_text is null and q.status in ('staged', 'queued') and q.purpose = 'campaign' and not q.is_paused
       and (q.status = 'staged' or q.run_at <= now() + make_interval(mins => horizon_minutes))
     order by coalesce(q.run_at, q.created_at), q.id limit 1000
  ), noted as (
    update public.email_queue q set last_error = left(problem, 2000) from due
     where q.id = due.id and q.last_error is distinct from left(problem, 2000)
  )
  select count(*) into waiting from due;
  return waiting;
end $$;
