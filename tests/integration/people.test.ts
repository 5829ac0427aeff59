/** What /api/people and /api/contact-points promise to those who use them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, call, type Failure } from '../support/app';
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

type Named = { id: string; name: string | null };
type Created = {
  id: string;
  points: { kind: string; value: string; is_new: boolean; sharers: { people: Named[] } }[];
};
type Link = {
  id: string;
  link_id: string;
  is_primary: boolean;
  label: string | null;
  sharers: { people: Named[] };
};
type Detail = {
  id: string;
  display_name: string | null;
  title: string | null;
  lead_status: string;
  tags: string[];
  city: string | null;
  deleted_at: string | null;
  assigned_to: string | null;
  phones: (Link & {
    e164: string;
    display: string;
    do_not_call: boolean;
    do_not_call_reason: string | null;
  })[];
  emails: (Link & { address: string; status: string })[];
  linkedin: (Link & { url: string })[];
  organizations: { link_id: string; id: string; name: string; title: string | null; is_primary: boolean }[];
  properties: { link_id: string; id: string; role: string }[];
};
type Row = {
  id: string;
  name: string | null;
  tags: string[];
  lead_status: string;
  phones: { display: string }[];
};
type List = { rows: Row[]; nextCursor: string | null };

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

/** As the member, in their workspace. */
const ask = <T = Record<string, unknown>>(path: string, method = 'GET', body?: unknown): Promise<Answer<T>> =>
  call<T>(`/api/${path}`, { as: cast.member, workspace: cast.workspace, method, body });
const getOne = async (id: string) => (await ask<Detail>(`people/${id}`)).body;
const make = async (body: Record<string, unknown>) => (await ask<Created>('people', 'POST', body)).body;

describe('making a person', () => {
  test('points come in any format and are kept in the one form that everybody shares', async () => {
    const phone = uniquePhone();
    const email = uniqueEmail();
    const slug = unique();
    const made = await make({
      first_name: 'Wren',
      last_name: 'Castellano',
      phones: [{ value: phone.replace('+1', '').replace(/^(...)(...)/, '($1) $2-'), label: 'Mobile' }],
      emails: [{ value: ` ${email.toUpperCase()} ` }],
      linkedin: [{ value: `linkedin.com/in/${slug}/?x=1` }],
    });
    const person = await getOne(made.id);
    expect(person.phones[0]).toMatchObject({ e164: phone, label: 'Mobile', is_primary: true });
    expect(person.phones[0]?.display).toMatch(/^\(\d{3}\) 555-01\d\d$/);
    expect(person.emails[0]?.address).toBe(email);
    expect(person.linkedin[0]?.url).toBe(`https://www.linkedin.com/in/${slug}`);
  });

  test('a phone that exists is linked, and the answer says who else has it', async () => {
    const phone = uniquePhone();
    const first = await createPerson(cast.member, cast.workspace, { phones: [phone] });
    const made = await make({ first_name: 'Second', phones: [{ value: phone }] });
    expect(made.points[0]).toMatchObject({ kind: 'phone', is_new: false });
    expect(made.points[0]?.sharers.people.map(({ id }) => id)).toEqual([first.id]);
  });

  test('an organization is found by its name, or made', async () => {
    const name = `Castellano Land ${unique()}`;
    const one = await make({ first_name: 'A', organizations: [{ name, title: 'Principal' }] });
    const two = await make({ first_name: 'B', organizations: [{ name: name.toUpperCase() }] });
    const [a, b] = [await getOne(one.id), await getOne(two.id)];
    expect(a.organizations[0]).toMatchObject({ name, title: 'Principal', is_primary: true });
    expect(b.organizations[0]?.id).toBe(a.organizations[0]?.id);
  });

  test('a wrong value is named at its own line and nothing is half written', async () => {
    const phone = uniquePhone();
    const { status, body } = await ask<Failure>('people', 'POST', {
      first_name: 'Half',
      phones: [{ value: phone }, { value: '12' }],
    });
    expect(status).toBe(400);
    expect(Object.keys(body.error.fields ?? {})).toEqual(['phones.1.value']);
    const { body: found } = await ask<{ id: string | null }>(
      `contact-points/lookup?kind=phone&value=${encodeURIComponent(phone)}`,
    );
    expect(found.id).toBeNull();
  });

  test('nobody at all, an unknown field and an unknown status are refused by field', async () => {
    const fields = async (body: unknown) => {
      const answer = await ask<Failure>('people', 'POST', body);
      expect(answer.status).toBe(400);
      return Object.keys(answer.body.error.fields ?? {});
    };
    expect(await fields({})).toEqual(['first_name']);
    expect(await fields({ first_name: 'A', workspace_id: cast.otherWorkspace.id })).toEqual(['workspace_id']);
    expect(await fields({ first_name: 'A', lead_status: 'boiling' })).toEqual(['lead_status']);
  });

  test('a colleague of another workspace can’t be given a record', async () => {
    const { status } = await ask('people', 'POST', { first_name: 'A', assigned_to: cast.stranger.userId });
    expect(status).toBe(404);
  });
});

