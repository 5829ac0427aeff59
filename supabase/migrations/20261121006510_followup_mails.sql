-- Why: after a call the right mail follows by itself, once, to whom it was about; where none can go, the call says why. Taking the
-- outcome back takes the mail back that hasn't gone.
-- Touches: calls.followup_decision, followup_rules.enabled_at, email_queue.sender_id (new); functions read_call_followups, write_call_followups
-- (machines alone), private.person_fields, private.call_followup; trigger follow_outcome of calls.

-- A rule holds for calls from then on: whoever was called last month gets no mail because a rule was made today.
alter table public.followup_rules add column enabled_at timestamptz not null default now();
-- Why no mail was written: { reason, fields?, at }
alter table public.calls add column followup_decision jsonb check (jsonb_typeof(followup_decision) = 'object');
create index calls_followup_due_idx on public.calls (outcome_at)
  where outcome in ('pending_signup', 'no_answer', 'invalid_number') and undone_at is null and followup_email_id is null and followup_decision is null;
-- Whose name and postal address a mail has that is no campaign's.
alter table public.email_queue add column sender_id uuid;
alter table public.email_queue add foreign key (workspace_id, sender_id) references public.senders (workspace_id, id) on delete set null (sender_id);
create index email_queue_sender_idx on public.email_queue (workspace_id, sender_id) where sender_id is not null;

-- What a message may say of each of these people, as { person: { first_name, … } }: what merge_fields tells of a campaign's recipients,
-- without what the message itself has, `email` and `sender_name`. The property is one that the person stands on, else one of an owner
-- they are or speak for.
create function private.person_fields(workspace uuid, people uuid[]) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_object_agg(p.id, jsonb_build_object(
    'first_name', p.first_name, 'last_name', p.last_name, 'full_name', p.display_name, 'title', p.title, 'company', org.name,
    'city', p.city, 'state', p.state, 'property_name', place.name, 'property_address', place.address,
    'property_city', place.city, 'market', place.market, 'units', place.units, 'owner_name', party.display_name)), '{}')
    from public.people p
    left join lateral (
      select o.name from public.person_organizations l
        join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
       where l.workspace_id = p.workspace_id and l.person_id = p.id order by l.is_primary desc, l.created_at, o.id limit 1) org on true
    left join lateral (
      select o.id, o.display_name from (
        select o.id, o.display_name, 1 as rank from public.owners o where o.workspace_id = p.workspace_id and o.person_id = p.id
        union all
        select o.id, o.display_name, 2 from public.owner_contacts k join public.owners o on o.workspace_id = k.workspace_id and o.id = k.owner_id
         where k.workspace_id = p.workspace_id and k.person_id = p.id
        union all
        select o.id, o.display_name, 3 from public.person_organizations l
          join public.owners o on o.workspace_id = l.workspace_id and o.organization_id = l.organization_id
         where l.workspace_id = p.workspace_id and l.person_id = p.id) o
       order by o.rank, o.id limit 1) party on true
    left join lateral (
      select x.* from (
        select pr.*, 1 as rank from public.property_people l join public.properties pr on pr.workspace_id = l.workspace_id and pr.id = l.property_id
         where l.workspace_id = p.workspace_id and l.person_id = p.id and pr.deleted_at is null
        union all
        select pr.*, 2 from public.properties pr where pr.workspace_id = p.workspace_id and pr.owner_id = party.id and pr.deleted_at is null) x
       order by x.rank, x.normalized_name, x.id limit 1) place on true
   where p.workspace_id = workspace and p.id = any (people)
$$;

-- The mail of a call with an outcome: always the same one, so that it can't be written twice.
create function private.followup_mail_id(call uuid, outcome text) returns uuid
language sql immutable set search_path = ''
as $$ select md5('followup:' || call || ':' || outcome)::uuid $$;

-- Calls whose mail is still to be written, the oldest first: [{ call_id, workspace_id, outcome, reason (why none can go) } and, where one
-- can, { mail_id, via, run_at, created_by, person_id, email_id, to_address, mailbox_id, sender_id, domain_id, from_name, from_address, reply_to, thread_token,
-- signature, subject, body, fields }]. What is older than a day is left: nobody expects a mail of it any more.
create function public.read_call_followups(batch integer default 100, only_workspace uuid default null) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  answer jsonb;
  fields jsonb := '{}';
  one record;
