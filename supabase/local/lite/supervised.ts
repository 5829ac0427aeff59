/** The supervisor's side of the process that serves Data API, Auth and Storage. */
import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StackError } from '../processes';
import type { LiteCommand, LiteConfig, LiteReport } from './protocol';

/** A started server process, not yet serving anything. */
export interface LiteProcess {
  pid: number;
  exited: Promise<string>;
  /** Makes the auth and storage schemas. @throws StackError with the server's own message */
  prepare(config: LiteConfig): Promise<void>;
  /** Reads the schema and listens. @throws StackError with the server's own message */
  serve(config: LiteConfig): Promise<void>;
  stop(): Promise<void>;
}

const SERVER = fileURLToPath(new URL('server.ts', import.meta.url));
const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Starts the server process. It boots while Postgres still starts, hence the two steps after it.
 * @param stackDir the stack's data directory; the process logs to `logs/api.log` in it
 */
export function startLite(stackDir: string): LiteProcess {
  const log = openSync(join(stackDir, 'logs', 'api.log'), 'a', 0o600);
  const child = spawn(process.execPath, ['--import', 'tsx', SERVER], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: {
      ...process.env,
      DO_NOT_TRACK: '1',
      EXPERIMENTAL_STORAGE: '1',
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
    },
    stdio: ['ignore', log, log, 'ipc'],
    serialization: 'json',
  });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
  const up = answer(child, exited, 'up');
  // Whoever calls prepare() or serve() sees the failure; until then it must not count as unhandled.
  up.catch(() => undefined);
  const ask = async (type: LiteCommand['type'], config: LiteConfig, wanted: LiteReport['type']) => {
    await up;
    const done = answer(child, exited, wanted);
    child.send({ type, config } satisfies LiteCommand);
    await done;
  };
  return {
    pid: child.pid ?? 0,
    exited,
    prepare: (config) => ask('prepare', config, 'prepared'),
    serve: (config) => ask('serve', config, 'listening'),
    stop: async () => {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 3000);
      await exited;
      clearTimeout(late);
    },
  };
}

function answer(child: ChildProcess, exited: Promise<string>, wanted: LiteReport['type']): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error) => {
      clearTimeout(timer);
      child.off('message', listen);
      if (error) reject(error);
      else resolve();
    };
    const listen = (message: unknown) => {
      const report = message as LiteReport;
      if (report.type === wanted) finish();
      if (report.type === 'failed')
        finish(new StackError(`The local Data API could not start: ${report.message}`));
    };
    const timer = setTimeout(
      () =>
        finish(
          new StackError(
            'The local Data API did not answer within 60 s; see logs/api.log in the data directory.',
          ),
        ),
      ANSWER_TIMEOUT_MS,
    );
    child.on('message', listen);
    void exited.then((why) =>
      finish(new StackError(`The local Data API ended (${why}); see logs/api.log in the data directory.`)),
    );
  });
}
