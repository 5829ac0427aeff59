-- Why: a call is placed once, whoever clicks how often, and what the provider tells of it leads to the same end in whatever order it
-- comes and however often; who calls us is put through, or leaves a message, and shows where it belongs.
-- Touches: calls (the state `unknown`, an index); functions dial_facts, begin_call, finish_dial, get_call, cancel_call for members;
-- bridge_facts, note_call_events, begin_inbound_call, read_stale_calls for machines.

-- unknown: it was asked for and no answer came; only its callbacks tell
alter table public.calls drop constraint calls_status_check, add constraint calls_status_check check (status in
  ('logged', 'dialling', 'unknown', 'queued', 'initiated', 'ringing', 'in_progress', 'completed', 'busy', 'no_answer', 'failed', 'canceled'));
create index calls_live_idx on public.calls (user_id, started_at) where status in ('dialling', 'unknown', 'queued', 'initiated', 'ringing', 'in_progress');

-- How far a state is. Ends count by who tells of them: 6 our own leg, 7 what the dial came to, 8 the leg that leads to them.
create function private.call_rank(status text, is_theirs boolean, is_dial boolean default false) returns smallint
language sql immutable set search_path = ''
as $$
  select (case status when 'logged' then 0 when 'dialling' then 1 when 'unknown' then 1 when 'queued' then 2 when 'initiated' then 3 when 'ringing' then 4
    when 'in_progress' then 5 else case when is_dial then 7 when is_theirs then 8 else 6 end end)::smallint
$$;

-- Whether a caller is still on that call: one that was asked for and never heard of again doesn't keep them from the next.
create function private.is_live(c public.calls) returns boolean
language sql stable set search_path = ''
as $$
  select c.status in ('dialling', 'unknown', 'queued') and c.started_at > now() - interval '2 minutes'
      or c.status in ('initiated', 'ringing', 'in_progress') and c.started_at > now() - interval '4 hours'
$$;

create function private.shown_call(c public.calls) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', c.id, 'phone_id', c.phone_id, 'e164', (select p.e164 from public.phones p where p.workspace_id = c.workspace_id and p.id = c.phone_id),
    'direction', c.direction, 'via', c.via, 'status', c.status, 'is_live', private.is_live(c), 'error', c.error, 'started_at', c.started_at,
    'answered_at', c.answered_at, 'ended_at', c.ended_at, 'duration_seconds', c.duration_seconds, 'is_voicemail', c.is_voicemail,
    'has_recording', c.recording_sid is not null, 'recording_seconds', c.recording_seconds, 'outcome', c.outcome, 'decision', c.decision,
    'number', (select jsonb_build_object('id', n.id, 'e164', n.e164, 'label', n.label) from public.phone_numbers n where n.workspace_id = c.workspace_id and n.id = c.phone_number_id),
    'by', (select jsonb_build_object('id', f.user_id, 'name', f.full_name) from public.profiles f where f.user_id = c.user_id))
$$;

