-- Why: a person's page and a mail to one person hold an organization against them as a campaign does; what waits in a mailbox whose
-- person left is dropped and not kept for whoever connects it next; a permission that another workspace uses is not given back.
-- Touches: functions direct_email_facts, private.person_email_story, private.leave_mailbox, private.retry_direct_email, list_revocations;
-- campaign_analytics tells where a draft begins.

-- What is asked of the gate and what is sent, as it stands now: after the claim was committed.
create or replace function public.direct_email_facts(mails uuid[]) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', q.id, 'workspace_id', q.workspace_id, 'mailbox_id', q.mailbox_id, 'attempts', q.attempts, 'to_address', q.to_address, 'from_name', q.from_name,
    'from_address', q.from_address, 'subject', q.subject, 'body_text', q.body_text, 'message_id', q.message_id, 'in_reply_to', q.in_reply_to,
    'thread_token', q.thread_token, 'provider_thread_id', q.provider_thread_id,
    'references', coalesce((select jsonb_agg(x.message_id order by x.at) from (
        select y.message_id, y.at from (
          select o.message_id, o.sent_at as at from public.email_queue o
           where o.thread_token = q.thread_token and o.workspace_id = q.workspace_id and o.status = 'sent' and o.message_id is not null
          union all
          select i.message_id, i.received_at from public.email_queue o
            join public.inbound_emails i on i.workspace_id = o.workspace_id and i.email_queue_id = o.id and i.kind in ('reply', 'possible')
           where o.thread_token = q.thread_token and o.workspace_id = q.workspace_id and i.message_id is not null) y
        order by y.at desc limit 20) x), '[]'),
    'token', (select jsonb_build_object('refresh_token', t.refresh_token, 'access_token', t.access_token, 'access_expires_at', t.access_expires_at)
                from public.mailbox_tokens t where t.workspace_id = q.workspace_id and t.mailbox_id = q.mailbox_id),
    'mailbox_status', m.status,
    'facts', jsonb_build_object('purpose', 'direct',
      'address', (select jsonb_build_object('status', e.status, 'since', e.since) from public.emails e where e.workspace_id = q.workspace_id and e.id = q.email_id),
      'person', (select jsonb_build_object('isDeleted', p.deleted_at is not null, 'isDoNotContact', p.lead_status = 'do_not_contact',
          'organizationIsDoNotContact', exists (select 1 from public.person_organizations l
             join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
            where l.workspace_id = p.workspace_id and l.person_id = p.id and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null))
        from public.people p where p.workspace_id = q.workspace_id and p.id = q.person_id),
      'recipient', null, 'campaign', null, 'recipientZone', null, 'workspaceZone', w.time_zone, 'domain', null,
      'hasBody', q.body_text is not null))), '[]')
  from public.email_queue q
  join public.workspaces w on w.id = q.workspace_id
  join public.mailboxes m on m.workspace_id = q.workspace_id and m.id = q.mailbox_id
 where q.id = any (mails) and q.status = 'sending'
$$;

