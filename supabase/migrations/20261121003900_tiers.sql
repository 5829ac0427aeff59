-- Why: what a tier doesn't have is refused by the database too, so that the Data API is no way round; an owner changes the tier.
-- Touches: functions private.require_tier, private.has_tier, set_workspace_tier.

-- The tiers' order is that of lib/tiers.ts.
create function private.has_tier(workspace uuid, least_tier text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select coalesce((
    select array_position(array['beta', 'pro', 'premium'], w.tier) >= array_position(array['beta', 'pro', 'premium'], least_tier)
    from public.workspaces w where w.id = workspace), false)
$$;
grant execute on function private.has_tier(uuid, text) to authenticated;

-- Refuses below a tier. `feature` is a name of lib/tiers.ts, which has the sentence that is shown.
create function private.require_tier(workspace uuid, least_tier text, feature text) returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
  if not private.has_tier(workspace, least_tier) then
    raise exception 'This comes with %', initcap(least_tier) using errcode = 'PT403', hint = 'tier_required', detail = feature;
  end if;
end $$;
grant execute on function private.require_tier(uuid, text, text) to authenticated;

-- The owner alone chooses. Nothing that is there is taken away by a lower tier: it only can't be added to.
create function private.set_workspace_tier(workspace uuid, new_tier text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.assert_member(workspace, 'owner');
  update public.workspaces w set tier = new_tier where w.id = workspace;
  return (select jsonb_build_object('id', w.id, 'name', w.name, 'slug', w.slug, 'tier', w.tier, 'time_zone', w.time_zone)
          from public.workspaces w where w.id = workspace);
end $$;
grant execute on function private.set_workspace_tier(uuid, text) to authenticated;

create function public.set_workspace_tier(workspace uuid, new_tier text) returns jsonb
language sql set search_path = '' as $$ select private.set_workspace_tier(workspace, new_tier) $$;
grant execute on function public.set_workspace_tier(uuid, text) to authenticated;
