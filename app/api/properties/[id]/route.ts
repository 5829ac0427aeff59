import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getProperty } from '@/modules/properties/queries';
import { updatePropertySchema } from '@/modules/properties/schema';
import { updateProperty } from '@/modules/properties/service';
import { idParams } from '@/modules/records/schema';
import { setDeleted } from '@/modules/records/service';

/** One property with all that hangs on it. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getProperty(ctx.supabase, ctx.workspaceId, params.id)),
);

/** Changes the fields given; answers the property as it is now. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updatePropertySchema },
  async ({ ctx, params, body }) => ok(await updateProperty(ctx, params.id, body)),
);

/** Deletes a property softly. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setDeleted(ctx, 'properties', params.id, true);
  return noContent();
});
