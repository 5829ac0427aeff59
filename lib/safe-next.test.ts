import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeNext, withNext } from './safe-next';

describe('the way back after sign-in stays inside the app', () => {
  test.each([
    ['/', '/'],
    ['/people', '/people'],
    ['/people?status=hot&sort=name#row', '/people?status=hot&sort=name#row'],
    ['/invitations/abc_-9', '/invitations/abc_-9'],
    ['/people?next=//elsewhere.example', '/people?next=//elsewhere.example'],
  ])('%j is kept', (value, expected) => expect(safeNext(value)).toBe(expected));

  test.each([
    '//elsewhere.example',
    '///elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/..//elsewhere.example',
    '/.//elsewhere.example',
    '/x/..//elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    ' /people',
    'people',
    '',
    null,
    undefined,
    ['/people', '/x'],
  ])('%j leads home', (value) => expect(safeNext(value)).toBe('/'));

  test('whatever comes in, a browser resolves what comes out to our own origin', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      '\t',
      '\n',
      '%2f',
      'http:',
      'x.example',
      '?',
      '#',
      'a',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const next = safeNext(`/${pieces.join('')}`);
        expect(new URL(next, 'https://crm.example').origin).toBe('https://crm.example');
      }),
    );
  });
});

test('an address names the way back only where there is one', () => {
  expect(withNext('/sign-in', '/')).toBe('/sign-in');
  expect(withNext('/sign-in', '/people?q=a&b')).toBe('/sign-in?next=%2Fpeople%3Fq%3Da%26b');
});
