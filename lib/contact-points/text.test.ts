import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeCountry, normalizeState, normalizeZip } from '@/lib/contact-points/address';
import { blank, blankName, textOrNull } from '@/lib/contact-points/blank';
import { parseLocation } from '@/lib/contact-points/location';
import { joinName, properCase, splitName } from '@/lib/contact-points/name';
import { parseWebsite } from '@/lib/contact-points/website';

describe('stand-ins for nothing', () => {
  it.each([
    '',
    '  ',
    '-',
    '--',
    'N/A',
    'n/a',
    'NA',
    'none',
    'NULL',
    '#N/A',
    '#REF!',
    'TBD',
    'unknown',
    'nan',
    '...',
    'Info Requested',
    '(blank)',
    'Not available',
  ])('%j is blank', (text) => expect(blank(text)).toBe(true));
  it.each(['0', 'Nate', 'Bo', 'Nona', 'Tba Street', 'A', '5', 'Noel', '#4', 'Nane', '=1'])(
    '%j is not',
    (text) => expect(blank(text)).toBe(false),
  );
  it('lets people be called Null and Na', () => {
    expect([blankName('Null'), blankName('Na'), blankName('NULL'), blankName('n/a')]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
  it('is never an empty string', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(textOrNull(text)).not.toBe('');
      }),
    );
  });
});

describe('names', () => {
  it.each([
    ['John Smith', 'person', 'John', 'Smith'],
    ['Smith, John', 'person', 'John', 'Smith'],
    ['JOHN MCDONALD', 'person', 'John', 'McDonald'],
    ["MARY O'BRIEN", 'person', 'Mary', "O'Brien"],
    ['maria de la cruz', 'person', 'Maria', 'de la Cruz'],
    ['Dr. John Q. Public Jr., CPA', 'person', 'John Q.', 'Public Jr.'],
    ['AJ SMITH', 'person', 'AJ', 'Smith'],
    ['Madonna', 'person', 'Madonna', null],
    ['Tom Church', 'person', 'Tom', 'Church'],
    ['John & Mary Smith', 'couple', 'John & Mary', 'Smith'],
    ['SMITH, JOHN & MARY', 'couple', 'John & Mary', 'Smith'],
    ['John Smith and Mary Jones', 'couple', 'John Smith and Mary Jones', null],
  ])('%s', (text, kind, first_name, last_name) => {
    expect(splitName(text)).toEqual({ kind, first_name, last_name });
  });

  it.each([
    'Smith Family Trust',
    'ACME HOLDINGS LLC',
    'Estate of Jane Roe',
    'First National Bank of Ohio',
    'Oak & Elm Partners, L.P.',
  ])('%s is no person', (name) => expect(splitName(name)).toEqual({ kind: 'organization', name }));

  it('reads names in two columns, and trusts written into them', () => {
    expect(joinName('JO', 'SMITH')).toEqual({ kind: 'person', first_name: 'Jo', last_name: 'Smith' });
    expect(joinName('John & Mary', 'Smith')).toEqual({
      kind: 'couple',
      first_name: 'John & Mary',
      last_name: 'Smith',
    });
    expect(joinName('Smith Family', 'Trust')).toEqual({ kind: 'organization', name: 'Smith Family Trust' });
    expect(joinName('n/a', '-')).toBeNull();
  });

  it('leaves a name alone that has its capitals, and changes none twice', () => {
    expect(properCase('LaToya deShawn')).toBe('LaToya deShawn');
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{2,9}( [A-Z'-]{2,9})?$/), (name) => {
        expect(properCase(properCase(name))).toBe(properCase(name));
      }),
    );
  });

  it('never throws and never gives an empty part', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const parts = splitName(text);
        if (parts && parts.kind !== 'organization') {
          expect(parts.first_name ?? parts.last_name).toBeTruthy();
          expect([parts.first_name, parts.last_name]).not.toContain('');
        }
      }),
    );
  });
});

describe('places', () => {
  it.each([
    ['Austin, TX', 'Austin', 'TX'],
    ['Austin, Texas, USA', 'Austin', 'TX'],
    ['Austin TX 78701', 'Austin', 'TX'],
    ['Austin, Texas Metropolitan Area', 'Austin', 'TX'],
    ['Greater Denver Area', 'Denver', null],
    ['Washington, D.C.', 'Washington', 'DC'],
    ['Texas', null, 'TX'],
    ['New York', 'New York', null],
    ['Toronto, Canada', 'Toronto', null],
    ['n/a', null, null],
  ])('%s', (text, city, state) => {
    expect(parseLocation(text)).toMatchObject({ city, state });
  });

  it('gives ZIPs their zeros back, and leaves foreign codes alone', () => {
    expect(
      ['2134', '601', '2134.0', '21341234', '02134-1234', '02134'].map((zip) => normalizeZip(zip)),
    ).toEqual(['02134', '00601', '02134', '02134-1234', '02134-1234', '02134']);
    expect(normalizeZip('SW1A 1AA', 'United Kingdom')).toBe('SW1A 1AA');
    expect(normalizeZip('1010', 'Austria')).toBe('1010');
  });

  it('writes states and the country one way', () => {
    expect(['Texas', 'tx', 'TX', 'D.C.', 'Ontario', ''].map(normalizeState)).toEqual([
      'TX',
      'TX',
      'TX',
      'DC',
      'Ontario',
      null,
    ]);
    expect(['USA', 'U.S.', 'united states of america', 'Canada'].map(normalizeCountry)).toEqual([
      'United States',
      'United States',
      'United States',
      'Canada',
    ]);
  });
});

describe('web addresses', () => {
  it.each([
    ['www.firm.example', 'https://www.firm.example', 'firm.example'],
    ['HTTP://Firm.example/About/', 'http://firm.example/About', 'firm.example'],
  ])('%s', (text, url, domain) => {
    expect(parseWebsite(text)).toEqual({ ok: true, value: { url, domain } });
  });
  it.each(['javascript:alert(1)', 'data:text/html,x', 'not a site', 'firm', 'ann@firm.example'])(
    'refuses %s',
    (text) => {
      expect(parseWebsite(text).ok).toBe(false);
    },
  );
});
