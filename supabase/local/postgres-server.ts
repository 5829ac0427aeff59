/** One embedded Postgres 17: made, started, stopped, and put right after a kill. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PostgresHome, preparePostgresHome } from './postgres-home';
import { endProcess, identify, type ProcessIdentity, pause, requireFreePort, StackError } from './processes';

/** A running server. `exited` resolves with a short description once the postmaster is gone. */
export interface PostgresServer {
  pid: number;
  /** The cluster's directory. */
  dataDir: string;
  exited: Promise<string>;
  /** Fast shutdown: open transactions are rolled back, committed ones are safe. */
  stop(): Promise<void>;
}

/** The superuser, named as on hosted Supabase; the project itself works as `postgres`, which is none. */
export const SUPERUSER = 'supabase_admin';

const READY_TIMEOUT_MS = 30_000;

/** Sized for a laptop with two cores; durability stays as in production. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '80',
  shared_buffers: '512MB',
  effective_cache_size: '2GB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  random_page_cost: '1.1',
  effective_io_concurrency: process.platform === 'linux' ? '200' : '0',
  max_wal_size: '4GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_preload_libraries: 'pg_stat_statements',
  log_min_messages: 'warning',
};

function run(home: PostgresHome, program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(home.bin, program), args, {
      uid: home.uid,
      gid: home.gid,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new StackError(`${program} failed: ${stderr.trim()}`)),
    );
  });
}

/**
 * Makes the cluster unless it exists.
 *
 * Sorting is ICU's en-US as on hosted Supabase, so that lists sort alike here and there.
 */
async function initialise(home: PostgresHome, stackDir: string, password: string): Promise<void> {
  const marker = join(home.dataDir, 'freehold-ready');
  const belongsTo = createHash('sha256').update(password).digest('hex');
  if (existsSync(marker)) {
    if (readFileSync(marker, 'utf8') === belongsTo) return;
    // A cluster outside of the stack's directory outlives that directory: whoever removed it wanted to start anew.
    if (home.dataDir.startsWith(stackDir)) {
      throw new StackError(
        `The secrets in ${stackDir} are not those that its database was made with; remove ${home.dataDir} to start anew.`,
      );
    }
  }
  // A first start that was killed leaves half a cluster, which holds nothing yet.
  if (existsSync(home.dataDir)) rmSync(home.dataDir, { recursive: true, force: true });
  await mkdir(home.dataDir, { recursive: true, mode: 0o700 });
  const passwordFile = join(home.dataDir, '..', `.pg-password-${process.pid}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.uid !== undefined && home.gid !== undefined) {
    await chown(home.dataDir, home.uid, home.gid);
    await chown(passwordFile, home.uid, home.gid);
  }
  try {
    const locale = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US', '--locale=C'];
    await run(home, 'initdb', [
      `--pgdata=${home.dataDir}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--no-sync',
      ...locale,
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  await mkdir(join(stackDir, 'logs'), { recursive: true });
  await writeFile(marker, belongsTo);
}

function postmasterOf(dataDir: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() };
  } catch {
    return null;
  }
}

/**
 * Shuts down the postmaster that runs on a data directory, if one does: one left by a killed supervisor must be gone
 * before a new one starts.
 * @param dataDir the cluster's directory; an empty string does nothing
 */
export async function endPostmaster(dataDir: string): Promise<void> {
  const noted = postmasterOf(dataDir);
  if (!noted) return;
  const seen: ProcessIdentity | null = identify(noted.pid);
  if (seen?.command.includes(dataDir)) {
    await endProcess(seen, [
      ['SIGINT', 15_000],
      ['SIGQUIT', 5_000],
    ]);
    return;
  }
  // The id is dead or now belongs to somebody else; Postgres would refuse to start over a reused id.
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
}

/**
 * Starts Postgres on 127.0.0.1, making its cluster at the first start.
 * @param options.stackDir the stack's data directory (absolute); logs go to `logs/postgres.log` in it
 * @param options.port TCP port
 * @param options.password the superuser's password, set when the cluster is made
 * @throws StackError when it does not become ready within 30 s
 */
export async function startPostgres(options: {
  stackDir: string;
  port: number;
  password: string;
}): Promise<PostgresServer> {
  const home = await preparePostgresHome(options.stackDir);
  await initialise(home, options.stackDir, options.password);
  await endPostmaster(home.dataDir);
  await requireFreePort(options.port, 'Postgres', 'STACK_DB_PORT');

  const logFile = join(options.stackDir, 'logs', 'postgres.log');
  await mkdir(join(options.stackDir, 'logs'), { recursive: true });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    // Straight into a file, not a pipe: a server must not die of a broken pipe with its supervisor.
    const log = openSync(logFile, 'a', 0o600);
    const flags = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(
      join(home.bin, 'postgres'),
      ['-D', home.dataDir, '-p', String(options.port), ...flags],
      {
        uid: home.uid,
        gid: home.gid,
        cwd: home.dataDir,
        // A process group of its own: Ctrl-C in the terminal reaches the supervisor, which stops the parts in order.
        detached: true,
        stdio: ['ignore', log, log],
      },
    );
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
    });
    let gone: string | null = null;
    void exited.then((why) => {
      gone = why;
    });
    const { pid } = child;
    while (gone === null && pid !== undefined && Date.now() < deadline) {
      const noted = postmasterOf(home.dataDir);
      if (noted?.pid === pid && noted.status === 'ready') {
        const seen = identify(pid) ?? { pid, startedAt: '' };
        return {
          pid,
          dataDir: home.dataDir,
          exited,
          stop: () =>
            endProcess(seen, [
              ['SIGINT', 10_000],
              ['SIGQUIT', 3_000],
            ]),
        };
      }
      await pause(15);
    }
    // After a kill -9 the old backends need a moment to let go of the shared memory; then it starts.
    if (Date.now() >= deadline) {
      const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join(' | ');
      throw new StackError(`Postgres did not become ready (${gone ?? 'no answer'}); its log ends: ${tail}`);
    }
    await pause(200);
  }
}
