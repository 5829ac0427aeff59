/** The mail that follows a call: which, to whom, through what, and when none goes. */
import { beforeAll, describe, expect, test } from 'vitest';
import { followupState } from '../../modules/calling/followup-words';
import { queueFollowups } from '../../modules/calling/followups';
import { sendDirectMails } from '../../modules/mailboxes/direct';
import { drainQueue } from '../../modules/sending/queue';
import { call, type Failure } from '../support/app';
import { followupOf, makeCall, makeCallee, makeRule } from '../support/calls';
import { connect, sql } from '../support/db';
import {
  type Actor,
  addMember,
  type Cast,
  createCast,
  createWorkspace,
  unique,
  uniqueEmail,
  type Workspace,
} from '../support/factories';
import { connectMailbox, mailboxOf, type TestMailbox } from '../support/gmail';
import { drainContext, sparkpostEmulator, startDrainProcess, until } from '../support/sending';

let cast: Cast;
let box: TestMailbox;
beforeAll(async () => {
  cast = await createCast();
  box = await connectMailbox(cast.member, cast.workspace);
});

const queue = (workspace: Workspace = cast.workspace) =>
  queueFollowups(drainContext(), { workspaceId: workspace.id });
const drain = (workspace: Workspace) => drainQueue(drainContext(), { workspaceId: workspace.id });
const wordsOf = async (workspace: Workspace, id: string) =>
  followupState(await followupOf(workspace, id), 'America/Chicago')?.words;

/** A workspace that mails go out of by a sender and a domain. */
async function sendingWorkspace(outcome: 'no_answer' | 'pending_signup' | 'invalid_number', domains = 1) {
  const workspace = await createWorkspace(cast.owner);
  const word = unique().toLowerCase();
  const [sender] = await sql()<{ id: string }[]>`
    insert into senders (workspace_id, name, local_part, postal_address, signature, created_by)
    values (${workspace.id}, 'Dana Whitfield', 'dana', '100 Main Street, Austin, TX 78701', 'Dana', ${cast.owner.userId}) returning id`;
  await sql()`insert into sending_domains (workspace_id, domain, interval_seconds, jitter_seconds, daily_cap, created_by)
    select ${workspace.id}, ${word} || n || '.example', 0, 0, 100, ${cast.owner.userId} from generate_series(1, ${domains}::int) n`;
  await makeRule(workspace, outcome, { senderId: sender?.id ?? '' });
  return workspace;
}
const mailsTo = (address: string) =>
  sql()<
    {
      id: string;
      status: string;
      run_at: Date;
      decision: { reason: string } | null;
      subject: string;
      body_text: string;
      via: string;
    }[]
  >`
    select * from email_queue where to_address = ${address} order by created_at`;

