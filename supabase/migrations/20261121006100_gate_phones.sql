-- Why: whether a number may be called or texted is one question, with one set of facts, whoever asks it: the desk, a dial, a text.
-- Touches: private.time_zones, private.state_zone_names (new); functions private.state_zones, phone_zones, open_zones, next_opening,
-- calling_settings, phone_facts; private.gate_reason (an answered call or text ends a recipient too).

-- Zones whose clock can be asked here: "is it open in all of these" becomes one comparison of arrays.
create table private.time_zones (name text primary key);
insert into private.time_zones (name)
select n.name from pg_catalog.pg_timezone_names n where n.name ~ '^[A-Z]' and n.name !~ '^(Etc/GMT[-+]|System|Factory|localtime)'
union select z from private.phone_prefix_zones p, unnest(p.zones) z;

-- The zones of the states of the United States and the provinces of Canada. Where a state lies in two, it has both, however small the
-- part: 47 CFR 64.1200(c)(1) asks for the time at the called party's place. After 49 CFR 71.4 to 71.12 and the tz database.
create table private.state_zone_names (code text primary key, name text not null unique, zones text[] not null check (cardinality(zones) > 0));
insert into private.state_zone_names (code, name, zones) values
  ('AL', 'alabama', '{America/Chicago,America/New_York}'), ('AK', 'alaska', '{America/Adak,America/Anchorage}'),
  ('AZ', 'arizona', '{America/Denver,America/Phoenix}'), ('AR', 'arkansas', '{America/Chicago}'),
  ('CA', 'california', '{America/Los_Angeles}'), ('CO', 'colorado', '{America/Denver}'), ('CT', 'connecticut', '{America/New_York}'),
  ('DE', 'delaware', '{America/New_York}'), ('DC', 'district of columbia', '{America/New_York}'),
  ('FL', 'florida', '{America/Chicago,America/New_York}'), ('GA', 'georgia', '{America/New_York}'), ('HI', 'hawaii', '{Pacific/Honolulu}'),
  ('ID', 'idaho', '{America/Boise,America/Los_Angeles}'), ('IL', 'illinois', '{America/Chicago}'),
  ('IN', 'indiana', '{America/Chicago,America/Indiana/Indianapolis}'), ('IA', 'iowa', '{America/Chicago}'),
  ('KS', 'kansas', '{America/Chicago,America/Denver}'), ('KY', 'kentucky', '{America/Chicago,America/New_York}'),
  ('LA', 'louisiana', '{America/Chicago}'), ('ME', 'maine', '{America/New_York}'), ('MD', 'maryland', '{America/New_York}'),
  ('MA', 'massachusetts', '{America/New_York}'), ('MI', 'michigan', '{America/Chicago,America/Detroit}'),
  ('MN', 'minnesota', '{America/Chicago}'), ('MS', 'mississippi', '{America/Chicago}'), ('MO', 'missouri', '{America/Chicago}'),
  ('MT', 'montana', '{America/Denver}'), ('NE', 'nebraska', '{America/Chicago,America/Denver}'),
  ('NV', 'nevada', '{America/Denver,America/Los_Angeles}'), ('NH', 'new hampshire', '{America/New_York}'),
  ('NJ', 'new jersey', '{America/New_York}'), ('NM', 'new mexico', '{America/Denver}'), ('NY', 'new york', '{America/New_York}'),
  ('NC', 'north carolina', '{America/New_York}'), ('ND', 'north dakota', '{America/Chicago,America/Denver}'),
  ('OH', 'ohio', '{America/New_York}'), ('OK', 'oklahoma', '{America/Chicago,America/Denver}'),
  ('OR', 'oregon', '{America/Boise,America/Los_Angeles}'), ('PA', 'pennsylvania', '{America/New_York}'),
  ('RI', 'rhode island', '{America/New_York}'), ('SC', 'south carolina', '{America/New_York}'),
  ('SD', 'south dakota', '{America/Chicago,America/Denver}'), ('TN', 'tennessee', '{America/Chicago,America/New_York}'),
  ('TX', 'texas', '{America/Chicago,America/Denver}'), ('UT', 'utah', '{America/Denver}'), ('VT', 'vermont', '{America/New_York}'),
  ('VA', 'virginia', '{America/New_York}'), ('WA', 'washington', '{America/Los_Angeles}'), ('WV', 'west virginia', '{America/New_York}'),
  ('WI', 'wisconsin', '{America/Chicago}'), ('WY', 'wyoming', '{America/Denver}'), ('PR', 'puerto rico', '{America/Puerto_Rico}'),
  ('VI', 'virgin islands', '{America/St_Thomas}'), ('GU', 'guam', '{Pacific/Guam}'), ('AS', 'american samoa', '{Pacific/Pago_Pago}'),
  ('MP', 'northern mariana islands', '{Pacific/Saipan}'),
  ('AB', 'alberta', '{America/Edmonton}'), ('BC', 'british columbia', '{America/Edmonton,America/Fort_Nelson,America/Vancouver}'),
  ('MB', 'manitoba', '{America/Winnipeg}'), ('NB', 'new brunswick', '{America/Moncton}'),
  ('NL', 'newfoundland and labrador', '{America/Goose_Bay,America/St_Johns}'), ('NS', 'nova scotia', '{America/Halifax}'),
  ('NT', 'northwest territories', '{America/Edmonton}'), ('NU', 'nunavut', '{America/Edmonton,America/Toronto,America/Winnipeg}'),
  ('ON', 'ontario', '{America/Toronto,America/Winnipeg}'), ('PE', 'prince edward island', '{America/Halifax}'),
  ('QC', 'quebec', '{America/Halifax,America/Toronto}'), ('SK', 'saskatchewan', '{America/Edmonton,America/Regina}'),
  ('YT', 'yukon', '{America/Whitehorse}');
