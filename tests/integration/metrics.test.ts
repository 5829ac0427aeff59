/** What /api/owners/metrics and its rows promise to those who use them. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { type Actor, type Cast, createCast, createPerson, createProperty } from '../support/factories';

type Value = { value: number | null; hits: number; count: number };
type Metric = Value & { weeks: (Value & { week: string })[]; people: (Value & { id: string | null })[] };
type Metrics = { days: number } & Record<'contact_rate' | 'approval_rate' | 'cycle_time_days', Metric>;
type Row = { id: string; is_hit: boolean; person?: { id: string }; property?: { id: string } };
type Page = { rows: Row[]; nextCursor: string | null; summary?: Value; people?: Value[] };

let cast: Cast;
let person: { id: string };
let property: { id: string };
let card: string;

const ask = <T = Page>(path: string, as: Actor = cast.member) =>
  call<T>(`/api/owners/metrics${path}`, { as, workspace: cast.workspace });

beforeAll(async () => {
  cast = await createCast();
  [person, property] = await Promise.all([
    createPerson(cast.member, cast.workspace),
    createProperty(cast.member, cast.workspace),
  ]);
  for (const outcome of ['interested', 'no_answer', 'no_answer', 'follow_up', 'left_vm'])
    await call('/api/activities', {
      as: cast.member,
      workspace: cast.workspace,
      body: { kind: 'call', outcome, person_id: person.id },
    });
  const { data, error } = await cast.member.supabase.rpc('add_to_board', {
    workspace: cast.workspace.id,
    pipeline: null,
    stage: null,
    properties: [property.id],
  } as never);
  if (error) throw error;
  card = (data as unknown as { added: string[] }).added[0] ?? '';
});

describe('the figures', () => {
  test('come from what was logged and moved, at once', async () => {
    const { status, body } = await ask<Metrics>('');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      days: 30,
      contact_rate: { value: 40, hits: 2, count: 5, people: [{ id: cast.member.userId, count: 5 }] },
      approval_rate: { value: 0, hits: 0, count: 1 },
      cycle_time_days: { value: null, count: 0 },
    });
    expect(body.contact_rate.weeks).toHaveLength(12);
    expect(body.contact_rate.weeks.at(-1)).toMatchObject({ count: 5 });
  });

  test.each(['0', '400', '1.5', 'many', ''])('of %j days are refused at the field', async (days) => {
    const { status, body } = await ask<Failure>(`?days=${days}`);
    expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, ['days']]);
  });
});

describe('the rows of a figure', () => {
  test('are those it counts, page by page, each with what it is about', async () => {
    const first = (await ask('/rows?figure=contact_rate&limit=3')).body;
    expect(first.summary).toEqual({ value: 40, hits: 2, count: 5 });
    const { body: rest } = await ask(`/rows?figure=contact_rate&limit=3&cursor=${first.nextCursor}`);
    expect([first.rows.length, rest.rows.length, rest.nextCursor, rest.summary]).toEqual([
      3,
      2,
      null,
      undefined,
    ]);
    const rows = [...first.rows, ...rest.rows];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(5);
    expect(rows.every((row) => row.person?.id === person.id)).toBe(true);
  });

  test('are narrowed by result, person and week', async () => {
    const { body: metrics } = await ask<Metrics>('');
    const week = metrics.contact_rate.weeks.at(-1)?.week;
    const count = async (search: string) =>
      (await ask(`/rows?figure=contact_rate&${search}`)).body.rows.length;
    expect(await count('result=hit')).toBe(2);
    expect(await count('result=miss')).toBe(3);
    expect(await count(`by=${cast.member.userId}&week=${week}`)).toBe(5);
    expect(await count(`by=${cast.admin.userId}`)).toBe(0);
    expect(await count('period=previous')).toBe(0);
    expect(await count('week=2020-W10')).toBe(0);
  });

  test('of a rate of cards are cards, assigned or not', async () => {
    const { body } = await ask('/rows?figure=approval_rate&by=none');
    expect(body.rows).toMatchObject([{ id: card, is_hit: false, property: { id: property.id } }]);
  });

  test.each([
    ['', 'figure'],
    ['figure=churn', 'figure'],
    ['figure=contact_rate&week=2025-W53', 'week'],
    ['figure=contact_rate&week=2026-W47&days=30', 'week'],
    ['figure=contact_rate&by=me', 'by'],
    ['figure=contact_rate&result=1', 'result'],
    ['figure=contact_rate&period=next', 'period'],
    ['figure=contact_rate&limit=1000', 'limit'],
    ['figure=contact_rate&cursor=abc', 'cursor'],
    ['figure=contact_rate&sql=drop', 'sql'],
  ])('asked for by ?%s name the wrong field', async (search, field) => {
    const { status, body } = await ask<Failure>(`/rows?${search}`);
    expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, [field]]);
  });

  test('of a forged cursor are a wrong request, not a failure', async () => {
    const cursor = Buffer.from(JSON.stringify(['at', 'desc', 'soon', randomUUID()])).toString('base64url');
    expect((await ask(`/rows?figure=contact_rate&cursor=${cursor}`)).status).toBe(400);
  });
});

test.each(['', '/rows?figure=contact_rate'])(
  'a stranger finds nothing at %j, and nobody gets in',
  async (path) => {
    expect((await ask(path, cast.stranger)).status).toBe(404);
    expect((await call(`/api/owners/metrics${path}`, { workspace: cast.workspace })).status).toBe(401);
  },
);
