-- Why: whoever gets a mail can end it with one click and no account; mails of which nobody knows whether they went are looked up.
-- Touches: find_unsubscribe, unsubscribe, claim_unknown_emails, note_unfound_emails, forget_provider_events, sending_settings,
-- retry_sending_domain; private.mails_went_out (what was never tried stays as it is).

-- Mails of which it is now known that the provider took them, whatever we thought: [{ id, at, provider_message_id }]. Those that
-- are marked as sent already stay as they are. Moves the recipients on and writes the activities, each once: the finish of a drain
-- and a provider's event that is faster than it may both call this. Answers the ids that it marked.
-- A mail that nobody has begun to send can't have gone out, whatever a link in its preview says.
-- Locks recipients by id, then mails by id.
create or replace function private.mails_went_out(mails jsonb) returns setof uuid
language plpgsql security definer set search_path = ''
as $$
declare marked uuid[];
begin
  perform 1 from public.campaign_recipients r
    where r.id in (select q.recipient_id from jsonb_to_recordset(mails) as m(id uuid)
                     join public.email_queue q on q.id = m.id where q.recipient_id is not null and q.status not in ('staged', 'sent'))
    order by r.id for no key update;
  with locked as materialized (
    select q.id, q.workspace_id, m.at, m.provider_message_id
      from jsonb_to_recordset(mails) as m(id uuid, at timestamptz, provider_message_id text)
      join public.email_queue q on q.id = m.id
     where q.status in ('sending', 'unknown') or q.status in ('queued', 'failed', 'cancelled') and q.attempts > 0
     order by q.id for no key update of q
  ), gone as (
    update public.email_queue q
       set status = 'sent', sent_at = coalesce(q.sent_at, l.at), lease_token = null, lease_until = null, last_error = null,
           provider_message_id = coalesce(q.provider_message_id, l.provider_message_id)
      from locked l where q.id = l.id and q.status <> 'sent'
    returning q.id, q.workspace_id, q.campaign_id, q.recipient_id, q.step_id, q.person_id, q.email_id, q.subject, q.body_text,
              q.sent_at, q.purpose, q.created_by
  ), moved as (
    update public.campaign_recipients r
       set current_step_id = g.step_id, next_email_at = g.sent_at
      from gone g
     where r.workspace_id = g.workspace_id and r.id = g.recipient_id and r.status = 'active'
       -- news of an older mail doesn't take a recipient back
       and not exists (select 1 from public.email_queue o
                        where o.workspace_id = r.workspace_id and o.campaign_id = r.campaign_id and o.recipient_id = r.id
                          and o.id <> g.id and o.status = 'sent' and o.sent_at > g.sent_at)
    returning r.id
  ), told as (
    insert into public.activities (workspace_id, kind, channel, direction, subject, body, occurred_at, performed_by, person_id, email_id,
                                   campaign_id, details)
    select g.workspace_id, 'email', 'email', 'out', nullif(g.subject, ''), g.body_text, g.sent_at, g.created_by, g.person_id, g.email_id,
           g.campaign_id, jsonb_build_object('email_queue_id', g.id)
      from gone g where g.person_id is not null and g.purpose <> 'test'
    returning id
  )
  select array_agg(g.id) into marked from gone g;
  return query select unnest(coalesce(marked, '{}'));
end $$;

