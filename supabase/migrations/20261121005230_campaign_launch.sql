-- Why: a launch keeps a copy of the draft, and its first mails are written in chunks by a worker that may be killed at any point;
-- people read, edit, remove and accept them; what failed is sent again by a person's word alone.
-- Touches: functions merge_fields, claim_staging, read_staging, stage_emails (machines alone); launch_campaign, campaign_field_gaps,
-- campaign_preview_data, accept_campaign_emails, edit_campaign_email, remove_campaign_email, retry_campaign_email, queue_test_email;
-- private.state_zone.

-- The zone of most of a state of the United States; null for what isn't one.
create function private.state_zone(state text) returns text
language sql immutable set search_path = ''
as $$
  select case
    when s in ('CT','DC','DE','FL','GA','IN','KY','MA','MD','ME','MI','NC','NH','NJ','NY','OH','PA','RI','SC','VA','VT','WV',
      'CONNECTICUT','DISTRICT OF COLUMBIA','DELAWARE','FLORIDA','GEORGIA','INDIANA','KENTUCKY','MASSACHUSETTS','MARYLAND','MAINE','MICHIGAN',
      'NORTH CAROLINA','NEW HAMPSHIRE','NEW JERSEY','NEW YORK','OHIO','PENNSYLVANIA','RHODE ISLAND','SOUTH CAROLINA','VIRGINIA','VERMONT','WEST VIRGINIA')
      then 'America/New_York'
    when s in ('AL','AR','IA','IL','KS','LA','MN','MO','MS','ND','NE','OK','SD','TN','TX','WI',
      'ALABAMA','ARKANSAS','IOWA','ILLINOIS','KANSAS','LOUISIANA','MINNESOTA','MISSOURI','MISSISSIPPI','NORTH DAKOTA','NEBRASKA','OKLAHOMA',
      'SOUTH DAKOTA','TENNESSEE','TEXAS','WISCONSIN') then 'America/Chicago'
    when s in ('CO','ID','MT','NM','UT','WY','COLORADO','IDAHO','MONTANA','NEW MEXICO','UTAH','WYOMING') then 'America/Denver'
    when s in ('AZ','ARIZONA') then 'America/Phoenix'
    when s in ('CA','NV','OR','WA','CALIFORNIA','NEVADA','OREGON','WASHINGTON') then 'America/Los_Angeles'
    when s in ('AK','ALASKA') then 'America/Anchorage'
    when s in ('HI','HAWAII') then 'Pacific/Honolulu' end
    from (select upper(btrim(state))) x(s)
$$;

-- What a mail may say of each of these recipients, as { recipient: { first_name, … } }: see mergeFieldWords of modules/campaigns/domain.ts.
-- The property is one that the person stands on, else one of their own, else one of an owner they speak for.
create function private.merge_fields(workspace uuid, recipients uuid[]) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_object_agg(r.id, jsonb_build_object(
    'first_name', p.first_name, 'last_name', p.last_name, 'full_name', p.display_name, 'title', p.title, 'company', org.name,
    'city', p.city, 'state', p.state, 'email', e.address, 'property_name', place.name, 'property_address', place.address,
    'property_city', place.city, 'market', place.market, 'units', place.units, 'owner_name', party.display_name, 'sender_name', s.name)), '{}')
    from public.campaign_recipients r
    join public.campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id
    join public.people p on p.workspace_id = r.workspace_id and p.id = r.person_id
    join public.emails e on e.workspace_id = r.workspace_id and e.id = r.email_id
    left join public.senders s on s.workspace_id = c.workspace_id and s.id = c.sender_id
    left join lateral (
      select o.name from public.person_organizations l
        join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
       where l.workspace_id = r.workspace_id and l.person_id = p.id order by l.is_primary desc, l.created_at, o.id limit 1) org on true
    left join lateral (
      select o.id, o.display_name from (
        select o.id, o.display_name, 1 as rank from public.owners o where o.workspace_id = r.workspace_id and o.person_id = p.id
        union all
        select o.id, o.display_name, 2 from public.owner_contacts k join public.owners o on o.workspace_id = k.workspace_id and o.id = k.owner_id
         where k.workspace_id = r.workspace_id and k.person_id = p.id
        union all
        select o.id, o.display_name, 3 from public.person_organizations l
          join public.owners o on o.workspace_id = l.workspace_id and o.organization_id = l.organization_id
         where l.workspace_id = r.workspace_id and l.person_id = p.id) o
       order by o.rank, o.id limit 1) party on true
    left join lateral (
      select x.* from (
        select pr.*, 1 as rank from public.property_people l join public.properties pr on pr.workspace_id = l.workspace_id and pr.id = l.property_id
         where l.workspace_id = r.workspace_id and l.person_id = p.id and pr.deleted_at is null
        union all
        select pr.*, 2 from public.properties pr where pr.workspace_id = r.workspace_id and pr.owner_id = party.id and pr.deleted_at is null) x
       order by x.rank, x.normalized_name, x.id limit 1) place on true
   where r.workspace_id = workspace and r.id = any (recipients)
