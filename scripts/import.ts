/** `npm run import -- --file list.csv --preset qozb --workspace demo [--json]`: imports a list from the command line. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createClient } from '@supabase/supabase-js';
import { pino } from 'pino';
import ws from 'ws';
import { CsvError } from '@/lib/csv/errors';
import type { Database, Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { IMPORT_BUCKET } from '@/modules/imports/file';
import { MAX_IMPORT_BYTES } from '@/modules/imports/limits';
import { inspectFile } from '@/modules/imports/records';
import { workImports } from '@/modules/imports/runner';
import {
  type ImportCounts,
  type ImportPreset,
  importPresetSchema,
  importPresets,
  importResults,
  importTables,
} from '@/modules/imports/schema';
import { findTemplate, storable } from '@/modules/imports/template';
import { hostedSettings } from '@/supabase/local/app-process';
import { demoAccount, seedDemo } from '@/supabase/local/demo-seed';
import {
  findRunningStack,
  portsFromEnv,
  type StackAddress,
  StackError,
  startStack,
} from '@/supabase/local/stack';

const USAGE = `npm run import -- --file list.csv --workspace demo [--preset ${importPresets.join('|')}] [--json]`;
const POLL_MS = 500;

/** What stops the command, in one sentence for the person who typed it. */
class Refusal extends Error {}

const say = (line: string) => void process.stderr.write(`${line}\n`);

type Options = { file: string; workspace: string; preset: ImportPreset | undefined; json: boolean };

function readOptions(): Options {
  let values: { file?: string; workspace?: string; preset?: string; json?: boolean };
  try {
    ({ values } = parseArgs({
      options: {
        file: { type: 'string' },
        workspace: { type: 'string' },
        preset: { type: 'string' },
        json: { type: 'boolean' },
      },
    }));
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
  if (!values.file) throw new Refusal(`Say which file to import.\n${USAGE}`);
  if (!values.workspace) throw new Refusal(`Say which workspace it goes into, by its address.\n${USAGE}`);
  const preset = importPresetSchema.optional().safeParse(values.preset);
  if (!preset.success) {
    throw new Refusal(`There is no preset “${values.preset}”. Choose one of ${importPresets.join(', ')}.`);
  }
  return {
    file: resolve(values.file),
    workspace: values.workspace,
    preset: preset.data,
    json: values.json ?? false,
  };
}

/** A service-role client for the hosted project of the settings files, the running local stack, or one started for this. */
async function connect(): Promise<{ admin: Client; local: StackAddress | null; stop: () => Promise<void> }> {
  const clientFor = (url: string, key: string): Client =>
    createClient<Database>(url, key, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
      realtime: { transport: ws as unknown as typeof WebSocket },
    });
  const hosted = hostedSettings();
  if (hosted) {
    const { NEXT_PUBLIC_SUPABASE_URL: url, SUPABASE_SECRET_KEY: key } = hosted;
    if (!url || !key) throw new Refusal('SUPABASE_SECRET_KEY is missing. See .env.example.');
    return { admin: clientFor(url, key), local: null, stop: async () => undefined };
  }
  const dataDir = resolve(process.env.STACK_DATA_DIR || '.local');
  const running = findRunningStack(dataDir);
  if (running) {
    return { admin: clientFor(running.url, running.secretKey), local: running, stop: async () => undefined };
  }
  say('No local stack is running: starting one for this import.');
  const stack = await startStack({ dataDir, ports: portsFromEnv(process.env), log: say });
  return { admin: clientFor(stack.url, stack.secretKey), local: stack, stop: () => stack.stop() };
}

/** The workspace's id. The demo's workspace is made where a local stack has none yet. */
async function findWorkspace(admin: Client, slug: string, local: StackAddress | null): Promise<string> {
  const find = () => admin.from('workspaces').select('id').eq('slug', slug).maybeSingle();
  let { data, error } = await find();
  if (!data && !error && local && slug === demoAccount.workspace) {
    say('There is no demo workspace yet: making it.');
    await seedDemo(local);
    ({ data, error } = await find());
  }
  if (error) throw new Error(`looking up the workspace failed: ${error.message}`, { cause: error });
  if (data) return data.id;
  const { data: others } = await admin.from('workspaces').select('slug').order('slug').limit(10);
  const known = (others ?? []).map((workspace) => workspace.slug).join(', ');
  throw new Refusal(
    `There is no workspace “${slug}”. ${known ? `There are: ${known}.` : 'There is none yet; "npm run demo" makes one.'}`,
  );
}

