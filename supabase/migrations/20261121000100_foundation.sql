-- Why: what every later migration stands on: extensions, the private schema, text normalisation, housekeeping triggers.
-- Touches: schemas extensions and private; default privileges of public and private.

create schema if not exists extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gin with schema extensions;
create extension if not exists unaccent with schema extensions;

-- Helpers live here: never exposed by the Data API, callable by policies and by the thin functions in public.
create schema private;
grant usage on schema private to anon, authenticated, service_role;
alter default privileges in schema private revoke execute on functions from public;
alter default privileges in schema private grant execute on functions to service_role;

-- Nothing in public is reachable by a default: every table and function grants what it means to.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public grant all on tables to service_role;
alter default privileges in schema public revoke execute on functions from public, anon, authenticated;
alter default privileges in schema public grant execute on functions to service_role;

-- unaccent() is only STABLE because its dictionary could be altered; ours isn't, and generated columns need IMMUTABLE.
create function private.unaccent(value text) returns text
language sql immutable parallel safe strict set search_path = ''
as $$ select extensions.unaccent('extensions.unaccent'::regdictionary, value) $$;

-- 'José  Núñez-O''Neil, Jr.' → 'jose nunez o neil jr': what two spellings of one name share.
create function private.normalize_text(value text) returns text
language sql immutable parallel safe set search_path = ''
as $$
  select btrim(regexp_replace(lower(private.unaccent(coalesce(value, ''))), '[^a-z0-9\u0080-\uffff]+', ' ', 'g'))
$$;

-- Street words in the short form of USPS Publication 28, so that 'Street' and 'St.' are one address.
create function private.normalize_address(value text) returns text
language sql immutable parallel safe set search_path = ''
as $$
  select btrim(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      private.normalize_text(value),
      '\mstreet\M', 'st', 'g'), '\mavenue\M', 'ave', 'g'), '\mboulevard\M', 'blvd', 'g'), '\mroad\M', 'rd', 'g'),
      '\mdrive\M', 'dr', 'g'), '\mlane\M', 'ln', 'g'), '\mcourt\M', 'ct', 'g'), '\mplace\M', 'pl', 'g'),
      '\mparkway\M', 'pkwy', 'g'), '\mhighway\M', 'hwy', 'g'), '\mnorth\M', 'n', 'g'), '\msouth\M', 's', 'g'),
      '\meast\M', 'e', 'g'), '\mwest\M', 'w', 'g'))
$$;

create function private.set_updated_at() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end $$;

-- The request id that route() sends along, so that the audit log and the server's log name the same request.
create function private.request_id() returns text
language sql stable set search_path = ''
as $$ select nullif(current_setting('request.headers', true), '')::json ->> 'x-request-id' $$;
