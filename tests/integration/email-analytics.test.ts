/** Figures of e-mails and the rows they open, the outbox, a person's e-mails, and the sections that a model writes. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type EmailFigure, emailFigures, sumCounts } from '../../modules/email-analytics/domain';
import type { EmailStory } from '../../modules/email-analytics/story';
import type {
  CampaignAnalytics,
  OutboxEmail,
  OutboxPage,
  OutboxRow,
  SendingOutlook,
} from '../../modules/email-analytics/types';
import { call } from '../support/app';
import {
  askCampaign,
  launchAndStage,
  makeDomain,
  makeDraft,
  makeLaunchable,
  makePeople,
  readEmails,
  writtenStep,
} from '../support/campaigns';
import { sql } from '../support/db';
import { type Cast, createCast } from '../support/factories';
import { testStack } from '../support/stack';
import { runWholeCron, setTier } from '../support/work';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
  await setTier(cast.workspace, 'premium');
});

async function get<T>(path: string): Promise<T> {
  const { status, body } = await call<T>(path, { as: cast.member, workspace: cast.workspace });
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body;
}

/** Every mail that a query of the outbox finds, page by page. */
async function outbox(query: Record<string, string>, limit = 3): Promise<OutboxRow[]> {
  const found: OutboxRow[] = [];
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams({ ...query, limit: String(limit), ...(cursor && { cursor }) });
    const page: OutboxPage = await get<OutboxPage>(`/api/outbox?${search}`);
    found.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

/** A campaign of which something of everything has become. */
async function eventful(): Promise<string> {
  const campaign = await makeLaunchable(cast.member, cast.workspace, cast.owner, { count: 14 });
  await launchAndStage(cast.member, cast.workspace, campaign.id);
  const mails = await readEmails(cast.member, cast.workspace, campaign.id);
  const become = [
    `status = 'queued', run_at = now() + interval '1 day'`,
    `status = 'queued', run_at = now() + interval '1 hour', decision = '{"verdict":"hold","reason":"outside_hours"}'`,
    `status = 'sent', sent_at = now() - interval '1 hour'`,
    `status = 'sent', sent_at = now() - interval '2 hours', delivered_at = now()`,
    `status = 'sent', sent_at = now() - interval '3 hours', delivered_at = now(), opened_at = now()`,
    `status = 'sent', sent_at = now() - interval '4 hours', delivered_at = now(), opened_at = now(), clicked_at = now()`,
    `status = 'sent', sent_at = now() - interval '5 hours', delivered_at = now(), replied_at = now()`,
    `status = 'sent', sent_at = now() - interval '6 hours', bounced_at = now(), bounce_kind = 'hard'`,
    `status = 'sent', sent_at = now() - interval '7 hours', delivered_at = now(), complained_at = now()`,
    `status = 'sent', sent_at = now() - interval '8 hours', delivered_at = now(), unsubscribed_at = now()`,
    `status = 'cancelled', decision = '{"verdict":"drop","reason":"replied"}'`,
    `status = 'failed', last_error = 'refused'`,
    `status = 'unknown'`,
  ];
  for (const [n, set] of become.entries()) {
    await sql().unsafe(`update email_queue set ${set} where id = $1`, [mails[n]?.id ?? '']);
  }
  return campaign.id;
}

describe('figures', () => {
  test('count exactly the mails that they open, of all and of each step and domain', async () => {
    const campaign = await eventful();
    const analytics = await get<CampaignAnalytics>(`/api/campaigns/${campaign}/analytics`);
    const total = sumCounts(analytics.counts);
    for (const figure of emailFigures) {
      const rows = await outbox({ campaign, figure });
      expect([figure, new Set(rows.map(({ id }) => id)).size]).toEqual([figure, total[figure] ?? 0]);
      expect(total[figure]).toBeGreaterThan(0);
    }
    const [group] = analytics.counts;
    const rows = await outbox({
      campaign,
      figure: 'sent',
      step: group?.step_id ?? '',
      domain: group?.domain_id ?? '',
      variant: '0',
    });
    expect(rows).toHaveLength(group?.sent ?? 0);
  });

  test('of a domain are those of its mails of thirty days', async () => {
    const { domains } = await get<SendingOutlook>('/api/sending-outlook');
    for (const domain of domains) {
      for (const figure of ['sent', 'bounced', 'complained'] as EmailFigure[]) {
        const rows = await outbox({ domain: domain.id, figure, days: '30' });
        expect(rows).toHaveLength(domain.counts[figure] ?? 0);
      }
    }
  });
});

describe('the day a campaign ends', () => {
  test('is told of a draft too, of all its e-mails', async () => {
    const steps = [writtenStep('First'), writtenStep('Second')];
    const edges = [{ from: steps[0]?.id, to: steps[1]?.id, days: 3, condition: 'no_reply' }];
    const draft = await makeLaunchable(cast.member, cast.workspace, cast.owner, { count: 3, steps, edges });
    const { forecast } = await get<CampaignAnalytics>(`/api/campaigns/${draft.id}/analytics`);
    expect(forecast).toMatchObject({ kind: 'ends', mails: 6 });
    const empty = await makeDraft(cast.member, cast.workspace);
    const { forecast: none } = await get<CampaignAnalytics>(`/api/campaigns/${empty.id}/analytics`);
    expect(none).toEqual({ kind: 'done' });
  });
});

describe('the next seven days', () => {
  test('hold what is queued against what the domain can send', async () => {
    const domain = await makeDomain(cast.owner, cast.workspace, { daily_cap: 5 });
    const { week } = await get<SendingOutlook>('/api/sending-outlook');
    expect(week).toHaveLength(7);
    const capacities = week.map(({ domains }) => domains.find(({ id }) => id === domain.id)?.capacity ?? -1);
    expect(Math.max(...capacities)).toBe(5);
    for (const day of week) expect(day.planned).toBeLessThanOrEqual(day.capacity);
  });
});

describe('the outbox', () => {
  test('shows each mail once, page by page, the next to go first or the latest first', async () => {
    const campaign = await eventful();
    for (const view of ['waiting', 'all']) {
      const rows = await outbox({ campaign, view }, 2);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      const times = rows.map(({ at }) => Date.parse(at));
      expect(times).toEqual(times.toSorted((a, b) => (view === 'waiting' ? a - b : b - a)));
    }
    expect(await outbox({ campaign, view: 'all' }, 200)).toHaveLength(14);
  });

  test('shows a mail with its text, and why it was held', async () => {
    const campaign = await eventful();
    const [held] = await outbox({ campaign, figure: 'held' });
    const mail = await get<OutboxEmail>(`/api/outbox/${held?.id}`);
    expect(mail.body_text).toContain('Hello');
    expect(mail.decision?.reason).toBe('outside_hours');
    const [found] = await outbox({ to: mail.to_address.toUpperCase(), view: 'all' });
    expect(found?.id).toBe(mail.id);
  });

  test('refuses what it can’t mean', async () => {
    for (const query of ['figure=x', 'view=x', 'days=0', 'campaign=x', 'cursor=x', 'unknown=1']) {
      const { status } = await call(`/api/outbox?${query}`, { as: cast.member, workspace: cast.workspace });
      expect([query, status]).toEqual([query, 400]);
    }
  });

  test('and all the rest are nothing to a stranger', async () => {
    const campaign = await eventful();
    const [mail] = await outbox({ campaign, view: 'all' });
    for (const path of [
      `/api/campaigns/${campaign}/analytics`,
      `/api/outbox/${mail?.id}`,
      `/api/people/${mail?.person?.id}/emails`,
    ]) {
      expect((await call(path, { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
      expect((await call(path, { as: cast.stranger, workspace: cast.otherWorkspace })).status).toBe(404);
    }
    for (const path of ['/api/outbox', '/api/sending-outlook']) {
      expect((await call(path, { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
    }
    const own = await call<OutboxPage>(`/api/outbox?campaign=${campaign}`, {
      as: cast.stranger,
      workspace: cast.otherWorkspace,
    });
    expect(own.body.rows).toEqual([]);
  });
});

describe('a person’s e-mails', () => {
  test('tell what they will get, and after an unsubscription that they will get nothing and why', async () => {
    const steps = [writtenStep('First'), writtenStep('Second')];
    const edges = [{ from: steps[0]?.id, to: steps[1]?.id, days: 3, condition: 'no_reply' }];
    const campaign = await makeLaunchable(cast.member, cast.workspace, cast.owner, {
      count: 1,
      steps,
      edges,
    });
    await launchAndStage(cast.member, cast.workspace, campaign.id);
    const [mail] = await outbox({ campaign: campaign.id, view: 'all' });
    const read = () => get<EmailStory>(`/api/people/${mail?.person?.id}/emails`);

    const before = await read();
    expect(before.coming.map(({ id }) => id)).toEqual([mail?.id]);
    expect(before.campaigns[0]?.expected).toMatchObject([
      { step: 'Second', after: 'First', condition: 'no_reply' },
    ]);
    expect(before.addresses[0]?.gate.verdict).toBe('send');

    await sql()`update emails set status = 'unsubscribed', since = now()
      where workspace_id = ${cast.workspace.id} and address = ${mail?.to_address ?? ''}`;
    const after = await read();
    expect(after.coming).toEqual([]);
    expect(after.not_coming.map(({ decision }) => decision?.reason)).toEqual(['suppressed_unsubscribed']);
    expect(after.addresses[0]?.gate).toMatchObject({ verdict: 'drop', reason: 'suppressed_unsubscribed' });
    expect(after.campaigns[0]).toMatchObject({ exit_reason: 'unsubscribed', expected: [] });
  });

  test('tell of which campaign they were left out, and why', async () => {
    const [person = ''] = await makePeople(cast.member, cast.workspace, 1);
    await sql()`update people set lead_status = 'do_not_contact' where id = ${person}`;
    const campaign = await makeDraft(cast.member, cast.workspace);
    await askCampaign(cast.member, cast.workspace, `/${campaign.id}/recipients`, 'POST', { ids: [person] });
    const { left_out } = await get<EmailStory>(`/api/people/${person}/emails`);
    expect(left_out).toMatchObject([{ reason: 'do_not_contact', campaign: { id: campaign.id } }]);
  });
});

describe('sections that a model writes', () => {
  const written = (task: string) => ({
    ...writtenStep('First'),
    sections: [
      { id: randomUUID(), kind: 'fixed' as const, content: 'Hello {{ first_name }},' },
      { id: randomUUID(), kind: 'ai' as const, content: task },
    ],
  });
  const control = (path: string, method: string, body?: unknown) =>
    fetch(`${new URL(testStack().env.GROQ_API_URL ?? '').origin}/__control/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const launch = async (task: string) => {
    const campaign = await makeLaunchable(cast.member, cast.workspace, cast.owner, {
      count: 2,
      steps: [written(task)],
    });
    await launchAndStage(cast.member, cast.workspace, campaign.id);
    return campaign.id;
  };
  const bodies = async (campaign: string) =>
    sql()<{ id: string; body_text: string | null; last_error: string | null; writing_attempts: number }[]>`
      select id, body_text, last_error, writing_attempts from email_queue where campaign_id = ${campaign} order by id`;

  test('are written for each recipient before anybody accepts them', async () => {
    const task = `Ask for a call, ${randomUUID()}`;
    const campaign = await launch(task);
    await runWholeCron('write-emails');
    for (const { body_text } of await bodies(campaign)) {
      expect(body_text).toMatch(/^Hello Avery \d,\n\n\S/);
      expect(body_text).not.toContain(task);
    }
  });

  test('hold the mail with the reason where the model fails, and are written once it answers', async () => {
    const task = `Ask for a call, ${randomUUID()}`;
    await control('rules', 'POST', {
      match: { contains: task },
      status: 400,
      body: { error: { message: 'no' } },
    });
    const campaign = await launch(task);
    await runWholeCron('write-emails');
    for (const mail of await bodies(campaign)) {
      expect(mail).toMatchObject({ body_text: null, last_error: 'The model’s API answered 400' });
      expect(mail.writing_attempts).toBe(1);
    }
    const [row] = await outbox({ campaign, view: 'all' });
    expect(row).toMatchObject({ is_written: false, last_error: 'The model’s API answered 400' });

    await control(`rules?contains=${encodeURIComponent(task)}`, 'DELETE');
    await sql()`update email_queue set write_after = null where campaign_id = ${campaign}`;
    await runWholeCron('write-emails');
    for (const mail of await bodies(campaign)) {
      expect(mail.body_text).not.toBeNull();
      expect(mail.last_error).toBeNull();
    }
  });

  test('leave alone what somebody wrote by hand meanwhile', async () => {
    const task = `Ask for a call, ${randomUUID()}`;
    const campaign = await launch(task);
    await sql()`update email_queue set body_text = null where campaign_id = ${campaign}`;
    const [mail] = await bodies(campaign);
    await askCampaign(cast.member, cast.workspace, `/${campaign}/emails/${mail?.id}`, 'PATCH', {
      body_text: 'By hand.',
    });
    await runWholeCron('write-emails');
    expect((await bodies(campaign))[0]?.body_text).toBe('By hand.');
  });

  test('two runs at once never write the same mail', async () => {
    const claim = () => sql()<{ claim: { mails: { id: string }[] } }[]>`
      select claim_unwritten_emails(100, 300, 60) as claim`;
    const campaign = await launch(`Ask for a call, ${randomUUID()}`);
    await sql()`update email_queue set body_text = null, writing_token = null, writing_until = null where campaign_id = ${campaign}`;
    const claims = await Promise.all([claim(), claim(), claim()]);
    const ids = claims.flatMap((rows) => rows.flatMap(({ claim: got }) => got.mails.map(({ id }) => id)));
    expect(new Set(ids).size).toBe(ids.length);
    await sql()`update email_queue set writing_token = null, writing_until = null where writing_token is not null`;
  });
});
