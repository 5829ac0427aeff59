/** What the figures count, at fixed instants: the functions behind the API take the moment they are seen at. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asActor, sql, sqlstateOf } from '../support/db';
import {
  type Actor,
  addMember,
  createProperty,
  createWorkspace,
  signUp,
  type Workspace,
} from '../support/factories';

type Value = { value: number | null; hits: number; count: number };
type Metric = Value & {
  previous: Value;
  weeks: (Value & { week: string; starts_on: string })[];
  people: (Value & { id: string | null })[];
};
type Figure = 'contact_rate' | 'approval_rate' | 'cycle_time_days';
type Metrics = Record<Figure, Metric> & {
  from: string;
  to: string;
  previous_from: string;
  previous_to: string;
};
type Row = { id: string; at: string; is_hit: boolean; days: number | null; by: { id: string } | null };
type Rows = {
  rows: Row[];
  summary: Value;
  people: (Value & { id: string | null })[];
  from: string;
  to: string;
};
type Move = [stage: string, at: string];

/** A Saturday afternoon in New York. */
const seenAt = '2026-11-21T18:00:00Z';

let owner: Actor;
let colleague: Actor;
let workspace: Workspace;
let stages: Record<string, { id: string; pipeline_id: string; result: string }>;

beforeAll(async () => {
  [owner, colleague] = await Promise.all([signUp(), signUp()]);
});

beforeEach(async () => {
  workspace = await createWorkspace(owner);
  await addMember(workspace, 'member', colleague);
  const found =
    await sql()`select id, pipeline_id, result, name from pipeline_stages where workspace_id = ${workspace.id}`;
  stages = Object.fromEntries(found.map((row) => [row.name, row])) as typeof stages;
});

const look = (at = seenAt, days = 30, actor = owner) =>
  asActor({ role: 'authenticated', userId: actor.userId }, async (tx) => {
    const [row] = await tx`select private.owners_metrics(${workspace.id}, ${days}, ${at}) as metrics`;
    return row?.metrics as Metrics;
  });

const open = (figure: Figure, filter: object = {}, after: Row | null = null, size = 50, at = seenAt) =>
  asActor({ role: 'authenticated', userId: owner.userId }, async (tx) => {
    const [row] = await tx`select private.metric_rows(${workspace.id}, ${figure}, ${tx.json(filter as never)},
      ${after?.at ?? null}, ${after?.id ?? null}, ${size}, ${at}) as page`;
    return row?.page as Rows;
  });

/** All rows of a figure, page by page. */
async function walk(figure: Figure, filter: object, size = 7): Promise<Row[]> {
  const found: Row[] = [];
  for (;;) {
    const { rows } = await open(figure, filter, found.at(-1) ?? null, size);
    found.push(...rows.slice(0, size));
    if (rows.length <= size) return found;
  }
}

async function reach(
  at: string,
  outcome: string | null,
  more: Record<string, unknown> = {},
): Promise<string> {
  const person =
    await sql()`insert into people (workspace_id, last_name) values (${workspace.id}, 'Abbott') returning id`;
  const [row] = await sql()`insert into activities ${sql()({
    workspace_id: workspace.id,
    kind: 'call',
    direction: 'out',
    outcome,
    occurred_at: at,
    performed_by: owner.userId,
    person_id: String(person[0]?.id),
    ...more,
  })} returning id`;
  return String(row?.id);
}

async function card(moves: Move[], assignee: Actor | null = null): Promise<string> {
  const property = await createProperty(owner, workspace);
  const last = stages[moves.at(-1)?.[0] ?? 'Lead'];
  const id = randomUUID();
  await sql()`insert into verifications ${sql()({
    id,
    workspace_id: workspace.id,
    property_id: property.id,
    pipeline_id: last?.pipeline_id ?? '',
    stage_id: last?.id ?? '',
    result: last?.result ?? '',
    rank: Math.random(),
    lost_reason: last?.result === 'lost' ? 'Sold' : null,
    assigned_to: assignee?.userId ?? null,
  })}`;
  for (const [index, [name, at]] of moves.entries()) {
    const from = index === 0 ? null : (stages[moves[index - 1]?.[0] ?? '']?.id ?? null);
    await sql()`insert into stage_moves (workspace_id, verification_id, from_stage_id, to_stage_id, at)
      values (${workspace.id}, ${id}, ${from}, ${stages[name]?.id ?? ''}, ${at})`;
  }
  return id;
}

