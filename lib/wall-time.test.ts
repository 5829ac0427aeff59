import { describe, expect, test } from 'vitest';
import { instantOf, wallTime, wallTimeAfter } from './wall-time';

describe('the clock on the wall', () => {
  test('a time in a zone is the instant at which its clock shows it', () => {
    expect(instantOf('2026-11-23T09:00', 'America/New_York')).toBe('2026-11-23T14:00:00.000Z');
    expect(instantOf('2026-07-01T09:00', 'America/New_York')).toBe('2026-07-01T13:00:00.000Z');
    expect(instantOf('2026-07-01T09:00', 'Asia/Kolkata')).toBe('2026-07-01T03:30:00.000Z');
  });

  test('an hour that the clock skips is taken as much later; one shown twice is its first', () => {
    // 8 March 2026, 2:00 becomes 3:00; 1 November 2026, 2:00 becomes 1:00
    expect(instantOf('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
    expect(instantOf('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  test('there and back is the same minute, on every hour of the days when the clock changes', () => {
    for (const day of ['2026-03-08', '2026-11-01', '2026-06-15']) {
      for (let hour = 0; hour < 24; hour += 1) {
        const at = Date.parse(`${day}T${String(hour).padStart(2, '0')}:15Z`);
        const local = wallTime(at, 'America/Chicago');
        const back = Date.parse(instantOf(local, 'America/Chicago') ?? '');
        expect(wallTime(back, 'America/Chicago')).toBe(local);
      }
    }
  });

  test('what is no time has no instant', () => {
    expect(instantOf('', 'America/New_York')).toBeNull();
    expect(instantOf('2026-13-40T99:00', 'America/New_York')).toBeNull();
  });

  test('days on are days of the calendar, whatever the clock did meanwhile', () => {
    expect(wallTimeAfter('2026-10-31T18:20', 3, '09:00')).toBe('2026-11-03T09:00');
    expect(wallTimeAfter('2026-12-31T23:59', 1, '09:00')).toBe('2027-01-01T09:00');
  });
});
