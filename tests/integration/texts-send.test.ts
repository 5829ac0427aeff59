/** Texts by the API: written by one, or to many at once; what is refused, and where it is said. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BatchPreview, BatchRow, SentText, TextPreview, TextRow, Texts } from '@/modules/texts/answers';
import { call, type Failure } from '../support/app';
import { sql } from '../support/db';
import { type Cast, createCast, createWorkspace } from '../support/factories';
import { startDrainProcess, until } from '../support/sending';
import {
  type Contact,
  drainTextsAt,
  makeContact,
  makeNumber,
  noon,
  phoneNow,
  textNow,
} from '../support/texts';
import { textsOf, writeText } from '../support/twilio';
import { setTier } from '../support/work';

let cast: Cast;
let number: { id: string; e164: string };
/** A zone in which it is day now, whenever this runs. */
const dayZone = () => {
  const zones = [
    'America/Los_Angeles',
    'America/New_York',
    'Europe/Paris',
    'Asia/Kolkata',
    'Asia/Tokyo',
    'Pacific/Auckland',
  ];
  const hourIn = (timeZone: string) =>
    Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone }).format());
  return zones.find((zone) => hourIn(zone) >= 9 && hourIn(zone) < 20) ?? 'UTC';
};
beforeAll(async () => {
  cast = await createCast();
  await setTier(cast.workspace, 'premium');
  number = await makeNumber(cast.workspace, { isDefault: true });
});

const ask = <T>(path: string, body?: unknown, method?: string, as = cast.member) =>
  call<T>(`/api/${path}`, { as, workspace: cast.workspace, body, method });
const open = (options: Parameters<typeof makeContact>[1] = {}): Promise<Contact> =>
  makeContact(cast.workspace, { zone: dayZone(), ...options });
const send = (contact: Contact, body: string, more: Record<string, unknown> = {}) =>
  ask<SentText & Failure>('sms/send', { id: randomUUID(), phone_id: contact.id, body, ...more });

