import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { CsvError, type CsvErrorCode } from '@/lib/csv/errors';
import { type CsvFile, type CsvOptions, type CsvRow, openCsv } from '@/lib/csv/read';
import { delimiters } from '@/lib/csv/sniff';
import { writeCsv, writeRejectedRows } from '@/lib/csv/write';

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const open = (content: string | Uint8Array, options: CsvOptions = {}, size = 7): Promise<CsvFile> =>
  openCsv(chunked(typeof content === 'string' ? Buffer.from(content) : content, size), options);

async function all(file: CsvFile): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of file.rows) rows.push(row);
  return rows;
}

async function failure(read: () => Promise<unknown>): Promise<CsvErrorCode | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (error instanceof CsvError) return error.code;
    throw error;
  }
}

const readAll = async (content: string | Uint8Array, options: CsvOptions = {}) =>
  all(await open(content, options));

describe('reading what a file says', () => {
  it('gives back any cells, whatever the separator and however the bytes come', async () => {
    // What cleaning takes away on purpose: control characters, marks of an escaping export, `="…"`.
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => text.replace(/(?![\t\n\r])\p{Cc}|[\ufeff\ufffe\uffff]|\p{Surrogate}/gu, ''))
      .filter((text) => !/^'[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...delimiters),
        fc.integer({ min: 1, max: 40 }),
        async (rows, delimiter, size) => {
          const expected = rows.filter((row) => row.some((text) => text.trim() !== ''));
          fc.pre(expected.length > 0);
          const written = writeCsv([['First', 'Second', 'Third'], ...rows], delimiter);
          const file = await open(written, { delimiter }, size);
          const read = await all(file);
          expect(read.map((row) => row.cells)).toEqual(expected);
          expect(read.every((row) => row.error === null)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('names the physical line on which each row starts, across line breaks in cells and blank lines', async () => {
    const rows = await readAll('a,b\r\n1,"x\r\ny\nz"\r\n\r\n2,q\n3,r\n');
    expect(rows.map((row) => [row.line, row.cells[0]])).toEqual([
      [2, '1'],
      [6, '2'],
      [7, '3'],
    ]);
  });

  it('reads a file with mixed line endings row by row', async () => {
    expect((await readAll('a,b\n1,2\r\n3,4\r5,6')).map((row) => row.cells.join())).toEqual([
      '1,2',
      '3,4',
      '5,6',
    ]);
  });

  it('keeps a stray quote inside a cell as text', async () => {
    expect((await readAll('a,b\n5" pipe,x\n"say ""hi""",y\n')).map((row) => row.cells[0])).toEqual([
      '5" pipe',
      'say "hi"',
    ]);
  });

  it.each([
    [';', 'name;city\n"Lee; Ann";"Austin, TX"\nBo;Reno\n'],
    ['\t', 'name\tcity\nLee, Ann\tAustin\n'],
    ['|', 'name|city\nLee, Ann|Austin\n'],
    [',', 'name,city\n"a;b;c",x\n"d;e;f",y\n'],
    [',', 'email\nann@firm.example\n'],
  ])('finds the separator %j', async (delimiter, content) => {
    expect((await open(content)).delimiter).toBe(delimiter);
  });

  it('follows the separator that Excel declares on a line of its own', async () => {
    const file = await open('sep=;\r\na;b\r\n1,5;2\r\n');
    expect(file.headers).toEqual(['a', 'b']);
    expect(await all(file)).toMatchObject([{ line: 3, cells: ['1,5', '2'] }]);
  });

  it('skips a title above the column names and says so', async () => {
    const file = await open('Attendee report,,\n\nName,Email,City\nAnn,ann@firm.example,Austin\n');
    expect(file.headers).toEqual(['Name', 'Email', 'City']);
    expect(file.headerLine).toBe(3);
    expect(file.warnings.map((warning) => warning.code)).toEqual(['skipped_preamble']);
    expect((await all(file))[0]?.line).toBe(4);
  });

  it('warns where the first line holds data', async () => {
    const file = await open('Ann,ann@firm.example\nBo,bo@firm.example\n');
    expect(file.warnings.map((warning) => warning.code)).toEqual(['header_looks_like_data']);
  });

  it('tells repeated and unnamed columns apart and says so', async () => {
    const file = await open('Name,name,Name,,Name (2)\n1,2,3,4,5\n');
    expect(file.headers).toEqual(['Name', 'name (3)', 'Name (4)', 'Column 4', 'Name (2)']);
    expect(new Set(file.headers.map((header) => header.toLowerCase())).size).toBe(5);
    expect(file.warnings.map((warning) => warning.code)).toEqual(['duplicate_headers', 'unnamed_columns']);
  });

  it('holds a few pieces of a long file at a time', async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b\n');
      for (;;) {
        read++;
        yield Buffer.from('1,2\n'.repeat(16_000));
      }
    }
    const file = await openCsv(endless());
    let rows = 0;
    for await (const _ of file.rows) if (++rows >= 50_000) break;
    expect(read).toBeLessThanOrEqual(6);
  });
});

describe('encodings', () => {
  const text = 'Name,City\r\nJosé García,San José\r\nZoë “Z” Smith,Montréal\r\n';
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(text, 'utf-16le')])],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(text, 'utf-16be')])],
    ['utf-16le', iconv.encode(text, 'utf-16le')],
    ['windows-1252', iconv.encode(text, 'windows-1252')],
  ])('reads %s', async (encoding, bytes) => {
    const file = await open(bytes);
    expect(file.headers).toEqual(['Name', 'City']);
    expect((await all(file)).map((row) => row.cells[0])).toEqual(['José García', 'Zoë “Z” Smith']);
    expect(file.encoding()).toBe(encoding);
  });

  it('decides at the first accent, however far down it comes', async () => {
    const plain = 'Name,City\n'.concat('Ann Lee,Austin\n'.repeat(9_000));
    for (const encoding of ['utf-8', 'windows-1252']) {
      const file = await open(
        Buffer.concat([Buffer.from(plain), iconv.encode('Zoë,Montréal\n', encoding)]),
        {},
        50_000,
      );
      expect((await all(file)).at(-1)?.cells).toEqual(['Zoë', 'Montréal']);
      expect(file.encoding()).toBe(encoding);
    }
  });

  it('reads a UTF-8 file with Windows-1252 rows in it, and warns', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Name,City\nJosé,Añasco\n'),
      iconv.encode('Renée,Montréal\n', 'windows-1252'),
    ]);
    const file = await open(
      Buffer.concat([Buffer.from('Name,City\nJosé,Añasco\n'.repeat(4_000)), bytes]),
      {},
      64 * 1024,
    );
    const rows = await all(file);
    expect(rows.at(-1)?.cells).toEqual(['Renée', 'Montréal']);
    expect(file.warnings.map((warning) => warning.code)).toContain('mixed_encoding');
  });

  it('puts characters together that a chunk cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (size) => {
        const file = await open('Name,City\nJosé 🏠 Łódź,東京\n', {}, size);
        expect((await all(file))[0]?.cells).toEqual(['José 🏠 Łódź', '東京']);
      }),
    );
  });
});

