import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePhone, parsePhones } from '@/lib/contact-points/phone';

const one = (text: string) => {
  const parsed = parsePhone(text);
  return parsed.ok ? parsed.value : parsed.reason;
};

/** Any number of the North American plan. */
const nanp = fc
  .tuple(
    fc.integer({ min: 2, max: 9 }),
    fc.integer({ min: 0, max: 99 }),
    fc.integer({ min: 2, max: 9 }),
    fc.integer({ min: 0, max: 99 }),
    fc.integer({ min: 0, max: 9999 }),
  )
  .filter(([, area, , exchange]) => area !== 11 && exchange !== 11)
  .map(
    ([a, b, c, d, e]) =>
      [
        `${a}${String(b).padStart(2, '0')}`,
        `${c}${String(d).padStart(2, '0')}`,
        String(e).padStart(4, '0'),
      ] as const,
  )
  .filter((parts) => new Set(parts.join('')).size > 1);

describe('one number', () => {
  it('is the same however it is written', () => {
    fc.assert(
      fc.property(nanp, ([area, exchange, line]) => {
        const ways = [
          `+1${area}${exchange}${line}`,
          `(${area}) ${exchange}-${line}`,
          `${area}.${exchange}.${line}`,
          `1-${area}-${exchange}-${line}`,
          `${area}${exchange}${line}`,
          `${area}${exchange}${line}.0`,
          `tel:+1-${area}-${exchange}-${line}`,
        ];
        const read = ways.map((way) => {
          const parsed = parsePhone(way);
          return parsed.ok ? parsed.value.e164 : `${way} ${parsed.reason}`;
        });
        expect(new Set(read)).toEqual(new Set([`+1${area}${exchange}${line}`]));
      }),
    );
  });

  it('reads back what it shows and what it stores', () => {
    fc.assert(
      fc.property(nanp, (parts) => {
        const parsed = parsePhone(parts.join('-'));
        if (!parsed.ok) throw new Error(parsed.reason);
        expect(parsePhone(parsed.value.e164)).toMatchObject({ ok: true, value: { e164: parsed.value.e164 } });
        expect(parsePhone(parsed.value.display)).toMatchObject({
          ok: true,
          value: { e164: parsed.value.e164 },
        });
      }),
    );
  });

  it.each([
    ['(212) 555-0142', '+12125550142', '(212) 555-0142', null],
    ['212.555.0142 x12', '+12125550142', '(212) 555-0142', 'ext. 12'],
    ['Cell: 212-555-0142', '+12125550142', '(212) 555-0142', 'Mobile'],
    ['212-555-0142 (office) ext 7', '+12125550142', '(212) 555-0142', 'Work, ext. 7'],
    ["'+12125550142", '+12125550142', '(212) 555-0142', null],
    ['0012125550142', '+12125550142', '(212) 555-0142', null],
    ['+44 20 7946 0018', '+442079460018', '+44 20 7946 0018', null],
  ])('%s', (text, e164, display, label) => {
    expect(one(text)).toMatchObject({ e164, display, label });
  });

  it('tells landlines of countries whose numbers tell', () => {
    expect(one('+44 20 7946 0018')).toMatchObject({ line_type: 'landline', country: 'GB' });
    expect(one('+12125550142')).toMatchObject({ line_type: null, country: 'US' });
  });

  it.each([
    ['', 'is empty'],
    ['n/a', 'is empty'],
    ['call after five', 'holds no digits'],
    ['555-01', 'is too short for a phone number'],
    ['555-0142', 'lacks its area code'],
    ['1.21256E+10', 'was shortened by a spreadsheet; format the column as text and export again'],
    ['442079460018', 'is too long for US; a foreign number needs + and its country code'],
    ['123-456-7890', 'is not a number that can exist'],
    ['(999) 999-9999', 'is a made-up number'],
  ])('refuses %j: %s', (text, reason) => {
    expect(one(text)).toBe(reason);
  });

  it('never throws, and gives only E.164', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const { values } = parsePhones(text);
        for (const phone of values) expect(phone.e164).toMatch(/^\+[1-9]\d{5,14}$/);
      }),
    );
  });
});

describe('a cell of several numbers', () => {
  it.each([
    '212-555-0142; 310-555-0199',
    '212-555-0142, 310-555-0199',
    '212-555-0142/310-555-0199',
    '(212) 555-0142 or (310) 555-0199',
    '(O) 212-555-0142 (C) 310-555-0199',
    '2125550142\n3105550199\n+1 212 555 0142',
  ])('%j', (text) => {
    expect(parsePhones(text).values.map((phone) => phone.e164)).toEqual(['+12125550142', '+13105550199']);
  });

  it('keeps the good and names the bad', () => {
    const { values, rejected } = parsePhones('212-555-0142; ask Ann');
    expect(values).toHaveLength(1);
    expect(rejected).toEqual([{ text: 'ask Ann', reason: 'holds no digits' }]);
  });
});
