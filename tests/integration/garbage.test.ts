/** What no form would send: each is refused with a sentence, and none is a failure of ours. */
import { request } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { appUrl, call, type Failure } from '../support/app';
import { type Cast, createCast, createPerson } from '../support/factories';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const ask = (path: string, method = 'GET', body?: unknown) =>
  call<Failure>(path, { as: cast.member, workspace: cast.workspace, method, body });

describe('a text that can’t be stored', () => {
  test.each([
    ['a NUL', '"Ada\\u0000"'],
    ['half of an emoji', '"Ada\\ud83d"'],
  ])('holds %s: the field is named', async (_, text) => {
    const answer = await ask('/api/people', 'POST', `{"first_name":"A","last_name":${text}}`);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.error.fields ?? {})).toEqual(['last_name']);
  });

  test.each(['q=%00', 'state=%00', 'tags=a&tags=b%00'])('stands in an address: ?%s', async (query) => {
    expect((await ask(`/api/people?${query}`)).status).toBe(400);
  });

  test('a whole emoji and a text from right to left are kept as they are', async () => {
    const { id } = await createPerson(cast.member, cast.workspace);
    const first_name = '😀 שלום';
    const answer = await ask(`/api/people/${id}`, 'PATCH', { first_name });
    expect(answer).toMatchObject({ status: 200, body: { first_name } });
  });
});

describe('a forged cursor', () => {
  const cursorOf = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const id = '00000000-0000-0000-0000-000000000000';

  test.each([
    ['a NUL', cursorOf('name', 'asc', '\0', id), 'name'],
    ['no date', cursorOf('last_activity', 'desc', 'soon', id), 'last_activity'],
    ['another order', cursorOf('created', 'desc', '2026-11-21', id), 'name'],
  ])('with %s is a wrong field', async (_, cursor, sort) => {
    expect((await ask(`/api/people?cursor=${cursor}&sort=${sort}`)).status).toBe(400);
  });
});

describe('a body', () => {
  test.each([
    ['not JSON', '{"a":'],
    ['nothing', ''],
    ['nested a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('that is %s is refused', async (_, body) => {
    expect((await ask('/api/people', 'POST', body)).status).toBe(400);
  });

  test('that doesn’t say its length is read no further than 5 MB, whoever sends it', async () => {
    // a connection of its own: what the server doesn't read it cuts off
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${appUrl()}/api/auth/sign-in`, { method: 'POST', agent: false });
      sending.on('response', (answer) => {
        resolve(answer.statusCode);
        sending.destroy();
      });
      sending.on('error', reject);
      for (let piece = 0; piece < 6; piece++) sending.write(Buffer.alloc(1024 * 1024, ' '));
    });
    expect(status).toBe(413);
  });
});

test('an answer about somebody’s records is kept by no cache', async () => {
  const answer = await ask('/api/people');
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
});

test.each(['people', 'organizations', 'properties'])(
  'without a session even the filters of %s ask to sign in',
  async (entity) => {
    const answer = await call(`/api/${entity}/options`, { workspace: cast.workspace });
    expect(answer.status).toBe(401);
  },
);
