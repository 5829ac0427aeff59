/** Every page, full and empty, light and dark: no serious fault for assistive technology, nothing wider than a phone. */
import { type BrowserContext, expect, test } from '@playwright/test';
import {
  createOrganization,
  createPerson,
  createProperty,
  uniqueEmail,
  uniquePhone,
} from '../support/factories';
import { expectAccessible, expectNoSidewaysScroll, startSignedIn } from './support';

/** For a walk over every page on a machine that does much else. */
const manyPagesMs = 300_000;

const open = ['/sign-in', '/sign-up', '/forgot-password', '/invitations/none'];
const inside = [
  '/',
  '/people',
  '/organizations',
  '/properties',
  '/verification',
  '/owners',
  '/campaigns',
  '/calls',
  '/calls?mode=power',
  '/calls/texts',
  '/calls/texts?show=batches',
  '/calls/history',
  '/calls/leaderboard',
  '/calls/do-not-call',
  '/imports',
  '/notifications',
  '/tasks',
  '/reports',
  '/reports/contact-rate',
  '/reports/cycle-time?week=2026-W47',
  '/settings',
  '/settings/members',
  '/settings/pipelines',
  '/settings/verification',
  '/settings/profile',
  '/settings/notifications',
  '/settings/templates',
  '/settings/sending',
  '/settings/numbers',
  '/settings/calling',
  '/settings/audit-log',
  '/welcome',
  '/people/00000000-0000-4000-8000-000000000000',
  '/owners/00000000-0000-4000-8000-000000000000',
];

/** A workspace with one of each, connected. */
async function furnish(context: BrowserContext): Promise<string[]> {
  const { actor, workspace } = await startSignedIn(context);
  const phone = uniquePhone();
  const organization = await createOrganization(actor, workspace, {
    kind: 'developer',
    city: 'Austin',
    state: 'TX',
  });
  const person = await createPerson(actor, workspace, {
    title: 'Principal',
    lead_status: 'warm',
    tags: ['investor', 'board'],
    phones: [phone],
    emails: [uniqueEmail()],
    organizations: [{ id: organization.id, title: 'Partner' }],
  });
  await createPerson(actor, workspace, { phones: [phone] });
  const property = await createProperty(actor, workspace, { units: 212, market: 'Austin' });
  await actor.supabase.from('notes').insert({
    workspace_id: workspace.id,
    person_id: person.id,
    property_id: property.id,
    author_id: actor.userId,
    body: 'Owns two buildings on this street and would lease both.',
  });
  const { data: owner } = await actor.supabase.rpc('create_owner', {
    workspace: workspace.id,
    owner: { name: organization.name, kind: 'llc', organization_id: organization.id },
  });
  const ownerId = (owner as { id: string }).id;
  await actor.supabase.rpc('add_owner_contact', {
    workspace: workspace.id,
    owner: ownerId,
    contact: { person_id: person.id, role: 'pm', preferred_channel: 'sms' },
  });
  const { data: thread } = await actor.supabase.rpc('open_thread', {
    workspace: workspace.id,
    owner: ownerId,
    property: property.id,
  });
  const conversation = (thread as { conversation_id: string }).conversation_id;
  await actor.supabase.from('messages').insert({
    workspace_id: workspace.id,
    conversation_id: conversation,
    direction: 'out',
    author_id: actor.userId,
    body: 'Shall I send the draft here?',
  });
  return [
    `/people/${person.id}`,
    `/organizations/${organization.id}`,
    `/properties/${property.id}`,
    `/owners/${ownerId}`,
    `/messages/${conversation}`,
  ];
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('pages outside have no serious fault', async ({ page }) => {
      for (const path of open) {
        await page.goto(path);
        await expect(page.locator('h1').first()).toBeVisible();
        await expectAccessible(page);
      }
    });

    test('pages of an empty workspace have no serious fault', async ({ page }) => {
      test.setTimeout(manyPagesMs);
      await startSignedIn(page.context());
      for (const path of inside) {
        await page.goto(path);
        await expect(page.locator('h1').first()).toBeVisible();
        await expectAccessible(page);
      }
    });

    test('pages of a workspace in use have no serious fault', async ({ page }) => {
      test.setTimeout(manyPagesMs);
      const details = await furnish(page.context());
      for (const path of [...inside, ...details]) {
        await page.goto(path);
        await expect(page.locator('h1').first()).toBeVisible();
        await expectAccessible(page);
      }
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('nothing is wider than the window', async ({ page }) => {
    test.setTimeout(manyPagesMs);
    const details = await furnish(page.context());
    for (const path of [...inside, ...details]) {
      await page.goto(path);
      await expect(page.locator('h1').first()).toBeVisible();
      await expectNoSidewaysScroll(page);
    }
    await page.context().clearCookies();
    for (const path of open) {
      await page.goto(path);
      await expectNoSidewaysScroll(page);
    }
  });
});
