import { describe, expect, test } from 'vitest';
import type { OutreachContact, OutreachTargets, OutreachTemplate } from '@/modules/outreach/domain';
import { changeDraft, newDraft, outreachOf, quickSteps, withTemplate } from './outreach-draft';

const ada: OutreachContact = {
  kind: 'person',
  id: 'ada',
  name: 'Ada Park',
  role: 'pm',
  preferred_channel: 'email',
  notes: null,
  emails: [{ id: 'mail', address: 'ada@mail.example', status: 'active', label: null, is_primary: true }],
  phones: [],
  linkedin: [],
};
const targets: OutreachTargets = {
  name: 'Palm Court LLC',
  owner_id: 'owner',
  property_id: null,
  time_zone: 'America/New_York',
  next_step_at: null,
  contacts: [{ ...ada, id: 'nobody', emails: [], preferred_channel: null }, ada],
  phones: [],
  templates: [],
};
const template = (given: Partial<OutreachTemplate>): OutreachTemplate => ({
  id: 't',
  key: null,
  name: 'Follow-up',
  channel: null,
  subject: 'Again',
  body: 'Just circling back.',
  outcome: 'follow_up',
  next_step_days: 3,
  ...given,
});
/** A Saturday, 17:40 in UTC, 12:40 in New York. */
const now = Date.parse('2026-11-21T17:40:00Z');

describe('a draft of an outreach', () => {
  test('opens on somebody who can be reached, the way they prefer', () => {
    expect(newDraft(targets)).toMatchObject({ contact: 'person:ada', channel: 'email', point: 'mail' });
  });

  test('a channel without a point of theirs has none', () => {
    expect(changeDraft(newDraft(targets), targets, { channel: 'call' }).point).toBe('');
  });

  test('a template never swallows what was typed, and gives place to another template', () => {
    const typed = { ...newDraft(targets), body: 'Mind the dog.' };
    const first = withTemplate(typed, targets, template({}), now);
    expect(first.body).toBe('Just circling back.\n\nMind the dog.');
    expect(first.nextStep).toBe('2026-11-24T09:00');
    const second = withTemplate(first, targets, template({ id: 'u', body: 'Great news!' }), now);
    expect(second.body).toBe('Great news!\n\nMind the dog.');
  });

  test('is sent with the instants that the workspace’s clock means, and with the point of its channel', () => {
    const draft = { ...newDraft(targets), nextStep: '2026-11-23T09:00' };
    expect(outreachOf(draft, targets, { kind: 'owner', id: 'owner' })).toMatchObject({
      next_step_at: '2026-11-23T14:00:00.000Z',
      person_id: 'ada',
      email_id: 'mail',
    });
  });
});

test('next week is its Monday, also on a Sunday and on a Monday', () => {
  const week = (at: string) => quickSteps(Date.parse(at), 'America/New_York')[2]?.at;
  expect(week('2026-11-21T17:40:00Z')).toBe('2026-11-23T09:00');
  expect(week('2026-11-22T17:40:00Z')).toBe('2026-11-23T09:00');
  expect(week('2026-11-23T17:40:00Z')).toBe('2026-11-30T09:00');
});
