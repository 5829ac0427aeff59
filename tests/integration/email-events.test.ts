import { beforeAll, expect, test } from 'vitest';
import { call, runCron } from '../support/app';
import { sql } from '../support/db';
import { type Cast, createCast, unique, uniqueEmail } from '../support/factories';
import { type SeededMail, seedMail, sparkpostEvent } from '../support/mails';
import { misbehave, postEvents, tell, wrapped } from '../support/sparkpost';
import { testStack } from '../support/stack';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const stateOf = async (mail: SeededMail) => {
  const [row] = await sql()`
    select q.status, q.delivered_at is not null as delivered, q.last_error, e.status as address, r.status as recipient,
           (select count(*)::int from email_events v where v.email_queue_id = q.id) as events
      from email_queue q join emails e on e.id = q.email_id join campaign_recipients r on r.id = q.recipient_id where q.id = ${mail.id}`;
  return row;
};
/** Columns of a mail whose sending was broken off an hour ago. */
const longUnknown = () => {
  const at = new Date(Date.now() - 3_600_000);
  return { status: 'unknown', run_at: at, created_at: at, updated_at: at };
};
const kept = async (eventId: string) =>
  (
    await sql()`select error, handled_at, batch_id from provider_events where provider = 'sparkpost' and event_id = ${eventId}`
  )[0];

test.each([
  ['without a password', null],
  ['with a wrong one', 'not the password'],
])('events %s are refused, and nothing is stored', async (_, password) => {
  const mail = await seedMail(cast.workspace, cast.owner);
  const event = sparkpostEvent(mail, 'spam_complaint');
  const { status } = await postEvents([wrapped(event)], { password });
  expect(status).toBe(401);
  expect(await kept(event.event_id)).toBeUndefined();
  expect(await stateOf(mail)).toMatchObject({ address: 'active', events: 0 });
});

test('SparkPost’s test of the address is answered 200', async () => {
  expect(await postEvents([{ msys: {} }])).toMatchObject({ status: 200, body: { received: 0 } });
});

test.each([
  ['no JSON', 'hello'],
  ['no array', '{}'],
])('a body that is %s is refused', async (_, body) => {
  const { status } = await call('/api/webhooks/sparkpost', { body, headers: authorized() });
  expect(status).toBe(400);
});

function authorized() {
  const { SPARKPOST_WEBHOOK_USER: user, SPARKPOST_WEBHOOK_PASSWORD: password } = testStack().env;
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

test('every wrapper is read, and the workspace is the mail’s own, whatever the event says', async () => {
  const mail = await seedMail(cast.workspace, cast.owner);
  const theirs = await seedMail(cast.otherWorkspace, cast.stranger, {}, undefined);
  const meta = { send_id: mail.id, workspace_id: cast.otherWorkspace.id };
  const { status } = await postEvents([
    wrapped(sparkpostEvent(mail, 'delivery', { rcpt_meta: meta })),
    wrapped(sparkpostEvent(mail, 'click', { rcpt_meta: meta }), 'track_event'),
    wrapped(sparkpostEvent(mail, 'list_unsubscribe', { rcpt_meta: meta }), 'unsubscribe_event'),
    wrapped(sparkpostEvent(mail, 'relay_delivery'), 'relay_event'),
  ]);
  expect(status).toBe(200);
  expect(await stateOf(mail)).toEqual(
    expect.objectContaining({ delivered: true, address: 'unsubscribed', recipient: 'done', events: 3 }),
  );
  expect(await stateOf(theirs)).toMatchObject({ address: 'active', events: 0 });
});

test('a batch twice, and an event in two batches, count once', async () => {
  const mail = await seedMail(cast.workspace, cast.owner, { status: 'unknown' });
  const events = [sparkpostEvent(mail, 'delivery'), sparkpostEvent(mail, 'initial_open')].map((event) =>
    wrapped(event),
  );
  const batchId = unique();
  const first = await postEvents(events, { batchId });
  const again = await postEvents(events, { batchId });
  const other = await postEvents(events);
  expect([first.body.handled, again.body.handled, other.body.handled]).toEqual([2, 0, 0]);
  expect(await stateOf(mail)).toMatchObject({ status: 'sent', events: 2 });
});

test('a poison event is kept aside with its error, and the rest of its batch is handled', async () => {
  const mail = await seedMail(cast.workspace, cast.owner);
  const broken = sparkpostEvent(mail, 'bounce', { timestamp: 'yesterday' });
  const nul = sparkpostEvent(mail, 'delivery', { raw_reason: 'a\u0000b\ud800' });
  const { status, body } = await postEvents([
    wrapped(broken),
    `what is ${unique()}`,
    wrapped({ type: 'delivery', timestamp: '1790000000', rcpt_to: mail.to }),
    wrapped(nul),
  ]);
  expect({ status, ...body }).toMatchObject({ status: 200, received: 4, handled: 1, poison: 3, failed: 0 });
  expect(await kept(broken.event_id)).toMatchObject({ error: expect.stringContaining('no time: yesterday') });
  expect(await kept(nul.event_id)).toMatchObject({ error: null, handled_at: expect.any(Date) });
  expect(await stateOf(mail)).toMatchObject({ delivered: true, address: 'active' });
});

test('a mail of unknown fate is found by the events search, and none is sent again', async () => {
  const found = await seedMail(cast.workspace, cast.owner, longUnknown());
  const lost = await seedMail(cast.workspace, cast.owner, longUnknown());
  await tell([sparkpostEvent(found, 'injection'), sparkpostEvent(found, 'delivery')]);
  expect((await runCron('reconcile-emails')).status).toBe(200);
  expect(await stateOf(found)).toMatchObject({ status: 'sent', delivered: true });
  expect(await stateOf(lost)).toMatchObject({
    status: 'unknown',
    last_error: expect.stringContaining('no record'),
  });
});

test('where the search can’t be asked, nothing is concluded', async () => {
  const to = uniqueEmail();
  const mail = await seedMail(cast.workspace, cast.owner, {
    ...longUnknown(),
    to_address: to,
  });
  await misbehave({ match: { path: '/api/v1/events', contains: encodeURIComponent(to) }, status: 503 });
  const { body } = await runCron('reconcile-emails');
  expect(body.counts).toMatchObject({ failed: expect.any(Number), unfound: 0 });
  expect(await stateOf(mail)).toMatchObject({ status: 'unknown', last_error: null });
});

test('events whose handling was broken off are taken up by the next run', async () => {
  const mail = await seedMail(cast.workspace, cast.owner, { status: 'unknown' });
  const event = sparkpostEvent(mail, 'delivery');
  await sql()`insert into provider_events (provider, event_id, type, payload, claimed_at)
    values ('sparkpost', ${event.event_id}, 'delivery', ${sql().json(event as never)}, now() - interval '1 hour')`;
  await runCron('reconcile-emails');
  expect(await stateOf(mail)).toMatchObject({ status: 'sent', delivered: true });
  expect(await kept(event.event_id)).toMatchObject({ error: null, handled_at: expect.any(Date) });
});
