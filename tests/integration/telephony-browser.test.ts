/** Calls from the browser: what it connects with, and who is put through; and the sound of recorded calls. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dialled } from '@/modules/telephony/schema';
import { browserToken } from '@/modules/telephony/service';
import { appUrl, call, type Failure } from '../support/app';
import { sql } from '../support/db';
import { type Actor, addMember, type Cast, createCast } from '../support/factories';
import { testStack } from '../support/stack';
import { claim, closedZone, giveOwnPhone, makeNumber, makeOwnNumber } from '../support/telephony';
import { hangUp, legsOf, pickUp, postSigned, settled } from '../support/twilio';

let cast: Cast;
let own: { id: string; e164: string };
beforeAll(async () => {
  cast = await createCast();
  own = await makeOwnNumber(cast.workspace, { isDefault: true });
});

const identityOf = (actor: Actor) => `user_${actor.userId.replaceAll('-', '_')}`;

/** A call that a browser has asked for, and may connect now. */
async function asked(decision: object = { verdict: 'send', reason: 'ok' }, as?: Actor) {
  const actor = as ?? (await addMember(cast.workspace));
  const number = await makeNumber(cast.workspace);
  await claim(cast.workspace, number, actor);
  const [row] = await sql()<{ id: string }[]>`
    insert into calls (workspace_id, phone_id, phone_number_id, via, user_id, status, status_rank, decision)
    values (${cast.workspace.id}, ${number.id}, ${own.id}, 'browser', ${actor.userId}, 'dialling', 1, ${sql().json(decision as never)}) returning id`;
  return { actor, number, id: row?.id ?? '' };
}
const connect = (id: string, from: string, sid = `CA${crypto.randomUUID()}`) =>
  postSigned('/api/webhooks/twilio/browser', { CallSid: sid, From: from, To: '', call: id });
const statusOf = async (id: string) =>
  (await sql()`select status, provider_sid, error from calls where id = ${id}`)[0];

describe('a browser that connects', () => {
  test('is put through to the number that its caller asked for, by our number', async () => {
    const { actor, number, id } = await asked();
    const { status, text } = await connect(id, `client:${identityOf(actor)}`);
    expect(status).toBe(200);
    expect(text).toContain(`callerId="${own.e164}"`);
    expect(text).toContain(`>${number.e164}</Number>`);
    expect(text).toContain('leg=theirs');
  });

  test.each<[string, (given: Awaited<ReturnType<typeof asked>>) => string]>([
    ['another member’s browser', () => `client:${identityOf(cast.member)}`],
    ['a phone', ({ number }) => number.e164],
    ['nobody', () => ''],
  ])('%s is not', async (_, from) => {
    const given = await asked();
    const { status, text } = await connect(given.id, from(given));
    expect([status, text.includes('<Dial'), text.includes('<Hangup')]).toEqual([200, false, true]);
    expect(await statusOf(given.id)).toMatchObject({ status: 'dialling', provider_sid: null });
  });

  test('a call that is none, or is over, or is another leg’s already leads nowhere', async () => {
    const { actor, id } = await asked();
    const from = `client:${identityOf(actor)}`;
    for (const none of ['', 'x', crypto.randomUUID()])
      expect((await connect(none, from)).text).not.toContain('<Dial');
    expect((await connect(id, from, 'CAfirst'.concat(id))).text).toContain('<Dial');
    expect((await connect(id, from)).text).not.toContain('<Dial');
    await sql()`update calls set status = 'canceled', status_rank = 6 where id = ${id}`;
    expect((await connect(id, from, 'CAfirst'.concat(id))).text).toContain('cancelled');
  });

  test('hears why where the gate says no now', async () => {
    const { actor, number, id } = await asked();
    await sql()`update phones set time_zone = ${closedZone()} where id = ${number.id}`;
    const { text } = await connect(id, `client:${identityOf(actor)}`);
    expect(text).toMatch(/outside the calling hours/);
    expect(await statusOf(id)).toMatchObject({ status: 'canceled' });
  });

  test('goes past a rest for an admin alone, whatever stands on the call', async () => {
    const decision = { verdict: 'send', reason: 'ok', overridden: 'locked_number' };
    for (const [as, isPut] of [
      [undefined, false],
      [cast.admin, true],
    ] as const) {
      const { actor, number, id } = await asked(decision, as);
      await sql()`insert into call_holds (workspace_id, phone_id, reason, until) values (${cast.workspace.id}, ${number.id}, 'called', now() + interval '1 hour')`;
      const { text } = await connect(id, `client:${identityOf(actor)}`);
      expect(text.includes('<Dial')).toBe(isPut);
    }
  });
});

