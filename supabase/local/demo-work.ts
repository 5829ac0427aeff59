/** Tasks, notifications and files of the demo workspace, on the cards of its board. */
import { createClient } from '@supabase/supabase-js';
import type postgres from 'postgres';
import ws from 'ws';
import { demoDocuments, demoTasks, onePagePdf } from './demo-data/tasks';
import type { StackAddress } from './stack';

const HOUR_MS = 3_600_000;

/**
 * Gives open cards something to be done, and tells the demo's owner of cards that are over their time. The due ones are told
 * of by the cron that runs when the app has started.
 * @param users who has to do it
 * @param now milliseconds
 */
export async function seedTasks(
  sql: postgres.TransactionSql,
  workspace: string,
  { users, now }: { users: readonly [string, ...string[]]; now: number },
): Promise<void> {
  const cards = await sql<{ id: string }[]>`select id from public.verifications
    where workspace_id = ${workspace} and result = 'open' order by stage_entered_at desc, id limit ${demoTasks.length}`;
  const at = (hours: number) => new Date(now + hours * HOUR_MS).toISOString();
  const rows = demoTasks.flatMap(({ title, dueInHours, priority, status }, n) => {
    const card = cards[n];
    // most are the demo account's own: its list of tasks must show something
    const assignee = n % 3 === 2 ? (users[1] ?? users[0]) : users[0];
    return card
      ? [
          {
            workspace_id: workspace,
            title,
            priority,
            status,
            due_at: dueInHours === null ? null : at(dueInHours),
            verification_id: card.id,
            assigned_to: assignee,
            created_by: users[n % users.length] ?? users[0],
            created_at: at(-150),
            updated_at: at(-30),
          },
        ]
      : [];
  });
  for (const row of rows) await sql`insert into public.tasks ${sql(row)}`;
  await sql`update public.tasks set done_by = assigned_to, done_at = due_at where workspace_id = ${workspace} and status = 'done'`;
  await sql`
    insert into public.notifications (workspace_id, user_id, kind, title, body, link, dedupe_key, verification_id, created_at, read_at)
    select v.workspace_id, ${users[0]}, 'sla_breach', coalesce(p.name, p.address) || ' is over its time in ' || s.name,
           'It may stand there for ' || s.sla_days || ' days.', '/verification?card=' || v.id, 'sla:' || v.id, v.id, v.sla_breached_at,
           case when row_number() over (order by v.sla_breached_at desc) > 2 then v.sla_breached_at end
      from public.verifications v
      join public.pipeline_stages s on s.workspace_id = v.workspace_id and s.id = v.stage_id
      join public.properties p on p.workspace_id = v.workspace_id and p.id = v.property_id
     where v.workspace_id = ${workspace} and v.result = 'open' and v.sla_breached_at is not null
     order by v.sla_breached_at desc limit 5`;
}

/**
 * Puts documents on the first cards of the board.
 * @throws {Error} where storage doesn't take one
 */
export async function uploadDemoFiles(
  stack: StackAddress,
  sql: postgres.Sql,
  { workspaceId, member }: { workspaceId: string; member: string },
): Promise<void> {
  const { storage } = createClient(stack.url, stack.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    realtime: { transport: ws as unknown as typeof WebSocket },
  });
  const cards = await sql<{ id: string }[]>`select id from public.verifications
    where workspace_id = ${workspaceId} and result = 'open' order by stage_entered_at desc, id limit ${demoDocuments.length}`;
  for (const [n, { title, lines }] of demoDocuments.entries()) {
    const card = cards[n];
    if (!card) return;
    const bytes = onePagePdf(lines);
    const [file] = await sql<{ id: string; path: string }[]>`
      insert into public.files (workspace_id, title, verification_id, created_by, mime, size_bytes, is_viewable, uploaded_at)
      values (${workspaceId}, ${title}, ${card.id}, ${member}, 'application/pdf', ${bytes.length}, true, now()) returning id, path`;
    const { error } = await storage
      .from('crm-files')
      .upload(file?.path ?? '', bytes, { contentType: 'application/pdf' });
    if (error) throw new Error(`The demo's ${title} could not be uploaded: ${error.message}`);
  }
}
