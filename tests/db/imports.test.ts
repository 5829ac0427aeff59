/** The stated cascade of identity, on rows small enough to see through. */
import { beforeEach, describe, expect, test } from 'vitest';
import { sql, sqlstateOf } from '../support/db';
import {
  type Actor,
  createPerson,
  createWorkspace,
  signUp,
  unique,
  uniqueEmail,
  uniquePhone,
  type Workspace,
} from '../support/factories';
import { beginImport, importRows, record } from './import-records';

let owner: Actor;
let workspace: Workspace;

beforeEach(async () => {
  owner ??= await signUp();
  workspace = await createWorkspace(owner);
});

const people = () =>
  sql()<{ id: string; name: string; title: string | null; created_at: Date }[]>`
    select id, display_name as name, title, created_at from people where workspace_id = ${workspace.id} order by created_at, id`;
const names = async () => (await people()).map((person) => person.name);
const organizations = () =>
  sql()<{ name: string; state: string | null }[]>`
    select name, state from organizations where workspace_id = ${workspace.id} order by created_at, name`;

describe('one person, by what the rows say of them', () => {
  test('an e-mail address decides, whatever the names', async () => {
    const emails = [uniqueEmail()];
    const { id } = await createPerson(owner, workspace, { first_name: 'Ada', last_name: 'King', emails });
    const counts = await importRows(workspace, [
      record(2, { people: [{ first_name: 'A.', last_name: 'Lovelace', emails, phones: [uniquePhone()] }] }),
    ]);
    expect((await people()).map((person) => person.id)).toEqual([id]);
    expect(counts.created).toMatchObject({ people: 0, phones: 1 });
  });

  test('then a LinkedIn profile', async () => {
    const url = `https://www.linkedin.com/in/${unique()}`;
    const { id } = await createPerson(owner, workspace, { linkedin: [url] });
    await importRows(workspace, [record(2, { people: [{ first_name: 'Somebody', linkedin_url: url }] })]);
    expect((await people()).map((person) => person.id)).toEqual([id]);
  });

  test('e-mail goes before phone where they point at two people', async () => {
    const [email, phone] = [uniqueEmail(), uniquePhone()];
    const byEmail = await createPerson(owner, workspace, {
      first_name: 'Rob',
      last_name: 'Stone',
      emails: [email],
    });
    await createPerson(owner, workspace, { first_name: 'Robert', last_name: 'Stone', phones: [phone] });
    await importRows(workspace, [
      record(2, {
        people: [
          { first_name: 'Robert', last_name: 'Stone', title: 'Partner', emails: [email], phones: [phone] },
        ],
      }),
    ]);
    const found = await people();
    expect(found).toHaveLength(2);
    // what the person typed is kept; only the empty title was filled
    expect(found.find((person) => person.title === 'Partner')?.id).toBe(byEmail.id);
  });

  test('a phone counts where the names are alike', async () => {
    const phones = [uniquePhone()];
    await importRows(workspace, [
      record(2, { people: [{ first_name: 'Robert', last_name: 'Stone', phones }] }),
    ]);
    await importRows(workspace, [record(2, { people: [{ first_name: 'Rob', last_name: 'Stone', phones }] })]);
    expect(await names()).toHaveLength(1);
  });

  test('two names at one number are two people who share it', async () => {
    const phones = [uniquePhone()];
    const counts = await importRows(workspace, [
      record(2, { people: [{ first_name: 'Mary', last_name: 'Stone', phones }] }),
      record(3, { people: [{ first_name: 'Robert', last_name: 'Stone', phones }] }),
    ]);
    expect(counts.created).toMatchObject({ people: 2, phones: 1 });
    const [shared] =
      await sql()`select count(*)::int as n from person_phones where workspace_id = ${workspace.id}`;
    expect(shared?.n).toBe(2);
  });

  test('at one number an equal name goes before one that is only alike', async () => {
    const phones = [uniquePhone()];
    await createPerson(owner, workspace, { first_name: 'Robert', last_name: 'Stone', phones });
    const { id } = await createPerson(owner, workspace, { first_name: 'Rob', last_name: 'Stone', phones });
    await importRows(workspace, [
      record(2, { people: [{ first_name: 'Rob', last_name: 'Stone', city: 'Reno', phones }] }),
    ]);
    const [found] = await sql()`select id from people where workspace_id = ${workspace.id} and city = 'Reno'`;
    expect(found?.id).toBe(id);
  });

  test('rows of one file find each other by whatever they share', async () => {
    const [email, url, phone] = [uniqueEmail(), `https://www.linkedin.com/in/${unique()}`, uniquePhone()];
    const ada = { first_name: 'Ada', last_name: 'King' };
    const counts = await importRows(workspace, [
      record(2, { people: [{ ...ada, emails: [email] }] }),
      record(3, { people: [{ ...ada, emails: [email], linkedin_url: url }] }),
      record(4, { people: [{ ...ada, linkedin_url: url, phones: [phone] }] }),
      record(5, { people: [{ first_name: 'A', phones: [phone], emails: [email] }] }),
    ]);
    expect(counts.created).toMatchObject({ people: 1, emails: 1, linkedin_profiles: 1, phones: 1 });
  });

  test('somebody without a contact point is found again where the same kind of list puts them', async () => {
    const row = record(2, {
      people: [{ first_name: 'Ada', last_name: 'King', organization: 0 }],
      organizations: [{ name: 'Analytical Engines' }],
    });
    await importRows(workspace, [row], 'contacts');
    const again = await importRows(workspace, [row], 'contacts');
    expect(again.created).toMatchObject({ people: 0, organizations: 0 });
    expect(await names()).toHaveLength(1);
  });

  test('same name and organization is a suggestion, never a merge', async () => {
    const at = (email: string) =>
      record(2, {
        people: [{ first_name: 'Ada', last_name: 'King', emails: [email], organization: 0 }],
        organizations: [{ name: 'Analytical Engines' }],
      });
    await importRows(workspace, [at(uniqueEmail())]);
    await importRows(workspace, [at(uniqueEmail())]);
    expect(await names()).toHaveLength(2);
    const suggestions =
      await sql()`select reason from merge_suggestions where workspace_id = ${workspace.id}`;
    expect(suggestions).toHaveLength(1);
  });

  test('a deleted person is not brought back by a list', async () => {
    const emails = [uniqueEmail()];
    const { id } = await createPerson(owner, workspace, { emails });
    await sql()`update people set deleted_at = now() where id = ${id}`;
    await importRows(workspace, [record(2, { people: [{ first_name: 'Ada', emails }] })]);
    const [row] = await sql()`select deleted_at from people where id = ${id}`;
    expect(row?.deleted_at).not.toBeNull();
  });
});

