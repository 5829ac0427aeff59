/** Calls whose callbacks never came: what the provider says of them when it is asked, and what ends by itself. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Call, Dialled } from '@/modules/telephony/schema';
import { sweepCalls } from '@/modules/telephony/sweep';
import { call } from '../support/app';
import { callAndNote } from '../support/calling';
import { sql } from '../support/db';
import { type Actor, addMember, type Cast, createCast } from '../support/factories';
import { drainContext } from '../support/sending';
import { claim, giveOwnPhone, makeNumber, makeOwnNumber } from '../support/telephony';
import { hangUp, legsOf, pickUp, settled } from '../support/twilio';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
  await makeOwnNumber(cast.workspace, { isDefault: true });
});

const sweep = () => sweepCalls(drainContext());
const callNow = async (id: string) =>
  (
    await sql()<
      { status: string; error: string | null; duration_seconds: number | null; answered_at: Date | null }[]
    >`
    select status, error, duration_seconds, answered_at from calls where id = ${id}`
  )[0];

/** A call that was placed, and its two legs as far as they came. */
async function placed() {
  const actor = await addMember(cast.workspace);
  const phone = await giveOwnPhone(actor);
  const number = await makeNumber(cast.workspace);
  await claim(cast.workspace, number, actor);
  const { body } = await call<Dialled>(`/api/phones/${number.id}/dial`, {
    as: actor,
    workspace: cast.workspace,
    body: { via: 'phone' },
  });
  await settled();
  const [ours] = await legsOf({ to: phone });
  return { actor, number, id: body.call.id, ours: ours?.sid ?? '' };
}

/** Takes back what callbacks have told, as if none had come, some minutes ago. */
const forget = (id: string, minutes: number) => sql()`
  update calls set status = 'queued', status_rank = 2, answered_at = null, ended_at = null, duration_seconds = null, error = null, child_sid = null,
         started_at = now() - ${minutes} * interval '1 minute' where id = ${id}`;

/** A call of which nobody ever heard. */
async function silent(minutes: number, status = 'unknown'): Promise<{ id: string; actor: Actor }> {
  const actor = await addMember(cast.workspace);
  const number = await makeNumber(cast.workspace);
  const [row] = await sql()<{ id: string }[]>`
    insert into calls (workspace_id, phone_id, via, user_id, status, status_rank, started_at)
    values (${cast.workspace.id}, ${number.id}, 'phone', ${actor.userId}, ${status}, 1, now() - ${minutes} * interval '1 minute') returning id`;
  return { id: row?.id ?? '', actor };
}

describe('a call without callbacks', () => {
  test('ends as the provider says that it did', async () => {
    const { number, id, ours } = await placed();
    await pickUp(ours);
    await settled();
    const [theirs] = await legsOf({ to: number.e164 });
    await pickUp(theirs?.sid ?? '');
    await hangUp(theirs?.sid ?? '', 'completed', 47);
    await forget(id, 15);
    await sweep();
    expect(await callNow(id)).toMatchObject({ status: 'completed', duration_seconds: 47, error: null });
    expect((await callNow(id))?.answered_at).not.toBeNull();
    const before = await callNow(id);
    await Promise.all([sweep(), sweep()]);
    expect(await callNow(id)).toEqual(before);
  });

  test('that nobody picked up on our side says so', async () => {
    const { id, ours } = await placed();
    await hangUp(ours, 'no-answer');
    await forget(id, 15);
    await sweep();
    expect(await callNow(id)).toMatchObject({
      status: 'canceled',
      error: 'Your own phone wasn’t picked up.',
    });
  });

  test('is left alone while it is young, and while the provider says that it goes on', async () => {
    const { id } = await placed();
    const young = await silent(5);
    await forget(id, 15);
    await sweep();
    expect(await callNow(id)).toMatchObject({ status: 'queued' });
    expect(await callNow(young.id)).toMatchObject({ status: 'unknown' });
  });

  test.each(['dialling', 'unknown'])(
    'that never had an id (%s) ends after an hour, with the reason',
    async (status) => {
      const [soon, late] = [await silent(50, status), await silent(61, status)];
      await sweep();
      expect(await callNow(soon.id)).toMatchObject({ status });
      expect(await callNow(late.id)).toMatchObject({
        status: 'canceled',
        error: 'Twilio told nothing of this call.',
      });
      const shown = await call<Call>(`/api/calls/${late.id}`, { as: late.actor, workspace: cast.workspace });
      expect(shown.body.is_live).toBe(false);
    },
  );
});

test('“do not call” ends a colleague’s call that rings the number, at the provider too', async () => {
  const { number, id, ours } = await placed();
  await pickUp(ours);
  await settled();
  const [theirs] = await legsOf({ to: number.e164 });
  expect(theirs?.status).toBe('ringing');
  const noted = await callAndNote(cast.admin, cast.workspace, number.id, { outcome: 'answered' });
  expect(noted.body).not.toHaveProperty('ringing');
  await call(`/api/phones/${number.id}/calls`, {
    as: cast.admin,
    workspace: cast.workspace,
    body: { outcome: 'do_not_call' },
  });
  expect(await callNow(id)).toMatchObject({ status: 'canceled' });
  await expect
    .poll(async () => (await legsOf({ to: number.e164 }))[0]?.status, { timeout: 10_000 })
    .toBe('canceled');
});