describe('the contact rate', () => {
  test('is the share of outreach with an outcome that led on', async () => {
    for (const outcome of ['interested', 'meeting_set', 'follow_up'])
      await reach('2026-11-20T15:00Z', outcome);
    await reach('2026-11-20T15:00Z', 'interested', { kind: 'meeting' });
    for (const outcome of ['no_answer', 'left_vm', 'not_interested', 'answered'])
      await reach('2026-11-20T15:00Z', outcome);
    expect((await look()).contact_rate).toMatchObject({ value: 50, hits: 4, count: 8 });
  });

  test('counts nothing that has no outcome, was no outreach, or was done by nobody', async () => {
    const counted = await reach('2026-11-20T15:00Z', 'no_answer');
    await reach('2026-11-20T15:00Z', null);
    await reach('2026-11-20T15:00Z', 'interested', { kind: 'visit' });
    await reach('2026-11-20T15:00Z', 'interested', { kind: 'system' });
    await reach('2026-11-20T15:00Z', 'interested', { performed_by: null });
    const { rows, summary } = await open('contact_rate');
    expect(rows.map(({ id }) => id)).toEqual([counted]);
    expect(summary).toEqual({ value: 0, hits: 0, count: 1 });
  });

  test('is told by who did it', async () => {
    await reach('2026-11-20T15:00Z', 'interested');
    await reach('2026-11-20T15:00Z', 'no_answer', { performed_by: colleague.userId });
    await reach('2026-11-20T15:00Z', 'follow_up', { performed_by: colleague.userId });
    expect((await look()).contact_rate.people).toMatchObject([
      { id: colleague.userId, value: 50, count: 2 },
      { id: owner.userId, value: 100, count: 1 },
    ]);
  });
});

describe('the approval rate', () => {
  test('is the share of the cards made in the period that stand in a won stage', async () => {
    await card([
      ['Lead', '2026-11-01T15:00Z'],
      ['Signed', '2026-11-10T15:00Z'],
    ]);
    await card([
      ['Lead', '2026-11-02T15:00Z'],
      ['Approved', '2026-11-10T15:00Z'],
    ]);
    await card([
      ['Lead', '2026-11-03T15:00Z'],
      ['Denied', '2026-11-10T15:00Z'],
    ]);
    await card([['Lead', '2026-11-04T15:00Z']]);
    // made before, won within
    await card([
      ['Lead', '2026-10-01T15:00Z'],
      ['Signed', '2026-11-10T15:00Z'],
    ]);
    expect((await look()).approval_rate).toMatchObject({ value: 25, hits: 1, count: 4 });
  });

  test('leaves out a card that was won, opened again and lost', async () => {
    await card([
      ['Lead', '2026-11-01T15:00Z'],
      ['Signed', '2026-11-05T15:00Z'],
      ['Negotiation', '2026-11-07T15:00Z'],
      ['Denied', '2026-11-09T15:00Z'],
    ]);
    const metrics = await look();
    expect(metrics.approval_rate).toMatchObject({ value: 0, hits: 0, count: 1 });
    expect(metrics.cycle_time_days).toMatchObject({ value: null, count: 0 });
  });

  test('leaves out cards that were taken off the board or whose property was deleted, and has them back', async () => {
    const [first, second] = [
      await card([['Lead', '2026-11-01T15:00Z']]),
      await card([['Lead', '2026-11-01T15:00Z']]),
    ];
    await sql()`update verifications set deleted_at = now() where id = ${first}`;
    await sql()`update properties set deleted_at = now() where id = (select property_id from verifications where id = ${second})`;
    expect((await look()).approval_rate.count).toBe(0);
    await sql()`update verifications set deleted_at = null where id = ${first}`;
    await sql()`update properties set deleted_at = null where id = (select property_id from verifications where id = ${second})`;
    expect((await look()).approval_rate.count).toBe(2);
  });

  test('of the days before is told as it stood when they ended', async () => {
    // made and won in the days before; made in them and won since
    const won = await card([
      ['Lead', '2026-10-01T15:00Z'],
      ['Signed', '2026-10-20T15:00Z'],
    ]);
    await card([
      ['Lead', '2026-10-02T15:00Z'],
      ['Signed', '2026-11-20T15:00Z'],
    ]);
    expect((await look()).approval_rate.previous).toEqual({ value: 50, hits: 1, count: 2 });
    const { rows, summary } = await open('approval_rate', { period: 'previous' });
    expect(summary).toEqual({ value: 50, hits: 1, count: 2 });
    expect(rows.filter(({ is_hit }) => is_hit).map(({ id }) => id)).toEqual([won]);
  });
});

