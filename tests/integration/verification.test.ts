/** The board over HTTP: who may, what bad input gets, and what two do at once. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { sql } from '../support/db';
import { type Actor, addMember, type Cast, createCast, createProperty } from '../support/factories';

type Card = {
  id: string;
  stage_id: string;
  version: number;
  score: number | null;
  property: { id: string; name: string };
};
type Board = {
  pipeline: { id: string };
  stages: { id: string; name: string; count: number; cards: Card[] }[];
};
type Stage = { id: string; name: string; cards: number };
type Pipelines = {
  pipelines: { id: string; name: string; is_default: boolean; archived_at: string | null; stages: Stage[] }[];
};

let cast: Cast;

beforeAll(async () => {
  cast = await createCast();
  await sql()`update workspaces set tier = 'premium' where id in ${sql()([cast.workspace.id, cast.otherWorkspace.id])}`;
});

const ask = <T>(
  path: string,
  body?: unknown,
  method?: string,
  as = cast.member,
  workspace = cast.workspace,
) => call<T>(path, { as, workspace, body, method });

const readBoard = async (search = '') => (await ask<Board>(`/api/pipeline/board?${search}`)).body;
const stageOf = (board: Board, name: string) => {
  const found = board.stages.find((stage) => stage.name === name);
  if (!found) throw new Error(`no stage ${name}`);
  return found;
};
const stageId = async (name: string) => stageOf(await readBoard(), name).id;

async function addCard(): Promise<Card> {
  const property = await createProperty(cast.member, cast.workspace);
  const { body } = await ask<{ added: string[] }>('/api/verification', { property_ids: [property.id] });
  return findCard(body.added[0] ?? '');
}

async function findCard(id: string): Promise<Card> {
  return (await ask<Card>(`/api/verification/${id}`)).body;
}

const move = (
  card: Pick<Card, 'id' | 'version'>,
  to: string,
  more: Record<string, unknown> = {},
  as = cast.member,
) =>
  ask<{ card: Card } & Failure & { error: { current: Card } }>(
    '/api/pipeline/board',
    { card_id: card.id, to_stage_id: to, version: card.version, ...more },
    'PATCH',
    as,
  );

describe('moves', () => {
  test('a move is stored, counted, and kept with who made it', async () => {
    const card = await addCard();
    const { status, body } = await move(card, await stageId('Contacted'));
    expect([status, body.card.version]).toEqual([200, card.version + 1]);
    const { body: history } = await ask<{
      moves: { from_stage: string | null; to_stage: string; moved_by: string }[];
    }>(`/api/verification/${card.id}/moves`);
    expect(history.moves).toMatchObject([
      { from_stage: 'Lead', to_stage: 'Contacted', moved_by: cast.member.userId },
      { from_stage: null, to_stage: 'Lead' },
    ]);
    const timeline = await ask<{ items: { kind: string; subject: string }[] }>(
      `/api/timeline?subject=property&id=${card.property.id}`,
    );
    expect(timeline.body.items[0]).toMatchObject({ kind: 'stage_change', subject: 'Lead → Contacted' });
  });

  test('two who move one card at once: one wins, the other is refused and told where it stands', async () => {
    const card = await addCard();
    const [contacted, review] = [await stageId('Contacted'), await stageId('Doc Review')];
    const answers = await Promise.all([
      move(card, contacted),
      move(card, review, {}, cast.admin),
      move(card, contacted, {}, cast.owner),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const winner = answers.find(({ status }) => status === 200)?.body.card;
    for (const { status, body } of answers) {
      if (status !== 409) continue;
      expect(body.error.code).toBe('conflict');
      expect(body.error.current).toMatchObject({ id: card.id, stage_id: winner?.stage_id, version: 2 });
    }
    expect((await findCard(card.id)).stage_id).toBe(winner?.stage_id);
  });

  test('lost without a reason is 400 at the reason; with one it is kept', async () => {
    const card = await addCard();
    const denied = await stageId('Denied');
    const refused = await move(card, denied, { reason: '  ' });
    expect([refused.status, Object.keys(refused.body.error.fields ?? {})]).toEqual([400, ['reason']]);
    expect((await move(card, denied, { reason: 'Owner sold it' })).status).toBe(200);
    expect(await findCard(card.id)).toMatchObject({ status: 'lost', lost_reason: 'Owner sold it' });
  });

  test('a stage of another workspace, of another pipeline, or of nowhere is 404', async () => {
    const card = await addCard();
    const { body: theirs } = await ask<Board>(
      '/api/pipeline/board',
      undefined,
      'GET',
      cast.stranger,
      cast.otherWorkspace,
    );
    const { body: other } = await ask<{ id: string }>(
      '/api/pipelines',
      { name: 'Second' },
      'POST',
      cast.admin,
    );
    const second = await readBoard(`pipeline=${other.id}`);
    for (const stage of [
      theirs.stages[1]?.id ?? '',
      second.stages[1]?.id ?? '',
      '00000000-0000-4000-8000-000000000000',
    ]) {
      expect((await move(card, stage)).status).toBe(404);
    }
    expect((await findCard(card.id)).version).toBe(card.version);
  });

  test('a stranger finds neither board, card, notes nor moves, and moves nothing', async () => {
    const card = await addCard();
    const contacted = await stageId('Contacted');
    for (const path of [
      '/api/pipeline/board',
      '/api/pipelines',
      `/api/verification/${card.id}`,
      `/api/verification/${card.id}/notes`,
      `/api/verification/${card.id}/moves`,
      '/api/verification/settings',
    ]) {
      expect([path, (await ask(path, undefined, 'GET', cast.stranger)).status]).toEqual([path, 404]);
    }
    expect((await move(card, contacted, {}, cast.stranger)).status).toBe(404);
    // their own workspace doesn't know the card either
    const fromOwn = await ask(
      '/api/pipeline/board',
      { card_id: card.id, to_stage_id: contacted, version: 1 },
      'PATCH',
      cast.stranger,
      cast.otherWorkspace,
    );
    expect(fromOwn.status).toBe(404);
  });

  test('garbage is 400 with its fields', async () => {
    const card = await addCard();
    const wrong = await ask<Failure>(
      '/api/pipeline/board',
      { card_id: card.id, to_stage_id: 'x', version: 0, extra: 1 },
      'PATCH',
    );
    expect([wrong.status, Object.keys(wrong.body.error.fields ?? {}).sort()]).toEqual([
      400,
      ['extra', 'to_stage_id', 'version'],
    ]);
    for (const search of ['limit=0', 'pipeline=x', 'score=high', 'overdue=no', 'what=ever']) {
      expect([search, (await ask(`/api/pipeline/board?${search}`)).status]).toEqual([search, 400]);
    }
    expect((await ask('/api/verification/nonsense')).status).toBe(404);
  });
});

describe('adding and taking off', () => {
  test('many properties come in their order; those with an active card are skipped and named', async () => {
    const first = await addCard();
    const made = await Promise.all([1, 2].map(() => createProperty(cast.member, cast.workspace)));
    const { status, body } = await ask<{ added: string[]; skipped: string[] }>('/api/verification', {
      property_ids: [...made.map(({ id }) => id), first.property.id],
    });
    expect([status, body.added.length, body.skipped]).toEqual([201, 2, [first.id]]);
    const lead = stageOf(await readBoard(), 'Lead');
    expect(lead.cards.slice(0, 2).map(({ property }) => property.id)).toEqual(made.map(({ id }) => id));
  });

  test('a stranger’s property is 404, and nothing is added', async () => {
    const mine = await createProperty(cast.member, cast.workspace);
    const theirs = await createProperty(cast.stranger, cast.otherWorkspace);
    const { status } = await ask('/api/verification', { property_ids: [mine.id, theirs.id] });
    expect(status).toBe(404);
    const { body } = await ask<{ cards: unknown[] }>(`/api/verification?property_id=${mine.id}`);
    expect(body.cards).toEqual([]);
  });

  test('a card that was taken off comes back where it stood', async () => {
    const card = await addCard();
    await move(card, await stageId('Negotiation'));
    expect((await ask(`/api/verification/${card.id}`, undefined, 'DELETE')).status).toBe(204);
    expect(stageOf(await readBoard(), 'Negotiation').cards.map(({ id }) => id)).not.toContain(card.id);
    expect((await ask(`/api/verification/${card.id}`, undefined, 'DELETE')).status).toBe(404);
    expect((await ask(`/api/verification/${card.id}/restore`, undefined, 'POST')).status).toBe(204);
    expect(stageOf(await readBoard(), 'Negotiation').cards.map(({ id }) => id)).toContain(card.id);
  });

  test('a card does not come back beside another active one of its property', async () => {
    const card = await addCard();
    await ask(`/api/verification/${card.id}`, undefined, 'DELETE');
    await ask('/api/verification', { property_ids: [card.property.id] });
    expect((await ask(`/api/verification/${card.id}/restore`, undefined, 'POST')).status).toBe(409);
  });

  test('deleting a property says how many active cards go with it; undoing brings them back', async () => {
    const card = await addCard();
    const count = await ask<{ count: number }>('/api/verification/active-count', {
      property_ids: [card.property.id],
    });
    expect(count.body.count).toBe(1);
    await ask(`/api/properties/${card.property.id}`, undefined, 'DELETE');
    expect((await readBoard()).stages.flatMap(({ cards }) => cards.map(({ id }) => id))).not.toContain(
      card.id,
    );
    await ask(`/api/properties/${card.property.id}/restore`, undefined, 'POST');
    expect((await readBoard()).stages.flatMap(({ cards }) => cards.map(({ id }) => id))).toContain(card.id);
  });
});

describe('reading', () => {
  test('filters find what they say, and counts agree with them', async () => {
    const [card, other] = [await addCard(), await addCard()];
    await ask(
      `/api/verification/${card.id}`,
      {
        assigned_to: cast.admin.userId,
        score_inputs: { roi_annual_pct: 12, regulatory_risk: 40, market_risk: 40 },
      },
      'PATCH',
    );
    const found = async (search: string) => {
      const { stages } = await readBoard(search);
      for (const stage of stages) expect(stage.cards.length).toBeLessThanOrEqual(stage.count);
      return stages.flatMap(({ cards }) => cards.map(({ id }) => id));
    };
    expect(await found(`assigned_to=${cast.admin.userId}`)).toEqual([card.id]);
    expect(await found(`assigned_to=${cast.admin.userId}&score=75-100`)).toEqual([card.id]);
    expect(await found(`assigned_to=${cast.admin.userId}&score=0-24.99&score=25-49.99`)).toEqual([]);
    expect(await found(`q=${encodeURIComponent(card.property.name)}`)).toEqual([card.id]);
    expect(await found('assigned_to=none')).toContain(other.id);
  });

  test('a column reads on below its last card, each card once', async () => {
    for (let n = 0; n < 5; n += 1) await addCard();
    const whole = stageOf(await readBoard('limit=200'), 'Lead');
    const first = stageOf(await readBoard('limit=2'), 'Lead');
    const ids = first.cards.map(({ id }) => id);
    let last = (first.cards.at(-1) as Card & { rank: string }).rank;
    for (;;) {
      const { body } = await ask<{ cards: (Card & { rank: string })[] }>(
        `/api/pipeline/board/cards?stage=${first.id}&after=${last}&limit=2`,
      );
      ids.push(...body.cards.map(({ id }) => id));
      const end = body.cards.at(-1);
      if (!end) break;
      last = end.rank;
    }
    expect(ids).toEqual(whole.cards.map(({ id }) => id));
  });

  test('changes answer what cards are now, and leave out those that are gone', async () => {
    const board = await readBoard();
    const [moved, gone] = [await addCard(), await addCard()];
    await move(moved, await stageId('Contacted'));
    await ask(`/api/verification/${gone.id}`, undefined, 'DELETE');
    const { body } = await ask<{ cards: Card[]; counts: Record<string, number> }>(
      `/api/pipeline/board/changes?pipeline=${board.pipeline.id}&id=${moved.id}&id=${gone.id}`,
    );
    expect(body.cards.map(({ id, stage_id }) => [id, stage_id])).toEqual([
      [moved.id, await stageId('Contacted')],
    ]);
    expect(body.counts[moved.stage_id]).toBe(stageOf(await readBoard(), 'Lead').count);
  });

  test('a note on a card stands on its property’s timeline too', async () => {
    const card = await addCard();
    const { status } = await ask(`/api/verification/${card.id}/notes`, { body: 'Title report is clean' });
    expect(status).toBe(201);
    const { body } = await ask<{ notes: { body: string }[] }>(`/api/verification/${card.id}/notes`);
    expect(body.notes).toMatchObject([{ body: 'Title report is clean' }]);
    for (const subject of [`verification&id=${card.id}`, `property&id=${card.property.id}`]) {
      const timeline = await ask<{ items: { body: string | null }[] }>(`/api/timeline?subject=${subject}`);
      expect(timeline.body.items.map((item) => item.body)).toContain('Title report is clean');
    }
  });
});

describe('pipelines', () => {
  const pipelines = async () => (await ask<Pipelines>('/api/pipelines')).body.pipelines;
  const admin = <T>(path: string, body: unknown, method: string) => ask<T>(path, body, method, cast.admin);

  async function makePipeline(name: string) {
    const { body } = await admin<{ id: string }>('/api/pipelines', { name }, 'POST');
    const found = (await pipelines()).find(({ id }) => id === body.id);
    if (!found) throw new Error('the pipeline isn’t there');
    return found;
  }

  test('a stage in use goes only when its cards have somewhere to go, and they keep their order', async () => {
    const pipeline = await makePipeline('Archiving');
    const [lead, contacted] = pipeline.stages as [Stage, Stage];
    const made = await Promise.all([1, 2, 3].map(() => createProperty(cast.member, cast.workspace)));
    const { body } = await ask<{ added: string[] }>('/api/verification', {
      property_ids: made.map(({ id }) => id),
      pipeline_id: pipeline.id,
    });
    const path = `/api/pipelines/${pipeline.id}/stages/${lead.id}`;
    const refused = await admin<Failure>(path, {}, 'DELETE');
    expect([refused.status, refused.body.error.message]).toEqual([
      409,
      '3 cards stand here. Say where they go first.',
    ]);
    const denied = pipeline.stages.find(({ name }) => name === 'Denied');
    expect((await admin<Failure>(path, { move_to: denied?.id }, 'DELETE')).status).toBe(400);
    expect((await admin(path, { move_to: await stageId('Lead') }, 'DELETE')).status).toBe(404);
    expect((await admin(path, { move_to: contacted.id }, 'DELETE')).body).toEqual({ moved: 3 });
    const board = await readBoard(`pipeline=${pipeline.id}`);
    expect(stageOf(board, 'Contacted').cards.map(({ id }) => id)).toEqual(body.added);
    expect(board.stages.map(({ name }) => name)).not.toContain('Lead');
    expect((await admin(`${path}/restore`, undefined, 'POST')).status).toBe(204);
    expect((await readBoard(`pipeline=${pipeline.id}`)).stages[0]?.name).toBe('Lead');
  });

  test('stages are renamed, added, limited in time and put in order by an admin alone', async () => {
    const pipeline = await makePipeline('Ordering');
    const path = `/api/pipelines/${pipeline.id}/stages`;
    const { body: added, status } = await admin<{ id: string }>(
      path,
      { name: 'Site visit', sla_days: 3 },
      'POST',
    );
    expect(status).toBe(201);
    await admin(`${path}/${added.id}`, { name: 'Visit' }, 'PATCH');
    const taken = await admin<Failure>(`${path}/${added.id}`, { name: 'lead' }, 'PATCH');
    expect([taken.status, Object.keys(taken.body.error.fields ?? {})]).toEqual([409, ['name']]);
    const order = [added.id, ...pipeline.stages.map(({ id }) => id)];
    expect((await admin(path, { stages: order }, 'PUT')).status).toBe(204);
    expect((await admin(path, { stages: order.slice(1) }, 'PUT')).status).toBe(409);
    const board = await readBoard(`pipeline=${pipeline.id}`);
    expect(board.stages.map(({ id }) => id)).toEqual(order);
    expect(board.stages[0]).toMatchObject({ name: 'Visit', sla_days: 3 });
    expect((await ask(path, { name: 'Mine' }, 'POST')).status).toBe(403);
  });

  test('the default one can’t be put away; another can, and comes back', async () => {
    const pipeline = await makePipeline('Putting away');
    const standard = (await pipelines()).find(({ is_default }) => is_default);
    expect((await admin(`/api/pipelines/${standard?.id}`, { archived: true }, 'PATCH')).status).toBe(409);
    expect((await admin(`/api/pipelines/${pipeline.id}`, { archived: true }, 'PATCH')).status).toBe(204);
    expect((await ask(`/api/pipeline/board?pipeline=${pipeline.id}`)).status).toBe(404);
    expect((await admin(`/api/pipelines/${pipeline.id}`, { archived: false }, 'PATCH')).status).toBe(204);
    expect((await ask(`/api/pipeline/board?pipeline=${pipeline.id}`)).status).toBe(200);
  });

  test('beta has the one pipeline with its stages: more, and their time limits, need a tier', async () => {
    const beta = await createCast();
    const path = async (tier: string, url: string, body: unknown, method: string) => {
      await sql()`update workspaces set tier = ${tier} where id = ${beta.workspace.id}`;
      const answer = await call<Failure>(url, { as: beta.owner, workspace: beta.workspace, body, method });
      return [answer.status, answer.body.error?.code ?? null];
    };
    const { body } = await call<Pipelines>('/api/pipelines', { as: beta.owner, workspace: beta.workspace });
    const own = body.pipelines[0];
    const stages = `/api/pipelines/${own?.id}/stages`;
    const first = `${stages}/${own?.stages[0]?.id}`;
    const refused = [403, 'tier_required'];
    expect(await path('beta', '/api/pipelines', { name: 'More' }, 'POST')).toEqual(refused);
    expect(await path('beta', stages, { name: 'More' }, 'POST')).toEqual(refused);
    expect(await path('beta', first, {}, 'DELETE')).toEqual(refused);
    expect(await path('pro', first, { sla_days: 3 }, 'PATCH')).toEqual(refused);
    expect(await path('beta', first, { name: 'Prospect' }, 'PATCH')).toEqual([204, null]);
    expect(await path('pro', '/api/pipelines', { name: 'More' }, 'POST')).toEqual([201, null]);
    expect(await path('premium', first, { sla_days: 3 }, 'PATCH')).toEqual([204, null]);
  });
});

describe('the score', () => {
  test('settings are an admin’s; inputs out of range are refused at their field', async () => {
    const card = await addCard();
    expect((await ask('/api/verification/settings', { threshold: 80 }, 'PATCH')).status).toBe(403);
    const wrong = await ask<Failure>(
      `/api/verification/${card.id}`,
      { score_inputs: { regulatory_risk: 101 } },
      'PATCH',
    );
    expect([wrong.status, Object.keys(wrong.body.error.fields ?? {})]).toEqual([
      400,
      ['score_inputs.regulatory_risk'],
    ]);
    expect(
      (await ask(`/api/verification/${card.id}`, { assigned_to: cast.stranger.userId }, 'PATCH')).status,
    ).toBe(404);
  });

  test('inputs that earn it move the card, and the answer shows where to', async () => {
    const card = await addCard();
    const { body } = await ask<{ card: Card }>(
      `/api/verification/${card.id}`,
      {
        score_inputs: {
          roi_annual_pct: 14,
          regulatory_risk: 10,
          market_risk: 10,
          jurisdiction_allowed: true,
        },
      },
      'PATCH',
    );
    expect(body.card).toMatchObject({ score: 95, stage_id: await stageId('Approved') });
  });

  test('a card that moved by itself tells its assignee once, but not whoever typed the input, nor who muted it', async () => {
    const inputs = { roi_annual_pct: 14, regulatory_risk: 10, market_risk: 10, jurisdiction_allowed: true };
    const told = async (actor: Actor, card: string) =>
      (
        await call<{ rows: { kind: string; title: string; link: string }[] }>('/api/notifications', {
          as: actor,
          workspace: cast.workspace,
        })
      ).body.rows.filter(({ link }) => link === `/verification?card=${card}`);
    const [theirs, mine, muted] = [await addCard(), await addCard(), await addCard()];
    const quiet = await addMember(cast.workspace);
    await call('/api/notifications/preferences', {
      as: quiet,
      workspace: cast.workspace,
      method: 'PUT',
      body: { muted_kinds: ['rule_move'] },
    });
    for (const [card, whose] of [
      [theirs, cast.admin],
      [mine, cast.member],
      [muted, quiet],
    ] as const) {
      for (const score_inputs of [inputs, { roi_annual_pct: 15 }]) {
        await ask(`/api/verification/${card.id}`, { assigned_to: whose.userId, score_inputs }, 'PATCH');
      }
    }
    expect(await told(cast.admin, theirs.id)).toMatchObject([
      { kind: 'rule_move', title: `${theirs.property.name} moved to Approved` },
    ]);
    expect(await told(cast.member, mine.id)).toEqual([]);
    expect(await told(quiet, muted.id)).toEqual([]);
  });
});
