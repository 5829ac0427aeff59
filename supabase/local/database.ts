/** Brings the local database into the state a hosted one has, and applies the project's migrations to it. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { SUPERUSER } from './postgres-server';
import { StackError } from './processes';

/** The project's root, wherever the command was called from. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The database everything lives in, as on hosted Supabase. */
const DATABASE = 'postgres';

/**
 * @param role database role
 * @param password its password
 * @param port port on 127.0.0.1
 */
export function databaseUrl(role: string, password: string, port: number): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${DATABASE}`;
}

function connect(role: string, password: string, port: number, database = DATABASE) {
  return postgres({
    host: '127.0.0.1',
    port,
    user: role,
    password,
    database,
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'local-stack' },
  });
}

async function runFile(sql: postgres.Sql, name: string): Promise<void> {
  const file = fileURLToPath(new URL(`sql/${name}`, import.meta.url));
  await sql.unsafe(await readFile(file, 'utf8'));
}

/**
 * Makes roles, schemas and extensions. Safe to repeat.
 * @param port Postgres' port
 * @param password of the superuser and, from then on, of `postgres`
 */
export async function bootstrap(port: number, password: string): Promise<void> {
  const admin = connect(SUPERUSER, password, port);
  try {
    await runFile(admin, '1-bootstrap.sql');
    // Generated from [A-Za-z0-9_-], so it needs no quoting beyond the literal's.
    await admin.unsafe(`alter role postgres password '${password}'`);
  } finally {
    await admin.end();
  }
}

/**
 * Makes what realtime needs and gives storage its grants. Safe to repeat; runs once auth and storage are there.
 * @param port Postgres' port
 * @param password of `postgres`
 */
export async function finishSystemSchemas(port: number, password: string): Promise<void> {
  const sql = connect('postgres', password, port);
  try {
    await runFile(sql, '2-realtime.sql');
    await runFile(sql, '3-storage.sql');
  } finally {
    await sql.end();
  }
}

/**
 * Drops the database and makes an empty one; everybody connected is thrown out.
 * @param port Postgres' port
 * @param password of the superuser
 */
export async function recreateDatabase(port: number, password: string): Promise<void> {
  const admin = connect(SUPERUSER, password, port, 'template1');
  try {
    await admin.unsafe(`drop database if exists ${DATABASE} with (force)`);
    await admin.unsafe(`create database ${DATABASE} owner postgres template template0`);
  } finally {
    await admin.end();
  }
}

/** What the database holds already: decides how much of the start can be left out. */
export interface DatabaseState {
  /** The auth and storage schemas are there. */
  isPrepared: boolean;
  /** Migration files that are not applied yet. */
  pending: string[];
}

/**
 * @param port Postgres' port
 * @param password of `postgres`
 * @throws StackError when a migration was applied that has no file
 */
export async function inspectDatabase(port: number, password: string): Promise<DatabaseState> {
  const files = (await readdir(join(PROJECT_ROOT, 'supabase', 'migrations')).catch(() => []))
    .filter((name) => /^\d+_.*\.sql$/.test(name))
    .sort();
  const sql = connect('postgres', password, port);
  try {
    const [there] = await sql<{ auth: boolean; history: boolean }[]>`select
      to_regclass('auth.users') is not null and to_regclass('storage.objects') is not null as auth,
      to_regclass('supabase_migrations.schema_migrations') is not null as history`;
    const applied = there?.history
      ? await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`
      : [];
    const versions = new Set(applied.map((row) => row.version));
    const pending = files.filter((name) => !versions.has(name.split('_')[0] ?? ''));
    return { isPrepared: there?.auth ?? false, pending };
  } finally {
    await sql.end();
  }
}

/**
 * Runs the Supabase CLI.
 * @param args its arguments
 * @returns what it printed on stdout
 * @throws StackError with what it printed on stderr when it fails
 */
export function supabaseCli(args: string[]): Promise<string> {
  const bin = createRequire(import.meta.url).resolve('supabase/dist/supabase.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args, '--workdir', PROJECT_ROOT, '--agent', 'no'], {
      env: { ...process.env, DO_NOT_TRACK: '1', SUPABASE_TELEMETRY_DISABLED: '1', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new StackError(`supabase ${args[0]} ${args[1]} failed:\n${(stderr + stdout).trim()}`));
    });
  });
}

/**
 * Applies the pending migrations of supabase/migrations with the Supabase CLI, as one would to a hosted project.
 * @param dbUrl connection string of `postgres`
 * @throws StackError with the CLI's output when a migration fails
 */
export async function pushMigrations(dbUrl: string): Promise<void> {
  await supabaseCli([
    'db',
    'push',
    `--remote=${dbUrl}?sslmode=disable`,
    '--include-all',
    '--skip-vault',
    '--yes',
  ]);
}
