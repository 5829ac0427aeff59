-- Why: one page that says which e-mails a person got, will get and will not get, and why.
-- Touches: function person_email_story.

-- All that the page tells, at once: the person with what the gate asks of them, their addresses, their mails (the latest 200), the
-- campaigns they are or were in with the steps they run on, and what they answered. Null where there is no such person.
create function private.person_email_story(workspace uuid, person uuid, seen_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare asked public.people;
begin
  perform private.assert_member(workspace);
  select * into asked from public.people p where p.workspace_id = workspace and p.id = person;
  if not found then return null; end if;
  return jsonb_build_object(
    'seen_at', seen_at,
    'time_zone', private.workspace_zone(workspace),
    'person', jsonb_build_object('id', asked.id, 'name', coalesce(asked.display_name, 'No name'), 'lead_status', asked.lead_status, 'deleted_at', asked.deleted_at),
    -- an organization that nobody may write to speaks for those who stand for it first of all
    'blocked_organization', (select jsonb_build_object('id', o.id, 'name', o.name) from public.person_organizations l
      join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
     where l.workspace_id = workspace and l.person_id = person and l.is_primary and o.status = 'do_not_contact' and o.deleted_at is null limit 1),
    'addresses', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'address', e.address, 'status', e.status, 'reason', e.reason, 'since', e.since,
        'label', l.label, 'is_primary', l.is_primary) order by l.is_primary desc, e.address), '[]')
      from public.person_emails l join public.emails e on e.workspace_id = l.workspace_id and e.id = l.email_id
     where l.workspace_id = workspace and l.person_id = person),
    'mails', (select coalesce(jsonb_agg(private.outbox_row(workspace, m.mail, m.at)
          || jsonb_build_object('step_id', (m.mail).step_id, 'recipient_id', (m.mail).recipient_id, 'email_id', (m.mail).email_id) order by m.at desc, (m.mail).id), '[]') from (
      select q as mail, coalesce(q.sent_at, q.run_at, q.created_at) as at from public.email_queue q
       where q.workspace_id = workspace and q.person_id = person and q.purpose <> 'test' order by q.created_at desc limit 200) m),
    'campaigns', (select coalesce(jsonb_agg(jsonb_build_object('recipient_id', r.id, 'status', r.status, 'exit_reason', r.exit_reason, 'exited_at', r.exited_at,
        'email_id', r.email_id, 'current_step_id', r.current_step_id, 'next_email_at', r.next_email_at, 'replied_at', r.replied_at, 'at', r.created_at,
        'campaign', jsonb_build_object('id', c.id, 'name', c.name, 'status', c.status, 'starts_at', c.starts_at, 'exits_on_reply', 'reply' = any (c.exit_conditions),
          'hours_start', to_char(c.hours_start, 'HH24:MI'), 'hours_end', to_char(c.hours_end, 'HH24:MI'), 'days', c.days, 'time_zone', c.time_zone,
          'skip_holidays', c.skip_holidays),
        'entry_step_id', coalesce(s.entry, c.entry_step_id::text),
        'steps', coalesce(s.steps, '[]')) order by r.created_at desc, r.id), '[]')
      from (select * from public.campaign_recipients r where r.workspace_id = workspace and r.person_id = person order by r.created_at desc limit 50) r
      join public.campaigns c on c.workspace_id = r.workspace_id and c.id = r.campaign_id and c.deleted_at is null
      left join lateral (
        select l.snapshot ->> 'entryStepId' as entry, (select jsonb_agg(jsonb_build_object('id', t.step -> 'id', 'name', t.step -> 'name', 'edges', coalesce(t.step -> 'edges', '[]')) order by t.n)
                 from jsonb_array_elements(l.snapshot -> 'steps') with ordinality t(step, n)) as steps
          from public.campaign_launches l where l.workspace_id = workspace and l.id = r.launch_id) s on true),
    'answers', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'at', i.received_at, 'from_address', i.from_address, 'subject', i.subject, 'kind', i.kind,
        'email_queue_id', i.email_queue_id) order by i.received_at desc), '[]')
      from (select * from public.inbound_emails i where i.workspace_id = workspace and i.person_id = person and i.kind <> 'dismissed'
             order by i.received_at desc limit 50) i));
end $$;
create function public.person_email_story(workspace uuid, person uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.person_email_story(workspace, person, now()) $$;
grant execute on function private.person_email_story(uuid, uuid, timestamptz), public.person_email_story(uuid, uuid) to authenticated;