describe('what bad input gets', () => {
  it.each<[CsvErrorCode, string, string | Uint8Array]>([
    ['empty_file', 'nothing', ''],
    ['empty_file', 'only blank lines', '\n\n \n'],
    ['header_only', 'only a header', 'Name,Email\n'],
    ['not_csv', 'a workbook', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 7)])],
    ['not_csv', 'a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj'],
    ['not_csv', 'an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
    ['not_csv', 'random bytes', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256))],
    ['not_csv', 'a web page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['not_csv', 'JSON', '[{"name": "Ann"}]'],
    ['unclosed_quote', 'a quote that is never closed', 'a,b\n1,2\n3,"four\n5,6\n'],
  ])('%s: %s', async (code, _what, content) => {
    expect(await failure(() => readAll(content))).toBe(code);
  });

  it('says on which line the quote is open, after the rows above it', async () => {
    const file = await open(`a,b\n${'1,2\n'.repeat(30)}3,"four\n5,6\n`);
    const rows: CsvRow[] = [];
    const error: unknown = await (async () => {
      for await (const row of file.rows) rows.push(row);
    })().catch((thrown: unknown) => thrown);
    expect(rows).toHaveLength(30);
    expect(error).toBeInstanceOf(CsvError);
    expect(error).toMatchObject({ line: 32, userMessage: expect.stringContaining('line 32') });
  });

  it('stops at the size and row limits', async () => {
    expect(await failure(() => readAll('a,b\n1,2\n'.repeat(10), { maxBytes: 40 }))).toBe('too_large');
    expect(await failure(() => readAll('a,b\n1,2\n3,4\n5,6\n', { maxRows: 2 }))).toBe('too_many_rows');
    expect(await failure(() => readAll(`${'a,'.repeat(1_001)}b\n1\n`))).toBe('too_many_columns');
  });

  it('fails a ragged row with both counts and goes on; blank cells at the end are no fault', async () => {
    const rows = await readAll('a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n');
    expect(rows.map((row) => row.error === null)).toEqual([false, true, false, true]);
    expect(rows[0]?.error).toMatch(/2 cells where the header has 3/);
    expect(rows[2]?.error).toMatch(/4 cells where the header has 3/);
  });

  it('fails a row with a NUL or an endless cell and keeps neither', async () => {
    const rows = await readAll(`a,b\nx\u0000y,1\n${'z'.repeat(100_001)},2\nok,3\n`);
    expect(rows.map((row) => row.error === null)).toEqual([false, false, true]);
    expect(rows[0]?.error).toContain('NUL');
    expect(rows[0]?.cells[0]).toBe('xy');
    expect(rows[1]?.cells[0]).toHaveLength(100_000);
  });

  it('strips control characters and lone surrogates', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      iconv.encode('a,b\nA\u0007nn,\u200bx', 'utf-16le'),
      Buffer.from([0, 0xd8]),
    ]);
    expect((await readAll(bytes))[0]?.cells[0]).toBe('Ann');
  });

  it('flags formulas, keeps them as text, and leaves phones and numbers alone', async () => {
    const rows = await readAll(
      'a,b,c,d,e,f\n=1+1,@SUM(A1),+cmd|x,-2+3,+1 (212) 555-0142,-\n"=""00123""",\'+12125550142,+(212) 555-0142,-5.2,\'=1+1,\'tis\n',
    );
    expect(rows[0]?.formulas).toEqual([0, 1, 2]);
    expect(rows[1]?.cells).toEqual(['00123', '+12125550142', '+(212) 555-0142', '-5.2', '=1+1', "'tis"]);
    expect(rows[1]?.formulas).toEqual([4]);
  });
});

describe('the file of rejected rows', () => {
  it('can be put right and imported again, without running a formula on the way', async () => {
    const pieces: string[] = [];
    const rejected = [
      { line: 7, cells: ['=1+1', '+1 212'], reason: 'Two cells where the header has three' },
      { line: 9, cells: ['a', 'b', 'c', 'd'], reason: 'Too many, by one' },
    ];
    for await (const piece of writeRejectedRows(['x', 'y', 'z'], rejected)) pieces.push(piece);
    expect(pieces.join('')).toContain("'=1+1");
    const file = await open(pieces.join(''));
    expect(file.headers).toEqual(['x', 'y', 'z', 'Line', 'Reason']);
    expect((await all(file)).map((row) => row.cells)).toEqual([
      ['=1+1', '+1 212', '', '7', 'Two cells where the header has three'],
      ['a', 'b', 'c, d', '9', 'Too many, by one'],
    ]);
  });
});
