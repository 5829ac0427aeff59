-- Why: choosing 25,000 people took minutes: with sets whose size the planner can't guess, it compared each person with all others.
-- Touches: private.campaign_candidates: what it answers stays the same, and each person costs a few look-ups in indexes.
create or replace function private.campaign_candidates(workspace uuid, campaign uuid, people uuid[])
returns table (person_id uuid, emails uuid[], reason text, other_campaign uuid)
language sql stable security definer set search_path = '' rows 1000
as $$
  select p.id, coalesce(a.free, '{}'),
         case when m.mine then 'already_in'
              when p.lead_status = 'do_not_contact' or d.avoided then 'do_not_contact'
              when a.known = 0 then 'no_email'
              when a.usable = 0 then 'suppressed'
              when b.campaign_id is not null then 'other_campaign'
              when a.free is null then 'address_taken' end,
         b.campaign_id
    from unnest(people) as x(id)
    join public.people p on p.workspace_id = workspace and p.id = x.id and p.deleted_at is null
    cross join lateral (
      select count(*) as known,
             count(*) filter (where e.status in ('active', 'soft_bounced')) as usable,
             array_agg(e.id order by e.status = 'soft_bounced', l.is_primary desc, l.created_at, e.address)
               filter (where e.status in ('active', 'soft_bounced') and not exists (
                 select 1 from public.campaign_recipients r where r.workspace_id = l.workspace_id and r.campaign_id = campaign and r.email_id = e.id
                    and r.person_id <> l.person_id)) as free
        from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
       where l.workspace_id = workspace and l.person_id = p.id) a
    cross join lateral (select exists (
      select 1 from public.campaign_recipients r where r.workspace_id = workspace and r.campaign_id = campaign and r.person_id = p.id) as mine) m
    cross join lateral (select exists (
      select 1 from public.person_organizations l
        join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
       where l.workspace_id = workspace and l.person_id = p.id and o.status in ('blocked', 'do_not_contact')) as avoided) d
    left join lateral (
      select y.campaign_id from (
        select r.campaign_id from public.campaign_recipients r
         where r.workspace_id = workspace and r.person_id = p.id and r.campaign_id <> campaign and r.status <> 'done'
        union all
        -- the same mailbox, through somebody who shares it
        select r.campaign_id from public.person_emails l
          join public.campaign_recipients r on r.workspace_id = l.workspace_id and r.email_id = l.email_id
         where l.workspace_id = workspace and l.person_id = p.id and l.is_primary and r.campaign_id <> campaign and r.status <> 'done') y
        join public.campaigns c on c.workspace_id = workspace and c.id = y.campaign_id and c.status in ('staged', 'scheduled', 'sending', 'paused')
       order by y.campaign_id limit 1) b on true
$$;
