import { expect, test } from 'vitest';
import { makeBoard } from './board';
import { makeDirectory } from './directory';
import { makePoints } from './points';
import { randomFrom } from './random';
import { makePast } from './timeline';

const now = Date.parse('2026-11-21T18:00:00Z');

function make() {
  const random = randomFrom(20_261_121);
  const directory = makeDirectory(random);
  const points = makePoints(random, directory);
  return { directory, points, past: makePast(random, directory, points, now, ['a', 'b', 'c']) };
}

test('the demo reaches nobody: every number and address is one that is set aside for examples', () => {
  const { points, directory } = make();
  for (const { e164 } of points.phones) expect(e164).toMatch(/^\+1[2-9]\d\d55501\d\d$/);
  for (const { address } of points.emails) expect(address).toMatch(/^[a-z.]+@[a-z]+\.example$/);
  for (const { domain } of directory.organizations) expect(domain).toMatch(/\.example$/);
});

test('it is the same demo every time, of the size that pages need', () => {
  const one = make();
  expect(make()).toEqual(one);
  expect(one.directory.people.length).toBeGreaterThanOrEqual(220);
  expect(one.directory.organizations.length).toBe(90);
  expect(one.directory.properties.length).toBe(140);
});

test('it shows what is hard: shared numbers, bounces, numbers not to be called, properties whose owner is unknown', () => {
  const { points, directory } = make();
  const holders = new Map<string, number>();
  for (const { point } of points.links.person_phones) holders.set(point, (holders.get(point) ?? 0) + 1);
  expect([...holders.values()].filter((count) => count > 1).length).toBeGreaterThan(5);
  expect(points.emails.some(({ status }) => status === 'hard_bounced')).toBe(true);
  expect(points.phones.some(({ do_not_call }) => do_not_call)).toBe(true);
  expect(
    directory.properties.some(({ people, organizations }) => people.length + organizations.length === 0),
  ).toBe(true);
});

test('everything lies in the eighty-six days before now, and names are filled in', () => {
  const { past } = make();
  for (const { occurred_at, body, subject } of past.activities) {
    expect(Date.parse(occurred_at)).toBeLessThanOrEqual(now);
    expect(Date.parse(occurred_at)).toBeGreaterThan(now - 86 * 86_400_000);
    expect(`${subject} ${body}`).not.toMatch(/[{}]/);
  }
});

test('cards move forward in time, the latest moves are recent, and nothing lies after now', () => {
  const cards = makeBoard(
    randomFrom(20_261_122),
    make().directory.properties.map(({ id }) => ({ id, assigned_to: null })),
    now,
    ['a', 'b', 'c'],
  );
  expect(cards.length).toBeGreaterThan(60);
  for (const { moves } of cards) {
    const times = moves.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
    expect(Math.max(...times)).toBeLessThanOrEqual(now);
    expect(Math.min(...times)).toBeGreaterThan(now - 86 * 86_400_000);
    expect(moves.map(({ from }) => from)).toEqual([null, ...moves.slice(0, -1).map(({ to }) => to)]);
  }
});
