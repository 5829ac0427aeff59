-- Why: a team's own way to a signature: pipelines, their stages, and the order of those; nothing goes while cards stand on it.
-- Touches: functions list_pipelines, create_pipeline, update_pipeline, create_stage, update_stage, archive_stage, restore_stage,
-- reorder_stages.
--
-- Definers: pipelines and stages are written by nothing else. An admin's to change; the tiers are those of lib/tiers.ts.

-- All pipelines with their stages and how many cards stand in each; archived ones last.
create function private.list_pipelines(workspace uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', l.id, 'name', l.name, 'is_default', l.is_default, 'approve_stage_id', l.approve_stage_id, 'archived_at', l.archived_at,
        'stages', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'result', s.result, 'sla_days', s.sla_days,
            'cards', (select count(*) from public.verifications v where v.workspace_id = workspace and v.stage_id = s.id and v.deleted_at is null))
            order by s.position, s.id), '[]')
          from public.pipeline_stages s where s.workspace_id = workspace and s.pipeline_id = l.id and s.archived_at is null))
      order by l.archived_at is not null, l.is_default desc, l.created_at, l.id), '[]')
      from public.pipelines l where l.workspace_id = workspace and l.kind = 'verification');
end $$;

-- The pipeline, locked; 404 where there is none.
create function private.lock_pipeline(workspace uuid, pipeline uuid) returns public.pipelines
language plpgsql set search_path = ''
as $$
declare found_one public.pipelines;
begin
  select * into found_one from public.pipelines l where l.workspace_id = workspace and l.id = pipeline for no key update;
  if not found then raise exception 'There is no such pipeline' using errcode = 'PT404'; end if;
  return found_one;
end $$;

create function private.create_pipeline(workspace uuid, name text) returns uuid
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'admin');
  perform private.require_tier(workspace, 'pro', 'pipelines_several');
  if (select count(*) from public.pipelines l where l.workspace_id = workspace and l.archived_at is null) >= 50 then
    raise exception 'There are 50 pipelines already. Archive one first.' using errcode = 'PT409';
  end if;
  return private.make_pipeline(workspace, name, false, auth.uid());
end $$;

