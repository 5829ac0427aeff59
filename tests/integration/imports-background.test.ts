import { createClient } from '@supabase/supabase-js';
import { pino } from 'pino';
import type { Sql } from 'postgres';
import { describe, expect, it } from 'vitest';
import ws from 'ws';
import type { Database } from '../../lib/supabase/database.types';
import { readRecords } from '../../modules/imports/records';
import { workImports } from '../../modules/imports/runner';
import type { ImportRecord } from '../../modules/imports/schema';
import { call, runCron } from '../support/app';
import { connect, sql } from '../support/db';
import { createCast } from '../support/factories';
import { testStack } from '../support/stack';
import { contactList, type Importer, prepare, rowsOf, run, settled } from './import-files';

const newTeam = async (): Promise<Importer> => {
  const { owner: actor, workspace } = await createCast();
  return { actor, workspace };
};

/** Begins a run that this test alone works on: the lease is taken in the moment of beginning, so that no cron comes first. */
async function beginHeld(importer: Importer, csv: string) {
  const id = await prepare(importer, csv);
  const lease = crypto.randomUUID();
  await sql()`update imports set status = 'running', phase = 'run', started_at = now(), lease_token = ${lease},
    lease_until = now() + interval '1 hour' where id = ${id}`;
  const records: ImportRecord[] = [];
  const source = new Blob([csv]).stream();
  const [row] = await sql()`select preset, mapping from imports where id = ${id}`;
  for await (const batch of readRecords(source, { preset: row?.preset, mapping: row?.mapping }))
    records.push(...batch);
  return { id, lease, records };
}

const chunk = (db: Sql, id: string, lease: string, records: ImportRecord[]) =>
  db`select import_chunk(${id}, ${lease}, ${db.json(records as never)}, true)`;

/** What a runner that was killed leaves behind: its lease, which runs out. */
const forgetLease = (id: string) =>
  sql()`update imports set lease_until = now() - interval '1 second' where id = ${id}`;

async function written(importer: Importer, id: string) {
  const [row] =
    await sql()`select (select count(*) from people where workspace_id = ${importer.workspace.id})::int as people,
    (select count(*) from import_rows where import_id = ${id})::int as rows, last_line, processed_rows from imports where id = ${id}`;
  return row;
}

const admin = () =>
  createClient<Database>(testStack().url, testStack().secretKey, {
    auth: { persistSession: false },
    realtime: { transport: ws as unknown as typeof WebSocket },
  });

describe('a server that is killed in the middle of an import', () => {
  it('goes on behind the last whole chunk, and each row counts once', async () => {
    const importer = await newTeam();
    const { csv } = contactList(60);
    const { id, lease, records } = await beginHeld(importer, csv);
    const db = connect();
    await chunk(db, id, lease, records.slice(0, 25));
    await db.end();
    expect(await written(importer, id)).toMatchObject({ people: 25, rows: 25, last_line: 26 });
    await forgetLease(id);
    await runCron('run-imports');
    const ended = await settled(importer, id);
    expect(ended).toMatchObject({ status: 'done', processedRows: 60, totalRows: 60 });
    expect(ended.counts.created).toMatchObject({ people: 60, emails: 60 });
    expect(await written(importer, id)).toMatchObject({ people: 60, rows: 60 });
  });

  it('leaves nothing half-written of the chunk it was at', async () => {
    const importer = await newTeam();
    const { id, lease, records } = await beginHeld(importer, contactList(40).csv);
    const db = connect();
    const session = await db.reserve();
    const [me] = await session`select pg_backend_pid() as pid`;
    await session`begin`;
    await chunk(session, id, lease, records);
    const [killed] = await sql()`select pg_terminate_backend(${me?.pid}, 5000) as killed`;
    expect(killed).toEqual({ killed: true });
    await db.end({ timeout: 0 });
    expect(await written(importer, id)).toMatchObject({
      people: 0,
      rows: 0,
      last_line: 0,
      processed_rows: 0,
    });
    await forgetLease(id);
    await runCron('run-imports');
    expect(await settled(importer, id)).toMatchObject({ status: 'done', processedRows: 40 });
    expect(await written(importer, id)).toMatchObject({ people: 40, rows: 40 });
  });

  it('can’t write any more once another runner has taken over', async () => {
    const importer = await newTeam();
    const { id, lease, records } = await beginHeld(importer, contactList(5).csv);
    await forgetLease(id);
    const [taken] = await sql()`select lease_token from claim_import(20, ${id})`;
    expect(taken?.lease_token).not.toBe(lease);
    const db = connect();
    await expect(chunk(db, id, lease, records)).rejects.toThrow(/somebody else/);
    await db.end();
    expect(await written(importer, id)).toMatchObject({ people: 0, rows: 0 });
  });
});

