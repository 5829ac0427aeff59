import type { CsvWarning } from '@/lib/csv/errors';
import { cutText } from '../cut-text';

/** The longest header that is kept as a name, in characters. */
const MAX_HEADER_CHARS = 200;

/**
 * Makes a header row into names that are unique and never empty.
 *
 * @param cells the header row's cells
 * @returns the names in order, with `(2)` behind a repeated one and `Column 4` for an empty one, which of them were empty,
 *   and a warning for each kind of repair
 */
export function nameHeaders(cells: string[]): {
  headers: string[];
  unnamed: boolean[];
  warnings: CsvWarning[];
} {
  const headers: string[] = [];
  const unnamed: boolean[] = [];
  const taken = new Set<string>();
  const repeated: string[] = [];
  const given = new Set(cells.map((cell) => cell.trim().toLowerCase()));
  for (const [index, cell] of cells.entries()) {
    const flat = cell.replace(/\s+/g, ' ').trim();
    const clean = cutText(flat, MAX_HEADER_CHARS);
    // The one name that can't be a key of an object.
    const base = clean === '' || clean === '__proto__' ? `Column ${index + 1}` : clean;
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()) || (n > 2 && given.has(name.toLowerCase())); n++)
      name = `${base} (${n})`;
    if (clean !== '' && name !== base) repeated.push(name);
    taken.add(name.toLowerCase());
    headers.push(name);
    unnamed.push(clean === '');
  }
  const warnings: CsvWarning[] = [];
  if (repeated.length > 0) {
    warnings.push({
      code: 'duplicate_headers',
      message: `Some column names appear more than once. The later ones are called ${list(repeated)}.`,
    });
  }
  const empty = headers.filter((_, index) => unnamed[index]);
  if (empty.length > 0) {
    warnings.push({
      code: 'unnamed_columns',
      message: `${empty.length === 1 ? 'A column has' : `${empty.length} columns have`} no name: ${list(empty)}.`,
    });
  }
  return { headers, unnamed, warnings };
}

function list(names: string[]): string {
  const shown = names.slice(0, 5).map((name) => `“${name}”`);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** Whether a first row holds values rather than names: an e-mail address, a web address, or a number in it gives it away. */
export function looksLikeData(cells: string[]): boolean {
  return cells.some((cell) =>
    /^\S+@\S+\.\S+$|^https?:\/\/|^\+?[\d\s().-]{7,}$/i.test(cell.slice(0, MAX_HEADER_CHARS).trim()),
  );
}
