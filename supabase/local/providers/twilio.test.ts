/** The emulator of Twilio, asked by the real client through our adapter, and its webhooks checked by the real validator. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningProvider } from './registry';
import { twilio } from './twilio';

type Hook = { path: string; params: Record<string, string | string[]>; isSigned: boolean };

let running: RunningProvider;
let app: Server;
let adapter: typeof import('../../../lib/providers/twilio');
const hooks: Hook[] = [];
/** What the app answers, by path. */
const documents: Record<string, string> = {};

beforeAll(async () => {
  app = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = String(Buffer.concat(chunks));
    // a proxy shows another host; the signature is of the public one
    const seen = new Request(`http://10.0.0.7:3000${request.url}`, {
      headers: { 'x-twilio-signature': String(request.headers['x-twilio-signature']) },
    });
    hooks.push({
      path: request.url ?? '',
      params: { ...adapter.formParams(body) },
      isSigned: adapter.isSigned(seen, body),
    });
    response.end(documents[(request.url ?? '').split('?')[0] ?? ''] ?? '<Response/>');
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  running = await twilio.start({
    port: 0,
    appUrl,
    env: {},
    isLiving: false,
    dataDir: tmpdir(),
    log: () => undefined,
  });
  Object.assign(process.env, running.env, {
    APP_URL: appUrl,
    NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:9',
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'unused',
    SUPABASE_SECRET_KEY: 'unused',
  });
  adapter = await import('../../../lib/providers/twilio');
});
afterAll(async () => {
  await running.stop();
  app.closeAllConnections();
  app.close();
});

async function control<T = Record<string, unknown>>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${running.env.TWILIO_API_URL}/__control/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}
const ours = '+15125550190';
const text = (to: string) =>
  adapter.sendText({
    to,
    from: ours,
    body: 'Hello & good day',
    statusCallback: `${process.env.APP_URL}/status?id=1`,
  });

describe('each way an attempt can end', () => {
  test('taken, and found again in the list', async () => {
    const result = await text('+15125550101');
    expect(result).toMatchObject({ kind: 'accepted', sid: expect.stringMatching(/^SM/) });
    const listed = await adapter.listTexts({
      to: '+15125550101',
      from: ours,
      since: new Date(0).toISOString(),
    });
    expect(listed).toMatchObject([{ body: 'Hello & good day', status: 'queued' }]);
  });

  test.each([
    [
      'a refused recipient',
      { status: 400, body: { code: 21614, message: 'not a mobile' } },
      { kind: 'recipient_refused', code: '21614' },
    ],
    [
      'too many',
      { status: 429, headers: { 'retry-after': '7' }, body: { code: 20429 } },
      { kind: 'retry_later', retryAfterSeconds: 7 },
    ],
    ['a number that is not ours', { status: 400, body: { code: 21606 } }, { kind: 'not_authorized' }],
    ['a wrong token', { status: 401, body: { code: 20003 } }, { kind: 'not_authorized' }],
    ['an error that says nothing was taken', { status: 500, body: {} }, { kind: 'provider_error' }],
    ['a gateway that gave up', { status: 504, body: 'timeout' }, { kind: 'unknown' }],
    ['taken, and the answer lost', { accept_and_drop: true }, { kind: 'unknown' }],
  ])('%s', async (_, rule, wanted) => {
    await control('rules', { match: { contains: '+15125550102' }, times: 1, ...rule });
    expect(await text('+15125550102')).toMatchObject(wanted);
  });

  test('what the real service refuses, the emulator refuses in its words', async () => {
    expect(await text('0')).toMatchObject({ kind: 'recipient_refused', code: '21211' });
    expect(await adapter.endCall('CAunknown')).toMatchObject({ kind: 'not_authorized' });
  });

  test('the numbers of the account, with what they can', async () => {
    const found = await adapter.listNumbers();
    expect(found).toContainEqual(expect.objectContaining({ e164: '+18005550192', features: ['voice'] }));
    await adapter.pointNumber(found[0]?.sid ?? '', {
      voiceUrl: 'http://127.0.0.1:9/v',
      smsUrl: 'http://127.0.0.1:9/s',
      statusCallback: 'http://127.0.0.1:9/c',
    });
  });
});

test('a signature is of the address that is public, of empty and repeated parameters too', () => {
  const form = 'A=&B=2&B=1&__proto__=x';
  expect(adapter.formParams(form)).toMatchObject({ A: '', B: ['2', '1'] });
  const shown = (signature: string, url = 'http://10.0.0.7/x?y=1') =>
    adapter.isSigned(new Request(url, { headers: { 'x-twilio-signature': signature } }), form);
  expect(shown('')).toBe(false);
  expect(shown('AAAA')).toBe(false);
});

test('a call follows what the app says, both legs are told of, and every request is signed', async () => {
  documents['/bridge'] =
    '<?xml version="1.0"?><Response><Say>Connecting &amp; more</Say><Dial action="/after" callerId="+15125550190" record="record-from-answer-dual" recordingStatusCallback="/recording"><Number statusCallback="/status?leg=theirs" statusCallbackEvent="initiated ringing answered completed">+15125550103</Number></Dial></Response>';
  documents['/after'] = '<Response><Hangup/></Response>';
  const base = process.env.APP_URL;
  const result = await adapter.placeCall({
    to: '+15125550104',
    from: ours,
    url: `${base}/bridge?call=1`,
    statusCallback: `${base}/status?leg=ours`,
    ringSeconds: 20,
  });
  if (result.kind !== 'accepted') throw new Error(result.message);
  await control('settled', {});
  await control('call', { sid: result.sid, act: 'answer' });
  const [child] = await control<{ sid: string }[]>(`calls?parent=${result.sid}`);
  await control('call', { sid: child?.sid, act: 'answer' });
  const ended = await control<{ status: string; heard: string[] }>('call', {
    sid: child?.sid,
    act: 'end',
    seconds: 42,
  });
  expect(ended.status).toBe('completed');
  const [parent] = await control<{ status: string; heard: string[] }[]>('calls?to=%2B15125550104');
  expect(parent).toMatchObject({ status: 'completed', heard: ['Connecting & more'] });
  const told = hooks
    .filter(({ path }) => path.startsWith('/status?leg=theirs'))
    .map(({ params }) => params.CallStatus);
  expect(told).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
  expect(hooks.find(({ path }) => path === '/recording')?.params).toMatchObject({ RecordingDuration: '42' });
  expect(hooks.find(({ path }) => path === '/after')?.params).toMatchObject({ DialCallStatus: 'completed' });
  expect(hooks.every(({ isSigned }) => isSigned)).toBe(true);
  expect(await adapter.endCall(result.sid)).toMatchObject({ kind: 'recipient_refused', code: '21220' });
  const sid = String(hooks.find(({ path }) => path === '/recording')?.params.RecordingSid);
  expect((await adapter.fetchRecording(sid))?.headers.get('content-type')).toBe('audio/mpeg');
  expect(await adapter.fetchRecording('REunknown')).toBeNull();
});