$$;
create function public.merge_fields(workspace uuid, recipients uuid[]) returns jsonb
language sql stable set search_path = '' as $$ select private.merge_fields(workspace, recipients) $$;

-- The recipients of a campaign, from the smallest id on, who lack any of these fields: { next, rows: [{ id, name, fields }] }.
-- next: where to go on, null at the end. Whether they need it, their mail decides.
create function private.campaign_field_gaps(workspace uuid, campaign uuid, wanted text[], after_id uuid, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  ids uuid[];
  result jsonb;
begin
  perform private.assert_member(workspace);
  select array_agg(x.id order by x.id) into ids from (
    select r.id from public.campaign_recipients r
     where r.workspace_id = workspace and r.campaign_id = campaign and (after_id is null or r.id > after_id)
     order by r.id limit page_size) x;
  if ids is null then return jsonb_build_object('next', null, 'rows', '[]'::jsonb); end if;
  select jsonb_agg(jsonb_build_object('id', f.key, 'name', coalesce(f.value ->> 'full_name', f.value ->> 'email'), 'fields', f.value)) into result
    from jsonb_each(private.merge_fields(workspace, ids)) f
   where exists (select 1 from unnest(wanted) w where coalesce(btrim(f.value ->> w), '') = '');
  return jsonb_build_object('next', case when cardinality(ids) = page_size then ids[page_size] end, 'rows', coalesce(result, '[]'));
end $$;

-- All that a preview, a test or the launch's check asks about a draft: the copy as a launch would make it (or has made it), one
-- recipient with their fields, how many there are, and the domains that could send.
create function private.campaign_preview_data(workspace uuid, campaign uuid, recipient uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  c public.campaigns;
  chosen public.campaign_recipients;
  kept jsonb;
begin
  perform private.assert_member(workspace);
  select * into c from public.campaigns x where x.workspace_id = workspace and x.id = campaign and x.deleted_at is null;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  select * into chosen from public.campaign_recipients r
   where r.workspace_id = workspace and r.campaign_id = campaign and (recipient is null or r.id = recipient) order by r.id limit 1;
  if not found and recipient is not null then raise exception 'Not found' using errcode = 'PT404'; end if;
  select l.snapshot into kept from public.campaign_launches l where l.workspace_id = workspace and l.campaign_id = campaign order by l.created_at desc limit 1;
  return jsonb_build_object('status', c.status, 'version', c.version,
    'snapshot', coalesce(kept, private.campaign_snapshot(workspace, campaign)),
    'sender_is_archived', exists (select 1 from public.senders s where s.workspace_id = workspace and s.id = c.sender_id and s.archived_at is not null),
    'recipients', (select count(*) from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign),
    'tier', (select w.tier from public.workspaces w where w.id = workspace),
    'domains', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'domain', d.domain) order by d.created_at, d.id), '[]')
                  from public.sending_domains d where d.workspace_id = workspace and d.status = 'active'),
    'recipient', case when chosen.id is not null then jsonb_build_object('id', chosen.id, 'person_id', chosen.person_id, 'thread_token', chosen.thread_token,
      'variant', chosen.variant, 'fields', private.merge_fields(workspace, array[chosen.id]) -> chosen.id::text) end);
