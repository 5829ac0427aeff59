/** Crons of a server that was given no secret: a second copy of the app, on the same stack. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../supabase/local/stack';
import { startBuiltApp } from '../support/app-server';
import { testStack } from '../support/stack';

let app: Awaited<ReturnType<typeof startBuiltApp>>;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'freehold-test-'));
  const { app: port } = await freePorts();
  app = await startBuiltApp({ dataDir, port, env: { ...testStack().env, CRON_SECRET: '' } });
}, 300_000);
afterAll(async () => {
  await app.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('with no secret set on the server every cron is refused, whatever the caller shows', async () => {
  const { crons } = JSON.parse(await readFile('vercel.json', 'utf8')) as { crons: { path: string }[] };
  expect(crons.length).toBeGreaterThan(0);
  const shown = [undefined, 'Bearer ', 'Bearer undefined', `Bearer ${testStack().env.CRON_SECRET}`];
  for (const { path } of crons)
    for (const authorization of shown) {
      const answer = await fetch(`${app.url}${path}`, { headers: authorization ? { authorization } : {} });
      const { error } = (await answer.json()) as { error: { code: string } };
      expect([path, authorization, answer.status, error.code]).toEqual([
        path,
        authorization,
        401,
        'unauthenticated',
      ]);
    }
});
