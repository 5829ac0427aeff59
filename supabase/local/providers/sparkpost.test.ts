import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { MailToSend, SendResult } from '@/lib/providers/sparkpost';
import { close, listen } from './http';
import type { RunningProvider } from './registry';
import { sparkpost } from './sparkpost';

let running: RunningProvider;
let send: (mail: MailToSend) => Promise<SendResult>;

const mail = (over: Partial<MailToSend> = {}): MailToSend => ({
  sendId: crypto.randomUUID(),
  workspaceId: crypto.randomUUID(),
  to: `${crypto.randomUUID()}@reader.example`,
  fromName: 'Ada Hale',
  fromAddress: 'ada@mail.freehold.example',
  replyTo: null,
  subject: 'The building on Elm Street',
  text: 'Good morning.\n\nhttps://app.example/u/1',
  html: null,
  headers: { 'Message-ID': '<a.b@mail.freehold.example>', 'List-Unsubscribe': '<https://app.example/u/1>' },
  ...over,
});

const control = async (path: string, body?: unknown) =>
  (
    await fetch(`${running.env.SPARKPOST_API_URL}/__control/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  ).json();

beforeAll(async () => {
  running = await sparkpost.start({
    port: 0,
    dataDir: tmpdir(),
    appUrl: 'http://127.0.0.1:9',
    env: {},
    isLiving: false,
    log: () => undefined,
  });
  const settings = {
    ...running.env,
    NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:9',
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'unused',
    SUPABASE_SECRET_KEY: 'unused',
    APP_URL: 'http://127.0.0.1:9',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  send = (await import('@/lib/providers/sparkpost')).sendTransmission;
});

afterAll(async () => {
  await running.stop();
  vi.unstubAllEnvs();
});

beforeEach(() => control('reset', {}));

test('what is sent arrives as it was written, braces and all, and the way out is not tracked', async () => {
  const html = '<p>{{ not_a_field }}</p><p><a href="https://app.example/u/1">Unsubscribe</a></p>';
  const one = mail({ subject: 'About {{this}} and {{{that}}}', html });
  const result = await send(one);
  const [got] = await control(`messages?send_id=${one.sendId}`);
  expect(result).toMatchObject({ kind: 'accepted', providerMessageId: got.transmission_id });
  expect(got).toMatchObject({ to: one.to, subject: one.subject, text: one.text, html, headers: one.headers });
});

test.each([
  [
    'a refused recipient',
    { status: 400, body: { errors: [{ message: 'no' }] } },
    { kind: 'recipient_refused' },
  ],
  [
    'too many requests',
    { status: 429, headers: { 'retry-after': '17' } },
    { kind: 'retry_later', retryAfterSeconds: 17 },
  ],
  ['a limit of the account', { status: 420 }, { kind: 'retry_later', retryAfterSeconds: 3600 }],
  ['an error of the provider', { status: 503 }, { kind: 'provider_error' }],
  ['a gateway that gave up waiting', { status: 504 }, { kind: 'unknown' }],
  ['a wrong key', { status: 401 }, { kind: 'not_authorized' }],
  [
    'a domain that is not verified',
    { status: 400, body: { errors: [{ code: '7001' }] } },
    { kind: 'not_authorized' },
  ],
  ['success without an id', { status: 200, body: 'welcome' }, { kind: 'unknown' }],
  ['a connection dropped after the mail was taken', { accept_and_drop: true }, { kind: 'unknown' }],
])('%s', async (_, rule, expected) => {
  await control('rules', { match: { path: '/api/v1/transmissions' }, ...rule });
  expect(await send(mail())).toMatchObject(expected);
});

test('a mail whose connection was dropped is found by the events search', async () => {
  await control('rules', { match: { path: '/api/v1/transmissions' }, accept_and_drop: true, times: 1 });
  const one = mail();
  await send(one);
  const response = await fetch(
    `${running.env.SPARKPOST_API_URL}/api/v1/events/message?events=injection&recipients=${one.to}`,
    { headers: { authorization: running.env.SPARKPOST_API_KEY ?? '' } },
  );
  const { results } = (await response.json()) as { results: { rcpt_meta: { send_id: string } }[] };
  expect(results.map(({ rcpt_meta }) => rcpt_meta.send_id)).toEqual([one.sendId]);
});

test('a line break in a header field is refused before anything goes out', async () => {
  const broken = [
    { subject: 'Hello\r\nBcc: all@reader.example' },
    { fromName: 'A\nB' },
    { headers: { 'X-A': 'b\r\nc' } },
  ];
  for (const over of broken) expect(await send(mail(over))).toMatchObject({ kind: 'recipient_refused' });
  expect(await control('stats')).toMatchObject({ attempts: 0 });
});

test('what never connected was not sent', async () => {
  const closed = createServer();
  const url = await listen(closed, 0);
  await close(closed);
  vi.resetModules();
  vi.stubEnv('SPARKPOST_API_URL', url);
  const { sendTransmission } = await import('@/lib/providers/sparkpost');
  expect(await sendTransmission(mail())).toMatchObject({ kind: 'provider_error' });
});

test('many at once are each taken once', async () => {
  const total = 500;
  await Promise.all(Array.from({ length: total }, () => send(mail())));
  expect(await control('stats')).toMatchObject({ accepted: total, distinct: total, duplicates: [] });
});
