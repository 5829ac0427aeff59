import { beforeAll, expect, test } from 'vitest';
import type { AvailableNumbers, PhoneNumberRow, PhoneNumbers } from '@/modules/phone-numbers/answers';
import { call, type Failure } from '../support/app';
import { sql } from '../support/db';
import { type Actor, type Cast, createCast } from '../support/factories';
import { testStack } from '../support/stack';
import { addAccountNumber, uniqueNumber } from '../support/twilio';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const ask = <T>(as: Actor, path = '', options: { method?: string; body?: unknown } = {}, world = cast) =>
  call<T>(`/api/phone-numbers${path}`, { as, workspace: world.workspace, ...options });
const add = (as: Actor, e164: string, world = cast) =>
  ask<PhoneNumberRow & Failure>(as, '', { body: { e164 } }, world);
async function inAccount(features?: ('sms' | 'voice')[]): Promise<string> {
  const e164 = uniqueNumber();
  await addAccountNumber(e164, features);
  return e164;
}

test('a number of the account is offered, added once, and in one workspace alone', async () => {
  const e164 = await inAccount();
  const offered = await ask<AvailableNumbers>(cast.admin, '?available=1');
  expect(offered.body.rows).toContainEqual(expect.objectContaining({ e164, features: ['sms', 'voice'] }));
  expect(await add(cast.admin, e164)).toMatchObject({
    status: 201,
    body: { e164, status: 'active', sent_today: 0 },
  });
  const listed = await ask<PhoneNumbers>(cast.member);
  expect(listed.body.rows.map((row) => row.e164)).toContain(e164);
  expect(listed.body.problem).toBeNull();
  const after = await ask<AvailableNumbers>(cast.admin, '?available=1');
  expect(after.body.rows.map((row) => row.e164)).not.toContain(e164);
  const other = await createCast();
  const taken = await add(other.admin, e164, other);
  expect([taken.status, Object.keys(taken.body.error.fields ?? {})]).toEqual([409, ['e164']]);
});

test('nobody adds a number past the account: the database takes it from a machine alone', async () => {
  const e164 = uniqueNumber('303');
  const given = { workspace: cast.workspace.id, e164, label: 'Mine', provider_sid: 'PN1', features: ['sms'] };
  for (const more of [{ actor: cast.owner.userId }, {}]) {
    const answer = await fetch(`${testStack().url}/rest/v1/rpc/add_phone_number`, {
      method: 'POST',
      headers: {
        apikey: testStack().publishableKey,
        authorization: `Bearer ${cast.owner.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ ...given, ...more }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
  expect(await sql()`select 1 from phone_numbers where e164 = ${e164}`).toHaveLength(0);
});

test('the log names the admin who added a number', async () => {
  const { body } = await add(cast.admin, await inAccount());
  const [row] = await sql()`
    select n.created_by, a.actor from phone_numbers n join audit_log a on a.entity_id = n.id and a.entity = 'phone_numbers' where n.id = ${body.id}`;
  expect(row).toEqual({ created_by: cast.admin.userId, actor: cast.admin.userId });
});

test('one that the account hasn’t got, or that is no number, is refused at the field', async () => {
  for (const e164 of [uniqueNumber('303'), '12', 'hello']) {
    const { status, body } = await add(cast.admin, e164);
    expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, ['e164']]);
  }
});

test('members look, admins change, strangers find nothing', async () => {
  const { body } = await add(cast.admin, await inAccount());
  const change = (as: Actor) => ask(as, `/${body.id}`, { method: 'PATCH', body: { label: 'Front desk' } });
  expect((await change(cast.member)).status).toBe(403);
  expect((await change(cast.stranger)).status).toBe(404);
  expect((await add(cast.member, await inAccount())).status).toBe(403);
  expect(await change(cast.admin)).toMatchObject({ status: 200, body: { label: 'Front desk' } });
  const other = await createCast();
  expect(
    (await ask(other.admin, `/${body.id}`, { method: 'PATCH', body: { label: 'Mine' } }, other)).status,
  ).toBe(404);
});

test('the default is one, whoever switches it at once; it goes with a number that is put away', async () => {
  const world = await createCast();
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) ids.push((await add(world.admin, await inAccount(), world)).body.id);
  const defaults = async () => {
    const { body } = await ask<PhoneNumbers>(world.member, '', {}, world);
    return body.rows.filter((row) => row.is_default_sender).map((row) => row.id);
  };
  expect(await defaults()).toEqual([ids[0]]);
  const answers = await Promise.all(
    ids.map((id) =>
      ask(world.admin, `/${id}`, { method: 'PATCH', body: { is_default_sender: true } }, world),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const [only] = await defaults();
  expect(await defaults()).toHaveLength(1);
  const away = await ask<PhoneNumberRow>(world.admin, `/${only}`, { method: 'DELETE' }, world);
  expect(away).toMatchObject({
    status: 200,
    body: { is_default_sender: false, archived_at: expect.any(String) },
  });
  expect(await defaults()).toEqual([]);
});

test('a number that can only be called isn’t texted from', async () => {
  const { body } = await add(cast.admin, await inAccount(['voice']));
  expect(body).toMatchObject({ features: ['voice'], is_default_sender: false });
  const { status } = await ask(cast.admin, `/${body.id}`, {
    method: 'PATCH',
    body: { is_default_sender: true },
  });
  expect(status).toBe(400);
  const paused = { status: 'paused', paused_reason: 'Holiday', assigned_to: cast.member.userId };
  expect(
    (await ask<PhoneNumberRow>(cast.admin, `/${body.id}`, { method: 'PATCH', body: paused })).body,
  ).toMatchObject({
    status: 'paused',
    paused_reason: 'Holiday',
    assigned_to: { id: cast.member.userId },
  });
  const [row] =
    await sql()`select count(*)::int as n from audit_log where entity_id = ${body.id} and entity = 'phone_numbers'`;
  expect(row?.n).toBeGreaterThan(0);
});
