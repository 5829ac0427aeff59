import { describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { decodeCursor, encodeCursor } from './cursor';

const cursor = {
  sort: 'name',
  dir: 'asc',
  value: 'núñez "ünal"',
  id: '0b6f0d1e-7c1a-4d7e-9d3c-2f8f3a1b9c10',
} as const;

describe('a cursor', () => {
  test('survives the way to the caller and back, whatever a name holds', () => {
    const text = encodeCursor(cursor);
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(decodeCursor(text, { sort: 'name', dir: 'asc' })).toEqual(cursor);
  });

  test.each([
    ['of another order', encodeCursor(cursor), { sort: 'created', dir: 'asc' }],
    ['of the other direction', encodeCursor(cursor), { sort: 'name', dir: 'desc' }],
    ['that is no cursor', 'hello', { sort: 'name', dir: 'asc' }],
    ['with a NUL', encodeCursor({ ...cursor, value: 'a\u0000' }), { sort: 'name', dir: 'asc' }],
    ['with a forged id', encodeCursor({ ...cursor, id: "x' or true" }), { sort: 'name', dir: 'asc' }],
    ['that is empty', '', { sort: 'name', dir: 'asc' }],
  ] as const)('one %s is refused at its field', (_, text, order) => {
    const read = () => decodeCursor(text, order);
    expect(read).toThrow(AppError);
    expect(read).toThrow(
      expect.objectContaining({ code: 'invalid', fields: { cursor: expect.any(String) } }),
    );
  });
});
