/** The local Supabase as a whole: started, supervised, reset and stopped by one process. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { readAuthConfig } from './auth-config';
import {
  bootstrap,
  databaseUrl,
  finishSystemSchemas,
  inspectDatabase,
  PROJECT_ROOT,
  pushMigrations,
  recreateDatabase,
} from './database';
import { startRealtime } from './gateway/realtime';
import { startGateway } from './gateway/server';
import { tokenTranslator } from './gateway/tokens';
import type { LiteConfig } from './lite/protocol';
import { type LiteProcess, startLite } from './lite/supervised';
import { startMailCatcher } from './mail/catcher';
import { portVariable, type StackPorts } from './ports';
import { startPostgres } from './postgres-server';
import {
  endLeftovers,
  identify,
  isStillAlive,
  lockDataDir,
  recordChild,
  requireFreePort,
  StackError,
} from './processes';
import { PROVIDERS, type RunningProvider } from './providers/registry';
import { loadSecrets, type StackSecrets } from './secrets';
import { supervise } from './supervise';

export { freePorts, portsFromEnv, type StackPorts } from './ports';
export { StackError } from './processes';

/** How to reach a running stack. */
export interface StackAddress {
  /** The gateway: what supabase-js is given. */
  url: string;
  publishableKey: string;
  secretKey: string;
  /** Postgres as the role `postgres`, which is no superuser. */
  dbUrl: string;
  mailUrl: string;
  smtpUrl: string;
  ports: StackPorts;
  /** Everything the app reads from its environment. */
  env: Record<string, string>;
}

/** A stack that this process runs. */
export interface Stack extends StackAddress {
  /** Drops the database and the stored files, and applies every migration anew. */
  reset(): Promise<void>;
  /** Makes the Data API read the schema again, after SQL changed it. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** Where a stack lives and who hears about it. */
export interface StackOptions {
  dataDir: string;
  ports: StackPorts;
  log: (line: string) => void;
  /** Whether the emulated providers behave as if people stood behind them: the demo's, nobody else's. */
  isLiving?: boolean;
}

const stackFile = (dataDir: string) => join(dataDir, 'stack.json');

function addressOf(ports: StackPorts, secrets: StackSecrets): StackAddress {
  const url = `http://127.0.0.1:${ports.gateway}`;
  const smtpUrl = `smtp://127.0.0.1:${ports.smtp}`;
  return {
    url,
    publishableKey: secrets.publishableKey,
    secretKey: secrets.secretKey,
    dbUrl: databaseUrl('postgres', secrets.dbPassword, ports.db),
    mailUrl: `http://127.0.0.1:${ports.mail}`,
    smtpUrl,
    ports,
    env: {
      NEXT_PUBLIC_SUPABASE_URL: url,
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
      SUPABASE_SECRET_KEY: secrets.secretKey,
      APP_URL: `http://127.0.0.1:${ports.app}`,
      CRON_SECRET: secrets.cronSecret,
      TOKEN_ENCRYPTION_KEY: secrets.tokenEncryptionKey,
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'Freehold <no-reply@freehold.example>',
    },
  };
}

/** Keeps one older log of at least 10 MB aside, so that logs don't grow for ever. */
function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10 * 1024 * 1024) renameSync(file, `${file}.old`);
}

