import { blank, foldSpaces, textOrNull } from '@/lib/contact-points/blank';
import { parseEmails } from '@/lib/contact-points/email';
import { parseLinkedIn } from '@/lib/contact-points/linkedin';
import { parsePhones } from '@/lib/contact-points/phone';
import { parseWebsite, type Website } from '@/lib/contact-points/website';
import { cutText } from '@/lib/cut-text';
import type {
  ImportTable,
  RecordEmail,
  RecordOrganization,
  RecordPerson,
  RecordPhone,
  RecordProblem,
  RecordProperty,
} from '@/modules/imports/schema';

/** A column that feeds a field. */
export type Column = {
  index: number;
  header: string;
  /** What the header says of a number or address in it ("Mobile", "Work"), or null. */
  label: string | null;
};

/** The columns that feed one field, in the file's order. Empty where none does. */
export type Slot = readonly Column[];

/** The longest values that the tables take, in characters. */
export const limits = {
  name: 300,
  personName: 200,
  title: 300,
  address: 500,
  city: 200,
  state: 100,
  zip: 20,
  country: 100,
  category: 100,
  website: 500,
  domain: 253,
  aum: 200,
  yearFounded: 50,
  industry: 200,
  market: 200,
  completionDate: 50,
  label: 100,
  tag: 60,
  note: 20_000,
} as const;

const MAX_TAGS = 50;
const MAX_SHOWN = 80;

/** A cell in quotes for a sentence, shortened. */
export function quoted(value: string): string {
  const flat = foldSpaces(value);
  return `“${flat.length > MAX_SHOWN ? `${cutText(flat, MAX_SHOWN)}…` : flat}”`;
}

/** A number without its unit and its thousands separators; of a cell too long to be one, only the beginning. */
function bareNumber(cell: string): string {
  return cell
    .slice(0, 60)
    .trim()
    .replace(/\s*(?:units?|sq\.?\s*ft\.?|sqft|sf|square feet)$/i, '')
    .replace(/(?<=\d),(?=\d{3})/g, '');
}

/** One row under a mapping: reads its cells by slot and notes what had to be left out. */
export class Row {
  readonly problems: RecordProblem[] = [];

  constructor(
    readonly line: number,
    readonly cells: readonly string[],
  ) {}

  /** Notes a cell that is left out. `message` is a whole sentence. */
  problem(table: ImportTable, column: Column, value: string, message: string): void {
    this.problems.push({ table, column: column.header, value: cutText(value, 500), message });
  }

  /** The first cell of the slot that says something, as it stands; else null. */
  raw(slot: Slot): string | null {
    for (const column of slot) {
      const cell = this.cells[column.index];
      if (cell !== undefined && cell !== '' && !blank(cell)) return cell;
    }
    return null;
  }

  /** The first cell that says something, on one line; longer than `max` characters it is a problem of `table` and null. */
  text(slot: Slot, table: ImportTable, max: number): string | null {
    for (const column of slot) {
      const value = textOrNull(this.cells[column.index]);
      if (value === null) continue;
      if (value.length <= max) return value;
      this.problem(table, column, value, `${quoted(value)} is longer than ${max} characters.`);
    }
    return null;
  }

  /** As {@link text}, for free text: line breaks stay. */
  longText(slot: Slot, table: ImportTable): string | null {
    for (const column of slot) {
      const cell = this.cells[column.index];
      if (cell === undefined || blank(cell)) continue;
      const value = cell.trim().replace(/\r\n?/g, '\n');
      if (value.length <= limits.note) return value;
      this.problem(table, column, value, `${quoted(value)} is longer than ${limits.note} characters.`);
    }
    return null;
  }

  /** Every address in the slot's cells, each once. */
  emails(slot: Slot): RecordEmail[] {
    const found: RecordEmail[] = [];
    for (const column of slot) {
      const cell = this.cells[column.index];
      if (cell === undefined || cell === '') continue;
      const { values, rejected } = parseEmails(cell);
      for (const address of values) {
        if (!found.some((email) => email.address === address)) found.push({ address, label: column.label });
      }
      for (const { text, reason } of rejected)
        this.problem('emails', column, text, `${quoted(text)} ${reason}.`);
    }
    return found;
  }

