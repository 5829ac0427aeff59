import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const outside = ['**/node_modules/**', '**/.next*/**', '.local/**'];

/** `server-only` throws outside a React server build; in tests, as on the server, it says nothing. */
const alias = { '@': root.replace(/\/$/, ''), 'server-only': `${root}node_modules/server-only/empty.js` };

const withStack = {
  globalSetup: ['tests/support/vitest-stack.ts'],
  setupFiles: ['tests/support/vitest-worker.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // the machine's cores are shared with a database and an app
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: [
            '{app,components,lib,modules,scripts,supabase}/**/*.test.{ts,tsx}',
            'tests/{bench,support}/*.test.ts',
          ],
          exclude: outside,
        },
      },
      { resolve: { alias }, test: { name: 'db', include: ['tests/db/**/*.test.ts'], ...withStack } },
      {
        resolve: { alias },
        test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...withStack },
      },
    ],
  },
});