describe('the rules', () => {
  const settings = (as: Actor, body?: unknown) =>
    call<{ settings: { hours_start: string; calls_per_day: number } } & Failure>('/api/calling/settings', {
      as,
      workspace: cast.workspace,
      ...(body !== undefined && { method: 'PUT', body }),
    });

  test('calling hours may be narrower than the law’s, never wider, and it is said at the field', async () => {
    expect((await settings(cast.member)).body.settings).toMatchObject({
      hours_start: '08:00',
      calls_per_day: 3,
    });
    const wider = await settings(cast.admin, { hours_start: '07:30', hours_end: '21:30' });
    expect(wider.status).toBe(400);
    expect(wider.body.error.fields).toEqual({
      hours_start: 'Not before 8:00 am: calls are only allowed from then on',
      hours_end: 'Not after 9:00 pm: calls are only allowed until then',
    });
    const turned = await settings(cast.admin, { hours_start: '18:00', hours_end: '09:00' });
    expect(turned.body.error.fields).toHaveProperty('hours_end');
    expect((await settings(cast.member, { calls_per_day: 4 })).status).toBe(403);
    expect((await settings(cast.stranger)).status).toBe(404);
    const narrower = await settings(cast.admin, { hours_start: '09:00' });
    expect(narrower.body.settings).toMatchObject({ hours_start: '09:00', calls_per_day: 3 });
    // the database refuses what the route would have refused
    await expect(
      sql()`update calling_settings set hours_start = '07:00' where workspace_id = ${cast.workspace.id}`,
    ).rejects.toThrow();
  });

  test('a rule takes a template that can be sent, of this workspace', async () => {
    const { templateId } = await makeRule(cast.workspace, 'pending_signup');
    const { templateId: odd } = await makeRule(cast.workspace, 'pending_signup', {
      body: 'Dear {{ nickname }}',
    });
    const { templateId: foreign } = await makeRule(cast.otherWorkspace, 'no_answer');
    const put = (template_id: string, as = cast.admin, more = {}) =>
      call<{ rules: { outcome: string; template_id: string }[] } & Failure>('/api/calling/followups', {
        as,
        workspace: cast.workspace,
        method: 'PUT',
        body: { rules: [{ outcome: 'no_answer', template_id, via: 'gmail', delay_minutes: 5, ...more }] },
      });
    expect((await put(odd)).body.error.fields?.['rules.0.template_id']).toContain('nickname');
    expect((await put(foreign)).status).toBe(404);
    expect((await put(templateId, cast.member)).status).toBe(403);
    expect((await put(templateId, cast.admin, { via: 'sender' })).body.error.fields).toHaveProperty(
      'rules.0.sender_id',
    );
    expect((await put(templateId, cast.admin, { delay_minutes: 20_161 })).status).toBe(400);
    const saved = await put(templateId);
    expect(saved.body.rules).toMatchObject([{ outcome: 'no_answer', template_id: templateId }]);
    const rows = await sql()`select outcome from followup_rules where workspace_id = ${cast.workspace.id}`;
    expect(rows.map(({ outcome }) => outcome)).toEqual(['no_answer']);
    await sql()`delete from followup_rules where workspace_id = ${cast.workspace.id}`;
  });
});

describe('through the caller’s mailbox', () => {
  test('the mail goes from the caller to the only one it can have been, once, and stands on the call and the timeline', async () => {
    await makeRule(cast.workspace, 'no_answer');
    const callee = await makeCallee(cast.workspace, { firstName: 'Jordan' });
    const id = await makeCall(cast.member, cast.workspace, callee.phoneId);
    expect((await followupOf(cast.workspace, id))?.status).toBe('planned');
    await queue();
    expect(await queue(), 'a call is mailed once').toEqual({ queued: 0, none: 0 });
    expect(await wordsOf(cast.workspace, id)).toBe('Goes now');
    await sendDirectMails({ ...drainContext() });
    expect(await wordsOf(cast.workspace, id)).toBe('Sent');
    const { messages } = await mailboxOf(box);
    const sent = messages.filter(({ raw }) => raw.includes(callee.address ?? ''));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.raw).toContain('Hello Jordan, I tried to reach you.');
    const activities = await sql()<{ details: { followup_of?: string } }[]>`
      select details from activities where person_id = ${callee.personId} and kind = 'email'`;
    expect(activities.map(({ details }) => details.followup_of)).toEqual([id]);
  });

  test('it waits for the rule’s delay, and no promised next step is closed by it', async () => {
    await makeRule(cast.workspace, 'no_answer', { delayMinutes: 60 });
    const callee = await makeCallee(cast.workspace);
    const id = await makeCall(cast.member, cast.workspace, callee.phoneId);
    await queue();
    const [mail] = await mailsTo(callee.address ?? '');
    expect(Math.round(((mail?.run_at.getTime() ?? 0) - Date.now()) / 60_000)).toBe(50);
    await sendDirectMails({ ...drainContext() });
    expect((await mailsTo(callee.address ?? ''))[0]?.status).toBe('queued');
    expect(await wordsOf(cast.workspace, id)).toMatch(/^Goes .*at \d+:\d\d [ap]m$/);

    const [promise] = await sql()<{ id: string }[]>`
      insert into activities (workspace_id, kind, channel, direction, person_id, next_step_at)
      values (${cast.workspace.id}, 'call', 'call', 'out', ${callee.personId}, now() + interval '1 day') returning id`;
    await sql()`update email_queue set run_at = now() where id = ${mail?.id ?? ''}`;
    await sendDirectMails({ ...drainContext() });
    expect((await mailsTo(callee.address ?? ''))[0]?.status).toBe('sent');
    const [kept] = await sql()`select next_step_closed_by from activities where id = ${promise?.id ?? ''}`;
    expect(kept).toEqual({ next_step_closed_by: null });
  });

  test('a caller without a mailbox reads so on the call', async () => {
    await makeRule(cast.workspace, 'no_answer');
    const callee = await makeCallee(cast.workspace);
    const other = await addMember(cast.workspace);
    const id = await makeCall(other, cast.workspace, callee.phoneId);
    await queue();
    expect(await followupOf(cast.workspace, id)).toMatchObject({ status: 'none', reason: 'no_mailbox' });
    expect(followupState(await followupOf(cast.workspace, id), 'UTC')?.detail).toContain(
      'Connect one in Settings',
    );
  });
});

