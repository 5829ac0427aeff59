import { beforeAll, describe, expect, it } from 'vitest';
import { normalizeDate, readDetails } from '@/modules/imports/domain';
import { checkMapping, normalizeHeader, suggestMapping, toMapping } from '@/modules/imports/mapping';
import { allPresets, detectPreset, getPreset } from '@/modules/imports/presets/registry';
import { inspectFile } from '@/modules/imports/records';
import { fixture } from '@/tests/fixtures/imports/read';

let qozbHeader: string[] = [];
beforeAll(async () => {
  qozbHeader = (await inspectFile(fixture('qozb.csv'))).headers;
});

const suggest = (columns: Record<string, string[]>) => {
  const headers = Object.keys(columns);
  const length = Math.max(...Object.values(columns).map((values) => values.length));
  const samples = Array.from({ length }, (_, index) =>
    headers.map((header) => columns[header]?.[index] ?? ''),
  );
  return toMapping(suggestMapping(headers, samples, getPreset('generic')));
};

describe('suggested mappings', () => {
  it('take headers in any case and punctuation for the same', () => {
    expect(
      ['LinkedIn_URL', 'linkedin url', 'Linkedin-URL:', 'linkedInUrl', 'LINKEDIN URL'].map(normalizeHeader),
    ).toEqual(Array(5).fill('linkedin url'));
  });

  it('give every QOZB column its field, and the rest to the property’s details', () => {
    const suggestions = suggestMapping(qozbHeader, [], getPreset('qozb'));
    const loose = suggestions.filter((one) => one.target === 'property.details').map((one) => one.column);
    expect(loose).toEqual(['PropertyID', 'Property Special Status', 'Impr. Rating', 'Loc. Rating']);
    expect(suggestions.filter((one) => one.target === null)).toEqual([]);
  });

  it('know QOZB roles with and without "Contact" in their columns', () => {
    const mapping = toMapping(
      suggestMapping(
        ['Owner', 'Owner Email', 'Owner Contact Phone Number', 'Special Servicer Contact Website'],
        [],
        getPreset('qozb'),
      ),
    );
    expect(Object.values(mapping)).toEqual([
      'owner.organization',
      'owner.email',
      'owner.phone',
      'special_servicer.website',
    ]);
  });

  it('read a misspelt header by its likeness', () => {
    expect(suggest({ 'Frist Name': ['Ann'], 'Last Nmae': ['Lee'], Compnay: ['Acme'] })).toEqual({
      'Frist Name': 'person.first_name',
      'Last Nmae': 'person.last_name',
      Compnay: 'organization.name',
    });
  });

  it('read a meaningless header by its values', () => {
    expect(
      suggest({
        X1: ['ann@firm.example', 'bo@firm.example'],
        X2: ['(212) 555-0142', '310-555-0199'],
        X3: ['https://www.linkedin.com/in/ann', 'linkedin.com/in/bo'],
        X4: ['https://firm.example', 'www.other.example'],
        X5: ['some', 'text'],
      }),
    ).toEqual({
      X1: 'person.email',
      X2: 'person.phone',
      X3: 'person.linkedin',
      X4: 'organization.website',
      X5: 'person.details',
    });
  });

  it('believe the values over a header that they contradict', () => {
    expect(suggest({ Contact: ['ann@firm.example', 'bo@firm.example'] })).toEqual({
      Contact: 'person.email',
    });
  });

  it('feed several columns into e-mail and phone, but one into a name', () => {
    expect(
      suggest({
        Email: [],
        'Secondary Email': [],
        'Email 3': [],
        'Cell Phone': [],
        Name: [],
        'Full Name': [],
        Fax: [],
      }),
    ).toEqual({
      Email: 'person.email',
      'Secondary Email': 'person.email',
      'Email 3': 'person.email',
      'Cell Phone': 'person.phone',
      Name: 'person.name',
      'Full Name': 'person.details',
      Fax: 'person.details',
    });
  });

  it('give "City" to the property, the firm or the person, by what the list is about', () => {
    expect(suggest({ 'Property Name': [], City: [] }).City).toBe('property.city');
    expect(suggest({ Company: [], Address: [], City: [] })).toMatchObject({
      Address: 'organization.address',
      City: 'organization.city',
    });
    expect(suggest({ Name: [], Email: [], City: [], State: [] })).toMatchObject({
      City: 'person.city',
      State: 'person.state',
    });
  });

  it('leave out the two columns of our own file of rejected rows', () => {
    expect(suggest({ Name: ['Ann'], Line: ['7'], Reason: ['Too short'] })).toEqual({
      Name: 'person.name',
      Line: null,
      Reason: null,
    });
  });
});

