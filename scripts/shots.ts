/**
 * `npm run shots`: signs in to the demo and takes every page, full, empty and in error, at 1440 and 390 pixels, light and
 * dark, into `shots/`. Uses the demo that runs, or starts it. `-- people` takes only pages whose name holds that.
 */
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { PROJECT_ROOT } from '../supabase/local/database';
import { demoAccount } from '../supabase/local/demo-seed';
import { findRunningStack, portsFromEnv } from '../supabase/local/stack';
import { browserArgs, ensureBrowser } from '../tests/support/browser';

const say = (line: string) => void process.stderr.write(`${line}\n`);
const dataDir = resolve(PROJECT_ROOT, process.env.STACK_DATA_DIR || '.local');
const folder = join(PROJECT_ROOT, 'shots');
const only = process.argv[2] ?? '';

/** The request id of every failure, so that its notice can be waited for. */
const failedRequest = '7d9f2f0e-4c1b-4b7a-9a53-0f2f3f1c9d11';

const sizes = { 1440: { width: 1440, height: 900 }, 390: { width: 390, height: 844 } };
const schemes = ['light', 'dark'] as const;

const outside: [name: string, path: string][] = [
  ['sign-in', '/sign-in'],
  ['sign-up', '/sign-up'],
  ['forgot-password', '/forgot-password'],
  ['invitation-unknown', '/invitations/none'],
];
const inside: [name: string, path: string][] = [
  ['home', '/'],
  ['people', '/people'],
  ['organizations', '/organizations'],
  ['properties', '/properties'],
  ['verification', '/verification'],
  ['owners', '/owners'],
  ['calls', '/calls'],
  ['calls-texts', '/calls/texts'],
  ['calls-history', '/calls/history'],
  ['calls-leaderboard', '/calls/leaderboard'],
  ['calls-do-not-call', '/calls/do-not-call'],
  ['campaigns', '/campaigns'],
  ['imports', '/imports'],
  ['notifications', '/notifications'],
  ['tasks', '/tasks'],
  ['reports', '/reports'],
  ['reports-contact-rate', '/reports/contact-rate'],
  ['reports-cycle-time', '/reports/cycle-time'],
  ['settings', '/settings'],
  ['settings-members', '/settings/members'],
  ['settings-pipelines', '/settings/pipelines'],
  ['settings-verification', '/settings/verification'],
  ['settings-templates', '/settings/templates'],
  ['settings-numbers', '/settings/numbers'],
  ['settings-calling', '/settings/calling'],
  ['settings-profile', '/settings/profile'],
  ['settings-notifications', '/settings/notifications'],
  ['settings-audit-log', '/settings/audit-log'],
  ['welcome', '/welcome'],
];

const answers = (url: string) =>
  fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) }).then(
    (response) => response.ok,
    () => false,
  );

/** The demo that runs, or a new one and how to stop it. */
async function demo(): Promise<{ url: string; stop: () => Promise<void> }> {
  const url = findRunningStack(dataDir)?.env.APP_URL ?? `http://127.0.0.1:${portsFromEnv(process.env).app}`;
  if (await answers(url)) return { url, stop: async () => undefined };
  say('Starting the demo');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(PROJECT_ROOT, 'supabase/local/cli.ts'), 'demo'],
    {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error('The demo did not start; the reason is above.');
    await new Promise((again) => setTimeout(again, 500));
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function post(context: BrowserContext, path: string, data: object): Promise<void> {
  const answer = await context.request.post(path, { data });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
}

/** The pages of single records, as the lists' first rows have them. */
async function details(context: BrowserContext): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const workspaces = (await (await context.request.get('/api/workspaces')).json()) as {
    items: { id: string }[];
  };
  const headers = { 'x-workspace-id': workspaces.items[0]?.id ?? '' };
  for (const name of ['people', 'organizations', 'properties', 'imports']) {
    // who was active last has the most to show
    const order = name === 'imports' ? '' : '?sort=last_activity&dir=desc';
    const answer = await context.request.get(`/api/${name}${order}`, { headers });
    const rows = Object.values((await answer.json()) as Record<string, unknown>).find(Array.isArray);
    const id = (rows as { id: string }[] | undefined)?.[0]?.id;
    if (id) found.push([`${name}-detail`, `/${name}/${id}`]);
  }
  const panel = found
    .find(([name]) => name === 'people-detail')?.[1]
    .split('/')
    .at(-1);
  if (panel) found.push(['people-panel', `/people?open=${panel}`]);
  return found;
}

async function take(page: Page, name: string, path: string, state: string, look: string): Promise<void> {
  if (only && !name.includes(only)) return;
  await page.goto(path, { waitUntil: 'load' });
  if (state === 'error') {
    // what the server rendered is there already: a search asks again, and fails
    const search = page.getByRole('searchbox').first();
    if (await search.isVisible().catch(() => false)) await search.fill('a');
    // a page that asks for nothing more has nothing to say
    await page
      .getByText(failedRequest)
      .first()
      .waitFor({ timeout: 6000 })
      .catch(() => undefined);
  }
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.screenshot({ path: join(folder, `${name}.${state}.${look}.png`), animations: 'disabled' });
}

async function visit(
  browser: Browser,
  url: string,
  state: 'full' | 'empty' | 'error',
  newcomer: string,
): Promise<void> {
  for (const [width, viewport] of Object.entries(sizes)) {
    for (const colorScheme of schemes) {
      const context = await browser.newContext({
        baseURL: url,
        viewport,
        colorScheme,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      const look = `${width}.${colorScheme}`;
      if (state === 'full') for (const [name, path] of outside) await take(page, name, path, 'full', look);
      const account =
        state === 'empty'
          ? { email: newcomer, password: demoAccount.password }
          : { email: demoAccount.email, password: demoAccount.password };
      await post(context, '/api/auth/sign-in', account);
      const pages = state === 'empty' ? inside : [...inside, ...(await details(context))];
      if (state === 'error') {
        await context.route('**/api/**', (route) =>
          route.fulfill({
            status: 500,
            json: {
              error: {
                code: 'internal',
                message: 'Something went wrong on our side. Nothing you did is lost; try again.',
                requestId: failedRequest,
              },
            },
          }),
        );
      }
      for (const [name, path] of pages) await take(page, name, path, state, look);
      await context.close();
      say(`  ${state} ${look}`);
    }
  }
}

const { url, stop } = await demo();
const browser = await chromium.launch({ executablePath: ensureBrowser(say), args: browserArgs });
try {
  await mkdir(folder, { recursive: true });
  // somebody with a workspace and nothing in it
  const newcomer = `newcomer-${Date.now().toString(36)}@mail.example`;
  const context = await browser.newContext({ baseURL: url });
  await post(context, '/api/auth/sign-up', {
    email: newcomer,
    password: demoAccount.password,
    full_name: 'Nora Newcomer',
    time_zone: 'America/New_York',
  });
  await post(context, '/api/workspaces', { name: 'Empty', time_zone: 'America/New_York' });
  await context.close();
  for (const state of ['full', 'empty', 'error'] as const) await visit(browser, url, state, newcomer);
  say(`The pictures are in ${folder}`);
} finally {
  await browser.close();
  await stop();
}
process.exit(0);
