/** From nothing to a worked list, as a new user walks it. */
import { expect, test } from '@playwright/test';
import { unique, uniqueEmail } from '../support/factories';
import { waitUntilItAnswers } from './support';

test('sign up, import a list, find a person by phone, see who shares it, note something, undo the import', async ({
  page,
}) => {
  test.slow();
  const email = uniqueEmail();
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill('Ada King');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Create the account' }).click();

  await page.waitForURL('**/welcome');
  await page.getByLabel('Workspace name').fill(`Northlight ${unique()}`);
  await page.getByRole('button', { name: 'Create the workspace' }).click();
  await page.waitForURL(/\/$/);

  await page.goto('/imports');
  await waitUntilItAnswers(page);
  const list = [
    'First Name,Last Name,Email,Phone,Company,Title',
    'Grace,Hopper,grace@harbor.example,(212) 555-0142,Harbor Capital,Partner',
    'Alan,Mathison,alan@cedar.example,212-555-0142,Cedar Holdings,Analyst',
    'Edith,Clarke,edith@maple.example,(305) 555-0177,Maple Trust,Principal',
  ].join('\n');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'market.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });

  // the mapping page: what was guessed, and a change of it
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { name: 'market.csv' })).toBeVisible();
  await expect(page.getByText('6 columns')).toBeVisible();
  await page.getByRole('button', { name: 'Check the list' }).click();
  await expect(page.getByRole('heading', { name: '3 rows checked' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Import 3 rows/ }).click();
  await expect(page.getByRole('heading', { name: '3 rows imported' })).toBeVisible({ timeout: 30_000 });
  const importUrl = page.url();

  // any fragment of a number, in any format
  await page.getByRole('link', { name: 'See the people' }).click();
  await page.waitForURL('**/people');
  await expect(page.getByRole('link', { name: 'Grace Hopper' })).toBeVisible();
  await waitUntilItAnswers(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('555 0142');
  await page.getByRole('option', { name: /Grace Hopper/ }).click();
  await page.waitForURL(/\/people\/[0-9a-f-]{36}/);
  await expect(page.getByText('Shared with')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Alan Mathison' })).toBeVisible();

  const composer = page.getByRole('textbox', { name: /note/i });
  await composer.fill('Wants to see the master lease');
  await composer.press('ControlOrMeta+Enter');
  await expect(page.getByRole('list').getByText('Wants to see the master lease')).toBeVisible();

  await page.goto(importUrl);
  await page.getByRole('button', { name: 'Undo import' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByRole('heading', { name: 'This import was undone' })).toBeVisible({
    timeout: 30_000,
  });
  const kept = page.getByRole('region', { name: 'Kept by the undo' });
  await expect(kept.getByRole('link', { name: 'Grace Hopper' })).toBeVisible();

  await page.goto('/people');
  await expect(page.getByRole('link', { name: 'Grace Hopper' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Edith Clarke' })).toHaveCount(0);
});
