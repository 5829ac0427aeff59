import { MAX_CELL_CHARS } from '@/lib/csv/errors';

/** Anything but plain text, tabs and line breaks: said by what is allowed, so that one quick test passes nearly every cell. */
const suspect = /[^\t\n\r -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const controls = /(?![\t\n\r])\p{Cc}|[\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/** What a spreadsheet export puts `'` before, so that no cell runs as a formula (csv-stringify's `escape_formulas`, OWASP). */
const escaped = /^'[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
/** `="00123"`: how exports keep Excel from eating a leading zero. */
const literalFormula = /^="((?:[^"]|"")*)"$/;
const formula = /^(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d]\s*[a-z(=@])/i;

/**
 * Whether a spreadsheet would take the cell for a formula: `=…`, `@…`, or `+` and `-` before a name rather than a number.
 *
 * @param cell the cell's text
 */
export function looksLikeFormula(cell: string): boolean {
  const first = cell.charCodeAt(0);
  // '+' ',' '-' are 43..45, '=' 61, '@' 64: the test spares the pattern for nearly every cell.
  if (first !== 61 && first !== 64 && first !== 43 && first !== 45 && first < 0xff00) return false;
  // `+(212) 555-0142` and `-(5)` are a phone and a number.
  if (/^[+-]\s*\(\s*\d/.test(cell)) return false;
  return formula.test(cell);
}

/** A cell that can't be kept, in words. */
export type CellError = { error: string };

/**
 * Cleans one cell: control characters and lone surrogates go, an export's protective `'` and `="…"` are taken off. Line breaks
 * and tabs stay.
 *
 * @param cell the cell as parsed
 * @returns the text, or why the row can't be kept (a NUL, or more than 100,000 characters)
 */
export function cleanCell(cell: string): string | CellError {
  if (suspect.test(cell)) {
    if (cell.includes('\u0000')) return { error: 'holds a NUL character' };
    return cleanPlainCell(cell.replace(controls, ''));
  }
  return cleanPlainCell(cell);
}

/**
 * As {@link cleanCell}, for a cell that is known to hold no control characters.
 *
 * @param cell the cell as parsed
 */
export function cleanPlainCell(cell: string): string | CellError {
  if (cell.length > MAX_CELL_CHARS) {
    return {
      error: `holds ${cell.length.toLocaleString('en-US')} characters; at most ${MAX_CELL_CHARS.toLocaleString('en-US')} are kept`,
    };
  }
  const first = cell.charCodeAt(0);
  if (first === 39 && escaped.test(cell)) return cell.slice(1);
  if (first === 61) {
    const literal = literalFormula.exec(cell);
    if (literal) return (literal[1] ?? '').replaceAll('""', '"');
  }
  return cell;
}
