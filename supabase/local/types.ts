/** Keeps lib/supabase/database.types.ts in step with the migrations. */
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PROJECT_ROOT, supabaseCli } from './database';
import { StackError } from './processes';
import { withTemporaryStack } from './temporary';

const FILE = join(PROJECT_ROOT, 'lib', 'supabase', 'database.types.ts');
const HEAD = '// Generated from the migrations by `npm run db:types`; never edited by hand.\n\n';

/**
 * Generates the types from a database that holds exactly the migrations.
 * @param isCheck compare only
 * @throws StackError when comparing finds a difference
 */
export async function databaseTypes(isCheck: boolean): Promise<void> {
  const generated = await withTemporaryStack((stack) =>
    supabaseCli([
      'gen',
      'types',
      '--lang',
      'typescript',
      '--schema',
      'public',
      `--remote=${stack.dbUrl}?sslmode=disable`,
    ]),
  );
  const wanted = HEAD + generated;
  const present = await readFile(FILE, 'utf8').catch(() => '');
  if (present === wanted) return;
  const name = relative(PROJECT_ROOT, FILE);
  if (isCheck)
    throw new StackError(`${name} differs from the migrations; run "npm run db:types" and commit it.`);
  await writeFile(FILE, wanted);
}
