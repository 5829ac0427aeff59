/** Finds a browser for the end-to-end tests, or installs one: machines differ in where they may get it from. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Chromium as it runs in a container: as root there is no sandbox, and it phones nobody. */
export const browserArgs = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A browser that is on this machine: the one `PLAYWRIGHT_CHROMIUM_PATH` names, a Chromium or Chrome of the system, or
 * Playwright's own.
 * @returns its executable, or null where there is none
 */
export function findBrowser(): string | null {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`PLAYWRIGHT_CHROMIUM_PATH names ${named}, which isn't there.`);
    return named;
  }
  const own = chromium.executablePath();
  return places.find((path) => existsSync(path)) ?? (own && existsSync(own) ? own : null);
}

/**
 * A browser, installed where there is none: Playwright's, else Debian's package when that is ours to install.
 * @param say told which one it is and where it comes from
 * @throws {Error} that says what to do, where neither works
 */
export function ensureBrowser(say: (line: string) => void): string {
  const present = findBrowser();
  if (present) {
    say(`Browser: ${present}`);
    return present;
  }
  const attempts: [what: string, command: string, args: string[]][] = [
    ['Playwright’s Chromium', 'npx', ['playwright', 'install', 'chromium']],
    ...(process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
      ? ([
          [
            'Debian’s chromium',
            'sh',
            ['-c', 'apt-get update && apt-get install -y --no-install-recommends chromium'],
          ],
        ] as [string, string, string[]][])
      : []),
  ];
  for (const [what, command, args] of attempts) {
    say(`No browser here; installing ${what}`);
    spawnSync(command, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 300_000,
    });
    const installed = findBrowser();
    if (installed) {
      say(`Browser: ${installed}`);
      return installed;
    }
  }
  throw new Error(
    'No browser for the end-to-end tests: install Chromium and set PLAYWRIGHT_CHROMIUM_PATH to its executable.',
  );
}
