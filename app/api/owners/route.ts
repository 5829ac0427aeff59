import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { ownersList } from '@/modules/owners/domain';
import { listOwners } from '@/modules/owners/queries';
import { createOwnerSchema } from '@/modules/owners/schema';
import { createOwner } from '@/modules/owners/service';
import { listQuerySchema } from '@/modules/records/schema';

/** One page of owners: `{ rows, nextCursor }`. */
export const GET = route({ access: 'query', query: listQuerySchema(ownersList) }, async ({ ctx, query }) =>
  ok(await listOwners(ctx.supabase, ctx.workspaceId, query)),
);

/** A new owner: `{ id, created, found }`. 200 where the party was an owner already, 201 where it became one. */
export const POST = route({ access: 'member', body: createOwnerSchema }, async ({ ctx, body }) => {
  const owner = await createOwner(ctx, body);
  return owner.created ? created(owner) : ok(owner);
});
