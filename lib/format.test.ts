import { describe, expect, it } from 'vitest';
import {
  dayKey,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDay,
  formatMoney,
  formatNumber,
  formatRelative,
} from './format';
import { formatPhone } from './format-phone';

const CHICAGO = 'America/Chicago';
const NOW = '2026-11-20T18:00:00Z';

describe('formatRelative', () => {
  it.each([
    ['2026-11-20T17:59:30Z', 'just now'],
    ['2026-11-20T18:00:20Z', 'in a moment'],
    ['2026-11-20T17:55:00Z', '5 min ago'],
    ['2026-11-20T15:00:00Z', '3 h ago'],
    ['2026-11-20T20:30:00Z', 'in 2 h'],
    ['2026-11-19T16:00:00Z', 'yesterday'],
    ['2026-11-21T18:00:00Z', 'tomorrow'],
    ['2026-11-16T18:00:00Z', '4 days ago'],
    ['2026-11-13T17:00:00Z', 'Nov 13'],
    ['2025-11-13T17:00:00Z', 'Nov 13, 2025'],
  ])('is relative under a week and a date beyond it: %s', (at, expected) => {
    expect(formatRelative(at, CHICAGO, NOW)).toBe(expected);
  });

  it('counts days on the calendar of the zone, not of UTC', () => {
    // 8 pm on the 18th in Chicago is already the 19th in UTC.
    expect(formatRelative('2026-11-19T02:00:00Z', CHICAGO, NOW)).toBe('2 days ago');
    expect(formatRelative('2026-11-19T02:00:00Z', 'UTC', NOW)).toBe('yesterday');
  });

  it('is not thrown off by the day of 25 hours at the end of daylight saving time', () => {
    expect(formatRelative('2026-10-31T17:00:00Z', CHICAGO, '2026-11-02T18:00:00Z')).toBe('2 days ago');
  });

  it('shows nothing for an unreadable time rather than "Invalid Date"', () => {
    expect(formatRelative('soon', CHICAGO, NOW)).toBe('');
    expect(formatDateTime('soon', CHICAGO)).toBe('');
  });
});

describe('days', () => {
  it('names the day in the zone', () => {
    expect(dayKey('2026-11-20T03:00:00Z', CHICAGO)).toBe('2026-11-19');
    expect(formatDay('2026-11-20T03:00:00Z', CHICAGO, NOW)).toBe('Yesterday');
    expect(formatDay(NOW, CHICAGO, NOW)).toBe('Today');
    expect(formatDay('2026-11-16T18:00:00Z', CHICAGO, NOW)).toBe('Monday, Nov 16');
    expect(formatDay('2024-11-16T18:00:00Z', CHICAGO, NOW)).toBe('Nov 16, 2024');
  });

  it('says the zone beside an absolute time', () => {
    expect(formatDateTime('2026-11-16T21:04:00Z', CHICAGO).replace(/\u202f/g, ' ')).toBe(
      'Nov 16, 2026, 3:04 PM CST',
    );
  });
});

describe('numbers', () => {
  it('separates thousands and shows cents only where there are any', () => {
    expect(formatNumber(1204)).toBe('1,204');
    expect(formatMoney(1_200_000)).toBe('$1,200,000');
    expect(formatMoney(99.5)).toBe('$99.50');
    expect(formatMoney(1_250_000, 'USD', true)).toBe('$1.3M');
  });

  it('never shows 1024 of a unit', () => {
    expect(formatBytes(512)).toBe('512 B');
    expect(formatBytes(1536)).toBe('1.5 kB');
    expect(formatBytes(1024 * 1024 - 1)).toBe('1 MB');
  });

  it('words a count', () => {
    expect(formatCount(1, 'owner')).toBe('1 owner');
    expect(formatCount(1204, 'person', 'people')).toBe('1,204 people');
  });
});

describe('formatPhone', () => {
  it('is national at home and international abroad', () => {
    expect(formatPhone('+12125550142', 'US')).toBe('(212) 555-0142');
    expect(formatPhone('+442079460018', 'US')).toBe('+44 20 7946 0018');
  });

  it('leaves what it can not read as it is', () => {
    expect(formatPhone('ext 4', 'US')).toBe('ext 4');
  });
});
