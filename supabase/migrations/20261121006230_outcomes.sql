-- Why: what a call came to does all that follows from it at once: to the number, to whoever was reached, to their other numbers, to the
-- outreach that waits for them, and to the timeline; and all of it can be taken back.
-- Touches: functions record_outcome, undo_outcome, hold_by_hand, lift_hold (new); private.owner_numbers, put_holds.
-- Locks are taken in one order: the number, its call, people's outreach, holds, then the desk's rows.

-- The other numbers of an owner that a person is or speaks for: of everybody there, and of the owner's organization.
create function private.owner_numbers(workspace uuid, person uuid) returns setof uuid
language sql stable security definer set search_path = ''
as $$
  with parties as materialized (select s.id from private.stop_scope(workspace, person, 'owner') as s(id))
  select l.phone_id from parties y join public.person_phones l on l.workspace_id = workspace and l.person_id = y.id
  union
  select l.phone_id from (
      select o.organization_id from public.owners o where o.workspace_id = workspace and o.person_id = person
      union select o.organization_id from public.owner_contacts k join public.owners o on o.workspace_id = k.workspace_id and o.id = k.owner_id
             where k.workspace_id = workspace and k.person_id = person
      union select o.organization_id from public.person_organizations k join public.owners o on o.workspace_id = k.workspace_id and o.organization_id = k.organization_id
             where k.workspace_id = workspace and k.person_id = person) o
    join public.organization_phones l on l.workspace_id = workspace and l.organization_id = o.organization_id
$$;

