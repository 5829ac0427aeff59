import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { setTaskDeleted } from '@/modules/tasks/service';

/** Brings back a task that was deleted. */
export const POST = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setTaskDeleted(ctx, params.id, false);
  return noContent();
});
