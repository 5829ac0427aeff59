/** SQL against the run's database: as the owner of the tables, or as one of the people the policies speak of. */
import postgres from 'postgres';
import { testStack } from './stack';

/** Whom the Data API would make of a request: nobody, somebody signed in, or the service role. */
export type SqlActor = { role: 'anon' | 'authenticated' | 'service_role'; userId?: string };

let shared: postgres.Sql | undefined;

/**
 * A pool of connections as `postgres`, which owns the tables and passes row level security. Ends with the process.
 * @throws {Error} where the run has no local stack
 */
export function sql(): postgres.Sql {
  shared ??= connect(4);
  return shared;
}

/**
 * Connections of one's own, for tests of what two sessions do at once. The caller ends them.
 * @param max how many
 */
export function connect(max = 1): postgres.Sql {
  return postgres(testStack().dbUrl, { max, onnotice: () => undefined, idle_timeout: 5 });
}

class Undone extends Error {}

/**
 * Runs SQL as somebody, as the Data API does it (role and claims for one transaction), and takes everything back.
 * @param actor whose eyes to look through
 * @param work what to run; its return value is kept
 */
export async function asActor<T>(
  actor: SqlActor,
  work: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  await sql()
    .begin(async (tx) => {
      await become(tx, actor);
      result = { value: await work(tx) };
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  if (!result) throw new Error('the transaction ended before its work');
  return result.value;
}

/**
 * Makes a transaction somebody's, until it ends.
 * @param tx an open transaction
 * @param actor who
 */
export async function become(tx: postgres.TransactionSql, actor: SqlActor): Promise<void> {
  const claims = JSON.stringify({ role: actor.role, ...(actor.userId && { sub: actor.userId }) });
  // the two single settings are what auth.uid() and auth.role() read first, here as in a hosted project
  await tx`select set_config('request.jwt.claims', ${claims}, true),
    set_config('request.jwt.claim.sub', ${actor.userId ?? ''}, true),
    set_config('request.jwt.claim.role', ${actor.role}, true), set_config('role', ${actor.role}, true)`;
}

/**
 * The SQLSTATE a statement fails with, or null where it succeeds. Inside a transaction it is undone to a savepoint.
 * @param work the statement
 */
export async function sqlstateOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof postgres.PostgresError) return error.code;
    throw error;
  }
}
