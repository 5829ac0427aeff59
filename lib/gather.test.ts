import { expect, test } from 'vitest';
import { gather } from './gather';

test('what is asked while a round trip is under way goes together with the next', async () => {
  const sets: number[][] = [];
  const ask = gather(async (items: number[]) => {
    sets.push(items);
    await Promise.resolve();
    return items.map((item) => item * 2);
  }, 3);
  expect(await Promise.all([1, 2, 3, 4, 5].map(ask))).toEqual([2, 4, 6, 8, 10]);
  expect(sets).toEqual([[1], [2, 3, 4], [5]]);
});

test('one that fails takes none of the others with it', async () => {
  const ask = gather(async (items: string[]) => {
    if (items.includes('poison')) throw new Error('not this one');
    return items;
  });
  const results = await Promise.allSettled(['first', 'poison', 'last'].map(ask));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