insert into private.time_zones (name) select distinct z from private.state_zone_names s, unnest(s.zones) z on conflict do nothing;
analyze private.time_zones;

-- "N.Y.", " new  york " and "NY" are one.
create function private.state_key(state text) returns text
language sql immutable set search_path = ''
as $$ select btrim(regexp_replace(regexp_replace(lower(state), '[.,]', '', 'g'), '\s+', ' ', 'g')) $$;

-- The zones of a state by its code or name; null where it isn't known.
create function private.state_zones(state text) returns text[]
language sql stable security definer set search_path = ''
as $$
  select s.zones from private.state_zone_names s where s.code = upper(private.state_key(state)) or s.name = private.state_key(state)
$$;

-- Every zone that a number may lie in, of each of those numbers: the one that a person set, else those of the number and of the
-- states of whoever stands behind it (people; organizations and properties whose own number it is). Where neither tells, the
-- workspace's zone, and `is_known` says that it was guessed.
create function private.phone_zones(workspace uuid, phones uuid[]) returns table (phone_id uuid, zones text[], is_known boolean)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
begin
  return query
  with chosen as materialized (
    select p.id, p.e164, t.name as zone from public.phones p left join private.time_zones t on t.name = p.time_zone
     where p.workspace_id = workspace and p.id = any (phones)
  ), states as (
    select l.phone_id, h.state from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id
     where l.workspace_id = workspace and l.phone_id = any (phones) and h.deleted_at is null and h.state is not null
    union
    select l.phone_id, o.state from public.organization_phones l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
     where l.workspace_id = workspace and l.phone_id = any (phones) and o.deleted_at is null and o.state is not null
    union
    select l.phone_id, p.state from public.property_phones l join public.properties p on p.workspace_id = l.workspace_id and p.id = l.property_id
     where l.workspace_id = workspace and l.phone_id = any (phones) and p.deleted_at is null and p.state is not null
  ), found as (
    select s.phone_id, z.zone from (select x.phone_id, private.state_key(x.state) as key from states x) s
      join private.state_zone_names n on n.code = upper(s.key) or n.name = s.key, unnest(n.zones) z(zone)
    union
    select c.id, z.zone from chosen c cross join lateral (
        select x.zones from private.phone_prefix_zones x
         where x.prefix in (substr(c.e164, 2, 1), substr(c.e164, 2, 2), substr(c.e164, 2, 3), substr(c.e164, 2, 4))
         order by length(x.prefix) desc limit 1) n, unnest(n.zones) z(zone)
     where c.zone is null
  ), sets as (select f.phone_id, array_agg(f.zone order by f.zone) as zones from found f group by f.phone_id)
  select c.id, case when c.zone is not null then array[c.zone] else coalesce(s.zones, array[private.workspace_zone(workspace)]) end,
         c.zone is not null or s.zones is not null
    from chosen c left join sets s on s.phone_id = c.id;
