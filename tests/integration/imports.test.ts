import { beforeAll, describe, expect, it } from 'vitest';
import { call, type Failure } from '../support/app';
import { sql } from '../support/db';
import { type Cast, createCast } from '../support/factories';
import {
  contactList,
  fixture,
  type Importer,
  inspect,
  phase,
  prepare,
  rowsOf,
  run,
  sumOf,
  upload,
} from './import-files';

let cast: Cast;
let importer: Importer;

beforeAll(async () => {
  cast = await createCast();
  importer = { actor: cast.member, workspace: cast.workspace };
});

const countPeople = async (workspace: string) =>
  Number((await sql()`select count(*) from people where workspace_id = ${workspace}`)[0]?.count);

describe('a file that is no list', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
  it.each([
    ['an image', png, /image|PNG/i],
    ['a workbook', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 7)]), /Excel|zip/i],
    ['only a header', Buffer.from('First name,Last name,Email\n'), /no rows/i],
    ['nothing but blanks', Buffer.from('  \n \n'), /no text|empty/i],
  ])('%s gets a clear sentence, and the import carries it', async (_, bytes, sentence) => {
    const id = await upload(importer, bytes, 'list.csv');
    const { status, body } = await inspect(importer, id);
    expect(status).toBe(415);
    expect(body.error.code).toBe('unsupported_file');
    expect(body.error.message).toMatch(sentence);
    const { body: kept } = await call<{ status: string; error: string }>(`/api/imports/${id}`, {
      as: importer.actor,
      workspace: importer.workspace,
    });
    expect(kept).toMatchObject({ status: 'failed', error: body.error.message });
  });

  it('larger than 50 MB is refused before it is sent, and by storage where somebody sends it all the same', async () => {
    const tooLarge = 51 * 1024 * 1024;
    const announced = await call<Failure>('/api/imports', {
      as: importer.actor,
      workspace: importer.workspace,
      body: { fileName: 'large.csv', size: tooLarge },
    });
    expect(announced.status).toBe(413);
    expect(announced.body.error.fields?.size).toMatch(/50 MB/);
    await expect(upload(importer, Buffer.alloc(tooLarge, 'a,b\n'))).rejects.toThrow();
  });

  it('whose quote is never closed writes nothing, however late that shows', async () => {
    const { csv } = contactList(3000);
    const id = await prepare(importer, `${csv}"Open,End,open@list.example\n`);
    const before = await countPeople(importer.workspace.id);
    const ended = await phase(importer, id, 'run');
    expect(ended.status).toBe('failed');
    expect(ended.error).toMatch(/quote/i);
    expect(await countPeople(importer.workspace.id)).toBe(before);
  });
});

