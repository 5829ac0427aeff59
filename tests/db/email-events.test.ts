import { beforeAll, expect, test } from 'vitest';
import type { Json } from '@/lib/supabase/database.types';
import { readSparkpostEvent } from '@/modules/sending/sparkpost-events';
import { connect, sql } from '../support/db';
import { type Cast, createCast, unique } from '../support/factories';
import { type SeededMail, seedMail, sparkpostEvent } from '../support/mails';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

type Event = ReturnType<typeof sparkpostEvent>;

const apply = async (events: Event[], db = sql()): Promise<number> => {
  const read = events.map(readSparkpostEvent).filter((event) => event !== null);
  const [row] =
    await db`select public.apply_email_events(${db.json(read as unknown as Json & object)}) as fresh`;
  return Number(row?.fresh);
};

/** All that events may move. */
const endState = async (mail: SeededMail) => {
  const [row] = await sql()`
    select q.status, q.sent_at, q.delivered_at, q.opened_at, q.clicked_at, q.bounced_at, q.bounce_kind, q.complained_at, q.unsubscribed_at,
           q.provider_message_id, q.lease_token, e.status as address, e.since, e.reason, r.status as recipient, r.exit_reason,
           (select count(*)::int from activities a where a.details ->> 'email_queue_id' = q.id::text) as activities
      from email_queue q join emails e on e.id = q.email_id join campaign_recipients r on r.id = q.recipient_id
     where q.id = ${mail.id}`;
  return row ?? {};
};

const at = (minute: number) => new Date(Date.UTC(2026, 10, 2, 9, minute)).toISOString();

/** The life of one mail, in the order it happened. */
const life = (mail: SeededMail): Event[] => [
  sparkpostEvent(mail, 'injection', { timestamp: at(0) }),
  sparkpostEvent(mail, 'delivery', { timestamp: at(1) }),
  sparkpostEvent(mail, 'initial_open', { timestamp: at(5) }),
  sparkpostEvent(mail, 'open', { timestamp: at(6) }),
  sparkpostEvent(mail, 'click', { timestamp: at(7) }),
  sparkpostEvent(mail, 'out_of_band', { timestamp: at(8), bounce_class: '10', raw_reason: 'gone' }),
  sparkpostEvent(mail, 'list_unsubscribe', { timestamp: at(9) }),
  sparkpostEvent(mail, 'spam_complaint', { timestamp: at(10) }),
];

test('in any order, one by one or at once, and twice, events end in the same state', async () => {
  const orders: ((events: Event[]) => Event[][])[] = [
    (events) => [events],
    (events) => events.map((event) => [event]),
    (events) => events.toReversed().map((event) => [event]),
    (events) => [events.slice(4), events.slice(0, 4), events],
    (events) =>
      [...events, ...events].sort((a, b) => a.event_id.localeCompare(b.event_id)).map((event) => [event]),
  ];
  const ends = [];
  for (const order of orders) {
    for (const status of ['sent', 'sending', 'unknown']) {
      const sent = status === 'sent' ? { sent_at: at(0), provider_message_id: '123456' } : {};
      const mail = await seedMail(cast.workspace, cast.owner, { status, ...sent });
      for (const batch of order(life(mail))) await apply(batch);
      const { activities, ...state } = await endState(mail);
      // the mail's own activity is written by whoever marked it as sent
      ends.push({ ...state, events: Number(activities) - (status === 'sent' ? 0 : 1) });
    }
  }
  const [first, ...others] = ends;
  expect(first).toMatchObject({
    status: 'sent',
    sent_at: new Date(at(0)),
    delivered_at: new Date(at(1)),
    opened_at: new Date(at(5)),
    clicked_at: new Date(at(7)),
    bounce_kind: 'hard',
    address: 'complained',
    since: new Date(at(10)),
    recipient: 'done',
    lease_token: null,
    events: 3,
  });
  for (const other of others)
    expect({ ...other, exit_reason: null }).toEqual({ ...first, exit_reason: null });
});

test('an event that is faster than our own commit marks the mail as sent, and moves the recipient on', async () => {
  const mail = await seedMail(cast.workspace, cast.owner, { status: 'sending' });
  await apply([sparkpostEvent(mail, 'delivery')]);
  expect(await endState(mail)).toMatchObject({
    status: 'sent',
    provider_message_id: '123456',
    activities: 1,
  });
  const [recipient] =
    await sql()`select r.current_step_id = q.step_id as moved, r.next_email_at = q.sent_at as due
    from campaign_recipients r join email_queue q on q.recipient_id = r.id where q.id = ${mail.id}`;
  expect(recipient).toEqual({ moved: true, due: true });
});

test.each([
  [
    'a hard bounce',
    'bounce',
    { bounce_class: '10' },
    { address: 'hard_bounced', bounce_kind: 'hard', recipient: 'done' },
  ],
  [
    'a full mailbox',
    'bounce',
    { bounce_class: '22' },
    { address: 'soft_bounced', bounce_kind: 'soft', recipient: 'active' },
  ],
  [
    'a block of the sender',
    'bounce',
    { bounce_class: '51' },
    { address: 'active', bounce_kind: 'block', recipient: 'active' },
  ],
  [
    'an admin failure',
    'bounce',
    { bounce_class: '25' },
    { address: 'active', bounce_kind: 'admin', recipient: 'active' },
  ],
  [
    'SparkPost’s own list',
    'policy_rejection',
    { raw_reason: 'recipient address was suppressed' },
    { address: 'suppressed', recipient: 'done' },
  ],
  [
    'an auto-reply',
    'out_of_band',
    { bounce_class: '60' },
    { address: 'active', bounce_kind: null, bounced_at: null },
  ],
  [
    'a request to leave',
    'out_of_band',
    { bounce_class: '90' },
    { address: 'unsubscribed', bounced_at: null, recipient: 'done' },
  ],
  ['a complaint', 'spam_complaint', {}, { address: 'complained', recipient: 'done' }],
  ['a link to leave', 'link_unsubscribe', {}, { address: 'unsubscribed', recipient: 'done' }],
  [
    'an image fetched ahead',
    'initial_open',
    { user_agent_parsed: { is_prefetched: true } },
    { opened_at: null, address: 'active' },
  ],
])('%s', async (_, type, more, expected) => {
  const mail = await seedMail(cast.workspace, cast.owner);
  await apply([sparkpostEvent(mail, type, more)]);
  expect(await endState(mail)).toMatchObject(expected);
});

