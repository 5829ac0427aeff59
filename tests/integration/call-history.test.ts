/** The history of calls and the leaderboard: each figure is the number of the rows that it opens. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type CallFigures,
  type HistoryPage,
  type HistoryState,
  historySearch,
  type Leaderboard,
} from '../../modules/calling/history';
import { appUrl, call, type Failure } from '../support/app';
import { type Callee, makeCall, makeCallee } from '../support/calls';
import { sql } from '../support/db';
import {
  type Actor,
  addMember,
  type Cast,
  createCast,
  createWorkspace,
  unique,
  type Workspace,
} from '../support/factories';
import { setTier } from '../support/work';

let cast: Cast;
let workspace: Workspace;
let second: Actor;
let callee: Callee;

const get = <T>(path: string, as: Actor = cast.owner, where: Workspace = workspace) =>
  call<T & Failure>(path, { as, workspace: where });

/** All rows that an address shows, page after page. */
async function rowsOf(state: Partial<HistoryState>, limit = 7) {
  const rows: HistoryPage['rows'] = [];
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams(historySearch(state));
    search.set('limit', String(limit));
    if (cursor) search.set('cursor', cursor);
    const { status, body } = await get<HistoryPage>(`/api/calls/history?${search}`);
    expect(status).toBe(200);
    rows.push(...body.rows);
    cursor = body.next_cursor;
  } while (cursor);
  expect(new Set(rows.map(({ id }) => id)).size, 'no row stands on two pages').toBe(rows.length);
  return rows;
}

beforeAll(async () => {
  cast = await createCast();
  workspace = await createWorkspace(cast.owner);
  second = await addMember(workspace);
  await sql()`update workspaces set time_zone = 'America/Chicago' where id = ${workspace.id}`;
  callee = await makeCallee(workspace, { firstName: 'Wilhelmina' });
  const other = await makeCallee(workspace);
  const at = (local: string) => new Date(`${local}Z`);
  const plan: [Actor, string, Parameters<typeof makeCall>[3]][] = [
    // 11:30 pm on March 7 and 00:30 am on March 8 in Chicago, the day that the clock is put forward (23 hours)
    [cast.owner, callee.phoneId, { at: at('2026-03-08T05:30:00'), outcome: 'no_answer' }],
    [
      cast.owner,
      callee.phoneId,
      {
        at: at('2026-03-08T06:30:00'),
        outcome: 'answered',
        reached: 'confirmed',
        personId: callee.personId,
        seconds: 95,
        via: 'phone',
      },
    ],
    // 11:30 pm on March 8: six hours before UTC the day before, five on this one
    [
      cast.owner,
      other.phoneId,
      { at: at('2026-03-09T04:30:00'), outcome: 'rejected', reached: 'somebody_else', seconds: 30 },
    ],
    [cast.owner, other.phoneId, { at: at('2026-03-09T05:00:00'), outcome: 'no_answer' }],
    [second, other.phoneId, { at: at('2026-03-08T18:00:00'), outcome: 'pending_signup', seconds: 600 }],
    [
      second,
      other.phoneId,
      {
        at: at('2026-03-08T18:05:00'),
        outcome: 'answered',
        reached: 'wrong_person',
        undone: true,
        seconds: 50,
      },
    ],
    // somebody called in and nobody took it; somebody called in and was taken
    [
      second,
      callee.phoneId,
      { at: at('2026-03-08T19:00:00'), direction: 'in', userId: null, outcome: 'no_answer' },
    ],
    [
      second,
      callee.phoneId,
      { at: at('2026-03-08T19:10:00'), direction: 'in', outcome: 'answered', seconds: 12 },
    ],
  ];
  for (const [actor, phone, options] of plan) await makeCall(actor, workspace, phone, options);
  await sql()`update calls set next_step_at = '2026-03-12T15:00Z' where workspace_id = ${workspace.id} and outcome = 'pending_signup'`;
  const mail = crypto.randomUUID();
  await sql()`insert into email_queue (id, workspace_id, purpose, to_address, from_address, status, sent_at, body_text)
    values (${mail}, ${workspace.id}, 'followup', 'avery@mail.example', 'dana@mail.example', 'sent', now(), 'x')`;
  await sql()`update calls set followup_email_id = ${mail} where workspace_id = ${workspace.id} and outcome = 'pending_signup'`;
});

