-- Why: the desk lists half a million numbers with everybody and everything behind each: what a row shows and is found by is kept
-- beside the number, and follows what it is made of within the same transaction.
-- Touches: call_targets (indexes); private.call_zones, call_targets_due, imports_to_follow (new); functions private.numbers_of, call_places,
-- refresh_call_targets and the triggers that call it; follow_call_targets for machines.

-- The numbers that lead to some of those: their own; of a property those of whoever has a role on it or owns it; of an
-- organization those of its people as well, whom its word "do not contact" concerns.
create function private.numbers_of(workspace uuid, people uuid[], organizations uuid[], properties uuid[]) returns uuid[]
language sql stable security definer set search_path = ''
as $$
  with parties as materialized (
    select l.person_id, null::uuid as organization_id from public.property_people l where l.workspace_id = workspace and l.property_id = any (properties)
    union select null, l.organization_id from public.property_organizations l where l.workspace_id = workspace and l.property_id = any (properties)
    union select o.person_id, o.organization_id from public.properties p join public.owners o on o.workspace_id = p.workspace_id and o.id = p.owner_id
           where p.workspace_id = workspace and p.id = any (properties)
    union select p.id, null from unnest(people) p(id)
    union select l.person_id, null from public.person_organizations l where l.workspace_id = workspace and l.organization_id = any (organizations)
    union select null, o.id from unnest(organizations) o(id))
  select coalesce(array_agg(x.phone_id), '{}') from (
    select l.phone_id from public.property_phones l where l.workspace_id = workspace and l.property_id = any (properties)
    union select l.phone_id from parties y join public.person_phones l on l.workspace_id = workspace and l.person_id = y.person_id
    union select l.phone_id from parties y join public.organization_phones l on l.workspace_id = workspace and l.organization_id = y.organization_id) x
$$;

-- The live properties behind numbers, with each role that leads there; none where it is the property's own number.
create function private.call_places(workspace uuid, phones uuid[]) returns table (phone_id uuid, property_id uuid, role text)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
  with people as materialized (
    select l.phone_id, l.person_id from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
     where l.workspace_id = workspace and l.phone_id = any (phones)
  ), organizations as materialized (
    select l.phone_id, l.organization_id from public.organization_phones l
      join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id and o.deleted_at is null
     where l.workspace_id = workspace and l.phone_id = any (phones)
  ), found as (
    select l.phone_id, l.property_id, null::text as role from public.property_phones l where l.workspace_id = workspace and l.phone_id = any (phones)
    union select h.phone_id, l.property_id, l.role from people h join public.property_people l on l.workspace_id = workspace and l.person_id = h.person_id
    union select o.phone_id, l.property_id, l.role from organizations o
      join public.property_organizations l on l.workspace_id = workspace and l.organization_id = o.organization_id
    union select h.phone_id, p.id, 'owner' from people h join public.owners w on w.workspace_id = workspace and w.person_id = h.person_id and w.deleted_at is null
      join public.properties p on p.workspace_id = workspace and p.owner_id = w.id
    union select o.phone_id, p.id, 'owner' from organizations o
      join public.owners w on w.workspace_id = workspace and w.organization_id = o.organization_id and w.deleted_at is null
      join public.properties p on p.workspace_id = workspace and p.owner_id = w.id
  )
  -- by the key of each: what is found is few, which the planner can't know of owners, and it would read all properties
  select f.phone_id, f.property_id, f.role from found f
   cross join lateral (select 1 from public.properties p where p.workspace_id = workspace and p.id = f.property_id and p.deleted_at is null offset 0) p;
end $$;

-- The zones that a workspace's numbers lie in, or have lain in: a handful, where the world has hundreds, of each of which a connection
-- first reads the rules from disk.
create table private.call_zones (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  zone text not null,
  primary key (workspace_id, zone)
);

