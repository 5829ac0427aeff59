import { distance } from 'fastest-levenshtein';
import { blank } from '@/lib/contact-points/blank';
import type { Column, Slot } from '@/modules/imports/domain';
import type { TargetField } from '@/modules/imports/presets/fields';
import type { Preset } from '@/modules/imports/presets/preset';
import type { ImportMapping, MappingSource, MappingSuggestion } from '@/modules/imports/schema';

/**
 * A header for comparing: "LinkedIn_URL", "linkedin url" and "Linkedin-URL:" are the same.
 *
 * @param header the header as the file writes it
 * @returns small letters and digits with single spaces
 */
export function normalizeHeader(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/linked in/g, 'linkedin')
    .replace(/\be[- ]mail/g, 'email')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

type Match = { target: string | null; confidence: number; source: MappingSource };

/** Below this the spelling is another word. */
const LIKE = 0.82;
const SAMPLES = 5;

/** How a column's values look, over those that say something. */
function looks(values: string[]): FieldTypeLook {
  const said = values.map((value) => value.slice(0, 300)).filter((value) => !blank(value));
  if (said.length < 2) return null;
  const share = (pattern: RegExp) => said.filter((value) => pattern.test(value.trim())).length / said.length;
  if (share(/linkedin\.com\//i) > 0.6) return 'linkedin';
  if (share(/^\S+@\S+\.\S+$/) > 0.6) return 'email';
  if (share(/^(?:https?:\/\/|www\.)\S+\.\S+$/i) > 0.6) return 'website';
  if (share(/^\+?1?[\s.-]?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?:\s*(?:x|ext).*)?$/i) > 0.6) return 'phone';
  return null;
}
type FieldTypeLook = 'linkedin' | 'email' | 'website' | 'phone' | null;

const byLook: Record<NonNullable<FieldTypeLook>, string> = {
  linkedin: 'person.linkedin',
  email: 'person.email',
  website: 'organization.website',
  phone: 'person.phone',
};

/** Whether the values speak against a field: a column "Contact" full of e-mail addresses is no name. */
function contradicts(field: TargetField, look: FieldTypeLook): boolean {
  if (look === null) return false;
  if (
    field.type === 'email' ||
    field.type === 'phone' ||
    field.type === 'linkedin' ||
    field.type === 'website'
  ) {
    return field.type !== look && !(field.type === 'website' && look === 'linkedin');
  }
  return field.type === 'name' || field.key === 'organization.name';
}

function byName(header: string, preset: Preset): Match | null {
  if (Object.hasOwn(preset.known, header)) {
    return { target: preset.known[header] ?? null, confidence: 1, source: 'known' };
  }
  const signature = preset.signature.includes(header);
  // A field's label is its weakest name: "City" is what the person's is called, but a list of properties means theirs.
  const field =
    preset.fields.find((one) => one.synonyms.includes(header)) ??
    preset.fields.find((one) => normalizeHeader(one.label) === header);
  if (field)
    return { target: field.key, confidence: signature ? 1 : 0.95, source: signature ? 'known' : 'synonym' };
  // "Email (2)" is the second column of that name.
  const numbered = /^(.+?) \d$/.exec(header)?.[1];
  if (numbered !== undefined) {
    const match = byName(numbered, preset);
    const repeated = preset.fields.find((one) => one.key === match?.target);
    if (match && repeated?.multiple) return { ...match, confidence: 0.85, source: 'synonym' };
  }
  return null;
}

/** How many slips of typing lie between two words; two letters that changed places are one slip. */
function slips(one: string, two: string): number {
  const edits = distance(one, two);
  return edits === 2 && [...one].sort().join('') === [...two].sort().join('') ? 1 : edits;
}

function byLikeness(header: string, preset: Preset): Match | null {
  let best: Match | null = null;
  for (const field of preset.fields) {
    for (const synonym of field.synonyms) {
      const longest = Math.max(header.length, synonym.length);
      // Short words are a letter away from too many others.
      if (longest < 5 || Math.abs(header.length - synonym.length) > longest * (1 - LIKE)) continue;
      const likeness = 1 - slips(header, synonym) / longest;
      if (likeness >= LIKE && likeness * 0.85 > (best?.confidence ?? 0)) {
        best = { target: field.key, confidence: likeness * 0.85, source: 'likeness' };
      }
    }
  }
  if (best) return best;
  if (/\bfax\b/.test(header)) return null;
  // "Preferred Work Email", "Home Cell Phone": the last word tells what it is.
  const tail = /\b(email|email address|phone|phone number|mobile|cell|linkedin)$/.exec(header)?.[1];
  const type =
    tail === undefined
      ? null
      : tail.startsWith('email')
        ? 'email'
        : tail === 'linkedin'
          ? 'linkedin'
          : 'phone';
  const target = type === null ? null : byLook[type];
  return target !== null && preset.fields.some((field) => field.key === target)
    ? { target, confidence: 0.7, source: 'likeness' }
    : null;
}

/**
 * Suggests what each column feeds: by the preset's own headers, by words that mean the same, by likeness of spelling, and by how
 * the values look. A field that takes one column gets the likeliest.
 *
 * @param headers the file's headers, unique
 * @param samples the first rows, for how values look
 * @param preset the kind of list
 * @returns one suggestion a column, in the file's order
 */
export function suggestMapping(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
  preset: Preset,
): MappingSuggestion[] {
  const rest: Match = {
    target: preset.rest,
    confidence: 0.5,
    source: preset.rest === null ? 'none' : 'details',
  };
  const suggestions = headers.map((column, index): MappingSuggestion => {
    const values = samples.map((row) => row[index] ?? '');
    const header = normalizeHeader(column);
    const look = looks(values);
    const found = matchColumn(header, column, look, preset, headers) ?? rest;
    const said = values.filter((value) => !blank(value)).slice(0, SAMPLES);
    return { column, ...found, samples: said.map((value) => value.slice(0, 200)) };
  });
  for (const field of preset.fields) {
    if (field.multiple) continue;
    const rivals = suggestions.filter((one) => one.target === field.key);
    const winner = rivals.reduce<MappingSuggestion | null>(
      (best, one) => (best === null || one.confidence > best.confidence ? one : best),
      null,
    );
    for (const rival of rivals) if (rival !== winner) Object.assign(rival, rest);
  }
  if (preset.id === 'generic') homeless(suggestions);
  return suggestions;
}

function matchColumn(
  header: string,
  column: string,
  look: FieldTypeLook,
  preset: Preset,
  headers: readonly string[],
): Match | null {
  // The two columns that our own file of rejected rows adds.
  const last = headers.slice(-2);
  if (last[0] === 'Line' && last[1] === 'Reason' && last.includes(column)) {
    return { target: null, confidence: 1, source: 'known' };
  }
  const named = byName(header, preset);
  if (named) {
    const field = preset.fields.find((one) => one.key === named.target);
    if (!field || !contradicts(field, look)) return named;
  }
  const like = named ? null : byLikeness(header, preset);
  if (like) {
    const field = preset.fields.find((one) => one.key === like.target);
    if (field && !contradicts(field, look)) return like;
  }
  // A list with several parties a row has no one person to give a nameless column to.
  if (look === null || preset.id === 'qozb' || /\bfax\b/.test(header)) return null;
  const target = byLook[look];
  return preset.fields.some((field) => field.key === target)
    ? { target, confidence: 0.6, source: 'values' }
    : null;
}

const movable: Record<string, [person: string | null, organization: string]> = {
  'property.address': [null, 'organization.address'],
  'property.city': ['person.city', 'organization.city'],
  'property.state': ['person.state', 'organization.state'],
  'property.zip': [null, 'organization.zip'],
};

/** "City" and "State" are a property's in a list of properties; in a list of people they are the contact's. */
function homeless(suggestions: MappingSuggestion[]): void {
  const has = (target: string) => suggestions.some((one) => one.target === target);
  const addressed = suggestions.find((one) => one.target === 'property.address');
  const aboutProperties = [
    'property.name',
    'property.units',
    'property.sqft',
    'property.market',
    'property.county',
  ].some(has);
  // "Address" beside a company is where the company is; "Property Address" is a property's whatever else is there.
  const explicit =
    addressed !== undefined &&
    normalizeHeader(addressed.column) !== 'address' &&
    normalizeHeader(addressed.column) !== 'street';
  if (aboutProperties || explicit || (addressed && !has('organization.name'))) return;
  for (const one of suggestions) {
    const home = one.target === null ? undefined : movable[one.target];
    if (!home) continue;
    const target = has('organization.name') ? home[1] : home[0];
    if (target !== null && has(target)) continue;
    one.target = target ?? 'person.details';
    one.confidence = Math.min(one.confidence, 0.8);
  }
}

/**
 * The mapping that a list of suggestions makes.
 *
 * @param suggestions one a column
 */
export function toMapping(suggestions: readonly MappingSuggestion[]): ImportMapping {
  return Object.fromEntries(suggestions.map(({ column, target }) => [column, target]));
}

/**
 * What is wrong with a mapping, for the person who made it.
 *
 * @param mapping the mapping
 * @param headers the file's headers
 * @param preset the kind of list
 * @returns sentences by column; the column `''` speaks of the whole. Empty where the mapping can be run.
 */
export function checkMapping(
  mapping: ImportMapping,
  headers: readonly string[],
  preset: Preset,
): { column: string; message: string }[] {
  const problems: { column: string; message: string }[] = [];
  const fields = new Map(preset.fields.map((field) => [field.key, field]));
  const used = new Map<string, string>();
  for (const header of headers) {
    const target = Object.hasOwn(mapping, header) ? mapping[header] : null;
    if (target === null || target === undefined) continue;
    const field = fields.get(target);
    if (!field) {
      problems.push({ column: header, message: `“${target}” is not a field of ${preset.label}.` });
      continue;
    }
    const other = used.get(target);
    if (other !== undefined && !field.multiple) {
      problems.push({
        column: header,
        message: `“${field.label}” already comes from “${other}”. Choose one of the two.`,
      });
    }
    used.set(target, header);
  }
  const identifies = /(?:^|\.)(?:name|first_name|last_name|email|organization|address)$/;
  if (![...used.keys()].some((key) => identifies.test(key))) {
    problems.push({
      column: '',
      message:
        'Choose at least one column that names somebody or something: a name, an e-mail, an organization or a property.',
    });
  }
  return problems;
}

const labels: [RegExp, string][] = [
  [/\bpersonal\b/, 'Personal'],
  [/\b(?:secondary|alternate|other|second)\b/, 'Secondary'],
  [/\b(?:mobile|cell)\b/, 'Mobile'],
  [/\bhome\b/, 'Home'],
  [/\b(?:work|office|business|direct)\b/, 'Work'],
];

/** What a header says of the numbers or addresses below it, or null. */
function labelOf(header: string): string | null {
  const words = normalizeHeader(header);
  return labels.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/**
 * Looks up a mapping once, so that rows are read by index.
 *
 * @param mapping the mapping; columns that the file lacks are passed over
 * @param headers the file's headers
 * @returns the columns that feed a field, in the file's order
 */
export function slotsOf(mapping: ImportMapping, headers: readonly string[]): (key: string) => Slot {
  const slots = new Map<string, Column[]>();
  for (const [index, header] of headers.entries()) {
    const target = Object.hasOwn(mapping, header) ? mapping[header] : null;
    if (target === null || target === undefined) continue;
    const column: Column = { index, header, label: labelOf(header) };
    const slot = slots.get(target);
    if (slot) slot.push(column);
    else slots.set(target, [column]);
  }
  return (key) => slots.get(key) ?? [];
}
