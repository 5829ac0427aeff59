/** Launching a campaign: what forbids it, how its first mails come to be, and what people do with them before they go. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EmailDetail, LeftOut, Problem } from '../../modules/campaigns/answers';
import { stageCampaigns } from '../../modules/campaigns/staging';
import type { Failure } from '../support/app';
import {
  askCampaign,
  launchAndStage,
  makeDomain,
  makeDraft,
  makeLaunchable,
  makePeople,
  makeSender,
  readCampaign,
  readEmails,
  readRecipients,
  untilStaged,
  writtenStep,
} from '../support/campaigns';
import { become, sql } from '../support/db';
import { type Actor, type Cast, createCast, createPerson, uniqueEmail } from '../support/factories';
import { drainContext, sparkpostEmulator, until } from '../support/sending';
import { setTier } from '../support/work';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
  await setTier(cast.workspace, 'premium');
});

const ask = <T = unknown>(path: string, method = 'GET', body?: unknown, as: Actor = cast.member) =>
  askCampaign<T>(as, cast.workspace, path, method, body);
const launchable = (options: Parameters<typeof makeLaunchable>[3] = {}) =>
  makeLaunchable(cast.member, cast.workspace, cast.admin, options);
const stage = (id: string) => launchAndStage(cast.member, cast.workspace, id);
const emails = (id: string, query = '') => readEmails(cast.member, cast.workspace, id, query);
const recipients = (id: string) => readRecipients(cast.member, cast.workspace, id);
const codesOf = (problems: Problem[]) => problems.map(({ code }) => code);

type Refusal = Failure & { error: { current?: { problems: Problem[] } } };

describe('a launch is refused with the list of what forbids it', () => {
  test('no sender, no domain, nobody chosen, no text, no subject', async () => {
    const other = await createCast();
    await setTier(other.workspace, 'premium');
    const draft = await makeDraft(other.member, other.workspace, [
      { ...writtenStep('First', ' '), subjects: [''] },
    ]);
    const { status, body } = await askCampaign<Refusal>(
      other.member,
      other.workspace,
      `/${draft.id}/launch`,
      'POST',
    );
    expect(status).toBe(409);
    const named = ['empty_step', 'no_subject', 'no_sender', 'no_domain', 'no_recipients'];
    expect(codesOf(body.error.current?.problems ?? [])).toEqual(named);
    // the database sees it too, whoever asks it
    const { error } = await other.member.supabase.rpc('launch_campaign', {
      workspace: other.workspace.id,
      campaign: draft.id,
      saw: draft.version,
    });
    expect(error?.code).toBe('PT409');
    expect((await readCampaign(other.member, other.workspace, draft.id)).status).toBe('draft');
  });

  test('a field that a recipient lacks, with who lacks it; a fallback or a value mends it', async () => {
    const draft = await launchable({
      count: 1,
      steps: [
        writtenStep('First', 'Hello {{ first_name }} of {{ city }}, {{ company | default: "friend" }}'),
      ],
    });
    const nameless = await createPerson(cast.member, cast.workspace, {
      first_name: undefined,
      last_name: 'Stone',
      city: 'Austin',
      emails: [uniqueEmail()],
    });
    await ask(`/${draft.id}/recipients`, 'POST', { ids: [nameless.id] });
    const { status, body } = await ask<Refusal>(`/${draft.id}/launch`, 'POST');
    expect(status).toBe(409);
    const [problem, ...more] = body.error.current?.problems ?? [];
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'missing_fields', steps: [draft.steps[0]?.id], count: 2 });
    expect(problem?.recipients?.map(({ fields }) => fields.join()).sort()).toEqual(['city', 'first_name']);
    await sql()`update people set first_name = coalesce(first_name, 'Sam'), city = 'Austin' where workspace_id = ${cast.workspace.id}`;
    expect((await ask<{ problems: Problem[] }>(`/${draft.id}/problems`)).body.problems).toEqual([]);
    expect((await ask(`/${draft.id}/launch`, 'POST')).status).toBe(202);
  });

  test('a mail that nobody reaches, a round without delay, a field that there is not, a template that can’t be read', async () => {
    const [a, b, c] = [
      writtenStep('A', '{{ nickname }}'),
      writtenStep('B', '{{ first_name'),
      writtenStep('C'),
    ];
    const draft = await launchable({
      count: 1,
      steps: [a, b, c],
      edges: [
        { from: b.id, to: c.id },
        { from: c.id, to: b.id },
      ],
    });
    const { body } = await ask<{ problems: Problem[] }>(`/${draft.id}/problems`);
    expect(codesOf(body.problems).sort()).toEqual(
      ['bad_template', 'bad_template', 'cycle_without_delay', 'unreachable_step', 'unreachable_step'].sort(),
    );
  });
});

describe('staging', () => {
  test('writes one mail for each recipient, filled in, from the sender at domains in turn, in a thread of its own', async () => {
    const other = await createCast();
    await setTier(other.workspace, 'pro');
    await makeDomain(other.admin, other.workspace);
    await makeDomain(other.admin, other.workspace);
    const draft = await makeLaunchable(other.member, other.workspace, other.admin, { count: 9 });
    const staged = await launchAndStage(other.member, other.workspace, draft.id);
    expect(staged).toMatchObject({
      status: 'staged',
      staging: { total: 9, done: 9, error: null },
      emails: { staged: 9 },
    });
    const mails = await readEmails(other.member, other.workspace, draft.id);
    expect(new Set(mails.map(({ to_address }) => to_address)).size).toBe(9);
    expect(new Set(mails.map(({ from_address }) => from_address.split('@')[1])).size).toBe(3);
    const rows = await sql()<
      {
        message_id: string;
        thread_token: string;
        body_text: string;
        id: string;
        from_address: string;
        first_name: string;
      }[]
    >`
      select q.*, p.first_name from email_queue q join people p on p.id = q.person_id where q.campaign_id = ${draft.id}`;
    for (const row of rows) {
      expect(row.body_text).toBe(`Hello ${row.first_name},`);
      const local = `${row.thread_token}.${row.id.replaceAll('-', '').slice(0, 12)}`;
      expect(row.message_id).toBe(`<${local}@${row.from_address.split('@')[1]}>`);
    }
    const people = await readRecipients(other.member, other.workspace, draft.id);
    expect(people.every(({ status }) => status === 'staged')).toBe(true);
  });

  test('whoever can’t be written to any more is left out, with why', async () => {
    const draft = await launchable({ count: 3 });
    const [gone, silent] = await recipients(draft.id);
    await sql()`update emails set status = 'unsubscribed', since = now() where id = ${gone?.email.id ?? null}`;
    await sql()`update people set lead_status = 'do_not_contact' where id = ${silent?.person.id ?? null}`;
    const staged = await stage(draft.id);
    expect(staged).toMatchObject({ emails: { staged: 1 }, recipients: { staged: 1, total: 1 }, left_out: 2 });
    const left = await ask<LeftOut>(`/${draft.id}/left-out`);
    expect(left.body.counts).toEqual({ suppressed: 1, do_not_contact: 1 });
  });

  test('two campaigns with the same people, launched at once, write to each of them once', async () => {
    const one = await launchable({ count: 3 });
    const two = await launchable({ count: 0 }).catch(() => null);
    expect(two).toBeNull();
    const people = (await recipients(one.id)).map(({ person }) => person.id);
    const second = await makeDraft(cast.member, cast.workspace);
    const sender = await makeSender(cast.admin, cast.workspace);
    await ask(`/${second.id}`, 'PATCH', { sender_id: sender.id });
    await ask(`/${second.id}/recipients`, 'POST', { ids: people });
    await Promise.all([one.id, second.id].map((id) => ask(`/${id}/launch`, 'POST')));
    await Promise.all([one.id, second.id].map((id) => untilStaged(cast.member, cast.workspace, id)));
    const [written] = await sql()`
      select count(*)::int as mails, count(distinct person_id)::int as people from email_queue
       where campaign_id = any (${[one.id, second.id]}) and status = 'staged'`;
    expect(written).toEqual({ mails: 3, people: 3 });
  });

  test('a worker that dies in the middle loses nothing and doubles nothing; what it writes later is refused', async () => {
    const draft = await launchable({ count: 7 });
    const { admin, log } = drainContext();
    const lease = randomUUID();
    const launch = await sql().begin(async (tx) => {
      await become(tx, { role: 'authenticated', userId: cast.member.userId });
      const [row] = await tx<
        { id: string }[]
      >`select launch_campaign(${cast.workspace.id}, ${draft.id}, ${draft.version}) as id`;
      await tx`reset role`;
      await tx`update campaigns set lease_token = ${lease}, lease_until = now() + interval '1 hour' where id = ${draft.id}`;
      return row?.id ?? '';
    });
    const given = { workspace: cast.workspace.id, campaign: draft.id };
    const [domain] = await sql()<
      { id: string; domain: string }[]
    >`select id, domain from sending_domains where workspace_id = ${cast.workspace.id} limit 1`;
    const chunk = async (size: number) => {
      const { data } = await admin.rpc('read_staging', {
        ...given,
        page_size: size,
        after_id: '00000000-0000-0000-0000-000000000000',
      });
      return (data as { id: string }[]).map(({ id }) => ({
        recipient_id: id,
        id: randomUUID(),
        domain_id: domain?.id ?? '',
        variant: 0,
        from_name: 'Dana',
        from_address: `dana@${domain?.domain}`,
        reply_to: null,
        subject: 'Hello',
        body_text: 'Hello',
        body_html: null,
        missing: null,
      }));
    };
    const write = async (mails: unknown) =>
      (
        await admin.rpc('stage_emails', {
          ...given,
          lease,
          launch,
          mails: mails as never,
          lease_seconds: 3600,
        })
      ).data;
    const lost = await chunk(7);
    expect(await write(lost.slice(0, 2))).toBe(2);
    // nobody else works on it while the lease stands
    const deps = { admin, log, timeLeftMs: () => 240_000 };
    await stageCampaigns(deps);
    expect((await readCampaign(cast.member, cast.workspace, draft.id)).staging).toMatchObject({ done: 2 });
    // it dies; two others come at once
    await sql()`update campaigns set lease_until = now() - interval '1 second' where id = ${draft.id}`;
    await Promise.all([stageCampaigns(deps), stageCampaigns(deps)]);
    const done = await untilStaged(cast.member, cast.workspace, draft.id);
    expect(done).toMatchObject({ emails: { staged: 7 }, recipients: { staged: 7 } });
    // and it wakes up again
    expect(await write(lost.slice(2))).toBeNull();
    const [count] =
      await sql()`select count(*)::int as n, count(distinct recipient_id)::int as people from email_queue where campaign_id = ${draft.id}`;
    expect(count).toEqual({ n: 7, people: 7 });
  });

  test('a value that went missing after the check: the mail isn’t sent, and says so', async () => {
    const draft = await launchable({ count: 1, steps: [writtenStep('First', 'Hello {{ first_name }}')] });
    const [one] = await recipients(draft.id);
    await sql().begin(async (tx) => {
      await tx`update people set first_name = null, last_name = 'Stone' where id = ${one?.person.id ?? null}`;
      await become(tx, { role: 'authenticated', userId: cast.member.userId });
      await tx`select launch_campaign(${cast.workspace.id}, ${draft.id}, ${draft.version})`;
    });
    const { admin, log } = drainContext();
    await stageCampaigns({ admin, log, timeLeftMs: () => 240_000 });
    await untilStaged(cast.member, cast.workspace, draft.id);
    expect(await emails(draft.id)).toMatchObject([
      {
        status: 'cancelled',
        decision: { verdict: 'drop', reason: 'missing_fields', fields: ['first_name'] },
      },
    ]);
    expect(await recipients(draft.id)).toMatchObject([{ status: 'done', exit_reason: 'failed' }]);
  });

  test('a mail that can’t be made for one recipient is kept aside with why; the others are written', async () => {
    const subject = '{{ city | default: "x" | replace: "Austin", "A\\nB" }}';
    const step = { ...writtenStep('First', 'Hello'), subjects: [subject] };
    const draft = await launchable({ count: 2, steps: [step] });
    const [one, two] = await recipients(draft.id);
    await sql()`update people set city = 'Austin' where id = ${one?.person.id ?? null}`;
    await sql()`update people set city = 'Dallas' where id = ${two?.person.id ?? null}`;
    await stage(draft.id);
    expect(await emails(draft.id, '&status=staged')).toMatchObject([{ subject: 'Dallas' }]);
    expect(await emails(draft.id, '&status=cancelled')).toMatchObject([
      { decision: { reason: 'broken' }, last_error: expect.stringContaining('line break') },
    ]);
  });

  test('two subjects are tried on both halves', async () => {
    const step = { ...writtenStep('First'), subjects: ['One', 'Two'] };
    const draft = await launchable({ count: 24, steps: [step] });
    await stage(draft.id);
    const mails = await emails(draft.id);
    expect(new Set(mails.map(({ subject, variant }) => `${variant} ${subject}`))).toEqual(
      new Set(['0 One', '1 Two']),
    );
    expect((await emails(draft.id, '&variant=1')).every(({ subject }) => subject === 'Two')).toBe(true);
  });
});

describe('review', () => {
  test('a mail is read, changed and taken out; the others are accepted, by id and all', async () => {
    const draft = await launchable({ count: 4 });
    await stage(draft.id);
    const [first, second, third] = await emails(draft.id, '&status=staged');
    const read = await ask<EmailDetail>(`/${draft.id}/emails/${first?.id}`);
    expect(read.body).toMatchObject({ status: 'staged', is_edited: false, body_html: null });
    expect(
      (await ask(`/${draft.id}/emails/${first?.id}`, 'PATCH', { subject: 'New', body_text: 'Other' })).status,
    ).toBe(204);
    expect((await ask<EmailDetail>(`/${draft.id}/emails/${first?.id}`)).body).toMatchObject({
      subject: 'New',
      body_text: 'Other',
      is_edited: true,
    });
    expect((await ask(`/${draft.id}/emails/${first?.id}`, 'PATCH', { body_html: '<p>x</p>' })).status).toBe(
      400,
    );

    expect((await ask(`/${draft.id}/emails/${second?.id}`, 'DELETE')).status).toBe(204);
    const out = (await recipients(draft.id)).find(({ id }) => id === second?.recipient_id);
    expect(out).toMatchObject({ status: 'done', exit_reason: 'manual' });
    expect((await ask<EmailDetail>(`/${draft.id}/emails/${second?.id}`)).body).toMatchObject({
      status: 'cancelled',
      decision: { verdict: 'drop', reason: 'exited' },
    });

    expect((await ask(`/${draft.id}/accept`, 'POST', { ids: [third?.id] })).body).toEqual({ accepted: 1 });
    expect(await readCampaign(cast.member, cast.workspace, draft.id)).toMatchObject({
      status: 'sending',
      recipients: { staged: 2, active: 1, done: 1 },
    });
    expect((await ask(`/${draft.id}/accept`, 'POST', { ids: [randomUUID()] })).status).toBe(404);
    expect((await ask(`/${draft.id}/accept`, 'POST', { all: true })).body).toEqual({ accepted: 2 });
    expect((await ask(`/${draft.id}/accept`, 'POST', { all: true })).body).toEqual({ accepted: 0 });
    // an accepted mail is no draft any more
    expect((await ask(`/${draft.id}/emails/${first?.id}`, 'PATCH', { subject: 'Late' })).status).toBe(409);
    expect(
      (
        await ask(`/${draft.id}/steps`, 'PUT', {
          version: draft.version,
          entry_step_id: null,
          steps: [],
          edges: [],
        })
      ).status,
    ).toBe(409);
  });

  test('mails are taken out at once; one that has gone stays, and the last one ends the campaign', async () => {
    const draft = await launchable({ count: 3 });
    await stage(draft.id);
    const ids = (await emails(draft.id, '&status=staged')).map(({ id }) => id);
    const [gone = ''] = ids;
    const foreign = await ask(`/${draft.id}/emails`, 'DELETE', { ids: [gone, randomUUID()] });
    expect(foreign.status).toBe(404);
    await sql()`update email_queue set status = 'failed' where id = ${gone}`;
    expect((await ask(`/${draft.id}/emails`, 'DELETE', { ids })).body).toEqual({ removed: 2 });
    expect((await emails(draft.id)).map(({ status }) => status).sort()).toEqual([
      'cancelled',
      'cancelled',
      'failed',
    ]);
    await sql()`update email_queue set status = 'staged' where id = ${gone}`;
    expect((await ask(`/${draft.id}/emails/${gone}`, 'DELETE')).status).toBe(204);
    expect(await readCampaign(cast.member, cast.workspace, draft.id)).toMatchObject({
      status: 'completed',
      recipients: { staged: 0, done: 3 },
    });
  });

  test('changed HTML is made safe and has a plain part of its own', async () => {
    const sender = await makeSender(cast.admin, cast.workspace);
    const draft = await makeDraft(cast.member, cast.workspace, [writtenStep('First', '<p>Hello</p>')], {
      format: 'html',
    });
    await ask(`/${draft.id}`, 'PATCH', { sender_id: sender.id });
    await makeDomain(cast.admin, cast.workspace);
    await ask(`/${draft.id}/recipients`, 'POST', { ids: await makePeople(cast.member, cast.workspace, 1) });
    await stage(draft.id);
    const [mail] = await emails(draft.id);
    const body_html = '<p>Hi <b>you</b></p><img src=x onerror="alert(1)"><a href="javascript:alert(1)">x</a>';
    expect((await ask(`/${draft.id}/emails/${mail?.id}`, 'PATCH', { body_html })).status).toBe(204);
    const { body } = await ask<EmailDetail>(`/${draft.id}/emails/${mail?.id}`);
    expect(body.body_html).toContain('<p>Hi <b>you</b></p>');
    expect(body.body_html).not.toMatch(/onerror|javascript/);
    expect(body.body_text).toContain('Hi you');
    // both parts say the same: the plain one is never edited alone
    expect((await ask(`/${draft.id}/emails/${mail?.id}`, 'PATCH', { body_text: 'Other' })).status).toBe(400);
  });

  test('a campaign that begins later is scheduled, and its mails wait for its beginning', async () => {
    const draft = await launchable({ count: 1 });
    const starts_at = new Date(Date.now() + 86_400_000).toISOString();
    await ask(`/${draft.id}`, 'PATCH', { starts_at });
    await stage(draft.id);
    await ask(`/${draft.id}/accept`, 'POST', { all: true });
    expect((await readCampaign(cast.member, cast.workspace, draft.id)).status).toBe('scheduled');
    const [mail] = await emails(draft.id);
    expect(mail?.status).toBe('queued');
    expect(Date.parse(mail?.run_at ?? '')).toBe(Date.parse(starts_at));
    for (const [what, status] of [
      ['pause', 'paused'],
      ['resume', 'scheduled'],
      ['cancel', 'cancelled'],
    ]) {
      expect((await ask(`/${draft.id}/${what}`, 'POST')).body).toEqual({ status });
    }
    expect(await emails(draft.id)).toMatchObject([
      { status: 'cancelled', decision: { reason: 'campaign_cancelled' } },
    ]);
    expect((await ask(`/${draft.id}/resume`, 'POST')).status).toBe(409);
  });

  test('a mail that failed goes again by a person’s word, once a click; one that was answered doesn’t', async () => {
    const draft = await launchable({ count: 2 });
    const starts_at = new Date(Date.now() + 86_400_000).toISOString();
    await ask(`/${draft.id}`, 'PATCH', { starts_at });
    await stage(draft.id);
    await ask(`/${draft.id}/accept`, 'POST', { all: true });
    const [failed, answered] = await emails(draft.id);
    await sql()`update email_queue set status = 'failed', last_error = 'No such user' where id = any (${[failed?.id ?? '', answered?.id ?? '']})`;
    await sql()`update campaign_recipients set status = 'done', exited_at = now(), exit_reason = case when id = ${failed?.recipient_id ?? null} then 'failed' else 'replied' end
                 where campaign_id = ${draft.id}`;
    const retries = await Promise.all(
      [1, 2].map(() => ask<{ id: string }>(`/${draft.id}/emails/${failed?.id}/retry`, 'POST')),
    );
    expect(retries.map(({ status }) => status).sort()).toEqual([202, 409]);
    const id = retries.find(({ status }) => status === 202)?.body.id;
    expect((await ask<EmailDetail>(`/${draft.id}/emails/${id}`)).body).toMatchObject({
      round: 2,
      status: 'queued',
      to_address: failed?.to_address,
    });
    expect((await ask(`/${draft.id}/emails/${answered?.id}/retry`, 'POST')).status).toBe(409);
    expect((await ask(`/${draft.id}/emails/${id}/retry`, 'POST')).status).toBe(409);
  });
});

test('a test goes to any address, now, filled in for a recipient, with the footer, and belongs to nobody', async () => {
  const draft = await launchable({ count: 1 });
  const to = uniqueEmail();
  const [step] = draft.steps;
  const { status, body } = await ask<{ id: string }>(`/${draft.id}/test-send`, 'POST', {
    step_id: step?.id,
    to,
  });
  expect(status).toBe(202);
  await until(async () => (await sparkpostEmulator.inbox(to)).length > 0);
  const mails = await sparkpostEmulator.inbox(to);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.subject).toBe(step?.subjects[0]);
  expect(mails[0]?.text).toMatch(/^Hello Avery 0,[\s\S]*100 Main Street[\s\S]*Unsubscribe: /);
  const [row] = await sql()`select purpose, recipient_id, person_id from email_queue where id = ${body.id}`;
  expect(row).toEqual({ purpose: 'test', recipient_id: null, person_id: null });
  expect(await emails(draft.id)).toEqual([]);
});

test('a test goes ahead of what waits for its domain', async () => {
  const other = await createCast();
  await setTier(other.workspace, 'premium');
  const draft = await makeLaunchable(other.member, other.workspace, other.admin, { count: 1 });
  // its turn comes in an hour, so that nothing goes before it is looked at
  await sql()`update sending_domains set next_send_at = now() + interval '1 hour' where workspace_id = ${other.workspace.id}`;
  await sql()`insert into email_queue (workspace_id, purpose, to_address, domain_id, from_address, body_text, status, run_at)
    select workspace_id, 'test', 'reader@mail.example', id, 'dana@mail.example', 'Good morning', 'queued', now() - interval '1 day'
      from sending_domains where workspace_id = ${other.workspace.id}`;
  const { status, body } = await askCampaign<{ id: string }>(
    other.member,
    other.workspace,
    `/${draft.id}/test-send`,
    'POST',
    { step_id: draft.steps[0]?.id, to: uniqueEmail() },
  );
  expect(status).toBe(202);
  const [first] = await sql()`select id from email_queue
    where workspace_id = ${other.workspace.id} and status = 'queued' order by run_at limit 1`;
  expect(first?.id).toBe(body.id);
});
