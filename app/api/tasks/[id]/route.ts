import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { updateTaskSchema } from '@/modules/tasks/schema';
import { setTaskDeleted, updateTask } from '@/modules/tasks/service';

/** Changes a task: also finishes, dismisses and reopens it. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateTaskSchema },
  async ({ ctx, params, body }) => ok(await updateTask(ctx, params.id, body)),
);

/** Deletes a task; `restore` brings it back. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setTaskDeleted(ctx, params.id, true);
  return noContent();
});