describe('the cycle time', () => {
  test('is the mean of the days from the first move to the first into a won stage', async () => {
    await card([
      ['Lead', '2026-10-01T12:00Z'],
      ['Contacted', '2026-10-20T12:00Z'],
      ['Signed', '2026-11-10T12:00Z'],
    ]);
    await card([
      ['Lead', '2026-11-01T12:00Z'],
      ['Signed', '2026-11-11T00:00Z'],
    ]);
    // won before the period
    await card([
      ['Lead', '2026-09-01T12:00Z'],
      ['Signed', '2026-10-01T12:00Z'],
    ]);
    expect((await look()).cycle_time_days).toMatchObject({ value: 24.75, count: 2 });
  });

  test('is not moved by a later edit of a card, nor by a second win', async () => {
    const id = await card([
      ['Lead', '2026-11-01T12:00Z'],
      ['Signed', '2026-11-06T12:00Z'],
      ['Negotiation', '2026-11-08T12:00Z'],
      ['Signed', '2026-11-18T12:00Z'],
    ]);
    const before = (await look()).cycle_time_days;
    await sql()`update verifications set score = 80, assigned_to = ${colleague.userId}, rank = 5 where id = ${id}`;
    const after = (await look()).cycle_time_days;
    expect([before.value, after.value, after.count]).toEqual([5, 5, 1]);
    expect((await open('cycle_time_days')).rows).toMatchObject([
      { id, days: 5, at: '2026-11-06T12:00:00+00:00' },
    ]);
  });
});

