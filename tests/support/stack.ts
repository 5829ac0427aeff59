/** The local Supabase and the app that a test run works against: one of each, started once, found by every worker. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresDataDir } from '../../supabase/local/postgres-home';
import { findRunningStack, freePorts, type StackAddress, startStack } from '../../supabase/local/stack';
import { startBuiltApp } from './app-server';
import { stackVariable } from './stack-variable';

/** What a test needs to reach the stack and, where the run has one, the app. */
export type TestStack = Pick<
  StackAddress,
  'url' | 'publishableKey' | 'secretKey' | 'dbUrl' | 'mailUrl' | 'env'
> & {
  /** Origin of the running app, or null in runs that need none (the database tests). */
  appUrl: string | null;
};

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Tests make and delete rows as they please, so they touch nothing but this machine.
 * @throws {Error} where a URL of the stack names another host.
 */
export function assertLocal(stack: Pick<TestStack, 'url' | 'dbUrl'>): void {
  for (const url of [stack.url, stack.dbUrl]) {
    const { hostname } = new URL(url);
    if (!loopback.includes(hostname)) {
      throw new Error(
        `The tests refuse to run: ${hostname} is not this machine, and they write to the database.`,
      );
    }
  }
}

/**
 * The stack of this run, wherever it is called: a worker of vitest, of Playwright, or a set-up.
 * @throws {Error} where no set-up has started one, or where it isn't local.
 */
export function testStack(): TestStack {
  const noted = process.env[stackVariable];
  if (!noted) throw new Error('No stack: run the tests through `npm test` or `npx vitest --project <name>`.');
  const stack = JSON.parse(noted) as TestStack;
  assertLocal(stack);
  return stack;
}

/**
 * Makes the stack of this run, once: the one an outer process has started and noted; else the one that runs on
 * `TEST_STACK_DIR` together with its app (for working on one test against `npm run dev`); else a new one.
 * @param options.needsApp whether the app is to be built and started too
 * @returns the stack and how to end whatever was started here
 */
export async function provideStack(options: {
  needsApp: boolean;
}): Promise<{ stack: TestStack; stop: () => Promise<void> }> {
  const nothing = async () => undefined;
  if (process.env[stackVariable]) return { stack: testStack(), stop: nothing };

  const runningDir = process.env.TEST_STACK_DIR;
  if (runningDir) {
    const running = findRunningStack(runningDir);
    if (!running) throw new Error(`No stack runs on TEST_STACK_DIR=${runningDir}.`);
    const stack = pick({ ...running, appUrl: running.env.APP_URL ?? null });
    return { stack, stop: nothing };
  }

  const dataDir = await mkdtemp(join(tmpdir(), 'freehold-test-'));
  const started = await startStack({ dataDir, ports: await freePorts(), log: () => undefined });
  const undo: (() => Promise<unknown>)[] = [
    () => rm(dataDir, { recursive: true, force: true }),
    () => rm(postgresDataDir(dataDir), { recursive: true, force: true }),
    () => started.stop(),
  ];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    let appUrl: string | null = null;
    if (options.needsApp) {
      const app = await startBuiltApp({ dataDir, port: started.ports.app, env: started.env });
      undo.push(app.stop);
      appUrl = app.url;
    }
    return { stack: pick({ ...started, appUrl }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function pick(address: StackAddress & { appUrl: string | null }): TestStack {
  const { url, publishableKey, secretKey, dbUrl, mailUrl, env, appUrl } = address;
  const stack: TestStack = { url, publishableKey, secretKey, dbUrl, mailUrl, env, appUrl };
  assertLocal(stack);
  return stack;
}
