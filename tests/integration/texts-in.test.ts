/** Texts that come in, what they ask for, and how far ours have come: signed, once, in whatever order. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { deliveries } from '@/modules/texts/domain';
import { call } from '../support/app';
import { sql } from '../support/db';
import { type Actor, createWorkspace, signUp, type Workspace } from '../support/factories';
import { makeSendingCampaign, queued, queueFirstMail, recipientNow, until } from '../support/sending';
import {
  type Contact,
  makeContact,
  makeNumber,
  noon,
  phoneNow,
  queueTextTo,
  textNow,
} from '../support/texts';
import { postSigned, textsOf, uniqueNumber } from '../support/twilio';

let actor: Actor;
let workspace: Workspace;
let number: { id: string; e164: string };
beforeAll(async () => {
  actor = await signUp();
  workspace = await createWorkspace(actor);
  number = await makeNumber(workspace);
});

const path = '/api/webhooks/twilio/sms';
const formOf = (from: string, body: string, more: Record<string, string | string[]> = {}) => ({
  MessageSid: `SM${randomUUID().replaceAll('-', '')}`,
  AccountSid: 'AC00000000000000000000000000000000',
  From: from,
  To: number.e164,
  Body: body,
  NumMedia: '0',
  FromCity: '',
  ...more,
});
const write = (from: string, body: string, more?: Record<string, string | string[]>) =>
  postSigned(path, formOf(from, body, more));
const inbound = (phone: string) =>
  sql()<{ id: string; body: string; keyword: string | null; person_id: string | null }[]>`
    select id, body, keyword, person_id from sms_messages where phone_id = ${phone} and direction = 'in' order by created_at`;
const autos = (phone: string) =>
  sql()<{ id: string; body: string }[]>`
    select id, body from sms_messages where phone_id = ${phone} and purpose = 'auto' order by created_at`;

describe('the signature', () => {
  test('fits where a proxy stands before us, with repeated and empty parameters', async () => {
    const contact = await makeContact(workspace);
    const form = formOf(contact.e164, 'Hello', { Tag: ['b', 'a', ''], Empty: '' });
    const headers = { 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'https' };
    expect(await postSigned(path, form, { headers })).toMatchObject({
      status: 200,
      text: expect.stringContaining('<Response/>'),
    });
    expect(await inbound(contact.id)).toHaveLength(1);
  });

  test('that is wrong, missing, or of another body is refused and stores nothing', async () => {
    const contact = await makeContact(workspace);
    const form = formOf(contact.e164, 'Hello');
    expect((await postSigned(path, form, { signature: 'wrong' })).status).toBe(403);
    expect((await postSigned(path, form, { signature: null })).status).toBe(403);
    expect((await postSigned(path, form, { token: 'another token of nobody' })).status).toBe(403);
    expect((await postSigned(path, form, { sent: { ...form, Body: 'STOP' } })).status).toBe(403);
    expect(await inbound(contact.id)).toHaveLength(0);
    expect(
      await sql()`select 1 from provider_events where event_id = ${`in:${form.MessageSid}`}`,
    ).toHaveLength(0);
  });
});

describe('a text that comes in', () => {
  test('is of the only person behind the number, and of their assignee’s concern', async () => {
    const contact = await makeContact(workspace, { assignedTo: actor });
    await write(contact.e164, 'Yes, that one is mine');
    expect(await inbound(contact.id)).toMatchObject([
      { body: 'Yes, that one is mine', person_id: contact.people[0] },
    ]);
    const lines =
      await sql()`select direction, body, details ->> 'shared' as shared from activities where person_id = ${contact.people[0] ?? null} and kind = 'sms'`;
    expect(lines).toEqual([{ direction: 'in', body: 'Yes, that one is mine', shared: null }]);
    const told = await sql()<
      { link: string }[]
    >`select link from notifications where user_id = ${actor.userId} and kind = 'text' and link like ${`%${contact.people[0]}`}`;
    expect(told).toHaveLength(1);
  });

  test('twice is one', async () => {
    const contact = await makeContact(workspace);
    const form = formOf(contact.e164, 'Once');
    const answers = await Promise.all([
      postSigned(path, form),
      postSigned(path, form),
      postSigned(path, form),
    ]);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect((await postSigned(path, form)).status).toBe(200);
    expect(await inbound(contact.id)).toHaveLength(1);
  });

  test('from a shared number is on the timeline of each, and of nobody in particular', async () => {
    const contact = await makeContact(workspace, { people: 2 });
    await write(contact.e164, 'Who is this?');
    expect(await inbound(contact.id)).toMatchObject([{ person_id: null }]);
    const lines =
      await sql()`select person_id, details ->> 'shared' as shared from activities where workspace_id = ${workspace.id} and phone_id = ${contact.id}`;
    expect(lines.map(({ person_id }) => person_id).sort()).toEqual([...contact.people].sort());
    expect(lines.every(({ shared }) => shared === 'true')).toBe(true);
  });

  test('from a stranger makes one lead, however many come at once', async () => {
    const from = uniqueNumber();
    await Promise.all(['One', 'Two', 'Three', 'Four'].map((body) => write(from, body)));
    const people = await sql()<
      { id: string; sources: string[]; lead_status: string; display_name: string }[]
    >`
      select p.id, p.sources, p.lead_status, p.display_name from people p join person_phones l on l.person_id = p.id join phones n on n.id = l.phone_id
       where n.workspace_id = ${workspace.id} and n.e164 = ${from}`;
    expect(people).toMatchObject([{ sources: ['sms'], lead_status: 'new' }]);
    expect(people[0]?.display_name).toContain(from.slice(-4));
    const [phone] = await sql()<
      { id: string }[]
    >`select id from phones where workspace_id = ${workspace.id} and e164 = ${from}`;
    expect(await inbound(phone?.id ?? '')).toHaveLength(4);
  });

  test('from a stranger who asks to be left alone makes no lead, and the number is opted out', async () => {
    const from = uniqueNumber();
    await write(from, 'Take me off your list');
    const [phone] = await sql()<
      { id: string }[]
    >`select id from phones where workspace_id = ${workspace.id} and e164 = ${from}`;
    expect(await sql()`select 1 from person_phones where phone_id = ${phone?.id ?? null}`).toHaveLength(0);
    expect((await phoneNow(phone?.id ?? '')).sms_opted_out_at).not.toBeNull();
  });

  test('to a number that is nobody’s is answered and kept nowhere', async () => {
    const from = uniqueNumber();
    const answer = await write(from, 'Hello?', { To: uniqueNumber('999') });
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('<Response/>') });
    expect(await sql()`select 1 from phones where e164 = ${from}`).toHaveLength(0);
    expect(await sql()`select 1 from provider_events where payload ->> 'From' = ${from}`).toHaveLength(0);
  });

  test('belongs to the workspace of the number it was written to, and to no other that knows the sender', async () => {
    const other = await createWorkspace(actor);
    const e164 = uniqueNumber();
    const here = await makeContact(workspace, { e164 });
    const there = await makeContact(other, { e164 });
    await write(e164, 'STOP');
    expect(await inbound(here.id)).toHaveLength(1);
    expect(await inbound(there.id)).toHaveLength(0);
    expect((await phoneNow(there.id)).sms_opted_out_at).toBeNull();
  });

  test('ends what many were to get from us there, as a reply does', async () => {
    const contact = await makeContact(workspace);
    const batch = randomUUID();
    const waiting = randomUUID();
    await sql()`insert into sms_batches (id, workspace_id, name, body) values (${batch}, ${workspace.id}, 'Owners', 'Hello')`;
    await sql()`insert into sms_messages (id, workspace_id, direction, purpose, batch_id, phone_id, phone_number_id, person_id, body, segments, status, run_at)
      values (${waiting}, ${workspace.id}, 'out', 'bulk', ${batch}, ${contact.id}, ${number.id}, ${contact.people[0] ?? null}, 'Hello', 1, 'queued', ${noon})`;
    await write(contact.e164, 'Call me tomorrow');
    expect(await textNow(waiting)).toMatchObject({ status: 'cancelled', decision: { reason: 'replied' } });
  });

  test('ends the mails of campaigns to them, and to who stands in the scope that the team chose', async () => {
    const campaign = await makeSendingCampaign(actor, workspace);
    const contact = await makeContact(workspace);
    const mail = await queueFirstMail(actor, campaign);
    await sql()`insert into person_phones (workspace_id, person_id, phone_id) values (${workspace.id}, ${mail.personId}, ${contact.id})`;
    await sql()`delete from person_phones where person_id = any (${contact.people}) and phone_id = ${contact.id}`;
    const helped = () => write(contact.e164, 'HELP');
    await helped();
    expect((await queued(mail.id)).status).toBe('queued');
    await write(contact.e164, 'Yes, call me');
    expect(await recipientNow(mail.recipientId)).toMatchObject({ status: 'done', exit_reason: 'replied' });
    expect(await queued(mail.id)).toMatchObject({ status: 'cancelled', decision: { reason: 'replied' } });
  });

  test('shows its files by their kind, never by their address', async () => {
    const contact = await makeContact(workspace);
    await write(contact.e164, '', {
      NumMedia: '1',
      MediaUrl0: 'https://media.example/secret',
      MediaContentType0: 'image/jpeg',
    });
    const answer = await call<{ threads: { messages: { media: unknown[] }[] }[] }>(
      `/api/phones/${contact.id}/texts`,
      {
        as: actor,
        workspace,
      },
    );
    expect(answer.body.threads[0]?.messages[0]?.media).toEqual([{ content_type: 'image/jpeg' }]);
    expect(JSON.stringify(answer.body)).not.toContain('media.example');
  });
});

describe('STOP, START and HELP', () => {
  const state = async (contact: Contact) => (await phoneNow(contact.id)).sms_opt_out_source;

  test.each([
    'STOP',
    ' stop. ',
    'StopAll',
    'UNSUBSCRIBE',
    'cancel',
    'END',
    'quit',
    'REVOKE',
    'OptOut',
    'please stop texting me',
  ])('%j opts the number out for the whole workspace and is confirmed once', async (words) => {
    const contact = await makeContact(workspace);
    const waiting = await queueTextTo(workspace, contact, number);
    await write(contact.e164, words);
    expect(await phoneNow(contact.id)).toMatchObject({
      sms_opt_out_source: 'keyword',
      sms_opted_out_at: expect.any(Date),
    });
    expect(await textNow(waiting)).toMatchObject({ status: 'cancelled', decision: { reason: 'opted_out' } });
    await write(contact.e164, 'STOP');
    const answers = await autos(contact.id);
    expect(answers).toHaveLength(1);
    await until(async () => (await textNow(answers[0]?.id ?? '')).status === 'sent');
    const got = await textsOf({ to: contact.e164 });
    expect(got).toHaveLength(1);
    expect(got[0]?.body).toContain(workspace.name);
  });

  test.each(['START', 'unstop', 'YES'])('%s lifts what STOP has set', async (word) => {
    const contact = await makeContact(workspace);
    await write(contact.e164, 'STOP');
    await write(contact.e164, word);
    expect(await phoneNow(contact.id)).toMatchObject({ sms_opted_out_at: null, sms_opt_out_source: null });
    expect(await autos(contact.id)).toHaveLength(2);
  });

  test.each(['person', 'import', 'do_not_call'])(
    'START doesn’t lift what came from elsewhere: %s',
    async (source) => {
      const contact = await makeContact(workspace);
      await sql()`update phones set sms_opted_out_at = now(), sms_opt_out_source = ${source} where id = ${contact.id}`;
      await write(contact.e164, 'START');
      await write(contact.e164, 'STOP');
      await write(contact.e164, 'START');
      expect(await state(contact)).toBe(source);
      expect(await autos(contact.id)).toHaveLength(0);
    },
  );

  test('STOP from a number that must not be called outlives that', async () => {
    const contact = await makeContact(workspace);
    const set = (forbidden: boolean) =>
      actor.supabase
        .from('phones')
        .update({ do_not_call: forbidden, do_not_call_at: forbidden ? new Date().toISOString() : null })
        .eq('id', contact.id);
    await set(true);
    expect(await state(contact)).toBe('do_not_call');
    await write(contact.e164, 'STOP');
    await set(false);
    expect(await phoneNow(contact.id)).toMatchObject({
      do_not_call: false,
      sms_opt_out_source: 'keyword',
      sms_opted_out_at: expect.any(Date),
    });
  });

  test('YES from somebody who never stopped is an answer', async () => {
    const contact = await makeContact(workspace);
    await write(contact.e164, 'Yes!');
    expect(await inbound(contact.id)).toMatchObject([{ keyword: null }]);
    expect(await autos(contact.id)).toHaveLength(0);
  });

  test('HELP answers with our name and how to stop, to who has stopped as well', async () => {
    const contact = await makeContact(workspace);
    await write(contact.e164, 'STOP');
    await write(contact.e164, 'help');
    const [, help] = await autos(contact.id);
    expect(help?.body).toContain(workspace.name);
    expect(help?.body).toContain('STOP');
    await until(async () => (await textNow(help?.id ?? '')).status === 'sent');
  });

  test('what Twilio has answered itself isn’t answered again', async () => {
    const contact = await makeContact(workspace);
    await write(contact.e164, 'Stop', { OptOutType: 'STOP' });
    expect(await state(contact)).toBe('keyword');
    expect(await autos(contact.id)).toHaveLength(0);
  });

  test('“we stop by on Monday” is a text like any other', async () => {
    const contact = await makeContact(workspace);
    await write(contact.e164, 'We stop by on Monday, don’t stop the offer');
    expect(await inbound(contact.id)).toMatchObject([{ keyword: null }]);
    expect(await state(contact)).toBeNull();
  });

  test('no other machine lifts an opt-out, nor makes it look like STOP’s', async () => {
    const contact = await makeContact(workspace);
    await write(contact.e164, 'STOP');
    const refused = 'Only a person may lift';
    await expect(
      sql()`update phones set sms_opted_out_at = null, sms_opt_out_source = null where id = ${contact.id}`,
    ).rejects.toThrow(refused);
    const other = await makeContact(workspace);
    await sql()`update phones set sms_opted_out_at = now(), sms_opt_out_source = 'person' where id = ${other.id}`;
    await expect(
      sql()`update phones set sms_opt_out_source = 'keyword' where id = ${other.id}`,
    ).rejects.toThrow(refused);
    // nor START itself of another number
    await expect(
      sql().begin(async (tx) => {
        await tx`select set_config('app.started_phone', ${contact.id}, true)`;
        await tx`update phones set sms_opted_out_at = null where id = ${other.id}`;
      }),
    ).rejects.toThrow(refused);
  });
});

describe('delivery', () => {
  const tell = (sid: string, status: string, id: string, more: Record<string, string> = {}) =>
    postSigned(`/api/webhooks/twilio/sms-status?id=${id}`, {
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: status,
      From: number.e164,
      ...more,
    });
  async function sentText(): Promise<{ id: string; sid: string; contact: Contact }> {
    const contact = await makeContact(workspace);
    const id = await queueTextTo(workspace, contact, number);
    const sid = `SM${randomUUID().replaceAll('-', '')}`;
    await sql()`update sms_messages set status = 'sent', sent_at = now(), provider_sid = ${sid} where id = ${id}`;
    return { id, sid, contact };
  }

  test('in any order and twice ends at the furthest state', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, sid } = await sentText();
      const told = [...deliveries, ...deliveries].sort(() => Math.random() - 0.5);
      await Promise.all(told.map((status) => tell(sid, status, id)));
      expect(await textNow(id)).toMatchObject({ status: 'sent', delivery: 'read', delivery_rank: 9 });
    }
  });

  test('what comes late doesn’t put it back', async () => {
    const { id, sid } = await sentText();
    await tell(sid, 'delivered', id);
    await tell(sid, 'sent', id);
    expect(await textNow(id)).toMatchObject({ delivery: 'delivered' });
  });

  test('a failure keeps its code, and 21610 opts the number out', async () => {
    const { id, sid, contact } = await sentText();
    await tell(sid, 'undelivered', id, { ErrorCode: '21610' });
    expect(await textNow(id)).toMatchObject({ delivery: 'undelivered', error_code: '21610' });
    expect((await phoneNow(contact.id)).sms_opt_out_source).toBe('keyword');
  });

  test('one that nobody knew of is known by its id', async () => {
    const contact = await makeContact(workspace);
    const id = await queueTextTo(workspace, contact, number);
    await sql()`update sms_messages set status = 'unknown' where id = ${id}`;
    const sid = `SM${randomUUID().replaceAll('-', '')}`;
    await tell(sid, 'delivered', id);
    expect(await textNow(id)).toMatchObject({ status: 'sent', delivery: 'delivered', provider_sid: sid });
  });

  test('of a text that isn’t ours, or a state that isn’t one, harms nothing', async () => {
    expect((await tell(`SM${randomUUID().replaceAll('-', '')}`, 'delivered', 'none')).status).toBe(200);
    const { id, sid } = await sentText();
    expect((await tell(sid, 'exploded', id)).status).toBe(200);
    expect((await textNow(id)).delivery).toBeNull();
  });
});
