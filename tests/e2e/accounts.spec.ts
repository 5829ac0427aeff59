/** Ways in: signed-out people come back to where they wanted to go, invited people arrive where they were invited. */
import { expect, test } from '@playwright/test';
import { waitForMail } from '../support/app';
import { signUp, uniqueEmail } from '../support/factories';
import { startSignedIn } from './support';

test('a signed-out visitor signs in and lands where they wanted to go', async ({ page }) => {
  const { context } = { context: page.context() };
  const { actor } = await startSignedIn(context);
  await context.clearCookies();
  await page.goto('/people?sort=created&dir=desc');
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByLabel('E-mail').fill(actor.email);
  await page.getByLabel('Password').fill(actor.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/people\?.*sort=created/);
  await expect(page.getByRole('heading', { name: 'People', exact: true })).toBeVisible();
});

test('a wrong password is said at the form, and nobody is signed in', async ({ page }) => {
  const actor = await signUp();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(actor.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /password/i })).toBeVisible();
  await page.goto('/people');
  await page.waitForURL(/\/sign-in/);
});

test('a way back that leads elsewhere is not taken', async ({ page }) => {
  const actor = await signUp();
  await page.goto('/sign-in?next=//evil.example/');
  await page.getByLabel('E-mail').fill(actor.email);
  await page.getByLabel('Password').fill(actor.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  expect(new URL(page.url()).hostname).toBe('127.0.0.1');
});

test('a forgotten password is reset through the mail', async ({ page }) => {
  const actor = await signUp();
  await page.goto('/forgot-password');
  await page.getByLabel('E-mail').fill(actor.email);
  await page
    .getByRole('button')
    .filter({ hasText: /link|mail|reset/i })
    .click();
  const mail = await waitForMail(actor.email);
  await page.goto(mail.links.find((link) => link.includes('/auth/confirm')) ?? '');
  await page.waitForURL(/\/reset-password/);
  await page
    .getByLabel(/password/i)
    .first()
    .fill('another horse battery');
  await page.getByRole('button', { name: /password/i }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/reset-password'));
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(actor.email);
  await page.getByLabel('Password').fill('another horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
});

test('somebody invited by mail signs up and stands in the workspace', async ({ browser, page, baseURL }) => {
  const { workspace } = await startSignedIn(page.context());
  const email = uniqueEmail();
  await page.goto('/settings/members');
  await page
    .getByRole('button', { name: /invite/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/e-mail/i).fill(email);
  await dialog
    .getByRole('button', { name: /invit|send/i })
    .last()
    .click();
  const mail = await waitForMail(email);

  const theirs = await browser.newContext({ baseURL });
  const guest = await theirs.newPage();
  await guest.goto(mail.links.find((link) => link.includes('/invitations/')) ?? '');
  await expect(guest.getByText(workspace.name).first()).toBeVisible();
  await guest
    .getByRole('link', { name: /create|sign up/i })
    .first()
    .click();
  await guest.getByLabel('Your name').fill('Grace Hopper');
  await guest.getByLabel('E-mail').fill(email);
  await guest.getByLabel('Password').fill('correct horse battery');
  await guest.getByRole('button', { name: 'Create the account' }).click();
  await guest.getByRole('button', { name: /join|accept/i }).click();
  await guest.waitForURL(/\/$/);
  await expect(guest.getByText(workspace.name).first()).toBeVisible();
  await theirs.close();

  await page.reload();
  await expect(page.getByText('Grace Hopper')).toBeVisible();
});
