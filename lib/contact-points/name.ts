import { parseFullName } from 'parse-full-name';
import { blankName, foldSpaces } from '@/lib/contact-points/blank';

/** Whom a name column names. A couple is kept as one party: "John & Mary" is its first name. */
export type NameParts =
  | { kind: 'person' | 'couple'; first_name: string | null; last_name: string | null }
  | { kind: 'organization'; name: string };

const organizationWords =
  /\b(?:l\.?\s?l\.?\s?c|l\.?l\.?p|l\.p|lp|inc|incorporated|corp|corporation|co|company|ltd|limited|plc|gmbh|pllc|trusts?|trustees?|estate of|estates?|foundation|fund|funds|partners|partnership|associates|holdings?|properties|realty|investments?|investors|capital|ventures?|management|mgmt|group|enterprises?|development|developers|apartments|housing authority|bank|n\.a|association|assn|church|university|city of|county of|state of|department|family office|et al)\b\.?/i;

/** Words that make a firm only where something stands beside them: "Trust" and "Bank" are also surnames. */
const alsoSurnames =
  /^(?:\S+)\s+(?:bank|banks|church|city|co|group|capital|fund|trust|estate|estates|holding|company)$/i;

/**
 * Whether a name is that of a firm, trust or estate rather than a person.
 *
 * @param name the name as written
 */
export function looksLikeOrganization(name: string): boolean {
  if (!/\S\s+\S/.test(name) || !organizationWords.test(name)) return false;
  // "Jane Church" is a person; "Smith Trust" and "Acme Group" are not.
  return !(alsoSurnames.test(name.trim()) && /\b(?:bank|banks|church|city|co)$/i.test(name.trim()));
}

const particles = new Set([
  'de',
  'la',
  'del',
  'der',
  'den',
  'van',
  'von',
  'da',
  'di',
  'dos',
  'du',
  'el',
  'bin',
  'y',
  'e',
]);
const roman = /^(?:ii|iii|iv|vi|vii|viii)$/i;

function properWord(word: string, first: boolean): string {
  if (roman.test(word)) return word.toUpperCase();
  // "AJ", "JP", "CJ": initials that are spoken as a name.
  if (
    /^[A-Z]{2}$/.test(word) &&
    (/J$/.test(word) || !/[AEIOUY]/.test(word)) &&
    !/^(?:JR|SR|DR|MR|MS|ST)$/.test(word)
  )
    return word;
  const lower = word.toLowerCase();
  if (!first && particles.has(lower)) return lower;
  return lower
    .replace(/(^|[-'’.(])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`)
    .replace(/['’]S$/u, (s) => s.toLowerCase());
}

/**
 * Gives a name that is all capitals or all small letters its capitals; any other name is left as its writer wrote it.
 *
 * @param name a person's name or a part of it
 */
export function properCase(name: string): string {
  if (/\p{Lu}/u.test(name) && /\p{Ll}/u.test(name)) return name;
  const letters = name.replace(/[^\p{L}]/gu, '');
  if (letters.length < 2) return name;
  // "AJ" and "J.P." are initials, "JO" and "LI" can't be told from them: two capitals stay.
  if (letters.length === 2 && letters === letters.toUpperCase()) return name;
  return name
    .split(' ')
    .map((word, index) => properWord(word, index === 0))
    .join(' ');
}

const MAX_NAME = 600;

const couple = /\s(?:&|and|\+)\s/i;
const generation = /^(?:jr|sr|ii|iii|iv|v)\.?$/i;

/**
 * Splits a full name into first and last name. Honorifics ("Dr.") and letters behind the name ("CPA") go, "Jr." and "III" stay
 * with the last name; "Last, First" is turned round. Firms, trusts and estates come back whole; so do couples, as one party.
 *
 * @param full the name as written
 * @returns whom it names, or null where it names nobody ("n/a")
 */
export function splitName(full: string): NameParts | null {
  if (blankName(full)) return null;
  // Longer than any name: kept as it is, for whoever stores it to refuse.
  if (full.length > MAX_NAME) return { kind: 'person', first_name: foldSpaces(full), last_name: null };
  const text = foldSpaces(full).replace(/^["']|["']$/g, '');
  if (looksLikeOrganization(text)) return { kind: 'organization', name: text };
  if (couple.test(text)) return splitCouple(text);
  const parsed = parseFullName(text.slice(0, 200), 'all', 0, 0, 0);
  const first = [parsed.first, parsed.middle].filter((part) => part !== '').join(' ');
  const suffix = parsed.suffix.split(/,\s*/).filter((part) => generation.test(part));
  const last = [parsed.last, ...suffix].filter((part) => part !== '').join(' ');
  // A single word is what the person is called by.
  if (first === '') return person(last === '' ? text : last, null);
  return person(first, last === '' ? null : last);
}

function person(first: string | null, last: string | null): NameParts {
  const [cased, casedLast] = caseTogether(first, last);
  return { kind: 'person', first_name: cased, last_name: casedLast };
}

/** Both parts at once: "JO SMITH" is all capitals as a whole, though "JO" alone could be initials. */
function caseTogether(first: string | null, last: string | null): [string | null, string | null] {
  if (first === null || last === null) return [first && properCase(first), last && properCase(last)];
  const whole = properCase(`${first} ${last}`);
  if (whole === `${first} ${last}`) return [first, last];
  return [whole.slice(0, first.length), particled(whole.slice(first.length + 1))];
}

const particled = (last: string) => (last === '' ? null : last);

/** "John & Mary Smith" shares its last name; "John Smith & Mary Jones" has none in common and stays whole. */
function splitCouple(text: string): NameParts {
  const turned = /^([^,&]+),\s*(.+)$/.exec(text);
  if (turned?.[1] && turned[2] && !couple.test(turned[1])) {
    const [first, last] = caseTogether(turned[2], turned[1].trim());
    return { kind: 'couple', first_name: first, last_name: last };
  }
  const cut = text.search(couple);
  const one = text.slice(0, cut).trim();
  const words = text.slice(cut).trim().split(' ');
  const joint = words[0] ?? '&';
  const other = words.slice(1);
  if (!one.includes(' ') && other.length === 2) {
    const [first, last] = caseTogether(`${one} ${joint} ${other[0]}`, other[1] ?? null);
    return {
      kind: 'couple',
      first_name: first?.replace(/\s(?:And|AND)\s/, ' and ') ?? null,
      last_name: last,
    };
  }
  return { kind: 'couple', first_name: properCase(text).replace(/\sAnd\s/, ' and '), last_name: null };
}

/**
 * A name that a list gives in two columns: stand-ins are dropped, capitals put right; a firm or trust written in them is told.
 *
 * @param first the first-name cell
 * @param last the last-name cell
 * @returns whom it names, or null where both cells say nothing
 */
export function joinName(first: string | null, last: string | null): NameParts | null {
  const one = blankName(first) ? null : foldSpaces(first ?? '');
  const two = blankName(last) ? null : foldSpaces(last ?? '');
  if (one === null && two === null) return null;
  if ((one?.length ?? 0) + (two?.length ?? 0) > MAX_NAME)
    return { kind: 'person', first_name: one, last_name: two };
  const whole = [one, two].filter((part) => part !== null).join(' ');
  if (looksLikeOrganization(whole)) return { kind: 'organization', name: whole };
  // A full name in one of the two columns is as good as in a column of its own.
  if (one === null && !whole.includes(' ')) return person(null, whole);
  if (one === null || two === null) return splitName(whole);
  const [cased, casedLast] = caseTogether(one, two);
  return { kind: couple.test(one) ? 'couple' : 'person', first_name: cased, last_name: casedLast };
}
