/** The calling desk as callers meet it: one number one caller, power mode by keys alone, and what everybody sees at once. */
import { expect, type Page, test } from '@playwright/test';
import { type Callee, makeCallee } from '../support/calls';
import { sql } from '../support/db';
import { addMember, createWorkspace, signUp, type Workspace } from '../support/factories';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  signIn,
  startSignedIn,
  waitUntilItAnswers,
} from './support';

/** Zones around the world, so that it is business hours in one of them whenever the tests run. */
const zonesOfTheWorld = [
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'Australia/Sydney',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Europe/Athens',
  'Europe/London',
];
const hourIn = (timeZone: string) =>
  Number(new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format());

/** A zone where it is well within calling hours, or well outside of them. */
function zoneThatIs(state: 'open' | 'closed'): string {
  const found = zonesOfTheWorld.find((zone) => {
    const hour = hourIn(zone);
    return state === 'open' ? hour >= 9 && hour < 19 : hour < 6 || hour >= 22;
  });
  if (!found) throw new Error(`nowhere is it ${state}`);
  return found;
}

/** People with a number each, where it is business hours now. */
async function makeNumbers(
  workspace: Workspace,
  count: number,
  zone = zoneThatIs('open'),
): Promise<Callee[]> {
  const callees: Callee[] = [];
  for (let n = 0; n < count; n++)
    callees.push(await makeCallee(workspace, { firstName: `Caller${String.fromCharCode(65 + n)}` }));
  await sql()`update phones set time_zone = ${zone} where workspace_id = ${workspace.id}`;
  return callees;
}

/** Two browsers and a row of keys take their time on a machine that does much else. */
test.describe.configure({ timeout: 150_000 });

/** As the desk writes it: "(212) 555-0142". */
const written = (e164: string) => e164.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');

const power = (page: Page) => page.getByRole('region', { name: 'Power mode' });
/** The number that fills the screen. */
const current = (page: Page) => power(page).getByRole('heading', { level: 2 });

async function openPower(page: Page): Promise<string> {
  await page.goto('/calls?mode=power');
  await expect(current(page)).toBeVisible({ timeout: 30_000 });
  await waitUntilItAnswers(page, power(page).getByRole('button', { name: /Leave/ }));
  await waitUntilMine(page);
  return (await current(page).textContent()) ?? '';
}

/** Until the claim has come nothing can be saved. */
const waitUntilMine = (page: Page) =>
  expect(power(page).getByRole('button', { name: 'No answer' })).toBeEnabled({ timeout: 20_000 });

test('two callers on one list never have the same number, and see each other', async ({
  browser,
  baseURL,
}) => {
  const ana = await signUp({ fullName: 'Ana Ruiz' });
  const workspace = await createWorkspace(ana);
  const ben = await addMember(workspace, 'member', await signUp({ fullName: 'Ben Osei' }));
  await makeNumbers(workspace, 6);
  const [first, second] = await Promise.all([
    browser.newContext({ baseURL }),
    browser.newContext({ baseURL }),
  ]);
  await Promise.all([signIn(first, ana), signIn(second, ben)]);
  const [one, two] = await Promise.all([first.newPage(), second.newPage()]);

  const seen = await Promise.all([openPower(one), openPower(two)]);
  expect(new Set(seen).size).toBe(2);
  for (const page of [one, two]) {
    const before = await current(page).textContent();
    await page.keyboard.press('s');
    await expect(current(page)).not.toHaveText(before ?? '');
    await waitUntilMine(page);
  }
  const now = await Promise.all([one, two].map((page) => current(page).textContent()));
  expect(now[0]).not.toBe(now[1]);

  // Ben's list says who is on the number, and his card that he can't have it
  await two.keyboard.press('Escape');
  const row = two
    .getByRole('row')
    .filter({ hasText: /\(\d{3}\)/ })
    .filter({ hasText: 'Ana is on it' });
  await expect(row).toHaveCount(1);
  await row.getByRole('link').click();
  await expect(two.getByRole('alert').filter({ hasText: 'Ana Ruiz is on it' })).toBeVisible();
  await expect(two.getByRole('button', { name: 'Save outcome' })).toBeDisabled();
  await expect(two.getByRole('button', { name: 'Take over' })).toBeHidden();
  // she closes her page: the number is free, without a reload
  await one.close();
  await expect(two.getByRole('row').filter({ hasText: 'Ana is on it' })).toHaveCount(0, { timeout: 15_000 });
  await Promise.all([first.close(), second.close()]);
});

