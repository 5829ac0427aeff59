/** The people list at a million people, beside ten thousand: first page, filters, a page deep inside. */
import postgres from 'postgres';
import { encodeCursor } from '../../modules/records/cursor';
import { compareSizes, type Scenario } from './compare';
import { type Directory, prepareDirectories } from './directories';
import type { Bench, Figures } from './harness';

const states = ['TX', 'FL', 'CA', 'NY', 'GA', 'NC', 'AZ', 'OH'];
const round = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A place in the middle of the list by name, as a cursor, found without walking there. */
async function deepCursor(sql: postgres.Sql, directory: Directory, share: number): Promise<string> {
  const offset = Math.floor(directory.people * share);
  const [row] = await sql<{ value: string; id: string }[]>`
    select normalized_name as value, id from people where workspace_id = ${directory.workspace.id} and deleted_at is null
     order by normalized_name, id offset ${offset} limit 1`;
  if (!row) throw new Error('the list is shorter than it should be');
  return encodeCursor({ sort: 'name', dir: 'asc', ...row });
}

/** @returns p50, p95, p99 of each kind of request in both workspaces, their ratio, and the Data API requests each took */
export async function listsBench(bench: Bench): Promise<Figures> {
  const directories = await prepareDirectories(bench);
  const sql = postgres(bench.stack.dbUrl, { max: 1, onnotice: () => undefined });
  const cursors = new Map<Directory, string[]>();
  try {
    for (const directory of Object.values(directories)) {
      const shares = [0.35, 0.5, 0.62, 0.77, 0.9];
      cursors.set(directory, await Promise.all(shares.map((share) => deepCursor(sql, directory, share))));
    }
  } finally {
    await sql.end();
  }
  const scenarios: Record<string, Scenario> = {
    first_page: () => '/api/people',
    first_page_by_last_activity: () => '/api/people?sort=last_activity&dir=desc',
    filtered: (n) => `/api/people?lead_status=hot&state=${round(states, n)}&tags=investor&has_email=yes`,
    filtered_has_phone: (n) => `/api/people?state=${round(states, n)}&has_phone=yes&has_email=no`,
    filtered_rare_tag: () => '/api/people?tags=board&has_phone=yes',
    filtered_organization_kind: () => '/api/people?organization_kind=family_office&lead_status=warm',
    filtered_by_fragment: (n) => `/api/people?q=${round(['garcia', 'mar', 'silver', 'olga'], n)}`,
    deep_page: (n, directory) => `/api/people?cursor=${round(cursors.get(directory) ?? [], n)}`,
  };
  return compareSizes(bench, directories, scenarios);
}
