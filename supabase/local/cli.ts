/** The commands around the local stack: stack, dev, demo, reset, types. */
import { resolve } from 'node:path';
import {
  findRunningStack,
  portsFromEnv,
  resetRunningStack,
  type Stack,
  StackError,
  startStack,
} from './stack';

const dataDir = resolve(process.env.STACK_DATA_DIR || '.local');
const say = (line: string) => void process.stderr.write(`${line}\n`);

/** Stops everything once, whichever way the end is asked for; a second Ctrl-C does not wait. */
function stopOnSignal(stop: () => Promise<unknown>): void {
  let isStopping = false;
  const end = (code: number) => {
    if (isStopping) process.exit(code);
    isStopping = true;
    void stop().then(() => process.exit(code));
  };
  process.on('SIGINT', () => end(130));
  process.on('SIGTERM', () => end(143));
  process.on('SIGHUP', () => end(129));
}

async function start(): Promise<Stack> {
  return startStack({ dataDir, ports: portsFromEnv(process.env), log: say });
}

async function stackCommand(): Promise<void> {
  const stack = await start();
  stopOnSignal(stack.stop);
  for (const [name, value] of Object.entries(stack.env)) process.stdout.write(`${name}="${value}"\n`);
  say(`Database  ${stack.dbUrl}\nMail      ${stack.mailUrl}\nReady. Ctrl-C stops it.`);
}

async function resetCommand(): Promise<void> {
  const running = findRunningStack(dataDir);
  if (running) await resetRunningStack(running);
  else {
    const stack = await start();
    await stack.reset();
    await stack.stop();
  }
  say('The database is new, with every migration applied.');
}

const COMMANDS: Record<string, () => Promise<void>> = { stack: stackCommand, reset: resetCommand };

const command = COMMANDS[process.argv[2] ?? ''];
try {
  if (!command) throw new StackError(`Say one of: ${Object.keys(COMMANDS).join(', ')}.`);
  await command();
} catch (error) {
  say(error instanceof StackError ? error.message : String(error instanceof Error ? error.stack : error));
  process.exit(1);
}
