/** What taking an outcome back leaves alone: what others have said of the same number since, and what is somebody else’s to say. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { callAndNote, createCallee, deskNumbers, shareNumber, targetOf } from '../support/calling';
import { sql } from '../support/db';
import { type Actor, addMember, type Cast, createCast } from '../support/factories';

type Recorded = { call: { id: string; outcome: string }; siblings: number };

let cast: Cast;
let other: Actor;
beforeAll(async () => {
  cast = await createCast();
  other = await addMember(cast.workspace);
});

const callee = () => createCallee(cast.owner, cast.workspace);
const note = (phone: string, body: Record<string, unknown>, as: Actor = cast.member) =>
  callAndNote<Recorded & Failure>(as, cast.workspace, phone, body);
const write = (phone: string, body: Record<string, unknown>, as: Actor = cast.member) =>
  call<Recorded & Failure>(`/api/phones/${phone}/calls`, { as, workspace: cast.workspace, body });
const undo = (id: string, as: Actor = cast.member) =>
  call<{ stays: string[] } & Failure>(`/api/calls/${id}/undo`, {
    as,
    workspace: cast.workspace,
    method: 'POST',
  });
const phoneNow = async (id: string) => (await sql()`select * from phones where id = ${id}`)[0];
const liveHolds = (id: string) => sql()<{ id: string; reason: string }[]>`
  select id, reason from call_holds where (phone_id = ${id} or person_id = ${id}) and lifted_at is null order by reason`;

describe('after somebody else has noted an outcome of the same number, undo of the first', () => {
  test('leaves “do not call” where both said it, and the second’s undo lifts it', async () => {
    const { phone } = await callee();
    const first = await note(phone, { outcome: 'do_not_call', reason: 'Said so' });
    const second = await note(phone, { outcome: 'do_not_call' }, other);
    expect((await undo(first.body.call.id)).status).toBe(200);
    expect(await phoneNow(phone)).toMatchObject({
      do_not_call: true,
      sms_opt_out_source: 'do_not_call',
      call_count: 1,
    });
    expect(await targetOf(phone)).toMatchObject({ is_callable: false, last_outcome: 'do_not_call' });
    await undo(second.body.call.id, other);
    expect(await phoneNow(phone)).toMatchObject({
      do_not_call: false,
      sms_opted_out_at: null,
      call_count: 0,
    });
  });

  test('leaves a wrong number wrong where both said so', async () => {
    const { phone } = await callee();
    const first = await note(phone, { outcome: 'invalid_number' });
    const second = await note(phone, { outcome: 'invalid_number' }, other);
    await undo(first.body.call.id);
    expect(await phoneNow(phone)).toMatchObject({ status: 'invalid' });
    await undo(second.body.call.id, other);
    expect(await phoneNow(phone)).toMatchObject({ status: 'active' });
  });

  test('leaves what another outcome has set: its holds, its promise, its place on the list', async () => {
    const { person, phone } = await callee();
    const first = await note(phone, { outcome: 'invalid_number' });
    const second = await note(phone, { outcome: 'closed', reached: 'confirmed', person_id: person }, other);
    await undo(first.body.call.id);
    expect(await phoneNow(phone)).toMatchObject({ status: 'active', call_count: 1 });
    expect((await liveHolds(person)).map(({ reason }) => reason)).toEqual(['closed', 'person_called']);
    expect(await targetOf(phone)).toMatchObject({ last_outcome: 'closed' });
    expect((await sql()`select outcome, undone_at from calls where id = ${second.body.call.id}`)[0]).toEqual({
      outcome: 'closed',
      undone_at: null,
    });
  });

  test('leaves the owner’s other numbers aside as long as one of two confirmations stands', async () => {
    const one = await callee();
    const sibling = await callee();
    await sql()`insert into person_phones (workspace_id, person_id, phone_id) values (${cast.workspace.id}, ${one.person}, ${sibling.phone})`;
    const confirmed = { outcome: 'answered', reached: 'confirmed', person_id: one.person };
    const first = await note(one.phone, confirmed);
    const second = await note(one.phone, confirmed, other);
    const setAside = async () =>
      (await liveHolds(sibling.phone)).some(({ reason }) => reason === 'owner_confirmed');
    await undo(first.body.call.id);
    expect(await setAside()).toBe(true);
    await undo(second.body.call.id, other);
    expect(await setAside()).toBe(false);
    expect(await deskNumbers(cast.member, cast.workspace)).toContain(sibling.phone);
  });

  test('leaves an address that both were told', async () => {
    const { person, phone } = await callee();
    const address = `${crypto.randomUUID()}@mail.example`;
    const linked = async () =>
      (
        await sql()`select 1 from person_emails l join emails e on e.id = l.email_id where l.person_id = ${person} and e.address = ${address}`
      ).length;
    const first = await note(phone, { outcome: 'answered', email_captured: address });
    const second = await note(phone, { outcome: 'pending_signup', email_captured: address }, other);
    await undo(first.body.call.id);
    expect(await linked()).toBe(1);
    await undo(second.body.call.id, other);
    expect(await linked()).toBe(0);
  });

  test('opens no promise again that the second call has kept as well', async () => {
    const { person, phone } = await callee();
    const [promise] = await sql()<{ id: string }[]>`
      insert into activities (workspace_id, kind, channel, direction, person_id, next_step_at, occurred_at)
      values (${cast.workspace.id}, 'call', 'call', 'out', ${person}, now() + interval '1 hour', now() - interval '1 day') returning id`;
    const isOpen = async () =>
      (await sql()`select 1 from activities where id = ${promise?.id ?? ''} and next_step_closed_by is null`)
        .length === 1;
    const first = await note(phone, { outcome: 'no_answer' });
    const second = await note(phone, { outcome: 'no_answer' }, other);
    await undo(first.body.call.id);
    expect(await isOpen()).toBe(false);
    await undo(second.body.call.id, other);
    expect(await isOpen()).toBe(true);
  });
});

test('“do not call” that somebody lifted and set again since is theirs', async () => {
  const { phone, e164 } = await callee();
  const { body } = await note(phone, { outcome: 'do_not_call' });
  const list = (method: string, path: string, given: object) =>
    call(`/api/do-not-call${path}`, { as: cast.admin, workspace: cast.workspace, method, body: given });
  expect((await list('DELETE', `/${phone}`, { reason: 'A mistake' })).status).toBeLessThan(300);
  expect((await list('POST', '', { e164, reason: 'Wrote a letter' })).status).toBeLessThan(300);
  await undo(body.call.id);
  expect(await phoneNow(phone)).toMatchObject({
    do_not_call: true,
    do_not_call_reason: 'Wrote a letter',
    do_not_call_by: cast.admin.userId,
  });
});

describe('whose outcome it is to say', () => {
  test('a claim that ran out is none; somebody else’s stays when an admin notes an outcome', async () => {
    const { phone } = await callee();
    await call(`/api/phones/${phone}/claim`, { as: cast.member, workspace: cast.workspace, body: {} });
    await sql()`update call_claims set expires_at = now() - interval '1 second' where phone_id = ${phone}`;
    expect((await write(phone, { outcome: 'no_answer' })).status).toBe(403);
    await call(`/api/phones/${phone}/claim`, { as: cast.member, workspace: cast.workspace, body: {} });
    expect((await write(phone, { outcome: 'no_answer' }, cast.admin)).status).toBe(201);
    expect((await write(phone, { outcome: 'answered' })).status).toBe(201);
    expect(await phoneNow(phone)).toMatchObject({ call_count: 2 });
  });

  test('a call of another number, another workspace or another caller takes none', async () => {
    const [one, two] = [await callee(), await callee()];
    const { body } = await note(one.phone, { outcome: 'no_answer' });
    expect((await note(two.phone, { call_id: body.call.id, outcome: 'answered' })).status).toBe(404);
    const stranger = await createCast();
    const theirs = await createCallee(stranger.owner, stranger.workspace);
    const foreign = await callAndNote<Recorded>(stranger.member, stranger.workspace, theirs.phone, {
      outcome: 'no_answer',
    });
    expect((await note(one.phone, { call_id: foreign.body.call.id, outcome: 'answered' })).status).toBe(404);
    const [placed] = await sql()<{ id: string }[]>`
      insert into calls (workspace_id, phone_id, user_id, via, status) values (${cast.workspace.id}, ${two.phone}, ${other.userId}, 'phone', 'completed') returning id`;
    expect((await note(two.phone, { call_id: placed?.id, outcome: 'answered' })).status).toBe(403);
    expect((await sql()`select outcome from calls where id = ${placed?.id ?? ''}`)[0]).toEqual({
      outcome: null,
    });
    expect((await write(two.phone, { call_id: placed?.id, outcome: 'answered' }, cast.admin)).status).toBe(
      201,
    );
  });

  test('a second outcome of one call is refused, not lost', async () => {
    const { phone } = await callee();
    const id = crypto.randomUUID();
    await note(phone, { call_id: id, outcome: 'no_answer' });
    const again = await note(phone, { call_id: id, outcome: 'rejected' });
    expect([again.status, again.body.error.message]).toEqual([
      409,
      expect.stringMatching(/has an outcome already/),
    ]);
    await undo(id);
    expect((await note(phone, { call_id: id, outcome: 'rejected' })).body.call.outcome).toBe('rejected');
  });

  test('two who note outcomes of one owner’s numbers at once are both heard', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await callee(), await callee()];
      await sql()`insert into person_phones (workspace_id, person_id, phone_id) values
        (${cast.workspace.id}, ${one.person}, ${two.phone}), (${cast.workspace.id}, ${two.person}, ${one.phone})`;
      const claim = (as: Actor, phone: string) =>
        call(`/api/phones/${phone}/claim`, { as, workspace: cast.workspace, body: {} });
      await Promise.all([claim(cast.member, one.phone), claim(other, two.phone)]);
      const answers = await Promise.all([
        write(one.phone, { outcome: 'closed', reached: 'confirmed', person_id: one.person }),
        write(two.phone, { outcome: 'closed', reached: 'confirmed', person_id: two.person }, other),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    }
  });
});

test('a call that was dialled counts against the day’s cap though its outcome was taken back', async () => {
  const { phone } = await callee();
  const dial = () =>
    call<{ call: { id: string } } & Failure>(`/api/phones/${phone}/dial`, {
      as: cast.member,
      workspace: cast.workspace,
      body: { via: 'manual' },
    });
  for (let n = 0; n < 3; n += 1) {
    await call(`/api/phones/${phone}/claim`, { as: cast.member, workspace: cast.workspace, body: {} });
    const { status, body } = await dial();
    expect(status).toBe(201);
    await write(phone, { call_id: body.call.id, outcome: 'no_answer' });
    await undo(body.call.id);
  }
  await call(`/api/phones/${phone}/claim`, { as: cast.member, workspace: cast.workspace, body: {} });
  const fourth = await dial();
  expect([fourth.status, fourth.body.error.message]).toEqual([
    409,
    expect.stringMatching(/as often as it may/),
  ]);
});

test('a hold that two calls have put is lifted as one', async () => {
  const { phone } = await callee();
  await shareNumber(cast.owner, cast.workspace, phone);
  await note(phone, { outcome: 'rejected' });
  await note(phone, { outcome: 'rejected' }, other);
  const rejected = (await liveHolds(phone)).filter(({ reason }) => reason === 'rejected');
  expect(rejected).toHaveLength(2);
  const lifted = await call(`/api/call-holds/${rejected[0]?.id}`, {
    as: cast.member,
    workspace: cast.workspace,
    method: 'DELETE',
  });
  expect(lifted.status).toBeLessThan(300);
  expect((await liveHolds(phone)).map(({ reason }) => reason)).toEqual(['called', 'called']);
});

test('what can’t be taken back any more is said: a mail that went, campaigns that ended', async () => {
  const { person, phone } = await callee();
  const { body } = await note(phone, { outcome: 'no_answer' });
  const mail = crypto.randomUUID();
  await sql()`insert into email_queue (id, workspace_id, purpose, person_id, to_address, from_address, status, sent_at, body_text)
    values (${mail}, ${cast.workspace.id}, 'followup', ${person}, 'avery@mail.example', 'dana@mail.example', 'sent', now(), 'x')`;
  await sql()`update calls set followup_email_id = ${mail} where id = ${body.call.id}`;
  expect((await undo(body.call.id)).body.stays).toEqual(['The follow-up e-mail has gone out.']);
  expect((await sql()`select status from email_queue where id = ${mail}`)[0]?.status).toBe('sent');
});