test('a mailbox that is connected within a day has the mails that it was missing for; older ones stay unsent', async () => {
  await makeRule(cast.workspace, 'no_answer');
  const late = await addMember(cast.workspace);
  const fresh = await makeCall(late, cast.workspace, (await makeCallee(cast.workspace)).phoneId);
  const old = await makeCall(late, cast.workspace, (await makeCallee(cast.workspace)).phoneId);
  await queue();
  await sql()`update calls set outcome_at = now() - interval '25 hours' where id = ${old}`;
  await connectMailbox(late, cast.workspace);
  await queue();
  expect((await followupOf(cast.workspace, fresh))?.status).toBe('queued');
  expect(await followupOf(cast.workspace, old)).toMatchObject({ status: 'none', reason: 'no_mailbox' });
});

describe('through a sending domain', () => {
  test('it goes with the sender’s signature, address and way out, at whatever hour', async () => {
    const workspace = await sendingWorkspace('pending_signup');
    const callee = await makeCallee(workspace);
    const id = await makeCall(cast.owner, workspace, callee.phoneId, {
      outcome: 'pending_signup',
      reached: 'confirmed',
      personId: callee.personId,
    });
    await queue(workspace);
    expect(await drain(workspace)).toMatchObject({ sent: 1 });
    const [mail] = await sparkpostEmulator.inbox(callee.address ?? '');
    expect(mail?.text).toContain('100 Main Street, Austin');
    expect(mail?.text).toContain('/u/');
    expect(mail?.text).toContain('Dana');
    expect(await wordsOf(workspace, id)).toBe('Sent');
    await sql()`update email_queue set opened_at = now() where to_address = ${callee.address ?? ''}`;
    expect(await wordsOf(workspace, id)).toBe('Opened');
  });

  test('without an active domain, or with its sender put away, the call says so', async () => {
    const workspace = await sendingWorkspace('no_answer', 0);
    const [first, second] = [await makeCallee(workspace), await makeCallee(workspace)];
    const none = await makeCall(cast.owner, workspace, first.phoneId);
    await queue(workspace);
    expect(await followupOf(workspace, none)).toMatchObject({ status: 'none', reason: 'no_domain' });
    await sql()`update senders set archived_at = now() where workspace_id = ${workspace.id}`;
    const gone = await makeCall(cast.owner, workspace, second.phoneId);
    await queue(workspace);
    expect(await followupOf(workspace, gone)).toMatchObject({ status: 'none', reason: 'no_sender' });
  });

  test('a paused domain holds it, and it goes by another one', async () => {
    const workspace = await sendingWorkspace('no_answer');
    const callee = await makeCallee(workspace);
    const id = await makeCall(cast.owner, workspace, callee.phoneId);
    await queue(workspace);
    await sql()`update sending_domains set status = 'paused' where workspace_id = ${workspace.id}`;
    expect(await drain(workspace)).toMatchObject({ sent: 0 });
    expect(followupState(await followupOf(workspace, id), 'UTC')).toMatchObject({ words: 'Waits' });
    await sql()`insert into sending_domains (workspace_id, domain, interval_seconds, jitter_seconds, daily_cap, created_by)
      values (${workspace.id}, ${`${unique().toLowerCase()}.example`}, 0, 0, 100, ${cast.owner.userId})`;
    expect(await drain(workspace)).toMatchObject({ sent: 1 });
  });
});

