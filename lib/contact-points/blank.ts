/** What people and exports write into a cell that has nothing in it. */
const standIns = new Set([
  'n/a',
  'n.a.',
  'n.a',
  'na',
  '#n/a',
  '#na',
  'nan',
  'none',
  'no',
  'null',
  '#null!',
  '(null)',
  'nil',
  'undefined',
  'unknown',
  'not available',
  'not applicable',
  'not provided',
  'not found',
  'not listed',
  'no data',
  'no email',
  'no e-mail',
  'no phone',
  'no website',
  'no linkedin',
  'no name',
  'tbd',
  'tba',
  'blank',
  'empty',
  '(blank)',
  '(empty)',
  '#ref!',
  '#value!',
  '#name?',
  '#div/0!',
  'info requested',
  'information requested',
  'unlisted',
  'withheld',
  'unavailable',
  'no value',
  '[object object]',
]);

/** Words among the stand-ins that are also surnames or given names; written as a name they are one. */
const alsoNames = new Set(['na', 'no', 'null', 'none', 'nan', 'nil', 'tba']);

/**
 * Whether a cell says nothing: empty, only punctuation, or one of the usual stand-ins such as "n/a", "none", "-" or "#REF!".
 *
 * @param text the cell
 * @returns true where it is to be read as empty
 */
export function blank(text: string | null | undefined): boolean {
  if (text === null || text === undefined) return true;
  if (text === '') return true;
  // Stand-ins start with one of these letters or a sign; the test spares nearly every cell the look-up.
  const first = text.charCodeAt(0) | 32;
  const second = text.charCodeAt(1) | 32;
  const standInLetter =
    first === 110 ||
    first === 117 ||
    first === 116 ||
    first === 98 ||
    first === 101 ||
    first === 119 ||
    first === 105;
  if (first >= 97 && first <= 122 && (!standInLetter || (first === 110 && second === 101))) return false;
  const digit = text.charCodeAt(0);
  if (digit >= 48 && digit <= 57) return false;
  const trimmed = text.trim();
  if (trimmed.length > 24) return /^[\p{P}\p{S}\s]+$/u.test(trimmed);
  if (trimmed === '') return true;
  if (standIns.has(trimmed.toLowerCase())) return true;
  return /^[-–—_.,;:/\\|?*~'"()[\]<>\s]+$/.test(trimmed);
}

/**
 * As {@link blank}, for names: "Null" and "Na" are surnames when written like one, "NULL", "null" and "N/A" are not.
 *
 * @param text the cell
 */
export function blankName(text: string | null | undefined): boolean {
  if (!blank(text)) return false;
  const trimmed = (text ?? '').trim();
  return !(alsoNames.has(trimmed.toLowerCase()) && /^\p{Lu}\p{Ll}+$/u.test(trimmed));
}

/**
 * A cell's text: spaces folded, Unicode composed (NFC), null where it is {@link blank}.
 *
 * @param text the cell
 */
export function textOrNull(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text === '' || blank(text)) return null;
  return foldSpaces(text);
}

/**
 * Text on one line: runs of spaces, tabs and breaks become one space, the ends are trimmed, Unicode is composed (NFC).
 *
 * @param text any text
 */
export function foldSpaces(text: string): string {
  const trimmed = text.trim();
  const folded = /\s\s|[^\S ]/.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed;
  return /[\u0300-\uffff]/.test(folded)
    ? folded
        .replace(/[\u200b-\u200f\u2060]/g, '')
        .normalize('NFC')
        .trim()
    : folded;
}
