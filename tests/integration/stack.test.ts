import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { createTransport } from 'nodemailer';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { postgresDataDir } from '../../supabase/local/postgres-home';
import { isPortFree, type ProcessIdentity } from '../../supabase/local/processes';
import {
  findRunningStack,
  freePorts,
  reloadRunningStack,
  type StackAddress,
  type StackPorts,
  startStack,
} from '../../supabase/local/stack';

const CLI = fileURLToPath(new URL('../../supabase/local/cli.ts', import.meta.url));
vi.setConfig({ testTimeout: 40_000 });

const WAIT = { timeout: 25_000, interval: 50 };

let dataDir: string;
let ports: StackPorts;
let cli: ChildProcess;
let stack: StackAddress;

/** Runs the command a person would run; resolves once it says that it is ready. */
async function startCli(): Promise<void> {
  cli = spawn(process.execPath, ['--import', 'tsx', CLI, 'stack'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      STACK_DATA_DIR: dataDir,
      PORT: String(ports.app),
      STACK_PORT: String(ports.gateway),
      STACK_DB_PORT: String(ports.db),
      STACK_LITE_PORT: String(ports.lite),
      STACK_MAIL_PORT: String(ports.mail),
      STACK_SMTP_PORT: String(ports.smtp),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    cli.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ready.')) resolve();
    });
    cli.once('exit', () => reject(new Error(said)));
  });
  const found = findRunningStack(dataDir);
  if (!found) throw new Error('the stack left no stack.json');
  stack = found;
}

function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function withSql<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(stack.dbUrl, { max: 1, onnotice: () => undefined, connect_timeout: 5 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const keep = (note: string) => withSql((sql) => sql`insert into kept (note) values (${note})`);
const kept = () =>
  withSql(async (sql) =>
    (await sql<{ note: string }[]>`select note from kept order by id`).map((row) => row.note),
  );

function client(): SupabaseClient {
  return createClient(stack.url, stack.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
}

async function signUp(name: string): Promise<{ supabase: SupabaseClient; userId: string }> {
  const supabase = client();
  const { data, error } = await supabase.auth.signUp({
    email: `${name}@mail.example`,
    password: 'long-enough-1',
  });
  if (error || !data.user) throw error ?? new Error('no user');
  return { supabase, userId: data.user.id };
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'freehold-stack-test-'));
  ports = await freePorts();
  await startCli();
  await withSql(async (sql) => {
    await sql`create table kept (id bigint generated always as identity primary key, note text)`;
    await sql.unsafe(`create function public.echo(value jsonb) returns jsonb language plpgsql as $$ begin
        if value->>'fail' is not null then
          raise sqlstate 'PT404' using message = 'not here';
        end if;
        return jsonb_build_object('type', jsonb_typeof(value), 'value', value, 'who', auth.uid(),
          'header', current_setting('request.headers', true)::jsonb->>'x-test');
      end $$;
      grant execute on function public.echo to authenticated;`);
    await sql`insert into storage.buckets (id, name) values ('stack-test', 'stack-test')`;
    await sql`create policy stack_test on storage.objects for all to authenticated
      using (bucket_id = 'stack-test') with check (bucket_id = 'stack-test')`;
    await sql`create policy stack_test on realtime.messages for select to authenticated
      using (realtime.topic() = 'stack-test:' || (select auth.uid())::text)`;
  });
  await reloadRunningStack(stack);
}, 60_000);