-- What a dial is decided on: { phone: as phone_facts, number: ours that it goes from, caller_phone, is_admin, live: the caller's call that is on }.
create function private.dial_facts(workspace uuid, phone uuid, own_number uuid default null) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare facts jsonb; number jsonb;
begin
  perform private.assert_member(workspace);
  facts := private.phone_facts(workspace, array[phone], auth.uid()) -> phone::text;
  if facts is null then raise exception 'Not found' using errcode = 'PT404'; end if;
  select jsonb_build_object('id', n.id, 'e164', n.e164, 'status', n.status, 'breaker', n.breaker, 'is_archived', n.archived_at is not null) into number
    from public.phone_numbers n
   where n.workspace_id = workspace and 'voice' = any (n.features)
     and case when own_number is null then n.archived_at is null and n.status = 'active' else n.id = own_number end
   -- the caller's own number, then the default
   order by (n.assigned_to = auth.uid()) desc nulls last, n.is_default_sender desc, n.created_at, n.id limit 1;
  if own_number is not null and number is null then raise exception 'Not found' using errcode = 'PT404'; end if;
  return jsonb_build_object('phone', facts, 'number', number,
    'caller_phone', (select f.phone_e164 from public.profiles f where f.user_id = auth.uid()),
    'is_admin', exists (select 1 from private.my_workspace_ids('admin') w where w = workspace),
    'live', (select private.shown_call(c) from public.calls c
              where c.user_id = auth.uid() and c.direction = 'out' and private.is_live(c) and c.workspace_id = workspace order by c.started_at desc limit 1));
end $$;

-- The call's row, committed before anything is dialled. The claim is held while it is written; of two clicks one is first, and the
-- other is told of the call that is on (PT409).
create function private.begin_call(workspace uuid, phone uuid, own_number uuid, via text, decision jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare made public.calls; live public.calls;
begin
  perform private.assert_member(workspace);
  perform 1 from public.profiles f where f.user_id = auth.uid() for no key update;
  perform 1 from public.call_claims k
    where k.workspace_id = workspace and k.phone_id = phone and k.user_id = auth.uid() and k.expires_at > now() for share;
  if not found then raise exception 'Claim this number first' using errcode = 'PT403'; end if;
  if via <> 'manual' then
    select * into live from public.calls c where c.user_id = auth.uid() and c.direction = 'out' and c.via <> 'manual' and private.is_live(c) limit 1;
    if found then raise exception 'You are on a call already' using errcode = 'PT409'; end if;
  end if;
  insert into public.calls (workspace_id, phone_id, phone_number_id, direction, via, user_id, status, status_rank, decision)
  values (workspace, phone, own_number, 'out', via, auth.uid(), case via when 'manual' then 'logged' else 'dialling' end,
          case via when 'manual' then 0 else 1 end, decision)
  returning * into made;
  return private.shown_call(made);
end $$;

-- What the provider answered to the dial. Its callbacks may have been here before.
create function private.finish_dial(workspace uuid, call uuid, sid text, state text, problem text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare done public.calls;
begin
  perform private.assert_member(workspace);
  if state not in ('queued', 'unknown', 'failed') then raise exception 'Not a state' using errcode = 'PT400'; end if;
  update public.calls c set
      provider_sid = coalesce(c.provider_sid, sid),
      status = case when c.status_rank <= 1 then state else c.status end,
      status_rank = case when c.status_rank <= 1 then private.call_rank(state, false) else c.status_rank end,
      error = case when c.status_rank <= 1 then left(problem, 2000) else c.error end,
      ended_at = case when state = 'failed' and c.status_rank <= 1 then now() else c.ended_at end
   where c.workspace_id = workspace and c.id = call and c.user_id = auth.uid() and c.direction = 'out' and c.via <> 'manual'
  returning * into done;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  return private.shown_call(done);
end $$;

create function private.get_call(workspace uuid, call uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare found_call public.calls;
begin
  perform private.assert_member(workspace);
  select * into found_call from public.calls c where c.workspace_id = workspace and c.id = call;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  return private.shown_call(found_call);
end $$;

-- Ends a call on our side: whoever called, or an admin. Answers the leg that the provider is to end, null where it is over; one that isn't known yet is
-- turned down when it asks for the bridge.
create function private.cancel_call(workspace uuid, call uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare found_call public.calls; was_over boolean;
begin
  perform private.assert_member(workspace);
  select * into found_call from public.calls c where c.workspace_id = workspace and c.id = call for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if found_call.user_id is distinct from auth.uid() then perform private.assert_member(workspace, 'admin'); end if;
  was_over := found_call.status_rank >= 6 or found_call.via = 'manual';
  if found_call.status_rank < 5 and found_call.via <> 'manual' then
    update public.calls c set status = 'canceled', status_rank = 6, ended_at = now() where c.id = call returning * into found_call;
  end if;
  return jsonb_build_object('call', private.shown_call(found_call),
    'sid', case when was_over then null when found_call.direction = 'out' then found_call.provider_sid else coalesce(found_call.child_sid, found_call.provider_sid) end);
end $$;

-- For the bridge, when the caller has picked up: { call, phone: facts without this call, number, is_recording, is_overridden } or null.
create function public.bridge_facts(call uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', c.id, 'workspace_id', c.workspace_id, 'user_id', c.user_id, 'status_rank', c.status_rank, 'provider_sid', c.provider_sid,
    -- an admin's to say, whatever stands on the call
    'is_overridden', coalesce(c.decision ? 'overridden', false) and exists (
      select 1 from public.workspace_members m where m.workspace_id = c.workspace_id and m.user_id = c.user_id and m.role in ('owner', 'admin')), 'is_recording', coalesce(s.is_recording, false),
    'number', case when n.id is not null then jsonb_build_object('e164', n.e164, 'status', n.status, 'breaker', n.breaker, 'is_archived', n.archived_at is not null) end,
    'phone', jsonb_set(f.facts, '{calls,count}', to_jsonb(greatest((f.facts #>> '{calls,count}')::integer - 1, 0))))
    from public.calls c
    left join public.calling_settings s on s.workspace_id = c.workspace_id
    left join public.phone_numbers n on n.workspace_id = c.workspace_id and n.id = c.phone_number_id
   cross join lateral (select private.phone_facts(c.workspace_id, array[c.phone_id], c.user_id) -> c.phone_id::text as facts) f
   where c.id = call and c.direction = 'out' and c.via <> 'manual'
$$;

-- What the bridge came to: it dials on, or says why not.
create function public.note_bridge(call uuid, sid text, decision jsonb, problem text) returns void
language sql set search_path = ''
as $$
  update public.calls c set
      provider_sid = coalesce(c.provider_sid, sid),
      decision = note_bridge.decision,
      status = case when problem is not null and c.status_rank < 6 then 'canceled' else c.status end,
      error = coalesce(left(problem, 2000), c.error),
      ended_at = case when problem is not null and c.status_rank < 6 then now() else c.ended_at end,
      status_rank = case when problem is not null and c.status_rank < 6 then 6 else c.status_rank end
   where c.id = call
$$;

-- Keeps what the provider tells of calls, and moves each call forward: [{ event_id, type, payload, call_id, sid, leg: ours | theirs | dial,
-- status, at, duration, problem, recording_sid, recording_seconds, is_voicemail }]; of a dial, `sid` is the leg that it made. Known events do nothing; those of no call of ours are kept with
-- their error. Times and ends come from the leg that knows best, so that every order ends the same. Answers [{ event_id, error }].
create function public.note_call_events(events jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare answer jsonb; touched uuid[];
begin
  with given as materialized (
    select distinct on (e.event_id) e.*, c.id as found_id
      from jsonb_to_recordset(events) as e (event_id text, type text, payload jsonb, call_id uuid, sid text, leg text, status text, at timestamptz,
             duration integer, recording_sid text, recording_seconds integer, is_voicemail boolean, problem text)
      left join public.calls c on c.id = coalesce(e.call_id, (select k.id from public.calls k where k.provider_sid = e.sid or k.child_sid = e.sid limit 1))
     order by e.event_id
  ), fresh as materialized (
    insert into public.provider_events as kept (provider, event_id, type, payload, handled_at, error)
    select 'twilio', g.event_id, g.type, g.payload, now(), case when g.found_id is null then 'No call of ours' end from given g order by g.event_id
    on conflict (provider, event_id) do nothing
    returning kept.event_id
  ), told as materialized (
    select g.*, private.call_rank(g.status, g.leg = 'theirs', g.leg = 'dial') as rank, c.direction
      from given g join fresh f on f.event_id = g.event_id join public.calls c on c.id = g.found_id
  ), best as (
    select distinct on (t.found_id) t.found_id, t.status, t.rank, t.at, t.duration, t.problem from told t
     where t.status is not null
       -- our own leg is on its way to theirs: of it only the end counts
       and case when t.direction = 'out' then t.leg <> 'ours' or t.rank >= 6 or t.status = 'queued' else t.leg = 'theirs' or t.status = 'in_progress' or t.leg = 'dial' and t.status = 'completed' end
     order by t.found_id, t.rank desc, t.at desc nulls last, t.event_id
  ), sums as (
    select t.found_id, t.direction,
           max(t.sid) filter (where t.leg = case t.direction when 'out' then 'ours' else 'theirs' end) as provider_sid,
           max(t.sid) filter (where t.leg in ('dial', case t.direction when 'out' then 'theirs' else 'ours' end)) as child_sid,
           min(t.at) filter (where t.status = 'in_progress' and t.leg = case t.direction when 'out' then 'theirs' else 'ours' end) as answered_at,
           -- how long they talked, by who knows: of a call to us the leg that we picked up
           max(t.duration) filter (where t.rank >= 6 and t.direction = 'in' and t.leg in ('ours', 'dial') and t.status = 'completed') as talked,
           max(t.recording_sid) as recording_sid, max(t.recording_seconds) as recording_seconds, bool_or(t.is_voicemail) as is_voicemail
      from told t group by t.found_id, t.direction
  ), locked as materialized (
    select c.id from public.calls c join sums s on s.found_id = c.id order by c.id for no key update of c
  ), changed as (
    update public.calls c set
        provider_sid = coalesce(c.provider_sid, s.provider_sid), child_sid = coalesce(c.child_sid, s.child_sid),
        status = case when b.rank > c.status_rank then b.status else c.status end,
        status_rank = greatest(c.status_rank, b.rank),
        answered_at = coalesce(s.answered_at, c.answered_at),
        ended_at = case when b.rank >= 6 and b.rank > c.status_rank then coalesce(b.at, now()) else c.ended_at end,
        duration_seconds = case when s.talked is not null then s.talked
                                when b.rank >= 6 and b.rank > c.status_rank and (c.direction = 'out' or c.duration_seconds is null) then b.duration
                                else c.duration_seconds end,
        error = case when b.rank > c.status_rank then left(b.problem, 2000) else c.error end,
        recording_sid = coalesce(s.recording_sid, c.recording_sid), recording_seconds = coalesce(s.recording_seconds, c.recording_seconds),
        is_voicemail = c.is_voicemail or coalesce(s.is_voicemail, false)
      from locked l join sums s on s.found_id = l.id left join best b on b.found_id = l.id
     where c.id = l.id
    returning c.id, c.direction, c.status_rank
  )
  select (select coalesce(jsonb_agg(jsonb_build_object('event_id', g.event_id, 'error', case when g.found_id is null then 'No call of ours' end)), '[]') from given g),
         (select array_agg(x.id order by x.id) from changed x where x.direction = 'in' and x.status_rank >= 6)
    into answer, touched;
  if touched is not null then perform private.tell_inbound_calls(touched); end if;
  return answer;
end $$;

-- Calls whose end the provider should have told by now, the oldest first, to be asked about: [{ id, direction, sid, is_lost }]; lost is what it
-- has had an hour for, of a call that was picked up a day.
create function public.read_stale_calls(wanted integer default 50) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'direction', x.direction, 'sid', x.provider_sid,
    'is_lost', x.started_at < now() - case x.status when 'in_progress' then interval '24 hours' else interval '1 hour' end) order by x.started_at, x.id), '[]')
    from (select c.* from public.calls c
           where c.status in ('dialling', 'unknown', 'queued', 'initiated', 'ringing', 'in_progress')
             and c.started_at < now() - case c.status when 'in_progress' then interval '4 hours' else interval '10 minutes' end
           order by c.started_at, c.id limit wanted) x
$$;

-- Numbers that stand for a caller who doesn't say who they are are no number of anybody: such a call is in the log alone.
-- Answers { call_id, greeting, voicemail_greeting, ring: { user_id, e164 }, is_recording }, or null where the number isn't ours.
-- The same call again is the same row.
create function public.begin_inbound_call(sid text, from_e164 text, to_e164 text) returns jsonb
language plpgsql set search_path = ''
as $$
declare own public.phone_numbers; theirs uuid; made uuid; candidate uuid; ring_user uuid; settings public.calling_settings;
begin
  select * into own from public.phone_numbers n where n.e164 = to_e164 and n.archived_at is null;
  if not found then return null; end if;
  if from_e164 is not null then
    insert into public.phones (workspace_id, e164) values (own.workspace_id, from_e164) on conflict (workspace_id, e164) do nothing;
    select p.id into theirs from public.phones p where p.workspace_id = own.workspace_id and p.e164 = from_e164;
    -- the only one who is behind it
    select (array_agg(h.assigned_to))[1] into candidate from public.person_phones l
      join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
     where l.workspace_id = own.workspace_id and l.phone_id = theirs
    having count(*) = 1;
  end if;
  ring_user := coalesce(own.assigned_to, candidate);
  if theirs is not null then
    insert into public.calls (workspace_id, phone_id, phone_number_id, direction, via, user_id, provider_sid, status, status_rank)
    values (own.workspace_id, theirs, own.id, 'in', 'phone', ring_user, sid, 'ringing', 4)
    on conflict (provider_sid) do nothing;
    select c.id, c.user_id into made, ring_user from public.calls c where c.provider_sid = sid and c.workspace_id = own.workspace_id;
  end if;
  settings := private.calling_settings(own.workspace_id);
  return jsonb_build_object('call_id', made, 'workspace_id', own.workspace_id, 'greeting', settings.greeting, 'voicemail_greeting', settings.voicemail_greeting,
    'is_recording', settings.is_recording,
    'ring', (select jsonb_build_object('user_id', f.user_id, 'e164', f.phone_e164) from public.profiles f where f.user_id = ring_user and f.phone_e164 is not null));
end $$;

-- What an inbound call that is over left behind: told on the timeline of whoever may have called, and to whom it concerns. Somebody
-- whom nobody knows becomes a lead where they were spoken to or left a message. Telling twice changes what was told.
create function private.tell_inbound_calls(ids uuid[]) returns void
language plpgsql security definer set search_path = ''
as $$
declare c public.calls; lead uuid; what text; people integer; whom text; first_activity uuid;
begin
  for c in select * from public.calls k where k.id = any (ids) order by k.id for update loop
    -- an end without anybody who picked up is a missed call, whatever the provider calls it
    update public.calls k set status = case when k.answered_at is not null or k.is_voicemail then 'completed' else 'no_answer' end
     where k.id = c.id returning * into c;
    what := case when c.is_voicemail then 'Voicemail' when c.answered_at is not null then 'Incoming call' else 'Missed call' end;
    if (c.is_voicemail or c.answered_at is not null) and not exists (
        select 1 from public.person_phones l where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id
        union all select 1 from public.organization_phones l where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id
        union all select 1 from public.property_phones l where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id) then
      perform 1 from public.phones p where p.workspace_id = c.workspace_id and p.id = c.phone_id for no key update;
      if not exists (select 1 from public.person_phones l where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id) then
        insert into public.people (workspace_id, first_name, last_name, lead_status, sources, assigned_to)
        values (c.workspace_id, 'Unknown', 'caller', 'new', '{call}', (select m.user_id from public.workspace_members m where m.workspace_id = c.workspace_id and m.user_id = c.user_id))
        returning id into lead;
        insert into public.person_phones (workspace_id, person_id, phone_id, is_primary, source) values (c.workspace_id, lead, c.phone_id, true, 'call');
      end if;
    end if;
    update public.activities a set subject = what, outcome = case when c.answered_at is not null then coalesce(a.outcome, 'answered') else a.outcome end,
        details = a.details || jsonb_build_object('duration_seconds', c.duration_seconds, 'recording', c.recording_sid is not null, 'is_voicemail', c.is_voicemail,
          'is_missed', c.answered_at is null and not c.is_voicemail)
     where a.workspace_id = c.workspace_id and a.phone_id = c.phone_id and a.kind = 'call' and a.details ->> 'call_id' = c.id::text
       and (a.subject, a.details ->> 'duration_seconds', a.details ->> 'recording') is distinct from (what, c.duration_seconds::text, (c.recording_sid is not null)::text);
    select count(*) into people from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
     where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id;
    insert into public.activities (workspace_id, kind, channel, direction, subject, outcome, occurred_at, performed_by, person_id, organization_id, property_id, phone_id, details)
    select c.workspace_id, 'call', 'call', 'in', what, case when c.answered_at is not null then 'answered' end, c.started_at,
           case when c.answered_at is not null then c.user_id end, b.person_id, b.organization_id, b.property_id, c.phone_id,
           jsonb_build_object('call_id', c.id, 'duration_seconds', c.duration_seconds, 'recording', c.recording_sid is not null, 'is_voicemail', c.is_voicemail,
             'is_missed', c.answered_at is null and not c.is_voicemail) || case when people > 1 then '{"shared": true}'::jsonb else '{}' end
      from (select l.person_id, null::uuid as organization_id, null::uuid as property_id from public.person_phones l
              join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
             where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id
            union all
            (select null, l.organization_id, null from public.organization_phones l where people = 0 and l.workspace_id = c.workspace_id and l.phone_id = c.phone_id order by l.created_at, l.id limit 1)
            union all
            (select null, null, l.property_id from public.property_phones l where people = 0 and l.workspace_id = c.workspace_id and l.phone_id = c.phone_id
                and not exists (select 1 from public.organization_phones o where o.workspace_id = c.workspace_id and o.phone_id = c.phone_id) order by l.created_at, l.id limit 1)) b
     where not exists (select 1 from public.activities a where a.workspace_id = c.workspace_id and a.phone_id = c.phone_id and a.kind = 'call' and a.details ->> 'call_id' = c.id::text);
    if c.activity_id is null then
      select a.id into first_activity from public.activities a
       where a.workspace_id = c.workspace_id and a.phone_id = c.phone_id and a.kind = 'call' and a.details ->> 'call_id' = c.id::text order by a.created_at, a.id limit 1;
      update public.calls k set activity_id = first_activity where k.id = c.id and first_activity is not null;
    end if;
    continue when c.answered_at is not null and not c.is_voicemail;
    select coalesce(string_agg(h.display_name, ', ' order by h.display_name), (select p.e164 from public.phones p where p.workspace_id = c.workspace_id and p.id = c.phone_id)) into whom
      from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
     where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id;
    -- whose call it was to take, else whoever looks after one of those who may have called
    perform private.notify(c.workspace_id, w.user_id, 'call', case when c.is_voicemail then 'Voicemail from ' else 'Missed call from ' end || left(whom, 200),
        case when c.is_voicemail then format('%s seconds', coalesce(c.recording_seconds, 0)) end, '/calls?phone=' || c.phone_id,
        (case when c.is_voicemail then 'voicemail:' else 'missed_call:' end) || c.id)
      from (select c.user_id where c.user_id is not null
            union select h.assigned_to from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
             where l.workspace_id = c.workspace_id and l.phone_id = c.phone_id and h.assigned_to is not null) w (user_id);
  end loop;
end $$;

grant execute on function private.dial_facts(uuid, uuid, uuid), private.begin_call(uuid, uuid, uuid, text, jsonb), private.finish_dial(uuid, uuid, text, text, text),
  private.get_call(uuid, uuid), private.cancel_call(uuid, uuid) to authenticated;
create function public.dial_facts(workspace uuid, phone uuid, own_number uuid default null) returns jsonb
language sql stable set search_path = '' as $$ select private.dial_facts(workspace, phone, own_number) $$;
create function public.begin_call(workspace uuid, phone uuid, via text, decision jsonb, own_number uuid default null) returns jsonb
language sql set search_path = '' as $$ select private.begin_call(workspace, phone, own_number, via, decision) $$;
create function public.finish_dial(workspace uuid, call uuid, state text, sid text default null, problem text default null) returns jsonb
language sql set search_path = '' as $$ select private.finish_dial(workspace, call, sid, state, problem) $$;
create function public.get_call(workspace uuid, call uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.get_call(workspace, call) $$;
create function public.cancel_call(workspace uuid, call uuid) returns jsonb
language sql set search_path = '' as $$ select private.cancel_call(workspace, call) $$;
grant execute on function public.dial_facts(uuid, uuid, uuid), public.begin_call(uuid, uuid, text, jsonb, uuid), public.finish_dial(uuid, uuid, text, text, text),
  public.get_call(uuid, uuid), public.cancel_call(uuid, uuid) to authenticated;
revoke execute on function public.bridge_facts(uuid), public.note_bridge(uuid, text, jsonb, text), public.note_call_events(jsonb),
  public.begin_inbound_call(text, text, text), public.read_stale_calls(integer) from public, anon, authenticated;
grant execute on function public.bridge_facts(uuid), public.note_bridge(uuid, text, jsonb, text), public.note_call_events(jsonb),
  public.begin_inbound_call(text, text, text), public.read_stale_calls(integer) to service_role;

-- An outcome is often saved while the line still stands: how long the call was, and that it has a recording, come later and belong on
-- the timeline too.
create function private.tell_call_length() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.activities a
     set details = a.details || jsonb_strip_nulls(jsonb_build_object('duration_seconds', new.duration_seconds, 'recording', new.recording_sid is not null))
   where a.workspace_id = new.workspace_id and a.phone_id = new.phone_id and a.kind = 'call' and a.details ->> 'call_id' = new.id::text;
  return null;
end $$;
create trigger tell_call_length after update of duration_seconds, recording_sid on public.calls
  for each row when (new.activity_id is not null and (old.duration_seconds, old.recording_sid) is distinct from (new.duration_seconds, new.recording_sid))
  execute function private.tell_call_length();