end $$;

-- Keeps the copy and hands the campaign to the worker that writes its first mails. `saw`: the version whose problems were looked at.
-- What the database can see for itself, it refuses too; whether every field has a value is asked again as each mail is written.
create function private.launch_campaign(workspace uuid, campaign uuid, saw integer) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  was public.campaigns := private.lock_campaign(workspace, campaign);
  steps integer;
  total integer;
  new_launch uuid;
begin
  if was.status <> 'draft' then raise exception 'This campaign was launched already' using errcode = 'PT409', hint = 'conflict'; end if;
  if was.version <> saw then
    raise exception 'Somebody else saved this campaign while you had it open. Load it again.' using errcode = 'PT409', hint = 'conflict';
  end if;
  perform private.require_tier(workspace, 'pro', 'campaigns');
  select count(*) into steps from public.campaign_steps s where s.workspace_id = workspace and s.campaign_id = campaign;
  if steps > 1 then perform private.require_tier(workspace, 'premium', 'campaign_sequences'); end if;
  if exists (select 1 from public.campaign_steps s where s.workspace_id = workspace and s.campaign_id = campaign and cardinality(s.subjects) > 1) then
    perform private.require_tier(workspace, 'premium', 'ab_subjects');
  end if;
  if was.entry_step_id is null then raise exception 'Say which e-mail is the first' using errcode = 'PT409', hint = 'conflict'; end if;
  if exists (
    with recursive reached(id) as (
      select was.entry_step_id union
      select e.to_step_id from reached join public.campaign_edges e on e.workspace_id = workspace and e.campaign_id = campaign and e.from_step_id = reached.id)
    select 1 from public.campaign_steps s where s.workspace_id = workspace and s.campaign_id = campaign and s.id not in (select id from reached)) then
    raise exception 'Nobody would ever get one of the e-mails: no way leads to it' using errcode = 'PT409', hint = 'conflict';
  end if;
  if exists (
    with recursive way(begins, ends) as (
      select e.from_step_id, e.to_step_id from public.campaign_edges e
       where e.workspace_id = workspace and e.campaign_id = campaign and e.delay_days + e.delay_hours + e.delay_minutes = 0
      union
      select way.begins, e.to_step_id from way join public.campaign_edges e on e.workspace_id = workspace and e.campaign_id = campaign
         and e.from_step_id = way.ends and e.delay_days + e.delay_hours + e.delay_minutes = 0)
    select 1 from way where begins = ends) then
    raise exception 'The e-mails go round without any delay' using errcode = 'PT409', hint = 'conflict';
  end if;
  if not exists (select 1 from public.senders s where s.workspace_id = workspace and s.id = was.sender_id and s.archived_at is null) then
    raise exception 'Say whom the e-mails are from' using errcode = 'PT409', hint = 'conflict';
  end if;
  if not exists (select 1 from public.sending_domains d where d.workspace_id = workspace and d.status = 'active') then
    raise exception 'There is no domain to send from' using errcode = 'PT409', hint = 'conflict';
  end if;
  select count(*) into total from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign;
  if total = 0 then raise exception 'Nobody was chosen yet' using errcode = 'PT409', hint = 'conflict'; end if;

  insert into public.campaign_launches (workspace_id, campaign_id, snapshot, launched_by)
  values (workspace, campaign, private.campaign_snapshot(workspace, campaign), auth.uid()) returning id into new_launch;
  update public.campaigns c set status = 'staged', launched_at = now(), staging_total = total, staging_done = 0, staging_error = null
   where c.workspace_id = workspace and c.id = campaign;
  return new_launch;
end $$;

