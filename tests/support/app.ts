/** Asks the running app over HTTP, as the browser, an API client or a script would. */
import type { Actor, Workspace } from './factories';
import { testStack } from './stack';

/** An answer, read whole. */
export type Answer<T> = {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON, else the text. */
  body: T;
};

/** What every failed request answers. */
export type Failure = {
  error: { code: string; message: string; fields?: Record<string, string>; requestId: string };
};

/** Origin of the app under test. */
export function appUrl(): string {
  const { appUrl: url } = testStack();
  if (!url) throw new Error('This run has no app: it belongs in the integration or the end-to-end tests.');
  return url;
}

export type CallOptions = {
  /** Who asks, by bearer token; nobody where it is left out. */
  as?: Actor;
  /** Sent as `x-workspace-id`. */
  workspace?: Workspace | string;
  method?: string;
  /** Sent as JSON, unless it is text, bytes or a form already. */
  body?: unknown;
  headers?: Record<string, string>;
};

/**
 * Calls the app.
 * @param path with its query, such as `/api/people?sort=name`
 */
export async function call<T = Record<string, unknown>>(
  path: string,
  options: CallOptions = {},
): Promise<Answer<T>> {
  const { as, workspace, body } = options;
  const headers = new Headers(options.headers);
  if (as) headers.set('authorization', `Bearer ${as.token}`);
  if (workspace) headers.set('x-workspace-id', typeof workspace === 'string' ? workspace : workspace.id);
  let payload: BodyInit | undefined;
  if (
    typeof body === 'string' ||
    body instanceof FormData ||
    body instanceof Uint8Array ||
    body instanceof Blob
  ) {
    payload = body as BodyInit;
  } else if (body !== undefined) {
    payload = JSON.stringify(body);
    headers.set('content-type', 'application/json');
  }
  const response = await fetch(`${appUrl()}${path}`, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    body: payload,
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as T,
  };
}

/**
 * Calls a cron's route with the bearer that Vercel would show.
 * @param name the last part of its path
 */
export function runCron(name: string): Promise<Answer<{ status: string; counts?: Record<string, number> }>> {
  const secret = testStack().env.CRON_SECRET ?? '';
  return call(`/api/cron/${name}`, { headers: { authorization: `Bearer ${secret}` } });
}

/** A mail as the local catcher keeps it. */
export type Mail = { id: string; to: string[]; subject: string; text: string; html: string; links: string[] };

/**
 * Waits until a mail to an address has arrived, asking the catcher.
 * @param to the address
 * @throws {Error} where none came within ten seconds
 */
export async function waitForMail(to: string): Promise<Mail> {
  const { mailUrl } = testStack();
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const response = await fetch(`${mailUrl}/api/messages?to=${encodeURIComponent(to)}`);
    const [found] = (await response.json()) as Mail[];
    if (found) return (await (await fetch(`${mailUrl}/api/messages/${found.id}`)).json()) as Mail;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no mail to ${to} came`);
}