describe('one person', () => {
  test('a change touches what it names and nothing else', async () => {
    const made = await make({ first_name: 'Iris', last_name: 'Marsh', title: 'Principal', city: 'Austin' });
    const { body } = await ask<Detail>(`people/${made.id}`, 'PATCH', {
      city: '',
      tags: ['oz', ' oz ', 'q4'],
    });
    expect(body).toMatchObject({
      display_name: 'Iris Marsh',
      title: 'Principal',
      city: null,
      tags: ['oz', 'q4'],
    });
  });

  test('deleting hides a person from the list, restoring brings them back', async () => {
    const last = unique();
    const made = await make({ first_name: 'Gone', last_name: last });
    const found = async () => (await ask<List>(`people?q=${last}`)).body.rows.length;
    expect(await found()).toBe(1);
    expect((await ask(`people/${made.id}`, 'DELETE')).status).toBe(204);
    expect(await found()).toBe(0);
    expect((await getOne(made.id)).deleted_at).not.toBeNull();
    expect((await ask(`people/${made.id}`, 'PATCH', { city: 'Austin' })).status).toBe(404);
    expect((await ask(`people/${made.id}/restore`, 'POST', {})).status).toBe(204);
    expect(await found()).toBe(1);
  });

  test('to a stranger and to nobody, a person isn’t there', async () => {
    const made = await make({ first_name: 'Private' });
    const as = (path: string, method: string, body?: unknown) =>
      Promise.all([
        call(`/api/${path}`, { as: cast.stranger, workspace: cast.workspace, method, body }),
        call(`/api/${path}`, { as: cast.stranger, workspace: cast.otherWorkspace, method, body }),
      ]);
    const asked: [string, string, unknown?][] = [
      [`people/${made.id}`, 'GET'],
      [`people/${made.id}`, 'PATCH', { city: 'X' }],
      [`people/${made.id}`, 'DELETE'],
      [`people/${made.id}/restore`, 'POST', {}],
      [`people/${made.id}/points`, 'POST', { kind: 'phone', value: uniquePhone() }],
      [`people/${made.id}/organizations`, 'POST', { organization: { name: 'X' } }],
    ];
    for (const [path, method, body] of asked) {
      const answers = await as(path, method, body);
      expect(
        answers.map(({ status }) => status),
        `${method} ${path}`,
      ).toEqual([404, 404]);
    }
    expect((await call(`/api/people/${made.id}`, { workspace: cast.workspace })).status).toBe(401);
    expect((await ask('people/not-an-id')).status).toBe(404);
  });
});

