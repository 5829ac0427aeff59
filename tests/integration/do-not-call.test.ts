/** The do-not-call list over the API: added once, kept with its reason, never lifted by a file, and out again as a file. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { DoNotCallPage, ImportedList } from '@/modules/do-not-call/schema';
import { appUrl, call, type Failure } from '../support/app';
import { sql } from '../support/db';
import {
  type Actor,
  type Cast,
  createCast,
  createPerson,
  createWorkspace,
  unique,
} from '../support/factories';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

let numbers = 0;
/** One that nobody else of this file has. */
const someNumber = () => {
  numbers += 1;
  return `+1${200 + Math.floor(numbers / 100) + 12}55501${String(numbers % 100).padStart(2, '0')}`;
};
const ask = <T = Record<string, unknown>>(
  path: string,
  body?: unknown,
  method?: string,
  as: Actor = cast.member,
) => call<T>(`/api/do-not-call${path}`, { as, workspace: cast.workspace, body, method });
const add = (body: Record<string, unknown>, as?: Actor) =>
  ask<{ id: string; is_added: boolean }>('', body, 'POST', as);
const list = async (q = '') => (await ask<DoNotCallPage>(`?q=${encodeURIComponent(q)}`)).body;
const importFile = (text: string | Uint8Array, query = '') =>
  call<ImportedList & Failure>(`/api/do-not-call/import${query}`, {
    as: cast.member,
    workspace: cast.workspace,
    method: 'POST',
    body: text,
    headers: { 'content-type': 'text/csv' },
  });

describe('a number', () => {
  test('comes on the list as people write it, with who, when and why, and once', async () => {
    const number = someNumber();
    const person = await createPerson(cast.member, cast.workspace, { phones: [number] });
    const national = `(${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`;
    const { status, body } = await add({ e164: national, reason: 'Asked on the phone' });
    expect(status).toBe(201);
    const again = await add({ phone_id: body.id, reason: 'Another reason' }, cast.admin);
    expect([again.status, again.body]).toMatchObject([200, { id: body.id, is_added: false }]);
    const { rows, total } = await list(number);
    expect(total).toBe(1);
    expect(rows).toEqual([
      {
        id: body.id,
        e164: number,
        display: national,
        reason: 'Asked on the phone',
        at: expect.any(String),
        by: { id: cast.member.userId, name: expect.any(String) },
        people: [{ id: person.id, name: expect.any(String) }],
        people_count: 1,
      },
    ]);
  });

  test('is found by a part of it, by its reason and by who is behind it', async () => {
    const word = unique();
    const number = someNumber();
    await createPerson(cast.member, cast.workspace, { last_name: `Name${word}`, phones: [number] });
    await add({ e164: number, reason: `Asked 100%_${word}` });
    for (const q of [number.slice(2, 11), `100%_${word}`, `Name${word}`])
      expect((await list(q)).rows.map(({ e164 }) => e164)).toContain(number);
    expect((await list(`100x_${word}`)).rows).toEqual([]);
  });

  test('comes off it with a reason, by a person, and the log says who and why', async () => {
    const { body } = await add({ e164: someNumber(), reason: 'A mistake' });
    expect((await ask(`/${body.id}`, {}, 'DELETE')).status).toBe(400);
    expect((await ask(`/${body.id}`, { reason: 'They called back' }, 'DELETE', cast.admin)).status).toBe(204);
    expect((await ask(`/${body.id}`, { reason: 'Again' }, 'DELETE')).status).toBe(409);
    const [phone] =
      await sql()`select do_not_call, do_not_call_reason, do_not_call_by, sms_opted_out_at from phones where id = ${body.id}`;
    expect(phone).toEqual({
      do_not_call: false,
      do_not_call_reason: null,
      do_not_call_by: null,
      sms_opted_out_at: null,
    });
    const log =
      await sql()`select actor, after from audit_log where entity_id = ${body.id} and action = 'phones.lifted'`;
    expect(log).toEqual([{ actor: cast.admin.userId, after: { lifted_because: 'They called back' } }]);
  });

  test.each([
    [{ e164: '12', reason: 'x' }, 'e164'],
    [{ e164: '(212) 555-0142' }, 'reason'],
    [{ e164: '(212) 555-0142', reason: '  ' }, 'reason'],
    [{ reason: 'x' }, 'e164'],
    [{ e164: '(212) 555-0142', reason: 'x', more: 1 }, 'more'],
  ])('that is given as %j is refused at %s', async (body, field) => {
    const answer = await ask<Failure>('', body, 'POST');
    expect([answer.status, Object.keys(answer.body.error.fields ?? {})]).toEqual([400, [field]]);
  });

  test('of another workspace is neither seen nor changed', async () => {
    const { body } = await add({ e164: someNumber(), reason: 'Ours' });
    const strange = { as: cast.stranger, workspace: cast.workspace };
    for (const path of ['', '/export'])
      expect((await call(`/api/do-not-call${path}`, strange)).status).toBe(404);
    const theirs = { as: cast.stranger, workspace: cast.otherWorkspace };
    const lift = { ...theirs, method: 'DELETE', body: { reason: 'x' } };
    expect((await call(`/api/do-not-call/${body.id}`, lift)).status).toBe(404);
    const put = { ...theirs, method: 'POST', body: { phone_id: body.id, reason: 'x' } };
    expect((await call('/api/do-not-call', put)).status).toBe(404);
    expect((await call<DoNotCallPage>('/api/do-not-call', theirs)).body.rows).toEqual([]);
  });
});

