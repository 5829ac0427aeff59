/** Which separators a list may use, in the order that breaks a tie. */
export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

const signatures: { bytes: number[]; at?: number; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'xlsx' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], what: 'zip' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'xls' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'pdf' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'image' },
  { bytes: [0xff, 0xd8, 0xff], what: 'image' },
  { bytes: [0x47, 0x49, 0x46, 0x38], what: 'image' },
  { bytes: [0x57, 0x45, 0x42, 0x50], at: 8, what: 'image' },
  { bytes: [0x66, 0x74, 0x79, 0x70], at: 4, what: 'media' },
  { bytes: [0x1f, 0x8b], what: 'gzip' },
  { bytes: [0x52, 0x61, 0x72, 0x21], what: 'zip' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'zip' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'program' },
  { bytes: [0x4d, 0x5a, 0x90], what: 'program' },
];

const advice: Record<string, string> = {
  xlsx: 'This is an Excel workbook or another zipped file, not a CSV. Open it in Excel, choose Save As, then "CSV UTF-8", and drop that file.',
  xls: 'This is an old Excel workbook, not a CSV. Open it in Excel, choose Save As, then "CSV UTF-8", and drop that file.',
  zip: 'This is a zip archive, not a CSV. Unpack it and drop the CSV inside.',
  gzip: 'This is a compressed file, not a CSV. Unpack it and drop the CSV inside.',
  pdf: 'This is a PDF, not a CSV. Ask for the list as a CSV or a spreadsheet.',
  image: 'This is an image, not a CSV. Ask for the list as a CSV or a spreadsheet.',
  media: 'This is a video or an image, not a CSV. Ask for the list as a CSV or a spreadsheet.',
  program: 'This is a program, not a CSV. Choose the list you want to import.',
  html: 'This is a web page, not a CSV. It may be a sign-in page saved in place of the export: download the list again.',
  json: 'This is JSON, not a CSV. Export the list as a CSV.',
  xml: 'This is XML, not a CSV. Export the list as a CSV.',
  binary: 'This file holds binary data, not a CSV. Export the list again as "CSV UTF-8".',
};

/**
 * What a file is when it isn't text, by its first bytes.
 *
 * @param head the file's first bytes
 * @param isUtf16 whether the zeros in it belong to UTF-16 text
 * @returns a sentence saying what it looks like and what to do, or null for text
 */
export function notTextReason(head: Uint8Array, isUtf16: boolean): string | null {
  const hit = signatures.find((s) => s.bytes.every((byte, i) => head[(s.at ?? 0) + i] === byte));
  if (hit && !isUtf16) return advice[hit.what] ?? null;
  if (isUtf16) return null;
  let nulls = 0;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) nulls++;
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls++;
  }
  // One stray NUL fails its own row; a file of them is no text.
  const many = Math.max(8, head.length / 100);
  return nulls + controls > many ? (advice.binary ?? null) : null;
}

/**
 * What a text file is when it isn't a list, by its beginning.
 *
 * @param text the file's first characters
 * @returns a sentence saying what it looks like and what to do, or null where it may be a list
 */
export function notListReason(text: string): string | null {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (/^<(!doctype html|html|head|body|script|table)\b/.test(start)) return advice.html ?? null;
  if (/^<(\?xml|!\[cdata)/.test(start)) return advice.xml ?? null;
  if (/^(\{\s*("|\})|\[\s*(\{|\[|"))/.test(start)) return advice.json ?? null;
  return null;
}

/** The number of cells of each of the first records, quotes respected. The last record is left out where it may be cut off. */
function fieldCounts(text: string, delimiter: string, complete: boolean, maxRecords: number): number[] {
  const counts: number[] = [];
  let fields = 1;
  let quoted = false;
  let cellStart = true;
  let hasText = false;
  for (let i = 0; i < text.length && counts.length < maxRecords; i++) {
    const char = text[i];
    if (quoted) {
      if (char === '"') {
        if (text[i + 1] === '"') i++;
        else quoted = false;
      }
      continue;
    }
    if (char === '"' && cellStart) {
      quoted = true;
      cellStart = false;
      hasText = true;
    } else if (char === delimiter) {
      fields++;
      cellStart = true;
    } else if (char === '\n' || char === '\r') {
      if (hasText || fields > 1) counts.push(fields);
      fields = 1;
      cellStart = true;
      hasText = false;
    } else {
      cellStart = false;
      hasText = true;
    }
  }
  if (complete && counts.length < maxRecords && (hasText || fields > 1)) counts.push(fields);
  return counts;
}

/** The count that most records have; of equals the larger. */
function commonest(counts: number[]): { value: number; share: number } {
  const seen = new Map<number, number>();
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1);
  let value = 1;
  let times = 0;
  for (const [count, n] of seen) {
    if (n > times || (n === times && count > value)) {
      value = count;
      times = n;
    }
  }
  return { value, share: counts.length === 0 ? 0 : times / counts.length };
}

/**
 * The separator of a list: the one that cuts the first records into the same number of cells, more than one.
 *
 * @param text the file's first characters
 * @param complete whether `text` is the whole file
 * @returns the separator, a comma where there is a single column, and the number of cells most records have
 */
export function detectDelimiter(text: string, complete: boolean): { delimiter: Delimiter; columns: number } {
  let best: { delimiter: Delimiter; columns: number; score: number } = {
    delimiter: ',',
    columns: 1,
    score: 0,
  };
  for (const delimiter of delimiters) {
    const counts = fieldCounts(text, delimiter, complete, 50);
    const { value, share } = commonest(counts);
    if (value < 2) continue;
    // The header must be cut as well: commas inside free text don't cut it.
    const header = counts[0] === value ? 1 : 0.6;
    const score = share * header * (1 + Math.log2(value) / 10);
    if (score > best.score) best = { delimiter, columns: value, score };
  }
  return { delimiter: best.delimiter, columns: best.columns };
}
