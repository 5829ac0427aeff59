import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import type { Task, TaskPage } from './domain';
import type { ListTasks } from './schema';

const mark = /^(-|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))~([0-9a-f-]{36})$/i;

/** Where the page before ended. @throws {AppError} `invalid` for anything that isn't a mark of ours */
function readMark(after: string | undefined): { due_at: string | null; id: string } | undefined {
  if (after === undefined) return undefined;
  const [, due, id] = mark.exec(after) ?? [];
  if (!due || !id) {
    const message = 'Not the end of a page';
    throw new AppError('invalid', { userMessage: message, fields: { after: message } });
  }
  return { due_at: due === '-' ? null : due, id };
}

/**
 * Tasks of a subject, or the caller's own: the open ones by when they are due, then the last twenty of the others. One
 * round trip; the function checks membership.
 * @throws {AppError} `not_found` for a workspace or a subject that isn't the caller's
 */
export async function listTasks(
  supabase: Client,
  workspaceId: string,
  { subject, id, mine, status, after, limit }: ListTasks,
): Promise<TaskPage> {
  const found = unwrap(
    await supabase.rpc('list_tasks', {
      workspace: workspaceId,
      subject,
      subject_id: id,
      mine: mine === 'yes',
      of_status: status,
      after: readMark(after),
      page_size: limit + 1,
    }),
  ) as unknown as Task[];
  const open = found.filter((task) => task.status === 'open');
  if (open.length <= limit) return { rows: found, next: null };
  const shown = open.slice(0, limit);
  const last = shown.at(-1);
  const rows = [...shown, ...found.filter((task) => task.status !== 'open')];
  return { rows, next: last ? `${last.due_at ?? '-'}~${last.id}` : null };
}
