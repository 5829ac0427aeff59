-- Why: a review that takes out a hundred mails asked a hundred times; and a campaign whose last mail was taken out stayed in review for ever,
-- with nothing in it.
-- Touches: functions remove_campaign_emails (new), private.remove_campaign_email.

-- Mails that haven't gone aren't sent, and their recipients leave the campaign. Those that have gone meanwhile stay. Answers how many didn't go.
-- A campaign that has nobody left in review, and never began, is over.
create function private.remove_campaign_emails(workspace uuid, campaign uuid, emails uuid[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  was public.campaigns := private.lock_campaign(workspace, campaign);
  waiting uuid[];
  removed integer;
begin
  if exists (select 1 from unnest(emails) x(id) where not exists (
      select 1 from public.email_queue q where q.workspace_id = workspace and q.campaign_id = campaign and q.id = x.id and q.purpose = 'campaign')) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  -- recipients before mails, as everywhere
  perform 1 from public.campaign_recipients r
    where r.workspace_id = workspace and r.campaign_id = campaign and r.id in (
      select q.recipient_id from public.email_queue q where q.workspace_id = workspace and q.id = any (emails))
    order by r.id for update;
  select array_agg(q.recipient_id), count(*) into waiting, removed from (
    select q.recipient_id from public.email_queue q
     where q.workspace_id = workspace and q.campaign_id = campaign and q.id = any (emails) and q.status in ('staged', 'queued')
     order by q.id for update) q;
  if removed = 0 then return 0; end if;
  perform private.exit_recipients(workspace, waiting, 'manual', jsonb_build_object('by', auth.uid()));
  if was.status = 'staged' and was.staging_done >= was.staging_total and not exists (
      select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign and r.status <> 'done') then
    update public.campaigns c set status = 'completed', completed_at = now() where c.workspace_id = workspace and c.id = campaign;
  end if;
  return removed;
end $$;

-- One of them; one that has gone is refused.
create or replace function private.remove_campaign_email(workspace uuid, campaign uuid, email uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare mail public.email_queue := private.lock_campaign_email(workspace, campaign, email);
begin
  if mail.status not in ('staged', 'queued') then
    raise exception 'This e-mail is %: it can’t be taken out any more', mail.status using errcode = 'PT409', hint = 'conflict';
  end if;
  perform private.remove_campaign_emails(workspace, campaign, array[email]);
end $$;

grant execute on function private.remove_campaign_emails(uuid, uuid, uuid[]) to authenticated;
create function public.remove_campaign_emails(workspace uuid, campaign uuid, emails uuid[]) returns integer
language sql set search_path = '' as $$ select private.remove_campaign_emails(workspace, campaign, emails) $$;
grant execute on function public.remove_campaign_emails(uuid, uuid, uuid[]) to authenticated;
