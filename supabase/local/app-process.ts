/** The Next.js app as a child of the local commands: built when it changed, started, waited for. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { PROJECT_ROOT } from './database';
import { pause, recordChild, StackError } from './processes';

/** Everything that a build depends on, save tsconfig.json, which Next itself rewrites while it builds. */
const SOURCES = ['app', 'components', 'lib', 'modules', 'public'];
const SOURCE_FILES = [
  'next.config.ts',
  'proxy.ts',
  'instrumentation.ts',
  'package-lock.json',
  'postcss.config.mjs',
];

function next(args: string[], env: Record<string, string>): ChildProcess {
  const bin = createRequire(import.meta.url).resolve('next/dist/bin/next');
  return spawn(process.execPath, [bin, ...args], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** A running app. */
export interface AppProcess {
  /** Resolves with the exit code when the app ends by itself. */
  exited: Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts the app and waits until it answers.
 * @param mode `dev` compiles as it goes, `start` serves the last build
 * @param options.dataDir where the child is noted, so that a next start can end it
 * @throws StackError when it ends before it answers
 */
export async function startApp(
  mode: 'dev' | 'start',
  options: { dataDir: string; port: number; env: Record<string, string> },
): Promise<AppProcess> {
  const child = next([mode, '--hostname', '127.0.0.1', '--port', String(options.port)], options.env);
  recordChild(options.dataDir, child.pid ?? 0);
  let code: number | null = null;
  const exited = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (status) => resolve(status ?? 1));
  });
  void exited.then((status) => {
    code = status;
  });
  for (;;) {
    if (code !== null) throw new StackError(`The app ended with code ${code} before it answered.`);
    const answered = await fetch(`http://127.0.0.1:${options.port}/api/health`, {
      signal: AbortSignal.timeout(60_000),
    })
      .then(() => true)
      .catch(() => false);
    if (answered) break;
    await pause(150);
  }
  return {
    exited,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(late);
    },
  };
}

async function fingerprint(env: Record<string, string>): Promise<string> {
  const hash = createHash('sha256');
  const files = SOURCE_FILES.map((name) => join(PROJECT_ROOT, name)).filter(existsSync);
  for (const dir of SOURCES) {
    const entries = await readdir(join(PROJECT_ROOT, dir), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries)
      if (entry.isFile() && !entry.name.includes('.test.')) files.push(join(entry.parentPath, entry.name));
  }
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(await readFile(file));
  // Next writes public settings into the browser's bundle, so another key or port needs another build.
  for (const [name, value] of Object.entries(env))
    if (name.startsWith('NEXT_PUBLIC_')) hash.update(`${name}=${value}\0`);
  return hash.digest('hex');
}

/**
 * Builds the app unless its sources are those of the last build.
 * @param env the app's settings
 * @throws StackError when the build fails; what it printed is on the terminal already
 */
export async function buildIfChanged(env: Record<string, string>): Promise<void> {
  const dist = join(PROJECT_ROOT, process.env.NEXT_DIST_DIR || '.next');
  const note = join(dist, 'local-build');
  const wanted = await fingerprint(env);
  const built = await readFile(note, 'utf8').catch(() => '');
  if (built === wanted && existsSync(join(dist, 'BUILD_ID'))) return;
  const child = next(['build'], env);
  const stop = () => child.kill('SIGTERM');
  process.once('exit', stop);
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (status) => resolve(status ?? 1));
  });
  process.off('exit', stop);
  if (code !== 0) throw new StackError('The app could not be built; the reason is above.');
  await writeFile(note, wanted);
}

/**
 * Reads the settings files the way Next does, the real environment first.
 * @returns the merged settings when they name a Supabase project that isn't on this machine, else null
 */
export function hostedSettings(): Record<string, string> | null {
  const merged: Record<string, string> = {};
  for (const name of ['.env', '.env.development', '.env.local', '.env.development.local']) {
    const file = join(PROJECT_ROOT, name);
    if (existsSync(file)) Object.assign(merged, parseEnv(readFileSync(file, 'utf8')));
  }
  Object.assign(merged, process.env);
  const url = merged.NEXT_PUBLIC_SUPABASE_URL ?? '';
  if (!URL.canParse(url)) return null;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname) ? null : merged;
}
