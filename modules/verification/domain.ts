/**
 * What a board is made of, and what can be said of a card without asking the server. Pure and without zod, so that the
 * board's first load stays light.
 */

/** What standing in a stage means for a card. */
export const stageResults = ['open', 'won', 'lost'] as const;
export type StageResult = (typeof stageResults)[number];

/** How many cards of a column come at a time: more than a tall screen shows. */
export const columnPageSize = 25;
/** How many properties can be put on a board at once. */
export const addLimit = 1000;
/** How many cards a board asks after at once when it hears of changes; beyond, it reads itself anew. */
export const changesLimit = 100;

/** A card as the board shows it. */
export type BoardCard = {
  id: string;
  stage_id: string;
  /** Its place within the stage, the least at the top: a decimal number with more digits than a JavaScript number has. */
  rank: string;
  /** Counts the moves; a move names the one it was made from. */
  version: number;
  /** 0..100; null while inputs are missing. */
  score: number | null;
  assigned_to: string | null;
  stage_entered_at: string;
  lost_reason: string | null;
  property: { id: string; name: string; address: string | null; city: string | null };
  owner: { id: string; name: string } | null;
  next_step_at: string | null;
  open_tasks: number;
};

/** A column. `count` counts all of its cards that the filter shows, `cards` are the first of them. */
export type BoardStage = {
  id: string;
  name: string;
  result: StageResult;
  /** How many days a card may stand here; null: any, or the tier has no time limits. */
  sla_days: number | null;
  count: number;
  cards: BoardCard[];
};

/** A board as it is read. */
export type Board = {
  pipeline: { id: string; name: string; approve_stage_id: string | null };
  /** The pipelines there are, the default one first. */
  pipelines: { id: string; name: string }[];
  stages: BoardStage[];
};

/** What became of some cards: those the filter still shows, and the counts by stage (a stage without cards is absent). */
export type BoardChanges = { cards: BoardCard[]; counts: Record<string, number> };

/** The inputs of a score; a missing one isn't known. */
export type ScoreInputs = {
  /** Yearly return in per cent. */
  roi_annual_pct?: number;
  /** 0 none .. 100 */
  regulatory_risk?: number;
  market_risk?: number;
  jurisdiction_allowed?: boolean;
};

/** What scores are counted with. */
export type ScoreRules = {
  /** Weights 0..100 beside each other; only their shares count. */
  roi_weight: number;
  regulatory_weight: number;
  market_weight: number;
  /** The return that is met in full, in per cent a year. */
  roi_target_pct: number;
  /** The score from which a card moves on by rule. */
  threshold: number;
  auto_move: boolean;
};

/** One step of a card's way, the latest first. */
export type StageMove = {
  id: string;
  from_stage: string | null;
  to_stage: string;
  result: StageResult;
  moved_by: string | null;
  mover: string | null;
  by_rule: boolean;
  reason: string | null;
  at: string;
};

/** Everything a card's panel shows. */
export type Verification = {
  id: string;
  stage_id: string;
  version: number;
  status: 'active' | 'won' | 'lost';
  lost_reason: string | null;
  assigned_to: string | null;
  stage_entered_at: string;
  sla_breached_at: string | null;
  created_at: string;
  deleted_at: string | null;
  score: number | null;
  score_inputs: ScoreInputs;
  rules: ScoreRules;
  /** How far each input is met, 0..1 (null: not known), with its weight. */
  score_parts: {
    key: 'roi_annual_pct' | 'regulatory_risk' | 'market_risk';
    weight: number;
    part: number | null;
  }[];
  property: {
    id: string;
    name: string;
    address: string | null;
    city: string | null;
    state: string | null;
    market: string | null;
    units: number | null;
    deleted_at: string | null;
  };
  owner: {
    id: string;
    name: string;
    kind: string;
    person_id: string | null;
    organization_id: string | null;
  } | null;
  pipeline: { id: string; name: string; approve_stage_id: string | null; archived_at: string | null };
  stages: { id: string; name: string; result: StageResult; sla_days: number | null }[];
  moves: StageMove[];
};

/** A pipeline as its settings show it; `cards` counts those of each stage. */
export type Pipeline = {
  id: string;
  name: string;
  is_default: boolean;
  approve_stage_id: string | null;
  archived_at: string | null;
  stages: { id: string; name: string; result: StageResult; sla_days: number | null; cards: number }[];
};

