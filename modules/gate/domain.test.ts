/** Whether a message may go: suppression and stops first, then holds, then the clock of the right zone. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { decide } from './domain';
import type { MailFacts } from './email';
import { isUsHoliday } from './holidays';
import { reasonSentence, reasons } from './reasons';
import { closedReason, knownZone, nextOpening, type SendingWindow } from './window';

const office: SendingWindow = { start: '09:00', end: '17:00', days: [1, 2, 3, 4, 5], skipHolidays: false };

const facts = (
  given: Partial<MailFacts> = {},
  campaign: Partial<NonNullable<MailFacts['campaign']>> = {},
): MailFacts => ({
  purpose: 'campaign',
  address: { status: 'active', since: null },
  person: { isDeleted: false, isDoNotContact: false, organizationIsDoNotContact: false },
  recipient: { exitReason: null, hasReplied: false },
  campaign: {
    status: 'sending',
    startsAt: null,
    exitsOnReply: true,
    window: office,
    zoneOf: 'campaign',
    timeZone: 'America/Chicago',
    ...campaign,
  },
  recipientZone: null,
  workspaceZone: 'America/Los_Angeles',
  domain: { status: 'active', breaker: 'closed' },
  hasBody: true,
  isProviderSet: true,
  ...given,
});

/** An instant by the clock on a wall. */
const at = (local: string, zone = 'America/Chicago') =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);
const local = (iso: string | undefined, zone = 'America/Chicago') =>
  iso && Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainDateTime().toString();