describe('days and weeks', () => {
  test('are those of the workspace’s zone, today included', async () => {
    expect(await look()).toMatchObject({
      from: '2026-10-23',
      to: '2026-11-21',
      previous_from: '2026-09-23',
      previous_to: '2026-10-22',
    });
    // midnight in New York, before and after the clocks went back on November 1
    const inside = await reach('2026-10-23T04:00:00Z', 'interested');
    await reach('2026-10-23T03:59:59Z', 'interested');
    expect((await open('contact_rate')).rows.map(({ id }) => id)).toEqual([inside]);
    await sql()`update workspaces set time_zone = 'Asia/Tokyo' where id = ${workspace.id}`;
    // there it is November 22 already
    expect(await look()).toMatchObject({ from: '2026-10-24', to: '2026-11-22' });
    expect((await look()).contact_rate).toMatchObject({ count: 0, previous: { count: 2 } });
  });

  test.each([
    [
      'when the clocks go back',
      '2026-W44',
      '2026-11-02T04:59:59Z',
      '2026-W45',
      '2026-11-02T05:00:00Z',
      seenAt,
    ],
    [
      'when they go forward',
      '2026-W10',
      '2026-03-09T03:59:59Z',
      '2026-W11',
      '2026-03-09T04:00:00Z',
      '2026-04-01T12:00:00Z',
    ],
  ])('a week ends with its Sunday also %s', async (_, week, last, next, first, at) => {
    const [ending, beginning] = [await reach(last, 'interested'), await reach(first, 'no_answer')];
    const { weeks } = (await look(at)).contact_rate;
    const of = (name: string) => weeks.find((each) => each.week === name)?.value;
    expect([of(week), of(next)]).toEqual([100, 0]);
    const ids = async (name: string) =>
      (await open('contact_rate', { week: name }, null, 50, at)).rows.map(({ id }) => id);
    expect([await ids(week), await ids(next)]).toEqual([[ending], [beginning]]);
  });

  test.each([
    ['the clocks go back over midnight', 'America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['the day before ended twice', 'America/Santiago', '2026-04-05', '2026-04-05T04:00:00.000Z'],
    ['there is no midnight', 'America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['nothing happens', 'Asia/Kathmandu', '2026-11-01', '2026-10-31T18:15:00.000Z'],
  ])('a day begins once where %s', async (_, zone, day, midnight) => {
    const [row] = await sql()<{ at: Date }[]>`select private.local_midnight(${day}, ${zone}) as at`;
    expect(row?.at.toISOString()).toBe(midnight);
  });

  test('are twelve ISO weeks with the running one, across the end of a year', async () => {
    const { weeks } = (await look('2027-01-06T12:00:00Z')).contact_rate;
    expect(weeks.map(({ week }) => week)).toEqual([
      '2026-W43',
      '2026-W44',
      '2026-W45',
      '2026-W46',
      '2026-W47',
      '2026-W48',
      '2026-W49',
      '2026-W50',
      '2026-W51',
      '2026-W52',
      '2026-W53',
      '2027-W01',
    ]);
    expect(weeks.at(-1)?.starts_on).toBe('2027-01-04');
  });

  test('a zone that the database doesn’t know is no reason to count nothing', async () => {
    await sql()`update workspaces set time_zone = 'Moon/Tycho' where id = ${workspace.id}`;
    await reach('2026-11-20T15:00Z', 'interested');
    expect((await look()).contact_rate.count).toBe(1);
  });
});

test('every figure, bar and row of a table is what its rows come to', async () => {
  const moment = (day: number, second: number) =>
    new Date(Date.parse(seenAt) - day * 86_400_000 - second * 1000).toISOString();
  const outcomes = ['interested', 'no_answer', 'follow_up', 'left_vm'];
  for (let n = 0; n < 60; n += 1)
    // several at one instant: the order of those is the id's
    await reach(moment((n * 7) % 80, (n % 3) * 40_000), outcomes[n % 4] ?? null, {
      performed_by: n % 3 === 0 ? colleague.userId : owner.userId,
    });
  const paths = [['Lead'], ['Lead', 'Signed'], ['Lead', 'Contacted', 'Signed'], ['Lead', 'Signed', 'Denied']];
  for (let n = 0; n < 24; n += 1) {
    const start = (n * 11) % 80;
    const path = (paths[n % 4] ?? []).slice(0, 1 + Math.floor(start / 5));
    const assignee = [owner, colleague, null][n % 3] ?? null;
    await card(
      path.map((name, step): Move => [name, moment(start - step * 5, 0)]),
      assignee,
    );
  }

  const metrics = await look();
  for (const figure of ['contact_rate', 'approval_rate', 'cycle_time_days'] as const) {
    const metric = metrics[figure];
    const asked: [filter: object, told: Value][] = [
      [{}, metric],
      [{ period: 'previous' }, metric.previous],
      ...metric.weeks.map((week): [object, Value] => [{ week: week.week }, week]),
      ...metric.people.map((person): [object, Value] => [{ by: person.id ?? 'none' }, person]),
    ];
    expect(metric.count).toBeGreaterThan(0);
    expect(metric.weeks.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(metric.count);
    for (const [filter, told] of asked) {
      const rows = await walk(figure, filter);
      const hits = rows.filter(({ is_hit }) => is_hit);
      const days = rows.reduce((sum, row) => sum + (row.days ?? 0), 0);
      const value = figure === 'cycle_time_days' ? days / rows.length : (100 * hits.length) / rows.length;
      const label = `${figure} ${JSON.stringify(filter)}`;
      expect([rows.length, hits.length], label).toEqual([told.count, told.hits]);
      if (rows.length > 0) expect(value, label).toBeCloseTo(told.value ?? Number.NaN, 1);
      else expect(told.value, label).toBeNull();
      expect(new Set(rows.map(({ id }) => id)).size, label).toBe(rows.length);
      const { summary } = await open(figure, filter);
      expect(summary, label).toEqual({ value: told.value, hits: told.hits, count: told.count });
      expect(
        (await walk(figure, { ...filter, hit: true })).map(({ id }) => id),
        label,
      ).toEqual(hits.map(({ id }) => id));
    }
  }
});

test('who is no member is told that there is nothing', async () => {
  const stranger = await signUp();
  expect(await sqlstateOf(() => look(seenAt, 30, stranger))).toBe('PT404');
});

test('a figure that isn’t there is refused', async () => {
  expect(await sqlstateOf(() => open('churn' as Figure))).toBe('PT400');
});
