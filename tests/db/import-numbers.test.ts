/** How an import's numbers come to the calling desk: after its end, some at a time, and none is left out by whoever is killed meanwhile. */
import { expect, test } from 'vitest';
import { connect, sql } from '../support/db';
import { createWorkspace, signUp, uniquePhone, type Workspace } from '../support/factories';
import { beginImport, record, type TestImport } from './import-records';

const page = 7;

/** A run of one chunk: people with a number each, one of them with a property. */
async function writeNumbers(count: number): Promise<{ workspace: Workspace; list: TestImport }> {
  const workspace = await createWorkspace(await signUp());
  const list = await beginImport(workspace);
  await sql()`update imports set status = 'running', phase = 'run' where id = ${list.id}`;
  await list.chunk(
    Array.from({ length: count }, (_, n) =>
      record(n + 2, {
        people: [
          {
            first_name: `Ada${n}`,
            last_name: 'Example',
            state: 'TX',
            phones: [uniquePhone()],
            ...(n === 0 && { property_roles: ['manager'] }),
          },
        ],
        ...(n === 0 && { property: { name: 'Maple Court', address: '1 Maple Court', state: 'OH' } }),
      }),
    ),
  );
  return { workspace, list };
}

const end = ({ id, lease }: TestImport) => sql()`select public.finish_import_phase(${id}, ${lease})`;

/** Steps of the background, until nothing of this workspace waits any more. @returns how many it took */
async function follow(workspace: Workspace): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    const [waiting] = await sql()<{ n: number }[]>`
      select ((select count(*) from private.call_targets_due where workspace_id = ${workspace.id})
            + (select count(*) from private.imports_to_follow where workspace_id = ${workspace.id}))::int as n`;
    if (waiting?.n === 0) return steps;
    await sql()`select public.follow_call_targets(${page})`;
  }
}

const onDesk = async (workspace: Workspace) => {
  const [row] = await sql()<{ numbers: number; people: number; properties: number; states: string[] }[]>`
    select count(*)::int as numbers, sum(people_count)::int as people, sum(property_count)::int as properties,
           (select array_agg(distinct s order by s) from call_targets x, unnest(x.states) s where x.workspace_id = ${workspace.id}) as states
      from call_targets where workspace_id = ${workspace.id} and is_callable`;
  return row;
};

test('an import that ends leaves its numbers to steps of a few, and so does its undo', async () => {
  const { workspace, list } = await writeNumbers(40);
  await end(list);
  expect(await onDesk(workspace)).toMatchObject({ numbers: 0 });
  expect(await follow(workspace)).toBeGreaterThan(40 / page);
  expect(await onDesk(workspace)).toEqual({ numbers: 40, people: 40, properties: 1, states: ['OH', 'TX'] });

  await sql()`update imports set status = 'undoing', phase = 'undo', lease_token = ${list.lease} where id = ${list.id}`;
  for (let remaining = 1; remaining > 0; ) {
    const [step] = await sql()<{ left: { remaining: number } }[]>`
      select public.undo_import_chunk(${list.id}, ${list.lease}, 500) as left`;
    remaining = step?.left.remaining ?? 0;
  }
  await end(list);
  await follow(workspace);
  expect(await onDesk(workspace)).toMatchObject({ numbers: 0 });
});

test('a run that is stopped half-way puts what it wrote on the desk', async () => {
  const { workspace, list } = await writeNumbers(10);
  await sql()`update imports set status = 'cancelled', lease_token = null where id = ${list.id}`;
  await follow(workspace);
  expect(await onDesk(workspace)).toMatchObject({ numbers: 10 });
});

test('whoever is killed at a step leaves no number out', async () => {
  const { workspace, list } = await writeNumbers(30);
  await end(list);
  const killed = async () => {
    const db = connect();
    const session = await db.reserve();
    const [me] = await session`select pg_backend_pid() as pid`;
    await session`begin`;
    await session`select public.follow_call_targets(${page})`;
    await sql()`select pg_terminate_backend(${me?.pid}, 5000)`;
    await db.end({ timeout: 0 });
  };
  // at each of the kinds of step: while records are looked through, and while rows are made
  await killed();
  await sql()`select public.follow_call_targets(1000)`;
  await killed();
  await follow(workspace);
  expect(await onDesk(workspace)).toMatchObject({ numbers: 30, people: 30 });
});

test('two at once take different numbers', async () => {
  const { workspace, list } = await writeNumbers(30);
  await end(list);
  const [one, two] = [connect(), connect()];
  const drain = async (db: ReturnType<typeof connect>) => {
    for (;;) {
      const [step] = await db<{ more: boolean }[]>`select public.follow_call_targets(${page}) as more`;
      if (!step?.more) return;
    }
  };
  await Promise.all([drain(one), drain(two)]);
  await Promise.all([one.end(), two.end()]);
  await follow(workspace);
  expect(await onDesk(workspace)).toMatchObject({ numbers: 30 });
});

test('a word about an organization of thousands ends in time, and reaches all of them', async () => {
  const workspace = await createWorkspace(await signUp());
  const count = 2100;
  const organization = await sql().begin(async (tx) => {
    await tx`select set_config('app.import_id', 'test', true)`;
    const [made] =
      await tx`insert into organizations (workspace_id, name) values (${workspace.id}, 'Example Homes') returning id`;
    await tx`insert into people (workspace_id, first_name, source_key) select ${workspace.id}, 'Ada', n::text from generate_series(1, ${count}) n`;
    await tx`insert into phones (workspace_id, e164) select ${workspace.id}, '+1512' || lpad(n::text, 7, '0') from generate_series(1, ${count}) n`;
    await tx`insert into person_phones (workspace_id, person_id, phone_id)
      select ${workspace.id}, h.id, p.id from people h join phones p on p.workspace_id = h.workspace_id and p.e164 = '+1512' || lpad(h.source_key, 7, '0')
       where h.workspace_id = ${workspace.id}`;
    await tx`insert into person_organizations (workspace_id, person_id, organization_id) select ${workspace.id}, id, ${made?.id} from people where workspace_id = ${workspace.id}`;
    await tx`select private.refresh_call_targets(${workspace.id}, array(select id from phones where workspace_id = ${workspace.id}))`;
    return made?.id as string;
  });
  expect(await onDesk(workspace)).toMatchObject({ numbers: count });
  await sql()`update organizations set status = 'do_not_contact' where id = ${organization}`;
  expect(await onDesk(workspace)).toMatchObject({ numbers: 100 });
  await follow(workspace);
  expect(await onDesk(workspace)).toMatchObject({ numbers: 0 });
});
