/** Reminders when more than one run works, and when a run is killed in the middle of a batch. */
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, sql } from '../support/db';
import { type Actor, createPerson, createWorkspace, signUp, type Workspace } from '../support/factories';
import { makeCard, setTier } from '../support/work';

let first: postgres.Sql;
let second: postgres.Sql;
let me: Actor;

beforeAll(async () => {
  first = connect();
  second = connect();
  me = await signUp();
});
afterAll(async () => {
  await Promise.all([first.end(), second.end()]);
});

async function dueTasks(count: number): Promise<Workspace> {
  const workspace = await createWorkspace(me);
  await setTier(workspace, 'pro');
  const person = await createPerson(me, workspace);
  await sql()`insert into tasks (workspace_id, title, person_id, assigned_to, due_at)
    select ${workspace.id}, 'Call ' || n, ${person.id}, ${me.userId}, now() - interval '1 hour' from generate_series(1, ${count}) n`;
  return workspace;
}

/** Works until nothing is left that nobody else has. */
async function drain(connection: postgres.Sql, batch: number): Promise<void> {
  const [row] = await connection<{ n: number }[]>`select public.remind_due_tasks(${batch}) as n`;
  if (row && row.n > 0) await drain(connection, batch);
}

const told = async (workspace: Workspace) => {
  const [row] = await sql()<{ n: number; distinct: number }[]>`
    select count(*)::int as n, count(distinct task_id)::int as distinct from notifications where workspace_id = ${workspace.id}`;
  return row;
};

describe('due tasks', () => {
  test('two runs at once share the work: each task is told of exactly once', async () => {
    const workspace = await dueTasks(1200);
    await Promise.all([drain(first, 50), drain(second, 50)]);
    await drain(first, 50);
    expect(await told(workspace)).toEqual({ n: 1200, distinct: 1200 });
  });

  test('a run that is killed in the middle of a batch leaves all of it to the next', async () => {
    const workspace = await dueTasks(300);
    const dying = connect();
    const [backend] = await dying<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await dying`select public.remind_due_tasks(100)`;
    // one connection, and no clean end of the transaction: the client is gone as well
    await dying.unsafe('begin');
    await dying`select public.remind_due_tasks(100)`;
    const run = dying`select pg_sleep(60)`.catch(() => 'killed');
    await sql()`select pg_terminate_backend(${backend?.pid ?? 0}, 5000)`;
    expect(await told(workspace)).toEqual({ n: 100, distinct: 100 });
    expect(await run).toBe('killed');
    await dying.end({ timeout: 0 });
    await drain(second, 100);
    expect(await told(workspace)).toEqual({ n: 300, distinct: 300 });
  });

  test('a task that somebody is changing right now waits for the next run, and holds nobody up', async () => {
    const workspace = await dueTasks(3);
    await first.begin(async (tx) => {
      await tx`update tasks set title = 'Changing' where workspace_id = ${workspace.id} and title = 'Call 1'`;
      await drain(second, 10);
      expect(await told(workspace)).toEqual({ n: 2, distinct: 2 });
    });
    await drain(second, 10);
    expect(await told(workspace)).toEqual({ n: 3, distinct: 3 });
  });
});

describe('next steps and cards over their time', () => {
  test('two runs at once make one task of a next step', async () => {
    const workspace = await createWorkspace(me);
    await setTier(workspace, 'pro');
    await sql()`insert into people (workspace_id, last_name) select ${workspace.id}, 'Person ' || n from generate_series(1, 200) n`;
    await sql()`insert into activities (workspace_id, kind, channel, direction, performed_by, person_id, next_step_at)
      select ${workspace.id}, 'call', 'call', 'out', ${me.userId}, p.id, now() - interval '1 minute' from people p where p.workspace_id = ${workspace.id}`;
    const open = async (connection: postgres.Sql): Promise<void> => {
      const [row] = await connection<{ n: number }[]>`select public.open_due_next_steps(20) as n`;
      if (row && row.n > 0) await open(connection);
    };
    await Promise.all([open(first), open(second)]);
    await open(first);
    const [counted] = await sql()`select count(*)::int as tasks, count(distinct activity_id)::int as steps,
      (select count(*)::int from notifications where workspace_id = ${workspace.id}) as told from tasks where workspace_id = ${workspace.id}`;
    expect(counted).toEqual({ tasks: 200, steps: 200, told: 200 });
  });

  test('two runs at once mark a card and tell of it once', async () => {
    const workspace = await createWorkspace(me);
    await setTier(workspace, 'premium');
    const cards = [];
    for (let n = 0; n < 5; n += 1) cards.push(await makeCard(me, workspace, { enteredDaysAgo: 9 }));
    await sql()`update pipeline_stages set sla_days = 3 where id = ${cards[0]?.stageId ?? ''}`;
    const mark = (connection: postgres.Sql) => connection`select public.mark_sla_breaches()`;
    await Promise.all([mark(first), mark(second)]);
    await mark(first);
    const rows = await sql()`select verification_id from notifications where workspace_id = ${workspace.id}`;
    expect(rows).toHaveLength(5);
  });
});
