/** What comes by itself: due tasks, next steps and overdue cards tell whom they concern, once, in the tiers that have it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/app';
import { sql } from '../support/db';
import {
  type Actor,
  addMember,
  type Cast,
  createCast,
  createPerson,
  createWorkspace,
  signUp,
  type Workspace,
} from '../support/factories';
import { testStack } from '../support/stack';
import { makeCard, notificationsOf, runWholeCron, setTier } from '../support/work';

const tiers = ['beta', 'pro', 'premium'] as const;

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
  await setTier(cast.workspace, 'premium');
});

async function dueTask(actor: Actor, workspace: Workspace, dueAt = new Date(Date.now() - 60_000)) {
  const person = await createPerson(actor, workspace);
  const { body } = await call<{ id: string }>('/api/tasks', {
    as: actor,
    workspace,
    body: { title: 'Call back', person_id: person.id, due_at: dueAt.toISOString() },
  });
  return { id: body.id, personId: person.id };
}

async function nextStep(actor: Actor, workspace: Workspace): Promise<{ id: string; personId: string }> {
  const person = await createPerson(actor, workspace);
  const [activity] = await sql()<{ id: string }[]>`
    insert into activities (workspace_id, kind, channel, direction, subject, performed_by, person_id, next_step_at)
    values (${workspace.id}, 'call', 'call', 'out', 'Asked for the rent roll', ${actor.userId}, ${person.id}, now() - interval '1 hour')
    returning id`;
  return { id: activity?.id ?? '', personId: person.id };
}

/** As if the day had passed: what was told yesterday is told again today. */
const nextDay = (taskId: string) =>
  sql().begin(async (tx) => {
    await tx`update notifications set dedupe_key = dedupe_key || ' before' where task_id = ${taskId}`;
    await tx`update tasks set remind_at = now() where id = ${taskId}`;
  });

describe('crons', () => {
  test.each(['due-next-steps', 'due-tasks', 'sla-breaches', 'clean-uploads', 'send-digests'])(
    '%s is refused without the secret',
    async (name) => {
      expect((await call(`/api/cron/${name}`)).status).toBe(401);
      const headers = { authorization: `Bearer ${testStack().env.CRON_SECRET}x` };
      expect((await call(`/api/cron/${name}`, { headers })).status).toBe(401);
      expect((await call(`/api/cron/${name}`, { as: cast.owner })).status).toBe(401);
    },
  );
});

describe('due tasks', () => {
  test('tell their assignee where to go, and nobody else', async () => {
    const { workspace, member } = cast;
    const task = await dueTask(member, workspace);
    await runWholeCron('due-tasks');
    const told = (await notificationsOf(workspace, member)).filter(({ task_id }) => task_id === task.id);
    expect(told).toMatchObject([
      { kind: 'task_due', title: 'Task due: Call back', link: `/people/${task.personId}` },
    ]);
    const others =
      await sql()`select 1 from notifications where task_id = ${task.id} and user_id <> ${member.userId}`;
    expect(others).toHaveLength(0);
  });

  test('two tasks on one record are two; a task is told of once a day, and again the next', async () => {
    const { workspace, member } = cast;
    const person = await createPerson(member, workspace);
    const ids: string[] = [];
    for (const title of ['First', 'Second']) {
      const { body } = await call<{ id: string }>('/api/tasks', {
        as: member,
        workspace,
        body: { title, person_id: person.id, due_at: new Date(Date.now() - 1000).toISOString() },
      });
      ids.push(body.id);
    }
    const counted = async () => {
      await runWholeCron('due-tasks');
      const rows = await notificationsOf(workspace, member);
      return ids.map((id) => rows.filter(({ task_id }) => task_id === id).length);
    };
    expect(await counted()).toEqual([1, 1]);
    expect(await counted()).toEqual([1, 1]);
    // a new time on the same day is not told of again on that day
    await call(`/api/tasks/${ids[0]}`, {
      as: member,
      workspace,
      method: 'PATCH',
      body: { due_at: new Date(Date.now() - 500).toISOString() },
    });
    expect(await counted()).toEqual([1, 1]);
    await nextDay(ids[1] ?? '');
    expect(await counted()).toEqual([1, 2]);
  });

  test('say nothing of what is done, dismissed, deleted, later, nobody’s, or about a deleted record', async () => {
    const { workspace, member } = cast;
    const patch = (id: string, body: object) =>
      call(`/api/tasks/${id}`, { as: member, workspace, method: 'PATCH', body });
    const made = await Promise.all(Array.from({ length: 6 }, () => dueTask(member, workspace)));
    const [done, dismissed, deleted, nobodys, gone, later] = made;
    await patch(done?.id ?? '', { status: 'done' });
    await patch(dismissed?.id ?? '', { status: 'dismissed' });
    await call(`/api/tasks/${deleted?.id}`, { as: member, workspace, method: 'DELETE' });
    await patch(nobodys?.id ?? '', { assigned_to: null });
    await call(`/api/people/${gone?.personId}`, { as: member, workspace, method: 'DELETE' });
    await patch(later?.id ?? '', { due_at: '2090-01-01T00:00:00Z' });
    await runWholeCron('due-tasks');
    const told =
      await sql()`select task_id from notifications where task_id in ${sql()(made.map(({ id }) => id))}`;
    expect(told).toEqual([]);
  });

  test('a zone that nobody knows stops nobody else’s', async () => {
    const workspace = await createWorkspace(cast.owner);
    await setTier(workspace, 'pro');
    const [lost, other] = [await addMember(workspace), await addMember(workspace)];
    await sql()`update profiles set time_zone = 'Mars/Olympus' where user_id = ${lost.userId}`;
    await dueTask(lost, workspace);
    await dueTask(other, workspace);
    await runWholeCron('due-tasks');
    expect(await notificationsOf(workspace, lost)).toHaveLength(1);
    expect(await notificationsOf(workspace, other)).toHaveLength(1);
  });

  test('whoever muted them hears nothing, and hears again once they are wanted', async () => {
    const { workspace, admin } = cast;
    const mute = (muted_kinds: string[]) =>
      call('/api/notifications/preferences', { as: admin, workspace, method: 'PUT', body: { muted_kinds } });
    await mute(['task_due']);
    await dueTask(admin, workspace);
    await runWholeCron('due-tasks');
    expect(await notificationsOf(workspace, admin)).toEqual([]);
    await mute([]);
    await dueTask(admin, workspace);
    await runWholeCron('due-tasks');
    expect(await notificationsOf(workspace, admin)).toHaveLength(1);
  });

  test('overlapping runs tell each once', async () => {
    const workspace = await createWorkspace(cast.owner);
    await setTier(workspace, 'pro');
    const me = await addMember(workspace);
    const person = await createPerson(me, workspace);
    await sql()`insert into tasks (workspace_id, title, person_id, assigned_to, due_at)
      select ${workspace.id}, 'Call ' || n, ${person.id}, ${me.userId}, now() - interval '1 hour' from generate_series(1, 2500) n`;
    await Promise.all([runWholeCron('due-tasks'), runWholeCron('due-tasks'), runWholeCron('due-tasks')]);
    expect(await notificationsOf(workspace, me)).toHaveLength(2500);
  });
});