describe('one text', () => {
  test('goes within a moment, with its fields filled in, from the default sender', async () => {
    const contact = await open({ firstName: 'Casey' });
    const { status, body } = await send(contact, 'Hello {{ first_name }}');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      decision: { verdict: 'send' },
      text: { body: 'Hello Casey', status: 'queued', segments: 1 },
    });
    await until(async () => (await textsOf({ to: contact.e164 })).length === 1);
    expect((await textsOf({ to: contact.e164 }))[0]).toMatchObject({
      from: number.e164,
      body: 'Hello Casey',
    });
  });

  test('the same id twice is one text', async () => {
    const contact = await open();
    const given = { id: randomUUID(), phone_id: contact.id, body: 'Once' };
    const answers = await Promise.all([1, 2, 3].map(() => ask<SentText>('sms/send', given)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    await until(async () => (await textNow(given.id)).status === 'sent');
    expect(await textsOf({ to: contact.e164 })).toHaveLength(1);
  });

  test('is answered from the number they wrote to', async () => {
    const second = await makeNumber(cast.workspace);
    const contact = await open();
    await writeText({ from: contact.e164, to: second.e164, body: 'Hello' });
    const { body } = await send(contact, 'And hello to you');
    expect(body.text.phone_number_id).toBe(second.id);
  });

  test.each([
    ['a'.repeat(1531), '11 segments'],
    ['😀'.repeat(336), '11 segments'],
    ['Hello {{ company }}', 'Company'],
    ['Hello {{ first_name', '{{ first_name'],
    ['   ', 'Write something'],
  ])('%# is refused at its body', async (text, said) => {
    const contact = await open();
    const { status, body } = await send(contact, text);
    expect(status).toBe(400);
    expect(body.error.fields?.body).toContain(said);
    expect(await sql()`select 1 from sms_messages where phone_id = ${contact.id}`).toHaveLength(0);
  });

  test('ten segments are taken', async () => {
    const { status, body } = await send(await open(), 'a'.repeat(1530));
    expect([status, body.text.segments]).toEqual([201, 10]);
  });

  test('to a number that may not be texted is refused with why', async () => {
    const contact = await open();
    await sql()`update phones set sms_opted_out_at = now(), sms_opt_out_source = 'keyword' where id = ${contact.id}`;
    const { status, body } = await send(contact, 'Hello');
    expect(status).toBe(409);
    expect(body.error.message).toContain('opted out');
  });

  test('by night waits for the morning and says until when; it can be taken back', async () => {
    const contact = await makeContact(cast.workspace, { zone: 'America/Chicago' });
    // a minute that is far from now, whenever this runs
    const hour = Number(
      new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'America/Chicago' }).format(),
    );
    const [from, to] = hour < 13 ? ['20:00', '20:01'] : ['08:00', '08:01'];
    await sql()`insert into calling_settings (workspace_id, hours_start, hours_end) values (${cast.workspace.id}, ${from}, ${to})`;
    const { status, body } = await send(contact, 'Good morning');
    await sql()`delete from calling_settings where workspace_id = ${cast.workspace.id}`;
    expect(status).toBe(201);
    expect(body.decision).toMatchObject({
      verdict: 'hold',
      reason: 'quiet_hours',
      until: expect.any(String),
    });
    expect(body.text.run_at && Date.parse(body.text.run_at)).toBe(Date.parse(body.decision.until ?? ''));
    expect((await ask(`sms/${body.text.id}`, undefined, 'DELETE')).status).toBe(200);
    expect((await textNow(body.text.id)).status).toBe('cancelled');
    expect((await ask(`sms/${body.text.id}/retry`, {}, 'POST')).status).toBe(409);
  });

  test('a preview fills in, counts and asks the gate, and keeps nothing', async () => {
    const contact = await open({ firstName: 'Robin' });
    const { body } = await ask<TextPreview>('sms/preview', {
      phone_id: contact.id,
      body: 'Hi {{ first_name }} of {{ company }} 😀',
    });
    expect(body).toMatchObject({
      text: 'Hi Robin of [company] 😀',
      segments: 1,
      encoding: 'UCS-2',
      missing: ['company'],
      decision: { verdict: 'send' },
    });
  });

  test('of another tenant’s is not found', async () => {
    const contact = await open();
    const elsewhere = await createCast();
    const theirNumber = await makeNumber(elsewhere.workspace);
    const theirs = await makeContact(elsewhere.workspace);
    expect((await send(theirs, 'Hello')).status).toBe(404);
    expect((await send(contact, 'Hello', { person_id: theirs.people[0] })).status).toBe(404);
    expect((await send(contact, 'Hello', { phone_number_id: theirNumber.id })).status).toBe(404);
    expect((await send(contact, 'Hello', { template_id: randomUUID() })).status).toBe(404);
    const { body } = await send(contact, 'Hello');
    for (const [path, method] of [
      [`sms/${body.text.id}`, 'DELETE'],
      [`sms/${body.text.id}/retry`, 'POST'],
    ] as const) {
      const answer = await call(`/api/${path}`, {
        as: elsewhere.owner,
        workspace: elsewhere.workspace,
        method,
      });
      expect(answer.status).toBe(404);
    }
    expect((await ask(`phones/${theirs.id}/texts`)).status).toBe(404);
    expect((await ask(`people/${theirs.people[0]}/texts`)).status).toBe(404);
    expect(
      (await call(`/api/phones/${contact.id}/texts`, { as: elsewhere.owner, workspace: cast.workspace }))
        .status,
    ).toBe(404);
  });

  test('a person’s threads show each number with what the gate says of it', async () => {
    const contact = await open();
    await send(contact, 'Hello');
    const { body } = await ask<Texts>(`people/${contact.people[0]}/texts`);
    expect(body.threads).toMatchObject([
      {
        phone: { id: contact.id, decision: { verdict: 'send' }, people: [{ id: contact.people[0] }] },
        total: 1,
        messages: [{ body: 'Hello' }],
      },
    ]);
    expect(body.numbers[0]).toMatchObject({ id: number.id, is_default_sender: true });
  });
});

