/**
 * Twilio over real HTTP: texts, calls, numbers and recordings as the real client asks for them, and webhooks signed as
 * Twilio signs them.
 *
 * Control API, for tests and benchmarks:
 * - `POST /__control/rules` a Rule of ./http; `DELETE /__control/rules[?contains=…]`
 * - `GET /__control/texts?to=&from=&limit=` and `GET /__control/calls?to=&from=&parent=&limit=`, newest first
 * - `GET /__control/stats` `{ attempts, texts, calls, duplicates }`
 * - `POST /__control/numbers` `{ e164, label?, features? }`: the account has one more
 * - `POST /__control/inbound-text` `{ from, to, body, media? }` → `{ sid, status, text }` of what the app answered
 * - `POST /__control/text-status` `{ sid, status, error_code? }`: it has come so far, and the app is told
 * - `POST /__control/inbound-call` `{ from, to }` → the call, once the app has said what is to be done
 * - `POST /__control/browser-call` `{ identity, url, params }`: a browser's device calls
 * - `POST /__control/call` `{ sid, act: 'answer' | 'end' | 'press' | 'message', how?, seconds?, digits? }` → the call
 * - `POST /__control/settled` answers once everything that was begun is over
 * - `POST /__control/reset` forgets everything
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import twilioPackage from 'twilio';
import { close, controlRules, listen, misbehave, Rules, readText, send } from './http';
import type { Provider } from './registry';
import { type CallEnd, TwilioCalls } from './twilio-calls';
import { livingPhones } from './twilio-life';
import { answerRest, createCall, createText, type Rest } from './twilio-rest';
import {
  type EmulatedCall,
  type EmulatedNumber,
  type EmulatedText,
  failure,
  newSid,
  TwilioStore,
} from './twilio-store';

type Asked = {
  sid?: string;
  from?: string;
  to?: string;
  body?: string;
  media?: string[];
  status?: string;
  error_code?: number;
  act?: string;
  how?: CallEnd;
  seconds?: number;
  digits?: string;
  identity?: string;
  url?: string;
  params?: Record<string, string>;
};

/** The emulator of Twilio. */
export const twilio: Provider = {
  name: 'twilio',
  async start({ port, appUrl, isLiving, log }) {
    const accountSid = newSid('AC');
    const token = randomBytes(16).toString('hex');
    const authorization = `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`;
    const store = new TwilioStore(accountSid, appUrl);
    const rules = new Rules();
    const pending = new Set<Promise<unknown>>();

    /** Lets something go on beside the answer, so that it can be waited for. */
    const meanwhile = (work: Promise<unknown>): void => {
      const tracked = work
        .catch((error: unknown) => log(`twilio: ${String(error)}`))
        .finally(() => pending.delete(tracked));
      pending.add(tracked);
    };

    const post = async (url: string, params: Record<string, string>) => {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
            'x-twilio-signature': twilioPackage.getExpectedTwilioSignature(token, url, params),
          },
          body: new URLSearchParams(params),
        });
        return { status: response.status, text: await response.text() };
      } catch (error) {
        return { status: 0, text: String(error) };
      }
    };

    const tell = async (text: EmulatedText, status: string, errorCode?: number) => {
      text.status = status;
      text.errorCode = errorCode ?? null;
      if (!text.statusCallback) return { status: 0, text: '' };
      return post(text.statusCallback, {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        From: text.from,
        MessageSid: text.sid,
        MessageStatus: status,
        SmsSid: text.sid,
        SmsStatus: status,
        To: text.to,
        ...(errorCode !== undefined && { ErrorCode: String(errorCode) }),
      });
    };

    const write = async (from: string, to: string, body: string, media: string[] = []) => {
      const text = store.addText({
        sid: newSid(media.length > 0 ? 'MM' : 'SM'),
        direction: 'inbound',
        from,
        to,
        body,
        status: 'received',
        statusCallback: null,
        messagingServiceSid: null,
      });
      const answer = await post(store.urlOf(to, 'sms'), {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        Body: body,
        From: from,
        MessageSid: text.sid,
        NumMedia: String(media.length),
        NumSegments: '1',
        SmsMessageSid: text.sid,
        SmsSid: text.sid,
        SmsStatus: 'received',
        To: to,
        ...Object.fromEntries(
          media.flatMap((url, n) => [
            [`MediaUrl${n}`, url],
            [`MediaContentType${n}`, 'image/jpeg'],
          ]),
        ),
      });
      return { sid: text.sid, ...answer };
    };

    const life = isLiving ? livingPhones({ tell, write, log }) : null;
    const network: TwilioCalls = new TwilioCalls(store, post, (call) => life?.rings(network, call));
    const rest: Rest = {
      store,
      calls: network,
      texted: (text) => life?.texted(text),
      // the phone rings once the app has its answer
      placed: (call) => setImmediate(() => meanwhile(network.ring(call))),
    };

    const shown = (call: EmulatedCall) => ({ ...call, waits_for: network.waitsFor(call) });
    const callOf = (sid = ''): EmulatedCall => {
      const call = store.calls.get(sid);
      if (!call) throw new Error(`No call ${sid}`);
      return call;
    };

    const drive = async ({ sid, act, how, seconds, digits }: Asked): Promise<EmulatedCall> => {
      const call = callOf(sid);
      if (act === 'answer') await network.answer(call);
      else if (act === 'end') await network.end(call, how, seconds);
      else if (act === 'press') await network.press(call, digits ?? '');
      else if (act === 'message') await network.leaveMessage(call, seconds ?? 0);
      else throw new Error(`What is ${act}?`);
      return call;
    };

    const acts: Record<string, (asked: Asked) => Promise<unknown>> = {
      numbers: async (asked) =>
        store.numberResource(store.addNumber(asked as Asked & Pick<EmulatedNumber, 'e164'>)),
      'inbound-text': ({ from = '', to = '', body = '', media }) => write(from, to, body, media),
      'text-status': async ({ sid = '', status = '', error_code }) => {
        const text = store.texts.get(sid);
        if (!text) throw new Error(`No text ${sid}`);
        return tell(text, status, error_code);
      },
      'inbound-call': async ({ from = '', to = '' }) => shown(await network.receive(from, to)),
      'browser-call': async ({ identity = '', url = '', params = {} }) =>
        shown(await network.receiveBrowser(identity, url, params)),
      call: async (asked) => shown(await drive(asked)),
      settled: async () => {
        while (pending.size > 0) await Promise.all(pending);
        return { status: 'ok' };
      },
      reset: async () => {
        store.clear();
        rules.clear();
        return { status: 'ok' };
      },
    };

    const control = async (request: IncomingMessage, url: URL, text: string, response: ServerResponse) => {
      if (controlRules(rules, { method: request.method, path: url.href, body: text }, response)) return;
      const name = url.pathname.slice('/__control/'.length);
      if (request.method === 'GET') {
        const ask = (key: string) => url.searchParams.get(key);
        const fits = (one: { to: string; from: string }) =>
          (!ask('to') || one.to === ask('to')) && (!ask('from') || one.from === ask('from'));
        const limit = Number(ask('limit') ?? 100);
        if (name === 'stats') return send(response, 200, store.stats());
        if (name === 'texts')
          return send(response, 200, [...store.texts.values()].filter(fits).reverse().slice(0, limit));
        if (name === 'calls') {
          const found = [...store.calls.values()].filter(
            (call) => fits(call) && (!ask('parent') || call.parentSid === ask('parent')),
          );
          return send(response, 200, found.reverse().slice(0, limit).map(shown));
        }
      }
      const act = request.method === 'POST' ? acts[name] : undefined;
      if (!act) return send(response, 404, failure(404, 20404, 'Not found'));
      send(response, 200, await act(JSON.parse(text || '{}') as Asked));
    };

    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const text = await readText(request);
      const path = request.url ?? '/';
      const url = new URL(path, 'http://127.0.0.1');
      if (path.startsWith('/__control/')) return control(request, url, text, response);
      const what =
        request.method === 'POST' ? /\/(Messages|Calls)\.json$/.exec(url.pathname)?.[1] : undefined;
      if (what === 'Messages') store.attempts.texts += 1;
      if (what === 'Calls') store.attempts.calls += 1;
      // a form writes the plus of a number as %2B: rules say it as people do
      const rule = rules.take(path, `${text} ${[...new URLSearchParams(text).values()].join(' ')}`);
      if (rule) {
        const params = new URLSearchParams(text);
        return misbehave(rule, response, async () => {
          if (what === 'Messages') createText(rest, params);
          else if (what === 'Calls') await createCall(rest, params);
        });
      }
      if (request.headers.authorization !== authorization) {
        return send(response, 401, failure(401, 20003, 'Authenticate'));
      }
      const { range } = request.headers;
      await answerRest(rest, { method: request.method ?? 'GET', url, text, isLiving, range }, response);
    };

    const server = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => {
        if (!response.headersSent) send(response, 400, failure(400, 20001, String(error)));
      });
    });
    server.keepAliveTimeout = 120_000;
    const url = await listen(server, port);
    return {
      env: { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: token, TWILIO_API_URL: url },
      async stop() {
        life?.stop();
        await close(server);
      },
    };
  },
};
