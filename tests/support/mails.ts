/** Campaigns and mails that stand in the database, for tests of what happens to them. */

import { sql } from './db';
import { type Actor, unique, uniqueEmail, type Workspace } from './factories';

/** A mail of a campaign, with everything it hangs on. */
export type SeededMail = {
  id: string;
  token: string;
  to: string;
  emailId: string;
  personId: string;
  recipientId: string;
  campaignId: string;
  domainId: string;
};

/**
 * A mail in a campaign of its own: domain, campaign, launch, person, address, an active recipient.
 * @param over columns of email_queue, such as `{ status: 'unknown' }`; it stands as `sent` where nothing else is said
 * @param shared a person and address that have a mail already
 */
export async function seedMail(
  workspace: Workspace,
  owner: Actor,
  over: Record<string, unknown> = {},
  shared?: Pick<SeededMail, 'personId' | 'emailId' | 'to'>,
): Promise<SeededMail> {
  const db = sql();
  const to = shared?.to ?? uniqueEmail();
  const id = async (rows: Promise<readonly Record<string, unknown>[]>) => String((await rows)[0]?.id);
  const domain = `${unique()}.freehold.example`;
  const domainId = await id(
    db`insert into sending_domains ${db({ workspace_id: workspace.id, domain })} returning id`,
  );
  const campaignId = await id(
    db`insert into campaigns ${db({
      workspace_id: workspace.id,
      name: unique(),
      time_zone: 'UTC',
      status: 'sending',
      launched_at: new Date(),
      created_by: owner.userId,
    })} returning id`,
  );
  const stepId = crypto.randomUUID();
  const launchId = await id(
    db`insert into campaign_launches ${db({
      workspace_id: workspace.id,
      campaign_id: campaignId,
      snapshot: db.json({
        entryStepId: stepId,
        format: 'text',
        sender: { name: 'Ada Hale', localPart: 'ada', signature: '', postalAddress: '1 Elm Street, Reno' },
        steps: [{ id: stepId, name: 'First', subjects: ['Your building'], sections: [], edges: [] }],
      }),
    })} returning id`,
  );
  const personId =
    shared?.personId ??
    (await id(
      db`insert into people ${db({ workspace_id: workspace.id, first_name: unique() })} returning id`,
    ));
  const emailId =
    shared?.emailId ??
    (await id(db`insert into emails ${db({ workspace_id: workspace.id, address: to })} returning id`));
  const recipientId = await id(
    db`insert into campaign_recipients ${db({
      workspace_id: workspace.id,
      campaign_id: campaignId,
      person_id: personId,
      email_id: emailId,
      status: 'active',
      launch_id: launchId,
      domain_id: domainId,
    })} returning id`,
  );
  const status = String(over.status ?? 'sent');
  const [mail] = await db`insert into email_queue ${db({
    workspace_id: workspace.id,
    campaign_id: campaignId,
    recipient_id: recipientId,
    step_id: stepId,
    person_id: personId,
    email_id: emailId,
    to_address: to,
    from_address: `ada@${domain}`,
    from_name: 'Ada Hale',
    domain_id: domainId,
    subject: 'Your building',
    body_text: 'Good morning.',
    run_at: new Date(),
    ...(status === 'sent' && { sent_at: new Date() }),
    ...(status === 'sending' && {
      lease_token: crypto.randomUUID(),
      lease_until: new Date(Date.now() + 60_000),
    }),
    ...over,
    status,
  } as unknown as Record<string, string>)} returning id, unsubscribe_token`;
  return {
    id: String(mail?.id),
    token: String(mail?.unsubscribe_token),
    to,
    emailId,
    personId,
    recipientId,
    campaignId,
    domainId,
  };
}

/** An event as SparkPost tells it of a mail. */
export function sparkpostEvent(
  mail: Pick<SeededMail, 'id' | 'to'>,
  type: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> & { type: string; event_id: string; timestamp: string } {
  return {
    type,
    event_id: unique(),
    timestamp: new Date().toISOString(),
    rcpt_to: mail.to,
    transmission_id: '123456',
    rcpt_meta: { send_id: mail.id, workspace_id: crypto.randomUUID() },
    ...more,
  };
}