/**
 * Starts the local Supabase and keeps it running until stop().
 * @param options.dataDir kept between runs; made when missing
 * @param options.ports all on 127.0.0.1
 * @param options.log told, one line at a time, of what a person should know
 * @param options.isLiving the emulated providers' recipients open, click and bounce
 * @throws StackError in one sentence: directory in use, port taken, migration failed, no Postgres for this machine
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { ports, log } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const unlock = await lockDataDir(dataDir);
  // What was started is stopped in the opposite order, be it at the end or when a later step fails.
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) {
      await step().catch((error: unknown) => log(`stopping: ${String(error)}`));
    }
    rmSync(stackFile(dataDir), { force: true });
    unlock();
  };

  try {
    await endLeftovers(dataDir);
    for (const name of ['postgres.log', 'api.log']) rotateLog(join(dataDir, 'logs', name));
    const wanted = {
      gateway: 'the local Supabase',
      lite: 'its Data API',
      mail: 'the mail page',
      smtp: 'the mail catcher',
    };
    for (const part of ['gateway', 'lite', 'mail', 'smtp'] as const) {
      await requireFreePort(ports[part], wanted[part], portVariable(part));
    }
    const secrets = loadSecrets(dataDir);
    const address = addressOf(ports, secrets);

    const pg = { stackDir: dataDir, port: ports.db, password: secrets.dbPassword };
    const startDatabase = async () => {
      const server = await startPostgres(pg);
      recordChild(dataDir, server.pid);
      return server;
    };
    const beginApi = () => {
      const child = startLite(dataDir);
      recordChild(dataDir, child.pid);
      return child;
    };
    // The API process boots while Postgres starts.
    const firstApi = beginApi();
    undo.push(() => firstApi.stop());
    const database = supervise('Postgres', await startDatabase(), startDatabase, log);
    undo.push(() => database.stop());

    const liteConfig: LiteConfig = {
      dbUrl: address.dbUrl,
      port: ports.lite,
      gatewayUrl: address.url,
      appUrl: address.env.APP_URL ?? '',
      redirectOrigins: ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${ports.app}`),
      smtpPort: ports.smtp,
      storageDir: join(dataDir, 'storage'),
      publishableKey: secrets.publishableKey,
      secretKey: secrets.secretKey,
      jwtSecret: secrets.jwtSecret,
      auth: await readAuthConfig(PROJECT_ROOT, join(dataDir, 'templates')),
      postgresDataDir: database.current().dataDir,
    };
    const migrate = async (child: LiteProcess) => {
      await bootstrap(ports.db, secrets.dbPassword);
      const state = await inspectDatabase(ports.db, secrets.dbPassword);
      if (!state.isPrepared) await child.prepare(liteConfig);
      await finishSystemSchemas(ports.db, secrets.dbPassword);
      if (state.pending.length > 0) {
        log(`Applying ${state.pending.length} migrations`);
        await pushMigrations(address.dbUrl);
      }
    };
    await migrate(firstApi);

    const mail = await startMailCatcher({
      dir: join(dataDir, 'mail'),
      smtpPort: ports.smtp,
      webPort: ports.mail,
      log,
    });
    undo.push(() => mail.stop());

    await firstApi.serve(liteConfig);
    const startApi = async () => {
      await database.whenReady();
      const child = beginApi();
      try {
        await child.serve(liteConfig);
        return child;
      } catch (error) {
        await child.stop();
        throw error;
      }
    };
    const api = supervise('The Data API', firstApi, startApi, log);
    undo.push(() => api.stop());

    const sql = postgres(address.dbUrl, {
      max: 3,
      onnotice: () => undefined,
      connection: { application_name: 'realtime' },
    });
    undo.push(() => sql.end({ timeout: 1 }));
    const tokens = tokenTranslator(secrets);
    const realtime = await startRealtime({ sql, secrets, tokens, log });
    undo.push(() => realtime.stop());

    const reset = () =>
      api.restartAround(async () => {
        await recreateDatabase(ports.db, secrets.dbPassword);
        await rm(liteConfig.storageDir, { recursive: true, force: true });
        const child = beginApi();
        try {
          await migrate(child);
        } finally {
          await child.stop();
        }
      });
    const reload = () => api.restartAround(async () => undefined);
    const gateway = await startGateway({
      port: ports.gateway,
      upstreamPort: ports.lite,
      secrets,
      tokens,
      whenReady: api.whenReady,
      health: async () => ({
        database: await sql`select 1`.then(
          () => true,
          () => false,
        ),
        api: api.isReady(),
      }),
      reset,
      reload,
      upgrade: realtime.upgrade,
    });
    undo.push(async () => {
      gateway.closeAllConnections();
      await new Promise((done) => gateway.close(done));
    });

    for (const provider of PROVIDERS) {
      const providerDir = join(dataDir, 'providers', provider.name);
      mkdirSync(providerDir, { recursive: true });
      const running: RunningProvider = await provider.start({
        port: 0,
        dataDir: providerDir,
        appUrl: address.env.APP_URL ?? '',
        env: address.env,
        isLiving: options.isLiving ?? false,
        log,
      });
      undo.push(() => running.stop());
      Object.assign(address.env, running.env);
    }

    writeFileSync(stackFile(dataDir), JSON.stringify({ ...address, process: identify(process.pid) }), {
      mode: 0o600,
    });
    return { ...address, reset, reload, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Finds the stack that another process runs on a data directory.
 * @param dataDir the stack's data directory
 * @returns how to reach it, or null when none runs there
 */
export function findRunningStack(dataDir: string): StackAddress | null {
  try {
    const noted = JSON.parse(readFileSync(stackFile(resolve(dataDir)), 'utf8')) as StackAddress & {
      process: { pid: number; startedAt: string };
    };
    const { process: holder, ...address } = noted;
    return isStillAlive(holder) ? address : null;
  } catch {
    return null;
  }
}

async function askRunningStack(running: StackAddress, what: 'reset' | 'reload'): Promise<void> {
  const response = await fetch(`${running.url}/_stack/${what}`, {
    method: 'POST',
    headers: { apikey: running.secretKey },
  });
  if (!response.ok) throw new StackError(((await response.json()) as { message: string }).message);
}

/**
 * Drops and remakes the database of the stack that another process runs.
 * @param running from findRunningStack()
 * @throws StackError with the stack's own message when a migration fails
 */
export const resetRunningStack = (running: StackAddress) => askRunningStack(running, 'reset');

/**
 * Makes the stack that another process runs read the schema again, after SQL changed it.
 * @param running from findRunningStack()
 * @throws StackError when its Data API does not come back
 */
export const reloadRunningStack = (running: StackAddress) => askRunningStack(running, 'reload');
