/** What /api/organizations promises to those who use it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
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

type Points = {
  id: string;
  points: { kind: string; value: string; is_new: boolean; sharers: Record<string, { id: string }[]> }[];
};
type Detail = {
  id: string;
  name: string;
  kind: string | null;
  state: string | null;
  website: string | null;
  domain: string | null;
  status: string;
  tags: string[];
  deleted_at: string | null;
  phones: { id: string; e164: string; display: string; is_primary: boolean }[];
  emails: { id: string; address: string }[];
  people: { link_id: string; id: string; name: string | null; title: string | null }[];
  properties: { link_id: string; id: string; role: string }[];
};
type List = {
  rows: (Detail & { people_count: number; property_count: number })[];
  nextCursor: string | null;
};

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

/** As the member, in their workspace. */
const ask = <T = Record<string, unknown>>(path: string, method = 'GET', body?: unknown) =>
  call<T>(`/api/organizations${path}`, { as: cast.member, workspace: cast.workspace, method, body });
const getOne = async (id: string) => (await ask<Detail>(`/${id}`)).body;

describe('making an organization', () => {
  test('it comes with its points and people, in the written forms everybody shares', async () => {
    const known = await createPerson(cast.member, cast.workspace);
    const phone = uniquePhone();
    const made = await ask<Points>('', 'POST', {
      name: `Harborlight ${unique()}`,
      kind: 'family_office',
      category: 'SFO',
      website: 'www.harborlight.example/about',
      state: 'Texas',
      phones: [{ value: phone.replace('+1', '1-'), label: 'Main' }],
      emails: [{ value: ` Office-${unique()}@HARBORLIGHT.example ` }],
      people: [
        { person: { id: known.id }, title: 'Principal' },
        { person: { first_name: 'Nadia', last_name: 'Lowell' }, title: 'Counsel' },
      ],
    });
    expect(made.status).toBe(201);
    const organization = await getOne(made.body.id);
    expect(organization).toMatchObject({
      kind: 'family_office',
      state: 'TX',
      website: 'https://www.harborlight.example/about',
      domain: 'harborlight.example',
      status: 'active',
    });
    expect(organization.phones).toMatchObject([{ e164: phone, is_primary: true }]);
    expect(organization.emails[0]?.address).toMatch(/^office-.*@harborlight\.example$/);
    expect(organization.people.map(({ title }) => title).sort()).toEqual(['Counsel', 'Principal']);
  });

  test('a phone that somebody has is linked, and the answer names them', async () => {
    const phone = uniquePhone();
    const person = await createPerson(cast.member, cast.workspace, { phones: [phone] });
    const made = await ask<Points>('', 'POST', { name: `Shared ${unique()}`, phones: [{ value: phone }] });
    expect(made.body.points).toMatchObject([
      { is_new: false, sharers: { people: [{ id: person.id }], organizations: [] } },
    ]);
  });

  test('one of the same name is refused with the one that is there, until it is meant', async () => {
    const first = await createOrganization(cast.member, cast.workspace, { name: `Twin ${unique()}, LLC` });
    const name = first.name.toUpperCase().replace(',', '');
    const refused = await ask<Failure & { error: { existing: unknown } }>('', 'POST', { name });
    expect(refused.status).toBe(409);
    expect(refused.body.error.existing).toEqual({ id: first.id, name: first.name });
    expect(refused.body.error.fields).toHaveProperty('name');
    expect((await ask('', 'POST', { name, allow_same_name: true })).status).toBe(201);
  });

  test.each([
    ['name', {}],
    ['name', { name: '   ' }],
    ['kind', { name: 'A', kind: 'castle' }],
    ['website', { name: 'A', website: 'not a site' }],
    ['phones.0.value', { name: 'A', phones: [{ value: '123' }] }],
    ['emails.1.value', { name: 'A', emails: [{ value: 'a@firm.example' }, { value: 'nobody' }] }],
    ['colour', { name: 'A', colour: 'red' }],
  ])('a wrong %s is named and nothing is made', async (field, body) => {
    const name = 'name' in body && body.name === 'A' ? { name: `Wrong ${unique()}` } : {};
    const refused = await ask<Failure>('', 'POST', { ...body, ...name });
    expect(refused.status).toBe(400);
    expect(refused.body.error.fields).toHaveProperty([field]);
  });

  test('a person of another workspace can’t be linked, and nothing is left behind', async () => {
    const foreign = await createPerson(cast.stranger, cast.otherWorkspace);
    const name = `Reaching ${unique()}`;
    expect((await ask('', 'POST', { name, people: [{ person: { id: foreign.id } }] })).status).toBe(404);
    expect((await ask<List>(`?q=${encodeURIComponent(name)}`)).body.rows).toEqual([]);
  });
});

