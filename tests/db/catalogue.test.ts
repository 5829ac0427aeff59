/** Rules of the schema as a whole, read from the catalogue, so that they hold for what is added tomorrow. */
import { describe, expect, test } from 'vitest';
import { sql } from '../support/db';
import { testStack } from '../support/stack';
import { listForeignKeys, listTables } from './catalogue';
import { functions } from './rows';

type FunctionRow = {
  schema: string;
  name: string;
  isDefiner: boolean;
  settings: string[] | null;
  anon: boolean;
  authenticated: boolean;
  service: boolean;
};

const listFunctions = (schema: string) => sql()<FunctionRow[]>`
  select n.nspname as schema, p.proname as name, p.prosecdef as "isDefiner", p.proconfig as settings,
         has_function_privilege('anon', p.oid, 'execute') as anon,
         has_function_privilege('authenticated', p.oid, 'execute') as authenticated,
         has_function_privilege('service_role', p.oid, 'execute') as service
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname = ${schema} and p.prokind = 'f' order by 2`;

describe('tables', () => {
  test('a row of a workspace is named by its workspace and id together, so that others can point at both', async () => {
    const tenants = (await listTables()).filter((table) => table.isTenants).map((table) => table.name);
    const keyed = await sql()<{ name: string }[]>`
      select distinct c.conrelid::regclass::text as name from pg_constraint c
       where c.contype in ('u', 'p') and c.connamespace = 'public'::regnamespace
         and (select array_agg(a.attname::text order by a.attname) from unnest(c.conkey) k(n)
              join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n)
             in (array['id', 'workspace_id'], array['user_id', 'workspace_id'])`;
    const names = new Set(keyed.map((row) => row.name));
    expect(tenants.filter((name) => !names.has(name))).toEqual([]);
  });

  test('every foreign key has an index, so that deleting what it points at reads no whole table', async () => {
    const bare = (await listForeignKeys()).filter((key) => !key.isIndexed);
    expect(bare.map((key) => `${key.table}(${key.columns.join(', ')})`)).toEqual([]);
  });

  test('one permissive policy for each role and command: two are both asked, and the looser one wins', async () => {
    const doubled = await sql()`
      select tablename, cmd, count(*) from pg_policies, unnest(roles) r
       where schemaname = 'public' and permissive = 'PERMISSIVE' group by tablename, cmd, r having count(*) > 1`;
    expect([...doubled]).toEqual([]);
  });

  test('no policy asks for the caller once a row', async () => {
    const policies = await sql()<{ name: string; text: string }[]>`
      select tablename || '.' || policyname as name, coalesce(qual, '') || ' ' || coalesce(with_check, '') as text
        from pg_policies where schemaname in ('public', 'storage', 'realtime')`;
    const perRow = policies.filter(({ text }) =>
      /(?<!SELECT \(?)(auth\.(uid|jwt|role)\(\)|private\.my_\w+\()/i.test(text),
    );
    expect(perRow.map((policy) => policy.name)).toEqual([]);
  });

  test('views look with the eyes of whoever asks', async () => {
    const views = await sql()`
      select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
         and not coalesce(c.reloptions @> '{security_invoker=on}' or c.reloptions @> '{security_invoker=true}', false)`;
    expect([...views]).toEqual([]);
  });

  test('nobody signed in holds no right on any table', async () => {
    const open = await sql()`
      select table_name, privilege_type from information_schema.role_table_grants
       where table_schema = 'public' and grantee in ('anon', 'PUBLIC')`;
    expect([...open]).toEqual([]);
  });
});

describe('functions', () => {
  test('every function of public has a rule here, and is executed by nobody else', async () => {
    const found = await listFunctions('public');
    const rights = Object.fromEntries(
      found.map((row) => [row.name, row.anon ? 'everybody' : row.authenticated ? 'signed in' : 'machine']),
    );
    expect(rights).toEqual(functions);
  });

  test('what the API can call runs with the rights of whoever calls', async () => {
    const definers = (await listFunctions('public')).filter((row) => row.isDefiner);
    expect(definers.map((row) => row.name)).toEqual([]);
  });

  test('a function that runs with the rights of its owner can not be led astray by a search path', async () => {
    const all = [...(await listFunctions('private')), ...(await listFunctions('public'))];
    const loose = all.filter((row) => !(row.settings ?? []).includes('search_path=""'));
    expect(loose.map((row) => `${row.schema}.${row.name}`)).toEqual([]);
  });

  test('the Data API does not know the private schema', async () => {
    const { url, secretKey } = testStack();
    const response = await fetch(`${url}/rest/v1/rpc/my_workspace_ids`, {
      method: 'POST',
      headers: { apikey: secretKey, 'content-type': 'application/json', 'content-profile': 'private' },
      body: '{}',
    });
    expect(response.ok).toBe(false);
  });

  test('the log is changed by nobody, not even by machines', async () => {
    const [row] = await sql()<{ update: boolean; delete: boolean; truncate: boolean }[]>`
      select has_table_privilege('service_role', 'public.audit_log', 'update') as update,
             has_table_privilege('service_role', 'public.audit_log', 'delete') as delete,
             has_table_privilege('service_role', 'public.audit_log', 'truncate') as truncate`;
    expect(row).toEqual({ update: false, delete: false, truncate: false });
  });
});
