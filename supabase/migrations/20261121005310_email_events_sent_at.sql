-- Why: a mail that an event marked as sent was sent when the earliest of its events says, whichever came first.
-- Touches: apply_email_events.

-- Applies a provider's events: [{ event_id, type, occurred_at, send_id, provider_message_id, kind, address_status, reason, counts, details }].
--   type            one of email_events
--   send_id         our own id of the mail: whose workspace it is, its row says, never the event
--   kind            of a bounce: hard, soft, block, admin
--   address_status  what it means for the address, or null
--   counts          false: kept, but no sign of a person (an image fetched ahead by a mail program)
-- An event that is known changes nothing, of a mail that isn't ours nothing is kept. Times are the earliest that was told, states
-- the strictest, so that the order doesn't matter. Answers how many events were new.
-- @see modules/sending/sparkpost-events.ts for how SparkPost's classes become this
create or replace function public.apply_email_events(events jsonb) returns integer
language plpgsql set search_path = ''
as $$
declare fresh jsonb; point record; run integer;
begin
  with given as (
    select distinct on (q.workspace_id, e.event_id) q.workspace_id, q.id as mail_id, e.*,
           coalesce(q.email_id, (select p.id from public.emails p where p.workspace_id = q.workspace_id and p.address = lower(q.to_address))) as point_id
      from jsonb_to_recordset(events) as e(event_id text, type text, occurred_at timestamptz, send_id uuid, provider_message_id text, kind text,
                                           address_status text, reason text, counts boolean, details jsonb)
      join public.email_queue q on q.id = e.send_id
     order by q.workspace_id, e.event_id, e.occurred_at
  ), kept as (
    insert into public.email_events (workspace_id, email_queue_id, event_id, type, occurred_at, details)
    select g.workspace_id, g.mail_id, g.event_id, g.type, g.occurred_at,
           coalesce(g.details, '{}') || jsonb_strip_nulls(jsonb_build_object('kind', g.kind, 'reason', g.reason))
      from given g order by g.workspace_id, g.event_id
    on conflict (workspace_id, event_id) do nothing
    returning workspace_id, event_id
  )
  select jsonb_agg(to_jsonb(g) - 'details') into fresh
    from given g join kept k on k.workspace_id = g.workspace_id and k.event_id = g.event_id;
  if fresh is null then return 0; end if;

  -- The addresses, one after the other in one order: each may end recipients and drop mails (trigger stop_outreach).
  for point in
    with told as (
      select f.workspace_id, f.point_id, f.occurred_at, left(f.reason, 500) as reason, f.address_status as status
        from jsonb_to_recordset(fresh) as f(workspace_id uuid, point_id uuid, occurred_at timestamptz, reason text, address_status text)
       where f.point_id is not null and f.address_status is not null
    ), strictest as (
      -- of one state, the first that was told of; but a soft bounce holds from the last one on
      select distinct on (t.workspace_id, t.point_id) t.*, exists (
               select 1 from told s where s.workspace_id = t.workspace_id and s.point_id = t.point_id and s.status = 'soft_bounced') as has_soft
        from told t
       order by t.workspace_id, t.point_id, private.email_status_rank(t.status) desc,
                case when t.status = 'soft_bounced' then -extract(epoch from t.occurred_at) else extract(epoch from t.occurred_at) end
    )
    select s.*, p.status as was, p.since as was_since
      from strictest s join public.emails p on p.workspace_id = s.workspace_id and p.id = s.point_id
     order by s.point_id for no key update of p
  loop
    if point.has_soft and private.email_status_rank(point.status) < private.email_status_rank('suppressed') then
      run := private.soft_bounce_run(point.workspace_id, point.point_id);
      if run >= 3 then
        point.status := 'suppressed';
        point.reason := 'Three e-mails in a row bounced softly';
      end if;
    end if;
    -- whoever released the address after a bounce knew of it; what the addressee asked for holds all the same
    continue when point.was = 'active' and point.was_since > point.occurred_at and point.status in ('soft_bounced', 'hard_bounced');
    if private.email_status_rank(point.status) > private.email_status_rank(point.was) then
      update public.emails p set status = point.status, reason = point.reason, since = point.occurred_at
       where p.workspace_id = point.workspace_id and p.id = point.point_id;
    elsif point.status = point.was and (point.status = 'soft_bounced') = (point.occurred_at > point.was_since) then
      update public.emails p set reason = point.reason, since = point.occurred_at
       where p.workspace_id = point.workspace_id and p.id = point.point_id and p.since is distinct from point.occurred_at;
    end if;
  end loop;

  -- An event of a mail proves that it went out, also where a drain hasn't said so yet, or never will.
  perform private.mails_went_out((
    select jsonb_agg(jsonb_build_object('id', f.mail_id, 'at', f.at, 'provider_message_id', f.provider_message_id))
      from (select x.mail_id, min(x.occurred_at) as at, min(x.provider_message_id) as provider_message_id
              from jsonb_to_recordset(fresh) as x(mail_id uuid, occurred_at timestamptz, provider_message_id text)
             group by x.mail_id) f));

  with told as (
    select f.mail_id, f.workspace_id, min(f.occurred_at) as sent,
           min(f.occurred_at) filter (where f.type = 'delivered' or f.counts and f.type in ('opened', 'clicked', 'complained', 'unsubscribed')) as delivered,
           min(f.occurred_at) filter (where f.counts and f.type in ('opened', 'clicked')) as opened,
           min(f.occurred_at) filter (where f.counts and f.type = 'clicked') as clicked,
           min(f.occurred_at) filter (where f.type in ('bounced', 'rejected')) as bounced,
           (array_agg(f.kind order by array_position('{hard,block,admin,soft}'::text[], f.kind)) filter (where f.type in ('bounced', 'rejected')))[1] as kind,
           min(f.reason) filter (where f.type in ('bounced', 'rejected')) as bounce_reason,
           min(f.occurred_at) filter (where f.type = 'complained') as complained,
           min(f.occurred_at) filter (where f.type = 'unsubscribed') as unsubscribed
      from jsonb_to_recordset(fresh) as f(mail_id uuid, workspace_id uuid, type text, occurred_at timestamptz, kind text, counts boolean, reason text)
     group by f.mail_id, f.workspace_id
  ), before as materialized (
    select q.id, q.workspace_id, q.person_id, q.email_id, q.campaign_id, q.to_address, q.bounced_at, q.bounce_kind, q.complained_at, q.unsubscribed_at
      from told t join public.email_queue q on q.workspace_id = t.workspace_id and q.id = t.mail_id
     order by q.id for no key update of q
  ), changed as (
    update public.email_queue q
       set sent_at = least(q.sent_at, t.sent), delivered_at = least(q.delivered_at, t.delivered), opened_at = least(q.opened_at, t.opened), clicked_at = least(q.clicked_at, t.clicked),
           bounced_at = least(q.bounced_at, t.bounced),
           bounce_kind = case when array_position('{hard,block,admin,soft}'::text[], t.kind) < coalesce(array_position('{hard,block,admin,soft}'::text[], q.bounce_kind), 9)
                              then t.kind else q.bounce_kind end,
           complained_at = least(q.complained_at, t.complained), unsubscribed_at = least(q.unsubscribed_at, t.unsubscribed)
      from told t where q.workspace_id = t.workspace_id and q.id = t.mail_id
       and (t.sent < q.sent_at or (t.delivered, t.opened, t.bounced, t.complained, t.unsubscribed) is distinct from (null, null, null, null, null))
    returning q.id
  )
  insert into public.activities (workspace_id, kind, channel, subject, body, occurred_at, person_id, email_id, campaign_id, details)
  select b.workspace_id, 'system', 'email', n.subject, n.body, n.at, b.person_id, b.email_id, b.campaign_id,
         jsonb_build_object('email_queue_id', b.id, 'event', n.event)
    from before b join told t on t.workspace_id = b.workspace_id and t.mail_id = b.id
   cross join lateral (values
     ('bounced', format('An e-mail to %s came back: nobody has this address', b.to_address), left(t.bounce_reason, 1000),
        case when t.kind = 'hard' and b.bounce_kind is distinct from 'hard' then t.bounced end),
     ('complained', format('%s called an e-mail spam', b.to_address), null, case when b.complained_at is null then t.complained end),
     ('unsubscribed', format('%s unsubscribed from e-mails', b.to_address), null, case when b.unsubscribed_at is null then t.unsubscribed end)
   ) as n(event, subject, body, at)
   where n.at is not null and b.person_id is not null;
  return jsonb_array_length(fresh);
end $$;
