/** Keeps lib/supabase/database.types.ts in step with the migrations. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { PROJECT_ROOT, supabaseCli } from './database';
import { StackError } from './processes';
import { withTemporaryStack } from './temporary';

const FILE = join(PROJECT_ROOT, 'lib', 'supabase', 'database.types.ts');
const HEAD = '// Generated from the migrations by `npm run db:types`; never edited by hand.\n';

/** The CLI's output is one long line a table; formatted, a change of schema is readable as a diff. */
function format(source: string): string {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=generated.ts'], {
    cwd: PROJECT_ROOT,
    input: source,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

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
  const wanted = format(HEAD + generated);
  const present = await readFile(FILE, 'utf8').catch(() => '');
  if (present === wanted) return;
  const name = relative(PROJECT_ROOT, FILE);
  if (isCheck)
    throw new StackError(`${name} differs from the migrations; run "npm run db:types" and commit it.`);
  await writeFile(FILE, wanted);
}
