/**
 * The smallest Realtime that supabase-js can't tell from the hosted one: private broadcast topics.
 *
 * A client joins `realtime:<topic>`; whether it may is what the SELECT policies on realtime.messages say for its
 * user, with realtime.topic() set. Messages come from realtime.send() by way of LISTEN/NOTIFY.
 * Source: https://supabase.com/docs/guides/realtime/protocol and /authorization
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type postgres from 'postgres';
import { type WebSocket, WebSocketServer } from 'ws';
import type { StackSecrets } from '../secrets';
import type { TokenClaims, TokenTranslator } from './tokens';

/** A running Realtime. */
export interface Realtime {
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
  stop(): Promise<void>;
}

/** Phoenix' message, version 2.0.0: an array of these five. */
type Frame = [joinRef: string | null, ref: string | null, topic: string, event: string, payload: unknown];

interface Channel {
  socket: WebSocket;
  joinRef: string | null;
  /** Without the `realtime:` prefix. */
  topic: string;
  isPrivate: boolean;
  claims: TokenClaims;
}

interface Broadcast {
  id: string;
  topic: string;
  event: string;
  private: boolean;
  payload: Record<string, unknown> | null;
}

const PREFIX = 'realtime:';
/** Hosted keeps messages for three days; here they only carry what a notification can't. */
const PURGE_EVERY_MS = 10 * 60_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Version 1 is an object with the same five fields; the answer goes out the way the question came. */
function parseFrame(raw: string): { frame: Frame; isV1: boolean } | null {
  try {
    const value: unknown = JSON.parse(raw);
    if (Array.isArray(value) && value.length === 5) return { frame: value as Frame, isV1: false };
    if (!isRecord(value)) return null;
    const { join_ref: joinRef = null, ref = null, topic, event, payload } = value;
    return { frame: [joinRef, ref, topic, event, payload] as Frame, isV1: true };
  } catch {
    return null;
  }
}

function serialize([join_ref, ref, topic, event, payload]: Frame, isV1: boolean): string {
  return JSON.stringify(
    isV1 ? { join_ref, ref, topic, event, payload } : [join_ref, ref, topic, event, payload],
  );
}

/**
 * Asks the policies, as hosted Realtime does: a message of that topic is put down, read as the user, and rolled back.
 */
async function mayRead(sql: postgres.Sql, topic: string, claims: TokenClaims): Promise<boolean> {
  let allowed = false;
  const role = claims.role ?? 'anon';
  const rollback = new Error('rollback');
  await sql
    .begin(async (tx) => {
      const [probe] = await tx<{ id: string }[]>`
        insert into realtime.messages (topic, extension, event, private) values (${topic}, 'broadcast', 'probe', true)
        returning id`;
      await tx`select set_config('realtime.topic', ${topic}, true),
        set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
        set_config('request.jwt.claim.sub', ${claims.sub ?? ''}, true),
        set_config('request.jwt.claim.role', ${role}, true),
        set_config('role', ${role}, true)`;
      const rows = await tx`select 1 from realtime.messages where id = ${probe?.id ?? null}`;
      allowed = rows.length > 0;
      throw rollback;
    })
    .catch((error: unknown) => {
      // A policy that fails counts as a no, as on hosted.
      if (error !== rollback) allowed = false;
    });
  return allowed;
}

/**
 * Starts listening for messages. Reconnects by itself when Postgres restarts.
 * @param options.sql connection of `postgres`, at least two wide; stays the caller's
 * @param options.log told of failures
 */
