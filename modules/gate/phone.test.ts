/** Whether a number may be dialled or texted: what forbids it for good first, then who has it, then rests, caps and hours. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { decide } from './domain';
import {
  type CallFacts,
  factsOfPhone,
  type HoldReason,
  hoursOf,
  type PhoneFacts,
  type TextFacts,
} from './phone';

const newYork = 'America/New_York';
const losAngeles = 'America/Los_Angeles';
/** The zones of a number that may be anywhere in the United States, as those of the prefix 1. */
const everywhere = [
  'America/Adak',
  'America/Anchorage',
  'America/Chicago',
  'America/Denver',
  losAngeles,
  newYork,
  'America/Phoenix',
  'Pacific/Honolulu',
];

const phone = (given: Partial<PhoneFacts> = {}): PhoneFacts => ({
  e164: '+12125550142',
  status: 'active',
  lineType: 'mobile',
  isDoNotCall: false,
  isOptedOut: false,
  isNobodyBehind: false,
  claim: null,
  holds: [],
  promisedAt: null,
  zones: [newYork],
  isZoneKnown: true,
  hours: { start: '08:00:00', end: '21:00:00' },
  calls: { count: 0, cap: 3, freeAt: null },
  texts: { count: 0, cap: 5, freeAt: null },
  ...given,
});
const number = { status: 'active', breaker: 'closed', isArchived: false } as const;
const dial = (given: Partial<PhoneFacts> = {}, facts: Partial<CallFacts> = {}): CallFacts => ({
  channel: 'call',
  phone: phone(given),
  isPlacedByUs: true,
  isProviderSet: true,
  number,
  ...facts,
});
const text = (given: Partial<PhoneFacts> = {}, facts: Partial<TextFacts> = {}): TextFacts => ({
  channel: 'text',
  purpose: 'direct',
  phone: phone(given),
  person: null,
  batch: null,
  segments: 1,
  isProviderSet: true,
  number,
  ...facts,
});

/** An instant by the clock on a wall. */
const at = (local: string, zone = newYork) =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);
const local = (iso: string | undefined, zone = newYork) =>
  iso && Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainDateTime().toString();
const noon = at('2026-11-18T12:00');
const inMinutes = (minutes: number, from = noon) => new Date(from.getTime() + minutes * 60_000).toISOString();
const hold = (reason: HoldReason, minutes: number | null, since = -5): PhoneFacts['holds'][number] => ({
  id: crypto.randomUUID(),
  reason,
  since: inMinutes(since),
  until: minutes === null ? null : inMinutes(minutes),
});

