/** Drafts of campaigns: who may do what with them, whom they take and whom they leave out. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CampaignDetail, CampaignRow, LeftOut, Preview } from '../../modules/campaigns/answers';
import type { Failure } from '../support/app';
import {
  askCampaign,
  emailIdOf,
  graphOf,
  makeDraft,
  makeLaunchable,
  makePeople,
  makeSender,
  readCampaign,
  readRecipients,
  writtenStep,
} from '../support/campaigns';
import { sql } from '../support/db';
import {
  type Actor,
  type Cast,
  createCast,
  createPerson,
  createProperty,
  unique,
  uniqueEmail,
} from '../support/factories';
import { setTier } from '../support/work';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
  await setTier(cast.workspace, 'premium');
});

const ask = <T = unknown>(path: string, method = 'GET', body?: unknown, as: Actor = cast.member) =>
  askCampaign<T>(as, cast.workspace, path, method, body);
const draft = (...steps: Parameters<typeof writtenStep>[0][]) =>
  makeDraft(
    cast.member,
    cast.workspace,
    steps.length > 0 ? steps.map((name) => writtenStep(name)) : undefined,
  );
const add = (id: string, body: unknown) =>
  ask<{ added: number; left_out: Record<string, number> }>(`/${id}/recipients`, 'POST', body);

/** Every route below a campaign, with a body that is sound. */
const routes = (eid: string, step: string): [string, string, unknown?][] => [
  ['GET', ''],
  ['PATCH', '', { name: 'New' }],
  ['DELETE', ''],
  ['POST', '/restore'],
  ['PUT', '/steps', { version: 1, entry_step_id: null, steps: [], edges: [] }],
  ['GET', '/recipients'],
  ['POST', '/recipients', { filter: {} }],
  ['DELETE', '/recipients', { all: true }],
  ['PATCH', `/recipients/${eid}`, { email_id: randomUUID() }],
  ['GET', '/left-out'],
  ['POST', '/preview', { step_id: step }],
  ['GET', '/problems'],
  ['POST', '/launch'],
  ['GET', '/emails'],
  ['GET', `/emails/${eid}`],
  ['PATCH', `/emails/${eid}`, { subject: 'Hello' }],
  ['DELETE', `/emails/${eid}`],
  ['POST', `/emails/${eid}/retry`],
  ['POST', '/accept', { all: true }],
  ['POST', '/pause'],
  ['POST', '/resume'],
  ['POST', '/cancel'],
  ['POST', '/test-send', { step_id: step, to: 'me@mail.example' }],
];

describe('a stranger', () => {
  test('finds nothing on any route, neither in their own workspace nor in ours, and changes nothing', async () => {
    const ours = await makeLaunchable(cast.member, cast.workspace, cast.admin);
    const [recipient] = await readRecipients(cast.member, cast.workspace, ours.id);
    const before = await readCampaign(cast.member, cast.workspace, ours.id);
    for (const [method, path, body] of routes(recipient?.id ?? '', ours.steps[0]?.id ?? '')) {
      for (const workspace of [cast.workspace, cast.otherWorkspace]) {
        const { status } = await askCampaign(cast.stranger, workspace, `/${ours.id}${path}`, method, body);
        expect([method, path, workspace.id === cast.workspace.id, status]).toEqual([
          method,
          path,
          workspace.id === cast.workspace.id,
          404,
        ]);
      }
    }
    expect(await readCampaign(cast.member, cast.workspace, ours.id)).toEqual(before);
    const listed = await askCampaign<{ rows: CampaignRow[] }>(cast.stranger, cast.otherWorkspace, '');
    expect(listed.body.rows).toEqual([]);
  });

  test('can take none of our people, views, addresses or steps into a campaign of theirs', async () => {
    const theirs = await makeDraft(cast.stranger, cast.otherWorkspace);
    const [person] = await makePeople(cast.member, cast.workspace, 1);
    const { data: view } = await cast.member.supabase
      .from('saved_views')
      .insert({
        workspace_id: cast.workspace.id,
        entity: 'people',
        name: unique(),
        state: { q: '', filters: {} },
        is_shared: true,
        created_by: cast.member.userId,
      })
      .select('id')
      .single();
    const as = (path: string, method: string, body: unknown) =>
      askCampaign(cast.stranger, cast.otherWorkspace, `/${theirs.id}${path}`, method, body);
    expect((await as('/recipients', 'POST', { ids: [person] })).status).toBe(404);
    expect((await as('/recipients', 'POST', { view_id: view?.id })).status).toBe(404);
    const ours = await draft();
    const stolen = await as('/steps', 'PUT', { ...graphOf(theirs, ours.steps) });
    expect(stolen.status).toBe(400);
    const sender = await makeSender(cast.admin, cast.workspace);
    expect((await as('', 'PATCH', { sender_id: sender.id })).status).toBe(404);
  });
});