-- One campaign whose first mails are to be written, for whoever comes first: its copy and the domains that could send, or null.
create function public.claim_staging(lease_seconds integer) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  c public.campaigns;
begin
  select * into c from public.campaigns x
   where x.status = 'staged' and x.staging_done < x.staging_total and (x.lease_until is null or x.lease_until < now())
   order by x.launched_at, x.id limit 1 for update skip locked;
  if not found then return null; end if;
  update public.campaigns x set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => lease_seconds)
   where x.id = c.id returning * into c;
  return (select jsonb_build_object('campaign', c.id, 'workspace', c.workspace_id, 'lease', c.lease_token, 'launch', l.id, 'snapshot', l.snapshot,
      'done', c.staging_done,
      'today', (now() at time zone private.workspace_zone(c.workspace_id))::date,
      'domains', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'domain', d.domain, 'daily_cap', d.daily_cap,
          'warmup_started_on', d.warmup_started_on) order by d.created_at, d.id), '[]')
        from public.sending_domains d where d.workspace_id = c.workspace_id and d.status = 'active'))
    from public.campaign_launches l where l.workspace_id = c.workspace_id and l.campaign_id = c.id order by l.created_at desc limit 1);
end $$;

-- The next recipients without a first mail, from the smallest id on, with their fields.
create function public.read_staging(workspace uuid, campaign uuid, after_id uuid, page_size integer) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  ids uuid[];
  fields jsonb;
begin
  select array_agg(x.id) into ids from (
    select r.id from public.campaign_recipients r
     where r.workspace_id = workspace and r.campaign_id = campaign and r.status = 'selected' and (after_id is null or r.id > after_id)
     order by r.id limit page_size) x;
  if ids is null then return '[]'; end if;
  fields := private.merge_fields(workspace, ids);
  return (select jsonb_agg(jsonb_build_object('id', r.id, 'thread_token', r.thread_token, 'fields', fields -> r.id::text) order by r.id)
            from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign and r.id = any (ids));
end $$;

-- Keeps the first mails of a chunk: mails: [{ recipient_id, id, domain_id, variant, from_name, from_address, reply_to, subject, body_text,
-- body_html, missing }]. Whoever mustn't be written to any more, or is under way in another campaign by now, is left out; a mail that
-- lacks a field isn't sent, and says so. Answers how many were handled, or null where the lease is somebody else's.
create function public.stage_emails(workspace uuid, campaign uuid, lease uuid, launch uuid, mails jsonb, lease_seconds integer) returns integer
language plpgsql set search_path = ''
as $$
declare
  entry uuid;
  handled integer;
  remaining boolean;
