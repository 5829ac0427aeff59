import 'server-only';
import { drain } from '@/lib/drain';
import { unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';

/** As many as one call works, by its default in the database: then there is much to do. */
const fullBatch = { nextSteps: 500, tasks: 1000 };

/** Works batches to the end. Where the first was full, statistics are taken before the others: they may be of emptier tables. */
async function workAll(
  { admin, timeLeftMs }: CronContext,
  full: number,
  batch: () => Promise<number>,
): Promise<number> {
  const first = await batch();
  if (first < full) return first;
  unwrap(await admin.rpc('analyze_reminder_tables'));
  return first + (await drain(batch, timeLeftMs));
}

/** Next steps that fell due become tasks and notify (pro). @returns how many became one */
export async function openDueNextSteps(ctx: CronContext) {
  const opened = await workAll(ctx, fullBatch.nextSteps, async () =>
    unwrap(await ctx.admin.rpc('open_due_next_steps')),
  );
  return { opened };
}

/** Due tasks tell their assignee, once a task and day of theirs (pro). @returns how many were told of */
export async function remindDueTasks(ctx: CronContext) {
  const reminded = await workAll(ctx, fullBatch.tasks, async () =>
    unwrap(await ctx.admin.rpc('remind_due_tasks')),
  );
  return { reminded };
}

/** Cards over their stage's time are marked, and their assignee told, or the admins (premium). @returns how many */
export async function markSlaBreaches({ admin, timeLeftMs }: CronContext) {
  const breached = await drain(async () => unwrap(await admin.rpc('mark_sla_breaches')), timeLeftMs);
  return { breached };
}
