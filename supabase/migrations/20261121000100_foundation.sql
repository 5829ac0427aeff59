-- Why: what every later migration stands on: extensions, the private schema, text normalisation, housekeeping triggers.
-- Touches: schemas extensions and private; default privileges of public and private.

create schema if not exists extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gin with schema extensions;
create extension if not exists unaccent with schema extensions;

-- Helpers live here: never exposed by the Data API, callable by policies and by the thin functions in public.
create schema private;
grant usage on schema private to anon, authenticated, service_role;
-- PUBLIC may execute by a default of the whole database, which the defaults of a schema can't take back.
alter default privileges revoke execute on functions from public;
alter default privileges in schema private grant execute on functions to service_role;

-- Nothing in public is reachable by a default: every table and function grants what it means to.
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public grant all on tables to service_role;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
alter default privileges in schema public grant execute on functions to service_role;

-- 'José  Núñez-O''Neil, Jr.' → 'jose nunez o neil jr': what two spellings of one name share.
-- IMMUTABLE, as generated columns need: unaccent() is only STABLE because its dictionary could be altered; ours isn't.
-- PL/pgSQL, because a function in SQL with a search_path of its own is planned anew at every call: five times slower here.
create function private.normalize_text(value text) returns text
language plpgsql immutable parallel safe set search_path = ''
as $$
begin
  return btrim(regexp_replace(lower(extensions.unaccent('extensions.unaccent'::regdictionary, coalesce(value, ''))), '[^a-z0-9\u0080-\uffff]+', ' ', 'g'));
end $$;

-- Street words in the short form of USPS Publication 28, so that 'Street' and 'St.' are one address.
create function private.normalize_address(value text) returns text
language plpgsql immutable parallel safe set search_path = ''
as $$
declare
  address text := ' ' || private.normalize_text(value) || ' ';
  word text[];
begin
  foreach word slice 1 in array array[
    ['street', 'st'], ['avenue', 'ave'], ['boulevard', 'blvd'], ['road', 'rd'], ['drive', 'dr'], ['lane', 'ln'], ['court', 'ct'],
    ['place', 'pl'], ['parkway', 'pkwy'], ['highway', 'hwy'], ['north', 'n'], ['south', 's'], ['east', 'e'], ['west', 'w']]
  loop
    address := replace(address, ' ' || word[1] || ' ', ' ' || word[2] || ' ');
  end loop;
  return btrim(address);
end $$;

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
