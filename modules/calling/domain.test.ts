import { describe, expect, test } from 'vitest';
import { outcomeDefinitions, outcomes, outcomeWord, whyNext } from './domain';

const now = new Date('2026-11-20T20:00:00Z');
const zone = 'America/Chicago';
const row = {
  rule: 2 as const,
  last_outcome: null,
  last_called_at: null,
  follow_up_at: null,
  property_count: 0,
};

describe('why a number is next', () => {
  test('a promise says its time on the reader’s clock', () => {
    const promised = { ...row, rule: 1 as const, follow_up_at: '2026-11-20T20:00:00Z' };
    expect(whyNext(promised, now, zone)).toBe('Promised for 2:00 pm');
    expect(whyNext({ ...promised, follow_up_at: '2026-11-18T15:30:00Z' }, now, zone)).toBe(
      'Promised for Nov 18, 9:30 am',
    );
  });

  test('a number that nobody called says how many properties it leads to', () => {
    expect(whyNext({ ...row, property_count: 7 }, now, zone)).toBe('Never called, behind 7 properties');
    expect(whyNext({ ...row, property_count: 1 }, now, zone)).toBe('Never called, behind 1 property');
    expect(whyNext(row, now, zone)).toBe('Never called');
  });

  test('a number that was called says how that ended, and when', () => {
    const called = { ...row, rule: 3 as const, last_called_at: '2026-11-17T20:00:00Z' };
    expect(whyNext({ ...called, last_outcome: 'no_answer' }, now, zone)).toBe('No answer 3 days ago');
    expect(whyNext(called, now, zone)).toBe('Called 3 days ago');
  });
});

test('each of the nine keys has an outcome with its words', () => {
  expect(outcomes).toHaveLength(9);
  expect(Object.keys(outcomeDefinitions)).toEqual([...outcomes]);
  expect(outcomeWord('left_vm')).toBe('Left voicemail');
  expect(outcomeWord('of_a_newer_version')).toBe('of_a_newer_version');
});
