import { Parser, CsvError as ParserError } from 'csv-parse';
import { type CellError, cleanCell, cleanPlainCell, looksLikeFormula } from '@/lib/csv/cell';
import { createDecoding, detectEncoding, type Encoding, type TextDecoding } from '@/lib/csv/encoding';
import {
  CsvError,
  type CsvWarning,
  MAX_CELL_CHARS,
  MAX_COLUMNS,
  MAX_FILE_BYTES,
  MAX_RECORD_CHARS,
  MAX_ROWS,
} from '@/lib/csv/errors';
import { looksLikeData, nameHeaders } from '@/lib/csv/headers';
import { type Delimiter, delimiters, detectDelimiter, notListReason, notTextReason } from '@/lib/csv/sniff';
import { type ByteSource, slices } from '@/lib/csv/source';

const HEAD_BYTES = 64 * 1024;
/** Within so many records the header must stand; titles and export dates above it are skipped. */
const HEADER_WITHIN = 15;

/** One row below the header. */
export type CsvRow = {
  /** 1-based physical line of the file on which the row starts. */
  line: number;
  /** One cell a header, in order; where `error` is set, the cells as they were found. */
  cells: string[];
  /** Why the row can't be used, or null. */
  error: string | null;
  /** Indexes of the cells that a spreadsheet would run as a formula; they are plain text here. */
  formulas: number[];
};

/** An opened list. `rows` can be read once. */
export type CsvFile = {
  /** What the part read so far is in. */
  encoding: () => Encoding;
  delimiter: Delimiter;
  headers: string[];
  /** 1-based line on which the header stands. */
  headerLine: number;
  /** Grows while rows are read. */
  warnings: CsvWarning[];
  rows: AsyncGenerator<CsvRow, void, undefined>;
};

export type CsvOptions = {
  /** Takes this separator instead of looking for one. */
  delimiter?: Delimiter;
  maxBytes?: number;
  maxRows?: number;
};

type Found = {
  line: number;
  cells: string[];
  /** Whether all cells are printable ASCII, so that there is nothing to clean within them. */
  plain: boolean;
};

async function readHead(
  pieces: AsyncGenerator<Uint8Array>,
): Promise<{ head: Uint8Array; complete: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const { done, value } = await pieces.next();
    if (done) return { head: Buffer.concat(parts), complete: true };
    parts.push(value);
    length += value.byteLength;
  }
  return { head: Buffer.concat(parts), complete: false };
}