end $$;

-- The zones in which it is open at an instant: `zones <@ (select private.open_zones(now(), …))`, asked once a statement. `closes` itself is closed.
create function private.open_zones(at timestamptz, opens time, closes time) returns text[]
language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(z.name), '{}') from private.time_zones z
   where (at at time zone z.name)::time >= opens and (at at time zone z.name)::time < closes
$$;

-- The first instant, from one on, at which it is open in all those zones; null where a week has none.
create function private.next_opening(at timestamptz, zones text[], opens time, closes time) returns timestamptz
language plpgsql stable security definer set search_path = ''
as $$
declare
  instant timestamptz := at;
  before timestamptz;
  zone text;
  wall timestamp;
begin
  loop
    before := instant;
    foreach zone in array zones loop
      wall := instant at time zone zone;
      if wall::time < opens then instant := (wall::date + opens) at time zone zone;
      elsif wall::time >= closes then instant := (wall::date + 1 + opens) at time zone zone;
      end if;
    end loop;
    if instant = before then return instant; end if;
    if instant > at + interval '8 days' then return null; end if;
  end loop;
end $$;

-- The rules of a workspace's calls and texts; the defaults where it has none of its own.
create function private.calling_settings(workspace uuid) returns public.calling_settings
language plpgsql stable security definer set search_path = ''
as $$
declare settings public.calling_settings;
begin
  select * into settings from public.calling_settings s where s.workspace_id = workspace;
  if found then return settings; end if;
  settings.workspace_id := workspace;
  settings.hours_start := '08:00';
  settings.hours_end := '21:00';
  settings.lockout_number_minutes := 60;
  settings.lockout_person_minutes := 1440;
  settings.calls_per_day := 3;
  settings.texts_per_day := 5;
  settings.stop_scope := 'person';
  settings.is_recording := false;
  settings.greeting := 'Thank you for calling. Please hold while we connect you.';
  settings.voicemail_greeting := 'We can’t take your call right now. Please leave a message after the tone.';
  return settings;
end $$;

