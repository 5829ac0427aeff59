import { textOrNull } from '@/lib/contact-points/blank';

/** USPS Publication 28, appendix B: states, the District, territories and the military "states". */
export const usStates: Readonly<Record<string, string>> = {
  alabama: 'AL',
  alaska: 'AK',
  arizona: 'AZ',
  arkansas: 'AR',
  california: 'CA',
  colorado: 'CO',
  connecticut: 'CT',
  delaware: 'DE',
  'district of columbia': 'DC',
  florida: 'FL',
  georgia: 'GA',
  hawaii: 'HI',
  idaho: 'ID',
  illinois: 'IL',
  indiana: 'IN',
  iowa: 'IA',
  kansas: 'KS',
  kentucky: 'KY',
  louisiana: 'LA',
  maine: 'ME',
  maryland: 'MD',
  massachusetts: 'MA',
  michigan: 'MI',
  minnesota: 'MN',
  mississippi: 'MS',
  missouri: 'MO',
  montana: 'MT',
  nebraska: 'NE',
  nevada: 'NV',
  'new hampshire': 'NH',
  'new jersey': 'NJ',
  'new mexico': 'NM',
  'new york': 'NY',
  'north carolina': 'NC',
  'north dakota': 'ND',
  ohio: 'OH',
  oklahoma: 'OK',
  oregon: 'OR',
  pennsylvania: 'PA',
  'rhode island': 'RI',
  'south carolina': 'SC',
  'south dakota': 'SD',
  tennessee: 'TN',
  texas: 'TX',
  utah: 'UT',
  vermont: 'VT',
  virginia: 'VA',
  washington: 'WA',
  'west virginia': 'WV',
  wisconsin: 'WI',
  wyoming: 'WY',
  'puerto rico': 'PR',
  guam: 'GU',
  'american samoa': 'AS',
  'northern mariana islands': 'MP',
  'virgin islands': 'VI',
  'u.s. virgin islands': 'VI',
  'us virgin islands': 'VI',
  'armed forces americas': 'AA',
  'armed forces europe': 'AE',
  'armed forces pacific': 'AP',
};

const codes = new Set(Object.values(usStates));

/**
 * The two-letter code of a US state given by name or code.
 *
 * @param text such as "Texas", "tx" or "D.C."
 * @returns the code, or null where it is no US state
 */
export function usStateCode(text: string): string | null {
  const folded = text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^(?:the )?state of /, '');
  const bare = folded.replace(/\./g, '').toUpperCase();
  if (codes.has(bare)) return bare;
  return Object.hasOwn(usStates, folded) ? (usStates[folded] ?? null) : null;
}

/**
 * A state or province: US ones as their code, others as written.
 *
 * @param text the cell
 * @returns the state, or null where the cell says nothing
 */
export function normalizeState(text: string | null): string | null {
  const given = textOrNull(text);
  return given === null ? null : (usStateCode(given) ?? given);
}

/**
 * A postal code. US ones get back the zeros that a spreadsheet took ("2134" becomes "02134") and the dash of ZIP+4; codes of
 * other countries stay as written.
 *
 * @param text the cell
 * @param country the row's country; null is taken for the US
 * @returns the code, or null where the cell says nothing
 */
export function normalizeZip(text: string | null, country: string | null = null): string | null {
  if (text !== null && isUnitedStates(country) && /^\d{5}$/.test(text)) return text;
  const given = textOrNull(text)?.replace(/^(\d+)\.0+$/, '$1') ?? null;
  if (given === null || !isUnitedStates(country)) return given;
  const match = /^(\d{3,5})(?:[\s-]+(\d{1,4}))?$/.exec(given);
  if (match?.[1]) {
    const zip = match[1].padStart(5, '0');
    return match[2] === undefined || Number(match[2]) === 0 ? zip : `${zip}-${match[2].padStart(4, '0')}`;
  }
  // ZIP+4 without its dash, one or two leading zeros gone.
  if (/^\d{7,9}$/.test(given)) {
    const nine = given.padStart(9, '0');
    return `${nine.slice(0, 5)}-${nine.slice(5)}`;
  }
  return given;
}

/**
 * Whether a country cell means the United States; an empty one does.
 *
 * @param country the cell
 */
export function isUnitedStates(country: string | null): boolean {
  return (
    country === null || /^(?:u\.?\s?s\.?(?:\s?a\.?)?|united states(?: of america)?)$/i.test(country.trim())
  );
}

/**
 * A country: the ways to write the United States as one, others as written.
 *
 * @param text the cell
 * @returns the country, or null where the cell says nothing
 */
export function normalizeCountry(text: string | null): string | null {
  const given = textOrNull(text);
  return given !== null && isUnitedStates(given) ? 'United States' : given;
}
