import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listTasks } from '@/modules/tasks/queries';
import { createTaskSchema, listTasksQuery } from '@/modules/tasks/schema';
import { createTask } from '@/modules/tasks/service';

/** Tasks of a subject, or the caller's own: `{ rows, next }`. */
export const GET = route({ access: 'query', query: listTasksQuery }, async ({ ctx, query }) =>
  ok(await listTasks(ctx.supabase, ctx.workspaceId, query)),
);

/** A new task. */
export const POST = route({ access: 'member', body: createTaskSchema }, async ({ ctx, body }) =>
  created(await createTask(ctx, body)),
);
