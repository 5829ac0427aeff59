-- Why: a board is narrowed to several ranges of scores at once; deleting properties says how many active cards go with them.
-- Touches: functions private.board_where, count_active_cards, get_verification_settings, private.log_stage_moves (shorter words).

-- The filter of a board as a WHERE: { assigned_to, owner_id, market: text[]; scores: [[from, to]]; overdue; q }.
create or replace function private.board_where(workspace uuid, filter jsonb) returns text
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
  if jsonb_typeof(filter -> 'scores') = 'array' then
    clause := clause || format(' and exists (select 1 from jsonb_array_elements(%L::jsonb) r where v.score between (r ->> 0)::numeric and (r ->> 1)::numeric)',
      filter -> 'scores');
  end if;
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

-- How many active cards the properties have, on boards that are in use.
create function public.count_active_cards(workspace uuid, properties uuid[]) returns integer
language sql stable set search_path = ''
as $$
  select count(*)::integer from public.verifications v
    join public.pipelines l on l.workspace_id = workspace and l.id = v.pipeline_id and l.archived_at is null
   where v.workspace_id = workspace and v.property_id = any (properties) and v.result = 'open' and v.deleted_at is null and not v.property_deleted
$$;
grant execute on function public.count_active_cards(uuid, uuid[]) to authenticated;

-- What scores are counted with, with what stands in for what isn't set.
create function public.get_verification_settings(workspace uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  perform private.assert_member(workspace);
  return (select private.score_rules(w.settings) from public.workspaces w where w.id = workspace);
end $$;
grant execute on function private.score_rules(jsonb), private.number_or(jsonb, numeric, numeric, numeric), public.get_verification_settings(uuid) to authenticated;

-- Keeps moves that were just made, and puts them on the timelines. `from_stages`: where each stood; null where it is new.
-- What the rule did was done by nobody: the timeline says so.
create or replace function private.log_stage_moves(workspace uuid, cards uuid[], from_stages uuid[], rule boolean, why text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.stage_moves (workspace_id, verification_id, from_stage_id, to_stage_id, moved_by, by_rule, reason)
  select workspace, v.id, m.from_stage, v.stage_id, auth.uid(), rule, why
    from unnest(cards, from_stages) m(card, from_stage)
    join public.verifications v on v.workspace_id = workspace and v.id = m.card;
  insert into public.activities (workspace_id, kind, subject, body, performed_by, details, verification_id, property_id, owner_id)
  select workspace, 'stage_change', coalesce(f.name || ' → ' || t.name, t.name), why,
         case when not rule then auth.uid() end,
         jsonb_build_object('from', f.name, 'to', t.name, 'from_stage_id', f.id, 'to_stage_id', t.id, 'by_rule', rule, 'result', t.result),
         v.id, v.property_id, coalesce(v.owner_id, p.owner_id)
    from unnest(cards, from_stages) m(card, from_stage)
    join public.verifications v on v.workspace_id = workspace and v.id = m.card
    join public.properties p on p.workspace_id = workspace and p.id = v.property_id
    join public.pipeline_stages t on t.workspace_id = workspace and t.id = v.stage_id
    left join public.pipeline_stages f on f.workspace_id = workspace and f.id = m.from_stage;
end $$;
