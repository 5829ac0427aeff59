/** The emulator of Groq, asked by the real client. */
import { tmpdir } from 'node:os';
import { createGroq } from '@ai-sdk/groq';
import { generateText } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groq } from './groq';
import type { RunningProvider } from './registry';

let running: RunningProvider;
let url = '';
beforeAll(async () => {
  running = await groq.start({
    port: 0,
    appUrl: 'http://127.0.0.1:9',
    env: {},
    isLiving: false,
    dataDir: tmpdir(),
    log: () => undefined,
  });
  url = running.env.GROQ_API_URL ?? '';
});
afterAll(() => running.stop());

const write = (prompt: string, apiKey = running.env.GROQ_API_KEY) =>
  generateText({ model: createGroq({ apiKey, baseURL: url })('any'), prompt, maxRetries: 0 });
const control = async (method: string, path: string, body?: unknown) =>
  (await fetch(`${new URL(url).origin}/__control/${path}`, { method, body: JSON.stringify(body) })).json();

describe('the model of the demo', () => {
  test('writes the same for the same prompt, of the facts that it is told', async () => {
    const prompt = JSON.stringify({
      task: 'Say hello',
      facts: { property_name: 'Palm Court', city: 'Austin' },
    });
    const [one, other] = await Promise.all([write(prompt), write(prompt)]);
    expect(one.text).toBe(other.text);
    expect(one.text).toMatch(/Palm Court/);
    expect((await write('no facts at all')).text).not.toMatch(/\{/);
  });

  test('refuses another key, and keeps what it was asked', async () => {
    await expect(write('hello', 'gsk_other')).rejects.toMatchObject({ statusCode: 401 });
    await write('keep this');
    const [latest] = (await control('GET', 'requests')) as { body: unknown }[];
    expect(JSON.stringify(latest)).toContain('keep this');
  });

  test('misbehaves as often as it is told to', async () => {
    await control('POST', 'rules', { match: { contains: 'busy' }, status: 429, times: 1 });
    await expect(write('busy')).rejects.toMatchObject({ statusCode: 429 });
    expect((await write('busy')).text).not.toBe('');
  });
});
