-- Why: a card that moves by itself is news to whoever it is assigned to; and what a property has on boards is asked for in one go.
-- Touches: functions private.tell_of_rule_moves (new), private.move_by_score (tells), list_cards_of_property (new).

-- Tells assignees of cards that the rule has just moved. Up to five each one by one; more, as new weights may move, in one sum
-- that opens the board. Who moved it by typing an input sees it move and is told nothing.
create function private.tell_of_rule_moves(workspace uuid, cards uuid[], why text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  with moved as materialized (
    select v.id, v.version, v.assigned_to, v.pipeline_id, s.name as stage, coalesce(p.name, p.address) as property,
           count(*) over (partition by v.assigned_to) as how_many
      from public.verifications v
      join public.pipeline_stages s on s.workspace_id = workspace and s.id = v.stage_id
      join public.properties p on p.workspace_id = workspace and p.id = v.property_id
      join public.workspace_members m on m.workspace_id = workspace and m.user_id = v.assigned_to
     where v.workspace_id = workspace and v.id = any (cards)
       and v.assigned_to is distinct from (select auth.uid())
       and not exists (select 1 from public.notification_preferences n
                        where n.workspace_id = workspace and n.user_id = v.assigned_to and 'rule_move' = any (n.muted_kinds))
  )
  insert into public.notifications (workspace_id, user_id, kind, title, body, link, dedupe_key, verification_id)
  select workspace, c.assigned_to, 'rule_move', left(c.property, 200) || ' moved to ' || c.stage, left(why, 2000),
         '/verification?card=' || c.id, 'rule:' || c.id || ':' || c.version, c.id
    from moved c where c.how_many <= 5
  union all
  select workspace, c.assigned_to, 'rule_move', count(*) || ' of your cards moved by their score', left(why, 2000),
         '/verification?assigned_to=' || c.assigned_to, 'rules:' || min(c.id::text) || ':' || count(*) || ':' || extract(epoch from now()), null
    from moved c where c.how_many > 5 group by c.assigned_to
  on conflict on constraint notifications_once do nothing;
end $$;

-- As before, and the assignees are told.
create or replace function private.move_by_score(workspace uuid, cards uuid[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  rules jsonb := (select private.score_rules(w.settings) from public.workspaces w where w.id = workspace);
  why text := format('The score reached the threshold of %s', trim_scale((rules ->> 'threshold')::numeric));
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
  perform private.log_stage_moves(workspace, moved, origins, true, why);
  perform private.tell_of_rule_moves(workspace, moved, why);
  return cardinality(moved);
end $$;

-- The cards of a property on boards in use, the active ones first, then the latest; at most 50.
create function public.list_cards_of_property(workspace uuid, property uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(x) - 'created_at' order by x.status, x.created_at desc), '[]') from (
    select v.id, v.status, v.score, s.name as stage, jsonb_build_object('id', l.id, 'name', l.name) as pipeline, v.created_at
      from public.verifications v
      join public.pipelines l on l.workspace_id = workspace and l.id = v.pipeline_id and l.archived_at is null
      join public.pipeline_stages s on s.workspace_id = workspace and s.id = v.stage_id
     where v.workspace_id = workspace and v.property_id = property and v.deleted_at is null
     order by v.status, v.created_at desc limit 50) x
$$;
grant execute on function public.list_cards_of_property(uuid, uuid) to authenticated;
