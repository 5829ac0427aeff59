/** Cards, stages and tiers by SQL, for tests of what hangs on them or happens by itself. */
import { runCron } from './app';
import { sql } from './db';
import { type Actor, createProperty, type Workspace } from './factories';

/** Puts a workspace on a tier. */
export async function setTier(workspace: Workspace, tier: 'beta' | 'pro' | 'premium'): Promise<void> {
  await sql()`update workspaces set tier = ${tier} where id = ${workspace.id}`;
}

/** A card on the workspace's own board, in its first stage, of a new property. */
export async function makeCard(
  actor: Actor,
  workspace: Workspace,
  options: { assignedTo?: string | null; enteredDaysAgo?: number } = {},
): Promise<{ id: string; propertyId: string; stageId: string }> {
  const property = await createProperty(actor, workspace);
  const [card] = await sql()<{ id: string; stage_id: string }[]>`
    insert into verifications (workspace_id, property_id, pipeline_id, stage_id, result, rank, assigned_to, stage_entered_at)
    select s.workspace_id, ${property.id}, s.pipeline_id, s.id, s.result, random(), ${options.assignedTo ?? null},
           now() - make_interval(days => ${options.enteredDaysAgo ?? 0})
      from pipelines p join pipeline_stages s on s.pipeline_id = p.id and s.position = 1
     where p.workspace_id = ${workspace.id} and p.is_default
    returning id, stage_id`;
  if (!card) throw new Error('the workspace has no pipeline');
  return { id: card.id, propertyId: property.id, stageId: card.stage_id };
}

/** The notifications of somebody, the oldest first. */
export async function notificationsOf(workspace: Workspace, actor: Actor) {
  return sql()<{ id: string; kind: string; title: string; link: string; task_id: string | null }[]>`
    select id, kind, title, link, task_id from notifications
     where workspace_id = ${workspace.id} and user_id = ${actor.userId} order by created_at, id`;
}

/**
 * Runs a cron to its end: where another test's run of it is under way, once more after that.
 * @returns its counts
 */
export async function runWholeCron(name: string): Promise<Record<string, number>> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const { status, body } = await runCron(name);
    if (status !== 200) throw new Error(`${name}: HTTP ${status} ${JSON.stringify(body)}`);
    if (body.status === 'done') return body.counts ?? {};
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name} was running all the time`);
}