describe('to whom', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await sendingWorkspace('no_answer');
    const [rule] = await sql()<
      { sender_id: string }[]
    >`select sender_id from followup_rules where workspace_id = ${workspace.id}`;
    await makeRule(workspace, 'invalid_number', { senderId: rule?.sender_id });
  });
  const reasonOf = async (id: string) => (await followupOf(workspace, id))?.reason;
  const toOf = async (id: string) => (await followupOf(workspace, id))?.to;

  test('a number of two people is nobody’s until one is confirmed', async () => {
    const first = await makeCallee(workspace);
    const second = await makeCallee(workspace, { phoneId: first.phoneId });
    const unknown = await makeCall(cast.owner, workspace, first.phoneId);
    const known = await makeCall(cast.owner, workspace, first.phoneId, {
      reached: 'confirmed',
      personId: second.personId,
    });
    const wrong = await makeCall(cast.owner, workspace, (await makeCallee(workspace)).phoneId, {
      reached: 'wrong_person',
    });
    await queue(workspace);
    expect(await reasonOf(unknown)).toBe('nobody');
    expect(await toOf(known)).toBe(second.address);
    expect(await reasonOf(wrong)).toBe('wrong_person');
  });

  test('the address told in the call goes first; without any, the call says so', async () => {
    const told = uniqueEmail();
    const callee = await makeCallee(workspace);
    const captured = await makeCall(cast.owner, workspace, callee.phoneId, { captured: told.toUpperCase() });
    const none = await makeCall(
      cast.owner,
      workspace,
      (await makeCallee(workspace, { address: null })).phoneId,
    );
    await queue(workspace);
    expect(await toOf(captured)).toBe(told);
    expect(await reasonOf(none)).toBe('no_address');
  });

  test('a wrong number is written to by an address that takes mail, a missed call by the first one or none', async () => {
    const second = uniqueEmail();
    const two = async () => {
      const callee = await makeCallee(workspace);
      await sql()`update emails set status = 'unsubscribed', since = now() where id = ${callee.emailId ?? ''}`;
      const [email] = await sql()<{ id: string }[]>`
        insert into emails (workspace_id, address) values (${workspace.id}, ${second}) on conflict (workspace_id, address)
        do update set reason = null returning id`;
      await sql()`insert into person_emails (workspace_id, person_id, email_id) values (${workspace.id}, ${callee.personId}, ${email?.id ?? ''})`;
      return callee;
    };
    const [wrong, missed] = [await two(), await two()];
    const invalid = await makeCall(cast.owner, workspace, wrong.phoneId, { outcome: 'invalid_number' });
    const silent = await makeCall(cast.owner, workspace, missed.phoneId);
    await queue(workspace);
    await drain(workspace);
    expect(await followupOf(workspace, invalid)).toMatchObject({ status: 'sent', to: second });
    expect(await followupOf(workspace, silent)).toMatchObject({
      status: 'cancelled',
      reason: 'suppressed_unsubscribed',
    });
  });

  test('somebody called on two numbers in a row gets one mail', async () => {
    const callee = await makeCallee(workspace);
    const [phone] = await sql()<{ id: string }[]>`
      insert into phones (workspace_id, e164) values (${workspace.id}, ${`+1212555${String(Date.now()).slice(-4)}`}) returning id`;
    await sql()`insert into person_phones (workspace_id, person_id, phone_id) values (${workspace.id}, ${callee.personId}, ${phone?.id ?? ''})`;
    const first = await makeCall(cast.owner, workspace, callee.phoneId, {
      at: new Date(Date.now() - 700_000),
    });
    const second = await makeCall(cast.owner, workspace, phone?.id ?? '');
    await queue(workspace);
    expect(await toOf(first)).toBe(callee.address);
    expect(await reasonOf(second)).toBe('sent_before');
    const third = await makeCall(cast.owner, workspace, callee.phoneId, {
      at: new Date(Date.now() - 60_000),
    });
    await queue(workspace);
    expect(await reasonOf(third)).toBe('sent_before');
  });

  test('a field that isn’t known of the person keeps the mail back and is named', async () => {
    const [rule] = await sql()<{ sender_id: string }[]>`
      select sender_id from followup_rules where workspace_id = ${workspace.id} and outcome = 'no_answer'`;
    await makeRule(workspace, 'no_answer', { senderId: rule?.sender_id, body: 'About {{ property_name }}' });
    const id = await makeCall(cast.owner, workspace, (await makeCallee(workspace)).phoneId);
    await queue(workspace);
    expect(followupState(await followupOf(workspace, id), 'UTC')).toMatchObject({
      words: 'Not sent',
      detail: 'Not known of this person: property name.',
    });
  });

  test('a rule made today writes to nobody who was called before', async () => {
    const [rule] = await sql()<{ sender_id: string }[]>`
      select sender_id from followup_rules where workspace_id = ${workspace.id} and outcome = 'no_answer'`;
    await makeRule(workspace, 'no_answer', { senderId: rule?.sender_id, since: new Date() });
    const id = await makeCall(cast.owner, workspace, (await makeCallee(workspace)).phoneId);
    expect(await queue(workspace)).toEqual({ queued: 0, none: 0 });
    expect(await followupOf(workspace, id)).toBeNull();
  });
});

