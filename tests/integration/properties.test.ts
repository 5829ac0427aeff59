/** What /api/properties promises to those who use it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import {
  type Cast,
  createCast,
  createOrganization,
  createPerson,
  createProperty,
  unique,
  uniquePhone,
} from '../support/factories';

type Refusal = Failure & { error: { existing?: { id: string; name: string } } };
type Owner = { name: string; kind: string; person_id: string | null; organization_id: string | null } | null;
type Detail = {
  id: string;
  name: string | null;
  address: string | null;
  city: string | null;
  units: number | null;
  state: string | null;
  deleted_at: string | null;
  owner: Owner;
  phones: { id: string; e164: string }[];
  people: { link_id: string; id: string; role: string }[];
  organizations: { link_id: string; id: string; role: string }[];
};
type Row = Omit<Detail, 'people' | 'organizations'> & {
  parties: { kind: string; id: string; roles: string[] }[];
};
type List = { rows: Row[]; nextCursor: string | null };

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

/** As the member, in their workspace. */
const ask = <T = Record<string, unknown>>(path: string, method = 'GET', body?: unknown) =>
  call<T>(`/api/properties${path}`, { as: cast.member, workspace: cast.workspace, method, body });
const getOne = async (id: string) => (await ask<Detail>(`/${id}`)).body;

describe('making a property', () => {
  test('it comes with its phones and parties; the firm named as owner is its owner, before its contact', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const phone = uniquePhone();
    const firm = `Juniper Holdings ${unique()} LLC`;
    const made = await ask<{ id: string }>('', 'POST', {
      name: `The Juniper ${unique()}`,
      address: '1420 Juniper Street',
      city: 'Dallas',
      state: 'texas',
      units: 96,
      phones: [{ value: phone, label: 'Leasing office' }],
      people: [
        { person: { id: person.id }, role: 'owner' },
        { person: { first_name: 'Rolf', last_name: 'Amund' }, role: 'manager' },
      ],
      organizations: [{ organization: { name: firm }, role: 'owner' }],
    });
    expect(made.status).toBe(201);
    const property = await getOne(made.body.id);
    expect(property).toMatchObject({
      state: 'TX',
      units: 96,
      owner: { name: firm, kind: 'llc', person_id: null },
    });
    expect(property.phones).toMatchObject([{ e164: phone }]);
    expect(property.people.map(({ role }) => role).sort()).toEqual(['manager', 'owner']);
    expect(property.organizations).toMatchObject([{ role: 'owner' }]);
  });

  test('one that is here already, however its street is written, is named with its id and not made twice', async () => {
    const name = `Maple Court ${unique()}`;
    const first = await createProperty(cast.member, cast.workspace, {
      name,
      address: '88 North Elm Street',
      city: 'Mesa',
    });
    const body = { name: name.toUpperCase(), address: '88 N. Elm St', city: 'mesa' };
    const refused = await ask<Refusal>('', 'POST', body);
    expect(refused.status).toBe(409);
    expect(refused.body.error.existing).toEqual({ id: first.id, name });
    expect(refused.body.error.fields).toHaveProperty('name');
    expect((await ask<List>(`?q=${encodeURIComponent(name)}`)).body.rows).toHaveLength(1);
    expect((await ask('', 'POST', { ...body, city: 'Tempe' })).status).toBe(201);
  });

  test('of two who add the same property at once, one makes it and the other is shown it', async () => {
    const body = { name: `Race ${unique()}`, address: '1 Finish Ln' };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => ask<Refusal & { id?: string }>('', 'POST', body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const made = answers.find(({ status }) => status === 201)?.body.id;
    for (const { status, body: refusal } of answers)
      if (status === 409) expect(refusal.error.existing?.id).toBe(made);
  });

  test.each([
    ['name', {}],
    ['units', { name: 'A', units: -1 }],
    ['units', { name: 'A', units: 1.5 }],
    ['latitude', { name: 'A', latitude: 91 }],
    ['phones.0.value', { name: 'A', phones: [{ value: 'call me' }] }],
    ['people.0.role', { name: 'A', people: [{ person: { first_name: 'B' }, role: 'king' }] }],
    ['organizations.0.organization', { name: 'A', organizations: [{ organization: {}, role: 'owner' }] }],
    ['rent', { name: 'A', rent: 1 }],
  ])('a wrong %s is named', async (field, body) => {
    const refused = await ask<Failure>('', 'POST', body);
    expect(refused.status).toBe(400);
    expect(refused.body.error.fields).toHaveProperty([field]);
  });

  test('parties of another workspace can’t be named, and nothing is left behind', async () => {
    const foreign = await createOrganization(cast.stranger, cast.otherWorkspace);
    const name = `Reaching ${unique()}`;
    const refused = await ask('', 'POST', {
      name,
      organizations: [{ organization: { id: foreign.id }, role: 'owner' }],
    });
    expect(refused.status).toBe(404);
    expect((await ask<List>(`?q=${encodeURIComponent(name)}`)).body.rows).toEqual([]);
  });
});

