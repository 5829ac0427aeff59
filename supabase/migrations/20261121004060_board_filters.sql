-- Why: a board is narrowed to several ranges of scores at once; deleting properties says how many active cards go with them.
-- Touches: functions private.board_where, count_active_cards, get_verification_settings.

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