-- Holds that a call puts on numbers, people or properties (the column names which).
create function private.put_holds(workspace uuid, call uuid, about text, ids uuid[], reason text, until timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if until <= now() then return; end if;
  execute format('insert into public.call_holds (workspace_id, %I, reason, until, call_id, created_by) select $1, x, $2, $3, $4, auth.uid() from unnest($5) x', about)
  using workspace, reason, until, call, ids;
end $$;

-- Keeps what a call came to: { call_id, outcome, reached, person_id, notes, email_captured, next_step_at, reason }. `call_id` is that of a call placed
-- from here, or one that the caller made up; the same twice is once. Answers { call, siblings, ringing: legs
-- of others' calls to a number that must not be called any more, for the provider to end }, or { holder } where somebody else has the number.
create function private.record_outcome(workspace uuid, phone uuid, given jsonb) returns json
language plpgsql security definer set search_path = ''
as $$
declare
  me uuid := auth.uid();
  is_admin boolean;
  result text := given ->> 'outcome';
  whom text := given ->> 'reached';
  next_step timestamptz := (given ->> 'next_step_at')::timestamptz;
  captured text := nullif(lower(btrim(given ->> 'email_captured')), '');
  settings public.calling_settings;
  number public.phones;
  call public.calls;
  claim record;
  behind uuid[];
  confirmed uuid;
  -- whom it was about: who was confirmed, else the only one behind the number
  known uuid;
  rested uuid[];
  places uuid[];
  siblings uuid[] := '{}';
  ringing text[] := '{}';
  changed jsonb := '{}';
  subject record;
  entry uuid;
  entries uuid[] := '{}';
  linked uuid;
  stopped integer;
begin
  perform private.assert_member(workspace);
  -- a hold on a sibling refers to its row: two who note outcomes of one owner's numbers must not wait for each other
  select * into number from public.phones p where p.workspace_id = workspace and p.id = phone for no key update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  select * into call from public.calls c where c.workspace_id = workspace and c.id = (given ->> 'call_id')::uuid for no key update;
  if call.phone_id <> phone or call.id is null and exists (select 1 from public.calls c where c.id = (given ->> 'call_id')::uuid) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  is_admin := exists (select 1 from public.workspace_members m where m.workspace_id = workspace and m.user_id = me and m.role in ('owner', 'admin'));
  if call.direction = 'out' and call.user_id <> me and not is_admin then
    raise exception 'Only who made a call, or an admin, can say what it came to' using errcode = 'PT403';
  end if;
  if call.outcome is not null and call.undone_at is null then
    if call.outcome <> result then raise exception 'This call has an outcome already. Take that back first.' using errcode = 'PT409'; end if;
    return json_build_object('call', private.desk_calls(workspace, array[call.id]) -> 0, 'siblings', coalesce((call.effects ->> 'siblings')::integer, 0));
  end if;

  select c.user_id, c.expires_at, f.full_name into claim from public.call_claims c left join public.profiles f on f.user_id = c.user_id
   where c.workspace_id = workspace and c.phone_id = phone and c.expires_at > now();
  if claim.user_id is distinct from me and not is_admin then
    if claim.user_id is null then raise exception 'Claim this number first' using errcode = 'PT403'; end if;
    return json_build_object('holder', json_build_object('user_id', claim.user_id, 'name', claim.full_name, 'expires_at', claim.expires_at));
  end if;

  settings := private.calling_settings(workspace);
  behind := array(select l.person_id from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
    where l.workspace_id = workspace and l.phone_id = phone order by l.is_primary desc, l.created_at, l.id);
  if given ->> 'person_id' is not null then
    perform 1 from public.people h where h.workspace_id = workspace and h.id = (given ->> 'person_id')::uuid and h.deleted_at is null;
    if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  end if;
  if whom = 'confirmed' then confirmed := (given ->> 'person_id')::uuid; end if;
  known := coalesce(confirmed, case when cardinality(behind) = 1 and whom is null then behind[1] end);

  -- what follows is one change of the desk, made at its end
  perform set_config('app.outcome_id', coalesce(call.id, phone)::text, true);
  if call.id is null then
    insert into public.calls (id, workspace_id, phone_id, user_id, started_at)
    values (coalesce((given ->> 'call_id')::uuid, gen_random_uuid()), workspace, phone, me, now()) returning * into call;
  end if;

  -- the number, for all who share it
  if result = 'invalid_number' and number.status <> 'invalid' then
    changed := changed || jsonb_build_object('phone', jsonb_build_object('status', number.status));
  elsif result = 'do_not_call' then
    changed := changed || jsonb_build_object('phone', jsonb_strip_nulls(jsonb_build_object('do_not_call', case when number.do_not_call then null else false end,
      'sms_opted_out', case when number.sms_opted_out_at is null then false end,
      'at', case when not number.do_not_call or number.sms_opted_out_at is null then now() end)));
  end if;
  update public.phones p
     set call_count = p.call_count + 1, last_called_at = call.started_at,
         status = case when result = 'invalid_number' then 'invalid' else p.status end,
         do_not_call = p.do_not_call or result = 'do_not_call',
         do_not_call_at = case when result = 'do_not_call' and not p.do_not_call then now() else p.do_not_call_at end,
         do_not_call_reason = case when result = 'do_not_call' and not p.do_not_call then coalesce(nullif(given ->> 'reason', ''), 'Asked for it on a call') else p.do_not_call_reason end,
         do_not_call_by = case when result = 'do_not_call' and not p.do_not_call then me else p.do_not_call_by end,
         sms_opted_out_at = case when result = 'do_not_call' then coalesce(p.sms_opted_out_at, now()) else p.sms_opted_out_at end,
         sms_opt_out_source = case when result = 'do_not_call' and p.sms_opted_out_at is null then 'do_not_call' else p.sms_opt_out_source end
   where p.workspace_id = workspace and p.id = phone;

  -- outreach that waits for whoever was spoken to
  if known is not null and result in ('answered', 'follow_up', 'pending_signup', 'closed', 'rejected') then
    stopped := private.stop_outreach(workspace, known, settings.stop_scope, 'answered');
    perform private.stop_texts(workspace, known, settings.stop_scope, 'answered');
    if stopped > 0 then changed := changed || jsonb_build_object('campaigns', stopped); end if;
  end if;

  -- rests and holds
  if result not in ('invalid_number', 'do_not_call') then
    perform private.put_holds(workspace, call.id, 'phone_id', array[phone], 'called', least(now() + make_interval(mins => settings.lockout_number_minutes), next_step));
  end if;
  rested := case when result = 'left_vm' then behind when result in ('answered', 'follow_up', 'closed', 'rejected', 'pending_signup') and known is not null then array[known] else '{}' end;
  if rested <> '{}' then
    places := array(
      select l.property_id from public.property_people l where l.workspace_id = workspace and l.person_id = any (rested)
      union select b.id from public.owners o join public.properties b on b.workspace_id = o.workspace_id and b.owner_id = o.id
             where o.workspace_id = workspace and o.person_id = any (rested) and o.deleted_at is null);
    perform private.put_holds(workspace, call.id, 'person_id', rested, 'person_called', now() + make_interval(mins => settings.lockout_person_minutes));
    perform private.put_holds(workspace, call.id, 'property_id', places, 'property_called', now() + make_interval(mins => settings.lockout_person_minutes));
  end if;
  if result in ('closed', 'rejected') then
    perform private.put_holds(workspace, call.id, case when confirmed is null then 'phone_id' else 'person_id' end, array[coalesce(confirmed, phone)], result, null);
  end if;
  if whom = 'wrong_person' and cardinality(behind) = 1 then
    perform private.put_holds(workspace, call.id, 'phone_id', array[phone], 'wrong_person', null);
  end if;
  if confirmed is not null then
    siblings := array(
      select p.id from private.owner_numbers(workspace, confirmed) n(id)
        join public.phones p on p.workspace_id = workspace and p.id = n.id and p.status = 'active' and not p.do_not_call
       where p.id <> phone order by p.id);
    perform private.put_holds(workspace, call.id, 'phone_id', siblings, 'owner_confirmed', null);
    changed := changed || jsonb_build_object('siblings', cardinality(siblings));
  end if;

  -- an address that was told belongs to whom it is of; where nobody is known it stays with the call
  if captured is not null and known is not null then
    insert into public.emails (workspace_id, address) values (workspace, captured) on conflict (workspace_id, address) do nothing;
    insert into public.person_emails (workspace_id, person_id, email_id, is_primary, source)
    select workspace, known, e.id, not exists (select 1 from public.person_emails k where k.workspace_id = workspace and k.person_id = known and k.is_primary), 'call'
      from public.emails e where e.workspace_id = workspace and e.address = captured
    on conflict (workspace_id, person_id, email_id) do nothing returning id into linked;
    if linked is not null then changed := changed || jsonb_build_object('person_email', linked); end if;
  end if;

  -- a call that came in was told already, of everybody it may have been: its outcome stands in one place
  if call.direction = 'in' then
    delete from public.activities a where a.workspace_id = workspace and a.phone_id = phone and a.kind = 'call' and a.details ->> 'call_id' = call.id::text;
  end if;
  -- the timeline: whom it was about; where that isn't known everybody it may have been; a number without people its organization, else its property
  for subject in
    select p.id as person, null::uuid as organization, null::uuid as property, known is null and cardinality(behind) > 1 as is_shared, p.n
      from unnest(case when known is not null then array[known] else behind end) with ordinality p(id, n)
    union all
    (select null, l.organization_id, null, false, 1 from public.organization_phones l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
      where known is null and behind = '{}' and l.workspace_id = workspace and l.phone_id = phone order by l.is_primary desc, l.created_at limit 1)
    union all
    (select null, null, l.property_id, false, 2 from public.property_phones l join public.properties b on b.workspace_id = l.workspace_id and b.id = l.property_id and b.deleted_at is null
      where known is null and behind = '{}' and l.workspace_id = workspace and l.phone_id = phone order by l.is_primary desc, l.created_at limit 1)
    order by n
  loop
    exit when entries <> '{}' and subject.person is null;
    insert into public.activities (workspace_id, kind, channel, direction, subject, occurred_at, body, outcome, next_step_at, performed_by, phone_id, person_id, organization_id, owner_id, property_id, details)
    values (workspace, 'call', 'call', call.direction, case when call.direction = 'in' then 'Incoming call' end, case when call.direction = 'in' then call.started_at else now() end, nullif(btrim(given ->> 'notes'), ''), result,
      -- one reminder, whoever it may have been
      case when entries = '{}' then next_step end, me, phone, subject.person, subject.organization,
      case when subject.person is not null then private.owner_of_person(workspace, subject.person)
           when subject.organization is not null then (select o.id from public.owners o where o.workspace_id = workspace and o.organization_id = subject.organization and o.deleted_at is null)
      end, subject.property,
      jsonb_strip_nulls(jsonb_build_object('call_id', call.id, 'duration_seconds', call.duration_seconds, 'recording', call.recording_sid is not null, 'reached', whom,
        'shared', case when subject.is_shared then true end)))
    returning id into entry;
    entries := entries || entry;
  end loop;
  changed := changed || jsonb_build_object('activities', to_jsonb(entries));

  update public.calls c
     set outcome = result, outcome_at = now(), reached = whom, person_id = coalesce((given ->> 'person_id')::uuid, known), notes = coalesce(given ->> 'notes', ''),
         email_captured = captured, next_step_at = next_step, user_id = coalesce(c.user_id, me), effects = changed, activity_id = entries[1], undone_at = null
   where c.workspace_id = workspace and c.id = call.id;
  -- somebody else's claim goes only where nobody may call the number any more
  delete from public.call_claims c
   where c.workspace_id = workspace and c.phone_id = phone and (c.user_id = me or result in ('invalid_number', 'do_not_call'));
  if result = 'do_not_call' then
    with ended as (
      update public.calls c set status = 'canceled', status_rank = 6, ended_at = now(), error = 'Whoever is called asked not to be.'
       where c.workspace_id = workspace and c.phone_id = phone and c.id <> call.id and c.direction = 'out' and c.status_rank between 1 and 4
      returning c.provider_sid)
    select coalesce(array_agg(e.provider_sid) filter (where e.provider_sid is not null), '{}') into ringing from ended e;
  end if;
  perform private.refresh_call_targets(workspace, array(select distinct n from unnest(
    array[phone] || siblings || private.numbers_of(workspace, rested || array_remove(array[confirmed], null), '{}', coalesce(places, '{}'))) n order by n));
  perform set_config('app.outcome_id', '', true);
  return json_build_object('call', private.desk_calls(workspace, array[call.id]) -> 0, 'siblings', cardinality(siblings), 'ringing', ringing);
end $$;

-- Takes an outcome back: within the hour by whoever noted it, or by an admin. What went out stays, and is said: { call, stays }.
create function private.undo_outcome(workspace uuid, call uuid) returns json
language plpgsql security definer set search_path = ''
as $$
declare
  phone uuid;
  was public.calls;
  before jsonb;
  heir uuid;
  is_own_mark boolean;
  is_own_stop boolean;
  entries uuid[];
  people uuid[];
  places uuid[];
  numbers uuid[];
  stays jsonb := '[]';
  mail text;
begin
  perform private.assert_member(workspace);
  select c.phone_id into phone from public.calls c where c.workspace_id = workspace and c.id = call;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  perform 1 from public.phones p where p.workspace_id = workspace and p.id = phone for no key update;
  select * into was from public.calls c where c.workspace_id = workspace and c.id = call for no key update;
  if was.outcome is null then raise exception 'This call has no outcome to take back' using errcode = 'PT409'; end if;
  if was.undone_at is not null then return json_build_object('call', private.desk_calls(workspace, array[call]) -> 0, 'stays', stays); end if;
  if not exists (select 1 from public.workspace_members m where m.workspace_id = workspace and m.user_id = auth.uid() and m.role in ('owner', 'admin')) then
    if was.user_id is distinct from auth.uid() then raise exception 'Only who noted an outcome, or an admin, can take it back' using errcode = 'PT403'; end if;
    if was.outcome_at <= now() - interval '1 hour' then raise exception 'An outcome can be taken back for an hour; an admin can later' using errcode = 'PT403'; end if;
  end if;

  perform set_config('app.outcome_id', call::text, true);
  before := coalesce(was.effects -> 'phone', '{}');
  -- what a later outcome says too stays, and is that one's to take back
  select c.id into heir from public.calls c
   where c.workspace_id = workspace and c.phone_id = phone and c.outcome = was.outcome and c.undone_at is null and c.id <> call and c.outcome_at >= was.outcome_at
   order by c.outcome_at, c.id limit 1;
  if heir is not null and before <> '{}' then
    update public.calls c set effects = c.effects || jsonb_build_object('phone', before || coalesce(c.effects -> 'phone', '{}')) where c.id = heir;
    before := '{}';
  end if;
  -- nor is a mark that a person has set since its to lift
  select coalesce(p.do_not_call_at = (before ->> 'at')::timestamptz, false),
         coalesce(before ? 'sms_opted_out' and p.sms_opt_out_source = 'do_not_call' and p.sms_opted_out_at = (before ->> 'at')::timestamptz, false)
    into is_own_mark, is_own_stop from public.phones p where p.workspace_id = workspace and p.id = phone;
  update public.phones p
     set call_count = greatest(p.call_count - 1, 0),
         last_called_at = (select max(c.started_at) from public.calls c where c.workspace_id = workspace and c.phone_id = phone and c.outcome is not null and c.undone_at is null and c.id <> call),
         status = case when p.status = 'invalid' then coalesce(before ->> 'status', p.status) else p.status end,
         do_not_call = p.do_not_call and not (is_own_mark and before ? 'do_not_call'),
         do_not_call_at = case when is_own_mark and before ? 'do_not_call' then null else p.do_not_call_at end,
         do_not_call_reason = case when is_own_mark and before ? 'do_not_call' then null else p.do_not_call_reason end,
         do_not_call_by = case when is_own_mark and before ? 'do_not_call' then null else p.do_not_call_by end,
         -- STOP that came meanwhile stays
         sms_opted_out_at = case when is_own_stop then null else p.sms_opted_out_at end,
         sms_opt_out_source = case when is_own_stop then null else p.sms_opt_out_source end
   where p.workspace_id = workspace and p.id = phone;

  with lifted as (
    update public.call_holds h set lifted_at = now(), lifted_by = auth.uid()
     where h.workspace_id = workspace and h.call_id = call and h.lifted_at is null returning h.phone_id, h.person_id, h.property_id)
  select coalesce(array_agg(l.phone_id) filter (where l.phone_id is not null), '{}'), coalesce(array_agg(l.person_id) filter (where l.person_id is not null), '{}'),
         coalesce(array_agg(l.property_id) filter (where l.property_id is not null), '{}') into numbers, people, places from lifted l;

  entries := array(select (x #>> '{}')::uuid from jsonb_array_elements(coalesce(was.effects -> 'activities', '[]')) x);
  -- steps that this call closed are open again, unless what came after it would have closed them
  update public.activities a set next_step_closed_by = (
      select l.id from public.activities l
       where l.workspace_id = workspace and l.created_at > was.outcome_at and l.id <> all (entries) and l.kind in ('call', 'email', 'sms', 'in_app', 'dm', 'linkedin', 'meeting', 'visit')
         and (l.campaign_id is null or l.direction = 'in') and not l.details ? 'followup_of' and not l.details ? 'undone'
         and (l.owner_id = a.owner_id or l.owner_id is null and l.person_id = a.person_id
           or coalesce(l.owner_id, l.person_id) is null and l.organization_id = a.organization_id
           or coalesce(l.owner_id, l.person_id, l.organization_id) is null and l.property_id = a.property_id)
       order by l.created_at, l.id limit 1)
   where a.workspace_id = workspace and a.next_step_closed_by = any (entries);
  update public.activities a set outcome = null, next_step_at = null, details = a.details || jsonb_build_object('undone', true, 'outcome_was', a.outcome)
   where a.workspace_id = workspace and a.id = any (entries);
  -- a call that came in is told as it was before; one that goes on, when it ends
  if was.direction = 'in' then
    delete from public.activities a where a.workspace_id = workspace and a.id = any (entries);
    if was.ended_at is not null then perform private.tell_inbound_calls(array[call]); end if;
  end if;
  if was.effects ? 'person_email' then
    select c.id into heir from public.calls c
     where c.workspace_id = workspace and c.person_id = was.person_id and c.email_captured = was.email_captured and c.undone_at is null and c.id <> call
       and c.outcome_at >= was.outcome_at order by c.outcome_at, c.id limit 1;
    if heir is null then
      delete from public.person_emails k where k.workspace_id = workspace and k.id = (was.effects ->> 'person_email')::uuid;
    else
      update public.calls c set effects = c.effects || jsonb_build_object('person_email', was.effects -> 'person_email') where c.id = heir;
    end if;
  end if;

  -- the mail that follows goes with it where it hasn't gone: a trigger of calls
  update public.calls c set undone_at = now() where c.workspace_id = workspace and c.id = call;
  select q.status into mail from public.email_queue q where q.workspace_id = workspace and q.id = was.followup_email_id;
  if mail in ('sending', 'sent', 'unknown') then stays := stays || '"The follow-up e-mail has gone out."'::jsonb; end if;
  if was.effects ? 'campaigns' then stays := stays || '"Campaigns that were ended for them stay ended."'::jsonb; end if;
  if was.outcome = 'do_not_call' then stays := stays || '"Texts that were cancelled stay cancelled."'::jsonb; end if;
  perform private.refresh_call_targets(workspace, array(select distinct n from unnest(array[phone] || numbers || private.numbers_of(workspace, people, '{}', places)) n order by n));
  perform set_config('app.outcome_id', '', true);
  return json_build_object('call', private.desk_calls(workspace, array[call]) -> 0, 'stays', stays);
end $$;

-- Sets a number aside, until a time or until somebody brings it back. Answers the hold's id.
create function private.hold_by_hand(workspace uuid, phone uuid, until timestamptz) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare made uuid;
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.phones p where p.workspace_id = workspace and p.id = phone) then raise exception 'Not found' using errcode = 'PT404'; end if;
  insert into public.call_holds (workspace_id, phone_id, reason, until, created_by) values (workspace, phone, 'by_hand', until, auth.uid()) returning id into made;
  return made;
end $$;

-- Lifts a hold, whatever put it there, and with it those that say the same of the same: each call has its own. Once is enough.
create function private.lift_hold(workspace uuid, hold uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare one public.call_holds;
begin
  perform private.assert_member(workspace);
  select * into one from public.call_holds h where h.workspace_id = workspace and h.id = hold;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if one.lifted_at is not null then return; end if;
  update public.call_holds h set lifted_at = now(), lifted_by = auth.uid()
   where h.workspace_id = workspace and h.lifted_at is null and h.reason = one.reason
     and (h.phone_id = one.phone_id or h.person_id = one.person_id or h.property_id = one.property_id);
end $$;

grant execute on function private.record_outcome(uuid, uuid, jsonb), private.undo_outcome(uuid, uuid), private.hold_by_hand(uuid, uuid, timestamptz), private.lift_hold(uuid, uuid) to authenticated;
create function public.record_outcome(workspace uuid, phone uuid, given jsonb) returns json
language sql set search_path = '' as $$ select private.record_outcome(workspace, phone, given) $$;
create function public.undo_outcome(workspace uuid, call uuid) returns json
language sql set search_path = '' as $$ select private.undo_outcome(workspace, call) $$;
create function public.hold_by_hand(workspace uuid, phone uuid, until timestamptz default null) returns uuid
language sql set search_path = '' as $$ select private.hold_by_hand(workspace, phone, until) $$;
create function public.lift_hold(workspace uuid, hold uuid) returns void
language sql set search_path = '' as $$ select private.lift_hold(workspace, hold) $$;
grant execute on function public.record_outcome(uuid, uuid, jsonb), public.undo_outcome(uuid, uuid), public.hold_by_hand(uuid, uuid, timestamptz), public.lift_hold(uuid, uuid) to authenticated;
