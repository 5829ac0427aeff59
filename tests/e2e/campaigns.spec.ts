/** A campaign as people meet it: written, read, launched, delivered, answered, stopped; and the two ways out of it. */
import { type BrowserContext, type Page, expect as patient, test } from '@playwright/test';
import { call } from '../support/app';
import { sql } from '../support/db';
import { type Actor, createPerson, unique, type Workspace } from '../support/factories';
import { sparkpostEvent } from '../support/mails';
import { testStack } from '../support/stack';
import { runWholeCron, setTier } from '../support/work';
import { expectAccessible, pressUntilSeen, startSignedIn, waitUntilItAnswers } from './support';

/** The SparkPost that the run's mails go to. */
const sparkpost = () => testStack().env.SPARKPOST_API_URL ?? '';

/** A mail as its recipient sees it. */
type Received = { send_id: string; subject: string; text: string; headers: Record<string, string> };

/** The mails that an address got, newest first. */
async function inbox(to: string): Promise<Received[]> {
  const response = await fetch(`${sparkpost()}/__control/messages?to=${encodeURIComponent(to)}`);
  return (await response.json()) as Received[];
}

/** A whole campaign, each of its steps with several requests, on a machine that does much else. */
const wholeCampaignMs = 300_000;
const expect = patient.configure({ timeout: 30_000 });

type Setting = {
  actor: Actor;
  workspace: Workspace;
  /** A mailbox that the emulator of Gmail has. */
  mailbox: string;
  view: string;
  people: { id: string; name: string; email: string }[];
};

/** A premium workspace with a domain that waits for nothing, a sender, people, and a view that finds all but one of them. */
async function furnish(context: BrowserContext): Promise<Setting> {
  const { actor, workspace } = await startSignedIn(context);
  await setTier(workspace, 'premium');
  const tag = unique();
  const people = [];
  for (const name of ['Ana', 'Bruno']) {
    const email = `${name.toLowerCase()}-${unique()}@owners.example`;
    const person = await createPerson(actor, workspace, {
      first_name: name,
      last_name: 'Ruiz',
      emails: [email],
      tags: [tag],
    });
    people.push({ id: person.id, name: `${name} Ruiz`, email });
  }
  await createPerson(actor, workspace, { first_name: 'Nobody', last_name: 'Reachable', tags: [tag] });
  await createPerson(actor, workspace, {
    first_name: 'Not',
    last_name: 'Chosen',
    emails: [`${unique()}@owners.example`],
  });
  const word = unique();
  await sql()`
    insert into sending_domains (workspace_id, domain, interval_seconds, jitter_seconds, daily_cap, created_by)
    values (${workspace.id}, ${`${word}.example`}, 0, 0, 100000, ${actor.userId})`;
  await sql()`
    insert into senders (workspace_id, name, local_part, postal_address, created_by)
    values (${workspace.id}, 'Dana Whitfield', 'dana', '100 Main Street, Austin, TX 78701', ${actor.userId})`;
  const view = `Owners ${tag}`;
  await call('/api/views', {
    as: actor,
    workspace,
    body: { entity: 'people', name: view, state: { filters: { tags: [tag] } } },
  });
  return { actor, workspace, mailbox: `dana-${word}@mail.example`, view, people };
}

/** Makes a draft of a mail and a follow-up through the editor's first step. */
async function writeDraft(page: Page, name: string, followUpAfter: '1 minute' | '3 days'): Promise<void> {
  await page.goto('/campaigns');
  await waitUntilItAnswers(page);
  await pressUntilSeen(page, 'c', page.getByRole('dialog', { name: 'New campaign' }));
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create draft' }).click();
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/);
  await page.getByRole('textbox', { name: 'Subject' }).fill('Your building on Oak Street');
  await page
    .getByRole('textbox', { name: 'Text', exact: true })
    .fill('Hi {{ first_name | default: "there" }},\n\nwe would lease all of it.');
  await page.getByRole('button', { name: 'Add a follow-up' }).click();
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Just this once more.');
  if (followUpAfter === '1 minute') {
    await page.getByRole('button', { name: /^After 3 days, no reply/ }).click();
    await page.getByLabel('Days').fill('0');
    await page.getByLabel('Minutes').fill('1');
  }
  await expect(
    page.getByRole('button', { name: new RegExp(`^After ${followUpAfter}, no reply`) }),
  ).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
}

