import { describe, expect, test } from 'vitest';
import { appUrl, call, type Failure, waitForMail } from '../support/app';
import { BrowserSession } from '../support/browser-session';
import { createWorkspace, signUp, unique, uniqueEmail } from '../support/factories';
import { testStack } from '../support/stack';

const password = 'correct horse battery';
const newAccount = async (email = uniqueEmail()) => {
  const browser = new BrowserSession();
  const answer = await browser.call('/api/auth/sign-up', {
    body: { full_name: 'Ana Ruiz', email, password },
  });
  expect(answer.status).toBe(201);
  return { browser, email };
};
const signIn = (browser: BrowserSession, email: string, secret: string) =>
  browser.call<Failure>('/api/auth/sign-in', { body: { email, password: secret } });
/** The one link in the last mail to an address, as a path of the app. */
const mailedPath = async (email: string) => {
  const link = new URL((await waitForMail(email)).links[0] ?? '');
  expect(link.origin).toBe(appUrl());
  return `${link.pathname}${link.search}`;
};

describe('a session lives in cookies that no script can read', () => {
  test('signing up, in and out', async () => {
    const { browser, email } = await newAccount();
    expect((await browser.call('/api/profile')).body).toMatchObject({ email, full_name: 'Ana Ruiz' });

    const other = new BrowserSession();
    expect((await signIn(other, email, password)).status).toBe(204);
    const session = other.lastSetCookies.filter((line) => line.includes('auth-token='));
    expect(session.length).toBeGreaterThan(0);
    for (const line of session) {
      expect(line).toMatch(/HttpOnly/i);
      expect(line).toMatch(/SameSite=lax/i);
    }
    expect((await other.call('/api/workspaces')).status).toBe(200);
    expect((await other.call('/api/auth/sign-out', { method: 'POST' })).status).toBe(204);
    expect((await other.call('/api/workspaces')).status).toBe(401);
    expect((await browser.call('/api/workspaces')).status).toBe(200);
  });

  test('another site can’t write with it', async () => {
    const { browser } = await newAccount();
    const answer = await browser.call<Failure>('/api/workspaces', {
      body: { name: 'Not mine' },
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.status).toBe(403);
    expect((await browser.call<{ items: unknown[] }>('/api/workspaces')).body.items).toEqual([]);
  });
});

describe('a refusal says what to do, at the field it is about', () => {
  test('a wrong password and an unknown address get the same answer', async () => {
    const { email } = await newAccount();
    const wrong = await signIn(new BrowserSession(), email, 'not the password');
    const unknown = await signIn(new BrowserSession(), uniqueEmail(), 'not the password');
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    expect(unknown.body.error.fields).toEqual(wrong.body.error.fields);
    expect(wrong.body.error.fields?.password).toContain('wrong');
  });

  test('an address that has an account is told so at sign-up', async () => {
    const { email } = await newAccount();
    const again = await call<Failure>('/api/auth/sign-up', { body: { full_name: 'B', email, password } });
    expect(again.status).toBe(409);
    expect(again.body.error.fields).toHaveProperty('email');
  });

  test.each([
    [{ full_name: 'A', email: 'not an address', password }, 'email'],
    [{ full_name: 'A', email: 'a@b.example', password: 'short' }, 'password'],
    [{ full_name: 'A', email: 'a@b.example', password: 'x'.repeat(73) }, 'password'],
    [{ full_name: ' ', email: 'a@b.example', password }, 'full_name'],
    [{ full_name: 'A', email: 'a@b.example', password, time_zone: 'Mars/Olympus' }, 'time_zone'],
    [{ full_name: 'A', email: 'a@b.example', password, is_admin: true }, 'is_admin'],
  ])('%j names the field', async (body, field) => {
    const answer = await call<Failure>('/api/auth/sign-up', { body });
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.error.fields ?? {})).toEqual([field]);
  });
});

describe('a forgotten password', () => {
  test('is set anew through the mailed link, once, and ends the sessions elsewhere', async () => {
    const email = uniqueEmail();
    const elsewhere = await signUp({ email });
    expect((await call('/api/auth/forgot-password', { body: { email } })).status).toBe(202);
    const path = await mailedPath(email);

    // on another device than the one that asked
    const browser = new BrowserSession();
    expect(await browser.call(path)).toMatchObject({ status: 303, location: '/reset-password' });
    const next = `a new one ${unique()}`;
    expect((await browser.call('/api/auth/reset-password', { body: { password: next } })).status).toBe(204);
    expect((await signIn(new BrowserSession(), email, elsewhere.password)).status).toBe(401);
    expect((await signIn(new BrowserSession(), email, next)).status).toBe(204);
    expect((await browser.call('/api/profile')).status).toBe(200);

    expect(await new BrowserSession().call(path)).toMatchObject({
      status: 303,
      location: '/forgot-password?problem=link',
    });
    // the access token it holds runs out by itself, and there is no other
    const { error } = await elsewhere.supabase.auth.refreshSession();
    expect(error).not.toBeNull();
  });

  test('the answer doesn’t tell whether an address has an account, in words or in time', async () => {
    const { email } = await newAccount();
    const ask = async (address: string) => {
      const startedAt = performance.now();
      const { status, body } = await call('/api/auth/forgot-password', { body: { email: address } });
      return { status, body, isEven: performance.now() - startedAt >= 400 };
    };
    const known = await ask(email);
    const unknown = await ask(uniqueEmail());
    expect(known).toEqual({ status: 202, body: {}, isEven: true });
    expect(unknown).toEqual(known);
  });

  test('without the link nobody’s password can be set', async () => {
    const answer = await call<Failure>('/api/auth/reset-password', { body: { password } });
    expect(answer.status).toBe(401);
    expect(answer.body.error.message).toContain('Ask for a new one');
  });
});

