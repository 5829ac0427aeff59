/** Follow-ups: along the edges of the launch's copy, once, whoever schedules; and what ends a recipient. */
import { beforeEach, describe, expect, test } from 'vitest';
import { scheduleFollowups } from '../../modules/sending/followups';
import { sql } from '../support/db';
import {
  type Actor,
  createPerson,
  createProperty,
  createWorkspace,
  signUp,
  uniqueEmail,
  type Workspace,
} from '../support/factories';
import {
  drainAt,
  drainContext,
  makeSendingCampaign,
  queued,
  queueFirstMail,
  recipientNow,
  type SendingCampaign,
  sparkpostEmulator,
  workday,
} from '../support/sending';

let actor: Actor;
let workspace: Workspace;
beforeEach(async () => {
  actor ??= await signUp();
  workspace = await createWorkspace(actor);
});

const days = (count: number) => new Date(workday.getTime() + count * 86_400_000);
const schedule = (now: Date) =>
  scheduleFollowups(drainContext(), { workspaceId: workspace.id, clock: () => now });
const drain = (now: Date) => drainAt(workspace, now);
const mailsOf = (campaign: SendingCampaign) => sql()<
  { id: string; step_id: string; status: string; run_at: Date }[]
>`
  select id, step_id, status, run_at from email_queue where campaign_id = ${campaign.id} order by run_at, created_at`;