describe('the hours at the called party’s place', () => {
  test.each([
    ['2026-11-18T07:59:59', 'hold', 'quiet_hours', '2026-11-18T08:00:00'],
    ['2026-11-18T08:00:00', 'send', 'ok', undefined],
    ['2026-11-18T20:59:59', 'send', 'ok', undefined],
    ['2026-11-18T21:00:00', 'hold', 'quiet_hours', '2026-11-19T08:00:00'],
    // a weekend and a holiday are days to call on
    ['2026-11-26T12:00:00', 'send', 'ok', undefined],
    ['2026-11-22T12:00:00', 'send', 'ok', undefined],
  ])('at %s: %s, %s', (now, verdict, reason, until) => {
    for (const facts of [dial(), text()]) {
      const decision = decide(facts, at(now));
      expect([decision.verdict, decision.reason, local(decision.until)]).toEqual([verdict, reason, until]);
      expect(decision.zone).toBe(newYork);
      expect(decision.note).toBeUndefined();
    }
  });

  // the nights of 8 March and 1 November 2026, where the clock changes in the first and the last of these alone
  test.each([newYork, 'America/Phoenix', 'Pacific/Honolulu', 'America/St_Johns'])(
    'in %s eight is eight on both sides of both nights of the clock',
    (zone) => {
      for (const day of [
        '2026-03-07',
        '2026-03-08',
        '2026-03-09',
        '2026-10-31',
        '2026-11-01',
        '2026-11-02',
      ]) {
        const given = dial({ zones: [zone] });
        const ask = (time: string) => decide(given, at(`${day}T${time}`, zone));
        expect(ask('07:59:59')).toMatchObject({
          reason: 'quiet_hours',
          until: at(`${day}T08:00`, zone).toISOString(),
        });
        expect(ask('08:00:00').verdict).toBe('send');
        expect(ask('20:59:59').verdict).toBe('send');
        const tomorrow = Temporal.PlainDate.from(day).add({ days: 1 }).toString();
        expect(ask('21:00:00')).toMatchObject({
          reason: 'quiet_hours',
          until: at(`${tomorrow}T08:00`, zone).toISOString(),
        });
      }
    },
  );

  test('the night that loses an hour is ten hours long, the one that gains one twelve', () => {
    const hours = (now: string) =>
      (Date.parse(decide(dial(), at(now)).until ?? '') - at(now).getTime()) / 3_600_000;
    expect(hours('2026-03-07T21:00')).toBe(10);
    expect(hours('2026-10-31T21:00')).toBe(12);
    expect(hours('2026-11-18T21:00')).toBe(11);
  });

  test('a number that may lie in two zones waits for the later morning and ends with the earlier evening', () => {
    const zones = ['America/Chicago', newYork];
    expect(decide(dial({ zones }), at('2026-11-18T08:30'))).toMatchObject({
      reason: 'quiet_hours',
      zone: 'America/Chicago',
      until: at('2026-11-18T08:00', 'America/Chicago').toISOString(),
    });
    expect(decide(dial({ zones }), at('2026-11-18T20:30', 'America/Chicago'))).toMatchObject({
      reason: 'quiet_hours',
      zone: newYork,
      until: at('2026-11-19T08:00', 'America/Chicago').toISOString(),
    });
  });

  test('a number of New York with a person in California may be called from 11 am to 9 pm in New York', () => {
    const given = dial({ zones: [losAngeles, newYork] });
    const verdicts = ['10:59:59', '11:00:00', '20:59:59', '21:00:00'].map(
      (time) => decide(given, at(`2026-11-18T${time}`)).verdict,
    );
    expect(verdicts).toEqual(['hold', 'send', 'send', 'hold']);
  });

  test('a number that may be anywhere, as a toll-free one, is called while Honolulu and New York are both awake', () => {
    const given = dial({ zones: everywhere });
    const verdicts = ['12:59:59', '13:00:00', '20:59:59', '21:00:00'].map(
      (time) => decide(given, at(`2026-11-18T${time}`)).verdict,
    );
    expect(verdicts).toEqual(['hold', 'send', 'send', 'hold']);
    // Honolulu keeps its clock when New York puts its own forward
    expect(local(decide(given, at('2026-03-07T23:00')).until)).toBe('2026-03-08T14:00:00');
  });

  test('a zone that a person set counts alone', () => {
    expect(decide(dial({ zones: ['Asia/Tokyo'] }), at('2026-11-18T12:00')).reason).toBe('quiet_hours');
    expect(decide(dial({ zones: ['Asia/Tokyo'] }), at('2026-11-18T20:00', 'Asia/Tokyo')).verdict).toBe(
      'send',
    );
  });

  test('where nobody knows the zone, the workspace’s counts and the decision says so', () => {
    expect(decide(dial({ isZoneKnown: false }), noon)).toMatchObject({
      verdict: 'send',
      zone: newYork,
      note: 'zone_unknown',
    });
    expect(decide(dial({ zones: ['Atlantis/Harbor'] }), noon)).toMatchObject({
      zone: 'UTC',
      note: 'zone_unknown',
    });
  });

  test('a workspace may call within narrower hours', () => {
    const hours = { start: '09:30', end: '17:00' };
    expect(decide(dial({ hours }), at('2026-11-18T09:29:59'))).toMatchObject({
      reason: 'quiet_hours',
      until: at('2026-11-18T09:30').toISOString(),
    });
    expect(decide(dial({ hours }), at('2026-11-18T17:00'))).toMatchObject({ reason: 'quiet_hours' });
    expect(decide(dial({ hours }), at('2026-11-18T16:59:59')).verdict).toBe('send');
  });

  test('zones that are never awake at once are never called, and no time is promised', () => {
    const decision = decide(
      dial({ zones: ['Asia/Tokyo', newYork], hours: { start: '09:00', end: '17:00' } }),
      noon,
    );
    expect(decision).toMatchObject({ verdict: 'hold', reason: 'quiet_hours' });
    expect(decision.until).toBeUndefined();
  });

  test('whatever the zones and the instant: it is open at the time it names, in all of them, and not a second before', () => {
    const zone = fc.constantFrom(...everywhere, 'America/St_Johns', 'America/Puerto_Rico', 'Europe/London');
    fc.assert(
      fc.property(
        fc.uniqueArray(zone, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: Date.UTC(2026, 2, 6), max: Date.UTC(2026, 10, 5) }),
        (zones, instant) => {
          const facts = { zones, isZoneKnown: true, hours: { start: '08:00', end: '21:00' } };
          const { isOpen, opensAt } = hoursOf(facts, instant);
          const clocks = zones.map(
            (name) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name).hour,
          );
          expect(isOpen).toBe(clocks.every((hour) => hour >= 8 && hour < 21));
          if (opensAt === null) return;
          expect(hoursOf(facts, opensAt).isOpen).toBe(true);
          if (!isOpen) expect(hoursOf(facts, opensAt - 1).isOpen).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a dial', () => {
  const gone = { isDoNotCall: true, status: 'invalid', isNobodyBehind: true } as const;
  const theirs = { userId: 'u', name: 'Jo', expiresAt: inMinutes(2), isMine: false };
  const resting = { holds: [hold('closed', null), hold('called', 30)] };
  const capped = { calls: { count: 3, cap: 3, freeAt: inMinutes(90) } };

  test('what forbids it for good comes first, then whose it is, then our number, rests, caps and hours', () => {
    const all: Partial<PhoneFacts> = { ...gone, claim: theirs, ...resting, ...capped, zones: ['Asia/Tokyo'] };
    const paused = { number: { ...number, status: 'paused' } } as const;
    const ask = (given: Partial<PhoneFacts>, facts: Partial<CallFacts> = paused) => {
      const { verdict, reason } = decide(dial({ ...all, ...given }, facts), noon);
      return `${verdict} ${reason}`;
    };
    const free: Partial<PhoneFacts> = { isDoNotCall: false, status: 'active', isNobodyBehind: false };
    expect([
      ask({}),
      ask({ isDoNotCall: false }),
      ask({ isDoNotCall: false, status: 'disconnected' }),
      ask({ isDoNotCall: false, status: 'active' }),
      ask(free),
      ask({ ...free, claim: null }, { ...paused, isProviderSet: false }),
      ask({ ...free, claim: null }),
      ask({ ...free, claim: null }, {}),
      ask({ ...free, claim: null, holds: [hold('called', 30)] }, {}),
      ask({ ...free, claim: null, holds: [] }, {}),
      ask({ ...free, claim: null, holds: [], calls: { count: 2, cap: 3, freeAt: null } }, {}),
      ask(
        { ...free, claim: null, holds: [], calls: { count: 2, cap: 3, freeAt: null }, zones: [newYork] },
        {},
      ),
    ]).toEqual([
      'drop do_not_call',
      'drop number_invalid',
      'drop number_invalid',
      'drop nobody_behind',
      'hold claimed',
      'hold provider_unset',
      'hold number_paused',
      'hold closed',
      'hold locked_number',
      'hold call_cap',
      'hold quiet_hours',
      'send ok',
    ]);
  });

  test.each([
    ['closed', 'closed'],
    ['rejected', 'rejected'],
    ['wrong_person', 'wrong_person'],
    ['owner_confirmed', 'set_aside'],
    ['by_hand', 'held_by_hand'],
    ['called', 'locked_number'],
    ['person_called', 'locked_person'],
    ['property_called', 'locked_property'],
  ] as const)('a hold “%s” says %s, and an administrator may dial in spite of it', (key, reason) => {
    const given = { holds: [hold(key, null)] };
    expect(decide(dial(given), noon)).toMatchObject({ verdict: 'hold', reason });
    expect(decide(dial(given, { isOverridden: true }), noon)).toMatchObject({
      verdict: 'send',
      reason: 'ok',
      overridden: reason,
    });
  });

  test.each([
    ['do_not_call', { isDoNotCall: true }],
    ['number_invalid', { status: 'invalid' }],
    ['nobody_behind', { isNobodyBehind: true }],
    ['claimed', { claim: theirs }],
    ['call_cap', capped],
    ['quiet_hours', { zones: ['Asia/Tokyo'] }],
  ] as [string, Partial<PhoneFacts>][])('no administrator passes %s', (reason, given) => {
    const decision = decide(dial({ ...resting, ...given }, { isOverridden: true }), noon);
    expect(decision.reason).toBe(reason);
    expect(decision.verdict).not.toBe('send');
  });

  test('one’s own claim, and one that has run out, are no obstacle', () => {
    expect(decide(dial({ claim: { ...theirs, isMine: true } }), noon).verdict).toBe('send');
    expect(decide(dial({ claim: { ...theirs, expiresAt: inMinutes(-1) } }), noon).verdict).toBe('send');
    expect(decide(dial({ claim: theirs }), noon).until).toBe(theirs.expiresAt);
  });

  test('a rest ends when it ends; what ends by night waits for the morning', () => {
    expect(decide(dial({ holds: [hold('called', 60)] }), noon).until).toBe(inMinutes(60));
    expect(decide(dial({ holds: [hold('called', 600)] }), noon)).toMatchObject({
      reason: 'locked_number',
      until: at('2026-11-19T08:00').toISOString(),
    });
    // the first reason is told, the last end counts
    expect(decide(dial({ holds: [hold('called', 60), hold('person_called', 120)] }), noon)).toMatchObject({
      reason: 'locked_number',
      until: inMinutes(120),
    });
    expect(decide(dial({ holds: [hold('called', 60), hold('by_hand', null)] }), noon).until).toBeUndefined();
    expect(decide(dial({ holds: [hold('called', 0)] }), noon).verdict).toBe('send');
  });

  test('a call that was promised after it rested ends the rest; an older promise and a hold by hand don’t end', () => {
    const rests = [hold('called', 60), hold('person_called', 1440)];
    expect(decide(dial({ holds: rests, promisedAt: inMinutes(0) }), noon).verdict).toBe('send');
    expect(decide(dial({ holds: rests, promisedAt: inMinutes(30) }), noon)).toMatchObject({
      reason: 'locked_number',
      until: inMinutes(30),
    });
    expect(decide(dial({ holds: rests, promisedAt: inMinutes(-10) }), noon).reason).toBe('locked_number');
    expect(decide(dial({ holds: [hold('by_hand', 60)], promisedAt: inMinutes(0) }), noon).reason).toBe(
      'held_by_hand',
    );
  });

  test('a call that somebody dials by hand asks for no provider and no number of ours', () => {
    const byHand = { isPlacedByUs: false, isProviderSet: false, number: null };
    expect(decide(dial({}, byHand), noon).verdict).toBe('send');
    expect(decide(dial(resting, byHand), noon).reason).toBe('closed');
  });
});

describe('a text', () => {
  const verdictOf = (facts: TextFacts) => {
    const { verdict, reason } = decide(facts, noon);
    return `${verdict} ${reason}`;
  };

  test('in this order: the list, an opt-out, the number, the person, the line, the length, the batch', () => {
    const gone = { isDeleted: true, isDoNotContact: true, organizationIsDoNotContact: true };
    const steps: [Partial<PhoneFacts>, Partial<TextFacts>][] = [
      [{ isDoNotCall: true }, {}],
      [{ isOptedOut: true }, {}],
      [{ status: 'invalid' }, {}],
      [{}, { person: gone }],
      [{}, { person: { ...gone, isDeleted: false } }],
      [{}, { person: { ...gone, isDeleted: false, isDoNotContact: false } }],
      [{ isNobodyBehind: true }, {}],
      [{ lineType: 'landline' }, {}],
      [{}, { segments: 11 }],
      [{}, { purpose: 'bulk', batch: { status: 'cancelled' } }],
      [{}, { purpose: 'bulk', isAnswered: true }],
      [{ holds: [hold('rejected', null)] }, { purpose: 'bulk' }],
      [{}, { purpose: 'bulk', batch: { status: 'paused' } }],
      [{}, { isProviderSet: false }],
      [{}, { number: { ...number, isArchived: true } }],
      [{}, { number: { ...number, breaker: 'open' } }],
      [{ texts: { count: 5, cap: 5, freeAt: inMinutes(5) } }, {}],
      [{ zones: ['Asia/Tokyo'] }, {}],
    ];
    const expected = [
      'drop do_not_call',
      'drop opted_out',
      'drop number_invalid',
      'drop person_deleted',
      'drop do_not_contact',
      'drop organization_do_not_contact',
      'drop nobody_behind',
      'drop landline',
      'drop too_long',
      'drop batch_cancelled',
      'drop answered',
      'drop rejected',
      'hold batch_paused',
      'hold provider_unset',
      'hold number_paused',
      'hold breaker_open',
      'hold text_cap',
      'hold quiet_hours',
    ];
    // each with all that come after it as well: the first one is told
    const told = steps.map((_, from) => {
      const rest = steps.slice(from).reverse();
      const given = Object.assign({}, ...rest.map(([part]) => part));
      const facts = Object.assign({}, ...rest.map(([, part]) => part));
      return verdictOf(text(given, facts));
    });
    expect(told).toEqual(expected);
  });

  test('one that somebody writes may follow a call at once; one of many waits, and never follows a no', () => {
    const resting = { holds: [hold('called', 60)] };
    const over = { holds: [hold('owner_confirmed', null)] };
    expect(verdictOf(text(resting))).toBe('send ok');
    expect(verdictOf(text(over))).toBe('send ok');
    expect(decide(text(resting, { purpose: 'bulk' }), noon)).toMatchObject({
      reason: 'locked_number',
      until: inMinutes(60),
    });
    expect(verdictOf(text(over, { purpose: 'bulk' }))).toBe('drop set_aside');
  });

  test('the answer to STOP goes at any hour, over any cap and to who opted out, but not to a number that must not be called', () => {
    const given: Partial<PhoneFacts> = {
      isOptedOut: true,
      isNobodyBehind: true,
      zones: ['Asia/Tokyo'],
      texts: { count: 9, cap: 5, freeAt: null },
    };
    expect(verdictOf(text(given, { purpose: 'auto' }))).toBe('send ok');
    expect(verdictOf(text({ ...given, isDoNotCall: true }, { purpose: 'auto' }))).toBe('drop do_not_call');
  });

  test('a claim keeps nobody from writing, but one of many waits for its end; 10 segments are not too long', () => {
    const claim = { userId: 'u', name: 'Jo', expiresAt: inMinutes(2), isMine: false };
    expect(verdictOf(text({ claim }, { segments: 10 }))).toBe('send ok');
    expect(decide(text({ claim }, { purpose: 'bulk' }), noon)).toMatchObject({
      verdict: 'hold',
      reason: 'claimed',
      until: inMinutes(2),
    });
  });

  test('an answer to STOP goes within five minutes or not at all', () => {
    const asked = (minutes: number) => text({}, { purpose: 'auto', queuedAt: inMinutes(-minutes) });
    expect(verdictOf(asked(5))).toBe('send ok');
    expect(verdictOf(asked(5.01))).toBe('drop answer_late');
    expect(verdictOf({ ...asked(600), purpose: 'direct' })).toBe('send ok');
  });
});

test('what the database tells of a number becomes facts', () => {
  const row = {
    e164: '+12125550142',
    status: 'active',
    line_type: null,
    do_not_call: false,
    sms_opted_out: true,
    nobody_behind: false,
    claim: { user_id: 'u', name: 'Jo', expires_at: inMinutes(1), is_mine: true },
    holds: [],
    promised_at: null,
    zones: [newYork],
    is_zone_known: true,
    hours: { start: '08:00:00', end: '21:00:00' },
    calls: { count: 1, cap: 3, free_at: null },
    texts: { count: 0, cap: 5, free_at: null },
  } as const;
  expect(factsOfPhone({ ...row, holds: [], zones: [...row.zones] })).toMatchObject({
    isOptedOut: true,
    claim: { userId: 'u', isMine: true },
    calls: { count: 1, cap: 3, freeAt: null },
  });
});
