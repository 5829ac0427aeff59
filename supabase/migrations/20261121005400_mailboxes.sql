-- Why: a person's Gmail is connected once, read by one run at a time, and let go of when they leave or take the permission back.
-- Touches: mailboxes.tried_at (new); functions prepare_mailbox, connect_mailbox, disconnect_mailbox, list_mailboxes for members;
-- claim_mailboxes, finish_mailbox_sync, list_revocations, ask_to_reconnect for machines; a trigger on mailboxes.

-- When a run last took it, whatever came of it: what fails is not tried again by the same run.
alter table public.mailboxes add column tried_at timestamptz;
drop index public.mailboxes_sync_idx;
create index mailboxes_sync_idx on public.mailboxes (tried_at nulls first, id) where status = 'connected';

-- Whoever leaves the workspace takes their mailbox along: it is no longer read, and its permission is given back.
create function private.leave_mailbox() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.status := 'disconnected';
  new.lease_token := null;
  new.lease_until := null;
  return new;
end $$;
create trigger leave_mailbox before update of user_id on public.mailboxes for each row
  when (old.user_id is not null and new.user_id is null) execute function private.leave_mailbox();

-- Under which id an account will stand: the tokens are bound to it before they come here.
create function private.prepare_mailbox(workspace uuid, account text) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return coalesce((select m.id from public.mailboxes m where m.workspace_id = workspace and m.address = lower(btrim(account))),
                  gen_random_uuid());
end $$;

-- Keeps an account with its sealed tokens, for the caller. An account that a colleague has connected stays theirs.
create function private.connect_mailbox(workspace uuid, mailbox uuid, account text, sealed_refresh text, sealed_access text,
                                        access_until timestamptz) returns uuid
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  -- history_id null: the window since the last sync is read anew
  insert into public.mailboxes as m (id, workspace_id, user_id, address)
  values (mailbox, workspace, auth.uid(), lower(btrim(account)))
  on conflict (workspace_id, address) do update
     set user_id = auth.uid(), status = 'connected', last_error = null, history_id = null, tried_at = null, lease_token = null, lease_until = null
   where m.id = excluded.id and (m.status <> 'connected' or m.user_id is null or m.user_id = auth.uid());
  if not found then
    raise exception 'A colleague has connected this mailbox already' using errcode = 'PT409';
  end if;
  insert into public.mailbox_tokens as t (workspace_id, mailbox_id, refresh_token, access_token, access_expires_at)
  values (workspace, mailbox, sealed_refresh, sealed_access, access_until)
  on conflict (workspace_id, mailbox_id) do update
     set refresh_token = excluded.refresh_token, access_token = excluded.access_token, access_expires_at = excluded.access_expires_at;
  return mailbox;
end $$;

-- Ends a mailbox: one's own, or anybody's by an admin. What waits to be sent through it is dropped. The tokens go once the
-- machine has given the permission back.
create function private.disconnect_mailbox(workspace uuid, mailbox uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare holder uuid;
begin
  perform private.assert_member(workspace);
  select m.user_id into holder from public.mailboxes m where m.workspace_id = workspace and m.id = mailbox for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if holder is distinct from auth.uid() then perform private.assert_member(workspace, 'admin'); end if;
  update public.mailboxes m set status = 'disconnected', lease_token = null, lease_until = null, last_error = null
   where m.workspace_id = workspace and m.id = mailbox;
  update public.email_queue q
     set status = 'cancelled', decision = jsonb_build_object('verdict', 'drop', 'reason', 'mailbox_disconnected', 'at', now())
   where q.workspace_id = workspace and q.mailbox_id = mailbox and q.status in ('staged', 'queued');
end $$;

-- The workspace's mailboxes, the caller's own first.
create function private.list_mailboxes(workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', m.id, 'address', m.address, 'status', m.status, 'synced_at', m.synced_at,
      'last_error', m.last_error, 'user_id', m.user_id, 'user_name', nullif(p.full_name, ''), 'is_mine', coalesce(m.user_id = auth.uid(), false),
      'replies', (select count(*) from public.inbound_emails i
                   where i.workspace_id = workspace and i.mailbox_id = m.id and i.kind = 'reply' and i.received_at > now() - interval '30 days'))
      order by coalesce(m.user_id = auth.uid(), false) desc, m.status = 'disconnected', m.address)
    from public.mailboxes m left join public.profiles p on p.user_id = m.user_id
   where m.workspace_id = workspace), '[]');