describe('a follow-up', () => {
  test('is written when it is due, once however many schedule, and answers in the thread', async () => {
    const campaign = await makeSendingCampaign(actor, workspace, { edges: [{ days: 2 }] });
    const mail = await queueFirstMail(actor, campaign);
    await drain(workday);
    expect(await schedule(workday)).toMatchObject({ queued: 0, waiting: 1 });
    expect(await recipientNow(mail.recipientId)).toMatchObject({ next_email_at: days(2) });
    const counts = await Promise.all([schedule(days(2)), schedule(days(2)), schedule(days(2))]);
    expect(counts.reduce((sum, one) => sum + (one.queued ?? 0), 0)).toBe(1);
    const rows = await mailsOf(campaign);
    expect(rows.map(({ step_id, run_at }) => [step_id, run_at])).toEqual([
      [campaign.stepIds[0], workday],
      [campaign.stepIds[1], days(2)],
    ]);
    expect(await drain(days(2))).toMatchObject({ sent: 1 });
    const first = await queued(mail.id);
    const [received] = await sparkpostEmulator.inbox(mail.address);
    expect(received).toMatchObject({
      subject: 'Re: Your property',
      headers: { 'In-Reply-To': first.message_id, References: first.message_id },
    });
    expect(received?.text).toContain('Mail 2 to Avery');
    expect(received?.text).toContain('Dana');
    // no way leads on: the recipient is through, and with the last one the campaign
    expect(await schedule(days(2))).toMatchObject({ completed: 1 });
    expect(await recipientNow(mail.recipientId)).toMatchObject({ status: 'done', exit_reason: 'completed' });
    const [row] = await sql()`select status from campaigns where id = ${campaign.id}`;
    expect(row?.status).toBe('completed');
  });

  test('takes the first way whose time has come and whose condition holds', async () => {
    const campaign = await makeSendingCampaign(actor, workspace, {
      edges: [
        { days: 1, condition: 'clicked' },
        { days: 3, condition: 'no_reply' },
      ],
    });
    const clicked = await queueFirstMail(actor, campaign);
    const silent = await queueFirstMail(actor, campaign);
    await drain(workday);
    await sql()`update email_queue set clicked_at = ${days(0.5)} where id = ${clicked.id}`;
    await schedule(workday);
    expect(await schedule(days(1))).toMatchObject({ queued: 1, waiting: 1 });
    expect(await schedule(days(3))).toMatchObject({ queued: 1 });
    const steps = await sql()<{ recipient_id: string; step_id: string }[]>`
      select recipient_id, step_id from email_queue where campaign_id = ${campaign.id} and step_id <> ${campaign.stepIds[0] ?? ''}`;
    expect(new Map(steps.map((row) => [row.recipient_id, row.step_id]))).toEqual(
      new Map([
        [clicked.recipientId, campaign.stepIds[1]],
        [silent.recipientId, campaign.stepIds[2]],
      ]),
    );
  });

  test('of a scheduler that went away is written by the next one, once its lease ran out', async () => {
    const campaign = await makeSendingCampaign(actor, workspace, { edges: [{ days: 1 }] });
    await queueFirstMail(actor, campaign);
    await drain(workday);
    await schedule(workday);
    const [claim] = await sql()<{ claim: { rows: unknown[] } }[]>`
      select claim_followups(120, only_workspace => ${workspace.id}, at => ${days(1)}) as claim`;
    expect(claim?.claim.rows).toHaveLength(1);
    expect(await schedule(days(1))).toMatchObject({ queued: 0 });
    expect(await schedule(new Date(days(1).getTime() + 121_000))).toMatchObject({ queued: 1 });
  });

  test('of a paused campaign waits until it is resumed', async () => {
    const campaign = await makeSendingCampaign(actor, workspace, { edges: [{ days: 1 }] });
    await queueFirstMail(actor, campaign);
    await drain(workday);
    await schedule(workday);
    const which = { workspace: workspace.id, campaign: campaign.id };
    await actor.supabase.rpc('pause_campaign', which);
    expect(await schedule(days(1))).toMatchObject({ queued: 0 });
    await actor.supabase.rpc('resume_campaign', which);
    expect(await schedule(days(1))).toMatchObject({ queued: 1 });
  });

  test('of a launch whose copy is broken is kept aside with what is wrong; those of other campaigns go on', async () => {
    const broken = await makeSendingCampaign(actor, workspace, { edges: [{ days: 1 }] });
    const unwritable = await makeSendingCampaign(actor, workspace, { edges: [{ days: 1 }] });
    const sound = await makeSendingCampaign(actor, workspace, { edges: [{ days: 1 }] });
    const [mail, other, well] = [
      await queueFirstMail(actor, broken),
      await queueFirstMail(actor, unwritable),
      await queueFirstMail(actor, sound),
    ];
    await drain(workday);
    await schedule(workday);
    const breakCopy = async ({ launchId }: SendingCampaign, from: string, to: string) =>
      sql()`with broken as (
          insert into campaign_launches (workspace_id, campaign_id, snapshot)
          select workspace_id, campaign_id, replace(snapshot::text, ${from}, ${to})::jsonb from campaign_launches where id = ${launchId}
          returning id, campaign_id)
        update campaign_recipients r set launch_id = broken.id from broken where r.campaign_id = broken.campaign_id`;
    await breakCopy(broken, '"steps"', '"pets"');
    // what the database alone finds out
    await breakCopy(unwritable, unwritable.stepIds[1] ?? '', 'no-uuid');
    expect(await schedule(days(1))).toMatchObject({ queued: 1, failed: 2 });
    for (const { recipientId } of [mail, other])
      expect(await recipientNow(recipientId)).toMatchObject({ status: 'done', exit_reason: 'failed' });
    expect(await recipientNow(well.recipientId)).toMatchObject({ status: 'active' });
    const aside = await sql()`select last_error, decision ->> 'reason' as reason from email_queue
      where recipient_id in (${mail.recipientId}, ${other.recipientId}) and status = 'cancelled'`;
    expect(aside).toEqual([
      { last_error: expect.any(String), reason: 'broken' },
      { last_error: expect.any(String), reason: 'broken' },
    ]);
  });

  test('comes also after a mail of unknown fate that a person had sent again', async () => {
    const campaign = await makeSendingCampaign(actor, workspace, { edges: [{ days: 1 }] });
    const mail = await queueFirstMail(actor, campaign);
    await sql()`update email_queue set status = 'unknown' where id = ${mail.id}`;
    const again = await actor.supabase.rpc('retry_campaign_email', {
      workspace: workspace.id,
      campaign: campaign.id,
      email: mail.id,
    });
    await sql()`update email_queue set run_at = ${workday} where id = ${again.data}`;
    expect(await drain(workday)).toMatchObject({ sent: 1 });
    await schedule(workday);
    expect(await schedule(days(1))).toMatchObject({ queued: 1 });
  });

  test('runs on the launch’s copy: steps that were changed since change nothing', async () => {
    const campaign = await makeSendingCampaign(actor, workspace, { edges: [{ days: 1 }] });
    await queueFirstMail(actor, campaign);
    await drain(workday);
    await schedule(workday);
    await sql()`delete from campaign_steps where campaign_id = ${campaign.id}`;
    expect(await schedule(days(1))).toMatchObject({ queued: 1 });
  });
});

