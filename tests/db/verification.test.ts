/** The board's own rules, where they are kept: in the database. */
import { beforeAll, describe, expect, test } from 'vitest';
import { sql, sqlstateOf } from '../support/db';
import { type Cast, createCast, createProperty } from '../support/factories';

type Card = { id: string; stage_id: string; version: number; score: number | null; rank: string };
type Board = {
  pipeline: { id: string };
  stages: { id: string; name: string; count: number; cards: Card[] }[];
};

let cast: Cast;
let stages: Record<string, string>;

beforeAll(async () => {
  cast = await createCast();
  await sql()`update workspaces set tier = 'pro' where id = ${cast.workspace.id}`;
  stages = Object.fromEntries((await board()).stages.map(({ name, id }) => [name, id]));
});

async function rpc<T>(name: string, args: object, actor = cast.member): Promise<T> {
  const { data, error } = await actor.supabase.rpc(
    name as 'get_board',
    {
      workspace: cast.workspace.id,
      ...args,
    } as never,
  );
  if (error) throw error;
  return data as T;
}

const board = (filter: object = {}) => rpc<Board>('get_board', { filter });
const stage = (name: string) => stages[name] ?? '';

async function addCard(): Promise<Card> {
  const property = await createProperty(cast.member, cast.workspace);
  const { added } = await rpc<{ added: string[] }>('add_to_board', {
    pipeline: null,
    stage: null,
    properties: [property.id],
  });
  return find(added[0] ?? '');
}

async function find(id: string): Promise<Card> {
  const [card] = await sql()<
    Card[]
  >`select id, stage_id, version, score::float, rank::text from verifications where id = ${id}`;
  if (!card) throw new Error('no such card');
  return card;
}

const move = (card: Card, to: string, place: { above?: string; below?: string; reason?: string } = {}) =>
  rpc<{ moved: boolean; card: Card }>('move_verification', {
    card: card.id,
    to_stage: to,
    above: place.above ?? null,
    below: place.below ?? null,
    expected_version: card.version,
    reason: place.reason ?? null,
  });

const inputs = (roi: number, risk: number, allowed = true) => ({
  score_inputs: {
    roi_annual_pct: roi,
    regulatory_risk: risk,
    market_risk: risk,
    jurisdiction_allowed: allowed,
  },
});

const rate = (card: Card, change: object) => rpc<Card>('update_verification', { card: card.id, change });

const order = async (name: string) =>
  (
    await sql()<
      { id: string }[]
    >`select id from verifications where stage_id = ${stage(name)} and deleted_at is null order by rank`
  ).map(({ id }) => id);

describe('order', () => {
  test('a card stands exactly where it was put, however often a place is halved', async () => {
    const [top, bottom] = [await addCard(), await addCard()];
    await move(top, stage('Contacted'));
    await move(bottom, stage('Contacted'), { above: top.id });
    let last = top.id;
    for (let turn = 0; turn < 60; turn += 1) {
      const next = await addCard();
      await move(next, stage('Contacted'), { above: last });
      expect((await order('Contacted')).slice(turn, turn + 2)).toEqual([last, next.id]);
      last = next.id;
    }
    expect((await order('Contacted')).at(-1)).toBe(bottom.id);
    const digits =
      await sql()`select max(scale(rank)) as most from verifications where stage_id = ${stage('Contacted')}`;
    expect(Number(digits[0]?.most)).toBeLessThanOrEqual(24);
  });

  test('a neighbour that has gone elsewhere leaves the card at the top, not refused', async () => {
    const [neighbour, card] = [await addCard(), await addCard()];
    await move(neighbour, stage('Negotiation'));
    await move(card, stage('Doc Review'), { above: neighbour.id });
    expect((await order('Doc Review'))[0]).toBe(card.id);
  });

  test('two who put cards into the same place of a stage both succeed, one under the other', async () => {
    const anchor = await addCard();
    const movers = await Promise.all(Array.from({ length: 8 }, addCard));
    await move(anchor, stage('Negotiation'));
    await Promise.all(movers.map((card) => move(card, stage('Negotiation'), { above: anchor.id })));
    const found = await order('Negotiation');
    expect(movers.every(({ id }) => found.indexOf(id) > found.indexOf(anchor.id))).toBe(true);
  });
});

