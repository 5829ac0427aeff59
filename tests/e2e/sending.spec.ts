/** Sending is set up by an admin; whoever gets the mails can end them. */
import { expect, test } from '@playwright/test';
import { sql } from '../support/db';
import { unique } from '../support/factories';
import { seedMail } from '../support/mails';
import { expectAccessible, expectNoSidewaysScroll, startSignedIn, waitUntilItAnswers } from './support';

test('a domain and a sender are added, a domain is paused and resumed, by keyboard', async ({ page }) => {
  await startSignedIn(page.context());
  const domain = `${unique()}.freehold.example`;
  await page.goto('/settings/sending');
  await waitUntilItAnswers(page);
  await page.getByRole('button', { name: 'Add a domain' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Domain', { exact: true }).fill('nonsense');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText('Enter a domain, such as')).toBeVisible();
  await page.getByLabel('Domain', { exact: true }).fill(domain);
  await page.keyboard.press('ControlOrMeta+Enter');
  const row = page.getByRole('list', { name: 'Domains' }).getByRole('listitem').first();
  await expect(row).toContainText(domain);
  await expect(row).toContainText('0 of 10 today, day 1 of its warm-up to 120');

  await row.getByRole('button', { name: 'DNS records' }).click();
  await expect(row.getByText(`_dmarc.${domain}`)).toBeVisible();
  await expectAccessible(page);

  await row.getByRole('button', { name: `More on ${domain}` }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(row).toContainText('Paused');
  await row.getByRole('button', { name: 'Resume' }).click();
  await expect(row).toContainText('Sending');

  await page.getByRole('button', { name: 'Add a sender' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Nora Vance');
  await page.getByLabel('Before the @').fill('nora');
  await page.getByLabel('Postal address').fill('18 Alder Street, Reno, NV 89501');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('list', { name: 'Senders' })).toContainText(`nora@${domain}`);

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});

test('a stranger opens a mail’s link, and unsubscribes by its button, without script and cookies', async ({
  page,
  browser,
}) => {
  const { actor, workspace } = await startSignedIn(page.context());
  const mail = await seedMail(workspace, actor);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const theirs = await context.newPage();
  await theirs.goto(`/u/${mail.token}`);
  await expect(
    theirs.getByRole('heading', { name: `No more e-mails from ${workspace.name}?` }),
  ).toBeVisible();
  await expectNoSidewaysScroll(page);
  const [before] = await sql()`select status from emails where id = ${mail.emailId}`;
  expect(before?.status).toBe('active');
  await theirs.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(theirs.getByRole('heading', { name: 'You are unsubscribed' })).toBeVisible();
  const [after] = await sql()`select status from emails where id = ${mail.emailId}`;
  expect(after?.status).toBe('unsubscribed');
  await context.close();
});
