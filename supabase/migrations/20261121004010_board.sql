-- Why: a board of thousands of cards opens in one round trip, and a column reads on by keyset.
-- Touches: verifications.property_deleted (new), indexes; functions get_board, list_board_cards, get_board_changes,
-- find_card.
--
-- The functions run with the definer's rights because a text search is not leakproof (see `lists`); membership comes first.

-- Whether the card's property is deleted, kept in the card: counting a stage reads an index and nothing else.
alter table public.verifications add column property_deleted boolean not null default false;
create index verifications_board_idx on public.verifications (workspace_id, stage_id, rank) include (id)
  where deleted_at is null and not property_deleted;
create index activities_open_step_idx on public.activities (workspace_id, property_id, next_step_at) where next_step_at is not null;
create index activities_owner_open_step_idx on public.activities (workspace_id, owner_id, next_step_at)
  where next_step_at is not null and property_id is null;

-- A card goes with its property, and comes back with it.
create function private.hide_cards_of_property() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.verifications v set property_deleted = new.deleted_at is not null
   where v.workspace_id = new.workspace_id and v.property_id = new.id;
  return null;
end $$;
create trigger hide_cards after update of deleted_at on public.properties
  for each row when (old.deleted_at is null <> (new.deleted_at is null)) execute function private.hide_cards_of_property();

-- The next step that waits on a card: logged on its property, or on its owner without naming a property.
create function private.card_next_step_sql() returns text
language sql immutable set search_path = ''
as $f$
  select $q$least(
    (select min(a.next_step_at) from public.activities a
      where a.workspace_id = v.workspace_id and a.property_id = v.property_id and a.next_step_at is not null),
    (select min(a.next_step_at) from public.activities a
      where a.workspace_id = v.workspace_id and a.owner_id = o.id and a.property_id is null and a.next_step_at is not null))$q$
$f$;

-- A card as the board shows it, of v(erifications), p(roperties) and o(wners). The rank is a text: it has more digits than
-- a number in JSON keeps.
create function private.card_sql() returns text
language sql immutable set search_path = ''
as $f$
  select $q$jsonb_build_object(
    'id', v.id, 'stage_id', v.stage_id, 'rank', v.rank::text, 'version', v.version, 'score', v.score, 'assigned_to', v.assigned_to,
    'stage_entered_at', v.stage_entered_at, 'lost_reason', v.lost_reason,
    'property', jsonb_build_object('id', p.id, 'name', coalesce(p.name, p.address), 'address', p.address, 'city', p.city),
    'owner', case when o.id is not null then jsonb_build_object('id', o.id, 'name', o.display_name) end,
    'next_step_at', $q$ || private.card_next_step_sql() || $q$,
    'open_tasks', 0)$q$
$f$;

create function private.card_from_sql() returns text
language sql immutable set search_path = ''
as $f$
  select $q$public.verifications v
    join public.pipeline_stages s on s.workspace_id = v.workspace_id and s.id = v.stage_id
    join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id
    left join public.owners o on o.workspace_id = v.workspace_id and o.id = coalesce(v.owner_id, p.owner_id)$q$
$f$;

-- The filter of a board as a WHERE: { assigned_to, owner_id, market: text[]; score_min, score_max; overdue; q }.
create function private.board_where(workspace uuid, filter jsonb) returns text
language plpgsql stable set search_path = ''
as $$
declare
  clause text := '';
  wanted text[];
begin
  wanted := private.filter_array(filter, 'assigned_to');
  if wanted is not null then
    clause := clause || format(' and (v.assigned_to::text = any (%L::text[])%s)', wanted,
      case when 'none' = any (wanted) then ' or v.assigned_to is null' else '' end);
  end if;
  wanted := private.filter_array(filter, 'owner_id');
  if wanted is not null then clause := clause || format(' and o.id = any (%L::uuid[])', wanted); end if;
  wanted := private.filter_array(filter, 'market');
  if wanted is not null then clause := clause || format(' and p.market = any (%L::text[])', wanted); end if;
  if filter ? 'score_min' then clause := clause || format(' and v.score >= %L::numeric', filter ->> 'score_min'); end if;
  if filter ? 'score_max' then clause := clause || format(' and v.score <= %L::numeric', filter ->> 'score_max'); end if;
  if (filter ->> 'overdue')::boolean then
    clause := clause || format(' and v.result = %L and (%s < now()%s)', 'open', private.card_next_step_sql(),
      case when private.has_tier(workspace, 'premium') then ' or v.stage_entered_at + s.sla_days * interval ''1 day'' < now()' else '' end);
  end if;
  if private.normalize_text(filter ->> 'q') <> '' then
    clause := clause || format($q$ and position(%L in p.normalized_name || ' ' || p.normalized_address || ' ' || private.normalize_text(o.display_name)) > 0$q$,
      private.normalize_text(left(filter ->> 'q', 200)));
  end if;
  return clause;
end $$;

