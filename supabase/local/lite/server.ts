/** The process that serves Data API, Auth and Storage. Started by the stack; lives no longer than it. */
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { App } from '@supabase/lite';
import { createPostgresConnection, type PostgresConnection } from '@supabase/lite/postgres';
import { endPostmaster } from '../postgres-server';
import { hostedError, markDatabaseErrors } from './errors';
import { authMail } from './mail-driver';
import type { LiteCommand, LiteConfig, LiteReport } from './protocol';
import { actLikeHosted } from './session-context';
import { fileStorage } from './storage-adapter';
import { WIRE_TYPES } from './wire-types';

/** Connections of the Data API; hosted projects of the smallest size get about as many. */
const POOL_SIZE = 10;

function report(message: LiteReport): void {
  process.send?.(message);
}

interface Built {
  connection: PostgresConnection;
  prepare(): Promise<void>;
  answer(request: Request): Promise<Response>;
}

async function build(config: LiteConfig): Promise<Built> {
  const mail = authMail(config);
  const connection = createPostgresConnection({
    url: config.dbUrl,
    postgresOptions: {
      max: POOL_SIZE,
      onnotice: () => undefined,
      connection: { application_name: 'data-api' },
      types: WIRE_TYPES,
    },
  });
  actLikeHosted(connection);
  markDatabaseErrors();
  const app = new App({
    connection,
    api: { enabled: true, schemas: ['public'], extra_search_path: ['public', 'extensions'], max_rows: 1000 },
    auth: {
      ...config.auth,
      enabled: true,
      site_url: config.appUrl,
      additional_redirect_urls: config.redirectOrigins.flatMap((origin) => [origin, `${origin}/**`]),
      jwt_secret: config.jwtSecret,
      publishable_key: config.publishableKey,
      secret_key: config.secretKey,
    },
    storage: { enabled: true, file_size_limit: '200MiB' },
    options: { server: { admin: false }, drivers: { email: mail.driver } },
  });
  app._storageAdapter = fileStorage(config.storageDir);
  await app.init();
  return {
    connection,
    prepare: () => app.ensureSystemSchema(),
    answer: (request) =>
      mail.during(request, async () => hostedError(await app.fetch(request, { peerAddress: null }))),
  };
}

let server: Server | undefined;

async function obey(command: LiteCommand): Promise<void> {
  const { connection, prepare, answer } = await build(command.config);
  if (command.type === 'prepare') {
    await prepare();
    await connection.close();
    report({ type: 'prepared' });
    return;
  }
  const listener = getRequestListener(answer);
  server = createServer(
    { keepAliveTimeout: 65_000 },
    (request, response) => void listener(request, response),
  );
  await connection.introspect();
  await new Promise<void>((resolve, reject) => {
    server?.once('error', reject);
    server?.listen(command.config.port, '127.0.0.1', resolve);
  });
  report({ type: 'listening' });
}

let postgresDataDir = '';

process.on('message', (command: LiteCommand) => {
  postgresDataDir = command.config.postgresDataDir;
  obey(command).catch((error: unknown) => {
    report({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});

// The channel closes when the supervisor dies, however it dies: nothing of the stack may linger and hold ports.
process.on('disconnect', () => {
  void endPostmaster(postgresDataDir).finally(() => process.exit(0));
});
process.on('SIGTERM', () => process.exit(0));
// Ctrl-C goes to the whole terminal group; the supervisor decides the order.
process.on('SIGINT', () => undefined);

report({ type: 'up' });
