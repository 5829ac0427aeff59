-- What a hosted Supabase project has before its first migration, as far as the Data API, Auth and Storage of the
-- local stack don't make it themselves. Runs as the superuser at every start and may be run any number of times.
-- Source: supabase/postgres, migrations/db/init-scripts.

do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'anon nologin noinherit',
    'authenticated nologin noinherit',
    'service_role nologin noinherit bypassrls',
    'authenticator login noinherit',
    'supabase_auth_admin nologin noinherit createrole',
    'supabase_storage_admin nologin noinherit createrole',
    'supabase_realtime_admin nologin noinherit',
    -- As hosted: no superuser, so a migration that would fail there fails here.
    'postgres login createrole createdb replication bypassrls'
  ] loop
    if not exists (select from pg_roles where rolname = split_part(wanted, ' ', 1)) then
      execute 'create role ' || wanted;
    end if;
  end loop;
end
$$;

grant anon, authenticated, service_role to authenticator, postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;

do $$
begin
  execute format('alter database %I owner to postgres', current_database());
  execute format('alter database %I set search_path to "$user", public, extensions', current_database());
end
$$;

create schema if not exists extensions authorization postgres;
create schema if not exists auth authorization postgres;
create schema if not exists storage authorization postgres;
create schema if not exists realtime authorization postgres;
grant usage on schema public, extensions, auth, storage, realtime to anon, authenticated, service_role;

-- Not trusted, so only a superuser can make it; the others come from the migrations.
create extension if not exists pg_stat_statements with schema extensions;
create extension if not exists pgcrypto with schema extensions;

-- New tables in public are not exposed by themselves (hosted projects made since 2026-05-30): no default privileges.
