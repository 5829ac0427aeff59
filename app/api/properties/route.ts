import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { propertiesList } from '@/modules/properties/domain';
import { listProperties } from '@/modules/properties/queries';
import { createPropertySchema } from '@/modules/properties/schema';
import { createProperty } from '@/modules/properties/service';
import { listQuerySchema } from '@/modules/records/schema';

/** One page of properties: `{ rows, nextCursor }`. */
export const GET = route(
  { access: 'query', query: listQuerySchema(propertiesList) },
  async ({ ctx, query }) => ok(await listProperties(ctx.supabase, ctx.workspaceId, query)),
);

/** A new property: `{ id, points }`, each point with who else has it. */
export const POST = route({ access: 'member', body: createPropertySchema }, async ({ ctx, body }) =>
  created(await createProperty(ctx, body)),
);
