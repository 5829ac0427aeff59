import { isUnitedStates, normalizeState, usStateCode } from '@/lib/contact-points/address';
import { textOrNull } from '@/lib/contact-points/blank';

export type Location = { city: string | null; state: string | null; country: string | null };

/**
 * Reads a place written on one line: "Austin, TX", "Austin, Texas, USA", "Austin TX 78701", "Greater Denver Area", "Texas".
 *
 * @param text the cell
 * @returns what it names; parts it doesn't name are null, as is all of a cell that says nothing
 */
export function parseLocation(text: string | null): Location {
  const none: Location = { city: null, state: null, country: null };
  const given = textOrNull(text);
  // Longer than any place: prose, over which the patterns below would take their time.
  if (given === null || given.length > 200) return none;
  const bare = given
    .replace(/\s*\d{5}(?:-\d{4})?$/, '')
    .replace(/^greater\s+/i, '')
    .replace(/[\s-]+(?:(?:metropolitan|metro|bay)?\s*area|metroplex)$/i, '')
    .trim();
  const parts = bare.split(/\s*,\s*/).filter((part) => part !== '');
  const last = parts[parts.length - 1];
  if (last === undefined) return none;
  if (parts.length > 1 && isUnitedStates(last)) {
    const rest = parseLocation(parts.slice(0, -1).join(', '));
    return { ...rest, country: 'United States' };
  }
  if (parts.length === 1) return parseSingle(last);
  const state = usStateCode(last);
  if (state) return { city: parts[parts.length - 2] ?? null, state, country: null };
  if (parts.length === 2) return { city: parts[0] ?? null, state: null, country: last };
  return {
    city: parts[parts.length - 3] ?? null,
    state: normalizeState(parts[parts.length - 2] ?? null),
    country: last,
  };
}

function parseSingle(text: string): Location {
  if (isUnitedStates(text)) return { city: null, state: null, country: 'United States' };
  // New York alone is the city in nearly every list; Washington alone can't be told and stays what was written.
  if (/^(?:new york|washington)$/i.test(text)) return { city: text, state: null, country: null };
  const state = usStateCode(text);
  if (state) return { city: null, state, country: null };
  const tail = /^(.+?)\s+([A-Z]{2})$/.exec(text);
  const code = tail?.[2] ? usStateCode(tail[2]) : null;
  if (tail?.[1] && code) return { city: tail[1], state: code, country: null };
  return { city: text, state: null, country: null };
}