describe('what a card is', () => {
  test('its result is that of its stage, whoever writes it', async () => {
    const card = await addCard();
    const state = await sqlstateOf(
      () => sql()`update verifications set stage_id = ${stage('Signed')} where id = ${card.id}`,
    );
    expect(state).toBe('23503');
  });

  test('lost without a reason is refused by the table itself', async () => {
    const card = await addCard();
    const state = await sqlstateOf(
      () =>
        sql()`update verifications set stage_id = ${stage('Denied')}, result = 'lost' where id = ${card.id}`,
    );
    expect(state).toBe('23514');
  });

  test('a card goes with its property and comes back with it', async () => {
    const card = await addCard();
    const [row] = await sql()`select property_id from verifications where id = ${card.id}`;
    const property = String(row?.property_id);
    const isShown = async () =>
      (await board()).stages.some(({ cards }) => cards.some(({ id }) => id === card.id));
    await sql()`update properties set deleted_at = now() where id = ${property}`;
    expect(await isShown()).toBe(false);
    await sql()`update properties set deleted_at = null where id = ${property}`;
    expect(await isShown()).toBe(true);
  });

  test('two who add one property at once make one card', async () => {
    const property = await createProperty(cast.member, cast.workspace);
    const added = await Promise.all(
      [cast.member, cast.admin].map((actor) =>
        rpc<{ added: string[] }>(
          'add_to_board',
          { pipeline: null, stage: null, properties: [property.id] },
          actor,
        ),
      ),
    );
    expect(added.flatMap((answer) => answer.added)).toHaveLength(1);
  });

  test('moves are kept for good: no machine rewrites them', async () => {
    const state = await sqlstateOf(() =>
      sql().begin(async (tx) => {
        await tx`set local role service_role`;
        await tx`delete from stage_moves where workspace_id = ${cast.workspace.id}`;
      }),
    );
    expect(state).toBe('42501');
  });
});

