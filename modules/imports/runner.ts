import { setTimeout as sleep } from 'node:timers/promises';
import { CsvError } from '@/lib/csv/errors';
import { openCsv } from '@/lib/csv/read';
import type { Log } from '@/lib/logger';
import type { Database } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { compact } from '@/modules/imports/compact';
import { openImportFile } from '@/modules/imports/file';
import { followNumbers } from '@/modules/imports/numbers';
import { readRecords } from '@/modules/imports/records';
import {
  failureSentence,
  isDataError,
  isTransient,
  LostLease,
  Transient,
} from '@/modules/imports/runner-errors';
import { type ImportRecord, importMappingSchema, importPresetSchema } from '@/modules/imports/schema';

type ImportRow = Database['public']['Tables']['imports']['Row'];

/** What the runner is handed: nothing of it belongs to a request, so that a cron and a script run the same code. */
export type RunnerDeps = {
  /** The service role. Every call names one import by its id and its lease. */
  admin: Client;
  log: Log;
  /** Milliseconds until the work must be handed back. */
  timeLeftMs: () => number;
  /** One import's turn while others wait, in milliseconds: 20 seconds by default. */
  turnMs?: number;
};

/** How the work on one import ended: `yielded` goes on later, `lost` belongs to somebody else or was stopped. */
export type Outcome = 'finished' | 'failed' | 'yielded' | 'lost';

/** How long a silent runner keeps an import to itself; each chunk renews it (`import_chunk()` says the same). */
const LEASE_SECONDS = 20;
const RENEW_AFTER_MS = 4_000;
const TURN_MS = 20_000;
/** Less than this and a chunk might not end in time. */
const SPARE_MS = 15_000;
/** Rows a call, at first and at most; what a call takes on this machine at this moment moves it in between. */
const FIRST_BATCH_ROWS = 300;
const MOST_BATCH_ROWS = 1_000;
const LEAST_BATCH_ROWS = 20;
/** The Data API ends a call after 8 s: longer than this and the next one is smaller, shorter and it is larger. */
const SLOW_CALL_MS = 3_500;
const QUICK_CALL_MS = 1_500;
/** Rows that are read at a time, before they are put together to a call. */
const READ_ROWS = 250;
/** Statistics are taken after so many rows, and again whenever four times as many have gone. */
const FIRST_ANALYZE_ROWS = 600;
const CLEARED_ROWS = 5_000;
const UNDONE_RECORDS = 500;
const RETRY_DELAYS_MS = [500, 2_000, 5_000, 10_000];

/** The work on one claimed import, and what it knows of it. */
type Work = RunnerDeps & {
  row: ImportRow;
  lease: string;
  phase: 'preview' | 'run' | 'undo';
  lastLine: number;
  batchRows: number;
  renewedAt: number;
  turnEndsAt: number;
  /** Rows that this turn has sent, and at how many the tables' statistics are taken next. */
  sentRows: number;
  analyzeAt: number;
};

/**
 * Works on everything that waits, one turn each, until nothing waits or the time is up; then on the numbers that imports left
 * for the calling desk. Safe to kill at any point and to
 * run twice at once: an import is worked on by whoever holds its lease.
 * @param wanted works on this import alone
 * @returns how many turns ended in each outcome
 */
export async function workImports(deps: RunnerDeps, wanted?: string): Promise<Record<Outcome, number>> {
  const ended: Record<Outcome, number> = { finished: 0, failed: 0, yielded: 0, lost: 0 };
  /** Puts the numbers of what has ended on the desk: a turn of it while others wait. */
  const follow = (mostMs: number) => {
    const endsAt = Date.now() + mostMs;
    return followNumbers({ ...deps, isTimeLeft: () => deps.timeLeftMs() > SPARE_MS && Date.now() < endsAt });
  };
  while (deps.timeLeftMs() > SPARE_MS) {
    const { data, error } = await deps.admin.rpc('claim_import', { lease_seconds: LEASE_SECONDS, wanted });
    if (error) throw new Error(`claiming an import failed: ${error.message}`, { cause: error });
    const row = data[0];
    if (!row?.lease_token) break;
    const outcome = await workClaimed(deps, row, row.lease_token);
    ended[outcome] += 1;
    deps.log.info({ importId: row.id, phase: row.phase, outcome }, 'import turn ended');
    if (wanted && outcome !== 'yielded') break;
    if (outcome !== 'yielded') await follow(deps.turnMs ?? TURN_MS);
  }
  await follow(Number.POSITIVE_INFINITY);
  return ended;
}

