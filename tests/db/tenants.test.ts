/**
 * For every table in `public`: what nobody, a stranger (a member of another workspace), a member and an admin can read,
 * write and point at. Tables come from the catalogue, so that a new one without a rule in rows.ts fails here.
 */
import type postgres from 'postgres';
import { beforeAll, describe, expect, test } from 'vitest';
import { asActor, become, type SqlActor, sql, sqlstateOf } from '../support/db';
import { type Cast, createCast } from '../support/factories';
import { listForeignKeys, listTables, updatableColumns } from './catalogue';
import { type TableRule, tables, type World } from './rows';

const names = Object.keys(tables);
const commands = { s: 'select', i: 'insert', u: 'update', d: 'delete' } as const;
type Command = (typeof commands)[keyof typeof commands];

let cast: Cast;
let ours: World;
let theirs: World;
/** The key values of the row of each table in our workspace, written by the member. */
const kept: Record<string, Record<string, unknown>> = {};

const rule = (table: string): TableRule => {
  const found = tables[table];
  if (!found) throw new Error(`${table} has no rule in rows.ts`);
  return found;
};
const keyOf = (table: string) => rule(table).key ?? ['id'];

async function insert(
  tx: postgres.Sql | postgres.TransactionSql,
  table: string,
  values: Record<string, unknown>,
) {
  const returning = keyOf(table);
  const [row] = await tx`insert into ${tx(table)} ${tx(values)} returning ${tx(returning)}`;
  return row as Record<string, unknown>;
}

/** Rows that others point at, fresh ones too (`new people`), so that a link made from them is never there already. */
async function addParents(tx: postgres.Sql | postgres.TransactionSql, world: World): Promise<void> {
  const parents = [
    'people',
    'organizations',
    'properties',
    'phones',
    'emails',
    'linkedin_profiles',
    'conversations',
    'sending_domains',
    'mailboxes',
  ];
  for (const table of parents) {
    const row = await insert(tx, table, rule(table).row(world));
    world.ids[`new ${table}`] = String(row.id);
  }
}

async function createWorld(workspace: string, user: string): Promise<World> {
  const world: World = { workspace, user, ids: {} };
  await addParents(sql(), world);
  for (const table of names) {
    if (table === 'workspaces' || table === 'profiles' || table === 'workspace_members') continue;
    const row = await insert(sql(), table, rule(table).row(world));
    if (row.id) world.ids[table] = String(row.id);
  }
  return world;
}

beforeAll(async () => {
  cast = await createCast();
  // what a tier adds is there to be tried
  await sql()`update workspaces set tier = 'premium' where id in ${sql()([cast.workspace.id, cast.otherWorkspace.id])}`;
  ours = await createWorld(cast.workspace.id, cast.member.userId);
  theirs = await createWorld(cast.otherWorkspace.id, cast.stranger.userId);
  for (const table of names) kept[table] = { id: ours.ids[table] };
  kept.workspaces = { id: cast.workspace.id };
  kept.profiles = { user_id: cast.member.userId };
  kept.workspace_members = { workspace_id: cast.workspace.id, user_id: cast.member.userId };
});

/** Whether somebody can do it: null where they can, else the reason they can't. */
async function attempt(actor: SqlActor, table: string, command: Command): Promise<string | null> {
  const key = Object.entries(kept[table] ?? {});
  const columns = command === 'update' ? await updatableColumns(table) : [];
  if (command === 'update' && columns.length === 0) return 'no column may be changed';
  return asActor({ role: 'service_role' }, async (tx) => {
    // the parents of a new row exist before somebody tries to add it
    await tx`reset role`;
    const world = { ...ours, user: actor.userId ?? ours.user, ids: { ...ours.ids } };
    await addParents(tx, world);
    await become(tx, actor);
    const where = key.reduce(
      (sofar, [column, value]) => tx`${sofar} and ${tx(column)} = ${value as string}`,
      tx`true`,
    );
    let touched = 0;
    const state = await sqlstateOf(() =>
      tx.savepoint(async (point) => {
        if (command === 'select')
          touched = (await point`select ${point(keyOf(table))} from ${point(table)} where ${where}`).count;
        if (command === 'insert')
          touched = (await point`insert into ${point(table)} ${point(rule(table).row(world))}`).count;
        if (command === 'delete') touched = (await point`delete from ${point(table)} where ${where}`).count;
        if (command === 'update') {
          const column = point(columns[0] ?? '');
          touched = (await point`update ${point(table)} set ${column} = ${column} where ${where}`).count;
        }
      }),
    );
    if (state) return state;
    return touched === 0 ? 'no row' : null;
  });
}