begin
  with due as materialized (
    select c.*, r.via as rule_via, r.sender_id, r.delay_minutes, t.subject, t.body, t.archived_at is not null as is_archived
      from public.calls c
      join public.followup_rules r on r.workspace_id = c.workspace_id and r.outcome = c.outcome and r.is_enabled and c.outcome_at >= r.enabled_at
      join public.outreach_templates t on t.workspace_id = r.workspace_id and t.id = r.template_id
     where c.outcome in ('pending_signup', 'no_answer', 'invalid_number') and c.undone_at is null and c.followup_email_id is null
       and c.followup_decision is null and c.outcome_at > now() - interval '1 day'
       and (only_workspace is null or c.workspace_id = only_workspace)
     order by c.outcome_at, c.id limit batch
  ), known as (
    select d.*, who.person_id as whom, coalesce(captured.id, point.id) as point_id, coalesce(lower(btrim(d.email_captured)), point.address) as address
      from due d
      -- the one who was confirmed, else the only one it can have been
      left join lateral (
        select case when d.reached = 'confirmed' then d.person_id
                    when d.reached = 'wrong_person' then null
                    else (select case when count(*) = 1 then (array_agg(p.id))[1] end from public.person_phones l
                            join public.people p on p.workspace_id = l.workspace_id and p.id = l.person_id and p.deleted_at is null
                           where l.workspace_id = d.workspace_id and l.phone_id = d.phone_id) end as person_id) who on true
      left join public.emails captured on captured.workspace_id = d.workspace_id and captured.address = lower(btrim(d.email_captured))
      -- the first address, whatever its state: whether it may be written to, the gate says. Where the number is wrong, any that takes mail.
      left join lateral (
        select e.id, e.address from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
         where l.workspace_id = d.workspace_id and l.person_id = who.person_id and d.email_captured is null
         order by d.outcome = 'invalid_number' and e.status <> 'active', l.is_primary desc, l.created_at, e.id limit 1) point on true
  ), ways as (
    select k.*, box.id as box_id, box.address as box_address, s.name as sender_name, s.local_part, s.signature, s.id as live_sender_id,
           s.reply_to as sender_reply_to, sbox.address as sender_box, d.id as domain, d.domain as domain_name,
           row_number() over (partition by k.workspace_id, k.whom, k.outcome, k.address order by k.outcome_at, k.id) as place,
           exists (select 1 from public.email_queue q
                     join public.calls o on o.workspace_id = q.workspace_id and o.followup_email_id = q.id and o.outcome = k.outcome and o.undone_at is null
                    where q.workspace_id = k.workspace_id and q.person_id = k.whom and q.created_at > now() - interval '7 days'
                      and q.purpose = 'followup' and q.to_address = k.address and q.status in ('queued', 'sending', 'sent', 'unknown')) as was_sent,
           -- of this very call, by an outcome that was taken back
           exists (select 1 from unnest(array['pending_signup', 'no_answer', 'invalid_number']) as x (outcome)
                     join public.email_queue q on q.id = private.followup_mail_id(k.id, x.outcome) and q.workspace_id = k.workspace_id
                    where q.status in ('sending', 'sent', 'unknown')) as was_mailed
      from known k
      left join lateral (select m.id, m.address from public.mailboxes m
         where k.rule_via = 'gmail' and m.workspace_id = k.workspace_id and m.user_id = k.user_id and m.status = 'connected'
         order by m.created_at, m.id limit 1) box on true
      left join public.senders s on k.rule_via = 'sender' and s.workspace_id = k.workspace_id and s.id = k.sender_id and s.archived_at is null
      left join public.mailboxes sbox on sbox.workspace_id = s.workspace_id and sbox.id = s.mailbox_id and sbox.status <> 'disconnected'
      left join lateral (select d.id, d.domain from public.sending_domains d
         where s.id is not null and d.workspace_id = k.workspace_id and d.status = 'active'
         order by random() ^ (1.0 / d.daily_cap) desc limit 1) d on true
  )
  select jsonb_agg(jsonb_build_object('call_id', w.id, 'workspace_id', w.workspace_id, 'outcome', w.outcome, 'at', w.outcome_at,
      'reason', case when w.reached = 'wrong_person' then 'wrong_person' when w.whom is null then 'nobody'
        when w.address is null then 'no_address' when w.was_sent or w.place > 1 or w.was_mailed then 'sent_before'
        when w.is_archived then 'no_template' when w.rule_via = 'gmail' and w.box_id is null then 'no_mailbox'
        when w.rule_via = 'sender' and w.live_sender_id is null then 'no_sender'
        when w.rule_via = 'sender' and w.domain is null then 'no_domain' end)
    || jsonb_build_object('mail_id', private.followup_mail_id(w.id, w.outcome), 'via', case w.rule_via when 'sender' then 'sparkpost' else 'gmail' end,
      'run_at', w.outcome_at + make_interval(mins => w.delay_minutes), 'created_by', w.user_id, 'person_id', w.whom, 'email_id', w.point_id,
      'to_address', w.address, 'mailbox_id', w.box_id, 'sender_id', w.live_sender_id, 'domain_id', w.domain,
      'from_name', coalesce(w.sender_name, (select left(regexp_replace(p.full_name, '[\r\n]+', ' ', 'g'), 100) from public.profiles p where p.user_id = w.user_id), ''),
      'from_address', coalesce(w.box_address, w.local_part || '@' || w.domain_name), 'thread_token', t.token,
      'reply_to', case when w.rule_via = 'sender' then coalesce(regexp_replace(w.sender_box, '@', '+' || t.token || '@'), w.sender_reply_to) end,
      'signature', coalesce(w.signature, ''), 'subject', w.subject, 'body', w.body) order by w.outcome_at, w.id) into answer
    from ways w, lateral (select md5(w.id || ':' || w.outcome) as token) t;
  if answer is null then return '[]'; end if;
  for one in select x.workspace_id, array_agg(distinct x.person_id) as people from jsonb_to_recordset(answer) as x (workspace_id uuid, person_id uuid)
              where x.person_id is not null group by 1 loop
    fields := fields || private.person_fields(one.workspace_id, one.people);
  end loop;
  return (select jsonb_agg(e.call || jsonb_build_object('fields', coalesce(fields -> (e.call ->> 'person_id'), '{}')
      || jsonb_build_object('email', e.call -> 'to_address', 'sender_name', nullif(e.call ->> 'from_name', ''))) order by e.n)
    from jsonb_array_elements(answer) with ordinality as e (call, n));
