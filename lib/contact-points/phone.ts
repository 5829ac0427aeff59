import {
  type CountryCode,
  findPhoneNumbersInText,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { blank } from '@/lib/contact-points/blank';
import type { Parsed, ParsedList } from '@/lib/contact-points/result';

export type LineType = 'mobile' | 'landline' | 'voip';

export type Phone = {
  /** E.164, such as `+12125550142`. */
  e164: string;
  /** As it is written in its own country, such as `(212) 555-0142`; with the country code for a foreign number. */
  display: string;
  /** Null where the number doesn't tell: North American mobiles and landlines look alike. */
  line_type: LineType | null;
  extension: string | null;
  /** What the number was called ("Cell", "Office") and its extension, joined; null where neither is given. */
  label: string | null;
  /** ISO 3166-1 alpha-2, or null for a number of no country, such as +800. */
  country: string | null;
};

export type PhoneOptions = {
  /** The country of a number without `+`; US by default. */
  country?: CountryCode;
};

/** One digit over and over: typed to get past a required field. */
const MADE_UP = 'is a made-up number';

/** A cell longer than this holds prose; patterns would take their time over it. */
const MAX_CELL = 1_000;

const CACHE_SIZE = 50_000;
const cache = new Map<string, Parsed<Phone>>();

const words: [RegExp, string][] = [
  [/\b(cell|cellular|mobile|mob|m)\b/i, 'Mobile'],
  [/\b(office|work|business|direct|o|w|d)\b/i, 'Work'],
  [/\b(home|h)\b/i, 'Home'],
  [/\b(fax|f)\b/i, 'Fax'],
  [/\b(main|hq|switchboard)\b/i, 'Main'],
];

function wordLabel(text: string): string | null {
  // The letters of an extension are no label.
  const rest = text.replace(/\b(ext|extension|x)\b\.?/gi, ' ');
  return words.find(([pattern]) => pattern.test(rest))?.[1] ?? null;
}

function lineType(number: PhoneNumber): LineType | null {
  const type = number.getType();
  if (type === 'MOBILE') return 'mobile';
  if (type === 'FIXED_LINE') return 'landline';
  return type === 'VOIP' ? 'voip' : null;
}

/**
 * Whether ten digits have the shape of a North American number, whatever the metadata knows of the area code: new ones are
 * assigned faster than metadata ships, and 555-01xx is set aside for examples (NANPA, "NPA and NXX format": N is 2 to 9,
 * N11 is a service code).
 */
function isNanpShaped(digits: string): boolean {
  return /^[2-9](?!11)\d\d[2-9](?!11)\d{6}$/.test(digits);
}

function whyNot(text: string, country: string): string {
  const digits = text.replace(/\D/g, '').length;
  if (digits === 0) return 'holds no digits';
  if (/^\d(\.\d+)?e\+?\d+$/i.test(text.trim())) {
    return 'was shortened by a spreadsheet; format the column as text and export again';
  }
  if (digits < 7) return 'is too short for a phone number';
  if (!text.includes('+') && digits > 11)
    return `is too long for ${country}; a foreign number needs + and its country code`;
  if (digits > 15) return 'is too long for a phone number';
  if (country === 'US' && !text.includes('+') && digits < 10) return 'lacks its area code';
  return 'is not a number that can exist';
}

/** Country and line type by area code and exchange: within +1 no pattern of the metadata looks at the last four digits. */
const exchanges = new Map<string, { country: 'US' | 'CA'; line_type: LineType | null } | null>();

/**
 * The quick way for the number that nearly every cell holds, ten digits of the US or Canada: the metadata's patterns are asked
 * once an exchange. Null where the full reading is needed.
 */
function readPlainNanp(text: string, country: CountryCode): Parsed<Phone> | null {
  if (country !== 'US' && country !== 'CA') return null;
  if (!/^\s*(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}\s*$/.test(text)) return null;
  const digits = text.replace(/\D/g, '').slice(-10);
  if (!isNanpShaped(digits)) return null;
  const key = digits.slice(0, 6);
  let exchange = exchanges.get(key);
  if (exchange === undefined) {
    const number = parsePhoneNumberFromString(`+1${digits}`);
    const home = number?.country;
    exchange =
      number?.isValid() && (home === 'US' || home === 'CA')
        ? { country: home, line_type: lineType(number) }
        : null;
    if (exchanges.size >= CACHE_SIZE) exchanges.clear();
    exchanges.set(key, exchange);
  }
  if (exchange === null) return null;
  return {
    ok: true,
    value: {
      e164: `+1${digits}`,
      display: `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`,
      line_type: exchange.line_type,
      extension: null,
      label: null,
      country: exchange.country,
    },
  };
}

function read(text: string, country: CountryCode): Parsed<Phone> {
  // Spreadsheets and data frames turn a column of numbers into floats.
  const cleaned = text
    .replace(/^\s*'/, '')
    .replace(/^(\d{7,})\.0+$/, '$1')
    .replace(/^tel:/i, '')
    .replace(/^00(?=[1-9])/, '+')
    .trim();
  const spoken = cleaned
    .replace(/\(\s*[\p{L}\s.]+\)/gu, ' ')
    .replace(/^[\p{L}\s.]+[:.)-]?\s*(?=[+(\d])/u, '');
  const number = parsePhoneNumberFromString(spoken, { defaultCountry: country, extract: true });
  if (!number || /^\d(\.\d+)?e\+?\d+$/i.test(cleaned)) return { ok: false, reason: whyNot(cleaned, country) };
  const nanp = number.countryCallingCode === '1' && isNanpShaped(number.nationalNumber);
  if (!nanp && !number.isValid()) return { ok: false, reason: whyNot(cleaned, country) };
  // `extract` finds a number in the midst of text; digits it left out would be a guess.
  const used = number.nationalNumber.length + (number.ext?.length ?? 0);
  const given = spoken.replace(/\D/g, '').length;
  if (given > used + number.countryCallingCode.length + 3)
    return { ok: false, reason: whyNot(cleaned, country) };
  const extension = number.ext ?? null;
  const label = [wordLabel(cleaned), extension === null ? null : `ext. ${extension}`]
    .filter((part) => part !== null)
    .join(', ');
  const home =
    number.country === undefined
      ? number.countryCallingCode === '1' && country === 'US'
      : number.country === country;
  const near = number.countryCallingCode === '1' && (country === 'US' || country === 'CA');
  const bare = number.number;
  return {
    ok: true,
    value: {
      e164: bare,
      display: home || near ? nationalDisplay(number) : number.formatInternational().replace(/ ext\..*$/, ''),
      line_type: lineType(number),
      extension,
      label: label === '' ? null : label,
      country: number.country ?? null,
    },
  };
}

function nationalDisplay(number: PhoneNumber): string {
  const national = number.nationalNumber;
  if (number.countryCallingCode === '1' && national.length === 10) {
    return `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`;
  }
  return number.formatNational().replace(/ ext\..*$/, '');
}

/**
 * Reads one phone number as people write it: any punctuation, with or without country code, with an extension or a word such
 * as "cell" beside it.
 *
 * @param text what was written
 * @param options the country of numbers without `+`
 * @returns the number, or why it can't be one, as the end of a sentence that starts with the text ("… is too short for a phone
 *   number"). Numbers of no country and impossible ones are refused; North American ones pass by shape.
 */
export function parsePhone(text: string, options: PhoneOptions = {}): Parsed<Phone> {
  const country = options.country ?? 'US';
  const key = country === 'US' ? text : `${country} ${text}`;
  const known = cache.get(key);
  if (known) return known;
  if (blank(text)) return { ok: false, reason: 'is empty' };
  if (text.length > 100) return { ok: false, reason: 'is too long for a phone number' };
  if (/^\D*(\d)(?:\D*\1){6,}\D*$/.test(text)) return { ok: false, reason: MADE_UP };
  const result = readPlainNanp(text, country) ?? read(text, country);
  // Lists repeat their numbers; the metadata's patterns are slow. Dropping the whole cache bounds it without bookkeeping.
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(key, result);
  return result;
}

const separators = /\s*(?:[;|\n\r]|\s\/\s|,(?!\s*(?:ext|x)\b)|\bor\b|\band\b|&)\s*/i;

/** The numbers of "(O) 212-555-0142 (C) 310-555-0199", where nothing parts them; none unless all digits belong to one. */
function unparted(text: string, country: CountryCode): Phone[] {
  const found = findPhoneNumbersInText(text.slice(0, 200), { defaultCountry: country });
  const phones = found
    .map((hit) => parsePhone(hit.number.number, { country }))
    .flatMap((one) => (one.ok ? one.value : []));
  const digits = found.reduce(
    (sum, hit) => sum + text.slice(hit.startsAt, hit.endsAt).replace(/\D/g, '').length,
    0,
  );
  return phones.length === found.length && digits === text.replace(/\D/g, '').length ? phones : [];
}

/**
 * Reads a cell that may hold several numbers, parted by `;`, `,`, `|`, `/`, "or", "and" or a line break.
 *
 * @param text the cell; stand-ins such as "n/a" hold no number
 * @param options the country of numbers without `+`
 * @returns the numbers, each once, and the parts that are none with the reason
 */
export function parsePhones(text: string, options: PhoneOptions = {}): ParsedList<Phone> {
  // Lists repeat their numbers: one that was read whole before is the same again.
  const seen = (options.country ?? 'US') === 'US' ? cache.get(text) : undefined;
  if (seen?.ok) return { values: [seen.value], rejected: [] };
  if (blank(text)) return { values: [], rejected: [] };
  if (text.length > MAX_CELL) {
    return { values: [], rejected: [{ text: text.slice(0, 200), reason: 'is too long for phone numbers' }] };
  }
  // The usual cell is one number; the sign between two never stands inside one.
  if (/^[\d\s().+-]{7,20}$/.test(text)) {
    const one = parsePhone(text, options);
    if (one.ok) return { values: [one.value], rejected: [] };
  }
  const values: Phone[] = [];
  const rejected: ParsedList<Phone>['rejected'] = [];
  const add = (phone: Phone) => {
    if (!values.some((known) => known.e164 === phone.e164)) values.push(phone);
  };
  const refuse = (part: string, reason: string) => {
    if (reason === MADE_UP) return;
    const several = unparted(part, options.country ?? 'US');
    if (several.length > 1) several.forEach(add);
    else rejected.push({ text: part.trim(), reason });
  };
  for (const part of text.split(separators).flatMap((piece) => piece.split(/(?<=\d)\/(?=[\d(+])/))) {
    if (blank(part)) continue;
    const one = parsePhone(part, options);
    if (!one.ok) refuse(part, one.reason);
    else add(one.value);
  }
  return { values, rejected };
}
