-- Why: people are chosen for a campaign by the thousand, each with the one address to write to; who can't be taken is shown with why.
-- Touches: functions private.campaign_candidates; add_campaign_recipients, remove_campaign_recipients, set_recipient_email,
-- list_campaign_recipients, list_campaign_left_out.

-- Of each person, the addresses that may be written to (the primary one first, those that rest after a soft bounce last), and why not.
-- An address of the campaign that somebody else has counts as taken; another campaign counts from its launch until its end.
create function private.campaign_candidates(workspace uuid, campaign uuid, people uuid[])
returns table (person_id uuid, emails uuid[], reason text, other_campaign uuid)
language sql stable security definer set search_path = '' rows 1000
as $$
  with person as materialized (
    select p.id, p.lead_status from public.people p
     where p.workspace_id = workspace and p.id = any (people) and p.deleted_at is null
  ), address as materialized (
    select l.person_id, count(*) as known,
           count(*) filter (where e.status in ('active', 'soft_bounced')) as usable,
           coalesce(array_agg(e.id order by e.status = 'soft_bounced', l.is_primary desc, l.created_at, e.address)
             filter (where e.status in ('active', 'soft_bounced') and r.id is null), '{}') as free
      from public.person_emails l
      join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
      left join public.campaign_recipients r on r.workspace_id = l.workspace_id and r.campaign_id = campaign and r.email_id = e.id
            and r.person_id <> l.person_id
     where l.workspace_id = workspace and l.person_id = any (people)
     group by l.person_id
  ), avoided as materialized (
    select distinct l.person_id from public.person_organizations l
      join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
     where l.workspace_id = workspace and l.person_id = any (people) and o.status in ('blocked', 'do_not_contact')
  ), running as materialized (
    select c.id from public.campaigns c
     where c.workspace_id = workspace and c.id <> campaign and c.status in ('staged', 'scheduled', 'sending', 'paused')
  ), busy as materialized (
    select distinct on (x.person_id) x.person_id, x.campaign_id from (
      select r.person_id, r.campaign_id from running c
        join public.campaign_recipients r on r.workspace_id = workspace and r.campaign_id = c.id and r.status <> 'done'
       where r.person_id = any (people)
      union all
      -- the same mailbox, through somebody who shares it
      select l.person_id, r.campaign_id from running c
        join public.campaign_recipients r on r.workspace_id = workspace and r.campaign_id = c.id and r.status <> 'done'
        join public.person_emails l on l.workspace_id = r.workspace_id and l.email_id = r.email_id and l.is_primary
       where l.person_id = any (people)) x
     order by x.person_id, x.campaign_id
  ), mine as materialized (
    select r.person_id from public.campaign_recipients r
     where r.workspace_id = workspace and r.campaign_id = campaign and r.person_id = any (people)
  )
  select p.id, coalesce(a.free, '{}'),
         case when m.person_id is not null then 'already_in'
              when p.lead_status = 'do_not_contact' or d.person_id is not null then 'do_not_contact'
              when a.known is null then 'no_email'
              when a.usable = 0 then 'suppressed'
              when b.person_id is not null then 'other_campaign'
              when cardinality(a.free) = 0 then 'address_taken' end,
         b.campaign_id
    from person p
    left join address a on a.person_id = p.id
    left join avoided d on d.person_id = p.id
    left join busy b on b.person_id = p.id
    left join mine m on m.person_id = p.id
$$;

