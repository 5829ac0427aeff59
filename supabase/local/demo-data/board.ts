/** The way of the demo's cards over the board, in the twelve weeks before now. */
import type { Random } from './random';

const DAY_MS = 86_400_000;
/** Nothing on the board is older. */
const oldestDays = 83;

const way = ['Lead', 'Contacted', 'Doc Review', 'Approved', 'Negotiation', 'Signed'] as const;
export type DemoStage = (typeof way)[number] | 'Denied';

/** How many cards came how far. */
const reached: readonly [stage: DemoStage, cards: number][] = [
  ['Lead', 6],
  ['Contacted', 7],
  ['Doc Review', 6],
  ['Approved', 5],
  ['Negotiation', 4],
  ['Signed', 24],
  ['Denied', 20],
];

/** How many days a card may stand in a stage of the demo. */
export const demoSla: Readonly<Partial<Record<DemoStage, number>>> = {
  Lead: 7,
  Contacted: 7,
  'Doc Review': 5,
  Approved: 10,
  Negotiation: 14,
};

const lostReasons = [
  'Under contract to a buyer; closing in sixty days.',
  'The city doesn’t allow a lease of the whole building for stays under thirty days.',
  'Wants a longer term than we can give, and no way out.',
  'The lender won’t consent to a master lease.',
  'Decided to keep the manager for another year.',
];

export type DemoInputs = {
  roi_annual_pct: number;
  regulatory_risk: number;
  market_risk: number;
  jurisdiction_allowed: boolean;
};
export type DemoMove = {
  from: DemoStage | null;
  to: DemoStage;
  at: string;
  by_rule: boolean;
  moved_by: string | null;
};
export type DemoCard = {
  id: string;
  property_id: string;
  assigned_to: string | null;
  created_by: string;
  /** Empty where nobody has looked into it yet. */
  score_inputs: DemoInputs | Record<string, never>;
  lost_reason: string | null;
  /** In the order of time; the first makes the card. */
  moves: [DemoMove, ...DemoMove[]];
};

/**
 * @param properties those that get a card, as many as there are cards at most; with who looks after them
 * @param now milliseconds; the last moves lie shortly before it
 * @param colleagues user ids of those who moved the cards
 */
export function makeBoard(
  random: Random,
  properties: readonly { id: string; assigned_to: string | null }[],
  now: number,
  colleagues: readonly [string, ...string[]],
): DemoCard[] {
  const ends = reached.flatMap(([stage, cards]) => Array.from({ length: cards }, () => stage));
  return random.some(properties, ends.length).flatMap((property, index) => {
    const end = ends[index];
    return end ? [makeCard(random, property, end, now, colleagues)] : [];
  });
}

function makeCard(
  random: Random,
  property: { id: string; assigned_to: string | null },
  end: DemoStage,
  now: number,
  colleagues: readonly [string, ...string[]],
): DemoCard {
  const path: DemoStage[] =
    end === 'Denied' ? [...way.slice(0, random.int(1, 4)), end] : way.slice(0, way.indexOf(end) + 1);
  const isOver = end === 'Signed' || end === 'Denied';
  const isApproved = path.includes('Approved');
  const mover = property.assigned_to ?? random.pick(colleagues);
  // what the rule of the score would have moved on must not wait in front of it
  const inputs: DemoInputs = isApproved
    ? {
        roi_annual_pct: random.int(90, 150) / 10,
        regulatory_risk: random.int(5, 25),
        market_risk: random.int(5, 35),
        jurisdiction_allowed: true,
      }
    : {
        roi_annual_pct: random.int(20, 80) / 10,
        regulatory_risk: random.int(30, 80),
        market_risk: random.int(25, 70),
        jurisdiction_allowed: random.chance(0.7),
      };
  // counted back from the last move, so that open cards are ones that somebody works on
  const days = [isOver ? random.int(0, 66) : Math.min(random.int(0, 12), random.int(0, 12))];
  for (let step = path.length - 1; step > 0; step -= 1)
    days.unshift(Math.min((days[0] ?? 0) + (isOver ? random.int(1, 6) : random.int(3, 14)), oldestDays));
  let earliest = 0;
  const moves = path.map((to, step): DemoMove => {
    // never before the move that led here, nor after now
    const at = Math.min(
      Math.max(officeHours(random, now, days[step] ?? 0), earliest),
      now - 60_000 * (path.length - step),
    );
    earliest = at + 20 * 60_000;
    const byRule = to === 'Approved' && random.chance(0.5);
    return {
      from: path[step - 1] ?? null,
      to,
      at: new Date(at).toISOString(),
      by_rule: byRule,
      moved_by: byRule ? null : mover,
    };
  });
  return {
    id: random.uuid(),
    property_id: property.id,
    assigned_to: random.chance(0.88) ? mover : null,
    created_by: mover,
    score_inputs: isApproved || random.chance(0.6) ? inputs : {},
    lost_reason: end === 'Denied' ? random.pick(lostReasons) : null,
    moves: moves as [DemoMove, ...DemoMove[]],
  };
}

/** A moment of office hours in the Americas, so many days ago; what falls on a weekend happened on the Friday before. */
function officeHours(random: Random, now: number, daysAgo: number): number {
  const day = new Date(now - daysAgo * DAY_MS);
  day.setUTCDate(day.getUTCDate() - ([2, 0, 0, 0, 0, 0, 1][day.getUTCDay()] ?? 0));
  day.setUTCHours(random.int(14, 22), random.int(0, 59), random.int(0, 59), 0);
  return day.getTime();
}
