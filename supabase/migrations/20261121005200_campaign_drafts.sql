-- Why: a campaign's draft is saved as a whole, by whoever saw its last version; and the copy that a launch keeps is made of it.
-- Touches: campaign_left_out (new); functions create_campaign, save_campaign_steps, set_campaign_deleted, private.campaign_snapshot.

-- Whom somebody chose and who couldn't be taken. Why is asked anew whenever it is shown: an address may have been lifted since.
create table public.campaign_left_out (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null,
  campaign_id uuid not null,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, id),
  unique (workspace_id, campaign_id, person_id),
  foreign key (workspace_id, campaign_id) references public.campaigns (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references public.people (workspace_id, id) on delete cascade
);
create index campaign_left_out_person_idx on public.campaign_left_out (workspace_id, person_id);
alter table public.campaign_left_out enable row level security;
grant select on public.campaign_left_out to authenticated;
create policy campaign_left_out_select on public.campaign_left_out for select to authenticated
  using (workspace_id = any (array(select private.my_workspace_ids())));

-- A draft with one empty mail, by the workspace's clock and from its first sender.
create function private.create_campaign(workspace uuid, name text, format text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  new_campaign uuid;
  new_step uuid;
begin
  perform private.assert_member(workspace);
  insert into public.campaigns (workspace_id, name, format, time_zone, sender_id, created_by)
  values (workspace, create_campaign.name, create_campaign.format, private.workspace_zone(workspace),
    (select s.id from public.senders s where s.workspace_id = workspace and s.archived_at is null order by s.created_at, s.id limit 1), auth.uid())
  returning id into new_campaign;
  insert into public.campaign_steps (workspace_id, campaign_id, name, sections)
  values (workspace, new_campaign, 'First e-mail', jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'kind', 'fixed', 'content', '')))
  returning id into new_step;
  update public.campaigns c set entry_step_id = new_step where c.workspace_id = workspace and c.id = new_campaign;
  return new_campaign;
end $$;

-- The draft's mails and ways, all at once; `saw` is the version that they were made from. Answers the new version.
-- graph: { format?, entry_step_id, steps: [{ id, name, subjects, sections }], edges: [{ from, to, days, hours, minutes, condition }] }
create function private.save_campaign_steps(workspace uuid, campaign uuid, saw integer, graph jsonb) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  was public.campaigns := private.lock_campaign(workspace, campaign);
  had integer;
  had_variants integer;
  foreign_step integer;
begin
  if was.status <> 'draft' then
    raise exception 'This campaign was launched: its e-mails stay as they are' using errcode = 'PT409', hint = 'conflict';
  end if;
  if was.version <> saw then
    raise exception 'Somebody else saved this campaign while you had it open. Load it again.' using errcode = 'PT409', hint = 'conflict';
  end if;
  select count(*), count(*) filter (where cardinality(s.subjects) > 1) into had, had_variants
    from public.campaign_steps s where s.workspace_id = workspace and s.campaign_id = campaign;
  -- a lower tier takes nothing away: it only can't be added to
  if jsonb_array_length(graph -> 'steps') > greatest(had, 1) then perform private.require_tier(workspace, 'premium', 'campaign_sequences'); end if;
  if (select count(*) from jsonb_array_elements(graph -> 'steps') s where jsonb_array_length(s -> 'subjects') > 1) > had_variants then
    perform private.require_tier(workspace, 'premium', 'ab_subjects');
  end if;
  if jsonb_array_length(graph -> 'steps') > 20 or jsonb_array_length(graph -> 'edges') > 60 then
    raise exception 'A campaign has at most 20 e-mails and 60 ways between them' using errcode = 'PT400';
  end if;

  delete from public.campaign_edges e where e.workspace_id = workspace and e.campaign_id = campaign;
  delete from public.campaign_steps s where s.workspace_id = workspace and s.campaign_id = campaign
     and s.id <> all (array(select (x ->> 'id')::uuid from jsonb_array_elements(graph -> 'steps') x));
  select x.n into foreign_step from jsonb_array_elements(graph -> 'steps') with ordinality as x(step, n)
    join public.campaign_steps s on s.id = (x.step ->> 'id')::uuid and (s.workspace_id, s.campaign_id) <> (workspace, campaign) limit 1;
  if foreign_step is not null then
    raise exception 'steps.%.id: this id is taken', foreign_step - 1 using errcode = 'PT400';
  end if;
  insert into public.campaign_steps as s (id, workspace_id, campaign_id, name, position, subjects, sections)
  select (x.step ->> 'id')::uuid, workspace, campaign, x.step ->> 'name', x.n - 1,
         array(select jsonb_array_elements_text(x.step -> 'subjects')), x.step -> 'sections'
    from jsonb_array_elements(graph -> 'steps') with ordinality as x(step, n)
  on conflict (id) do update set name = excluded.name, position = excluded.position, subjects = excluded.subjects, sections = excluded.sections;
  insert into public.campaign_edges (workspace_id, campaign_id, from_step_id, to_step_id, position, delay_days, delay_hours, delay_minutes, condition)
  select workspace, campaign, (x.edge ->> 'from')::uuid, (x.edge ->> 'to')::uuid, x.n - 1,
         (x.edge ->> 'days')::integer, (x.edge ->> 'hours')::integer, (x.edge ->> 'minutes')::integer, x.edge ->> 'condition'
    from jsonb_array_elements(graph -> 'edges') with ordinality as x(edge, n);
  update public.campaigns c
     set entry_step_id = (graph ->> 'entry_step_id')::uuid, format = coalesce(graph ->> 'format', c.format), version = c.version + 1
   where c.workspace_id = workspace and c.id = campaign;
  return was.version + 1;
