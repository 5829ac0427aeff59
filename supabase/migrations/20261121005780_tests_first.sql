-- Why: a test is awaited by whoever sent it; behind the backlog of a domain, a mail every three and a half minutes, it came days later.
-- Touches: function private.queue_test_email.

create or replace function private.queue_test_email(workspace uuid, campaign uuid, mail jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  was public.campaigns := private.lock_campaign(workspace, campaign);
  new_mail uuid := gen_random_uuid();
  token text := replace(gen_random_uuid()::text, '-', '');
begin
  -- somebody who found a way to write to anybody finds its end soon
  if (select count(*) from public.email_queue q where q.workspace_id = workspace and q.campaign_id = campaign and q.purpose = 'test'
        and q.created_at > now() - interval '1 hour') >= 60 then
    raise exception 'These are many tests. Wait a while before the next one.' using errcode = 'PT409', hint = 'conflict';
  end if;
  insert into public.email_queue (id, workspace_id, purpose, campaign_id, step_id, variant, to_address, domain_id, from_name, from_address, reply_to,
    subject, body_text, body_html, status, run_at, thread_token, message_id, created_by)
  select new_mail, workspace, 'test', campaign, (mail ->> 'step_id')::uuid, (mail ->> 'variant')::smallint, mail ->> 'to', d.id, s.name,
    s.local_part || '@' || d.domain, coalesce(regexp_replace(m.address, '@', '+' || token || '@'), s.reply_to), mail ->> 'subject',
    mail ->> 'body_text', mail ->> 'body_html', 'queued',
    -- ahead of all that waits for the domain; its pace holds for a test as well
    least(now(), (select min(q.run_at) from public.email_queue q
                   where q.domain_id = d.id and q.status = 'queued' and not q.is_paused and q.body_text is not null) - interval '1 second'),
    token, '<' || token || '.' || left(replace(new_mail::text, '-', ''), 12) || '@' || d.domain || '>', auth.uid()
    from public.senders s
    join public.sending_domains d on d.workspace_id = s.workspace_id and d.id = (mail ->> 'domain_id')::uuid and d.status = 'active'
    left join public.mailboxes m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
   where s.workspace_id = workspace and s.id = was.sender_id and s.archived_at is null;
  if not found then raise exception 'There is no sender or no domain to send from' using errcode = 'PT409', hint = 'conflict'; end if;
  return new_mail;
end $$;
