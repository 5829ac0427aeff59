-- Why: an outcome is often saved while the line still stands: how long the call was, and that it has a recording, come later and belong
-- on the timeline too.
-- Touches: a trigger of calls.

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
