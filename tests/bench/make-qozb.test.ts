import { describe, expect, it } from 'vitest';
import { makeQozb } from '@/tests/bench/make-qozb';
import { records } from '@/tests/fixtures/imports/read';

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('the benchmark’s list', () => {
  it('has some 1.8 contacts a row, and three rows in a hundred with something wrong', async () => {
    const count = 600;
    const found = await records(bytes([...makeQozb(count)].join('')), { preset: 'qozb' });
    expect(found).toHaveLength(count);
    const people = found.reduce((sum, record) => sum + record.people.length, 0);
    expect(people / count).toBeGreaterThan(1.7);
    expect(people / count).toBeLessThan(1.9);
    const dirty = found.filter((record) => record.failed !== null || record.problems.length > 0).length;
    expect(dirty / count).toBeGreaterThan(0.01);
    expect(dirty / count).toBeLessThan(0.04);
    expect([...makeQozb(50, 7)]).toEqual([...makeQozb(50, 7)]);
  }, 20_000);
});
