import { beforeAll, describe, expect, test } from 'vitest';
import type { Call, Dialled } from '@/modules/telephony/schema';
import { call, type Failure } from '../support/app';
import { sql } from '../support/db';
import { type Actor, addMember, type Cast, createCast } from '../support/factories';
import {
  claim,
  closedZone,
  giveOwnPhone,
  makeNumber,
  makeOwnNumber,
  type TheirNumber,
} from '../support/telephony';
import { hangUp, legsOf, misbehave, pickUp, postSigned, settled } from '../support/twilio';

let cast: Cast;
let own: { id: string; e164: string };
beforeAll(async () => {
  cast = await createCast();
  own = await makeOwnNumber(cast.workspace, { isDefault: true });
});

/** A member with a phone, who has claimed a number. */
async function caller(options: Parameters<typeof makeNumber>[1] = {}) {
  const actor = await addMember(cast.workspace);
  const phone = await giveOwnPhone(actor);
  const number = await makeNumber(cast.workspace, options);
  await claim(cast.workspace, number, actor);
  return { actor, phone, number };
}

const dial = (as: Actor, number: TheirNumber, body: object = { via: 'phone' }) =>
  call<Dialled & Failure>(`/api/phones/${number.id}/dial`, { as, workspace: cast.workspace, body });
const getCall = async (as: Actor, id: string) =>
  (await call<Call>(`/api/calls/${id}`, { as, workspace: cast.workspace })).body;
const legTo = async (to: string) => {
  await settled();
  const [leg] = await legsOf({ to });
  if (!leg) throw new Error(`nothing rings at ${to}`);
  return leg;
};

