import { expect, test } from 'vitest';
import { drain } from './drain';

test('batches go on until one finds nothing', async () => {
  const batches = [500, 500, 3, 0, 7];
  expect(
    await drain(
      async () => batches.shift() ?? 0,
      () => 60_000,
    ),
  ).toBe(1003);
  expect(batches).toEqual([7]);
});

test('what is left when the time is up is left to the next run', async () => {
  let left = 60_000;
  const total = await drain(
    async () => {
      left -= 25_000;
      return 10;
    },
    () => left,
  );
  expect(total).toBe(20);
});