test('an admin takes a number over; who had it hears so at once and keeps what they typed', async ({
  browser,
  baseURL,
}) => {
  const ana = await signUp({ fullName: 'Ana Ruiz' });
  const workspace = await createWorkspace(ana);
  const ben = await addMember(workspace, 'member', await signUp({ fullName: 'Ben Osei' }));
  const [callee] = await makeNumbers(workspace, 1);
  const [first, second] = await Promise.all([
    browser.newContext({ baseURL }),
    browser.newContext({ baseURL }),
  ]);
  await Promise.all([signIn(first, ana), signIn(second, ben)]);
  const [one, two] = await Promise.all([first.newPage(), second.newPage()]);
  const address = `/calls?number=${callee?.phoneId}`;
  const panel = (page: Page) => page.getByRole('complementary', { name: /^Number / });

  await two.goto(address);
  await expect(panel(two).getByRole('button', { name: 'No answer' })).toBeEnabled({ timeout: 30_000 });
  await panel(two).getByLabel('Notes').fill('Half a sentence');
  await one.goto(address);
  await expect(panel(one).getByText('Ben Osei is on it')).toBeVisible({ timeout: 30_000 });
  await panel(one).getByRole('button', { name: 'Take over' }).click();
  await expect(panel(one).getByRole('button', { name: 'No answer' })).toBeEnabled();

  await expect(panel(two).getByText('Ana Ruiz has this number now')).toBeVisible();
  await expect(panel(two).getByLabel('Notes')).toHaveValue('Half a sentence');
  await expect(panel(two).getByRole('button', { name: 'No answer' })).toBeDisabled();
  await Promise.all([first.close(), second.close()]);
});

test('an hour’s work by keys alone: ten numbers, several outcomes, one taken back', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const { workspace } = await startSignedIn(context);
  await makeNumbers(workspace, 10);
  await openPower(page);
  const outcomes = ['2', '3', '1', '2', '7', '8', '2', '3', '2', '2'];
  const done = new Set<string>();
  for (const [turn, key] of outcomes.entries()) {
    await waitUntilMine(page);
    const number = (await current(page).textContent()) ?? '';
    expect(done.has(number), `${number} came twice`).toBe(false);
    done.add(number);
    if (turn === 2) {
      // who answered, what they said, and when to call again
      await page.keyboard.press('a');
      await page.keyboard.press('m');
      await page.keyboard.type('Wants the rent roll. Digits like 2 and 9 are words here.');
      await page.keyboard.press('Escape');
      await page.keyboard.press('e');
      await page.keyboard.type(`owner${turn}@harbour.example`);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press(key);
    await expect(power(page).getByText('is saved.')).toBeVisible();
    if (turn === 3) {
      await page.keyboard.press('z');
      await expect(power(page).getByText('is saved.')).toBeHidden();
      await expect(current(page)).toHaveText(number);
      await waitUntilMine(page);
      // an outcome that needs a time asks for it, and takes it from the keyboard
      await page.keyboard.press('4');
      const when = power(page).getByLabel('Next step');
      await expect(when).toBeFocused();
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      await when.fill(`${tomorrow}T15:00`);
      await page.keyboard.press('Enter');
      await expect(power(page).getByText('is saved.')).toBeVisible();
    }
    if (turn === 4) {
      // "." waits; the next one comes when it is asked for
      await page.keyboard.press('.');
      await expect(power(page).getByText('waits for you')).toBeVisible();
    }
    if (turn < outcomes.length - 1 && turn !== 5) await page.keyboard.press(turn % 2 ? 'n' : 'Enter');
    // the sixth time nothing is pressed: the countdown brings it
    if (turn < outcomes.length - 1) await expect(current(page)).not.toHaveText(number, { timeout: 15_000 });
  }
  await page.keyboard.press('n');
  await expect(power(page).getByRole('heading', { name: 'Nothing to call now' })).toBeVisible();
  await expect(power(page).getByText('10 calls this session')).toBeVisible();

  const kept = await sql()<{ outcome: string; count: number }[]>`
    select outcome, count(*)::int as count from calls
     where workspace_id = ${workspace.id} and undone_at is null and outcome is not null group by outcome`;
  expect(Object.fromEntries(kept.map(({ outcome, count }) => [outcome, count]))).toEqual({
    no_answer: 4,
    left_vm: 2,
    answered: 1,
    follow_up: 1,
    rejected: 1,
    invalid_number: 1,
  });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Calls', exact: true })).toBeVisible();
});