export async function startRealtime(options: {
  sql: postgres.Sql;
  secrets: StackSecrets;
  tokens: TokenTranslator;
  log: (line: string) => void;
}): Promise<Realtime> {
  const { sql, secrets, tokens, log } = options;
  const channels = new Set<Channel>();
  const version = new WeakMap<WebSocket, boolean>();
  const wss = new WebSocketServer({ noServer: true });

  const push = (socket: WebSocket, frame: Frame) => {
    if (socket.readyState === socket.OPEN) socket.send(serialize(frame, version.get(socket) ?? false));
  };
  const reply = (
    socket: WebSocket,
    [joinRef, ref, topic]: Frame,
    status: 'ok' | 'error',
    response: unknown,
  ) => push(socket, [joinRef, ref, topic, 'phx_reply', { status, response }]);
  const close = (channel: Channel, message: string) => {
    channels.delete(channel);
    const topic = PREFIX + channel.topic;
    const payload = { status: 'error', extension: 'system', channel: channel.topic, message };
    push(channel.socket, [channel.joinRef, null, topic, 'system', payload]);
    push(channel.socket, [channel.joinRef, channel.joinRef, topic, 'phx_close', {}]);
  };

  /** @returns the token's claims; the project's keys stand for their roles; null for a bad token */
  const claimsOf = (token: unknown): TokenClaims | null => {
    if (token === secrets.secretKey) return { role: 'service_role' };
    if (token === undefined || token === null || token === secrets.publishableKey) return { role: 'anon' };
    return typeof token === 'string' ? tokens.read(token) : null;
  };

  const join = async (socket: WebSocket, frame: Frame) => {
    const [joinRef, , fullTopic, , payload] = frame;
    const topic = fullTopic.slice(PREFIX.length);
    const config = isRecord(payload) && isRecord(payload.config) ? payload.config : {};
    const claims = claimsOf(isRecord(payload) ? payload.access_token : undefined);
    if (!claims)
      return reply(socket, frame, 'error', { reason: 'InvalidJWTToken: Token is invalid or has expired' });
    const isPrivate = config.private === true;
    if (isPrivate && claims.role !== 'service_role' && !(await mayRead(sql, topic, claims))) {
      const reason = `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`;
      return reply(socket, frame, 'error', { reason });
    }
    // A second join of the same topic on one socket takes the first one's place, as in Phoenix.
    for (const old of channels) if (old.socket === socket && old.topic === topic) channels.delete(old);
    if (socket.readyState !== socket.OPEN) return;
    channels.add({ socket, joinRef, topic, isPrivate, claims });
    reply(socket, frame, 'ok', { postgres_changes: [] });
  };

  const refreshToken = async (socket: WebSocket, topic: string, payload: unknown) => {
    const claims = claimsOf(isRecord(payload) ? payload.access_token : undefined);
    for (const channel of channels) {
      if (channel.socket !== socket || PREFIX + channel.topic !== topic) continue;
      if (!claims) close(channel, 'Token is invalid or has expired');
      else if (channel.isPrivate && !(await mayRead(sql, channel.topic, claims))) {
        close(channel, 'You do not have permissions to read from this Channel topic');
      } else channel.claims = claims;
    }
  };

  const obey = async (socket: WebSocket, frame: Frame) => {
    const [, , topic, event, payload] = frame;
    if (topic === 'phoenix' && event === 'heartbeat') return reply(socket, frame, 'ok', {});
    if (event === 'phx_join' && topic.startsWith(PREFIX)) return join(socket, frame);
    if (event === 'access_token') return refreshToken(socket, topic, payload);
    if (event === 'phx_leave') {
      for (const channel of channels) {
        if (channel.socket === socket && PREFIX + channel.topic === topic) channels.delete(channel);
      }
      reply(socket, frame, 'ok', {});
      return push(socket, [frame[0], frame[1], topic, 'phx_close', {}]);
    }
    return reply(socket, frame, 'error', { reason: `The local Realtime does not serve ${event}` });
  };

  wss.on('connection', (socket: WebSocket) => {
    socket.on('message', (data, isBinary) => {
      const parsed = isBinary ? null : parseFrame(data.toString());
      if (!parsed) return;
      version.set(socket, parsed.isV1);
      obey(socket, parsed.frame).catch((error: unknown) => log(`realtime: ${String(error)}`));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      for (const channel of channels) if (channel.socket === socket) channels.delete(channel);
    });
  });

  const deliver = (message: Broadcast) => {
    const payload = {
      type: 'broadcast',
      event: message.event,
      payload: message.payload ?? {},
      meta: { id: message.id },
    };
    for (const channel of channels) {
      if (channel.topic !== message.topic || channel.isPrivate !== message.private) continue;
      const { exp } = channel.claims;
      if (exp !== undefined && exp * 1000 <= Date.now()) close(channel, 'Token has expired');
      else push(channel.socket, [null, null, PREFIX + channel.topic, 'broadcast', payload]);
    }
  };

  await sql.listen('realtime_messages', (text) => {
    const message = JSON.parse(text) as Broadcast;
    if (message.topic !== undefined) return deliver(message);
    sql<
      Broadcast[]
    >`select id, topic, event, private, payload from realtime.messages where id = ${message.id}`
      .then((rows) => rows.forEach(deliver))
      .catch((error: unknown) => log(`realtime: ${String(error)}`));
  });
  const purge = setInterval(() => {
    sql`delete from realtime.messages where inserted_at < now() - interval '1 hour'`.catch(() => undefined);
  }, PURGE_EVERY_MS);
  purge.unref();

  return {
    upgrade(message, socket, head) {
      const url = new URL(message.url ?? '/', 'http://127.0.0.1');
      const key = url.searchParams.get('apikey') ?? message.headers.apikey;
      const isOurs = key === secrets.publishableKey || key === secrets.secretKey;
      if (url.pathname !== '/realtime/v1/websocket' || !isOurs) {
        socket.end(`HTTP/1.1 ${isOurs ? '404 Not Found' : '401 Unauthorized'}\r\nConnection: close\r\n\r\n`);
        return;
      }
      wss.handleUpgrade(message, socket, head, (ws) => wss.emit('connection', ws, message));
    },
    async stop() {
      clearInterval(purge);
      for (const socket of wss.clients) socket.terminate();
      await new Promise<void>((resolve) => wss.close(() => resolve()));
    },
  };
}
