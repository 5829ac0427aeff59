import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Feature, features, hasFeature, tiers } from '@/lib/tiers';
import { type Answer, call, type Failure } from '../support/app';
import { graphOf, makeDraft, makeLaunchable, writtenStep } from '../support/campaigns';
import { sql } from '../support/db';
import { type Cast, createCast, unique } from '../support/factories';
import { makeContact, makeNumber } from '../support/texts';
import { makeCard, setTier } from '../support/work';

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

/** The features that a request can be refused for; the others are what crons and screens do or answer no JSON, and have tests of their own. */
type Asked = Exclude<
  Feature,
  'auto_move' | 'messaging_inline' | 'reminders' | 'sla_alerts' | 'files_uncapped' | 'calls_export'
>;

describe('a feature', () => {
  let card: string;
  let pipeline: { id: string; stages: { id: string }[] };
  const ask = <T>(path: string, method: string, body?: unknown) =>
    call<T>(`/api/${path}`, { as: cast.admin, workspace: cast.workspace, method, body });

  beforeAll(async () => {
    card = (await makeCard(cast.admin, cast.workspace)).id;
    const { body } = await ask<{ pipelines: (typeof pipeline)[] }>('pipelines', 'GET');
    pipeline = body.pipelines[0] as typeof pipeline;
  });

  const attempts: Record<Asked, () => Promise<Answer<unknown>>> = {
    pipelines_several: () => ask('pipelines', 'POST', { name: unique() }),
    stages_own: () => ask(`pipelines/${pipeline.id}/stages`, 'POST', { name: unique() }),
    stage_sla: () =>
      ask(`pipelines/${pipeline.id}/stages/${pipeline.stages[0]?.id}`, 'PATCH', { sla_days: 5 }),
    outreach_templates: () => ask('outreach/templates', 'POST', { name: unique(), body: 'Hello' }),
    files_bulk: () =>
      ask('files/sign', 'POST', {
        files: [
          { title: 'Lease.pdf', size: 10 },
          { title: 'Plan.pdf', size: 10 },
        ],
        verification_id: card,
      }),
    campaigns: async () => ask(`campaigns/${await launchable()}/launch`, 'POST'),
    campaign_sequences: async () => {
      const draft = await makeDraft(cast.admin, cast.workspace);
      const second = { ...writtenStep('Again'), id: randomUUID() };
      return ask(`campaigns/${draft.id}/steps`, 'PUT', {
        ...graphOf(draft, [...draft.steps, second]),
        edges: [{ from: draft.steps[0]?.id, to: second.id, days: 3 }],
      });
    },
    sms_templates: async () => {
      const { template, contact } = await textable();
      return ask('sms/send', 'POST', {
        id: randomUUID(),
        phone_id: contact.id,
        body: 'Hello',
        template_id: template,
      });
    },
    sms_bulk: async () => {
      const { contact } = await textable();
      return ask('sms/batches', 'POST', {
        id: randomUUID(),
        name: unique(),
        people: { ids: contact.people },
        body: 'Hello',
      });
    },
    ab_subjects: async () => {
      const draft = await makeDraft(cast.admin, cast.workspace);
      const [step] = draft.steps;
      return ask(`campaigns/${draft.id}/steps`, 'PUT', graphOf(draft, [{ ...step, subjects: ['A', 'B'] }]));
    },
  };
  const textable = async () => {
    await makeNumber(cast.workspace);
    const [row] = await sql()<
      { id: string }[]
    >`select id from outreach_templates where workspace_id = ${cast.workspace.id} limit 1`;
    return { template: row?.id, contact: await makeContact(cast.workspace) };
  };
  const launchable = async () => (await makeLaunchable(cast.admin, cast.workspace, cast.owner)).id;

  for (const feature of Object.keys(attempts) as Asked[]) {
    test.each(tiers)(`${feature} is had from ${features[feature].least} on: %s`, async (tier) => {
      await setTier(cast.workspace, tier);
      const answer = await attempts[feature]();
      if (hasFeature(tier, feature)) return expect(answer.status).toBeLessThan(300);
      expect(answer.status).toBe(403);
      expect((answer.body as Failure).error).toMatchObject({
        code: 'tier_required',
        needs: { feature, tier: features[feature].least },
      });
    });
  }
});
