import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openToken, sealToken } from './token-cipher';

const key = randomBytes(32).toString('base64');

describe('a sealed token', () => {
  it('opens for whom it was sealed, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.uuid(), (token, boundTo) => {
        expect(openToken(sealToken(token, { key, boundTo }), { key, boundTo })).toBe(token);
      }),
    );
  });

  it('opens for no other mailbox and with no other key', () => {
    const sealed = sealToken('1//refresh', { key, boundTo: 'a' });
    expect(openToken(sealed, { key, boundTo: 'b' })).toBeNull();
    expect(openToken(sealed, { key: randomBytes(32).toString('base64'), boundTo: 'a' })).toBeNull();
  });

  it('does not open once a byte of it was changed or cut off', () => {
    const sealed = sealToken('1//refresh', { key, boundTo: 'a' });
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openToken(`v1.${changed.toString('base64url')}`, { key, boundTo: 'a' })).toBeNull();
    }
    for (const broken of ['', 'v1', 'v1.', 'v2.abc', sealed.slice(0, 20)]) {
      expect(openToken(broken, { key, boundTo: 'a' })).toBeNull();
    }
  });

  it('shows neither the token nor that two tokens are the same', () => {
    const first = sealToken('1//refresh', { key, boundTo: 'a' });
    expect(first).not.toContain('refresh');
    expect(sealToken('1//refresh', { key, boundTo: 'a' })).not.toBe(first);
  });
});
