-- Why: STOP from a number on the do-not-call list was forgotten when a person took it off that list: texts would have gone to it again.
-- Touches: functions private.keep_suppression, opt_out_of_texts.

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

-- A number that may not be texted any more, by its own word. What a person or an import has set stays theirs; of what do-not-call brought with
-- it STOP makes the number's own. Answers how many were opted out.
create or replace function private.opt_out_of_texts(workspace uuid, phones uuid[]) returns integer
language sql security definer set search_path = ''
as $$
  with locked as materialized (
    select p.id from public.phones p where p.workspace_id = workspace and p.id = any (phones)
       and (p.sms_opted_out_at is null or p.do_not_call and p.sms_opt_out_source = 'do_not_call') order by p.id for update
  ), changed as (
    update public.phones p set sms_opted_out_at = now(), sms_opt_out_source = 'keyword' from locked l where p.id = l.id returning 1
  )
  select count(*)::integer from changed
$$;