-- Changes { name, is_default: true, approve_stage_id, archived }. The default one can't be archived.
create function private.update_pipeline(workspace uuid, pipeline uuid, change jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare board public.pipelines;
begin
  perform private.assert_member(workspace, 'admin');
  board := private.lock_pipeline(workspace, pipeline);
  if (change ->> 'archived')::boolean and board.is_default then
    raise exception 'The default pipeline can''t be archived. Make another one the default first.' using errcode = 'PT409';
  end if;
  if (change ->> 'archived')::boolean = false and board.archived_at is not null then
    perform private.require_tier(workspace, 'pro', 'pipelines_several');
  end if;
  if (change ->> 'is_default')::boolean and not board.is_default then
    if board.archived_at is not null then raise exception 'An archived pipeline can''t be the default' using errcode = 'PT409'; end if;
    update public.pipelines l set is_default = false where l.workspace_id = workspace and l.kind = board.kind and l.is_default;
  end if;
  if change ->> 'approve_stage_id' is not null and not exists (
    select 1 from public.pipeline_stages s where s.workspace_id = workspace and s.pipeline_id = pipeline
       and s.id = (change ->> 'approve_stage_id')::uuid and s.archived_at is null and s.result <> 'lost') then
    raise exception 'There is no such stage to approve in' using errcode = 'PT404';
  end if;
  update public.pipelines l set
      name = coalesce(btrim(change ->> 'name'), l.name),
      is_default = l.is_default or coalesce((change ->> 'is_default')::boolean, false),
      approve_stage_id = case when change ? 'approve_stage_id' then (change ->> 'approve_stage_id')::uuid else l.approve_stage_id end,
      archived_at = case when not change ? 'archived' then l.archived_at when (change ->> 'archived')::boolean then coalesce(l.archived_at, now()) end
   where l.workspace_id = workspace and l.id = pipeline;
end $$;

-- Adds a stage behind the last open one, or at the end. Returns its id.
create function private.create_stage(workspace uuid, pipeline uuid, stage jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  made uuid;
  place integer;
begin
  perform private.assert_member(workspace, 'admin');
  perform private.require_tier(workspace, 'pro', 'stages_own');
  if stage ->> 'sla_days' is not null then perform private.require_tier(workspace, 'premium', 'stage_sla'); end if;
  perform private.lock_pipeline(workspace, pipeline);
  if (select count(*) from public.pipeline_stages s where s.workspace_id = workspace and s.pipeline_id = pipeline and s.archived_at is null) >= 20 then
    raise exception 'A pipeline has at most 20 stages' using errcode = 'PT409';
  end if;
  select case when stage ->> 'result' = 'open' then coalesce(max(s.position) filter (where s.result = 'open'), 0) else coalesce(max(s.position), 0) end + 1
    into place from public.pipeline_stages s where s.workspace_id = workspace and s.pipeline_id = pipeline and s.archived_at is null;
  update public.pipeline_stages s set position = s.position + 1
   where s.workspace_id = workspace and s.pipeline_id = pipeline and s.position >= place;
  insert into public.pipeline_stages (workspace_id, pipeline_id, name, position, result, sla_days)
  values (workspace, pipeline, btrim(stage ->> 'name'), place, stage ->> 'result', (stage ->> 'sla_days')::integer) returning id into made;
  return made;
end $$;

-- Changes { name, sla_days, result } of a stage. What standing there means changes only while no card does.
create function private.update_stage(workspace uuid, stage uuid, change jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  target public.pipeline_stages;
  new_result text;
begin
  perform private.assert_member(workspace, 'admin');
  select * into target from public.pipeline_stages s where s.workspace_id = workspace and s.id = stage and s.archived_at is null for update;
  if not found then raise exception 'There is no such stage' using errcode = 'PT404'; end if;
  if change ->> 'sla_days' is not null then perform private.require_tier(workspace, 'premium', 'stage_sla'); end if;
  new_result := coalesce(change ->> 'result', target.result);
  if new_result <> target.result then
    perform private.require_tier(workspace, 'pro', 'stages_own');
    if exists (select 1 from public.verifications v where v.workspace_id = workspace and v.stage_id = stage) then
      raise exception 'Cards stand in this stage, or were removed from it. What it means can change only while it is empty.' using errcode = 'PT409';
    end if;
    perform private.keep_an_open_stage(workspace, target.pipeline_id, stage, new_result);
    if new_result = 'lost' then
      update public.pipelines l set approve_stage_id = null where l.workspace_id = workspace and l.approve_stage_id = stage;
    end if;
  end if;
  update public.pipeline_stages s set
      name = coalesce(btrim(change ->> 'name'), s.name), result = new_result,
      sla_days = case when change ? 'sla_days' then (change ->> 'sla_days')::integer else s.sla_days end
   where s.workspace_id = workspace and s.id = stage;
  -- a longer time, or none, takes the mark off those that are within it again
  if change ? 'sla_days' then
    update public.verifications v set sla_breached_at = null
     where v.workspace_id = workspace and v.stage_id = stage and v.sla_breached_at is not null
       and (change ->> 'sla_days' is null or v.stage_entered_at + (change ->> 'sla_days')::integer * interval '1 day' > now());
  end if;
end $$;

-- New cards need a stage to stand in.
create function private.keep_an_open_stage(workspace uuid, pipeline uuid, stage uuid, new_result text) returns void
language plpgsql set search_path = ''
as $$
begin
  if new_result is distinct from 'open' and not exists (
    select 1 from public.pipeline_stages s where s.workspace_id = workspace and s.pipeline_id = pipeline and s.id <> stage
       and s.result = 'open' and s.archived_at is null) then
    raise exception 'A pipeline needs an open stage' using errcode = 'PT409';
  end if;
end $$;

-- Takes a stage away. Its cards move to another stage of the pipeline first, at its foot and in their order; without one, a
-- stage with cards stays. Into a lost stage they go with `reason`. Returns { moved }.
create function private.archive_stage(workspace uuid, stage uuid, move_to uuid, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  target public.pipeline_stages;
  goal public.pipeline_stages;
  standing integer;
  doubled integer;
  bottom numeric;
  moved uuid[];
begin
  perform private.assert_member(workspace, 'admin');
  perform private.require_tier(workspace, 'pro', 'stages_own');
  perform 1 from public.pipeline_stages s where s.workspace_id = workspace and s.id in (stage, move_to) order by s.id for no key update;
  select * into target from public.pipeline_stages s where s.workspace_id = workspace and s.id = stage and s.archived_at is null;
  if not found then raise exception 'There is no such stage' using errcode = 'PT404'; end if;
  perform private.keep_an_open_stage(workspace, target.pipeline_id, stage, null);
  -- those that were removed, or whose property was, keep their place to come back to
  select count(*) into standing from public.verifications v where v.workspace_id = workspace and v.stage_id = stage;
  if standing > 0 and move_to is null then
    raise exception '% here. Say where they go first.', case standing when 1 then 'One card stands' else standing || ' cards stand' end
      using errcode = 'PT409', hint = 'stage_in_use';
  end if;
  if move_to is not null then
    select * into goal from public.pipeline_stages s
     where s.workspace_id = workspace and s.id = move_to and s.pipeline_id = target.pipeline_id and s.id <> stage and s.archived_at is null;
    if not found then raise exception 'There is no such stage to move them to' using errcode = 'PT404'; end if;
    if goal.result = 'lost' and target.result <> 'lost' and standing > 0 and coalesce(btrim(reason), '') = '' then
      raise exception 'Say why they were lost' using errcode = 'PT400', hint = 'reason_required';
    end if;
    if goal.result = 'open' and target.result <> 'open' then
      select count(*) - count(distinct v.property_id) + count(*) filter (where exists (
          select 1 from public.verifications x where x.workspace_id = workspace and x.property_id = v.property_id and x.pipeline_id = v.pipeline_id
             and x.result = 'open' and x.deleted_at is null)) into doubled
        from public.verifications v where v.workspace_id = workspace and v.stage_id = stage and v.deleted_at is null;
      if doubled > 0 then
        raise exception '% of these cards have a property with another active card. Choose a stage that closes them.', doubled using errcode = 'PT409';
      end if;
    end if;
    select coalesce(max(v.rank), 0) into bottom from public.verifications v where v.workspace_id = workspace and v.stage_id = move_to;
    with placed as (
      select v.id, row_number() over (order by v.rank) as place from public.verifications v where v.workspace_id = workspace and v.stage_id = stage
    ), updated as (
      update public.verifications v
         set stage_id = move_to, result = goal.result, rank = bottom + p.place * 1024, version = v.version + 1, stage_entered_at = now(),
             sla_breached_at = null, lost_reason = case when goal.result = 'lost' then coalesce(v.lost_reason, btrim(reason)) end
        from placed p where v.workspace_id = workspace and v.id = p.id returning v.id
    )
    select array_agg(u.id) into moved from updated u;
    if moved is not null then
      perform private.log_stage_moves(workspace, moved, array_fill(stage, array[cardinality(moved)]), false,
        coalesce(nullif(btrim(reason), ''), format('The stage “%s” was removed', target.name)));
    end if;
  end if;
  update public.pipelines l set approve_stage_id = null where l.workspace_id = workspace and l.approve_stage_id = stage;
  update public.pipeline_stages s set archived_at = now() where s.workspace_id = workspace and s.id = stage;
  return jsonb_build_object('moved', coalesce(cardinality(moved), 0));
end $$;

create function private.restore_stage(workspace uuid, stage uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'admin');
  perform private.require_tier(workspace, 'pro', 'stages_own');
  update public.pipeline_stages s set archived_at = null where s.workspace_id = workspace and s.id = stage and s.archived_at is not null;
  if not found then raise exception 'There is no such stage' using errcode = 'PT404'; end if;
end $$;

-- Puts the stages of a pipeline into the order given, which names each of them once.
create function private.reorder_stages(workspace uuid, pipeline uuid, stages uuid[]) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'admin');
  perform private.lock_pipeline(workspace, pipeline);
  if array(select s.id from public.pipeline_stages s where s.workspace_id = workspace and s.pipeline_id = pipeline and s.archived_at is null order by 1)
     <> array(select x from unnest(stages) x order by 1) then
    raise exception 'The stages have changed since. Look again, then put them in order.' using errcode = 'PT409';
  end if;
  update public.pipeline_stages s set position = o.place
    from unnest(stages) with ordinality o(id, place) where s.workspace_id = workspace and s.id = o.id and s.position <> o.place;
end $$;

create function public.list_pipelines(workspace uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.list_pipelines(workspace) $$;
create function public.create_pipeline(workspace uuid, name text) returns uuid
language sql set search_path = '' as $$ select private.create_pipeline(workspace, name) $$;
create function public.update_pipeline(workspace uuid, pipeline uuid, change jsonb) returns void
language sql set search_path = '' as $$ select private.update_pipeline(workspace, pipeline, change) $$;
create function public.create_stage(workspace uuid, pipeline uuid, stage jsonb) returns uuid
language sql set search_path = '' as $$ select private.create_stage(workspace, pipeline, stage) $$;
create function public.update_stage(workspace uuid, stage uuid, change jsonb) returns void
language sql set search_path = '' as $$ select private.update_stage(workspace, stage, change) $$;
create function public.archive_stage(workspace uuid, stage uuid, move_to uuid default null, reason text default null) returns jsonb
language sql set search_path = '' as $$ select private.archive_stage(workspace, stage, move_to, reason) $$;
create function public.restore_stage(workspace uuid, stage uuid) returns void
language sql set search_path = '' as $$ select private.restore_stage(workspace, stage) $$;
create function public.reorder_stages(workspace uuid, pipeline uuid, stages uuid[]) returns void
language sql set search_path = '' as $$ select private.reorder_stages(workspace, pipeline, stages) $$;
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
            where n.nspname in ('public', 'private') and p.proname in ('list_pipelines', 'create_pipeline', 'update_pipeline',
              'create_stage', 'update_stage', 'archive_stage', 'restore_stage', 'reorder_stages') loop
    execute format('grant execute on function %s to authenticated', f);
  end loop;
end $$;
