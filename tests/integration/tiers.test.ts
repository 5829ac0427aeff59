import { beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/app';
import { type Cast, createCast } from '../support/factories';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const path = () => `/api/workspaces/${cast.workspace.id}/tier`;
const put = (as: Cast['owner'], tier: string) => call(path(), { as, method: 'PUT', body: { tier } });

describe('the plan', () => {
  test('an owner changes it, and the log says who, from what and to what', async () => {
    const { status, body } = await put(cast.owner, 'premium');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: cast.workspace.id, tier: 'premium' });
    const log = await call<Record<string, unknown>[]>('/api/audit-log?entity=workspaces&limit=1', {
      as: cast.owner,
      workspace: cast.workspace,
    });
    expect(JSON.stringify(log.body)).toContain('"after":{"tier":"premium"}');
    expect((await put(cast.owner, 'beta')).body).toMatchObject({ tier: 'beta' });
  });

  test('nobody else does', async () => {
    expect((await put(cast.admin, 'pro')).status).toBe(403);
    expect((await put(cast.member, 'pro')).status).toBe(403);
    expect((await put(cast.stranger, 'pro')).status).toBe(404);
    const { error } = await cast.admin.supabase.rpc('set_workspace_tier', {
      workspace: cast.workspace.id,
      new_tier: 'premium',
    });
    expect(error?.code).toBe('PT403');
    const update = await cast.owner.supabase
      .from('workspaces')
      .update({ tier: 'premium' })
      .eq('id', cast.workspace.id);
    expect(update.error).not.toBeNull();
  });

  test('what is no plan is refused by name', async () => {
    const { status, body } = await call<{ error: { fields?: object } }>(path(), {
      as: cast.owner,
      method: 'PUT',
      body: { tier: 'gold' },
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { fields: { tier: expect.any(String) } } });
  });
});
