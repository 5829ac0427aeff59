/** The queue of texts under faults: nothing goes twice, and what nobody knows of is found out about, not sent again. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { reconcileTexts } from '@/modules/texts/reconcile';
import { sql } from '../support/db';
import { type Actor, addMember, createWorkspace, signUp, type Workspace } from '../support/factories';
import { startDrainProcess, until } from '../support/sending';
import {
  type Contact,
  drainTextsAt,
  makeContact,
  makeNumber,
  noon,
  phoneNow,
  queueTextTo,
  textContext,
  textNow,
} from '../support/texts';
import { misbehave, textsOf } from '../support/twilio';

let actor: Actor;
beforeAll(async () => {
  actor = await signUp();
});

type Scene = { workspace: Workspace; number: { id: string; e164: string }; contact: Contact };
async function scene(options: Parameters<typeof makeNumber>[1] = {}): Promise<Scene> {
  const workspace = await createWorkspace(actor);
  return { workspace, number: await makeNumber(workspace, options), contact: await makeContact(workspace) };
}
const later = (ms: number) => new Date(noon.getTime() + ms);
const numberNow = async (id: string) => {
  const [row] = await sql()<
    {
      breaker: string;
      breaker_until: Date | null;
      next_send_at: Date;
      last_error: string | null;
      capped_until: Date | null;
    }[]
  >`select * from phone_numbers where id = ${id}`;
  if (!row) throw new Error('no such number');
  return row;
};
const sentOn = async (id: string) =>
  (
    await sql()<
      { sent: number }[]
    >`select coalesce(sum(sent), 0)::int as sent from phone_number_days where phone_number_id = ${id}`
  )[0]?.sent;

describe('a text', () => {
  test('goes once, from our number, and stands on the timeline', async () => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number, { body: 'Good day from the drain' });
    expect(await drainTextsAt(workspace)).toMatchObject({ sent: 1 });
    expect(await drainTextsAt(workspace)).toMatchObject({ sent: 0 });
    const [got, ...more] = await textsOf({ to: contact.e164 });
    expect(more).toHaveLength(0);
    expect(got).toMatchObject({ from: number.e164, body: 'Good day from the drain' });
    expect(await textNow(id)).toMatchObject({
      status: 'sent',
      provider_sid: got?.sid,
      segments: 1,
      decision: { verdict: 'send' },
    });
    const rows =
      await sql()`select kind, direction, body, details from activities where person_id = ${contact.people[0] ?? null} and kind = 'sms'`;
    expect(rows).toEqual([
      { kind: 'sms', direction: 'out', body: 'Good day from the drain', details: { sms_id: id } },
    ]);
  });

  test('to a number that several share stands on the timeline of each, marked as shared', async () => {
    const { workspace, number } = await scene();
    const contact = await makeContact(workspace, { people: 3 });
    await queueTextTo(workspace, contact, number);
    await drainTextsAt(workspace);
    const rows = await sql()<
      { details: { shared?: boolean } }[]
    >`select details from activities where workspace_id = ${workspace.id} and kind = 'sms'`;
    expect(rows.map(({ details }) => details.shared)).toEqual([true, true, true]);
  });

  test('that two drains want at once goes once', async () => {
    const { workspace, number, contact } = await scene();
    const others = await Promise.all(Array.from({ length: 14 }, () => makeContact(workspace)));
    const all = [contact, ...others];
    for (const one of all) await queueTextTo(workspace, one, number);
    const counts = await Promise.all([
      drainTextsAt(workspace),
      drainTextsAt(workspace),
      drainTextsAt(workspace),
    ]);
    expect(counts.reduce((sum, { sent = 0 }) => sum + sent, 0)).toBe(15);
    for (const one of all) expect(await textsOf({ to: one.e164 })).toHaveLength(1);
    expect(await sentOn(number.id)).toBe(15);
  });

  test('waits for its number’s turn', async () => {
    const { workspace, number, contact } = await scene({ interval: 60_000 });
    await queueTextTo(workspace, contact, number);
    await queueTextTo(workspace, await makeContact(workspace), number);
    expect(await drainTextsAt(workspace)).toMatchObject({ sent: 1 });
    expect(await drainTextsAt(workspace, later(59_000))).toMatchObject({ sent: 0 });
    expect(await drainTextsAt(workspace, later(60_000))).toMatchObject({ sent: 1 });
  });

  test('waits for tomorrow where the day’s cap is reached, and an answer to STOP doesn’t', async () => {
    const { workspace, number, contact } = await scene({ cap: 1 });
    await queueTextTo(workspace, contact, number, { runAt: later(-1000) });
    const second = await queueTextTo(workspace, await makeContact(workspace), number);
    const answer = await queueTextTo(workspace, await makeContact(workspace), number, { purpose: 'auto' });
    expect(await drainTextsAt(workspace)).toMatchObject({ sent: 2 });
    expect((await textNow(answer)).status).toBe('sent');
    await drainTextsAt(workspace, later(1000));
    expect(await textNow(second)).toMatchObject({ status: 'queued', decision: { reason: 'number_cap' } });
    expect(await drainTextsAt(workspace, later(24 * 3_600_000))).toMatchObject({ sent: 1 });
  });

  test('goes at most so often to one number within a day', async () => {
    const { workspace, number, contact } = await scene();
    for (let n = 0; n < 6; n += 1) await queueTextTo(workspace, contact, number, { runAt: later(n) });
    const counts = await drainTextsAt(workspace, later(100));
    expect(counts).toMatchObject({ sent: 5, held: 1 });
    expect(await textsOf({ to: contact.e164 })).toHaveLength(5);
  });
});

describe('one text at a time to a number of theirs', () => {
  test('two drains with two of our numbers at the same instant: one claims, and the cap holds', async () => {
    const { workspace, number, contact } = await scene();
    const second = await makeNumber(workspace, { from: new Date('2020-01-02') });
    await sql()`insert into calling_settings (workspace_id, texts_per_day) values (${workspace.id}, 1)`;
    const texts = [
      await queueTextTo(workspace, contact, number),
      await queueTextTo(workspace, contact, second, { runAt: later(1) }),
    ];
    // the first claim, of one of ours, isn't committed yet when the second one is made
    const claim = async (db: ReturnType<typeof sql>, batch: number) => {
      const [row] = await db<{ claim: { texts: unknown[] } }[]>`
        select claim_texts(60, batch => ${batch}, only_workspace => ${workspace.id}, at => ${later(2)}) as claim`;
      return row?.claim.texts;
    };
    const undone = new Error('undone');
    await sql()
      .begin(async (tx) => {
        expect(await claim(tx as unknown as ReturnType<typeof sql>, 1)).toHaveLength(1);
        expect(await claim(sql(), 20)).toHaveLength(0);
        throw undone;
      })
      .catch((error: unknown) => expect(error).toBe(undone));
    const counts = await Promise.all(Array.from({ length: 4 }, () => drainTextsAt(workspace, later(2))));
    expect(counts.reduce((sum, { sent = 0 }) => sum + sent, 0)).toBe(1);
    expect(await textsOf({ to: contact.e164 })).toHaveLength(1);
    const states = await Promise.all(texts.map(async (id) => (await textNow(id)).status));
    expect(states.sort()).toEqual(['queued', 'sent']);
  });

  test('no two can be under way, whoever says so', async () => {
    const { workspace, number, contact } = await scene();
    for (let n = 0; n < 2; n += 1) await queueTextTo(workspace, contact, number, { runAt: later(n) });
    await expect(
      sql()`update sms_messages set status = 'sending', lease_token = gen_random_uuid(), lease_until = now() where phone_id = ${contact.id}`,
    ).rejects.toThrow('sms_messages_sending_key');
  });
});

describe('the answer to STOP', () => {
  test('goes before what people write', async () => {
    const { workspace, number, contact } = await scene({ interval: 60_000 });
    const written = await queueTextTo(workspace, contact, number, { runAt: later(-60_000) });
    const answer = await queueTextTo(workspace, await makeContact(workspace), number, { purpose: 'auto' });
    expect(await drainTextsAt(workspace)).toMatchObject({ sent: 1 });
    expect([(await textNow(answer)).status, (await textNow(written)).status]).toEqual(['sent', 'queued']);
  });

  test('never comes late: after five minutes it leaves the queue and says why', async () => {
    const { workspace, number, contact } = await scene();
    await sql()`update phone_numbers set status = 'paused' where id = ${number.id}`;
    const id = await queueTextTo(workspace, contact, number, { purpose: 'auto' });
    await drainTextsAt(workspace, later(299_000));
    expect((await textNow(id)).status).toBe('queued');
    await drainTextsAt(workspace, later(301_000));
    expect(await textNow(id)).toMatchObject({ status: 'cancelled', decision: { reason: 'answer_late' } });
    const { error } = await actor.supabase.rpc('retry_text', { workspace: workspace.id, text_id: id });
    expect(error?.code).toBe('PT409');
  });
});

describe('faults', () => {
  test('a drain killed after its claim leaves a text unknown, and the next one doesn’t send it', async () => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number, { runAt: new Date() });
    await misbehave({ match: { contains: contact.e164 }, times: 1, hang: true });
    const drain = startDrainProcess({ job: 'texts', workspaceId: workspace.id, at: noon });
    await until(async () => (await textNow(id)).status === 'sending');
    await drain.kill();
    expect(await drainTextsAt(workspace, later(1000))).toMatchObject({ sent: 0, swept: 0 });
    expect(await drainTextsAt(workspace, later(120_000))).toMatchObject({ sent: 0, swept: 1 });
    expect((await textNow(id)).status).toBe('unknown');
    expect(await textsOf({ to: contact.e164 })).toHaveLength(0);
  });

  test('an answer that is lost after Twilio took it is found in its list, once', async () => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number);
    await misbehave({ match: { contains: contact.e164, path: '/2010' }, times: 1, accept_and_drop: true });
    expect(await drainTextsAt(workspace)).toMatchObject({ unknown: 1, sent: 0 });
    expect((await textNow(id)).status).toBe('unknown');
    expect(await drainTextsAt(workspace, later(3_600_000))).toMatchObject({ sent: 0 });
    // it was sent by the clock on the wall
    await sql()`update sms_messages set claimed_at = now() where id = ${id}`;
    await reconcileTexts(textContext());
    const [taken, ...more] = await textsOf({ to: contact.e164 });
    expect(more).toHaveLength(0);
    expect(await textNow(id)).toMatchObject({ status: 'sent', provider_sid: taken?.sid });
    expect(
      await sql()`select 1 from activities where workspace_id = ${workspace.id} and kind = 'sms'`,
    ).toHaveLength(1);
  });

  test('one that Twilio never had stays unknown until a person has it sent again', async () => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number);
    await sql()`update sms_messages set status = 'unknown', claimed_at = now() where id = ${id}`;
    await reconcileTexts(textContext());
    expect((await textNow(id)).status).toBe('unknown');
    const { error } = await actor.supabase.rpc('retry_text', { workspace: workspace.id, text_id: id });
    expect(error).toBeNull();
    await sql()`update sms_messages set run_at = ${noon} where id = ${id}`;
    expect(await drainTextsAt(workspace)).toMatchObject({ sent: 1 });
  });

  test('429 holds the number for as long as it asks, and costs the text no attempt', async () => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number);
    const body = { code: 20429, message: 'Too Many Requests', status: 429 };
    await misbehave({
      match: { contains: contact.e164 },
      times: 1,
      status: 429,
      headers: { 'retry-after': '90' },
      body,
    });
    expect(await drainTextsAt(workspace)).toMatchObject({ retried: 1 });
    expect(await textNow(id)).toMatchObject({
      status: 'queued',
      attempts: 0,
      decision: { reason: 'rate_limited' },
    });
    expect((await numberNow(number.id)).next_send_at).toEqual(later(90_000));
    expect(await drainTextsAt(workspace, later(89_000))).toMatchObject({ sent: 0 });
    expect(await drainTextsAt(workspace, later(90_000))).toMatchObject({ sent: 1 });
    expect(await sentOn(number.id)).toBe(1);
  });

  test('401 opens the number’s breaker at once, a probe closes it', async () => {
    const { workspace, number, contact } = await scene();
    await queueTextTo(workspace, contact, number);
    const second = await queueTextTo(workspace, await makeContact(workspace), number);
    const body = { code: 20003, message: 'Authenticate', status: 401 };
    await misbehave({ match: { contains: number.e164 }, times: 2, status: 401, body });
    expect(await drainTextsAt(workspace)).toMatchObject({ sent: 0, retried: 2 });
    expect(await numberNow(number.id)).toMatchObject({
      breaker: 'open',
      last_error: expect.stringContaining('401'),
    });
    await drainTextsAt(workspace, later(1000));
    expect((await textNow(second)).decision).toMatchObject({ reason: 'breaker_open' });
    const resting = await numberNow(number.id);
    const opens = resting.breaker_until ?? noon;
    expect(await drainTextsAt(workspace, opens)).toMatchObject({ sent: 2 });
    expect((await numberNow(number.id)).breaker).toBe('closed');
  });

  test('5xx is tried again later, four times, and then has failed', async () => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number);
    await misbehave({ match: { contains: contact.e164 }, times: 5, status: 500, body: { message: 'oops' } });
    let now = noon;
    for (let tries = 0; tries < 5; tries += 1) {
      await drainTextsAt(workspace, now);
      now = new Date(((await textNow(id)).run_at ?? now).getTime() + 1000);
    }
    expect(await textNow(id)).toMatchObject({ status: 'failed', attempts: 5 });
    expect(await textsOf({ to: contact.e164 })).toHaveLength(0);
  });

  test('21610 opts the number out, and START may lift that', async () => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number);
    const waiting = await queueTextTo(workspace, contact, number, { runAt: later(60_000) });
    const body = { code: 21610, message: 'Attempt to send to unsubscribed recipient', status: 400 };
    await misbehave({ match: { contains: contact.e164 }, times: 1, status: 400, body });
    expect(await drainTextsAt(workspace)).toMatchObject({ failed: 1 });
    expect(await textNow(id)).toMatchObject({ status: 'failed', error_code: '21610' });
    expect(await phoneNow(contact.id)).toMatchObject({ sms_opt_out_source: 'keyword' });
    expect(await textNow(waiting)).toMatchObject({ status: 'cancelled', decision: { reason: 'opted_out' } });
  });
});

describe('the gate is asked after the claim', () => {
  test('STOP between claim and send: it doesn’t go', async () => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number);
    const counts = await drainTextsAt(workspace, noon, {
      beforeFacts: () =>
        sql()`update phones set sms_opted_out_at = now(), sms_opt_out_source = 'keyword' where id = ${contact.id}`,
    });
    expect(counts).toMatchObject({ sent: 0, dropped: 1 });
    expect(await textNow(id)).toMatchObject({ status: 'cancelled', decision: { reason: 'opted_out' } });
    expect(await textsOf({ to: contact.e164 })).toHaveLength(0);
  });

  test.each([
    [
      'do_not_call',
      (c: Contact) => sql()`update phones set do_not_call = true, do_not_call_at = now() where id = ${c.id}`,
    ],
    ['number_invalid', (c: Contact) => sql()`update phones set status = 'invalid' where id = ${c.id}`],
    [
      'do_not_contact',
      (c: Contact) => sql()`update people set lead_status = 'do_not_contact' where id = any (${c.people})`,
    ],
    [
      'person_deleted',
      (c: Contact) => sql()`update people set deleted_at = now() where id = any (${c.people})`,
    ],
  ])('what waits is taken out at once: %s', async (reason, forbid) => {
    const { workspace, number, contact } = await scene();
    const id = await queueTextTo(workspace, contact, number);
    await forbid(contact);
    expect(await textNow(id)).toMatchObject({ status: 'cancelled', decision: { reason } });
  });

  test('a landline gets none', async () => {
    const { workspace, number } = await scene();
    const contact = await makeContact(workspace, { lineType: 'landline' });
    const id = await queueTextTo(workspace, contact, number);
    await drainTextsAt(workspace);
    expect(await textNow(id)).toMatchObject({ status: 'cancelled', decision: { reason: 'landline' } });
  });

  test('eleven segments don’t go, ten do', async () => {
    const { workspace, number, contact } = await scene();
    const ten = await queueTextTo(workspace, contact, number, { body: 'a'.repeat(1530) });
    const eleven = await queueTextTo(workspace, contact, number, { body: 'a'.repeat(1531) });
    await drainTextsAt(workspace);
    expect(await textNow(ten)).toMatchObject({ status: 'sent', segments: 10 });
    expect(await textNow(eleven)).toMatchObject({
      status: 'cancelled',
      segments: 11,
      decision: { reason: 'too_long' },
    });
  });
});

test('one id is one text, and nobody else’s', async () => {
  const { workspace, number, contact } = await scene();
  const draft = {
    id: randomUUID(),
    phone_id: contact.id,
    phone_number_id: number.id,
    body: 'Once',
    segments: 1,
    run_at: noon.toISOString(),
  };
  const queue = (as: Actor, into: Workspace) => as.supabase.rpc('queue_text', { workspace: into.id, draft });
  const [first, second] = await Promise.all([queue(actor, workspace), queue(actor, workspace)]);
  expect([first.error, second.error]).toEqual([null, null]);
  expect(await sql()`select 1 from sms_messages where phone_id = ${contact.id}`).toHaveLength(1);
  // of another member of the workspace neither a second text nor the first one's answer
  const member = await addMember(workspace);
  const drafted = await member.supabase.rpc('text_draft', {
    workspace: workspace.id,
    phone: contact.id,
    text_id: draft.id,
  });
  expect(drafted.data).toMatchObject({ kept: null });
  expect((await queue(member, workspace)).error?.code).toBe('PT404');
  const stranger = await signUp();
  const elsewhere = await createWorkspace(stranger);
  expect((await queue(stranger, workspace)).error?.code).toBe('PT404');
  expect((await queue(stranger, elsewhere)).error?.code).toBe('PT404');
});