const dayMs = 86_400_000;
/** The last part of its time in which a card is shown as due soon. */
const soonShare = 0.25;

/** How a card stands against its stage's time limit. */
export type SlaState = { state: 'ok' | 'due_soon' | 'breached'; dueAt: number; overdueDays: number };

/**
 * How a card stands against the time limit of its stage: days are of 24 hours, counted from when it came.
 * @param slaDays null: there is no limit
 * @param now milliseconds since 1970
 * @returns null where there is no limit, or the card is closed
 */
export function slaOf(
  card: Pick<BoardCard, 'stage_entered_at'>,
  stage: { sla_days: number | null; result: StageResult },
  now: number,
): SlaState | null {
  if (stage.sla_days === null || stage.result !== 'open') return null;
  const dueAt = Date.parse(card.stage_entered_at) + stage.sla_days * dayMs;
  const left = dueAt - now;
  if (left < 0) return { state: 'breached', dueAt, overdueDays: Math.floor(-left / dayMs) };
  return { state: left < stage.sla_days * dayMs * soonShare ? 'due_soon' : 'ok', dueAt, overdueDays: 0 };
}

/** Whole days since a card came into its stage. */
export const daysInStage = (card: Pick<BoardCard, 'stage_entered_at'>, now: number) =>
  Math.max(0, Math.floor((now - Date.parse(card.stage_entered_at)) / dayMs));

/**
 * Compares two ranks: decimal numbers as text, of any length.
 * @returns less than zero where `a` comes first
 */
export function compareRanks(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (difference !== 0) return difference;
  // equal as far as a JavaScript number sees: the digits behind the point decide
  const [fractionA, fractionB] = [a, b].map((rank) => rank.split('.')[1] ?? '') as [string, string];
  const length = Math.max(fractionA.length, fractionB.length);
  const order = fractionA.padEnd(length, '0') < fractionB.padEnd(length, '0') ? -1 : 1;
  if (fractionA.padEnd(length, '0') === fractionB.padEnd(length, '0')) return 0;
  return a.startsWith('-') ? -order : order;
}

/**
 * A board with cards as they are now in the place of what it knew of them: for what colleagues did, and for answers.
 * A card below the last one that a column has loaded is only counted.
 * @param ids the cards asked after; those without an answer are gone from the board
 */
export function mergeChanges(board: Board, ids: readonly string[], { cards, counts }: BoardChanges): Board {
  const asked = new Set(ids);
  return {
    ...board,
    stages: board.stages.map((stage) => {
      const count = counts[stage.id] ?? 0;
      const coming = cards.filter((card) => card.stage_id === stage.id && asked.has(card.id));
      const staying = stage.cards.filter((card) => !asked.has(card.id));
      if (coming.length === 0 && staying.length === stage.cards.length && count === stage.count) return stage;
      const isWhole = stage.cards.length >= stage.count;
      const last = stage.cards.at(-1);
      const near = coming.filter((card) => isWhole || !last || compareRanks(card.rank, last.rank) <= 0);
      const next = [...staying, ...near].sort((a, b) => compareRanks(a.rank, b.rank));
      return { ...stage, count, cards: next };
    }),
  };
}

/** Where a card is put: under `above`, else above `below`, else at the top. */
export type Place = { above: string | null; below: string | null };

/**
 * A board with a card put into a stage, before the server has answered.
 * @param index its place among the stage's loaded cards, the card itself left out
 */
export function placeCard(board: Board, cardId: string, stageId: string, index: number): Board {
  const from = board.stages.find(({ cards }) => cards.some(({ id }) => id === cardId));
  const card = from?.cards.find(({ id }) => id === cardId);
  if (!from || !card) return board;
  const isMove = from.id !== stageId;
  const now = new Date().toISOString();
  return {
    ...board,
    stages: board.stages.map((stage) => {
      if (stage.id !== from.id && stage.id !== stageId) return stage;
      const cards = stage.cards.filter(({ id }) => id !== cardId);
      if (stage.id !== stageId) return { ...stage, cards, count: Math.max(0, stage.count - 1) };
      const placed = isMove ? { ...card, stage_id: stageId, stage_entered_at: now } : card;
      cards.splice(index, 0, placed);
      return { ...stage, cards, count: stage.count + (isMove ? 1 : 0) };
    }),
  };
}

