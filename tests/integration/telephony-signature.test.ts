import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../support/db';
import { type Cast, createCast } from '../support/factories';
import { makeNumber, makeOwnNumber, type TheirNumber } from '../support/telephony';
import { type Form, postSigned } from '../support/twilio';

let cast: Cast;
let own: { id: string; e164: string };
let number: TheirNumber;
beforeAll(async () => {
  cast = await createCast();
  own = await makeOwnNumber(cast.workspace);
  number = await makeNumber(cast.workspace);
});

async function placed(): Promise<{ id: string; form: Form; path: string }> {
  const [row] = await sql()<{ id: string }[]>`
    insert into calls (workspace_id, phone_id, phone_number_id, via, user_id, status, status_rank)
    values (${cast.workspace.id}, ${number.id}, ${own.id}, 'phone', ${cast.member.userId}, 'dialling', 1) returning id`;
  const id = row?.id ?? '';
  return {
    id,
    path: `/api/webhooks/twilio/call-status?call=${id}&leg=theirs`,
    form: { CallSid: `CA${id}`, CallStatus: 'ringing', From: own.e164, To: number.e164, SequenceNumber: '1' },
  };
}
const statusOf = async (id: string) => (await sql()`select status from calls where id = ${id}`)[0]?.status;
const kept = async (form: Form) =>
  (await sql()`select 1 from provider_events where event_id like ${`${form.CallSid}%`}`).length;

describe('who signed it', () => {
  test('the provider, behind a proxy that shows another host', async () => {
    const { id, path, form } = await placed();
    const headers = { 'x-forwarded-host': 'edge.example', 'x-forwarded-proto': 'http' };
    expect((await postSigned(path, form, { headers })).status).toBe(204);
    expect(await statusOf(id)).toBe('ringing');
  });

  test.each<[string, Form]>([
    ['empty parameters', { CallerName: '', ForwardedFrom: '' }],
    ['repeated parameters', { Tag: ['b', 'a', 'b'] }],
    ['letters beyond ASCII', { CallerCity: 'São Paulo & Kraków', FromCity: '+ %20' }],
  ])('%s', async (_, more) => {
    const { id, path, form } = await placed();
    expect((await postSigned(path, { ...form, ...more })).status).toBe(204);
    expect(await statusOf(id)).toBe('ringing');
  });

  test.each<[string, Parameters<typeof postSigned>[2]]>([
    ['nobody', { signature: null }],
    ['somebody with another token', { token: '0123456789abcdef0123456789abcdef' }],
    ['nothing that is a signature', { signature: 'not base64 at all' }],
    ['an empty one', { signature: '' }],
  ])('%s: 403, and nothing is stored', async (_, options) => {
    const { id, path, form } = await placed();
    expect((await postSigned(path, form, options)).status).toBe(403);
    expect([await statusOf(id), await kept(form)]).toEqual(['dialling', 0]);
  });

  test('a form that was changed on its way: 403, and nothing is stored', async () => {
    const { id, path, form } = await placed();
    const changed: Form[] = [
      { ...form, CallStatus: 'completed' },
      { ...form, More: '' },
      { CallSid: form.CallSid ?? '', CallStatus: 'ringing' },
    ];
    for (const sent of changed) expect((await postSigned(path, form, { sent })).status).toBe(403);
    expect([await statusOf(id), await kept(form)]).toEqual(['dialling', 0]);
  });

  test.each(['voice', 'bridge', 'browser', 'recording', 'voicemail'])(
    '%s refuses what nobody signed, without TwiML',
    async (hook) => {
      const form = {
        CallSid: `CA${crypto.randomUUID()}`,
        RecordingSid: 'RE1',
        From: number.e164,
        To: own.e164,
      };
      const { status, text } = await postSigned(`/api/webhooks/twilio/${hook}`, form, { signature: 'AAAA' });
      expect([status, text.includes('<Response')]).toEqual([403, false]);
      expect(await kept(form)).toBe(0);
    },
  );

  test('a signed event of no call of ours is kept aside, and answered all the same', async () => {
    const form = { CallSid: `CA${crypto.randomUUID()}`, CallStatus: 'completed' };
    expect((await postSigned('/api/webhooks/twilio/call-status', form)).status).toBe(204);
    const [row] =
      await sql()`select error from provider_events where event_id = ${`${form.CallSid}:completed`}`;
    expect(row).toEqual({ error: 'No call of ours' });
  });
});
