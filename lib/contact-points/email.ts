import emailAddresses from 'email-addresses';
import { blank } from '@/lib/contact-points/blank';
import type { Parsed, ParsedList } from '@/lib/contact-points/result';

/** The shape of nearly every address; what doesn't fit goes through the full grammar of RFC 5322. */
const plain =
  /^[a-z0-9](?:[a-z0-9_'+-]|\.(?![.@]))*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** Addresses that people type to get past a required field. */
const madeUp =
  /^(?:no|none|noemail|no-email|no\.email|na|n\.a|null|unknown|nobody|not?provided)@(?:no|none|noemail|na|n\.a|null|unknown|email|example|noreply)\.[a-z.]+$/;

/** A cell longer than this holds prose; patterns would take their time over it. */
const MAX_CELL = 2_000;

const MADE_UP = 'is a made-up address';

/** RFC 5321, section 4.5.3.1: 64 octets before the @; a path of 256 with its brackets leaves 254 for the address. */
const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;

function whyNot(text: string): string {
  const at = text.split('@').length - 1;
  if (at === 0) return 'has no @';
  if (at > 1) return 'has more than one @';
  if (/\s/.test(text)) return 'has a space in it';
  const [local = '', domain = ''] = text.split('@');
  if (local === '') return 'has nothing before the @';
  if (domain === '') return 'has nothing after the @';
  if (!domain.includes('.')) return 'has no ending such as .com';
  if (text.includes('..')) return 'has two dots in a row';
  return 'is not an e-mail address';
}

/** The domain in ASCII (IDNA), or null where it can't be one. */
function asciiDomain(domain: string): string | null {
  try {
    const host = new URL(`http://${domain}`).hostname;
    return /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(host) ? host : null;
  } catch {
    return null;
  }
}

function within(address: string): Parsed<string> {
  const at = address.lastIndexOf('@');
  if (at > MAX_LOCAL || address.length > MAX_ADDRESS)
    return { ok: false, reason: 'is too long for an e-mail address' };
  return { ok: true, value: address };
}

/**
 * Reads one e-mail address: trims, lower-cases, takes off `mailto:`, brackets and a display name. The part before the @ is
 * lower-cased as well: no provider in use tells `Ann@` from `ann@`.
 *
 * @param text what was written
 * @returns the address, or why it is none, as the end of a sentence that starts with the text ("… has no @")
 */
export function parseEmail(text: string): Parsed<string> {
  if (blank(text)) return { ok: false, reason: 'is empty' };
  if (text.length > 1000) return { ok: false, reason: 'is too long for an e-mail address' };
  let bare = text
    .trim()
    .replace(/^<?mailto:/i, '')
    .replace(/\?(?:subject|body|cc|bcc)=.*$/i, '')
    .toLowerCase();
  if (plain.test(bare)) return madeUp.test(bare) ? { ok: false, reason: MADE_UP } : within(bare);
  // "Ann Lee <ann@firm.example>": what stands in the brackets is meant, however the name is written.
  const bracketed = /<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>/.exec(bare);
  if (bracketed?.[1]) bare = bracketed[1];
  // A remark behind it: "ann@firm.example (work)".
  bare = bare.replace(/\s*\([^()]*\)\s*$/, '').replace(/^["'(<[]+|[\s"')>\].,;:]+$/g, '');
  // The grammar tries every reading of a phrase before it gives up, at milliseconds each: only what can be an address goes in.
  if (plain.test(bare)) return madeUp.test(bare) ? { ok: false, reason: MADE_UP } : within(bare);
  if (bare.length > MAX_ADDRESS || /[\s()<>",:;[\]\\]/.test(bare) || bare.split('@').length !== 2) {
    return { ok: false, reason: whyNot(bare) };
  }
  const parsed = emailAddresses.parseOneAddress({ input: bare, rfc6532: true, rejectTLD: true });
  if (parsed?.type !== 'mailbox') return { ok: false, reason: whyNot(bare) };
  const domain = asciiDomain(parsed.domain);
  if (domain === null || /^\.|\.$|\.\./.test(parsed.local)) return { ok: false, reason: whyNot(bare) };
  const address = `${parsed.local.normalize('NFC')}@${domain}`;
  return madeUp.test(address) ? { ok: false, reason: MADE_UP } : within(address);
}

/**
 * Reads a cell that may hold several addresses, parted by `;`, `,`, `|`, `/`, a space or a line break.
 *
 * @param text the cell; stand-ins such as "n/a" or "none@none.com" hold no address
 * @returns the addresses, each once, and the parts that are none with the reason
 */
export function parseEmails(text: string): ParsedList<string> {
  if (blank(text)) return { values: [], rejected: [] };
  if (text.length > MAX_CELL)
    return {
      values: [],
      rejected: [{ text: text.slice(0, 200), reason: 'is too long for e-mail addresses' }],
    };
  const lower = text.toLowerCase();
  if (plain.test(lower) && !madeUp.test(lower)) {
    const whole = within(lower);
    if (whole.ok) return { values: [whole.value], rejected: [] };
  }
  const values: string[] = [];
  const rejected: ParsedList<string>['rejected'] = [];
  const single = text.split('@').length <= 2;
  if (single) {
    const whole = parseEmail(text);
    if (whole.ok) return { values: [whole.value], rejected };
    if (whole.reason === MADE_UP) return { values, rejected };
    rejected.push({ text: text.trim(), reason: whole.reason });
  }
  const refused: ParsedList<string>['rejected'] = [];
  for (const part of parts(text)) {
    if (blank(part)) continue;
    const one = parseEmail(part);
    if (one.ok) {
      if (!values.includes(one.value)) values.push(one.value);
    } else if (one.reason !== MADE_UP) {
      refused.push({ text: part.trim(), reason: one.reason });
    }
  }
  // Pieces of what holds no address at all say less than the whole.
  return { values, rejected: single && values.length === 0 ? rejected : refused };
}

function parts(text: string): string[] {
  if (text.split('@').length <= 2) return text.split(/[;|,\n\r]/);
  const pieces = text.split(/[;|\n\r]|,(?![^<]*<)|\s\/\s|\/(?=\S+@)/);
  return pieces.flatMap((piece) =>
    piece.split('@').length > 2 && !piece.includes('<') ? piece.split(/[\s,]+/) : piece,
  );
}