afterAll(async () => {
  cli.kill('SIGTERM');
  await exitOf(cli);
  await rm(postgresDataDir(dataDir), { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}, 20_000);

describe('what a client sees is what a hosted project shows', () => {
  test('access tokens verify against the public key set, without asking the server', async () => {
    const { supabase, userId } = await signUp('claims');
    const { data } = await supabase.auth.getClaims();
    expect(data?.header.alg).toBe('ES256');
    expect(data?.claims.sub).toBe(userId);
    const { data: user } = await supabase.auth.getUser();
    expect(user.user?.id).toBe(userId);
  });

  test('a forged token is refused', async () => {
    const { supabase } = await signUp('forger');
    const { data } = await supabase.auth.getSession();
    const [head, payload = '', signature] = (data.session?.access_token ?? '').split('.');
    const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), role: 'service_role' };
    const forged = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    const response = await fetch(`${stack.url}/auth/v1/user`, {
      headers: { apikey: stack.publishableKey, authorization: `Bearer ${forged}` },
    });
    expect(response.status).toBe(401);
  });

  test('a file goes up as a Blob and comes back by a signed URL, type and bytes unchanged', async () => {
    const { supabase } = await signUp('files');
    const bucket = supabase.storage.from('stack-test');
    const content = '\u00e4,b\r\n\r\n--1,2\r\n';
    const up = await bucket.upload('in/list.csv', new Blob([content], { type: 'text/csv' }));
    expect(up.error).toBeNull();
    const { data: signed } = await bucket.createSignedUrl('in/list.csv', 60);
    const response = await fetch(signed?.signedUrl ?? '');
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(await response.text()).toBe(content);
    const { data: several } = await bucket.createSignedUrls(['in/list.csv', 'in/none.csv'], 60);
    expect(several?.map((one) => one.error === null)).toEqual([true, false]);
  });

  test('a signed upload URL takes a file', async () => {
    const { supabase } = await signUp('signed-upload');
    const bucket = supabase.storage.from('stack-test');
    const { data } = await bucket.createSignedUploadUrl('in/later.csv');
    const up = await bucket.uploadToSignedUrl(
      'in/later.csv',
      data?.token ?? '',
      new Blob(['x,y'], { type: 'text/csv' }),
    );
    expect(up.error).toBeNull();
    expect(await (await bucket.download('in/later.csv')).data?.text()).toBe('x,y');
  });

  test('somebody without a session stores nothing', async () => {
    const { error } = await client()
      .storage.from('stack-test')
      .upload('no.csv', new Blob(['x']));
    expect(error?.message).toContain('row-level security');
  });

  test('a private broadcast, small or large, reaches who may read it and nobody else', async () => {
    const permitted = await signUp('permitted');
    const stranger = await signUp('stranger');
    const topic = `stack-test:${permitted.userId}`;
    const heard: { event: string; payload: Record<string, unknown> }[] = [];
    const join = (who: SupabaseClient) =>
      new Promise<string>((resolve) => {
        void who.realtime.setAuth().then(() => {
          who
            .channel(topic, { config: { private: true } })
            .on('broadcast', { event: '*' }, ({ event, payload }) => heard.push({ event, payload }))
            .subscribe((status) => resolve(status));
        });
      });
    expect(await join(permitted.supabase)).toBe('SUBSCRIBED');
    expect(await join(stranger.supabase)).toBe('CHANNEL_ERROR');
    const large = '\u00e9'.repeat(20_000);
    await withSql(async (sql) => {
      await sql`select realtime.send('{"n": 1}'::jsonb, 'changed', ${topic}, true)`;
      await sql`select realtime.send(jsonb_build_object('text', ${large}::text), 'large', ${topic}, true)`;
      await sql`select realtime.send('{}'::jsonb, 'changed', 'stack-test:other', true)`;
    });
    await vi.waitFor(() => expect(heard.map((one) => one.event).sort()).toEqual(['changed', 'large']), WAIT);
    expect(heard.find((one) => one.event === 'large')?.payload.text).toBe(large);
    await Promise.all([permitted, stranger].map(({ supabase }) => supabase.realtime.disconnect()));
  });

  test('a reset mail arrives with a link that signs in once and leads back to where it was asked', async () => {
    await signUp('forgot');
    const next = `${stack.env.APP_URL}/reset?from=mail`;
    await client().auth.resetPasswordForEmail('forgot@mail.example', { redirectTo: next });
    const response = await fetch(`${stack.mailUrl}/api/messages?to=forgot@mail.example`);
    const mails = (await response.json()) as { id: string; links: string[] }[];
    const link = new URL(mails[0]?.links[0] ?? '');
    expect(link.origin + link.pathname).toBe(`${stack.env.APP_URL}/auth/confirm`);
    expect(link.searchParams.get('next')).toBe(next);
    const hash = link.searchParams.get('token_hash') ?? '';
    const verify = () => client().auth.verifyOtp({ type: 'recovery', token_hash: hash });
    expect((await verify()).data.session).not.toBeNull();
    expect((await verify()).data.session).toBeNull();
  });

  test('the catcher takes any mail and its page shows hostile HTML harmlessly', async () => {
    const transport = createTransport(stack.smtpUrl);
    await transport.sendMail({
      from: 'a@mail.example',
      to: 'caught@mail.example',
      subject: '<script>alert(1)</script>',
      html: '<p>Hello</p><script>alert(2)</script>',
    });
    const mails = (await (await fetch(`${stack.mailUrl}/api/messages?to=CAUGHT@mail.example`)).json()) as {
      id: string;
    }[];
    expect(mails).toHaveLength(1);
    const page = await (await fetch(`${stack.mailUrl}/messages/${mails[0]?.id}`)).text();
    expect(page).not.toContain('<script>');
    expect(page).toMatch(/<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  });

  test('a function gets JSON arguments as JSON, the caller and the headers, and can answer 404', async () => {
    const { supabase, userId } = await signUp('echo');
    const value = { rows: [{ name: '\u00e9"\\' }], n: 1 };
    const { data } = await supabase.rpc('echo', { value }).setHeader('x-test', 'yes');
    expect(data).toEqual({ type: 'object', value, who: userId, header: 'yes' });
    const failed = await supabase.rpc('echo', { value: { fail: 1 } });
    expect([failed.status, failed.error?.message]).toEqual([404, 'not here']);
  });

  test('tables are closed until a migration grants them', async () => {
    const { supabase } = await signUp('grants');
    const { error } = await supabase.from('kept').select('note');
    expect(error).not.toBeNull();
  });
});

describe('the stack is hard to break', () => {
  test('a second one on the same directory is refused in one sentence', async () => {
    const second = startStack({ dataDir, ports: await freePorts(), log: () => undefined });
    await expect(second).rejects.toThrow(
      /^Another local stack \(process \d+\) already uses .*STACK_DATA_DIR/,
    );
  });

  test('a taken port is named, with who wants it and the variable to set', async () => {
    const other = await mkdtemp(join(tmpdir(), 'freehold-stack-test-'));
    const wanted = await freePorts();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(wanted.gateway, '127.0.0.1', resolve));
    await expect(startStack({ dataDir: other, ports: wanted, log: () => undefined })).rejects.toThrow(
      new RegExp(`^Port ${wanted.gateway} is taken, but the local Supabase needs it; .*STACK_PORT`),
    );
    squatter.close();
    await rm(other, { recursive: true, force: true });
  });

  test('Postgres killed with -9 comes back with every committed row, and Realtime hears it again', async () => {
    await keep('before postgres was killed');
    const { supabase, userId } = await signUp('listener');
    const topic = `stack-test:${userId}`;
    const heard: string[] = [];
    await supabase.realtime.setAuth();
    await new Promise<void>((resolve) => {
      supabase
        .channel(topic, { config: { private: true } })
        .on('broadcast', { event: '*' }, ({ event }) => heard.push(event))
        .subscribe(() => resolve());
    });
    const pid = Number(readFileSync(join(postgresDataDir(dataDir), 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => expect(await kept()).toContain('before postgres was killed'), WAIT);
    await vi.waitFor(async () => expect((await fetch(`${stack.url}/health`)).status).toBe(200), WAIT);
    expect((await supabase.auth.getUser()).error).toBeNull();
    await vi.waitFor(async () => {
      await withSql((sql) => sql`select realtime.send('{}'::jsonb, 'again', ${topic}, true)`);
      expect(heard).toContain('again');
    }, WAIT);
    await supabase.realtime.disconnect();
  });

  test('the Data API killed with -9 comes back, and requests meanwhile wait instead of failing', async () => {
    const children = JSON.parse(readFileSync(join(dataDir, 'children.json'), 'utf8')) as ProcessIdentity[];
    const api = children.findLast((child) => child.command.includes('lite/server.ts'));
    process.kill(api?.pid ?? 0, 'SIGKILL');
    await vi.waitFor(
      async () => expect(await (await fetch(`${stack.url}/health`)).json()).toMatchObject({ api: false }),
      WAIT,
    );
    const { supabase } = await signUp('after-api');
    expect((await supabase.auth.getUser()).error).toBeNull();
  });

  test('the command itself killed with -9 frees every port, and the next start has the data and the same keys', async () => {
    await keep('before the command was killed');
    const before = stack;
    cli.kill('SIGKILL');
    await exitOf(cli);
    await vi.waitFor(async () => {
      const free = await Promise.all(
        [ports.gateway, ports.db, ports.lite, ports.mail, ports.smtp].map(isPortFree),
      );
      expect(free).toEqual([true, true, true, true, true]);
    }, WAIT);
    await startCli();
    expect(await kept()).toContain('before the command was killed');
    expect(stack.publishableKey).toBe(before.publishableKey);
  });

  test('the command and the Data API killed at once leave a Postgres that the next start takes over', async () => {
    const children = JSON.parse(readFileSync(join(dataDir, 'children.json'), 'utf8')) as ProcessIdentity[];
    cli.kill('SIGKILL');
    for (const child of children)
      if (child.command.includes('lite/server.ts')) process.kill(child.pid, 'SIGKILL');
    await exitOf(cli);
    expect(await isPortFree(ports.db)).toBe(false);
    await startCli();
    expect(await kept()).toContain('before the command was killed');
  });

  test('SIGTERM stops every part within seconds', async () => {
    const began = Date.now();
    cli.kill('SIGTERM');
    await exitOf(cli);
    expect(Date.now() - began).toBeLessThan(8000);
    const free = await Promise.all(
      [ports.gateway, ports.db, ports.lite, ports.mail, ports.smtp].map(isPortFree),
    );
    expect(free).toEqual([true, true, true, true, true]);
    expect(findRunningStack(dataDir)).toBeNull();
  });
});