describe('contact points of a person', () => {
  test('the first of a kind is the primary, making another one so moves it, removing it passes it on', async () => {
    const made = await make({ first_name: 'Points' });
    const [one, two] = [uniquePhone(), uniquePhone()];
    const add = async (value: string) =>
      (await ask<{ id: string }>(`people/${made.id}/points`, 'POST', { kind: 'phone', value })).body.id;
    const primary = async () =>
      (await getOne(made.id)).phones.filter((phone) => phone.is_primary).map(({ e164 }) => e164);
    const first = await add(one);
    const second = await add(two);
    expect(await primary()).toEqual([one]);
    await ask(`people/${made.id}/points`, 'PATCH', { kind: 'phone', point: second, is_primary: true });
    expect(await primary()).toEqual([two]);
    await ask(`people/${made.id}/points?kind=phone&point=${second}`, 'DELETE');
    expect(await primary()).toEqual([one]);
    expect(first).not.toBe(second);
  });

  test('another value in its place keeps label and primary, and leaves the old point to whoever else has it', async () => {
    const email = uniqueEmail();
    const other = await createPerson(cast.member, cast.workspace, { emails: [email] });
    const made = await make({ first_name: 'Moves', emails: [{ value: email, label: 'Work' }] });
    const point = (await getOne(made.id)).emails[0]?.id;
    const next = uniqueEmail();
    const { status } = await ask(`people/${made.id}/points`, 'PATCH', { kind: 'email', point, value: next });
    expect(status).toBe(200);
    expect((await getOne(made.id)).emails).toMatchObject([
      { address: next, label: 'Work', is_primary: true },
    ]);
    expect((await getOne(other.id)).emails).toMatchObject([{ address: email }]);
  });

  test('the state of a point holds for all who share it, and lifting it is in the audit log', async () => {
    const phone = uniquePhone();
    const one = await make({ first_name: 'One', phones: [{ value: phone }] });
    const two = await make({ first_name: 'Two', phones: [{ value: phone }] });
    const id = (await getOne(one.id)).phones[0]?.id ?? '';
    await ask(`contact-points/phone/${id}`, 'PATCH', { do_not_call: true, do_not_call_reason: 'Asked' });
    expect((await getOne(two.id)).phones[0]).toMatchObject({
      do_not_call: true,
      do_not_call_reason: 'Asked',
    });
    await ask(`contact-points/phone/${id}`, 'PATCH', { do_not_call: false });
    expect((await getOne(two.id)).phones[0]).toMatchObject({ do_not_call: false, do_not_call_reason: null });
    const { data } = await cast.admin.supabase
      .from('audit_log')
      .select('actor, after')
      .eq('workspace_id', cast.workspace.id)
      .eq('entity_id', id)
      .eq('action', 'phones.updated');
    expect(data).toContainEqual({
      actor: cast.member.userId,
      after: expect.objectContaining({ do_not_call: false }),
    });
  });

  test('an e-mail can be held back and released, not set to what only a provider may say', async () => {
    const made = await make({ first_name: 'Mail', emails: [{ value: uniqueEmail() }] });
    const id = (await getOne(made.id)).emails[0]?.id ?? '';
    const set = (status: string) => ask<Failure>(`contact-points/email/${id}`, 'PATCH', { status });
    expect((await set('suppressed')).status).toBe(200);
    expect((await getOne(made.id)).emails[0]?.status).toBe('suppressed');
    expect((await set('active')).status).toBe(200);
    const refused = await set('hard_bounced');
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.error.fields ?? {})).toEqual(['status']);
  });

  test('asking who has a value says nothing of other workspaces', async () => {
    const phone = uniquePhone();
    await createPerson(cast.stranger, cast.otherWorkspace, { phones: [phone] });
    const { body } = await ask(`contact-points/lookup?kind=phone&value=${encodeURIComponent(phone)}`);
    expect(body).toMatchObject({ value: phone, id: null, sharers: null });
  });

  test('a stranger can’t set the state of a point, nor learn who shares it', async () => {
    const made = await make({ first_name: 'S', phones: [{ value: uniquePhone() }] });
    const id = (await getOne(made.id)).phones[0]?.id;
    const path = `/api/contact-points/phone/${id}`;
    const as = cast.stranger;
    const body = { do_not_call: true };
    expect((await call(path, { as, workspace: cast.otherWorkspace, method: 'PATCH', body })).status).toBe(
      404,
    );
    expect((await call(path, { as, workspace: cast.workspace })).status).toBe(404);
    expect((await call(path, { as, workspace: cast.otherWorkspace })).body).toMatchObject({ people: [] });
  });
});

