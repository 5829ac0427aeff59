-- Why: a number is one caller's at a time, and fifty who ask for the next one at once get fifty.
-- Touches: functions claim_phone, release_phone, next_call (new).

-- Gives a number to the caller for two minutes, or renews it: { claim } with who has it and until when, and whether that is the caller.
-- One statement: of those who ask at once one wins, and the others wait for it and see. Taking over is an admin's, and audited.
create function private.claim_phone(workspace uuid, phone uuid, take_over boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  was public.call_claims;
  claim public.call_claims;
begin
  perform private.assert_member(workspace, case when take_over then 'admin' else 'member' end);
  if not exists (select 1 from public.phones p where p.workspace_id = workspace and p.id = phone) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  if take_over then
    select * into was from public.call_claims c where c.workspace_id = workspace and c.phone_id = phone for update;
  end if;
  insert into public.call_claims as c (workspace_id, phone_id, user_id, expires_at) values (workspace, phone, auth.uid(), now() + interval '2 minutes')
  on conflict (workspace_id, phone_id) do update
    set user_id = excluded.user_id, expires_at = excluded.expires_at,
        claimed_at = case when c.user_id = excluded.user_id and c.expires_at > now() then c.claimed_at else now() end
    where c.expires_at <= now() or c.user_id = excluded.user_id or take_over
  returning * into claim;
  if claim.id is null then
    select * into claim from public.call_claims c where c.workspace_id = workspace and c.phone_id = phone;
  elsif take_over and was.expires_at > now() and was.user_id <> claim.user_id then
    insert into public.audit_log (workspace_id, actor, action, entity, entity_id, before, after, request_id)
    values (workspace, auth.uid(), 'call_claims.updated', 'call_claims', claim.id, jsonb_build_object('phone_id', phone, 'user_id', was.user_id),
      jsonb_build_object('phone_id', phone, 'user_id', claim.user_id), private.request_id());
  end if;
  return jsonb_build_object('is_mine', claim.user_id = auth.uid(), 'claim', jsonb_build_object('user_id', claim.user_id,
    'name', (select f.full_name from public.profiles f where f.user_id = claim.user_id), 'expires_at', claim.expires_at));
end $$;

-- Gives a number back: one's own; an admin's word gives back anybody's. False where there was none.
create function private.release_phone(workspace uuid, phone uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  delete from public.call_claims c
   where c.workspace_id = workspace and c.phone_id = phone
     and (c.user_id = auth.uid() or exists (
       select 1 from public.workspace_members m where m.workspace_id = workspace and m.user_id = auth.uid() and m.role in ('owner', 'admin')));
  return found;
end $$;

-- The next number that the filter finds and the gate wouldn't refuse: within hours, not held, under the cap, nobody else's; it is the
-- caller's then. { row: { id, e164, claim } }, or { opens_at } where there is none: when the first of those that are closed now opens. What
-- the caller had and passes over is given back. All that is done here is the claim: whoever asks at the same time waits for no more.
create function private.next_call(workspace uuid, filter jsonb, passed_over uuid[]) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  me uuid := auth.uid();
  settings public.calling_settings;
  open_now text[];
  clause text;
  chosen uuid;
  claim public.call_claims;
  zones record;
  opens timestamptz;
begin
  perform private.assert_member(workspace);
  settings := private.calling_settings(workspace);
  open_now := private.open_call_zones(workspace, settings.hours_start, settings.hours_end);
  -- what is held or promised for later is nobody's next, whatever the list shows
  clause := private.desk_where(workspace, filter - 'held' - 'open' || case when filter ->> 'follow_up' = 'any' then '{"follow_up": "due"}' else '{}' end::jsonb);
  if passed_over <> '{}' then
    delete from public.call_claims c where c.workspace_id = workspace and c.user_id = me and c.phone_id = any (passed_over);
  end if;
  loop
    -- who is about to take a number holds its row; who took it since this statement began is found out by the claim
    execute format($q$
      select d.phone_id from public.call_targets d where %s
         and d.zones <@ $1 and d.phone_id <> all ($2)
         and not exists (select 1 from public.call_claims c where c.workspace_id = $3 and c.phone_id = d.phone_id and c.expires_at > now() and c.user_id <> $4)
         and not exists (select 1 from public.calls k where k.workspace_id = $3 and k.phone_id = d.phone_id and k.started_at > now() - interval '24 hours'
                 and k.direction = 'out' and k.status <> 'failed' and (k.undone_at is null or k.decision is not null) order by k.started_at desc offset $5 limit 1)
       order by d.rule, d.rank, d.phone_id limit 1 for update of d skip locked $q$, clause)
    into chosen using open_now, passed_over, workspace, me, settings.calls_per_day - 1;
    exit when chosen is null;
    insert into public.call_claims as c (workspace_id, phone_id, user_id, expires_at) values (workspace, chosen, me, now() + interval '2 minutes')
    on conflict (workspace_id, phone_id) do update
      set user_id = excluded.user_id, expires_at = excluded.expires_at, claimed_at = now()
      where c.expires_at <= now() or c.user_id = excluded.user_id
    returning * into claim;
    if found then
      return (select jsonb_build_object('row', jsonb_build_object('id', p.id, 'e164', p.e164, 'claim', jsonb_build_object('user_id', me,
          'name', (select f.full_name from public.profiles f where f.user_id = me), 'expires_at', claim.expires_at)))
        from public.phones p where p.workspace_id = workspace and p.id = chosen);
    end if;
  end loop;
  for zones in execute format('select distinct d.zones as list from public.call_targets d where %s and not d.zones <@ $1 and d.phone_id <> all ($2) limit 100', clause)
    using open_now, passed_over
  loop
    opens := least(opens, private.next_opening(now(), zones.list, settings.hours_start, settings.hours_end));
  end loop;
  return jsonb_build_object('opens_at', opens);
end $$;

grant execute on function private.claim_phone(uuid, uuid, boolean), private.release_phone(uuid, uuid), private.next_call(uuid, jsonb, uuid[]) to authenticated;
create function public.claim_phone(workspace uuid, phone uuid, take_over boolean default false) returns jsonb
language sql set search_path = '' as $$ select private.claim_phone(workspace, phone, take_over) $$;
create function public.release_phone(workspace uuid, phone uuid) returns boolean
language sql set search_path = '' as $$ select private.release_phone(workspace, phone) $$;
create function public.next_call(workspace uuid, filter jsonb default '{}', passed_over uuid[] default '{}') returns jsonb
language sql set search_path = '' as $$ select private.next_call(workspace, filter, passed_over) $$;
grant execute on function public.claim_phone(uuid, uuid, boolean), public.release_phone(uuid, uuid), public.next_call(uuid, jsonb, uuid[]) to authenticated;
