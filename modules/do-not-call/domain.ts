/** What the do-not-call list takes, and where a file of numbers keeps them. Pure. */

/** The largest file that is taken, in bytes, and the most lines below its header. */
export const maxListBytes = 20 * 1024 * 1024;
export const maxListLines = 200_000;

const flat = (header: string) => header.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Names that say it alone, the surest first: what we export, then what registries and dialers call it. */
const sure = [
  'e164',
  'phonenumber',
  'phone',
  'telephonenumber',
  'telephone',
  'number',
  'mobile',
  'cell',
  'tel',
  'donotcall',
  'dnc',
];
const likely = /phone|mobile|cell|telephone|number|e164/;
const reasons = ['reason', 'note', 'notes', 'comment'];

/**
 * The column that holds the numbers: the only one, one of a name that says it alone, else the only one whose name tells of phones.
 * @param asked a header that somebody chose
 * @returns its index; -1 where the headers don't tell
 */
export function numberColumn(headers: readonly string[], asked?: string): number {
  if (asked !== undefined) return headers.findIndex((header) => header.toLowerCase() === asked.toLowerCase());
  if (headers.length === 1) return 0;
  const names = headers.map(flat);
  for (const name of sure) {
    const at = names.indexOf(name);
    if (at >= 0) return at;
  }
  const found = names.flatMap((name, index) => (likely.test(name) ? [index] : []));
  return found.length === 1 ? (found[0] as number) : -1;
}

/** The column that says why, or -1. */
export function reasonColumn(headers: readonly string[]): number {
  return headers.findIndex((header) => reasons.includes(flat(header)));
}