describe('organizations and properties of a person', () => {
  test('one organization is the primary; removing it passes that on', async () => {
    const made = await make({
      first_name: 'Org',
      organizations: [{ name: `A ${unique()}` }, { name: `B ${unique()}` }],
    });
    const [a, b] = (await getOne(made.id)).organizations;
    expect([a?.is_primary, b?.is_primary]).toEqual([true, false]);
    await ask(`people/${made.id}/organizations`, 'PATCH', {
      link: b?.link_id,
      is_primary: true,
      title: 'Partner',
    });
    expect((await getOne(made.id)).organizations[0]).toMatchObject({
      id: b?.id,
      title: 'Partner',
      is_primary: true,
    });
    await ask(`people/${made.id}/organizations?link=${b?.link_id}`, 'DELETE');
    expect((await getOne(made.id)).organizations).toMatchObject([{ id: a?.id, is_primary: true }]);
  });

  test('a role at a property is held once, and can be given up', async () => {
    const made = await make({ first_name: 'Role' });
    const property = await createProperty(cast.member, cast.workspace);
    const give = () => ask(`people/${made.id}/properties`, 'POST', { property: property.id, role: 'owner' });
    expect((await give()).status).toBe(201);
    expect((await give()).status).toBe(409);
    const link = (await getOne(made.id)).properties[0]?.link_id;
    expect((await ask(`people/${made.id}/properties?link=${link}`, 'DELETE')).status).toBe(204);
    expect((await getOne(made.id)).properties).toEqual([]);
  });

  test('records of another workspace can’t be linked', async () => {
    const made = await make({ first_name: 'Cross' });
    const organization = await createOrganization(cast.stranger, cast.otherWorkspace);
    const property = await createProperty(cast.stranger, cast.otherWorkspace);
    const linked = [
      await ask(`people/${made.id}/organizations`, 'POST', { organization: { id: organization.id } }),
      await ask(`people/${made.id}/properties`, 'POST', { property: property.id, role: 'owner' }),
    ];
    expect(linked.map(({ status }) => status)).toEqual([404, 404]);
  });
});