async function workClaimed(deps: RunnerDeps, row: ImportRow, lease: string): Promise<Outcome> {
  const phase = row.status === 'previewing' ? 'preview' : row.status === 'running' ? 'run' : 'undo';
  const now = Date.now();
  const work: Work = {
    ...deps,
    row,
    lease,
    phase,
    lastLine: row.last_line,
    batchRows: FIRST_BATCH_ROWS,
    renewedAt: now,
    turnEndsAt: now + (deps.turnMs ?? TURN_MS),
    sentRows: 0,
    analyzeAt: FIRST_ANALYZE_ROWS,
  };
  for (let attempt = 0; ; attempt++) {
    const before = work.lastLine;
    try {
      const isDone = phase === 'undo' ? await undo(work) : await readAndSend(work);
      if (!isDone) {
        await rpc(work, 'release_import', {});
        return 'yielded';
      }
      return (await finish(work, null)) ? 'finished' : 'lost';
    } catch (error) {
      if (error instanceof LostLease) return 'lost';
      // what failed on the way may have been committed all the same: the row says from where to go on
      const present = await deps.admin
        .from('imports')
        .select('lease_token, last_line')
        .eq('id', row.id)
        .maybeSingle();
      if (present.data && present.data.lease_token !== lease) return 'lost';
      work.lastLine = present.data?.last_line ?? work.lastLine;
      if (work.lastLine > before) attempt = 0;
      const delay = RETRY_DELAYS_MS[attempt];
      if (error instanceof Transient && delay !== undefined && deps.timeLeftMs() > SPARE_MS + delay) {
        deps.log.warn({ err: error, importId: row.id, attempt }, 'import goes on after a passing failure');
        if (error.isTimeout) work.batchRows = Math.max(LEAST_BATCH_ROWS, work.batchRows >> 1);
        await sleep(delay);
        await renew(work, true).catch((cause: unknown) => deps.log.warn({ err: cause }, 'lease not renewed'));
        continue;
      }
      if (!(error instanceof CsvError)) deps.log.error({ err: error, importId: row.id }, 'import failed');
      return (await finish(work, failureSentence(error, phase))) ? 'failed' : 'lost';
    }
  }
}

/** The preview and the run: the same reading, the same function, with and without writing. True when the file is through. */
async function readAndSend(work: Work): Promise<boolean> {
  const { row } = work;
  if (work.lastLine === 0) await clearEarlier(work);
  if (row.total_rows === null) row.total_rows = await countRows(work);
  const options = {
    preset: importPresetSchema.parse(row.preset),
    mapping: importMappingSchema.parse(row.mapping),
    batchRows: READ_ROWS,
    afterLine: work.lastLine,
  };
  const batches = calls(readRecords(await openImportFile(work.admin, row.file_path), options), work);
  try {
    let next = batches.next();
    for (;;) {
      const { value, done } = await next;
      if (done) return true;
      const sending = send(work, value);
      // the request goes out first; the next rows are read while the database works on these
      await new Promise(setImmediate);
      next = batches.next();
      next.catch(() => undefined);
      await sending;
      if (await isTurnOver(work)) return false;
    }
  } finally {
    await batches.return();
  }
}

/** Tells the planner what has come in; that it can't be told now is no reason to stop. */
async function analyze(work: Work, rows: number): Promise<void> {
  work.sentRows += rows;
  if (work.sentRows < work.analyzeAt) return;
  work.analyzeAt = work.sentRows * 4;
  const { error } = await work.admin.rpc('analyze_import_tables');
  if (error) work.log.warn({ err: error, importId: work.row.id }, 'the tables were not analyzed');
}

/** The records, as many at a time as the next call should take. */
async function* calls(
  source: AsyncGenerator<ImportRecord[]>,
  work: Work,
): AsyncGenerator<ImportRecord[], void> {
  let waiting: ImportRecord[] = [];
  for await (const records of source) {
    waiting = waiting.concat(records);
    while (waiting.length >= work.batchRows) yield waiting.splice(0, work.batchRows);
  }
  if (waiting.length > 0) yield waiting;
}

/** One chunk. Where the database refuses a value in it, halves it until the one row that is at fault stands alone. */
async function send(work: Work, records: ImportRecord[]): Promise<void> {
  const first = records[0];
  if (!first) return;
  try {
    const beganAt = Date.now();
    const result = await rpc(work, 'import_chunk', {
      records: records.map(compact),
      apply: work.phase === 'run',
    });
    work.lastLine = Number((result as { last_line: number }).last_line);
    work.renewedAt = Date.now();
    await analyze(work, records.length);
    const took = work.renewedAt - beganAt;
    if (took > SLOW_CALL_MS) work.batchRows = Math.max(LEAST_BATCH_ROWS, work.batchRows >> 1);
    else if (took < QUICK_CALL_MS) work.batchRows = Math.min(MOST_BATCH_ROWS, work.batchRows * 2);
  } catch (error) {
    if (!isDataError(error)) throw error;
    if (records.length > 1) {
      const half = records.length >> 1;
      await send(work, records.slice(0, half));
      await send(work, records.slice(half));
      return;
    }
    work.log.warn(
      { err: error, importId: work.row.id, line: first.line },
      'a row was refused by the database',
    );
    await send(work, [refused(first)]);
  }
}

