/** Gmail and Google's OAuth as an emulator: the wire format of v1, for the real client. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { consentPage, decide, exchangeToken } from './gmail-oauth';
import { baseAddress, GmailStore, headerFields, type StoredMessage, textOf } from './gmail-store';
import { close, controlRules, listen, misbehave, Rules, readText, send } from './http';
import type { Provider } from './registry';

const scopes = 'https://www.googleapis.com/auth/gmail.readonly https://www.googleapis.com/auth/gmail.send';
const clientId = 'freehold.apps.googleusercontent.example';
const clientSecret = 'a secret of the emulator';

/** The emulator that runs in this process, for others in it that have a mail to deliver. */
let running: GmailStore | null = null;

/**
 * Delivers a mail to the mailbox it is addressed to, plus tags included, where the emulator has that mailbox.
 * @param to the address  @param raw the whole mail (RFC 5322)
 * @returns whether there is such a mailbox
 */
export function deliverToMailbox(to: string, raw: string): boolean {
  if (!running?.has(to)) return false;
  running.add(to, deliveredTo(to, raw));
  return true;
}

/** What Gmail writes on top of whatever it takes in. */
function deliveredTo(address: string, raw: string): string {
  const bytes = Buffer.from(raw, 'utf8').toString('latin1');
  return `Delivered-To: ${address}\r\n${bytes.replace(/\r?\n/g, '\r\n')}`;
}

type Call = { url: URL; request: IncomingMessage; body: string; address: string; scope: string };

const failure = (code: number, message: string, reason: string) => ({
  error: { code, message, errors: [{ message, domain: 'global', reason }], status: reason },
});
const notFound = failure(404, 'Requested entity was not found.', 'notFound');

function resource(message: StoredMessage, url: URL) {
  const raw = textOf(message);
  const wanted = url.searchParams.getAll('metadataHeaders').map((name) => name.toLowerCase());
  const format = url.searchParams.get('format') ?? 'full';
  const base = {
    id: message.id,
    threadId: message.threadId,
    labelIds: message.labels,
    snippet: raw
      .split(/\r?\n\r?\n/)
      .slice(1)
      .join(' ')
      .replace(/\s+/g, ' ')
      .slice(0, 200),
    historyId: String(message.historyId),
    internalDate: String(message.receivedAt),
    sizeEstimate: raw.length,
  };
  if (format === 'minimal') return base;
  if (format === 'raw') return { ...base, raw: Buffer.from(message.raw, 'base64').toString('base64url') };
  const headers = headerFields(raw).filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()),
  );
  return { ...base, payload: { mimeType: 'text/plain', headers } };
}

/** The searches that the product makes: `newer_than`, `after:` (seconds), `in:`, `-in:`, `rfc822msgid:`. Others are let pass. */
function matches(message: StoredMessage, query: string): boolean {
  return query
    .split(/\s+/)
    .filter(Boolean)
    .every((term) => {
      const [, minus, key, value = ''] = /^(-?)(\w+):(.+)$/.exec(term) ?? [];
      const holds = () => {
        if (key === 'after') return message.receivedAt >= Number(value) * 1000;
        if (key === 'newer_than')
          return message.receivedAt >= Date.now() - Number.parseInt(value, 10) * 86_400_000;
        if (key === 'in') return value === 'anywhere' || message.labels.includes(value.toUpperCase());
        if (key === 'rfc822msgid') return textOf(message).includes(`<${value.replace(/[<>]/g, '')}>`);
        return minus !== '-';
      };
      return minus === '-' ? !holds() : holds();
    });
}

function page<T>(items: T[], url: URL): { items: T[]; nextPageToken?: string } {
  const start = Number(url.searchParams.get('pageToken') ?? 0);
  const size = Number(url.searchParams.get('maxResults') ?? 100);
  const end = start + size;
  return { items: items.slice(start, end), ...(end < items.length && { nextPageToken: String(end) }) };
}