describe('the list', () => {
  test('pages by cursor show everybody once, in order, however many share a name', async () => {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    const names = ['Ada', 'Bo', 'Bo', 'Bo', 'Cy', 'Di', 'Ed'];
    for (const first_name of names)
      await createPerson(owner, workspace, { first_name, last_name: undefined });
    const seen: Row[] = [];
    let cursor = '';
    do {
      const { body } = await call<List>(`/api/people?limit=2${cursor && `&cursor=${cursor}`}`, {
        as: owner,
        workspace,
      });
      seen.push(...body.rows);
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen.map(({ name }) => name)).toEqual(names);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(names.length);
    const back = await call<List>('/api/people?dir=desc', { as: owner, workspace });
    expect(back.body.rows.map(({ name }) => name)).toEqual([...names].reverse());
  });

  test('filters narrow together, has and has not, and the count agrees', async () => {
    const tag = unique();
    const phone = uniquePhone();
    const hot = await make({ first_name: 'H', lead_status: 'hot', tags: [tag], phones: [{ value: phone }] });
    const cold = await make({ first_name: 'C', tags: [tag] });
    const ids = async (query: string) => {
      const [list, count] = await Promise.all([
        ask<List>(`people?tags=${tag}${query}`),
        ask<{ count: number }>(`people/count?tags=${tag}${query}`),
      ]);
      expect(count.body.count).toBe(list.body.rows.length);
      return list.body.rows.map(({ id }) => id).sort();
    };
    expect(await ids('')).toEqual([hot.id, cold.id].sort());
    expect(await ids('&lead_status=hot')).toEqual([hot.id]);
    expect(await ids('&lead_status=hot&lead_status=new')).toEqual([hot.id, cold.id].sort());
    expect(await ids('&has_phone=yes')).toEqual([hot.id]);
    expect(await ids('&has_phone=no')).toEqual([cold.id]);
    expect(await ids(`&q=${phone.slice(-7)}`)).toEqual([hot.id]);
    expect(await ids('&assigned_to=none&has_email=yes')).toEqual([]);
  });

  test.each([
    ['sort=salary', 'sort'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['cursor=forged', 'cursor'],
    ['lead_status=boiling', 'lead_status.0'],
    ['has_phone=perhaps', 'has_phone'],
    ['assigned_to=me', 'assigned_to.0'],
    ['offset=10', 'offset'],
  ])('?%s is refused at its field', async (query, field) => {
    const { status, body } = await ask<Failure>(`people?${query}`);
    expect(status).toBe(400);
    expect(Object.keys(body.error.fields ?? {})).toEqual([field]);
  });

  test('a cursor with a value that no database can read is refused, not a failure of ours', async () => {
    const forged = Buffer.from(
      JSON.stringify(['created', 'desc', 'not a time', '0b6f0d1e-7c1a-4d7e-9d3c-2f8f3a1b9c10']),
    ).toString('base64url');
    expect((await ask(`people?sort=created&cursor=${forged}`)).status).toBe(400);
  });

  test('a stranger gets 404, nobody in particular 401', async () => {
    expect((await call('/api/people', { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
    expect((await call('/api/people', { workspace: cast.workspace })).status).toBe(401);
  });
});

describe('bulk changes', () => {
  test('a change of many is taken back whole, except what somebody changed since', async () => {
    const [one, two] = [await make({ first_name: 'A', tags: ['kept'] }), await make({ first_name: 'B' })];
    const { body: bulk } = await ask<{ id: string; changed: number }>('people/bulk', 'POST', {
      ids: [one.id, two.id],
      change: { add_tags: ['spring'], lead_status: 'hot' },
    });
    expect(bulk.changed).toBe(2);
    expect(await getOne(one.id)).toMatchObject({ tags: ['kept', 'spring'], lead_status: 'hot' });
    await ask(`people/${two.id}`, 'PATCH', { lead_status: 'customer' });
    const undone = await ask(`people/bulk/${bulk.id}/undo`, 'POST', {});
    expect(undone.body).toEqual({ restored: 1, kept: 1 });
    expect(await getOne(one.id)).toMatchObject({ tags: ['kept'], lead_status: 'new' });
    expect(await getOne(two.id)).toMatchObject({ tags: ['spring'], lead_status: 'customer' });
    expect((await ask(`people/bulk/${bulk.id}/undo`, 'POST', {})).status).toBe(404);
  });

  test('records of another workspace are passed over, and another’s change can’t be undone', async () => {
    const theirs = await createPerson(cast.stranger, cast.otherWorkspace);
    const mine = await make({ first_name: 'Mine' });
    const { body } = await ask<{ id: string; changed: number }>('people/bulk', 'POST', {
      ids: [theirs.id, mine.id],
      change: { deleted: true },
    });
    expect(body.changed).toBe(1);
    const undo = `/api/people/bulk/${body.id}/undo`;
    const refused = await call(undo, { as: cast.admin, workspace: cast.workspace, method: 'POST', body: {} });
    expect(refused.status).toBe(404);
    const still = await call<Detail>(`/api/people/${theirs.id}`, {
      as: cast.stranger,
      workspace: cast.otherWorkspace,
    });
    expect(still.body.deleted_at).toBeNull();
  });

  test('more than a thousand at once, or no change at all, is refused by field', async () => {
    const id = crypto.randomUUID();
    const many = await ask<Failure>('people/bulk', 'POST', {
      ids: Array(1001).fill(id),
      change: { deleted: true },
    });
    expect([many.status, Object.keys(many.body.error.fields ?? {})]).toEqual([400, ['ids']]);
    const none = await ask<Failure>('people/bulk', 'POST', { ids: [id], change: {} });
    expect([none.status, Object.keys(none.body.error.fields ?? {})]).toEqual([400, ['change']]);
  });
});
