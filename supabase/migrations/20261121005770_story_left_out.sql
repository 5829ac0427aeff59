-- Why: a person's page of e-mails says of which campaigns they were left out, and why, beside what was stopped.
-- Touches: private.person_left_out (new); public.person_email_story.

-- The campaigns, at most 20 and the latest first, that somebody chose this person for and that could not take them, with what stands in
-- the way now; `ready` where nothing does any more.
create function private.person_left_out(workspace uuid, person uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return (select coalesce(jsonb_agg(jsonb_build_object('at', x.created_at, 'reason', coalesce(k.reason, 'ready'),
      'campaign', jsonb_build_object('id', x.id, 'name', x.name, 'status', x.status)) order by x.created_at desc, x.id), '[]')
    from (
      select c.id, c.name, c.status, o.created_at from public.campaign_left_out o
        join public.campaigns c on c.workspace_id = o.workspace_id and c.id = o.campaign_id and c.deleted_at is null
       where o.workspace_id = workspace and o.person_id = person order by o.created_at desc, c.id limit 20) x
    left join lateral private.campaign_candidates(workspace, x.id, array[person]) k on true);
end $$;
grant execute on function private.person_left_out(uuid, uuid) to authenticated;

create or replace function public.person_email_story(workspace uuid, person uuid) returns jsonb
language sql stable set search_path = '' as $$
  select private.person_email_story(workspace, person, now()) || jsonb_build_object('left_out', private.person_left_out(workspace, person)) $$;
