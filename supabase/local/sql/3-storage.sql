-- The grants of hosted Storage: policies on storage.objects decide, as long as the roles may ask at all.
-- Runs as postgres once the storage schema is there and may be run any number of times.
-- Source: supabase/storage, migrations/tenant.
grant all on storage.buckets, storage.objects to anon, authenticated, service_role;
