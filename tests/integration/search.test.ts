/** What /api/search promises to those who type into it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import {
  type Cast,
  createCast,
  createOrganization,
  createPerson,
  createProperty,
  unique,
} from '../support/factories';

type Found = {
  people: { id: string; matched: string; value: string | null; display?: string }[];
  organizations: { id: string }[];
  properties: { id: string }[];
  owners: { id: string; name: string; kind: string }[];
};

let cast: Cast;
const word = `qu${unique()}`;
let ada: { id: string };
let firm: { id: string };
let lofts: { id: string };

beforeAll(async () => {
  cast = await createCast();
  firm = await createOrganization(cast.member, cast.workspace, { name: `Harborlight ${word} Capital` });
  ada = await createPerson(cast.member, cast.workspace, {
    first_name: 'Zoë',
    last_name: `O'Neil-${word}`,
    phones: ['+12125550142'],
    emails: [`zoe.${word}@harborlight.example`],
    organizations: [{ id: firm.id }],
  });
  lofts = await createProperty(cast.member, cast.workspace, {
    name: `Juniper ${word}`,
    address: '4100 North Main Street',
    city: 'Austin',
  });
});

const find = async (q: string) =>
  (
    await call<Found>(`/api/search?q=${encodeURIComponent(q)}`, {
      as: cast.member,
      workspace: cast.workspace,
    })
  ).body;
const people = async (q: string) => (await find(q)).people.map(({ id }) => id);

describe('a search', () => {
  test.each(['212 555 0142', '(212) 555-0142', '555-0142', '+1 212.555.0142', '5550142'])(
    'finds a person by a phone written %s and says which number it was',
    async (q) => {
      expect((await find(q)).people).toMatchObject([
        { id: ada.id, matched: 'phone', value: '+12125550142', display: '(212) 555-0142' },
      ]);
    },
  );

  test('finds a name without its accents, signs and capitals, by any fragment', async () => {
    for (const q of [`zoe o'neil ${word}`, `ONEIL ${word}`.replace('ONEIL', "O'NEIL"), word.slice(1, 8)]) {
      expect(await people(q), q).toContain(ada.id);
    }
  });

  test('finds by a fragment of an e-mail, of an organization, of a property and of its address', async () => {
    expect(await people(`.${word}@harbor`)).toEqual([ada.id]);
    const byFirm = await find(`harborlight ${word}`);
    expect(byFirm.organizations.map(({ id }) => id)).toEqual([firm.id]);
    expect(byFirm.people).toMatchObject([{ id: ada.id, matched: 'organization' }]);
    expect((await find(`juniper ${word}`)).properties.map(({ id }) => id)).toEqual([lofts.id]);
    expect((await find('4100 n. main st')).properties.map(({ id }) => id)).toEqual([lofts.id]);
  });

  test('finds an owner by its name, its party, and the phone and e-mail of that; not once it is deleted', async () => {
    const name = `Quarry ${unique()} Holdings`;
    const company = await createOrganization(cast.member, cast.workspace, { name });
    for (const [kind, value] of [
      ['phone', '+13035550177'],
      ['email', `desk@${unique()}.example`],
    ] as const) {
      await call(`/api/organizations/${company.id}/points`, {
        as: cast.member,
        workspace: cast.workspace,
        body: { kind, value },
      });
    }
    const as = { as: cast.member, workspace: cast.workspace };
    const { body: made } = await call<{ id: string }>('/api/owners', {
      ...as,
      body: { name, kind: 'llc', organization_id: company.id },
    });
    await call(`/api/owners/${made.id}`, {
      ...as,
      method: 'PATCH',
      body: { display_name: `Trading as ${name}` },
    });
    const owners = async (q: string) => (await find(q)).owners.map(({ id }) => id);
    for (const q of [name.slice(0, 12), 'trading as quarry', '(303) 555-0177']) {
      expect(await owners(q), q).toContain(made.id);
    }
    const { body: person } = await call<{ id: string }>('/api/owners', {
      ...as,
      body: { name: `Zoë O'Neil-${word}`, kind: 'individual', person_id: ada.id },
    });
    expect(await owners('212 555 0142')).toEqual([person.id]);
    expect(await owners(`.${word}@harbor`)).toEqual([person.id]);
    await call(`/api/owners/${made.id}`, { ...as, method: 'DELETE' });
    expect(await owners(name)).toEqual([]);
  });

  test('signs that mean something to a database mean nothing', async () => {
    for (const q of ['%', '_', '%%%', "'; drop table people; --", '\\', '(', '*']) {
      expect(
        (await find(q)).people.map(({ id }) => id),
        q,
      ).not.toContain(ada.id);
    }
  });

  test('finds nothing as quickly and quietly as something', async () => {
    expect(await find(`nothing like ${unique()}`)).toEqual({
      people: [],
      organizations: [],
      properties: [],
      owners: [],
    });
  });

  test('a deleted person is not found', async () => {
    const last = unique();
    const gone = await createPerson(cast.member, cast.workspace, { first_name: 'Gone', last_name: last });
    await call(`/api/people/${gone.id}`, { as: cast.member, workspace: cast.workspace, method: 'DELETE' });
    expect(await people(last)).toEqual([]);
  });

  test('a stranger gets 404, and their own workspace holds nothing of this one', async () => {
    const path = `/api/search?q=${word}`;
    expect((await call(path, { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
    const { body } = await call<Found>(path, { as: cast.stranger, workspace: cast.otherWorkspace });
    expect(body).toEqual({
      people: [],
      organizations: [],
      properties: [],
      owners: [],
    });
  });

  test.each([
    ['', 'q'],
    ['q=', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=a&limit=99', 'limit'],
  ])('?%s is refused at its field', async (query, field) => {
    const { status, body } = await call<Failure>(`/api/search?${query}`, {
      as: cast.member,
      workspace: cast.workspace,
    });
    expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, [field]]);
  });
});