/** Chooses the people of a view, through the second step. */
async function choosePeople(page: Page, { view, people }: Setting): Promise<void> {
  await page.getByRole('button', { name: 'Contacts', exact: true }).click();
  await page.getByRole('region', { name: 'Add people' }).getByLabel('View').selectOption({ label: view });
  await page.getByRole('button', { name: 'Add 3 people' }).click();
  for (const { email } of people) await expect(page.getByText(email)).toBeVisible();
}

/** Sets what the last step asks for, so that mails go whenever the test runs, and launches. */
async function launch(page: Page, mails: number): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Steps of the editor' })
    .getByRole('button', { name: /Launch/ })
    .click();
  const from = page.getByLabel('From', { exact: true });
  await from.selectOption('');
  await expect(page.getByRole('list', { name: 'What forbids the launch' })).toContainText(
    /whom the e-mails are from/i,
    {
      timeout: 30_000,
    },
  );
  await expect(page.getByRole('button', { name: 'Launch', exact: true }).last()).toBeDisabled();
  await from.selectOption({ index: 1 });
  for (const day of ['Sat', 'Sun']) await page.getByRole('button', { name: day, exact: true }).click();
  await page.getByLabel('Starting at').fill('00:00');
  await page.getByLabel('Until').fill('23:59');
  await expect(page.getByText('Nothing stands in the way.')).toBeVisible();
  await page.getByRole('button', { name: 'Launch', exact: true }).last().click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Launch' }).click();
  await expect(page.getByRole('navigation', { name: 'Campaign', exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await runWholeCron('stage-campaigns');
  await expect(page.getByRole('button', { name: `Accept all ${mails}` })).toBeVisible();
}

/** Drains until an address has as many mails as wanted. */
async function mailsTo(address: string, count: number) {
  let mails: Received[] = [];
  await expect(async () => {
    await runWholeCron('drain-email-queue');
    mails = await inbox(address);
    expect(mails).toHaveLength(count);
  }).toPass({ timeout: 60_000 });
  return mails;
}

const tab = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Campaign', exact: true }).getByRole('button', { name });

test('a campaign is written, its people chosen from a view, its mails read and edited, launched, delivered, answered and stopped', async ({
  page,
  context,
}) => {
  test.setTimeout(wholeCampaignMs);
  const setting = await furnish(context);
  const [ana, bruno] = setting.people;
  if (!ana || !bruno) throw new Error('nobody was made');
  await writeDraft(page, 'Oak Street', '1 minute');
  await expectAccessible(page);

  await choosePeople(page, setting);
  await page.getByRole('button', { name: /^Left out 1/ }).click();
  await expect(page.getByRole('list', { name: 'Left out' })).toContainText('Nobody Reachable');
  await expect(page.getByRole('list', { name: 'Left out' })).toContainText('No e-mail address');

  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const mail = page.getByRole('article', { name: 'The e-mail' });
  await expect(mail).toContainText('Hi Ana,');
  await expect(mail).toContainText('Your building on Oak Street');
  await page.keyboard.press('j');
  await expect(mail).toContainText('Hi Bruno,');
  await expectAccessible(page);

  await launch(page, 2);
  await page.getByRole('row', { name: /Ana Ruiz/ }).click();
  const panel = page.getByRole('complementary', { name: /E-mail to Ana Ruiz/ });
  await expect(panel).toContainText('we would lease all of it');
  await page.keyboard.press('e');
  await panel.getByRole('textbox', { name: 'Text' }).fill('Dear Ana,\n\nI saw your building on Sunday.');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel).toContainText('I saw your building on Sunday.');
  await page.getByRole('button', { name: 'Close the panel' }).click();
  await page.getByRole('button', { name: 'Accept all 2' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Accept all' }).click();
  await expect(page.getByText('2 e-mails accepted')).toBeVisible();

  const [toAna] = await mailsTo(ana.email, 1);
  const [toBruno] = await mailsTo(bruno.email, 1);
  expect(toAna?.text).toContain('I saw your building on Sunday.');
  expect(toBruno?.text).toContain('Hi Bruno,');
  expect(toBruno?.text).not.toContain('Sunday');

  await fetch(`${sparkpost()}/__control/events`, {
    method: 'POST',
    body: JSON.stringify({
      deliver: true,
      events: [sparkpostEvent({ id: toAna?.send_id ?? '', to: ana.email }, 'delivery')],
    }),
  });
  await tab(page, /^E-mails/).click();
  await expect(page.getByRole('row', { name: /Ana Ruiz/ })).toContainText('Delivered');
  await expectAccessible(page);

  await answerAs(page, setting, ana.email, toAna?.headers['Message-ID'] ?? '');
  await runWholeCron('sync-inbox');
  await tab(page, /^Recipients/).click();
  await expect(page.getByRole('row', { name: /Ana Ruiz/ })).toContainText('Replied');
  await expect(page.getByRole('row', { name: /Bruno Ruiz/ })).toContainText('Under way');

  // a minute later Bruno gets the follow-up, and Ana, who has answered, does not
  await sql()`update campaign_recipients set next_email_at = now() - interval '5 minutes'
    where workspace_id = ${setting.workspace.id} and status = 'active'`;
  await sql()`update email_queue set sent_at = sent_at - interval '5 minutes' where workspace_id = ${setting.workspace.id}`;
  await runWholeCron('schedule-followups');
  const [followUp] = await mailsTo(bruno.email, 2);
  expect(followUp?.subject).toBe('Re: Your building on Oak Street');
  expect(await inbox(ana.email)).toHaveLength(1);
});

/** Connects the mailbox through Google's consent page, and has somebody answer a mail into it. */
async function answerAs(page: Page, { workspace, mailbox }: Setting, from: string, messageId: string) {
  // asked for by the browser itself: the answer leaves it the cookie that the way back is checked by
  const answered = await page.context().request.post('/api/mailboxes/connect', {
    data: { address: mailbox },
    headers: { 'x-workspace-id': workspace.id },
  });
  const began = (await answered.json()) as { url: string };
  const consent = await page.context().newPage();
  await consent.goto(began.url);
  await consent.getByRole('button', { name: /allow/i }).click();
  await consent.waitForURL(/\/settings\/mailboxes/);
  await consent.close();
  const raw = [
    `From: Ana Ruiz <${from}>`,
    `To: ${mailbox}`,
    'Subject: Re: Your building on Oak Street',
    `Message-ID: <${unique()}@owners.example>`,
    `In-Reply-To: ${messageId}`,
    `References: ${messageId}`,
    `Date: ${new Date().toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Tell me more.',
  ].join('\r\n');
  const answer = await fetch(`${testStack().env.GMAIL_API_URL}/__control/messages`, {
    method: 'POST',
    body: JSON.stringify({ address: mailbox, raw }),
  });
  expect(answer.status).toBe(201);
}

test('a recipient unsubscribes by the link, another by one click, and neither gets anything any more', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(wholeCampaignMs);
  const setting = await furnish(context);
  const [ana, bruno] = setting.people;
  if (!ana || !bruno) throw new Error('nobody was made');
  await writeDraft(page, 'Two ways out', '3 days');
  await choosePeople(page, setting);
  await launch(page, 2);
  await pressUntilSeen(page, 'a', page.getByRole('alertdialog'));
  await page.getByRole('alertdialog').getByRole('button', { name: 'Accept all' }).click();
  const [toAna] = await mailsTo(ana.email, 1);
  const [toBruno] = await mailsTo(bruno.email, 1);

  const link = /https?:\/\/\S+\/u\/\S+/.exec(toAna?.text ?? '')?.[0] ?? '';
  const stranger = await browser.newContext({ javaScriptEnabled: false });
  const theirs = await stranger.newPage();
  await theirs.goto(link);
  const standing = async (address: string) =>
    (
      await sql()`select status from emails where workspace_id = ${setting.workspace.id} and address = ${address}`
    )[0]?.status;
  expect(await standing(ana.email), 'a page that is opened changes nothing').toBe('active');
  await theirs.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(theirs.getByText('You are unsubscribed')).toBeVisible();
  await stranger.close();
  expect(await standing(ana.email)).toBe('unsubscribed');

  const header = /<([^>]+)>/.exec(toBruno?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  expect(toBruno?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  const click = await fetch(header, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(click.status).toBe(200);
  expect(await standing(bruno.email)).toBe('unsubscribed');

  await page.reload();
  await waitUntilItAnswers(page);
  await tab(page, /^Recipients/).click();
  for (const { name } of setting.people)
    await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Unsubscribed');

  await runWholeCron('schedule-followups');
  const waiting =
    await sql()`select id from email_queue where workspace_id = ${setting.workspace.id} and status in ('staged', 'queued')`;
  expect([...waiting], 'no follow-up waits for either of them').toEqual([]);
});