describe('click-to-call', () => {
  test('our phone rings, then theirs; the call knows when they talked and how long', async () => {
    const { actor, phone, number } = await caller();
    const { status, body } = await dial(actor, number);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      decision: { verdict: 'send' },
      call: { via: 'phone', number: { e164: own.e164 } },
    });
    const ours = await legTo(phone);
    expect(ours).toMatchObject({ from: own.e164, status: 'ringing' });
    await pickUp(ours.sid);
    const theirs = await legTo(number.e164);
    expect(theirs).toMatchObject({ from: own.e164, parentSid: ours.sid });
    expect(await getCall(actor, body.call.id)).toMatchObject({ status: 'ringing', is_live: true });
    await pickUp(theirs.sid);
    expect(await getCall(actor, body.call.id)).toMatchObject({ status: 'in_progress' });
    await hangUp(theirs.sid, 'completed', 83);
    const done = await getCall(actor, body.call.id);
    expect(done).toMatchObject({
      status: 'completed',
      duration_seconds: 83,
      is_live: false,
      has_recording: false,
    });
    expect(done.answered_at).not.toBeNull();
    expect(await getCall(cast.stranger, body.call.id)).toMatchObject({ error: { code: 'not_found' } });
  });

  test('nobody there, and a phone of ours that nobody picked up, are told apart', async () => {
    const one = await caller();
    const first = await dial(one.actor, one.number);
    await pickUp((await legTo(one.phone)).sid);
    await hangUp((await legTo(one.number.e164)).sid, 'no-answer');
    expect(await getCall(one.actor, first.body.call.id)).toMatchObject({ status: 'no_answer', error: null });
    const two = await caller();
    const second = await dial(two.actor, two.number);
    await hangUp((await legTo(two.phone)).sid, 'no-answer');
    expect(await getCall(two.actor, second.body.call.id)).toMatchObject({
      status: 'canceled',
      error: 'Your own phone wasn’t picked up.',
    });
  });

  test('a double click rings once', async () => {
    const { actor, phone, number } = await caller();
    const answers = await Promise.all([dial(actor, number), dial(actor, number), dial(actor, number)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await settled();
    expect(await legsOf({ to: phone })).toHaveLength(1);
  });

  test('hanging up ends the leg that rings, and only its caller or an admin may', async () => {
    const { actor, phone, number } = await caller();
    const { body } = await dial(actor, number);
    const leg = await legTo(phone);
    const end = (as: Actor) =>
      call(`/api/calls/${body.call.id}/hang-up`, { as, workspace: cast.workspace, method: 'POST' });
    expect((await end(cast.member)).status).toBe(403);
    expect((await end(cast.stranger)).status).toBe(404);
    expect((await end(actor)).status).toBe(200);
    await settled();
    expect((await legsOf({ to: phone }))[0]).toMatchObject({ sid: leg.sid, status: 'canceled' });
    expect(await getCall(actor, body.call.id)).toMatchObject({ status: 'canceled', is_live: false });
  });

  test.each([
    [
      'the claim of nobody',
      async ({ number }: { number: TheirNumber }) => {
        await sql()`delete from call_claims where phone_id = ${number.id}`;
      },
      403,
      /Claim this number first/,
    ],
    [
      'somebody else’s claim',
      async ({ number }: { number: TheirNumber }) => claim(cast.workspace, number, cast.owner),
      409,
      /Somebody else/,
    ],
    [
      'no phone of one’s own',
      async ({ actor }: { actor: Actor }) => {
        await sql()`update profiles set phone_e164 = null where user_id = ${actor.userId}`;
      },
      400,
      /Settings → Profile/,
    ],
    [
      'do not call',
      async ({ number }: { number: TheirNumber }) => {
        await sql()`update phones set do_not_call = true, do_not_call_at = now() where id = ${number.id}`;
      },
      409,
      /do-not-call/,
    ],
    [
      'night where they are',
      async ({ number }: { number: TheirNumber }) => {
        await sql()`update phones set time_zone = ${closedZone()} where id = ${number.id}`;
      },
      409,
      /outside the calling hours/,
    ],
  ])('%s: nothing rings', async (_, prepare, wanted, message) => {
    const given = await caller();
    await prepare(given);
    if (wanted !== 403) {
      // what ended with the number's state must not stand in for the reason that is meant
      await sql()`insert into call_claims (workspace_id, phone_id, user_id, expires_at)
        values (${cast.workspace.id}, ${given.number.id}, ${given.actor.userId}, now() + interval '5 minutes') on conflict do nothing`;
    }
    const { status, body } = await dial(given.actor, given.number);
    expect({ status, message: body.error.message }).toEqual({
      status: wanted,
      message: expect.stringMatching(message),
    });
    await settled();
    expect(await legsOf({ to: given.phone })).toHaveLength(0);
  });

  test('the gate is asked again when the caller picks up, and says why they are not put through', async () => {
    const { actor, phone, number } = await caller();
    const { body } = await dial(actor, number);
    const leg = await legTo(phone);
    await sql()`update phones set do_not_call = true, do_not_call_at = now() where id = ${number.id}`;
    const after = await pickUp(leg.sid);
    expect(after.heard.join(' ')).toMatch(/do-not-call/);
    expect(await legsOf({ to: number.e164 })).toHaveLength(0);
    expect(await getCall(actor, body.call.id)).toMatchObject({
      status: 'canceled',
      error: expect.stringMatching(/do-not-call/),
    });
  });

  test('the last call that is allowed in a day is put through', async () => {
    const { actor, phone, number } = await caller();
    await sql()`insert into calls (workspace_id, phone_id, user_id, started_at, status) select ${cast.workspace.id}, ${number.id}, ${actor.userId}, now() - interval '3 hours', 'completed' from generate_series(1, 2)`;
    await dial(actor, number);
    await pickUp((await legTo(phone)).sid);
    expect(await legTo(number.e164)).toMatchObject({ status: 'ringing' });
    await hangUp((await legTo(phone)).sid);
    expect((await dial(actor, number)).body.error.message).toMatch(/as often as it may/);
  });

  test('an admin calls in spite of a rest, a member doesn’t', async () => {
    const { actor, number } = await caller();
    await sql()`insert into call_holds (workspace_id, phone_id, reason, until) values (${cast.workspace.id}, ${number.id}, 'called', now() + interval '1 hour')`;
    expect((await dial(actor, number)).status).toBe(409);
    expect((await dial(actor, number, { via: 'phone', override: true })).status).toBe(403);
    await giveOwnPhone(cast.admin);
    await claim(cast.workspace, number, cast.admin);
    const { status, body } = await dial(cast.admin, number, { via: 'manual', override: true });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      tel: `tel:${number.e164}`,
      decision: { overridden: 'locked_number' },
      call: { status: 'logged', via: 'manual' },
    });
  });

  test.each([
    [401, { code: 20003, message: 'Authenticate' }, 'failed'],
    [429, { code: 20429, message: 'Too Many Requests' }, 'failed'],
    [500, {}, 'failed'],
  ])('the provider answers %i: the call says so', async (status, body, wanted) => {
    const { actor, phone, number } = await caller();
    await misbehave({ match: { contains: phone }, times: 1, status, body });
    const answer = await dial(actor, number);
    expect(answer.body.call).toMatchObject({
      status: wanted,
      is_live: false,
      error: expect.stringMatching(String(status)),
    });
    // and the next try is free to go
    expect((await dial(actor, number)).status).toBe(201);
  });

  test('an answer that never came is settled by what the provider tells of the call', async () => {
    const { actor, phone, number } = await caller();
    await misbehave({ match: { contains: phone }, times: 1, accept_and_drop: true });
    const { body } = await dial(actor, number);
    expect(['unknown', 'queued']).toContain((await getCall(actor, body.call.id)).status);
    await pickUp((await legTo(phone)).sid);
    const theirs = await legTo(number.e164);
    await pickUp(theirs.sid);
    await hangUp(theirs.sid, 'completed', 12);
    expect(await getCall(actor, body.call.id)).toMatchObject({
      status: 'completed',
      duration_seconds: 12,
      error: null,
    });
  });

  test('a recorded call is announced to both, and its recording is the members’ alone', async () => {
    await sql()`insert into calling_settings (workspace_id, is_recording) values (${cast.workspace.id}, true)
      on conflict (workspace_id) do update set is_recording = true`;
    const { actor, phone, number } = await caller();
    const { body } = await dial(actor, number);
    const ours = await pickUp((await legTo(phone)).sid);
    await sql()`update calling_settings set is_recording = false where workspace_id = ${cast.workspace.id}`;
    const theirs = await pickUp((await legTo(number.e164)).sid);
    expect([ours.heard, theirs.heard]).toEqual([['This call is recorded.'], ['This call is recorded.']]);
    // the outcome is saved while they still talk
    const details = sql().json({ call_id: body.call.id, recording: false });
    await sql()`
      with told as (
        insert into activities (workspace_id, kind, channel, direction, outcome, person_id, phone_id, details)
        values (${cast.workspace.id}, 'call', 'call', 'out', 'answered', ${number.personIds[0] ?? ''}, ${number.id}, ${details}) returning id)
      update calls set activity_id = (select id from told) where id = ${body.call.id}`;
    await hangUp(theirs.sid, 'completed', 30);
    const [told] = await sql()`select details from activities where phone_id = ${number.id}`;
    expect(told?.details).toMatchObject({ duration_seconds: 30, recording: true });
    expect(await getCall(actor, body.call.id)).toMatchObject({ has_recording: true, recording_seconds: 30 });
    const path = `/api/calls/${body.call.id}/recording`;
    const sound = await call<string>(path, { as: cast.member, workspace: cast.workspace });
    expect([sound.status, sound.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
    expect((await call(path, { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
    expect((await call(path, { workspace: cast.workspace })).status).toBe(401);
    const other = await createCast();
    expect((await call(path, { as: other.owner, workspace: other.workspace })).status).toBe(404);
  });
});

/** Every order of a list. */
const orders = <T>(list: T[]): T[][] =>
  list.length < 2
    ? [list]
    : list.flatMap((item, at) => orders(list.toSpliced(at, 1)).map((rest) => [item, ...rest]));

test('callbacks in every order, twice, end the same', async () => {
  const events: { leg: string; [name: string]: string }[] = [
    { leg: 'ours', CallStatus: 'completed', CallDuration: '40', SequenceNumber: '3' },
    { leg: 'theirs', CallStatus: 'ringing', SequenceNumber: '1' },
    { leg: 'theirs', CallStatus: 'in-progress', SequenceNumber: '2' },
    { leg: 'theirs', CallStatus: 'completed', CallDuration: '31', SequenceNumber: '3' },
    { leg: 'dial', DialCallStatus: 'completed', DialCallDuration: '31' },
  ];
  const number = await makeNumber(cast.workspace);
  const ends = await Promise.all(
    orders(events).map(async (order, at) => {
      const [made] = await sql()<{ id: string }[]>`
        insert into calls (workspace_id, phone_id, phone_number_id, via, user_id, status, status_rank)
        values (${cast.workspace.id}, ${number.id}, ${own.id}, 'phone', ${cast.member.userId}, 'dialling', 1) returning id`;
      const id = made?.id ?? '';
      for (const { leg, ...event } of [...order, ...order]) {
        const isTheirs = leg === 'theirs';
        const common = {
          AccountSid: 'AC',
          To: number.e164,
          From: own.e164,
          Timestamp: `Sat, 21 Nov 2026 10:00:0${event.SequenceNumber ?? 0} +0000`,
        };
        const path = leg === 'dial' ? `bridge?call=${id}&after=1` : `call-status?call=${id}&leg=${leg}`;
        const sid = `CA${isTheirs ? 'child' : 'parent'}${id}`.slice(0, 60);
        const { status } = await postSigned(`/api/webhooks/twilio/${path}`, {
          ...common,
          CallSid: sid,
          ...event,
          ...(leg === 'dial' && { DialCallSid: `CAchild${id}`.slice(0, 60) }),
        });
        if (status !== (leg === 'dial' ? 200 : 204)) throw new Error(`order ${at}: ${status}`);
      }
      const [row] = await sql()`
        select status, status_rank, duration_seconds, answered_at, ended_at, error, provider_sid is not null as ours, child_sid is not null as theirs from calls where id = ${id}`;
      return JSON.stringify(row);
    }),
  );
  expect(ends).toHaveLength(120);
  expect([...new Set(ends)].map((end) => JSON.parse(end))).toEqual([
    {
      status: 'completed',
      status_rank: 8,
      duration_seconds: 31,
      answered_at: '2026-11-21T10:00:02.000Z',
      ended_at: '2026-11-21T10:00:03.000Z',
      error: null,
      ours: true,
      theirs: true,
    },
  ]);
}, 120_000);
