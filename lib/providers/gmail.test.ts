import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { gmailProvider } from '../../supabase/local/providers/gmail';
import type { RunningProvider } from '../../supabase/local/providers/registry';
import { exchangeGmailCode, type GmailAccount, gmailConsentUrl, openGmail, revokeGmail } from './gmail';

let provider: RunningProvider;
let dataDir = '';
let count = 0;
const base = () => provider.env.GMAIL_API_URL ?? '';

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'freehold-gmail-'));
  provider = await gmailProvider.start({
    port: 0,
    dataDir,
    appUrl: 'http://127.0.0.1:9',
    env: {},
    isLiving: false,
    log: () => undefined,
  });
  const settings = {
    ...provider.env,
    NEXT_PUBLIC_SUPABASE_URL: 'http://127.0.0.1:1',
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'unused',
    SUPABASE_SECRET_KEY: 'unused',
    APP_URL: 'http://127.0.0.1:3000',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
});
afterAll(async () => {
  await provider.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const control = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
  (await (
    await fetch(`${base()}/__control/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  ).json()) as T;
beforeEach(() => control('DELETE', 'rules'));

const newAddress = () => `dana${++count}@agency.example`;
const mail = (subject: string, more = '') =>
  `From: Iris <iris@mail.example>\r\nTo: dana@agency.example\r\nMessage-ID: <${randomBytes(6).toString('hex')}@mail.example>\r\nSubject: ${subject}\r\n${more}\r\nHello`;

async function openAccount(address: string): Promise<GmailAccount> {
  const { refresh_token } = await control<{ refresh_token: string }>('POST', 'grants', { address });
  return openGmail(
    { refreshToken: refresh_token, accessToken: null, accessExpiresAt: null },
    () => undefined,
  );
}

/** Gives the permission on the consent page and follows it to the code. */
async function consent(url: string, address: string): Promise<URL> {
  const asked = new URL(url);
  const form = new URLSearchParams(asked.searchParams);
  form.set('decision', 'allow');
  form.set('address', address);
  const response = await fetch(`${asked.origin}${asked.pathname}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? '');
}

describe('giving the permission', () => {
  const verifier = randomBytes(32).toString('base64url');
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');

  it('leads to tokens that open the mailbox, once and with the right verifier only', async () => {
    const address = newAddress();
    const url = gmailConsentUrl({ state: 'a state', codeChallenge, address });
    const back = await consent(url, address);
    expect(back.searchParams.get('state')).toBe('a state');
    const code = back.searchParams.get('code') ?? '';
    const tokens = await exchangeGmailCode(code, verifier);
    await expect(exchangeGmailCode(code, verifier)).rejects.toMatchObject({ kind: 'refused' });
    expect(await openGmail(tokens, () => undefined).profile()).toMatchObject({ address });

    const other = (await consent(url, address)).searchParams.get('code') ?? '';
    await expect(exchangeGmailCode(other, 'another verifier')).rejects.toMatchObject({ kind: 'refused' });

    await revokeGmail(tokens.refreshToken);
    await revokeGmail(tokens.refreshToken);
    const revoked = openGmail({ ...tokens, accessToken: null, accessExpiresAt: null }, () => undefined);
    await expect(revoked.profile()).rejects.toMatchObject({ kind: 'revoked' });
  });

  it('refuses a permission that leaves sending out', async () => {
    const url = new URL(gmailConsentUrl({ state: 's', codeChallenge }));
    url.searchParams.set('scope', 'https://www.googleapis.com/auth/gmail.readonly');
    const back = await consent(url.href, newAddress());
    await expect(exchangeGmailCode(back.searchParams.get('code') ?? '', verifier)).rejects.toMatchObject({
      kind: 'refused',
    });
  });
});

describe('an account', { timeout: 20_000 }, () => {
  it('tells what came since, page by page, and that a history is too old', async () => {
    const address = newAddress();
    const account = await openAccount(address);
    const { historyId } = await account.profile();
    const mails = Array.from({ length: 105 }, (_, each) => mail(`Mail ${each}`));
    await Promise.all(mails.map((raw) => control('POST', 'messages', { address, raw })));
    const first = await account.history(historyId);
    expect(first.ids).toHaveLength(100);
    const rest = await account.history(historyId, first.next ?? undefined);
    expect(new Set([...first.ids, ...rest.ids]).size).toBe(105);
    expect(rest.next).toBeNull();
    expect((await account.history(rest.historyId)).ids).toEqual([]);
    const again = await account.history(first.readTo);
    expect(again.ids, 'where the first page ends the rest begins').toEqual(rest.ids);
    await control('POST', 'expire-history', { address });
    await expect(account.history(historyId)).rejects.toMatchObject({ kind: 'gone' });
  });

  it('reads a message’s head and the whole of it', async () => {
    const address = newAddress();
    const account = await openAccount(address);
    const raw = mail('Palm Court', 'In-Reply-To: <first@agency.example>\r\n');
    const { id } = await control<{ id: string }>('POST', 'messages', { address, raw });
    const envelope = await account.envelope(id);
    expect(envelope.headers).toContainEqual({ name: 'In-Reply-To', value: '<first@agency.example>' });
    expect(Buffer.from(await account.raw(id)).toString()).toContain(raw);
    await expect(account.raw('absent')).rejects.toMatchObject({ kind: 'gone' });
    expect((await account.search('newer_than:2d -in:sent')).ids).toEqual([id]);
  });

  it('sends into a thread, once, and says what became of it', async () => {
    const address = newAddress();
    const account = await openAccount(address);
    const raw = Buffer.from(mail('Hello'));
    const sent = await account.send(raw, null);
    const next = await account.send(raw, sent.threadId);
    expect(next.threadId).toBe(sent.threadId);

    const post = { path: '/gmail/v1/users/me/messages/send' };
    await control('POST', 'rules', { match: post, status: 429, headers: { 'retry-after': '7' }, times: 1 });
    await expect(account.send(raw, null)).rejects.toMatchObject({
      kind: 'retry_later',
      retryAfterSeconds: 7,
    });
    await control('POST', 'rules', { match: post, status: 503, times: 1 });
    await expect(account.send(raw, null)).rejects.toMatchObject({ kind: 'unknown' });
    await control('POST', 'rules', { match: post, accept_and_drop: true, times: 1 });
    await expect(account.send(raw, null)).rejects.toMatchObject({ kind: 'unknown' });
    const { messages } = await control<{ messages: unknown[] }>('GET', `mailbox?address=${address}`);
    expect(messages, 'two answered, one accepted and cut off').toHaveLength(3);
  });

  it('is lost once its owner takes the permission back', async () => {
    const address = newAddress();
    const account = await openAccount(address);
    await account.profile();
    await control('POST', 'revoke', { address });
    const lost: unknown = await account.profile().catch((error: unknown) => error);
    expect(lost).toMatchObject({ kind: 'revoked' });
    // all of it, as a log would write it down
    expect(inspect(lost, { depth: 20 }), 'no token in what is logged').not.toMatch(
      /ya29|1\/\/|Bearer|config/,
    );
  });
});
