import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A phone as people of a country write it. Call it on the server or behind a dynamic import: the metadata is 29 kB.
 * @param e164 the number as stored, such as `+12125550142`
 * @param country ISO 3166 code of the workspace's country
 * @returns national format for that country's numbers, international for others, the input when unreadable
 */
export function formatPhone(e164: string, country: CountryCode = 'US'): string {
  const number = parsePhoneNumberFromString(e164);
  if (!number) return e164;
  return number.country === country ? number.formatNational() : number.formatInternational();
}
