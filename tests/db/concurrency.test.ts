/** What must hold when two do it at once, tried with two connections that are really open at the same time. */
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { become, connect, sql, sqlstateOf } from '../support/db';
import { addMember, createPerson, createWorkspace, signUp, unique, uniqueEmail } from '../support/factories';
import { beginImport, record } from './import-records';

let first: postgres.Sql;
let second: postgres.Sql;

/** Holds each of `count` callers until all of them have come. */
function barrier(count: number): () => Promise<void> {
  let waiting = count;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    waiting -= 1;
    if (waiting === 0) open();
    return all;
  };
}

beforeAll(() => {
  first = connect();
  second = connect();
});
afterAll(async () => {
  await Promise.all([first.end(), second.end()]);
});

describe('a workspace always has an owner', () => {
  test('two owners who leave at once: one of them stays', async () => {
    const ada = await signUp();
    const workspace = await createWorkspace(ada);
    const grace = await addMember(workspace, 'owner');
    const bothHaveLeft = barrier(2);
    const leave = (connection: postgres.Sql, userId: string) =>
      sqlstateOf(() =>
        connection.begin(async (tx) => {
          await become(tx, { role: 'authenticated', userId });
          await tx`delete from workspace_members where workspace_id = ${workspace.id} and user_id = ${userId}`;
          // neither has committed yet
          await bothHaveLeft();
        }),
      );
    const states = await Promise.all([leave(first, ada.userId), leave(second, grace.userId)]);
    expect(states.sort()).toEqual(['PT409', null].sort());
    const [left] =
      await sql()`select count(*)::int as n from workspace_members where workspace_id = ${workspace.id} and role = 'owner'`;
    expect(left?.n).toBe(1);
  });
});

test('of two runs of a cron that begin at once, one works', async () => {
  const name = unique();
  const begin = (connection: postgres.Sql) =>
    connection<{ run: string | null }[]>`select public.begin_cron_run(${name}, 60) as run`;
  const runs = (await Promise.all([begin(first), begin(second)])).map(([row]) => row?.run ?? null);
  expect(runs.filter((run) => run !== null)).toHaveLength(1);
});

test('a cron whose run was killed starts again once the lease has run out', async () => {
  const name = unique();
  await sql()`select public.begin_cron_run(${name}, -1)`;
  const [again] = await sql()<{ run: string | null }[]>`select public.begin_cron_run(${name}, 60) as run`;
  expect(again?.run).not.toBeNull();
  const [dead] = await sql()`select error from cron_runs where name = ${name} and finished_at is not null`;
  expect(dead?.error).toBe('lease ran out');
});

test('the same event delivered twice at once is handled once', async () => {
  const events = JSON.stringify([{ provider: 'test', event_id: unique(), type: 'test', payload: {} }]);
  const claim = (connection: postgres.Sql) =>
    connection`select * from public.claim_provider_events(${events}::text::jsonb)`;
  const claimed = await Promise.all([claim(first), claim(second)]);
  expect(claimed.map((rows) => rows.length).sort()).toEqual([0, 1]);
});

test('two people get the same new e-mail address at once: one address, two links', async () => {
  const owner = await signUp();
  const workspace = await createWorkspace(owner);
  const people = await Promise.all([createPerson(owner, workspace), createPerson(owner, workspace)]);
  const address = uniqueEmail();
  await Promise.all(
    people.map((person, n) =>
      (n === 0 ? first : second).begin(async (tx) => {
        await become(tx, { role: 'authenticated', userId: owner.userId });
        await tx`select public.link_point(${workspace.id}, 'person', ${person.id}, 'email', ${address})`;
      }),
    ),
  );
  const [counted] = await sql()`
    select (select count(*)::int from emails where workspace_id = ${workspace.id} and address = ${address}) as points,
           (select count(*)::int from person_emails where workspace_id = ${workspace.id}) as links`;
  expect(counted).toEqual({ points: 1, links: 2 });
});

test('two imports that name the same person at once make one person', async () => {
  const owner = await signUp();
  const workspace = await createWorkspace(owner);
  const row = record(2, { people: [{ first_name: 'Ada', last_name: 'King', emails: [uniqueEmail()] }] });
  const imports = await Promise.all([beginImport(workspace), beginImport(workspace)]);
  await Promise.all(imports.map((list) => list.chunk([row])));
  const [people] = await sql()`select count(*)::int as n from people where workspace_id = ${workspace.id}`;
  expect(people?.n).toBe(1);
});

test('two holders of one lease: the chunk goes in once', async () => {
  const owner = await signUp();
  const workspace = await createWorkspace(owner);
  const list = await beginImport(workspace);
  const row = record(2, { people: [{ first_name: 'Ada', last_name: 'King' }] });
  const states = await Promise.all([
    sqlstateOf(() => list.chunk([row])),
    sqlstateOf(() => list.chunk([row])),
  ]);
  expect(states.sort()).toEqual(['PT409', null].sort());
});
