/** What the provider's answers do to a mail, its domain and its recipient; and what its breaker lets through. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Rule } from '../../supabase/local/providers/http';
import { sql } from '../support/db';
import { type Actor, createWorkspace, signUp, type Workspace } from '../support/factories';
import {
  type CampaignOptions,
  domainNow,
  drainAt,
  makeSendingCampaign,
  queued,
  queueFirstMail,
  recipientNow,
  sparkpostEmulator,
  workday,
} from '../support/sending';

let actor: Actor;
let workspace: Workspace;
beforeEach(async () => {
  actor ??= await signUp();
  workspace = await createWorkspace(actor);
});

const minutes = (count: number) => new Date(workday.getTime() + count * 60_000);
const drain = (now: Date = workday) => drainAt(workspace, now);
const timesReceived = async (address: string) => (await sparkpostEmulator.inbox(address)).length;

/** A campaign whose mails can be told apart by its domain's name, and a way to queue more. */
async function campaignOf(options: CampaignOptions = {}) {
  const campaign = await makeSendingCampaign(actor, workspace, options);
  const domain = campaign.domains[0];
  if (!domain) throw new Error('no domain');
  const answer = (rule: Omit<Rule, 'match'>) =>
    sparkpostEmulator.misbehave({ ...rule, match: { contains: domain.domain } });
  return {
    campaign,
    domain,
    answer,
    behave: () => sparkpostEmulator.behave(domain.domain),
    queue: (runAt?: Date) => queueFirstMail(actor, campaign, runAt && { runAt }),
  };
}

describe('an answer', () => {
  test('429 puts the mail and its domain off by Retry-After, and counts as no error', async () => {
    const { domain, answer, queue } = await campaignOf();
    await answer({ status: 429, headers: { 'retry-after': '300' }, times: 1 });
    const mail = await queue();
    expect(await drain()).toMatchObject({ sent: 0, retried: 1 });
    expect(await queued(mail.id)).toMatchObject({
      status: 'queued',
      attempts: 0,
      run_at: minutes(5),
      decision: { verdict: 'hold', reason: 'rate_limited' },
    });
    expect(await domainNow(domain.id)).toMatchObject({
      consecutive_errors: 0,
      breaker: 'closed',
      next_send_at: minutes(5),
      wait_reason: 'rate_limited',
    });
    const second = await queue();
    expect(await drain(minutes(4.9))).toMatchObject({ sent: 0 });
    expect(await queued(second.id)).toMatchObject({ decision: { verdict: 'hold', reason: 'rate_limited' } });
    expect(await drain(minutes(5))).toMatchObject({ sent: 2 });
  });

  test('5xx is tried again later, five times, and then the mail has failed', async () => {
    const { answer, queue, behave } = await campaignOf();
    await answer({ status: 503 });
    const mail = await queue();
    const delays = [1, 5, 30, 120];
    let at = 0;
    for (const delay of delays) {
      expect(await drain(minutes(at))).toMatchObject({ retried: 1 });
      at += delay;
      expect(await queued(mail.id)).toMatchObject({
        status: 'queued',
        run_at: minutes(at),
        decision: { reason: 'provider_error' },
      });
    }
    expect(await drain(minutes(at))).toMatchObject({ failed: 1 });
    expect(await queued(mail.id)).toMatchObject({ status: 'failed', attempts: 5 });
    expect(await recipientNow(mail.recipientId)).toMatchObject({ status: 'done', exit_reason: 'failed' });
    expect(await timesReceived(mail.address)).toBe(0);
    await behave();
  });

  test('one that never comes, though the mail was taken: unknown, and never sent again', async () => {
    const { domain, answer, queue } = await campaignOf();
    await answer({ accept_and_drop: true, times: 1 });
    const mail = await queue();
    expect(await drain()).toMatchObject({ sent: 0, unknown: 1 });
    expect(await queued(mail.id)).toMatchObject({ status: 'unknown', attempts: 1 });
    expect(await domainNow(domain.id)).toMatchObject({ consecutive_errors: 1 });
    expect(await drain(minutes(300))).toMatchObject({ sent: 0 });
    expect(await timesReceived(mail.address)).toBe(1);
  });

  test('4xx is the recipient’s own: the mail has failed, the domain has no error', async () => {
    const { domain, answer, queue } = await campaignOf();
    await answer({ status: 400, body: { errors: [{ message: 'bad address', code: '1300' }] }, times: 1 });
    const mail = await queue();
    expect(await drain()).toMatchObject({ failed: 1 });
    expect((await queued(mail.id)).last_error).toContain('bad address');
    expect(await domainNow(domain.id)).toMatchObject({ consecutive_errors: 0, breaker: 'closed' });
  });

  test.each([404, 301])(
    '%i comes from somewhere else than the API: nobody’s fault but the address’s, so the mail waits',
    async (status) => {
      const { domain, answer, queue } = await campaignOf();
      await answer({ status, headers: { location: 'http://127.0.0.1:9/' }, times: 1 });
      const mail = await queue();
      expect(await drain()).toMatchObject({ retried: 1, failed: 0 });
      expect(await queued(mail.id)).toMatchObject({ status: 'queued', attempts: 1 });
      expect(await domainNow(domain.id)).toMatchObject({ consecutive_errors: 1 });
    },
  );

  test('401 opens the breaker at once and says which key; the mail waits and has lost nothing', async () => {
    const { domain, answer, queue } = await campaignOf();
    await answer({ status: 401, body: { errors: [{ message: 'Unauthorized.' }] }, times: 1 });
    const mail = await queue();
    expect(await drain()).toMatchObject({ retried: 1 });
    expect(await queued(mail.id)).toMatchObject({
      status: 'queued',
      attempts: 0,
      decision: { reason: 'breaker_open' },
    });
    const now = await domainNow(domain.id);
    expect(now).toMatchObject({ breaker: 'open', breaker_until: minutes(5) });
    expect(now.last_error).toContain('SPARKPOST_API_KEY');
    expect(await drain(minutes(5))).toMatchObject({ sent: 1 });
    expect(await domainNow(domain.id)).toMatchObject({ breaker: 'closed', consecutive_errors: 0 });
  });
});

