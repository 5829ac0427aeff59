/** What a browser loads for the people list the first time, and when it can be used. */
import { chromium } from '@playwright/test';
import { browserArgs, ensureBrowser } from '../support/browser';
import { createPerson, createWorkspace, signUp } from '../support/factories';
import { type Bench, type Figures, machine, percentiles, say } from './harness';

const visits = 5;
const longTaskMs = 50;
const quietMs = 1000;

/** @returns kilobytes of script as they came, compressed, and milliseconds from navigation to a page that answers */
export async function loadBench(bench: Bench): Promise<Figures> {
  const actor = await signUp({ fullName: 'Bench Mark' });
  const workspace = await createWorkspace(actor);
  for (let n = 0; n < 60; n++)
    await createPerson(actor, workspace, { title: 'Partner', phones: [], tags: ['investor'] });
  const browser = await chromium.launch({ executablePath: ensureBrowser(say), args: browserArgs });
  try {
    const script: number[] = [];
    const later: number[] = [];
    const total: number[] = [];
    const painted: number[] = [];
    const interactive: number[] = [];
    let files: { url: string; kb: number; isFirst: boolean }[] = [];
    for (let visit = 0; visit < visits; visit++) {
      // a context of its own has an empty cache: each visit is a first one
      const context = await browser.newContext({
        baseURL: bench.appUrl,
        viewport: { width: 1440, height: 900 },
      });
      const signedIn = await context.request.post('/api/auth/sign-in', {
        data: { email: actor.email, password: actor.password },
      });
      if (!signedIn.ok()) throw new Error(`sign-in: ${signedIn.status()}`);
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      const kinds = new Map<string, { url: string; isScript: boolean; headBytes: number }>();
      const ofDocument = new Set<string>();
      let scriptBytes = 0;
      let laterBytes = 0;
      let allBytes = 0;
      files = [];
      // what the document itself names is the first load; parts that come lazily, or ahead for other pages, are counted apart
      devtools.on('Network.requestWillBeSent', ({ requestId, initiator }) => {
        if (initiator.type === 'parser') ofDocument.add(requestId);
      });
      devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
        // what has come by now is the answer's head
        const headBytes = response.encodedDataLength;
        kinds.set(requestId, { url: response.url, isScript: type === 'Script', headBytes });
      });
      devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        allBytes += encodedDataLength;
        const kind = kinds.get(requestId);
        if (!kind?.isScript) return;
        const bytes = encodedDataLength - kind.headBytes;
        if (ofDocument.has(requestId)) scriptBytes += bytes;
        else laterBytes += bytes;
        files.push({
          isFirst: ofDocument.has(requestId),
          url: new URL(kind.url).pathname,
          kb: Math.round(bytes / 100) / 10,
        });
      });
      await page.addInitScript(() => {
        const tasks: { end: number }[] = [];
        Object.assign(window, { longTasks: tasks });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) tasks.push({ end: entry.startTime + entry.duration });
        }).observe({ type: 'longtask', buffered: true });
      });
      await page.goto('/people');
      await page.getByRole('row').nth(5).waitFor();
      // React leaves its mark on an element once it answers to it
      const hydrated = await page.waitForFunction(
        () => {
          const control = document.querySelector('main button, main input');
          return control && Object.keys(control).some((key) => key.startsWith('__reactProps'))
            ? performance.now()
            : false;
        },
        undefined,
        { polling: 'raf' },
      );
      const hydratedMs = Number(await hydrated.jsonValue());
      await page.waitForTimeout(quietMs);
      const { firstPaintMs, lastLongTaskMs } = await page.evaluate(() => ({
        firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
        lastLongTaskMs: Math.max(
          0,
          ...(window as unknown as { longTasks: { end: number }[] }).longTasks.map((task) => task.end),
        ),
      }));
      script.push(scriptBytes / 1000);
      later.push(laterBytes / 1000);
      total.push(allBytes / 1000);
      painted.push(firstPaintMs);
      interactive.push(Math.max(hydratedMs, lastLongTaskMs));
      await context.close();
    }
    const figures = {
      machine: machine(),
      script_kb: percentiles(script).p50,
      script_later_kb: percentiles(later).p50,
      all_kb: percentiles(total).p50,
      first_contentful_paint_ms: percentiles(painted).p50,
      // hydrated, and no task over 50 ms after that: https://web.dev/articles/tti
      interactive_ms: percentiles(interactive).p50,
      long_task_ms: longTaskMs,
      visits,
    };
    for (const file of files.sort((a, b) => b.kb - a.kb))
      bench.log(`  ${String(file.kb).padStart(7)} kB ${file.isFirst ? 'first' : 'later'} ${file.url}`);
    bench.log(
      `  ${figures.script_kb} kB of script (${figures.script_later_kb} kB later), interactive after ${figures.interactive_ms} ms`,
    );
    return figures;
  } finally {
    await browser.close();
  }
}
