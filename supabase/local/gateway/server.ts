/** The one address clients know (NEXT_PUBLIC_SUPABASE_URL): passes requests on and makes the answers the hosted ones. */
import {
  Agent,
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { StackSecrets } from '../secrets';
import { attachmentOf, hostedSignedUrl, signMany, unwrapUpload, uploadBoundary } from './storage-shapes';
import type { TokenTranslator } from './tokens';

/** What the gateway stands between. */
export interface GatewayOptions {
  port: number;
  /** Port of the server behind it. */
  upstreamPort: number;
  secrets: StackSecrets;
  tokens: TokenTranslator;
  /** Resolves once the server behind answers; it may be restarting. Rejects when it stays away. */
  whenReady(): Promise<void>;
  /** Each part by name: whether it answers. */
  health(): Promise<Record<string, boolean>>;
  /** Drops and remakes the database. */
  reset(): Promise<void>;
  /** Makes the Data API read the schema again. */
  reload(): Promise<void>;
  /** Takes over a WebSocket for /realtime/v1/websocket. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const CORS: Record<string, string> = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS',
  'access-control-max-age': '3600',
  'access-control-expose-headers':
    'content-range,content-location,location,x-supabase-api-version,x-request-id',
};

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const json = JSON.stringify(body);
  response.writeHead(status, {
    ...CORS,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
  });
  response.end(json);
}

/** How a body must be rewritten, or null to pipe it through untouched. */
function rewriteFor(
  path: string,
  method: string,
  tokens: TokenTranslator,
): ((body: string) => string) | null {
  if (path.startsWith('/auth/v1/')) return tokens.outward;
  const signs =
    path.startsWith('/storage/v1/object/sign/') || path.startsWith('/storage/v1/object/upload/sign/');
  return signs && method === 'POST' ? hostedSignedUrl : null;
}

/**
 * Starts the gateway on 127.0.0.1.
 * @returns the listening server; close it with `closeAllConnections()` and `close()`
 */
export async function startGateway(options: GatewayOptions): Promise<Server> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' });

  const forward = async (incoming: IncomingMessage, response: ServerResponse, path: string) => {
    const method = incoming.method ?? 'GET';
    const headers: Record<string, string | string[] | undefined> = {
      ...incoming.headers,
      connection: 'keep-alive',
    };
    if (incoming.headers.authorization?.startsWith('Bearer eyJ')) {
      headers.authorization = `Bearer ${options.tokens.inward(incoming.headers.authorization.slice(7))}`;
    }
    const rewrite = rewriteFor(path, method, options.tokens);
    // A compressed answer could not be rewritten; the machine talks to itself, so nothing is lost.
    if (rewrite) delete headers['accept-encoding'];

    let body: NodeJS.ReadableStream = incoming;
    const boundary = path.startsWith('/storage/v1/object/') ? uploadBoundary(incoming.headers) : null;
    if (boundary) {
      const length = incoming.headers['content-length'];
      const file = await unwrapUpload(incoming, boundary, length ? Number(length) : undefined);
      Object.assign(headers, file.headers);
      body = file.body;
    }

    const outgoing = request(
      { host: '127.0.0.1', port: options.upstreamPort, method, path: incoming.url, headers, agent },
      (answer) => {
        const answered: Record<string, string | string[] | undefined> = { ...answer.headers, ...CORS };
        delete answered['access-control-allow-credentials'];
        delete answered.connection;
        delete answered['keep-alive'];
        if (path.startsWith('/storage/v1/object/sign/') && answer.statusCode === 200) {
          const disposition = attachmentOf(incoming.url ?? '');
          if (disposition) answered['content-disposition'] = disposition;
        }
        if (rewrite && typeof answered.location === 'string')
          answered.location = options.tokens.outward(answered.location);
        const isJson = answer.headers['content-type']?.includes('json') ?? false;
        if (!rewrite || !isJson) {
          response.writeHead(answer.statusCode ?? 502, answered);
          answer.pipe(response);
          return;
        }
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const rewritten = rewrite(Buffer.concat(chunks).toString());
          delete answered['transfer-encoding'];
          answered['content-length'] = String(Buffer.byteLength(rewritten));
          response.writeHead(answer.statusCode ?? 502, answered);
          response.end(rewritten);
        });
      },
    );
    outgoing.on('error', (error) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 502, { message: `The local Supabase did not answer: ${error.message}` });
    });
    response.on('close', () => {
      if (!response.writableFinished) outgoing.destroy();
    });
    body.on('error', () => outgoing.destroy());
    body.pipe(outgoing);
  };

  const signSeveral = async (incoming: IncomingMessage, response: ServerResponse, path: string) => {
    const { authorization = '', apikey = '' } = incoming.headers;
    const token = authorization.replace(/^Bearer /, '');
    const headers = {
      authorization: `Bearer ${options.tokens.inward(token)}`,
      apikey: String(apikey),
      'content-type': 'application/json',
    };
    const wanted = JSON.parse(await text(incoming)) as { paths: string[]; expiresIn: number };
    const signed = await signMany(wanted, async (key, expiresIn) => {
      const url = `http://127.0.0.1:${options.upstreamPort}${path}/${key.split('/').map(encodeURIComponent).join('/')}`;
      const one = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ expiresIn }) });
      return { ok: one.ok, body: await one.text() };
    });
    sendJson(response, 200, signed);
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    if (incoming.method === 'OPTIONS') {
      const asked = incoming.headers['access-control-request-headers'];
      response.writeHead(204, { ...CORS, 'access-control-allow-headers': asked ?? '*' });
      response.end();
      return;
    }
    if (path === '/health') {
      const parts = await options.health();
      const isWell = Object.values(parts).every(Boolean);
      sendJson(response, isWell ? 200 : 503, { status: isWell ? 'ok' : 'down', ...parts });
      return;
    }
    if (path === '/auth/v1/.well-known/jwks.json') {
      sendJson(response, 200, options.tokens.keySet);
      return;
    }
    if ((path === '/_stack/reset' || path === '/_stack/reload') && incoming.method === 'POST') {
      if (incoming.headers.apikey !== options.secrets.secretKey)
        return sendJson(response, 401, { message: 'Wrong key' });
      await (path === '/_stack/reset' ? options.reset() : options.reload());
      sendJson(response, 200, { status: 'ok' });
      return;
    }
    await options.whenReady();
    if (incoming.method === 'POST' && /^\/storage\/v1\/object\/sign\/[^/]+$/.test(path)) {
      await signSeveral(incoming, response, path);
      return;
    }
    await forward(incoming, response, path);
  };

  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, (incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) sendJson(response, 503, { message });
      else response.destroy();
    });
  });
  server.on('upgrade', (message, socket, head) => options.upgrade(message, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  server.on('close', () => agent.destroy());
  return server;
}