const refusals = ['42501', 'no row', 'no column may be changed'];

test('every table in public has a rule here', async () => {
  const found = (await listTables()).map((table) => table.name);
  expect(found).toEqual([...names].sort());
});

test('every table in public has row level security', async () => {
  expect((await listTables()).filter((table) => !table.hasRls)).toEqual([]);
});

describe.each(names)('%s', (table) => {
  test.each(Object.values(commands))('nobody signed in can %s', async (command) => {
    expect(['42501', 'no column may be changed']).toContain(await attempt({ role: 'anon' }, table, command));
  });

  test.each(Object.values(commands))('a stranger can not %s', async (command) => {
    const stranger: SqlActor = { role: 'authenticated', userId: cast.stranger.userId };
    expect(refusals).toContain(await attempt(stranger, table, command));
  });

  test.each(['member', 'admin'] as const)('the %s can do exactly what the rule says', async (who) => {
    const actor: SqlActor = { role: 'authenticated', userId: cast[who].userId };
    let can = '';
    for (const [letter, command] of Object.entries(commands)) {
      const refusal = await attempt(actor, table, command);
      if (refusal === null) can += letter;
      // a constraint that speaks up would hide what the policy says
      else expect(refusals).toContain(refusal);
    }
    expect(can).toBe(rule(table).access[who]);
  });
});

describe('a row points at no other workspace', () => {
  test('every reference between rows of workspaces names the workspace', async () => {
    const tenants = new Set(
      (await listTables()).filter((table) => table.isTenants).map((table) => table.name),
    );
    const loose = (await listForeignKeys()).filter(
      (key) =>
        tenants.has(key.table) &&
        key.targetIsTenants &&
        !(key.columns[0] === 'workspace_id' && key.targetColumns[0] === 'workspace_id'),
    );
    expect(loose).toEqual([]);
  });

  test.each(names)('%s, whoever writes it', async (table) => {
    const keys = (await listForeignKeys()).filter((key) => key.table === table && key.targetIsTenants);
    for (const key of keys) {
      const column = key.columns.find((name) => name !== 'workspace_id') ?? '';
      const theirRow = key.target === 'workspace_members' ? cast.stranger.userId : theirs.ids[key.target];
      if (!theirRow) throw new Error(`no row of ${key.target} in the other workspace`);
      const state = await asActor({ role: 'service_role' }, async (tx) => {
        // as the owner of the tables: no policy in the way, the reference itself must refuse
        await tx`reset role`;
        const world = { ...ours, ids: { ...ours.ids } };
        await addParents(tx, world);
        const values = { ...rule(table).row(world, column), [column]: theirRow };
        return sqlstateOf(() => tx.savepoint((point) => point`insert into ${point(table)} ${point(values)}`));
      });
      expect(`${key.name}: ${state}`).toBe(`${key.name}: 23503`);
    }
  });

  test.each(names)(
    '%s can not be moved to another workspace by somebody who is in one of them',
    async (table) => {
      const columns = await updatableColumns(table);
      if (!columns.includes('workspace_id')) return;
      const state = await asActor({ role: 'authenticated', userId: cast.member.userId }, async (tx) =>
        sqlstateOf(() =>
          tx.savepoint(
            (point) =>
              point`update ${point(table)} set workspace_id = ${theirs.workspace} where id = ${ours.ids[table] ?? ''}`,
          ),
        ),
      );
      // 42501: the policy; 23503: the rows it points at stay behind
      expect(['42501', '23503']).toContain(state);
    },
  );
});
