import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { requireId } from '@/modules/records/service';
import { listTasks } from '@/modules/tasks/queries';
import { createCardTaskSchema, updateCardTaskSchema } from '@/modules/tasks/schema';
import { createTask, updateTask } from '@/modules/tasks/service';

/** The tasks of a card: `{ rows, next }`. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) => {
  const id = requireId(params.id);
  return ok(
    await listTasks(ctx.supabase, ctx.workspaceId, {
      subject: 'verification',
      id,
      mine: 'no',
      status: 'all',
      limit: 200,
    }),
  );
});

/** A new task on a card. */
export const POST = route(
  { access: 'member', params: idParams, body: createCardTaskSchema },
  async ({ ctx, params, body }) =>
    created(await createTask(ctx, { ...body, verification_id: requireId(params.id) })),
);

/** Changes a task of the card: also finishes, dismisses and reopens it. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateCardTaskSchema },
  async ({ ctx, params, body: { id, ...change } }) => ok(await updateTask(ctx, id, change, params.id)),
);
