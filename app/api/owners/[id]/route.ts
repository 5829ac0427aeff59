import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { updateOwnerSchema } from '@/modules/owners/schema';
import { updateOwner } from '@/modules/owners/service';
import { idParams } from '@/modules/records/schema';
import { setDeleted } from '@/modules/records/service';

/** Changes the fields given; answers the owner whole, as `/bundle` does. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateOwnerSchema },
  async ({ ctx, params, body }) => ok(await updateOwner(ctx, params.id, body)),
);

/** Deletes an owner softly: its properties have no owner then, and have it again when it is restored. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setDeleted(ctx, 'owners', params.id, true);
  return noContent();
});
