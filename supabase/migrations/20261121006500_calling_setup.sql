-- Why: the rules of a workspace's calls, and which mail follows which outcome, are an admin's to change, each as a whole.
-- Touches: functions get_calling_settings, save_calling_settings, get_followup_rules, save_followup_rules (new).

-- The rules as they hold, defaults where nobody has changed one.
create function private.get_calling_settings(workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare found_settings jsonb;
begin
  perform private.assert_member(workspace);
  select jsonb_build_object('hours_start', to_char(s.hours_start, 'HH24:MI'), 'hours_end', to_char(s.hours_end, 'HH24:MI'),
      'lockout_number_minutes', s.lockout_number_minutes, 'lockout_person_minutes', s.lockout_person_minutes, 'calls_per_day', s.calls_per_day,
      'texts_per_day', s.texts_per_day, 'stop_scope', s.stop_scope, 'is_recording', s.is_recording, 'greeting', s.greeting,
      'voicemail_greeting', s.voicemail_greeting) into found_settings
    from public.calling_settings s where s.workspace_id = workspace;
  return coalesce(found_settings, jsonb_build_object('hours_start', '08:00', 'hours_end', '21:00', 'lockout_number_minutes', 60,
    'lockout_person_minutes', 1440, 'calls_per_day', 3, 'texts_per_day', 5, 'stop_scope', 'person', 'is_recording', false,
    'greeting', 'Thank you for calling. Please hold while we connect you.',
    'voicemail_greeting', 'We can’t take your call right now. Please leave a message after the tone.'));
end $$;

-- Changes some of the rules; what is left out stays. Answers all of them.
create function private.save_calling_settings(workspace uuid, change jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'admin');
  insert into public.calling_settings (workspace_id) values (workspace) on conflict (workspace_id) do nothing;
  update public.calling_settings s set
      hours_start = coalesce((change ->> 'hours_start')::time, s.hours_start), hours_end = coalesce((change ->> 'hours_end')::time, s.hours_end),
      lockout_number_minutes = coalesce((change ->> 'lockout_number_minutes')::integer, s.lockout_number_minutes),
      lockout_person_minutes = coalesce((change ->> 'lockout_person_minutes')::integer, s.lockout_person_minutes),
      calls_per_day = coalesce((change ->> 'calls_per_day')::integer, s.calls_per_day),
      texts_per_day = coalesce((change ->> 'texts_per_day')::integer, s.texts_per_day),
      stop_scope = coalesce(change ->> 'stop_scope', s.stop_scope), is_recording = coalesce((change ->> 'is_recording')::boolean, s.is_recording),
      greeting = coalesce(change ->> 'greeting', s.greeting), voicemail_greeting = coalesce(change ->> 'voicemail_greeting', s.voicemail_greeting)
   where s.workspace_id = workspace;
  return private.get_calling_settings(workspace);
end $$;

-- Which mail follows which outcome, and what it can be made of: { rules, templates, senders, mailbox (the caller's own), has_domain }.
create function private.get_followup_rules(workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return jsonb_build_object(
    'rules', coalesce((select jsonb_agg(jsonb_build_object('outcome', r.outcome, 'template_id', r.template_id, 'template_name', t.name, 'via', r.via,
        'sender_id', r.sender_id, 'delay_minutes', r.delay_minutes, 'is_enabled', r.is_enabled,
        'is_archived', t.archived_at is not null or coalesce(s.archived_at is not null, false)) order by r.outcome)
      from public.followup_rules r
      join public.outreach_templates t on t.workspace_id = r.workspace_id and t.id = r.template_id
      left join public.senders s on s.workspace_id = r.workspace_id and s.id = r.sender_id
     where r.workspace_id = workspace), '[]'),
    'templates', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'subject', coalesce(t.subject, ''), 'body', t.body)
        order by t.position, t.name)
      from public.outreach_templates t
     where t.workspace_id = workspace and t.archived_at is null and coalesce(t.channel, 'email') = 'email'), '[]'),
    'senders', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'local_part', s.local_part) order by s.name)
      from public.senders s where s.workspace_id = workspace and s.archived_at is null), '[]'),
    'mailbox', (select jsonb_build_object('address', m.address, 'status', m.status) from public.mailboxes m
      where m.workspace_id = workspace and m.user_id = auth.uid() and m.status <> 'disconnected' order by m.status = 'connected' desc, m.created_at limit 1),
    'has_domain', exists (select 1 from public.sending_domains d where d.workspace_id = workspace and d.status = 'active'));
end $$;

-- All rules at once: an outcome that isn't among them has none. A template or a sender that is archived, or not of this workspace, is refused.
-- A rule that is switched on again holds from then on.
create function private.save_followup_rules(workspace uuid, rules jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'admin');
  if exists (
    select 1 from jsonb_to_recordset(rules) as x (template_id uuid, sender_id uuid)
     where not exists (select 1 from public.outreach_templates t where t.workspace_id = workspace and t.id = x.template_id
                          and t.archived_at is null and coalesce(t.channel, 'email') = 'email')
        or x.sender_id is not null and not exists (select 1 from public.senders s where s.workspace_id = workspace and s.id = x.sender_id and s.archived_at is null)) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  -- two who save at once, save one after the other
  perform 1 from public.workspaces w where w.id = workspace for no key update;
  delete from public.followup_rules r
   where r.workspace_id = workspace and not exists (select 1 from jsonb_to_recordset(rules) as x (outcome text) where x.outcome = r.outcome);
  insert into public.followup_rules as r (workspace_id, outcome, template_id, via, sender_id, delay_minutes, is_enabled)
  select workspace, x.outcome, x.template_id, x.via, x.sender_id, x.delay_minutes, x.is_enabled
    from jsonb_to_recordset(rules) as x (outcome text, template_id uuid, via text, sender_id uuid, delay_minutes integer, is_enabled boolean)
  on conflict (workspace_id, outcome) do update
    set template_id = excluded.template_id, via = excluded.via, sender_id = excluded.sender_id, delay_minutes = excluded.delay_minutes,
        is_enabled = excluded.is_enabled, enabled_at = case when excluded.is_enabled and not r.is_enabled then now() else r.enabled_at end
  where (r.template_id, r.via, r.sender_id, r.delay_minutes, r.is_enabled)
    is distinct from (excluded.template_id, excluded.via, excluded.sender_id, excluded.delay_minutes, excluded.is_enabled);
  return private.get_followup_rules(workspace);
end $$;

grant execute on function private.get_calling_settings(uuid), private.save_calling_settings(uuid, jsonb), private.get_followup_rules(uuid),
  private.save_followup_rules(uuid, jsonb) to authenticated;
create function public.get_calling_settings(workspace uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.get_calling_settings(workspace) $$;
create function public.save_calling_settings(workspace uuid, change jsonb) returns jsonb
language sql set search_path = '' as $$ select private.save_calling_settings(workspace, change) $$;
create function public.get_followup_rules(workspace uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.get_followup_rules(workspace) $$;
create function public.save_followup_rules(workspace uuid, rules jsonb) returns jsonb
language sql set search_path = '' as $$ select private.save_followup_rules(workspace, rules) $$;
grant execute on function public.get_calling_settings(uuid), public.save_calling_settings(uuid, jsonb), public.get_followup_rules(uuid),
  public.save_followup_rules(uuid, jsonb) to authenticated;