describe('changing an organization', () => {
  test('only what is given changes, and clearing a text clears it', async () => {
    const { id } = await createOrganization(cast.member, cast.workspace, { about: 'Old', city: 'Mesa' });
    const changed = await ask<Detail>(`/${id}`, 'PATCH', {
      about: '',
      tags: ['b', 'a', 'b'],
      status: 'blocked',
    });
    expect(
      (await ask(`/${id}`, 'PATCH', { assigned_to: cast.stranger.userId })).status,
      'nobody from outside can be put in charge',
    ).toBe(404);
    expect(changed.body).toMatchObject({ about: null, city: 'Mesa', tags: ['b', 'a'], status: 'blocked' });
  });

  test('deleted, it leaves the list and can’t be changed; restored, it is as before', async () => {
    const { id, name } = await createOrganization(cast.member, cast.workspace);
    expect((await ask(`/${id}`, 'DELETE')).status).toBe(204);
    expect((await ask<List>(`?q=${encodeURIComponent(name)}`)).body.rows).toEqual([]);
    expect((await getOne(id)).deleted_at).not.toBeNull();
    expect((await ask(`/${id}`, 'PATCH', { city: 'Tampa' })).status).toBe(404);
    expect((await ask(`/${id}/restore`, 'POST')).status).toBe(204);
    expect((await ask<List>(`?q=${encodeURIComponent(name)}`)).body.rows).toHaveLength(1);
  });

  test('a stranger’s look, change or link gets 404, as a made-up id does', async () => {
    const { id } = await createOrganization(cast.member, cast.workspace);
    const other = { as: cast.stranger, workspace: cast.otherWorkspace };
    const path = `/api/organizations/${id}`;
    const answers = await Promise.all([
      call(path, other),
      call(path, { ...other, method: 'PATCH', body: { city: 'X' } }),
      call(path, { ...other, method: 'DELETE' }),
      call(`${path}/people`, { ...other, body: { person: { first_name: 'Eve' } } }),
      call(`${path}/points`, { ...other, body: { kind: 'phone', value: uniquePhone() } }),
      call(path, { as: cast.stranger, workspace: cast.workspace }),
      call('/api/organizations/nonsense', other),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404]);
  });

  test('a bulk change comes back with its undo, but not over a later edit', async () => {
    const [one, two] = await Promise.all([
      createOrganization(cast.member, cast.workspace, { tags: ['kept'] }),
      createOrganization(cast.member, cast.workspace),
    ]);
    const bulk = await ask<{ id: string; changed: number }>('/bulk', 'POST', {
      ids: [one.id, two.id],
      change: { add_tags: ['called'], status: 'do_not_contact' },
    });
    expect(bulk.body.changed).toBe(2);
    await ask(`/${two.id}`, 'PATCH', { status: 'blocked' });
    const undone = await ask(`/bulk/${bulk.body.id}/undo`, 'POST');
    expect(undone.body).toEqual({ restored: 1, kept: 1 });
    expect(await getOne(one.id)).toMatchObject({ tags: ['kept'], status: 'active' });
    expect(await getOne(two.id)).toMatchObject({ status: 'blocked' });
  });
});

