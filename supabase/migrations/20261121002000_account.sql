-- Why: what a person may know of their own account before any workspace is chosen, and the log as its page reads it.
-- Touches: functions my_account, request_invitation_mail, claim_invitation_mail, list_audit_log; an index of audit_log.

-- The caller's profile, their workspaces and the open invitations to their address. Null: nobody is signed in.
create function private.my_account() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'user_id', p.user_id, 'full_name', p.full_name, 'email', p.email, 'time_zone', p.time_zone,
    'workspaces', coalesce((
      select jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name, 'slug', w.slug, 'tier', w.tier, 'role', m.role)
                       order by m.created_at, w.id)
      from public.workspace_members m join public.workspaces w on w.id = m.workspace_id
      where m.user_id = p.user_id), '[]'),
    'invitations', coalesce((
      select jsonb_agg(jsonb_build_object('id', i.id, 'workspace_name', w.name, 'role', i.role, 'expires_at', i.expires_at,
                                          'invited_by', inviter.full_name) order by i.created_at desc)
      from public.invitations i
      join public.workspaces w on w.id = i.workspace_id
      left join public.profiles inviter on inviter.user_id = i.invited_by
      where i.email = p.email and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
        and not exists (select 1 from public.workspace_members m where m.workspace_id = i.workspace_id and m.user_id = p.user_id)), '[]'))
  from public.profiles p where p.user_id = auth.uid()
$$;
grant execute on function private.my_account() to authenticated;

create function public.my_account() returns jsonb
language sql stable set search_path = '' as $$ select private.my_account() $$;
grant execute on function public.my_account() to authenticated;

-- Asks that an invitation to the caller's own address be mailed again. Signing up doesn't prove that an address is one's own
-- (projects may leave confirmation off), so an invitation is never accepted without its mail, and its token is made by a
-- machine: whoever asks must not be able to choose it.
create function private.request_invitation_mail(invitation uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  update public.invitations i
     -- not at once where one has just gone out: an inbox is not to be flooded by whoever signs up with its address
     set mail_requested_at = coalesce(i.mail_requested_at, greatest(now(), i.mail_sent_at + interval '1 minute'))
    from public.profiles p
   where i.id = invitation and p.user_id = auth.uid() and i.email = p.email
     and i.accepted_at is null and i.revoked_at is null and i.expires_at > now();
  if not found then raise exception 'This invitation isn''t open any more' using errcode = 'PT404'; end if;
end $$;
grant execute on function private.request_invitation_mail(uuid) to authenticated;

create function public.request_invitation_mail(invitation uuid) returns void
language sql set search_path = '' as $$ select private.request_invitation_mail(invitation) $$;
grant execute on function public.request_invitation_mail(uuid) to authenticated;

-- For the cron alone: puts a new token on the invitation that waits longest for its mail, and says what to write. Null: none waits.
create function public.claim_invitation_mail(new_token_hash text) returns jsonb
language sql set search_path = ''
as $$
  update public.invitations i
     set token_hash = new_token_hash, mail_requested_at = null, mail_sent_at = now()
    from public.workspaces w
   where w.id = i.workspace_id and i.id = (
     select x.id from public.invitations x
      where x.mail_requested_at <= now() and x.email is not null and x.accepted_at is null and x.revoked_at is null and x.expires_at > now()
      order by x.mail_requested_at limit 1 for update skip locked)
  returning jsonb_build_object('email', i.email, 'role', i.role, 'expires_at', i.expires_at, 'workspace_name', w.name,
    'invited_by', (select inviter.full_name from public.profiles inviter where inviter.user_id = i.invited_by))
$$;

create index audit_log_workspace_entity_at_idx on public.audit_log (workspace_id, entity, at desc, id);

-- The log, newest first, with the names people know: who, on what. Pages on from the last row of the page before.
-- Under the caller's rights: only admins see rows.
create function public.list_audit_log(workspace uuid, of_entity text default null, before_at timestamptz default null,
                                      after_id uuid default null, page_size integer default 50) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(x) order by x.at desc, x.id), '[]') from (
    select l.id, l.at, l.action, l.entity, l.entity_id, l.before, l.after, l.request_id, l.actor as actor_id,
           (select coalesce(nullif(p.full_name, ''), p.email) from public.profiles p where p.user_id = l.actor) as actor,
           case l.entity
             when 'people' then (select r.display_name from public.people r where r.workspace_id = workspace and r.id = l.entity_id)
             when 'organizations' then (select r.name from public.organizations r where r.workspace_id = workspace and r.id = l.entity_id)
             when 'properties' then (select coalesce(r.name, r.address) from public.properties r where r.workspace_id = workspace and r.id = l.entity_id)
             when 'phones' then (select r.e164 from public.phones r where r.workspace_id = workspace and r.id = l.entity_id)
             when 'emails' then (select r.address from public.emails r where r.workspace_id = workspace and r.id = l.entity_id)
             when 'imports' then (select r.file_name from public.imports r where r.workspace_id = workspace and r.id = l.entity_id)
             when 'invitations' then (select coalesce(r.email, 'by link') from public.invitations r where r.workspace_id = workspace and r.id = l.entity_id)
             when 'workspace_members' then
               (select coalesce(nullif(r.full_name, ''), r.email) from public.profiles r where r.user_id = l.entity_id)
             when 'workspaces' then (select r.name from public.workspaces r where r.id = workspace)
           end as label
    from public.audit_log l
    where l.workspace_id = workspace
      and (of_entity is null or l.entity = of_entity)
      and (before_at is null or l.at < before_at or (l.at = before_at and l.id > after_id))
    order by l.at desc, l.id
    limit least(page_size, 200)) x
$$;
grant execute on function public.list_audit_log(uuid, text, timestamptz, uuid, integer) to authenticated;
