import { describe, expect, test } from 'vitest';
import { numberColumn, reasonColumn } from './domain';

describe('the column of the numbers', () => {
  test.each([
    [['Whatever'], 0],
    [['Name', 'Phone', 'Reason'], 1],
    [['Number', 'E.164', 'Reason'], 1],
    [['Name', 'Owner phone (cell)'], 1],
    [['Area code', 'phone_number'], 1],
    // nobody guesses between two
    [['Phone 1', 'Phone 2', 'Name'], -1],
    [['Name', 'City'], -1],
  ])('of %j is %i', (headers, expected) => expect(numberColumn(headers)).toBe(expected));

  test('is the one that somebody chose, however it is written', () => {
    expect(numberColumn(['Phone 1', 'Phone 2'], 'phone 2')).toBe(1);
    expect(numberColumn(['Phone 1', 'Phone 2'], 'Phone 3')).toBe(-1);
  });
});

test('a column that says why is found by its name', () => {
  expect(reasonColumn(['Phone', 'Reason'])).toBe(1);
  expect(reasonColumn(['Phone', 'Name'])).toBe(-1);
});