end $$;

-- Away, or back again. What runs is cancelled first.
create function private.set_campaign_deleted(workspace uuid, campaign uuid, deleted boolean) returns void
language plpgsql security definer set search_path = ''
as $$
declare was public.campaigns;
begin
  perform private.assert_member(workspace);
  select * into was from public.campaigns c where c.workspace_id = workspace and c.id = campaign for update;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  if deleted and was.status not in ('draft', 'completed', 'cancelled') then
    raise exception 'A campaign that is % is cancelled before it is deleted', was.status using errcode = 'PT409', hint = 'conflict';
  end if;
  update public.campaigns c set deleted_at = case when deleted then coalesce(c.deleted_at, now()) end where c.workspace_id = workspace and c.id = campaign;
end $$;

-- The draft as a launch keeps it: `Snapshot` of modules/campaigns/schema.ts.
create function private.campaign_snapshot(workspace uuid, campaign uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'entryStepId', c.entry_step_id,
    'format', c.format,
    'sender', (select jsonb_build_object('id', s.id, 'name', s.name, 'localPart', s.local_part, 'replyTo', s.reply_to, 'mailboxId', s.mailbox_id,
                 'mailboxAddress', m.address, 'signature', s.signature, 'postalAddress', s.postal_address)
                 from public.senders s left join public.mailboxes m on m.workspace_id = s.workspace_id and m.id = s.mailbox_id
                where s.workspace_id = c.workspace_id and s.id = c.sender_id),
    'steps', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'subjects', s.subjects, 'sections', s.sections,
                 'edges', coalesce((select jsonb_agg(jsonb_build_object('to', e.to_step_id, 'days', e.delay_days, 'hours', e.delay_hours,
                     'minutes', e.delay_minutes, 'condition', e.condition) order by e.position)
                   from public.campaign_edges e where e.workspace_id = s.workspace_id and e.campaign_id = s.campaign_id and e.from_step_id = s.id), '[]'))
                 order by s.position, s.created_at, s.id)
               from public.campaign_steps s where s.workspace_id = c.workspace_id and s.campaign_id = c.id), '[]'))
    from public.campaigns c where c.workspace_id = workspace and c.id = campaign
$$;

grant execute on function private.create_campaign(uuid, text, text), private.save_campaign_steps(uuid, uuid, integer, jsonb),
  private.set_campaign_deleted(uuid, uuid, boolean) to authenticated;
create function public.create_campaign(workspace uuid, name text, format text default 'text') returns uuid
language sql set search_path = '' as $$ select private.create_campaign(workspace, name, format) $$;
create function public.save_campaign_steps(workspace uuid, campaign uuid, saw integer, graph jsonb) returns integer
language sql set search_path = '' as $$ select private.save_campaign_steps(workspace, campaign, saw, graph) $$;
create function public.set_campaign_deleted(workspace uuid, campaign uuid, deleted boolean) returns void
language sql set search_path = '' as $$ select private.set_campaign_deleted(workspace, campaign, deleted) $$;
grant execute on function public.create_campaign(uuid, text, text), public.save_campaign_steps(uuid, uuid, integer, jsonb),
  public.set_campaign_deleted(uuid, uuid, boolean) to authenticated;