describe('filters', () => {
  type Named = { property: { name: string } };
  type Shown = {
    pipeline: { id: string };
    stages: { id: string; name: string; count: number; cards: Named[] }[];
  };
  const names = (shown: { cards: Named[] }) => shown.cards.map(({ property }) => property.name);

  test('board, column and changes agree on what a filter shows', async () => {
    // of the first tier: a run of the reminders, which serves all workspaces, makes no tasks of the steps in here
    const own = await createCast();
    const ask = <T>(name: string, args: object) =>
      rpc<T>(name, { workspace: own.workspace.id, ...args }, own.member);
    const made = await Promise.all(
      ['Ash', 'Beech', 'Cherry', 'Date'].map((name, n) =>
        createProperty(own.member, own.workspace, { name, market: n < 2 ? 'Austin' : 'Tampa' }),
      ),
    );
    const ids = made.map(({ id }) => id);
    const { added } = await ask<{ added: string[] }>('add_to_board', {
      pipeline: null,
      stage: null,
      properties: ids,
    });
    const [ash = '', beech = '', cherry = ''] = ids;
    const who = own.member.userId;
    await sql()`update verifications set assigned_to = ${who} where workspace_id = ${own.workspace.id} and property_id = any (${[ash, cherry]}::uuid[])`;
    await sql()`update pipeline_stages set sla_days = 2 where workspace_id = ${own.workspace.id}`;
    await sql()`update verifications set stage_entered_at = now() - interval '3 days' where property_id = ${beech}`;
    // Cherry and Date are one owner's; Ash and Beech are nobody's
    const [owner] = await sql()<{ id: string }[]>`
      with made as (insert into organizations (workspace_id, name) values (${own.workspace.id}, 'Quarry Holdings') returning workspace_id, id, name)
      insert into owners (workspace_id, kind, organization_id, display_name) select workspace_id, 'llc', id, name from made returning id`;
    await sql()`update properties set owner_id = ${owner?.id ?? ''} where id = any (${ids.slice(2)}::uuid[])`;
    const step = (about: object) =>
      sql()`insert into activities ${sql()({ workspace_id: own.workspace.id, kind: 'call', channel: 'call', performed_by: who, occurred_at: new Date(0), next_step_at: new Date(1e12), ...about })}`;
    await step({ property_id: ash });
    await step({ owner_id: owner?.id });

    const cases: [object, string[]][] = [
      [{}, ['Ash', 'Beech', 'Cherry', 'Date']],
      [{ market: ['Austin'] }, ['Ash', 'Beech']],
      [{ market: ['Austin', 'Tampa'], assigned_to: [who] }, ['Ash', 'Cherry']],
      [{ assigned_to: [who, 'none'] }, ['Ash', 'Beech', 'Cherry', 'Date']],
      [{ owner_id: [owner?.id] }, ['Cherry', 'Date']],
      [{ q: 'beech' }, ['Beech']],
      [{ q: 'quarry' }, ['Cherry', 'Date']],
      [{ q: 'quarry', market: ['Austin'] }, []],
      [{ overdue: true }, ['Ash', 'Cherry', 'Date']],
      [{ overdue: true, q: 'ash' }, ['Ash']],
      [{ scores: [] }, []],
    ];
    for (const [filter, wanted] of cases) {
      const { pipeline, stages: shown } = await ask<Shown>('get_board', {
        filter,
      });
      const lead = shown.find(({ name }) => name === 'Lead');
      if (!lead) throw new Error('the board has no first stage');
      const said = JSON.stringify(filter);
      expect([said, names(lead).toSorted(), lead.count]).toEqual([said, wanted, wanted.length]);
      const cards = await ask<Named[]>('list_board_cards', { stage: lead.id, filter });
      expect([said, cards]).toEqual([said, lead.cards]);
      const changes = await ask<{ cards: Named[]; counts: Record<string, number> }>('get_board_changes', {
        pipeline: pipeline.id,
        filter,
        ids: added,
      });
      expect([said, names(changes).toSorted()]).toEqual([said, wanted]);
      expect([said, changes.counts]).toEqual([said, wanted.length > 0 ? { [lead.id]: wanted.length } : {}]);
    }
    // a stage's time limit comes with a tier
    await sql()`update workspaces set tier = 'premium' where id = ${own.workspace.id}`;
    const late = await ask<Shown>('get_board', { filter: { overdue: true } });
    expect(late.stages.flatMap(names)).toContain('Beech');
  });

  test('several ranges of scores show the cards of each', async () => {
    const own = await createCast();
    const made = await Promise.all([1, 2, 3].map(() => createProperty(own.member, own.workspace)));
    await rpc(
      'add_to_board',
      { workspace: own.workspace.id, pipeline: null, stage: null, properties: made.map(({ id }) => id) },
      own.member,
    );
    for (const [n, { id }] of made.entries())
      await sql()`update verifications set score = ${n * 40} where property_id = ${id}`;
    const shown = await rpc<Board>(
      'get_board',
      {
        workspace: own.workspace.id,
        filter: {
          scores: [
            [0, 24.99],
            [75, 100],
          ],
        },
      },
      own.member,
    );
    const scores = shown.stages.flatMap(({ cards }) => cards.map(({ score }) => score));
    expect(scores.toSorted()).toEqual([0, 80]);
  });
});