describe('next steps', () => {
  test('become a task of whoever logged them, once, and say so instead of the task', async () => {
    const { workspace, member } = cast;
    const step = await nextStep(member, workspace);
    await runWholeCron('due-next-steps');
    await runWholeCron('due-next-steps');
    await runWholeCron('due-tasks');
    const tasks =
      await sql()`select id, title, assigned_to, source, status, person_id from tasks where activity_id = ${step.id}`;
    expect(tasks).toMatchObject([
      { assigned_to: member.userId, source: 'next_step', status: 'open', person_id: step.personId },
    ]);
    expect(tasks[0]?.title).toContain('Asked for the rent roll');
    const told = (await notificationsOf(workspace, member)).filter(({ task_id }) => task_id === tasks[0]?.id);
    expect(told.map(({ kind }) => kind)).toEqual(['next_step_due']);
    const [activity] = await sql()`select next_step_task_id from activities where id = ${step.id}`;
    expect(activity?.next_step_task_id).toBe(tasks[0]?.id);
  });

  test('of somebody who has left go to whom the record is assigned to', async () => {
    const { workspace, admin } = cast;
    const left = await signUp();
    const step = await nextStep(cast.member, workspace);
    await sql()`update activities set performed_by = ${left.userId} where id = ${step.id}`;
    await sql()`update people set assigned_to = ${admin.userId} where id = ${step.personId}`;
    await runWholeCron('due-next-steps');
    const [task] = await sql()`select assigned_to from tasks where activity_id = ${step.id}`;
    expect(task?.assigned_to).toBe(admin.userId);
  });
});

describe('cards over their time', () => {
  const limit = (stageId: string, days: number) =>
    sql()`update pipeline_stages set sla_days = ${days} where id = ${stageId}`;

  test('are marked, and their assignee told once; without one the admins are', async () => {
    const { workspace, member, owner, admin } = cast;
    const mine = await makeCard(member, workspace, { assignedTo: member.userId, enteredDaysAgo: 4 });
    const nobodys = await makeCard(member, workspace, { enteredDaysAgo: 4 });
    const fresh = await makeCard(member, workspace, { assignedTo: member.userId, enteredDaysAgo: 1 });
    await limit(mine.stageId, 3);
    await runWholeCron('sla-breaches');
    await runWholeCron('sla-breaches');
    const told = async (card: string) =>
      (await sql()`select user_id, kind, link from notifications where verification_id = ${card}`).map(
        ({ user_id, link }) => [user_id, link],
      );
    expect(await told(mine.id)).toEqual([[member.userId, `/verification?card=${mine.id}`]]);
    expect((await told(nobodys.id)).map(([who]) => who).sort()).toEqual([owner.userId, admin.userId].sort());
    expect(await told(fresh.id)).toEqual([]);
    const marked =
      await sql()`select id from verifications where sla_breached_at is not null and id in ${sql()([mine.id, nobodys.id, fresh.id])}`;
    expect(marked).toHaveLength(2);
  });
});

describe.each(tiers)('on %s', (tier) => {
  test('come exactly what the plan has', async () => {
    const workspace = await createWorkspace(cast.owner);
    await setTier(workspace, tier);
    await dueTask(cast.owner, workspace);
    await nextStep(cast.owner, workspace);
    const card = await makeCard(cast.owner, workspace, { assignedTo: cast.owner.userId, enteredDaysAgo: 9 });
    await sql()`update pipeline_stages set sla_days = 2 where id = ${card.stageId}`;
    for (const name of ['due-next-steps', 'due-tasks', 'sla-breaches']) await runWholeCron(name);
    const kinds = (await notificationsOf(workspace, cast.owner)).map(({ kind }) => kind).sort();
    const expected = {
      beta: [],
      pro: ['next_step_due', 'task_due'],
      premium: ['next_step_due', 'sla_breach', 'task_due'],
    };
    expect(kinds).toEqual(expected[tier]);
  });
});