  /** Every number in the slot's cells, each once. */
  phones(slot: Slot): RecordPhone[] {
    const found: RecordPhone[] = [];
    for (const column of slot) {
      const cell = this.cells[column.index];
      if (cell === undefined || cell === '') continue;
      const { values, rejected } = parsePhones(cell);
      for (const phone of values) {
        if (found.some((known) => known.e164 === phone.e164)) continue;
        const label = phone.label ?? column.label;
        const read: RecordPhone = {
          e164: phone.e164,
          label: label === null ? null : cutText(label, limits.label),
        };
        if (phone.line_type !== null) read.line_type = phone.line_type;
        found.push(read);
      }
      for (const { text, reason } of rejected)
        this.problem('phones', column, text, `${quoted(text)} ${reason}.`);
    }
    return found;
  }

  /** The first profile's address. */
  linkedIn(slot: Slot): string | null {
    for (const column of slot) {
      const cell = this.cells[column.index];
      if (cell === undefined || blank(cell)) continue;
      const parsed = parseLinkedIn(cell);
      if (parsed.ok) return parsed.value;
      this.problem('linkedin_profiles', column, cell, `${quoted(cell)} ${parsed.reason}.`);
    }
    return null;
  }

  /** The first web address. */
  website(slot: Slot): Website | null {
    for (const column of slot) {
      const cell = this.cells[column.index];
      if (cell === undefined || blank(cell)) continue;
      const parsed = parseWebsite(cell);
      if (parsed.ok && parsed.value.url.length <= limits.website) return parsed.value;
      const reason = parsed.ok ? `is longer than ${limits.website} characters` : parsed.reason;
      this.problem('organizations', column, cell, `${quoted(cell)} ${reason}.`);
    }
    return null;
  }

  /** A number of the property, thousands separators and units taken off; out of `min` to `max` it is a problem and null. */
  number(slot: Slot, min: number, max: number, whole: boolean): number | null {
    for (const column of slot) {
      const cell = this.cells[column.index];
      if (cell === undefined || blank(cell)) continue;
      const bare = /^\d+(?:\.\d+)?$/.test(cell) ? cell : bareNumber(cell);
      const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(bare) ? Number(bare) : Number.NaN;
      if (Number.isFinite(value) && value >= min && value <= max) return whole ? Math.round(value) : value;
      const why = Number.isNaN(value) ? 'is not a number' : `is not between ${min} and ${max}`;
      this.problem('properties', column, cell, `${quoted(cell)} ${why}.`);
    }
    return null;
  }

  /** The words of the slot's cells, parted by commas, semicolons or bars, each once whatever its case. */
  tags(slot: Slot): string[] {
    const tags: string[] = [];
    for (const column of slot) {
      for (const part of (this.cells[column.index] ?? '').split(/[,;|\n]/)) {
        const tag = textOrNull(part);
        if (tag === null || tag.length > limits.tag || tags.length >= MAX_TAGS) continue;
        if (!tags.some((known) => known.toLowerCase() === tag.toLowerCase())) tags.push(tag);
      }
    }
    return tags;
  }

  /** The slot's cells under their headers; those that say nothing are left out. */
  details(slot: Slot): Record<string, unknown> {
    const details: Record<string, unknown> = {};
    for (const column of slot) {
      const cell = this.cells[column.index];
      if (cell !== undefined && cell !== '' && !blank(cell)) details[column.header] = cell.trim();
    }
    return details;
  }
}

const MAX_JSON_DEPTH = 8;

/** Postgres stores neither NULs nor lone surrogates. */
const storable = (text: string) => text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '');

