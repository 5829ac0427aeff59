import { expect, test } from 'vitest';
import { cutText } from './cut-text';

test('a cut text holds no half of a character', () => {
  for (let max = 0; max <= 8; max++) {
    const cut = cutText('ab😀cd😀', max);
    expect(cut).not.toMatch(/\p{Surrogate}/u);
    expect(cut.length).toBeLessThanOrEqual(max);
  }
  expect(cutText('abc', 2)).toBe('ab');
  expect(cutText('a😀', 3)).toBe('a😀');
});
