/** What the database says of itself, for tests that walk over all of it. */
import { sql } from '../support/db';

/** A foreign key of a table in `public`. */
export type ForeignKey = {
  table: string;
  name: string;
  /** Its columns, and those they point at, in the same order. */
  columns: string[];
  target: string;
  targetColumns: string[];
  /** Whether the table pointed at holds rows of workspaces. */
  targetIsTenants: boolean;
  isIndexed: boolean;
};

/** The tables of `public`, by name. */
export async function listTables(): Promise<{ name: string; hasRls: boolean; isTenants: boolean }[]> {
  return sql()<{ name: string; hasRls: boolean; isTenants: boolean }[]>`
    select c.relname as name, c.relrowsecurity as "hasRls",
           exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped) as "isTenants"
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`;
}

/** Every foreign key of `public`, with whether an index leads with its columns. */
export async function listForeignKeys(): Promise<ForeignKey[]> {
  return sql()<ForeignKey[]>`
    select c.conrelid::regclass::text as table, c.conname as name,
           array(select a.attname::text from unnest(c.conkey) with ordinality k(n, i)
             join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.i) as columns,
           c.confrelid::regclass::text as target,
           array(select a.attname::text from unnest(c.confkey) with ordinality k(n, i)
             join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.i) as "targetColumns",
           exists (select 1 from pg_attribute a where a.attrelid = c.confrelid and a.attname = 'workspace_id') as "targetIsTenants",
           exists (select 1 from pg_index i, generate_series(1, cardinality(c.conkey)) n
             where i.indrelid = c.conrelid and i.indisvalid and (i.indkey::int2[])[0:n - 1] <@ c.conkey
               -- the workspace alone would read all of its rows
               and (i.indkey::int2[])[0:n - 1] && array(select a.attnum from pg_attribute a where a.attrelid = c.conrelid
                 and a.attnum = any (c.conkey) and (a.attname <> 'workspace_id' or cardinality(c.conkey) = 1))) as "isIndexed"
      from pg_constraint c
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by 1, 2`;
}

/**
 * The columns of a table that a role may both read and change, generated ones left out.
 * @param table its name in `public`
 */
export async function updatableColumns(table: string): Promise<string[]> {
  const rows = await sql()<{ name: string }[]>`
    select a.attname as name from pg_attribute a
     where a.attrelid = format('public.%I', ${table}::text)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and has_column_privilege('authenticated', a.attrelid, a.attnum, 'UPDATE')
       and has_column_privilege('authenticated', a.attrelid, a.attnum, 'SELECT')
     order by a.attnum desc`;
  return rows.map((row) => row.name);
}
