/** What the benchmarks share: a stack with its app, requests at a constant rate, and honest percentiles. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PROJECT_ROOT } from '../../supabase/local/database';
import { postgresDataDir } from '../../supabase/local/postgres-home';
import { findRunningStack, freePorts, type StackAddress } from '../../supabase/local/stack';
import { startBuiltApp } from '../support/app-server';
import { assertLocal } from '../support/stack';
import { stackVariable } from '../support/stack-variable';

/** What a benchmark gets: where everything is, and whom to tell. */
export type Bench = { stack: StackAddress; appUrl: string; dataDir: string; log: (line: string) => void };

/** Figures of one benchmark, by name; printed as JSON at the end. */
export type Figures = { [name: string]: number | string | boolean | null | Figures };

export const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Runs the stack as a process of its own, as it runs for people: what makes the load must not share its thread. */
async function startStackProcess(
  dataDir: string,
): Promise<{ stack: StackAddress; stop: () => Promise<void> }> {
  const ports = await freePorts();
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', join(PROJECT_ROOT, 'supabase/local/cli.ts'), 'stack'],
    {
      cwd: PROJECT_ROOT,
      env: {
        ...process.env,
        STACK_DATA_DIR: dataDir,
        PORT: String(ports.app),
        STACK_PORT: String(ports.gateway),
        STACK_DB_PORT: String(ports.db),
        STACK_LITE_PORT: String(ports.lite),
        STACK_MAIL_PORT: String(ports.mail),
        STACK_SMTP_PORT: String(ports.smtp),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  let said = '';
  await new Promise<void>((ready, failed) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ready.')) ready();
    });
    child.once('exit', () => failed(new Error(`the stack did not start:\n${said}`)));
  });
  const stack = findRunningStack(dataDir);
  if (!stack) throw new Error('the stack left no address');
  return {
    stack,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/**
 * Gives benchmarks a stack and a production build of the app, and ends both afterwards.
 * `BENCH_DATA_DIR` names a directory to keep, so that a second run finds the million rows of the first.
 */
export async function withBench<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
  const kept = process.env.BENCH_DATA_DIR;
  const dataDir = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'freehold-bench-'));
  mkdirSync(dataDir, { recursive: true });
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const interrupted = () => void stop().then(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    if (!kept) {
      undo.push(async () => {
        await rm(postgresDataDir(dataDir), { recursive: true, force: true });
        await rm(dataDir, { recursive: true, force: true });
      });
    }
    const { stack, stop: stopStack } = await startStackProcess(dataDir);
    undo.push(stopStack);
    assertLocal(stack);
    const app = await startBuiltApp({ dataDir, port: stack.ports.app, env: stack.env });
    undo.push(app.stop);
    process.env[stackVariable] = JSON.stringify({ ...stack, appUrl: app.url });
    return await work({ stack, appUrl: app.url, dataDir, log: say });
  } finally {
    await stop();
  }
}

/** Milliseconds at 50, 95 and 99 of 100 requests, and how many failed. */
export type Latency = { p50: number; p95: number; p99: number; failed: number; requests: number };

/**
 * Latency under a constant rate of arrivals. Each request is due at its time whether or not those before it have been
 * answered, and is measured from then on: a server that stalls is charged for everybody who had to wait.
 * @param requests makes the n-th request; resolves with whether it was answered as it should be
 * @param options.perSecond arrivals a second
 * @param options.seconds how long
 */
export async function atConstantRate(
  requests: (n: number) => Promise<boolean>,
  options: { perSecond: number; seconds: number },
): Promise<Latency> {
  const total = options.perSecond * options.seconds;
  const intervalMs = 1000 / options.perSecond;
  const begin = performance.now() + 20;
  const latencies: number[] = [];
  let failed = 0;
  const all: Promise<void>[] = [];
  for (let n = 0; n < total; n++) {
    const due = begin + n * intervalMs;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    all.push(
      requests(n)
        .catch(() => false)
        .then((isFine) => {
          if (!isFine) failed += 1;
          latencies.push(performance.now() - due);
        }),
    );
  }
  await Promise.all(all);
  return { ...percentiles(latencies), failed, requests: total };
}

/** @param values milliseconds, in any order */
export function percentiles(values: number[]): { p50: number; p95: number; p99: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** To one decimal. */
export const round = (value: number) => Math.round(value * 10) / 10;

/** What else the machine was doing: figures taken beside other work are worth less. */
export const machine = (): Figures => ({ cores: cpus().length, load: round(loadavg()[0] ?? 0) });
