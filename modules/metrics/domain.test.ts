import { describe, expect, test } from 'vitest';
import {
  chartTop,
  countedWords,
  figureOfSlug,
  formatDays,
  formatMetric,
  metricChange,
  metricHref,
  readMetricState,
  weekStart,
} from './domain';

const value = (figure: number | null) => ({ value: figure, hits: 1, count: 2 });

describe('an ISO week', () => {
  test.each([
    ['2026-W47', '2026-11-16'],
    ['2026-W01', '2025-12-29'],
    ['2026-W53', '2026-12-28'],
    ['2027-W01', '2027-01-04'],
  ])('%s begins on %s', (week, monday) => {
    expect(weekStart(week)).toBe(monday);
  });

  test.each(['2025-W53', '2026-W54', '2026-W00', '2026-47', '2026-W5', 'W47', '', '0000-W01'])(
    '%s is none',
    (week) => {
      expect(weekStart(week)).toBeNull();
    },
  );
});

describe('the address of rows', () => {
  test('says what is asked for, and nothing that goes without saying', () => {
    expect(metricHref('contact_rate')).toBe('/reports/contact-rate');
    expect(metricHref('cycle_time_days', { days: 7, period: 'previous', by: 'none' })).toBe(
      '/reports/cycle-time?days=7&period=previous&by=none',
    );
    expect(metricHref('approval_rate', { days: 90, week: '2026-W47', result: 'hit' })).toBe(
      '/reports/approval-rate?week=2026-W47&result=hit',
    );
  });

  test('is read back as it was written', () => {
    const state = {
      days: 90,
      period: 'previous' as const,
      week: null,
      by: '5b4f3b3e-6e6f-4a59-9f43-0d6bb1c8a111',
      result: 'miss' as const,
    };
    const search = new URL(metricHref('contact_rate', state), 'https://freehold.example').searchParams;
    expect(readMetricState(Object.fromEntries(search))).toEqual(state);
  });

  test('is read without what it can’t mean', () => {
    expect(
      readMetricState({
        days: '1e9',
        period: 'next',
        week: '2025-W53',
        by: "' or true",
        result: ['maybe', 'hit'],
      }),
    ).toEqual({ days: 30, period: 'current', week: null, by: null, result: null });
  });

  test('is of a figure that there is', () => {
    expect([figureOfSlug('cycle-time'), figureOfSlug('cycle_time_days'), figureOfSlug('x')]).toEqual([
      'cycle_time_days',
      null,
      null,
    ]);
  });
});

describe('the words of a figure', () => {
  test('are per cent or days, and none where nothing was counted', () => {
    expect(formatMetric('contact_rate', 49.23)).toBe('49.2%');
    expect(formatMetric('cycle_time_days', 24.04)).toBe('24 days');
    expect(formatMetric('cycle_time_days', 1)).toBe('1 day');
    expect(formatMetric('approval_rate', null)).toBeNull();
  });

  test('say what it was counted from', () => {
    expect(countedWords('contact_rate', { value: 50, hits: 1, count: 2 })).toBe('1 of 2 attempts');
    expect(countedWords('cycle_time_days', { value: 3, hits: 1, count: 1 })).toBe('1 won card');
  });

  test('say the change between the numbers that are shown', () => {
    // 49.25 and 45.15 are shown as 49.3 and 45.2
    expect(metricChange('contact_rate', value(49.25), value(45.15))).toBe('+4.1 points');
    expect(metricChange('cycle_time_days', value(20), value(21))).toBe('−1 day');
    expect(metricChange('contact_rate', value(10.01), value(10.04))).toBe('No change');
    expect(metricChange('contact_rate', value(10), value(null))).toBeNull();
  });

  test('say from when to when', () => {
    expect(formatDays('2026-10-23', '2026-11-21')).toBe('Oct 23 – Nov 21');
    expect(formatDays('2026-12-20', '2027-01-18')).toBe('Dec 20, 2026 – Jan 18, 2027');
  });
});

test('a chart ends a little above its highest value, a rate never above all', () => {
  expect(chartTop('contact_rate', [12, 49, null])).toBe(50);
  expect(chartTop('contact_rate', [100])).toBe(100);
  expect(chartTop('cycle_time_days', [130])).toBe(150);
  expect(chartTop('cycle_time_days', [null])).toBe(1);
});
