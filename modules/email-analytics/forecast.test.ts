/** The day a campaign ends, and what the next week carries: caps, pace, hours, holidays, follow-ups, other campaigns. */
import { describe, expect, test } from 'vitest';
import { domainCapacity, draftMails, forecastEnd, officeHours, planWeek } from './forecast';
import type { AnalyticsStep, DomainState } from './types';

const zone = 'America/Chicago';
/** A Monday, before anybody is at work. */
const monday = new Date('2026-03-02T12:00:00Z');

const domain = (given: Partial<DomainState> = {}): DomainState => ({
  id: 'a',
  domain: 'a.example',
  status: 'active',
  paused_reason: null,
  interval_seconds: 210,
  jitter_seconds: 30,
  daily_cap: 50,
  warmup_started_on: null,
  breaker: 'closed',
  breaker_until: null,
  consecutive_errors: 0,
  last_error: null,
  next_send_at: '2026-03-02T12:00:00Z',
  sent_today: 0,
  counts: {},
  ...given,
});
const step = (id: string, edges: AnalyticsStep['edges'] = []): AnalyticsStep => ({
  id,
  name: id,
  subjects: [''],
  edges,
});
const way = (to: string, days: number, condition: 'no_reply' | 'opened' = 'no_reply') => ({
  to,
  days,
  hours: 0,
  minutes: 0,
  condition,
});
const end = (given: Partial<Parameters<typeof forecastEnd>[0]>) =>
  forecastEnd({
    hours: officeHours,
    steps: [step('one')],
    waiting: [{ step_id: 'one', domain_id: 'a', day: '2026-03-02', count: 100 }],
    underWay: [],
    queues: [],
    isRunning: true,
    domains: [domain()],
    zone,
    now: monday,
    capOn: ({ daily_cap }) => daily_cap,
    ...given,
  });

describe('the first mails of a draft', () => {
  const draft = (given: Partial<Parameters<typeof draftMails>[0]>) =>
    draftMails({
      entry: 'one',
      count: 10,
      startsAt: null,
      today: '2026-03-02',
      zone,
      domains: [domain()],
      ...given,
    });
  test('are all handed out, by what each domain that can send may send a day', () => {
    const domains = [
      domain({ daily_cap: 20 }),
      domain({ id: 'b', daily_cap: 10 }),
      domain({ id: 'c', status: 'paused' }),
    ];
    expect(draft({ domains }).map(({ domain_id, count }) => [domain_id, count])).toEqual([
      ['a', 7],
      ['b', 3],
    ]);
  });
  test('wait for its beginning, on the day that it has in the workspace', () => {
    expect(draft({ startsAt: '2026-03-10T03:00:00Z' })[0]?.day).toBe('2026-03-09');
    expect(draft({ startsAt: '2026-02-10T03:00:00Z' })[0]?.day).toBe('2026-03-02');
  });
  test('are none without recipients or a first step, and stuck without a domain', () => {
    expect(draft({ count: 0 })).toEqual([]);
    expect(draft({ entry: null })).toEqual([]);
    const domains = [domain({ status: 'paused' })];
    expect(end({ waiting: draft({ domains }), domains, isRunning: false })).toEqual({ kind: 'stuck' });
  });
});

describe('what a domain can send on a day', () => {
  test('is its cap, where its pace has room for it', () => {
    expect(domainCapacity(domain(), { cap: 50, hours: officeHours })).toBe(50);
  });
  test('is what its pace has room for, where the cap is higher', () => {
    // 8 hours at 225 s: the first at the opening, 128 after it
    expect(domainCapacity(domain(), { cap: 500, hours: officeHours })).toBe(129);
  });
  test('is what is left of the hours and of the cap', () => {
    const at = (hour: number, sent: number) =>
      domainCapacity(domain(), { cap: 50, hours: officeHours, fromSeconds: hour * 3600, sent });
    expect([at(16, 0), at(17, 0), at(9, 45), at(9, 60)]).toEqual([17, 0, 5, 0]);
  });
  test('is nothing while it is paused', () => {
    expect(domainCapacity(domain({ status: 'paused' }), { cap: 50, hours: officeHours })).toBe(0);
  });
});

