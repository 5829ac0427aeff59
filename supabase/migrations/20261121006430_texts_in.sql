-- Why: a text that comes in is kept once, in the workspace of the number it was written to, on the timeline of whoever stands behind the
-- number it came from; STOP, START and HELP are obeyed in the same transaction.
-- Touches: functions private.notify_of_text, receive_text; public.receive_text (machines).

-- Tells who looks after them, or wrote to them last, or has our number, that a text came in.
create function private.notify_of_text(workspace uuid, text_id uuid) returns void
language sql security definer set search_path = ''
as $$
  with said as materialized (select m.* from public.sms_messages m where m.workspace_id = workspace and m.id = text_id),
  behind as materialized (
    select h.id, h.display_name, h.assigned_to from said m join public.person_phones l on l.workspace_id = workspace and l.phone_id = m.phone_id
      join public.people h on h.workspace_id = workspace and h.id = l.person_id and h.deleted_at is null
  ), whom as (
    select b.assigned_to as id from behind b where b.assigned_to is not null
    union
    select x.id from (
      select coalesce(
        (select o.created_by from said m join public.sms_messages o on o.workspace_id = workspace and o.phone_id = m.phone_id and o.direction = 'out'
            and o.created_by is not null order by o.created_at desc limit 1),
        (select n.assigned_to from said m join public.phone_numbers n on n.workspace_id = workspace and n.id = m.phone_number_id)) as id) x
     where x.id is not null and not exists (select 1 from behind b where b.assigned_to is not null)
  )
  select private.notify(workspace, w.id, 'text', coalesce((select string_agg(b.display_name, ' or ' order by b.display_name) from (select * from behind limit 3) b), p.e164)
      || ' sent a text', left(m.body, 300), coalesce('/people/' || (select b.id from behind b order by b.assigned_to is not distinct from w.id desc, b.id limit 1), '/calls/texts'),
      'text:' || m.id)
    from whom w cross join said m join public.phones p on p.workspace_id = workspace and p.id = m.phone_id
$$;

-- Keeps a text that came in and does what follows from it. message: { sid, to, from, from_name, body, keyword, yes, media, is_answered, answers }.
-- from_name: how a number is written that nobody is known behind; keyword: stop | start | help; yes: it is a start where STOP has opted the number
-- out; is_answered: the provider has answered the keyword itself; answers: { stop, start, help } with {workspace} for its name.
-- Answers { result: kept | again | unknown_to, … }; has_answer: something waits to be sent.
create function private.receive_text(message jsonb, at timestamptz) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  ours public.phone_numbers;
  theirs public.phones;
  sender text := message ->> 'from';
  word text := message ->> 'keyword';
  people uuid[];
  new_text uuid := gen_random_uuid();
  answer text;
  answers_now boolean := false;
  settings public.calling_settings;
  made uuid;
begin
  select * into ours from public.phone_numbers n where n.e164 = message ->> 'to';
  if not found then return '{"result": "unknown_to"}'; end if;
  -- one after the other for each number that writes: two texts of a stranger make one person
  perform pg_advisory_xact_lock(hashtextextended('text:' || ours.workspace_id || sender, 0));
  if exists (select 1 from public.sms_messages m where m.provider_sid = message ->> 'sid') then return '{"result": "again"}'; end if;

  insert into public.phones (workspace_id, e164) values (ours.workspace_id, sender) on conflict (workspace_id, e164) do nothing;
  select * into theirs from public.phones p where p.workspace_id = ours.workspace_id and p.e164 = sender for update;
  if word is null and (message ->> 'yes')::boolean and theirs.sms_opt_out_source = 'keyword' and theirs.sms_opted_out_at is not null then word := 'start'; end if;
  people := array(select h.id from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id
                   where l.workspace_id = ours.workspace_id and l.phone_id = theirs.id and h.deleted_at is null order by h.id);
  -- a stranger becomes a lead by what they write, and not by asking to be left alone
  if cardinality(people) = 0 and word is distinct from 'stop'
     and not exists (select 1 from public.organization_phones l where l.workspace_id = ours.workspace_id and l.phone_id = theirs.id)
     and not exists (select 1 from public.property_phones l where l.workspace_id = ours.workspace_id and l.phone_id = theirs.id) then
    insert into public.people (workspace_id, last_name, sources) values (ours.workspace_id, coalesce(message ->> 'from_name', sender), '{sms}') returning id into made;
    insert into public.person_phones (workspace_id, person_id, phone_id, is_primary, source) values (ours.workspace_id, made, theirs.id, true, 'sms');
    people := array[made];
  end if;

  insert into public.sms_messages (id, workspace_id, direction, purpose, phone_id, phone_number_id, person_id, body, segments, status, received_at, keyword, media, provider_sid)
  values (new_text, ours.workspace_id, 'in', 'direct', theirs.id, ours.id, case when cardinality(people) = 1 then people[1] end, left(message ->> 'body', 20000),
          null, 'received', at, word, coalesce(message -> 'media', '[]'), message ->> 'sid');
  perform private.tell_of_texts(ours.workspace_id, array[new_text]);

  if word = 'stop' then
    answers_now := private.opt_out_of_texts(ours.workspace_id, array[theirs.id]) > 0;
  elsif word = 'start' and theirs.sms_opted_out_at is not null and theirs.sms_opt_out_source = 'keyword' then
    perform set_config('app.started_phone', theirs.id::text, true);
    update public.phones p set sms_opted_out_at = null, sms_opt_out_source = null where p.workspace_id = ours.workspace_id and p.id = theirs.id;
    perform set_config('app.started_phone', '', true);
    answers_now := true;
  elsif word = 'help' then
    answers_now := true;
  end if;
  if answers_now and ours.archived_at is null and not coalesce((message ->> 'is_answered')::boolean, false) then
    answer := replace(message -> 'answers' ->> word, '{workspace}', (select w.name from public.workspaces w where w.id = ours.workspace_id));
    insert into public.sms_messages (workspace_id, direction, purpose, phone_id, phone_number_id, body, status, run_at, created_at)
    values (ours.workspace_id, 'out', 'auto', theirs.id, ours.id, answer, 'queued', at, at);
  end if;

  -- whoever answers is written to by people from here on; of several behind a number nobody is guessed, but what was to be texted there stops
  if word is null or word = 'stop' then
    settings := private.calling_settings(ours.workspace_id);
    perform private.cancel_texts(ours.workspace_id, array(select m.id from public.sms_messages m
      where m.workspace_id = ours.workspace_id and m.phone_id = theirs.id and m.status = 'queued' and m.purpose = 'bulk'), 'replied');
    if cardinality(people) = 1 then
      perform private.stop_outreach(ours.workspace_id, people[1], settings.stop_scope, 'replied');
      perform private.stop_texts(ours.workspace_id, people[1], settings.stop_scope, 'replied');
    end if;
  end if;
  if word is null then perform private.notify_of_text(ours.workspace_id, new_text); end if;
  return jsonb_build_object('result', 'kept', 'id', new_text, 'workspace_id', ours.workspace_id, 'keyword', word, 'has_answer', answer is not null);
end $$;
create function public.receive_text(message jsonb, at timestamptz default null) returns jsonb
language sql set search_path = '' as $$ select private.receive_text(message, coalesce(at, now())) $$;