/** A JSON value as the database takes it: no NULs or lone surrogates, no key that reaches a prototype; undefined where too deep. */
function safeJson(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storable(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_JSON_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item) => safeJson(item, depth + 1) ?? null);
  const safe: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = safeJson(item, depth + 1);
    if (key !== '__proto__' && inner !== undefined && inner !== null && inner !== '') {
      safe[storable(key)] = inner;
    }
  }
  return safe;
}

/**
 * Reads a `details` cell.
 *
 * @param cell the cell's text
 * @param header the column's name, under which text that is no JSON object is kept
 * @returns the object's keys and values, or the cell's text under its header
 */
export function readDetails(cell: string, header: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(cell);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return safeJson(parsed, 0) as Record<string, unknown>;
    }
    if (Array.isArray(parsed)) return parsed.length === 0 ? {} : { [header]: safeJson(parsed, 0) };
  } catch {
    // Text in the column is kept as what it is.
  }
  return { [header]: cell.trim() };
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function isoDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : null;
}

const fullYear = (year: string) =>
  year.length === 2 ? (Number(year) < 70 ? 2000 : 1900) + Number(year) : Number(year);

/**
 * A date as lists write it, as precise as it is: `2026-05-01`, `2026-05`, `2026`, or the text itself ("Q3 2026") where it is no
 * calendar date. Month before day, as in the US; a count of days is Excel's.
 *
 * @param text the cell's text
 */
export function normalizeDate(text: string): string {
  const bare = text.trim().replace(/[T\s]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]m|z)?$/i, '');
  let match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(bare);
  if (match) return isoDate(Number(match[1]), Number(match[2]), Number(match[3])) ?? text;
  match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$/.exec(bare);
  if (match) return isoDate(fullYear(match[3] ?? ''), Number(match[1]), Number(match[2])) ?? text;
  match = /^([a-z]{3,9})\.?[\s-]+(?:(\d{1,2}),?[\s-]+)?'?(\d{4}|\d{2})$/i.exec(bare);
  const month = match ? months.indexOf((match[1] ?? '').slice(0, 3).toLowerCase()) + 1 : 0;
  if (match && month > 0) {
    const year = fullYear(match[3] ?? '');
    if (match[2] !== undefined) return isoDate(year, month, Number(match[2])) ?? text;
    return `${year}-${String(month).padStart(2, '0')}`;
  }
  match = /^(\d{1,2})[/-](\d{4})$/.exec(bare);
  if (match && Number(match[1]) >= 1 && Number(match[1]) <= 12)
    return `${match[2]}-${(match[1] ?? '').padStart(2, '0')}`;
  // Excel counts days from 1899-12-30; 20,000 is 1954 and 80,000 is 2119.
  if (/^\d{5}(?:\.\d+)?$/.test(bare) && Number(bare) > 20_000 && Number(bare) < 80_000) {
    return new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(bare)) * 86_400_000)
      .toISOString()
      .slice(0, 10);
  }
  return text;
}

/** A person with nothing said yet. */
export function emptyPerson(): RecordPerson {
  return {
    first_name: null,
    last_name: null,
    title: null,
    lead_status: null,
    contact_types: [],
    tags: [],
    city: null,
    state: null,
    details: {},
    phones: [],
    emails: [],
    linkedin_url: null,
    organization: null,
    property_roles: [],
  };
}

/**
 * An organization with nothing but its name.
 *
 * @param name as the list writes it
 */
export function emptyOrganization(name: string): RecordOrganization {
  return {
    name,
    kind: null,
    category: null,
    website: null,
    domain: null,
    address: null,
    city: null,
    state: null,
    zip: null,
    country: null,
    aum: null,
    year_founded: null,
    investment_prefs: null,
    about: null,
    industry: null,
    tags: [],
    details: {},
    phones: [],
    emails: [],
    property_roles: [],
  };
}

/** A property with nothing said yet. */
export function emptyProperty(): RecordProperty {
  return {
    name: null,
    address: null,
    city: null,
    county: null,
    state: null,
    zip: null,
    market: null,
    submarket: null,
    units: null,
    sqft: null,
    completion_date: null,
    latitude: null,
    longitude: null,
    details: {},
    phones: [],
  };
}
