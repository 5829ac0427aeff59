import 'server-only';
import { drain } from '@/lib/drain';
import { unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';

/** Next steps that fell due become tasks and notify (pro). @returns how many became one */
export async function openDueNextSteps({ admin, timeLeftMs }: CronContext) {
  const opened = await drain(async () => unwrap(await admin.rpc('open_due_next_steps')), timeLeftMs);
  return { opened };
}

/** Due tasks tell their assignee, once a task and day of theirs (pro). @returns how many were told of */
export async function remindDueTasks({ admin, timeLeftMs }: CronContext) {
  const reminded = await drain(async () => unwrap(await admin.rpc('remind_due_tasks')), timeLeftMs);
  return { reminded };
}

/** Cards over their stage's time are marked, and their assignee told, or the admins (premium). @returns how many */
export async function markSlaBreaches({ admin, timeLeftMs }: CronContext) {
  const breached = await drain(async () => unwrap(await admin.rpc('mark_sla_breaches')), timeLeftMs);
  return { breached };
}
