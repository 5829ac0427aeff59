/** What the functions of the directory promise: normal forms, provenance, last activity, primaries, bulk changes. */
import { beforeAll, describe, expect, test } from 'vitest';
import { sql, sqlstateOf } from '../support/db';
import {
  type Cast,
  createCast,
  createOrganization,
  createPerson,
  createProperty,
  unique,
  uniqueEmail,
  uniquePhone,
} from '../support/factories';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const ask = async <T>(expression: string, ...values: string[]): Promise<T> => {
  const [row] = await sql().unsafe<{ value: T }[]>(`select ${expression} as value`, values);
  return row?.value as T;
};

describe('normal forms', () => {
  test.each([
    ["José  Núñez-O'Neil, Jr.", 'jose nunez o neil jr'],
    ['  ACME,   Holdings LLC. ', 'acme holdings llc'],
    ['Ærø & Søn', 'aero son'],
    ['王小明', '王小明'],
    ['', ''],
    ['---', ''],
  ])('%j is %j to a comparison', async (text, expected) => {
    expect(await ask('private.normalize_text($1)', text)).toBe(expected);
  });

  test.each([
    ['100 Main Street', '100 Main St.'],
    ['7 North Park Avenue', '7 N Park Ave'],
    ['12 Ocean Parkway', '12 OCEAN PKWY'],
    ['1 West Sunset Boulevard', '1 W. Sunset Blvd'],
  ])('%j and %j are one address (USPS Publication 28)', async (a, b) => {
    expect(await ask('private.normalize_address($1)', a)).toBe(await ask('private.normalize_address($1)', b));
  });

  test('a street word inside a longer word stays', async () => {
    expect(await ask('private.normalize_address($1)', 'Streeter Easton')).toBe('streeter easton');
  });

  test.each([
    ['robert smith', 'rob smith', true],
    ['robert smith', 'robert smith', true],
    ['katherine jones', 'catherine jones', true],
    ['robert smith', 'robert jones', false],
    ['mary smith', 'robert smith', false],
    ['smith', 'robert smith', false],
    // one letter is an initial of too many people
    ['r smith', 'robert smith', false],
  ])('%j and %j alike: %s', async (a, b, alike) => {
    expect(await ask('private.names_alike($1, $2)', a, b)).toBe(alike);
    expect(await ask('private.names_alike($1, $2)', b, a)).toBe(alike);
  });

  test('people without a name stand behind everybody else', async () => {
    const { data } = await cast.member.supabase
      .from('people')
      .insert({ workspace_id: cast.workspace.id, title: 'Nameless' })
      .select('normalized_name')
      .single();
    expect(data?.normalized_name).toBe('~');
  });
});

describe('merging what files claim', () => {
  const merge = (current: object, claims: object, said: object = {}) =>
    ask<Record<string, unknown>>(
      'private.merge_claims($1::text::jsonb, $2::text::jsonb, $3::text::jsonb)',
      JSON.stringify(current),
      JSON.stringify(claims),
      JSON.stringify(said),
    );
  const fresh = { lead_status: 'new', tags: [], sources: [], contact_types: [], details: {} };

  test('a newer import wins over an older one, whose value is kept beside it', async () => {
    expect(await merge({ ...fresh, title: 'Analyst' }, { title: 'Partner' })).toEqual({
      title: 'Partner',
      details: { alternates: { title: ['Analyst'] } },
    });
  });

  test('what a person typed stays, and what the file says is kept beside it', async () => {
    const typed = { ...fresh, title: 'Principal', field_sources: { title: 'person' } };
    expect(await merge(typed, { title: 'Partner' })).toEqual({
      details: { alternates: { title: ['Partner'] } },
    });
  });

  test('an import fills what a person left empty', async () => {
    const cleared = { ...fresh, title: null, field_sources: { title: 'person' } };
    expect(await merge(cleared, { title: 'Partner' })).toMatchObject({ title: 'Partner' });
  });

  test('a blank cell clears nothing', async () => {
    expect(await merge({ ...fresh, title: 'Analyst' }, { title: null })).toEqual({});
  });

  test('tags grow and never shrink', async () => {
    expect(await merge({ ...fresh, tags: ['a', 'b'] }, { tags: ['b', 'c'] })).toEqual({
      tags: ['a', 'b', 'c'],
    });
    expect(await merge({ ...fresh, tags: ['a'] }, { tags: ['a'] })).toEqual({});
  });

  test('a list warms up somebody new and nobody else', async () => {
    expect(await merge(fresh, { lead_status: 'warm' })).toEqual({ lead_status: 'warm' });
    expect(await merge({ ...fresh, lead_status: 'lost' }, { lead_status: 'warm' })).toEqual({});
    const decided = { ...fresh, field_sources: { lead_status: 'person' } };
    expect(await merge(decided, { lead_status: 'warm' })).toEqual({});
  });

  test('saying the same again changes nothing', async () => {
    const once = { ...fresh, title: 'Partner', details: { alternates: { title: ['Analyst'] } } };
    expect(await merge(once, { title: 'Partner' })).toEqual({});
  });
});

