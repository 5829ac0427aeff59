/** The board as people use it: two at once, by keys, by touch, from an imported list to a signature. */
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { sql } from '../support/db';
import { addMember, createProperty } from '../support/factories';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  signIn,
  startSignedIn,
  waitUntilItAnswers,
} from './support';

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const cardIn = (page: Page, stage: string, name: string) =>
  column(page, stage).getByRole('button', { name: new RegExp(name) });

/** A board with cards in its first stage, the last one named at the foot. */
async function startBoard(context: BrowserContext, names: string[]) {
  const { actor, workspace } = await startSignedIn(context);
  const made = [];
  for (const name of names)
    made.push(await createProperty(actor, workspace, { name, address: `${name} Street 1` }));
  const { error } = await actor.supabase.rpc('add_to_board', {
    workspace: workspace.id,
    pipeline: null as unknown as string,
    stage: null as unknown as string,
    properties: made.map(({ id }) => id),
  });
  if (error) throw error;
  return { actor, workspace };
}

async function openBoard(page: Page) {
  await page.goto('/verification');
  await expect(page.getByTestId('board')).toBeVisible();
  await waitUntilItAnswers(page);
}

/** Carries a card by mouse to the top of a column, in steps as a hand does. */
async function carry(page: Page, card: Locator, to: Locator) {
  await to.scrollIntoViewIfNeeded();
  const [from, goal] = [await card.boundingBox(), await to.getByRole('list').boundingBox()];
  if (!from || !goal) throw new Error('the card or the column isn’t in view');
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 30, { steps: 3 });
  await page.mouse.move(goal.x + 80, goal.y + 20, { steps: 12 });
  await page.mouse.up();
}

test('two people on one board see each other’s moves, and neither loses one', async ({ browser, page }) => {
  const { workspace } = await startBoard(page.context(), ['Cedar Court', 'Birch House', 'Alder Lofts']);
  const colleague = await addMember(workspace);
  const theirs = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(theirs, colleague);
  const other = await theirs.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await openBoard(page);
  await openBoard(other);

  await carry(page, cardIn(page, 'Lead', 'Birch House'), column(page, 'Contacted'));
  await expect(cardIn(page, 'Contacted', 'Birch House')).toBeVisible();
  await expect(cardIn(other, 'Contacted', 'Birch House')).toBeVisible();

  await carry(other, cardIn(other, 'Contacted', 'Birch House'), column(other, 'Doc Review'));
  await carry(page, cardIn(page, 'Lead', 'Cedar Court'), column(page, 'Contacted'));
  for (const each of [page, other]) {
    await expect(cardIn(each, 'Doc Review', 'Birch House')).toBeVisible();
    await expect(cardIn(each, 'Contacted', 'Cedar Court')).toBeVisible();
    await expect(column(each, 'Lead').getByTestId('stage-count')).toContainText('1');
  }
  await theirs.close();
});

test('a move from a board that is behind is refused, said, and shown where the card stands', async ({
  page,
}) => {
  const { workspace } = await startBoard(page.context(), ['Cedar Court']);
  await page.setViewportSize({ width: 1440, height: 900 });
  await openBoard(page);
  // somebody else moves it while the drop is on its way, and the news never arrives here
  await page.route('**/api/pipeline/board/changes*', (route) => route.abort());
  await page.route('**/api/pipeline/board?*', (route) => route.abort());
  await page.route('**/api/pipeline/board', async (route) => {
    await sql()`
      update verifications v set version = version + 1, stage_id = s.id from pipeline_stages s
       where v.workspace_id = ${workspace.id} and s.pipeline_id = v.pipeline_id and s.name = 'Negotiation'`;
    await route.continue();
  });
  await carry(page, cardIn(page, 'Lead', 'Cedar Court'), column(page, 'Contacted'));
  await expect(page.getByText('Somebody else moved “Cedar Court” first')).toBeVisible();
  await expect(page.getByText('It stands in Negotiation now.')).toBeVisible();
  await expect(cardIn(page, 'Negotiation', 'Cedar Court')).toBeAttached();
});

test('a card is carried by keys alone, and put back with Escape', async ({ page }) => {
  await startBoard(page.context(), ['Alder Lofts', 'Birch House', 'Cedar Court']);
  await page.setViewportSize({ width: 1440, height: 900 });
  await openBoard(page);
  const said = page.getByTestId('board-said');
  await cardIn(page, 'Lead', 'Alder Lofts').focus();
  await page.keyboard.press('ArrowDown');
  await expect(cardIn(page, 'Lead', 'Birch House')).toBeFocused();

  await page.keyboard.press('Space');
  await expect(said).toContainText('Picked up Birch House');
  await page.keyboard.press('ArrowRight');
  await expect(said).toContainText('Contacted, place 1 of 1');
  await page.keyboard.press('Escape');
  await expect(cardIn(page, 'Lead', 'Birch House')).toBeFocused();

  await page.keyboard.press('Space');
  await expect(said).toContainText('Picked up Birch House');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(said).toContainText('Doc Review, place 1 of 1');
  const stored = page.waitForResponse(
    (response) => response.request().method() === 'PATCH' && response.url().endsWith('/api/pipeline/board'),
  );
  await page.keyboard.press('Space');
  expect((await stored).status()).toBe(200);
  await expect(cardIn(page, 'Doc Review', 'Birch House')).toBeFocused();
  await page.reload();
  await expect(cardIn(page, 'Doc Review', 'Birch House')).toBeVisible();
});

