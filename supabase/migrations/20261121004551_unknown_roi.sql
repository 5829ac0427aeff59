-- Why: `least` passes over null, so a return that nobody knows counted as one that reaches its target: the panel said "+50 of 50",
-- and a card with both risks known had a score, by which the rule could approve it.
-- Touches: function private.score_parts; scores of cards whose return isn't known.

create or replace function private.score_parts(inputs jsonb, rules jsonb) returns table (key text, value numeric, weight numeric, part numeric)
language sql immutable set search_path = ''
as $$
  select x.key, x.value, (rules ->> (x.name || '_weight'))::numeric,
         case when x.value is null then null
              when x.name = 'roi' then greatest(least(x.value / (rules ->> 'roi_target_pct')::numeric, 1), 0)
              else 1 - x.value / 100 end
    from (values ('roi_annual_pct', 'roi', private.number_or(inputs -> 'roi_annual_pct', null, -1000, 1000)),
                 ('regulatory_risk', 'regulatory', private.number_or(inputs -> 'regulatory_risk', null, 0, 100)),
                 ('market_risk', 'market', private.number_or(inputs -> 'market_risk', null, 0, 100))) x(key, name, value)
$$;

update public.verifications v set score = private.verification_score(v.score_inputs, private.score_rules(w.settings))
  from public.workspaces w
 where w.id = v.workspace_id and v.score is not null and not v.score_inputs ? 'roi_annual_pct'
   and v.score is distinct from private.verification_score(v.score_inputs, private.score_rules(w.settings));