describe('garbage', () => {
  test('is refused on every route, and named', async () => {
    const ours = await draft();
    const [step] = ours.steps;
    const bad: [string, string, unknown, string?][] = [
      ['POST', '', { name: ' ' }, 'name'],
      ['POST', '', { name: 'x', owner: 1 }, 'owner'],
      ['POST', '', { name: 'x', format: 'pdf' }, 'format'],
      ['PATCH', `/${ours.id}`, {}],
      ['PATCH', `/${ours.id}`, { status: 'sending' }, 'status'],
      ['PATCH', `/${ours.id}`, { time_zone: 'Mars/Olympus' }, 'time_zone'],
      ['PATCH', `/${ours.id}`, { hours_start: '17:00', hours_end: '09:00' }, 'hours_end'],
      ['PATCH', `/${ours.id}`, { hours_start: '25:00' }, 'hours_start'],
      ['PATCH', `/${ours.id}`, { days: [] }, 'days'],
      ['PATCH', `/${ours.id}`, { exit_conditions: ['reply'] }, 'exit_conditions'],
      [
        'PUT',
        `/${ours.id}/steps`,
        { ...graphOf(ours, [{ ...step, subjects: ['a\r\nBcc: x@y.example'] }]) },
        'steps.0.subjects.0',
      ],
      ['PUT', `/${ours.id}/steps`, { ...graphOf(ours, [{ ...step, subjects: [] }]) }, 'steps.0.subjects'],
      ['PUT', `/${ours.id}/steps`, { ...graphOf(ours, [step, step]) }, 'steps.1.id'],
      [
        'PUT',
        `/${ours.id}/steps`,
        { ...graphOf(ours, [step]), entry_step_id: randomUUID() },
        'entry_step_id',
      ],
      [
        'PUT',
        `/${ours.id}/steps`,
        { ...graphOf(ours, [step]), edges: [{ from: step?.id, to: step?.id }] },
        'edges.0.to',
      ],
      [
        'PUT',
        `/${ours.id}/steps`,
        { ...graphOf(ours, [step]), edges: [{ from: step?.id, to: randomUUID(), days: 1 }] },
        'edges.0.to',
      ],
      [
        'PUT',
        `/${ours.id}/steps`,
        { ...graphOf(ours, [step]), edges: [{ from: step?.id, to: step?.id, days: 400 }] },
        'edges.0.days',
      ],
      ['POST', `/${ours.id}/recipients`, {}],
      ['POST', `/${ours.id}/recipients`, { ids: ['x'] }],
      ['POST', `/${ours.id}/recipients`, { filter: { nonsense: 'x' } }],
      ['GET', `/${ours.id}/recipients?cursor=x`, undefined, 'cursor'],
      ['GET', `/${ours.id}/emails?status=gone`, undefined, 'status'],
      [
        'GET',
        `/${ours.id}/emails?cursor=${Buffer.from(JSON.stringify(['run_at', 'asc', 'soon', randomUUID()])).toString('base64url')}`,
        undefined,
        'cursor',
      ],
      ['GET', `/${ours.id}/left-out?reason=ugly`, undefined, 'reason'],
      ['POST', `/${ours.id}/preview`, { step_id: 'x' }, 'step_id'],
      ['POST', `/${ours.id}/test-send`, { step_id: step?.id, to: 'a@b\r\nBcc: c@d.example' }, 'to'],
      ['POST', `/${ours.id}/accept`, { ids: [] }],
      ['PATCH', `/${ours.id}/emails/${randomUUID()}`, { subject: 'a\nb' }, 'subject'],
    ];
    for (const [method, path, body, field] of bad) {
      const answer = await ask<Failure>(path, method, body);
      expect([path, body, answer.status]).toEqual([path, body, 400]);
      if (field) expect(Object.keys(answer.body.error.fields ?? {})).toContain(field);
    }
    for (const path of ['/not-an-id', `/${randomUUID()}`]) expect((await ask(path)).status).toBe(404);
    expect((await ask(`/${ours.id}/emails/not-an-id`)).status).toBe(404);
    expect((await ask(`/${ours.id}/preview`, 'POST', { step_id: randomUUID() })).status).toBe(404);
  });
});