describe('the score', () => {
  test('is the weighted sum of its parts, and is not there until every part that counts is known', async () => {
    const [row] = await sql()<Record<string, number | null>[]>`
      with rules as (select private.score_rules('{}') as r)
      select private.verification_score('{"roi_annual_pct": 12, "regulatory_risk": 0, "market_risk": 0}', r)::float as full,
             private.verification_score('{"roi_annual_pct": 6, "regulatory_risk": 50, "market_risk": 50}', r)::float as half,
             private.verification_score('{"roi_annual_pct": -5, "regulatory_risk": 100, "market_risk": 100}', r)::float as none,
             private.verification_score('{"roi_annual_pct": 400, "regulatory_risk": 100, "market_risk": 100}', r)::float as capped,
             private.verification_score('{"roi_annual_pct": 12, "market_risk": 0}', r)::float as unknown,
             private.verification_score('{"regulatory_risk": 0, "market_risk": 0}', r)::float as unknown_return,
             private.verification_score('{"roi_annual_pct": 12}', r || '{"regulatory_weight": 0, "market_weight": 0}')::float as one,
             private.verification_score('{"roi_annual_pct": 12}', r || '{"roi_weight": 0, "regulatory_weight": 0, "market_weight": 0}')::float as weightless
        from rules`;
    expect(row).toEqual({
      full: 100,
      half: 50,
      none: 0,
      capped: 50,
      unknown: null,
      unknown_return: null,
      one: 100,
      weightless: null,
    });
  });

  test('settings that make no sense count as unset', async () => {
    const [row] = await sql()<{ rules: object }[]>`
      select private.score_rules('{"verification": {"roi_weight": "much", "roi_target_pct": 0, "threshold": 900, "auto_move": 3}}') as rules`;
    expect(row?.rules).toMatchObject({ roi_weight: 50, roi_target_pct: 12, threshold: 75, auto_move: true });
  });

  test('new weights count for every card at once', async () => {
    const card = await addCard();
    await rate(card, inputs(12, 100, false));
    expect((await find(card.id)).score).toBe(50);
    await rpc('set_verification_settings', { change: { roi_weight: 90, regulatory_weight: 10 } }, cast.admin);
    expect((await find(card.id)).score).toBe(75);
    await rpc('set_verification_settings', { change: { roi_weight: 50, regulatory_weight: 30 } }, cast.admin);
    expect((await find(card.id)).score).toBe(50);
  });
});

describe('the rule of the score', () => {
  const where = async (card: Card) => {
    const { stage_id } = await find(card.id);
    return Object.keys(stages).find((name) => stages[name] === stage_id);
  };

  test('moves a card that has earned it, and says that it was the rule', async () => {
    const card = await addCard();
    await rate(card, inputs(12, 10));
    expect(await where(card)).toBe('Approved');
    const moves =
      await sql()`select by_rule, reason from stage_moves where verification_id = ${card.id} order by at`;
    expect(moves.map((each) => each.by_rule)).toEqual([false, true]);
    const [entry] = await sql()`
      select performed_by, details ->> 'by_rule' as rule from activities where verification_id = ${card.id} and subject = 'Lead → Approved'`;
    expect({ ...entry }).toEqual({ performed_by: null, rule: 'true' });
  });

  test('leaves a card whose jurisdiction does not allow it, or whose score is too low', async () => {
    const [forbidden, low] = [await addCard(), await addCard()];
    await rate(forbidden, inputs(12, 0, false));
    await rate(low, inputs(3, 50));
    expect([await where(forbidden), await where(low)]).toEqual(['Lead', 'Lead']);
  });

  test.each([
    ['taken out of the approve stage', ['Approved', 'Lead']],
    ['put behind it and taken back', ['Negotiation', 'Contacted']],
    ['lost and opened again', ['Denied', 'Contacted']],
  ])('never moves one that a person has %s', async (_, path) => {
    const card = await addCard();
    for (const name of path) await move(await find(card.id), stage(name), { reason: 'As agreed' });
    await rate(card, inputs(12, 0));
    expect(await where(card)).toBe(path.at(-1));
  });

  test('never moves one again that it moved and a person took back', async () => {
    const card = await addCard();
    await rate(card, inputs(12, 10));
    await move(await find(card.id), stage('Lead'));
    await rate(card, inputs(12, 0));
    expect(await where(card)).toBe('Lead');
  });

  test('moves all that a lower threshold lets through, and nothing on beta', async () => {
    const card = await addCard();
    await rate(card, inputs(6, 50));
    await sql()`update workspaces set tier = 'beta' where id = ${cast.workspace.id}`;
    await rpc('set_verification_settings', { change: { threshold: 49 } }, cast.admin);
    expect(await where(card)).toBe('Lead');
    await sql()`update workspaces set tier = 'pro' where id = ${cast.workspace.id}`;
    await rpc('set_verification_settings', { change: { threshold: 48 } }, cast.admin);
    expect(await where(card)).toBe('Approved');
    await rpc('set_verification_settings', { change: { threshold: 75 } }, cast.admin);
  });

  test('and a person who move one card at once take turns: neither waits for the other for ever', async () => {
    const card = await addCard();
    await Promise.all([rate(card, inputs(12, 5)), move(card, stage('Contacted'))]);
    expect(['Approved', 'Contacted']).toContain(await where(card));
  });
});