describe('one organization, by name and state', () => {
  const named = (name: string, state: string | null = null) => ({ organizations: [{ name, state }] });

  test('spelling aside, a name is a name; never by likeness', async () => {
    await importRows(workspace, [
      record(2, named('ACME Holdings, LLC')),
      record(3, named('Acme  Holdings LLC')),
      record(4, named('Acme Holding LLC')),
    ]);
    expect((await organizations()).map((found) => found.name)).toEqual([
      'ACME Holdings, LLC',
      'Acme Holding LLC',
    ]);
  });

  test('two states are two organizations', async () => {
    await importRows(workspace, [
      record(2, named('Harbor Trust', 'TX')),
      record(3, named('Harbor Trust', 'FL')),
    ]);
    expect((await organizations()).map((found) => found.state)).toEqual(['TX', 'FL']);
  });

  test('without a state it is the one of that name', async () => {
    await importRows(workspace, [record(2, named('Harbor Trust', 'TX'))]);
    const counts = await importRows(workspace, [record(2, named('Harbor Trust'))]);
    expect(counts.created.organizations).toBe(0);
  });

  test('the first state that is named completes the one whose state was not known', async () => {
    await importRows(workspace, [record(2, named('Harbor Trust'))]);
    await importRows(workspace, [
      record(2, named('Harbor Trust', 'TX')),
      record(3, named('Harbor Trust', 'FL')),
    ]);
    expect((await organizations()).map((found) => found.state)).toEqual(['TX', 'FL']);
  });
});

describe('one property, by name and address', () => {
  test('spelling of the street aside', async () => {
    const lofts = (address: string, city = 'Austin') => ({
      property: { name: 'Maple Lofts', address, city },
    });
    const counts = await importRows(workspace, [
      record(2, lofts('100 North Main Street')),
      record(3, lofts('100 N. Main St')),
      record(4, lofts('100 N Main St', 'Dallas')),
    ]);
    expect(counts.created.properties).toBe(2);
  });

  test('its owner is a party that owns it once, and its own number belongs to nobody', async () => {
    const phone = uniquePhone();
    const row = record(2, {
      property: { name: 'Maple Lofts', phones: [phone] },
      organizations: [{ name: 'Maple Owner LLC', property_roles: ['owner'] }],
      people: [
        {
          first_name: 'Ada',
          last_name: 'King',
          emails: [uniqueEmail()],
          organization: 0,
          property_roles: ['owner'],
        },
      ],
    });
    await importRows(workspace, [row, { ...row, line: 3 }], 'qozb');
    const [property] = await sql()`
      select o.kind, o.display_name from properties p join owners o on o.id = p.owner_id where p.workspace_id = ${workspace.id}`;
    expect(property).toEqual({ kind: 'llc', display_name: 'Maple Owner LLC' });
    const [links] = await sql()`
      select (select count(*)::int from property_phones where workspace_id = ${workspace.id}) as property,
             (select count(*)::int from person_phones where workspace_id = ${workspace.id}) as person,
             (select count(*)::int from owners where workspace_id = ${workspace.id}) as owners`;
    expect(links).toEqual({ property: 1, person: 0, owners: 1 });
  });
});