describe('a draft', () => {
  test('is saved whole against the version somebody saw; a stale one is refused and nothing of it kept', async () => {
    const ours = await draft('First', 'Second');
    const [first, second] = ours.steps;
    const graph = {
      ...graphOf(ours, ours.steps),
      edges: [{ from: first?.id, to: second?.id, days: 3, condition: 'opened' }],
    };
    const saved = await ask<{ version: number }>(`/${ours.id}/steps`, 'PUT', graph);
    expect(saved.body).toEqual({ version: ours.version + 1 });
    const stale = await ask<Failure>(`/${ours.id}/steps`, 'PUT', { ...graph, edges: [] });
    expect(stale).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    const now = await readCampaign(cast.member, cast.workspace, ours.id);
    expect(now.steps).toEqual(ours.steps);
    expect(now.edges).toEqual([
      { from: first?.id, to: second?.id, days: 3, hours: 0, minutes: 0, condition: 'opened' },
    ]);
  });

  test('two who save at once: one is told', async () => {
    const ours = await draft();
    const saves = await Promise.all(
      ['A', 'B'].map((name) => ask(`/${ours.id}/steps`, 'PUT', graphOf(ours, [{ ...ours.steps[0], name }]))),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('keeps no script: HTML is made safe before it is stored', async () => {
    const step = writtenStep(
      'Plain',
      '<p onclick="x()">Hi {{ first_name | default: "there" }}<script>alert(1)</script></p>',
    );
    const ours = await makeDraft(cast.member, cast.workspace, [step], { format: 'html' });
    const [{ content } = { content: '' }] = ours.steps[0]?.sections ?? [];
    // the format came with the draft, and later saves need not say it again
    expect(content).toBe('<p>Hi {{ first_name | default: "there" }}</p>');
  });

  test('is put away and brought back; what runs is not', async () => {
    const ours = await draft();
    expect((await ask(`/${ours.id}`, 'DELETE')).status).toBe(204);
    expect((await ask(`/${ours.id}`)).status).toBe(404);
    expect((await ask(`/${ours.id}/restore`, 'POST')).status).toBe(204);
    expect((await ask(`/${ours.id}`)).status).toBe(200);
    await sql()`update campaigns set status = 'sending', launched_at = now() where id = ${ours.id}`;
    expect((await ask(`/${ours.id}`, 'DELETE')).status).toBe(409);
  });

  test('is listed with its numbers, by status and name, page by page', async () => {
    const word = unique();
    const made: string[] = [];
    for (const n of [1, 2, 3]) {
      const { body } = await ask<{ id: string }>('', 'POST', { name: `${word} ${n}` });
      made.unshift(body.id);
    }
    const found: string[] = [];
    let cursor = '';
    do {
      const { body } = await ask<{ rows: CampaignRow[]; nextCursor: string | null }>(
        `?q=${word}&status=draft&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      found.push(...body.rows.map(({ id }) => id));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(found).toEqual(made);
    expect((await ask<{ rows: CampaignRow[] }>(`?q=${word}&status=sending`)).body.rows).toEqual([]);
  });
});

describe('recipients', () => {
  test('each gets their primary usable address; a shared one is taken once; who is left out is listed with why', async () => {
    const ours = await draft();
    const [shared, own, gone, primary] = [uniqueEmail(), uniqueEmail(), uniqueEmail(), uniqueEmail()];
    const make = (first_name: string, emails: string[], lead_status?: string) =>
      createPerson(cast.member, cast.workspace, { first_name, emails, ...(lead_status && { lead_status }) });
    const first = await make('Ada', [shared]);
    const second = await make('Bea', [shared]);
    const third = await make('Cal', [shared, own]);
    const none = await make('Dan', []);
    const refused = await make('Eve', [gone]);
    const silent = await make('Fay', [uniqueEmail()], 'do_not_contact');
    const bounced = await make('Gil', [gone, primary]);
    await sql()`update emails set status = 'hard_bounced', since = now() where workspace_id = ${cast.workspace.id} and address = ${gone}`;
    const people = [first, second, third, none, refused, silent, bounced].map(({ id }) => id);
    expect((await add(ours.id, { ids: people })).body).toEqual({
      added: 3,
      left_out: { address_taken: 1, no_email: 1, suppressed: 1, do_not_contact: 1 },
    });
    const taken = await readRecipients(cast.member, cast.workspace, ours.id);
    expect(taken.map(({ email }) => email.address).sort()).toEqual([own, primary, shared].sort());
    const left = (await ask<LeftOut>(`/${ours.id}/left-out`)).body;
    expect(left.counts).toEqual({ address_taken: 1, no_email: 1, suppressed: 1, do_not_contact: 1 });
    expect(
      (await ask<LeftOut>(`/${ours.id}/left-out?reason=no_email`)).body.rows.map(({ person }) => person.id),
    ).toEqual([none.id]);
    // chosen twice, taken once
    expect((await add(ours.id, { ids: people })).body).toMatchObject({
      added: 0,
      left_out: { already_in: 3 },
    });
    // what stood in the way may go
    await sql()`update people set lead_status = 'warm' where id = ${silent.id}`;
    expect((await ask<LeftOut>(`/${ours.id}/left-out`)).body.counts).toMatchObject({ ready: 1 });
    expect((await add(ours.id, { ids: [silent.id] })).body).toEqual({ added: 1, left_out: {} });
    expect((await ask<LeftOut>(`/${ours.id}/left-out`)).body.counts).not.toHaveProperty('ready');
  });

  test('whoever is under way in another campaign is left out, and it is named', async () => {
    const [person] = await makePeople(cast.member, cast.workspace, 1);
    const running = await draft();
    await add(running.id, { ids: [person] });
    await sql()`update campaigns set status = 'sending', launched_at = now() where id = ${running.id}`;
    const ours = await draft();
    expect((await add(ours.id, { ids: [person] })).body).toEqual({
      added: 0,
      left_out: { other_campaign: 1 },
    });
    const { rows } = (await ask<LeftOut>(`/${ours.id}/left-out`)).body;
    expect(rows).toMatchObject([
      { reason: 'other_campaign', campaign: { id: running.id, name: running.name } },
    ]);
    await sql()`update campaigns set status = 'completed' where id = ${running.id}`;
    expect((await add(ours.id, { ids: [person] })).body.added).toBe(1);
  });

  test('come from a saved view and from a filter, exactly those that the people list shows', async () => {
    const tag = unique();
    const tagged = await Promise.all(
      [1, 2, 3].map(() =>
        createPerson(cast.member, cast.workspace, { tags: [tag], emails: [uniqueEmail()] }),
      ),
    );
    await createPerson(cast.member, cast.workspace, { emails: [uniqueEmail()] });
    const byFilter = await draft();
    expect((await add(byFilter.id, { filter: { tags: [tag] } })).body.added).toBe(3);
    const { data: view } = await cast.member.supabase
      .from('saved_views')
      .insert({
        workspace_id: cast.workspace.id,
        entity: 'people',
        name: unique(),
        state: { q: '', filters: { tags: [tag], has_email: ['yes'] }, sort: 'name' },
        created_by: cast.member.userId,
      })
      .select('id')
      .single();
    const byView = await draft();
    expect((await add(byView.id, { view_id: view?.id })).body.added).toBe(3);
    const people = (await readRecipients(cast.member, cast.workspace, byView.id)).map(
      ({ person }) => person.id,
    );
    expect(people.sort()).toEqual(tagged.map(({ id }) => id).sort());
  });

  test('page by name, are searched, and leave one by one or all', async () => {
    const ours = await draft();
    await add(ours.id, { ids: await makePeople(cast.member, cast.workspace, 5) });
    const all = await readRecipients(cast.member, cast.workspace, ours.id);
    const paged: string[] = [];
    let cursor = '';
    do {
      const { body } = await ask<{ rows: { id: string }[]; nextCursor: string | null }>(
        `/${ours.id}/recipients?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      paged.push(...body.rows.map(({ id }) => id));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(paged).toEqual(all.map(({ id }) => id));
    const [one] = all;
    const found = await ask<{ rows: unknown[] }>(
      `/${ours.id}/recipients?q=${encodeURIComponent(one?.email.address ?? '')}`,
    );
    expect(found.body.rows).toMatchObject([{ id: one?.id }]);
    expect((await ask(`/${ours.id}/recipients`, 'DELETE', { ids: [one?.id] })).body).toEqual({ removed: 1 });
    expect((await ask(`/${ours.id}/recipients`, 'DELETE', { ids: [one?.id] })).status).toBe(404);
    expect((await ask(`/${ours.id}/recipients`, 'DELETE', { all: true })).body).toEqual({ removed: 4 });
  });

  test('another of the person’s addresses can be chosen, unless it is suppressed, somebody else’s or taken', async () => {
    const ours = await draft();
    const [a, b, c, theirs] = [uniqueEmail(), uniqueEmail(), uniqueEmail(), uniqueEmail()];
    const person = await createPerson(cast.member, cast.workspace, { emails: [a, b, c] });
    const other = await createPerson(cast.member, cast.workspace, { emails: [theirs, c] });
    await sql()`update emails set status = 'unsubscribed', since = now() where workspace_id = ${cast.workspace.id} and address = ${b}`;
    await add(ours.id, { ids: [person.id] });
    const [{ id } = { id: '' }] = await readRecipients(cast.member, cast.workspace, ours.id);
    const choose = async (address: string) =>
      (
        await ask(`/${ours.id}/recipients/${id}`, 'PATCH', {
          email_id: await emailIdOf(cast.workspace, address),
        })
      ).status;
    expect(await choose(b)).toBe(409);
    expect(await choose(theirs)).toBe(404);
    expect(await choose(c)).toBe(204);
    await add(ours.id, { ids: [other.id] });
    const second = (await readRecipients(cast.member, cast.workspace, ours.id)).find(
      ({ person: p }) => p.id === other.id,
    );
    const taken = await ask(`/${ours.id}/recipients/${second?.id}`, 'PATCH', {
      email_id: await emailIdOf(cast.workspace, c),
    });
    expect(taken.status).toBe(409);
  });
});

describe('a preview', () => {
  test('fills in who and what is behind the recipient, and names what they lack', async () => {
    const property = await createProperty(cast.member, cast.workspace, { units: 48, market: 'Austin' });
    const person = await createPerson(cast.member, cast.workspace, {
      first_name: 'Kim',
      emails: [uniqueEmail()],
      organizations: [{ name: `Oak ${unique()}` }],
    });
    await sql()`insert into property_people (workspace_id, property_id, person_id, role) values (${cast.workspace.id}, ${property.id}, ${person.id}, 'owner')`;
    const step = writtenStep(
      'Hello',
      '{{ first_name }}, {{ property_name }} has {{ units }} units in {{ market }}; {{ city }}',
    );
    const ours: CampaignDetail = await makeDraft(cast.member, cast.workspace, [step]);
    const preview = () => ask<Preview>(`/${ours.id}/preview`, 'POST', { step_id: step.id });
    // nobody is chosen yet: somebody made up
    expect((await preview()).body).toMatchObject({ missing: [], person: null });
    await add(ours.id, { ids: [person.id] });
    const { body } = await preview();
    expect(body).toMatchObject({
      missing: ['city'],
      person: { id: person.id },
      html: null,
      needs_writing: false,
    });
    expect(body.text).toContain(`Kim, ${property.name} has 48 units in Austin; [city]`);
    expect(body.text).toContain('Unsubscribe: ');
  });
});