-- Those of them in which it is open now: `zones <@` it is true of a desk's row that may be called.
create function private.open_call_zones(workspace uuid, opens time, closes time) returns text[]
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (select coalesce(array_agg(z.zone), '{}') from private.call_zones z
    where z.workspace_id = workspace and (now() at time zone z.zone)::time >= opens and (now() at time zone z.zone)::time < closes);
end $$;

-- Makes the desk's rows of those numbers what the tables say now. Rows are locked first, in one order, and read by a later
-- statement: whoever changed something behind the same number at the same time is waited for and seen. A hundred at a time, by a plan
-- that is made once: a plan made for thousands leans on statistics, which lag behind a large import, and then takes minutes.
create function private.refresh_call_targets(workspace uuid, numbers uuid[]) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  sorted uuid[];
  phones uuid[];
begin
  if numbers is null or numbers = '{}' then return; end if;
  sorted := case when cardinality(numbers) = 1 then numbers else array(select distinct n from unnest(numbers) n order by n) end;
  for place in 1 .. cardinality(sorted) by 100 loop
  phones := sorted[place : place + 99];
  insert into public.call_targets (workspace_id, phone_id)
  select p.workspace_id, p.id from public.phones p
   where p.workspace_id = workspace and p.id = any (phones)
     and not exists (select 1 from public.call_targets t where t.workspace_id = workspace and t.phone_id = p.id)
     and (exists (select 1 from public.person_phones l where l.workspace_id = workspace and l.phone_id = p.id)
       or exists (select 1 from public.organization_phones l where l.workspace_id = workspace and l.phone_id = p.id)
       or exists (select 1 from public.property_phones l where l.workspace_id = workspace and l.phone_id = p.id))
   order by p.id
  on conflict (workspace_id, phone_id) do nothing;
  perform 1 from public.call_targets t where t.workspace_id = workspace and t.phone_id = any (phones) order by t.phone_id for update;

  with chosen as materialized (select p.* from public.phones p where p.workspace_id = workspace and p.id = any (phones)),
  people as materialized (
    select l.phone_id, h.id, h.lead_status, h.state, h.contact_types,
           h.lead_status <> 'do_not_contact' and not exists (
             select 1 from public.person_organizations m join public.organizations o on o.workspace_id = m.workspace_id and o.id = m.organization_id
              where m.workspace_id = workspace and m.person_id = h.id and o.status <> 'active' and o.deleted_at is null) as is_open
      from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
     where l.workspace_id = workspace and l.phone_id = any (phones)
  ), places as materialized (select * from private.call_places(workspace, phones)),
  people_of as (
    select h.phone_id, count(*) as count, bool_or(h.is_open) as is_open, array_agg(distinct h.lead_status) as lead_statuses from people h group by h.phone_id
  ), properties_of as (
    select l.phone_id, count(distinct l.property_id) as count from places l group by l.phone_id
  ), states_of as (
    select s.phone_id, array_agg(distinct s.state) as states from (
      select h.phone_id, h.state from people h where h.state is not null
      union select l.phone_id, p.state from places l join public.properties p on p.workspace_id = workspace and p.id = l.property_id where p.state is not null) s
     group by s.phone_id
  ), roles_of as (
    select r.phone_id, array_agg(distinct r.role) as roles from (
      select h.phone_id, c.type as role from people h, unnest(h.contact_types) c(type)
      union select l.phone_id, l.role from places l where l.role is not null) r
     group by r.phone_id
  ), others as (
    select x.phone_id from (
      select l.phone_id from public.organization_phones l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
       where l.workspace_id = workspace and l.phone_id = any (phones) and o.deleted_at is null and o.status = 'active'
      union select l.phone_id from public.property_phones l join public.properties p on p.workspace_id = l.workspace_id and p.id = l.property_id
       where l.workspace_id = workspace and l.phone_id = any (phones) and p.deleted_at is null) x
  ), last_call as (
    select n.id as phone_id, c.* from chosen n cross join lateral (
      select k.outcome, k.started_at, k.user_id, k.next_step_at from public.calls k
       where k.workspace_id = workspace and k.phone_id = n.id and k.outcome is not null and k.undone_at is null
       order by k.started_at desc limit 1) c
  ), held as (
    -- a promise ends the rest that came before it, as it does for the gate
    select x.phone_id, max(least(coalesce(h.until, 'infinity'),
             case when h.reason in ('called', 'person_called', 'property_called') and c.next_step_at >= h.created_at then c.next_step_at else 'infinity' end)) as until
      from (select n.id as phone_id, n.id, null::uuid as person_id, null::uuid as property_id from chosen n
            union all select p.phone_id, null, p.id, null from people p
            union all select distinct l.phone_id, null::uuid, null::uuid, l.property_id from places l) x
      cross join lateral (
        select h.until, h.reason, h.created_at from public.call_holds h where h.workspace_id = workspace and h.phone_id = x.id and h.lifted_at is null
        union all select h.until, h.reason, h.created_at from public.call_holds h where h.workspace_id = workspace and h.person_id = x.person_id and h.lifted_at is null
        union all select h.until, h.reason, h.created_at from public.call_holds h where h.workspace_id = workspace and h.property_id = x.property_id and h.lifted_at is null) h
      left join last_call c on c.phone_id = x.phone_id
     where h.until is null or h.until > now()
     group by x.phone_id
  ), becomes as (
    select n.id, coalesce(h.count, 0)::integer as people_count, coalesce(p.count, 0)::integer as property_count, coalesce(s.states, '{}') as states,
           coalesce(r.roles, '{}') as roles, coalesce(h.lead_statuses, '{}') as lead_statuses, coalesce(z.zones, '{}') as zones,
           -- people come first: one who may be contacted stands for the number; without people, its organization or property
           n.status = 'active' and not n.do_not_call and coalesce(h.is_open, o.phone_id is not null) as is_callable,
           held.until as held_until, c.outcome as last_outcome, coalesce(c.started_at, n.last_called_at) as last_called_at, m.user_id as last_called_by,
           n.call_count, c.next_step_at as follow_up_at,
           (case when c.next_step_at is not null then 1 when coalesce(c.started_at, n.last_called_at) is null then 2 else 3 end)::smallint as rule,
           (case when c.next_step_at is not null then extract(epoch from c.next_step_at)
                 when coalesce(c.started_at, n.last_called_at) is null then -coalesce(p.count, 0)
                 else extract(epoch from coalesce(c.started_at, n.last_called_at)) end)::double precision as rank
      from chosen n
      left join people_of h on h.phone_id = n.id
      left join properties_of p on p.phone_id = n.id
      left join states_of s on s.phone_id = n.id
      left join roles_of r on r.phone_id = n.id
      left join others o on o.phone_id = n.id
      left join held on held.phone_id = n.id
      left join last_call c on c.phone_id = n.id
      left join public.workspace_members m on m.workspace_id = workspace and m.user_id = c.user_id
      left join private.phone_zones(workspace, phones) z on z.phone_id = n.id
  ), changed as (
  update public.call_targets t
     set people_count = b.people_count, property_count = b.property_count, states = b.states, roles = b.roles, lead_statuses = b.lead_statuses, zones = b.zones,
         is_callable = b.is_callable, held_until = b.held_until, last_outcome = b.last_outcome, last_called_at = b.last_called_at,
         last_called_by = b.last_called_by, call_count = b.call_count, follow_up_at = b.follow_up_at, rule = b.rule, rank = b.rank
    from becomes b
   where t.workspace_id = workspace and t.phone_id = b.id
     and (t.people_count, t.property_count, t.states, t.roles, t.lead_statuses, t.zones, t.is_callable, t.held_until, t.last_outcome, t.last_called_at,
          t.last_called_by, t.call_count, t.follow_up_at, t.rule, t.rank)
         is distinct from (b.people_count, b.property_count, b.states, b.roles, b.lead_statuses, b.zones, b.is_callable, b.held_until, b.last_outcome,
          b.last_called_at, b.last_called_by, b.call_count, b.follow_up_at, b.rule, b.rank)
  returning t.zones
  )
  insert into private.call_zones (workspace_id, zone)
  select distinct workspace, z.name from changed c, unnest(c.zones) z(name)
   where not exists (select 1 from private.call_zones k where k.workspace_id = workspace and k.zone = z.name) order by 2
  on conflict do nothing;
  end loop;
