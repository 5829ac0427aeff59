/** Ten thousand tasks that are due: how long until everybody was told, by one run, by two crons at once, and by two runs at once. */
import postgres from 'postgres';
import { runCron } from '../support/app';
import { addMember, createPerson, createWorkspace, signUp } from '../support/factories';
import { type Bench, type Figures, machine, round } from './harness';

const tasks = 10_000;

/**
 * @returns for each way: seconds, how many notifications there are after it, and how many of them are doubles (`wanted` is the
 *   number of tasks)
 */
export async function dueTasksBench({ stack, log }: Bench): Promise<Figures> {
  const sql = postgres(stack.dbUrl, { max: 4, onnotice: () => undefined });
  try {
    /** In a workspace of its own each time, so that none finds what another left. */
    const measure = async (name: string, work: () => Promise<unknown>): Promise<Figures> => {
      const owner = await signUp();
      const workspace = await createWorkspace(owner);
      await sql`update workspaces set tier = 'pro' where id = ${workspace.id}`;
      const members = await Promise.all([1, 2, 3, 4].map(() => addMember(workspace)));
      const people = members.map(({ userId }) => userId);
      const person = await createPerson(owner, workspace);
      await sql`insert into tasks (workspace_id, title, person_id, assigned_to, due_at)
        select ${workspace.id}, 'Call back ' || n, ${person.id}, (${people}::uuid[])[1 + n % 4], now() - n * interval '1 second'
          from generate_series(1, ${tasks}) n`;
      const begin = performance.now();
      await work();
      const seconds = round((performance.now() - begin) / 1000);
      const [told] = await sql<{ notifications: number; told: number }[]>`
        select count(*)::int as notifications, count(distinct task_id)::int as told
          from notifications where workspace_id = ${workspace.id}`;
      const { notifications = 0, told: distinct = 0 } = told ?? {};
      log(`  ${name}: ${seconds} s, ${notifications} notifications of ${tasks} due tasks`);
      return { seconds, wanted: tasks, notifications, doubles: notifications - distinct };
    };
    /** What the cron does, without the lease that lets one run of it work. */
    const drain = async () => {
      const [row] = await sql<{ reminded: number }[]>`select public.remind_due_tasks() as reminded`;
      if (row && row.reminded > 0) await drain();
    };

    return {
      one_run: await measure('one run', () => runCron('due-tasks')),
      two_crons_at_once: await measure('two crons at once', () =>
        Promise.all([runCron('due-tasks'), runCron('due-tasks')]),
      ),
      two_runs_at_once: await measure('two runs at once', () => Promise.all([drain(), drain()])),
      machine: machine(),
    };
  } finally {
    await sql.end();
  }
}
