-- Why: counting a filtered board of thousands read every card's property, owner and stage, whatever the filter asks of them.
-- Touches: functions private.count_from_sql (new), get_board, get_board_changes.

-- What a filter's WHERE needs beside the cards: each table only where the filter names it.
create function private.count_from_sql(clause text) returns text
language sql immutable set search_path = ''
as $f$
  select 'public.verifications v'
    || case when clause like '%s.sla_days%' then ' join public.pipeline_stages s on s.workspace_id = v.workspace_id and s.id = v.stage_id' else '' end
    || case when clause ~ '\m[po]\.' then ' join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id' else '' end
    || case when clause ~ '\mo\.' then
         ' left join public.owners o on o.workspace_id = v.workspace_id and o.id = coalesce(v.owner_id, p.owner_id) and o.deleted_at is null' else '' end
$f$;

-- A board: its pipeline, the pipelines there are, and each stage with its count and its first cards. JSON, not JSONB: it only ever
-- becomes text, and that is written in half the time.
create or replace function private.get_board(workspace uuid, pipeline uuid, filter jsonb, page_size integer) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  shown public.pipelines;
  clause text := private.board_where(workspace, filter);
  has_sla boolean;
  stages json;
begin
  perform private.assert_member(workspace);
  select * into shown from public.pipelines p
   where p.workspace_id = workspace and p.kind = 'verification' and p.archived_at is null
     and case when pipeline is null then p.is_default else p.id = pipeline end;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  has_sla := private.has_tier(workspace, 'premium');
  execute format($q$
    select json_agg(json_build_object('id', t.id, 'name', t.name, 'result', t.result, 'position', t.position,
             'sla_days', case when %5$L::boolean then t.sla_days end, 'count', coalesce(c.total, 0), 'cards', coalesce(k.cards, '[]'))
             order by t.position, t.id)
      from public.pipeline_stages t
      left join (select v.stage_id, count(*) as total from %1$s
        where v.workspace_id = %2$L and v.pipeline_id = %3$L and v.deleted_at is null and not v.property_deleted %4$s group by v.stage_id) c on c.stage_id = t.id
      left join lateral (select json_agg(x.card order by x.rank) as cards from (
        select v.rank, %6$s as card from %7$s
         where v.workspace_id = %2$L and v.stage_id = t.id and v.deleted_at is null and not v.property_deleted %4$s
         order by v.rank limit %8$s) x) k on true
     where t.workspace_id = %2$L and t.pipeline_id = %3$L and t.archived_at is null $q$,
    private.count_from_sql(clause),
    workspace, shown.id, clause, has_sla, private.card_sql(), private.card_from_sql(), least(page_size, 200))
    into stages;
  return json_build_object(
    'pipeline', json_build_object('id', shown.id, 'name', shown.name, 'approve_stage_id', shown.approve_stage_id),
    'pipelines', (select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.is_default desc, p.created_at, p.id)
      from public.pipelines p where p.workspace_id = workspace and p.kind = 'verification' and p.archived_at is null),
    'stages', coalesce(stages, '[]'));
end $$;

-- What became of some cards of a board: those that the filter still shows, and how many stand in each stage now.
create or replace function private.get_board_changes(workspace uuid, pipeline uuid, filter jsonb, ids uuid[]) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  clause text := private.board_where(workspace, filter);
  answer jsonb;
begin
  perform private.assert_member(workspace);
  execute format($q$
    select jsonb_build_object(
      'cards', (select coalesce(jsonb_agg(%1$s), '[]') from %2$s
        where v.workspace_id = %3$L and v.pipeline_id = %4$L and v.id = any (%5$L::uuid[]) and v.deleted_at is null and not v.property_deleted
          and s.archived_at is null %6$s),
      'counts', (select coalesce(jsonb_object_agg(c.stage_id, c.total), '{}') from (select v.stage_id, count(*) as total from %7$s
        where v.workspace_id = %3$L and v.pipeline_id = %4$L and v.deleted_at is null and not v.property_deleted %6$s group by v.stage_id) c)) $q$,
    private.card_sql(), private.card_from_sql(), workspace, pipeline, ids, clause,
    private.count_from_sql(clause))
    into answer;
  return answer;
end $$;
