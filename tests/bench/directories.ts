/** The two workspaces that the benchmarks of lists and search compare: a million people, and ten thousand. */
import postgres from 'postgres';
import { type Actor, createWorkspace, signUp, type Workspace } from '../support/factories';
import { fillDirectory } from './directory-data';
import type { Bench } from './harness';

const sizes = { large: Number(process.env.BENCH_PEOPLE || 1_000_000), small: 10_000 };

/** A filled workspace and somebody who may look at it. */
export type Directory = { workspace: Workspace; people: number; actor: Actor };

/**
 * Fills both, or finds them filled by an earlier run on the same data directory.
 * @returns the same people in the same proportions, a hundred times as many in the large one
 */
export async function prepareDirectories(bench: Bench): Promise<{ large: Directory; small: Directory }> {
  const sql = postgres(bench.stack.dbUrl, { max: 1, onnotice: () => undefined });
  try {
    const actor = await signUp({ fullName: 'Bench Mark' });
    const directories: Directory[] = [];
    for (const people of [sizes.small, sizes.large]) {
      const slug = `bench-${people}`;
      const [found] = await sql<Workspace[]>`select id, name, slug from workspaces where slug = ${slug}`;
      let workspace = found;
      if (!workspace) {
        workspace = await createWorkspace(actor, slug);
        bench.log(`Filling ${slug}`);
        await fillDirectory(sql, workspace.id, people, bench.log);
      }
      await sql`insert into workspace_members (workspace_id, user_id, role) values (${workspace.id}, ${actor.userId}, 'admin') on conflict do nothing`;
      directories.push({ workspace, people, actor });
    }
    await sql.unsafe('vacuum (analyze)');
    const [small, large] = directories;
    if (!small || !large) throw new Error('two directories were to be filled');
    return { large, small };
  } finally {
    await sql.end();
  }
}