test('the list is read page by page, the latest first, each number once', async () => {
  const owner = cast.stranger;
  const workspace = await createWorkspace(owner);
  const given = Array.from({ length: 7 }, someNumber);
  for (const e164 of given)
    await call('/api/do-not-call', { as: owner, workspace, body: { e164, reason: 'Asked' } });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `&cursor=${cursor}` : '';
    const { body } = await call<DoNotCallPage>(`/api/do-not-call?limit=3${query}`, { as: owner, workspace });
    seen.push(...body.rows.map(({ e164 }) => e164));
    cursor = body.next_cursor;
  } while (cursor);
  expect(seen).toEqual(given.reverse());
});

describe('a file', () => {
  test('is told line by line what became of it, and a second time adds and lifts nothing', async () => {
    const [known, first, second] = [someNumber(), someNumber(), someNumber()] as [string, string, string];
    await add({ e164: known, reason: 'Asked before' });
    const text = `Name,Phone,Reason\r\nA,${first},Registry\r\nB,${known},Registry\r\nC,front desk,\r\nD,'${second},\r\nE,${first},Twice\r\n`;
    const { status, body } = await importFile(text, '?reason=From%20a%20file');
    expect(status).toBe(200);
    expect(body.column).toBe('Phone');
    expect(body.lines.map(({ line, result }) => [line, result])).toEqual([
      [2, 'added'],
      [3, 'already'],
      [4, 'invalid'],
      [5, 'added'],
      [6, 'already'],
    ]);
    expect(body.lines[2]?.reason).toContain('holds no digits');
    expect(body.counts).toEqual({ added: 2, already: 2, invalid: 1 });
    const reasons = async () =>
      Promise.all([known, first, second].map(async (e164) => (await list(e164)).rows[0]?.reason));
    expect(await reasons()).toEqual(['Asked before', 'Registry', 'From a file']);
    const again = await importFile(text);
    expect(again.body.counts).toEqual({ added: 0, already: 4, invalid: 1 });
    expect(await reasons()).toEqual(['Asked before', 'Registry', 'From a file']);
  });

  test('of one column needs no header', async () => {
    const [first, second] = [someNumber(), someNumber()];
    const { body } = await importFile(`${first}\n${second}\n`);
    expect(body.lines.map(({ line, result }) => [line, result])).toEqual([
      [1, 'added'],
      [2, 'added'],
    ]);
  });

  test('with two columns of numbers is asked about, with their names; the chosen one is read', async () => {
    const number = someNumber();
    const text = `Name,"Phone, home",Phone 2\nA,,${number}\n`;
    const refused = await importFile(text);
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({
      fields: { column: expect.any(String) },
      current: { columns: ['Name', 'Phone, home', 'Phone 2'] },
    });
    expect((await importFile(text, '?column=phone%202')).body.counts.added).toBe(1);
    expect((await importFile(text, '?column=Phone%203')).status).toBe(400);
  });

  test.each([
    ['nothing', ''],
    ['a header alone', 'Phone\n'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d])],
  ])('that is %s is refused with a sentence', async (_: string, text: string | Uint8Array) => {
    const { status, body } = await importFile(text);
    expect(status).toBe(400);
    expect(body.error.fields?.file).toBeTruthy();
  });

  test('of 50,000 lines is on the list within seconds', async () => {
    const lines = Array.from(
      { length: 50_000 },
      (_, n) => `+1${213 + Math.floor(n / 10_000)}556${String(n % 10_000).padStart(4, '0')}`,
    );
    const begun = performance.now();
    const { status, body } = await importFile(`Phone\n${lines.join('\n')}\n`);
    const seconds = (performance.now() - begun) / 1000;
    expect([status, body.counts]).toEqual([200, { added: 50_000, already: 0, invalid: 0 }]);
    expect(body.lines).toHaveLength(50_000);
    // far above what it takes: it says that nothing goes line by line
    expect(seconds).toBeLessThan(120);
  }, 180_000);
});

test('the file that comes out holds each number with a plain cell in any spreadsheet, and goes in again', async () => {
  const workspace = await createWorkspace(cast.stranger);
  const as = { as: cast.stranger, workspace };
  const number = someNumber();
  await createPerson(cast.stranger, workspace, { first_name: 'Ana', last_name: 'Ruiz', phones: [number] });
  await call('/api/do-not-call', { ...as, body: { e164: number, reason: '=HYPERLINK("x")' } });
  const response = await fetch(`${appUrl()}/api/do-not-call/export`, {
    headers: { authorization: `Bearer ${cast.stranger.token}`, 'x-workspace-id': workspace.id },
  });
  expect(response.headers.get('content-type')).toContain('text/csv');
  expect(response.headers.get('content-disposition')).toContain('.csv');
  const text = await response.text();
  const [header, line] = text.replace('\ufeff', '').split('\r\n');
  expect(header).toBe('E.164,Number,Reason,Since,By,People');
  expect(line).toContain(`'${number},`);
  expect(line).toContain(`'=HYPERLINK`);
  expect(line).toContain('Ana Ruiz');
  const other = await createWorkspace(cast.stranger);
  const { body } = await call<ImportedList>('/api/do-not-call/import', {
    as: cast.stranger,
    workspace: other,
    method: 'POST',
    body: text,
  });
  expect([body.column, body.counts.added]).toEqual(['E.164', 1]);
  const { body: page } = await call<DoNotCallPage>('/api/do-not-call', {
    as: cast.stranger,
    workspace: other,
  });
  expect(page.rows[0]).toMatchObject({ e164: number, reason: '=HYPERLINK("x")' });
});
