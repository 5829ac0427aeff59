/** Segments as carriers count them, and states that never go back. */
import { describe, expect, test } from 'vitest';
import {
  deliveries,
  deliveryRanks,
  deliveryWords,
  helpAnswer,
  missingSentence,
  startAnswer,
  stopAnswer,
  textStateWord,
} from './domain';
import { segmentsOf } from './segments';

describe('segments', () => {
  test.each([
    ['a'.repeat(160), 1, 'GSM-7'],
    ['a'.repeat(161), 2, 'GSM-7'],
    ['a'.repeat(1530), 10, 'GSM-7'],
    ['a'.repeat(1531), 11, 'GSM-7'],
    // the euro and braces stand in the extension table: two septets each
    ['€'.repeat(80), 1, 'GSM-7'],
    ['€'.repeat(81), 2, 'GSM-7'],
    ['{'.repeat(80), 1, 'GSM-7'],
    ['é à ñ Ü', 1, 'GSM-7'],
    // one character outside of the alphabet and all are counted as 16 bits
    [`${'a'.repeat(69)}ő`, 1, 'UCS-2'],
    [`${'a'.repeat(70)}ő`, 2, 'UCS-2'],
    ['😀'.repeat(35), 1, 'UCS-2'],
    ['😀'.repeat(36), 2, 'UCS-2'],
    [`${'a'.repeat(669)}’`, 10, 'UCS-2'],
    [`${'a'.repeat(670)}’`, 11, 'UCS-2'],
  ])('%#: %i', (body, segments, encoding) => {
    expect(segmentsOf(body)).toMatchObject({ segments, encoding });
  });

  test('what makes it expensive is named', () => {
    expect(segmentsOf('Don’t – really')).toMatchObject({ encoding: 'UCS-2', nonGsm: ['’', '–'] });
  });

  test('the answers that must be given fit into few segments', () => {
    for (const answer of [stopAnswer, startAnswer, helpAnswer])
      expect(segmentsOf(answer('Harbor Lane Partners')).segments).toBeLessThanOrEqual(2);
  });
});

describe('words', () => {
  test('every state of the provider has a rank above none and a word', () => {
    for (const delivery of deliveries) {
      expect(deliveryRanks[delivery]).toBeGreaterThan(0);
      expect(deliveryWords[delivery]).toBeTruthy();
    }
  });

  test('what the provider tells of a text goes before its place in the queue', () => {
    expect(textStateWord({ status: 'sent', delivery: 'undelivered' })).toBe('Not delivered');
    expect(textStateWord({ status: 'unknown', delivery: null })).toBe('Not known whether it went');
  });

  test('a missing field is named as people know it and as it is written', () => {
    expect(missingSentence(['first_name', 'nickname'])).toBe(
      'No value for First name ({{ first_name }}), nickname ({{ nickname }})',
    );
  });
});
