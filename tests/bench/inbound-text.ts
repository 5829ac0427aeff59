/** A text that comes in: from the provider's webhook to its bubble on a page that stands open. */
import { type Browser, chromium, type Page } from '@playwright/test';
import postgres from 'postgres';
import { browserArgs, ensureBrowser } from '../support/browser';
import { type Actor, createPerson, createWorkspace, signUp } from '../support/factories';
import { uniqueNumber, writeText } from '../support/twilio';
import { type Bench, type Figures, machine, percentiles, say } from './harness';

const texts = 30;
/** The first of a page pay for connections that are opened once. */
const unmeasured = 3;
const limitMs = 30_000;

/**
 * Keeps when each bubble was painted, by its words, in `window.seen`. A text: the names that a compiler adds to functions
 * aren't known inside the page.
 */
const watchBubbles = `
  window.seen = {};
  const look = () => {
    for (const bubble of document.querySelectorAll('[data-text]')) {
      const words = /text number \\d+/.exec(bubble.textContent ?? '')?.[0];
      if (words && !(words in window.seen)) {
        window.seen[words] = -1;
        requestAnimationFrame(() => setTimeout(() => { window.seen[words] = Date.now(); }));
      }
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });`;

/** @returns milliseconds from the webhook's request to the bubble's picture, and until the provider had its answer */
export async function inboundTextBench(bench: Bench): Promise<Figures> {
  const actor = await signUp({ fullName: 'Bench Mark' });
  const workspace = await createWorkspace(actor);
  const ours = uniqueNumber('737');
  const theirs = uniqueNumber('512');
  const person = await createPerson(actor, workspace, { first_name: 'Ada', phones: [theirs] });
  const sql = postgres(bench.stack.dbUrl, { max: 1, onnotice: () => undefined });
  await sql`insert into phone_numbers (workspace_id, e164, label, is_default_sender)
    values (${workspace.id}, ${ours}, 'Main line', true)`;
  await sql.end();

  const browser = await chromium.launch({ executablePath: ensureBrowser(say), args: browserArgs });
  try {
    const page = await open(browser, bench.appUrl, actor, `/people/${person.id}`);
    await page.getByText('No texts yet.').waitFor();
    await page.evaluate(watchBubbles);
    const shown: number[] = [];
    const answered: number[] = [];
    for (let n = 0; n < texts + unmeasured; n += 1) {
      const words = `text number ${n}`;
      const from = Date.now();
      const { status } = await writeText({ from: theirs, to: ours, body: `This is ${words}` });
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
      const took = Date.now() - from;
      const seen = await page.waitForFunction(
        (wanted) => {
          const at = (window as unknown as { seen: Record<string, number> }).seen[wanted] ?? -1;
          return at > 0 ? at : false;
        },
        words,
        { timeout: limitMs, polling: 20 },
      );
      if (n < unmeasured) continue;
      answered.push(took);
      shown.push(Number(await seen.jsonValue()) - from);
    }
    const figures = { shown_ms: percentiles(shown), webhook_answered_ms: percentiles(answered) };
    bench.log(`  a text shows after ${JSON.stringify(figures.shown_ms)} ms`);
    bench.log(`  the webhook is answered after ${JSON.stringify(figures.webhook_answered_ms)} ms`);
    return { machine: machine(), texts, ...figures };
  } finally {
    await browser.close();
  }
}

async function open(browser: Browser, appUrl: string, actor: Actor, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: appUrl, viewport: { width: 1440, height: 900 } });
  const answer = await context.request.post('/api/auth/sign-in', {
    data: { email: actor.email, password: actor.password },
  });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}
