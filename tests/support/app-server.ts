/** The app as tests and benchmarks run it: a production build, started on a stack, with its crons called. */
import { buildIfChanged, startApp } from '../../supabase/local/app-process';
import { startCron } from '../../supabase/local/cron';
import { PROJECT_ROOT } from '../../supabase/local/database';

/** A build folder of their own, so that a development server beside them is left alone. */
const distDir = '.next-test';

/**
 * Builds the app unless the last build was of the same sources and settings, and starts it.
 * @param options.dataDir the stack's data directory, where the process is noted
 * @param options.port where it listens, on 127.0.0.1
 * @param options.env the settings a stack gives
 * @returns the app's origin, the server's process id, and how to stop it; without a CRON_SECRET its crons aren't called
 * @throws {StackError} where it can't be built or ends before it answers
 */
export async function startBuiltApp(options: { dataDir: string; port: number; env: Record<string, string> }) {
  process.env.NEXT_DIST_DIR = distDir;
  const env = { LOG_LEVEL: 'warn', ...options.env, NEXT_DIST_DIR: distDir };
  await buildIfChanged(env);
  const app = await startApp('start', { ...options, env });
  const url = `http://127.0.0.1:${options.port}`;
  const secret = options.env.CRON_SECRET;
  const stopCron = secret
    ? await startCron({ projectRoot: PROJECT_ROOT, appUrl: url, secret, log: () => undefined })
    : () => undefined;
  return {
    url,
    stop: async () => {
      stopCron();
      await app.stop();
    },
  };
}
