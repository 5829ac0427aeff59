/** What every emulator's server shares: reading, answering, and the rules by which it misbehaves. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How requests that match are to be answered instead. `POST /__control/rules`, `DELETE /__control/rules`. */
export interface Rule {
  /** Both must hold where both are given: the path begins with `path`; the raw request (its target and body) contains `contains`. */
  match: { path?: string; contains?: string };
  /** How often it applies; for ever where it is left out. */
  times?: number;
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: unknown;
  /** Waits this long before anything else happens. */
  delay_ms?: number;
  /** Never answers, and does nothing. */
  hang?: boolean;
  /** Does what was asked for, and then drops the connection without an answer. */
  accept_and_drop?: boolean;
}

/** The rules of one emulator. */
export class Rules {
  private rules: Rule[] = [];

  /** The first rule that matches, counted as applied; or null. */
  take(path: string, body: string): Rule | null {
    if (this.rules.length === 0) return null;
    const rule = this.rules.find(
      ({ match, times }) =>
        times !== 0 &&
        (match.path === undefined || path.startsWith(match.path)) &&
        (match.contains === undefined || path.includes(match.contains) || body.includes(match.contains)),
    );
    if (rule?.times !== undefined) rule.times -= 1;
    return rule ?? null;
  }

  /** Adds a rule before the others: the newest wins. */
  add(rule: Rule): void {
    this.rules.unshift(rule);
  }

  /** @param contains forgets only the rules that match on this text; all of them where it is left out */
  clear(contains?: string): void {
    this.rules = contains === undefined ? [] : this.rules.filter((rule) => rule.match.contains !== contains);
  }
}

/** A request's body as text. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString();
}

/** Answers with JSON, or with text where the body is one. */
export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

/**
 * Answers as a rule says.
 * @param act does what was asked for, for rules that let it happen
 */
export async function misbehave(rule: Rule, response: ServerResponse, act: () => unknown): Promise<void> {
  if (rule.delay_ms) await new Promise((resolve) => setTimeout(resolve, rule.delay_ms));
  if (rule.hang) return;
  if (rule.accept_and_drop) {
    await act();
    response.destroy();
    return;
  }
  send(
    response,
    rule.status ?? 500,
    rule.body ?? { errors: [{ message: 'Emulated failure' }] },
    rule.headers,
  );
}

/**
 * The part of the control API that all emulators have.
 * @returns whether the request was one of its
 */
export function controlRules(
  rules: Rules,
  request: { method?: string; path: string; body: string },
  response: ServerResponse,
): boolean {
  const url = new URL(request.path, 'http://127.0.0.1');
  if (url.pathname !== '/__control/rules') return false;
  if (request.method === 'POST') rules.add(JSON.parse(request.body) as Rule);
  else if (request.method === 'DELETE') rules.clear(url.searchParams.get('contains') ?? undefined);
  else return false;
  send(response, 200, { status: 'ok' });
  return true;
}

/** Listens on 127.0.0.1. @returns the origin */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ends a server and every connection to it. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