end $$;

grant execute on function private.prepare_mailbox(uuid, text), private.connect_mailbox(uuid, uuid, text, text, text, timestamptz),
  private.disconnect_mailbox(uuid, uuid), private.list_mailboxes(uuid) to authenticated;
create function public.prepare_mailbox(workspace uuid, account text) returns uuid
language sql stable set search_path = '' as $$ select private.prepare_mailbox(workspace, account) $$;
create function public.connect_mailbox(workspace uuid, mailbox uuid, account text, sealed_refresh text, sealed_access text default null,
                                       access_until timestamptz default null) returns uuid
language sql set search_path = '' as $$
  select private.connect_mailbox(workspace, mailbox, account, sealed_refresh, sealed_access, access_until) $$;
create function public.disconnect_mailbox(workspace uuid, mailbox uuid) returns void
language sql set search_path = '' as $$ select private.disconnect_mailbox(workspace, mailbox) $$;
create function public.list_mailboxes(workspace uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.list_mailboxes(workspace) $$;
grant execute on function public.prepare_mailbox(uuid, text), public.connect_mailbox(uuid, uuid, text, text, text, timestamptz),
  public.disconnect_mailbox(uuid, uuid), public.list_mailboxes(uuid) to authenticated;

-- For the cron alone: takes mailboxes that no run holds and that were not taken since, the longest untouched first.
create function public.claim_mailboxes(not_since timestamptz, batch integer, lease_seconds integer) returns jsonb
language sql set search_path = ''
as $$
  with due as (
    select m.id from public.mailboxes m
     where m.status = 'connected' and (m.tried_at is null or m.tried_at < not_since) and (m.lease_until is null or m.lease_until < now())
     order by m.tried_at nulls first, m.id limit batch for update skip locked
  ), taken as (
    update public.mailboxes m set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => lease_seconds), tried_at = clock_timestamp()
      from due where m.id = due.id
    returning m.id, m.workspace_id, m.address, m.history_id, m.synced_at, m.lease_token
  )
  select coalesce(jsonb_agg(to_jsonb(k) || jsonb_build_object('refresh_token', t.refresh_token, 'access_token', t.access_token,
    'access_expires_at', t.access_expires_at)), '[]')
  from taken k left join public.mailbox_tokens t on t.workspace_id = k.workspace_id and t.mailbox_id = k.id
$$;

-- Only its person can give the permission again: they are told, once each time it is lost.
create function public.ask_to_reconnect(mailbox uuid, failure text) returns boolean
language plpgsql set search_path = ''
as $$
declare lost public.mailboxes;
begin
  update public.mailboxes m set status = 'reconnect', last_error = left(failure, 2000), lease_token = null, lease_until = null
   where m.id = mailbox and m.status = 'connected' returning * into lost;
  if not found then return false; end if;
  perform private.notify(lost.workspace_id, lost.user_id, 'mailbox_reconnect', 'Connect ' || lost.address || ' again',
    'Google no longer lets Freehold read this mailbox: replies are not seen until it is connected again.',
    '/settings/mailboxes', 'mailbox_reconnect:' || lost.id || ':' || extract(epoch from clock_timestamp()));
  return true;
end $$;

-- Ends a run's hold on a mailbox, and notes how far it is. False: it is no longer this run's, and nothing was noted.
create function public.finish_mailbox_sync(mailbox uuid, lease uuid, next_history text default null, failure text default null) returns boolean
language sql set search_path = ''
as $$
  with ended as (
    update public.mailboxes m
       set lease_token = null, lease_until = null, last_error = left(failure, 2000),
           history_id = coalesce(next_history, m.history_id), synced_at = case when failure is null then now() else m.synced_at end
     where m.id = mailbox and m.lease_token = lease
    returning 1)
  select exists (select 1 from ended)
$$;

-- Tokens of mailboxes that were disconnected: to be given back, and then deleted.
create function public.list_revocations() returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('mailbox_id', x.mailbox_id, 'workspace_id', x.workspace_id, 'refresh_token', x.refresh_token)), '[]')
  from (select t.mailbox_id, t.workspace_id, t.refresh_token from public.mailboxes m
          join public.mailbox_tokens t on t.workspace_id = m.workspace_id and t.mailbox_id = m.id
         where m.status = 'disconnected' order by t.updated_at limit 50) x
$$;
