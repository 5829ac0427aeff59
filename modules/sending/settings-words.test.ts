import { expect, test } from 'vitest';
import type { SendingDomain } from './schema';
import { capWords, domainState, paceWords } from './settings-words';

const domain: SendingDomain = {
  id: 'd',
  domain: 'mail.freehold.example',
  status: 'active',
  paused_reason: null,
  interval_seconds: 210,
  jitter_seconds: 30,
  next_send_at: '2026-11-02T09:00:00Z',
  daily_cap: 120,
  warmup_started_on: null,
  breaker: 'closed',
  breaker_until: null,
  consecutive_errors: 0,
  last_error: null,
  sent_today: 12,
  queued: 0,
};
const today = '2026-11-02';

test.each([
  [{}, 'Sending'],
  [{ consecutive_errors: 3, last_error: '503' }, 'Sending'],
  [{ breaker: 'open', consecutive_errors: 10, last_error: '503' }, 'Stopped by errors'],
  [{ breaker: 'half_open' }, 'Trying again'],
  [{ sent_today: 120 }, 'Done for today'],
  [{ status: 'paused', breaker: 'open' }, 'Paused'],
] as const)('a domain with %j is said to be “%s”', (over, label) => {
  expect(domainState({ ...domain, ...over }, today).label).toBe(label);
});

test('a domain that warms up is done for today at its first day’s cap', () => {
  const young = { ...domain, warmup_started_on: today, sent_today: 10 };
  expect(domainState(young, today).label).toBe('Done for today');
  expect(capWords(young, today)).toBe('10 of 10 today, day 1 of its warm-up to 120');
});

test('a pace is said in hours, minutes and seconds', () => {
  expect(paceWords(domain)).toBe('Every 3 min 30 s to 4 min');
  expect(paceWords({ interval_seconds: 0, jitter_seconds: 0 })).toBe('As fast as it goes');
  expect(paceWords({ interval_seconds: 3600, jitter_seconds: 0 })).toBe('Every 1 h');
});