/** A board without a card. */
export function withoutCard(board: Board, cardId: string): Board {
  return {
    ...board,
    stages: board.stages.map((stage) =>
      stage.cards.some(({ id }) => id === cardId)
        ? {
            ...stage,
            count: Math.max(0, stage.count - 1),
            cards: stage.cards.filter(({ id }) => id !== cardId),
          }
        : stage,
    ),
  };
}

/**
 * A board with a card where its stage and rank say: for what the server answered, and for putting a card back.
 * @param isNew whether the card was on no column before, and is to be counted
 */
export function putCard(board: Board, card: BoardCard, isNew = false): Board {
  const from = board.stages.find(({ cards }) => cards.some(({ id }) => id === card.id));
  return {
    ...board,
    stages: board.stages.map((stage) => {
      if (stage !== from && stage.id !== card.stage_id) return stage;
      const cards = stage.cards.filter(({ id }) => id !== card.id);
      if (stage.id !== card.stage_id) return { ...stage, cards, count: Math.max(0, stage.count - 1) };
      const isComing = stage !== from && (from !== undefined || isNew);
      const after = cards.findIndex((other) => compareRanks(other.rank, card.rank) > 0);
      const isBelow = after === -1 && cards.length < stage.count - (stage === from ? 1 : 0);
      if (!isBelow) cards.splice(after === -1 ? cards.length : after, 0, card);
      return { ...stage, cards, count: stage.count + (isComing ? 1 : 0) };
    }),
  };
}

/** A card of a board by its id. */
export function findCard(board: Board | undefined, cardId: string): BoardCard | undefined {
  for (const stage of board?.stages ?? []) {
    const found = stage.cards.find(({ id }) => id === cardId);
    if (found) return found;
  }
  return undefined;
}

/** The neighbours of a place in a column, the card itself left out. */
export function neighboursOf(cards: readonly BoardCard[], cardId: string, index: number): Place {
  const others = cards.filter(({ id }) => id !== cardId);
  return { above: others[index - 1]?.id ?? null, below: others[index]?.id ?? null };
}

/** The ranges of scores that a board can be narrowed to, as its address names them. */
export const scoreRanges: Readonly<Record<string, string>> = {
  '75-100': '75 to 100',
  '50-74.99': '50 to 74',
  '25-49.99': '25 to 49',
  '0-24.99': 'Under 25',
};

/** What narrows a board, as its address holds it: parameter → values. */
export type BoardFilters = Record<string, string[]>;

/** The filters of a board, by parameter. */
export const boardFilterKeys = ['assigned_to', 'owner_id', 'market', 'score', 'overdue'] as const;

/** The query of a board's API calls, always in the same order: it serves as the cache's key too. */
export function boardSearch(state: { pipeline: string | null; q: string; filters: BoardFilters }): string {
  const search = new URLSearchParams();
  if (state.pipeline) search.set('pipeline', state.pipeline);
  if (state.q) search.set('q', state.q);
  for (const key of boardFilterKeys) for (const value of state.filters[key] ?? []) search.append(key, value);
  return search.toString();
}

/**
 * The state that an address holds; what it doesn't understand is left out, as an old link must still open.
 * @param given values by parameter name
 */
export function readBoardState(
  given: Readonly<Record<string, string | readonly string[] | null | undefined>>,
) {
  const listOf = (key: string) => {
    const value = given[key] ?? [];
    return (typeof value === 'string' ? [value] : [...value]).filter(
      (each) => each.length > 0 && each.length <= 200,
    );
  };
  const filters: BoardFilters = {};
  for (const key of boardFilterKeys) {
    const values = [...new Set(listOf(key))].slice(0, 50).filter((value) => isFilterValue(key, value));
    if (values.length > 0) filters[key] = values;
  }
  const pipeline = listOf('pipeline')[0] ?? null;
  return {
    pipeline: pipeline && uuid.test(pipeline) ? pipeline : null,
    q: (listOf('q')[0] ?? '').trim(),
    filters,
  };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function isFilterValue(key: (typeof boardFilterKeys)[number], value: string): boolean {
  if (key === 'overdue') return value === 'yes';
  if (key === 'score') return value in scoreRanges;
  if (key === 'owner_id') return uuid.test(value);
  if (key === 'assigned_to') return value === 'none' || uuid.test(value);
  return true;
}
