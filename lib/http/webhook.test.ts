import { expect, test } from 'vitest';
import { AppError } from '../errors';
import { hasBasicAuth, oneByOne, type WebhookContext } from './webhook';

const shown = (authorization?: string) =>
  new Request('http://127.0.0.1/', { headers: authorization ? { authorization } : {} });
const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

test('only the right user and password pass, and nothing does where they are unset', () => {
  expect(hasBasicAuth(shown(basic('ada:correct horse')), 'ada', 'correct horse')).toBe(true);
  expect(hasBasicAuth(shown(basic('ada:a:b')), 'ada', 'a:b')).toBe(true);
  for (const header of [
    undefined,
    '',
    'Basic',
    basic('ada'),
    basic('ada:wrong'),
    basic('eve:correct horse'),
    'Bearer x',
  ]) {
    expect(hasBasicAuth(shown(header), 'ada', 'correct horse')).toBe(false);
  }
  expect(hasBasicAuth(shown(basic(':')), undefined, undefined)).toBe(false);
  expect(hasBasicAuth(shown(basic('ada:')), 'ada', undefined)).toBe(false);
});

test('one by one: what is refused is poison, what failed is left to be sent again, the others are handled', async () => {
  const handler = oneByOne(async ({ id }) => {
    if (id === 'poison') throw new AppError('invalid', { userMessage: 'Not a number' });
    if (id === 'later') throw new Error('the database is away');
  });
  const events = ['first', 'poison', 'later', 'last'].map((id) => ({ id, type: 'call', payload: null }));
  const handled = await handler(events, { log: { error: () => undefined } } as unknown as WebhookContext);
  expect(handled).toEqual([
    { id: 'first', error: null },
    { id: 'poison', error: expect.stringContaining('Not a number') },
    { id: 'last', error: null },
  ]);
});
