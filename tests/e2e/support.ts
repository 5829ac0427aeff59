/** What the end-to-end tests share: somebody signed in, with a workspace, in a browser of their own. */
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { type Actor, createWorkspace, signUp, type Workspace } from '../support/factories';

/** Signs an account in through the app, as its form does; the cookies stay in the context. */
export async function signIn(context: BrowserContext, actor: Actor): Promise<void> {
  const answer = await context.request.post('/api/auth/sign-in', {
    data: { email: actor.email, password: actor.password },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** A new account that owns a new workspace, signed in. */
export async function startSignedIn(
  context: BrowserContext,
): Promise<{ actor: Actor; workspace: Workspace }> {
  const actor = await signUp();
  const workspace = await createWorkspace(actor);
  await signIn(context, actor);
  return { actor, workspace };
}

/** Notes it where axe finds a serious or critical fault, with what and where, and goes on to the next page. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join('; ')}`,
    );
  expect.soft(grave, new URL(page.url()).pathname).toEqual([]);
}

/** @throws where something on the page is wider than the window */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wide, window: width } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(wide).toBeLessThanOrEqual(width);
}

/**
 * Waits until the page answers to keys: what is pressed before its scripts run goes nowhere.
 * @param control the one that is to answer, where it isn't the page's first: parts of a page begin to listen one by one
 */
export async function waitUntilItAnswers(
  page: Page,
  control: Locator = page.locator('main button, main input').first(),
): Promise<void> {
  await expect
    .poll(
      () => control.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps'))),
      { timeout: 30_000 },
    )
    .toBe(true);
}

/** Presses a key until what it opens is there: a page may be seen before the part of it that listens has begun to. */
export async function pressUntilSeen(page: Page, key: string, opened: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(opened).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 30_000 });
}
