/** A list from drop to done through the app's own API: 21,000 rows and 500 rows, with the server's memory sampled. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { call } from '../support/app';
import { type Actor, createWorkspace, signUp, type Workspace } from '../support/factories';
import { type Bench, type Figures, machine, round } from './harness';
import { makeQozb } from './make-qozb';

/** How often progress is asked for and memory is looked at: seldom enough not to slow what is measured. */
const sampleMs = 500;

/** Resident megabytes of a process and everything it started. */
function residentMb(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // it ended while we looked
    }
  }
  const isOurs = (pid: number): boolean =>
    pid === root || (parents.has(pid) && isOurs(parents.get(pid) ?? 0));
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (!isOurs(pid)) continue;
    try {
      kilobytes += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // it ended while we looked
    }
  }
  return kilobytes / 1024;
}

/** The app's process, as the stack's data directory notes it. */
function appProcess(dataDir: string): number {
  const children = JSON.parse(readFileSync(join(dataDir, 'children.json'), 'utf8')) as {
    pid: number;
    command: string;
  }[];
  const app = children.find((child) => child.command.includes('next'));
  if (!app) throw new Error('the app’s process isn’t noted');
  return app.pid;
}

type ImportState = { status: string; error: string | null; counts: Record<string, Record<string, number>> };

async function importFile(
  actor: Actor,
  workspace: Workspace,
  file: Uint8Array,
): Promise<{ seconds: number; state: ImportState }> {
  const as = { as: actor, workspace };
  const started = performance.now();
  const { body: made } = await call<{ id: string; uploadUrl: string }>('/api/imports', {
    ...as,
    body: { fileName: 'qozb.csv', size: file.byteLength },
  });
  const upload = await fetch(made.uploadUrl, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv' },
    body: Buffer.from(file),
  });
  if (!upload.ok) throw new Error(`the upload was refused: ${upload.status}`);
  const inspected = await call(`/api/imports/${made.id}/inspect`, { ...as, body: { preset: 'qozb' } });
  if (inspected.status !== 200) throw new Error(`inspect: ${JSON.stringify(inspected.body)}`);
  const begun = await call(`/api/imports/${made.id}/run`, { ...as, method: 'POST' });
  if (begun.status !== 202) throw new Error(`run: ${JSON.stringify(begun.body)}`);
  for (;;) {
    const { body } = await call<ImportState>(`/api/imports/${made.id}`, as);
    if (body.status === 'done' || body.status === 'failed') {
      return { seconds: (performance.now() - started) / 1000, state: body };
    }
    await new Promise((resolve) => setTimeout(resolve, sampleMs));
  }
}

/** @returns seconds from drop to done, counts by table, and how far the server's memory rose above idle */
export async function importBench(bench: Bench): Promise<Figures> {
  const figures: Figures = { machine: machine() };
  const actor = await signUp({ fullName: 'Bench Mark' });
  const pid = appProcess(bench.dataDir);
  // 500 first: it warms what a server in use has warm
  for (const rows of [500, 21_000]) {
    const text: string[] = [];
    for await (const line of makeQozb(rows, 1)) text.push(line);
    const file = new TextEncoder().encode(text.join(''));
    const workspace = await createWorkspace(actor);
    const idleMb = residentMb(pid);
    let peakMb = idleMb;
    const sampler = setInterval(() => {
      peakMb = Math.max(peakMb, residentMb(pid));
    }, sampleMs);
    const { seconds, state } = await importFile(actor, workspace, file).finally(() => clearInterval(sampler));
    if (state.status !== 'done') throw new Error(`the import failed: ${state.error}`);
    figures[`rows_${rows}`] = {
      seconds: round(seconds),
      rows_per_second: Math.round(rows / seconds),
      file_mb: round(file.byteLength / 1e6),
      idle_mb: Math.round(idleMb),
      peak_mb: Math.round(peakMb),
      above_idle_mb: Math.round(peakMb - idleMb),
      created: state.counts.created ?? {},
    };
    bench.log(
      `  ${rows} rows: ${round(seconds)} s, ${Math.round(peakMb - idleMb)} MB above ${Math.round(idleMb)} MB`,
    );
  }
  return figures;
}
