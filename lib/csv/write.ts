import { stringify } from 'csv-stringify/sync';

/** A row that an import refused, or kept in part. */
export type RejectedRow = { line: number; cells: string[]; reason: string };

const options = { escape_formulas: true, record_delimiter: 'windows', quote_record_delimiter: true } as const;

/**
 * Writes rows as CSV text (RFC 4180, CRLF). Cells that a spreadsheet would run as a formula get a `'` before them; `openCsv`
 * takes it off again.
 *
 * @param rows the rows, the header among them
 * @param delimiter the separator, a comma by default
 */
export function writeCsv(rows: readonly (readonly string[])[], delimiter = ','): string {
  return stringify(
    rows.map((row) => [...row]),
    { ...options, delimiter },
  );
}

/**
 * The file of rejected rows: the list's own columns, then "Line" and "Reason", so that it can be put right and imported again.
 *
 * @param headers the list's columns in order
 * @param rows the refused rows in order; a row may have fewer or more cells than there are columns
 * @returns the file in pieces, the byte order mark first, so that Excel reads it as UTF-8
 */
export async function* writeRejectedRows(
  headers: readonly string[],
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): AsyncGenerator<string, void, undefined> {
  yield `\ufeff${writeCsv([[...headers, 'Line', 'Reason']])}`;
  for await (const row of rows) {
    // What is beyond the last column goes into it, so that "Line" and "Reason" stay in theirs.
    const extra = row.cells.slice(headers.length);
    const cells = headers.map((_, index) => row.cells[index] ?? '');
    const last = headers.length - 1;
    if (extra.length > 0 && last >= 0) cells[last] = [cells[last] ?? '', ...extra].join(', ');
    yield writeCsv([[...cells, String(row.line), row.reason]]);
  }
}
