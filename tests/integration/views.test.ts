/** What /api/views promises to those who use it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { type Actor, type Cast, createCast, unique } from '../support/factories';

type View = {
  id: string;
  name: string;
  is_shared: boolean;
  is_mine: boolean;
  state: Record<string, unknown>;
};

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const ask = <T = Record<string, unknown>>(as: Actor, path = '', method = 'GET', body?: unknown) =>
  call<T>(`/api/views${path}`, { as, workspace: cast.workspace, method, body });
const state = { filters: { lead_status: ['hot'] }, sort: 'created', dir: 'desc' };
const make = async (as: Actor, more: Record<string, unknown> = {}) =>
  (await ask<View>(as, '', 'POST', { entity: 'people', name: `View ${unique()}`, state, ...more })).body;
const seen = async (as: Actor) =>
  (await ask<{ views: View[] }>(as, '?entity=people')).body.views.map(({ id }) => id);

describe('saved views', () => {
  test('a view keeps the list’s state as it was given', async () => {
    const made = await make(cast.member);
    const { body } = await ask<{ views: View[] }>(cast.member, '?entity=people');
    expect(body.views.find(({ id }) => id === made.id)).toMatchObject({
      is_mine: true,
      is_shared: false,
      state: { ...state, q: '' },
    });
  });

  test('a view is its maker’s alone until it is shared', async () => {
    const made = await make(cast.member);
    expect(await seen(cast.admin)).not.toContain(made.id);
    await ask(cast.member, `/${made.id}`, 'PATCH', { is_shared: true });
    expect(await seen(cast.admin)).toContain(made.id);
    expect(await seen(cast.member)).toContain(made.id);
  });

  test('others use a shared view but don’t change it; an admin may delete it', async () => {
    const made = await make(cast.owner, { is_shared: true });
    expect((await ask(cast.member, `/${made.id}`, 'PATCH', { name: 'Mine now' })).status).toBe(403);
    expect((await ask(cast.member, `/${made.id}`, 'DELETE')).status).toBe(403);
    expect((await ask(cast.admin, `/${made.id}`, 'DELETE')).status).toBe(204);
    expect(await seen(cast.owner)).not.toContain(made.id);
  });

  test('another’s private view isn’t there', async () => {
    const made = await make(cast.owner);
    expect((await ask(cast.member, `/${made.id}`, 'PATCH', { name: 'X' })).status).toBe(404);
    expect((await ask(cast.member, `/${made.id}`, 'DELETE')).status).toBe(404);
    expect((await ask(cast.stranger, `/${made.id}`, 'DELETE')).status).toBe(404);
  });

  test('a second view of one name is refused at the name', async () => {
    const made = await make(cast.member);
    const again = await ask<Failure>(cast.member, '', 'POST', { entity: 'people', name: made.name, state });
    expect([again.status, Object.keys(again.body.error.fields ?? {})]).toEqual([409, ['name']]);
  });

  test.each([
    [{ entity: 'deals' }, 'entity'],
    [{ name: '  ' }, 'name'],
    [{ state: { sql: 'drop' } }, 'state.sql'],
    [{ created_by: crypto.randomUUID() }, 'created_by'],
  ])('%# a wrong field is named', async (given, field) => {
    const { status, body } = await ask<Failure>(cast.member, '', 'POST', {
      entity: 'people',
      name: `View ${unique()}`,
      state,
      ...given,
    });
    expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, [field]]);
  });
});
