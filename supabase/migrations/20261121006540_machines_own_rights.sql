-- Why: what the Data API can call runs with the rights of whoever calls. Four functions of machines ran with their maker's, which the service
-- role doesn't need.
-- Touches: functions bridge_facts, note_bridge, note_call_events, begin_inbound_call.

alter function public.bridge_facts(uuid) security invoker;
alter function public.note_bridge(uuid, text, jsonb, text) security invoker;
alter function public.note_call_events(jsonb) security invoker;
alter function public.begin_inbound_call(text, text, text) security invoker;
