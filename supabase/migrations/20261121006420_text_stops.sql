-- Why: what must not be texted is taken out of the queue with the statement that forbids it, whoever says so; and START, a machine's word,
-- lifts what STOP has set and nothing else.
-- Touches: functions private.keep_suppression (START), cancel_texts, stop_texts; triggers stop_texts on phones, people and sms_messages.

create or replace function private.keep_suppression() returns trigger
language plpgsql set search_path = ''
as $$
declare
  was jsonb := to_jsonb(old);
  becomes jsonb := case when tg_op = 'UPDATE' then to_jsonb(new) else '{}' end;
  -- how much a state forbids; those of one rank may follow each other
  ranks constant jsonb := '{"active": 0, "soft_bounced": 1, "hard_bounced": 2, "invalid": 2, "disconnected": 2, "unsubscribed": 3, "complained": 3, "suppressed": 3}';
  -- START from the number itself, which private.receive_text names for as long as it writes
  is_start boolean := tg_op = 'UPDATE' and coalesce(was ->> 'sms_opt_out_source' = 'keyword' and was ->> 'id' = current_setting('app.started_phone', true), false);
begin
  if coalesce((ranks ->> (becomes ->> 'status'))::integer, 0) < (ranks ->> (was ->> 'status'))::integer
     or was -> 'do_not_call' = 'true' and becomes -> 'do_not_call' is distinct from 'true'
     or was ->> 'sms_opted_out_at' is not null and becomes ->> 'sms_opted_out_at' is null and not is_start
     -- nor may one who set it be made to be another, so that START lifts it
     -- (STOP from a number that do-not-call holds anyway is their own word, and outlives that)
     or was ->> 'sms_opted_out_at' is not null and was ->> 'sms_opt_out_source' is distinct from 'keyword' and becomes ->> 'sms_opt_out_source' = 'keyword'
        and not coalesce(was ->> 'sms_opt_out_source' = 'do_not_call' and becomes -> 'do_not_call' = 'true', false) then
    -- the workspace itself may be going
    if tg_op = 'DELETE' and not exists (select 1 from public.workspaces w where w.id = old.workspace_id) then return old; end if;
    raise exception 'Only a person may lift what keeps a contact point from being used' using errcode = 'PT403';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

-- Takes texts out of the queue, with why. One that is being sent is the gate's: it asks after its claim. Answers how many there were.
create function private.cancel_texts(workspace uuid, texts uuid[], why text, more jsonb default '{}') returns integer
language plpgsql security definer set search_path = ''
as $$
declare cancelled integer;
begin
  with locked as materialized (
    select m.id from public.sms_messages m where m.workspace_id = workspace and m.id = any (texts) and m.status = 'queued' order by m.id for update
  )
  update public.sms_messages m
     set status = 'cancelled', is_paused = false, decision = more || jsonb_build_object('verdict', 'drop', 'reason', why, 'at', now())
    from locked where m.id = locked.id;
  get diagnostics cancelled = row_count;
  return cancelled;
end $$;

-- What waits for a number that must not be texted any more; the answer that STOP gets goes all the same.
create function private.stop_phone_texts() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.cancel_texts(new.workspace_id, array(
      select m.id from public.sms_messages m
       where m.workspace_id = new.workspace_id and m.phone_id = new.id and m.status = 'queued' and (m.purpose <> 'auto' or new.do_not_call)),
    case when new.do_not_call then 'do_not_call' when new.sms_opted_out_at is not null then 'opted_out' else 'number_invalid' end);
  return null;
end $$;
create trigger stop_texts after update of status, do_not_call, sms_opted_out_at on public.phones for each row
  when (new.do_not_call and not old.do_not_call or new.sms_opted_out_at is not null and old.sms_opted_out_at is null
        or new.status <> 'active' and old.status = 'active')
  execute function private.stop_phone_texts();
create index sms_messages_waiting_idx on public.sms_messages (workspace_id, phone_id) where status = 'queued';
create index sms_messages_waiting_person_idx on public.sms_messages (workspace_id, person_id) where status = 'queued' and person_id is not null;

-- What waits for a person who must not be contacted any more, or was deleted.
create function private.stop_person_texts() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.cancel_texts(new.workspace_id, array(
      select m.id from public.sms_messages m
       where m.workspace_id = new.workspace_id and m.person_id = new.id and m.status = 'queued' and m.purpose <> 'auto'),
    case when new.deleted_at is not null then 'person_deleted' else 'do_not_contact' end);
  return null;
end $$;
create trigger stop_texts after update of lead_status, deleted_at on public.people for each row
  when (new.lead_status = 'do_not_contact' and old.lead_status is distinct from new.lead_status or new.deleted_at is not null and old.deleted_at is null)
  execute function private.stop_person_texts();

-- Takes one of many out of the queue for whoever answered, and for those whom the workspace's scope has stopped with them.
create function private.stop_texts(workspace uuid, person uuid, scope text, why text) returns integer
language sql security definer set search_path = ''
as $$
  select private.cancel_texts(workspace, array(
      select m.id from private.stop_scope(workspace, person, scope) as s(id)
        join public.sms_messages m on m.workspace_id = workspace and m.person_id = s.id and m.status = 'queued' and m.purpose = 'bulk'),
    why, jsonb_build_object('person_id', person, 'scope', scope))
$$;
