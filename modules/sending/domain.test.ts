/** Warm-up, retries, and what a batch of answers says of a domain. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SendResult } from '@/lib/providers/sparkpost';
import type { Decision } from '@/modules/gate/domain';
import { breakerPolicy, capOfDay, finishOf, tally, warmupCaps } from './domain';

const now = new Date('2026-03-03T16:00:00.000Z');
const sent: Decision = { verdict: 'send', reason: 'ok', at: now.toISOString() };
const error: SendResult = { kind: 'provider_error', message: '503' };
const accepted: SendResult = { kind: 'accepted', providerMessageId: '1' };
const refused: SendResult = { kind: 'recipient_refused', message: '400' };

describe('the cap of a day', () => {
  test('is the domain’s own once it is warm, and grows from ten while it isn’t', () => {
    expect(capOfDay(120, null, '2026-03-03')).toBe(120);
    expect(capOfDay(120, '2026-03-03', '2026-03-03')).toBe(10);
    expect(capOfDay(120, '2026-03-03', '2026-03-04')).toBe(13);
    expect(capOfDay(120, '2026-03-03', '2026-04-30')).toBe(120);
    // a warm-up that is to begin tomorrow begins slowly all the same
    expect(capOfDay(120, '2026-03-04', '2026-03-03')).toBe(10);
  });

  test('never shrinks from one day to the next, and ends at any cap', () => {
    for (const [day, cap] of warmupCaps.entries()) expect(cap).toBeGreaterThan(warmupCaps[day - 1] ?? 0);
    expect(warmupCaps.at(-1)).toBeGreaterThan(1_000_000);
  });
});

describe('an answer', () => {
  test('of acceptance sends; a refusal of the recipient fails; silence is unknown', () => {
    expect(finishOf('a', accepted, 0, sent, now)).toMatchObject({
      outcome: 'sent',
      provider_message_id: '1',
      attempt: 1,
    });
    expect(finishOf('a', refused, 0, sent, now)).toMatchObject({ outcome: 'failed', error: '400' });
    expect(finishOf('a', { kind: 'unknown', message: 'timeout' }, 0, sent, now)).toMatchObject({
      outcome: 'unknown',
    });
  });

  test('429 waits as long as it says, or a minute, and is no attempt', () => {
    const wait = (retryAfterSeconds: number | null) =>
      finishOf('a', { kind: 'retry_later', retryAfterSeconds, message: '429' }, 0, sent, now);
    expect(wait(90)).toMatchObject({ outcome: 'requeue', run_at: '2026-03-03T16:01:30.000Z' });
    expect(wait(null)).toMatchObject({ run_at: '2026-03-03T16:01:00.000Z' });
    expect(wait(90)).not.toHaveProperty('attempt');
  });

  test('5xx is tried five times, each later than the one before', () => {
    const times = [0, 1, 2, 3].map((attempts) => finishOf('a', error, attempts, sent, now).run_at ?? '');
    expect([...times].sort()).toEqual(times);
    expect(finishOf('a', error, 4, sent, now)).toMatchObject({ outcome: 'failed' });
  });
});

describe('a batch', () => {
  test('whatever is in it, moves the count of errors as its answers would one after the other', () => {
    const kinds: SendResult[] = [
      error,
      accepted,
      refused,
      { kind: 'unknown', message: 'timeout' },
      { kind: 'retry_later', retryAfterSeconds: 5, message: '429' },
    ];
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(...kinds), { maxLength: 12 }), { maxLength: 8 }),
        (batches) => {
          let byOne = 0;
          let bySet = 0;
          for (const batch of batches) {
            for (const { kind } of batch) {
              if (kind === 'accepted') byOne = 0;
              else if (kind === 'provider_error' || kind === 'unknown') byOne += 1;
            }
            const sum = tally(batch, now);
            bySet = sum.succeeded ? sum.errors_after : bySet + sum.errors;
          }
          expect(bySet).toBe(byOne);
        },
      ),
    );
  });

  test('nine errors, a success and an error are one error; a recipient’s fault is none', () => {
    const nine = Array.from({ length: breakerPolicy.threshold - 1 }, () => error);
    expect(tally([...nine, accepted, error], now)).toMatchObject({ succeeded: true, errors_after: 1 });
    expect(tally([refused, refused], now)).toMatchObject({ errors: 0, succeeded: false, trip: false });
    expect(tally([{ kind: 'not_authorized', message: 'key' }], now)).toMatchObject({
      trip: true,
      error: 'key',
    });
  });

  test('of several requests to wait, the longest counts', () => {
    const wait = (retryAfterSeconds: number): SendResult => ({
      kind: 'retry_later',
      retryAfterSeconds,
      message: '429',
    });
    expect(tally([wait(5), wait(60), wait(30)], now).wait_until).toBe('2026-03-03T16:01:00.000Z');
  });
});
