/** Codes of a connection that was never made: nothing of what was to be sent can have left. */
const beforeConnecting = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EMFILE',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Whether a request failed before a connection stood, at each of the addresses that were tried.
 * @param error what `fetch` or axios threw
 */
export function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(neverConnected);
  const code = 'code' in error ? String(error.code) : '';
  return beforeConnecting.has(code) || neverConnected(error.cause);
}

/** Asks `Retry-After` for more than this and it is a mistake, or a day lost for one. */
const longestWaitSeconds = 24 * 3600;

/**
 * Seconds that a `Retry-After` asks for: a number of them, or a date (RFC 9110, 10.2.3); null where it says neither.
 * At least one, so that nobody who is told to wait asks again in the same moment.
 * @param nowMs milliseconds since the epoch
 */
export function waitSeconds(header: string | null, nowMs: number): number | null {
  if (!header) return null;
  const seconds = /^\s*\d+\s*$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - nowMs) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 1), longestWaitSeconds);
}