describe('the token', () => {
  test('is refused with the names of what isn’t set, and is members’ alone', async () => {
    const ask = (as?: Actor) =>
      call<Failure>('/api/calling/token', { as, workspace: cast.workspace, method: 'POST' });
    const { status, body } = await ask(cast.member);
    expect([status, body.error.message]).toEqual([400, expect.stringMatching(/TWILIO_TWIML_APP_SID/)]);
    expect((await ask(cast.stranger)).status).toBe(404);
    expect((await ask()).status).toBe(401);
  });

  test('lets its caller call through our app for an hour, and be called by nobody', () => {
    const secret = 'secret-of-the-key';
    const ids = { key: `SK${'1'.repeat(32)}`, app: `AP${'2'.repeat(32)}` };
    Object.assign(process.env, testStack().env, {
      TWILIO_API_KEY_SID: ids.key,
      TWILIO_API_KEY_SECRET: secret,
      TWILIO_TWIML_APP_SID: ids.app,
    });
    const { token, identity, expires_at } = browserToken(cast.member.userId);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(identity).toBe(identityOf(cast.member));
    expect(claims).toMatchObject({
      iss: ids.key,
      sub: testStack().env.TWILIO_ACCOUNT_SID,
      grants: { identity, voice: { outgoing: { application_sid: ids.app } } },
    });
    expect(claims.grants.voice.incoming).toBeUndefined();
    expect(claims.exp * 1000 - Date.parse(expires_at)).toBeLessThan(2000);
    expect(claims.exp - Date.now() / 1000).toBeLessThan(3601);
    expect(token).not.toContain(secret);
  });
});

describe('a recording', () => {
  test('is heard by members of its workspace alone, from where a player asks', async () => {
    const actor = await addMember(cast.workspace);
    const phone = await giveOwnPhone(actor);
    const number = await makeNumber(cast.workspace);
    await claim(cast.workspace, number, actor);
    await sql()`insert into calling_settings (workspace_id, is_recording) values (${cast.workspace.id}, true)
      on conflict (workspace_id) do update set is_recording = true`;
    const { body } = await call<Dialled>(`/api/phones/${number.id}/dial`, {
      as: actor,
      workspace: cast.workspace,
      body: { via: 'phone' },
    });
    await settled();
    await pickUp((await legsOf({ to: phone }))[0]?.sid ?? '');
    await settled();
    const [theirs] = await legsOf({ to: number.e164 });
    await pickUp(theirs?.sid ?? '');
    await hangUp(theirs?.sid ?? '', 'completed', 20);
    const hear = (as: Actor | null, range?: string, workspace = cast.workspace.id) =>
      fetch(`${appUrl()}/api/calls/${body.call.id}/recording`, {
        headers: {
          ...(as && { authorization: `Bearer ${as.token}` }),
          'x-workspace-id': workspace,
          ...(range && { range }),
        },
      });
    const whole = await hear(cast.member);
    const sound = new Uint8Array(await whole.arrayBuffer());
    expect([whole.status, whole.headers.get('accept-ranges'), whole.headers.get('cache-control')]).toEqual([
      200,
      'bytes',
      'private, no-store',
    ]);
    const part = await hear(cast.member, 'bytes=10-29');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-29/${sound.length}`]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(sound.slice(10, 30));
    expect((await hear(cast.member, `bytes=${sound.length}-`)).status).toBe(416);
    expect((await hear(cast.stranger)).status).toBe(404);
    expect((await hear(cast.stranger, undefined, cast.otherWorkspace.id)).status).toBe(404);
    expect((await hear(null)).status).toBe(401);
    const silent = await asked();
    expect(
      (
        await call(`/api/calls/${silent.id}/recording`, {
          as: cast.member,
          workspace: cast.workspace,
        })
      ).status,
    ).toBe(404);
  });
});