function sendMessage(store: GmailStore, { address, body }: Call): [number, unknown] {
  const asked = JSON.parse(body) as { raw?: string; threadId?: string };
  const raw = Buffer.from(asked.raw ?? '', 'base64url').toString('latin1');
  const fields = headerFields(raw);
  const fieldOf = (name: string) => fields.find((each) => each.name.toLowerCase() === name)?.value;
  const to = fieldOf('to')?.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [];
  if (to.length === 0) return [400, failure(400, 'Recipient address required', 'invalidArgument')];
  const known = store.mailbox(address).messages.some(({ threadId }) => threadId === asked.threadId);
  if (asked.threadId && !known) return [404, notFound];
  // Gmail names the message itself, and keeps what the sender called it
  const own = fieldOf('message-id');
  const named = `Message-ID: <CA${Date.now().toString(36)}${Math.random().toString(36).slice(2)}@mail.gmail.example>`;
  const sent = own
    ? raw.replace(
        /^message-id:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/im,
        `${named}\r\nX-Google-Original-Message-ID: ${own}`,
      )
    : `${named}\r\n${raw}`;
  const kept = store.add(address, sent, { labels: ['SENT'], threadId: asked.threadId ?? null });
  for (const each of to) {
    if (store.has(each) && baseAddress(each) !== address) store.add(each, `Delivered-To: ${each}\r\n${sent}`);
  }
  return [200, { id: kept.id, threadId: kept.threadId, labelIds: kept.labels }];
}

function history(store: GmailStore, { url, address }: Call): [number, unknown] {
  const mailbox = store.mailbox(address);
  const since = Number(url.searchParams.get('startHistoryId'));
  if (!Number.isInteger(since) || since < mailbox.oldestHistoryId) return [404, notFound];
  const added = mailbox.messages.filter((each) => each.historyId > since);
  const { items, nextPageToken } = page(added, url);
  return [
    200,
    {
      historyId: String(mailbox.historyId),
      ...(nextPageToken && { nextPageToken }),
      history: items.map((each) => {
        const message = { id: each.id, threadId: each.threadId, labelIds: each.labels };
        return { id: String(each.historyId), messages: [message], messagesAdded: [{ message }] };
      }),
    },
  ];
}

function gmailApi(store: GmailStore, call: Call): [number, unknown] {
  const { url, request, address, scope } = call;
  const path = url.pathname.replace(/^\/gmail\/v1\/users\/[^/]+/, '');
  const mailbox = store.mailbox(address);
  const isSend = request.method === 'POST' && path === '/messages/send';
  if (!scope.includes(isSend ? 'gmail.send' : 'gmail.readonly')) {
    return [403, failure(403, 'Request had insufficient authentication scopes.', 'insufficientPermissions')];
  }
  if (isSend) return sendMessage(store, call);
  if (request.method !== 'GET') return [404, notFound];
  if (path === '/profile') {
    return [
      200,
      { emailAddress: address, messagesTotal: mailbox.messages.length, historyId: String(mailbox.historyId) },
    ];
  }
  if (path === '/history') return history(store, call);
  if (path === '/messages') {
    const query = url.searchParams.get('q') ?? '';
    const found = mailbox.messages
      .filter((each) => matches(each, query))
      .sort((a, b) => b.receivedAt - a.receivedAt);
    const { items, nextPageToken } = page(found, url);
    return [
      200,
      {
        messages: items.map(({ id, threadId }) => ({ id, threadId })),
        resultSizeEstimate: found.length,
        ...(nextPageToken && { nextPageToken }),
      },
    ];
  }
  const [, kind, id] = /^\/(messages|threads)\/([^/]+)$/.exec(path) ?? [];
  if (kind === 'messages') {
    const message = mailbox.messages.find((each) => each.id === id);
    return message ? [200, resource(message, url)] : [404, notFound];
  }
  if (kind === 'threads') {
    const thread = mailbox.messages.filter((each) => each.threadId === id);
    if (thread.length === 0) return [404, notFound];
    return [
      200,
      { id, historyId: String(mailbox.historyId), messages: thread.map((each) => resource(each, url)) },
    ];
  }
  return [404, notFound];
}