-- A board: its pipeline, the pipelines there are, and each stage with its count and its first cards.
create function private.get_board(workspace uuid, pipeline uuid, filter jsonb, page_size integer) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  shown public.pipelines;
  clause text := private.board_where(workspace, filter);
  has_sla boolean;
  stages jsonb;
begin
  perform private.assert_member(workspace);
  select * into shown from public.pipelines p
   where p.workspace_id = workspace and p.kind = 'verification' and p.archived_at is null
     and case when pipeline is null then p.is_default else p.id = pipeline end;
  if not found then raise exception 'Not found' using errcode = 'PT404'; end if;
  has_sla := private.has_tier(workspace, 'premium');
  execute format($q$
    select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'result', t.result, 'position', t.position,
             'sla_days', case when %5$L::boolean then t.sla_days end, 'count', coalesce(c.total, 0), 'cards', coalesce(k.cards, '[]'))
             order by t.position, t.id)
      from public.pipeline_stages t
      left join (select v.stage_id, count(*) as total from %1$s
        where v.workspace_id = %2$L and v.pipeline_id = %3$L and v.deleted_at is null and not v.property_deleted %4$s group by v.stage_id) c on c.stage_id = t.id
      left join lateral (select jsonb_agg(x.card order by x.rank) as cards from (
        select v.rank, %6$s as card from %7$s
         where v.workspace_id = %2$L and v.stage_id = t.id and v.deleted_at is null and not v.property_deleted %4$s
         order by v.rank limit %8$s) x) k on true
     where t.workspace_id = %2$L and t.pipeline_id = %3$L and t.archived_at is null $q$,
    case when clause = '' then 'public.verifications v' else private.card_from_sql() end,
    workspace, shown.id, clause, has_sla, private.card_sql(), private.card_from_sql(), least(page_size, 200))
    into stages;
  return jsonb_build_object(
    'pipeline', jsonb_build_object('id', shown.id, 'name', shown.name, 'approve_stage_id', shown.approve_stage_id),
    'pipelines', (select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.is_default desc, p.created_at, p.id)
      from public.pipelines p where p.workspace_id = workspace and p.kind = 'verification' and p.archived_at is null),
    'stages', coalesce(stages, '[]'));
end $$;

-- The cards of a stage below `after_rank`.
create function private.list_board_cards(workspace uuid, stage uuid, filter jsonb, after_rank numeric, page_size integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare cards jsonb;
begin
  perform private.assert_member(workspace);
  if not exists (select 1 from public.pipeline_stages s where s.workspace_id = workspace and s.id = stage and s.archived_at is null) then
    raise exception 'Not found' using errcode = 'PT404';
  end if;
  execute format($q$
    select coalesce(jsonb_agg(x.card order by x.rank), '[]') from (
      select v.rank, %1$s as card from %2$s
       where v.workspace_id = %3$L and v.stage_id = %4$L and v.deleted_at is null and not v.property_deleted and v.rank > %5$L::numeric %6$s
       order by v.rank limit %7$s) x $q$,
    private.card_sql(), private.card_from_sql(), workspace, stage, coalesce(after_rank, '-infinity'), private.board_where(workspace, filter), least(page_size, 200))
    into cards;
  return cards;
end $$;

-- What became of some cards of a board: those that the filter still shows, and how many stand in each stage now.
create function private.get_board_changes(workspace uuid, pipeline uuid, filter jsonb, ids uuid[]) returns jsonb
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
    case when clause = '' then 'public.verifications v' else private.card_from_sql() end)
    into answer;
  return answer;
end $$;

-- A card as the board shows it, for answers to writes; null where there is none.
create function private.find_card(workspace uuid, card uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare found_card jsonb;
begin
  execute format('select %s from %s where v.workspace_id = %L and v.id = %L and v.deleted_at is null and not v.property_deleted',
    private.card_sql(), private.card_from_sql(), workspace, card) into found_card;
  return found_card;
end $$;

create function public.get_board(workspace uuid, pipeline uuid default null, filter jsonb default '{}', page_size integer default 50) returns json
language sql stable set search_path = '' as $$ select private.get_board(workspace, pipeline, filter, page_size) $$;
create function public.list_board_cards(workspace uuid, stage uuid, filter jsonb default '{}', after_rank text default null, page_size integer default 50) returns jsonb
language sql stable set search_path = '' as $$ select private.list_board_cards(workspace, stage, filter, after_rank::numeric, page_size) $$;
create function public.get_board_changes(workspace uuid, pipeline uuid, filter jsonb, ids uuid[]) returns jsonb
language sql stable set search_path = '' as $$ select private.get_board_changes(workspace, pipeline, filter, ids) $$;
grant execute on function private.get_board(uuid, uuid, jsonb, integer), private.list_board_cards(uuid, uuid, jsonb, numeric, integer),
  private.get_board_changes(uuid, uuid, jsonb, uuid[]), private.find_card(uuid, uuid),
  public.get_board(uuid, uuid, jsonb, integer), public.list_board_cards(uuid, uuid, jsonb, text, integer),
  public.get_board_changes(uuid, uuid, jsonb, uuid[]) to authenticated;
