/** Outreach: on every timeline it belongs to, with a next step that the next outreach closes, and a way back. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { TimelinePage } from '../../modules/activities/domain';
import type { OutreachTargets, OutreachTemplate } from '../../modules/outreach/domain';
import type { LoggedOutreach } from '../../modules/outreach/service';
import type { CreatedOwner, OwnerBundle } from '../../modules/owners/schema';
import { call, type Failure } from '../support/app';
import { sql } from '../support/db';
import {
  addMember,
  type Cast,
  createCast,
  createOrganization,
  createPerson,
  createProperty,
  unique,
  uniquePhone,
} from '../support/factories';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const as = () => ({ as: cast.member, workspace: cast.workspace });
const createOwner = async (body: Record<string, unknown>) =>
  (await call<CreatedOwner>('/api/owners', { ...as(), body })).body.id;
const log = (body: Record<string, unknown>) => call<LoggedOutreach>('/api/outreach', { ...as(), body });
const bundleOf = async (id: string) => (await call<OwnerBundle>(`/api/owners/${id}/bundle`, as())).body;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const timelineOf = async (subject: string, id: string) =>
  (await call<TimelinePage>(`/api/timeline?subject=${subject}&id=${id}`, as())).body.items.map(
    (item) => item.id,
  );

describe('an outreach', () => {
  test('about a property stands on its owner’s, their organization’s and its own timeline', async () => {
    const firm = await createOrganization(cast.member, cast.workspace);
    const owner = await createOwner({ name: firm.name, kind: 'llc', organization_id: firm.id });
    const property = await createProperty(cast.member, cast.workspace, { owner_id: owner });
    const person = await createPerson(cast.member, cast.workspace, { phones: [uniquePhone()] });
    const { status, body } = await log({
      property_id: property.id,
      person_id: person.id,
      channel: 'call',
      outcome: 'interested',
      sentiment: 'pos',
      body: 'Wants numbers in writing.',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ owner_id: owner, organization_id: firm.id, kind: 'call', is_mine: true });
    for (const [subject, id] of [
      ['owner', owner],
      ['organization', firm.id],
      ['property', property.id],
      ['person', person.id],
    ] as const)
      expect(await timelineOf(subject, id), subject).toContain(body.id);
    const { timeline, owner: kept } = await bundleOf(owner);
    expect(timeline.items[0]).toMatchObject({ id: body.id, property: { id: property.id } });
    expect(kept.last_contacted_at).not.toBeNull();
  });

  test('closes the owner’s earlier next step; taken back, that one is open again', async () => {
    const owner = await createOwner({ name: 'Ann Gray' });
    await log({ owner_id: owner, channel: 'call', next_step_at: inDays(2) });
    const first = (await bundleOf(owner)).owner.next_step_at;
    expect(first).not.toBeNull();
    const second = await log({ owner_id: owner, channel: 'email', outcome: 'meeting_set' });
    expect((await bundleOf(owner)).owner.next_step_at).toBeNull();
    expect((await bundleOf(owner)).timeline.items[1]).toMatchObject({ next_step_open: false });
    expect((await call(`/api/outreach/${second.body.id}`, { ...as(), method: 'DELETE' })).status).toBe(204);
    expect((await bundleOf(owner)).owner.next_step_at).toBe(first);
  });

  test('leaves another owner’s next step alone', async () => {
    const [one, two] = [await createOwner({ name: 'Ben One' }), await createOwner({ name: 'Ben Two' })];
    await log({ owner_id: one, channel: 'call', next_step_at: inDays(1) });
    await log({ owner_id: two, channel: 'call' });
    expect((await bundleOf(one)).owner.next_step_at).not.toBeNull();
  });

  test('taken back was not the last activity either', async () => {
    const owner = await createOwner({ name: 'Cal Wood' });
    const first = await log({ owner_id: owner, channel: 'sms', occurred_at: inDays(-3) });
    const second = await log({ owner_id: owner, channel: 'sms' });
    await call(`/api/outreach/${second.body.id}`, { ...as(), method: 'DELETE' });
    const { last_activity_at, last_contacted_at } = (await bundleOf(owner)).owner;
    expect(Date.parse(last_activity_at ?? '')).toBe(Date.parse(first.body.at));
    expect(Date.parse(last_contacted_at ?? '')).toBe(Date.parse(first.body.at));
  });

  test('is taken back by who logged it alone', async () => {
    const owner = await createOwner({ name: 'Dee Ford' });
    const { body } = await log({ owner_id: owner, channel: 'dm' });
    const colleague = { as: await addMember(cast.workspace), workspace: cast.workspace, method: 'DELETE' };
    expect((await call(`/api/outreach/${body.id}`, colleague)).status).toBe(403);
    const stranger = { as: cast.stranger, workspace: cast.otherWorkspace, method: 'DELETE' };
    expect((await call(`/api/outreach/${body.id}`, stranger)).status).toBe(404);
    expect(await timelineOf('owner', owner)).toContain(body.id);
  });

  test('about nobody, in an unknown channel or in the future is refused at the field', async () => {
    const fieldsOf = async (body: Record<string, unknown>) => {
      const answer = await call<Failure>('/api/outreach', { ...as(), body });
      expect(answer.status).toBe(400);
      return Object.keys(answer.body.error.fields ?? {});
    };
    const owner = await createOwner({ name: 'Eli Hunt' });
    expect(await fieldsOf({ channel: 'call' })).toContain('owner_id');
    expect(await fieldsOf({ owner_id: owner, channel: 'pigeon' })).toContain('channel');
    expect(await fieldsOf({ owner_id: owner, channel: 'call', outcome: 'maybe' })).toContain('outcome');
    expect(await fieldsOf({ owner_id: owner, channel: 'call', occurred_at: inDays(1) })).toContain(
      'occurred_at',
    );
    expect(await fieldsOf({ owner_id: owner, channel: 'call', next_step_at: 'soon' })).toContain(
      'next_step_at',
    );
  });

  test('can name nothing of another workspace', async () => {
    const theirs = await createPerson(cast.stranger, cast.otherWorkspace, { phones: [uniquePhone()] });
    const owner = await createOwner({ name: 'Fox Hale' });
    const [phone] = await sql()`select phone_id from person_phones where person_id = ${theirs.id}`;
    for (const body of [
      { person_id: theirs.id },
      { owner_id: owner, person_id: theirs.id },
      { owner_id: owner, phone_id: String(phone?.phone_id) },
      { owner_id: '00000000-0000-4000-8000-000000000000' },
      { verification_id: '00000000-0000-4000-8000-000000000000' },
    ])
      expect((await log({ ...body, channel: 'call' })).status).toBe(404);
  });
});

describe('whom an outreach can go to', () => {
  test('are the owner’s party, who speaks for it, and who has a role at the property, each with the state of their points', async () => {
    const owner = await createOwner({ name: `Gem Homes ${unique()}`, kind: 'llc', phone: uniquePhone() });
    const property = await createProperty(cast.member, cast.workspace, { owner_id: owner });
    const phone = uniquePhone();
    await call(`/api/owners/${owner}/contacts`, {
      ...as(),
      body: { name: 'Hua Lim', phone, role: 'assistant', preferred_channel: 'sms' },
    });
    await sql()`update phones set do_not_call = true, do_not_call_at = now() where e164 = ${phone} and workspace_id = ${cast.workspace.id}`;
    const targets = await call<OutreachTargets>(
      `/api/outreach/targets?subject=property&id=${property.id}`,
      as(),
    );
    expect(targets.body.owner_id).toBe(owner);
    expect(targets.body.contacts.map(({ kind, role }) => [kind, role])).toEqual([
      ['organization', 'owner'],
      ['person', 'assistant'],
    ]);
    expect(targets.body.contacts[1]).toMatchObject({
      preferred_channel: 'sms',
      phones: [{ e164: phone, do_not_call: true }],
    });
    expect(targets.body.templates.map(({ key }) => key)).toEqual(['first_touch', 'follow_up', 'close_won']);
    const stranger = { as: cast.stranger, workspace: cast.otherWorkspace };
    expect((await call(`/api/outreach/targets?subject=property&id=${property.id}`, stranger)).status).toBe(
      404,
    );
  });
});

describe('templates', () => {
  test('are everybody’s to use; changing them comes with pro, by the API and past it', async () => {
    const beta = await createCast();
    const mine = { as: beta.owner, workspace: beta.workspace };
    const { body } = await call<{ rows: OutreachTemplate[] }>('/api/outreach/templates', mine);
    const first = body.rows[0]?.id ?? '';
    const own = { name: 'After a visit', body: 'Thank you for showing us around.' };
    const refused = await call<Failure>('/api/outreach/templates', { ...mine, body: own });
    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('tier_required');
    const change = { ...mine, method: 'PATCH', body: { subject: 'Hello' } };
    expect((await call(`/api/outreach/templates/${first}`, change)).status).toBe(403);
    const past = await beta.owner.supabase
      .from('outreach_templates')
      .update({ subject: 'Hello' })
      .eq('id', first)
      .select('id');
    expect(past.error?.hint).toBe('tier_required');

    await sql()`update workspaces set tier = 'pro' where id = ${beta.workspace.id}`;
    expect((await call('/api/outreach/templates', { ...mine, body: own })).status).toBe(201);
    expect((await call(`/api/outreach/templates/${first}`, change)).status).toBe(204);
    const twice = await call<Failure>('/api/outreach/templates', { ...mine, body: own });
    expect(twice.status).toBe(409);
    expect(twice.body.error.fields).toHaveProperty('name');
  });
});
