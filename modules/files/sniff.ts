import 'server-only';
import { fileTypeFromBuffer } from 'file-type';

/** How much of a file's beginning is looked at, in bytes. */
export const sniffedBytes = 64 * 1024;

/** Endings of what runs when it is opened, and of what a browser would run as a page of ours. */
const refusedEndings =
  /\.(exe|com|bat|cmd|msi|msp|scr|pif|cpl|ps1|vbs|vbe|wsf|hta|js|mjs|cjs|jse|jar|app|apk|dmg|pkg|deb|rpm|sh|command|lnk|reg|url|dll|sys|html?|xhtml|shtml|mht(ml)?|svgz?|swf|wasm|php|jsp|aspx?)$/i;

/** The same, by what the bytes say. */
const refusedTypes = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-shockwave-flash',
  'application/wasm',
  'application/java-vm',
  'application/java-archive',
  'application/x-deb',
  'application/x-rpm',
  'application/vnd.android.package-archive',
  'application/x-apple-diskimage',
  'application/x-ms-shortcut',
  'application/x.ms.shortcut',
  'application/x-mswinurl',
]);

const pageTags =
  /<(!doctype\s+html|html|head|body|script|svg|iframe|object|embed|frameset|link|meta|base|form)\b/i;

/**
 * What a file is by its first bytes, whatever it is called.
 * @param head its beginning, `sniffedBytes` at most
 * @param title its name; decides between kinds of plain text, and what runs is refused by it too
 * @returns its media type, or null for what is refused: programs, scripts, and pages that a browser would run
 */
export async function sniff(head: Uint8Array, title: string): Promise<string | null> {
  if (refusedEndings.test(title)) return null;
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found && refusedTypes.has(found.mime)) return null;
  if (found && found.mime !== 'application/xml') return found.mime;

  const text = asText(head);
  if (text === null) return 'application/octet-stream';
  const start = text.trimStart();
  if (start.startsWith('#!') || start.startsWith('MZ')) return null;
  if (start.startsWith('<')) return pageTags.test(start) ? null : 'application/xml';
  return title.toLowerCase().endsWith('.csv') ? 'text/csv' : 'text/plain';
}

/** The bytes as text, in the encodings that browsers know by their first bytes; null where they are none. */
function asText(head: Uint8Array): string | null {
  const [first, second] = head;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  // a character may be cut at the end
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  return /[\0\uFFFD]/.test(text) ? null : text;
}