describe('the breaker', () => {
  test('opens with the tenth error in a row, and lets one probe through after its rest', async () => {
    const { domain, answer, queue, behave } = await campaignOf();
    await answer({ status: 503 });
    for (let n = 0; n < 12; n += 1) await queue();
    const attempts = async () => {
      const [row] = await sql()<{ sum: number }[]>`
        select coalesce(sum(attempts), 0)::int as sum from email_queue where domain_id = ${domain.id}`;
      return row?.sum;
    };
    // up to eight of a domain without a pace are under way at once
    await drain();
    expect(await domainNow(domain.id)).toMatchObject({ breaker: 'open' });
    const before = await attempts();
    const waiting = await queue();
    expect(await drain(minutes(4))).toMatchObject({ sent: 0, retried: 0 });
    expect(await queued(waiting.id)).toMatchObject({ decision: { verdict: 'hold', reason: 'breaker_open' } });
    // the probe fails: it rests again, and nothing else was tried
    await drain(minutes(5));
    expect(await attempts()).toBe((before ?? 0) + 1);
    expect(await domainNow(domain.id)).toMatchObject({ breaker: 'open', breaker_until: minutes(10) });
    await behave();
    // the probe succeeds: all that is due goes in the same run
    const counts = await drain(minutes(10));
    expect(counts.sent).toBeGreaterThan(1);
    expect(await domainNow(domain.id)).toMatchObject({
      breaker: 'closed',
      breaker_until: null,
      consecutive_errors: 0,
    });
  });

  test('four drains that find it due for a probe send one', async () => {
    const { domain, queue, answer, behave } = await campaignOf();
    for (let n = 0; n < 6; n += 1) await queue();
    await sql()`update sending_domains set breaker = 'open', breaker_until = ${workday}, consecutive_errors = 10 where id = ${domain.id}`;
    await answer({ status: 503 });
    const counts = await Promise.all([drain(), drain(), drain(), drain()]);
    await behave();
    expect(counts.reduce((sum, one) => sum + (one.retried ?? 0), 0)).toBe(1);
    expect(await domainNow(domain.id)).toMatchObject({ breaker: 'open', breaker_until: minutes(5) });
  });

  test('nine errors, a success and an error leave it closed', async () => {
    const { domain, answer, queue, behave } = await campaignOf();
    await answer({ status: 503 });
    for (let n = 0; n < 9; n += 1) {
      await queue(minutes(n / 100));
      await drainAt(workspace, minutes(n / 100), { burst: 1 });
    }
    expect(await domainNow(domain.id)).toMatchObject({ breaker: 'closed', consecutive_errors: 9 });
    await behave();
    await queue(minutes(0.5));
    expect(await drain(minutes(0.5))).toMatchObject({ sent: 1 });
    expect(await domainNow(domain.id)).toMatchObject({ breaker: 'closed', consecutive_errors: 0 });
    await answer({ status: 503, times: 1 });
    await queue(minutes(0.6));
    await drain(minutes(0.6));
    expect(await domainNow(domain.id)).toMatchObject({ breaker: 'closed', consecutive_errors: 1 });
    await behave();
  });

  test('a probe that was lost with its drain is followed by another', async () => {
    const { domain, queue } = await campaignOf();
    const [lost, next] = [await queue(), await queue(minutes(1))];
    await sql()`update sending_domains set breaker = 'half_open' where id = ${domain.id}`;
    await sql()`update email_queue set status = 'sending', lease_token = gen_random_uuid(), lease_until = ${minutes(2)} where id = ${lost.id}`;
    expect(await drain(minutes(1.5))).toMatchObject({ sent: 0, swept: 0 });
    expect(await drain(minutes(3))).toMatchObject({ sent: 1, swept: 1 });
    expect((await queued(next.id)).status).toBe('sent');
    expect(await domainNow(domain.id)).toMatchObject({ breaker: 'closed' });
  });
});