describe('a file', () => {
  const file = () => {
    const [email, phone] = [uniqueEmail(), uniquePhone()];
    return [
      record(2, {
        people: [
          { first_name: 'Ada', last_name: 'King', emails: [email], organization: 0, title: 'Partner' },
        ],
        organizations: [{ name: 'Analytical Engines', state: 'TX' }],
      }),
      record(3, {
        people: [
          { first_name: 'Ada', last_name: 'King', title: 'Founder', emails: [email], phones: [phone] },
        ],
      }),
      record(4, {
        property: { name: 'Maple Lofts', address: '1 Main St' },
        people: [{ first_name: 'Grace', phones: [phone], property_roles: ['manager'] }],
      }),
    ];
  };

  test('the first row that speaks of a column wins; the others are kept beside it', async () => {
    await importRows(workspace, file());
    const [ada] =
      await sql()`select title, details from people where workspace_id = ${workspace.id} and first_name = 'Ada'`;
    expect(ada).toMatchObject({ title: 'Partner', details: { alternates: { title: ['Founder'] } } });
  });

  test('the same file again creates, updates and links nothing', async () => {
    const rows = file();
    await importRows(workspace, rows);
    const before =
      await sql()`select id, updated_at from people where workspace_id = ${workspace.id} order by id`;
    const again = await importRows(workspace, rows);
    for (const action of ['created', 'updated', 'linked'] as const) {
      expect(Object.values(again[action]).reduce((sum, n) => sum + n, 0)).toBe(0);
    }
    const after =
      await sql()`select id, updated_at from people where workspace_id = ${workspace.id} order by id`;
    expect([...after]).toEqual([...before]);
  });

  test.each([1, 2, 3])(
    'a dry run in chunks of %i writes nothing to the directory and counts what the run will do',
    async (size) => {
      const rows = file();
      const dry = await beginImport(workspace);
      for (let from = 0; from < rows.length; from += size)
        await dry.chunk(rows.slice(from, from + size), false);
      const promised = await dry.counts();
      const [written] = await sql()`
      select (select count(*)::int from people where workspace_id = ${workspace.id})
           + (select count(*)::int from organizations where workspace_id = ${workspace.id})
           + (select count(*)::int from properties where workspace_id = ${workspace.id})
           + (select count(*)::int from phones where workspace_id = ${workspace.id})
           + (select count(*)::int from emails where workspace_id = ${workspace.id}) as n`;
      expect(written?.n).toBe(0);
      const run = await beginImport(workspace);
      for (let from = 0; from < rows.length; from += size) await run.chunk(rows.slice(from, from + size));
      expect(await run.counts()).toEqual(promised);
      expect(promised.created).toMatchObject({
        people: 2,
        organizations: 1,
        properties: 1,
        phones: 1,
        emails: 1,
      });
    },
  );

  test('it never un-suppresses anybody', async () => {
    const [email, phone] = [uniqueEmail(), uniquePhone()];
    await createPerson(owner, workspace, { emails: [email], phones: [phone] });
    await sql()`update emails set status = 'unsubscribed' where workspace_id = ${workspace.id}`;
    await sql()`update phones set do_not_call = true, do_not_call_at = now() where workspace_id = ${workspace.id}`;
    await importRows(workspace, [
      record(2, { people: [{ emails: [email], phones: [phone], last_name: 'King' }] }),
    ]);
    const [kept] = await sql()`
      select e.status, p.do_not_call from emails e join phones p on p.workspace_id = e.workspace_id where e.workspace_id = ${workspace.id}`;
    expect(kept).toEqual({ status: 'unsubscribed', do_not_call: true });
  });

  test('a chunk that comes twice, or from who lost the lease, is refused', async () => {
    const rows = file();
    const list = await beginImport(workspace);
    await list.chunk(rows.slice(0, 2));
    expect(await sqlstateOf(() => list.chunk(rows.slice(0, 2)))).toBe('PT409');
    await sql()`update imports set lease_token = gen_random_uuid() where id = ${list.id}`;
    expect(await sqlstateOf(() => list.chunk(rows.slice(2)))).toBe('PT409');
    expect(await names()).toEqual(['Ada King']);
  });

  test('a row that was refused is kept with its reason and its cells', async () => {
    const refused = { ...record(2, {}), failed: 'The row has 3 cells, the header 2', raw: ['a', 'b', 'c'] };
    const list = await beginImport(workspace);
    await list.chunk([refused, { ...file()[0], line: 3 } as typeof refused]);
    const [row] =
      await sql()`select result, reason, raw from import_rows where import_id = ${list.id} and line = 2`;
    expect(row).toEqual({
      result: 'failed',
      reason: 'The row has 3 cells, the header 2',
      raw: ['a', 'b', 'c'],
    });
    expect(await names()).toEqual(['Ada King']);
  });
});