/** How many line breaks a cell holds; CRLF is one. */
function lineBreaks(cell: string): number {
  let count = 0;
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (code === 10 || (code === 13 && cell.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}

/** csv-parse, its records handed on at once: its readable side would queue each one, and `on_record` copies its counters for each. */
class RecordParser extends Parser {
  records: string[][] = [];

  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    this.records.push(record);
    return true;
  }
}

/** A piece's records, each with the line it starts on. */
async function* records(
  texts: AsyncGenerator<string>,
  delimiter: Delimiter,
  firstLine: number,
): AsyncGenerator<Found[], void, undefined> {
  let line = firstLine;
  const parser = new RecordParser({
    delimiter,
    // Named, since csv-parse would settle on the first line's ending and glue the rows of a file with mixed endings together.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD_CHARS,
  });
  // Errors reach us through the callbacks below; without a listener Node would end the process.
  parser.on('error', () => undefined);
  parser.resume();
  const fed = (run: (callback: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => run((error) => (error ? reject(error) : resolve())));
  const take = (): Found[] => {
    const found = parser.records.map((cells) => {
      const start = line++;
      let plain = true;
      for (const cell of cells) {
        if (cell === '' || !/[^ -~]/.test(cell)) continue;
        plain = false;
        line += lineBreaks(cell);
      }
      return { line: start, cells, plain };
    });
    parser.records = [];
    return found;
  };
  try {
    for await (const text of texts) {
      await fed((callback) => parser.write(text, callback));
      yield take();
    }
    await fed((callback) => parser.end(callback));
    yield take();
  } catch (error) {
    if (!(error instanceof ParserError)) throw error;
    yield take();
    if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') {
      throw new CsvError(
        'unclosed_quote',
        `A quote (") is opened on or after line ${line} and never closed, so the rest of the file reads as one cell. Close or remove it and try again.`,
        { line, cause: error },
      );
    }
    throw new CsvError('unreadable', `The file can't be read from line ${line} on: ${error.message}.`, {
      line,
      cause: error,
    });
  } finally {
    parser.destroy();
  }
}

/** Decoded text: first what was read ahead, then the rest of the file. */
async function* texts(
  head: string,
  pieces: AsyncGenerator<Uint8Array>,
  decoding: TextDecoding,
  complete: boolean,
): AsyncGenerator<string> {
  if (head !== '') yield head;
  if (!complete) {
    for await (const piece of pieces) {
      const text = decoding.write(piece);
      if (text !== '') yield text;
    }
    const rest = decoding.end();
    if (rest !== '') yield rest;
  }
}

const isBlankRow = (cells: string[]) => cells.every((cell) => cell.trim() === '');

/**
 * Opens a list for reading: finds encoding, separator and header, then yields the rows while the file is read. Memory does not
 * grow with the file.
 *
 * @param source the file's bytes
 * @param options overrides for the separator and the limits (50 MB and 500,000 rows by default)
 * @returns the list; breaking out of `rows` closes the source
 * @throws CsvError when the file is empty, holds only a header or isn't a list; from `rows` as well, when it is too large or a
 *   quote is never closed. A row that can't be used is no exception: it comes with its `error`.
 */
export async function openCsv(source: ByteSource, options: CsvOptions = {}): Promise<CsvFile> {
  const pieces = slices(source, options.maxBytes ?? MAX_FILE_BYTES);
  try {
    return await open(pieces, options);
  } catch (error) {
    await pieces.return(undefined);
    throw error;
  }
}

async function open(pieces: AsyncGenerator<Uint8Array>, options: CsvOptions): Promise<CsvFile> {
  const { head, complete } = await readHead(pieces);
  if (head.length === 0)
    throw new CsvError('empty_file', 'This file is empty. Choose the list you want to import.');
  const { encoding, bomBytes } = detectEncoding(head);
  const notText = notTextReason(head, encoding?.startsWith('utf-16') ?? false);
  if (notText) throw new CsvError('not_csv', notText);

  const decoding = createDecoding(encoding);
  let text = decoding.write(head.subarray(bomBytes));
  if (complete) text += decoding.end();
  const notList = notListReason(text);
  if (notList) throw new CsvError('not_csv', notList);

  // Excel writes the separator into a first line of its own where it isn't the country's.
  const declared = /^sep=(.)(\r\n|\n|\r)/.exec(text);
  const named = delimiters.find((d) => d === declared?.[1]);
  if (declared) text = text.slice(declared[0].length);
  const found = detectDelimiter(text, complete);
  const delimiter = options.delimiter ?? named ?? found.delimiter;

  const all = records(texts(text, pieces, decoding, complete), delimiter, declared ? 2 : 1);
  const ahead: Found[] = [];
  const warnings: CsvWarning[] = [];
  const header = await findHeader(all, ahead, found.columns, warnings);
  if (header.cells.length > MAX_COLUMNS) {
    throw new CsvError(
      'too_many_columns',
      `This file has ${header.cells.length} columns; at most ${MAX_COLUMNS} are read.`,
    );
  }
  const names = nameHeaders(header.cells.map((cell) => asText(cleanCell(cell))));
  warnings.push(...names.warnings);
  if (looksLikeData(header.cells)) {
    warnings.push({
      code: 'header_looks_like_data',
      message: `Line ${header.line} is taken for the column names, but it looks like data. If the list has no names, add a first line with them.`,
    });
  }
  if (ahead.length === 0) {
    throw new CsvError(
      'header_only',
      'This file has column names but no rows. Export the list again with its rows.',
    );
  }
  return {
    encoding: decoding.encoding,
    delimiter,
    headers: names.headers,
    headerLine: header.line,
    warnings,
    rows: readRows(all, ahead, names, decoding, warnings, options.maxRows ?? MAX_ROWS),
  };
}

const asText = (cell: string | CellError) => (typeof cell === 'string' ? cell : '');

/** The first record as wide as the list; what stands above it (a title, a date of export) is skipped. Read-ahead goes to `ahead`. */
async function findHeader(
  all: AsyncGenerator<Found[], void, undefined>,
  ahead: Found[],
  columns: number,
  warnings: CsvWarning[],
): Promise<Found> {
  while (ahead.length < HEADER_WITHIN) {
    const { done, value } = await all.next();
    if (done) break;
    ahead.push(...value.filter((record) => !isBlankRow(record.cells)));
  }
  const filled = (record: Found) => record.cells.filter((cell) => cell.trim() !== '').length;
  const wide = Math.max(2, Math.ceil(columns / 2));
  const at =
    columns < 3
      ? 0
      : Math.max(
          0,
          ahead.slice(0, HEADER_WITHIN).findIndex((record) => filled(record) >= wide),
        );
  const header = ahead[at];
  if (!header)
    throw new CsvError('empty_file', 'This file holds no text. Choose the list you want to import.');
  if (at > 0) {
    warnings.push({
      code: 'skipped_preamble',
      message: `${at === 1 ? 'One line' : `${at} lines`} above the column names on line ${header.line} ${at === 1 ? 'was' : 'were'} skipped.`,
    });
  }
  ahead.splice(0, at + 1);
  return header;
}

async function* readRows(
  all: AsyncGenerator<Found[], void, undefined>,
  ahead: Found[],
  names: { headers: string[]; unnamed: boolean[] },
  decoding: TextDecoding,
  warnings: CsvWarning[],
  maxRows: number,
): AsyncGenerator<CsvRow, void, undefined> {
  const least = names.unnamed.lastIndexOf(false) + 1;
  let count = 0;
  const next = (record: Found): CsvRow | null => {
    if (isBlankRow(record.cells)) return null;
    if (++count > maxRows) {
      throw new CsvError(
        'too_many_rows',
        `This file has more than ${maxRows.toLocaleString('en-US')} rows. Split it into smaller files and import them one after the other.`,
      );
    }
    return toRow(record, names.headers, least);
  };
  try {
    for (const record of ahead.splice(0)) {
      const row = next(record);
      if (row) yield row;
    }
    for await (const found of all) {
      for (const record of found) {
        const row = next(record);
        if (row) yield row;
      }
    }
    if (decoding.mixed()) {
      warnings.push({
        code: 'mixed_encoding',
        message:
          'Parts of the file are not in UTF-8. They were read as Windows-1252: look over names with accents.',
      });
    }
  } finally {
    await all.return(undefined);
  }
}

/** Checks and cleans one record. `least` is how many cells the last named column asks for. */
function toRow(record: Found, headers: string[], least: number): CsvRow {
  const { line, cells } = record;
  const width = headers.length;
  const formulas: number[] = [];
  let error: string | null = null;
  while (cells.length > width && cells[cells.length - 1]?.trim() === '') cells.pop();
  if (cells.length > width || cells.length < least) {
    error = `This row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} where the header has ${width}. A comma or line break inside a cell may need quotes around it.`;
  }
  for (const [index, cell] of cells.entries()) {
    if (cell === '') continue;
    const clean = record.plain ? cleanPlainCell(cell) : cleanCell(cell);
    if (typeof clean !== 'string') {
      error ??= `The cell under “${headers[index] ?? `Column ${index + 1}`}” ${clean.error}.`;
      cells[index] = cell.slice(0, MAX_CELL_CHARS).replaceAll('\u0000', '');
      continue;
    }
    cells[index] = clean;
    if (looksLikeFormula(clean)) formulas.push(index);
  }
  while (error === null && cells.length < width) cells.push('');
  return { line, cells, error, formulas };
}