describe('checking a mapping', () => {
  const preset = getPreset('generic');
  it('passes what was suggested', () => {
    for (const one of allPresets) {
      const headers =
        one.id === 'qozb' ? qozbHeader : one.id === 'generic' ? ['Name', 'Email'] : one.signature;
      expect(checkMapping(toMapping(suggestMapping(headers, [], one)), headers, one), one.id).toEqual([]);
    }
  });
  it('names a field that is none, one that is fed twice, and a list that names nobody', () => {
    expect(
      checkMapping(
        { A: 'person.shoe_size', B: 'person.name', C: 'person.name' },
        ['A', 'B', 'C'],
        preset,
      ).map((one) => one.column),
    ).toEqual(['A', 'C']);
    expect(checkMapping({ A: 'person.phone', B: null }, ['A', 'B'], preset)).toMatchObject([{ column: '' }]);
  });
});

describe('presets', () => {
  it.each(allPresets.filter((preset) => preset.signature.length > 0))(
    '$id is told by its headers',
    (preset) => {
      expect(detectPreset(preset.signature.map((header) => header.toUpperCase())).preset).toBe(preset.id);
    },
  );
  it('have unique fields, and send their headers only to fields they have', () => {
    for (const preset of allPresets) {
      const keys = preset.fields.map((field) => field.key);
      expect(new Set(keys).size).toBe(keys.length);
      const targets = [...Object.values(preset.known), preset.rest].filter((target) => target !== null);
      expect(keys).toEqual(expect.arrayContaining(targets));
      expect(Object.keys(preset.known)).toEqual(Object.keys(preset.known).map(normalizeHeader));
      expect(preset.signature).toEqual(preset.signature.map(normalizeHeader));
    }
  });
  it('take an unknown header row for no known list', () => {
    expect(detectPreset(['Name', 'Email', 'Phone'])).toEqual({ preset: 'generic', confidence: 0 });
  });
});

describe('values', () => {
  it.each([
    ['2026-5-1', '2026-05-01'],
    ['5/1/2026', '2026-05-01'],
    ['5/1/26', '2026-05-01'],
    ['May 1, 2026', '2026-05-01'],
    ['2026-05-01T10:00:00Z', '2026-05-01'],
    ['Jun 2026', '2026-06'],
    ['Jan-24', '2024-01'],
    ['6/2026', '2026-06'],
    ['45413', '2024-05-01'],
    ['2026', '2026'],
    ['Q3 2026', 'Q3 2026'],
    ['2/30/2026', '2/30/2026'],
  ])('a date written %s is %s', (text, date) => {
    expect(normalizeDate(text)).toBe(date);
  });

  it('details are plain data, whatever the JSON', () => {
    expect(readDetails('{"a": 1, "b": null, "c": "", "d": "x\\u0000y\\ud800"}', 'details')).toEqual({
      a: 1,
      d: 'xy',
    });
    expect(readDetails('[]', 'details')).toEqual({});
    expect(readDetails('["a"]', 'details')).toEqual({ details: ['a'] });
    expect(readDetails('{broken', 'details')).toEqual({ details: '{broken' });
    expect(readDetails(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'details')).toBeDefined();
    expect(Object.getPrototypeOf(readDetails('{"__proto__": {"x": 1}}', 'details'))).toBe(Object.prototype);
  });
});