describe('the hours', () => {
  test.each([
    ['2026-03-03T08:59:59', 'hold', 'outside_hours', '2026-03-03T09:00:00'],
    ['2026-03-03T09:00:00', 'send', 'ok', undefined],
    ['2026-03-03T16:59:59', 'send', 'ok', undefined],
    ['2026-03-03T17:00:00', 'hold', 'outside_hours', '2026-03-04T09:00:00'],
    // Friday evening waits for Monday, the clock put forward in between
    ['2026-03-06T17:00:00', 'hold', 'outside_hours', '2026-03-09T09:00:00'],
    ['2026-03-07T12:00:00', 'hold', 'not_a_sending_day', '2026-03-09T09:00:00'],
    // and put back
    ['2026-10-30T17:00:00', 'hold', 'outside_hours', '2026-11-02T09:00:00'],
  ])('at %s: %s, %s', (now, verdict, reason, until) => {
    const decision = decide(facts(), at(now));
    expect([decision.verdict, decision.reason, local(decision.until)]).toEqual([verdict, reason, until]);
  });

  test('a weekend with a change of the clock is an hour shorter or longer, and nine stays nine', () => {
    const hours = (now: string) =>
      (Date.parse(decide(facts(), at(now)).until ?? '') - at(now).getTime()) / 3_600_000;
    expect(hours('2026-03-06T17:00')).toBe(63);
    expect(hours('2026-10-30T17:00')).toBe(65);
    expect(hours('2026-03-13T17:00')).toBe(64);
  });

  test('hours that the clock jumps into begin with the jump; hours it jumps over don’t come that night', () => {
    const days = [1, 2, 3, 4, 5, 6, 7];
    const opens = (start: string, end: string, now: string) =>
      local(
        nextOpening(
          { start, end, days, skipHolidays: false },
          Temporal.Instant.fromEpochMilliseconds(at(now).getTime()),
          'America/Chicago',
        )?.toString(),
      );
    expect(opens('02:30', '05:00', '2026-03-08T00:00')).toBe('2026-03-08T03:00:00');
    expect(opens('02:15', '02:45', '2026-03-08T00:00')).toBe('2026-03-09T02:15:00');
    expect(opens('01:30', '05:00', '2026-11-01T00:00')).toBe('2026-11-01T01:30:00');
  });

  test('the recipient’s clock counts where it is known, and a name nobody knows falls back and says so', () => {
    const now = at('2026-03-03T09:30', 'America/New_York');
    const there = (recipientZone: string | null, timeZone = 'America/Chicago') =>
      decide(facts({ recipientZone }, { zoneOf: 'recipient', timeZone }), now);
    expect(there('America/New_York')).toMatchObject({ verdict: 'send', zone: 'America/New_York' });
    expect(there(null)).toMatchObject({ verdict: 'hold', zone: 'America/Chicago' });
    expect(there(null)).not.toHaveProperty('note');
    expect(there('Mars/Olympus')).toMatchObject({ zone: 'America/Chicago', note: 'zone_unknown' });
    expect(there('Mars/Olympus', 'Nowhere')).toMatchObject({
      zone: 'America/Los_Angeles',
      note: 'zone_unknown',
    });
    expect(knownZone(['Mars/Olympus', null])).toEqual({ zone: 'UTC', isFallback: true });
  });

  test('at any instant in any zone: it is open now, or opens later and at no time in between', () => {
    const zones = [
      'America/Chicago',
      'Europe/Vienna',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'UTC',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) }),
        fc.constantFrom(...zones),
        fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.boolean(),
        (epoch, zone, [from, to], days, skipHolidays) => {
          fc.pre(from < to);
          const time = (minutes: number) =>
            `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
          const window = { start: time(from), end: time(to), days, skipHolidays };
          const now = Temporal.Instant.fromEpochMilliseconds(epoch);
          const closedAt = (instant: Temporal.Instant) =>
            closedReason(window, instant.toZonedDateTimeISO(zone));
          const opens = nextOpening(window, now, zone);
          if (!opens) throw new Error('it never opens');
          expect(closedAt(opens)).toBeNull();
          const wait = opens.epochMilliseconds - now.epochMilliseconds;
          expect(wait).toBeGreaterThanOrEqual(0);
          for (const share of [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
            const between = now.add({ milliseconds: Math.floor(wait * share) });
            if (wait > 0) expect(closedAt(between)).not.toBeNull();
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('holidays', () => {
  test('the eleven of 2026, and the Friday on which the fourth of July is observed', () => {
    const year = Array.from({ length: 365 }, (_, day) =>
      Temporal.PlainDate.from('2026-01-01').add({ days: day }),
    );
    expect(year.filter(isUsHoliday).map((date) => date.toString().slice(5))).toEqual([
      '01-01',
      '01-19',
      '02-16',
      '05-25',
      '06-19',
      '07-03',
      '07-04',
      '09-07',
      '10-12',
      '11-11',
      '11-26',
      '12-25',
    ]);
    expect(isUsHoliday(Temporal.PlainDate.from('2027-12-31'))).toBe(true);
    expect(isUsHoliday(Temporal.PlainDate.from('2027-07-05'))).toBe(true);
  });

  test('they hold mail where the campaign asks for it', () => {
    const now = at('2026-11-26T12:00');
    expect(decide(facts(), now).verdict).toBe('send');
    const decision = decide(facts({}, { window: { ...office, skipHolidays: true } }), now);
    expect([decision.reason, local(decision.until)]).toEqual(['holiday', '2026-11-27T09:00:00']);
  });
});

describe('what stops a mail', () => {
  const open = at('2026-03-03T12:00');
  const person = { isDeleted: false, isDoNotContact: false, organizationIsDoNotContact: false };
  const drops: [string, MailFacts][] = [
    ['suppressed_unsubscribed', facts({ address: { status: 'unsubscribed', since: null } })],
    ['suppressed_bounced', facts({ address: { status: 'hard_bounced', since: null } })],
    ['suppressed_complained', facts({ address: { status: 'complained', since: null } })],
    ['suppressed', facts({ address: { status: 'suppressed', since: null } })],
    ['person_deleted', facts({ person: { ...person, isDeleted: true } })],
    ['do_not_contact', facts({ person: { ...person, isDoNotContact: true } })],
    ['organization_do_not_contact', facts({ person: { ...person, organizationIsDoNotContact: true } })],
    ['replied', facts({ recipient: { exitReason: null, hasReplied: true } })],
    ['replied', facts({ recipient: { exitReason: 'replied', hasReplied: true } })],
    ['exited', facts({ recipient: { exitReason: 'manual', hasReplied: false } })],
    ['exited', facts({ recipient: { exitReason: 'completed', hasReplied: false } })],
    ['campaign_cancelled', facts({}, { status: 'cancelled' })],
  ];
  test.each(drops)('%s drops it, whatever else holds it', (reason, given) => {
    expect(decide(given, open)).toMatchObject({ verdict: 'drop', reason });
    const held = { ...given, hasBody: false, isProviderSet: false, domain: null };
    expect(decide(held, at('2026-03-07T03:00'))).toMatchObject({ verdict: 'drop', reason });
  });

  test('a reply lets a campaign go on that doesn’t end with one', () => {
    const given = facts({ recipient: { exitReason: null, hasReplied: true } }, { exitsOnReply: false });
    expect(decide(given, open).verdict).toBe('send');
  });

  test('a mail that failed goes again when a person asks for it', () => {
    expect(decide(facts({ recipient: { exitReason: 'failed', hasReplied: false } }), open).verdict).toBe(
      'send',
    );
  });

  const holds: [string, MailFacts, string | undefined][] = [
    ['campaign_paused', facts({}, { status: 'paused' }), undefined],
    ['not_started', facts({}, { startsAt: '2026-03-05T12:00:00.000Z' }), '2026-03-05T12:00:00.000Z'],
    ['provider_unset', facts({ isProviderSet: false }), undefined],
    ['no_body', facts({ hasBody: false }), undefined],
    ['domain_paused', facts({ domain: { status: 'paused', breaker: 'closed' } }), undefined],
    ['domain_paused', facts({ domain: null }), undefined],
    ['breaker_open', facts({ domain: { status: 'active', breaker: 'open' } }), undefined],
    [
      'soft_bounced',
      facts({ address: { status: 'soft_bounced', since: '2026-03-03T10:00:00.000Z' } }),
      '2026-03-04T10:00:00.000Z',
    ],
  ];
  test.each(holds)('%s holds it', (reason, given, until) => {
    const decision = decide(given, open);
    expect(decision).toMatchObject({ verdict: 'hold', reason });
    expect(decision.until).toBe(until);
  });

  test('a day after a soft bounce the address is tried again', () => {
    const address = { status: 'soft_bounced' as const, since: '2026-03-02T10:00:00.000Z' };
    expect(decide(facts({ address }), open).verdict).toBe('send');
  });

  test('a test goes at any hour, but never to a suppressed address', () => {
    const night = at('2026-03-07T03:00');
    expect(decide(facts({ purpose: 'test' }, { status: 'draft' }), night).verdict).toBe('send');
    const address = { status: 'unsubscribed' as const, since: null };
    expect(decide(facts({ purpose: 'test', address }), night).verdict).toBe('drop');
  });

  test('every reason has a sentence, and an unknown one stays as it is', () => {
    for (const reason of reasons) expect(reasonSentence(reason)).toMatch(/\.$/);
    expect(reasonSentence('newer')).toBe('newer');
    expect(reasonSentence('toString')).toBe('toString');
  });
});

describe('a mail after a call', () => {
  const followup = (given: Partial<MailFacts> = {}) =>
    facts({
      purpose: 'followup',
      campaign: null,
      recipient: { exitReason: null, hasReplied: false },
      ...given,
    });
  const reasonOf = (given: Partial<MailFacts>) => decide(followup(given), at('2026-03-07T23:00:00')).reason;

  test('goes at any hour, through a domain that is active or a mailbox that needs none', () => {
    expect(reasonOf({})).toBe('ok');
    expect(reasonOf({ domain: { status: 'paused', breaker: 'closed' } })).toBe('domain_paused');
    expect(reasonOf({ domain: { status: 'active', breaker: 'open' } })).toBe('breaker_open');
    expect(reasonOf({ domain: null, isThroughMailbox: true })).toBe('ok');
  });

  test('is dropped once its outcome is taken back, they answered, or anything forbids writing to them', () => {
    expect(reasonOf({ recipient: { exitReason: 'undone', hasReplied: false } })).toBe('outcome_undone');
    expect(reasonOf({ recipient: { exitReason: 'answered', hasReplied: false } })).toBe('answered');
    expect(reasonOf({ recipient: { exitReason: null, hasReplied: true } })).toBe('replied');
    expect(reasonOf({ address: { status: 'unsubscribed', since: null } })).toBe('suppressed_unsubscribed');
    expect(
      reasonOf({ person: { isDeleted: false, isDoNotContact: true, organizationIsDoNotContact: false } }),
    ).toBe('do_not_contact');
  });
});