describe('whoever is sent to sign in comes back to where they wanted to go, and nowhere else', () => {
  test('a page keeps its address on the way', async () => {
    const answer = await new BrowserSession().call('/people?status=hot&tag=a');
    expect(answer.status).toBe(307);
    const target = new URL(answer.location ?? '', appUrl());
    expect(target.pathname).toBe('/sign-in');
    expect(target.searchParams.get('next')).toBe('/people?status=hot&tag=a');
  });

  test('the signed-in are passed on at once', async () => {
    const { browser } = await newAccount();
    expect(await browser.call('/sign-in?next=%2Fwelcome')).toMatchObject({
      status: 307,
      location: '/welcome',
    });
  });

  test.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '/..//elsewhere.example',
  ])('next=%s leads home', async (next) => {
    const { browser } = await newAccount();
    const answer = await browser.call(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(answer).toMatchObject({ status: 307, location: '/' });
  });

  test('nor does a mailed link lead elsewhere', async () => {
    const { email } = await newAccount();
    await call('/api/auth/forgot-password', { body: { email } });
    const url = new URL(await mailedPath(email), appUrl());
    url.searchParams.set('next', 'https://elsewhere.example/x');
    expect((await new BrowserSession().call(url.pathname + url.search)).location).toBe('/reset-password');
    expect(
      await new BrowserSession().call('/auth/confirm?code=nonsense&next=//elsewhere.example'),
    ).toMatchObject({
      status: 303,
      location: '/sign-in?problem=link',
    });
  });

  test('with an account but no workspace, to the page that makes one', async () => {
    const { browser } = await newAccount();
    expect(await browser.call('/people')).toMatchObject({ status: 307, location: '/welcome' });
  });
});

describe('one’s own profile', () => {
  test('name and time zone change; an address or an unknown zone does not', async () => {
    const person = await signUp();
    const patch = (body: object) => call<Failure>('/api/profile', { as: person, method: 'PATCH', body });
    expect(await patch({ full_name: 'Kim Lee', time_zone: 'Europe/Vienna' })).toMatchObject({
      status: 200,
      body: { full_name: 'Kim Lee', time_zone: 'Europe/Vienna', email: person.email },
    });
    expect((await patch({ email: uniqueEmail() })).body.error.fields).toHaveProperty('email');
    expect((await patch({ time_zone: '+02:00' })).body.error.fields).toHaveProperty('time_zone');
  });

  test('the phone that rings is kept as it is dialled, however it was written, and can be taken away', async () => {
    const person = await signUp();
    const patch = (body: object) => call<Failure>('/api/profile', { as: person, method: 'PATCH', body });
    expect((await patch({ phone_e164: '(512) 555-0142' })).body).toMatchObject({
      phone_e164: '+15125550142',
    });
    expect((await patch({ phone_e164: '12' })).body.error.fields).toHaveProperty('phone_e164');
    expect((await call('/api/profile', { as: person })).body).toMatchObject({ phone_e164: '+15125550142' });
    expect((await patch({ phone_e164: '' })).body).toMatchObject({ phone_e164: null });
  });
});

describe('health', () => {
  test('says of database, auth and storage whether they answer, to anybody, and nothing else', async () => {
    const { status, body } = await call<Record<string, { ok: boolean; ms: number }>>('/api/health');
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['auth', 'database', 'storage']);
    for (const part of Object.values(body)) expect(part).toEqual({ ok: true, ms: expect.any(Number) });
  });
});

describe('the token for live events', () => {
  test('is for members with a session, and names the socket of the project', async () => {
    const { browser } = await newAccount();
    const made = await browser.call<{ id: string }>('/api/workspaces', {
      body: { name: `Team ${unique()}` },
    });
    const { status, body } = await browser.call<{
      url: string;
      token: string;
      expiresAt: number;
      workspaceId: string;
    }>('/api/realtime/token');
    expect(status).toBe(200);
    expect(body.workspaceId).toBe(made.body.id);
    expect(body.url).toBe(`${testStack().url.replace('http', 'ws')}/realtime/v1`);
    expect(body.expiresAt).toBeGreaterThan(Date.now());

    const stranger = await newAccount();
    const refused = await stranger.browser.call('/api/realtime/token', {
      headers: { 'x-workspace-id': made.body.id },
    });
    expect(refused.status).toBe(404);
    expect((await call('/api/realtime/token')).status).toBe(400);
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    expect((await call<{ token: string }>('/api/realtime/token', { as: owner, workspace })).body.token).toBe(
      owner.token,
    );
  });
});