-- All that the gate decides on of numbers, by their id; `factsOfPhone` of modules/gate reads it. Asked after a claim was committed. `caller`: whose
-- claim is no obstacle; null for a machine. Calls and texts are those of the 24 hours before `at`; `free_at` is when the cap has room again.
create function private.phone_facts(workspace uuid, phones uuid[], caller uuid default null, at timestamptz default now()) returns jsonb
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare result jsonb;
begin
  with settings as materialized (select s.* from private.calling_settings(workspace) s),
  chosen as materialized (select p.* from public.phones p where p.workspace_id = workspace and p.id = any (phones)),
  people as materialized (
    select l.phone_id, l.person_id, h.deleted_at is null as is_live,
           h.deleted_at is null and h.lead_status <> 'do_not_contact' and not exists (
             select 1 from public.person_organizations m join public.organizations o on o.workspace_id = m.workspace_id and o.id = m.organization_id
              where m.workspace_id = workspace and m.person_id = h.id and o.status in ('blocked', 'do_not_contact') and o.deleted_at is null) as is_open
      from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id
     where l.workspace_id = workspace and l.phone_id = any (phones)
  ), others as (
    select l.phone_id, o.deleted_at is null and o.status = 'active' as is_open
      from public.organization_phones l join public.organizations o on o.workspace_id = l.workspace_id and o.id = l.organization_id
     where l.workspace_id = workspace and l.phone_id = any (phones)
    union all
    select l.phone_id, p.deleted_at is null from public.property_phones l join public.properties p on p.workspace_id = l.workspace_id and p.id = l.property_id
     where l.workspace_id = workspace and l.phone_id = any (phones)
  ), behind as (
    select x.phone_id, count(*) as linked, bool_or(x.is_person and x.is_live) as has_people, bool_or(x.is_person and x.is_open) as open_people,
           bool_or(not x.is_person and x.is_open) as open_others
      from (select p.phone_id, true as is_person, p.is_live, p.is_open from people p union all select o.phone_id, false, true, o.is_open from others o) x
     group by x.phone_id
  ), live_holds as (
    select h.*, c.id as number from chosen c join public.call_holds h on h.workspace_id = workspace and h.phone_id = c.id
    union all
    select h.*, p.phone_id from people p join public.call_holds h on h.workspace_id = workspace and h.person_id = p.person_id where p.is_live
    union all
    select h.*, p.phone_id from private.call_places(workspace, phones) p join public.call_holds h on h.workspace_id = workspace and h.property_id = p.property_id
  ), holds as (
    select y.number, jsonb_agg(jsonb_build_object('id', y.id, 'reason', y.reason, 'since', y.created_at, 'until', y.until) order by y.created_at, y.id) as list
      from (select distinct on (h.number, h.reason) h.* from live_holds h
             where h.lifted_at is null and (h.until is null or h.until > at)
             order by h.number, h.reason, h.until desc nulls first, h.created_at desc) y
     group by y.number
  ), called as (
    select c.phone_id, count(*) as count, (array_agg(c.started_at order by c.started_at desc))[(select s.calls_per_day from settings s)] + interval '24 hours' as free_at
      from public.calls c
     where c.workspace_id = workspace and c.phone_id = any (phones) and c.direction = 'out' and c.started_at > at - interval '24 hours'
       -- what was dialled rang, whatever became of its outcome
       and c.status <> 'failed' and (c.undone_at is null or c.decision is not null)
     group by c.phone_id
  ), texted as (
    select m.phone_id, count(*) as count, (array_agg(m.sent_at order by m.sent_at desc))[(select s.texts_per_day from settings s)] + interval '24 hours' as free_at
      from (select t.phone_id, coalesce(t.sent_at, t.updated_at) as sent_at from public.sms_messages t
             where t.workspace_id = workspace and t.phone_id = any (phones) and t.direction = 'out' and t.purpose <> 'auto' and t.status in ('sent', 'unknown')
               and coalesce(t.sent_at, t.updated_at) > at - interval '24 hours') m
     group by m.phone_id
  )
  select coalesce(jsonb_object_agg(c.id, jsonb_build_object(
    'e164', c.e164, 'status', c.status, 'line_type', c.line_type, 'do_not_call', c.do_not_call, 'sms_opted_out', c.sms_opted_out_at is not null,
    -- people come first: one that may be contacted stands for the number; without people, its organization or property
    'nobody_behind', coalesce(case when b.has_people then not b.open_people else not coalesce(b.open_others, false) end and b.linked > 0, false),
    'claim', (select jsonb_build_object('user_id', k.user_id, 'name', f.full_name, 'expires_at', k.expires_at, 'is_mine', k.user_id is not distinct from caller)
                from public.call_claims k left join public.profiles f on f.user_id = k.user_id
               where k.workspace_id = workspace and k.phone_id = c.id and k.expires_at > at),
    'holds', coalesce(h.list, '[]'),
    'promised_at', (select t.follow_up_at from public.call_targets t where t.workspace_id = workspace and t.phone_id = c.id),
    'zones', z.zones, 'is_zone_known', z.is_known,
    'hours', (select jsonb_build_object('start', s.hours_start, 'end', s.hours_end) from settings s),
    'calls', jsonb_build_object('count', coalesce(d.count, 0), 'cap', (select s.calls_per_day from settings s), 'free_at', d.free_at),
    'texts', jsonb_build_object('count', coalesce(x.count, 0), 'cap', (select s.texts_per_day from settings s), 'free_at', x.free_at))), '{}') into result
  from chosen c
  join private.phone_zones(workspace, phones) z on z.phone_id = c.id
  left join behind b on b.phone_id = c.id
  left join holds h on h.number = c.id
  left join called d on d.phone_id = c.id
  left join texted x on x.phone_id = c.id;
  return result;
end $$;

create or replace function private.gate_reason(exit_reason text) returns text
language sql immutable set search_path = ''
as $$
  select case exit_reason when 'replied' then 'replied' when 'answered' then 'answered' when 'unsubscribed' then 'suppressed_unsubscribed'
    when 'bounced' then 'suppressed_bounced' when 'complained' then 'suppressed_complained' when 'suppressed' then 'suppressed'
    when 'do_not_contact' then 'do_not_contact' when 'cancelled' then 'campaign_cancelled' else 'exited' end
$$;
