-- Why: a card moves under a lock, from the place somebody saw, and every move is kept; properties come onto the board and go.
-- Touches: functions move_verification, add_to_board, set_cards_deleted.

-- Keeps moves that were just made, and puts them on the timelines. `from_stages`: where each stood; null where it is new.
-- What the rule did was done by nobody: the timeline says so.
create function private.log_stage_moves(workspace uuid, cards uuid[], from_stages uuid[], rule boolean, why text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.stage_moves (workspace_id, verification_id, from_stage_id, to_stage_id, moved_by, by_rule, reason)
  select workspace, v.id, m.from_stage, v.stage_id, auth.uid(), rule, why
    from unnest(cards, from_stages) m(card, from_stage)
    join public.verifications v on v.workspace_id = workspace and v.id = m.card;
  insert into public.activities (workspace_id, kind, subject, body, performed_by, details, verification_id, property_id, owner_id)
  select workspace, 'stage_change', coalesce(f.name || ' → ' || t.name, 'Added to ' || l.name || ' in ' || t.name), why,
         case when not rule then auth.uid() end,
         jsonb_build_object('from', f.name, 'to', t.name, 'from_stage_id', f.id, 'to_stage_id', t.id, 'by_rule', rule, 'result', t.result),
         v.id, v.property_id, coalesce(v.owner_id, p.owner_id)
    from unnest(cards, from_stages) m(card, from_stage)
    join public.verifications v on v.workspace_id = workspace and v.id = m.card
    join public.properties p on p.workspace_id = workspace and p.id = v.property_id
    join public.pipelines l on l.workspace_id = workspace and l.id = v.pipeline_id
    join public.pipeline_stages t on t.workspace_id = workspace and t.id = v.stage_id
    left join public.pipeline_stages f on f.workspace_id = workspace and f.id = m.from_stage;
end $$;

-- Numbers a stage anew, 1024 apart, in its order. Its lock is held by the caller.
create function private.renumber_stage(workspace uuid, stage uuid) returns void
language sql set search_path = ''
as $$
  update public.verifications v set rank = n.place * 1024
    from (select c.id, row_number() over (order by c.rank) as place
            from public.verifications c where c.workspace_id = workspace and c.stage_id = stage) n
   where v.workspace_id = workspace and v.id = n.id
$$;

-- A rank under one card of a stage, or above another, or at the top where neither stands there. The lock on the stage is
-- held by the caller. Halves of halves grow by a digit each time: before they get long, the stage is numbered anew.
create function private.rank_between(workspace uuid, stage uuid, mover uuid, above uuid, below uuid) returns numeric
language plpgsql set search_path = ''
as $$
declare
  low numeric;
  high numeric;
  place numeric;
begin
  for attempt in 1..2 loop
    low := null;
    high := null;
    select v.rank into low from public.verifications v where v.workspace_id = workspace and v.stage_id = stage and v.id = above and v.id <> mover;
    if low is null then
      select v.rank into high from public.verifications v where v.workspace_id = workspace and v.stage_id = stage and v.id = below and v.id <> mover;
    end if;
    -- the card on the other side is the one that is there now, whatever the mover's screen left out
    if low is not null then
      select min(v.rank) into high from public.verifications v
       where v.workspace_id = workspace and v.stage_id = stage and v.rank > low and v.id <> mover;
    elsif high is not null then
      select max(v.rank) into low from public.verifications v
       where v.workspace_id = workspace and v.stage_id = stage and v.rank < high and v.id <> mover;
    else
      select min(v.rank) into high from public.verifications v where v.workspace_id = workspace and v.stage_id = stage and v.id <> mover;
    end if;
    -- multiplied, not divided: a product is exact
    place := trim_scale(case when low is null and high is null then 0 when low is null then high - 1024
      when high is null then low + 1024 else (low + high) * 0.5 end);
    exit when scale(place) <= 24;
    perform private.renumber_stage(workspace, stage);
  end loop;
  return place;
end $$;

-- Moves a card into a stage of its pipeline, under `above` or else above `below` or else to the top; within its own stage
-- that is a change of order. `expected_version` is the card's as the mover saw it: where somebody moved it since, nothing
-- happens. Returns { moved, card }: the card as it is now.
create function private.move_verification(workspace uuid, card uuid, to_stage uuid, above uuid, below uuid, expected_version integer, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  mover public.verifications;
  target public.pipeline_stages;
  place numeric;
begin
  perform private.assert_member(workspace);
  -- a stage is always locked before its cards, so that no two moves wait for each other
  select * into target from public.pipeline_stages s
   where s.workspace_id = workspace and s.id = to_stage and s.archived_at is null for no key update;
  if not found then raise exception 'There is no such stage' using errcode = 'PT404'; end if;
  select * into mover from public.verifications v
   where v.workspace_id = workspace and v.id = card and v.deleted_at is null and not v.property_deleted for update;
  if not found then raise exception 'There is no such card' using errcode = 'PT404'; end if;
  if mover.pipeline_id <> target.pipeline_id then raise exception 'There is no such stage' using errcode = 'PT404'; end if;
  if mover.version <> expected_version then
    return jsonb_build_object('moved', false, 'card', private.find_card(workspace, card));
  end if;
  if target.result = 'lost' and mover.stage_id <> target.id and coalesce(btrim(reason), '') = '' then
    raise exception 'Say why it was lost' using errcode = 'PT400', hint = 'reason_required';
  end if;
  if target.result = 'open' and mover.result <> 'open' and exists (
    select 1 from public.verifications v where v.workspace_id = workspace and v.property_id = mover.property_id
       and v.pipeline_id = mover.pipeline_id and v.result = 'open' and v.deleted_at is null and v.id <> card) then
    raise exception 'This property has an active card on this board already' using errcode = 'PT409';
  end if;
  place := private.rank_between(workspace, to_stage, card, above, below);
  if mover.stage_id = to_stage then
    update public.verifications v set rank = place, version = version + 1 where v.workspace_id = workspace and v.id = card;
  else
    update public.verifications v
       set stage_id = to_stage, result = target.result, rank = place, version = version + 1, stage_entered_at = now(), sla_breached_at = null,
           lost_reason = case when target.result = 'lost' then btrim(reason) end
     where v.workspace_id = workspace and v.id = card;
    perform private.log_stage_moves(workspace, array[card], array[mover.stage_id], false, nullif(btrim(reason), ''));
  end if;
  return jsonb_build_object('moved', true, 'card', private.find_card(workspace, card));
end $$;

-- Puts properties on a board, at the top of a stage (the first open one unless named), with their owner and assignee.
-- Those with an active card there are left as they are. Returns { pipeline_id, added, skipped }: the new cards' ids in the order
-- given, and the active cards of the others.
create function private.add_to_board(workspace uuid, pipeline uuid, stage uuid, properties uuid[]) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  board public.pipelines;
  target public.pipeline_stages;
  top numeric;
  added uuid[];
begin
  perform private.assert_member(workspace);
  select * into board from public.pipelines p
   where p.workspace_id = workspace and p.kind = 'verification' and p.archived_at is null
     and case when pipeline is null then p.is_default else p.id = pipeline end;
  if not found then raise exception 'There is no such pipeline' using errcode = 'PT404'; end if;
  select * into target from public.pipeline_stages s
   where s.workspace_id = workspace and s.pipeline_id = board.id and s.archived_at is null and s.result = 'open' and (stage is null or s.id = stage)
   order by s.position, s.id limit 1 for no key update;
  if not found then raise exception 'There is no such open stage' using errcode = 'PT404'; end if;
  if exists (select 1 from unnest(properties) given(id) where not exists (
    select 1 from public.properties p where p.workspace_id = workspace and p.id = given.id and p.deleted_at is null)) then
    raise exception 'A property doesn''t exist, or was deleted' using errcode = 'PT404';
  end if;
  select coalesce(min(v.rank), 0) into top from public.verifications v where v.workspace_id = workspace and v.stage_id = target.id;
  with given as (
    select p.id, p.assigned_to, row_number() over (order by g.place) as place, count(*) over () as total
      from (select distinct on (u.id) u.id, u.place from unnest(properties) with ordinality u(id, place) order by u.id, u.place) g
      join public.properties p on p.workspace_id = workspace and p.id = g.id
  ), made as (
    insert into public.verifications (workspace_id, property_id, pipeline_id, stage_id, result, rank, assigned_to, created_by)
    select workspace, g.id, board.id, target.id, target.result, top - (g.total - g.place + 1) * 1024, g.assigned_to, auth.uid() from given g
    on conflict (workspace_id, property_id, pipeline_id) where result = 'open' and deleted_at is null do nothing
    returning id, rank
  )
  select coalesce(array_agg(m.id order by m.rank), '{}') into added from made m;
  perform private.log_stage_moves(workspace, added, array_fill(null::uuid, array[cardinality(added)]), false, null);
  return jsonb_build_object('pipeline_id', board.id, 'added', to_jsonb(added), 'skipped', (
    select coalesce(jsonb_agg(v.id), '[]') from public.verifications v
     where v.workspace_id = workspace and v.pipeline_id = board.id and v.property_id = any (properties) and v.result = 'open'
       and v.deleted_at is null and v.id <> all (added)));
end $$;

-- Takes cards off the board, or puts them back where they stood, but for those whose property has got another active card
-- since. Returns the ids of those that changed.
create function private.set_cards_deleted(workspace uuid, cards uuid[], deleted boolean) returns uuid[]
language plpgsql security definer set search_path = ''
as $$
declare changed uuid[];
begin
  perform private.assert_member(workspace);
  with locked as (
    select v.id from public.verifications v
     where v.workspace_id = workspace and v.id = any (cards) and v.deleted_at is null = deleted
       and (deleted or v.result <> 'open' or not exists (
         select 1 from public.verifications x where x.workspace_id = workspace and x.property_id = v.property_id and x.pipeline_id = v.pipeline_id
            and x.result = 'open' and x.deleted_at is null))
     order by v.id for update
  ), updated as (
    update public.verifications v set deleted_at = case when deleted then now() end, version = version + 1
      from locked l where v.workspace_id = workspace and v.id = l.id returning v.id
  )
  select coalesce(array_agg(u.id), '{}') into changed from updated u;
  return changed;
end $$;

create function public.move_verification(workspace uuid, card uuid, to_stage uuid, above uuid, below uuid, expected_version integer, reason text default null) returns jsonb
language sql set search_path = '' as $$ select private.move_verification(workspace, card, to_stage, above, below, expected_version, reason) $$;
create function public.add_to_board(workspace uuid, pipeline uuid, stage uuid, properties uuid[]) returns jsonb
language sql set search_path = '' as $$ select private.add_to_board(workspace, pipeline, stage, properties) $$;
create function public.set_cards_deleted(workspace uuid, cards uuid[], deleted boolean) returns uuid[]
language sql set search_path = '' as $$ select private.set_cards_deleted(workspace, cards, deleted) $$;
grant execute on function private.move_verification(uuid, uuid, uuid, uuid, uuid, integer, text), private.add_to_board(uuid, uuid, uuid, uuid[]),
  private.set_cards_deleted(uuid, uuid[], boolean), public.move_verification(uuid, uuid, uuid, uuid, uuid, integer, text),
  public.add_to_board(uuid, uuid, uuid, uuid[]), public.set_cards_deleted(uuid, uuid[], boolean) to authenticated;
