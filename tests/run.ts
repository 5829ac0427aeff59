/**
 * `npm test [-- unit db integration e2e]`: every kind of test, one after the other, on one local stack and one production
 * build of the app. The last line of the output is `N passed, N failed`, summed over all of them.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../supabase/local/database';
import { ensureBrowser } from './support/browser';
import { provideStack } from './support/stack';
import { stackVariable } from './support/stack-variable';

const kinds = ['unit', 'db', 'integration', 'e2e'] as const;
type Kind = (typeof kinds)[number];
type Tally = { passed: number; failed: number };

const say = (line: string) => void process.stdout.write(`${line}\n`);
const binary = (name: string) => createRequire(import.meta.url).resolve(name);

/** Runs a runner with its output on the terminal. */
function run(file: string, args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** A runner that fails without a failed test (a file that doesn't load, a set-up that breaks) counts as one failure. */
const atLeastOne = (tally: Tally, code: number): Tally =>
  code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;

async function vitest(kind: Kind, dir: string): Promise<Tally> {
  const output = join(dir, `${kind}.json`);
  const args = [
    'run',
    '--project',
    kind,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
  ];
  const code = await run(join(PROJECT_ROOT, 'node_modules/vitest/vitest.mjs'), args, {});
  const report = await readFile(output, 'utf8').then(
    (text) => JSON.parse(text) as { numPassedTests: number; numFailedTests: number },
    () => ({ numPassedTests: 0, numFailedTests: 0 }),
  );
  return atLeastOne({ passed: report.numPassedTests, failed: report.numFailedTests }, code);
}

async function playwright(dir: string): Promise<Tally> {
  const output = join(dir, 'e2e.json');
  const code = await run(binary('@playwright/test/cli'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: output,
    PLAYWRIGHT_CHROMIUM_PATH: ensureBrowser(say),
  });
  const report = await readFile(output, 'utf8').then(
    (text) => JSON.parse(text) as { stats: { expected: number; unexpected: number; flaky: number } },
    () => ({ stats: { expected: 0, unexpected: 0, flaky: 0 } }),
  );
  const { expected, unexpected, flaky } = report.stats;
  // a test that passes at the second try has failed
  return atLeastOne({ passed: expected, failed: unexpected + flaky }, code);
}

async function main(): Promise<number> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !kinds.some((kind) => kind === name));
  if (unknown.length > 0) {
    say(`There are no ${unknown.join(', ')} tests. Say some of: ${kinds.join(', ')}.`);
    return 1;
  }
  const wanted = kinds.filter((kind) => asked.length === 0 || asked.includes(kind));
  const dir = await mkdtemp(join(tmpdir(), 'freehold-results-'));
  const tallies: Partial<Record<Kind, Tally>> = {};
  let stop = async () => {};
  try {
    for (const kind of wanted) {
      say(`\n${kind}`);
      try {
        if (kind !== 'unit' && !process.env[stackVariable]) {
          const needsApp = wanted.includes('integration') || wanted.includes('e2e');
          const provided = await provideStack({ needsApp });
          process.env[stackVariable] = JSON.stringify(provided.stack);
          stop = provided.stop;
        }
        tallies[kind] = kind === 'e2e' ? await playwright(dir) : await vitest(kind, dir);
      } catch (error) {
        say(error instanceof Error ? (error.stack ?? error.message) : String(error));
        tallies[kind] = { passed: 0, failed: 1 };
      }
    }
  } finally {
    await stop();
    await rm(dir, { recursive: true, force: true });
  }
  say('');
  const sum: Tally = { passed: 0, failed: 0 };
  for (const [kind, { passed, failed }] of Object.entries(tallies)) {
    say(`${kind.padEnd(12)} ${passed} passed, ${failed} failed`);
    sum.passed += passed;
    sum.failed += failed;
  }
  say(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed > 0 ? 1 : 0;
}

process.exit(await main());
