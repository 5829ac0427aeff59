-- Why: a score says how far a property meets what the workspace looks for, and a card that meets it moves on by itself.
-- Touches: functions update_verification, set_verification_settings, get_verification; a trigger on workspaces.

-- A number of the settings, or what stands in for it where it is missing or out of its range.
create function private.number_or(value jsonb, instead numeric, least_value numeric, most_value numeric) returns numeric
language sql immutable set search_path = ''
as $$
  select case when jsonb_typeof(value) = 'number' and (value #>> '{}')::numeric between least_value and most_value
              then (value #>> '{}')::numeric else instead end
$$;

-- What scores are counted with: workspaces.settings -> 'verification', with what stands in for what isn't set there.
create function private.score_rules(settings jsonb) returns jsonb
language sql immutable set search_path = ''
as $$
  select jsonb_build_object(
    'roi_weight', private.number_or(settings #> '{verification,roi_weight}', 50, 0, 100),
    'regulatory_weight', private.number_or(settings #> '{verification,regulatory_weight}', 30, 0, 100),
    'market_weight', private.number_or(settings #> '{verification,market_weight}', 20, 0, 100),
    'roi_target_pct', private.number_or(settings #> '{verification,roi_target_pct}', 12, 0.1, 1000),
    'threshold', private.number_or(settings #> '{verification,threshold}', 75, 0, 100),
    'auto_move', coalesce(settings #> '{verification,auto_move}' <> 'false', true))
$$;

-- The parts a score is made of: each input with its weight, and how far it is met, 0..1. An input that isn't known has no part.
--   ROI: the yearly return in per cent against the target, at most all of it; a loss counts nothing.
--   Regulatory and market risk, 0..100: the less the better.
create function private.score_parts(inputs jsonb, rules jsonb) returns table (key text, value numeric, weight numeric, part numeric)
language sql immutable set search_path = ''
as $$
  select x.key, x.value, (rules ->> (x.name || '_weight'))::numeric,
         case x.name when 'roi' then greatest(least(x.value / (rules ->> 'roi_target_pct')::numeric, 1), 0) else 1 - x.value / 100 end
    from (values ('roi_annual_pct', 'roi', private.number_or(inputs -> 'roi_annual_pct', null, -1000, 1000)),
                 ('regulatory_risk', 'regulatory', private.number_or(inputs -> 'regulatory_risk', null, 0, 100)),
                 ('market_risk', 'market', private.number_or(inputs -> 'market_risk', null, 0, 100))) x(key, name, value)
$$;

-- 0..100: the parts by their weights. Null while an input that has a weight isn't known, or where nothing has a weight.
create function private.verification_score(inputs jsonb, rules jsonb) returns numeric
language sql immutable set search_path = ''
as $$
  select case when bool_and(p.part is not null) then round(100 * sum(p.part * p.weight) / sum(p.weight), 2) end
    from private.score_parts(inputs, rules) p where p.weight > 0
$$;

-- Moves the cards that have earned it to their pipeline's approve stage: open, standing before it, allowed by their jurisdiction,
-- at or over the threshold. Never one that a person has put at or behind that stage, at a lost one, or taken out of
-- either: what a person decided stands. `cards` null: all of the workspace. The caller has locked the approve stages.
create function private.move_by_score(workspace uuid, cards uuid[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  rules jsonb := (select private.score_rules(w.settings) from public.workspaces w where w.id = workspace);
  moved uuid[];
  origins uuid[];
begin
  if not private.has_tier(workspace, 'pro') or not (rules ->> 'auto_move')::boolean then return 0; end if;
  with earned as (
    select v.id, v.version, v.stage_id, a.id as goal, a.result, row_number() over (partition by a.id order by v.score desc, v.id) as place
      from public.verifications v
      join public.pipelines l on l.workspace_id = workspace and l.id = v.pipeline_id and l.archived_at is null
      join public.pipeline_stages s on s.workspace_id = workspace and s.id = v.stage_id
      join public.pipeline_stages a on a.workspace_id = workspace and a.id = l.approve_stage_id and a.archived_at is null and a.result <> 'lost'
     where v.workspace_id = workspace and (cards is null or v.id = any (cards))
       and v.result = 'open' and v.deleted_at is null and not v.property_deleted
       and s.position < a.position and v.score >= (rules ->> 'threshold')::numeric and v.score_inputs -> 'jurisdiction_allowed' = 'true'
       and not exists (
         select 1 from public.stage_moves m
           join public.pipeline_stages e on e.workspace_id = workspace and e.id in (m.from_stage_id, m.to_stage_id)
          where m.workspace_id = workspace and m.verification_id = v.id and not m.by_rule and (e.result = 'lost' or e.position >= a.position))
  ), placed as (
    select e.*, coalesce((select min(x.rank) from public.verifications x where x.workspace_id = workspace and x.stage_id = e.goal), 0)
             - (count(*) over (partition by e.goal) - e.place + 1) * 1024 as rank
      from earned e
  ), updated as (
    update public.verifications v
       set stage_id = p.goal, result = p.result, rank = p.rank, version = v.version + 1, stage_entered_at = now(), sla_breached_at = null
      -- whoever moved it while this waited has decided
      from placed p where v.workspace_id = workspace and v.id = p.id and v.version = p.version returning v.id, p.stage_id as origin
  )
  select array_agg(u.id), array_agg(u.origin) into moved, origins from updated u;
  if moved is null then return 0; end if;
  perform private.log_stage_moves(workspace, moved, origins, true,
    format('The score reached the threshold of %s', trim_scale((rules ->> 'threshold')::numeric)));
  return cardinality(moved);
end $$;

create function private.lock_approve_stages(workspace uuid) returns void
language sql set search_path = ''
as $$
  select from public.pipeline_stages s
   where s.workspace_id = workspace and s.id in (select l.approve_stage_id from public.pipelines l where l.workspace_id = workspace)
   order by s.id for no key update
$$;

-- New weights count for every card, at once.
create function private.rescore() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare rules jsonb := private.score_rules(new.settings);
begin
  perform private.lock_approve_stages(new.id);
  update public.verifications v set score = private.verification_score(v.score_inputs, rules)
   where v.workspace_id = new.id and v.score_inputs <> '{}' and v.score is distinct from private.verification_score(v.score_inputs, rules);
  perform private.move_by_score(new.id, null);
  return null;
end $$;
create trigger rescore after update of settings on public.workspaces
  for each row when (old.settings -> 'verification' is distinct from new.settings -> 'verification') execute function private.rescore();

-- Changes { owner_id, assigned_to, score_inputs } of a card; inputs are set one by one, null takes one away. Then the rule looks
-- at it. Returns the card as the board shows it.
create function private.update_verification(workspace uuid, card uuid, change jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  rules jsonb;
  inputs jsonb;
begin
  perform private.assert_member(workspace);
  select private.score_rules(w.settings) into rules from public.workspaces w where w.id = workspace;
  if change ? 'score_inputs' then perform private.lock_approve_stages(workspace); end if;
  select jsonb_strip_nulls(v.score_inputs || coalesce(change -> 'score_inputs', '{}')) into inputs
    from public.verifications v where v.workspace_id = workspace and v.id = card and v.deleted_at is null and not v.property_deleted for update;
  if not found then raise exception 'There is no such card' using errcode = 'PT404'; end if;
  if exists (select 1 from jsonb_each(inputs) i where case i.key
       when 'roi_annual_pct' then private.number_or(i.value, null, -1000, 1000) is null
       when 'regulatory_risk' then private.number_or(i.value, null, 0, 100) is null
       when 'market_risk' then private.number_or(i.value, null, 0, 100) is null
       when 'jurisdiction_allowed' then jsonb_typeof(i.value) <> 'boolean' else true end) then
    raise exception 'A value is out of its range' using errcode = 'PT400';
  end if;
  update public.verifications v set
      owner_id = case when change ? 'owner_id' then (change ->> 'owner_id')::uuid else v.owner_id end,
      assigned_to = case when change ? 'assigned_to' then (change ->> 'assigned_to')::uuid else v.assigned_to end,
      score_inputs = inputs, score = private.verification_score(inputs, rules)
   where v.workspace_id = workspace and v.id = card;
  if change ? 'score_inputs' then perform private.move_by_score(workspace, array[card]); end if;
  return private.find_card(workspace, card);
end $$;

-- What scores are counted with and when the rule moves a card: an admin's to change. Returns all of it as it is now.
create function private.set_verification_settings(workspace uuid, change jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare settings jsonb;
begin
  perform private.assert_member(workspace, 'admin');
  update public.workspaces w
     set settings = jsonb_set(w.settings, '{verification}', private.score_rules(w.settings) || change)
   where w.id = workspace returning private.score_rules(w.settings) into settings;
  return settings;
end $$;

-- Everything the card's panel shows: the card, its property and owner, its pipeline's stages, the parts of its score, its moves.
create function private.get_verification(workspace uuid, card uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v public.verifications;
  rules jsonb;
begin
  perform private.assert_member(workspace);
  select x.* into v from public.verifications x where x.workspace_id = workspace and x.id = card;
  if not found then raise exception 'There is no such card' using errcode = 'PT404'; end if;
  select private.score_rules(w.settings) into rules from public.workspaces w where w.id = workspace;
  return (
    select jsonb_build_object(
      'id', v.id, 'stage_id', v.stage_id, 'version', v.version, 'status', v.status, 'lost_reason', v.lost_reason, 'assigned_to', v.assigned_to,
      'stage_entered_at', v.stage_entered_at, 'sla_breached_at', v.sla_breached_at, 'created_at', v.created_at, 'deleted_at', v.deleted_at,
      'score', v.score, 'score_inputs', v.score_inputs, 'rules', rules,
      'score_parts', (select jsonb_agg(jsonb_build_object('key', s.key, 'weight', s.weight, 'part', round(s.part, 4))) from private.score_parts(v.score_inputs, rules) s),
      'property', jsonb_build_object('id', p.id, 'name', coalesce(p.name, p.address), 'address', p.address, 'city', p.city, 'state', p.state,
        'market', p.market, 'units', p.units, 'deleted_at', p.deleted_at),
      'owner', case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.display_name, 'kind', o.kind,
        'person_id', o.person_id, 'organization_id', o.organization_id) end,
      'pipeline', jsonb_build_object('id', l.id, 'name', l.name, 'approve_stage_id', l.approve_stage_id, 'archived_at', l.archived_at),
      'stages', (select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'result', s.result,
          'sla_days', case when private.has_tier(workspace, 'premium') then s.sla_days end) order by s.position, s.id)
        from public.pipeline_stages s where s.workspace_id = workspace and s.pipeline_id = v.pipeline_id and (s.archived_at is null or s.id = v.stage_id)),
      'moves', (select coalesce(jsonb_agg(to_jsonb(m) order by m.at desc, m.id), '[]') from (
        select m.id, f.name as from_stage, t.name as to_stage, t.result, m.moved_by, w.full_name as mover, m.by_rule, m.reason, m.at
          from public.stage_moves m
          join public.pipeline_stages t on t.workspace_id = workspace and t.id = m.to_stage_id
          left join public.pipeline_stages f on f.workspace_id = workspace and f.id = m.from_stage_id
          left join public.profiles w on w.user_id = m.moved_by
         where m.workspace_id = workspace and m.verification_id = v.id order by m.at desc, m.id limit 100) m))
      from public.properties p
      join public.pipelines l on l.workspace_id = workspace and l.id = v.pipeline_id
      left join public.owners o on o.workspace_id = workspace and o.id = coalesce(v.owner_id, p.owner_id)
     where p.workspace_id = workspace and p.id = v.property_id);
end $$;

create function public.update_verification(workspace uuid, card uuid, change jsonb) returns jsonb
language sql set search_path = '' as $$ select private.update_verification(workspace, card, change) $$;
create function public.set_verification_settings(workspace uuid, change jsonb) returns jsonb
language sql set search_path = '' as $$ select private.set_verification_settings(workspace, change) $$;
create function public.get_verification(workspace uuid, card uuid) returns jsonb
language sql stable set search_path = '' as $$ select private.get_verification(workspace, card) $$;
grant execute on function private.update_verification(uuid, uuid, jsonb), private.set_verification_settings(uuid, jsonb), private.get_verification(uuid, uuid),
  public.update_verification(uuid, uuid, jsonb), public.set_verification_settings(uuid, jsonb), public.get_verification(uuid, uuid) to authenticated;