/** A row that can't be stored, as one that says so. Its cells are left out: one of them is what can't be stored. */
const refused = (record: ImportRecord): ImportRecord => ({
  line: record.line,
  people: [],
  organizations: [],
  property: null,
  problems: [],
  failed: 'A value in this row can’t be stored. Look for unusual characters or numbers out of range.',
  raw: [],
});

/** Rows below the header. Reads the file to its end once, so that a file that can't be read writes nothing. */
async function countRows(work: Work): Promise<number> {
  const file = await openCsv(await openImportFile(work.admin, work.row.file_path));
  let rows = 0;
  for await (const _ of file.rows) {
    rows += 1;
    if (rows % 1_000 === 0) await renew(work);
  }
  const { error } = await work.admin
    .from('imports')
    .update({ total_rows: rows })
    .eq('id', work.row.id)
    .eq('lease_token', work.lease);
  if (error) throw toError(error);
  return rows;
}

async function clearEarlier(work: Work): Promise<void> {
  while (Number(await rpc(work, 'clear_import_rows', { max_rows: CLEARED_ROWS })) > 0) await renew(work);
}

async function undo(work: Work): Promise<boolean> {
  if (work.row.undo_total === null) await noteUndo(work, await countUndone(work), null);
  for (;;) {
    const { remaining } = (await rpc(work, 'undo_import_chunk', { max_entities: UNDONE_RECORDS })) as {
      remaining: number;
    };
    work.renewedAt = Date.now();
    await noteUndo(work, work.row.undo_total ?? remaining, remaining);
    if (remaining === 0) return true;
    if (await isTurnOver(work)) return false;
  }
}

/** Records that the undo has yet to look at. */
async function countUndone(work: Work): Promise<number> {
  const { count, error } = await work.admin
    .from('import_entities')
    .select('id', { count: 'exact', head: true })
    .eq('workspace_id', work.row.workspace_id)
    .eq('import_id', work.row.id)
    .is('undo_result', null);
  if (error) throw toError(error);
  return count ?? 0;
}

async function noteUndo(work: Work, total: number, remaining: number | null): Promise<void> {
  work.row.undo_total = total;
  const { error } = await work.admin
    .from('imports')
    .update({ undo_total: total, undo_remaining: remaining ?? total })
    .eq('id', work.row.id)
    .eq('lease_token', work.lease);
  if (error) throw toError(error);
}

async function isTurnOver(work: Work): Promise<boolean> {
  if (work.timeLeftMs() < SPARE_MS) return true;
  if (Date.now() < work.turnEndsAt) return false;
  work.turnEndsAt = Date.now() + (work.turnMs ?? TURN_MS);
  const { data, error } = await work.admin
    .from('imports')
    .select('id')
    .in('status', ['previewing', 'running', 'undoing'])
    .neq('id', work.row.id)
    .limit(1);
  if (error) throw toError(error);
  return data.length > 0;
}

async function renew(work: Work, isForced = false): Promise<void> {
  if (!isForced && Date.now() - work.renewedAt < RENEW_AFTER_MS) return;
  if (!(await rpc(work, 'renew_import_lease', { lease_seconds: LEASE_SECONDS }))) throw new LostLease();
  work.renewedAt = Date.now();
}

/** Ends the phase. Retried, since all the work is done; false where the lease has gone. */
async function finish(work: Work, failure: string | null): Promise<boolean> {
  for (const delay of [...RETRY_DELAYS_MS.slice(0, 2), null]) {
    try {
      return Boolean(await rpc(work, 'finish_import_phase', { failure: failure ?? undefined }));
    } catch (error) {
      if (error instanceof LostLease) return false;
      if (!(error instanceof Transient) || delay === null) throw error;
      await sleep(delay);
    }
  }
  return false;
}

type LeasedFunction =
  | 'release_import'
  | 'import_chunk'
  | 'clear_import_rows'
  | 'undo_import_chunk'
  | 'renew_import_lease'
  | 'finish_import_phase';

/** Calls one of the functions that take the import and its lease; sorts what goes wrong into passing, lost and fatal. */
async function rpc(work: Work, name: LeasedFunction, args: Record<string, unknown>): Promise<unknown> {
  // the arguments differ by function and are checked by the database, which names a wrong one
  const call = work.admin.rpc as (
    fn: string,
    args: Record<string, unknown>,
  ) => PromiseLike<{ data: unknown; error: { code: string; message: string } | null; status: number }>;
  const { data, error, status } = await call.call(work.admin, name, {
    import: work.row.id,
    lease: work.lease,
    ...args,
  });
  if (!error) return data;
  if (error.code === 'PT409') throw new LostLease();
  if (isTransient(error.code, status)) throw new Transient(error.message, error.code, error);
  throw toError(error);
}

const toError = (error: { code: string; message: string }) =>
  Object.assign(new Error(`database: ${error.code} ${error.message}`, { cause: error }), {
    code: error.code,
  });