describe('who typed it', () => {
  test('a value that a person typed is marked in the row, whichever way it was written', async () => {
    const { id } = await createPerson(cast.member, cast.workspace, { title: 'Partner' });
    const [made] = await sql()`select field_sources, edited_at from people where id = ${id}`;
    expect(made?.field_sources).toMatchObject({ title: 'person', first_name: 'person' });
    expect(made?.field_sources).not.toHaveProperty('city');
    expect(made?.edited_at).toBeNull();
    await cast.admin.supabase.from('people').update({ city: 'Reno' }).eq('id', id);
    const [edited] = await sql()`select field_sources, edited_at, edited_by from people where id = ${id}`;
    expect(edited).toMatchObject({
      field_sources: { city: 'person', title: 'person' },
      edited_by: cast.admin.userId,
    });
    expect(edited?.edited_at).not.toBeNull();
  });

  test('what a machine writes is not marked', async () => {
    const [row] =
      await sql()`insert into people (workspace_id, last_name) values (${cast.workspace.id}, ${unique()}) returning field_sources`;
    expect(row?.field_sources).toEqual({});
  });

  test('a change is in the log with what it was, what it became, who and under which request', async () => {
    const { id } = await createPerson(cast.member, cast.workspace, { title: 'Analyst' });
    await cast.member.supabase.from('people').update({ title: 'Partner' }).eq('id', id);
    const [entry] = await sql()`
      select actor, before, after from audit_log where entity_id = ${id} and action = 'people.updated' order by at desc limit 1`;
    expect(entry).toEqual({
      actor: cast.member.userId,
      before: { title: 'Analyst' },
      after: { title: 'Partner' },
    });
  });

  test('a corrected note leaves its earlier text in the log', async () => {
    const { id: person } = await createPerson(cast.member, cast.workspace);
    const { data: note } = await cast.member.supabase
      .from('notes')
      .insert({
        workspace_id: cast.workspace.id,
        person_id: person,
        body: 'Owns three',
        author_id: cast.member.userId,
      })
      .select('id')
      .single();
    await cast.member.supabase
      .from('notes')
      .update({ body: 'Owns four' })
      .eq('id', note?.id ?? '');
    const [entry] = await sql()`select before from audit_log where entity_id = ${note?.id ?? ''}`;
    expect(entry?.before).toMatchObject({ body: 'Owns three' });
  });
});

describe('last activity', () => {
  const lastOf = async (table: 'people' | 'organizations' | 'properties', id: string) => {
    const [row] = await sql()<
      { at: Date | null }[]
    >`select last_activity_at as at from ${sql()(table)} where id = ${id}`;
    return row?.at?.toISOString() ?? null;
  };

  test('an activity moves everything it is about forward, and never back', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const property = await createProperty(cast.member, cast.workspace);
    const log = (occurred_at: string) =>
      cast.member.supabase.from('activities').insert({
        workspace_id: cast.workspace.id,
        kind: 'call',
        person_id: person.id,
        property_id: property.id,
        performed_by: cast.member.userId,
        occurred_at,
      });
    await log('2026-03-02T10:00:00.000Z');
    await log('2026-01-02T10:00:00.000Z');
    expect(await lastOf('people', person.id)).toBe('2026-03-02T10:00:00.000Z');
    expect(await lastOf('properties', property.id)).toBe('2026-03-02T10:00:00.000Z');
  });

  test('a note counts', async () => {
    const organization = await createOrganization(cast.member, cast.workspace);
    expect(await lastOf('organizations', organization.id)).toBeNull();
    await cast.member.supabase.from('notes').insert({
      workspace_id: cast.workspace.id,
      organization_id: organization.id,
      body: 'Called back',
      author_id: cast.member.userId,
    });
    expect(await lastOf('organizations', organization.id)).not.toBeNull();
  });
});