describe('a domain', () => {
  test('at its cap sends no more that day of the workspace, says so, and goes on the next', async () => {
    const { domain, queue } = await campaignOf({ cap: 2 });
    const mails = [await queue(), await queue(), await queue()];
    expect(await drain()).toMatchObject({ sent: 2 });
    expect(await drain(minutes(1))).toMatchObject({ sent: 0 });
    const states = await Promise.all(mails.map(({ id }) => queued(id)));
    const waiting = states.find(({ status }) => status === 'queued');
    expect(waiting?.decision).toMatchObject({ verdict: 'hold', reason: 'domain_cap' });
    expect(await domainNow(domain.id)).toMatchObject({ wait_reason: 'domain_cap' });
    expect(await drain(minutes(24 * 60))).toMatchObject({ sent: 1 });
  });

  test('whose cap is raised goes on the same day', async () => {
    const { domain, queue } = await campaignOf({ cap: 1 });
    for (let n = 0; n < 3; n += 1) await queue();
    expect(await drain()).toMatchObject({ sent: 1 });
    await sql()`update sending_domains set daily_cap = 2 where id = ${domain.id}`;
    expect(await drain(minutes(1))).toMatchObject({ sent: 1 });
    expect(await drain(minutes(2))).toMatchObject({ sent: 0 });
  });

  test('that warms up begins with ten', async () => {
    const { domain, queue } = await campaignOf();
    await sql()`update sending_domains set warmup_started_on = ${workday.toISOString().slice(0, 10)} where id = ${domain.id}`;
    for (let n = 0; n < 12; n += 1) await queue();
    expect(await drain()).toMatchObject({ sent: 10 });
  });

  test('four drains together keep its cap', async () => {
    const { queue } = await campaignOf({ cap: 7 });
    for (let n = 0; n < 20; n += 1) await queue();
    const counts = await Promise.all([drain(), drain(), drain(), drain()]);
    expect(counts.reduce((sum, one) => sum + (one.sent ?? 0), 0)).toBe(7);
  });

  test('a mail that was held or dropped doesn’t count', async () => {
    const { domain, queue } = await campaignOf({ cap: 1 });
    const mail = await queue();
    await sql()`update people set deleted_at = now() where id = ${mail.personId}`;
    await queue(minutes(0.01));
    expect(await drain(minutes(1))).toMatchObject({ dropped: 1, sent: 1 });
    const [day] = await sql()<
      { sent: number }[]
    >`select sent from sending_domain_days where domain_id = ${domain.id}`;
    expect(day?.sent).toBe(1);
  });

  test('that is paused or deleted hands its first mails to another; follow-ups of a paused one wait', async () => {
    const campaign = await makeSendingCampaign(actor, workspace, { domains: 3 });
    const [first, second, third] = campaign.domains;
    const paused = await queueFirstMail(actor, campaign, { domain: 0 });
    const followUp = await queueFirstMail(actor, campaign, { domain: 0 });
    const deleted = await queueFirstMail(actor, campaign, { domain: 1 });
    await sql()`update campaign_recipients set current_step_id = ${campaign.stepIds[0] ?? ''} where id = ${followUp.recipientId}`;
    await sql()`update sending_domains set status = 'paused' where id = ${first?.id ?? ''}`;
    await sql()`delete from sending_domains where id = ${second?.id ?? ''}`;
    expect(await drainAt(workspace, workday)).toMatchObject({ sent: 2, moved: 2 });
    for (const { id, address } of [paused, deleted]) {
      const sent = await queued(id);
      expect(sent).toMatchObject({ domain_id: third?.id, from_address: `dana@${third?.domain}` });
      const [received] = await sparkpostEmulator.inbox(address);
      expect(received?.from.email).toBe(`dana@${third?.domain}`);
      expect(received?.headers['Message-ID']).toContain(`@${third?.domain}>`);
    }
    expect(await queued(followUp.id)).toMatchObject({
      status: 'queued',
      domain_id: first?.id,
      decision: { verdict: 'hold', reason: 'domain_paused' },
    });
  });
});
