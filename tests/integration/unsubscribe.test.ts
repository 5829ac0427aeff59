import { beforeAll, expect, test } from 'vitest';
import { appUrl, call } from '../support/app';
import { sql } from '../support/db';
import { type Cast, createCast } from '../support/factories';
import { type SeededMail, seedMail } from '../support/mails';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const oneClick = (token: string, headers: Record<string, string> = {}) =>
  fetch(`${appUrl()}/u/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: 'List-Unsubscribe=One-Click',
    redirect: 'manual',
  });

const stateOf = async (mail: SeededMail) => {
  const [row] = await sql()`
    select e.status, q.unsubscribed_at is not null as marked,
           (select count(*)::int from activities a where a.details ->> 'email_queue_id' = q.id::text and a.details ->> 'event' = 'unsubscribed') as told,
           (select count(*)::int from campaign_recipients r where r.email_id = e.id and r.status = 'active') as active
      from email_queue q join emails e on e.id = q.email_id where q.id = ${mail.id}`;
  return row;
};

test('opening the link says who writes to whom, and unsubscribes nobody', async () => {
  const mail = await seedMail(cast.workspace, cast.owner);
  const response = await fetch(`${appUrl()}/u/${mail.token}`);
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain(mail.to);
  expect(page).toContain(cast.workspace.name);
  expect(await stateOf(mail)).toMatchObject({ status: 'active', marked: false });
});

test('one click ends all campaigns of the workspace to that address, whoever shares it, once', async () => {
  const mail = await seedMail(cast.workspace, cast.owner);
  const second = await seedMail(cast.workspace, cast.owner, { status: 'queued' }, mail);
  const elsewhere = await seedMail(cast.otherWorkspace, cast.stranger, { to_address: mail.to });
  const answers = await Promise.all([oneClick(mail.token), oneClick(mail.token), oneClick(mail.token)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await stateOf(mail)).toEqual({ status: 'unsubscribed', marked: true, told: 1, active: 0 });
  const [queued] =
    await sql()`select status, decision ->> 'reason' as reason from email_queue where id = ${second.id}`;
  expect(queued).toEqual({ status: 'cancelled', reason: 'suppressed_unsubscribed' });
  expect(await stateOf(elsewhere)).toMatchObject({ status: 'active', active: 1 });
});

test('one click works from another site and with somebody’s session, and is the addressee’s act', async () => {
  const mail = await seedMail(cast.workspace, cast.owner);
  const headers = {
    'sec-fetch-site': 'cross-site',
    authorization: `Bearer ${cast.admin.token}`,
    cookie: 'a=b',
  };
  expect((await oneClick(mail.token, headers)).status).toBe(200);
  expect(await stateOf(mail)).toMatchObject({ status: 'unsubscribed' });
  const [entry] =
    await sql()`select actor from audit_log where entity_id = ${mail.emailId} order by at desc limit 1`;
  expect(entry?.actor ?? null).toBeNull();
});

test('the page’s button leads back to the page, which says what is now so', async () => {
  const mail = await seedMail(cast.workspace, cast.owner);
  const pressed = await fetch(`${appUrl()}/u/${mail.token}`, { method: 'POST', redirect: 'manual' });
  expect(pressed.status).toBe(303);
  expect(pressed.headers.get('location')).toBe(`/u/${mail.token}`);
  const page = await (await fetch(`${appUrl()}/u/${mail.token}`)).text();
  expect(page).toContain('You are unsubscribed');
});

test.each([crypto.randomUUID(), 'not-a-token'])('the link %s of no mail is met with words', async (token) => {
  const page = await fetch(`${appUrl()}/u/${token}`);
  expect(await page.text()).toMatch(/This link is not complete/);
  const clicked = await oneClick(token);
  expect(clicked.status).toBe(404);
});

test('only a person releases the address, and whoever unsubscribes again is out again', async () => {
  const mail = await seedMail(cast.workspace, cast.owner);
  await oneClick(mail.token);
  const { status } = await call(`/api/contact-points/email/${mail.emailId}`, {
    as: cast.member,
    workspace: cast.workspace,
    method: 'PATCH',
    body: { status: 'active' },
  });
  expect(status).toBe(200);
  expect(await stateOf(mail)).toMatchObject({ status: 'active' });
  await oneClick(mail.token);
  expect(await stateOf(mail)).toMatchObject({ status: 'unsubscribed' });
});