begin
  update public.campaigns c set lease_until = now() + make_interval(secs => lease_seconds)
   where c.workspace_id = workspace and c.id = campaign and c.lease_token = lease and c.status = 'staged';
  if not found then return null; end if;
  -- two campaigns of a workspace that are launched together must not both take the same person
  perform pg_advisory_xact_lock(hashtextextended('stage_emails:' || workspace::text, 0));
  select (l.snapshot ->> 'entryStepId')::uuid into entry from public.campaign_launches l where l.workspace_id = workspace and l.id = launch;

  with given as materialized (
    select x.* from jsonb_to_recordset(mails) as x(recipient_id uuid, id uuid, domain_id uuid, variant smallint, from_name text, from_address text,
      reply_to text, subject text, body_text text, body_html text, missing jsonb)
  ), locked as materialized (
    select r.id, r.person_id, r.email_id, r.thread_token from public.campaign_recipients r
     where r.workspace_id = workspace and r.campaign_id = campaign and r.status = 'selected' and r.id = any (array(select g.recipient_id from given g))
     order by r.id for update
  ), avoided as materialized (
    select distinct l.person_id from public.person_organizations l
      join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
     where l.workspace_id = workspace and o.status in ('blocked', 'do_not_contact') and l.person_id = any (array(select k.person_id from locked k))
  ), running as materialized (
    select c.id from public.campaigns c
     where c.workspace_id = workspace and c.id <> campaign and c.status in ('staged', 'scheduled', 'sending', 'paused')
  ), busy as materialized (
    select k.id from locked k join public.campaign_recipients r on r.workspace_id = workspace and r.person_id = k.person_id
     where r.status in ('staged', 'active') and r.campaign_id in (select id from running)
    union
    select k.id from locked k join public.campaign_recipients r on r.workspace_id = workspace and r.email_id = k.email_id
     where r.status in ('staged', 'active') and r.campaign_id in (select id from running)
  ), judged as materialized (
    select k.id, k.person_id, k.email_id, k.thread_token, e.address,
           p.deleted_at is null and p.lead_status <> 'do_not_contact' and a.person_id is null and e.status in ('active', 'soft_bounced') and b.id is null as goes,
           coalesce((select ph.time_zone from public.person_phones l join public.phones ph on ph.workspace_id = l.workspace_id and ph.id = l.phone_id
                      where l.workspace_id = workspace and l.person_id = k.person_id and ph.time_zone is not null
                      order by l.is_primary desc, l.created_at limit 1), private.state_zone(p.state)) as zone
      from locked k
      join public.people p on p.workspace_id = workspace and p.id = k.person_id
      join public.emails e on e.workspace_id = workspace and e.id = k.email_id
      left join avoided a on a.person_id = k.person_id
      left join busy b on b.id = k.id
  ), written as (
    insert into public.email_queue (id, workspace_id, campaign_id, recipient_id, step_id, variant, person_id, email_id, to_address, domain_id, from_name,
      from_address, reply_to, subject, body_text, body_html, status, decision, time_zone, thread_token, message_id)
    select g.id, workspace, campaign, j.id, entry, g.variant, j.person_id, j.email_id, j.address, g.domain_id, g.from_name,
           g.from_address, g.reply_to, g.subject, g.body_text, g.body_html, case when g.missing is null then 'staged' else 'cancelled' end,
           case when g.missing is not null then jsonb_build_object('verdict', 'drop', 'reason', 'missing_fields', 'fields', g.missing, 'at', now()) end,
           j.zone, j.thread_token,
           '<' || j.thread_token || '.' || left(replace(g.id::text, '-', ''), 12) || '@' || split_part(g.from_address, '@', 2) || '>'
      from given g join judged j on j.id = g.recipient_id where j.goes
    on conflict do nothing
  ), taken as (
    update public.campaign_recipients r
       set status = case when g.missing is null then 'staged' else 'done' end,
           exit_reason = case when g.missing is not null then 'failed' end, exited_at = case when g.missing is not null then now() end,
           launch_id = launch, domain_id = g.domain_id, variant = g.variant
      from given g join judged j on j.id = g.recipient_id
     where r.workspace_id = workspace and r.id = j.id and j.goes returning r.id
  ), dropped as (
    delete from public.campaign_recipients r using judged j where r.workspace_id = workspace and r.id = j.id and not j.goes returning r.person_id
  ), left_out as (
    insert into public.campaign_left_out (workspace_id, campaign_id, person_id)
    select workspace, campaign, d.person_id from dropped d on conflict do nothing
  )
  select count(*) into handled from judged;

  select exists (select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign and r.status = 'selected') into remaining;
  update public.campaigns c
     set staging_done = case when remaining then least(c.staging_done + handled, c.staging_total - 1) else c.staging_total end, staging_error = null,
         lease_token = case when remaining then c.lease_token end, lease_until = case when remaining then c.lease_until end,
         -- nobody was left to write to
         status = case when remaining or exists (select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign
             and r.status = 'staged') then c.status else 'completed' end,
         completed_at = case when remaining or exists (select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign
             and r.status = 'staged') then c.completed_at else now() end
   where c.workspace_id = workspace and c.id = campaign;
  return handled;
end $$;

-- Gives a claim back: what went wrong is shown, and the next run tries again after a while.
create function public.release_staging(workspace uuid, campaign uuid, lease uuid, error text, wait_seconds integer) returns void
language sql set search_path = ''
as $$
  update public.campaigns c
     set staging_error = left(error, 2000), lease_token = case when error is null then null else c.lease_token end,
         lease_until = case when error is null then null else now() + make_interval(secs => wait_seconds) end
   where c.workspace_id = workspace and c.id = campaign and c.lease_token = lease
$$;

