-- Why: statistics taken while tasks were none let the planner read all of them for each row of a batch: ten thousand due tasks took
-- seventy seconds instead of three. The batches go by their indexes whatever the statistics say, and a run that finds much to do
-- has them taken anew.
-- Touches: how open_due_next_steps, remind_due_tasks and mark_sla_breaches are planned; analyze_reminder_tables (new).

alter function public.open_due_next_steps(integer) set enable_seqscan = off;
alter function public.remind_due_tasks(integer) set enable_seqscan = off;
alter function public.mark_sla_breaches(integer) set enable_seqscan = off;

-- For the crons alone. A definer behind a thin invoker: only a table's owner may have its statistics taken.
create function private.analyze_reminder_tables() returns void
language plpgsql security definer set search_path = ''
as $$ begin analyze public.tasks, public.notifications; end $$;
create function public.analyze_reminder_tables() returns void
language sql set search_path = '' as $$ select private.analyze_reminder_tables() $$;
