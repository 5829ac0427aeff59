/** The list that people work in: many at once with a way back, by keyboard alone, with an address that says what is shown. */
import { expect, test } from '@playwright/test';
import { createPerson } from '../support/factories';
import { startSignedIn, waitUntilItAnswers } from './support';

test('several people are tagged at once, and it can be taken back', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  for (const last_name of ['Abbott', 'Baker', 'Carver'])
    await createPerson(actor, workspace, { first_name: 'Jo', last_name });
  await page.goto('/people');
  await page
    .getByRole('row', { name: /Jo Abbott/ })
    .getByRole('checkbox')
    .check();
  await page
    .getByRole('row', { name: /Jo Baker/ })
    .getByRole('checkbox')
    .check();
  await page
    .getByRole('button', { name: /status/i })
    .first()
    .click();
  await page
    .getByRole('menuitem', { name: 'Hot' })
    .or(page.getByRole('option', { name: 'Hot' }))
    .first()
    .click();
  await expect(page.getByRole('row', { name: /Jo Abbott.*Hot/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Jo Carver.*New/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /Jo Abbott.*New/ })).toBeVisible();
});

test('a list is walked and a person opened, noted and left by keyboard alone', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  for (const last_name of ['Abbott', 'Baker', 'Carver'])
    await createPerson(actor, workspace, { first_name: 'Jo', last_name });
  await page.goto('/people');
  await expect(page.getByRole('link', { name: 'Jo Carver' })).toBeVisible();
  await waitUntilItAnswers(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/open=|\/people\/[0-9a-f-]{36}/);
  await expect(page.getByRole('complementary', { name: 'Jo Baker' })).toBeVisible();
  await page.keyboard.press('n');
  await page.keyboard.type('Met at the fair');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText('Met at the fair').first()).toBeVisible();
  await expect(page.getByRole('textbox', { name: /note/i })).not.toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog').filter({ hasText: /keyboard|shortcuts/i })).toBeVisible();
});

test('what is shown stands in the address, so that it can be shared and reloaded', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  await createPerson(actor, workspace, { first_name: 'Jo', last_name: 'Abbott', lead_status: 'hot' });
  await createPerson(actor, workspace, { first_name: 'Jo', last_name: 'Baker' });
  await page.goto('/people?lead_status=hot');
  await expect(page.getByRole('link', { name: 'Jo Abbott' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Jo Baker' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('link', { name: 'Jo Abbott' })).toBeVisible();
});

test('when the server fails, the list says so with the request’s id and tries again', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  await createPerson(actor, workspace, { first_name: 'Jo', last_name: 'Abbott' });
  await page.goto('/people');
  await expect(page.getByRole('link', { name: 'Jo Abbott' })).toBeVisible();
  let isBroken = true;
  await page.route('**/api/people?*', (route) =>
    isBroken
      ? route.fulfill({
          status: 500,
          json: {
            error: { code: 'internal', message: 'Something went wrong on our side.', requestId: 'request-7' },
          },
        })
      : route.continue(),
  );
  await page
    .getByRole('searchbox')
    .or(page.getByRole('textbox', { name: /search/i }))
    .first()
    .fill('abb');
  await expect(page.getByText('request-7')).toBeVisible();
  isBroken = false;
  await page.getByRole('button', { name: /try again|retry/i }).click();
  await expect(page.getByRole('link', { name: 'Jo Abbott' })).toBeVisible();
});