test('carried to the edge, the board scrolls under the card, which lands where the pointer is', async ({
  page,
}) => {
  await startBoard(page.context(), ['Alder Lofts', 'Birch House']);
  await page.setViewportSize({ width: 1100, height: 800 });
  await openBoard(page);
  const from = await cardIn(page, 'Lead', 'Birch House').boundingBox();
  if (!from) throw new Error('the card isn’t in view');
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 30, { steps: 3 });
  await page.mouse.move(1090, 300, { steps: 10 });
  await expect(column(page, 'Signed')).toBeInViewport({ ratio: 0.9 });
  const goal = await column(page, 'Negotiation').getByRole('list').boundingBox();
  if (!goal) throw new Error('the column isn’t in view');
  await page.mouse.move(goal.x + 120, goal.y + 40, { steps: 10 });
  const carried = await page.locator('[data-carried]').boundingBox();
  expect(Math.abs((carried?.x ?? 0) + 40 - (goal.x + 120))).toBeLessThan(8);
  expect(Math.abs((carried?.y ?? 0) + 20 - (goal.y + 40))).toBeLessThan(8);
  await page.mouse.up();
  await expect(cardIn(page, 'Negotiation', 'Birch House')).toBeVisible();
});

test('a lost card asks why first: closing puts it back, a reason stays with it', async ({ page }) => {
  await startBoard(page.context(), ['Alder Lofts', 'Birch House']);
  await page.setViewportSize({ width: 1800, height: 900 });
  await openBoard(page);
  await carry(page, cardIn(page, 'Lead', 'Birch House'), column(page, 'Denied'));
  const dialog = page.getByRole('dialog', { name: /Move “Birch House” to Denied/ });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(cardIn(page, 'Lead', 'Birch House')).toBeVisible();
  await expect(column(page, 'Denied').getByTestId('stage-count')).toContainText('0');

  await carry(page, cardIn(page, 'Lead', 'Birch House'), column(page, 'Denied'));
  await dialog.getByRole('button', { name: 'Move to Denied' }).click();
  await expect(dialog.getByText(/Say why/)).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Zoned for offices');
  await dialog.getByRole('button', { name: 'Move to Denied' }).click();
  await expect(cardIn(page, 'Denied', 'Birch House')).toBeVisible();
  await cardIn(page, 'Denied', 'Birch House').click();
  await expect(page.getByText('Lost: Zoned for offices')).toBeVisible();
});

test('from the list of properties to Signed, by what the pages offer', async ({ page }) => {
  const { actor, workspace } = await startSignedIn(page.context());
  await createProperty(actor, workspace, { name: 'Juniper Row' });
  await page.goto('/verification');
  await page.getByRole('link', { name: 'Choose in the list' }).click();
  await page
    .getByRole('row', { name: /Juniper Row/ })
    .getByRole('checkbox')
    .check();
  await page.getByRole('button', { name: 'Add to board' }).click();
  await expect(page).toHaveURL(/\/verification/);
  await cardIn(page, 'Lead', 'Juniper Row').click();
  const panel = page.getByRole('complementary', { name: 'Juniper Row' });
  await panel.getByRole('combobox', { name: 'Stage' }).selectOption({ label: 'Signed' });
  await expect(column(page, 'Signed').getByTestId('stage-count')).toContainText('1');
  await panel.getByRole('tab', { name: 'History' }).click();
  await expect(panel.getByText('from Lead')).toBeVisible();
});