test('three soft bounces in a row suppress an address, a delivery between them does not', async () => {
  const soft = { bounce_class: '22' };
  for (const { middle, expected } of [
    { middle: 'bounce', expected: 'suppressed' },
    { middle: 'delivery', expected: 'soft_bounced' },
  ]) {
    const first = await seedMail(cast.workspace, cast.owner);
    const second = await seedMail(cast.workspace, cast.owner, {}, first);
    const third = await seedMail(cast.workspace, cast.owner, {}, first);
    await apply([sparkpostEvent(second, middle, { ...soft, timestamp: at(20) })]);
    await apply([sparkpostEvent(third, 'bounce', { ...soft, timestamp: at(30) })]);
    await apply([sparkpostEvent(first, 'bounce', { ...soft, timestamp: at(10) })]);
    expect(await endState(first)).toMatchObject({ address: expected });
  }
});

test('what a person has released stays released by news of before; what the addressee asked for holds', async () => {
  const released = await seedMail(cast.workspace, cast.owner);
  const left = await seedMail(cast.workspace, cast.owner);
  await sql()`update emails set status = 'active', since = now() where id in ${sql()([released.emailId, left.emailId])}`;
  await apply([
    sparkpostEvent(released, 'bounce', { bounce_class: '10', timestamp: at(1) }),
    sparkpostEvent(left, 'list_unsubscribe', { timestamp: at(1) }),
  ]);
  expect(await endState(released)).toMatchObject({ address: 'active' });
  expect(await endState(left)).toMatchObject({ address: 'unsubscribed' });
});

test('an event of a mail that is nobody’s changes nothing', async () => {
  const unknown = { id: crypto.randomUUID(), to: 'somebody@else.example' };
  expect(await apply([sparkpostEvent(unknown, 'spam_complaint')])).toBe(0);
});

test('the same batch twice at once counts each event once', async () => {
  const mails = await Promise.all(
    Array.from({ length: 5 }, () => seedMail(cast.workspace, cast.owner, { status: 'unknown' })),
  );
  const events = mails.flatMap(life);
  const other = connect();
  const counted = await Promise.all([apply(events), apply(events.toReversed(), other)]);
  await other.end();
  expect(counted.reduce((sum, n) => sum + n)).toBe(events.length);
  expect(await endState(mails[0] as SeededMail)).toMatchObject({ address: 'complained', activities: 4 });
});

test('a batch that was handled is not looked into again, one that was not handled whole is', async () => {
  const batch = unique();
  const events = [1, 2].map(() => ({
    provider: 'test',
    event_id: unique(),
    type: 'test',
    payload: {},
    batch_id: batch,
  }));
  const claim = async (given: typeof events) =>
    (await sql()`select * from public.claim_provider_events(${sql().json(given)})`).length;
  expect(await claim(events)).toBe(2);
  const finish = (given: typeof events) =>
    sql()`select public.finish_provider_events('test', ${sql().json(given.map(({ event_id }) => ({ event_id, error: null })))})`;
  await finish(events.slice(0, 1));
  await sql()`update provider_events set claimed_at = now() - interval '2 minutes' where batch_id = ${batch}`;
  expect(await claim(events)).toBe(1);
  await finish(events);
  expect(await claim([...events, { ...(events[0] as (typeof events)[0]), event_id: unique() }])).toBe(0);
});

test('whoever uses the link of a mail that nobody has begun to send is unsubscribed, and the mail didn’t go', async () => {
  const mail = await seedMail(cast.workspace, cast.owner, { status: 'staged' });
  await apply([sparkpostEvent(mail, 'link_unsubscribe', { timestamp: at(1) })]);
  expect(await endState(mail)).toMatchObject({ status: 'cancelled', address: 'unsubscribed' });
});

test('a mail to an address that was corrected since is held against both, and the strictest counts', async () => {
  const lease = crypto.randomUUID();
  const mail = await seedMail(cast.workspace, cast.owner, { status: 'sending' });
  await sql()`update email_queue set lease_token = ${lease}, lease_until = now() + interval '1 minute' where id = ${mail.id}`;
  const [was] = await sql()<
    { address: string }[]
  >`select address from emails where id = (select email_id from email_queue where id = ${mail.id})`;
  await sql()`update emails set address = ${`${unique()}@people.example`} where id = (select email_id from email_queue where id = ${mail.id})`;
  await sql()`insert into emails (workspace_id, address, status) values (${cast.workspace.id}, ${was?.address ?? ''}, 'unsubscribed')`;
  const [row] = await sql()`select email_facts(array[${mail.id}]::uuid[], ${lease}) as facts`;
  expect(row?.facts).toMatchObject([{ id: mail.id, address: { status: 'unsubscribed' } }]);
});
