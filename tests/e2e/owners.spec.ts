/** An owner from the first number to the next step: made once, reached, and seen on the page without a reload. */
import { expect, test } from '@playwright/test';
import { call } from '../support/app';
import { createPerson, uniquePhone } from '../support/factories';
import { pressUntilSeen, startSignedIn, waitUntilItAnswers } from './support';

test('an owner whose phone is known is that person, and an outreach with a next step stands on their page', async ({
  page,
}) => {
  const { actor, workspace } = await startSignedIn(page.context());
  const phone = uniquePhone();
  await createPerson(actor, workspace, { first_name: 'Ada', last_name: 'Park', phones: [phone] });
  await page.goto('/owners');
  await expect(page.getByRole('heading', { name: 'No owners yet' }).first()).toBeVisible();
  await waitUntilItAnswers(page);
  const form = page.getByRole('dialog', { name: 'New owner' });
  await pressUntilSeen(page, 'c', form);
  await form.getByLabel('Name').fill('A. Park');
  await form.getByLabel('Phone').fill(phone);
  await form.getByLabel('Phone').blur();
  await expect(form.getByText('Ada Park has this already')).toBeVisible();
  await form.getByRole('button', { name: 'Create owner' }).click();
  await expect(page.getByText('Ada Park is an owner now')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Ada Park' })).toBeVisible();
  await page.getByRole('link', { name: 'Open as a page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ada Park' })).toBeVisible();

  const composer = page.getByRole('dialog', { name: /Log outreach/ });
  await pressUntilSeen(page, 'l', composer);
  await composer.getByLabel(/Call notes/).fill('Wants the numbers on one page.');
  await composer.getByLabel('Outcome').selectOption('interested');
  await composer.getByRole('button', { name: 'Tomorrow' }).click();
  await composer.getByRole('button', { name: 'Log & follow up' }).click();
  await expect(composer).toBeHidden();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByText('Wants the numbers on one page.')).toBeVisible();
  await expect(timeline.getByText('Next step tomorrow')).toBeVisible();
  await expect(page.getByText('Next step').first()).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(timeline.getByText('Wants the numbers on one page.')).toHaveCount(0);
});

test('what was typed is there again, with the reason, when an outreach is refused', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  const ada = await createPerson(actor, workspace, { first_name: 'Ada', last_name: 'Park' });
  await page.goto(`/people/${ada.id}`);
  await waitUntilItAnswers(page);
  await page.route('**/api/outreach', (route) =>
    route.fulfill({
      status: 503,
      json: {
        error: { code: 'unavailable', message: 'The database is busy. Try again.', requestId: 'request-9' },
      },
    }),
  );
  const composer = page.getByRole('dialog', { name: /Log outreach/ });
  await pressUntilSeen(page, 'l', composer);
  await composer.getByLabel(/Call notes/).fill('Left word with the desk.');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(composer.getByText('The database is busy. Try again.')).toBeVisible();
  await expect(composer.getByLabel(/Call notes/)).toHaveValue('Left word with the desk.');
  await expect(
    page.getByRole('region', { name: 'Timeline' }).getByText('Left word with the desk.'),
  ).toHaveCount(0);
});

test('a conversation is opened from an owner and written in, by keyboard', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  const { data } = await actor.supabase.rpc('create_owner', {
    workspace: workspace.id,
    owner: { name: 'Bo Lin', first_name: 'Bo', last_name: 'Lin', kind: 'individual' },
  });
  await page.goto(`/owners/${(data as { id: string }).id}`);
  await waitUntilItAnswers(page);
  await expect(async () => {
    await page.keyboard.press('m');
    await expect(page).toHaveURL(/\/messages\//, { timeout: 5000 });
  }).toPass({ timeout: 30_000 });
  await page.getByRole('textbox', { name: 'Message' }).fill('Shall I send the draft here?');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(
    page.getByRole('region', { name: 'Messages' }).getByText('Shall I send the draft here?'),
  ).toBeVisible();
});

test('a dialog gives the focus back to what opened it, also where a form took the place of its skeleton', async ({
  page,
}) => {
  const { actor, workspace } = await startSignedIn(page.context());
  const ada = await createPerson(actor, workspace, { first_name: 'Ada', last_name: 'Park' });
  const { body: owner } = await call<{ id: string }>('/api/owners', {
    as: actor,
    workspace,
    body: { name: 'Ada Park', kind: 'individual', person_id: ada.id },
  });
  await page.goto(`/owners/${owner.id}`);
  await waitUntilItAnswers(page);
  const openers = [
    [page.getByRole('button', { name: 'Log outreach' }), /Log outreach/],
    [page.getByRole('button', { name: 'More actions' }), /Edit/],
  ] as const;
  for (const [opener, name] of openers) {
    await waitUntilItAnswers(page, opener);
    await opener.focus();
    await page.keyboard.press('Enter');
    const edit = page.getByRole('menuitem', { name: 'Edit' });
    const dialog = page.getByRole('dialog', { name });
    await expect(dialog.or(edit).first()).toBeVisible();
    if (await edit.isVisible()) await edit.press('Enter');
    await expect(dialog.getByRole('textbox').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  }

  // so does a form that stands in the page itself
  const more = page.getByRole('button', { name: 'More actions' });
  await more.press('Enter');
  await page.getByRole('menuitem', { name: 'Log a meeting' }).press('Enter');
  const form = page.getByRole('form', { name: 'Log a meeting' });
  await expect(form.getByLabel('About')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(form).toBeHidden();
  await expect(more).toBeFocused();
});

test('an owner is found from anywhere, its person leads to it, and the panel has its tasks', async ({
  page,
}) => {
  const { actor, workspace } = await startSignedIn(page.context());
  const ada = await createPerson(actor, workspace, { first_name: 'Ada', last_name: 'Park' });
  const { body: owner } = await call<{ id: string }>('/api/owners', {
    as: actor,
    workspace,
    body: { name: 'Ada Park', kind: 'individual', person_id: ada.id },
  });
  await page.goto(`/people/${ada.id}`);
  await waitUntilItAnswers(page);
  await page.getByRole('link', { name: 'Owner page' }).click();
  await page.waitForURL(`**/owners/${owner.id}`);

  await page.goto('/owners');
  await waitUntilItAnswers(page);
  const palette = page.getByRole('dialog', { name: 'Search and commands' });
  await pressUntilSeen(page, 'ControlOrMeta+k', palette);
  await page.keyboard.type('ada pa');
  await expect(palette.getByRole('group', { name: 'Owners' }).getByText('Ada Park')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.goto(`/owners?open=${owner.id}`);
  await page.getByRole('tab', { name: 'Details' }).click();
  const panel = page.getByRole('complementary', { name: 'Ada Park' });
  await expect(panel.getByRole('button', { name: 'Add task' })).toBeVisible();
  await expect(panel.getByRole('region', { name: 'Files' })).toBeVisible();
});