-- Takes people into a draft, by id or as the people list filters them. An address that two of them share is taken once, for whoever has
-- it as primary; the other gets another address of theirs, where there is one. Answers { added, left_out: { reason: count } }.
create function private.add_campaign_recipients(workspace uuid, campaign uuid, people uuid[], filter jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  most constant integer := 25000;
  was public.campaigns := private.lock_campaign(workspace, campaign);
  open uuid[];
  added integer := 0;
  taken integer;
  had integer;
  left_out jsonb;
begin
  if was.status <> 'draft' then
    raise exception 'This campaign was launched: nobody can be added to it' using errcode = 'PT409', hint = 'conflict';
  end if;
  if filter is not null then
    execute format('select array_agg(x.id) from (select t.id from public.people t where t.workspace_id = %L and t.deleted_at is null %s
      order by t.normalized_name, t.id limit %s) x', workspace, private.people_where(workspace, filter), most + 1) into open;
  else
    open := array(select p.id from public.people p where p.workspace_id = workspace and p.id = any (people) and p.deleted_at is null);
    -- a stranger's
    if cardinality(open) < (select count(distinct x) from unnest(people) x) then raise exception 'Not found' using errcode = 'PT404'; end if;
  end if;
  open := coalesce(open, '{}');
  select count(*) into had from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign;
  if cardinality(open) > most then
    raise exception 'These are more than % people: narrow the filter', to_char(most, 'FM999,999') using errcode = 'PT400';
  end if;
  -- each round gives everybody who is left their best address that is still free
  loop
    with best as (
      select c.person_id, c.emails[1] as email_id from private.campaign_candidates(workspace, campaign, open) c where c.reason is null
    )
    insert into public.campaign_recipients (workspace_id, campaign_id, person_id, email_id)
    select distinct on (b.email_id) workspace, campaign, b.person_id, b.email_id
      from best b
      join public.person_emails l on l.workspace_id = workspace and l.person_id = b.person_id and l.email_id = b.email_id
     order by b.email_id, l.is_primary desc, l.created_at, b.person_id
    on conflict do nothing;
    get diagnostics taken = row_count;
    added := added + taken;
    exit when taken = 0;
    if had + added > most then
      raise exception 'A campaign has at most % recipients', to_char(most, 'FM999,999') using errcode = 'PT400';
    end if;
    -- whoever was in before is counted as such
    exit when cardinality(open) = taken;
    select array_agg(x.id) into open from unnest(open) as x(id)
     where not exists (select 1 from public.campaign_recipients r
       where r.workspace_id = workspace and r.campaign_id = campaign and r.person_id = x.id and r.created_at = now());
    open := coalesce(open, '{}');
    exit when cardinality(open) = 0;
  end loop;
  if taken > 0 then open := '{}'; end if;
  with why as materialized (
    select c.person_id, c.reason from private.campaign_candidates(workspace, campaign, open) c where c.reason is not null
  ), kept as (
    insert into public.campaign_left_out (workspace_id, campaign_id, person_id)
    select workspace, campaign, w.person_id from why w where w.reason <> 'already_in' on conflict do nothing
  )
  select coalesce(jsonb_object_agg(x.reason, x.n), '{}') into left_out from (select w.reason, count(*) as n from why w group by w.reason) x;
  delete from public.campaign_left_out o using public.campaign_recipients r
   where o.workspace_id = workspace and o.campaign_id = campaign
     and r.workspace_id = o.workspace_id and r.campaign_id = o.campaign_id and r.person_id = o.person_id;
  return jsonb_build_object('added', added, 'left_out', left_out);
end $$;

-- Takes recipients out; null: all of a draft's, and those left out. Of a campaign that runs they leave it with what still waits for them.
-- Answers how many.
create function private.remove_campaign_recipients(workspace uuid, campaign uuid, recipients uuid[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  was public.campaigns := private.lock_campaign(workspace, campaign);
  removed integer;
begin
  if recipients is not null and exists (select 1 from unnest(recipients) x(id) where not exists (
      select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign and r.id = x.id)) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  if was.status = 'draft' then
    delete from public.campaign_recipients r
     where r.workspace_id = workspace and r.campaign_id = campaign and (recipients is null or r.id = any (recipients));
    get diagnostics removed = row_count;
    if recipients is null then
      delete from public.campaign_left_out o where o.workspace_id = workspace and o.campaign_id = campaign;
    end if;
    return removed;
  end if;
  if recipients is null then
    raise exception 'This campaign was launched: cancel it to stop it for everybody' using errcode = 'PT409', hint = 'conflict';
  end if;
  removed := private.exit_recipients(workspace, recipients, 'manual');
  -- whose first mail isn't written yet
  update public.campaign_recipients r set status = 'done', exit_reason = 'manual', exited_at = now()
   where r.workspace_id = workspace and r.campaign_id = campaign and r.id = any (recipients) and r.status = 'selected';
  return removed;
end $$;

-- Another of the person's addresses, for a draft.
create function private.set_recipient_email(workspace uuid, campaign uuid, recipient uuid, email uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  was public.campaigns := private.lock_campaign(workspace, campaign);
  known public.campaign_recipients;
  state text;
begin
  select * into known from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign and r.id = recipient;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if was.status <> 'draft' then
    raise exception 'This campaign was launched: its addresses stay as they are' using errcode = 'PT409', hint = 'conflict';
  end if;
  select e.status into state from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
   where l.workspace_id = workspace and l.person_id = known.person_id and l.email_id = email;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if state not in ('active', 'soft_bounced') then
    raise exception 'This address is %: nothing is sent to it', replace(state, '_', ' ') using errcode = 'PT409', hint = 'conflict';
  end if;
  if exists (select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign and r.email_id = email and r.id <> recipient) then
    raise exception 'Somebody else is in this campaign with this address' using errcode = 'PT409', hint = 'conflict';
  end if;
  update public.campaign_recipients r set email_id = email where r.workspace_id = workspace and r.campaign_id = campaign and r.id = recipient;
end $$;

-- A page of recipients by name: { id, person, email, other_emails, status, … , sort_value }. One row more than asked for where there is a next page.
create function private.list_campaign_recipients(workspace uuid, campaign uuid, wanted_status text, query text, after_value text, after_id uuid, page_size integer) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  fragment text := '%' || replace(replace(replace(private.normalize_text(query), '\', '\\'), '%', '\%'), '_', '\_') || '%';
  result json;
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.campaigns c where c.workspace_id = workspace and c.id = campaign and c.deleted_at is null) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  with page as (
    select r.id, r.person_id, r.email_id, r.status, r.variant, r.current_step_id, r.next_email_at, r.exit_reason, r.exited_at, r.replied_at,
           p.display_name, p.normalized_name, e.address, e.status as email_status
      from public.campaign_recipients r
      join public.people p on p.workspace_id = r.workspace_id and p.id = r.person_id
      join public.emails e on e.workspace_id = r.workspace_id and e.id = r.email_id
     where r.workspace_id = workspace and r.campaign_id = campaign
       and (wanted_status is null or r.status = wanted_status)
       and (coalesce(query, '') = '' or p.normalized_name like fragment
            or e.address like '%' || replace(replace(replace(lower(btrim(query)), '\', '\\'), '%', '\%'), '_', '\_') || '%')
       and (after_id is null or (p.normalized_name, r.id) > (after_value, after_id))
     order by p.normalized_name, r.id limit page_size + 1
  )
  select coalesce(json_agg(json_build_object('id', x.id, 'person', json_build_object('id', x.person_id, 'name', x.display_name),
      'email', json_build_object('id', x.email_id, 'address', x.address, 'status', x.email_status),
      'other_emails', (select coalesce(json_agg(json_build_object('id', e.id, 'address', e.address, 'status', e.status) order by l.is_primary desc, e.address), '[]')
                         from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
                        where l.workspace_id = workspace and l.person_id = x.person_id and l.email_id <> x.email_id),
      'status', x.status, 'variant', x.variant, 'current_step_id', x.current_step_id, 'next_email_at', x.next_email_at,
      'exit_reason', x.exit_reason, 'exited_at', x.exited_at, 'replied_at', x.replied_at, 'sort_value', x.normalized_name)
      order by x.normalized_name, x.id), '[]') into result from page x;
  return result;
end $$;

-- Who was chosen and isn't in, by reason, and a page of them by name. `ready`: nothing stands in the way any more.
create function private.list_campaign_left_out(workspace uuid, campaign uuid, why text, after_value text, after_id uuid, page_size integer) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare result json;
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.campaigns c where c.workspace_id = workspace and c.id = campaign and c.deleted_at is null) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  with known as materialized (
    select c.person_id, coalesce(c.reason, 'ready') as reason, case when c.reason = 'other_campaign' then c.other_campaign end as other_campaign
      from private.campaign_candidates(workspace, campaign,
        array(select o.person_id from public.campaign_left_out o where o.workspace_id = workspace and o.campaign_id = campaign)) c
  ), page as (
    select k.person_id, k.reason, p.display_name, p.normalized_name, o.id as other_id, o.name as other_name
      from known k join public.people p on p.workspace_id = workspace and p.id = k.person_id
      left join public.campaigns o on o.workspace_id = workspace and o.id = k.other_campaign
     where (why is null or k.reason = why)
       and (after_id is null or (p.normalized_name, p.id) > (after_value, after_id))
     order by p.normalized_name, p.id limit page_size + 1
  )
  select json_build_object(
    'counts', (select coalesce(json_object_agg(x.reason, x.n), '{}') from (select k.reason, count(*) as n from known k group by k.reason) x),
    'rows', coalesce((select json_agg(json_build_object('id', x.person_id, 'person', json_build_object('id', x.person_id, 'name', x.display_name), 'reason', x.reason,
        'campaign', case when x.other_id is not null then json_build_object('id', x.other_id, 'name', x.other_name) end, 'sort_value', x.normalized_name)
        order by x.normalized_name, x.person_id) from page x), '[]')) into result;
  return result;
end $$;

grant execute on function private.add_campaign_recipients(uuid, uuid, uuid[], jsonb), private.remove_campaign_recipients(uuid, uuid, uuid[]),
  private.set_recipient_email(uuid, uuid, uuid, uuid), private.list_campaign_recipients(uuid, uuid, text, text, text, uuid, integer),
  private.list_campaign_left_out(uuid, uuid, text, text, uuid, integer) to authenticated;
create function public.add_campaign_recipients(workspace uuid, campaign uuid, people uuid[] default null, filter jsonb default null) returns jsonb
language sql set search_path = '' as $$ select private.add_campaign_recipients(workspace, campaign, people, filter) $$;
create function public.remove_campaign_recipients(workspace uuid, campaign uuid, recipients uuid[] default null) returns integer
language sql set search_path = '' as $$ select private.remove_campaign_recipients(workspace, campaign, recipients) $$;
create function public.set_recipient_email(workspace uuid, campaign uuid, recipient uuid, email uuid) returns void
language sql set search_path = '' as $$ select private.set_recipient_email(workspace, campaign, recipient, email) $$;
create function public.list_campaign_recipients(workspace uuid, campaign uuid, wanted_status text default null, query text default '', after_value text default null,
  after_id uuid default null, page_size integer default 50) returns json
language sql stable set search_path = ''
as $$ select private.list_campaign_recipients(workspace, campaign, wanted_status, query, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
create function public.list_campaign_left_out(workspace uuid, campaign uuid, why text default null, after_value text default null,
  after_id uuid default null, page_size integer default 50) returns json
language sql stable set search_path = ''
as $$ select private.list_campaign_left_out(workspace, campaign, why, after_value, after_id, least(greatest(page_size, 1), 200)) $$;
grant execute on function public.add_campaign_recipients(uuid, uuid, uuid[], jsonb), public.remove_campaign_recipients(uuid, uuid, uuid[]),
  public.set_recipient_email(uuid, uuid, uuid, uuid), public.list_campaign_recipients(uuid, uuid, text, text, text, uuid, integer),
  public.list_campaign_left_out(uuid, uuid, text, text, uuid, integer) to authenticated;
