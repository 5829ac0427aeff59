/** Owners: one a party, however they come in; who speaks for them; their conversations; their list and their page. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { ConversationPage, Message } from '../../modules/messages/schema';
import type { CreatedOwner, OwnerBundle, OwnerFigures, OwnerRow } from '../../modules/owners/schema';
import type { Page } from '../../modules/records/queries';
import { type Answer, call, type Failure } from '../support/app';
import { asActor, connect, sql } from '../support/db';
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

const as = () => ({ as: cast.member, workspace: cast.workspace });
const create = (body: Record<string, unknown>) => call<CreatedOwner>('/api/owners', { ...as(), body });
const bundleOf = async (id: string) => (await call<OwnerBundle>(`/api/owners/${id}/bundle`, as())).body;

describe('a new owner', () => {
  test('is a person or an organization, as its kind says, with its points', async () => {
    const email = uniqueEmail();
    const ada = await create({ name: 'Ada Park', kind: 'individual', email, phone: uniquePhone() });
    expect(ada.status).toBe(201);
    expect(ada.body).toMatchObject({ created: true, found: null });
    const { owner, party } = await bundleOf(ada.body.id);
    expect(owner).toMatchObject({ display_name: 'Ada Park', kind: 'individual', deleted_at: null });
    expect(party).toMatchObject({ kind: 'person', name: 'Ada Park' });
    expect(party.emails.map(({ address }) => address)).toEqual([email]);
    expect(party.phones).toHaveLength(1);

    const firm = await create({ name: `Elm Holdings ${unique()}`, kind: 'llc' });
    expect((await bundleOf(firm.body.id)).party.kind).toBe('organization');
  });

  test('whose phone is known is the person who has it, and the answer says so', async () => {
    const phone = uniquePhone();
    const bo = await createPerson(cast.member, cast.workspace, {
      first_name: 'Bo',
      last_name: 'Lin',
      phones: [phone],
    });
    const email = uniqueEmail();
    const { body } = await create({ name: 'B. Lin', phone, email });
    expect(body).toMatchObject({ created: true, found: { by: 'phone', id: bo.id, name: 'Bo Lin' } });
    const { owner, party } = await bundleOf(body.id);
    expect(owner.person_id).toBe(bo.id);
    // what was new is linked to whom was found
    expect(party.emails.map(({ address }) => address)).toEqual([email]);
    const again = await create({ name: 'Bo', email });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id: body.id, created: false, found: { by: 'email' } });
  });

  test('whose name is an organization’s is that one; a person’s name alone finds nobody', async () => {
    const name = `Palm Court LLC ${unique()}`;
    const firm = await createOrganization(cast.member, cast.workspace, { name });
    const { body } = await create({ name: name.toUpperCase(), kind: 'llc' });
    expect(body).toMatchObject({ found: { by: 'name', id: firm.id } });
    await createPerson(cast.member, cast.workspace, { first_name: 'Cy', last_name: 'Young' });
    expect((await create({ name: 'Cy Young' })).body.found).toBeNull();
  });

  test('who can’t be told among those who share a number is asked for, and taken when said', async () => {
    const phone = uniquePhone();
    const one = await createPerson(cast.member, cast.workspace, {
      first_name: 'Di',
      last_name: 'One',
      phones: [phone],
    });
    await createPerson(cast.member, cast.workspace, { first_name: 'Di', last_name: 'Two', phones: [phone] });
    const asked = await call<Failure>('/api/owners', { ...as(), body: { name: 'Di', phone } });
    expect(asked.status).toBe(409);
    expect(asked.body.error.fields?.phone).toContain('Di One and Di Two');
    const byName = await create({ name: 'Di One', phone });
    expect(byName.body.found?.id).toBe(one.id);
    const said = await create({ name: 'Di', phone, person_id: one.id });
    expect(said.body).toMatchObject({ id: byName.body.id, created: false });
  });

  test('whose e-mail and phone are two people’s is refused at both fields', async () => {
    const [email, phone] = [uniqueEmail(), uniquePhone()];
    await createPerson(cast.member, cast.workspace, { emails: [email] });
    await createPerson(cast.member, cast.workspace, { phones: [phone] });
    const { status, body } = await call<Failure>('/api/owners', {
      ...as(),
      body: { name: 'Ed', email, phone },
    });
    expect(status).toBe(409);
    expect(Object.keys(body.error.fields ?? {}).sort()).toEqual(['email', 'phone']);
  });

  test('made by several at once, by the same e-mail, ends as one owner of one person', async () => {
    const email = uniqueEmail();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => create({ name: `Fay ${n}`, email })),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.created)).toHaveLength(1);
    const people =
      await sql()`select l.person_id from person_emails l join emails e on e.id = l.email_id where e.address = ${email}`;
    expect(people).toHaveLength(1);
  });

  test('is not made of garbage: each wrong field is named', async () => {
    const { status, body } = await call<Failure>('/api/owners', {
      ...as(),
      body: { name: ' ', kind: 'king', assigned_to: 7, colour: 'red' },
    });
    expect(status).toBe(400);
    expect(Object.keys(body.error.fields ?? {})).toEqual(
      expect.arrayContaining(['name', 'kind', 'assigned_to']),
    );
    const phone = await call<Failure>('/api/owners', { ...as(), body: { name: 'Gus', phone: 'twelve' } });
    expect(phone.status).toBe(400);
    expect(phone.body.error.fields).toHaveProperty('phone');
  });

  test('can’t stand on another workspace’s person, nor be read from there', async () => {
    const theirs = await createPerson(cast.stranger, cast.otherWorkspace);
    const made = await call('/api/owners', { ...as(), body: { name: 'Hal', person_id: theirs.id } });
    expect(made.status).toBe(404);
    const ours = await create({ name: 'Ivy Stone' });
    const stranger = { as: cast.stranger, workspace: cast.otherWorkspace };
    expect((await call(`/api/owners/${ours.body.id}/bundle`, stranger)).status).toBe(404);
    expect((await call(`/api/owners/${ours.body.id}`, { ...stranger, method: 'DELETE' })).status).toBe(404);
    expect((await call('/api/owners', { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
  });
});

describe('an owner that is deleted', () => {
  test('owns nothing, and owns it again when it is restored', async () => {
    const { body } = await create({ name: 'Jo Marsh' });
    const property = await createProperty(cast.member, cast.workspace, { owner_id: body.id });
    expect((await call(`/api/owners/${body.id}`, { ...as(), method: 'DELETE' })).status).toBe(204);
    const ownerOf = async () =>
      (await sql()`select owner_id from properties where id = ${property.id}`)[0]?.owner_id;
    expect(await ownerOf()).toBeNull();
    expect((await call(`/api/owners/${body.id}/restore`, { ...as(), method: 'POST' })).status).toBe(204);
    expect(await ownerOf()).toBe(body.id);
  });

  test('goes with its person and comes back with them', async () => {
    const { body } = await create({ name: 'Kim Vale' });
    const person = (await bundleOf(body.id)).party.id;
    await call(`/api/people/${person}`, { ...as(), method: 'DELETE' });
    expect((await bundleOf(body.id)).owner.deleted_at).not.toBeNull();
    await call(`/api/people/${person}/restore`, { ...as(), method: 'POST' });
    expect((await bundleOf(body.id)).owner.deleted_at).toBeNull();
  });

  test('is brought back by whoever makes the same owner again', async () => {
    const email = uniqueEmail();
    const { body } = await create({ name: 'Lee Hart', email });
    await call(`/api/owners/${body.id}`, { ...as(), method: 'DELETE' });
    const again = await create({ name: 'Lee Hart', email });
    expect(again.body.id).toBe(body.id);
    expect((await bundleOf(body.id)).owner.deleted_at).toBeNull();
  });
});

describe('who speaks for an owner', () => {
  test('is found by e-mail, has a role and a preferred channel, and is once on the list', async () => {
    const owner = (await create({ name: 'Max Dale' })).body.id;
    const email = uniqueEmail();
    const nia = await createPerson(cast.member, cast.workspace, {
      first_name: 'Nia',
      last_name: 'Cole',
      emails: [email],
    });
    const path = `/api/owners/${owner}/contacts`;
    const added = await call(path, {
      ...as(),
      body: { name: 'N. Cole', email, role: 'pm', preferred_channel: 'sms' },
    });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ person_id: nia.id, found: { name: 'Nia Cole' } });
    await call(path, { ...as(), body: { person_id: nia.id, role: 'assistant' } });
    const { contacts } = await bundleOf(owner);
    expect(contacts).toHaveLength(1);
    expect(contacts[0]).toMatchObject({ name: 'Nia Cole', role: 'assistant', emails: [{ address: email }] });
    const contact = contacts[0]?.id ?? '';
    const change = { contact, preferred_channel: 'email', notes: 'After nine' };
    expect((await call(path, { ...as(), method: 'PATCH', body: change })).status).toBe(204);
    expect((await bundleOf(owner)).contacts[0]).toMatchObject({
      preferred_channel: 'email',
      notes: 'After nine',
    });
    expect((await call(`${path}?contact=${contact}`, { ...as(), method: 'DELETE' })).status).toBe(204);
    expect((await bundleOf(owner)).contacts).toEqual([]);
  });

  test('and who works at the organization that owns is on its page, until their role is said', async () => {
    const firm = await createOrganization(cast.member, cast.workspace);
    const email = uniqueEmail();
    const grace = await createPerson(cast.member, cast.workspace, {
      first_name: 'Grace',
      last_name: 'Ellison',
      emails: [email],
    });
    await sql()`insert into person_organizations (workspace_id, person_id, organization_id)
      values (${cast.workspace.id}, ${grace.id}, ${firm.id})`;
    const owner = (await create({ name: 'Ellison', kind: 'llc', organization_id: firm.id })).body.id;
    const found = await bundleOf(owner);
    expect(found.contacts).toEqual([]);
    expect(found.staff).toMatchObject([
      { person_id: grace.id, name: 'Grace Ellison', emails: [{ address: email }] },
    ]);

    await call(`/api/owners/${owner}/contacts`, { ...as(), body: { person_id: grace.id, role: 'pm' } });
    const after = await bundleOf(owner);
    expect(after.contacts).toMatchObject([{ person_id: grace.id, role: 'pm' }]);
    expect(after.staff).toEqual([]);
  });

  test('can’t be another workspace’s person', async () => {
    const owner = (await create({ name: 'Ned Frost' })).body.id;
    const theirs = await createPerson(cast.stranger, cast.otherWorkspace);
    const added = await call(`/api/owners/${owner}/contacts`, { ...as(), body: { person_id: theirs.id } });
    expect(added.status).toBe(404);
  });
});

describe('a conversation with an owner', () => {
  test('is one for each property, however many open it at once', async () => {
    const owner = (await create({ name: 'Ola Reed' })).body.id;
    const property = await createProperty(cast.member, cast.workspace, { owner_id: owner });
    const connections = connect(5);
    try {
      const opened = await Promise.all(
        Array.from({ length: 5 }, () =>
          connections.begin(async (tx) => {
            await tx`select set_config('request.jwt.claim.sub', ${cast.member.userId}, true), set_config('request.jwt.claim.role', 'authenticated', true), set_config('role', 'authenticated', true)`;
            const [row] =
              await tx`select open_thread(${cast.workspace.id}, ${owner}, ${property.id}) as thread`;
            return (row?.thread as { conversation_id: string } | undefined)?.conversation_id;
          }),
        ),
      );
      expect(new Set(opened).size).toBe(1);
    } finally {
      await connections.end();
    }
    const path = `/api/owners/${owner}/threads`;
    const again = await call<{ created: boolean }>(path, { ...as(), body: { property_id: property.id } });
    expect(again.status).toBe(200);
    const general = await call<{ created: boolean }>(path, { ...as(), body: {} });
    expect(general.status).toBe(201);
    expect((await bundleOf(owner)).threads).toHaveLength(2);
  });

  test('keeps what was said, and the owner’s timeline has it', async () => {
    const owner = (await create({ name: 'Pam West' })).body.id;
    const { body: thread } = await call<{ conversation_id: string }>(`/api/owners/${owner}/threads`, {
      ...as(),
      body: {},
    });
    const path = `/api/conversations/${thread.conversation_id}/messages`;
    for (const body of ['First', 'Second', 'Third']) {
      expect((await call<Message>(path, { ...as(), body: { body } })).status).toBe(201);
    }
    const page = (await call<ConversationPage>(`${path}?limit=2`, as())).body;
    expect(page.conversation.owner?.id).toBe(owner);
    expect(page.messages.map(({ body }) => body)).toEqual(['Third', 'Second']);
    const rest = await call<ConversationPage>(
      `${path}?before=${encodeURIComponent(page.nextBefore ?? '')}`,
      as(),
    );
    expect(rest.body.messages.map(({ body }) => body)).toEqual(['First']);
    const { timeline } = await bundleOf(owner);
    expect(timeline.items.filter(({ kind }) => kind === 'in_app')).toHaveLength(3);
    expect((await call<Failure>(path, { ...as(), body: { body: ' ' } })).status).toBe(400);
    expect((await call<Failure>(`${path}?before=yesterday`, as())).status).toBe(400);
  });

  test('is nobody else’s: a stranger can neither read nor write it, and nobody changes what was said', async () => {
    const owner = (await create({ name: 'Quin East' })).body.id;
    const { body: thread } = await call<{ conversation_id: string }>(`/api/owners/${owner}/threads`, {
      ...as(),
      body: {},
    });
    const path = `/api/conversations/${thread.conversation_id}/messages`;
    await call(path, { ...as(), body: { body: 'Hello' } });
    const stranger = { as: cast.stranger, workspace: cast.otherWorkspace };
    expect((await call(path, stranger)).status).toBe(404);
    expect((await call(path, { ...stranger, body: { body: 'Hello' } })).status).toBe(404);
    expect((await call(`/api/owners/${owner}/threads`, { ...stranger, body: {} })).status).toBe(404);
    const changed = await asActor({ role: 'authenticated', userId: cast.owner.userId }, (tx) =>
      tx`update messages set body = 'Other' where conversation_id = ${thread.conversation_id}`.catch(
        (error) => error.code,
      ),
    );
    expect(changed).toBe('42501');
  });
});

describe('the owners list', () => {
  test('finds an owner by a fragment of name, e-mail or phone, its own or of who speaks for it', async () => {
    const mark = unique();
    const phone = uniquePhone();
    const { body } = await create({ name: `Zed ${mark}`, email: `${mark}@mail.example` });
    await call(`/api/owners/${body.id}/contacts`, {
      ...as(),
      body: { name: 'Sue Moss', phone, role: 'broker' },
    });
    const find = async (q: string) =>
      (await call<{ rows: OwnerRow[] }>(`/api/owners?q=${encodeURIComponent(q)}`, as())).body.rows.map(
        ({ id }) => id,
      );
    expect(await find(mark.slice(2))).toContain(body.id);
    expect(await find(`${mark}@mail`)).toContain(body.id);
    expect(await find(phone.slice(-7))).toContain(body.id);
    expect(await find('zzzzzz nobody')).toEqual([]);
  });

  test('each figure above it is what the list finds with its filter', async () => {
    const owner = (await create({ name: 'Una Bell' })).body.id;
    await call('/api/outreach', {
      ...as(),
      body: { owner_id: owner, channel: 'call', next_step_at: new Date(Date.now() + 60_000).toISOString() },
    });
    const { body: figures } = await call<OwnerFigures>('/api/owners/figures', as());
    const count = async (query: string) =>
      (await call<{ count: number }>(`/api/owners/count?${query}`, as())).body.count;
    expect(figures.owners).toBe(await count(''));
    expect(figures.contacted).toBe(await count('contacted=30d'));
    expect(figures.due).toBe(await count('next_step=today'));
    expect(figures.with_card).toBe(await count('has_card=yes'));
    expect(figures.contacted).toBeGreaterThan(0);
    expect(figures.due).toBeGreaterThan(0);
  });

  test('by next step, what is soonest comes first and what has none last, in both directions, page by page', async () => {
    const other = await createCast();
    const mine = { as: other.member, workspace: other.workspace };
    const made: string[] = [];
    for (const days of [null, 3, 1, null, 2]) {
      const { body } = await call<CreatedOwner>('/api/owners', {
        ...mine,
        body: { name: `Vic ${unique()}` },
      });
      made.push(body.id);
      const next_step_at = days && new Date(Date.now() + days * 86_400_000).toISOString();
      if (next_step_at)
        await call('/api/outreach', { ...mine, body: { owner_id: body.id, channel: 'sms', next_step_at } });
    }
    const walk = async (dir: string) => {
      const ids: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const search = new URLSearchParams({ sort: 'next_step', dir, limit: '2', ...(cursor && { cursor }) });
        const page: Answer<Page<OwnerRow>> = await call(`/api/owners?${search}`, mine);
        ids.push(...page.body.rows.map(({ id }) => id));
        cursor = page.body.nextCursor;
      }
      return ids;
    };
    expect((await walk('asc')).slice(0, 3)).toEqual([made[2], made[4], made[1]]);
    expect((await walk('desc')).slice(0, 3)).toEqual([made[1], made[4], made[2]]);
    expect(new Set(await walk('asc')).size).toBe(5);
  });

  test('many are tagged or deleted at once, and it is taken back', async () => {
    const ids = await Promise.all(['Wes', 'Xia'].map(async (name) => (await create({ name })).body.id));
    const deleted = await call<{ id: string; changed: number }>('/api/owners/bulk', {
      ...as(),
      body: { ids, change: { deleted: true } },
    });
    expect(deleted.body.changed).toBe(2);
    const undone = await call(`/api/owners/bulk/${deleted.body.id}/undo`, { ...as(), method: 'POST' });
    expect(undone.body).toMatchObject({ restored: 2 });
    const saved = await call('/api/views', {
      ...as(),
      body: { entity: 'owners', name: unique(), state: { filters: { kind: ['llc'] } } },
    });
    expect(saved.status).toBe(201);
  });
});