end $$;

-- What the background has yet to make the desk's rows of: numbers, and imports that have ended, with the last of their records that is done.
create table private.call_targets_due (workspace_id uuid not null, phone_id uuid not null, primary key (workspace_id, phone_id));
create table private.imports_to_follow (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  import_id uuid not null,
  after_kind text not null default '',
  after_id uuid not null default '00000000-0000-0000-0000-000000000000'
);

-- Numbers behind which something has just changed. Of a change that reaches thousands (an organization's word "do not contact") the most
-- wait for the background: the statement must end in time. The gate reads the tables themselves, so none of them is dialled meanwhile.
create function private.follow_numbers(workspace uuid, numbers uuid[]) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.refresh_call_targets(workspace, numbers[:2000]);
  insert into private.call_targets_due (workspace_id, phone_id) select workspace, n.id from unnest(numbers[2001:]) n(id) group by n.id order by n.id
  on conflict do nothing;
end $$;

-- A link came, went or points elsewhere. Its argument is the column that leads to a number.
create function private.follow_links() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  source text := case tg_op when 'INSERT' then 'select * from becomes' when 'DELETE' then 'select * from was' else 'select * from was union all select * from becomes' end;
  touched record;
begin
  for touched in execute format('select x.workspace_id, array_agg(distinct x.%I) as ids from (%s) x group by 1', tg_argv[0], source) loop
    perform private.follow_numbers(touched.workspace_id, case tg_argv[0] when 'phone_id' then touched.ids
      when 'person_id' then private.numbers_of(touched.workspace_id, touched.ids, '{}', '{}')
      else private.numbers_of(touched.workspace_id, '{}', touched.ids, '{}') end);
  end loop;
  return null;
end $$;

create function private.follow_people() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare touched record;
begin
  for touched in
    select n.workspace_id, array_agg(n.id) as ids from becomes n join was o on o.id = n.id
     where n.state is distinct from o.state or n.lead_status <> o.lead_status or n.contact_types <> o.contact_types
        or (n.deleted_at is null) <> (o.deleted_at is null)
     group by n.workspace_id
  loop
    perform private.follow_numbers(touched.workspace_id, private.numbers_of(touched.workspace_id, touched.ids, '{}', '{}'));
  end loop;
  return null;
end $$;

create function private.follow_organizations() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare touched record;
begin
  for touched in
    select n.workspace_id, array_agg(n.id) as ids from becomes n join was o on o.id = n.id
     where n.state is distinct from o.state or n.status <> o.status or (n.deleted_at is null) <> (o.deleted_at is null)
     group by n.workspace_id
  loop
    perform private.follow_numbers(touched.workspace_id, private.numbers_of(touched.workspace_id, '{}', touched.ids, '{}'));
  end loop;
  return null;
end $$;

-- Whose property it was, and whose it is.
create function private.follow_properties() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  touched record;
begin
  for touched in execute format($q$
    select x.workspace_id, array_agg(x.id) as ids, array_agg(distinct o.person_id) filter (where o.person_id is not null) as people,
           array_agg(distinct o.organization_id) filter (where o.organization_id is not null) as organizations
      from (%s) x left join public.owners o on o.workspace_id = x.workspace_id and o.id = x.owner_id
     group by x.workspace_id $q$, case tg_op
       when 'INSERT' then 'select workspace_id, id, owner_id from becomes where owner_id is not null'
       when 'DELETE' then 'select workspace_id, id, owner_id from was where owner_id is not null'
       else 'select n.workspace_id, n.id, o.owner_id from becomes n join was o on o.id = n.id
              where n.state is distinct from o.state or n.owner_id is distinct from o.owner_id or (n.deleted_at is null) <> (o.deleted_at is null)' end)
  loop
    perform private.follow_numbers(touched.workspace_id,
      private.numbers_of(touched.workspace_id, coalesce(touched.people, '{}'), coalesce(touched.organizations, '{}'), touched.ids));
  end loop;
  return null;
end $$;

create function private.follow_owners() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare touched record;
begin
  for touched in execute format($q$
    select x.workspace_id, array_agg(x.person_id) filter (where x.person_id is not null) as people,
           array_agg(x.organization_id) filter (where x.organization_id is not null) as organizations
      from (%s) x group by x.workspace_id $q$, case tg_op when 'DELETE' then 'select * from was'
        else 'select y.* from (select * from was union all select * from becomes) y where exists (
                select 1 from was o join becomes n on n.id = o.id where o.id = y.id
                   and ((n.deleted_at is null) <> (o.deleted_at is null) or n.person_id is distinct from o.person_id or n.organization_id is distinct from o.organization_id))' end)
  loop
    perform private.follow_numbers(touched.workspace_id,
      private.numbers_of(touched.workspace_id, coalesce(touched.people, '{}'), coalesce(touched.organizations, '{}'), '{}'));
  end loop;
  return null;
end $$;

-- A number that may not be called any more is nobody's to call.
create function private.follow_phones() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare touched record;
begin
  for touched in
    select n.workspace_id, array_agg(n.id) as ids, array_agg(n.id) filter (where n.do_not_call or n.status <> 'active') as ended
      from becomes n join was o on o.id = n.id
     where n.status <> o.status or n.do_not_call <> o.do_not_call or n.time_zone is distinct from o.time_zone or n.e164 <> o.e164
     group by n.workspace_id
  loop
    perform private.follow_numbers(touched.workspace_id, touched.ids);
    delete from public.call_claims c where c.workspace_id = touched.workspace_id and c.phone_id = any (touched.ended);
  end loop;
  return null;
end $$;

create function private.follow_holds() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare touched record;
begin
  for touched in
    select n.workspace_id, coalesce(array_agg(n.phone_id) filter (where n.phone_id is not null), '{}') as phones,
           coalesce(array_agg(n.person_id) filter (where n.person_id is not null), '{}') as people,
           coalesce(array_agg(n.property_id) filter (where n.property_id is not null), '{}') as properties
      from becomes n group by n.workspace_id
  loop
    perform private.follow_numbers(touched.workspace_id,
      touched.phones || private.numbers_of(touched.workspace_id, touched.people, '{}', touched.properties));
  end loop;
  return null;
end $$;

-- What an import writes is followed once, after its end, in the background. An outcome refreshes all that it touched once as well.
do $$
declare
  quiet constant text := 'coalesce(current_setting(''app.import_id'', true), '''') = '''' and coalesce(current_setting(''app.outcome_id'', true), '''') = ''''';
  link text[];
  event text;
begin
  foreach link slice 1 in array array[
    ['person_phones', 'follow_links(''phone_id'')', 'insert,update,delete'], ['organization_phones', 'follow_links(''phone_id'')', 'insert,update,delete'],
    ['property_phones', 'follow_links(''phone_id'')', 'insert,update,delete'], ['property_people', 'follow_links(''person_id'')', 'insert,update,delete'],
    ['person_organizations', 'follow_links(''person_id'')', 'insert,update,delete'],
    ['property_organizations', 'follow_links(''organization_id'')', 'insert,update,delete'],
    ['people', 'follow_people()', 'update'], ['organizations', 'follow_organizations()', 'update'],
    ['properties', 'follow_properties()', 'insert,update,delete'], ['owners', 'follow_owners()', 'update,delete'],
    ['phones', 'follow_phones()', 'update'], ['call_holds', 'follow_holds()', 'insert,update']]
  loop
    foreach event in array string_to_array(link[3], ',') loop
      execute format('create trigger follow_call_targets_%1$s after %1$s on public.%2$I referencing %3$s for each statement when (%4$s) execute function private.%5$s',
        event, link[1], case event when 'insert' then 'new table as becomes' when 'delete' then 'old table as was'
          else case link[1] when 'call_holds' then 'new table as becomes' else 'old table as was new table as becomes' end end, quiet, link[2]);
    end loop;
  end loop;
end $$;

-- An import has ended, in whatever way, or was taken back: all numbers that it named, or that lead to what it named, wait for the
-- background. Nothing more is done here: an end must not take longer the more there was.
create function private.follow_import() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into private.imports_to_follow (workspace_id, import_id) values (new.workspace_id, new.id);
  return null;
end $$;
create trigger follow_call_targets after update of status on public.imports for each row
  when (old.status in ('running', 'undoing') and new.status not in ('running', 'undoing')) execute function private.follow_import();

-- A step of the background: up to `page_size` of the numbers that wait; where none do, those of as many records of an import that has
-- ended come to wait. A step that is killed has not been. False where nothing waits that nobody else is at.
create function private.follow_waiting(page_size integer) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  workspace uuid;
  list private.imports_to_follow;
  named record;
  numbers uuid[];
begin
  select d.workspace_id into workspace from private.call_targets_due d order by d.workspace_id, d.phone_id limit 1 for update skip locked;
  if found then
    with taken as (
      delete from private.call_targets_due d using (
        select x.phone_id from private.call_targets_due x where x.workspace_id = workspace order by x.phone_id limit page_size for update skip locked) x
       where d.workspace_id = workspace and d.phone_id = x.phone_id returning d.phone_id)
    select array_agg(t.phone_id) into numbers from taken t;
    perform private.refresh_call_targets(workspace, numbers);
    return true;
  end if;

  select * into list from private.imports_to_follow i order by i.id limit 1 for update skip locked;
  if not found then return false; end if;
  with page as (
    select e.kind, e.entity_id as id from public.import_entities e
     where e.import_id = list.import_id and (e.kind, e.entity_id) > (list.after_kind, list.after_id)
     order by e.kind, e.entity_id limit page_size
  ), parties as (
    select o.person_id, o.organization_id from page e join public.owners o on o.workspace_id = list.workspace_id and o.id = e.id where e.kind = 'owners'
    union all select case e.kind when 'people' then e.id end, case e.kind when 'organizations' then e.id end from page e)
  select array(select y.person_id from parties y where y.person_id is not null) as people,
         array(select y.organization_id from parties y where y.organization_id is not null) as organizations,
         array(select e.id from page e where e.kind = 'properties') as properties, array(select e.id from page e where e.kind = 'phones') as phones,
         (select count(*) from page e) as count, (select e.kind from page e order by e.kind desc limit 1) as kind,
         (select e.id from page e order by e.kind desc, e.id desc limit 1) as id into named;
  insert into private.call_targets_due (workspace_id, phone_id)
  select list.workspace_id, n.id from unnest(named.phones || private.numbers_of(list.workspace_id, named.people, named.organizations, named.properties)) n(id)
   group by n.id order by n.id
  on conflict do nothing;
  if named.count < page_size then delete from private.imports_to_follow i where i.id = list.id;
  else update private.imports_to_follow i set after_kind = named.kind, after_id = named.id where i.id = list.id; end if;
  return true;
end $$;
create function public.follow_call_targets(page_size integer) returns boolean
language sql set search_path = '' as $$ select private.follow_waiting(page_size) $$;

-- A list walks its order, the held and the future ones passed over inside the index.
create index call_targets_order_idx on public.call_targets (workspace_id, rule, rank, phone_id) include (held_until) where is_callable;

-- Numbers that were here before.
do $$
declare
  w uuid;
  numbers uuid[];
  done integer;
begin
  for w in select id from public.workspaces loop
    numbers := array(select p.id from public.phones p where p.workspace_id = w order by p.id);
    done := 0;
    while done < cardinality(numbers) loop
      perform private.refresh_call_targets(w, numbers[done + 1 : done + 5000]);
      done := done + 5000;
    end loop;
  end loop;
end $$;
