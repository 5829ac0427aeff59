/** Puts a request's identity into its transaction in one statement, the way PostgREST does. */
import type { PostgresConnection } from '@supabase/lite/postgres';
import { type Kysely, type RawBuilder, sql } from 'kysely';

interface RequestVars {
  auth?: { role?: string; uid?: string; jwt?: unknown };
  storage?: { operation?: string };
}

/**
 * Statement time-outs of hosted Supabase's API roles.
 * Source: https://supabase.com/docs/guides/database/postgres/timeouts
 */
const STATEMENT_TIMEOUT: Record<string, string> = { anon: '3s', authenticated: '8s', service_role: '8s' };

interface RpcRequest {
  method: string;
  path: string;
  requestHeaders?: Record<string, string>;
}

/**
 * Sends a statement ahead of the request's own on the same connection without waiting for its answer. Should it fail, the
 * transaction is aborted and whatever follows fails with it: nothing is read or written under a wrong identity.
 */
function sendAhead(trx: Kysely<unknown>, statement: RawBuilder<unknown>): void {
  statement.execute(trx).catch(() => undefined);
}

/**
 * Replaces habits of the local Data API that hosted Supabase doesn't have.
 *
 * It grants every table to every API role as soon as one table has row level security, which would hide a missing
 * grant until production; and it sets each of the ten variables of a request in a round trip of its own.
 * @param connection the connection that the Data API will use; changed in place
 */
export function actLikeHosted(connection: PostgresConnection): void {
  Object.assign(connection, {
    ensureRlsContext: async () => true,
    applyJwtSessionContext: async (trx: Kysely<unknown>, vars: RequestVars) => {
      const role = vars.auth?.role ?? 'anon';
      const claims = vars.auth?.jwt ?? { role };
      sendAhead(
        trx,
        sql`select
        set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
        set_config('request.jwt.claim.sub', ${vars.auth?.uid ?? ''}, true),
        set_config('request.jwt.claim.role', ${role}, true),
        set_config('storage.operation', ${vars.storage?.operation ?? ''}, true),
        set_config('statement_timeout', ${STATEMENT_TIMEOUT[role] ?? '8s'}, true),
        set_config('role', ${role}, true)`,
      );
    },
    applyRpcRequestGucs: async (trx: Kysely<unknown>, request: RpcRequest) => {
      sendAhead(
        trx,
        sql`select
        set_config('response.status', '', true),
        set_config('response.headers', '', true),
        set_config('request.method', ${request.method}, true),
        set_config('request.path', ${request.path}, true),
        set_config('request.headers', ${JSON.stringify(request.requestHeaders ?? {})}, true)`,
      );
    },
  });
}
