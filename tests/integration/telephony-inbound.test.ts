import { beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/app';
import { sql } from '../support/db';
import { type Cast, createCast } from '../support/factories';
import { giveOwnPhone, makeNumber, makeOwnNumber } from '../support/telephony';
import { callIn, hangUp, leaveMessage, legsOf, pickUp, postSigned, uniqueNumber } from '../support/twilio';

let cast: Cast;
let own: { id: string; e164: string };
let memberPhone: string;
beforeAll(async () => {
  cast = await createCast();
  own = await makeOwnNumber(cast.workspace);
  memberPhone = await giveOwnPhone(cast.member);
});

const callOf = async (sid: string) =>
  (
    await sql()`
      select c.id, c.workspace_id, c.direction, c.status, c.duration_seconds, c.is_voicemail, c.recording_sid is not null as has_recording, c.user_id, c.activity_id
        from calls c where c.provider_sid = ${sid}`
  )[0];
const toldOf = (sid: string) => sql()`
  select a.subject, a.person_id, a.details ->> 'shared' as shared, a.details ->> 'is_missed' as is_missed from activities a
    join calls c on a.details ->> 'call_id' = c.id::text where c.provider_sid = ${sid} order by a.person_id`;
const notified = (sid: string) => sql()`
  select n.user_id, n.title from notifications n join calls c on n.dedupe_key like '%:' || c.id where c.provider_sid = ${sid}`;

describe('somebody calls us', () => {
  test('whoever looks after the only one behind the number is rung, and the call is theirs', async () => {
    const number = await makeNumber(cast.workspace, { assignedTo: cast.member });
    const leg = await callIn(number.e164, own.e164);
    expect(leg.heard).toEqual(['Thank you for calling. Please hold while we connect you.']);
    const [ours] = await legsOf({ parent: leg.sid });
    expect(ours).toMatchObject({ to: memberPhone, from: number.e164 });
    await pickUp(ours?.sid ?? '');
    await hangUp(ours?.sid ?? '', 'completed', 55);
    expect(await callOf(leg.sid)).toMatchObject({
      direction: 'in',
      status: 'completed',
      duration_seconds: 55,
      user_id: cast.member.userId,
      is_voicemail: false,
      activity_id: expect.any(String),
    });
    expect(await toldOf(leg.sid)).toEqual([
      { subject: 'Incoming call', person_id: number.personIds[0], shared: null, is_missed: 'false' },
    ]);
    expect(await notified(leg.sid)).toEqual([]);
  });

  test('what a call that came in came to stands with it, and taking it back leaves it as it was told', async () => {
    const number = await makeNumber(cast.workspace, { people: 2, assignedTo: cast.member });
    await sql()`update phone_numbers set assigned_to = ${cast.member.userId} where e164 = ${own.e164}`;
    const leg = await callIn(number.e164, own.e164);
    await sql()`update phone_numbers set assigned_to = null where e164 = ${own.e164}`;
    const [ours] = await legsOf({ parent: leg.sid });
    await pickUp(ours?.sid ?? '');
    await hangUp(ours?.sid ?? '', 'completed', 55);
    const before = await toldOf(leg.sid);
    expect(before).toMatchObject([{ shared: 'true' }, { shared: 'true' }]);
    const id = (await callOf(leg.sid))?.id;
    const as = { as: cast.admin, workspace: cast.workspace };
    const [person_id] = number.personIds;
    const saved = await call(`/api/phones/${number.id}/calls`, {
      ...as,
      body: { call_id: id, outcome: 'answered', reached: 'confirmed', person_id, notes: 'Wants a visit' },
    });
    expect(saved.status).toBe(201);
    expect(
      await sql()`select subject, person_id, outcome, body from activities where details ->> 'call_id' = ${id ?? ''}`,
    ).toEqual([{ subject: 'Incoming call', person_id, outcome: 'answered', body: 'Wants a visit' }]);

    expect((await call(`/api/calls/${id}/undo`, { ...as, method: 'POST' })).status).toBe(200);
    expect(await toldOf(leg.sid)).toEqual(before);
  });

  test('nobody picks up: they leave a message, which members hear and the assignee is told of', async () => {
    const number = await makeNumber(cast.workspace, { assignedTo: cast.member });
    const leg = await callIn(number.e164, own.e164);
    const [ours] = await legsOf({ parent: leg.sid });
    await hangUp(ours?.sid ?? '', 'no-answer');
    await leaveMessage(leg.sid, 14);
    const row = await callOf(leg.sid);
    expect(row).toMatchObject({ status: 'completed', is_voicemail: true, has_recording: true });
    expect(await toldOf(leg.sid)).toMatchObject([{ subject: 'Voicemail', person_id: number.personIds[0] }]);
    expect((await notified(leg.sid)).map(({ title }) => title)).toContain('Voicemail from Robin 0 Doe');
    const path = `/api/calls/${row?.id}/recording`;
    expect((await call(path, { as: cast.admin, workspace: cast.workspace })).status).toBe(200);
    expect((await call(path, { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
  });

  test('a missed call of a shared number stands with each who may have called', async () => {
    const number = await makeNumber(cast.workspace, { people: 2, assignedTo: cast.member });
    const leg = await callIn(number.e164, own.e164);
    expect(leg.waits_for).toBe('record');
    await leaveMessage(leg.sid, 0);
    expect(await callOf(leg.sid)).toMatchObject({ status: 'no_answer', is_voicemail: false });
    const told = await toldOf(leg.sid);
    expect(told.map(({ person_id }) => person_id).sort()).toEqual([...number.personIds].sort());
    expect(told).toMatchObject([
      { subject: 'Missed call', shared: 'true', is_missed: 'true' },
      { subject: 'Missed call', shared: 'true' },
    ]);
    expect(await notified(leg.sid)).toEqual([
      { user_id: cast.member.userId, title: 'Missed call from Robin 0 Doe, Robin 1 Doe' },
    ]);
  });

  test('the number’s own member goes before the assignee', async () => {
    const adminPhone = await giveOwnPhone(cast.admin);
    const theirs = await makeOwnNumber(cast.workspace, { assignedTo: cast.admin });
    const number = await makeNumber(cast.workspace, { assignedTo: cast.member });
    const leg = await callIn(number.e164, theirs.e164);
    expect(await legsOf({ parent: leg.sid })).toMatchObject([{ to: adminPhone }]);
  });

  test('a stranger becomes a lead with a message, and nobody without one', async () => {
    const silent = uniqueNumber('646');
    const missed = await callIn(silent, own.e164);
    await leaveMessage(missed.sid, 0);
    expect(await callOf(missed.sid)).toMatchObject({ status: 'no_answer' });
    expect(await toldOf(missed.sid)).toEqual([]);
    const speaking = uniqueNumber('646');
    const left = await callIn(speaking, own.e164);
    await leaveMessage(left.sid, 9);
    expect(await toldOf(left.sid)).toMatchObject([{ subject: 'Voicemail', shared: null }]);
    const people = await sql()`
      select h.display_name, h.lead_status from people h join person_phones l on l.person_id = h.id join phones p on p.id = l.phone_id
       where p.e164 = any (${[silent, speaking]}) and p.workspace_id = ${cast.workspace.id}`;
    expect(people).toEqual([{ display_name: 'Unknown caller', lead_status: 'new' }]);
  });

  test('a number that is nobody’s is rejected, and no workspace is guessed', async () => {
    const number = await makeNumber(cast.workspace);
    const leg = await callIn(number.e164, uniqueNumber('202'));
    expect(leg).toMatchObject({ status: 'no-answer', answeredAtMs: null });
    expect(await callOf(leg.sid)).toBeUndefined();
  });

  test.each(['+266696687', 'anonymous', ''])('a caller who shows no number (%s) is nobody', async (from) => {
    const leg = await callIn(from, own.e164);
    expect(leg.heard.join(' ')).toMatch(/show your number/);
    expect(await callOf(leg.sid)).toBeUndefined();
  });

  test('the same call told again is one call', async () => {
    const number = await makeNumber(cast.workspace);
    const form = {
      AccountSid: 'AC',
      CallSid: `CAagain${crypto.randomUUID()}`,
      From: number.e164,
      To: own.e164,
      Direction: 'inbound',
      CallStatus: 'ringing',
    };
    const [first, second] = await Promise.all(
      [1, 2].map(() => postSigned('/api/webhooks/twilio/voice', form)),
    );
    expect(first?.text).toBe(second?.text);
    const rows = await sql()`select 1 from calls where provider_sid = ${form.CallSid}`;
    expect(rows).toHaveLength(1);
  });
});
