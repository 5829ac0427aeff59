import { describe, expect, test } from 'vitest';
import {
  type Board,
  type BoardCard,
  boardSearch,
  compareRanks,
  mergeChanges,
  neighboursOf,
  placeCard,
  putCard,
  readBoardState,
  slaOf,
} from './domain';

const card = (id: string, stage_id: string, rank: string): BoardCard => ({
  id,
  stage_id,
  rank,
  version: 1,
  score: null,
  assigned_to: null,
  stage_entered_at: '2026-11-01T00:00:00Z',
  lost_reason: null,
  property: { id: `p${id}`, name: id, address: null, city: null },
  owner: null,
  next_step_at: null,
  open_tasks: 0,
});

const board = (columns: Record<string, [count: number, cards: BoardCard[]]>): Board => ({
  pipeline: { id: 'pipe', name: 'Verification', approve_stage_id: null },
  pipelines: [],
  stages: Object.entries(columns).map(([id, [count, cards]]) => ({
    id,
    name: id,
    result: 'open',
    sla_days: null,
    count,
    cards,
  })),
});

const shown = (given: Board) =>
  Object.fromEntries(given.stages.map(({ id, count, cards }) => [id, [count, cards.map((each) => each.id)]]));

describe('ranks', () => {
  test('order as numbers do, beyond the digits that a JavaScript number has', () => {
    const ranks = [
      '-2048',
      '-0.5',
      '0',
      '0.5',
      '1024',
      '1024.000000000000000000001',
      '1024.00000000000000000001',
    ];
    expect([...ranks].reverse().sort(compareRanks)).toEqual(ranks);
    expect(compareRanks('-1.00000000000000000001', '-1')).toBeLessThan(0);
    expect(compareRanks('1.50', '1.5')).toBe(0);
  });
});

describe('changes of colleagues', () => {
  const a = card('a', 'one', '1');
  const b = card('b', 'one', '2');

  test('a moved card leaves its column and stands by its rank in the other', () => {
    const before = board({ one: [2, [a, b]], two: [1, [card('c', 'two', '5')]] });
    const moved = { ...a, stage_id: 'two', rank: '9' };
    expect(shown(mergeChanges(before, ['a'], { cards: [moved], counts: { one: 1, two: 2 } }))).toEqual({
      one: [1, ['b']],
      two: [2, ['c', 'a']],
    });
  });

  test('a card that came below what a column has loaded is counted, and read when somebody scrolls there', () => {
    const before = board({ one: [1, [a]], two: [40, [card('c', 'two', '5')]] });
    const moved = { ...a, stage_id: 'two', rank: '9' };
    expect(shown(mergeChanges(before, ['a'], { cards: [moved], counts: { two: 41 } }))).toEqual({
      one: [0, []],
      two: [41, ['c']],
    });
  });

  test('a card without an answer is gone', () => {
    const before = board({ one: [2, [a, b]] });
    expect(shown(mergeChanges(before, ['a'], { cards: [], counts: { one: 1 } }))).toEqual({
      one: [1, ['b']],
    });
  });

  test('a column that nothing happened in stays the same object, and is not drawn again', () => {
    const before = board({ one: [2, [a, b]], two: [1, [card('c', 'two', '5')]] });
    const after = mergeChanges(before, ['a'], { cards: [{ ...a, rank: '3' }], counts: { one: 2, two: 1 } });
    expect(after.stages[1]).toBe(before.stages[1]);
  });
});

describe('moving', () => {
  const cards = [card('a', 'one', '1'), card('b', 'one', '2'), card('c', 'one', '3')];

  test('within a column the place is counted without the card itself', () => {
    const before = board({ one: [3, cards] });
    expect(shown(placeCard(before, 'a', 'one', 1))).toEqual({ one: [3, ['b', 'a', 'c']] });
    expect(neighboursOf(cards, 'a', 1)).toEqual({ above: 'b', below: 'c' });
    expect(neighboursOf(cards, 'a', 2)).toEqual({ above: 'c', below: null });
  });

  test('a refused move puts the card back exactly where it stood', () => {
    const before = board({ one: [3, cards], two: [1, [card('d', 'two', '1')]] });
    const moved = placeCard(before, 'b', 'two', 0);
    expect(putCard(moved, cards[1] as BoardCard)).toEqual(before);
    expect(putCard(placeCard(before, 'c', 'one', 0), cards[2] as BoardCard)).toEqual(before);
  });

  test('into another column both counts change, and the time there begins', () => {
    const after = placeCard(board({ one: [3, cards], two: [0, []] }), 'b', 'two', 0);
    expect(shown(after)).toEqual({ one: [2, ['a', 'c']], two: [1, ['b']] });
    expect(Date.parse(after.stages[1]?.cards[0]?.stage_entered_at ?? '')).toBeGreaterThan(
      Date.parse('2026-11-02T00:00:00Z'),
    );
  });
});

describe('time limits', () => {
  const stage = { sla_days: 4, result: 'open' as const };
  const at = (day: number) => Date.parse('2026-11-01T00:00:00Z') + day * 86_400_000;

  test('a card is within its time, due soon in the last quarter of it, and over it', () => {
    const states = [0, 2.9, 3.1, 4.1].map((day) => slaOf(card('a', 'one', '1'), stage, at(day))?.state);
    expect(states).toEqual(['ok', 'ok', 'due_soon', 'breached']);
    expect(slaOf(card('a', 'one', '1'), stage, at(7.5))?.overdueDays).toBe(3);
  });

  test('a closed card has none', () => {
    expect(slaOf(card('a', 'one', '1'), { sla_days: 4, result: 'won' }, at(9))).toBeNull();
    expect(slaOf(card('a', 'one', '1'), { sla_days: null, result: 'open' }, at(9))).toBeNull();
  });
});

describe('the address', () => {
  test('what it doesn’t understand is left out, and what it does comes back the same', () => {
    const state = readBoardState({
      pipeline: 'nonsense',
      q: ' oak ',
      score: ['75-100', '3'],
      overdue: 'maybe',
      market: ['Austin', 'Austin'],
      assigned_to: 'none',
    });
    expect(state).toEqual({
      pipeline: null,
      q: 'oak',
      filters: { score: ['75-100'], market: ['Austin'], assigned_to: ['none'] },
    });
    expect(boardSearch(state)).toBe('q=oak&assigned_to=none&market=Austin&score=75-100');
  });
});