describe('what ends a recipient', () => {
  const ends: [string, string, (emailId: string) => Promise<unknown>][] = [
    [
      'an unsubscription',
      'unsubscribed',
      (id) => sql()`update emails set status = 'unsubscribed' where id = ${id}`,
    ],
    ['a hard bounce', 'bounced', (id) => sql()`update emails set status = 'hard_bounced' where id = ${id}`],
    ['a complaint', 'complained', (id) => sql()`update emails set status = 'complained' where id = ${id}`],
    ['a suppression', 'suppressed', (id) => sql()`update emails set status = 'suppressed' where id = ${id}`],
  ];
  test.each(ends)(
    '%s ends it in every campaign, and nothing of it goes any more',
    async (_, reason, happens) => {
      const campaign = await makeSendingCampaign(actor, workspace, { edges: [{ days: 1 }] });
      const mail = await queueFirstMail(actor, campaign);
      await drain(workday);
      await schedule(workday);
      await schedule(days(1));
      await happens(mail.emailId);
      expect(await recipientNow(mail.recipientId)).toMatchObject({
        status: 'done',
        exit_reason: reason,
        next_email_at: null,
      });
      expect(await drain(days(1))).toMatchObject({ sent: 0, dropped: 0 });
      const [, followUp] = await mailsOf(campaign);
      expect((await queued(followUp?.id ?? '')).decision).toMatchObject({ verdict: 'drop' });
    },
  );

  test('a soft bounce holds for a day and ends nothing', async () => {
    const campaign = await makeSendingCampaign(actor, workspace);
    const mail = await queueFirstMail(actor, campaign);
    await sql()`update emails set status = 'soft_bounced', since = ${days(-0.5)} where id = ${mail.emailId}`;
    expect(await drain(workday)).toMatchObject({ held: 1 });
    expect(await queued(mail.id)).toMatchObject({ run_at: days(0.5), decision: { reason: 'soft_bounced' } });
    expect(await drain(days(1))).toMatchObject({ sent: 1 });
  });

  /** Two people of one property, one of whom also speaks for its owner together with a third; a fourth has nothing to do with them. */
  async function neighbours(scope: 'person' | 'owner' | 'property') {
    const campaign = await makeSendingCampaign(actor, workspace, { stopScope: scope });
    const mails = [];
    for (let n = 0; n < 4; n += 1) mails.push(await queueFirstMail(actor, campaign));
    const [replies, partner, manager] = mails;
    const head = await createPerson(actor, workspace, { emails: [uniqueEmail()] });
    const [owner] = await sql()<{ id: string }[]>`
      insert into owners (workspace_id, kind, display_name, person_id) values (${workspace.id}, 'individual', 'Owner', ${head.id}) returning id`;
    await sql()`insert into owner_contacts (workspace_id, owner_id, person_id, role)
      select ${workspace.id}, ${owner?.id ?? ''}, p, 'pm' from unnest(${[replies?.personId ?? '', partner?.personId ?? '']}::uuid[]) p`;
    const property = await createProperty(actor, workspace);
    await sql()`update properties set owner_id = ${owner?.id ?? ''} where id = ${property.id}`;
    await sql()`insert into property_people (workspace_id, property_id, person_id, role)
      values (${workspace.id}, ${property.id}, ${manager?.personId ?? ''}, 'manager')`;
    await sql()`select private.stop_outreach(${workspace.id}, ${replies?.personId ?? ''}, ${scope}, 'replied')`;
    return Promise.all(mails.map(async ({ recipientId }) => (await recipientNow(recipientId)).status));
  }

  test.each([
    ['person', ['done', 'active', 'active', 'active']],
    ['owner', ['done', 'done', 'active', 'active']],
    ['property', ['done', 'done', 'done', 'active']],
  ] as const)('a reply stops as far as the scope reaches: %s', async (scope, states) => {
    expect(await neighbours(scope)).toEqual(states);
  });

  test('a reply passes over a campaign that it is not to end', async () => {
    const campaign = await makeSendingCampaign(actor, workspace, { exitsOnReply: false });
    const mail = await queueFirstMail(actor, campaign);
    await sql()`select private.stop_outreach(${workspace.id}, ${mail.personId}, 'person', 'replied')`;
    expect(await recipientNow(mail.recipientId)).toMatchObject({ status: 'active' });
    expect(await drain(workday)).toMatchObject({ sent: 1 });
  });
});

test('a mail of a cancelled campaign isn’t sent again, and nobody is told that it is', async () => {
  const campaign = await makeSendingCampaign(actor, workspace);
  const mail = await queueFirstMail(actor, campaign);
  await sql()`update email_queue set status = 'failed' where id = ${mail.id}`;
  await sql()`update campaign_recipients set status = 'done', exit_reason = 'failed', exited_at = now() where id = ${mail.recipientId}`;
  const which = { workspace: workspace.id, campaign: campaign.id };
  await actor.supabase.rpc('cancel_campaign', which);
  const { error } = await actor.supabase.rpc('retry_campaign_email', { ...which, email: mail.id });
  expect(error?.message).toContain('was cancelled');
  expect(await mailsOf(campaign)).toHaveLength(1);
});

test('a stranger can’t pause, resume or cancel; a draft can’t be paused', async () => {
  const campaign = await makeSendingCampaign(actor, workspace);
  const stranger = await signUp();
  const which = { workspace: workspace.id, campaign: campaign.id };
  for (const what of ['pause_campaign', 'resume_campaign', 'cancel_campaign'] as const) {
    expect((await stranger.supabase.rpc(what, which)).error?.code).toBe('PT404');
  }
  await sql()`update campaigns set status = 'draft' where id = ${campaign.id}`;
  expect((await actor.supabase.rpc('pause_campaign', which)).error?.code).toBe('PT409');
});