describe('two runners at once', () => {
  it('claim an import: one gets it', async () => {
    const importer = await newTeam();
    const { id } = await beginHeld(importer, contactList(2).csv);
    await forgetLease(id);
    const [one, two] = [connect(), connect()];
    const claims = await Promise.all([one, two].map((db) => db`select id from claim_import(20, ${id})`));
    await Promise.all([one.end(), two.end()]);
    expect(claims.map((rows) => rows.length).sort()).toEqual([0, 1]);
  });

  it('work side by side and write every row once', async () => {
    const importer = await newTeam();
    const { id } = await beginHeld(importer, contactList(150).csv);
    await forgetLease(id);
    const deps = { admin: admin(), log: pino({ level: 'silent' }), timeLeftMs: () => 60_000 };
    await Promise.all([workImports(deps, id), workImports(deps, id), runCron('run-imports')]);
    expect(await settled(importer, id)).toMatchObject({ status: 'done', processedRows: 150 });
    expect(await written(importer, id)).toMatchObject({ people: 150, rows: 150 });
  });
});

describe('several imports at once', () => {
  /** Keeps the app's own runner out, so that the turns are those of this test's. */
  async function holdCron(): Promise<string> {
    for (;;) {
      const [run] = await sql()`select begin_cron_run('run-imports', 60) as id`;
      if (run?.id) return run.id;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('take turns, whoever waits longest first, and each goes on where it was', async () => {
    const teams = [await newTeam(), await newTeam()];
    const ids: string[] = [];
    const cron = await holdCron();
    try {
      for (const team of teams) ids.push((await beginHeld(team, contactList(700).csv)).id);
      await sql()`update imports set lease_until = now() - interval '1 second' where id = any (${ids})`;
      const turns: { importId: string; outcome: string }[] = [];
      const log = pino({ level: 'info' }, { write: (line: string) => void turns.push(JSON.parse(line)) });
      await workImports({ admin: admin(), log, timeLeftMs: () => 60_000, turnMs: 0 });
      const own = turns.filter(({ importId }) => ids.includes(importId));
      // a turn is over with its first 300 rows here
      expect(own.map(({ outcome }) => outcome).slice(0, 2)).toEqual(['yielded', 'yielded']);
      expect(new Set(own.slice(0, 2).map(({ importId }) => importId)).size).toBe(2);
      expect(
        own
          .filter(({ outcome }) => outcome === 'finished')
          .map(({ importId }) => importId)
          .sort(),
      ).toEqual([...ids].sort());
    } finally {
      await sql()`update cron_runs set finished_at = now() where id = ${cron}`;
    }
    for (const [index, team] of teams.entries()) {
      expect(await written(team, ids[index] ?? '')).toMatchObject({ people: 700, rows: 700 });
    }
  });
});

describe('a row that the database refuses', () => {
  it('is found by halving the chunk, and stands alone with its reason', async () => {
    const importer = await newTeam();
    const { csv } = contactList(37);
    const constraint = `refused_${crypto.randomUUID().replaceAll('-', '')}`;
    // stands for whatever the reading side lets through and the database doesn't take
    await sql().unsafe(
      `alter table people add constraint ${constraint} check (first_name <> '${constraint}') not valid`,
    );
    try {
      const done = await run(importer, csv.replace('Pat23,', `${constraint},`));
      expect(done).toMatchObject({ status: 'done', processedRows: 37 });
      const failed = await rowsOf(importer, done.id, 'failed');
      expect(failed.map(({ line }) => line)).toEqual([25]);
      expect(failed[0]?.reason).toMatch(/can’t be stored/);
      expect(await written(importer, done.id)).toMatchObject({ people: 36, rows: 37 });
    } finally {
      await sql().unsafe(`alter table people drop constraint ${constraint}`);
    }
  });
});

describe('an import that is stopped', () => {
  it('keeps what it wrote, goes on where it was, and can be undone', async () => {
    const importer = await newTeam();
    const as = { as: importer.actor, workspace: importer.workspace, method: 'POST' };
    const { id, lease, records } = await beginHeld(importer, contactList(30).csv);
    const db = connect();
    await chunk(db, id, lease, records.slice(0, 10));
    expect((await call(`/api/imports/${id}/cancel`, as)).status).toBe(204);
    await expect(chunk(db, id, lease, records.slice(10))).rejects.toThrow(/somebody else/);
    await db.end();
    expect(await settled(importer, id)).toMatchObject({ status: 'cancelled', hasWritten: true });
    expect((await call(`/api/imports/${id}/preview`, as)).status).toBe(409);
    expect((await call(`/api/imports/${id}/run`, as)).status).toBe(202);
    expect(await settled(importer, id)).toMatchObject({ status: 'done', processedRows: 30 });
    expect((await call(`/api/imports/${id}/undo`, as)).status).toBe(202);
    expect((await settled(importer, id)).status).toBe('undone');
    expect((await written(importer, id))?.people).toBe(0);
  });
});
