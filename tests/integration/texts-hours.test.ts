/** Texts by the clock on the wall of whoever gets them: quiet hours, the nights in which the clock changes, and zones nobody knows. */
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../support/db';
import { type Actor, createWorkspace, signUp } from '../support/factories';
import { drainTextsAt, makeContact, makeNumber, queueTextTo, textNow } from '../support/texts';
import { textsOf, uniqueNumber } from '../support/twilio';

let actor: Actor;
beforeAll(async () => {
  actor = await signUp();
});

const at = (local: string, zone = 'America/Chicago') =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);

async function dueAt(runAt: Date, options: Parameters<typeof makeContact>[1] & { state?: string } = {}) {
  const workspace = await createWorkspace(actor);
  const number = await makeNumber(workspace);
  const contact = await makeContact(workspace, options);
  if (options.state)
    await sql()`update people set state = ${options.state} where id = any (${contact.people})`;
  return { workspace, contact, id: await queueTextTo(workspace, contact, number, { runAt }) };
}

test.each([
  ['a morning', '2031-03-04T07:59:59', '2031-03-04T08:00:00'],
  ['an evening', '2031-03-04T21:00:00', '2031-03-05T08:00:00'],
  ['the night in which the clock is put forward', '2031-03-08T21:00:00', '2031-03-09T08:00:00'],
  ['the hour that there isn’t', '2031-03-09T03:00:00', '2031-03-09T08:00:00'],
  ['the evening after it', '2031-03-09T21:00:00', '2031-03-10T08:00:00'],
  ['the night in which it is put back', '2031-11-01T21:00:00', '2031-11-02T08:00:00'],
  ['the hour that comes twice', '2031-11-02T01:30:00', '2031-11-02T08:00:00'],
  ['the evening after that', '2031-11-02T21:00:00', '2031-11-03T08:00:00'],
])('in %s it waits until eight, and goes then', async (_, now, opens) => {
  const { workspace, contact, id } = await dueAt(at(now));
  expect(await drainTextsAt(workspace, at(now))).toMatchObject({ sent: 0, held: 1 });
  expect(await textNow(id)).toMatchObject({
    status: 'queued',
    run_at: at(opens),
    attempts: 0,
    decision: { verdict: 'hold', reason: 'quiet_hours' },
  });
  expect(await drainTextsAt(workspace, new Date(at(opens).getTime() - 1000))).toMatchObject({
    sent: 0,
    held: 0,
  });
  expect(await drainTextsAt(workspace, at(opens))).toMatchObject({ sent: 1 });
  expect(await textsOf({ to: contact.e164 })).toHaveLength(1);
});

test.each(['2031-03-09T08:00:00', '2031-03-09T20:59:59', '2031-11-02T08:00:00', '2031-11-02T20:59:59'])(
  'it goes at %s',
  async (now) => {
    const { workspace } = await dueAt(at(now));
    expect(await drainTextsAt(workspace, at(now))).toMatchObject({ sent: 1 });
  },
);

describe('where the zone isn’t certain', () => {
  test('a number of New York whose owner lives in California waits for both', async () => {
    const options = { zone: null, e164: uniqueNumber('212'), state: 'CA' };
    const early = at('2031-03-04T09:00:00', 'America/New_York');
    const { workspace, id } = await dueAt(early, options);
    await drainTextsAt(workspace, early);
    expect((await textNow(id)).run_at).toEqual(at('2031-03-04T08:00:00', 'America/Los_Angeles'));
    const evening = at('2031-03-04T21:30:00', 'America/New_York');
    const other = await dueAt(evening, { ...options, e164: uniqueNumber('212') });
    await drainTextsAt(other.workspace, evening);
    expect((await textNow(other.id)).run_at).toEqual(at('2031-03-05T08:00:00', 'America/Los_Angeles'));
  });

  test('a toll-free number waits until it is open all over the country', async () => {
    const noonInNewYork = at('2031-03-04T12:00:00', 'America/New_York');
    const { workspace, id } = await dueAt(noonInNewYork, { zone: null, e164: uniqueNumber('800') });
    expect(await drainTextsAt(workspace, noonInNewYork)).toMatchObject({ sent: 0, held: 1 });
    expect((await textNow(id)).decision).toMatchObject({ reason: 'quiet_hours' });
  });

  test('a person’s word on the zone goes before what the number says', async () => {
    const now = at('2031-03-04T07:30:00', 'America/Los_Angeles');
    const { workspace } = await dueAt(now, {
      zone: 'America/New_York',
      e164: uniqueNumber('415'),
      state: 'CA',
    });
    expect(await drainTextsAt(workspace, now)).toMatchObject({ sent: 1 });
  });

  test('an answer to STOP goes at night', async () => {
    const night = at('2031-03-04T02:00:00');
    const workspace = await createWorkspace(actor);
    const number = await makeNumber(workspace);
    await queueTextTo(workspace, await makeContact(workspace), number, { runAt: night, purpose: 'auto' });
    expect(await drainTextsAt(workspace, night)).toMatchObject({ sent: 1 });
  });
});
