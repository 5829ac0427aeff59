/** Numbers are honest: each opens the rows that it counts. */
import { expect, test } from '@playwright/test';
import { call } from '../support/app';
import { createPerson } from '../support/factories';
import { expectAccessible, startSignedIn } from './support';

test('a figure at home opens the rows it counts, and a week of its chart does', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  const people = await Promise.all(
    ['Abbott', 'Baker', 'Carver'].map((last_name) =>
      createPerson(actor, workspace, { first_name: 'Jo', last_name }),
    ),
  );
  const log = (index: number, outcome: string) =>
    call('/api/activities', {
      as: actor,
      workspace,
      body: { kind: 'call', outcome, person_id: people[index]?.id },
    });
  await log(0, 'interested');
  await log(1, 'no_answer');
  await log(2, 'left_vm');

  await page.goto('/');
  await page.getByRole('link', { name: /Contact rate 33\.3%/ }).click();
  await page.waitForURL('**/reports/contact-rate');
  await expect(page.getByText('1 of 3 attempts')).toBeVisible();
  const rows = page.getByRole('list', { name: /What the contact rate counts/ }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await page.getByLabel('Result').selectOption('hit');
  await page.waitForURL(/result=hit/);
  await expect(rows).toHaveCount(1);
  await expect(rows.getByRole('link', { name: 'Jo Abbott' })).toBeVisible();

  await page.getByRole('link', { name: 'Reports' }).first().click();
  await page.waitForURL('**/reports');
  const week = page.getByRole('link', { name: /so far: 33%, 1 of 3 attempts/ });
  await week.hover();
  await expect(page.getByRole('tooltip')).toContainText('33.3%');
  await expectAccessible(page);
  await week.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/week=\d{4}-W\d{2}/);
  await expect(rows).toHaveCount(3);
  await page.getByRole('link', { name: 'Jo Carver' }).click();
  await page.waitForURL(/\/people\//);
});
