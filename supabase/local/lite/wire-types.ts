/** How values go to Postgres and come back: JSON exactly once encoded, times as hosted Supabase writes them. */

/**
 * The local Data API encodes the JSON arguments of a function before it hands them to the driver, which encodes them
 * again, so that an object would arrive as a string. A text that is JSON already is therefore sent as it is; a
 * function's argument that is a JSON text itself, such as "[1]", can't be told apart and arrives as the JSON it holds.
 * @param value a value, or its JSON
 */
function encodeOnce(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

const parse = (text: string): unknown => JSON.parse(text);

/** '2026-11-21 15:30:19+00' as Postgres writes it → '2026-11-21T15:30:19+00:00', which every browser reads. */
const isoTime = (text: string): string => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');

/** Types for the driver; the numbers are the types' object ids, the same in every Postgres. */
export const WIRE_TYPES = {
  timestamptz: { to: 1184, from: [1184], serialize: (value: unknown) => String(value), parse: isoTime },
  json: { to: 114, from: [114], serialize: encodeOnce, parse },
  jsonb: { to: 3802, from: [3802], serialize: encodeOnce, parse },
};