/** What tests and the demo ask for, beside what Gmail has. */
function control(
  store: GmailStore,
  requests: string[],
  call: Omit<Call, 'address' | 'scope'>,
): [number, unknown] {
  const { url, request, body } = call;
  const asked = (body ? JSON.parse(body) : {}) as {
    address?: string;
    raw?: string;
    labels?: string[];
    received_at?: string;
  };
  const address = asked.address ?? url.searchParams.get('address') ?? '';
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /__control/requests':
      return [200, requests];
    case 'GET /__control/mailbox': {
      const { messages, historyId } = store.mailbox(address);
      const shown = messages.map((each) => ({ ...each, raw: textOf(each) }));
      return [200, { messages: shown, historyId, grants: store.grantsOf(address) }];
    }
    case 'POST /__control/messages': {
      const receivedAt = asked.received_at ? Date.parse(asked.received_at) : undefined;
      const made = store.add(address, deliveredTo(address, asked.raw ?? ''), {
        labels: asked.labels,
        receivedAt,
      });
      return [201, { id: made.id, threadId: made.threadId }];
    }
    case 'POST /__control/grants':
      return [201, { refresh_token: store.grant(address, scopes) }];
    case 'POST /__control/expire-history':
      store.expireHistory(address);
      return [200, {}];
    case 'POST /__control/revoke':
      store.revokeAccount(address);
      return [200, {}];
    default:
      return [404, notFound];
  }
}

/** OAuth's endpoints and Gmail's, but for the consent page. */
function answerTo(store: GmailStore, call: Omit<Call, 'address' | 'scope'>): [number, unknown] {
  const { url, request, body } = call;
  const form = () => new URLSearchParams(body);
  if (url.pathname === '/token') return exchangeToken(store, form(), { clientId, clientSecret });
  if (url.pathname === '/revoke') {
    const given = url.searchParams.get('token') ?? form().get('token') ?? '';
    return store.revokeToken(given) ? [200, {}] : [400, { error: 'invalid_token' }];
  }
  const opened = store.opens(/^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
  if (!opened) return [401, failure(401, 'Request had invalid authentication credentials.', 'authError')];
  return gmailApi(store, { ...call, ...opened });
}

/** How many requests are kept for tests to read back. */
const recordedAtMost = 5000;

/** Gmail, with OAuth at the same address. */
export const gmailProvider: Provider = {
  name: 'gmail',
  async start({ port, dataDir }) {
    const store = new GmailStore(join(dataDir, 'mailboxes.json'));
    const rules = new Rules();
    const requests: string[] = [];

    const handle = async (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url ?? '/';
      const body = await readText(request);
      const call = { url: new URL(path, 'http://127.0.0.1'), request, body };
      if (path.startsWith('/__control/')) {
        if (!controlRules(rules, { method: request.method, path, body }, response)) {
          send(response, ...control(store, requests, call));
        }
        return;
      }
      if (requests.push(`${request.method} ${path}`) > recordedAtMost) requests.shift();
      const rule = rules.take(path, body);
      if (rule) return misbehave(rule, response, () => answerTo(store, call));
      if (call.url.pathname !== '/o/oauth2/v2/auth') return send(response, ...answerTo(store, call));
      if (request.method === 'POST') decide(store, new URLSearchParams(body), response);
      else consentPage(call.url, response);
    };

    const server = createServer((request, response) => {
      handle(request, response).catch((error: unknown) => {
        if (!response.headersSent) send(response, 500, failure(500, String(error), 'backendError'));
      });
    });
    // a client keeps its connections longer than the five seconds that node gives an idle one
    server.keepAliveTimeout = 120_000;
    const url = await listen(server, port);
    running = store;
    return {
      env: {
        GOOGLE_CLIENT_ID: clientId,
        GOOGLE_CLIENT_SECRET: clientSecret,
        GOOGLE_OAUTH_URL: url,
        GMAIL_API_URL: url,
      },
      async stop() {
        if (running === store) running = null;
        await close(server);
        store.flush();
      },
    };
  },
};