-- Mails in review, by id or all, are queued: they go as soon as the campaign begins and the gate lets them. Answers how many.
create function private.accept_campaign_emails(workspace uuid, campaign uuid, emails uuid[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  was public.campaigns := private.lock_campaign(workspace, campaign);
  accepted integer;
begin
  if was.status not in ('staged', 'scheduled', 'sending', 'paused') then
    raise exception 'This campaign is %: nothing of it is in review', was.status using errcode = 'PT409', hint = 'conflict';
  end if;
  if was.staging_done < was.staging_total then
    raise exception 'The e-mails are still being written' using errcode = 'PT409', hint = 'conflict';
  end if;
  if emails is not null and exists (select 1 from unnest(emails) x(id) where not exists (
      select 1 from public.email_queue q where q.workspace_id = workspace and q.campaign_id = campaign and q.id = x.id and q.purpose = 'campaign')) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  with mine as materialized (
    select r.id from public.email_queue q
      join public.campaign_recipients r on r.workspace_id = q.workspace_id and r.campaign_id = q.campaign_id and r.id = q.recipient_id
     where q.workspace_id = workspace and q.campaign_id = campaign and q.status = 'staged' and r.status = 'staged' and (emails is null or q.id = any (emails))
     order by r.id for update of r
  )
  update public.campaign_recipients r set status = 'active' from mine where r.workspace_id = workspace and r.id = mine.id;
  with mine as materialized (
    select q.id from public.email_queue q
      join public.campaign_recipients r on r.workspace_id = q.workspace_id and r.campaign_id = q.campaign_id and r.id = q.recipient_id
     where q.workspace_id = workspace and q.campaign_id = campaign and q.status = 'staged' and r.status = 'active' and (emails is null or q.id = any (emails))
     order by q.id for update of q
  )
  update public.email_queue q set status = 'queued', run_at = greatest(now(), was.starts_at), is_paused = was.status = 'paused' from mine where q.id = mine.id;
  get diagnostics accepted = row_count;
  if accepted > 0 and was.status = 'staged' then
    update public.campaigns c set status = case when was.starts_at > now() then 'scheduled' else 'sending' end
     where c.workspace_id = workspace and c.id = campaign;
  end if;
  return accepted;
end $$;

-- The mail, locked, with its recipient before it, as everywhere.
create function private.lock_campaign_email(workspace uuid, campaign uuid, email uuid) returns public.email_queue
language plpgsql security definer set search_path = ''
as $$
declare mail public.email_queue;
begin
  perform private.lock_campaign(workspace, campaign);
  perform 1 from public.email_queue q
    join public.campaign_recipients r on r.workspace_id = q.workspace_id and r.campaign_id = q.campaign_id and r.id = q.recipient_id
   where q.workspace_id = workspace and q.campaign_id = campaign and q.id = email and q.purpose = 'campaign' for update of r;
  select * into mail from public.email_queue q
   where q.workspace_id = workspace and q.campaign_id = campaign and q.id = email and q.purpose = 'campaign' for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  return mail;
end $$;

-- change: { subject?, body_text?, body_html? }
create function private.edit_campaign_email(workspace uuid, campaign uuid, email uuid, change jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare mail public.email_queue := private.lock_campaign_email(workspace, campaign, email);
begin
  if mail.status <> 'staged' then
    raise exception 'Only an e-mail that is in review can be changed; this one is %', mail.status using errcode = 'PT409', hint = 'conflict';
  end if;
  update public.email_queue q
     set subject = coalesce(change ->> 'subject', q.subject), body_text = coalesce(change ->> 'body_text', q.body_text),
         body_html = coalesce(change ->> 'body_html', q.body_html), is_edited = true
   where q.id = email;
end $$;

-- A mail that hasn't gone isn't sent, and its recipient leaves the campaign.
create function private.remove_campaign_email(workspace uuid, campaign uuid, email uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare mail public.email_queue := private.lock_campaign_email(workspace, campaign, email);
begin
  if mail.status not in ('staged', 'queued') then
    raise exception 'This e-mail is %: it can’t be taken out any more', mail.status using errcode = 'PT409', hint = 'conflict';
  end if;
  perform private.exit_recipients(workspace, array[mail.recipient_id], 'manual', jsonb_build_object('by', auth.uid()));
end $$;

-- A person decides that a mail that failed, or of which nobody knows whether it went, is sent again. Answers the new mail.
create function private.retry_campaign_email(workspace uuid, campaign uuid, email uuid) returns uuid
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

-- A test: one mail to any address, of no recipient, from the campaign's sender at one of the domains.
-- mail: { step_id, variant, to, domain_id, subject, body_text, body_html }
create function private.queue_test_email(workspace uuid, campaign uuid, mail jsonb) returns uuid
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
    mail ->> 'body_text', mail ->> 'body_html', 'queued', now(), token,
    '<' || token || '.' || left(replace(new_mail::text, '-', ''), 12) || '@' || d.domain || '>', auth.uid()
    from public.senders s
    join public.sending_domains d on d.workspace_id = s.workspace_id and d.id = (mail ->> 'domain_id')::uuid and d.status = 'active'
    left join public.mailboxes m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
   where s.workspace_id = workspace and s.id = was.sender_id and s.archived_at is null;
  if not found then raise exception 'There is no sender or no domain to send from' using errcode = 'PT409', hint = 'conflict'; end if;
  return new_mail;
end $$;

grant execute on function private.campaign_field_gaps(uuid, uuid, text[], uuid, integer), private.campaign_preview_data(uuid, uuid, uuid),
  private.launch_campaign(uuid, uuid, integer), private.accept_campaign_emails(uuid, uuid, uuid[]), private.edit_campaign_email(uuid, uuid, uuid, jsonb),
  private.remove_campaign_email(uuid, uuid, uuid), private.retry_campaign_email(uuid, uuid, uuid), private.queue_test_email(uuid, uuid, jsonb) to authenticated;
create function public.campaign_field_gaps(workspace uuid, campaign uuid, wanted text[], after_id uuid default null, page_size integer default 5000) returns jsonb
language sql stable set search_path = '' as $$ select private.campaign_field_gaps(workspace, campaign, wanted, after_id, least(greatest(page_size, 1), 5000)) $$;
create function public.campaign_preview_data(workspace uuid, campaign uuid, recipient uuid default null) returns jsonb
language sql stable set search_path = '' as $$ select private.campaign_preview_data(workspace, campaign, recipient) $$;
create function public.launch_campaign(workspace uuid, campaign uuid, saw integer) returns uuid
language sql set search_path = '' as $$ select private.launch_campaign(workspace, campaign, saw) $$;
create function public.accept_campaign_emails(workspace uuid, campaign uuid, emails uuid[] default null) returns integer
language sql set search_path = '' as $$ select private.accept_campaign_emails(workspace, campaign, emails) $$;
create function public.edit_campaign_email(workspace uuid, campaign uuid, email uuid, change jsonb) returns void
language sql set search_path = '' as $$ select private.edit_campaign_email(workspace, campaign, email, change) $$;
create function public.remove_campaign_email(workspace uuid, campaign uuid, email uuid) returns void
language sql set search_path = '' as $$ select private.remove_campaign_email(workspace, campaign, email) $$;
create function public.retry_campaign_email(workspace uuid, campaign uuid, email uuid) returns uuid
language sql set search_path = '' as $$ select private.retry_campaign_email(workspace, campaign, email) $$;
create function public.queue_test_email(workspace uuid, campaign uuid, mail jsonb) returns uuid
language sql set search_path = '' as $$ select private.queue_test_email(workspace, campaign, mail) $$;
grant execute on function public.campaign_field_gaps(uuid, uuid, text[], uuid, integer), public.campaign_preview_data(uuid, uuid, uuid),
  public.launch_campaign(uuid, uuid, integer), public.accept_campaign_emails(uuid, uuid, uuid[]), public.edit_campaign_email(uuid, uuid, uuid, jsonb),
  public.remove_campaign_email(uuid, uuid, uuid), public.retry_campaign_email(uuid, uuid, uuid), public.queue_test_email(uuid, uuid, jsonb) to authenticated;