test('deleting a property says that its card goes with it, and undoing brings both back', async ({
  page,
}) => {
  await startBoard(page.context(), ['Alder Lofts']);
  await page.goto('/properties');
  await page
    .getByRole('row', { name: /Alder Lofts/ })
    .getByRole('checkbox')
    .check();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('1 active card leaves the verification board');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('row', { name: /Alder Lofts/ })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /Alder Lofts/ })).toBeVisible();
  await openBoard(page);
  await expect(cardIn(page, 'Lead', 'Alder Lofts')).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the panel fills the screen, a link leads to it, and a card moves from it', async ({ page }) => {
    await startBoard(page.context(), ['Alder Lofts', 'Birch House']);
    await openBoard(page);
    await expectNoSidewaysScroll(page);
    await cardIn(page, 'Lead', 'Birch House').tap();
    const panel = page.getByRole('complementary', { name: 'Birch House' });
    await expect(panel).toBeVisible();
    await expect.poll(async () => (await panel.boundingBox())?.width).toBe(390);
    await expect(page).toHaveURL(/card=/);
    await page.reload();
    await expect(panel.getByRole('heading', { name: 'Score' })).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await panel.getByRole('combobox', { name: 'Stage' }).selectOption({ label: 'Contacted' });
    await panel.getByRole('button', { name: 'Close the panel' }).tap();
    await column(page, 'Contacted').scrollIntoViewIfNeeded();
    await expect(cardIn(page, 'Contacted', 'Birch House')).toBeVisible();
  });

  test('a long touch lifts a card, the board follows it to the edge, and it lands under the finger', async ({
    page,
  }) => {
    await startBoard(page.context(), ['Alder Lofts', 'Birch House']);
    await openBoard(page);
    const finger = await touch(page);
    const from = await cardIn(page, 'Lead', 'Birch House').boundingBox();
    if (!from) throw new Error('the card isn’t in view');
    await finger.down(from.x + 60, from.y + 30);
    await expect(page.locator('[data-carried]')).toBeVisible();
    await finger.move(330, from.y + 60);
    await expect(column(page, 'Contacted')).toBeInViewport({ ratio: 0.8 });
    await finger.move(200, from.y + 60);
    const goal = await column(page, 'Contacted').getByRole('list').boundingBox();
    if (!goal) throw new Error('the column isn’t in view');
    await finger.move(Math.max(80, goal.x + 80), goal.y + 30);
    const stored = page.waitForResponse(
      (response) => response.request().method() === 'PATCH' && response.url().endsWith('/api/pipeline/board'),
    );
    await finger.up();
    expect((await stored).status()).toBe(200);
    await expect(cardIn(page, 'Contacted', 'Birch House')).toBeVisible();
    await expect(column(page, 'Lead').getByTestId('stage-count')).toContainText('1');
    // a carry is no tap: the panel stays closed
    await expect(page).not.toHaveURL(/card=/);
  });
});

/** One finger on the page, as the browser's own input has it. */
async function touch(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  let at = { x: 0, y: 0 };
  return {
    down: (x: number, y: number) => {
      at = { x, y };
      return send('touchStart', [at]);
    },
    /** In steps, as a finger goes. */
    move: async (x: number, y: number) => {
      const from = at;
      for (let step = 1; step <= 8; step += 1) {
        at = { x: from.x + ((x - from.x) * step) / 8, y: from.y + ((y - from.y) * step) / 8 };
        await send('touchMove', [at]);
      }
    },
    up: () => send('touchEnd', []),
  };
}

test.describe('stages in the settings', () => {
  const order = (page: Page) =>
    page
      .getByRole('button', { name: /^Move / })
      .evaluateAll((handles) => handles.map((handle) => handle.getAttribute('aria-label')?.slice(5)));
  const reordered = (page: Page) =>
    page.waitForResponse(
      (response) => response.request().method() === 'PUT' && response.url().endsWith('/stages'),
    );
  const shipped = ['Lead', 'Contacted', 'Doc Review', 'Approved', 'Denied', 'Negotiation', 'Signed'];

  test('are put in order by mouse and by keys, and stay so', async ({ page }) => {
    const { workspace } = await startSignedIn(page.context());
    await sql()`update workspaces set tier = 'pro' where id = ${workspace.id}`;
    await page.goto('/settings/pipelines');
    await expect.poll(() => order(page)).toEqual(shipped);
    await waitUntilItAnswers(page);

    const handle = (name: string) => page.getByRole('button', { name: `Move ${name}`, exact: true });
    const [from, goal] = [
      await handle('Negotiation').boundingBox(),
      await handle('Doc Review').boundingBox(),
    ];
    if (!from || !goal) throw new Error('the stages aren’t in view');
    const stored = reordered(page);
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 10, from.y, { steps: 3 });
    await page.mouse.move(goal.x + 10, goal.y + 4, { steps: 12 });
    await page.mouse.up();
    expect((await stored).ok()).toBe(true);
    const byMouse = ['Lead', 'Contacted', 'Negotiation', 'Doc Review', 'Approved', 'Denied', 'Signed'];
    await expect.poll(() => order(page)).toEqual(byMouse);

    await handle('Contacted').focus();
    await page.keyboard.press('Space');
    await expect(handle('Contacted')).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('status').filter({ hasText: 'Place 1 of 7' })).toBeAttached();
    const again = reordered(page);
    await page.keyboard.press('Space');
    expect((await again).ok()).toBe(true);
    const byKeys = ['Contacted', 'Lead', 'Negotiation', 'Doc Review', 'Approved', 'Denied', 'Signed'];
    await expect.poll(() => order(page)).toEqual(byKeys);
    await page.reload();
    await expect.poll(() => order(page)).toEqual(byKeys);
  });
});