end $$;

-- Keeps what became of calls: rows of read_call_followups with `subject` and `body` filled in, or with the reason why no mail goes (and the fields
-- that are missing). Of two runs with the same call one writes. Answers { queued, none }.
create function public.write_call_followups(rows jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  mine uuid[];
  counts jsonb;
begin
  select coalesce(array_agg(l.id), '{}') into mine from (
    select c.id from jsonb_to_recordset(rows) as x (call_id uuid, workspace_id uuid, outcome text)
      join public.calls c on c.id = x.call_id and c.workspace_id = x.workspace_id
     where c.outcome = x.outcome and c.undone_at is null and c.followup_email_id is null and c.followup_decision is null
     order by c.id for update of c) l;
  with given as materialized (
    select x.* from jsonb_to_recordset(rows) as x (call_id uuid, workspace_id uuid, reason text, missing jsonb, mail_id uuid, via text, run_at timestamptz, created_by uuid,
      person_id uuid, email_id uuid, to_address text, mailbox_id uuid, sender_id uuid, domain_id uuid, from_name text, from_address text, reply_to text,
      thread_token text, subject text, body text)
     where x.call_id = any (mine)
  ), written as (
    insert into public.email_queue as q (id, workspace_id, purpose, via, person_id, email_id, to_address, mailbox_id, sender_id, domain_id, from_name,
      from_address, reply_to, subject, body_text, status, run_at, thread_token, message_id, created_by)
    select g.mail_id, g.workspace_id, 'followup', g.via, g.person_id, g.email_id, g.to_address, g.mailbox_id, g.sender_id, g.domain_id, g.from_name,
           g.from_address, g.reply_to, g.subject, g.body, 'queued', g.run_at, g.thread_token,
           case when g.via = 'gmail' then '<' || g.thread_token || '.' || left(replace(g.mail_id::text, '-', ''), 12) || '@' || split_part(g.from_address, '@', 2) || '>' end,
           g.created_by
      from given g where g.reason is null
    -- its outcome was taken back and given again before it went
    on conflict (id) do update set status = 'queued', run_at = excluded.run_at, decision = null, person_id = excluded.person_id,
        email_id = excluded.email_id, to_address = excluded.to_address, mailbox_id = excluded.mailbox_id, via = excluded.via, sender_id = excluded.sender_id,
        domain_id = excluded.domain_id, from_name = excluded.from_name, from_address = excluded.from_address, reply_to = excluded.reply_to,
        subject = excluded.subject, body_text = excluded.body_text, message_id = excluded.message_id
      where q.status = 'cancelled' and q.attempts = 0
    returning q.id
  ), kept as (
    update public.calls c
       set followup_email_id = case when g.reason is null then g.mail_id end,
           followup_decision = case when g.reason is not null then
             jsonb_strip_nulls(jsonb_build_object('reason', g.reason, 'fields', g.missing, 'to', g.to_address, 'at', now())) end
      from given g where c.id = g.call_id and (g.reason is not null or exists (select 1 from written w where w.id = g.mail_id))
    returning g.reason
  )
  select jsonb_build_object('queued', count(*) filter (where k.reason is null), 'none', count(*) filter (where k.reason is not null)) into counts from kept k;
  return counts;
end $$;
revoke execute on function public.read_call_followups(integer, uuid), public.write_call_followups(jsonb) from public, anon, authenticated;
grant execute on function public.read_call_followups(integer, uuid), public.write_call_followups(jsonb) to service_role;

-- An outcome that is taken back, or becomes another one, takes its mail with it where that hasn't gone; what goes already is the
-- gate's to stop. Another outcome may have another mail.
create function private.follow_outcome() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.followup_email_id is not null and (new.outcome is distinct from old.outcome or (new.undone_at is not null and old.undone_at is null)) then
    update public.email_queue q set status = 'cancelled', decision = jsonb_build_object('verdict', 'drop', 'reason', 'outcome_undone', 'at', now())
     where q.workspace_id = old.workspace_id and q.id = old.followup_email_id and q.status in ('staged', 'queued');
  end if;
  if new.outcome is distinct from old.outcome or (new.undone_at is null and old.undone_at is not null) then
    new.followup_email_id := null;
    new.followup_decision := null;
  end if;
  return new;
end $$;
create trigger follow_outcome before update of outcome, undone_at on public.calls for each row when (old.outcome is not null)
  execute function private.follow_outcome();

-- A caller's mailbox came, or came back: mails that it was missing for are written yet, as long as somebody may expect them.
create function private.retry_followups() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.calls c set followup_decision = null
   where c.user_id = new.user_id and c.workspace_id = new.workspace_id and c.started_at > now() - interval '2 days' and c.outcome_at > now() - interval '1 day'
     and c.undone_at is null and c.followup_email_id is null and c.followup_decision ->> 'reason' = 'no_mailbox';
  return null;
end $$;
create trigger retry_followups after insert or update of status, user_id on public.mailboxes for each row
  when (new.status = 'connected' and new.user_id is not null) execute function private.retry_followups();

-- What became of the mail after a call, as screens show it: { status, via, run_at, sent_at, opened_at, replied_at, bounced_at, reason, fields, error, to };
-- status: planned | none | as of email_queue. Null: none follows such a call.
create function private.call_followup(call public.calls) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(
    (select jsonb_build_object('id', q.id, 'status', q.status, 'via', q.via, 'run_at', q.run_at, 'sent_at', q.sent_at, 'opened_at', coalesce(q.opened_at, q.clicked_at),
        'replied_at', q.replied_at, 'bounced_at', q.bounced_at, 'reason', q.decision ->> 'reason', 'fields', null, 'error', q.last_error, 'to', q.to_address)
       from public.email_queue q where q.workspace_id = call.workspace_id and q.id = call.followup_email_id),
    case when call.undone_at is null then coalesce(
      case when call.followup_decision is not null then jsonb_build_object('id', null, 'status', 'none', 'via', null, 'run_at', null, 'sent_at', null,
        'opened_at', null, 'replied_at', null, 'bounced_at', null, 'reason', call.followup_decision ->> 'reason', 'fields', call.followup_decision -> 'fields',
        'error', null, 'to', call.followup_decision ->> 'to') end,
      (select jsonb_build_object('id', null, 'status', 'planned', 'via', r.via, 'run_at', call.outcome_at + make_interval(mins => r.delay_minutes), 'sent_at', null,
          'opened_at', null, 'replied_at', null, 'bounced_at', null, 'reason', null, 'fields', null, 'error', null, 'to', lower(call.email_captured))
         from public.followup_rules r where r.workspace_id = call.workspace_id and r.outcome = call.outcome and r.is_enabled
          and call.outcome_at >= r.enabled_at and call.outcome_at > now() - interval '1 day')) end)
$$;
create function private.call_followup(workspace uuid, call uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$ select private.call_followup(c) from public.calls c where c.workspace_id = workspace and c.id = call $$;

