import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkGraph, delayWords, type Graph, reachable } from './domain';

const delay = { days: 0, hours: 0, minutes: 0 };
const graphOf = (
  ids: string[],
  ways: [string, string, number?][],
  entry: string | null = ids[0] ?? null,
): Graph => ({
  entry_step_id: entry,
  steps: ids.map((id) => ({ id, name: id.toUpperCase() })),
  edges: ways.map(([from, to, days = 0]) => ({ from, to, ...delay, days })),
});
const codes = (graph: Graph) => checkGraph(graph).map((problem) => problem.code);

describe('a graph of mails', () => {
  test('is sound as one mail, a line, a fork, and a round that takes time', () => {
    expect(codes(graphOf(['a'], []))).toEqual([]);
    expect(
      codes(
        graphOf(
          ['a', 'b', 'c'],
          [
            ['a', 'b', 3],
            ['b', 'c', 3],
          ],
        ),
      ),
    ).toEqual([]);
    expect(
      codes(
        graphOf(
          ['a', 'b', 'c'],
          [
            ['a', 'b'],
            ['a', 'c', 1],
          ],
        ),
      ),
    ).toEqual([]);
    expect(
      codes(
        graphOf(
          ['a', 'b'],
          [
            ['a', 'b', 1],
            ['b', 'a'],
          ],
        ),
      ),
    ).toEqual([]);
  });
  test('needs a mail and a first one', () => {
    expect(codes(graphOf([], []))).toEqual(['no_steps']);
    expect(codes(graphOf(['a'], [], null))).toEqual(['no_entry']);
    expect(codes(graphOf(['a'], [], 'z'))).toEqual(['no_entry']);
  });
  test('names the mail that nobody reaches, also where it stands in a round of its own', () => {
    const problems = checkGraph(
      graphOf(
        ['a', 'b', 'c'],
        [
          ['b', 'c', 1],
          ['c', 'b', 1],
        ],
      ),
    );
    expect(problems.map((problem) => [problem.code, problem.steps])).toEqual([
      ['unreachable_step', ['b']],
      ['unreachable_step', ['c']],
    ]);
    expect(problems[0]?.message).toContain('“B”');
  });
  test('names a round without delay in its order', () => {
    const problems = checkGraph(
      graphOf(
        ['a', 'b', 'c'],
        [
          ['a', 'b', 1],
          ['b', 'c'],
          ['c', 'b'],
        ],
      ),
    );
    expect(problems).toMatchObject([{ code: 'cycle_without_delay' }]);
    expect(problems[0]?.message).toMatch(/“B” → “C” → “B”|“C” → “B” → “C”/);
    expect(codes(graphOf(['a'], [['a', 'a']]))).toEqual(['cycle_without_delay']);
  });
  test('refuses a way from or to nowhere', () => {
    expect(codes(graphOf(['a'], [['a', 'z', 1]]))).toEqual(['unknown_step']);
  });
  test('a round is found exactly where one is', () => {
    const step = fc.integer({ min: 0, max: 6 }).map(String);
    const ways = fc.array(fc.tuple(step, step, fc.constantFrom(0, 1)), { maxLength: 20 });
    fc.assert(
      fc.property(ways, (given) => {
        const ids = ['0', '1', '2', '3', '4', '5', '6'];
        const graph = graphOf(ids, given);
        const fast = graph.edges.filter((edge) => edge.days === 0);
        const round = fast.some((edge) => reachable(edge.to, fast).has(edge.from));
        const found = checkGraph(graph).find((problem) => problem.code === 'cycle_without_delay');
        expect(Boolean(found)).toBe(round);
        const cycle = found?.steps ?? [];
        for (const [at, id] of cycle.entries()) {
          const next = cycle[(at + 1) % cycle.length];
          expect(fast.some((edge) => edge.from === id && edge.to === next)).toBe(true);
        }
      }),
    );
  });
});

test('delays in words', () => {
  expect(delayWords(delay)).toBe('at once');
  expect(delayWords({ ...delay, days: 3 })).toBe('after 3 days');
  expect(delayWords({ days: 1, hours: 2, minutes: 30 })).toBe('after 1 day, 2 hours and 30 minutes');
  expect(delayWords({ ...delay, hours: 1, minutes: 1 })).toBe('after 1 hour and 1 minute');
});