describe('the leaderboard', () => {
  test('counts days on the workspace’s clock, the short one of spring too', async () => {
    const { body } = await get<Leaderboard>('/api/calls/leaderboard?from=2026-03-07&to=2026-03-09');
    expect(body.days.map(({ day, calls }) => [day, calls])).toEqual([
      ['2026-03-07', 1],
      ['2026-03-08', 4],
      ['2026-03-09', 1],
    ]);
    const day = await get<Leaderboard>('/api/calls/leaderboard?from=2026-03-08&to=2026-03-08');
    expect(day.body.totals).toMatchObject({
      calls: 4,
      connects: 4,
      promised: 1,
      mails: 1,
      talk: 95 + 30 + 600 + 12,
    });
  });

  test('each figure of each caller and day is the number of rows that it opens', async () => {
    const [from, to] = ['2026-03-01', '2026-03-31'];
    const { body } = await get<Leaderboard>(`/api/calls/leaderboard?from=${from}&to=${to}`);
    expect(body.callers.map(({ id }) => id)).toEqual([cast.owner.userId, second.userId]);
    const lines: [CallFigures, Partial<HistoryState>][] = [
      [body.totals, { from, to }],
      ...body.callers.map((caller): [CallFigures, Partial<HistoryState>] => [
        caller,
        { from, to, caller: caller.id ?? 'none' },
      ]),
      ...body.days.map((day): [CallFigures, Partial<HistoryState>] => [day, { from: day.day, to: day.day }]),
    ];
    for (const [figures, state] of lines) {
      for (const figure of ['calls', 'connects', 'promised', 'mails'] as const)
        expect([figure, state, (await rowsOf({ ...state, figure })).length]).toEqual([
          figure,
          state,
          figures[figure],
        ]);
      const talk = await rowsOf({ ...state, figure: 'talk' });
      expect(talk.reduce((sum, row) => sum + (row.duration_seconds ?? 0), 0)).toBe(figures.talk);
      for (const [outcome, count] of Object.entries(figures.outcomes))
        expect(await rowsOf({ ...state, figure: 'calls', outcomes: [outcome as 'answered'] })).toHaveLength(
          count ?? 0,
        );
      const given = Object.values(figures.outcomes).reduce((sum, count) => sum + (count ?? 0), 0);
      expect(given).toBe(figures.calls);
    }
  });

  test.each([
    // the days on which the clock changes have 23 and 25 hours; in Havana and Santiago midnight itself comes twice, or not at all
    ['America/Chicago', '2026-03-08'],
    ['America/Chicago', '2026-11-01'],
    ['America/Havana', '2026-11-01'],
    ['America/Santiago', '2026-09-06'],
    ['Pacific/Auckland', '2026-04-05'],
  ])('in %s around the midnights of %s each day has its own calls, and opens them', async (zone, day) => {
    const apart = await createWorkspace(cast.owner);
    await sql()`update workspaces set time_zone = ${zone} where id = ${apart.id}`;
    const { phoneId } = await makeCallee(apart);
    const noon = Date.parse(`${day}T12:00:00Z`);
    const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
    const expected: Record<string, number> = {};
    // each half hour of three days, and a second to both sides of each
    for (let half = -72; half <= 72; half += 1) {
      for (const second of [-1, 0]) {
        const at = new Date(noon + half * 1_800_000 + second * 1000);
        expected[dayOf.format(at)] = (expected[dayOf.format(at)] ?? 0) + 1;
        await sql()`insert into calls (workspace_id, phone_id, user_id, outcome, outcome_at, started_at)
          values (${apart.id}, ${phoneId}, ${cast.owner.userId}, 'no_answer', ${at}, ${at})`;
      }
    }
    const days = Object.keys(expected).toSorted();
    const [from, to] = [days[0] ?? '', days.at(-1) ?? ''];
    const { body } = await get<Leaderboard>(
      `/api/calls/leaderboard?from=${from}&to=${to}`,
      cast.owner,
      apart,
    );
    expect(Object.fromEntries(body.days.map(({ day: one, calls }) => [one, calls]))).toEqual(expected);
    for (const one of days) {
      const search = new URLSearchParams(historySearch({ from: one, to: one, figure: 'calls' }));
      search.set('limit', '200');
      const rows = await get<HistoryPage>(`/api/calls/history?${search}`, cast.owner, apart);
      expect([one, rows.body.rows.length, rows.body.next_cursor]).toEqual([one, expected[one], null]);
    }
  });

  test('an empty span is zeros, a turned or endless one is refused, and strangers learn nothing', async () => {
    const empty = await get<Leaderboard>('/api/calls/leaderboard?from=2020-01-01&to=2020-01-02');
    expect(empty.body).toMatchObject({ totals: { calls: 0, talk: 0, outcomes: {} }, callers: [], days: [] });
    expect((await get('/api/calls/leaderboard?from=2026-03-09&to=2026-03-01')).status).toBe(400);
    expect((await get('/api/calls/leaderboard?from=2020-03-09&to=2026-03-01')).status).toBe(400);
    expect((await get('/api/calls/leaderboard?from=2026-02-30&to=2026-03-01')).status).toBe(400);
    expect((await get('/api/calls/leaderboard', cast.stranger)).status).toBe(404);
    expect((await get('/api/calls/history', cast.stranger)).status).toBe(404);
  });
});

