import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { updateViewSchema } from '@/modules/views/schema';
import { deleteView, updateView } from '@/modules/views/service';

/** Changes a view's name, state or sharing. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateViewSchema },
  async ({ ctx, params, body }) => ok(await updateView(ctx, params.id, body)),
);

/** Deletes a view. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await deleteView(ctx, params.id);
  return noContent();
});
