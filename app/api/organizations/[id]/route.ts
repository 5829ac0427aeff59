import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getOrganization } from '@/modules/organizations/queries';
import { updateOrganizationSchema } from '@/modules/organizations/schema';
import { updateOrganization } from '@/modules/organizations/service';
import { idParams } from '@/modules/records/schema';
import { setDeleted } from '@/modules/records/service';

/** One organization with all that hangs on it. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getOrganization(ctx.supabase, ctx.workspaceId, params.id)),
);

/** Changes the fields given; answers the organization as it is now. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updateOrganizationSchema },
  async ({ ctx, params, body }) => ok(await updateOrganization(ctx, params.id, body)),
);

/** Deletes an organization softly. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setDeleted(ctx, 'organizations', params.id, true);
  return noContent();
});