describe('the history', () => {
  test('shows every call, those taken back too, the latest first', async () => {
    const rows = await rowsOf({}, 3);
    expect(rows).toHaveLength(8);
    expect(rows.map(({ started_at }) => started_at)).toEqual(
      rows
        .map(({ started_at }) => started_at)
        .toSorted()
        .reverse(),
    );
    expect(rows.filter(({ undone_at }) => undone_at !== null)).toHaveLength(1);
  });

  test('is narrowed by caller, outcome, direction, whom it reached, and a name or number', async () => {
    const count = async (state: Partial<HistoryState>) => (await rowsOf(state)).length;
    expect(await count({ caller: second.userId })).toBe(3);
    expect(await count({ caller: 'none' })).toBe(1);
    expect(await count({ outcomes: ['no_answer', 'rejected'] })).toBe(4);
    expect(await count({ direction: 'in' })).toBe(2);
    expect(await count({ reached: 'wrong_person' })).toBe(1);
    expect(await count({ q: 'wilhel' })).toBe(4);
    expect(await count({ q: callee.e164.slice(2, 9) })).toBeGreaterThanOrEqual(4);
    expect(await count({ q: unique() })).toBe(0);
    expect(await count({ person: callee.personId, direction: 'in' })).toBe(2);
    expect(await count({ phone: callee.phoneId })).toBe(4);
  });

  test('refuses what it doesn’t know, with the field', async () => {
    const { status, body } = await get('/api/calls/history?outcome=shouted');
    expect(status).toBe(400);
    expect(Object.keys(body.error.fields ?? {})[0]).toContain('outcome');
    expect((await get('/api/calls/history?cursor=x')).status).toBe(400);
    expect((await get("/api/calls/history?figure=calls')--")).status).toBe(400);
  });

  test('leaves as CSV with pro, whole and narrowed', async () => {
    await setTier(workspace, 'beta');
    expect((await get('/api/calls/history/export')).body.error.code).toBe('tier_required');
    await setTier(workspace, 'pro');
    const fetchCsv = async (search: string) => {
      const response = await fetch(`${appUrl()}/api/calls/history/export${search}`, {
        headers: { authorization: `Bearer ${cast.owner.token}`, 'x-workspace-id': workspace.id },
      });
      expect(response.headers.get('content-type')).toContain('text/csv');
      return (await response.text()).trim().split('\r\n');
    };
    expect(await fetchCsv('')).toHaveLength(9);
    const [head, only] = await fetchCsv('?outcome=pending_signup');
    expect(head).toContain('Talk time (s)');
    expect(only).toContain('2026-03-08 13:00');
    expect(only).toContain('Pending sign-up');
    expect(only).toContain('Sent');
  });
});
