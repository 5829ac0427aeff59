-- Why: a mail of a cancelled campaign could be sent again: it was accepted, its recipient came back to life, and the gate dropped it.
-- Touches: function private.retry_campaign_email.

-- A person decides that a mail that failed, or of which nobody knows whether it went, is sent again. Answers the new mail.
create or replace function private.retry_campaign_email(workspace uuid, campaign uuid, email uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  mail public.email_queue := private.lock_campaign_email(workspace, campaign, email);
  reason text;
  new_mail uuid := gen_random_uuid();
begin
  if mail.status not in ('failed', 'unknown') then
    raise exception 'Only an e-mail that failed, or may not have gone, can be sent again; this one is %', mail.status using errcode = 'PT409', hint = 'conflict';
  end if;
  if exists (select 1 from public.campaigns c where c.workspace_id = workspace and c.id = campaign and c.status = 'cancelled') then
    raise exception 'This campaign was cancelled: nothing of it is sent any more' using errcode = 'PT409', hint = 'conflict';
  end if;
  if exists (select 1 from public.email_queue q where q.workspace_id = workspace and q.campaign_id = campaign and q.recipient_id = mail.recipient_id
      and q.step_id = mail.step_id and q.round > mail.round) then
    raise exception 'This e-mail was sent again already' using errcode = 'PT409', hint = 'conflict';
  end if;
  if mail.round >= 20 then raise exception 'This e-mail was sent again too often' using errcode = 'PT409', hint = 'conflict'; end if;
  select r.exit_reason into reason from public.campaign_recipients r where r.workspace_id = workspace and r.id = mail.recipient_id;
  if reason is not null and reason <> 'failed' then
    raise exception 'The recipient has left the campaign: %', replace(reason, '_', ' ') using errcode = 'PT409', hint = 'conflict';
  end if;
  insert into public.email_queue (id, workspace_id, campaign_id, recipient_id, step_id, round, variant, person_id, email_id, to_address, domain_id, from_name,
    from_address, reply_to, subject, body_text, body_html, is_edited, status, is_paused, run_at, time_zone, in_reply_to, thread_token, message_id, created_by)
  select new_mail, mail.workspace_id, mail.campaign_id, mail.recipient_id, mail.step_id, mail.round + 1, mail.variant, mail.person_id, mail.email_id,
    mail.to_address, mail.domain_id, mail.from_name, mail.from_address, mail.reply_to, mail.subject, mail.body_text, mail.body_html, mail.is_edited, 'queued',
    c.status = 'paused', greatest(now(), c.starts_at), mail.time_zone, mail.in_reply_to, mail.thread_token,
    '<' || mail.thread_token || '.' || left(replace(new_mail::text, '-', ''), 12) || '@' || split_part(mail.from_address, '@', 2) || '>', auth.uid()
    from public.campaigns c where c.workspace_id = workspace and c.id = campaign;
  -- an ended campaign has something to send again
  update public.campaigns c set status = 'sending', completed_at = null where c.workspace_id = workspace and c.id = campaign and c.status = 'completed';
  update public.campaign_recipients r set status = 'active', exit_reason = null, exited_at = null
   where r.workspace_id = workspace and r.id = mail.recipient_id and r.status = 'done' and r.exit_reason = 'failed';
  return new_mail;
end $$;
