/** Campaigns by the API, as the editor makes them: senders, domains, drafts, people chosen for them. */
import { randomUUID } from 'node:crypto';
import type { CampaignDetail, EmailRow, RecipientRow } from '../../modules/campaigns/answers';
import type { Step } from '../../modules/campaigns/schema';
import { type Answer, call, runCron } from './app';
import { sql } from './db';
import { type Actor, createPerson, unique, uniqueEmail, type Workspace } from './factories';

/** A sender of the workspace. @param actor one of its admins */
export async function makeSender(
  actor: Actor,
  workspace: Workspace,
  more: { signature?: string; reply_to?: string } = {},
): Promise<{ id: string; local_part: string }> {
  const { data, error } = await actor.supabase
    .from('senders')
    .insert({
      workspace_id: workspace.id,
      name: 'Dana Whitfield',
      local_part: `dana-${unique()}`,
      postal_address: '100 Main Street, Austin, TX 78701',
      created_by: actor.userId,
      ...more,
    })
    .select('id, local_part')
    .single();
  if (error) throw error;
  return data;
}

/** A domain that is in use. @param actor one of the workspace's admins */
export async function makeDomain(
  actor: Actor,
  workspace: Workspace,
  more: { daily_cap?: number; interval_seconds?: number; jitter_seconds?: number } = {},
): Promise<{ id: string; domain: string }> {
  const { data, error } = await actor.supabase
    .from('sending_domains')
    .insert({ workspace_id: workspace.id, domain: `${unique()}.example`, created_by: actor.userId, ...more })
    .select('id, domain')
    .single();
  if (error) throw error;
  return data;
}

/** An e-mail with a subject and a text. */
export const writtenStep = (name: string, content = 'Hello {{ first_name | default: "there" }},'): Step => ({
  id: randomUUID(),
  name,
  subjects: [`${name} about your building`],
  sections: [{ id: randomUUID(), kind: 'fixed', content }],
});

/** The body that saves these steps over what somebody saw of a draft; the first is where it begins. */
export const graphOf = (draft: Pick<CampaignDetail, 'version'>, steps: readonly unknown[]) => ({
  version: draft.version,
  entry_step_id: (steps[0] as { id: string }).id,
  steps,
  edges: [] as unknown[],
});

/** Asks below `/api/campaigns` as somebody. */
export function askCampaign<T = unknown>(
  actor: Actor,
  workspace: Workspace,
  path: string,
  method = 'GET',
  body?: unknown,
): Promise<Answer<T>> {
  return call<T>(`/api/campaigns${path}`, { as: actor, workspace, method, body });
}

async function answered<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

/** A campaign as it is now. */
export const readCampaign = (actor: Actor, workspace: Workspace, id: string): Promise<CampaignDetail> =>
  answered(askCampaign<CampaignDetail>(actor, workspace, `/${id}`));

/** A draft with one written e-mail. */
export async function makeDraft(
  actor: Actor,
  workspace: Workspace,
  steps: Step[] = [writtenStep('A word')],
  more: { format?: 'text' | 'html'; edges?: unknown[] } = {},
): Promise<CampaignDetail> {
  const { id } = await answered(
    askCampaign<{ id: string }>(actor, workspace, '', 'POST', {
      name: `Owners ${unique()}`,
      ...(more.format && { format: more.format }),
    }),
  );
  const graph = { ...graphOf({ version: 1 }, steps), edges: more.edges ?? [] };
  await answered(askCampaign(actor, workspace, `/${id}/steps`, 'PUT', graph));
  return readCampaign(actor, workspace, id);
}

/** People with an address of their own each, by the API. @returns their ids */
export async function makePeople(actor: Actor, workspace: Workspace, count: number): Promise<string[]> {
  const made = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      createPerson(actor, workspace, { first_name: `Avery ${n}`, emails: [uniqueEmail()] }),
    ),
  );
  return made.map(({ id }) => id);
}

/** A draft that nothing forbids to launch: sender, domain, one e-mail, `count` people. @param admin of the workspace */
export async function makeLaunchable(
  actor: Actor,
  workspace: Workspace,
  admin: Actor,
  { count = 2, steps, edges }: { count?: number; steps?: Step[]; edges?: unknown[] } = {},
): Promise<CampaignDetail> {
  const sender = await makeSender(admin, workspace);
  await makeDomain(admin, workspace);
  const draft = await makeDraft(actor, workspace, steps, { edges });
  await answered(askCampaign(actor, workspace, `/${draft.id}`, 'PATCH', { sender_id: sender.id }));
  const ids = await makePeople(actor, workspace, count);
  await answered(askCampaign(actor, workspace, `/${draft.id}/recipients`, 'POST', { ids }));
  return readCampaign(actor, workspace, draft.id);
}

/** The campaign's recipients, the first 200 by name. */
export const readRecipients = async (
  actor: Actor,
  workspace: Workspace,
  id: string,
): Promise<RecipientRow[]> =>
  (await answered(askCampaign<{ rows: RecipientRow[] }>(actor, workspace, `/${id}/recipients?limit=200`)))
    .rows;

/** The campaign's mails, the first 200. */
export const readEmails = async (
  actor: Actor,
  workspace: Workspace,
  id: string,
  query = '',
): Promise<EmailRow[]> =>
  (await answered(askCampaign<{ rows: EmailRow[] }>(actor, workspace, `/${id}/emails?limit=200${query}`)))
    .rows;

/**
 * Waits until a campaign's first mails are written.
 * @throws {Error} where they aren't within twenty seconds
 */
export async function untilStaged(actor: Actor, workspace: Workspace, id: string): Promise<CampaignDetail> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const campaign = await readCampaign(actor, workspace, id);
    if (campaign.staging.total !== null && campaign.staging.done >= campaign.staging.total) return campaign;
    // the run that the launch has started may have been another's end
    await runCron('stage-campaigns');
  }
  throw new Error('the first mails were not written');
}

/** Launches and waits for the mails in review. */
export async function launchAndStage(
  actor: Actor,
  workspace: Workspace,
  id: string,
): Promise<CampaignDetail> {
  await answered(askCampaign(actor, workspace, `/${id}/launch`, 'POST'));
  return untilStaged(actor, workspace, id);
}

/** The id of an address in a workspace. */
export async function emailIdOf(workspace: Workspace, address: string): Promise<string> {
  const [row] = await sql()<{ id: string }[]>`
    select id from emails where workspace_id = ${workspace.id} and address = ${address}`;
  return row?.id ?? '';
}
