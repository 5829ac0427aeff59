/** What a drain does with a mail, whatever happens in between: each goes once, or says why it doesn't. */
import { beforeEach, describe, expect, test } from 'vitest';
import { drainQueue } from '../../modules/sending/queue';
import { connect, sql } from '../support/db';
import { type Actor, createWorkspace, signUp, type Workspace } from '../support/factories';
import {
  drainAt,
  drainContext,
  makeSendingCampaign,
  queued,
  queueFirstMail,
  recipientNow,
  sparkpostEmulator,
  startDrainProcess,
  until,
  workday,
} from '../support/sending';

let actor: Actor;
let workspace: Workspace;
beforeEach(async () => {
  actor ??= await signUp();
  workspace = await createWorkspace(actor);
});

const campaignOf = (options = {}) => makeSendingCampaign(actor, workspace, options);
const drain = (now: Date | (() => Date) = workday) => drainAt(workspace, now);
const minutes = (count: number, from = workday) => new Date(from.getTime() + count * 60_000);
const timesReceived = async (address: string) => (await sparkpostEmulator.inbox(address)).length;

describe('a mail that is due', () => {
  test('goes once, with its thread, its footer and its way out, and moves its recipient on', async () => {
    const campaign = await campaignOf();
    const mail = await queueFirstMail(actor, campaign);
    expect(await drain()).toMatchObject({ sent: 1 });
    expect(await drain()).toMatchObject({ sent: 0 });
    const inbox = await sparkpostEmulator.inbox(mail.address);
    expect(inbox).toHaveLength(1);
    const sent = await queued(mail.id);
    expect(sent).toMatchObject({ status: 'sent', attempts: 1, decision: { verdict: 'send', reason: 'ok' } });
    expect(sent.provider_message_id).toBe(inbox[0]?.transmission_id);
    expect(inbox[0]?.headers).toMatchObject({
      'Message-ID': sent.message_id,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(inbox[0]?.text).toMatch(
      /Good morning\n\n--\n100 Main Street, Austin, TX 78701\nUnsubscribe: http.*\/u\//,
    );
    expect(await recipientNow(mail.recipientId)).toMatchObject({
      status: 'active',
      current_step_id: campaign.stepIds[0],
      next_email_at: workday,
    });
    const activities = await sql()`
      select kind, direction, campaign_id, details from activities where person_id = ${mail.personId} and kind = 'email'`;
    expect(activities).toEqual([
      { kind: 'email', direction: 'out', campaign_id: campaign.id, details: { email_queue_id: mail.id } },
    ]);
  });

  test('waits for its time, its text, and the pace of its domain', async () => {
    const campaign = await campaignOf({ interval: 210 });
    const mails = [await queueFirstMail(actor, campaign), await queueFirstMail(actor, campaign)];
    const later = await queueFirstMail(actor, campaign, { runAt: minutes(30) });
    const unwritten = await queueFirstMail(actor, campaign);
    await sql()`update email_queue set body_text = null where id = ${unwritten.id}`;
    expect(await drain()).toMatchObject({ sent: 1 });
    expect(await drain(minutes(3.4))).toMatchObject({ sent: 0 });
    expect(await drain(minutes(3.6))).toMatchObject({ sent: 1 });
    expect(await Promise.all(mails.map((mail) => timesReceived(mail.address)))).toEqual([1, 1]);
    expect(await drain(minutes(20))).toMatchObject({ sent: 0 });
    expect(await drain(minutes(30))).toMatchObject({ sent: 1 });
    expect([await timesReceived(later.address), await timesReceived(unwritten.address)]).toEqual([1, 0]);
  });

  test('one that was sent again by a person goes, though its recipient had failed', async () => {
    const campaign = await campaignOf();
    const mail = await queueFirstMail(actor, campaign);
    await sql()`update campaign_recipients set status = 'done', exit_reason = 'failed', exited_at = now() where id = ${mail.recipientId}`;
    expect(await drain()).toMatchObject({ sent: 1 });
    expect(await recipientNow(mail.recipientId)).toMatchObject({ status: 'active', exit_reason: null });
  });
});

describe('a drain that goes away', () => {
  /** A drain of its own that is stopped between the provider's answer and its commit, by a lock on what it must write. */
  async function crashAfterAccept() {
    const campaign = await campaignOf();
    const mail = await queueFirstMail(actor, campaign);
    const other = connect();
    let release = () => {};
    const held = other.begin(async (tx) => {
      await tx`select 1 from campaign_recipients where id = ${mail.recipientId} for update`;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    const child = startDrainProcess({ workspaceId: workspace.id, at: workday });
    await until(async () => (await timesReceived(mail.address)) === 1);
    await child.kill();
    expect(await queued(mail.id)).toMatchObject({ status: 'sending' });
    // nobody takes it up while the lease holds; then nobody knows what became of it
    expect(await drain(minutes(1))).toMatchObject({ sent: 0, swept: 0 });
    expect(await drain(minutes(3))).toMatchObject({ sent: 0, swept: 1 });
    release();
    await held;
    await other.end();
    return mail;
  }

  test('after the provider took the mail, before its commit: unknown, and never sent again', async () => {
    const mail = await crashAfterAccept();
    expect(await queued(mail.id)).toMatchObject({ status: 'unknown', lease_token: null });
    expect(await drain(minutes(600))).toMatchObject({ sent: 0 });
    expect(await timesReceived(mail.address)).toBe(1);
    // the provider's event tells what became of it
    const [row] = await sql()<{ id: string }[]>`
      select private.mails_went_out(${sql().json([{ id: mail.id, at: workday.toISOString() }])}) as id`;
    expect(row?.id).toBe(mail.id);
    expect(await recipientNow(mail.recipientId)).toMatchObject({ current_step_id: expect.any(String) });
  });

  test('after its claim: unknown, though nothing was sent; only a person sends it again', async () => {
    const campaign = await campaignOf();
    const mail = await queueFirstMail(actor, campaign);
    await sparkpostEmulator.misbehave({ match: { contains: mail.address }, hang: true });
    const child = startDrainProcess({ workspaceId: workspace.id, at: workday });
    await until(async () => (await queued(mail.id)).status === 'sending');
    await child.kill();
    await sparkpostEmulator.behave(mail.address);
    expect(await drain(minutes(3))).toMatchObject({ sent: 0, swept: 1 });
    expect(await drain(minutes(4))).toMatchObject({ sent: 0, swept: 0 });
    expect(await queued(mail.id)).toMatchObject({ status: 'unknown' });
    expect(await timesReceived(mail.address)).toBe(0);
  });

  test('and comes back after its lease was taken away: it finishes nothing', async () => {
    const campaign = await campaignOf();
    const mail = await queueFirstMail(actor, campaign);
    await sparkpostEmulator.misbehave({
      match: { contains: mail.address },
      delay_ms: 1500,
      status: 422,
      times: 1,
    });
    const late = drain();
    await until(async () => (await queued(mail.id)).status === 'sending');
    expect(await drain(minutes(3))).toMatchObject({ swept: 1 });
    await late;
    expect(await queued(mail.id)).toMatchObject({
      status: 'unknown',
      last_error: 'Whoever was sending it went away',
    });
  });
});

describe('several drains at once', () => {
  test('send each mail once, and keep the pace of a domain between them', async () => {
    const campaign = await campaignOf({ domains: 3 });
    const paced = await campaignOf({ interval: 210 });
    const mails = [];
    for (let n = 0; n < 45; n += 1) mails.push(await queueFirstMail(actor, campaign, { domain: n % 3 }));
    const slow = [await queueFirstMail(actor, paced), await queueFirstMail(actor, paced)];
    const counts = await Promise.all([drain(), drain(), drain(), drain()]);
    expect(counts.reduce((sum, count) => sum + (count.sent ?? 0), 0)).toBe(46);
    expect(await Promise.all(mails.map((mail) => timesReceived(mail.address)))).toEqual(mails.map(() => 1));
    const received = await Promise.all(slow.map((mail) => timesReceived(mail.address)));
    expect(received.sort()).toEqual([0, 1]);
  });

  test('two claims of one mail: one of them has it', async () => {
    const campaign = await campaignOf();
    const mail = await queueFirstMail(actor, campaign);
    const connections = [connect(), connect()];
    const claims = await Promise.all(
      connections.map(
        (one) => one<{ claim: { mails: { id: string }[] } }[]>`
          select claim_emails(120, '{}', only_workspace => ${workspace.id}, at => ${workday}) as claim`,
      ),
    );
    await Promise.all(connections.map((one) => one.end()));
    const taken = claims.flatMap(([row]) => row?.claim.mails.map(({ id }) => id) ?? []);
    expect(taken).toEqual([mail.id]);
  });
});

describe('between the claim and the sending', () => {
  type Stopped = { personId: string; emailId: string; recipientId: string };
  const stops: [string, string, (mail: Stopped) => Promise<unknown>][] = [
    [
      'an unsubscription',
      'suppressed_unsubscribed',
      ({ emailId }) => sql()`update emails set status = 'unsubscribed', since = now() where id = ${emailId}`,
    ],
    [
      'a reply',
      'replied',
      ({ recipientId, personId }) =>
        sql().begin(async (tx) => {
          await tx`update campaign_recipients set replied_at = now(), reply_count = 1 where id = ${recipientId}`;
          await tx`select private.stop_outreach(${workspace.id}, ${personId}, 'person', 'replied')`;
        }),
    ],
    [
      'a mark “do not contact”',
      'do_not_contact',
      ({ personId }) => sql()`update people set lead_status = 'do_not_contact' where id = ${personId}`,
    ],
    [
      'an organization not to be contacted',
      'organization_do_not_contact',
      async ({ personId }) => {
        const [organization] = await sql()<{ id: string }[]>`
          insert into organizations (workspace_id, name) values (${workspace.id}, 'Avery Holdings') returning id`;
        await sql()`insert into person_organizations (workspace_id, person_id, organization_id)
          values (${workspace.id}, ${personId}, ${organization?.id ?? null})`;
        await sql()`update organizations set status = 'do_not_contact' where id = ${organization?.id ?? null}`;
      },
    ],
    [
      'a deletion',
      'person_deleted',
      ({ personId }) => sql()`update people set deleted_at = now() where id = ${personId}`,
    ],
  ];
  test.each(stops)(
    '%s is seen: the mail is dropped, and its turn goes to another',
    async (_, reason, happens) => {
      const campaign = await campaignOf({ interval: 210 });
      const mail = await queueFirstMail(actor, campaign);
      const next = await queueFirstMail(actor, campaign, { runAt: minutes(0.01) });
      const counts = await drainAt(workspace, minutes(1), { beforeFacts: () => happens(mail) });
      expect(counts).toMatchObject({ sent: 1, dropped: 1 });
      expect([await timesReceived(mail.address), await timesReceived(next.address)]).toEqual([0, 1]);
      expect(await queued(mail.id)).toMatchObject({
        status: 'cancelled',
        decision: { verdict: 'drop', reason },
      });
      expect(await recipientNow(mail.recipientId)).toMatchObject({ status: 'done' });
    },
  );

  test('a mail that can’t be made stays aside with what is wrong, and costs the others of its batch nothing', async () => {
    const campaign = await campaignOf();
    const [broken, sound] = [await queueFirstMail(actor, campaign), await queueFirstMail(actor, campaign)];
    const context = drainContext();
    const rpc = context.admin.rpc.bind(context.admin);
    const spoilt = async (...given: Parameters<typeof rpc>) => {
      const answer = await rpc(...given);
      if (given[0] !== 'email_facts') return answer;
      const rows = answer.data as unknown as { id: string }[];
      return { ...answer, data: rows.map((row) => (row.id === broken.id ? { ...row, campaign: {} } : row)) };
    };
    context.admin.rpc = spoilt as unknown as typeof rpc;
    const counts = await drainQueue(context, { workspaceId: workspace.id, clock: () => workday });
    expect(counts).toMatchObject({ sent: 1, failed: 1 });
    expect(await queued(broken.id)).toMatchObject({ status: 'failed', decision: { reason: 'broken' } });
    expect(await drain(minutes(30))).toMatchObject({ sent: 0 });
    expect([await timesReceived(broken.address), await timesReceived(sound.address)]).toEqual([0, 1]);
  });

  test('a pause is seen: the mail keeps its place and goes when the campaign is resumed', async () => {
    const campaign = await campaignOf();
    const mails = [await queueFirstMail(actor, campaign), await queueFirstMail(actor, campaign)];
    const asMember = { workspace: workspace.id, campaign: campaign.id };
    const counts = await drainAt(workspace, workday, {
      burst: 1,
      batch: 1,
      beforeFacts: async () => {
        expect((await actor.supabase.rpc('pause_campaign', asMember)).data).toBe('paused');
      },
    });
    expect(counts).toMatchObject({ sent: 0, held: 1 });
    for (const { id } of mails) {
      expect(await queued(id)).toMatchObject({
        status: 'queued',
        is_paused: true,
        decision: { verdict: 'hold', reason: 'campaign_paused' },
      });
    }
    expect(await drain(minutes(60))).toMatchObject({ sent: 0, held: 0 });
    expect((await actor.supabase.rpc('resume_campaign', asMember)).data).toBe('sending');
    expect(await drain(minutes(61))).toMatchObject({ sent: 2 });
  });

  test('a mail that is put back while its campaign is resumed isn’t left paused', async () => {
    const campaign = await campaignOf();
    const mail = await queueFirstMail(actor, campaign);
    const which = { workspace: workspace.id, campaign: campaign.id };
    await sql()`update email_queue set status = 'sending', lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' where id = ${mail.id}`;
    await actor.supabase.rpc('pause_campaign', which);
    const other = connect();
    let resumed: PromiseLike<unknown> = Promise.resolve();
    await other.begin(async (tx) => {
      await tx`update email_queue set status = 'queued', lease_token = null, lease_until = null, is_paused = true where id = ${mail.id}`;
      resumed = Promise.resolve(actor.supabase.rpc('resume_campaign', which));
      await until(async () => {
        const [waits] = await sql()`select 1 from pg_locks where not granted and locktype = 'transactionid'`;
        return waits !== undefined;
      });
    });
    await resumed;
    await other.end();
    expect(await queued(mail.id)).toMatchObject({ status: 'queued', is_paused: false });
  });

  test('a cancellation is seen: what was claimed and what waited are both dropped', async () => {
    const campaign = await campaignOf();
    const mails = [await queueFirstMail(actor, campaign), await queueFirstMail(actor, campaign)];
    const counts = await drainAt(workspace, workday, {
      burst: 1,
      batch: 1,
      beforeFacts: async () => {
        await actor.supabase.rpc('cancel_campaign', {
          workspace: workspace.id,
          campaign: campaign.id,
        });
      },
    });
    expect(counts).toMatchObject({ sent: 0, dropped: 1 });
    for (const { id, recipientId, address } of mails) {
      expect(await queued(id)).toMatchObject({
        status: 'cancelled',
        decision: { reason: 'campaign_cancelled' },
      });
      expect(await recipientNow(recipientId)).toMatchObject({ exit_reason: 'cancelled' });
      expect(await timesReceived(address)).toBe(0);
    }
  });
});