describe('one text to many', () => {
  type Crowd = { ids: string[]; by: Record<string, Contact> };
  async function crowd(): Promise<Crowd> {
    const by: Record<string, Contact> = {
      fine: await open({ firstName: 'Ada' }),
      shared: await open({ people: 2, firstName: 'Ben' }),
      nameless: await open({ firstName: null }),
      landline: await open({ lineType: 'landline' }),
      stopped: await open(),
      forbidden: await open(),
      avoided: await open(),
      wrong: await open(),
      bare: await open(),
    };
    const id = (name: string) => by[name]?.id ?? null;
    await sql()`update phones set sms_opted_out_at = now(), sms_opt_out_source = 'person' where id = ${id('stopped')}`;
    await sql()`update phones set do_not_call = true, do_not_call_at = now() where id = ${id('forbidden')}`;
    await sql()`update phones set status = 'invalid' where id = ${id('wrong')}`;
    await sql()`update people set lead_status = 'do_not_contact' where id = any (${by.avoided?.people ?? []})`;
    await sql()`delete from person_phones where phone_id = ${id('bare')}`;
    return { by, ids: Object.values(by).flatMap(({ people }) => people) };
  }
  const body = 'Hello {{ first_name }}, may I ask about your property?';
  const leftOut = {
    number_shared: 1,
    landline: 1,
    opted_out: 1,
    do_not_call: 1,
    do_not_contact: 1,
    number_invalid: 1,
    no_number: 1,
  };
  const make = (ids: string[], more: Record<string, unknown> = {}) =>
    ask<BatchRow & Failure>('sms/batches', {
      id: randomUUID(),
      name: 'Owners',
      people: { ids },
      body,
      ...more,
    });
  const sentIn = async (id: string) =>
    (await sql()`select 1 from sms_messages where batch_id = ${id} and status = 'sent'`).length;
  const batchOf = async (id: string) => (await ask<BatchRow>(`sms/batches/${id}`)).body;

  test('a preview says who gets it, who doesn’t and why, and how it reads', async () => {
    const { ids } = await crowd();
    const preview = await ask<BatchPreview>('sms/batches/preview', {
      people: { ids },
      body,
      reason: 'missing_fields',
    });
    expect(preview.body).toMatchObject({
      total: 10,
      left_out: { ...leftOut, missing_fields: 1 },
      missing: { first_name: 1 },
      segments: { most: 1, all: 2 },
      people: [{ detail: expect.stringContaining('First name') }],
    });
    expect(preview.body.samples).toHaveLength(2);
    for (const { text } of preview.body.samples)
      expect(text).toMatch(/^Hello (Ada|Ben), .*\nReply STOP to opt out$/s);
  });

  test('each number gets one, with how to opt out, and nobody who is left out', async () => {
    const { ids, by } = await crowd();
    const made = await make(ids);
    expect(made.status).toBe(201);
    await until(async () => (await batchOf(made.body.id)).status === 'completed');
    const batch = await batchOf(made.body.id);
    expect(batch).toMatchObject({
      total: 2,
      left_out: { ...leftOut, missing_fields: 1 },
      counts: { sent: 2, queued: 0 },
    });
    for (const [name, contact] of Object.entries(by)) {
      const got = await textsOf({ to: contact.e164 });
      expect([name, got.length]).toEqual([name, name === 'fine' || name === 'shared' ? 1 : 0]);
      for (const { body: text } of got) expect(text).toContain('Reply STOP to opt out');
    }
    const opened = await ask<{ rows: TextRow[] }>(`sms/batches/${batch.id}/messages?status=sent`);
    expect(opened.body.rows).toHaveLength(2);
    expect(
      (await ask<{ rows: TextRow[] }>(`sms/batches/${batch.id}/messages?status=failed`)).body.rows,
    ).toHaveLength(0);
    // whom we wrote to before knows how to stop
    const again = await make(by.fine?.people ?? []);
    await until(async () => (await batchOf(again.body.id)).status === 'completed');
    expect((await textsOf({ to: by.fine?.e164 }))[0]?.body).not.toContain('STOP');
  });

  test('drains that write and send at once, one of them killed, send each number one', async () => {
    const workspace = await createWorkspace(cast.owner);
    await setTier(workspace, 'premium');
    await makeNumber(workspace);
    const contacts = await Promise.all(Array.from({ length: 30 }, () => makeContact(workspace)));
    const id = randomUUID();
    const { error } = await cast.owner.supabase.rpc('create_text_batch', {
      workspace: workspace.id,
      draft: { id, name: 'At once', body: 'Hello {{ first_name }}', starts_at: noon.toISOString() },
      people: contacts.flatMap(({ people }) => people),
    });
    expect(error).toBeNull();
    const killed = startDrainProcess({ job: 'texts', workspaceId: workspace.id, at: noon });
    const [first] = contacts;
    await until(async () => (await textsOf({ to: first?.e164 })).length > 0 || (await sentIn(id)) > 0);
    await killed.kill();
    await Promise.all([drainTextsAt(workspace), drainTextsAt(workspace)]);
    const after = new Date(noon.getTime() + 120_000);
    await Promise.all([drainTextsAt(workspace, after), drainTextsAt(workspace, after)]);
    for (const { e164 } of contacts) expect((await textsOf({ to: e164 })).length).toBeLessThanOrEqual(1);
    const left =
      await sql()`select 1 from sms_messages where batch_id = ${id} and status not in ('sent', 'unknown')`;
    expect(left).toHaveLength(0);
  });

  test('the same id twice is one batch, and a stranger’s people are not found', async () => {
    const contact = await open();
    const id = randomUUID();
    const answers = await Promise.all([1, 2].map(() => make(contact.people, { id })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(await sql()`select 1 from sms_messages where batch_id = ${id}`).toHaveLength(1);
    const elsewhere = await createCast();
    const theirs = await makeContact(elsewhere.workspace);
    expect((await make([...contact.people, ...theirs.people])).status).toBe(404);
    for (const path of [`sms/batches/${id}`, `sms/batches/${id}/messages`])
      expect(
        (await call(`/api/${path}`, { as: elsewhere.owner, workspace: elsewhere.workspace })).status,
      ).toBe(404);
  });

  test('is paused, resumed and cancelled', async () => {
    const contact = await open();
    const starts_at = new Date(Date.now() + 3_600_000).toISOString();
    const { body: batch } = await make(contact.people, { starts_at });
    const set = (act: string) => ask<BatchRow>(`sms/batches/${batch.id}/${act}`, {}, 'POST');
    expect((await set('pause')).body.status).toBe('paused');
    expect(await drainTextsAt(cast.workspace, new Date(Date.now() + 3_700_000))).toMatchObject({ sent: 0 });
    expect((await set('resume')).body.status).toBe('sending');
    expect((await set('cancel')).body).toMatchObject({
      status: 'cancelled',
      counts: { cancelled: 1, queued: 0 },
    });
    expect((await set('resume')).status).toBe(409);
    expect(await textsOf({ to: contact.e164 })).toHaveLength(0);
  });

  test('an answer is counted and opens who answered; STOP opts out', async () => {
    const contact = await open();
    const { body: batch } = await make(contact.people);
    await until(async () => (await batchOf(batch.id)).status === 'completed');
    await writeText({ from: contact.e164, to: number.e164, body: 'Stop' });
    expect(await batchOf(batch.id)).toMatchObject({ replied: 1 });
    const opened = await ask<{ rows: TextRow[] }>(`sms/batches/${batch.id}/messages?status=replied`);
    expect(opened.body.rows.map(({ phone }) => phone.id)).toEqual([contact.id]);
    expect((await phoneNow(contact.id)).sms_opt_out_source).toBe('keyword');
  });

  test('a wording that nobody could fill in is refused at its body', async () => {
    const contact = await open();
    const { status, body: answer } = await make(contact.people, { body: 'Hello {{ nickname }}' });
    expect(status).toBe(400);
    expect(answer.error.fields?.body).toContain('nickname');
  });
});
