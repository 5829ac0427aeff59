import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { authError, confirmedNext, confirmUrl } from './domain';

const appUrl = 'https://crm.example';

describe('a link in a mail leads back into the app and nowhere else', () => {
  test('the path survives the way through the mail', () => {
    expect(confirmedNext(confirmUrl(appUrl, '/people?q=a&b=c'), appUrl)).toBe('/people?q=a&b=c');
  });
  test('an APP_URL with a slash at its end makes no double slash', () => {
    expect(confirmUrl('https://crm.example/', '/')).toBe('https://crm.example/auth/confirm?next=%2F');
  });
  test.each([
    [undefined, '/'],
    ['', '/'],
    ['/reset-password', '/reset-password'],
    ['https://crm.example/people?q=1', '/people?q=1'],
    ['https://crm.example', '/'],
    ['https://elsewhere.example/people', '/'],
    ['https://crm.example.elsewhere.example/people', '/'],
    ['https://crm.example/auth/confirm?next=//elsewhere.example', '/'],
    ['//elsewhere.example', '/'],
    ['javascript:alert(1)', '/'],
  ])('%j leads to %j', (next, expected) => expect(confirmedNext(next, appUrl)).toBe(expected));
});

describe('a refusal by the Auth server is said in words', () => {
  test('a wrong password and an unknown address read the same', () => {
    const wrong = authError({ code: 'invalid_credentials', message: '' });
    const unknown = authError({ code: 'user_not_found', message: '' });
    expect(wrong).toBeInstanceOf(AppError);
    expect(wrong.message).toBe(unknown.message);
  });
  test('a limit without a code is still a limit', () => {
    expect(authError({ status: 429, message: 'x' })).toMatchObject({ code: 'rate_limited' });
  });
  test('what nobody can do anything about stays a surprise', () => {
    expect(authError({ status: 500, message: 'boom' })).not.toBeInstanceOf(AppError);
  });
});
