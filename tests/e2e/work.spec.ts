/** Tasks, files and notifications as people meet them. */
import { expect, test } from '@playwright/test';
import { call } from '../support/app';
import { sql } from '../support/db';
import { createProperty } from '../support/factories';
import { runWholeCron, setTier } from '../support/work';
import { startSignedIn, waitUntilItAnswers } from './support';

const pdf = Buffer.from('%PDF-1.7\nThe draft of a lease.\n%%EOF\n');

test('a file goes up, is seen, deleted and brought back', async ({ page, context }) => {
  const { actor, workspace } = await startSignedIn(context);
  const property = await createProperty(actor, workspace);
  await page.goto(`/properties/${property.id}`);
  const files = page.getByRole('region', { name: 'Files' });
  await files
    .locator('input[type=file]')
    .setInputFiles({ name: 'Lease draft.pdf', mimeType: 'application/pdf', buffer: pdf });
  const link = files.getByRole('link', { name: 'Lease draft.pdf', exact: true });
  await expect(link).toBeVisible();

  const href = await link.getAttribute('href');
  const seen = await context.request.get(href ?? '');
  expect(seen.headers()['content-type']).toBe('application/pdf');
  expect(await seen.body()).toEqual(pdf);
  expect((await fetch(new URL(href ?? '', page.url()))).status, 'without the session').toBe(401);

  await files.getByRole('button', { name: 'Delete Lease draft.pdf' }).click();
  await expect(link).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(link).toBeVisible();
});

test('a page that calls itself a picture is refused, and says why', async ({ page, context }) => {
  const { actor, workspace } = await startSignedIn(context);
  const property = await createProperty(actor, workspace);
  await page.goto(`/properties/${property.id}`);
  const files = page.getByRole('region', { name: 'Files' });
  await files.locator('input[type=file]').setInputFiles({
    name: 'plan.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<!doctype html><script>alert(1)</script>'),
  });
  await expect(files.getByRole('alert')).toContainText('web pages can’t be kept here');
});

test('a reminder becomes a notification in the open page, leads to its record, and is read there', async ({
  page,
  context,
}) => {
  const { actor, workspace } = await startSignedIn(context);
  await setTier(workspace, 'pro');
  const property = await createProperty(actor, workspace);
  await page.goto('/people');
  await waitUntilItAnswers(page);
  const bell = page
    .getByRole('complementary', { name: 'Sidebar' })
    .getByRole('link', { name: /^Notifications/ });
  await expect(bell).toBeVisible();

  const made = await call('/api/tasks', {
    as: actor,
    workspace,
    body: {
      title: 'Ask for the rent roll',
      property_id: property.id,
      due_at: new Date(Date.now() - 60_000).toISOString(),
    },
  });
  expect(made.status).toBe(201);
  await runWholeCron('due-tasks');
  // the page was not touched
  await expect(bell).toHaveAccessibleName('Notifications, 1 unread');

  await bell.click();
  await page.getByRole('link', { name: /Task due: Ask for the rent roll/ }).click();
  await page.waitForURL(`**/properties/${property.id}`);
  await expect(bell).toHaveAccessibleName('Notifications');
  const tasks = page.getByRole('region', { name: 'Tasks' });
  await tasks.getByRole('checkbox', { name: 'Done: Ask for the rent roll' }).click();
  await expect(tasks.getByText('1 finished')).toBeVisible();
});

test('a task is added and worked by keyboard alone', async ({ page, context }) => {
  const { actor, workspace } = await startSignedIn(context);
  const property = await createProperty(actor, workspace);
  await page.goto(`/properties/${property.id}`);
  const tasks = page.getByRole('region', { name: 'Tasks' });
  for (const title of ['First', 'Second']) {
    await tasks.getByRole('button', { name: 'Add task' }).focus();
    await page.keyboard.press('Enter');
    await tasks.getByLabel('Task', { exact: true }).waitFor();
    await page.keyboard.type(title);
    await page.keyboard.press('Enter');
    await expect(tasks.getByRole('checkbox', { name: `Done: ${title}` })).toBeVisible();
    await expect(tasks.getByRole('form')).toBeHidden();
  }
  const boxes = tasks.getByRole('checkbox');
  await boxes.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(boxes.nth(1)).toBeFocused();
  await page.keyboard.press('d');
  await expect(tasks.getByText('1 finished')).toBeVisible();
  await boxes.first().focus();
  await page.keyboard.press('e');
  await tasks.getByLabel('Task', { exact: true }).fill('First, and soon');
  await page.keyboard.press('Enter');
  await expect(tasks.getByRole('checkbox', { name: 'Done: First, and soon' })).toBeVisible();
});

test('a task is added from the tasks page, about a record found by typing, by keyboard alone', async ({
  page,
  context,
}) => {
  const { actor, workspace } = await startSignedIn(context);
  await createProperty(actor, workspace, { name: 'Juniper Lofts' });
  await page.goto('/tasks');
  await waitUntilItAnswers(page);
  const dialog = page.getByRole('dialog', { name: 'New task' });
  const button = page.getByRole('main').getByRole('button', { name: 'New task' }).first();
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Task', { exact: true })).toBeFocused();
  await page.keyboard.type('Ask for the rent roll');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Juniper Lofts');
  await page.getByRole('option', { name: 'Juniper Lofts' }).waitFor();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'About' })).toHaveText('Juniper Lofts');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('checkbox', { name: 'Done: Ask for the rent roll' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Juniper Lofts' })).toBeVisible();
  // where it was opened from goes on from there
  await expect(button).toBeFocused();
});

test('tasks beyond the first two hundred come by pages, and stay when one of them is done', async ({
  page,
  context,
}) => {
  const { actor, workspace } = await startSignedIn(context);
  const property = await createProperty(actor, workspace);
  await sql()`insert into tasks (workspace_id, title, property_id, assigned_to, due_at)
    select ${workspace.id}, 'Task ' || n, ${property.id}, ${actor.userId}, now() + n * interval '1 day' from generate_series(1, 203) n`;
  await page.goto('/tasks');
  await expect(page.getByText('200+ open')).toBeVisible();
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(page.getByText('203 open')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Done: Task 203' }).click();
  await expect(page.getByText('202 open')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Done: Task 202' })).toBeVisible();
});