describe('the end of a campaign', () => {
  test('follows from the caps of the days', () => {
    expect(end({})).toEqual({ kind: 'ends', day: '2026-03-03', mails: 100 });
  });

  test('passes over the weekend, and over holidays where the campaign does', () => {
    const waiting = [{ step_id: 'one', domain_id: 'a', day: '2026-05-22', count: 60 }];
    const now = new Date('2026-05-22T12:00:00Z');
    expect(end({ waiting, now })).toMatchObject({ day: '2026-05-25' });
    expect(end({ waiting, now, hours: { ...officeHours, skip_holidays: true } })).toMatchObject({
      day: '2026-05-26',
    });
  });

  test('grows with the warm-up', () => {
    const capOn = (_: DomainState, day: string) => (day < '2026-03-04' ? 10 : 40);
    expect(end({ capOn })).toEqual({ kind: 'ends', day: '2026-03-05', mails: 100 });
  });

  test('counts the mails that follow where nobody answers', () => {
    const steps = [step('one', [way('three', 1, 'opened'), way('two', 3)]), step('two'), step('three')];
    // the second hundred: Thursday 5 and Friday 6
    expect(end({ steps })).toEqual({ kind: 'ends', day: '2026-03-06', mails: 200 });
  });

  test('counts those who are between two mails', () => {
    const steps = [step('one', [way('two', 3)]), step('two')];
    const underWay = [{ step_id: 'one', domain_id: 'a', day: '2026-03-09', count: 5 }];
    expect(end({ steps, waiting: [], underWay })).toEqual({ kind: 'ends', day: '2026-03-09', mails: 5 });
  });

  test('shares the domain with other campaigns', () => {
    const queues = [{ domain_id: 'a', day: '2026-03-02', count: 200 }];
    // 100 of its own and 100 of others: 25 a day each
    expect(end({ queues })).toMatchObject({ day: '2026-03-05' });
  });

  test('moves mails of a paused domain to the others', () => {
    const domains = [domain({ status: 'paused' }), domain({ id: 'b', domain: 'b.example' })];
    expect(end({ domains })).toMatchObject({ kind: 'ends', day: '2026-03-03' });
  });

  test('is none without a domain, without open days, in a circle, and after the last mail', () => {
    expect(end({ domains: [domain({ status: 'paused' })] })).toEqual({ kind: 'stuck' });
    expect(end({ capOn: () => 0 })).toEqual({ kind: 'stuck' });
    expect(end({ steps: [step('one', [way('one', 7)])] })).toEqual({ kind: 'endless' });
    expect(end({ waiting: [] })).toEqual({ kind: 'done' });
  });

  test('leaves what it was told of as it was', () => {
    const waiting = [{ step_id: 'one', domain_id: 'a', day: '2026-03-02', count: 100 }];
    end({ waiting });
    expect(waiting[0]?.count).toBe(100);
  });
});

describe('the next seven days', () => {
  test('carry over what a day has no room for, and count what is left', () => {
    const { week, later } = planWeek({
      domains: [domain(), domain({ id: 'b', domain: 'b.example', status: 'paused' })],
      queues: [
        { domain_id: 'a', day: '2026-03-02', count: 260 },
        { domain_id: 'a', day: '2026-03-20', count: 7 },
        { domain_id: 'b', day: '2026-03-02', count: 3 },
      ],
      windows: [],
      zone,
      now: monday,
      capOn: ({ daily_cap }) => daily_cap,
    });
    expect(week.map(({ planned }) => planned)).toEqual([50, 50, 50, 50, 50, 0, 0]);
    expect(week.map(({ is_open }) => is_open)).toEqual([true, true, true, true, true, false, false]);
    expect(later).toBe(10 + 7 + 3);
  });

  test('are the hours of all campaigns together', () => {
    const { week } = planWeek({
      domains: [domain({ daily_cap: 1000, interval_seconds: 3600, jitter_seconds: 0 })],
      queues: [],
      windows: [officeHours, { ...officeHours, hours_start: '12:00', hours_end: '20:00', days: [5, 6] }],
      zone,
      now: monday,
      capOn: ({ daily_cap }) => daily_cap,
    });
    expect(week.map(({ capacity }) => capacity)).toEqual([9, 9, 9, 9, 12, 9, 0]);
  });
});
