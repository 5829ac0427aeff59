/** What /api/tasks and the tasks of a card promise to those who use them. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { addMember, type Cast, createCast, createPerson, createWorkspace } from '../support/factories';
import { makeCard } from '../support/work';

type Task = {
  id: string;
  title: string;
  status: string;
  due_at: string | null;
  priority: string;
  assigned_to: string | null;
  assignee: string | null;
  done_at: string | null;
  done_by: string | null;
  about: { kind: string; id: string; name: string } | null;
};
type Page = { rows: Task[]; next: string | null };

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const ask = <T = Record<string, unknown>>(path: string, method = 'GET', body?: unknown, as = cast.member) =>
  call<T>(`/api/${path}`, { as, workspace: cast.workspace, method, body });
const list = async (query: string) => (await ask<Page>(`tasks?${query}`)).body.rows;
const add = async (body: Record<string, unknown>) => (await ask<Task>('tasks', 'POST', body)).body;

describe('a task', () => {
  test('is its writer’s own, unless somebody or nobody is named', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    await add({ title: 'Mine', person_id: person.id, due_at: '2030-01-01T09:00:00Z' });
    await add({ title: 'Hers', person_id: person.id, assigned_to: cast.admin.userId });
    await add({ title: 'Nobody’s', person_id: person.id, assigned_to: null, priority: 'urgent' });
    const tasks = await list(`subject=person&id=${person.id}`);
    const found = Object.fromEntries(tasks.map((task) => [task.title, task]));
    expect(tasks[0]?.title).toBe('Mine');
    expect(found.Mine).toMatchObject({
      assigned_to: cast.member.userId,
      assignee: cast.member.fullName,
      priority: 'normal',
      about: { kind: 'person', id: person.id },
    });
    expect(found.Hers?.assigned_to).toBe(cast.admin.userId);
    expect(found['Nobody’s']).toMatchObject({ assigned_to: null, priority: 'urgent' });
  });

  test('is finished, dismissed and reopened; who finished it and when is kept with it', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const { id } = await add({ title: 'Call', person_id: person.id });
    const set = async (status: string) => {
      expect((await ask(`tasks/${id}`, 'PATCH', { status })).status).toBe(200);
      return (await list(`subject=person&id=${person.id}`))[0];
    };
    expect(await set('done')).toMatchObject({
      status: 'done',
      done_by: cast.member.fullName,
      done_at: expect.any(String),
    });
    expect(await set('open')).toMatchObject({ status: 'open', done_by: null, done_at: null });
    expect(await set('dismissed')).toMatchObject({ status: 'dismissed', done_by: null });
  });

  test('is deleted and brought back as it was', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const { id } = await add({ title: 'Call', person_id: person.id });
    expect((await ask(`tasks/${id}`, 'DELETE')).status).toBe(204);
    expect(await list(`subject=person&id=${person.id}`)).toEqual([]);
    expect((await ask(`tasks/${id}`, 'PATCH', { title: 'Gone' })).status).toBe(404);
    expect((await ask(`tasks/${id}/restore`, 'POST')).status).toBe(204);
    expect(await list(`subject=person&id=${person.id}`)).toMatchObject([{ id, title: 'Call' }]);
  });

  test('pages on without loss or repetition', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    for (const due_at of [
      '2030-01-01T00:00:00Z',
      '2030-01-01T00:00:00Z',
      '2031-01-01T00:00:00Z',
      null,
      null,
    ]) {
      await add({ title: `Due ${due_at}`, person_id: person.id, due_at });
    }
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const after: string = next ? `&after=${encodeURIComponent(next)}` : '';
      const { body } = await ask<Page>(`tasks?subject=person&id=${person.id}&limit=2${after}`);
      seen.push(...body.rows.map(({ id }) => id));
      next = body.next;
    } while (next);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  test('one’s own are listed whatever they are about, but for records that were deleted', async () => {
    const workspace = await createWorkspace(cast.owner);
    const me = await addMember(workspace);
    const [kept, gone] = [await createPerson(me, workspace), await createPerson(me, workspace)];
    for (const person_id of [kept.id, gone.id]) {
      await call('/api/tasks', { as: me, workspace, body: { title: 'Call', person_id } });
    }
    await call(`/api/people/${gone.id}`, { as: me, workspace, method: 'DELETE' });
    const mine = await call<Page>('/api/tasks?mine=yes&status=open', { as: me, workspace });
    expect(mine.body.rows.map(({ about }) => about?.id)).toEqual([kept.id]);
  });
});

describe('the tasks of a card', () => {
  test('are added, changed and listed under it, and show on its property as well', async () => {
    const card = await makeCard(cast.member, cast.workspace);
    const path = `verification/${card.id}/tasks`;
    const made = await ask<Task>(path, 'POST', { title: 'Ask for the lease' });
    expect(made.status).toBe(201);
    expect((await ask(path, 'PATCH', { id: made.body.id, status: 'done' })).status).toBe(200);
    expect((await ask<Page>(path)).body.rows).toMatchObject([
      { id: made.body.id, status: 'done', about: { kind: 'verification', id: card.id } },
    ]);
    expect(await list(`subject=property&id=${card.propertyId}`)).toHaveLength(1);
  });

  test('a task of another card isn’t changed through this one', async () => {
    const [card, other] = [
      await makeCard(cast.member, cast.workspace),
      await makeCard(cast.member, cast.workspace),
    ];
    const { body } = await ask<Task>(`verification/${card.id}/tasks`, 'POST', { title: 'Ask' });
    const wrong = await ask(`verification/${other.id}/tasks`, 'PATCH', { id: body.id, status: 'done' });
    expect(wrong.status).toBe(404);
  });
});

describe('what is refused', () => {
  test('a wrong field is named', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const fieldsOf = async (body: object) => {
      const answer = await ask<Failure>('tasks', 'POST', body);
      expect(answer.status).toBe(400);
      return Object.keys(answer.body.error.fields ?? {});
    };
    expect(await fieldsOf({ person_id: person.id })).toEqual(['title']);
    expect(await fieldsOf({ title: '   ', person_id: person.id })).toEqual(['title']);
    expect(await fieldsOf({ title: 'x'.repeat(301), person_id: person.id })).toEqual(['title']);
    expect(await fieldsOf({ title: 'Call', person_id: person.id, due_at: 'tomorrow' })).toEqual(['due_at']);
    expect(await fieldsOf({ title: 'Call', person_id: person.id, priority: 'asap' })).toEqual(['priority']);
    expect(await fieldsOf({ title: 'Call' })).toEqual(['person_id']);
    expect(await fieldsOf({ title: 'Call', person_id: person.id, source: 'next_step' })).toEqual(['source']);
    const query = await ask<Failure>('tasks?subject=person');
    expect(query.body.error.fields).toHaveProperty('id');
    const forged = await ask<Failure>('tasks?mine=yes&after=x');
    expect(forged.body.error.fields).toHaveProperty('after');
  });

  test('a stranger’s record, card, task or colleague is not there', async () => {
    const theirs = await createPerson(cast.stranger, cast.otherWorkspace);
    const card = await makeCard(cast.stranger, cast.otherWorkspace);
    const mine = await createPerson(cast.member, cast.workspace);
    const { body: task } = await call<Task>('/api/tasks', {
      as: cast.stranger,
      workspace: cast.otherWorkspace,
      body: { title: 'Theirs', person_id: theirs.id },
    });
    const statuses = [
      await ask('tasks', 'POST', { title: 'Call', person_id: theirs.id }),
      await ask('tasks', 'POST', { title: 'Call', verification_id: card.id }),
      await ask('tasks', 'POST', { title: 'Call', person_id: mine.id, assigned_to: cast.stranger.userId }),
      await ask(`tasks?subject=person&id=${theirs.id}`),
      await ask(`tasks?subject=person&id=${randomUUID()}`),
      await ask(`tasks/${task.id}`, 'PATCH', { title: 'Mine now' }),
      await ask(`tasks/${task.id}`, 'DELETE'),
      await ask(`tasks/${task.id}/restore`, 'POST'),
      await ask('tasks/nothing', 'PATCH', { title: 'x' }),
      await ask(`verification/${card.id}/tasks`),
      await ask(`verification/${card.id}/tasks`, 'POST', { title: 'Call' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual(Array(statuses.length).fill(404));
    const asStranger = await call('/api/tasks?mine=yes', { as: cast.stranger, workspace: cast.workspace });
    expect(asStranger.status).toBe(404);
    expect((await call('/api/tasks?mine=yes', { workspace: cast.workspace })).status).toBe(401);
  });
});
