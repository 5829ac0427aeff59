-- Why: our own numbers are added, named and switched by admins; exactly one of a workspace's is what texts go from where nothing else says.
-- Touches: functions list_phone_numbers, add_phone_number, update_phone_number (new).

-- Ours, the default first. Those that were put away are answered too: what they sent and took stays theirs.
create function private.list_phone_numbers(workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', n.id, 'e164', n.e164, 'label', n.label, 'features', n.features, 'is_default_sender', n.is_default_sender,
        'assigned_to', case when n.assigned_to is not null then jsonb_build_object('id', n.assigned_to, 'name', f.full_name) end, 'status', n.status,
        'paused_reason', n.paused_reason, 'interval_ms', n.interval_ms, 'daily_cap', n.daily_cap, 'sent_today', coalesce(d.sent, 0),
        'breaker', n.breaker, 'last_error', n.last_error, 'archived_at', n.archived_at)
      order by n.archived_at is not null, n.is_default_sender desc, n.label, n.id)
      from public.phone_numbers n
      left join public.profiles f on f.user_id = n.assigned_to
      left join public.phone_number_days d on d.workspace_id = n.workspace_id and d.phone_number_id = n.id
           and d.day = (now() at time zone private.workspace_zone(workspace))::date
     where n.workspace_id = workspace), '[]');
end $$;

create function private.phone_number(workspace uuid, number uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select x from jsonb_array_elements(private.list_phone_numbers(workspace)) x where x ->> 'id' = number::text
$$;

-- Adds a number of the provider's account for an admin. A machine's to call, which has asked the account for it: who could say by themselves
-- that a number is theirs, could have the calls and texts of one that the account is still to get. One that was put away here comes back as it was; one
-- that another workspace has is refused (23505). The first that can text is the default.
create function private.add_phone_number(workspace uuid, actor uuid, e164 text, label text, provider_sid text, features text[]) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare added uuid;
begin
  -- the log and the check of roles name the admin
  perform set_config('request.jwt.claim.sub', actor::text, true),
          set_config('request.jwt.claims', jsonb_build_object('sub', actor, 'role', 'authenticated')::text, true);
  perform private.assert_member(workspace, 'admin');
  perform 1 from public.workspaces w where w.id = workspace for no key update;
  update public.phone_numbers n set archived_at = null, provider_sid = add_phone_number.provider_sid
   where n.workspace_id = workspace and n.e164 = add_phone_number.e164 and n.archived_at is not null
  returning n.id into added;
  if added is null then
    insert into public.phone_numbers (workspace_id, e164, label, provider_sid, features, created_by)
    values (workspace, add_phone_number.e164, add_phone_number.label, add_phone_number.provider_sid, add_phone_number.features, actor)
    returning id into added;
  end if;
  update public.phone_numbers n set is_default_sender = true
   where n.workspace_id = workspace and n.id = added and 'sms' = any (n.features)
     and not exists (select 1 from public.phone_numbers o where o.workspace_id = workspace and o.is_default_sender);
  return private.phone_number(workspace, added);
end $$;

-- Changes what is given. The default moves as a whole: at no moment are there two, or none where one was.
create function private.update_phone_number(workspace uuid, number uuid, change jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare found_number public.phone_numbers;
begin
  perform private.assert_member(workspace, 'admin');
  -- two who switch the default at once, switch one after the other
  perform 1 from public.workspaces w where w.id = workspace for no key update;
  select * into found_number from public.phone_numbers n where n.workspace_id = workspace and n.id = number for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if (change ->> 'is_default_sender')::boolean then
    if found_number.archived_at is not null and not coalesce((change ->> 'archived')::boolean = false, false) then
      raise exception 'A number that was put away can’t be the default' using errcode = 'PT400';
    end if;
    update public.phone_numbers n set is_default_sender = false where n.workspace_id = workspace and n.is_default_sender and n.id <> number;
  end if;
  update public.phone_numbers n set
      label = coalesce(change ->> 'label', n.label),
      features = case when change ? 'features' then array(select jsonb_array_elements_text(change -> 'features')) else n.features end,
      is_default_sender = case when (change ->> 'archived')::boolean then false else coalesce((change ->> 'is_default_sender')::boolean, n.is_default_sender) end,
      assigned_to = case when change ? 'assigned_to' then (change ->> 'assigned_to')::uuid else n.assigned_to end,
      status = coalesce(change ->> 'status', n.status),
      paused_reason = case when change ->> 'status' = 'active' then null when change ? 'paused_reason' then change ->> 'paused_reason' else n.paused_reason end,
      interval_ms = coalesce((change ->> 'interval_ms')::integer, n.interval_ms),
      daily_cap = coalesce((change ->> 'daily_cap')::integer, n.daily_cap),
      archived_at = case when change ? 'archived' then case when (change ->> 'archived')::boolean then coalesce(n.archived_at, now()) end else n.archived_at end
   where n.workspace_id = workspace and n.id = number;
  return private.phone_number(workspace, number);
end $$;

grant execute on function private.list_phone_numbers(uuid), private.update_phone_number(uuid, uuid, jsonb) to authenticated;
grant execute on function private.add_phone_number(uuid, uuid, text, text, text, text[]) to service_role;
create function public.list_phone_numbers(workspace uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.list_phone_numbers(workspace) $$;
create function public.add_phone_number(workspace uuid, actor uuid, e164 text, label text, provider_sid text, features text[]) returns jsonb
language sql set search_path = '' as $$ select private.add_phone_number(workspace, actor, e164, label, provider_sid, features) $$;
create function public.update_phone_number(workspace uuid, number uuid, change jsonb) returns jsonb
language sql set search_path = '' as $$ select private.update_phone_number(workspace, number, change) $$;
grant execute on function public.list_phone_numbers(uuid), public.update_phone_number(uuid, uuid, jsonb) to authenticated;
revoke execute on function public.add_phone_number(uuid, uuid, text, text, text, text[]) from public, anon, authenticated;
grant execute on function public.add_phone_number(uuid, uuid, text, text, text, text[]) to service_role;
