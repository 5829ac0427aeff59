-- Why: the list of campaigns, one campaign and its mails each cost the screen a single round trip.
-- Touches: functions list_campaigns, get_campaign, list_campaign_emails, get_campaign_email.

create function private.campaign_recipient_counts(workspace uuid, campaign uuid) returns json
language sql stable set search_path = ''
as $$
  select json_build_object('selected', count(*) filter (where r.status = 'selected'), 'staged', count(*) filter (where r.status = 'staged'),
    'active', count(*) filter (where r.status = 'active'), 'done', count(*) filter (where r.status = 'done'), 'total', count(*))
    from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign
$$;

-- A page of campaigns, the newest first: CampaignRow of modules/campaigns/answers.ts, one more than asked for where there is a next page.
create function private.list_campaigns(workspace uuid, states text[], query text, after_value timestamptz, after_id uuid, page_size integer) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare result json;
begin
  perform private.assert_member(workspace);
  with page as (
    select c.* from public.campaigns c
     where c.workspace_id = workspace and c.deleted_at is null
       and (states is null or c.status = any (states))
       and (coalesce(query, '') = '' or c.name ilike '%' || replace(replace(replace(query, '\', '\\'), '%', '\%'), '_', '\_') || '%')
       and (after_id is null or (c.created_at, c.id) < (after_value, after_id))
     order by c.created_at desc, c.id desc limit page_size + 1
  )
  select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'status', c.status, 'format', c.format,
      'sender_name', (select s.name from public.senders s where s.workspace_id = workspace and s.id = c.sender_id),
      'steps', (select count(*) from public.campaign_steps s where s.workspace_id = workspace and s.campaign_id = c.id),
      'recipients', private.campaign_recipient_counts(workspace, c.id),
      'staging', json_build_object('total', c.staging_total, 'done', c.staging_done, 'error', c.staging_error),
      'sent', (select count(*) from public.email_queue q where q.workspace_id = workspace and q.campaign_id = c.id and q.status = 'sent' and q.purpose = 'campaign'),
      'replied', (select count(*) from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = c.id and r.replied_at is not null),
      'starts_at', c.starts_at, 'launched_at', c.launched_at, 'completed_at', c.completed_at, 'created_at', c.created_at,
      'created_by', (select json_build_object('id', p.user_id, 'name', coalesce(nullif(p.full_name, ''), p.email)) from public.profiles p where p.user_id = c.created_by),
      'sort_value', c.created_at)
      order by c.created_at desc, c.id desc), '[]') into result from page c;
  return result;
end $$;

-- One campaign with its graph (of the launch's copy, once there is one), whom it goes to and what became of its mails, in numbers.
create function private.get_campaign(workspace uuid, campaign uuid) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  c public.campaigns;
  kept jsonb;
begin
  perform private.assert_member(workspace);
  select * into c from public.campaigns x where x.workspace_id = workspace and x.id = campaign and x.deleted_at is null;
  if not found then return null; end if;
  select l.snapshot into kept from public.campaign_launches l where l.workspace_id = workspace and l.campaign_id = campaign
   order by l.created_at desc limit 1;
  if kept is null then kept := private.campaign_snapshot(workspace, campaign); end if;
  return json_build_object('id', c.id, 'name', c.name, 'status', c.status, 'format', c.format, 'sender_id', c.sender_id,
    'entry_step_id', kept -> 'entryStepId', 'exit_conditions', c.exit_conditions, 'stop_scope', c.stop_scope,
    'hours_start', to_char(c.hours_start, 'HH24:MI'), 'hours_end', to_char(c.hours_end, 'HH24:MI'), 'days', c.days, 'zone_of', c.zone_of,
    'time_zone', c.time_zone, 'skip_holidays', c.skip_holidays, 'starts_at', c.starts_at, 'version', c.version,
    'staging', json_build_object('total', c.staging_total, 'done', c.staging_done, 'error', c.staging_error),
    'launched_at', c.launched_at, 'completed_at', c.completed_at, 'created_at', c.created_at,
    'created_by', (select json_build_object('id', p.user_id, 'name', coalesce(nullif(p.full_name, ''), p.email)) from public.profiles p where p.user_id = c.created_by),
    'steps', (select coalesce(jsonb_agg(s.step - 'edges' order by s.n), '[]') from jsonb_array_elements(kept -> 'steps') with ordinality as s(step, n)),
    'edges', (select coalesce(jsonb_agg(e.edge || jsonb_build_object('from', s.step -> 'id') order by s.n, e.n), '[]')
                from jsonb_array_elements(kept -> 'steps') with ordinality as s(step, n),
                     jsonb_array_elements(s.step -> 'edges') with ordinality as e(edge, n)),
    'senders', (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'local_part', s.local_part, 'archived', s.archived_at is not null)
                  order by s.name, s.id), '[]') from public.senders s
                 where s.workspace_id = workspace and (s.archived_at is null or s.id = c.sender_id)),
    'recipients', private.campaign_recipient_counts(workspace, campaign),
    'emails', (select coalesce(json_object_agg(x.status, x.n), '{}') from (
                 select q.status, count(*) as n from public.email_queue q
                  where q.workspace_id = workspace and q.campaign_id = campaign and q.purpose = 'campaign' group by q.status) x),
    'left_out', (select count(*) from public.campaign_left_out o where o.workspace_id = workspace and o.campaign_id = campaign));
end $$;