describe('changing a property', () => {
  test('it can’t become the double of another, nor lose both name and address', async () => {
    const first = await createProperty(cast.member, cast.workspace, {
      address: '5 Mill Rd',
      city: 'Concord',
    });
    const second = await createProperty(cast.member, cast.workspace, {
      address: '5 Mill Rd',
      city: 'Concord',
    });
    const double = await ask<Refusal>(`/${second.id}`, 'PATCH', { name: first.name });
    expect(double.status).toBe(409);
    expect(double.body.error.existing?.id).toBe(first.id);
    const bare = await ask<Failure>(`/${second.id}`, 'PATCH', { name: null, address: null });
    expect(bare.status).toBe(400);
    expect(bare.body.error.fields).toHaveProperty('name');
  });

  test('a deleted one frees its place; it comes back only while the place is free', async () => {
    const place = { name: `Phoenix Rising ${unique()}`, address: '7 Ash Ct' };
    const first = (await ask<{ id: string }>('', 'POST', place)).body;
    await ask(`/${first.id}`, 'DELETE');
    const second = (await ask<{ id: string }>('', 'POST', place)).body;
    const refused = await ask<Refusal>(`/${first.id}/restore`, 'POST');
    expect(refused.status).toBe(409);
    expect(refused.body.error.existing?.id).toBe(second.id);
    await ask(`/${second.id}`, 'DELETE');
    expect((await ask(`/${first.id}/restore`, 'POST')).status).toBe(204);
  });

  test('a stranger’s look, change or link gets 404', async () => {
    const { id } = await createProperty(cast.member, cast.workspace);
    const other = { as: cast.stranger, workspace: cast.otherWorkspace };
    const path = `/api/properties/${id}`;
    const answers = await Promise.all([
      call(path, other),
      call(path, { ...other, method: 'PATCH', body: { city: 'X' } }),
      call(path, { ...other, method: 'DELETE' }),
      call(`${path}/restore`, { ...other, method: 'POST' }),
      call(`${path}/people`, { ...other, body: { person: { first_name: 'Eve' }, role: 'owner' } }),
      call(`${path}/organizations`, { ...other, body: { organization: { name: 'Eve LLC' }, role: 'owner' } }),
      call(`${path}/points`, { ...other, body: { kind: 'phone', value: uniquePhone() } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404]);
  });

  test('a property has phones and no e-mail of its own', async () => {
    const { id } = await createProperty(cast.member, cast.workspace);
    const phone = await ask(`/${id}/points`, 'POST', { kind: 'phone', value: uniquePhone() });
    expect(phone.status).toBe(201);
    const email = await ask(`/${id}/points`, 'POST', { kind: 'email', value: 'desk@firm.example' });
    expect(email.status).toBe(400);
  });
});

describe('the parties of a property', () => {
  test('when its owner’s link is taken away, the next one linked as owner takes the place', async () => {
    const { id } = await createProperty(cast.member, cast.workspace);
    const firm = await ask<{ link_id: string; id: string }>(`/${id}/organizations`, 'POST', {
      organization: { name: `First Owner ${unique()}` },
      role: 'owner',
    });
    const person = await ask<{ link_id: string; id: string }>(`/${id}/people`, 'POST', {
      person: { first_name: 'Second', last_name: unique() },
      role: 'owner',
    });
    expect((await getOne(id)).owner).toMatchObject({ organization_id: firm.body.id });
    expect((await ask(`/${id}/organizations?link=${firm.body.link_id}`, 'DELETE')).status).toBe(204);
    expect((await getOne(id)).owner).toMatchObject({ person_id: person.body.id, kind: 'individual' });
    expect((await ask(`/${id}/people?link=${person.body.link_id}`, 'DELETE')).status).toBe(204);
    expect((await getOne(id)).owner).toBeNull();
    expect((await ask(`/${id}/people?link=${person.body.link_id}`, 'DELETE')).status).toBe(404);
  });

  test('one may have several roles, and repeating a role changes nothing', async () => {
    const { id } = await createProperty(cast.member, cast.workspace);
    const person = await createPerson(cast.member, cast.workspace);
    for (const role of ['owner', 'manager', 'manager']) {
      expect((await ask(`/${id}/people`, 'POST', { person: { id: person.id }, role })).status).toBe(201);
    }
    expect((await getOne(id)).people.map(({ role }) => role).sort()).toEqual(['manager', 'owner']);
  });
});

describe('the list', () => {
  test('by units it starts with the largest, and those without come last', async () => {
    const tag = unique();
    const sizes = [12, null, 300, 48];
    for (const units of sizes) await createProperty(cast.member, cast.workspace, { tags: [tag], units });
    const seen: (number | null)[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: List = (
        await ask<List>(`?tags=${tag}&sort=units&limit=3${cursor ? `&cursor=${cursor}` : ''}`)
      ).body;
      seen.push(...page.rows.map(({ units }) => units));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([300, 48, 12, null]);
  });

  test('filters narrow by market, place, owner and phone; rows say who stands behind; the count agrees', async () => {
    const tag = unique();
    const make = (input: Parameters<typeof createProperty>[2]) =>
      createProperty(cast.member, cast.workspace, { tags: [tag], ...input });
    const owned = await make({ market: 'Phoenix', city: 'Mesa', state: 'AZ' });
    const bare = await make({ market: 'Denver', city: 'Aurora', state: 'CO' });
    const owner = await createPerson(cast.member, cast.workspace);
    await ask(`/${owned.id}/people`, 'POST', { person: { id: owner.id }, role: 'owner' });
    await ask(`/${bare.id}/points`, 'POST', { kind: 'phone', value: uniquePhone() });
    const find = async (filter: string) => {
      const [list, count] = await Promise.all([
        ask<List>(`?tags=${tag}&${filter}`),
        ask<{ count: number }>(`/count?tags=${tag}&${filter}`),
      ]);
      expect(count.body.count).toBe(list.body.rows.length);
      return list.body.rows;
    };
    const ids = async (filter: string) => (await find(filter)).map(({ id }) => id);
    expect(await ids('market=Phoenix')).toEqual([owned.id]);
    expect(await ids('city=Aurora')).toEqual([bare.id]);
    expect(await ids('state=AZ&state=CO')).toHaveLength(2);
    expect(await ids('has_owner=no')).toEqual([bare.id]);
    expect(await ids('has_phone=yes')).toEqual([bare.id]);
    const [row] = await find('has_owner=yes');
    expect(row?.owner).toMatchObject({ person_id: owner.id });
    expect(row?.parties).toMatchObject([{ kind: 'person', id: owner.id, roles: ['owner'] }]);
  });

  test('bulk changes tag, assign and delete, and come back', async () => {
    const { id } = await createProperty(cast.member, cast.workspace);
    const bulk = await ask<{ id: string }>('/bulk', 'POST', { ids: [id], change: { deleted: true } });
    expect((await getOne(id)).deleted_at).not.toBeNull();
    expect((await ask(`/bulk/${bulk.body.id}/undo`, 'POST')).body).toEqual({ restored: 1, kept: 0 });
    expect((await getOne(id)).deleted_at).toBeNull();
    const status = await ask<Failure>('/bulk', 'POST', { ids: [id], change: { status: 'blocked' } });
    expect(status.body.error.fields).toHaveProperty(['change.status']);
  });
});
