import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCsv } from '@/lib/csv/write';
import { inspectFile, readRecords } from '@/modules/imports/records';
import { type ImportPreset, importPresets } from '@/modules/imports/schema';
import { fixture, imported, records, rows } from '@/tests/fixtures/imports/read';

describe('what a file is taken for', () => {
  it.each<[string, ImportPreset, string, string]>([
    ['qozb.csv', 'qozb', 'utf-8', ','],
    ['qozb-semicolon-windows-1252.csv', 'qozb', 'windows-1252', ';'],
    ['family-offices.csv', 'family_offices', 'utf-8', ','],
    ['family-offices-utf-16le.csv', 'family_offices', 'utf-16le', '\t'],
    ['contacts-investors.csv', 'contacts', 'utf-8', ','],
    ['contacts-developers.csv', 'contacts', 'utf-8', ','],
    ['gohighlevel.csv', 'gohighlevel', 'utf-8', ','],
    ['n8n-leads.csv', 'n8n_leads', 'utf-8', ','],
    ['eventbrite.csv', 'eventbrite', 'utf-8', ','],
    ['generic-owners.tsv', 'generic', 'utf-8', '\t'],
  ])('%s is %s', async (name, preset, encoding, delimiter) => {
    const inspection = await inspectFile(fixture(name));
    expect(inspection).toMatchObject({ preset, encoding, delimiter, warnings: [] });
    expect(inspection.samples.length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(inspection.mapping)).toEqual(inspection.headers);
  });

  it('reads the same records from every way to write a file', async () => {
    expect(await imported('qozb-semicolon-windows-1252.csv')).toEqual(await imported('qozb.csv'));
    expect(await imported('family-offices-utf-16le.csv')).toEqual(await imported('family-offices.csv'));
  });
});

describe('reading a list through', () => {
  it('goes on behind the line where an import was broken off, with the same records', async () => {
    const whole = await imported('qozb.csv');
    const { mapping } = await inspectFile(fixture('qozb.csv'));
    const rest = await records(fixture('qozb.csv'), { preset: 'qozb', mapping, afterLine: 6, batchRows: 2 });
    expect(rest).toEqual(whole.filter((record) => record.line > 6));
  });

  it('gives batches of the asked size', async () => {
    const sizes: number[] = [];
    for await (const batch of readRecords(fixture('qozb.csv'), { preset: 'qozb', batchRows: 5 }))
      sizes.push(batch.length);
    expect(sizes).toEqual([5, 5, 3]);
  });

  it('keeps a ragged row and a formula’s row with their reason and cells', async () => {
    const found = await imported('qozb.csv');
    expect(found.find((record) => record.line === 11)).toMatchObject({
      failed: expect.stringContaining('5 cells where the header has 62'),
      raw: ['Atlanta', 'Castleberry', '200110', 'Broken Row Lofts', '300 Peters St'],
    });
    const formula = found.find((record) => record.line === 14);
    expect(formula?.property?.name).toBe('=HYPERLINK("https://phish.example";"Lofts")');
    expect(formula?.problems).toMatchObject([{ table: 'properties', column: 'Property Name' }]);
  });

  it('takes a mapping made by hand over its own suggestion', async () => {
    const table = [
      ['A', 'B', 'C'],
      ['ann@firm.example', 'Lee', 'secret'],
    ];
    const [record] = await rows('generic', table, {
      mapping: { A: 'person.email', B: 'person.last_name', C: null, Gone: 'person.phone' },
    });
    expect(record?.people).toMatchObject([
      { last_name: 'Lee', emails: [{ address: 'ann@firm.example' }], details: {} },
    ]);
  });

  it('never gives an empty string, a NUL or a value longer than its column, whatever the cells hold', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom(
        '',
        ' ',
        'n/a',
        '\u0000',
        'ann@firm.example',
        '212-555-0142',
        '{"a": {"b": "\\u0000"}}',
        'x'.repeat(600),
        'LLC',
      ),
    );
    const headers = [
      'Name',
      'Email',
      'Phone',
      'Company',
      'Website',
      'City',
      'Property Address',
      'Units',
      'Tags',
      'Details',
      'Notes',
    ];
    const check = (value: unknown): void => {
      if (typeof value === 'string') {
        expect(value).not.toBe('');
        expect(value).not.toContain('\u0000');
      } else if (typeof value === 'object' && value !== null) {
        Object.values(value).forEach(check);
      }
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: headers.length, maxLength: headers.length }),
        async (cells) => {
          fc.pre(cells.some((text) => text.trim() !== ''));
          for (const { raw, people, organizations, property: place } of await rows('generic', [
            headers,
            cells,
          ])) {
            check({ people, organizations, place });
            for (const person of people) {
              expect(person.first_name ?? person.last_name ?? person.emails[0]).toBeTruthy();
              expect((person.first_name ?? '').length).toBeLessThanOrEqual(200);
            }
            for (const firm of organizations) expect(firm.name.length).toBeLessThanOrEqual(300);
            if (place) expect(place.name ?? place.address).toBeTruthy();
            expect(raw === null || raw.every((text) => !text.includes('\u0000'))).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('takes no time over cells that would keep a pattern busy', async () => {
    const headers = [
      'Name',
      'First Name',
      'Email',
      'Phone',
      'LinkedIn',
      'Website',
      'Company',
      'Location',
      'Property Address',
      'Units',
      'Zip',
      'Details',
    ];
    const long = 20_000;
    const shapes = [
      ' ',
      '-',
      ')',
      '(',
      'a',
      '@',
      'a.',
      'a@',
      '1',
      '1 ',
      '1,',
      '"',
      '&',
      'LLC ',
      '{"a":',
      '=',
      'é',
    ].map((shape) => `a${shape.repeat(Math.floor(long / shape.length))}!`);
    const table = [headers, ...shapes.map((shape) => headers.map(() => shape)), headers.map(() => 'a b')];
    const found = await rows('generic', table);
    expect(found).toHaveLength(shapes.length + 1);
    await inspectFile(Readable.from([Buffer.from(writeCsv(table))]));
  }, 30_000);

  it('knows every preset of the contract', async () => {
    for (const preset of importPresets) {
      const [record] = await rows(preset, [
        ['Owner Contact First Name', 'First Name', 'Name', 'Email'],
        ['Ann', 'Ann', 'Ann', 'ann@firm.example'],
      ]);
      expect(record?.failed, preset).toBeNull();
    }
  });
});
