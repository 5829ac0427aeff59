/** How JSON goes to Postgres: exactly once encoded. */

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

/** Types for the driver; the numbers are the object ids of json and jsonb, the same in every Postgres. */
export const JSON_TYPES = {
  json: { to: 114, from: [114], serialize: encodeOnce, parse },
  jsonb: { to: 3802, from: [3802], serialize: encodeOnce, parse },
};
