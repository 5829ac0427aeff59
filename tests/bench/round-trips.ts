/** Counts requests to the Data API where they can't hide: in the database, at the statement that begins each of them. */
import postgres from 'postgres';
import type { Bench } from './harness';

const repeats = 20;

/**
 * @param request one request of the app
 * @returns how many requests of the Data API it takes, over 20 of them
 */
export async function countDataApiRequests(bench: Bench, request: () => Promise<unknown>): Promise<number> {
  const sql = postgres(bench.stack.dbUrl, { max: 1, onnotice: () => undefined });
  // the identity of a request is set in one statement of its own: see supabase/local/lite/session-context.ts
  const count = async () => {
    const [row] = await sql<{ calls: number }[]>`
      select coalesce(sum(calls), 0)::int as calls from extensions.pg_stat_statements
       where query like '%set_config(%storage.operation%request.jwt%' or query like '%set_config(%request.jwt.claims%storage.operation%'`;
    return row?.calls ?? 0;
  };
  try {
    const before = await count();
    for (let n = 0; n < repeats; n++) await request();
    return Math.round((((await count()) - before) / repeats) * 100) / 100;
  } finally {
    await sql.end();
  }
}
