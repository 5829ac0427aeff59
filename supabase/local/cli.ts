/** The commands around the local stack: stack, dev, demo, reset, types. */
import { resolve } from 'node:path';
import { type AppProcess, buildIfChanged, hostedSettings, startApp } from './app-process';
import { startCron } from './cron';
import { PROJECT_ROOT } from './database';
import { watchLaunchers } from './launchers';
import { requireFreePort } from './processes';
import {
  findRunningStack,
  portsFromEnv,
  resetRunningStack,
  type Stack,
  type StackAddress,
  StackError,
  startStack,
} from './stack';
import { databaseTypes } from './types';

const dataDir = resolve(PROJECT_ROOT, process.env.STACK_DATA_DIR || '.local');
const flags = new Set(process.argv.slice(3));
const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Stops everything once, in order, whichever way the end is asked for: a terminal and npm both pass Ctrl-C on. */
const undo: (() => Promise<unknown> | unknown)[] = [];
let isStopping = false;

async function end(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  for (const step of undo.splice(0).reverse()) await step();
  process.exit(code);
}

/** From the first moment on: a stop during the start must not leave half a stack behind. */
function stopOnSignals(): void {
  process.on('SIGINT', () => void end(130));
  process.on('SIGTERM', () => void end(143));
  process.on('SIGHUP', () => void end(129));
  watchLaunchers(() => void end(1));
  // A terminal or a pipe that went away must not end the stack halfway.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}

async function start(isLiving = false): Promise<Stack> {
  const starting = startStack({ dataDir, ports: portsFromEnv(process.env), log: say, isLiving });
  // A start that fails has cleaned up after itself.
  undo.push(() =>
    starting.then(
      (stack) => stack.stop(),
      () => undefined,
    ),
  );
  return starting;
}

async function stackCommand(): Promise<void> {
  const stack = await start();
  for (const [name, value] of Object.entries(stack.env)) process.stdout.write(`${name}="${value}"\n`);
  say(`Database  ${stack.dbUrl}\nMail      ${stack.mailUrl}\nReady. Ctrl-C stops it.`);
}

/** The stack that runs on the data directory already, if it was started for the same app port; else a new one. */
async function startOrJoin(isLiving = false): Promise<StackAddress & { reset(): Promise<void> }> {
  const ports = portsFromEnv(process.env);
  const running = findRunningStack(dataDir);
  if (!running) {
    // Only after the start: it ends the app that a killed run left on that very port.
    const stack = await start(isLiving);
    await requireFreePort(ports.app, 'the app', 'PORT');
    return stack;
  }
  if (running.ports.app !== ports.app) {
    throw new StackError(
      `The local stack on ${dataDir} runs for an app on port ${running.ports.app}; set PORT=${running.ports.app}, or stop it first.`,
    );
  }
  await requireFreePort(ports.app, 'the app', 'PORT');
  say(`Using the local stack that is already running at ${running.url}.`);
  return { ...running, reset: () => resetRunningStack(running) };
}

async function runApp(mode: 'dev' | 'start', port: number, env: Record<string, string>): Promise<AppProcess> {
  const app = await startApp(mode, { dataDir, port, env });
  undo.push(app.stop);
  void app.exited.then((code) => void end(code));
  const url = env.APP_URL ?? `http://127.0.0.1:${port}`;
  if (env.CRON_SECRET) {
    undo.push(await startCron({ projectRoot: PROJECT_ROOT, appUrl: url, secret: env.CRON_SECRET, log: say }));
  }
  return app;
}

async function devCommand(): Promise<void> {
  const hosted = hostedSettings();
  const { app: port } = portsFromEnv(process.env);
  if (hosted) {
    await requireFreePort(port, 'the app', 'PORT');
    say(`Using the Supabase project at ${hosted.NEXT_PUBLIC_SUPABASE_URL}.`);
    await runApp('dev', port, { ...hosted, APP_URL: hosted.APP_URL ?? `http://127.0.0.1:${port}` });
    return;
  }
  const stack = await startOrJoin();
  await runApp('dev', port, stack.env);
  say(`App       ${stack.env.APP_URL}\nMail      ${stack.mailUrl}`);
}

async function demoCommand(): Promise<void> {
  const stack = await startOrJoin(true);
  if (flags.has('--fresh')) {
    await stack.reset();
    await fetch(`${stack.mailUrl}/api/messages`, { method: 'DELETE' });
  }
  // Only here: the other commands start without loading a few hundred invented people.
  const { demoAccount, seedDemo } = await import('./demo-seed');
  await seedDemo(stack);
  await buildIfChanged(stack.env);
  await runApp('start', stack.ports.app, stack.env);
  say(
    `App       ${stack.env.APP_URL}\nSign in   ${demoAccount.email} / ${demoAccount.password}\nMail      ${stack.mailUrl}`,
  );
}

async function resetCommand(): Promise<void> {
  const running = findRunningStack(dataDir);
  if (running) await resetRunningStack(running);
  else await (await start()).reset();
  say('The database is new, with every migration applied.');
  await end(0);
}

async function typesCommand(): Promise<void> {
  await databaseTypes(flags.has('--check'));
  await end(0);
}

const COMMANDS: Record<string, () => Promise<void>> = {
  stack: stackCommand,
  dev: devCommand,
  demo: demoCommand,
  reset: resetCommand,
  types: typesCommand,
};

stopOnSignals();
try {
  const command = COMMANDS[process.argv[2] ?? ''];
  if (!command) throw new StackError(`Say one of: ${Object.keys(COMMANDS).join(', ')}.`);
  await command();
} catch (error) {
  // A start that a signal broke off fails on its way out; that is no news.
  if (!isStopping) {
    say(error instanceof StackError ? error.message : String(error instanceof Error ? error.stack : error));
    await end(1);
  }
}
