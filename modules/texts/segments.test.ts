/** How many segments a text takes: the quick way says what the library says. */
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { segmentsOf } from './segments';

const byLibrary = (body: string) => {
  const message = new SegmentedMessage(body, 'auto');
  return {
    segments: message.segmentsCount,
    encoding: message.encodingName,
    characters: message.numberOfCharacters,
    nonGsm: [...new Set(message.getNonGsmCharacters())],
  };
};
/** Letters of one septet, of two, and of none. */
const letters = fc.constantFrom(
  ...'abcXYZ 019\n@$_!"#%&\'()*+,-./:;<=>?',
  ...'abcdefgh',
  '€',
  '{',
  'é',
  '😀',
  '\r\n',
  '’',
);
const plain = fc.constantFrom(...'abcXYZ 019\n@$_!"#%&\'()*+,-./:;<=>?');

test('of any text it is what the library counts', () => {
  const texts = fc.oneof(
    fc.string({ unit: plain, maxLength: 500 }),
    fc.string({ unit: letters, maxLength: 200 }),
  );
  fc.assert(
    fc.property(texts, (body) => {
      fc.pre(body !== '');
      expect(segmentsOf(body)).toEqual(byLibrary(body));
    }),
  );
});

test.each([1, 160, 161, 306, 307, 459, 1530, 1531])('%d plain letters', (length) => {
  const body = 'a'.repeat(length);
  expect(segmentsOf(body)).toEqual(byLibrary(body));
});
