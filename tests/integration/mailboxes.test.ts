import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import ws from 'ws';
import { logger } from '@/lib/logger';
import type { Database } from '@/lib/supabase/database.types';
import { call, type Failure } from '../support/app';
import { connect, sql } from '../support/db';
import {
  type Actor,
  addMember,
  type Cast,
  createCast,
  createPerson,
  unique,
  uniqueEmail,
  type Workspace,
} from '../support/factories';
import {
  allow,
  beginConnect,
  browserOf,
  connectMailbox,
  gmailControl,
  keptOf,
  mailboxOf,
  receive,
  type TestMailbox,
} from '../support/gmail';
import { seedMail } from '../support/mails';
import { testStack } from '../support/stack';
import { notificationsOf, runWholeCron } from '../support/work';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});
beforeEach(() => gmailControl('DELETE', 'rules'));

const token = () => crypto.randomUUID().replaceAll('-', '');
const sync = () => runWholeCron('sync-inbox');

/** A campaign's mail with a thread of its own, as the queue sends it. */
async function sentMail(over: Record<string, unknown> = {}, campaign: Record<string, unknown> = {}) {
  const thread = token();
  const mail = await seedMail(cast.workspace, cast.owner, { thread_token: thread, ...over });
  const messageId = `<${thread}.${mail.id.replaceAll('-', '').slice(0, 12)}@out.freehold.example>`;
  await sql()`update email_queue set message_id = ${messageId} where id = ${mail.id}`;
  await sql()`update campaign_recipients set thread_token = ${thread} where id = ${mail.recipientId}`;
  if (Object.keys(campaign).length > 0)
    await sql()`update campaigns set ${sql()(campaign)} where id = ${mail.campaignId}`;
  await sql()`insert into person_emails (workspace_id, person_id, email_id) values (${cast.workspace.id}, ${mail.personId}, ${mail.emailId})
    on conflict do nothing`;
  return { ...mail, thread, messageId };
}
type Sent = Awaited<ReturnType<typeof sentMail>>;

const tagged = (box: TestMailbox, mail: Sent) => box.address.replace('@', `+${mail.thread}@`);
const recipientOf = async (mail: Pick<Sent, 'recipientId'>) => {
  const [row] =
    await sql()`select status, exit_reason, replied_at, reply_count from campaign_recipients where id = ${mail.recipientId}`;
  return row as { status: string; exit_reason: string | null; replied_at: Date | null; reply_count: number };
};
const activitiesOf = (person: string) =>
  sql()<
    { direction: string; body: string }[]
  >`select direction, body from activities where person_id = ${person} and kind = 'email' order by occurred_at`;