describe('contact points', () => {
  const linkPoint = (owner: string, kind: string, value: string, primary = false) =>
    cast.member.supabase.rpc('link_point', {
      workspace: cast.workspace.id,
      owner_kind: 'person',
      owner,
      kind,
      value,
      primary_point: primary,
    });

  test('a point that exists is linked, and says who else stands behind it', async () => {
    const email = uniqueEmail();
    const first = await createPerson(cast.member, cast.workspace, { emails: [email] });
    const second = await createPerson(cast.member, cast.workspace);
    const { data } = await linkPoint(second.id, 'email', email);
    const point = data as { is_new: boolean; sharers: { people: { id: string }[] } };
    expect(point.is_new).toBe(false);
    expect(point.sharers.people.map((person) => person.id).sort()).toEqual([first.id, second.id].sort());
  });

  test('there is one primary of a kind for each owner, and a new one takes over', async () => {
    const person = await createPerson(cast.member, cast.workspace, { phones: [uniquePhone()] });
    const next = uniquePhone();
    await linkPoint(person.id, 'phone', next, true);
    const rows = await sql()`
      select p.e164 from person_phones l join phones p on p.id = l.phone_id where l.person_id = ${person.id} and l.is_primary`;
    expect(rows.map((row) => row.e164)).toEqual([next]);
    const doubled = await sqlstateOf(
      () => sql()`update person_phones set is_primary = true where person_id = ${person.id}`,
    );
    expect(doubled).toBe('23505');
  });

  test('when the primary goes the next one takes its place, and the point keeps its state', async () => {
    const [one, two] = [uniquePhone(), uniquePhone()];
    const person = await createPerson(cast.member, cast.workspace, { phones: [one, two] });
    const [phone] = await sql()<{ id: string }[]>`
      update phones set do_not_call = true, do_not_call_at = now() where workspace_id = ${cast.workspace.id} and e164 = ${one} returning id`;
    const { data } = await cast.member.supabase.rpc('unlink_point', {
      workspace: cast.workspace.id,
      owner_kind: 'person',
      owner: person.id,
      kind: 'phone',
      point: phone?.id ?? '',
    });
    expect(data).toBe(true);
    const left = await sql()`
      select p.e164, l.is_primary from person_phones l join phones p on p.id = l.phone_id where l.person_id = ${person.id}`;
    expect([...left]).toEqual([{ e164: two, is_primary: true }]);
    const [kept] = await sql()`select do_not_call from phones where id = ${phone?.id ?? ''}`;
    expect(kept?.do_not_call).toBe(true);
  });
});

describe('bulk changes', () => {
  const bulk = (ids: string[], change: Record<string, string | string[] | boolean | null>) =>
    cast.member.supabase.rpc('bulk_update', { workspace: cast.workspace.id, entity: 'people', ids, change });
  const undo = (id: string) =>
    cast.member.supabase.rpc('undo_bulk', { workspace: cast.workspace.id, bulk: id });
  const read = async (id: string) => {
    const [row] = await sql()`select tags, lead_status, deleted_at from people where id = ${id}`;
    return row;
  };

  test('undo puts back what each record was, but not what somebody changed since', async () => {
    const one = await createPerson(cast.member, cast.workspace, { tags: ['a'] });
    const two = await createPerson(cast.member, cast.workspace, { tags: ['b'] });
    const { data } = await bulk([one.id, two.id], { add_tags: ['c'] });
    const done = data as { id: string; changed: number };
    expect(done.changed).toBe(2);
    expect((await read(one.id))?.tags).toEqual(['a', 'c']);
    await cast.admin.supabase
      .from('people')
      .update({ tags: ['mine'] })
      .eq('id', two.id);
    const { data: undone } = await undo(done.id);
    expect(undone).toEqual({ restored: 1, kept: 1 });
    expect((await read(one.id))?.tags).toEqual(['a']);
    expect((await read(two.id))?.tags).toEqual(['mine']);
  });

  test('a second undo finds nothing to undo', async () => {
    const one = await createPerson(cast.member, cast.workspace);
    const { data } = await bulk([one.id], { lead_status: 'hot' });
    const { id } = data as { id: string };
    await undo(id);
    expect((await undo(id)).error?.code).toBe('PT404');
  });

  test('deleted records come back', async () => {
    const one = await createPerson(cast.member, cast.workspace);
    const { data } = await bulk([one.id], { deleted: true });
    expect((await read(one.id))?.deleted_at).not.toBeNull();
    await undo((data as { id: string }).id);
    expect((await read(one.id))?.deleted_at).toBeNull();
  });

  test('ids of another workspace are passed over', async () => {
    const theirs = await createPerson(cast.stranger, cast.otherWorkspace);
    const { data } = await bulk([theirs.id], { lead_status: 'hot' });
    expect(data).toEqual({ id: null, changed: 0 });
    expect((await read(theirs.id))?.lead_status).toBe('new');
  });
});

