/** Database errors as hosted Supabase answers them, also those that the local Data API doesn't know. */
import postgres from 'postgres';

/** What the local Data API answers an error it has no mapping for: its text, under a code of its own. */
const UNMAPPED = 'SUP';

const marked = /^(?:\w+: )?([\s\S]*) \[SQLSTATE (\w{5})\]$/;

/** Makes the text of a database error carry its SQLSTATE, which is all that an unmapped error is answered with. */
export function markDatabaseErrors(): void {
  Object.defineProperty(postgres.PostgresError.prototype, 'toString', {
    value(this: postgres.PostgresError) {
      return `${this.name}: ${this.message} [SQLSTATE ${this.code}]`;
    },
    configurable: true,
  });
}

/** @see https://docs.postgrest.org/en/stable/references/errors.html#http-status-codes */
function statusOf(sqlstate: string): number {
  if (sqlstate.startsWith('53') || sqlstate === '57P01') return 503;
  return /^(08|25|2D|38|39|3B|40|54|55|57|58|F0|HV|XX)/.test(sqlstate) ? 500 : 400;
}

/**
 * An answer with the SQLSTATE and the status that a hosted project gives, where the local Data API had neither.
 * @param response what the local Data API answers; returned as it is where nothing is wrong with it
 */
export async function hostedError(response: Response): Promise<Response> {
  if (response.status !== 500 || !response.headers.get('content-type')?.includes('json')) return response;
  const body = (await response.clone().json()) as { code?: string; message?: string };
  const [, message, code] = (body.code === UNMAPPED && marked.exec(body.message ?? '')) || [];
  if (!code) return response;
  return Response.json({ code, message, details: null, hint: null }, { status: statusOf(code) });
}