describe('people and properties of an organization', () => {
  test('a person’s title here is changed and the link taken away, the person stays', async () => {
    const { id } = await createOrganization(cast.member, cast.workspace);
    const linked = await ask<{ link_id: string; id: string }>(`/${id}/people`, 'POST', {
      person: { first_name: 'Ida', last_name: unique() },
      title: 'Analyst',
    });
    const link = linked.body.link_id;
    expect((await ask(`/${id}/people`, 'PATCH', { link, title: 'Partner' })).status).toBe(204);
    expect((await getOne(id)).people).toMatchObject([{ id: linked.body.id, title: 'Partner' }]);
    expect((await ask(`/${id}/people?link=${link}`, 'DELETE')).status).toBe(204);
    expect((await getOne(id)).people).toEqual([]);
    const person = await call(`/api/people/${linked.body.id}`, {
      as: cast.member,
      workspace: cast.workspace,
    });
    expect(person.status).toBe(200);
  });

  test('who is linked as owner is the property’s owner, and no longer once unlinked', async () => {
    const { id, name } = await createOrganization(cast.member, cast.workspace);
    const property = await createProperty(cast.member, cast.workspace);
    const linked = await ask<{ link_id: string }>(`/${id}/properties`, 'POST', {
      property: property.id,
      role: 'owner',
    });
    expect(linked.status).toBe(201);
    const owner = async () =>
      (
        await call<{ owner: { name: string; kind: string } | null }>(`/api/properties/${property.id}`, {
          as: cast.member,
          workspace: cast.workspace,
        })
      ).body.owner;
    expect(await owner()).toMatchObject({ name, kind: 'llc' });
    await ask(`/${id}`, 'PATCH', { name: `${name} Renamed` });
    expect(await owner()).toMatchObject({ name: `${name} Renamed` });
    await ask(`/${id}/properties?link=${linked.body.link_id}`, 'DELETE');
    expect(await owner()).toBeNull();
  });
});

describe('the list', () => {
  test('it pages by cursor without losing or repeating anybody, in either direction', async () => {
    const word = unique();
    for (const name of ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon']) {
      await createOrganization(cast.member, cast.workspace, { name: `${name} ${word}` });
    }
    for (const dir of ['asc', 'desc']) {
      const names: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: List = (
          await ask<List>(`?q=${word}&dir=${dir}&limit=2${cursor ? `&cursor=${cursor}` : ''}`)
        ).body;
        names.push(...page.rows.map(({ name }) => name.split(' ')[0] ?? ''));
        cursor = page.nextCursor;
      }
      const expected = ['Alpha', 'Beta', 'Delta', 'Epsilon', 'Gamma'];
      expect(names).toEqual(dir === 'asc' ? expected : expected.reverse());
    }
  });

  test('filters narrow by kind, status, category, place, tag and the points there are; the count agrees', async () => {
    const tag = unique();
    const make = (input: Parameters<typeof createOrganization>[2]) =>
      createOrganization(cast.member, cast.workspace, { tags: [tag], ...input });
    const fund = await make({ kind: 'fund', state: 'AZ', category: 'Debt' });
    const llc = await make({ kind: 'owner_llc', state: 'TX', status: 'blocked' });
    await ask(`/${llc.id}/points`, 'POST', { kind: 'email', value: uniqueEmail() });
    const ids = async (filter: string) => {
      const [list, count] = await Promise.all([
        ask<List>(`?tags=${tag}&${filter}`),
        ask<{ count: number }>(`/count?tags=${tag}&${filter}`),
      ]);
      expect(count.body.count).toBe(list.body.rows.length);
      return list.body.rows.map(({ id }) => id);
    };
    expect(await ids('kind=fund')).toEqual([fund.id]);
    expect(await ids('kind=fund&kind=owner_llc')).toHaveLength(2);
    expect(await ids('status=blocked')).toEqual([llc.id]);
    expect(await ids('category=Debt')).toEqual([fund.id]);
    expect(await ids('state=TX')).toEqual([llc.id]);
    expect(await ids('has_email=yes')).toEqual([llc.id]);
    expect(await ids('has_email=no')).toEqual([fund.id]);
    expect(await ids('assigned_to=none')).toHaveLength(2);
    const options = await ask<{ values: Record<string, string[]> }>('/options');
    expect(options.body.values.category).toContain('Debt');
    expect((await ask<Failure>('?kind=castle')).body.error.fields).toHaveProperty(['kind.0']);
  });

  test('its counts are of live people and properties, each once', async () => {
    const { id, name } = await createOrganization(cast.member, cast.workspace);
    const [gone, stays] = await Promise.all([
      createPerson(cast.member, cast.workspace, { organizations: [{ id }] }),
      createPerson(cast.member, cast.workspace, { organizations: [{ id }] }),
    ]);
    const property = await createProperty(cast.member, cast.workspace);
    for (const role of ['owner', 'manager'])
      await ask(`/${id}/properties`, 'POST', { property: property.id, role });
    await call(`/api/people/${gone.id}`, { as: cast.member, workspace: cast.workspace, method: 'DELETE' });
    const { rows } = (await ask<List>(`?q=${encodeURIComponent(name)}`)).body;
    expect(rows).toMatchObject([{ id, people_count: 1, property_count: 1 }]);
    expect((await getOne(id)).people.map((person) => person.id)).toEqual([stays.id]);
  });
});
