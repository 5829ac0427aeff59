/**
 * The chat completions of Groq over real HTTP: writes the same words for the same prompt, from the facts it is told.
 *
 * Control API, for tests:
 * - `POST /__control/rules` a Rule of ./http; `DELETE /__control/rules[?contains=…]`
 * - `GET /__control/requests` what it was asked, newest first
 * - `POST /__control/reset` forgets everything
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, controlRules, listen, misbehave, Rules, readText, send } from './http';
import type { Provider } from './registry';

type ChatRequest = { model?: string; messages?: { role: string; content: unknown }[] };

/** What a prompt says, whichever shape its parts have. */
function wordsOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : ''))
    .join('\n');
}

const openings = [
  'I have been following {place} for a while',
  'My team looks after buildings much like {place}',
  'I came across {place} and was glad to find who stands behind it',
  '{place} caught our eye as we went through {city}',
];
const middles = [
  'We take master leases on properties of that kind, pay the rent from the first day and leave the keys with the owner.',
  'Owners whom we work with keep the building and the upside, and have one tenant instead of many.',
  'We are looking for two or three more properties there this quarter, and yours would fit well.',
];
const closings = [
  'Would ten minutes next week suit you?',
  'Is this something you would look at?',
  'If it isn’t, one word is enough and I won’t write again.',
];

/** A paragraph made of what the prompt tells; the same for the same prompt. */
export function writeFrom(prompt: string): string {
  let facts: Record<string, unknown> = {};
  try {
    facts = (JSON.parse(prompt) as { facts?: Record<string, unknown> }).facts ?? {};
  } catch {
    // a prompt of another shape is written to without facts
  }
  const known = (name: string) => (typeof facts[name] === 'string' ? (facts[name] as string) : null);
  const digest = createHash('sha256').update(prompt).digest();
  const pick = (list: readonly string[], at: number) => list[(digest[at] ?? 0) % list.length] ?? '';
  const place = known('property_name') ?? known('property_address') ?? 'your property';
  const city = known('property_city') ?? known('market') ?? known('city') ?? 'your city';
  const opening = pick(openings, 0).replace('{place}', place).replace('{city}', city);
  return `${opening}. ${pick(middles, 1)}\n\n${pick(closings, 2)}`;
}

/** The emulator of Groq. */
export const groq: Provider = {
  name: 'groq',
  async start({ port }) {
    const key = `gsk_${randomBytes(20).toString('hex')}`;
    const rules = new Rules();
    const requests: { at: string; body: ChatRequest }[] = [];

    const complete = (text: string, response: ServerResponse): void => {
      const body = JSON.parse(text) as ChatRequest;
      requests.unshift({ at: new Date().toISOString(), body });
      requests.splice(1000);
      const prompt = wordsOf(body.messages?.findLast(({ role }) => role === 'user')?.content);
      const content = writeFrom(prompt);
      const tokens = { prompt: Math.ceil(text.length / 4), completion: Math.ceil(content.length / 4) };
      send(response, 200, {
        id: `chatcmpl-${randomUUID()}`,
        object: 'chat.completion',
        created: Math.floor(Date.now() / 1000),
        model: body.model ?? 'emulated',
        choices: [
          { index: 0, message: { role: 'assistant', content }, logprobs: null, finish_reason: 'stop' },
        ],
        usage: {
          prompt_tokens: tokens.prompt,
          completion_tokens: tokens.completion,
          total_tokens: tokens.prompt + tokens.completion,
        },
      });
    };

    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const text = await readText(request);
      const path = request.url ?? '/';
      if (path.startsWith('/__control/')) {
        if (controlRules(rules, { method: request.method, path, body: text }, response)) return;
        if (`${request.method} ${path}` === 'GET /__control/requests') return send(response, 200, requests);
        if (`${request.method} ${path}` === 'POST /__control/reset') {
          requests.length = 0;
          rules.clear();
          return send(response, 200, { status: 'ok' });
        }
        return send(response, 404, { error: { message: 'Not found' } });
      }
      const rule = rules.take(path, text);
      if (rule) return misbehave(rule, response, () => undefined);
      if (request.headers.authorization !== `Bearer ${key}`) {
        return send(response, 401, {
          error: { message: 'Invalid API Key', type: 'invalid_request_error', code: 'invalid_api_key' },
        });
      }
      if (request.method === 'POST' && path === '/openai/v1/chat/completions')
        return complete(text, response);
      send(response, 404, {
        error: { message: `Unknown request URL: ${request.method} ${path}`, type: 'invalid_request_error' },
      });
    };

    const server = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => {
        if (!response.headersSent) {
          send(response, 400, { error: { message: String(error), type: 'invalid_request_error' } });
        }
      });
    });
    server.keepAliveTimeout = 120_000;
    const url = await listen(server, port);
    return {
      env: { GROQ_API_KEY: key, GROQ_API_URL: `${url}/openai/v1` },
      stop: () => close(server),
    };
  },
};
