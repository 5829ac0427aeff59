/** What the calling desk promises: one caller a number, an order that is stated, and rows that follow what is behind them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { closedZone, createCallee, deskNumbers, shareNumber, targetOf } from '../support/calling';
import { sql } from '../support/db';
import {
  type Actor,
  addMember,
  type Cast,
  createCast,
  createProperty,
  createWorkspace,
  signUp,
  uniquePhone,
  type Workspace,
} from '../support/factories';
import { phase, run } from './import-files';

type Claimed = { claim: { user_id: string; name: string; expires_at: string } };
type Holder = Failure & { error: { current: Claimed['claim'] } };
type Next = { none?: true; opens_at?: string | null; row: { id: string; claim: { user_id: string } } };

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const claim = (as: Actor, phone: string, body: object = {}) =>
  call<Claimed & Holder>(`/api/phones/${phone}/claim`, { as, workspace: cast.workspace, body });
const next = (as: Actor, workspace: Workspace, body: object = {}) =>
  call<Next>('/api/calls/next', { as, workspace, body });
/** A workspace of the caller's own, where no other test puts numbers. */
const apart = async () => {
  const actor = await signUp();
  return { actor, workspace: await createWorkspace(actor) };
};

describe('a claim', () => {
  test('of fifty who ask at once one gets the number, and the others hear who', async () => {
    const { phone } = await createCallee(cast.owner, cast.workspace);
    const callers = await Promise.all(Array.from({ length: 50 }, () => addMember(cast.workspace)));
    const answers = await Promise.all(callers.map((caller) => claim(caller, phone)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const winner = won[0]?.body.claim.user_id;
    for (const { status, body } of answers.filter((each) => each.status !== 200)) {
      expect(status).toBe(409);
      expect(body.error).toMatchObject({ code: 'conflict', current: { user_id: winner } });
      expect(Date.parse(body.error.current.expires_at)).toBeGreaterThan(Date.now());
    }
  });

  test('ends after two minutes without being renewed, and is then anybody’s', async () => {
    const { phone } = await createCallee(cast.owner, cast.workspace);
    const first = await claim(cast.member, phone);
    const left = Date.parse(first.body.claim.expires_at) - Date.now();
    expect(left).toBeGreaterThan(100_000);
    expect(left).toBeLessThan(130_000);
    expect((await claim(cast.admin, phone)).status).toBe(409);
    await sql()`update call_claims set expires_at = now() - interval '1 second' where phone_id = ${phone}`;
    expect((await claim(cast.admin, phone)).body.claim.user_id).toBe(cast.admin.userId);
    expect((await claim(cast.member, phone)).status).toBe(409);
  });

  test('is renewed by whoever has it, and given back by them or an admin alone', async () => {
    const { phone } = await createCallee(cast.owner, cast.workspace);
    await claim(cast.member, phone);
    await sql()`update call_claims set expires_at = now() + interval '5 seconds' where phone_id = ${phone}`;
    const renewed = await claim(cast.member, phone);
    expect(Date.parse(renewed.body.claim.expires_at) - Date.now()).toBeGreaterThan(60_000);
    const other = await addMember(cast.workspace);
    const release = (as: Actor) =>
      call(`/api/phones/${phone}/claim`, { as, workspace: cast.workspace, method: 'DELETE' });
    await release(other);
    expect((await claim(other, phone)).status).toBe(409);
    await release(cast.admin);
    expect((await claim(other, phone)).status).toBe(200);
  });

  test('is taken over by an admin, which the log keeps; a member can’t', async () => {
    const { phone } = await createCallee(cast.owner, cast.workspace);
    await claim(cast.member, phone);
    const other = await addMember(cast.workspace);
    expect((await claim(other, phone, { take_over: true })).status).toBe(403);
    const taken = await claim(cast.admin, phone, { take_over: true });
    expect(taken.body.claim.user_id).toBe(cast.admin.userId);
    const [entry] = await sql()`
      select before ->> 'user_id' as was, after ->> 'user_id' as becomes, actor from audit_log
       where workspace_id = ${cast.workspace.id} and entity = 'call_claims' and after ->> 'phone_id' = ${phone}`;
    expect(entry).toEqual({
      was: cast.member.userId,
      becomes: cast.admin.userId,
      actor: cast.admin.userId,
    });
  });

  test('of another workspace’s number finds nothing', async () => {
    const { phone } = await createCallee(cast.owner, cast.workspace);
    expect((await claim(cast.stranger, phone)).status).toBe(404);
    for (const [path, method] of [
      [`/api/phones/${phone}/claim`, 'POST'],
      [`/api/phones/${phone}/desk`, 'GET'],
      [`/api/phones/${phone}/holds`, 'POST'],
    ] as const) {
      const body = method === 'POST' ? {} : undefined;
      const { status } = await call(path, {
        as: cast.stranger,
        workspace: cast.otherWorkspace,
        method,
        body,
      });
      expect(status).toBe(404);
    }
  });
});

describe('the list', () => {
  test('stands in the order of its rules: promised and due, never called by properties, called longest ago first', async () => {
    const { actor, workspace } = await apart();
    const callees = await Promise.all(Array.from({ length: 5 }, () => createCallee(actor, workspace)));
    const [promised, many, none, earlier, later] = callees.map(({ phone }) => phone) as [
      string,
      string,
      string,
      string,
      string,
    ];
    for (let n = 0; n < 2; n += 1) {
      const property = await createProperty(actor, workspace);
      await sql()`insert into property_people (workspace_id, property_id, person_id, role)
        values (${workspace.id}, ${property.id}, ${callees[1]?.person as string}, 'owner')`;
    }
    const called = async (phone: string, days: number, step: string | null) => {
      await sql()`insert into calls (workspace_id, phone_id, user_id, outcome, outcome_at, started_at, next_step_at)
        values (${workspace.id}, ${phone}, ${actor.userId}, 'no_answer', now(), now() - ${days} * interval '1 day', ${step})`;
      await sql()`select private.refresh_call_targets(${workspace.id}, array[${phone}::uuid])`;
    };
    await called(promised, 1, new Date(Date.now() - 60_000).toISOString());
    await called(earlier, 3, null);
    await called(later, 2, null);
    expect(await deskNumbers(actor, workspace)).toEqual([promised, many, none, earlier, later]);

    // page by page, each number once
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await call<{ rows: { id: string }[]; next_cursor: string | null }>(
        `/api/calls/desk?limit=2${cursor}`,
        { as: actor, workspace },
      );
      seen.push(...body.rows.map(({ id }) => id));
      cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : '';
    } while (cursor);
    expect(seen).toEqual([promised, many, none, earlier, later]);
  });

  test('is narrowed by state, role, lead status, outcome, properties and a view of people', async () => {
    const { actor, workspace } = await apart();
    const texan = await createCallee(actor, workspace, { state: 'TX', lead_status: 'hot' });
    const other = await createCallee(actor, workspace, { state: 'FL' });
    const property = await createProperty(actor, workspace, { state: 'NV' });
    await sql()`insert into property_people (workspace_id, property_id, person_id, role) values (${workspace.id}, ${property.id}, ${other.person}, 'manager')`;
    const shown = (query: string) => deskNumbers(actor, workspace, query);
    expect(await shown('&state=TX')).toEqual([texan.phone]);
    expect(await shown('&state=NV&state=CA')).toEqual([other.phone]);
    expect(await shown('&role=manager')).toEqual([other.phone]);
    expect(await shown('&lead_status=hot')).toEqual([texan.phone]);
    expect(await shown('&min_properties=1')).toEqual([other.phone]);
    expect(await shown('&never_called=yes')).toHaveLength(2);
    expect(await shown('&last_outcome=no_answer')).toEqual([]);
    expect(await shown(`&q=${encodeURIComponent(texan.e164)}`)).toEqual([texan.phone]);
    const { body: view } = await call<{ id: string }>('/api/views', {
      as: actor,
      workspace,
      body: { entity: 'people', name: 'Florida', state: { filters: { state: ['FL'], has_phone: ['yes'] } } },
    });
    expect(await shown(`&people_view=${view.id}`)).toEqual([other.phone]);
    const { status } = await call(`/api/calls/desk?people_view=${view.id}`, {
      as: cast.member,
      workspace: cast.workspace,
    });
    expect(status).toBe(404);
    const { body } = await call('/api/calls/desk/count?state=TX', { as: actor, workspace });
    expect(body).toEqual({ count: 1 });
  });

  test('a word that no filter knows is named; a cursor of something else is refused', async () => {
    const ask = (query: string) =>
      call<Failure>(`/api/calls/desk?${query}`, { as: cast.member, workspace: cast.workspace });
    expect((await ask('colour=red')).body.error.fields).toHaveProperty('colour');
    expect((await ask('cursor=abc')).body.error.fields).toHaveProperty('cursor');
    expect((await ask('last_outcome=perhaps')).status).toBe(400);
  });
});

describe('next', () => {
  test('passes over what is closed, held, claimed or skipped, and claims what it gives', async () => {
    const { actor, workspace } = await apart();
    const colleague = await addMember(workspace);
    const closed = await createCallee(actor, workspace, { zone: closedZone() });
    const held = await createCallee(actor, workspace);
    const claimed = await createCallee(actor, workspace);
    const free = await createCallee(actor, workspace);
    await call(`/api/phones/${held.phone}/holds`, { as: actor, workspace, body: {} });
    await call(`/api/phones/${claimed.phone}/claim`, { as: colleague, workspace, body: {} });
    const given = await next(actor, workspace);
    expect(given.body.row).toMatchObject({ id: free.phone, claim: { user_id: actor.userId } });
    // skipped: given back, and nothing else is left but what opens later
    const after = await next(actor, workspace, { skip: [free.phone] });
    expect(after.body.none).toBe(true);
    expect(Date.parse(after.body.opens_at as string)).toBeGreaterThan(Date.now());
    expect((await next(colleague, workspace, { skip: [claimed.phone] })).body.row.id).toBe(free.phone);
    expect(await deskNumbers(actor, workspace, '&open=now')).not.toContain(closed.phone);
  });

  test('never gives one number to two, of fifty who ask at once over fifty numbers', async () => {
    const { actor, workspace } = await apart();
    const callers = [actor, ...(await Promise.all(Array.from({ length: 49 }, () => addMember(workspace))))];
    await Promise.all(callers.map(() => createCallee(actor, workspace)));
    const given = await Promise.all(callers.map((caller) => next(caller, workspace)));
    expect(new Set(given.map(({ body }) => body.row.id)).size).toBe(callers.length);
  });

  test('gives nothing over the cap of calls a day', async () => {
    const { actor, workspace } = await apart();
    const { phone } = await createCallee(actor, workspace);
    for (let n = 0; n < 3; n += 1)
      await sql()`insert into calls (workspace_id, phone_id, user_id, status) values (${workspace.id}, ${phone}, ${actor.userId}, 'completed')`;
    expect((await next(actor, workspace)).body.none).toBe(true);
  });
});

describe('a row follows', () => {
  test('its people: links, status, state, deletion', async () => {
    const { person, phone } = await createCallee(cast.owner, cast.workspace, { state: 'TX' });
    expect(await targetOf(phone)).toMatchObject({ people_count: 1, states: ['TX'], is_callable: true });
    const second = await shareNumber(cast.owner, cast.workspace, phone);
    expect(await targetOf(phone)).toMatchObject({ people_count: 2 });
    await sql()`update people set lead_status = 'do_not_contact' where id = any(${[person, second]})`;
    expect(await targetOf(phone)).toMatchObject({ is_callable: false });
    await sql()`update people set lead_status = 'warm', state = 'CA' where id = ${second}`;
    expect(await targetOf(phone)).toMatchObject({ is_callable: true, states: ['CA', 'TX'] });
    await sql()`update people set deleted_at = now() where id = ${second}`;
    expect(await targetOf(phone)).toMatchObject({ people_count: 1, is_callable: false, states: ['TX'] });
    await sql()`delete from person_phones where phone_id = ${phone}`;
    expect(await targetOf(phone)).toMatchObject({ people_count: 0, is_callable: false });
  });

  test('its properties: roles, owners, deletion', async () => {
    const { person, phone } = await createCallee(cast.owner, cast.workspace);
    const property = await createProperty(cast.owner, cast.workspace, { state: 'OH' });
    await sql()`insert into property_people (workspace_id, property_id, person_id, role) values (${cast.workspace.id}, ${property.id}, ${person}, 'manager')`;
    expect(await targetOf(phone)).toMatchObject({ property_count: 1, roles: ['manager'], states: ['OH'] });
    const [owner] = await sql()<{ id: string }[]>`
      insert into owners (workspace_id, kind, person_id, display_name) values (${cast.workspace.id}, 'individual', ${person}, 'Owner') returning id`;
    const owned = await createProperty(cast.owner, cast.workspace, { state: 'MI', owner_id: owner?.id });
    expect(await targetOf(phone)).toMatchObject({ property_count: 2, roles: ['manager', 'owner'] });
    await sql()`update properties set deleted_at = now() where id = ${property.id}`;
    expect(await targetOf(phone)).toMatchObject({ property_count: 1, states: ['MI'] });
    await sql()`update properties set owner_id = null where id = ${owned.id}`;
    expect(await targetOf(phone)).toMatchObject({ property_count: 0, states: [] });
  });

  test('an import, once it is through, and its undoing', async () => {
    const { actor, workspace } = await apart();
    const e164 = uniquePhone();
    const national = `${e164.slice(2, 5)}-${e164.slice(5, 8)}-${e164.slice(8)}`;
    const importer = { actor, workspace };
    const list = await run(importer, `First name,Last name,Phone,State\nAda,Example,${national},TX\n`);
    expect(list.status).toBe('done');
    const [phone] = await sql()<
      { id: string }[]
    >`select id from phones where workspace_id = ${workspace.id} and e164 = ${e164}`;
    // the background puts them there a moment after the end
    await expect.poll(() => deskNumbers(actor, workspace), { timeout: 10_000 }).toEqual([phone?.id]);
    expect(await targetOf(phone?.id as string)).toMatchObject({ people_count: 1, is_callable: true });
    await phase(importer, list.id, 'undo');
    await expect.poll(() => deskNumbers(actor, workspace), { timeout: 10_000 }).toEqual([]);
  });
});

test('the bundle has all of a number in one answer, and what the gate says of it', async () => {
  const { person, phone } = await createCallee(cast.owner, cast.workspace, {
    emails: [`${crypto.randomUUID()}@mail.example`],
  });
  const { body, status } = await call<Record<string, unknown>>(`/api/phones/${phone}/desk`, {
    as: cast.member,
    workspace: cast.workspace,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    row: { id: phone, is_open: true, people_count: 1 },
    people: [{ id: person, emails: [expect.any(Object)] }],
    gate: { verdict: 'send' },
    calls: [],
    holds: [],
    can: { dial: 'manual' },
  });
  const hand = await call<{ id: string }>(`/api/phones/${phone}/holds`, {
    as: cast.member,
    workspace: cast.workspace,
    body: {},
  });
  const held = await call<{ gate: object; holds: object[] }>(`/api/phones/${phone}/desk`, {
    as: cast.member,
    workspace: cast.workspace,
  });
  expect(held.body.gate).toMatchObject({ verdict: 'hold', reason: 'held_by_hand' });
  expect(held.body.holds).toMatchObject([{ id: hand.body.id, reason: 'by_hand' }]);
  await call(`/api/call-holds/${hand.body.id}`, {
    as: cast.member,
    workspace: cast.workspace,
    method: 'DELETE',
  });
  expect(await targetOf(phone)).toMatchObject({ held_until: null });
});
