-- Why: the function's parameter has the name of a column, and hid it.
-- Touches: private.retry_sending_domain.

-- Lets a domain whose breaker is open send one mail as a probe now, instead of when its time has come.
create or replace function private.retry_sending_domain(workspace uuid, domain uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'admin');
  update public.sending_domains d
     set breaker_until = case when d.breaker = 'open' then now() end, next_send_at = least(d.next_send_at, now())
   where d.workspace_id = workspace and d.id = retry_sending_domain.domain;
  if not found then raise exception 'There is no such domain' using errcode = 'PT404'; end if;
end $$;
