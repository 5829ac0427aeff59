/** What a drain does with a mail, whatever happens in between: each goes once, or says why it doesn't. */
import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../support/db';
import { type Cast, createCast } from '../support/factories';
import {
  domainNow,
  drainAt,
  makeSendingCampaign,
  queued,
  queueFirstMail,
  recipientNow,
  sparkpostEmulator,
  workday,
} from '../support/sending';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const campaignOf = (options = {}) => makeSendingCampaign(cast.owner, cast.workspace, options);

describe('a mail that is due', () => {
  test('goes once, with its thread, its footer and its way out, and moves its recipient on', async () => {
    const campaign = await campaignOf();
    const mail = await queueFirstMail(cast.owner, campaign);
    expect(await drainAt(cast.workspace, workday)).toMatchObject({ sent: 1 });
    expect(await drainAt(cast.workspace, workday)).toMatchObject({ sent: 0 });
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
    const activities =
      await sql()`select kind, direction, campaign_id, details from activities where person_id = ${mail.personId} and kind = 'email'`;
    expect(activities).toEqual([
      { kind: 'email', direction: 'out', campaign_id: campaign.id, details: { email_queue_id: mail.id } },
    ]);
  });
});
