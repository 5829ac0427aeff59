-- Why: a call to us that was picked up is over once the leg that took it is, whether or not the number's own callback says so.
-- Touches: note_call_events.

-- Keeps what the provider tells of calls, and moves each call forward: [{ event_id, type, payload, call_id, sid, leg: ours | theirs | dial,
-- status, at, duration, problem, recording_sid, recording_seconds, is_voicemail }]; of a dial, `sid` is the leg that it made. Known events do nothing; those of no call of ours are kept with
-- their error. Times and ends come from the leg that knows best, so that every order ends the same. Answers [{ event_id, error }].
create or replace function public.note_call_events(events jsonb) returns jsonb
language plpgsql security definer set search_path = ''
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