-- Who writes to whom, for the holder of a mail's link; null where no mail has this token.
create function private.find_unsubscribe(token uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('address', q.to_address, 'workspace', w.name, 'from_name', q.from_name, 'from_address', q.from_address,
           'is_unsubscribed', exists (
             select 1 from public.emails e
              where e.workspace_id = q.workspace_id and e.address = lower(q.to_address) and e.status in ('unsubscribed', 'complained')))
    from public.email_queue q join public.workspaces w on w.id = q.workspace_id
   where q.unsubscribe_token = token
$$;

-- Suppresses the address of the mail with this token in its whole workspace: for everybody who shares it, and every campaign
-- (trigger stop_outreach). Asked again it changes nothing, unless a person has released the address in between.
-- Answers as find_unsubscribe does.
create function private.unsubscribe(token uuid, how text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare mail record; was text;
begin
  select q.id, q.workspace_id, lower(q.to_address) as address into mail from public.email_queue q where q.unsubscribe_token = token;
  if not found then return null; end if;
  insert into public.emails (workspace_id, address) values (mail.workspace_id, mail.address) on conflict (workspace_id, address) do nothing;
  -- of two clicks at once, the second waits here and finds it done
  select e.status into was from public.emails e where e.workspace_id = mail.workspace_id and e.address = mail.address for update;
  if was not in ('unsubscribed', 'complained') then
    perform public.apply_email_events(jsonb_build_array(jsonb_build_object(
      'event_id', format('unsubscribe-%s-%s', mail.id, gen_random_uuid()), 'type', 'unsubscribed', 'occurred_at', clock_timestamp(),
      'send_id', mail.id, 'address_status', 'unsubscribed', 'reason', 'Unsubscribed by a link in an e-mail', 'counts', true,
      'details', jsonb_build_object('by', how))));
    -- the mail's contact point may have another address by now
    update public.emails e set status = 'unsubscribed', reason = 'Unsubscribed by a link in an e-mail', since = now()
     where e.workspace_id = mail.workspace_id and e.address = mail.address
       and private.email_status_rank(e.status) < private.email_status_rank('unsubscribed');
  end if;
  return private.find_unsubscribe(token);
end $$;

create function public.find_unsubscribe(token uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.find_unsubscribe(token) $$;
create function public.unsubscribe(token uuid, how text) returns jsonb
language sql set search_path = '' as $$ select private.unsubscribe(token, how) $$;
grant execute on function private.find_unsubscribe(uuid), private.unsubscribe(uuid, text), public.find_unsubscribe(uuid), public.unsubscribe(uuid, text)
  to anon, authenticated;

-- Mails whose fate is unknown, those first that were looked up the longest ago; each is handed out once in four minutes. SparkPost
-- keeps events for ten days, so nothing is asked of older ones.
create function public.claim_unknown_emails(wanted integer) returns table (id uuid, to_address text, since timestamptz)
language sql set search_path = ''
as $$
  with due as (
    select q.id from public.email_queue q
     where q.status = 'unknown' and q.via = 'sparkpost' and q.updated_at < now() - interval '4 minutes'
       and greatest(q.run_at, q.created_at) > now() - interval '10 days'
     order by q.updated_at limit wanted for update skip locked
  )
  update public.email_queue q set updated_at = now() from due where q.id = due.id
  returning q.id, q.to_address, greatest(q.run_at, q.created_at)
$$;

-- Says of mails that the provider doesn't know them. They stay unknown: only a person may send one again.
create function public.note_unfound_emails(mails uuid[]) returns integer
language sql set search_path = ''
as $$
  with noted as (
    update public.email_queue q
       set last_error = 'SparkPost has no record of this e-mail, so it was probably not sent. Send it again if it should go.'
     where q.id = any (mails) and q.status = 'unknown'
    returning 1
  )
  select count(*)::integer from noted
$$;

-- Events are kept for a month after they were handled: longer than any provider sends them again. Poison stays for a year.
create function public.forget_provider_events(wanted integer) returns integer
language sql set search_path = ''
as $$
  with old as (
    select e.id from public.provider_events e
     where e.received_at < now() - interval '30 days' and e.handled_at is not null
       and (e.error is null or e.received_at < now() - interval '1 year')
     order by e.received_at limit wanted for update skip locked
  ), gone as (delete from public.provider_events e using old where e.id = old.id returning 1)
  select count(*)::integer from gone
$$;

-- Everything that Settings → Sending shows, in one round trip. `today` is the workspace's.
create function private.sending_settings(workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare today date;
begin
  perform private.assert_member(workspace);
  today := (now() at time zone private.workspace_zone(workspace))::date;
  return jsonb_build_object(
    'today', today,
    'domains', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'domain', d.domain, 'status', d.status, 'paused_reason', d.paused_reason,
               'interval_seconds', d.interval_seconds, 'jitter_seconds', d.jitter_seconds, 'next_send_at', d.next_send_at,
               'daily_cap', d.daily_cap, 'warmup_started_on', d.warmup_started_on, 'breaker', d.breaker, 'breaker_until', d.breaker_until,
               'consecutive_errors', d.consecutive_errors, 'last_error', d.last_error,
               'sent_today', coalesce((select s.sent from public.sending_domain_days s
                                        where s.workspace_id = d.workspace_id and s.domain_id = d.id and s.day = today), 0),
               'queued', (select count(*) from public.email_queue q where q.domain_id = d.id and q.status = 'queued' and not q.is_paused)
             ) order by d.domain)
        from public.sending_domains d where d.workspace_id = workspace), '[]'),
    'senders', coalesce((
      select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'local_part', s.local_part, 'mailbox_id', s.mailbox_id,
               'mailbox', m.address, 'reply_to', s.reply_to, 'signature', s.signature, 'postal_address', s.postal_address,
               'archived_at', s.archived_at) order by s.archived_at nulls first, s.name, s.id)
        from public.senders s left join public.mailboxes m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
       where s.workspace_id = workspace), '[]'),
    'mailboxes', coalesce((
      select jsonb_agg(jsonb_build_object('id', m.id, 'address', m.address, 'status', m.status) order by m.address)
        from public.mailboxes m where m.workspace_id = workspace and m.status <> 'disconnected'), '[]'));
end $$;
create function public.sending_settings(workspace uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.sending_settings(workspace) $$;

-- Lets a domain whose breaker is open send one mail as a probe now, instead of when its time has come.
create function private.retry_sending_domain(workspace uuid, domain uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'admin');
  update public.sending_domains d
     set breaker_until = case when d.breaker = 'open' then now() end, next_send_at = least(d.next_send_at, now())
   where d.workspace_id = workspace and d.id = domain;
  if not found then raise exception 'There is no such domain' using errcode = 'PT404'; end if;
end $$;
create function public.retry_sending_domain(workspace uuid, domain uuid) returns void
language sql set search_path = '' as $$ select private.retry_sending_domain(workspace, domain) $$;
grant execute on function private.sending_settings(uuid), public.sending_settings(uuid), private.retry_sending_domain(uuid, uuid),
  public.retry_sending_domain(uuid, uuid) to authenticated;
