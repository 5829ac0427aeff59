/** Mails by the clock on the wall: hours, weekends, and the nights in which the clock changes, on the queue itself. */
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../support/db';
import { type Actor, createWorkspace, signUp, type Workspace } from '../support/factories';
import { drainAt, makeSendingCampaign, queued, queueFirstMail, sparkpostEmulator } from '../support/sending';

let actor: Actor;
beforeAll(async () => {
  actor = await signUp();
});

const at = (local: string, zone = 'America/Chicago') =>
  new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);

/** A campaign in a workspace of its own, and a mail of it that is due at some time. */
async function dueAt(
  runAt: Date,
  options: Parameters<typeof makeSendingCampaign>[2] & { zone?: string } = {},
) {
  const workspace: Workspace = await createWorkspace(actor);
  const campaign = await makeSendingCampaign(actor, workspace, { from: runAt, ...options });
  const mail = await queueFirstMail(actor, campaign, { runAt, zone: options.zone });
  return { workspace, campaign, mail };
}

describe('a mail', () => {
  test.each([
    ['08:59', '2031-03-04T08:59:00', '2031-03-04T09:00:00'],
    ['17:00', '2031-03-04T17:00:00', '2031-03-05T09:00:00'],
    ['Friday evening, the clock put forward on Sunday', '2031-03-07T17:00:00', '2031-03-10T09:00:00'],
    ['Friday evening, the clock put back on Sunday', '2031-10-31T17:00:00', '2031-11-03T09:00:00'],
    ['Saturday', '2031-03-01T12:00:00', '2031-03-03T09:00:00'],
  ])('that is due at %s waits for nine, says so, and goes then', async (_, now, opens) => {
    const { workspace, mail } = await dueAt(at(now));
    expect(await drainAt(workspace, at(now))).toMatchObject({ sent: 0, held: 1 });
    const held = await queued(mail.id);
    expect(held).toMatchObject({
      status: 'queued',
      run_at: at(opens),
      attempts: 0,
      decision: { verdict: 'hold' },
    });
    expect(await drainAt(workspace, new Date(at(opens).getTime() - 1000))).toMatchObject({
      sent: 0,
      held: 0,
    });
    expect(await drainAt(workspace, at(opens))).toMatchObject({ sent: 1 });
    expect(await sparkpostEmulator.inbox(mail.address)).toHaveLength(1);
  });

  test.each(['2031-03-04T09:00:00', '2031-03-04T16:59:59'])('goes at %s', async (now) => {
    const { workspace } = await dueAt(at(now));
    expect(await drainAt(workspace, at(now))).toMatchObject({ sent: 1 });
  });

  test('of a zone nobody knows goes by its campaign’s clock, and says so', async () => {
    const now = at('2031-03-04T08:00:00');
    const { workspace, mail } = await dueAt(now, { zoneOf: 'recipient', zone: 'Mars/Olympus' });
    expect(await drainAt(workspace, now)).toMatchObject({ sent: 0, held: 1 });
    expect(await queued(mail.id)).toMatchObject({
      run_at: at('2031-03-04T09:00:00'),
      decision: { reason: 'outside_hours', zone: 'America/Chicago', note: 'zone_unknown' },
    });
  });
});

test('a campaign that is closed costs one claim, not one a mail', async () => {
  const now = at('2031-03-04T18:00:00');
  const { workspace, campaign } = await dueAt(now);
  for (let n = 0; n < 10; n += 1) await queueFirstMail(actor, campaign, { runAt: now });
  expect(await drainAt(workspace, now, { burst: 1, batch: 1 })).toMatchObject({ sent: 0, held: 1 });
  const rows = await sql()<{ run_at: Date; reason: string }[]>`
    select run_at, decision ->> 'reason' as reason from email_queue where campaign_id = ${campaign.id}`;
  expect(
    rows.every(({ run_at, reason }) => +run_at === +at('2031-03-05T09:00:00') && reason === 'outside_hours'),
  ).toBe(true);
});

test('hours that are changed hold at once, also for what waits for the next morning', async () => {
  const now = at('2031-03-04T18:00:00');
  const { workspace, campaign, mail } = await dueAt(now);
  expect(await drainAt(workspace, now)).toMatchObject({ held: 1 });
  await sql()`update campaigns set hours_end = '20:00' where id = ${campaign.id}`;
  expect(await drainAt(workspace, now)).toMatchObject({ sent: 1 });
  expect((await queued(mail.id)).status).toBe('sent');
});

test('a beginning that is moved forward is moved for mails that nobody has asked about yet', async () => {
  const now = at('2031-03-04T10:00:00');
  const { campaign, mail } = await dueAt(now);
  const later = at('2031-03-11T10:00:00');
  await sql()`update campaigns set status = 'scheduled', starts_at = ${later} where id = ${campaign.id}`;
  await sql()`update email_queue set run_at = ${later} where id = ${mail.id}`;
  await sql()`update campaigns set starts_at = ${now} where id = ${campaign.id}`;
  expect((await queued(mail.id)).run_at).toEqual(now);
});

test('recipients of different zones wait each for their own morning', async () => {
  const now = at('2031-03-04T08:30:00', 'America/New_York');
  const {
    workspace,
    campaign,
    mail: east,
  } = await dueAt(now, { zoneOf: 'recipient', zone: 'America/New_York' });
  const west = await queueFirstMail(actor, campaign, { runAt: now, zone: 'America/Los_Angeles' });
  const alsoWest = await queueFirstMail(actor, campaign, { runAt: now, zone: 'America/Los_Angeles' });
  await drainAt(workspace, now, { burst: 1, batch: 1 });
  const times = await Promise.all([east, west, alsoWest].map(async ({ id }) => (await queued(id)).run_at));
  expect(times).toEqual([
    at('2031-03-04T09:00:00', 'America/New_York'),
    at('2031-03-04T09:00:00', 'America/Los_Angeles'),
    at('2031-03-04T09:00:00', 'America/Los_Angeles'),
  ]);
});

test('a drain over a whole day sends within the hours alone, at the pace of its domain', async () => {
  const start = at('2031-03-04T06:00:00');
  const { workspace, campaign } = await dueAt(start, { interval: 3600 });
  for (let n = 0; n < 11; n += 1) await queueFirstMail(actor, campaign, { runAt: start });
  for (let minute = 0; minute < 14 * 60; minute += 60)
    await drainAt(workspace, new Date(start.getTime() + minute * 60_000));
  const sent = await sql()<{ sent_at: Date }[]>`
    select sent_at from email_queue where campaign_id = ${campaign.id} and status = 'sent' order by sent_at`;
  expect(sent.map(({ sent_at }) => sent_at)).toEqual(
    Array.from({ length: 8 }, (_, hour) => at(`2031-03-04T${String(9 + hour).padStart(2, '0')}:00:00`)),
  );
});