describe('rows that can’t be used', () => {
  it('are refused one by one with their reason, and the others go in', async () => {
    const { csv, emails } = contactList(4);
    const [header, good, ragged, nul, formula] = csv.split('\n') as [string, string, string, string, string];
    const list = [
      `${header},Title`,
      `${good},Broker`,
      `${ragged},too,many,cells`,
      `${nul.replace('Pat2', 'Pat\u0000')},Agent`,
      `${formula},"=HYPERLINK(""https://phish.example"")"`,
      '',
    ].join('\n');
    const ended = await run(importer, list);
    expect(ended).toMatchObject({ status: 'done', totalRows: 4, processedRows: 4 });
    const failed = await rowsOf(importer, ended.id, 'failed');
    expect(failed.map(({ line }) => line)).toEqual([3, 4]);
    expect(failed[0]?.reason).toMatch(/cells where the header has/);
    expect(failed[1]?.reason).toMatch(/First name/);
    const [kept] =
      await sql()`select p.title from people p join person_emails l on l.person_id = p.id join emails e on e.id = l.email_id
      where e.workspace_id = ${importer.workspace.id} and e.address = ${emails[3] ?? ''}`;
    expect(kept?.title).toBe('=HYPERLINK("https://phish.example")');
  });

  it('come back as a file that runs no formula and says why, and can be put right and dropped again', async () => {
    const { csv } = contactList(2);
    const [header, good, bad] = csv.split('\n') as [string, string, string];
    const ended = await run(importer, `${header}\n${good}\n=cmd|calc,${bad},one,two\n`);
    const { status, body, headers } = await call<string>(`/api/imports/${ended.id}/rejected.csv`, {
      as: importer.actor,
      workspace: importer.workspace,
    });
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain('rejected');
    const [head, row, rest] = body.replace('\ufeff', '').split('\r\n');
    expect(head).toBe('First name,Last name,Email,Line,Reason');
    expect(row).toMatch(/^'=cmd\|calc,/);
    expect(row).toContain(',3,');
    expect(rest).toBe('');
  });

  it('two columns of one name are told apart, and the person hears of it', async () => {
    const id = await upload(importer, 'Name,Email,Email\nAda Byron,ada@one.example,ada@two.example\n');
    const { body } = await inspect(importer, id);
    expect(Object.keys(body.mapping)).toEqual(['Name', 'Email', 'Email (2)']);
    const [row] = await sql()`select inspection from imports where id = ${id}`;
    expect(row?.inspection.warnings[0].code).toBe('duplicate_headers');
  });
});

describe('a preview', () => {
  it('writes nothing into the directory and promises exactly what the run then does', async () => {
    const id = await prepare(importer, await fixture('qozb.csv'), 'qozb.csv');
    const before = await countPeople(importer.workspace.id);
    const checked = await phase(importer, id, 'preview');
    expect(checked.status).toBe('previewed');
    expect(await countPeople(importer.workspace.id)).toBe(before);
    const promised = await rowsOf(importer, id, 'created');
    expect(promised.length).toBeGreaterThan(5);
    expect(promised[0]?.records[0]).toMatchObject({ kind: 'properties', id: null, action: 'created' });
    const done = await phase(importer, id, 'run');
    expect(done.counts).toEqual(checked.counts);
    expect((await rowsOf(importer, id, 'created'))[0]?.records[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the same file twice', () => {
  const files = [
    'qozb.csv',
    'qozb-semicolon-windows-1252.csv',
    'family-offices.csv',
    'family-offices-utf-16le.csv',
    'contacts-investors.csv',
    'contacts-developers.csv',
    'gohighlevel.csv',
    'n8n-leads.csv',
    'eventbrite.csv',
    'generic-owners.tsv',
  ];
  it.each(files)('%s changes nothing the second time', async (name) => {
    const alone = await createCast();
    const own = { actor: alone.owner, workspace: alone.workspace };
    const bytes = await fixture(name);
    const first = await run(own, bytes, name);
    expect(first.status).toBe('done');
    expect(sumOf(first.counts, 'created')).toBeGreaterThan(0);
    const second = await run(own, bytes, name);
    expect(second.status).toBe('done');
    for (const result of ['created', 'updated', 'linked'] as const) {
      expect(sumOf(second.counts, result), result).toBe(0);
    }
  });
});

describe('a list that says little', () => {
  it('of the same address twice makes one person, and nothing the second time', async () => {
    const own = await createCast();
    const team = { actor: own.owner, workspace: own.workspace };
    const list = 'Email,Notes\nsolo@list.example,\nsolo@list.example,\n';
    const first = await run(team, list);
    expect(first.counts.created).toMatchObject({ people: 1, emails: 1 });
    const second = await run(team, list);
    for (const result of ['created', 'updated', 'linked'] as const) {
      expect(sumOf(second.counts, result), result).toBe(0);
    }
  });
});

describe('an undo', () => {
  it('removes what the import made, and keeps and names what people touched since', async () => {
    const { csv, emails } = contactList(5);
    const own = await createCast();
    const team = { actor: own.member, workspace: own.workspace };
    const done = await run(team, csv);
    const people =
      await sql()`select p.id, p.display_name, e.address from people p join person_emails l on l.person_id = p.id
      join emails e on e.id = l.email_id where p.workspace_id = ${own.workspace.id}`;
    const named = (email: string | undefined) => people.find(({ address }) => address === email);
    const edited = named(emails[0]);
    const noted = named(emails[1]);
    await own.admin.supabase.from('people').update({ title: 'Partner' }).eq('id', edited?.id).throwOnError();
    await own.member.supabase
      .from('notes')
      .insert({
        workspace_id: own.workspace.id,
        person_id: noted?.id,
        body: 'Called back',
        author_id: own.member.userId,
      })
      .throwOnError();

    const undone = await phase(team, done.id, 'undo');
    expect(undone.status).toBe('undone');
    expect(undone.undoneAt).not.toBeNull();
    const left = await sql()`select id from people where workspace_id = ${own.workspace.id}`;
    expect(left.map(({ id }) => id).sort()).toEqual([edited?.id, noted?.id].sort());
    const [row] = await sql()`select kept from imports where id = ${done.id}`;
    const kept = row?.kept as { name: string; reason: string }[];
    expect(kept.map(({ name }) => name).sort()).toEqual([edited?.display_name, noted?.display_name].sort());
    expect(kept.find(({ name }) => name === edited?.display_name)?.reason).toContain(own.admin.fullName);
    const addresses = await sql()`select address from emails where workspace_id = ${own.workspace.id}`;
    expect(addresses.length).toBe(2);
  });

  it('is refused before anything was written, and twice', async () => {
    const id = await prepare(importer, contactList(1).csv);
    const as = { as: importer.actor, workspace: importer.workspace, method: 'POST' };
    expect((await call(`/api/imports/${id}/undo`, as)).status).toBe(409);
    await phase(importer, id, 'run');
    expect((await call(`/api/imports/${id}/run`, as)).status).toBe(409);
    await phase(importer, id, 'undo');
    expect((await call(`/api/imports/${id}/undo`, as)).status).toBe(409);
  });
});

describe('columns', () => {
  it('once mapped are mapped so again for the next list with the same ones', async () => {
    const id = await upload(importer, 'Who,Mystery\nAda Byron,mystery-one@list.example\n');
    const { body } = await inspect(importer, id);
    const mapping = { ...body.mapping, Who: 'person.name', Mystery: 'person.email' };
    const options = { as: importer.actor, workspace: importer.workspace };
    await call(`/api/imports/${id}/mapping`, {
      ...options,
      method: 'PUT',
      body: { preset: 'generic', mapping },
    });
    const next = await upload(importer, 'Mystery,Who\nmystery-two@list.example,Bob Noyce\n');
    const again = await inspect(importer, next);
    expect(again.body).toMatchObject({ isTemplate: true, preset: 'generic', mapping });
  });

  it('that can’t feed a field are named', async () => {
    const id = await upload(importer, 'A,B\nAda,Bob\n');
    await inspect(importer, id);
    const put = (body: object) =>
      call<Failure>(`/api/imports/${id}/mapping`, {
        as: importer.actor,
        workspace: importer.workspace,
        method: 'PUT',
        body,
      });
    const twice = await put({ preset: 'generic', mapping: { A: 'person.name', B: 'person.name' } });
    expect(twice.status).toBe(400);
    expect(twice.body.error.fields).toHaveProperty(['mapping.B']);
    const nothing = await put({ preset: 'generic', mapping: { A: null, B: null } });
    expect(nothing.body.error.fields).toHaveProperty('mapping');
    const unknown = await put({ preset: 'generic', mapping: { A: 'person.name', C: null } });
    expect(unknown.body.error.fields).toHaveProperty(['mapping.C']);
    const field = await put({ preset: 'generic', mapping: {}, surprise: 1 });
    expect(field.body.error.fields).toHaveProperty('surprise');
  });
});

describe('a stranger', () => {
  it('learns nothing of an import, by any route', async () => {
    const id = await prepare(importer, contactList(1).csv);
    const as = { as: cast.stranger, workspace: cast.otherWorkspace };
    const mapping = { preset: 'generic', mapping: {} };
    const answers = await Promise.all([
      call(`/api/imports/${id}`, as),
      call(`/api/imports/${id}/rejected.csv`, as),
      call(`/api/imports/${id}/inspect`, { ...as, body: {} }),
      call(`/api/imports/${id}/mapping`, { ...as, method: 'PUT', body: mapping }),
      ...['preview', 'run', 'undo', 'cancel'].map((name) =>
        call(`/api/imports/${id}/${name}`, { ...as, method: 'POST' }),
      ),
      call(`/api/imports/${id}`, { as: cast.stranger, workspace: cast.workspace }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    const rows = await call<{ rows: unknown[] }>(`/api/imports/${id}/rows`, as);
    expect(rows.body.rows).toEqual([]);
    const list = await call<{ rows: unknown[] }>('/api/imports', as);
    expect(list.body.rows).toEqual([]);
  });
});
