/**
 * SparkPost over real HTTP: takes transmissions, answers the events search, posts batches to the webhook.
 *
 * Control API, for tests and benchmarks:
 * - `POST /__control/rules` a Rule of ./http; `DELETE /__control/rules[?contains=…]`
 * - `GET /__control/messages?to=&send_id=&limit=` what recipients would see, newest first
 * - `GET /__control/stats` `{ attempts, accepted, distinct, duplicates }`
 * - `POST /__control/events` `{ events, deliver?, batch_id? }`: the search finds them, and the webhook gets them
 * - `POST /__control/reset` forgets everything
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, controlRules, listen, misbehave, Rules, readText, send } from './http';
import type { Provider } from './registry';
import { livingRecipients } from './sparkpost-life';
import { type SparkpostEvent, SparkpostStore, type Transmission } from './sparkpost-store';

/** Which wrapper an event comes in. @see https://developers.sparkpost.com/api/webhooks/ */
function wrapper(type: string): string {
  if (['open', 'initial_open', 'click'].includes(type)) return 'track_event';
  if (['list_unsubscribe', 'link_unsubscribe'].includes(type)) return 'unsubscribe_event';
  return 'message_event';
}

/** Headers that a transmission names in fields of their own. */
const reservedHeaders = ['subject', 'from', 'to', 'reply-to', 'content-type', 'content-transfer-encoding'];

/** What SparkPost would find wrong with a transmission, or null. */
function complaint(body: Transmission): string | null {
  const { content, recipients } = body;
  if (!recipients?.length) return 'recipients is a required field';
  const from = typeof content?.from === 'string' ? content.from : content?.from?.email;
  if (!from) return 'content.from is a required field';
  if (!content?.subject) return 'content.subject is a required field';
  if (!content.text && !content.html) return 'At least one of content.text or content.html is required';
  const headers = Object.keys(content.headers ?? {});
  const reserved = headers.find((name) => reservedHeaders.includes(name.toLowerCase()));
  return reserved ? `content.headers may not contain ${reserved}` : null;
}

/** A wrong transmission's answer, as SparkPost words it. */
const invalid = (description: string) => ({
  errors: [{ message: 'invalid data format/type', description, code: '1300' }],
});

/** The emulator of SparkPost. */
export const sparkpost: Provider = {
  name: 'sparkpost',
  async start({ port, appUrl, isLiving, log }) {
    const key = randomBytes(20).toString('hex');
    const user = 'sparkpost';
    const password = randomBytes(18).toString('base64url');
    const store = new SparkpostStore();
    const rules = new Rules();

    const post = async (events: SparkpostEvent[], batchId: string = randomUUID()): Promise<number> => {
      const response = await fetch(`${appUrl}/api/webhooks/sparkpost`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-messagesystems-batch-id': batchId,
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        },
        body: JSON.stringify(events.map((event) => ({ msys: { [wrapper(event.type)]: event } }))),
      });
      await response.arrayBuffer();
      return response.status;
    };
    const life = isLiving ? livingRecipients({ store, post, log }) : null;

    const take = (body: Transmission): string => {
      const mail = store.take(body);
      life?.received(mail);
      return mail.transmissionId;
    };

    const transmissions = (text: string, response: ServerResponse): void => {
      const body = JSON.parse(text) as Transmission;
      const wrong = complaint(body);
      if (wrong) {
        send(response, 422, invalid(wrong));
      } else {
        const results = { total_rejected_recipients: 0, total_accepted_recipients: 1, id: take(body) };
        send(response, 200, { results });
      }
    };

    const search = (url: URL, response: ServerResponse): void => {
      const set = (name: string) => new Set((url.searchParams.get(name) ?? '').split(',').filter(Boolean));
      const time = (name: string, otherwise: number) => {
        const said = url.searchParams.get(name);
        return said ? Date.parse(said) : otherwise;
      };
      const found = store.search({
        types: set('events'),
        recipients: set('recipients'),
        transmissions: set('transmissions'),
        fromMs: time('from', Date.now() - 86_400_000),
        toMs: time('to', Date.now()),
      });
      const size = Math.min(Number(url.searchParams.get('per_page') ?? 1000), 10_000);
      const cursor = url.searchParams.get('cursor') ?? 'initial';
      const begin = cursor === 'initial' ? 0 : Number(cursor);
      const end = begin + size;
      const next = new URL(url);
      next.searchParams.set('cursor', String(end));
      send(response, 200, {
        results: found.slice(begin, end),
        total_count: found.length,
        links: end < found.length ? { next: `${next.pathname}${next.search}` } : {},
      });
    };

    const control = async (request: IncomingMessage, url: URL, text: string, response: ServerResponse) => {
      if (controlRules(rules, { method: request.method, path: url.href, body: text }, response)) return;
      const what = `${request.method} ${url.pathname}`;
      if (what === 'GET /__control/stats') return send(response, 200, store.stats());
      if (what === 'GET /__control/messages') {
        const to = url.searchParams.get('to') ?? undefined;
        const sendId = url.searchParams.get('send_id') ?? undefined;
        const limit = Number(url.searchParams.get('limit') ?? 100);
        return send(response, 200, store.shown({ to, sendId, limit }));
      }
      if (what === 'POST /__control/events') {
        const asked = JSON.parse(text) as { events: SparkpostEvent[]; deliver?: boolean; batch_id?: string };
        store.tell(asked.events);
        const status = asked.deliver ? await post(asked.events, asked.batch_id) : null;
        return send(response, 200, { status });
      }
      if (what === 'POST /__control/reset') {
        store.clear();
        rules.clear();
        return send(response, 200, { status: 'ok' });
      }
      send(response, 404, { errors: [{ message: 'Not found' }] });
    };

    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const text = await readText(request);
      const path = request.url ?? '/';
      if (path.startsWith('/__control/')) {
        return control(request, new URL(path, 'http://127.0.0.1'), text, response);
      }
      const isSending = request.method === 'POST' && path.startsWith('/api/v1/transmissions');
      if (isSending) store.attempts += 1;
      const rule = rules.take(path, text);
      if (rule) {
        return misbehave(rule, response, () => isSending && take(JSON.parse(text) as Transmission));
      }
      if (request.headers.authorization !== key) {
        return send(response, 401, { errors: [{ message: 'Unauthorized.' }] });
      }
      if (isSending) return transmissions(text, response);
      if (request.method === 'GET' && path.startsWith('/api/v1/events/message')) {
        return search(new URL(path, 'http://127.0.0.1'), response);
      }
      send(response, 404, { errors: [{ message: 'Resource not found' }] });
    };

    const server = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => {
        if (!response.headersSent) send(response, 400, invalid(String(error)));
      });
    });
    // a client keeps its connections longer than the five seconds that node gives an idle one
    server.keepAliveTimeout = 120_000;
    const url = await listen(server, port);
    return {
      env: {
        SPARKPOST_API_KEY: key,
        SPARKPOST_API_URL: url,
        SPARKPOST_WEBHOOK_USER: user,
        SPARKPOST_WEBHOOK_PASSWORD: password,
      },
      async stop() {
        life?.stop();
        await close(server);
      },
    };
  },
};