test('a number marked do-not-call vanishes from everybody’s list', async ({ browser, baseURL }) => {
  const ana = await signUp({ fullName: 'Ana Ruiz' });
  const workspace = await createWorkspace(ana);
  const ben = await addMember(workspace, 'member', await signUp({ fullName: 'Ben Osei' }));
  const [callee] = await makeNumbers(workspace, 3);
  const [first, second] = await Promise.all([
    browser.newContext({ baseURL }),
    browser.newContext({ baseURL }),
  ]);
  await Promise.all([signIn(first, ana), signIn(second, ben)]);
  const [one, two] = await Promise.all([first.newPage(), second.newPage()]);
  await Promise.all([one.goto('/calls'), two.goto('/calls')]);
  const row = (page: Page) => page.getByRole('row').filter({ hasText: written(callee?.e164 ?? '') });
  await Promise.all([expect(row(one)).toBeVisible(), expect(row(two)).toBeVisible()]);
  await waitUntilItAnswers(one);

  await row(one).getByRole('link').click();
  const panel = one.getByRole('complementary', { name: /^Number / });
  await panel.getByRole('button', { name: 'Do not call' }).click();
  await panel.getByRole('button', { name: 'Save outcome' }).click();
  await panel.getByLabel('Why it must not be called').fill('Asked to be left alone');
  await one.keyboard.press('Enter');
  await expect(panel).toBeHidden();
  // nobody touched the other's page
  await expect(row(two)).toHaveCount(0);
  await expect(row(one)).toHaveCount(0);

  // and back again with one press
  await one.getByRole('button', { name: 'Undo' }).click();
  await expect(row(two)).toBeVisible();
  await Promise.all([first.close(), second.close()]);
});

for (const [device, viewport] of Object.entries({
  'a 13-inch screen': { width: 1280, height: 800 },
  'a phone': { width: 390, height: 844 },
})) {
  test(`everything is in reach on ${device}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL, viewport });
    const { workspace } = await startSignedIn(context);
    const [callee] = await makeNumbers(workspace, 4);
    const page = await context.newPage();
    await page.goto('/calls');
    const number = page.getByText(written(callee?.e164 ?? '')).filter({ visible: true });
    await expect(number).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);

    await page.goto(`/calls?number=${callee?.phoneId}`);
    const panel = page.getByRole('complementary', { name: /^Number / });
    for (const name of ['Call', 'Save outcome']) {
      await expect(panel.getByRole('button', { name, exact: true })).toBeInViewport();
    }
    await panel.getByLabel('Notes').scrollIntoViewIfNeeded();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);

    await page.goto('/calls?mode=power');
    await waitUntilMine(page);
    for (const name of ['Call', 'Pass over', 'Answered', 'Do not call']) {
      // with the key that it shows
      const button = power(page).getByRole('button', { name: new RegExp(`^([1-9] )?${name}( [A-Z])?$`) });
      await expect(button.filter({ visible: true })).toBeInViewport();
    }
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await context.close();
  });
}

test('outside calling hours the desk says until when, and the card why', async ({ page, context }) => {
  const { workspace } = await startSignedIn(context);
  const [callee] = await makeNumbers(workspace, 1, zoneThatIs('closed'));
  await page.goto('/calls');
  await expect(page.getByText(/opens .*8:00 am/).first()).toBeVisible();
  await page.goto(`/calls?number=${callee?.phoneId}`);
  const panel = page.getByRole('complementary', { name: /^Number / });
  await expect(panel.getByText('It is outside the calling hours')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Call', exact: true })).toBeDisabled();
  await page.goto('/calls?mode=power');
  await expect(power(page).getByText('The first number can be called from')).toBeVisible();
});
