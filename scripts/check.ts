/**
 * `npm run check`: what must hold of the code before it is shared. Each step is printed with its result; the last line is
 * `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT, supabaseCli } from '../supabase/local/database';
import { withTemporaryStack } from '../supabase/local/temporary';
import { databaseTypes } from '../supabase/local/types';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** The file behind a command of an installed package. */
function commandOf(name: string, command = name): string {
  const manifest = join(PROJECT_ROOT, 'node_modules', name, 'package.json');
  const { bin } = createRequire(import.meta.url)(manifest) as { bin: string | Record<string, string> };
  const path = typeof bin === 'string' ? bin : bin[command];
  if (!path) throw new Error(`${name} has no command ${command}`);
  return join(dirname(manifest), path);
}

/** @throws {Error} with what the tool printed, where it fails */
async function tool(name: string, args: string[], command?: string): Promise<void> {
  const child = spawn(process.execPath, [commandOf(name, command), ...args], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
  if (code !== 0) throw new Error(output.trim());
}

/** Rooms that ship to production, and the two files in them that may read the environment. */
const rooms = ['app', 'components', 'lib', 'modules', 'proxy.ts', 'instrumentation.ts'];
const readers = new Set(['lib/env.ts', 'instrumentation.ts']);

/** Settings are read in one place, so that a missing one is named at the start and not met in the middle of the night. */
async function environmentIsReadInOnePlace(): Promise<void> {
  const found: string[] = [];
  for (const room of rooms) {
    const entries = room.endsWith('.ts')
      ? [room]
      : (await readdir(join(PROJECT_ROOT, room), { recursive: true })).map((name) => join(room, name));
    for (const path of entries) {
      if (!/\.tsx?$/.test(path) || /\.test\.tsx?$/.test(path) || readers.has(path)) continue;
      const lines = (await readFile(join(PROJECT_ROOT, path), 'utf8')).split('\n');
      lines.forEach((line, index) => {
        // NODE_ENV is no setting: the build replaces it
        if (/process\.env\b(?!\.NODE_ENV\b)/.test(line)) found.push(`${path}:${index + 1}: ${line.trim()}`);
      });
    }
  }
  if (found.length > 0) throw new Error(`Only lib/env.ts reads the environment:\n${found.join('\n')}`);
}

async function advisors(): Promise<void> {
  await withTemporaryStack((stack) =>
    supabaseCli([
      'db',
      'advisors',
      `--remote=${stack.dbUrl}?sslmode=disable`,
      '--level',
      'warn',
      '--fail-on',
      'warn',
    ]),
  );
}

const sources = [
  'app',
  'components',
  'lib',
  'modules',
  'scripts',
  'supabase/local',
  'tests',
  'proxy.ts',
  'instrumentation.ts',
];

const steps: [name: string, run: () => Promise<void>][] = [
  ['format and lint', () => tool('@biomejs/biome', ['ci', '--colors=off', '.'], 'biome')],
  [
    'types',
    async () => {
      await tool('next', ['typegen']);
      await tool('typescript', ['--noEmit', '-p', '.'], 'tsc');
    },
  ],
  [
    'who imports whom',
    () => tool('dependency-cruiser', ['--config', '.dependency-cruiser.cjs', ...sources], 'depcruise'),
  ],
  ['settings are read in one place', environmentIsReadInOnePlace],
  ['dead code', () => tool('knip', [])],
  ['database advisors', advisors],
  ['types in step with the schema', () => databaseTypes(true)],
];

let passed = 0;
let failed = 0;
for (const [name, run] of steps) {
  const started = performance.now();
  const failure = await run().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${failure === null ? 'pass' : 'FAIL'}  ${name} (${seconds} s)`);
  if (failure === null) passed += 1;
  else {
    failed += 1;
    say(failure.replaceAll(/^/gm, '      '));
  }
}
say(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
