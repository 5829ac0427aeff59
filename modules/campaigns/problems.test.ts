import { afterEach, expect, test, vi } from 'vitest';
import type { PreviewData } from './queries';

const step = {
  id: 'a',
  name: 'First',
  subjects: ['Hello'],
  sections: [{ id: 's', kind: 'ai' as const, content: 'Praise {{ company }}' }],
  edges: [],
};
const sound: PreviewData = {
  status: 'draft',
  version: 1,
  snapshot: {
    entryStepId: 'a',
    format: 'text',
    sender: {
      id: 'x',
      name: 'Dana',
      localPart: 'dana',
      replyTo: null,
      mailboxId: null,
      mailboxAddress: null,
      signature: '',
      postalAddress: '100 Main Street',
    },
    steps: [step],
  },
  sender_is_archived: false,
  recipients: 1,
  tier: 'premium',
  domains: [{ id: 'd', domain: 'mail.example' }],
  recipient: null,
};

/** The settings are read once a process: each test reads its own. */
async function withSettings(settings: Record<string, string>) {
  vi.resetModules();
  const all = {
    NEXT_PUBLIC_SUPABASE_URL: 'http://localhost:1',
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'k',
    SUPABASE_SECRET_KEY: 'k',
    APP_URL: 'http://localhost:2',
    SPARKPOST_API_KEY: '',
    GROQ_API_KEY: '',
    ...settings,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  return import('./problems');
}

// each test loads the template engine anew
vi.setConfig({ testTimeout: 30_000 });
afterEach(() => {
  vi.unstubAllEnvs();
});

test('without the provider’s key nothing is launched, and the setting is named', async () => {
  const { problemsOf } = await withSettings({ GROQ_API_KEY: 'k' });
  expect(problemsOf(sound, [])).toMatchObject([{ code: 'provider_unset', settings: ['SPARKPOST_API_KEY'] }]);
});

test('without the model’s key a section that it writes forbids the launch, fixed ones don’t', async () => {
  const { problemsOf } = await withSettings({ SPARKPOST_API_KEY: 'k' });
  expect(problemsOf(sound, [])).toMatchObject([
    { code: 'ai_unset', settings: ['GROQ_API_KEY'], steps: ['a'] },
  ]);
  const fixed = { ...step, sections: [{ id: 's', kind: 'fixed' as const, content: 'Hello' }] };
  expect(problemsOf({ ...sound, snapshot: { ...sound.snapshot, steps: [fixed] } }, [])).toEqual([]);
});

test('with both keys nothing forbids it; a field that what the model is told lacks does', async () => {
  const { problemsOf } = await withSettings({ SPARKPOST_API_KEY: 'k', GROQ_API_KEY: 'k' });
  expect(problemsOf(sound, [])).toEqual([]);
  expect(problemsOf(sound, [{ id: 'r', name: 'Kim', fields: { company: null } }])).toMatchObject([
    { code: 'missing_fields', count: 1, recipients: [{ id: 'r', name: 'Kim', fields: ['company'] }] },
  ]);
});

test('a lower tier is told once for each thing it lacks, and a launched campaign that it is one', async () => {
  const { problemsOf } = await withSettings({ SPARKPOST_API_KEY: 'k', GROQ_API_KEY: 'k' });
  const second = { ...step, id: 'b', subjects: ['A', 'B'] };
  const first = {
    ...step,
    edges: [{ to: 'b', days: 1, hours: 0, minutes: 0, condition: 'always' as const }],
  };
  const both = { ...sound.snapshot, steps: [first, second] };
  const features = problemsOf({ ...sound, tier: 'beta', snapshot: both }, []).map(({ feature }) => feature);
  expect(features).toEqual(['campaigns', 'campaign_sequences', 'ab_subjects']);
  expect(problemsOf({ ...sound, status: 'sending' }, [])).toMatchObject([{ code: 'not_draft' }]);
});
