/** Texts as people meet them: one comes in while the page is open, is answered, arrives; and STOP ends it. */
import { type BrowserContext, type Page, expect as patient, test } from '@playwright/test';
import { sql } from '../support/db';
import { type Actor, createPerson, unique, type Workspace } from '../support/factories';
import { tellText, textsOf, uniqueNumber, writeText } from '../support/twilio';
import { runWholeCron, setTier } from '../support/work';
import { expectAccessible, expectNoSidewaysScroll, startSignedIn, waitUntilItAnswers } from './support';

const expect = patient.configure({ timeout: 20_000 });

/** A zone in which it is day now, whatever the clock of the machine shows: texts keep the hours of their place. */
function zoneInDaylight(): string {
  const hourIn = (timeZone: string) =>
    Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format());
  const zones = ['America/Chicago', 'Asia/Tokyo', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kolkata'];
  return zones.find((zone) => hourIn(zone) >= 9 && hourIn(zone) < 20) ?? 'Pacific/Honolulu';
}

type Setting = {
  actor: Actor;
  workspace: Workspace;
  ours: string;
  theirs: string;
  person: { id: string; name: string };
};

/** A workspace with a number of ours, and somebody whose number is where it is day. */
async function furnish(context: BrowserContext): Promise<Setting> {
  const { actor, workspace } = await startSignedIn(context);
  const ours = uniqueNumber('737');
  const theirs = uniqueNumber('512');
  const last = unique();
  const person = await createPerson(actor, workspace, {
    first_name: 'Ada',
    last_name: last,
    phones: [theirs],
  });
  await sql()`update phones set time_zone = ${zoneInDaylight()} where workspace_id = ${workspace.id} and e164 = ${theirs}`;
  await sql()`
    insert into phone_numbers (workspace_id, e164, label, is_default_sender, interval_ms)
    values (${workspace.id}, ${ours}, 'Main line', true, 0)`;
  return { actor, workspace, ours, theirs, person: { id: person.id, name: `Ada ${last}` } };
}

const texts = (page: Page) => page.getByRole('region', { name: 'Texts' });

test('a text shows as it comes in, is answered, and its delivery shows, all without a reload', async ({
  page,
}) => {
  const { ours, theirs, person } = await furnish(page.context());
  await page.goto(`/people/${person.id}`);
  await expect(texts(page).getByText('No texts yet.')).toBeVisible();

  const question = `Is the offer still open? ${unique()}`;
  await writeText({ from: theirs, to: ours, body: question });
  await expect(texts(page).getByText(question)).toBeVisible();

  const field = texts(page).getByRole('textbox', { name: /^Text to/ });
  await waitUntilItAnswers(page, field);
  const answer = `It is, until Friday. ${unique()}`;
  await field.fill(answer);
  await expect(texts(page).getByText(`1 segment, ${answer.length} of 160`)).toBeVisible();
  await field.press('ControlOrMeta+Enter');
  const bubble = texts(page).getByRole('article').filter({ hasText: answer });
  await expect(bubble).toBeVisible();
  await expect(field).toHaveValue('');

  await runWholeCron('drain-sms-queue');
  await expect(bubble.getByText('Sent', { exact: true })).toBeVisible();
  const [sent] = await textsOf({ to: theirs });
  expect(sent?.body).toBe(answer);
  await tellText(sent?.sid ?? '', 'delivered');
  await expect(bubble.getByText('Delivered', { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test('after STOP the composer says why nothing can be sent, and takes no words', async ({ page }) => {
  const { ours, theirs, person } = await furnish(page.context());
  await page.goto(`/people/${person.id}`);
  await writeText({ from: theirs, to: ours, body: 'Who is this?' });
  const field = texts(page).getByRole('textbox', { name: /^Text to/ });
  await expect(field).toBeVisible();

  await writeText({ from: theirs, to: ours, body: 'STOP' });
  await expect(texts(page).getByText('The number has opted out of texts.')).toBeVisible();
  await expect(field).toBeHidden();
  await page.getByRole('button', { name: `Text ${person.name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Text ${person.name}` });
  await expect(dialog.getByText('The number has opted out of texts.')).toBeVisible();
  await expect(dialog.getByRole('textbox')).toBeHidden();
});

test('one text to many says who gets it and who doesn’t, and each count of it opens its texts', async ({
  page,
}) => {
  const { actor, workspace, theirs } = await furnish(page.context());
  await setTier(workspace, 'premium');
  await createPerson(actor, workspace, { first_name: 'Nora', last_name: unique() });
  await page.goto('/people');
  await waitUntilItAnswers(page);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('button', { name: 'Text', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Text 2 people' });
  const wording = `Hi {{ first_name }}, may we call? ${unique()}`;
  await dialog.getByLabel('Text', { exact: true }).fill(wording);
  await expect(dialog.getByText(wording.replace('{{ first_name }}', 'Ada'))).toBeVisible();
  await dialog.getByRole('button', { name: /^No phone number/ }).click();
  await expect(dialog.getByRole('link', { name: /^Nora/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Send 1 text' }).click();
  await expect(dialog).toBeHidden();

  await runWholeCron('drain-sms-queue');
  await page.goto('/calls/texts?show=batches');
  await page.getByRole('list', { name: 'Batches' }).getByRole('button').first().click();
  const panel = page.getByRole('complementary', { name: /^Hi/ });
  await panel.getByRole('button', { name: /^Sent/ }).click();
  await expect(panel.getByRole('list', { name: 'Texts' })).toContainText('Ada');
  expect(await textsOf({ to: theirs })).toHaveLength(1);
  await expectAccessible(page);
});

test('numbers and the rules of calling are set by keyboard, and hours only within the law’s', async ({
  page,
}) => {
  const { ours } = await furnish(page.context());
  await page.goto('/settings/numbers');
  await waitUntilItAnswers(page);
  const row = page.getByRole('list', { name: 'Numbers' }).getByRole('listitem').first();
  await expect(row).toContainText('Main line');
  await expect(row.getByRole('button', { name: `Copy ${ours}` })).toBeVisible();
  await row.getByRole('button', { name: 'What can be done with Main line' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(row).toContainText('Paused');
  await expectAccessible(page);

  await page.goto('/settings/calling');
  await waitUntilItAnswers(page);
  await page.getByLabel('From', { exact: true }).fill('07:00');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Not before 8:00 am')).toBeVisible();
  await page.getByLabel('From', { exact: true }).fill('09:00');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved. They hold from the next call and text on.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('09:00');
  await expectAccessible(page);
});