describe('connecting a mailbox', () => {
  it('keeps it for whoever connected it, with tokens that nobody can read', async () => {
    const box = await connectMailbox(cast.member, cast.workspace);
    const list = await call<{
      mailboxes: { id: string; is_mine: boolean; status: string }[];
      missing: string[];
    }>('/api/mailboxes', { as: cast.member, workspace: cast.workspace });
    expect(list.body.missing).toEqual([]);
    expect(list.body.mailboxes).toContainEqual(
      expect.objectContaining({ id: box.id, is_mine: true, status: 'connected' }),
    );

    const [kept] =
      await sql()`select refresh_token, access_token from mailbox_tokens where mailbox_id = ${box.id}`;
    expect(kept?.refresh_token).toMatch(/^v1\./);
    expect(kept?.access_token).toMatch(/^v1\./);
    for (const actor of [cast.member, cast.owner, cast.stranger]) {
      const { data, error } = await actor.supabase.from('mailbox_tokens').select('refresh_token');
      expect(error !== null || data?.length === 0, 'no token through the Data API').toBe(true);
    }
    expect(JSON.stringify(list.body)).not.toContain('v1.');
    expect((await call('/api/mailboxes', { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
  });

  it('refuses a forged state, another browser, another person and a second use', async () => {
    const [browser, other, stranger] = await Promise.all([
      browserOf(cast.member),
      browserOf(cast.member),
      browserOf(cast.admin),
    ]);
    const address = `${unique()}@agency.example`;
    const begin = async () => allow(await beginConnect(browser, cast.workspace), address);
    const problem = (location: string | null) =>
      new URL(location ?? '', 'http://x.example').searchParams.get('problem');

    const forged = await begin();
    forged.searchParams.set('state', 'forged');
    expect(problem((await browser.call(`${forged.pathname}${forged.search}`)).location)).toBe('state');
    const right = await begin();
    expect(problem((await other.call(`${right.pathname}${right.search}`)).location)).toBe('state');
    expect(problem((await stranger.call(`${right.pathname}${right.search}`)).location)).toBe('state');
    const denied = await begin();
    denied.searchParams.delete('code');
    denied.searchParams.set('error', 'access_denied');
    expect(problem((await browser.call(`${denied.pathname}${denied.search}`)).location)).toBe('denied');
    expect(await sql()`select 1 from mailboxes where address = ${address}`).toHaveLength(0);

    const good = await begin();
    const done = await browser.call(`${good.pathname}${good.search}`);
    expect(done.location).toBe(`/settings/mailboxes?connected=${encodeURIComponent(address)}`);
    expect(problem((await browser.call(`${good.pathname}${good.search}`)).location)).toBe('state');
  });

  it('leaves an address to the colleague who has it, and lets another workspace have it too', async () => {
    const box = await connectMailbox(cast.member, cast.workspace);
    const browser = await browserOf(cast.admin);
    const back = await allow(await beginConnect(browser, cast.workspace), box.address);
    expect((await browser.call(`${back.pathname}${back.search}`)).location).toContain('problem=taken');
    const elsewhere = await connectMailbox(cast.stranger, cast.otherWorkspace, box.address);
    expect(elsewhere.id).not.toBe(box.id);
    const path = `/api/mailboxes/${box.id}`;
    await call(path, { as: cast.member, workspace: cast.workspace, method: 'DELETE' });
    const { grants } = await mailboxOf(box);
    await sync();
    expect((await mailboxOf(box)).grants, 'Google takes a permission back everywhere').toBe(grants);
    expect(await sql()`select 1 from mailbox_tokens where mailbox_id = ${box.id}`).toHaveLength(0);
  });

  it('is ended by its person or an admin: the permission is given back and the tokens are gone', async () => {
    const box = await connectMailbox(cast.member, cast.workspace);
    const other = await addMember(cast.workspace);
    const path = `/api/mailboxes/${box.id}`;
    expect((await call(path, { as: other, workspace: cast.workspace, method: 'DELETE' })).status).toBe(403);
    expect(
      (await call(path, { as: cast.stranger, workspace: cast.otherWorkspace, method: 'DELETE' })).status,
    ).toBe(404);
    expect((await call(path, { as: cast.admin, workspace: cast.workspace, method: 'DELETE' })).status).toBe(
      204,
    );
    await sync();
    expect((await mailboxOf(box)).grants).toBe(0);
    expect(await sql()`select 1 from mailbox_tokens where mailbox_id = ${box.id}`).toHaveLength(0);
    const again = await connectMailbox(cast.member, cast.workspace, box.address);
    expect(again.id, 'the same mailbox, with what came in before').toBe(box.id);
  });

  it('ends when its person leaves the workspace', async () => {
    const leaving = await addMember(cast.workspace);
    const box = await connectMailbox(leaving, cast.workspace);
    const [waiting] = await sql()<{ id: string }[]>`
      insert into email_queue (workspace_id, purpose, via, mailbox_id, to_address, from_name, from_address, subject, body_text, status, run_at)
      values (${cast.workspace.id}, 'direct', 'gmail', ${box.id}, ${uniqueEmail()}, 'Dana', ${box.address}, 'Hello', 'Hello', 'queued', now() + interval '1 day')
      returning id`;
    await sql()`delete from workspace_members where workspace_id = ${cast.workspace.id} and user_id = ${leaving.userId}`;
    const [row] = await sql()`select status, user_id from mailboxes where id = ${box.id}`;
    expect(row).toEqual({ status: 'disconnected', user_id: null });
    const [dropped] = await sql()`select status, decision from email_queue where id = ${waiting?.id ?? ''}`;
    expect(dropped, 'nobody else sends what they wrote').toMatchObject({
      status: 'cancelled',
      decision: { reason: 'mailbox_disconnected' },
    });
  });
});

describe('reading a mailbox', () => {
  let box: TestMailbox;
  beforeAll(async () => {
    box = await connectMailbox(cast.owner, cast.workspace);
    await sync();
  });

  it('ends what a reply answers, by our token in the address, and tells of it', async () => {
    const mail = await sentMail();
    const waiting = await seedMail(cast.workspace, cast.owner, { status: 'queued' }, mail);
    await receive(box, {
      from: `Iris Lane <${mail.to}>`,
      to: tagged(box, mail),
      subject: 'Something else',
      text: 'Call me.',
    });
    await sync();
    const kept = (await keptOf(box)).find(({ email_queue_id }) => email_queue_id === mail.id);
    expect(kept).toMatchObject({
      kind: 'reply',
      matched_by: 'token',
      person_id: mail.personId,
      campaign_id: mail.campaignId,
      body_text: 'Call me.',
    });
    expect(await recipientOf(mail)).toMatchObject({ status: 'done', exit_reason: 'replied', reply_count: 1 });
    const [queued] = await sql()`select status, decision from email_queue where id = ${waiting.id}`;
    expect(queued).toMatchObject({ status: 'cancelled', decision: { reason: 'replied' } });
    const [sent] = await sql()`select replied_at from email_queue where id = ${mail.id}`;
    expect(sent?.replied_at).not.toBeNull();
    expect(
      await sql()`select type from email_events where email_queue_id = ${mail.id} and type = 'replied'`,
    ).toHaveLength(1);
    expect(await activitiesOf(mail.personId)).toEqual([{ direction: 'in', body: 'Call me.' }]);
    const told = await notificationsOf(cast.workspace, cast.owner);
    expect(
      told.filter(({ kind, link }) => kind === 'reply' && link === `/campaigns/replies?mail=${kept?.id}`),
    ).toHaveLength(1);
  });

  it('knows a reply by In-Reply-To or References, from whatever address', async () => {
    const [first, second] = [await sentMail(), await sentMail()];
    await receive(box, { from: uniqueEmail(), headers: { 'In-Reply-To': first.messageId } });
    await receive(box, {
      from: uniqueEmail(),
      headers: { References: `<other@mail.example>\r\n ${second.messageId}` },
    });
    await sync();
    expect(await recipientOf(first)).toMatchObject({ exit_reason: 'replied' });
    expect(await recipientOf(second)).toMatchObject({ exit_reason: 'replied' });
  });

  it('knows a reply by the address we wrote to where it answers our subject', async () => {
    const mail = await sentMail({ subject: 'Palm Court' });
    await receive(box, { from: mail.to, subject: 'Re: Palm Court' });
    await sync();
    expect((await keptOf(box)).filter(({ person_id }) => person_id === mail.personId)).toMatchObject([
      { kind: 'reply', matched_by: 'sender' },
    ]);
    expect(await recipientOf(mail)).toMatchObject({ exit_reason: 'replied' });
  });

  it('keeps nothing of mails that have to do with none of ours', async () => {
    const before = await keptOf(box);
    await receive(box, { from: uniqueEmail(), subject: 'Lunch?' });
    const mail = await sentMail();
    await receive(box, {
      from: mail.to,
      subject: 'Our spring sale',
      headers: { 'List-Unsubscribe': '<https://shop.example>' },
    });
    await sync();
    expect(await keptOf(box)).toHaveLength(before.length);
  });

  it('asks a person about what only looks like a reply, and does what they say', async () => {
    const [yes, no] = [await sentMail(), await sentMail()];
    await receive(box, { from: yes.to, subject: 'New number' });
    const other = uniqueEmail();
    await sql()`with e as (insert into emails (workspace_id, address) values (${cast.workspace.id}, ${other}) returning id)
      insert into person_emails (workspace_id, person_id, email_id) select ${cast.workspace.id}, ${no.personId}, id from e`;
    await receive(box, { from: other, subject: 'Another matter' });
    await sync();
    const page = await call<{
      rows: { id: string; person: { id: string }; matched_by: string }[];
      possible: number;
    }>('/api/inbound-emails?shown=possible', { as: cast.member, workspace: cast.workspace });
    const [confirmed, dismissed] = [yes, no].map((mail) =>
      page.body.rows.find(({ person }) => person.id === mail.personId),
    );
    expect([confirmed?.matched_by, dismissed?.matched_by]).toEqual(['sender', 'person']);
    expect(await recipientOf(yes)).toMatchObject({ status: 'active', reply_count: 0 });

    const decide = (
      id: string | undefined,
      verdict: string,
      as: Actor = cast.member,
      workspace: Workspace = cast.workspace,
    ) => call<{ kind: string }>(`/api/inbound-emails/${id}/decision`, { as, workspace, body: { verdict } });
    expect((await decide(confirmed?.id, 'confirm', cast.stranger, cast.otherWorkspace)).status).toBe(404);
    const answers = await Promise.all([
      decide(confirmed?.id, 'confirm'),
      decide(confirmed?.id, 'confirm', cast.admin),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await recipientOf(yes)).toMatchObject({ exit_reason: 'replied', reply_count: 1 });
    expect(await activitiesOf(yes.personId)).toHaveLength(1);
    expect((await decide(confirmed?.id, 'dismiss')).status).toBe(409);

    expect((await decide(dismissed?.id, 'dismiss')).body.kind).toBe('dismissed');
    expect((await decide(dismissed?.id, 'reopen')).body.kind).toBe('possible');
    expect((await decide(dismissed?.id, 'dismiss')).body.kind).toBe('dismissed');
    expect(await recipientOf(no)).toMatchObject({ status: 'active', reply_count: 0 });
    expect(await activitiesOf(no.personId)).toHaveLength(0);
  });

  it('goes on with whom an absence answers', async () => {
    const mail = await sentMail();
    await receive(box, {
      from: mail.to,
      to: tagged(box, mail),
      subject: 'Automatic reply: Palm Court',
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    await sync();
    expect(await recipientOf(mail)).toMatchObject({ status: 'active', reply_count: 0 });
    expect((await keptOf(box)).find(({ email_queue_id }) => email_queue_id === mail.id)).toMatchObject({
      kind: 'auto_reply',
    });
  });

  it('marks an address that a mail server says isn’t there', async () => {
    const mail = await sentMail();
    await receive(box, {
      from: 'Mail Delivery Subsystem <mailer-daemon@mail.example>',
      subject: 'Delivery Status Notification (Failure)',
      headers: {
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b"',
        'MIME-Version': '1.0',
      },
      body: [
        '--b',
        'Content-Type: text/plain',
        '',
        'The address was not found.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mail.example',
        '',
        `Final-Recipient: rfc822; ${mail.to}`,
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 no such user',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: ${mail.messageId}`,
        'Subject: Your building',
        '--b--',
      ].join('\r\n'),
    });
    await sync();
    expect((await keptOf(box)).find(({ email_queue_id }) => email_queue_id === mail.id)).toMatchObject({
      kind: 'delivery_failure',
    });
    const [address] = await sql()`select status, reason from emails where id = ${mail.emailId}`;
    expect(address).toMatchObject({ status: 'hard_bounced', reason: '5.1.1 550 5.1.1 no such user' });
    expect(await recipientOf(mail)).toMatchObject({ status: 'done', exit_reason: 'bounced', reply_count: 0 });
  });

  it('lets nothing run that a mail brings along', async () => {
    const mail = await sentMail();
    await receive(box, {
      from: mail.to,
      to: tagged(box, mail),
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
      body: '<p onclick="alert(1)">Yes</p><script>alert(2)</script><a href="javascript:alert(3)">x</a><img src="https://spy.example/1.gif"><form action="https://spy.example"><input></form>',
    });
    await sync();
    const kept = (await keptOf(box)).find(({ email_queue_id }) => email_queue_id === mail.id);
    expect(kept?.body_text).toContain('Yes');
    expect(kept?.body_html).toContain('<p>Yes</p>');
    expect(kept?.body_html).not.toMatch(/script|onclick|javascript|spy\.example|form/i);
    const shown = await call<{ body_html: string }>(`/api/inbound-emails/${kept?.id}`, {
      as: cast.member,
      workspace: cast.workspace,
    });
    expect(shown.body.body_html).toBe(kept?.body_html);
  });

  it('tells of the files that came along', async () => {
    const mail = await sentMail();
    await receive(box, {
      from: mail.to,
      to: tagged(box, mail),
      headers: { 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary="b"' },
      body: [
        '--b\r\nContent-Type: text/plain\r\n\r\nIt is signed.',
        '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="offer.pdf"\r\n\r\nAAAA',
        '--b--',
      ].join('\r\n'),
    });
    await sync();
    const kept = (await keptOf(box)).find(({ email_queue_id }) => email_queue_id === mail.id);
    const as = { as: cast.member, workspace: cast.workspace };
    const shown = await call<{ attachments: string[] }>(`/api/inbound-emails/${kept?.id}`, as);
    expect(shown.body.attachments).toEqual(['offer.pdf']);
    const { body } = await call<{ threads: { messages: { attachments?: string[] }[] }[] }>(
      `/api/people/${mail.personId}/mail`,
      as,
    );
    expect(body.threads[0]?.messages.at(-1)?.attachments).toEqual(['offer.pdf']);
  });

  it('reads the last days anew where the history is gone, and doubles nothing', async () => {
    const mail = await sentMail();
    await receive(box, { from: mail.to, to: tagged(box, mail), text: 'First' });
    await sync();
    await gmailControl('POST', 'expire-history', { address: box.address });
    await receive(box, { from: mail.to, to: tagged(box, mail), text: 'Second' });
    await gmailControl('POST', 'expire-history', { address: box.address });
    await sync();
    const kept = (await keptOf(box)).filter(({ person_id }) => person_id === mail.personId);
    expect(kept.map(({ body_text }) => body_text)).toEqual(['First', 'Second']);
    expect(await recipientOf(mail)).toMatchObject({ reply_count: 2 });
    await receive(box, { from: mail.to, to: tagged(box, mail), text: 'Third' });
    await sync();
    expect(await recipientOf(mail), 'and goes on from the new history').toMatchObject({ reply_count: 3 });
  });

  it('loses no page of a history where a run ends between two of them', async () => {
    const busy = await connectMailbox(cast.member, cast.workspace);
    await sync();
    const mail = await sentMail();
    for (let each = 0; each < 100; each += 1) await receive(busy, { from: 'shop@news.example' });
    await receive(busy, { from: mail.to, to: tagged(busy, mail) });
    await gmailControl('POST', 'rules', { match: { contains: 'pageToken=100' }, status: 500, times: 1 });
    await sync();
    expect(await recipientOf(mail), 'the second page failed').toMatchObject({ reply_count: 0 });
    await sync();
    expect(await recipientOf(mail)).toMatchObject({ reply_count: 1, exit_reason: 'replied' });
  });

  it('reads on where a mail’s head holds what can’t be kept', async () => {
    const mail = await sentMail();
    await receive(box, {
      from: `Iris\u0000 <${mail.to}>`,
      to: tagged(box, mail),
      headers: { 'Message-ID': `<${'é'.repeat(1500)}@mail.example>`, References: '<a\u0000@mail.example>' },
    });
    await sync();
    const [row] = await sql()`select last_error from mailboxes where id = ${box.id}`;
    expect(row).toEqual({ last_error: null });
    expect(await recipientOf(mail)).toMatchObject({ reply_count: 1 });
  });

  it('keeps a mail once that came into two of the team’s mailboxes', async () => {
    const other = await connectMailbox(cast.admin, cast.workspace);
    await sync();
    const mail = await sentMail();
    const twice = {
      from: mail.to,
      to: tagged(box, mail),
      headers: { 'Message-ID': `<${unique()}@mail.example>` },
    };
    await Promise.all([receive(box, twice), receive(other, twice)]);
    await sync();
    expect(await recipientOf(mail)).toMatchObject({ reply_count: 1 });
  });

  it('notes what went wrong and tries again', async () => {
    await gmailControl('POST', 'rules', {
      match: { path: '/gmail/v1/users/me/history' },
      status: 500,
      times: 1,
    });
    await sync();
    const [row] =
      await sql()`select count(*)::int as n from mailboxes where last_error like 'Gmail answered 500%'`;
    expect(row?.n).toBeGreaterThanOrEqual(1);
    await sync();
    const [after] = await sql()`select last_error, lease_token from mailboxes where id = ${box.id}`;
    expect(after).toEqual({ last_error: null, lease_token: null });
  });

  it('stops and asks its person to connect again where the permission is gone', async () => {
    const lost = await connectMailbox(cast.member, cast.workspace);
    await sync();
    await gmailControl('POST', 'revoke', { address: lost.address });
    await sync();
    await sync();
    const [row] = await sql()`select status, last_error from mailboxes where id = ${lost.id}`;
    expect(row?.status).toBe('reconnect');
    expect(row?.last_error).not.toContain('ya29');
    const told = (await notificationsOf(cast.workspace, cast.member)).filter(
      ({ title }) => title === `Connect ${lost.address} again`,
    );
    expect(told).toMatchObject([{ kind: 'mailbox_reconnect', link: '/settings/mailboxes' }]);

    const mail = await sentMail();
    await receive(lost, { from: mail.to, to: tagged(lost, mail) });
    expect((await connectMailbox(cast.member, cast.workspace, lost.address)).id).toBe(lost.id);
    await sync();
    expect(await recipientOf(mail), 'what came in between is read').toMatchObject({ exit_reason: 'replied' });
  });
});

describe('two syncs at once', () => {
  const settings = testStack().env;
  beforeAll(() => {
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it('read every mail once, and a run that is killed after keeping a page doubles nothing', async () => {
    const { syncInboxes } = await import('@/modules/mailboxes/sync');
    const admin = createClient<Database>(testStack().url, testStack().env.SUPABASE_SECRET_KEY ?? '', {
      auth: { persistSession: false },
      realtime: { transport: ws as unknown as typeof WebSocket },
    });
    const run = () => syncInboxes({ admin, log: logger({}), requestId: unique(), timeLeftMs: () => 200_000 });
    const box = await connectMailbox(cast.owner, cast.workspace);
    await run();
    const mails = [];
    for (let each = 0; each < 12; each += 1) mails.push(await sentMail());
    for (const mail of mails) await receive(box, { from: mail.to, to: tagged(box, mail) });
    const [before] = await sql()`select history_id from mailboxes where id = ${box.id}`;
    await Promise.all([run(), run(), run()]);
    for (const mail of mails) expect(await recipientOf(mail)).toMatchObject({ reply_count: 1 });
    // as after a kill: the mails are kept, how far it was is not, and the hold has run out
    await sql()`update mailboxes set history_id = ${before?.history_id}, tried_at = null, lease_token = ${crypto.randomUUID()},
      lease_until = now() - interval '1 second' where id = ${box.id}`;
    await Promise.all([run(), run()]);
    expect(await keptOf(box)).toHaveLength(mails.length);
    for (const mail of mails) expect(await recipientOf(mail)).toMatchObject({ reply_count: 1 });
  });

  it('hold a mailbox by one claim', async () => {
    const box = await connectMailbox(cast.owner, cast.workspace);
    const clients = [connect(), connect(), connect()];
    let most = 0;
    const claim = async () => {
      const claims = await Promise.all(
        clients.map(
          (db) =>
            db<
              { boxes: { id: string }[] }[]
            >`select claim_mailboxes(now() + interval '1 minute', 1000, 1) as boxes`,
        ),
      );
      const held = claims.flatMap(([row]) => row?.boxes ?? []).filter(({ id }) => id === box.id).length;
      most = Math.max(most, held);
      return held;
    };
    // connecting it had the app read it, which holds it for a moment
    await expect.poll(claim, { timeout: 20_000 }).toBeGreaterThan(0);
    await Promise.all(clients.map((db) => db.end()));
    expect(most, 'claims that held it at once').toBe(1);
  });
});

describe('a reply stops', () => {
  /** Iris owns through a company with Omar; Pia speaks for it; Quinn manages one of its properties. */
  async function parties() {
    const people = await Promise.all(
      ['Iris', 'Omar', 'Pia', 'Quinn', 'Rhea'].map((first_name) =>
        createPerson(cast.owner, cast.workspace, { first_name }),
      ),
    );
    const [iris, omar, pia, quinn, rhea] = people.map(({ id }) => id) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const w = cast.workspace.id;
    const [company] =
      await sql()`insert into organizations (workspace_id, name) values (${w}, ${unique()}) returning id`;
    const [owner] = await sql()`insert into owners (workspace_id, kind, organization_id, display_name)
      values (${w}, 'llc', ${company?.id}, 'A company') returning id`;
    await sql()`insert into person_organizations (workspace_id, person_id, organization_id)
      values (${w}, ${iris}, ${company?.id}), (${w}, ${omar}, ${company?.id})`;
    await sql()`insert into owner_contacts (workspace_id, owner_id, person_id, role) values (${w}, ${owner?.id}, ${pia}, 'pm')`;
    const [property] =
      await sql()`insert into properties (workspace_id, name, owner_id) values (${w}, ${unique()}, ${owner?.id}) returning id`;
    await sql()`insert into property_people (workspace_id, property_id, person_id, role) values (${w}, ${property?.id}, ${quinn}, 'manager')`;
    return { iris, omar, pia, quinn, rhea };
  }
  const mailTo = async (person: string, scope: string, exits = '{reply,unsubscribe,bounce,complaint}') => {
    const to = uniqueEmail();
    const [email] =
      await sql()`insert into emails (workspace_id, address) values (${cast.workspace.id}, ${to}) returning id`;
    const thread = token();
    const mail = await seedMail(
      cast.workspace,
      cast.owner,
      { thread_token: thread },
      { personId: person, emailId: String(email?.id), to },
    );
    await sql()`update campaign_recipients set thread_token = ${thread} where id = ${mail.recipientId}`;
    await sql()`update campaigns set stop_scope = ${scope}, exit_conditions = ${exits} where id = ${mail.campaignId}`;
    return { ...mail, thread, messageId: '' };
  };

  it.each([
    ['person', ['iris']],
    ['owner', ['iris', 'omar', 'pia']],
    ['property', ['iris', 'omar', 'pia', 'quinn']],
  ])('by the scope %s', async (scope, stopped) => {
    const box = await connectMailbox(cast.owner, cast.workspace);
    const people = await parties();
    const mails = Object.fromEntries(
      await Promise.all(
        Object.entries(people).map(async ([name, id]) => [name, await mailTo(id, scope)] as const),
      ),
    );
    const iris = mails.iris as Sent;
    await receive(box, { from: iris.to, to: tagged(box, iris) });
    await sync();
    const ended = [];
    for (const [name, mail] of Object.entries(mails)) {
      if ((await recipientOf(mail)).exit_reason === 'replied') ended.push(name);
    }
    expect(ended).toEqual(stopped);
  });

  it('nothing where the campaign lets replies pass, and is counted all the same', async () => {
    const box = await connectMailbox(cast.owner, cast.workspace);
    const { iris } = await parties();
    const mail = await mailTo(iris, 'person', '{unsubscribe,bounce,complaint}');
    await receive(box, { from: mail.to, to: tagged(box, mail) });
    await sync();
    expect(await recipientOf(mail)).toMatchObject({ status: 'active', reply_count: 1 });
  });
});

describe('writing to one person', () => {
  let box: TestMailbox;
  let person: { id: string };
  let email: string;
  beforeAll(async () => {
    box = await connectMailbox(cast.member, cast.workspace);
    await sync();
  });
  beforeEach(async () => {
    person = await createPerson(cast.owner, cast.workspace, { emails: [uniqueEmail()] });
    const [row] = await sql()`select email_id from person_emails where person_id = ${person.id}`;
    email = String(row?.email_id);
  });

  const write = (over: Record<string, unknown> = {}, as: Actor = cast.member) =>
    call<{ id: string } & Failure>(`/api/people/${person.id}/mail`, {
      as,
      workspace: cast.workspace,
      body: {
        id: crypto.randomUUID(),
        mailbox_id: box.id,
        email_id: email,
        subject: 'Palm Court',
        body: 'Good morning.',
        ...over,
      },
    });
  const send = () => runWholeCron('send-direct-emails');
  const rowOf = async (id: string) => {
    const [row] =
      await sql()`select q.*, e.address from email_queue q join emails e on e.id = q.email_id where q.id = ${id}`;
    return row as Record<string, string | null> & { decision: { reason: string } | null; round: number };
  };
  type Threads = {
    threads: { messages: { id: string; direction: string; status: string; subject: string }[] }[];
  };
  const threads = async () =>
    (await call<Threads>(`/api/people/${person.id}/mail`, { as: cast.member, workspace: cast.workspace }))
      .body.threads;

  it('sends through their own mailbox, once, and an answer and its answer stand in one thread', async () => {
    const id = crypto.randomUUID();
    const answers = await Promise.all([write({ id }), write({ id })]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    await send();
    const first = await rowOf(id);
    expect(first).toMatchObject({ status: 'sent', from_address: box.address, decision: { reason: 'ok' } });
    const sent = (await mailboxOf(box)).messages.filter(({ raw }) => raw.includes(`X-Freehold-Mail: ${id}`));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.threadId).toBe(first.provider_thread_id);
    expect(sent[0]?.raw).toContain(`To: ${first.address}`);

    const came = await receive(box, {
      from: String(first.address),
      subject: 'Re: Palm Court',
      headers: { 'In-Reply-To': String(first.message_id) },
    });
    await sync();
    const [reply] = (await keptOf(box)).filter(({ email_queue_id }) => email_queue_id === id);
    expect(reply).toMatchObject({ kind: 'reply', person_id: person.id });
    const second = (await write({ subject: 'Re: Palm Court', body: 'On Friday then.', answers: reply?.id }))
      .body.id;
    await send();
    const last = (await mailboxOf(box)).messages.find(({ raw }) =>
      raw.includes(`X-Freehold-Mail: ${second}`),
    );
    expect(last?.threadId).toBe(first.provider_thread_id);
    expect(last?.raw).toContain(`In-Reply-To: ${came.messageId}`);
    expect(last?.raw.replace(/\r\n /g, ' ')).toMatch(
      new RegExp(`References: .*${first.message_id}.*${came.messageId}`),
    );
    expect((await threads()).map(({ messages }) => messages.map(({ direction }) => direction))).toEqual([
      ['out', 'in', 'out'],
    ]);
    expect((await activitiesOf(person.id)).map(({ direction }) => direction)).toEqual(['out', 'in', 'out']);
  });

  it('refuses somebody else’s mailbox, person or address, and a line break in the subject', async () => {
    expect((await write({}, cast.admin)).status).toBe(404);
    expect((await write({ email_id: crypto.randomUUID() })).status).toBe(404);
    const broken = await write({ subject: 'Hello\r\nBcc: all@mail.example' });
    expect(broken.status).toBe(400);
    expect(broken.body.error.fields).toHaveProperty('subject');
    const stranger = await call(`/api/people/${person.id}/mail`, {
      as: cast.stranger,
      workspace: cast.otherWorkspace,
    });
    expect(stranger.status).toBe(404);
  });

  it('asks the gate first: an address that unsubscribed gets nothing, and the screen says why', async () => {
    await sql()`update emails set status = 'unsubscribed' where id = ${email}`;
    const { body } = await write();
    await send();
    expect(await rowOf(body.id)).toMatchObject({
      status: 'cancelled',
      decision: { reason: 'suppressed_unsubscribed' },
    });
    expect((await mailboxOf(box)).messages.some(({ raw }) => raw.includes(body.id))).toBe(false);
    expect((await threads())[0]?.messages[0]).toMatchObject({
      status: 'cancelled',
      reason: 'suppressed_unsubscribed',
    });
  });

  it('drops a mail to somebody of an organization that is blocked, and their page says so', async () => {
    const [organization] = await sql()<
      { id: string }[]
    >`insert into organizations (workspace_id, name, status)
      values (${cast.workspace.id}, ${unique()}, 'blocked') returning id`;
    await sql()`insert into person_organizations (workspace_id, person_id, organization_id, is_primary)
      values (${cast.workspace.id}, ${person.id}, ${organization?.id ?? ''}, false)`;
    const { body } = await write();
    await send();
    expect(await rowOf(body.id)).toMatchObject({
      status: 'cancelled',
      decision: { reason: 'organization_do_not_contact' },
    });
    const story = await call<{ addresses: { gate: { reason: string } }[] }>(
      `/api/people/${person.id}/emails`,
      { as: cast.member, workspace: cast.workspace },
    );
    expect(story.body.addresses[0]?.gate.reason).toBe('organization_do_not_contact');
  });

  it('never sends by itself again what may have gone out, and learns from the mailbox that it did', async () => {
    const subject = `Lost ${unique()}`;
    const raw = Buffer.from(`Subject: ${subject}`).toString('base64url').slice(0, 8);
    await gmailControl('POST', 'rules', {
      match: { path: '/gmail/v1/users/me/messages/send' },
      accept_and_drop: true,
      times: 1,
    });
    const { body } = await write({ subject });
    await send();
    expect(raw).not.toBe('');
    expect(await rowOf(body.id)).toMatchObject({ status: 'unknown' });
    await send();
    expect((await mailboxOf(box)).messages.filter((each) => each.raw.includes(body.id))).toHaveLength(1);
    await sync();
    expect(await rowOf(body.id)).toMatchObject({ status: 'sent' });
    expect(await activitiesOf(person.id)).toHaveLength(1);
  });

  it('waits as long as Gmail says, and fails with its reason', async () => {
    await gmailControl('POST', 'rules', {
      match: { path: '/gmail/v1/users/me/messages/send' },
      status: 429,
      headers: { 'retry-after': '120' },
      times: 1,
    });
    const { body } = await write();
    await send();
    const row = await rowOf(body.id);
    expect(row.status).toBe('queued');
    expect(new Date(String(row.run_at)).getTime()).toBeGreaterThan(Date.now() + 100_000);
    await gmailControl('POST', 'rules', {
      match: { path: '/gmail/v1/users/me/messages/send' },
      status: 400,
      times: 1,
    });
    await sql()`update email_queue set run_at = now() where id = ${body.id}`;
    await send();
    expect(await rowOf(body.id)).toMatchObject({ status: 'failed' });
    const retried = await call(`/api/people/${person.id}/mail/${body.id}/retry`, {
      as: cast.member,
      workspace: cast.workspace,
      method: 'POST',
    });
    expect(retried.status).toBe(202);
    await send();
    expect(await rowOf(body.id)).toMatchObject({ status: 'sent', round: 2 });
  });
});
