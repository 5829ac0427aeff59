/** What a member can't do by going past the pages, straight to the Data API; and what no machine may do at all. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../lib/supabase/database.types';
import { asActor, sql, sqlstateOf } from '../support/db';
import {
  type Cast,
  createCast,
  createOrganization,
  createPerson,
  createProperty,
  createWorkspace,
  signUp,
  unique,
  uniqueEmail,
  uniquePhone,
} from '../support/factories';
import { beginImport, record } from './import-records';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

async function insertImport(row: Record<string, unknown> = {}): Promise<string> {
  const [made] = await sql()<{ id: string }[]>`
    insert into imports ${sql()({
      workspace_id: cast.workspace.id,
      file_name: 'list.csv',
      file_size: 1,
      preset: 'generic',
      mapping: { Name: 'name' },
      inspection: { headers: ['Name'] },
      ...row,
    })} returning id`;
  return made?.id ?? '';
}

describe('the undo of a bulk change', () => {
  test('runs nothing that a member wrote into its row', async () => {
    const { workspace, member, stranger, otherWorkspace } = cast;
    const { id } = await createPerson(member, workspace);
    const theirs = await createPerson(stranger, otherWorkspace, { first_name: 'Secret' });
    const claims = JSON.stringify({ sub: stranger.userId, role: 'authenticated' });
    const column = `title,0}', last_name = (select set_config('request.jwt.claims', '${claims}', true)
      || (select first_name from public.people where id = '${theirs.id}')), city = r.value #>> '{title`;
    const { data, error } = await member.supabase
      .from('bulk_changes')
      .insert({
        workspace_id: workspace.id,
        entity: 'people',
        change: {},
        rows: { [id]: { [column]: [null, null] } },
        created_by: member.userId,
      })
      .select('id')
      .single();
    expect(error).toBeNull();
    const undo = await member.supabase.rpc('undo_bulk', { workspace: workspace.id, bulk: data?.id ?? '' });
    expect(undo.error?.code).toBe('PT404');
    const { data: now } = await member.supabase.from('people').select('last_name').eq('id', id).single();
    expect(now?.last_name).not.toContain('Secret');
  });

  test('brings back what it can where another record has taken the place of one', async () => {
    const { workspace, member } = cast;
    const [taken, free] = [await createProperty(member, workspace), await createProperty(member, workspace)];
    const ids = [taken.id, free.id];
    const { data: bulk } = await member.supabase.rpc('bulk_update', {
      workspace: workspace.id,
      entity: 'properties',
      ids,
      change: { deleted: true },
    });
    await sql()`insert into properties (workspace_id, name, address, city)
      select workspace_id, name, address, city from properties where id = ${taken.id}`;
    const { data } = await member.supabase.rpc('undo_bulk', {
      workspace: workspace.id,
      bulk: (bulk as { id: string }).id,
    });
    expect(data).toEqual({ restored: 1, kept: 1 });
    const { data: rows } = await member.supabase.from('properties').select('id, deleted_at').in('id', ids);
    expect(rows?.filter((row) => row.deleted_at === null).map((row) => row.id)).toEqual([free.id]);
  });
});

describe('an import', () => {
  test('is not moved on by a member: what it counted, where it stands and who works on it', async () => {
    const id = await insertImport();
    const forbidden: Database['public']['Tables']['imports']['Update'][] = [
      { counts: { created: {} } },
      { last_line: 9 },
      { processed_rows: 9 },
      { total_rows: 9 },
      { kept: [] },
      { lease_token: randomUUID() },
      { phase: 'run' },
      { file_name: 'other.csv' },
    ];
    for (const change of forbidden) {
      const { error } = await cast.member.supabase.from('imports').update(change).eq('id', id);
      expect(`${Object.keys(change)[0]} ${error?.code}`).toBe(`${Object.keys(change)[0]} 42501`);
    }
    const born = await cast.member.supabase.from('imports').insert({
      workspace_id: cast.workspace.id,
      file_name: 'list.csv',
      file_size: 1,
      preset: 'generic',
      created_by: cast.member.userId,
      status: 'done',
    });
    expect(born.error?.code).toBe('42501');
  });

  test.each(['previewing', 'running', 'done', 'undone'])('is not declared %s by a member', async (status) => {
    const id = await insertImport();
    const { error } = await cast.member.supabase.from('imports').update({ status }).eq('id', id);
    expect(error?.code).toBe('42501');
  });

  test.each([
    ['at work', { status: 'running', phase: 'run' }],
    ['done', { status: 'done', phase: 'run', last_line: 5 }],
    ['stopped after it wrote', { status: 'cancelled', phase: 'run', last_line: 5 }],
    ['half undone', { status: 'failed', phase: 'undo', last_line: 5 }],
  ])('that is %s is not mapped anew, or its undo would be lost', async (_, state) => {
    const id = await insertImport(state);
    const { data, error } = await cast.member.supabase
      .from('imports')
      .update({ status: 'uploaded', mapping: {} })
      .eq('id', id)
      .select('id');
    expect({ data, error }).toEqual({ data: [], error: null });
  });
});

describe('the undo of an import', () => {
  test('keeps whom another list names that was stopped half-way', async () => {
    const workspace = await createWorkspace(await signUp());
    const rows = [record(2, { people: [{ first_name: 'Ada', last_name: 'King', emails: [uniqueEmail()] }] })];
    const [first, second] = [await beginImport(workspace), await beginImport(workspace)];
    for (const list of [first, second]) await list.chunk(rows);
    await sql()`update imports set status = 'cancelled', phase = 'run' where id = ${second.id}`;
    await sql()`update imports set status = 'undoing', phase = 'undo' where id = ${first.id}`;
    await sql()`select public.undo_import_chunk(${first.id}, ${first.lease}, 500)`;
    const [undone] = await sql()<{ kept: { name: string; reason: string }[] }[]>`
      select kept from imports where id = ${first.id}`;
    expect(undone?.kept).toMatchObject([{ name: 'Ada King', reason: 'Another list names it as well' }]);
    expect(await sql()`select 1 from people where workspace_id = ${workspace.id}`).toHaveLength(1);
  });

  test('keeps an owner, and who it stands on, once somebody named who speaks for it', async () => {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    const name = `Palm Court LLC ${unique()}`;
    const list = await beginImport(workspace);
    await list.chunk([
      record(2, {
        organizations: [{ name, property_roles: ['owner'] }],
        property: { name: 'Palm Court', address: '1 Elm St' },
      }),
    ]);
    const [made] = await sql()<{ id: string }[]>`select id from owners where workspace_id = ${workspace.id}`;
    const person = await createPerson(owner, workspace);
    await sql()`insert into owner_contacts (workspace_id, owner_id, person_id, role) values (${workspace.id}, ${made?.id ?? ''}, ${person.id}, 'pm')`;
    await sql()`update imports set status = 'undoing', phase = 'undo' where id = ${list.id}`;
    for (let remaining = 1; remaining > 0; ) {
      const [chunk] = await sql()<{ left: { remaining: number } }[]>`
        select public.undo_import_chunk(${list.id}, ${list.lease}, 500) as left`;
      remaining = chunk?.left.remaining ?? 0;
    }
    const [undone] = await sql()<{ kept: { name: string; reason: string }[] }[]>`
      select kept from imports where id = ${list.id}`;
    expect(undone?.kept).toMatchObject([{ name, reason: 'Somebody worked on it' }]);
    expect(await sql()`select 1 from owner_contacts where owner_id = ${made?.id ?? ''}`).toHaveLength(1);
    expect(await sql()`select 1 from properties where workspace_id = ${workspace.id}`).toHaveLength(0);
  });
});

describe('owners', () => {
  test('of a list and the same made by hand are one', async () => {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    const email = uniqueEmail();
    const { data } = await owner.supabase.rpc('create_owner', {
      workspace: workspace.id,
      owner: { name: 'Ada King', first_name: 'Ada', last_name: 'King', kind: 'individual', email },
    });
    const list = await beginImport(workspace);
    await list.chunk([
      record(2, {
        people: [{ first_name: 'Ada', last_name: 'King', emails: [email], property_roles: ['owner'] }],
        property: { name: 'King House', address: '2 Elm St' },
      }),
    ]);
    const rows = await sql()`select owner_id from properties where workspace_id = ${workspace.id}`;
    expect(rows).toMatchObject([{ owner_id: (data as { id: string }).id }]);
    expect(await sql()`select 1 from owners where workspace_id = ${workspace.id}`).toHaveLength(1);
  });
});

describe('a row keeps', () => {
  test('its workspace, even for somebody who is in two: the log of the first would miss it', async () => {
    const mine = await createWorkspace(cast.member);
    const { id } = await createOrganization(cast.member, cast.workspace);
    const { error } = await cast.member.supabase
      .from('organizations')
      .update({ workspace_id: mine.id })
      .eq('id', id);
    expect(error?.code).toBe('42501');
  });

  test.each(['edited_at', 'field_sources', 'source_key', 'created_at', 'last_activity_at', 'user_id'])(
    '%s as the database wrote it',
    async (column) => {
      const [row] = await sql()<{ can: boolean }[]>`
        select has_column_privilege('authenticated', 'public.people', ${column}, 'update') as can`;
      expect(row?.can).toBe(false);
    },
  );

  test('who did it and who wrote it', async () => {
    const columns = await sql()<{ name: string; can: boolean }[]>`
      select x.name, has_column_privilege('authenticated', 'public.' || split_part(x.name, '.', 1), split_part(x.name, '.', 2), 'update') as can
        from unnest(array['activities.performed_by', 'notes.author_id', 'saved_views.created_by', 'notes.created_at']) x(name)`;
    expect(columns.filter((column) => column.can)).toEqual([]);
  });
});

describe('what keeps a contact point from being used', () => {
  const addPhone = async () => {
    const [row] = await sql()<{ id: string }[]>`
      insert into phones (workspace_id, e164, do_not_call, do_not_call_at) values (${cast.workspace.id}, ${uniquePhone()}, true, now()) returning id`;
    return row?.id ?? '';
  };
  const addEmail = async (status: string) => {
    const [row] = await sql()<{ id: string }[]>`
      insert into emails (workspace_id, address, status) values (${cast.workspace.id}, ${uniqueEmail()}, ${status}) returning id`;
    return row?.id ?? '';
  };
  const asMachine = (statement: (tx: Parameters<Parameters<typeof asActor>[1]>[0]) => Promise<unknown>) =>
    asActor({ role: 'service_role' }, (tx) => sqlstateOf(() => tx.savepoint((point) => statement(point))));

  test('is not loosened by a machine', async () => {
    const phone = await addPhone();
    const email = await addEmail('unsubscribed');
    expect(
      await asMachine(
        (tx) => tx`update phones set do_not_call = false, do_not_call_at = null where id = ${phone}`,
      ),
    ).toBe('PT403');
    expect(await asMachine((tx) => tx`delete from phones where id = ${phone}`)).toBe('PT403');
    expect(await asMachine((tx) => tx`update emails set status = 'active' where id = ${email}`)).toBe(
      'PT403',
    );
    expect(await asMachine((tx) => tx`update emails set status = 'soft_bounced' where id = ${email}`)).toBe(
      'PT403',
    );
  });

  test('is lifted by START where STOP has set it on that very number, and nowhere else', async () => {
    const optedOut = async (source: string) => {
      const [row] = await sql()<{ id: string }[]>`
        insert into phones (workspace_id, e164, sms_opted_out_at, sms_opt_out_source)
        values (${cast.workspace.id}, ${uniquePhone()}, now(), ${source}) returning id`;
      return row?.id ?? '';
    };
    /** @param from the number that START came from, null for any other machine */
    const lift = (phone: string, from: string | null) =>
      asMachine(async (tx) => {
        if (from) await tx`select set_config('app.started_phone', ${from}, true)`;
        await tx`update phones set sms_opted_out_at = null, sms_opt_out_source = null where id = ${phone}`;
      });
    const stopped = await optedOut('keyword');
    expect(await lift(stopped, null)).toBe('PT403');
    expect(await lift(stopped, await optedOut('keyword'))).toBe('PT403');
    for (const source of ['person', 'import', 'do_not_call']) {
      const phone = await optedOut(source);
      expect([source, await lift(phone, phone)]).toEqual([source, 'PT403']);
      expect(
        await asMachine((tx) => tx`update phones set sms_opt_out_source = 'keyword' where id = ${phone}`),
      ).toBe('PT403');
    }
    expect(await lift(stopped, stopped)).toBeNull();
  });

  test('is made stricter by one', async () => {
    const email = await addEmail('soft_bounced');
    expect(
      await asMachine((tx) => tx`update emails set status = 'complained' where id = ${email}`),
    ).toBeNull();
  });

  test('is lifted by a person, and the log says who', async () => {
    const phone = await addPhone();
    const { error } = await cast.member.supabase
      .from('phones')
      .update({ do_not_call: false, do_not_call_at: null })
      .eq('id', phone);
    expect(error).toBeNull();
    const log = await sql()<{ actor: string }[]>`
      select actor from audit_log where entity_id = ${phone} and action = 'phones.updated'`;
    expect(log.map((entry) => entry.actor)).toEqual([cast.member.userId]);
  });

  test('goes with its workspace', async () => {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    await sql()`insert into emails (workspace_id, address, status) values (${workspace.id}, ${uniqueEmail()}, 'complained')`;
    await sql()`delete from workspaces where id = ${workspace.id}`;
    expect(await sql()`select 1 from emails where workspace_id = ${workspace.id}`).toHaveLength(0);
  });
});

describe('an invitation', () => {
  test('is not opened by whoever signs up with its address: the token that is mailed is nobody’s choice', async () => {
    const email = uniqueEmail();
    const [row] = await sql()<{ id: string; token_hash: string }[]>`
      insert into invitations (workspace_id, email, token_hash) values (${cast.workspace.id}, ${email}, ${unique()}) returning id, token_hash`;
    const impostor = await signUp({ email });
    const { error } = await impostor.supabase.rpc('request_invitation_mail', { invitation: row?.id ?? '' });
    expect(error).toBeNull();
    const [asked] =
      await sql()`select token_hash, mail_requested_at is not null as asked from invitations where id = ${row?.id ?? ''}`;
    expect(asked).toEqual({ token_hash: row?.token_hash, asked: true });
    const claim = await impostor.supabase.rpc('claim_invitation_mail', { new_token_hash: unique() });
    expect(claim.error?.code).toBe('42501');
  });
});
