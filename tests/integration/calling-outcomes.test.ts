/** What each outcome of a call promises to do, to whom, and how it is taken back. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { callAndNote, createCallee, deskNumbers, shareNumber, targetOf } from '../support/calling';
import { sql } from '../support/db';
import {
  type Actor,
  addMember,
  type Cast,
  createCast,
  createProperty,
  uniquePhone,
} from '../support/factories';
import { makeNumber } from '../support/texts';

type Recorded = {
  call: { id: string; outcome: string; activity_id: string; can_undo: boolean };
  siblings: number;
};
type Held = { reason: string; until: Date | null; lifted_at: Date | null };

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const callee = () => createCallee(cast.owner, cast.workspace);
const note = (phone: string, body: Record<string, unknown>, as: Actor = cast.member) =>
  callAndNote<Recorded & Failure>(as, cast.workspace, phone, body);
const undo = (id: string, as: Actor = cast.member) =>
  call<{ stays: string[] } & Failure>(`/api/calls/${id}/undo`, {
    as,
    workspace: cast.workspace,
    method: 'POST',
  });
const holdsOf = (id: string) => sql()<Held[]>`
  select reason, until, lifted_at from call_holds where phone_id = ${id} or person_id = ${id} or property_id = ${id} order by reason`;
const phoneNow = async (id: string) => (await sql()`select * from phones where id = ${id}`)[0];
const activitiesOf = (person: string) => sql()`
  select kind, outcome, body, next_step_at, performed_by, details, phone_id from activities where person_id = ${person} order by created_at`;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const minutesLeft = (until: Date | null | undefined) => ((until?.getTime() ?? 0) - Date.now()) / 60_000;

describe('who may note an outcome', () => {
  test('a member needs the claim; somebody else’s claim is told; an admin may anyway', async () => {
    const { phone } = await callee();
    const write = (as: Actor) =>
      call<Failure & { error: { current: { user_id: string } } }>(`/api/phones/${phone}/calls`, {
        as,
        workspace: cast.workspace,
        body: { outcome: 'no_answer' },
      });
    expect((await write(cast.member)).status).toBe(403);
    const other = await addMember(cast.workspace);
    await call(`/api/phones/${phone}/claim`, { as: other, workspace: cast.workspace, body: {} });
    const refused = await write(cast.member);
    expect(refused.status).toBe(409);
    expect(refused.body.error.current.user_id).toBe(other.userId);
    expect((await write(cast.admin)).status).toBe(201);
  });

  test('what an outcome needs is asked for at its field', async () => {
    const { phone } = await callee();
    expect((await note(phone, { outcome: 'follow_up' })).body.error.fields).toHaveProperty('next_step_at');
    expect(
      (await note(phone, { outcome: 'answered', reached: 'confirmed' })).body.error.fields,
    ).toHaveProperty('person_id');
    expect((await note(phone, { outcome: 'maybe' })).status).toBe(400);
  });

  test('the same call twice is noted once', async () => {
    const { person, phone } = await callee();
    const id = crypto.randomUUID();
    const [first, second] = [
      await note(phone, { call_id: id, outcome: 'no_answer' }),
      await note(phone, { call_id: id, outcome: 'no_answer' }),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.call.id).toBe(id);
    expect(await activitiesOf(person)).toHaveLength(1);
    expect(await phoneNow(phone)).toMatchObject({ call_count: 1 });
  });
});

describe('effects', () => {
  test('no answer: the number rests for an hour, the claim ends, the timeline has it', async () => {
    const { person, phone } = await callee();
    await note(phone, { outcome: 'no_answer', notes: 'Rang out' });
    const [hold] = await holdsOf(phone);
    expect(hold?.reason).toBe('called');
    expect(minutesLeft(hold?.until)).toBeGreaterThan(58);
    expect(minutesLeft(hold?.until)).toBeLessThan(61);
    expect(await holdsOf(person)).toEqual([]);
    expect(await sql()`select 1 from call_claims where phone_id = ${phone}`).toHaveLength(0);
    expect(await activitiesOf(person)).toMatchObject([
      {
        kind: 'call',
        outcome: 'no_answer',
        body: 'Rang out',
        performed_by: cast.member.userId,
        phone_id: phone,
      },
    ]);
    expect(await targetOf(phone)).toMatchObject({ last_outcome: 'no_answer', call_count: 1, rule: 3 });
    expect(await deskNumbers(cast.member, cast.workspace)).not.toContain(phone);
  });

  test('answered: person and properties rest for a day, and with them their other number', async () => {
    const { person, phone } = await callee();
    const other = uniquePhone();
    const [second] = await sql()<
      { id: string }[]
    >`insert into phones (workspace_id, e164) values (${cast.workspace.id}, ${other}) returning id`;
    await sql()`insert into person_phones (workspace_id, person_id, phone_id) values (${cast.workspace.id}, ${person}, ${second?.id as string})`;
    const property = await createProperty(cast.owner, cast.workspace);
    await sql()`insert into property_people (workspace_id, property_id, person_id, role) values (${cast.workspace.id}, ${property.id}, ${person}, 'owner')`;
    await note(phone, { outcome: 'answered' });
    expect(await holdsOf(person)).toMatchObject([{ reason: 'person_called' }]);
    const [hold] = await holdsOf(property.id);
    expect(hold?.reason).toBe('property_called');
    expect(minutesLeft(hold?.until)).toBeGreaterThan(1400);
    expect(minutesLeft((await targetOf(second?.id as string))?.held_until)).toBeGreaterThan(1400);
  });

  test('a follow-up comes first at its time, whatever rests until later', async () => {
    const { person, phone } = await callee();
    await note(phone, { outcome: 'follow_up', next_step_at: inMinutes(30) });
    const target = await targetOf(phone);
    expect(target).toMatchObject({ rule: 1, last_outcome: 'follow_up' });
    expect(minutesLeft(target?.held_until)).toBeLessThan(31);
    expect((await activitiesOf(person))[0]?.next_step_at).not.toBeNull();
    const card = await call<{ row: { held: { until: string } } }>(`/api/phones/${phone}/desk`, {
      as: cast.member,
      workspace: cast.workspace,
    });
    expect(minutesLeft(new Date(card.body.row.held.until))).toBeLessThan(31);
    await sql()`update calls set next_step_at = now() - interval '1 minute', started_at = now() - interval '1 hour' where phone_id = ${phone}`;
    await sql()`update call_holds set created_at = now() - interval '1 hour' where phone_id = ${phone} or person_id = ${person}`;
    await sql()`select private.refresh_call_targets(${cast.workspace.id}, array[${phone}::uuid])`;
    expect(await deskNumbers(cast.member, cast.workspace, '&follow_up=due')).toContain(phone);
  });

  test('invalid: the number is, for all who share it, and leaves the list; undo brings it back', async () => {
    const { phone } = await callee();
    const second = await shareNumber(cast.owner, cast.workspace, phone);
    const { body } = await note(phone, { outcome: 'invalid_number' });
    expect(await phoneNow(phone)).toMatchObject({ status: 'invalid' });
    expect(await targetOf(phone)).toMatchObject({ is_callable: false, people_count: 2 });
    // nobody was spoken to: it may have been either of them
    expect((await activitiesOf(second))[0]?.details).toMatchObject({ shared: true, call_id: body.call.id });
    expect((await undo(body.call.id)).status).toBe(200);
    expect(await phoneNow(phone)).toMatchObject({ status: 'active', call_count: 0 });
    expect(await targetOf(phone)).toMatchObject({ is_callable: true, rule: 2, last_outcome: null });
  });

  test('do not call: no channel to the number, queued texts go, off everybody’s list; undo lifts what it set', async () => {
    const { phone } = await callee();
    const ours = await makeNumber(cast.workspace);
    const [text] = await sql()<{ id: string }[]>`
      insert into sms_messages (workspace_id, direction, phone_id, phone_number_id, body, status, run_at)
      values (${cast.workspace.id}, 'out', ${phone}, ${ours.id}, 'Good morning', 'queued', now() + interval '1 day') returning id`;
    const [batch] = await sql()<{ id: string }[]>`
      insert into sms_batches (workspace_id, name, body) values (${cast.workspace.id}, 'Spring', 'Hello') returning id`;
    await sql()`
      insert into sms_messages (workspace_id, direction, purpose, batch_id, phone_id, phone_number_id, body, status, run_at)
      values (${cast.workspace.id}, 'out', 'bulk', ${batch?.id as string}, ${phone}, ${ours.id}, 'Hello', 'queued', now() + interval '1 day'),
             (${cast.workspace.id}, 'out', 'auto', null, ${phone}, ${ours.id}, 'Noted', 'queued', now() + interval '1 day')`;
    expect(await deskNumbers(cast.admin, cast.workspace)).toContain(phone);
    const { body } = await note(phone, { outcome: 'do_not_call', reason: 'Said so, loudly' });
    expect(
      (await sql()`select purpose, status from sms_messages where phone_id = ${phone} order by purpose`).map(
        ({ purpose, status }) => [purpose, status],
      ),
    ).toEqual([
      ['auto', 'cancelled'],
      ['bulk', 'cancelled'],
      ['direct', 'cancelled'],
    ]);
    expect(await phoneNow(phone)).toMatchObject({
      do_not_call: true,
      do_not_call_reason: 'Said so, loudly',
      do_not_call_by: cast.member.userId,
      sms_opt_out_source: 'do_not_call',
    });
    expect((await sql()`select status from sms_messages where id = ${text?.id as string}`)[0]?.status).toBe(
      'cancelled',
    );
    expect(await deskNumbers(cast.admin, cast.workspace)).not.toContain(phone);
    const undone = await undo(body.call.id);
    expect(undone.body.stays).not.toEqual([]);
    expect(await phoneNow(phone)).toMatchObject({
      do_not_call: false,
      do_not_call_at: null,
      sms_opted_out_at: null,
    });
    expect(await deskNumbers(cast.admin, cast.workspace)).toContain(phone);
  });

  test('closed holds whoever was confirmed, else the number, until it is lifted', async () => {
    const confirmed = await callee();
    await note(confirmed.phone, { outcome: 'closed', reached: 'confirmed', person_id: confirmed.person });
    expect(await holdsOf(confirmed.person)).toMatchObject([
      { reason: 'closed', until: null },
      { reason: 'person_called' },
    ]);
    const other = await callee();
    const { body } = await note(other.phone, { outcome: 'rejected' });
    expect((await holdsOf(other.phone)).map(({ reason }) => reason)).toEqual(['called', 'rejected']);
    await undo(body.call.id);
    expect((await holdsOf(other.phone)).every(({ lifted_at }) => lifted_at)).toBe(true);
    expect(await deskNumbers(cast.member, cast.workspace)).toContain(other.phone);
  });

  test('a confirmed owner takes the other numbers off the list, reversibly', async () => {
    const { person, phone } = await callee();
    const colleague = await callee();
    const [owner] = await sql()<{ id: string }[]>`
      insert into owners (workspace_id, kind, person_id, display_name) values (${cast.workspace.id}, 'individual', ${person}, 'Owner') returning id`;
    await sql()`insert into owner_contacts (workspace_id, owner_id, person_id, role) values (${cast.workspace.id}, ${owner?.id as string}, ${colleague.person}, 'assistant')`;
    const first = await note(phone, { outcome: 'answered', reached: 'confirmed', person_id: person });
    expect(first.body.siblings).toBe(1);
    expect(await holdsOf(colleague.phone)).toMatchObject([{ reason: 'owner_confirmed', until: null }]);
    expect(await deskNumbers(cast.member, cast.workspace)).not.toContain(colleague.phone);
    await undo(first.body.call.id);
    expect(await deskNumbers(cast.member, cast.workspace)).toContain(colleague.phone);
  });

  test('the wrong person: the number is held where only they are behind it, and the link stays', async () => {
    const alone = await callee();
    await note(alone.phone, { outcome: 'answered', reached: 'wrong_person', person_id: alone.person });
    expect((await holdsOf(alone.phone)).map(({ reason }) => reason)).toContain('wrong_person');
    expect(await targetOf(alone.phone)).toMatchObject({ people_count: 1 });
    const shared = await callee();
    await shareNumber(cast.owner, cast.workspace, shared.phone);
    await note(shared.phone, { outcome: 'answered', reached: 'wrong_person' });
    expect((await holdsOf(shared.phone)).map(({ reason }) => reason)).toEqual(['called']);
  });

  test('an e-mail that was told belongs to who was reached; of a number that several share it stays with the call', async () => {
    const { person, phone } = await callee();
    const address = `${crypto.randomUUID()}@mail.example`;
    const { body } = await note(phone, { outcome: 'pending_signup', email_captured: address.toUpperCase() });
    const linked = () => sql()`
      select l.source from person_emails l join emails e on e.id = l.email_id where l.person_id = ${person} and e.address = ${address}`;
    expect(await linked()).toMatchObject([{ source: 'call' }]);
    await undo(body.call.id);
    expect(await linked()).toEqual([]);
    const shared = await callee();
    await shareNumber(cast.owner, cast.workspace, shared.phone);
    const kept = await note(shared.phone, {
      outcome: 'answered',
      email_captured: `${crypto.randomUUID()}@mail.example`,
    });
    expect(kept.body.call).toHaveProperty('email_captured', expect.stringContaining('@mail.example'));
    expect(await sql()`select 1 from person_emails where person_id = ${shared.person}`).toHaveLength(0);
  });

  test('a voicemail rests everybody behind the number', async () => {
    const { person, phone } = await callee();
    const second = await shareNumber(cast.owner, cast.workspace, phone);
    await note(phone, { outcome: 'left_vm' });
    for (const id of [person, second]) expect(await holdsOf(id)).toMatchObject([{ reason: 'person_called' }]);
  });
});

describe('undo', () => {
  test('is the caller’s for an hour, and an admin’s after it; twice is once', async () => {
    const { person, phone } = await callee();
    const { body } = await note(phone, { outcome: 'answered' });
    const other = await addMember(cast.workspace);
    expect((await undo(body.call.id, other)).status).toBe(403);
    await sql()`update calls set outcome_at = now() - interval '61 minutes' where id = ${body.call.id}`;
    expect((await undo(body.call.id)).status).toBe(403);
    expect((await undo(body.call.id, cast.admin)).status).toBe(200);
    expect((await undo(body.call.id, cast.admin)).status).toBe(200);
    expect(await phoneNow(phone)).toMatchObject({ call_count: 0 });
    expect(await activitiesOf(person)).toMatchObject([
      { outcome: null, details: { undone: true, outcome_was: 'answered' } },
    ]);
    expect((await undo(body.call.id, cast.stranger)).status).toBe(404);
  });
});