-- What a list shows of a mail; `steps`: the launch's copy, for the names.
create function private.email_row(q public.email_queue, steps jsonb) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', q.id, 'recipient_id', q.recipient_id,
    'person', (select jsonb_build_object('id', p.id, 'name', p.display_name) from public.people p where p.workspace_id = q.workspace_id and p.id = q.person_id),
    'step_id', q.step_id, 'step_name', (select s ->> 'name' from jsonb_array_elements(steps) s where s ->> 'id' = q.step_id::text),
    'round', q.round, 'variant', q.variant, 'to_address', q.to_address, 'from_name', q.from_name, 'from_address', q.from_address,
    'subject', q.subject, 'needs_writing', q.body_text is null, 'is_edited', q.is_edited, 'is_paused', q.is_paused, 'status', q.status,
    'run_at', q.run_at, 'time_zone', q.time_zone, 'attempts', q.attempts, 'decision', q.decision, 'last_error', q.last_error,
    'sent_at', q.sent_at, 'delivered_at', q.delivered_at, 'opened_at', q.opened_at, 'clicked_at', q.clicked_at, 'replied_at', q.replied_at,
    'bounced_at', q.bounced_at, 'bounce_kind', q.bounce_kind, 'complained_at', q.complained_at, 'unsubscribed_at', q.unsubscribed_at)
$$;

create function private.launch_steps(workspace uuid, campaign uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare steps jsonb;
begin
  if not exists (select 1 from public.campaigns c where c.workspace_id = workspace and c.id = campaign and c.deleted_at is null) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  select l.snapshot -> 'steps' into steps from public.campaign_launches l
   where l.workspace_id = workspace and l.campaign_id = campaign order by l.created_at desc limit 1;
  return coalesce(steps, '[]');
end $$;

-- A page of a campaign's mails, by when they go or went, those in review last: EmailRow, one more than asked for where there is a next page.
create function private.list_campaign_emails(workspace uuid, campaign uuid, filter jsonb, after_value timestamptz, after_id uuid, page_size integer) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  steps jsonb;
  fragment text := '%' || replace(replace(replace(lower(btrim(coalesce(filter ->> 'q', ''))), '\', '\\'), '%', '\%'), '_', '\_') || '%';
  result json;
begin
  perform private.assert_member(workspace);
  steps := private.launch_steps(workspace, campaign);
  with page as (
    select q as mail, coalesce(q.run_at, 'infinity') as at from public.email_queue q
     where q.workspace_id = workspace and q.campaign_id = campaign and q.purpose = 'campaign'
       and (filter ->> 'status' is null or q.status = filter ->> 'status')
       and (filter ->> 'step' is null or q.step_id = (filter ->> 'step')::uuid)
       and (filter ->> 'variant' is null or q.variant = (filter ->> 'variant')::smallint)
       and (coalesce(filter ->> 'q', '') = '' or q.to_address like fragment or lower(q.subject) like fragment
            or exists (select 1 from public.people p where p.workspace_id = workspace and p.id = q.person_id and lower(p.display_name) like fragment))
       and (after_id is null or (coalesce(q.run_at, 'infinity'), q.id) > (after_value, after_id))
     order by coalesce(q.run_at, 'infinity'), q.id limit page_size + 1
  )
  select coalesce(json_agg(private.email_row(x.mail, steps) || jsonb_build_object('sort_value', x.at) order by x.at, (x.mail).id), '[]') into result from page x;
  return result;
end $$;

create function private.get_campaign_email(workspace uuid, campaign uuid, email uuid) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  steps jsonb;
  mail public.email_queue;
begin
  perform private.assert_member(workspace);
  steps := private.launch_steps(workspace, campaign);
  select * into mail from public.email_queue q where q.workspace_id = workspace and q.campaign_id = campaign and q.id = email;
  if not found then return null; end if;
  return private.email_row(mail, steps) || jsonb_build_object('body_text', mail.body_text, 'body_html', mail.body_html, 'reply_to', mail.reply_to);
end $$;

grant execute on function private.list_campaigns(uuid, text[], text, timestamptz, uuid, integer), private.get_campaign(uuid, uuid),
  private.list_campaign_emails(uuid, uuid, jsonb, timestamptz, uuid, integer), private.get_campaign_email(uuid, uuid, uuid) to authenticated;
create function public.list_campaigns(workspace uuid, states text[] default null, query text default '', after_value timestamptz default null,
  after_id uuid default null, page_size integer default 50) returns json
language sql stable set search_path = ''
as $$ select private.list_campaigns(workspace, states, query, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.get_campaign(workspace uuid, campaign uuid) returns json
language sql stable set search_path = '' as $$ select private.get_campaign(workspace, campaign) $$;
create function public.list_campaign_emails(workspace uuid, campaign uuid, filter jsonb default '{}', after_value timestamptz default null,
  after_id uuid default null, page_size integer default 50) returns json
language sql stable set search_path = ''
as $$ select private.list_campaign_emails(workspace, campaign, filter, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.get_campaign_email(workspace uuid, campaign uuid, email uuid) returns json
language sql stable set search_path = '' as $$ select private.get_campaign_email(workspace, campaign, email) $$;
grant execute on function public.list_campaigns(uuid, text[], text, timestamptz, uuid, integer), public.get_campaign(uuid, uuid),
  public.list_campaign_emails(uuid, uuid, jsonb, timestamptz, uuid, integer), public.get_campaign_email(uuid, uuid, uuid) to authenticated;
