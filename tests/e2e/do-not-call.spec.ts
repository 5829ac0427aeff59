/** The do-not-call list by keyboard: a number put on it, found, taken off it with a reason, put back, and a file of them. */
import { expect, test } from '@playwright/test';
import { createPerson, uniquePhone } from '../support/factories';
import { expectAccessible, expectNoSidewaysScroll, pressUntilSeen, startSignedIn } from './support';

const national = (e164: string) => `(${e164.slice(2, 5)}) ${e164.slice(5, 8)}-${e164.slice(8)}`;

test('a number comes on the list, is found, and comes off it only with a reason', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  const number = uniquePhone();
  await createPerson(actor, workspace, { first_name: 'Ana', last_name: 'Ruiz', phones: [number] });
  await page.goto('/calls/do-not-call');
  await expect(page.getByText('No number is on the do-not-call list')).toBeVisible();

  const dialog = page.getByRole('dialog');
  await pressUntilSeen(page, 'n', dialog);
  await expect(dialog.getByLabel('Number')).toBeFocused();
  await page.keyboard.type('12');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Asked on the phone');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('too short');
  await expect(dialog.getByLabel('Number')).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(national(number));
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  const line = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: national(number) });
  await expect(line).toContainText('Asked on the phone');
  await expect(line.getByRole('link', { name: 'Ana Ruiz' })).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('nobody of this name');
  await expect(page.getByText('Nothing on the list fits')).toBeVisible();
  await page.getByRole('link', { name: 'Clear the search' }).click();

  await line.getByRole('button', { name: 'Take' }).press('Enter');
  await expect(dialog).toContainText('Ana Ruiz can be reached at it');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await page.keyboard.type('They called us back');
  await page.keyboard.press('Control+Enter');
  await expect(line).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(line).toContainText('Asked on the phone');
});

test('a file says what became of each line; what it can’t tell it asks', async ({ page }) => {
  await startSignedIn(page.context());
  const [first, second] = [uniquePhone(), uniquePhone()];
  await page.goto('/calls/do-not-call');
  const dialog = page.getByRole('dialog');
  await expect(async () => {
    await page.getByRole('button', { name: 'Import a list' }).click();
    await expect(dialog).toBeVisible({ timeout: 2000 });
  }).toPass();
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'registry.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Name,Home phone,Office phone\nA,${first},\nB,${second},\nC,front desk,\n`),
  });
  await dialog.getByLabel('Which column holds the numbers?').selectOption('Home phone');
  await dialog.getByRole('button', { name: 'Import this column' }).click();
  await expect(dialog.getByRole('status')).toContainText('2 numbers added');
  await expect(dialog).toContainText('front desk');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: national(first) })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' });

  test('the list and its dialogs fit', async ({ page }) => {
    const { actor, workspace } = await startSignedIn(page.context());
    await actor.supabase.rpc('add_do_not_call', {
      workspace: workspace.id,
      numbers: [
        { e164: uniquePhone(), reason: 'Asked on the phone, twice, and will call a lawyer the third time' },
      ],
    });
    await page.goto('/calls/do-not-call');
    await expect(page.getByRole('listitem').filter({ hasText: 'lawyer' })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Take/ }).tap();
    await expect(page.getByRole('dialog')).toContainText('may go to it again');
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});