/** Uploads the list and begins its run, as the pages do. */
async function begin(admin: Client, workspaceId: string, { file, preset }: Options): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new Refusal(`${file} can’t be read.`);
  });
  if (size > MAX_IMPORT_BYTES) {
    throw new Refusal(
      'This file is larger than 50 MB. Split it into smaller files and import them one after the other.',
    );
  }
  const inspection = await inspectFile(createReadStream(file), { preset });
  const template = preset ? null : await findTemplate(admin, workspaceId, inspection.headers);
  const id = randomUUID();
  const path = `${workspaceId}/${id}.csv`;
  const upload = await admin.storage
    .from(IMPORT_BUCKET)
    .upload(path, await readFile(file), { contentType: 'text/csv' });
  if (upload.error) throw new Error(`the upload failed: ${upload.error.message}`, { cause: upload.error });
  const { error } = await admin.from('imports').insert({
    id,
    workspace_id: workspaceId,
    file_name: basename(file).slice(0, 255),
    file_size: size,
    preset: template?.preset ?? inspection.preset,
    mapping: template?.mapping ?? inspection.mapping,
    inspection: storable(inspection) as unknown as NonNullable<Json>,
    status: 'running',
    phase: 'run',
    started_at: new Date().toISOString(),
  });
  if (error) throw new Error(`the import could not begin: ${error.message}`, { cause: error });
  say(`${basename(file)}: ${template?.preset ?? inspection.preset}, ${inspection.headers.length} columns.`);
  for (const warning of inspection.warnings) say(warning.message);
  return id;
}

/** Works on the import until it has ended, here or in the running app's cron, whichever took it. */
async function work(admin: Client, id: string) {
  const log = pino({ level: process.env.LOG_LEVEL || 'fatal', base: null }, pino.destination(2));
  for (;;) {
    await workImports({ admin, log, timeLeftMs: () => Number.POSITIVE_INFINITY }, id);
    const { data, error } = await admin
      .from('imports')
      .select('status, error, counts, processed_rows')
      .eq('id', id)
      .single();
    if (error) throw new Error(`reading the result failed: ${error.message}`, { cause: error });
    if (data.status === 'failed') throw new Refusal(data.error ?? 'The import failed.');
    if (data.status !== 'running') return { rows: data.processed_rows, counts: data.counts as ImportCounts };
    await sleep(POLL_MS);
  }
}

function report(rows: number, seconds: number, counts: ImportCounts, isJson: boolean): void {
  const byResult = importResults.map((result) => {
    const tables = importTables.map((table) => [table, counts[result]?.[table] ?? 0] as const);
    return [result, Object.fromEntries(tables)] as const;
  });
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ rows, seconds, ...Object.fromEntries(byResult) })}\n`);
    return;
  }
  process.stdout.write(`${rows} rows in ${seconds} s\n`);
  for (const [result, tables] of byResult) {
    const said = Object.entries(tables).filter(([, count]) => count > 0);
    if (said.length > 0) {
      process.stdout.write(
        `${result.padEnd(8)} ${said.map(([table, count]) => `${count} ${table}`).join(', ')}\n`,
      );
    }
  }
}

async function main(): Promise<void> {
  const options = readOptions();
  const { admin, local, stop } = await connect();
  const end = (code: number) => void stop().finally(() => process.exit(code));
  process.once('SIGINT', () => end(130));
  process.once('SIGTERM', () => end(143));
  try {
    const workspaceId = await findWorkspace(admin, options.workspace, local);
    const startedAt = performance.now();
    const { rows, counts } = await work(admin, await begin(admin, workspaceId, options));
    report(rows, Math.round((performance.now() - startedAt) / 10) / 100, counts, options.json);
  } finally {
    await stop();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  if (error instanceof CsvError) say(error.userMessage);
  else if (error instanceof Refusal || error instanceof StackError) say(error.message);
  else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}