describe('between the outcome and the mail', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await sendingWorkspace('no_answer');
  });
  async function waiting() {
    const callee = await makeCallee(workspace);
    const id = await makeCall(cast.owner, workspace, callee.phoneId);
    await queue(workspace);
    return { ...callee, id };
  }

  test('an unsubscription keeps it from going, and the call says so', async () => {
    const one = await waiting();
    await sql()`update emails set status = 'unsubscribed', since = now() where id = ${one.emailId ?? ''}`;
    await drain(workspace);
    expect(followupState(await followupOf(workspace, one.id), 'UTC')).toMatchObject({
      words: 'Not sent',
      detail: 'The address has unsubscribed.',
    });
    expect(await sparkpostEmulator.inbox(one.address ?? '')).toHaveLength(0);
  });

  test('“do not contact”, a text from them, and a talk on another call do too', async () => {
    const [lost, texted, spoken] = [await waiting(), await waiting(), await waiting()];
    await sql()`update people set lead_status = 'do_not_contact' where id = ${lost.personId}`;
    await sql()`insert into sms_messages (workspace_id, direction, phone_id, body, status, received_at)
      values (${workspace.id}, 'in', ${texted.phoneId}, 'Call me tonight', 'received', now())`;
    await makeCall(cast.owner, workspace, spoken.phoneId, {
      outcome: 'answered',
      reached: 'confirmed',
      personId: spoken.personId,
      at: new Date(),
    });
    await drain(workspace);
    const reasons = await Promise.all(
      [lost, texted, spoken].map(async ({ id }) => (await followupOf(workspace, id))?.reason),
    );
    expect(reasons).toEqual(['do_not_contact', 'replied', 'answered']);
  });

  test('an outcome taken back takes the mail back; what went is said to have gone', async () => {
    const [early, late] = [await waiting(), await waiting()];
    await sql()`update calls set undone_at = now() where id = ${early.id}`;
    expect(await wordsOf(workspace, early.id)).toBe('Cancelled');
    await drain(workspace);
    await sql()`update calls set undone_at = now() where id = ${late.id}`;
    expect(await wordsOf(workspace, late.id)).toBe('Sent');
    expect(await sparkpostEmulator.inbox(early.address ?? '')).toHaveLength(0);
  });

  test('by the desk’s own ways: the outcome says when its mail goes, and undo takes it back', async () => {
    const callee = await makeCallee(workspace);
    const ask = <T>(path: string, body: unknown = {}) =>
      call<T>(path, { as: cast.owner, workspace, method: 'POST', body });
    await ask(`/api/phones/${callee.phoneId}/claim`);
    const { status, body } = await ask<{
      call: { id: string; followup: { status: string; run_at: string } };
    }>(`/api/phones/${callee.phoneId}/calls`, { outcome: 'no_answer' });
    expect(status).toBeLessThan(300);
    expect(['planned', 'queued']).toContain(body.call.followup.status);
    expect(Math.round((Date.parse(body.call.followup.run_at) - Date.now()) / 60_000)).toBe(5);
    await queue(workspace);
    await until(async () => (await followupOf(workspace, body.call.id))?.status === 'queued');
    await ask(`/api/calls/${body.call.id}/undo`);
    expect(await wordsOf(workspace, body.call.id)).toBe('Cancelled');
  });

  test('an outcome taken back while its mail is being sent is seen after the claim', async () => {
    const one = await waiting();
    await drainQueue(
      drainContext(() => sql()`update calls set undone_at = now() where id = ${one.id}`),
      {
        workspaceId: workspace.id,
      },
    );
    expect(await followupOf(workspace, one.id)).toMatchObject({
      status: 'cancelled',
      reason: 'outcome_undone',
    });
  });

  test('an outcome given again after it was taken back has its mail again, the same one', async () => {
    const one = await waiting();
    await sql()`update calls set undone_at = now() where id = ${one.id}`;
    await sql()`update calls set undone_at = null where id = ${one.id}`;
    await queue(workspace);
    const mails = await mailsTo(one.address ?? '');
    expect(mails.map(({ status }) => status)).toEqual(['queued']);
  });
});