-- All that the page tells, at once: the person with what the gate asks of them, their addresses, their mails (the latest 200), the
-- campaigns they are or were in with the steps they run on, and what they answered. Null where there is no such person.
create or replace function private.person_email_story(workspace uuid, person uuid, seen_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare asked public.people;
begin
  perform private.assert_member(workspace);
  select * into asked from public.people p where p.workspace_id = workspace and p.id = person;
  if not found then return null; end if;
  return jsonb_build_object(
    'seen_at', seen_at,
    'time_zone', private.workspace_zone(workspace),
    'person', jsonb_build_object('id', asked.id, 'name', coalesce(asked.display_name, 'No name'), 'lead_status', asked.lead_status, 'deleted_at', asked.deleted_at),
    -- what the gate asks: any of their organizations that nobody may write to
    'blocked_organization', (select jsonb_build_object('id', o.id, 'name', o.name) from public.person_organizations l
      join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
     where l.workspace_id = workspace and l.person_id = person and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null
     order by l.is_primary desc, o.name limit 1),
    'addresses', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'address', e.address, 'status', e.status, 'reason', e.reason, 'since', e.since,
        'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, e.address), '[]')
      from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
     where l.workspace_id = workspace and l.person_id = person),
    'mails', (select coalesce(jsonb_agg(private.outbox_row(workspace, m.mail, m.at)
          || jsonb_build_object('step_id', (m.mail).step_id, 'recipient_id', (m.mail).recipient_id, 'email_id', (m.mail).email_id) order by m.at desc, (m.mail).id), '[]') from (
      select q as mail, coalesce(q.sent_at, q.run_at, q.created_at) as at from public.email_queue q
       where q.workspace_id = workspace and q.person_id = person and q.purpose <> 'test' order by q.created_at desc limit 200) m),
    'campaigns', (select coalesce(jsonb_agg(jsonb_build_object('recipient_id', r.id, 'status', r.status, 'exit_reason', r.exit_reason, 'exited_at', r.exited_at,
        'email_id', r.email_id, 'current_step_id', r.current_step_id, 'next_email_at', r.next_email_at, 'replied_at', r.replied_at, 'at', r.created_at,
        'campaign', jsonb_build_object('id', c.id, 'name', c.name, 'status', c.status, 'starts_at', c.starts_at, 'exits_on_reply', 'reply' = any (c.exit_conditions),
          'hours_start', to_char(c.hours_start, 'HH24:MI'), 'hours_end', to_char(c.hours_end, 'HH24:MI'), 'days', c.days, 'time_zone', c.time_zone,
          'skip_holidays', c.skip_holidays),
        'entry_step_id', coalesce(s.entry, c.entry_step_id::text),
        'steps', coalesce(s.steps, '[]')) order by r.created_at desc, r.id), '[]')
      from (select * from public.campaign_recipients r where r.workspace_id = workspace and r.person_id = person order by r.created_at desc limit 50) r
      join public.campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id and c.deleted_at is null
      left join lateral (
        select l.snapshot ->> 'entryStepId' as entry, (select jsonb_agg(jsonb_build_object('id', t.step -> 'id', 'name', t.step -> 'name', 'edges', coalesce(t.step -> 'edges', '[]')) order by t.n)
                 from jsonb_array_elements(l.snapshot -> 'steps') with ordinality t(step, n)) as steps
          from public.campaign_launches l where l.workspace_id = workspace and l.id = r.launch_id) s on true),
    'answers', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'at', i.received_at, 'from_address', i.from_address, 'subject', i.subject, 'kind', i.kind,
        'email_queue_id', i.email_queue_id) order by i.received_at desc), '[]')
      from (select * from public.inbound_emails i where i.workspace_id = workspace and i.person_id = person and i.kind <> 'dismissed'
             order by i.received_at desc limit 50) i));
end $$;

-- Whoever leaves the workspace takes their mailbox along: it is no longer read, its permission is given back, and what they have
-- waiting in it is not sent by its next person.
create or replace function private.leave_mailbox() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.email_queue q
     set status = 'cancelled', decision = jsonb_build_object('verdict', 'drop', 'reason', 'mailbox_disconnected', 'at', now())
   where q.workspace_id = new.workspace_id and q.mailbox_id = new.id and q.status in ('staged', 'queued');
  new.status := 'disconnected';
  new.lease_token := null;
  new.lease_until := null;
  return new;
end $$;

-- A person has a failed mail, or one that may not have gone out, sent again: their own, by a mailbox that can send it.
create or replace function private.retry_direct_email(workspace uuid, mail uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare box public.mailboxes;
begin
  perform private.assert_member(workspace);
  select m.* into box from public.email_queue q join public.mailboxes m on m.workspace_id = q.workspace_id and m.id = q.mailbox_id
   where q.workspace_id = workspace and q.id = mail and q.purpose = 'direct' and q.created_by = auth.uid();
  if found and (box.status <> 'connected' or box.user_id is distinct from auth.uid()) then
    raise exception 'Connect % again in Settings, Mailboxes', box.address using errcode = 'PT409';
  end if;
  update public.email_queue q set status = 'queued', run_at = now(), attempts = 0, last_error = null, decision = null, round = q.round + 1
   where q.workspace_id = workspace and q.id = mail and q.purpose = 'direct' and q.created_by = auth.uid() and q.status in ('failed', 'unknown') and q.round < 20;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
end $$;

-- Tokens of mailboxes that were disconnected: to be given back, and then deleted. Google takes an account's permission back as a
-- whole, so that one which is connected in another workspace (`is_shared`) is deleted alone.
create or replace function public.list_revocations() returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('mailbox_id', x.mailbox_id, 'workspace_id', x.workspace_id, 'refresh_token', x.refresh_token,
    'is_shared', exists (select 1 from public.mailboxes o where o.address = x.address and o.status = 'connected'))), '[]')
  from (select t.mailbox_id, t.workspace_id, t.refresh_token, m.address from public.mailboxes m
          join public.mailbox_tokens t on t.workspace_id = m.workspace_id and t.mailbox_id = m.id
         where m.status = 'disconnected' order by t.updated_at limit 50) x
$$;

-- A draft's forecast begins with the mail that it begins with.
create or replace function public.campaign_analytics(workspace uuid, campaign uuid) returns jsonb
language sql stable set search_path = '' as $$
  select private.campaign_analytics(workspace, campaign, now()) || jsonb_build_object('entry_step_id', (
    select c.entry_step_id from public.campaigns c where c.workspace_id = campaign_analytics.workspace and c.id = campaign)) $$;
