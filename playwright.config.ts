import { defineConfig, devices } from '@playwright/test';
import { browserArgs, findBrowser } from './tests/support/browser';
import { stackVariable } from './tests/support/stack-variable';

// read anew in every worker, after the global set-up has started the app
const noted = process.env[stackVariable];
const baseURL = noted ? ((JSON.parse(noted) as { appUrl: string | null }).appUrl ?? undefined) : undefined;
const executablePath = findBrowser() ?? undefined;

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/playwright-stack.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath, args: browserArgs },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
