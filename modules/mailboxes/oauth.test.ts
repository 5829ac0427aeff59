import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { beginConsent, consentSeconds, endConsent } from './oauth';

const key = randomBytes(32).toString('base64');
const who = { userId: 'u', workspaceId: 'w' };
const now = 1_000_000;

describe('a consent', () => {
  it('is ended in the browser in which it was begun, with its verifier and whose it is', () => {
    const { state, codeChallenge, cookie } = beginConsent(who, key, now);
    const ended = endConsent(cookie, state, key, now + 1);
    expect(ended).toMatchObject(who);
    expect(
      createHash('sha256')
        .update(ended?.verifier ?? '')
        .digest('base64url'),
    ).toBe(codeChallenge);
    expect(cookie).not.toContain(state);
  });

  it('is not ended by another state, a cookie of one’s own making, or too late', () => {
    const { state, cookie } = beginConsent(who, key, now);
    const another = beginConsent(who, key, now);
    const made = beginConsent(who, randomBytes(32).toString('base64'), now);
    expect(endConsent(cookie, another.state, key, now)).toBeNull();
    expect(endConsent(undefined, state, key, now)).toBeNull();
    expect(endConsent(cookie, undefined, key, now)).toBeNull();
    expect(endConsent(made.cookie, made.state, key, now)).toBeNull();
    expect(endConsent(cookie, state, key, now + consentSeconds * 1000)).toBeNull();
  });

  it('takes along nothing but what it needs', () => {
    const many = { ...who, secret: 'of the session' };
    const { state, cookie } = beginConsent(many, key, now);
    expect(endConsent(cookie, state, key, now)).not.toHaveProperty('secret');
  });
});