describe('functions that check membership themselves', () => {
  test.each([
    ['list_people', {}],
    ['list_organizations', {}],
    ['list_properties', {}],
    ['count_people', {}],
    ['search', { query: 'a' }],
    ['filter_options', { entity: 'people' }],
  ] as const)('%s answers a stranger as if the workspace did not exist', async (name, args) => {
    const rpc = cast.stranger.supabase.rpc.bind(cast.stranger.supabase) as (
      name: string,
      args: Record<string, string>,
    ) => PromiseLike<{ data: unknown; error: { code: string } | null }>;
    const { data, error } = await rpc(name, { workspace: cast.workspace.id, ...args });
    expect(data).toBeNull();
    expect(error?.code).toBe('PT404');
  });
});

describe('search', () => {
  const search = async (query: string) => {
    const { data, error } = await cast.member.supabase.rpc('search', { workspace: cast.workspace.id, query });
    if (error) throw error;
    return data as {
      people: { id: string }[];
      organizations: { id: string }[];
      properties: { id: string }[];
    };
  };

  test('a fragment in any format finds who it belongs to', async () => {
    const word = unique();
    const phone = uniquePhone();
    const email = `${word}@mail.example`;
    const person = await createPerson(cast.member, cast.workspace, {
      first_name: 'Zoë',
      last_name: `Q${word}`,
      phones: [phone],
      emails: [email],
    });
    const national = `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
    for (const query of [`zoe q${word}`, word.slice(2), email.slice(0, -4), national, phone.slice(5)]) {
      expect((await search(query)).people.map((found) => found.id)).toContain(person.id);
    }
  });

  test('wildcards are letters like any other', async () => {
    await createPerson(cast.member, cast.workspace);
    for (const query of ['%%%', '___', '\\\\\\']) expect((await search(query)).people).toEqual([]);
  });

  test('a property is found by either spelling of its street', async () => {
    const word = unique();
    const property = await createProperty(cast.member, cast.workspace, { address: `9 ${word} Street` });
    expect((await search(`9 ${word} st`)).properties.map((found) => found.id)).toEqual([property.id]);
  });

  test('what was deleted is not found', async () => {
    const word = unique();
    const organization = await createOrganization(cast.member, cast.workspace, { name: word });
    await sql()`update organizations set deleted_at = now() where id = ${organization.id}`;
    expect((await search(word)).organizations).toEqual([]);
  });
});

describe('lists', () => {
  test('every order can be paged through to the end: nobody twice, nobody missing', async () => {
    const { owner, workspace } = await createCast();
    const ids = new Set<string>();
    // names that are equal, last activities that are empty: only the id tells them apart
    for (let n = 0; n < 7; n++)
      ids.add((await createPerson(owner, workspace, { first_name: 'A', last_name: 'Same' })).id);
    for (const sort of ['name', 'created', 'last_activity']) {
      for (const descending of [false, true]) {
        const seen: string[] = [];
        let after: { sort_value: string; id: string } | undefined;
        do {
          const { data, error } = await owner.supabase.rpc('list_people', {
            workspace: workspace.id,
            sort,
            descending,
            page_size: 3,
            ...(after && { after_value: after.sort_value, after_id: after.id }),
          });
          expect(error).toBeNull();
          const rows = data as { id: string; sort_value: string }[];
          const page = rows.slice(0, 3);
          seen.push(...page.map((row) => row.id));
          after = rows.length > 3 ? page.at(-1) : undefined;
        } while (after);
        expect(seen).toHaveLength(ids.size);
        expect(new Set(seen)).toEqual(ids);
      }
    }
  });

  test('an order that does not exist is refused by name', async () => {
    const { error } = await cast.member.supabase.rpc('list_people', {
      workspace: cast.workspace.id,
      sort: 'id; drop',
    });
    expect(error?.code).toBe('PT400');
  });
});