describe('however many run at once', () => {
  test('forty calls and four runs are forty mails', async () => {
    const workspace = await sendingWorkspace('no_answer');
    const callees = await Promise.all(Array.from({ length: 40 }, () => makeCallee(workspace)));
    await Promise.all(callees.map(({ phoneId }) => makeCall(cast.owner, workspace, phoneId)));
    const runs = await Promise.all(Array.from({ length: 4 }, () => queue(workspace)));
    expect(runs.reduce((sum, { queued }) => sum + queued, 0)).toBe(40);
    const [{ mails } = { mails: 0 }] = await sql()<{ mails: number }[]>`
      select count(*)::int as mails from email_queue where workspace_id = ${workspace.id} and purpose = 'followup'`;
    expect(mails).toBe(40);
  });

  test('a run that is killed while it writes leaves each call with one mail after the next', async () => {
    const workspace = await sendingWorkspace('no_answer');
    const callees = await Promise.all(Array.from({ length: 5 }, () => makeCallee(workspace)));
    const ids = await Promise.all(callees.map(({ phoneId }) => makeCall(cast.owner, workspace, phoneId)));
    const other = await connect();
    await other`begin`;
    await other`select 1 from calls where id = any (${ids}) for update`;
    const run = startDrainProcess({ workspaceId: workspace.id, job: 'followups' });
    await until(async () => {
      const waiting =
        await sql()`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%write_call_followups%'`;
      return waiting.length > 0;
    });
    await run.kill();
    await other`rollback`;
    await other.end();
    await queue(workspace);
    const mails =
      await sql()`select 1 from email_queue where workspace_id = ${workspace.id} and purpose = 'followup'`;
    expect(mails).toHaveLength(5);
    const linked =
      await sql()`select 1 from calls where workspace_id = ${workspace.id} and followup_email_id is not null`;
    expect(linked).toHaveLength(5);
  });
});
