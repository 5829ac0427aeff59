-- Why: steps that touch several tenancy tables at once, or that a person takes before being a member.
-- Touches: functions only. Each in public runs with the caller's rights and hands over to one in private that checks first.

create function private.request_context(workspace uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'user_id', m.user_id, 'workspace_id', w.id, 'role', m.role, 'tier', w.tier, 'name', w.name, 'slug', w.slug,
    'time_zone', w.time_zone, 'settings', w.settings)
  from public.workspace_members m join public.workspaces w on w.id = m.workspace_id
  where m.user_id = auth.uid() and (workspace is null or m.workspace_id = workspace)
  order by m.created_at, m.workspace_id
  limit 1
$$;
grant execute on function private.request_context(uuid) to authenticated;

-- What route() needs to know of the caller, in one round trip; without a workspace, of the one they joined first.
-- Null: not a member, or no such workspace.
create function public.request_context(workspace uuid default null) returns jsonb
language sql stable set search_path = '' as $$ select private.request_context(workspace) $$;
grant execute on function public.request_context(uuid) to authenticated;

create function private.create_workspace(workspace_name text, workspace_time_zone text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  base text := left(coalesce(nullif(btrim(replace(private.normalize_text(workspace_name), ' ', '-'), '-'), ''), 'workspace'), 40);
  created public.workspaces;
begin
  if auth.uid() is null then raise exception 'Sign in first' using errcode = 'PT401'; end if;
  base := btrim(regexp_replace(base, '[^a-z0-9-]+', '', 'g'), '-');
  if base = '' then base := 'workspace'; end if;
  insert into public.workspaces (name, slug, time_zone)
  values (btrim(workspace_name),
          case when exists (select 1 from public.workspaces w where w.slug = base)
               then base || '-' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 6) else base end,
          coalesce(nullif(workspace_time_zone, ''), 'America/New_York'))
  returning * into created;
  insert into public.workspace_members (workspace_id, user_id, role) values (created.id, auth.uid(), 'owner');
  return jsonb_build_object('id', created.id, 'name', created.name, 'slug', created.slug);
end $$;
grant execute on function private.create_workspace(text, text) to authenticated;

create function public.create_workspace(workspace_name text, workspace_time_zone text default null) returns jsonb
language sql set search_path = '' as $$ select private.create_workspace(workspace_name, workspace_time_zone) $$;
grant execute on function public.create_workspace(text, text) to authenticated;

create function private.hash_token(token text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$ select encode(sha256(convert_to(token, 'utf8')), 'hex') $$;
grant execute on function private.hash_token(text) to authenticated, anon;

-- Anybody who holds the token may see what it invites to: the page that accepts it is shown before sign-in.
create function private.find_invitation(token text) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'workspace_name', w.name, 'email', i.email, 'role', i.role, 'expires_at', i.expires_at,
    'invited_by', p.full_name,
    'state', case when i.revoked_at is not null then 'revoked' when i.accepted_at is not null and i.email is not null then 'accepted'
                  when i.expires_at < now() then 'expired' else 'open' end)
  from public.invitations i
  join public.workspaces w on w.id = i.workspace_id
  left join public.profiles p on p.user_id = i.invited_by
  where i.token_hash = private.hash_token(token)
$$;
grant execute on function private.find_invitation(text) to anon, authenticated;

create function public.find_invitation(token text) returns jsonb
language sql stable set search_path = '' as $$ select private.find_invitation(token) $$;
grant execute on function public.find_invitation(text) to anon, authenticated;

create function private.accept_invitation(token text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.invitations;
  my_email text;
begin
  if auth.uid() is null then raise exception 'Sign in first' using errcode = 'PT401'; end if;
  select * into invitation from public.invitations i where i.token_hash = private.hash_token(token) for update;
  if not found then raise exception 'This invitation doesn''t exist' using errcode = 'PT404'; end if;
  if exists (select 1 from public.workspace_members m where m.workspace_id = invitation.workspace_id and m.user_id = auth.uid()) then
    return jsonb_build_object('workspace_id', invitation.workspace_id);
  end if;
  if invitation.revoked_at is not null then raise exception 'This invitation was withdrawn' using errcode = 'PT410'; end if;
  if invitation.accepted_at is not null and invitation.email is not null then
    raise exception 'This invitation was used already' using errcode = 'PT410';
  end if;
  if invitation.expires_at < now() then raise exception 'This invitation has expired' using errcode = 'PT410'; end if;
  select p.email into my_email from public.profiles p where p.user_id = auth.uid();
  if invitation.email is not null and invitation.email is distinct from my_email then
    raise exception 'This invitation is for another e-mail address' using errcode = 'PT403', hint = 'wrong_account';
  end if;
  insert into public.workspace_members (workspace_id, user_id, role)
  values (invitation.workspace_id, auth.uid(), invitation.role);
  update public.invitations set accepted_at = now() where id = invitation.id;
  return jsonb_build_object('workspace_id', invitation.workspace_id);
end $$;
grant execute on function private.accept_invitation(text) to authenticated;

create function public.accept_invitation(token text) returns jsonb
language sql set search_path = '' as $$ select private.accept_invitation(token) $$;
grant execute on function public.accept_invitation(text) to authenticated;

-- The new owner is made before the old one steps down, so there is an owner at every moment.
create function private.transfer_ownership(workspace uuid, new_owner uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'owner');
  update public.workspace_members set role = 'owner' where workspace_id = workspace and user_id = new_owner;
  if not found then raise exception 'That person isn''t a member of this workspace' using errcode = 'PT404'; end if;
  update public.workspace_members set role = 'admin'
   where workspace_id = workspace and user_id = auth.uid() and user_id <> new_owner;
end $$;
grant execute on function private.transfer_ownership(uuid, uuid) to authenticated;

create function public.transfer_ownership(workspace uuid, new_owner uuid) returns void
language sql set search_path = '' as $$ select private.transfer_ownership(workspace, new_owner) $$;
grant execute on function public.transfer_ownership(uuid, uuid) to authenticated;
