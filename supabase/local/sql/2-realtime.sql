-- The part of Supabase Realtime that the product stands on: realtime.send() and private broadcast topics guarded by
-- the policies on realtime.messages. Runs as postgres at every start and may be run any number of times.
-- Source: supabase/realtime, lib/realtime/tenants/repo/migrations; there the table is partitioned by day.

create table if not exists realtime.messages (
  id uuid not null default gen_random_uuid(),
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp not null default now(),
  inserted_at timestamp not null default now(),
  primary key (id, inserted_at)
);
create index if not exists messages_inserted_at_idx on realtime.messages (inserted_at);
alter table realtime.messages enable row level security;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;

create or replace function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')::text;
$$;

create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true)
returns void language plpgsql as $$
begin
  -- As hosted: a broadcast that can't be sent never fails the change it tells of.
  begin
    perform set_config('realtime.topic', topic, true);
    insert into realtime.messages (payload, event, topic, private, extension)
    values (payload, event, topic, private, 'broadcast');
  exception when others then
    raise warning 'ErrorSendingBroadcastMessage: %', sqlerrm;
  end;
end;
$$;

-- Hosted, Realtime reads new rows from the WAL; here a notification carries them to the gateway. Postgres takes
-- notifications below 8000 bytes only, so a larger message is fetched by its id.
create or replace function realtime.notify_message() returns trigger language plpgsql
security definer set search_path = '' as $$
declare
  message text := jsonb_build_object(
    'id', new.id, 'topic', new.topic, 'event', new.event, 'private', new.private, 'payload', new.payload
  )::text;
begin
  if new.extension = 'broadcast' then
    if octet_length(message) > 7500 then
      message := jsonb_build_object('id', new.id)::text;
    end if;
    perform pg_notify('realtime_messages', message);
  end if;
  return null;
end;
$$;
create or replace trigger notify_message after insert on realtime.messages
  for each row execute function realtime.notify_message();

revoke all on function realtime.notify_message() from public, anon, authenticated;
grant execute on function realtime.topic(), realtime.send(jsonb, text, text, boolean)
  to anon, authenticated, service_role;
