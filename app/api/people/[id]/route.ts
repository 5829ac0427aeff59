import { noContent, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { getPerson } from '@/modules/people/queries';
import { updatePersonSchema } from '@/modules/people/schema';
import { updatePerson } from '@/modules/people/service';
import { idParams } from '@/modules/records/schema';
import { setDeleted } from '@/modules/records/service';

/** A person with contact points, organizations and properties. */
export const GET = route({ access: 'query', params: idParams }, async ({ ctx, params }) =>
  ok(await getPerson(ctx.supabase, ctx.workspaceId, params.id)),
);

/** Changes the fields given; answers the person as they are now. */
export const PATCH = route(
  { access: 'member', params: idParams, body: updatePersonSchema },
  async ({ ctx, params, body }) => ok(await updatePerson(ctx, params.id, body)),
);

/** Deletes a person softly. */
export const DELETE = route({ access: 'member', params: idParams }, async ({ ctx, params }) => {
  await setDeleted(ctx, 'people', params.id, true);
  return noContent();
});
